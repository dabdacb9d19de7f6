//! Lists brought into the register, and the fate of their lines.

mod lignes;
mod listes;

pub use lignes::{
    Ligne, apres, autre_ligne, avant, compter, find_ligne, record_lignes, update_choix,
};
pub use listes::{
    Apportee, Import, avancer, find, interrompre, lister, ordonner, prendre, recommencer,
    record_annulation, record_application, record_faute, record_import, record_lecture, rendre,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::socle::erreurs::Panne;

fn insensee(cause: impl ToString) -> Panne {
    Panne::Ligne(format!("import: {}", cause.to_string()))
}

fn lu<T: DeserializeOwned>(json: Option<&str>) -> Result<Option<T>, Panne> {
    json.map(serde_json::from_str).transpose().map_err(insensee)
}

fn ecrit<T: Serialize>(valeur: &T) -> Result<String, Panne> {
    serde_json::to_string(valeur).map_err(insensee)
}
