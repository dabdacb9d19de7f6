//! The dossier: what a pole answers to a call, from draft to filing.
//!
//! Source: notice 2024, § 3 to 5. The porteur fills and files; nobody else
//! writes here. Once filed nothing changes, and whether it is any good is the
//! business of the next rooms.

mod accuse;
pub mod budget;
mod completude;
mod depot;
mod fiche;
mod jumeau;
mod membres;
mod ouverture;
mod pieces;
mod recours;
mod retrait;
mod statut;

pub use accuse::{Accuse, Mention, Numero, NumeroIllisible};
pub use budget::{
    Analyse, Budget, Compte, Equilibre, EtatFinancement, LigneBudget, RefusBudget, ReglesAide, Sens,
};
pub use completude::{Avancement, Completude, Manque, RubriqueSuivie};
pub use depot::{Declarations, Depot, Dossier, RefusDepot};
pub use fiche::{AUTRE_QUE_LA_FICHE, PorteuseDeLaFiche};
pub use jumeau::Jumeau;
pub use membres::{Composition, GenreMembre, LectureHorsEss, Membre};
pub use ouverture::{Ouverture, PORTEUSE, PorteuseConnue, RefusOuverture};
pub use pieces::{EtatPiece, FichierRecu, LimitesPiece, Piece, RefusPiece, TypeFichier};
pub use recours::VoiesDeRecours;
pub use retrait::{RefusRetrait, Retrait};
pub use statut::{FaitsDuStatut, Issue, Statut, Suite, statut};

pub use crate::poles::QualiteEss;
