//! Poles and the structures that carry them, as the base keeps them.
//!
//! Every room after this one reads a pole through here. Never done here: what
//! a call asks of them (it is in the call's document).

pub mod arrivees;
pub mod comptes;
pub mod corrections;
pub mod declarations;
pub mod entieres;
pub mod etat;
pub mod fiches;
pub mod fusions;
mod jalon;
pub mod liens;
pub mod lot;
pub mod modifications;
pub mod mots;
mod passe;
mod portee;
mod reference;
pub mod revendications;
pub mod sorties;
mod store;

pub use jalon::Jalon;
pub use passe::{Aide, Passe, passe, signatures};
pub use portee::Portee;
pub use reference::{installer_le_registre_public, installer_les_cellules};
pub use store::{
    AideVersee, NouveauPole, NouvelleStructure, PoleListe, Retenu, cle_de_tri, create,
    create_structure, lister, prendre, record_aide, record_cellule, record_entree, record_laureat,
    record_signature,
};
