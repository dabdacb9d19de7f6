//! Instruction as a cell sees it.

mod avis;
mod lecture;
mod liste;

pub use avis::{VueAvis, avis};
pub use lecture::{VueLecture, conflit, lecture};
pub use liste::{liste, tableur};
