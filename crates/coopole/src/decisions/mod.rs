//! Selection, decision, notification: the pilot prepares, another person
//! closes the list, and at one instant everything becomes known to all.
//!
//! Other rooms ask [`visible`] and nothing else: before the instant it answers
//! « nothing » whether the State has decided or not. Never done here: scoring
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

pub use embargo::{DecisionVisible, visible, visibles};
pub use lettre::{LETTRE, document as lettre, imprimer as imprimer_la_lettre};
pub use notifier::{NOTIFICATION, notifier};
pub use store::prendre;
