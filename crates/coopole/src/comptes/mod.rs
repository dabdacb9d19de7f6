//! Accounts: signing in by a link, sessions, and what each person holds.
//!
//! Called by the router, by `coopole compte` and by the demonstration.
//! Never done here: deciding what a role may do (`socle::droits`).

mod actes;
mod demandes;
mod pages;
pub mod routes;
pub mod store;

pub use actes::{Creer, Habiliter, RefusCompte, Suspendre};
pub use demandes::{LIEN, envoyer_le_lien};
pub use store::lister;
