//! Instruction as a cell sees it.

mod avis;
mod cellules;
mod lecture;
mod liste;

pub use avis::{VueAvis, avis};
pub use cellules::{VueCellule, cellule, cellules};
pub use lecture::{VueLecture, conflit, lecture};
pub use liste::{liste, tableur};
