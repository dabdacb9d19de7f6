//! The acts by which a pole leaves the register, asleep or struck off, and comes
//! back. Whoever answers for it does it: the cell of its region, the keeper of
//! the Charter, the nation.

use jiff::civil::Date;
use metier::{
    commun::{Region, temps},
    poles::sortie::{self as regle, RefusSortie, Saisie, Sortie},
};
use uuid::Uuid;

use super::corrections::{Qui, perimetre};
use crate::{
    comptes::store as comptes,
    instruction,
    poles::{
        self,
        etat::{self, Etat},
        sorties::{self as store, SortieLue},
    },
    socle::{
        acte::Acte,
        db::{Lecture, Tx},
        droits::{Droit, Perimetre, Personne},
        erreurs::{Echec, Panne, Refusable},
        journal::Entree,
    },
};

type Refuse = Echec<RefusSortie>;

/// What was typed, as it came.
#[derive(Debug, Clone, Default)]
pub struct Typee {
    pub etat: String,
    pub depuis: String,
    pub motif: String,
    pub source: String,
}

/// Takes a pole out of the register: `POST /poles/{id}/sortie`.
pub struct Sortir {
    pub qui: Qui,
    pub pole: Uuid,
    pub typee: Typee,
}

/// Puts it back: `POST /sorties/{id}/annulation`.
pub struct AnnulerLaSortie {
    pub qui: Qui,
    pub sortie: Uuid,
    pub motif: String,
}

/// What was recorded.
pub struct Fait {
    pub pole: Uuid,
    engage: String,
}

/// Whether this person takes poles of that region out, and puts them back.
pub async fn repond_des_sorties(
    base: &mut Lecture,
    personne: &Personne,
    region: Option<Region>,
) -> Result<bool, Panne> {
    let droit = Droit::SortirPoles;
    let cellules = instruction::cellules(base).await?;
    Ok(personne.peut(droit, Perimetre::National)
        || personne.peut(droit, perimetre(region, &cellules)))
}

/// The departure of this pole that stands, if it left.
pub fn en_cours(sorties: &[SortieLue]) -> Option<&SortieLue> {
    sorties.iter().find(|sortie| sortie.annulation.is_none())
}

/// Refuses what everybody would read and that names somebody.
async fn taire_les_noms<const N: usize>(
    tx: &mut Tx,
    dits: [(&'static str, &str); N],
) -> Result<(), Refuse> {
    let textes = dits.map(|(_, texte)| texte);
    match comptes::nomment(tx, &textes).await? {
        Some(rang) => Err(Echec::Refus(RefusSortie::NommeQuelquUn(dits[rang].0))),
        None => Ok(()),
    }
}

impl Qui {
    /// The record, locked, of a pole one answers for; a real one stays as it is
    /// in a demonstration.
    async fn tenir_le_pole(&self, tx: &mut Tx, pole: Uuid) -> Result<Etat, Refuse> {
        poles::prendre(tx, pole).await?;
        let etat = etat::lire(tx, pole).await?;
        if !repond_des_sorties(tx, &self.par, etat.region()).await? {
            return Err(Panne::Introuvable.into());
        }
        match self.demonstration && !etat.invente {
            true => Err(Echec::Refus(RefusSortie::PoleReel)),
            false => Ok(etat),
        }
    }

    fn jour(&self) -> Date {
        temps::jour_de(self.recu_le.0)
    }

    fn inscrire_la_sortie(&self, acte: &'static str, fait: &Fait) -> Entree {
        Entree::new(acte, "pole", fait.pole, self.recu_le.0)
            .par(self.par.compte)
            .engageant(fait.engage.clone())
    }
}

impl Acte for Sortir {
    type Fait = Fait;
    type Refus = RefusSortie;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Fait, Refuse> {
        let qui = &self.qui;
        qui.tenir_le_pole(tx, self.pole).await?;
        let deja = store::du_pole(tx, self.pole).await?;
        let saisie = Saisie {
            etat: &self.typee.etat,
            depuis: &self.typee.depuis,
            motif: &self.typee.motif,
            source: &self.typee.source,
        };
        let sortie = Sortie::lire(saisie, en_cours(&deja).is_some(), qui.jour()).refuse()?;
        let dits = [
            ("motif", sortie.motif.as_str()),
            ("source", sortie.source.as_str()),
        ];
        taire_les_noms(tx, dits).await?;
        let id = store::record(tx, self.pole, &sortie, qui.par.compte, qui.recu_le.0).await?;
        Ok(Fait {
            pole: self.pole,
            engage: format!(
                "{id} {} {} {}",
                sortie.etat.code(),
                sortie.depuis,
                sortie.motif
            ),
        })
    }

    fn entrees(&self, fait: &Fait) -> Vec<Entree> {
        vec![self.qui.inscrire_la_sortie("sortie", fait)]
    }
}

impl Acte for AnnulerLaSortie {
    type Fait = Fait;
    type Refus = RefusSortie;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Fait, Refuse> {
        let qui = &self.qui;
        let pole = store::find(tx, self.sortie).await?.pole;
        qui.tenir_le_pole(tx, pole).await?;
        let lue = store::find(tx, self.sortie).await?;
        let motif = regle::annuler(lue.annulation.is_some(), &self.motif).refuse()?;
        taire_les_noms(tx, [("annulation", motif.as_str())]).await?;
        let par = (qui.par.compte, qui.recu_le.0);
        store::record_annulation(tx, (lue.id, pole), &motif, par.0, par.1).await?;
        Ok(Fait {
            pole,
            engage: format!("{} {motif}", lue.id),
        })
    }

    fn entrees(&self, fait: &Fait) -> Vec<Entree> {
        vec![self.qui.inscrire_la_sortie("annulation_de_sortie", fait)]
    }
}
