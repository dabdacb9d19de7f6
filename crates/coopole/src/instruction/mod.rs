//! Instruction: what the regional cells do with a filed dossier, from reading
//! it to the opinion they give.
//!
//! A cell sees the dossiers of its own region and of those it stands in for,
//! and no other exists for it. Later rooms (comite, decisions) read the opinion
//! and the setting aside through this door. Never done here: a mark, a
//! decision, a word to the pole before the notification.

mod actes;
mod competence;
mod contacts;
mod echeances;
mod faits;
mod liste;
mod pages;
mod recherche;
pub mod routes;
mod store;
mod suppleances;

pub use actes::{RendreAvis, Statuer};
pub use competence::perimetre;
pub use contacts::exiger as exiger_de_publier;
pub use faits::examiner;
pub use store::{
    AvisRendu, avis,
    brouillons::{Ebauche, ebauche, record_ebauche},
    cellules, ecartes, eligibilite, est_ecarte, verdict,
};
pub use suppleances::sans_cellule;
