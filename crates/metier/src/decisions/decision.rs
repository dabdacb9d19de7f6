//! What is decided of one dossier, and its words for its author.

use jiff::Timestamp;
use uuid::Uuid;

use super::notification::Notification;
use crate::commun::{Montant, Region, temps, typographie};
use crate::dossiers::{Issue, VoiesDeRecours};

/// A reason published to the author of a dossier not retained.
///
/// The law does not ask for it (a subsidy is not a right); the notice promises
/// it (notice 2024, § 6.5), and that promise is kept hard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Motif {
    /// Code of the criterion, axis or rule it comes from, if any.
    pub au_titre_de: Option<String>,
    /// What the author reads.
    pub texte: String,
}

impl Motif {
    /// « E2 : La Charte n’est pas signée. »: the rule, then its reason.
    pub fn en_mots(&self) -> String {
        match &self.au_titre_de {
            Some(code) => format!("{code}\u{202f}: {}", self.texte.trim()),
            None => self.texte.trim().to_owned(),
        }
    }

    /// Whether there is anything to read in it.
    pub fn est_ecrit(&self) -> bool {
        !self.texte.trim().is_empty()
    }
}

/// The dated act of the State on one dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The dossier.
    pub dossier: Uuid,
    /// What is decided.
    pub issue: Issue,
    /// How much, for a laureate.
    pub montant: Option<Montant>,
    /// Why, for the others.
    pub motifs: Vec<Motif>,
    /// When the list was closed.
    pub arretee_le: Timestamp,
}

impl Decision {
    /// The decision if this instant may know it, nothing otherwise.
    ///
    /// Every reader goes through here: page, list, mail, count.
    pub fn visible<'a>(
        &'a self,
        notification: Option<&Notification>,
        le: Timestamp,
    ) -> Option<&'a Self> {
        notification
            .is_some_and(|n| n.est_visible(le))
            .then_some(self)
    }

    /// Until when it may be contested, once known on that instant.
    pub fn recours(&self, notifiee_le: Timestamp, region: Option<Region>) -> VoiesDeRecours {
        VoiesDeRecours::depuis(temps::jour_de(notifiee_le), region)
    }

    /// « Votre dossier n’est pas retenu. Voici les motifs, et comment
    /// contester jusqu’au … »
    pub fn annonce(&self, notifiee_le: Timestamp, region: Option<Region>) -> String {
        let jusqu_au = temps::jour_long_de(self.recours(notifiee_le, region).jusqu_au);
        let phrase = match (self.issue, self.montant) {
            (Issue::Retenu, Some(montant)) => {
                format!("Votre dossier est retenu. L’aide est de {montant}.")
            }
            (Issue::Retenu, None) => "Votre dossier est retenu.".to_owned(),
            (Issue::Irrecevable, _) => format!(
                "Votre dossier est irrecevable. Voici les motifs, et comment contester jusqu’au {jusqu_au}."
            ),
            (Issue::NonRetenu | Issue::Ineligible, _) => format!(
                "Votre dossier n’est pas retenu. Voici les motifs, et comment contester jusqu’au {jusqu_au}."
            ),
        };
        typographie(&phrase)
    }
}
