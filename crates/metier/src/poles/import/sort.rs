//! What becomes of a line, and what it changes in the record.

use std::collections::BTreeSet;

use super::Dite;
use crate::{
    commun::{Region, liste_fermee},
    poles::{Emplacement, Information, Lieu, Theme, themes},
};

liste_fermee! {
    /// The fate of a line, told before anything is written.
    pub enum SortLigne {
        /// The register gains a record.
        Creee = "creee", "Créée";
        /// A record changes.
        MiseAJour = "mise_a_jour", "Mise à jour";
        /// The record says it all already.
        Inchangee = "inchangee", "Inchangée";
        /// Somebody must say of which record it speaks.
        Ambigue = "ambigue", "Ambiguë";
        /// Something is wrong in it.
        Refusee = "refusee", "Refusée";
    }
}

impl SortLigne {
    /// Whether applying the import writes something for this line.
    pub const fn s_applique(self) -> bool {
        matches!(self, Self::Creee | Self::MiseAJour)
    }
}

/// An information of a record that a line changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changement {
    /// Which one.
    pub information: Information,
    /// What the record says; nothing when it is not known.
    pub avant: Option<String>,
    /// What the line says.
    pub apres: String,
}

/// What this line changes in a record that says this. What the line does not
/// say stays.
pub fn changements(dite: &Dite, valeur: impl Fn(Information) -> Option<String>) -> Vec<Changement> {
    let dites = dite.informations.iter();
    dites
        .filter_map(|(information, apres)| {
            let avant = valeur(*information);
            (!disent_pareil(*information, avant.as_deref(), apres)).then(|| Changement {
                information: *information,
                avant,
                apres: apres.clone(),
            })
        })
        .collect()
}

/// What a line that names no commune makes of the place of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The record says as much already, or the line says nothing of it.
    Sue,
    /// The record stands there from now on.
    Dite(Emplacement),
    /// The record knows it better, and otherwise: it stays, and that is told.
    Contredite {
        /// What the line says, in words.
        dit: String,
        /// What the record says.
        su: String,
    },
}

/// What this line makes of the place of a record that stands there; what the
/// code of a commune says comes with it. A line never takes a precision away.
pub fn place(dite: &Dite, fiche: &Emplacement) -> Place {
    let dit = Lieu {
        commune: None,
        departement: dite.departement.clone(),
        region: dite.region,
    };
    let muette = dit == Lieu::default();
    if muette || dite.valeur(Information::Commune).is_some() {
        return Place::Sue;
    }
    let su = &fiche.lieu;
    let region = su.departement.as_deref().and_then(Region::par_departement);
    let region = su.region.or(region);
    let departements = su.departement.as_ref().zip(dit.departement.as_ref());
    let contredit = departements.is_some_and(|(su, dit)| su != dit)
        || region.zip(dit.region).is_some_and(|(su, dit)| su != dit);
    let mieux_su = fiche.code.is_some() || su.precision() < dit.precision();
    match (contredit, mieux_su) {
        (true, true) => Place::Contredite {
            dit: dit.en_mots(),
            su: su.en_mots(),
        },
        (true, false) => Place::Dite(Emplacement {
            code: None,
            lieu: dit,
        }),
        (false, _) if fiche.code.is_some() => Place::Sue,
        (false, _) => {
            let complet = Emplacement {
                code: None,
                lieu: Lieu {
                    commune: su.commune.clone(),
                    departement: su.departement.clone().or(dit.departement),
                    region: region.or(dit.region),
                },
            };
            match complet == *fiche {
                true => Place::Sue,
                false => Place::Dite(complet),
            }
        }
    }
}

fn disent_pareil(information: Information, avant: Option<&str>, apres: &str) -> bool {
    match (information, avant) {
        // Themes have no order.
        (Information::Themes, Some(avant)) => {
            let ensemble = |champ| themes(champ).collect::<BTreeSet<Theme>>();
            ensemble(avant) == ensemble(apres)
        }
        (_, avant) => avant == Some(apres),
    }
}
