//! The words every room shares: money, identifiers, regions, French time,
//! typography, and the shape of a refusal.
//!
//! Every room may call it; it calls none of them. The clock is never read
//! here: an instant always comes in as a parameter.

mod adresse;
mod identifiants;
mod lettres;
mod liste;
mod montant;
mod refus;
mod region;
mod taux;
pub mod temps;
mod typographie;

pub use adresse::{SANS_ADRESSE, SANS_NOM, est_une_adresse, nomme, porte_une_adresse};
pub use identifiants::{IdentifiantIllisible, Rna, Siren, Siret};
pub use lettres::plier;
pub(crate) use liste::liste_fermee;
pub use montant::{Montant, MontantIllisible};
pub(crate) use refus::parle_par_ses_raisons;
pub use refus::{Raison, Refus, phrases};
pub use region::Region;
pub use taux::Taux;
pub use typographie::typographie;
