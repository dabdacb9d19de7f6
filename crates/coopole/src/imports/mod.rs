//! Lists brought into the register by its keeper.
//!
//! A file is kept, a job reads it and tells the fate of each line, somebody
//! reads that again and asks to apply it; a job does so all at once, or not at
//! all, and another puts back as a whole what was applied. Never done here: a
//! rule (`metier::poles::import`), or a change of a record outside `poles`.

mod actes;
mod classeur;
mod depot;
mod ecriture;
mod fichier;
mod lecture;
mod pages;
pub mod routes;
mod store;

pub use ecriture::{ECRITURE, ecrire};
pub use lecture::{LECTURE, lire};

/// How many times a failing machine is tried, before the import says so.
const ESSAIS_AU_PLUS: i64 = 3;
