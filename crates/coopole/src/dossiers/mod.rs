//! Dossiers: the draft of a pole's team, then the act of filing it.
//!
//! Later rooms (instruction, comite, decisions) read a filed dossier through
//! this door and check their own right on it: [`find`] and [`prendre`] the
//! dossier, [`contenu`] what it holds, [`montrer`] it section by section,
//! [`faits`] for the conditions of its call, [`pieces::servir`] one of its files,
//! [`budgets::servir`] one of its budgets.
//! Never done here: an opinion, a score, a decision.

mod accuse;
mod actes;
mod brouillon;
pub mod budgets;
mod contenu;
mod depot;
mod faits;
mod lecture;
mod montrer;
mod pages;
pub mod pieces;
mod relecture;
pub mod routes;
mod saisie;
mod store;
mod suivi;
pub mod sur_papier;
mod verification;
mod vue;

pub use accuse::imprimer as imprimer_l_accuse;
pub use actes::{Ouvert, Ouvrir, Retirer};
pub use contenu::{Contenu, LigneBudget, Membre, Piece, Reponse};
pub use depot::{ACCUSE, Depose, Deposer};
pub use faits::faits;
pub use lecture::{ChampLu, Lecture, RubriqueLue};
pub use montrer::{ancre_champ, champs_montres, montrer};
pub use store::{
    Dossier, contenu, find, prendre, record_lignes, record_membres, record_piece, record_reponse,
};
pub use suivi::completude;
