//! The machine, for who runs it: what works, what failed, what to try again.
//! Never shown here: the text of a mail, a dossier, a piece.

mod actes;
mod pages;
pub mod routes;
mod store;
