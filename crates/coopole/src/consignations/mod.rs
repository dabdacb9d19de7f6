//! What happened before this house, written here by whoever answers for it: the
//! keeper of the Charter for its signatures, the pilot for the calls won; and
//! that a list was whole on a day.
//!
//! Never done here: a proof made after the fact, anything said of a real pole
//! in a demonstration, or a fact erased: it is undone, with a reason.

mod actes;
mod pages;
pub mod routes;
mod store;

pub use store::{Attestation, enonces, liste_des_signataires, valables};
