//! The dossier: what a pole answers to a call, from draft to filing.
//!
//! Source: notice 2024, § 3 to 5. The porteur fills and files; nobody else
//! writes here. Once filed nothing changes, and whether it is any good is the
//! business of the next rooms.

pub mod budget;
mod membres;
mod ouverture;
mod pieces;

pub use budget::{
    Analyse, Budget, Compte, Emploi, Equilibre, EtatFinancement, GenreBudget, LigneBudget,
    RefusBudget, RegleMontant, ReglesAide,
};
pub use membres::{Composition, GenreMembre, LectureHorsEss, Membre};
pub use ouverture::{Ouverture, RefusOuverture};
pub use pieces::{EtatPiece, FichierRecu, LimitesPiece, Piece, RefusPiece, TypeFichier};

pub use crate::poles::QualiteEss;
