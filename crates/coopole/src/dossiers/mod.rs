//! Dossiers: the draft of a pole's team, then the act of filing it.
//!
//! Later rooms (instruction, comite, decisions) read a filed dossier through
//! this door and check their own right on it. Never done here: an opinion, a
//! score, a decision.

mod actes;
mod pages;
pub mod routes;
mod store;

pub use store::{Dossier, find, prendre};
