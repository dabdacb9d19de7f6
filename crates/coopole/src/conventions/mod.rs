//! Agreements: proposed, signed by the beneficiary, validated by the Trésor,
//! then paid in one go by two people.
//!
//! Both sides read the same page and sign the same bytes. Never done here:
//! choosing a laureate (it is decided), a payment (an order is exported).

mod actes;
mod coffre;
mod lettres;
mod ordres;
mod pages;
pub mod routes;
mod store;
mod texte;

pub use actes::{Proposer, Signature, Signer, Valider};
pub use coffre::{Coffre, preparer as preparer_le_coffre};
pub use ordres::{Preparer as PreparerVersement, Valider as ValiderVersement};
pub use store::{
    Inscrite, Restent, comptes_tenus, de_la_campagne, du_dossier, responsables, restent, suite,
};
pub use texte::{
    EXEMPLAIRE, TEXTE, document as texte, exemplaire, imprimer, imprimer_l_exemplaire,
    imprimer_sans_attendre,
};
