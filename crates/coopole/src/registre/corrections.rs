//! The acts that correct the register: propose, decide, put back. Whoever
//! answers for the region of the pole decides, and needs nobody else.

use std::borrow::Cow;

use metier::{
    commun::{Region, typographie},
    instruction::{Cellule, cellule_competente},
    poles::{Correction, Information, RefusCorrection, Sort, annuler, trancher},
};
use uuid::Uuid;

use crate::{
    comptes, instruction,
    poles::{
        self, Portee,
        corrections::{self as store, Proposee},
        etat::{self, Etat},
        modifications::{self, Main, Modification, Origine},
    },
    socle::{
        acte::Acte,
        courriels::{self, Courriel},
        db::{Lecture, Tx},
        droits::{Droit, Perimetre, Personne},
        erreurs::{Echec, Panne, Refusable},
        horloge::RecuLe,
        journal::Entree,
    },
    urls,
};

/// Who does it, and when; the same for every act on the register.
pub struct Qui {
    pub par: Personne,
    pub recu_le: RecuLe,
    /// In an invented world, real poles are left as they are.
    pub demonstration: bool,
    /// Where the link of the mail leads: `COOPOLE_URL`.
    pub url: String,
}

/// Proposes a value: `POST /poles/{id}/corrections/{information}`. Kept at
/// once when whoever proposes is the one who would decide.
pub struct Proposer {
    pub qui: Qui,
    pub pole: Uuid,
    pub information: Information,
    /// What was typed, in the words of the record; or why it has none.
    pub saisi: Result<String, Cow<'static, str>>,
    pub source: String,
}

/// Keeps or refuses a proposal: `POST /corrections/{id}/moderation`.
pub struct Moderer {
    pub qui: Qui,
    pub correction: Uuid,
    pub retenir: bool,
    pub motif: String,
}

/// Puts a change back: `POST /modifications/{id}/annulation`.
pub struct Annuler {
    pub qui: Qui,
    pub modification: Uuid,
    pub motif: String,
}

/// What was recorded.
pub struct Corrigee {
    pub pole: Uuid,
    /// The change of the record, if there was one.
    pub modification: Option<Uuid>,
    /// What the journal commits to: the proposal or the change, and the value.
    engage: String,
}

/// On what scope the record of a pole of that region is answered for: its cell,
/// the one that stands in, else the nation.
pub fn perimetre(region: Option<Region>, cellules: &[Cellule]) -> Perimetre {
    match region {
        Some(region) => instruction::perimetre(cellule_competente(region, cellules).instance()),
        None => Perimetre::National,
    }
}

/// Whether this person answers for that record.
pub async fn repond(
    base: &mut Lecture,
    personne: &Personne,
    region: Option<Region>,
) -> Result<bool, Panne> {
    let cellules = instruction::cellules(base).await?;
    Ok(peut_moderer(personne, &cellules, region))
}

fn peut_moderer(personne: &Personne, cellules: &[Cellule], region: Option<Region>) -> bool {
    personne.peut(Droit::ModererRegistre, perimetre(region, cellules))
}

/// Whether this person answers for a change: for the record as it stands, or
/// for the region that the record left by it.
pub fn repond_du_changement(
    personne: &Personne,
    cellules: &[Cellule],
    etat: &Etat,
    changement: &Modification,
) -> bool {
    let quittee = changement.region_quittee();
    peut_moderer(personne, cellules, etat.region())
        || quittee.is_some_and(|region| peut_moderer(personne, cellules, Some(region)))
}

/// The records this person answers for; none of them is no page of theirs.
pub async fn portee(base: &mut Lecture, personne: &Personne) -> Result<Portee, Panne> {
    if personne.perimetres(Droit::ModererRegistre).next().is_none() {
        return Err(Panne::Introuvable);
    }
    let cellules = instruction::cellules(base).await?;
    let regions = Region::TOUTES.into_iter();
    Ok(Portee {
        regions: regions
            .filter(|region| peut_moderer(personne, &cellules, Some(*region)))
            .collect(),
        sans_region: peut_moderer(personne, &cellules, None),
    })
}

/// The region of the cell that this person acts for on a record there.
pub async fn cellule(
    base: &mut Lecture,
    personne: &Personne,
    region: Option<Region>,
) -> Result<Option<Region>, Panne> {
    let cellules = instruction::cellules(base).await?;
    Ok(match perimetre(region, &cellules) {
        Perimetre::Region(cellule) if peut_moderer(personne, &cellules, region) => Some(cellule),
        _ => None,
    })
}

impl Qui {
    /// The record, locked; a real one stays as it is in a demonstration.
    async fn prendre(&self, tx: &mut Tx, pole: Uuid) -> Result<Etat, Echec<RefusCorrection>> {
        poles::prendre(tx, pole).await?;
        let etat = etat::lire(tx, pole).await?;
        match self.demonstration && !etat.invente {
            true => Err(Echec::Refus(RefusCorrection::PoleReel)),
            false => Ok(etat),
        }
    }

    async fn exiger(&self, tx: &mut Tx, etat: &Etat) -> Result<(), Panne> {
        match repond(tx, &self.par, etat.region()).await? {
            true => Ok(()),
            false => Err(Panne::Introuvable),
        }
    }

    /// Who changes a record of that region.
    pub(super) async fn main(&self, tx: &mut Tx, region: Option<Region>) -> Result<Main, Panne> {
        Ok(Main {
            par: self.par.compte,
            cellule: cellule(tx, &self.par, region).await?,
            le: self.recu_le.0,
        })
    }

    /// Refuses what everybody would read and that names somebody.
    async fn taire_les_noms<const N: usize>(
        &self,
        tx: &mut Tx,
        dits: [(&'static str, &str); N],
    ) -> Result<(), Echec<RefusCorrection>> {
        let textes = dits.map(|(_, texte)| texte);
        match comptes::store::nomment(tx, &textes).await? {
            Some(rang) => Err(Echec::Refus(RefusCorrection::NommeQuelquUn(dits[rang].0))),
            None => Ok(()),
        }
    }

    /// Tells whoever proposed what became of it.
    async fn prevenir(
        &self,
        tx: &mut Tx,
        etat: &Etat,
        proposee: &Proposee,
        sort: &Sort,
    ) -> Result<(), Panne> {
        let information = proposee.correction.information.libelle();
        let phrase = match sort {
            Sort::Retenue => format!(
                "Votre proposition pour la fiche de « {} » ({information}) est retenue : la fiche le dit maintenant.",
                etat.nom
            ),
            Sort::Refusee { motif } => format!(
                "Votre proposition pour la fiche de « {} » ({information}) n’est pas retenue.\nLe motif : {motif}",
                etat.nom
            ),
        };
        let courriel = Courriel {
            genre: "correction",
            a: comptes::store::courriel_de(tx, proposee.par).await?,
            objet: typographie(&format!("Votre proposition de correction : {}", etat.nom)),
            texte: format!(
                "Bonjour,\n\n{}\n\nLa fiche\u{202f}:\n{}{}\n",
                typographie(&phrase),
                self.url,
                urls::pole(etat.pole)
            ),
        };
        courriels::enqueue(tx, &courriel, self.recu_le.0)
            .await
            .map(drop)
    }

    fn entree(&self, acte: &'static str, fait: &Corrigee) -> Entree {
        Entree::new(acte, "pole", fait.pole, self.recu_le.0)
            .par(self.par.compte)
            .engageant(fait.engage.clone())
    }
}

fn engage(objet: Uuid, correction: &Correction) -> String {
    let valeur = correction.valeur.as_deref().unwrap_or_default();
    format!("{objet} {} {valeur}", correction.information.code())
}

impl Acte for Proposer {
    type Fait = Corrigee;
    type Refus = RefusCorrection;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Corrigee, Echec<RefusCorrection>> {
        let qui = &self.qui;
        let etat = qui.prendre(tx, self.pole).await?;
        let correction = Correction::proposer(
            self.information,
            (self.saisi.as_deref().map_err(Clone::clone), &self.source),
            etat.valeur(self.information).as_deref(),
        )
        .refuse()?;
        let valeur = correction.valeur.as_deref().unwrap_or_default();
        qui.taire_les_noms(tx, [("valeur", valeur), ("source", &correction.source)])
            .await?;
        let (par, le) = (qui.par.compte, qui.recu_le.0);
        let objet = store::record_correction(tx, self.pole, &correction, par, le).await?;
        let modification = match repond(tx, &qui.par, etat.region()).await? {
            true => {
                store::record_sort(tx, objet, &Sort::Retenue, par, le).await?;
                let de = Origine::Correction(objet);
                let main = qui.main(tx, etat.region()).await?;
                Some(modifications::record(tx, &etat, &correction, de, main).await?)
            }
            false => None,
        };
        Ok(Corrigee {
            pole: self.pole,
            modification,
            engage: engage(objet, &correction),
        })
    }

    fn entrees(&self, fait: &Corrigee) -> Vec<Entree> {
        let mut entrees = vec![self.qui.entree("correction", fait)];
        if fait.modification.is_some() {
            entrees.push(self.qui.entree("moderation", fait).motif("retenue"));
        }
        entrees
    }
}

impl Acte for Moderer {
    type Fait = Corrigee;
    type Refus = RefusCorrection;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Corrigee, Echec<RefusCorrection>> {
        let qui = &self.qui;
        let pole = store::find(tx, self.correction).await?.pole;
        let etat = qui.prendre(tx, pole).await?;
        qui.exiger(tx, &etat).await?;
        // Read again under the lock: somebody may have answered meanwhile.
        let proposee = store::find(tx, self.correction).await?;
        let sort = trancher(proposee.tranchee, self.retenir, &self.motif).refuse()?;
        let (par, le) = (qui.par.compte, qui.recu_le.0);
        store::record_sort(tx, proposee.id, &sort, par, le).await?;
        let information = proposee.correction.information;
        let change = etat.valeur(information) != proposee.correction.valeur;
        let modification = match sort {
            Sort::Retenue if change => {
                let de = Origine::Correction(proposee.id);
                let main = qui.main(tx, etat.region()).await?;
                Some(modifications::record(tx, &etat, &proposee.correction, de, main).await?)
            }
            _ => None,
        };
        qui.prevenir(tx, &etat, &proposee, &sort).await?;
        Ok(Corrigee {
            pole,
            modification,
            engage: engage(proposee.id, &proposee.correction),
        })
    }

    fn entrees(&self, fait: &Corrigee) -> Vec<Entree> {
        let sort = if self.retenir { "retenue" } else { "refusee" };
        vec![self.qui.entree("moderation", fait).motif(sort)]
    }
}

impl Acte for Annuler {
    type Fait = Corrigee;
    type Refus = RefusCorrection;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Corrigee, Echec<RefusCorrection>> {
        let qui = &self.qui;
        let pole = modifications::find(tx, self.modification).await?.pole;
        let etat = qui.prendre(tx, pole).await?;
        let lue = modifications::find(tx, self.modification).await?;
        let cellules = instruction::cellules(tx).await?;
        if !repond_du_changement(&qui.par, &cellules, &etat, &lue) {
            return Err(Panne::Introuvable.into());
        }
        // Under the lock: put back once already, the change is the past.
        if lue.annulee {
            return Err(Echec::Refus(RefusCorrection::ChangeeDepuis));
        }
        // Who acts is of the region as it stands, or of the one that was left.
        let main = match qui.main(tx, etat.region()).await? {
            Main { cellule: None, .. } => qui.main(tx, lue.region_quittee()).await?,
            main => main,
        };
        let Modification {
            id,
            information,
            avant,
            apres,
            ..
        } = lue;
        let motif = annuler(
            apres.as_deref(),
            etat.valeur(information).as_deref(),
            &self.motif,
        )
        .refuse()?;
        qui.taire_les_noms(tx, [("motif", motif.as_str())]).await?;
        let correction = Correction {
            information,
            valeur: avant,
            source: format!("Annulation : {motif}"),
        };
        let de = Origine::Annulation(id);
        let modification = modifications::record(tx, &etat, &correction, de, main).await?;
        Ok(Corrigee {
            pole,
            modification: Some(modification),
            engage: engage(id, &correction),
        })
    }

    fn entrees(&self, fait: &Corrigee) -> Vec<Entree> {
        vec![self.qui.entree("annulation", fait)]
    }
}
