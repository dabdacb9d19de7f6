//! Instruction: whether a filed dossier meets the conditions, and what the
//! cell of its region thinks of it.
//!
//! Source: notice 2024, § 3.a and 6.2; droit-et-normes, D9 and D10. Called by
//! the cells and, where a region has none, by its substitute. No rule is
//! judged here by the machine alone: a person confirms or sets aside, and an
//! opinion once given is never edited.

mod avis;
mod competence;
mod contact;
mod eligibilite;

pub use avis::{Avis, DossierAInstruire, MotifAxe, ProjetAvis, RefusAvis, SensAvis};
pub use competence::{
    Cellule, Competence, Instance, RefusSuppleance, Suppleance, cellule_competente,
    regions_sans_cellule, suppleer,
};
pub use contact::{Contact, RefusContact, publier_le_contact};
pub use eligibilite::{Appreciation, Eligibilite, ExamenEligibilite, RefusEligibilite, Verdict};
