//! What becomes of a line, and what it changes in the record.

use std::collections::BTreeSet;

use super::Dite;
use crate::{
    commun::liste_fermee,
    poles::{Information, Theme, themes},
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
