//! The Charter: its versions, who signed which, and what proves it.
//!
//! Its keeper pours the text of a version in; a pole signs it, or an
//! organisation that supports the poles; anyone reads the text, the list and
//! the proof of each signature, and no person's name. Never done here: writing
//! a text in the place of its authors, or saying who owes a signature to a call
//! (it is in the call's document).

mod actes;
mod certificat;
mod pages;
mod preuve;
pub mod routes;
mod store;
mod texte;

pub use certificat::{CERTIFICAT, imprimer as imprimer_le_certificat};
pub use store::{SignatureLue, du_code, du_pole, installer, installer_la_demonstration};
