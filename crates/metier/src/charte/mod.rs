//! The Charter of the poles: its versions, and who signed which of them.
//!
//! Source: the Charter presented on 30 June 2021. Signing is a dated acceptance
//! of one text by someone who may engage the signatory; only the version a call
//! names proves its rule (dispositif, E2). A text is given by those who keep
//! the Charter, never written here: without it, nothing is signed. Nothing here
//! says who is a laureate.

mod engagee;
mod garde;
mod mandat;
mod presentation;
mod relance;
mod seance;
mod signature;
#[cfg(test)]
mod tests;
mod version;

pub use engagee::{Nommee, PersonneMorale};
pub use garde::{Gardee, MOTIF_AU_PLUS, RefusConfirmation, RefusEcartement};
pub use mandat::{Engagements, Mandat, Pouvoir, SIGNES_AU_PLUS};
pub use presentation::{Presentation, RefusPresentation, TITRE_AU_PLUS};
pub use relance::{Cible, DELAI, Empechement, Envoi, MOT_AU_PLUS, RefusRelance, Situation};
pub use seance::{Annonce, EtatSeance, RefusCloture, RefusSeance, Seance};
pub use signature::{Demande, QualiteSignature, RefusRetrait, RefusSignature, Signature};
pub use version::{
    Charte, Publication, RefusPublication, TEXTE_AU_PLUS, TextePublie, TexteRecu, Version,
};
