//! The Charter as it is shown: to anyone, to who signs, to its keeper.

mod gestion;
mod liste;
mod presentee;
mod preuve;
mod signer;
mod texte;

pub use gestion::{Relances, VersionTenue, relances, version, versions};
pub use liste::{Feuillet, signataires, signatures};
pub use presentee::{Presentee, charte};
pub use preuve::{preuve, retirer};
pub use signer::{ASigner, choisir_le_pole, signer};
