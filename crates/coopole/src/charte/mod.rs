//! The Charter: its versions, who signed which, and what proves it.
//!
//! Its keeper pours the text of a version in; a pole signs it, or an
//! organisation that supports the poles; anyone reads the text, the list and
//! the proof of each signature, and no person's name. The keeper, and each cell
//! for its region, remind those expected to sign; the keeper alone publishes what
//! is signed in support, and sets aside what should not stand. Never done here: writing a
//! text in the place of its authors, saying who owes a signature to a call (it
//! is in the call's document), or writing to anybody by itself.

mod actes;
mod certificat;
mod fichier;
mod garde;
mod pages;
mod preuve;
mod relances;
pub mod routes;
mod seances;
mod store;
mod texte;
mod versions;

pub use actes::{AuNom, Saisi, Signer};
pub use certificat::{CERTIFICAT, imprimer as imprimer_le_certificat};
pub use fichier::soutiens;
pub use relances::{ASigner, a_signer, retenir_le_rappel};
pub use store::{
    SignatureLue, des_poles, du_code, du_pole, enonces, find, inscription, installer,
    installer_la_demonstration, lire,
};
