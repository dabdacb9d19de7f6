//! Taking a dossier back.
//!
//! Source: dispositif, § 5.4: at any time before the decision. The bound is
//! the instant of notification, not that of the decision: refusing earlier
//! would tell that the decision is taken.

use jiff::Timestamp;
use uuid::Uuid;

use super::depot::Dossier;
use crate::commun::{Raison, Refus, parle_par_ses_raisons, temps};

/// The dated act of taking back, for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retrait {
    /// The dossier taken back.
    pub dossier: Uuid,
    /// The person who did it.
    pub par: Uuid,
    /// When.
    pub retire_le: Timestamp,
}

/// Why a dossier can no longer be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusRetrait {
    /// It already was.
    DejaRetire {
        /// When.
        le: Timestamp,
    },
    /// The decision is known to its author.
    Notifie {
        /// Since when.
        le: Timestamp,
    },
}

impl Dossier {
    /// Decides whether the dossier may be taken back, draft or filed.
    ///
    /// `notifie_le` is the instant at which decisions become visible, if one
    /// is set; before it, everything goes as if nothing were decided.
    pub fn retirer(
        &self,
        notifie_le: Option<Timestamp>,
        par: Uuid,
        le: Timestamp,
    ) -> Result<Retrait, RefusRetrait> {
        if let Some(retrait) = &self.retrait {
            return Err(RefusRetrait::DejaRetire {
                le: retrait.retire_le,
            });
        }
        match notifie_le {
            Some(notifie_le) if self.depot.is_some() && notifie_le <= le => {
                Err(RefusRetrait::Notifie { le: notifie_le })
            }
            _ => Ok(Retrait {
                dossier: self.id,
                par,
                retire_le: le,
            }),
        }
    }
}

impl Refus for RefusRetrait {
    fn raisons(&self) -> Vec<Raison> {
        vec![match self {
            Self::DejaRetire { le } => Raison::new(
                "deja_retire",
                format!("Ce dossier a été retiré le {}.", temps::instant_long(*le)),
            ),
            Self::Notifie { le } => Raison::new(
                "decision_notifiee",
                format!(
                    "La décision est notifiée depuis le {} : le dossier ne se retire plus.",
                    temps::jour_long(*le)
                ),
            )
            .remede("Un lauréat peut renoncer à l’aide en écrivant au service."),
        }]
    }
}

parle_par_ses_raisons!(RefusRetrait);

#[cfg(test)]
mod tests {
    use super::super::depot::Depot;
    use super::*;

    const PORTEUSE: Uuid = Uuid::from_u128(7);

    fn t(texte: &str) -> Timestamp {
        texte.parse().unwrap()
    }

    fn depose() -> Dossier {
        let id = Uuid::from_u128(1);
        Dossier {
            id,
            depot: Some(Depot {
                dossier: id,
                par: PORTEUSE,
                depose_le: t("2024-05-29T09:00:00Z"),
            }),
            retrait: None,
        }
    }

    #[test]
    fn avant_la_notification_le_retrait_ne_trahit_pas_la_decision() {
        let notification = Some(t("2024-09-26T12:00:00Z"));
        let veille = t("2024-09-26T11:59:59Z");
        assert!(depose().retirer(notification, PORTEUSE, veille).is_ok());
        assert!(depose().retirer(None, PORTEUSE, veille).is_ok());
    }

    #[test]
    fn apres_la_notification_on_ne_retire_plus() {
        let notification = Some(t("2024-09-26T12:00:00Z"));
        let refus = depose()
            .retirer(notification, PORTEUSE, t("2024-09-26T12:00:00Z"))
            .unwrap_err();
        assert!(refus.to_string().contains("jeudi 26 septembre 2024"));
    }

    #[test]
    fn un_brouillon_se_retire_toujours() {
        let brouillon = Dossier {
            depot: None,
            ..depose()
        };
        let notification = Some(t("2024-09-26T12:00:00Z"));
        assert!(
            brouillon
                .retirer(notification, PORTEUSE, t("2024-10-01T08:00:00Z"))
                .is_ok()
        );
    }

    #[test]
    fn on_ne_retire_pas_deux_fois() {
        let mut dossier = depose();
        let retrait = dossier
            .retirer(None, PORTEUSE, t("2024-06-01T08:00:00Z"))
            .unwrap();
        dossier.retrait = Some(retrait);
        assert!(
            dossier
                .retirer(None, PORTEUSE, t("2024-06-02T08:00:00Z"))
                .is_err()
        );
    }
}
