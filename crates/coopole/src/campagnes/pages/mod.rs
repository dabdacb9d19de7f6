//! The calls, as the public reads them: everything shown comes from the
//! document of the call.

mod appel;
mod contenu;
mod eligibilite;
mod liste;
mod passes;
mod suite;

pub use appel::appel;
pub use eligibilite::{constat, eligibilite};
pub use liste::{liste, ouvert as appel_ouvert};
pub use suite::Lecteur;
