//! The public face: the home page, the pages every site owes its visitors,
//! the published head of the journal, and the journal itself for those who may
//! read it.

mod annuaire;
mod atom;
mod carte;
mod corrections;
mod declarations;
pub mod donnees;
mod export;
mod fiche;
mod fusions;
mod historique;
mod journal;
mod lettre;
mod origine;
mod pages;
mod publies;
mod recensement;
mod region;
mod revendications;
pub mod routes;
mod sorties;
mod store;
mod suivis;
mod territoire;
mod veille;

pub use corrections::Qui;
pub use export::Edition;
pub use pages::onglets;
pub use recensement::{Filtre, enonces};
pub use revendications::Revendiquer;
pub use suivis::{NOUVELLES, dire_les_nouvelles, suivre_d_office};
pub use veille::{Resume, resumes};
