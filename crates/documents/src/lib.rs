//! Paper: the acts of the house, printed as PDF.
//!
//! A document is a plain struct of facts already put into words by the caller;
//! its template (`modeles/*.typ`) holds the fixed sentences and the drawing.
//! The files are tagged (PDF/UA-1), made to be kept (PDF/A-3a) and the same
//! bytes come out of the same facts. Anybody may print; nothing here knows the
//! database, the clock, the network, or a rule: what is printed was decided
//! elsewhere.
#![warn(missing_docs)]

#[cfg(test)]
extern crate self as documents;

mod accuse;
mod alphabet;
mod budget;
mod certificat;
mod commun;
mod convention;
mod decision;
mod document;
mod imprimerie;
mod lecture;
mod lettre;
mod monde;
mod notice;
mod panne;
mod polices;

#[cfg(test)]
mod essais;

pub use accuse::{Accuse, Inscription, PieceDeposee, Preuve, Verification};
pub use budget::{
    BudgetPresente, CompteBudget, Contributions, EmploiBudget, LignePresentee, MentionLigne,
    NatureBudget, TableauBudget,
};
pub use certificat::Certificat;
pub use commun::{Appel, Autorite, Service, Signataire, Structure, VoiesRecours};
pub use convention::{
    Convention, Excedent, IndicateurConvention, Passage, SignatureConvention, SignatureEnregistree,
    VersementPrevu,
};
pub use decision::{
    AvisNotifie, DecisionNotifiee, Issue, MotifAxe, MotifNotifie, RegleAppliquee,
    TraitementAlgorithmique,
};
pub use document::Document;
pub use imprimerie::{Imprimerie, Marque, Reglages};
pub use lettre::LettreDeCode;
pub use notice::{
    AxeNotice, CritereNotice, EmploiNotice, EtapeNotice, NoticeAppel, PieceNotice, RegleNotice,
};
pub use panne::{PannePapier, Remarques};
