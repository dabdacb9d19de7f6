//! The calls: what a notice says, as one typed document.
//!
//! Dossiers, instruction and every later room read a call through this one.
//! Nothing here knows a pole, a dossier or a decision, and no rule of a call
//! is written in Rust: rules are data, under `appels/`.

pub mod conditions;
mod faute;
mod fenetre;
mod voisin;

pub use faute::{Ecart, Faute};
pub use fenetre::Fenetre;
