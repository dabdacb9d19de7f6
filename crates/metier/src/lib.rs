//! The rules of the scheme: what the notices, the law and the agreements say.
//!
//! Everything here is pure: no clock, no disk, no network, no async. A rule
//! takes facts and an instant, and returns an act or a refusal in French; it
//! changes nothing. The rooms follow the procedure, and a room knows only
//! those that come before it.

#![warn(missing_docs)]

pub mod campagnes;
pub mod charte;
pub mod comite;
pub mod commun;
pub mod conventions;
pub mod decisions;
pub mod dossiers;
pub mod instruction;
pub mod poles;
