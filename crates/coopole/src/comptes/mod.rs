//! Accounts: signing in by a link, sessions, and what each person holds.
//!
//! Called by the router, by `coopole compte`, by the demonstration, and by the
//! dossiers, where a pole gives its own people their place.
//! Never done here: deciding what a role may do (`socle::droits`).

mod actes;
mod demandes;
mod equipe;
mod pages;
pub mod routes;
pub mod store;

pub use actes::{Creer, Habiliter, RefusCompte, Suspendre};
pub use demandes::{JOURS_SANS_SUITE, LIEN, SANS_SUITE, effacer_sans_suite, envoyer_le_lien};
pub use equipe::{Associer, Congedier, DansLEquipe, Replacer};
pub use store::lister;
