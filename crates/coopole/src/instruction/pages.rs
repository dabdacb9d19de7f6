//! Instruction as a cell sees it.

mod avis;
mod cellules;
mod constats;
mod eligibilite;
mod lecture;
mod liste;

pub use avis::{VueAvis, avis};
pub use cellules::{VueCellule, VueContact, cellule, cellules, contact};
pub use constats::{conflit, sujet};
pub use lecture::{VueLecture, lecture};
pub use liste::{liste, tableur};
