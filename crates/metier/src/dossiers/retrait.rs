//! Taking a dossier back.
//!
//! Source: dispositif, § 5.4: at any time before the decision. The bound is
//! the instant of notification, not that of the decision: refusing earlier
//! would tell that the decision is taken.

use jiff::Timestamp;
use uuid::Uuid;

use super::depot::Dossier;
use crate::campagnes::Fenetre;
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
    /// Never filed, and the call is closed: there is nothing to take back.
    JamaisDepose {
        /// When the call closed.
        cloture: Timestamp,
    },
}

impl Dossier {
    /// Decides whether the dossier may be taken back, draft or filed, given
    /// the window of its call.
    ///
    /// `notifie_le` is the instant at which decisions become visible, if one
    /// is set; before it, everything goes as if nothing were decided.
    pub fn retirer(
        &self,
        fenetre: &Fenetre,
        notifie_le: Option<Timestamp>,
        par: Uuid,
        le: Timestamp,
    ) -> Result<Retrait, RefusRetrait> {
        if let Some(retrait) = &self.retrait {
            return Err(RefusRetrait::DejaRetire {
                le: retrait.retire_le,
            });
        }
        if let (None, Some(cloture)) = (&self.depot, fenetre.cloture)
            && fenetre.est_close(le)
        {
            return Err(RefusRetrait::JamaisDepose { cloture });
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
            .remede(
                "La page de la décision dit comment la contester. Un pôle retenu peut renoncer \
                 à l’aide en écrivant au service.",
            ),
            Self::JamaisDepose { cloture } => Raison::new(
                "jamais_depose",
                format!(
                    "L’appel a clos le {}, et ce brouillon n’a pas été déposé : \
                     il n’y a rien à retirer.",
                    temps::instant_long(*cloture)
                ),
            )
            .remede(
                "Il reste lisible par votre équipe, et personne d’autre ne le lira. \
                 Vos réponses peuvent servir à un prochain appel.",
            ),
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

    fn fenetre() -> Fenetre {
        Fenetre {
            ouverture: t("2024-03-24T23:00:00Z"),
            cloture: Some(t("2024-05-29T10:00:00Z")),
            borne_incluse: true,
        }
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
        assert!(
            depose()
                .retirer(&fenetre(), notification, PORTEUSE, veille)
                .is_ok()
        );
        assert!(depose().retirer(&fenetre(), None, PORTEUSE, veille).is_ok());
    }

    #[test]
    fn apres_la_notification_on_ne_retire_plus() {
        let notification = Some(t("2024-09-26T12:00:00Z"));
        let refus = depose()
            .retirer(
                &fenetre(),
                notification,
                PORTEUSE,
                t("2024-09-26T12:00:00Z"),
            )
            .unwrap_err();
        assert!(refus.to_string().contains("jeudi 26 septembre 2024"));
    }

    #[test]
    fn un_brouillon_se_retire_jusqu_a_la_cloture() {
        let brouillon = Dossier {
            depot: None,
            ..depose()
        };
        let cloture = t("2024-05-29T10:00:00Z");
        let retirer = |le| brouillon.retirer(&fenetre(), None, PORTEUSE, le);
        assert!(retirer(cloture).is_ok());
        let apres = t("2024-05-29T10:00:01Z");
        assert_eq!(retirer(apres), Err(RefusRetrait::JamaisDepose { cloture }));
    }

    #[test]
    fn on_ne_retire_pas_deux_fois() {
        let mut dossier = depose();
        let retrait = dossier
            .retirer(&fenetre(), None, PORTEUSE, t("2024-06-01T08:00:00Z"))
            .unwrap();
        dossier.retrait = Some(retrait);
        assert!(
            dossier
                .retirer(&fenetre(), None, PORTEUSE, t("2024-06-02T08:00:00Z"))
                .is_err()
        );
    }
}
