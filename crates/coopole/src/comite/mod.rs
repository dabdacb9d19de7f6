//! The national committee: interests first, then marks, then one sitting and
//! its ranking.
//!
//! A dossier closed to a person does not exist for them: every reading of this
//! room takes the person, and the wall stands in its statements. Later rooms
//! read [`classement`]. Never done here: retaining anybody (the State decides).

mod actes;
mod grille;
mod pages;
pub mod routes;
mod store;

pub use actes::{CloreSeance, Declarer, RendreExamen, avis_echus};
pub use grille::{Notes, codes};
pub use store::{
    classement, est_deporte,
    examens::{find as examen, record_brouillon},
    interets::acces,
};
