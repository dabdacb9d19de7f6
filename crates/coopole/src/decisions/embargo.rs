//! The embargo: what may be known of a decision, and by whom, at an instant.
//!
//! One question for every reader: page, list, mail, count, other room. The
//! answer depends on what was planned, never on a job having run.

use jiff::Timestamp;
use metier::{
    campagnes::ActesTenus,
    commun::Region,
    decisions::{Decision, Notification},
    dossiers::{Issue, VoiesDeRecours},
};
use uuid::Uuid;

use super::store::{self, Decide};
use crate::socle::{db::Lecture, erreurs::Panne};

/// A decision that may be known at the instant it was asked.
#[derive(Debug, Clone)]
pub struct DecisionVisible {
    pub decision: Decision,
    pub notification: Notification,
    region: Region,
}

impl DecisionVisible {
    pub fn issue(&self) -> Issue {
        self.decision.issue
    }

    /// Since when it is known.
    pub fn notifiee_le(&self) -> Timestamp {
        self.notification.visible_le
    }

    /// The sentence its author reads first.
    pub fn annonce(&self) -> String {
        self.decision.annonce(self.notifiee_le(), Some(self.region))
    }

    /// Until when, and how, it may be contested.
    pub fn recours(&self) -> VoiesDeRecours {
        self.decision.recours(self.notifiee_le(), Some(self.region))
    }
}

/// The decision on this dossier, if it may be known at that instant.
///
/// « Nothing » means not decided, decided and not planned, planned for later,
/// or suspended: nobody can tell which.
pub async fn visible(
    base: &mut Lecture,
    dossier: Uuid,
    le: Timestamp,
) -> Result<Option<DecisionVisible>, Panne> {
    let decide = store::decide(base, dossier).await?;
    Ok(decide.and_then(|decide| ouvrir(decide, le)))
}

/// Every decision of a call that may be known at that instant: all, or none.
pub async fn visibles(
    base: &mut Lecture,
    campagne: &str,
    le: Timestamp,
) -> Result<Vec<DecisionVisible>, Panne> {
    let decides = store::decides(base, campagne).await?;
    Ok(decides
        .into_iter()
        .filter_map(|decide| ouvrir(decide, le))
        .collect())
}

/// The acts by which everybody may tell where a call stands. A list closed is
/// never among them before the instant.
pub async fn actes_publics(
    base: &mut Lecture,
    campagne: &str,
    le: Timestamp,
) -> Result<ActesTenus, Panne> {
    let notification = store::notification(base, campagne).await?;
    Ok(ActesTenus {
        seance_close: store::seance_close_le(base, campagne).await?.is_some(),
        liste_arretee: false,
        notifiee: notification.is_some_and(|(n, _)| n.est_visible(le)),
    })
}

fn ouvrir(decide: Decide, le: Timestamp) -> Option<DecisionVisible> {
    let notification = decide.notification?;
    decide.decision.visible(Some(&notification), le)?;
    Some(DecisionVisible {
        decision: decide.decision,
        notification,
        region: decide.region,
    })
}
