//! The acts of an import: applying it, all of it or nothing, and putting it
//! back as a whole. Each is one transaction, and one entry of the journal.

use std::collections::BTreeSet;

use jiff::Timestamp;
use metier::{
    commun::temps,
    poles::import::{
        Rapprochement, RefusImport, Registre, SortLigne, peut_annuler, peut_appliquer,
    },
};
use uuid::Uuid;

use super::{
    lecture::rapprochement,
    store::{self, Import, Ligne},
};
use crate::{
    poles::lot::{self, Change},
    socle::{
        acte::Acte,
        db::Tx,
        droits::{Droit, Perimetre, Personne},
        erreurs::{Echec, Panne, Refusable},
        horloge::RecuLe,
        journal::Entree,
    },
};

/// How many lines are read, judged and written at once.
const PAR_LOT: i64 = 500;

/// How many lines a refusal keeps: it names the first of them.
const NOMMEES: usize = 1_000;

/// Writes what the lines say: `POST /imports/{id}/application`.
pub struct Appliquer {
    pub par: Personne,
    pub import: Uuid,
    pub recu_le: RecuLe,
    /// In an invented world, what comes in is invented too.
    pub demonstration: bool,
}

/// Puts it all back: `POST /imports/{id}/annulation`.
pub struct Annuler {
    pub par: Personne,
    pub import: Uuid,
    pub recu_le: RecuLe,
}

/// Who brings lists into the register.
pub fn exiger(personne: &Personne) -> Result<(), Panne> {
    personne.exiger(Droit::ImporterRegistre, Perimetre::National)
}

/// Where a record or a change comes from, as its page says it.
fn source(import: &Import) -> String {
    format!(
        "{} (liste du {})",
        import.source.trim_end_matches('.'),
        temps::jour_court_de(import.du)
    )
}

/// The lines of this fate, part by part, in the order of the file.
async fn lot(
    tx: &mut Tx,
    import: Uuid,
    sort: SortLigne,
    apres: &mut i64,
) -> Result<Vec<Ligne>, Panne> {
    let lignes = store::apres(tx, import, Some(sort), (*apres, PAR_LOT)).await?;
    if let Some(derniere) = lignes.last() {
        *apres = derniere.ligne;
    }
    Ok(lignes)
}

fn poles(lignes: &[Ligne]) -> BTreeSet<Uuid> {
    lignes.iter().filter_map(|ligne| ligne.pole).collect()
}

impl Acte for Appliquer {
    type Fait = Import;
    type Refus = RefusImport;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Import, Echec<RefusImport>> {
        exiger(&self.par)?;
        let import = store::prendre(tx, self.import).await?;
        let comptes = store::compter(tx, import.id).await?;
        let a_ecrire = comptes.iter().filter(|(sort, _)| sort.s_applique());
        let a_ecrire = a_ecrire.map(|(_, combien)| combien).sum();
        // A closed door is said before the register is read.
        peut_appliquer(import.etat, a_ecrire, &[]).refuse()?;
        let perimees = self.perimees(tx, &import).await?;
        peut_appliquer(import.etat, a_ecrire, &perimees).refuse()?;
        self.creer(tx, &import).await?;
        self.modifier(tx, &import).await?;
        store::record_application(tx, import.id, self.recu_le.0).await?;
        Ok(import)
    }

    fn entrees(&self, fait: &Import) -> Vec<Entree> {
        vec![entree("application", fait, &self.par, self.recu_le.0)]
    }
}

fn entree(acte: &'static str, import: &Import, par: &Personne, le: Timestamp) -> Entree {
    let empreinte: String = import
        .empreinte
        .iter()
        .map(|o| format!("{o:02x}"))
        .collect();
    Entree::new(acte, "import", import.id, le)
        .par(par.compte)
        .engageant(format!("{} {empreinte} {}", import.id, source(import)))
}

impl Appliquer {
    /// The lines of which the register no longer says what it said when the
    /// file was read.
    async fn perimees(&self, tx: &mut Tx, import: &Import) -> Result<Vec<i64>, Panne> {
        let mut perimees = Vec::new();
        let registre = lot::registre(tx).await?;
        let mut apres = 0;
        loop {
            let lignes = lot(tx, import.id, SortLigne::Creee, &mut apres).await?;
            if lignes.is_empty() {
                break;
            }
            let doublent = lignes.iter().filter(|l| a_paru_depuis(&registre, l));
            perimees.extend(doublent.map(|ligne| ligne.ligne));
        }
        apres = 0;
        loop {
            let lignes = lot(tx, import.id, SortLigne::MiseAJour, &mut apres).await?;
            if lignes.is_empty() {
                break;
            }
            let fiches = lot::fiches(tx, &poles(&lignes)).await?;
            let a_bouge = |ligne: &&Ligne| {
                let fiche = ligne.pole.and_then(|pole| fiches.get(&pole));
                fiche.is_none_or(|fiche| {
                    let dit = |c: &metier::poles::import::Changement| {
                        fiche.etat.valeur(c.information) == c.avant
                    };
                    !ligne.changements.iter().all(dit)
                        || ligne.lieu.as_ref().is_some_and(|lieu| *lieu != fiche.lieu)
                })
            };
            perimees.extend(lignes.iter().filter(a_bouge).map(|ligne| ligne.ligne));
        }
        perimees.sort_unstable();
        perimees.truncate(NOMMEES);
        Ok(perimees)
    }

    async fn creer(&self, tx: &mut Tx, import: &Import) -> Result<(), Panne> {
        let source = source(import);
        let mut apres = 0;
        loop {
            let lignes = lot(tx, import.id, SortLigne::Creee, &mut apres).await?;
            if lignes.is_empty() {
                return Ok(());
            }
            let fiches: Vec<_> = lignes
                .into_iter()
                .filter_map(|ligne| Some((ligne.pole?, ligne.dite)))
                .collect();
            lot::create_plusieurs(tx, &fiches, &source, self.demonstration).await?;
        }
    }

    async fn modifier(&self, tx: &mut Tx, import: &Import) -> Result<(), Panne> {
        let source = format!("Import : {}", source(import));
        let mut apres = 0;
        loop {
            let lignes = lot(tx, import.id, SortLigne::MiseAJour, &mut apres).await?;
            if lignes.is_empty() {
                return Ok(());
            }
            let changes: Vec<Change> = lignes.into_iter().flat_map(changes).collect();
            let de = (import.id, source.as_str(), self.recu_le.0);
            lot::record_changes(tx, &changes, de).await?;
        }
    }
}

/// Somebody chose « créer » among candidates: those are known. Any other record
/// that answers now has come since.
fn a_paru_depuis(registre: &Registre, ligne: &Ligne) -> bool {
    match rapprochement(registre, ligne) {
        Rapprochement::Aucune => false,
        Rapprochement::Une(pole) => !ligne.candidates.contains(&pole),
        Rapprochement::Plusieurs(poles) => poles.iter().any(|p| !ligne.candidates.contains(p)),
        Rapprochement::IdentifiantInconnu => true,
    }
}

fn changes(ligne: Ligne) -> Vec<Change> {
    let Some(pole) = ligne.pole else {
        return Vec::new();
    };
    let changements = ligne.changements.into_iter();
    changements
        .map(|c| Change {
            pole,
            information: c.information,
            avant: c.avant,
            apres: Some(c.apres),
            lieu: None,
            annule: None,
        })
        .collect()
}

impl Acte for Annuler {
    type Fait = Import;
    type Refus = RefusImport;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Import, Echec<RefusImport>> {
        exiger(&self.par)?;
        let import = store::prendre(tx, self.import).await?;
        peut_annuler(import.etat, &[]).refuse()?;
        let mut changees = changees_depuis(tx, &import).await?;
        changees.extend(lot::retenues(tx, import.id).await?);
        peut_annuler(import.etat, &changees).refuse()?;
        self.remettre(tx, &import).await?;
        lot::delete_creees(tx, import.id).await?;
        store::record_annulation(tx, import.id, self.recu_le.0).await?;
        Ok(import)
    }

    fn entrees(&self, fait: &Import) -> Vec<Entree> {
        vec![entree("annulation", fait, &self.par, self.recu_le.0)]
    }
}

/// The names of the records that no longer say what the import made them say.
async fn changees_depuis(tx: &mut Tx, import: &Import) -> Result<Vec<String>, Panne> {
    let (mut changees, mut apres) = (Vec::new(), 0);
    loop {
        let lignes = lot(tx, import.id, SortLigne::MiseAJour, &mut apres).await?;
        if lignes.is_empty() || changees.len() >= NOMMEES {
            return Ok(changees);
        }
        let fiches = lot::fiches(tx, &poles(&lignes)).await?;
        for ligne in &lignes {
            let Some(fiche) = ligne.pole.and_then(|pole| fiches.get(&pole)) else {
                return Err(Panne::Ligne(format!(
                    "import {}: a record is gone",
                    import.id
                )));
            };
            let mut changements = ligne.changements.iter();
            if changements.any(|c| fiche.etat.valeur(c.information).as_ref() != Some(&c.apres)) {
                changees.push(fiche.etat.nom.clone());
            }
        }
    }
}

impl Annuler {
    async fn remettre(&self, tx: &mut Tx, import: &Import) -> Result<(), Panne> {
        let source = format!("Annulation de l’import : {}", source(import));
        let mut apres = 0;
        loop {
            let lignes = lot(tx, import.id, SortLigne::MiseAJour, &mut apres).await?;
            if lignes.is_empty() {
                return Ok(());
            }
            let faites = lot::faites(tx, import.id, &poles(&lignes)).await?;
            let mut changes = Vec::new();
            for ligne in lignes {
                let Some(pole) = ligne.pole else { continue };
                for c in ligne.changements {
                    let du_lieu = c.information == metier::poles::Information::Commune;
                    changes.push(Change {
                        pole,
                        information: c.information,
                        avant: Some(c.apres),
                        apres: c.avant,
                        lieu: ligne.lieu.clone().filter(|_| du_lieu),
                        annule: faites.get(&(pole, c.information)).copied(),
                    });
                }
            }
            let de = (import.id, source.as_str(), self.recu_le.0);
            lot::record_changes(tx, &changes, de).await?;
        }
    }
}
