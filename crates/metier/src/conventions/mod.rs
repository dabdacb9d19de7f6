//! The agreement, its two signatures, and the payment in one go.
//!
//! Source: loi 2000-321, art. 10 and 10-1; loi 2021-875; notice 2024, § 6.6 and
//! FAQ 2 (droit-et-normes, B1 to B4). The beneficiary signs first, the Trésor
//! validates, then two persons make the payment. No money moves here: an order
//! is exported, never written into the State's accounts.

mod convention;
mod engagement;
mod iban;
#[cfg(test)]
mod tests;
mod versement;

pub use convention::{
    Convention, Cote, EtatConvention, RefusConvention, RefusSignatureConvention, Signataire,
    SignatureConvention,
};
pub use engagement::{EngagementRepublicain, engagement_exige};
pub use iban::{Iban, IbanIllisible};
pub use versement::{
    AlerteVersement, CompteBancaire, OrdreVersement, RefusVersement, Versement, alerte_versement,
    memes_noms,
};
