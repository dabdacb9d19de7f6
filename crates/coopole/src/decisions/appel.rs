//! What the document of a call says of its selection, in the words of the rule.

use std::sync::Arc;

use jiff::Timestamp;
use metier::{
    campagnes::{Etape, Moment, RegleMontant},
    commun::Montant,
    decisions::{ReglesSelection, Seance},
};

use crate::{campagnes::Campagne, socle::erreurs::Panne};

/// A call that grants a subsidy.
pub struct Appel {
    pub code: String,
    pub document: Arc<Campagne>,
    pub regles: ReglesSelection,
}

impl Appel {
    /// The call, if it grants anything: the others have no selection.
    pub fn new(document: Arc<Campagne>) -> Result<Self, Panne> {
        let subvention = document.subvention.as_ref().ok_or(Panne::Introuvable)?;
        let regles = ReglesSelection {
            enveloppe: subvention.enveloppe,
            cible: usize::try_from(subvention.cible).ok(),
            montant: subvention.regle,
            // Who prepares never decides, even with both qualities (glossaire).
            deux_personnes: true,
        };
        Ok(Self {
            code: document.code.clone(),
            document,
            regles,
        })
    }

    pub fn titre_court(&self) -> &str {
        &self.document.identite.titre_court
    }

    /// The amount of the call, when it is the same for all.
    pub fn montant_fixe(&self) -> Option<Montant> {
        match self.regles.montant {
            RegleMontant::Fixe(montant) => Some(montant),
            RegleMontant::Fourchette { .. } => None,
        }
    }

    /// The sitting of the committee: closed, or when it is expected.
    pub fn seance(&self, close_le: Option<Timestamp>) -> Seance {
        match (close_le, self.document.calendrier.etape(Etape::Examen)) {
            (Some(close_le), _) => Seance::Close(close_le),
            (None, Some(examen)) => Seance::Attendue(examen.moment.fin()),
            (None, None) => Seance::SansObjet,
        }
    }

    /// The instant the calendar gives for the notification.
    pub fn notification_prevue(&self) -> Option<Moment> {
        let etape = self.document.calendrier.etape(Etape::Notification);
        etape.map(|etape| etape.moment)
    }
}
