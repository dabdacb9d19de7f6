//! The conditions written in a call's document.
//!
//! A condition is CEL text. It is parsed by the crate `cel`, then checked
//! against a typed vocabulary into a tree of our own, which is evaluated with
//! three values: met, not met, not known yet. The crate's interpreter is never
//! used: it knows no third value and forgets where a value came from.
//!
//! Any room may evaluate; only `campagnes` compiles. No rule of a call is
//! ever written here.

mod arbre;
mod calcul;
mod constat;
mod denombrement;
mod evaluation;
mod faits;
mod kleene;
mod lecture;
mod mesures;
mod operations;
mod types;
mod valeurs;
mod verification;
mod vocabulaire;

pub use arbre::Expression;
pub use constat::{Constat, Etat, Trouve};
pub use evaluation::Evaluation;
pub use faits::{FaitRefuse, Faits};
pub use kleene::Kleene;
pub use types::{ChampDeFiche, Enumeration, Fiche, Type};
pub use valeurs::{Duree, Enregistrement, Origine, Valeur};
pub use vocabulaire::{Ancre, Terme, Vocabulaire};

#[cfg(test)]
mod tests;
