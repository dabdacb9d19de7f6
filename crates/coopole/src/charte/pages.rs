//! The Charter as it is shown: to anyone, to who signs, to its keeper.

mod attendus;
mod liste;
mod presentee;
mod preuve;
mod relances;
mod seances;
mod signer;
mod texte;
mod versions;

pub use attendus::{AVerifier, Attendus, LOTS, Relais, attendus};
pub use liste::{Feuillet, signataires, signatures, tableur};
pub use presentee::{Presentee, charte};
pub use preuve::{Droits, ecarter, preuve, retirer};
pub use relances::{Apercu, lot, opposition, relance, relances_du_pole};
pub use seances::{SeanceTenue, seance, seance_projetee, seances};
pub use signer::{ASigner, choisir_le_pole, signer};
pub use versions::{
    APresenter, Relecture, VersionTenue, apercu, apercu_de_la_nouvelle, nouvelle, version, versions,
};
