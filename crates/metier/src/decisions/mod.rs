//! Selection, decision, notification: what the State chooses, and when it is
//! known.
//!
//! Source: notice 2024, § 6.4 and 6.5; dispositif, P-24 to P-26. The pilot
//! prepares and decides; the committee's ranking is only a proposal. Nothing of
//! a decision can be read before the instant of its notification.

mod candidat;
mod decision;
mod notification;
mod selection;
#[cfg(test)]
mod tests;

pub use candidat::{Candidat, PhaseUne};
pub use decision::{Decision, Motif};
pub use notification::{Notification, RefusNotification, RefusSuspension};
pub use selection::{
    Choix, ContexteSelection, LigneSelection, ListePreparee, RefusSelection, ReglesSelection,
    Seance, Selection,
};
