//! The instant at which all decisions of a call become known, at once.
//!
//! Source: notice 2024, § 6.5; P-25 and P-26. Until that instant nothing
//! derived from a decision may differ for those not entitled to it.

use jiff::Timestamp;
use uuid::Uuid;

use super::selection::{Seance, Selection};
use crate::commun::{Raison, Refus, parle_par_ses_raisons, temps, typographie};

/// The notification of a call, planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// From when everything is visible and sent.
    pub visible_le: Timestamp,
    /// How many decisions it covers.
    pub decisions: usize,
    /// Who planned it.
    pub programmee_par: Uuid,
    /// When.
    pub programmee_le: Timestamp,
    /// When it was suspended, if it was: it then shows nothing.
    pub suspendue_le: Option<Timestamp>,
}

/// Why a notification is not planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusNotification {
    /// Decisions are known already.
    DejaVisible {
        /// Since when.
        le: Timestamp,
    },
    /// Nothing is decided yet.
    ListeNonArretee,
    /// The instant asked for is not to come.
    Passee {
        /// The instant asked for.
        visible_le: Timestamp,
    },
    /// Before the committee's sitting is closed.
    AvantLaSeance {
        /// When it is planned or was closed.
        seance: Timestamp,
    },
    /// Decisions without a written reason, or none at all.
    SansMotif {
        /// How many.
        nombre: usize,
    },
}

impl Notification {
    /// Decides whether decisions may become visible at that instant.
    pub fn programmer(
        selection: Option<&Selection>,
        seance: Seance,
        deja: Option<&Self>,
        visible_le: Timestamp,
        (par, le): (Uuid, Timestamp),
    ) -> Result<Self, RefusNotification> {
        if let Some(deja) = deja.filter(|n| n.est_visible(le)) {
            return Err(RefusNotification::DejaVisible {
                le: deja.visible_le,
            });
        }
        let Some(selection) = selection else {
            return Err(RefusNotification::ListeNonArretee);
        };
        match seance {
            Seance::Attendue(seance) => return Err(RefusNotification::AvantLaSeance { seance }),
            Seance::Close(seance) if visible_le < seance => {
                return Err(RefusNotification::AvantLaSeance { seance });
            }
            Seance::Close(_) | Seance::SansObjet => {}
        }
        if visible_le < le || visible_le < selection.arretee_le {
            return Err(RefusNotification::Passee { visible_le });
        }
        let sans_motif = selection
            .decisions
            .iter()
            .filter(|d| d.montant.is_none() && !d.motifs.iter().any(super::Motif::est_ecrit))
            .count();
        if sans_motif > 0 {
            return Err(RefusNotification::SansMotif { nombre: sans_motif });
        }
        Ok(Self {
            visible_le,
            decisions: selection.decisions.len(),
            programmee_par: par,
            programmee_le: le,
            suspendue_le: None,
        })
    }

    /// Whether decisions are known at that instant.
    ///
    /// A suspension counts only if it came before the instant: what has been
    /// seen cannot be unseen.
    pub fn est_visible(&self, le: Timestamp) -> bool {
        let suspendue = self
            .suspendue_le
            .is_some_and(|suspension| suspension < self.visible_le);
        self.visible_le <= le && !suspendue
    }

    /// « 64 décisions seront visibles et envoyées le jeudi 26 septembre 2024 à
    /// 14 h 00. Rien avant. »
    pub fn annonce(&self) -> String {
        let sujet = match self.decisions {
            1 => "1 décision sera visible et envoyée".to_owned(),
            n => format!("{n} décisions seront visibles et envoyées"),
        };
        typographie(&format!(
            "{sujet} le {}. Rien avant.",
            temps::instant_long(self.visible_le)
        ))
    }

    /// Decides whether it may be suspended, and returns it suspended.
    pub fn suspendre(&self, le: Timestamp) -> Result<Self, RefusSuspension> {
        if self.est_visible(le) {
            return Err(RefusSuspension::DejaVisible {
                le: self.visible_le,
            });
        }
        Ok(Self {
            suspendue_le: Some(le),
            ..self.clone()
        })
    }
}

/// Why a notification is not suspended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusSuspension {
    /// Decisions are known already.
    DejaVisible {
        /// Since when.
        le: Timestamp,
    },
}

fn deja_visible(le: Timestamp) -> Raison {
    Raison::new(
        "decisions_visibles",
        format!(
            "Les décisions sont visibles depuis le {}.",
            temps::instant_long(le)
        ),
    )
}

impl Refus for RefusSuspension {
    fn raisons(&self) -> Vec<Raison> {
        let Self::DejaVisible { le } = self;
        vec![deja_visible(*le)]
    }
}

impl Refus for RefusNotification {
    fn raisons(&self) -> Vec<Raison> {
        vec![match self {
            Self::DejaVisible { le } => deja_visible(*le),
            Self::ListeNonArretee => {
                Raison::new("liste_non_arretee", "La liste n’est pas encore arrêtée.")
                    .remede("Arrêtez la liste, puis programmez les notifications.")
            }
            Self::Passee { visible_le } => Raison::new(
                "instant_passe",
                format!("Le {} est déjà passé.", temps::instant_long(*visible_le)),
            )
            .remede("Choisissez un instant à venir.")
            .ancre("visible_le"),
            Self::AvantLaSeance { seance } => Raison::new(
                "avant_la_seance",
                format!(
                    "Rien ne se notifie avant la clôture de la séance du comité, le {}.",
                    temps::jour_long(*seance)
                ),
            )
            .ancre("visible_le"),
            Self::SansMotif { nombre } => Raison::new(
                "decisions_sans_motif",
                match nombre {
                    1 => "1 décision de ne pas retenir n’a pas de motif.".to_owned(),
                    n => format!("{n} décisions de ne pas retenir n’ont pas de motif."),
                },
            )
            .remede("Écrivez les motifs : leurs auteurs les liront."),
        }]
    }
}

parle_par_ses_raisons!(RefusNotification, RefusSuspension);
