//! The committee as its members see it, and the pilot who closes the sitting.

mod accueil;
mod examen;
mod interets;
mod seance;

pub use accueil::{AppelDuComite, accueil};
pub use examen::{VueExamen, examen};
pub use interets::{VueInterets, interets};
pub use seance::{RangVu, VueSeance, seance, tableur};
