//! Lists brought into the register by its keeper.
//!
//! A file is kept, a job reads it and tells the fate of each line, somebody
//! reads that again and applies it all at once, or not at all; what was applied
//! is put back as a whole. Never done here: a rule (`metier::poles::import`),
//! or a change of a record outside `poles`.

mod actes;
mod classeur;
mod depot;
mod fichier;
mod lecture;
mod pages;
pub mod routes;
mod store;

pub use lecture::{LECTURE, lire};
