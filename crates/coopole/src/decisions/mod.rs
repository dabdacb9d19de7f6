//! Selection, decision, notification: the pilot prepares, another person
//! closes the list, and at one instant everything becomes known to all.
//!
//! Other rooms ask [`visible`] and nothing else: before the instant it answers
//! « nothing » whether the State has decided or not. The acts and the list are
//! at the door for the extras of a demonstration only. Never done here: scoring
//! (the committee's), an agreement (it comes after), a computed choice.

mod actes;
mod appel;
mod embargo;
mod lettre;
mod liste;
mod notifier;
mod pages;
mod preparation;
mod rendue;
pub mod routes;
mod store;

pub use actes::{Arreter, Programmer};
pub use appel::Appel;
pub use embargo::{DecisionVisible, actes_publics, visible, visibles};
pub use lettre::{LETTRE, document as lettre, imprimer as imprimer_la_lettre};
pub use liste::{Liste, empreinte};
pub use notifier::{NOTIFICATION, notifier};
pub use preparation::{LigneSaisie, enregistrer};
pub use store::{Candidature, dossiers, notification, prendre};
