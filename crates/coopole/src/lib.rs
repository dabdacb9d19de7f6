//! Coopôle: the application. Everything that touches the world stands here;
//! the rules are in `metier`, the furniture in `dsfr`, the paper in `documents`.
//!
//! `main → router → rooms → socle`. A room's `store`, `pages` and `routes` are
//! private; other rooms use its door, `mod.rs`.

pub mod administration;
pub mod app;
pub mod campagnes;
pub mod charte;
pub mod comite;
pub mod commandes;
pub mod comptes;
pub mod consignations;
pub mod conventions;
pub mod decisions;
pub mod demonstration;
pub mod dossiers;
pub mod imports;
pub mod instruction;
pub mod poles;
pub mod registre;
pub mod router;
pub mod socle;
pub mod urls;
