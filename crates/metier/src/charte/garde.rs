//! What the keeper of the Charter decides on a signature: whether one given in
//! support is published, and setting aside one that should never have stood.
//!
//! Anyone with an account may say they sign for an organisation, and nothing
//! here proves it: an organisation has no record whose site would be compared
//! with the address of who signs, and a site they typed would prove nothing.
//! The keeper alone publishes. Nothing is ever erased.

use jiff::Timestamp;

use crate::commun::{Raison, Refus, parle_par_ses_raisons, temps};

/// How long the reason of a setting aside may be, in signs.
pub const MOTIF_AU_PLUS: usize = 600;

/// A signature as its keeper has it.
#[derive(Debug, Clone, Copy)]
pub struct Gardee {
    /// Anyone reads it: given by a pole, or confirmed.
    pub publiee: bool,
    /// When it stopped to stand, if it did.
    pub retiree_le: Option<Timestamp>,
    /// Since when another signature of the same organisation, for the same
    /// version, is published and stands.
    pub autre: Option<Timestamp>,
}

/// Why a signature in support is not confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusConfirmation {
    /// It is published.
    DejaPubliee,
    /// It was withdrawn, or set aside.
    Retiree {
        /// When.
        le: Timestamp,
    },
    /// The organisation has one already.
    Autre {
        /// Since when.
        le: Timestamp,
    },
}

/// Why a signature is not set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusEcartement {
    /// It does not stand any more.
    Retiree {
        /// Since when.
        le: Timestamp,
    },
    /// Nobody is set aside without being told why.
    SansMotif,
    /// The reason is too long.
    MotifTropLong {
        /// How long it is.
        signes: usize,
    },
}

impl Gardee {
    /// Decides whether it is published.
    pub fn confirmer(&self) -> Result<(), RefusConfirmation> {
        match (self.retiree_le, self.publiee, self.autre) {
            (Some(le), ..) => Err(RefusConfirmation::Retiree { le }),
            (None, true, _) => Err(RefusConfirmation::DejaPubliee),
            (None, false, Some(le)) => Err(RefusConfirmation::Autre { le }),
            (None, false, None) => Ok(()),
        }
    }

    /// Decides whether it is set aside, for that reason.
    pub fn ecarter(&self, motif: &str) -> Result<(), RefusEcartement> {
        if let Some(le) = self.retiree_le {
            return Err(RefusEcartement::Retiree { le });
        }
        match motif.trim().chars().count() {
            0 => Err(RefusEcartement::SansMotif),
            signes if signes > MOTIF_AU_PLUS => Err(RefusEcartement::MotifTropLong { signes }),
            _ => Ok(()),
        }
    }
}

impl Refus for RefusConfirmation {
    fn raisons(&self) -> Vec<Raison> {
        vec![match self {
            Self::DejaPubliee => Raison::new("deja_publiee", "Cette signature est déjà publiée."),
            Self::Retiree { le } => Raison::new(
                "signature_retiree",
                format!(
                    "Cette signature ne vaut plus depuis le {}.",
                    temps::jour_long(*le)
                ),
            ),
            Self::Autre { le } => Raison::new(
                "autre_signature",
                format!(
                    "Cette organisation a déjà une signature publiée, du {}.",
                    temps::jour_long(*le)
                ),
            )
            .remede("Écartez d’abord celle des deux qui ne vaut pas."),
        }]
    }
}

parle_par_ses_raisons!(RefusConfirmation);

impl Refus for RefusEcartement {
    fn raisons(&self) -> Vec<Raison> {
        vec![match self {
            Self::Retiree { le } => Raison::new(
                "signature_retiree",
                format!(
                    "Cette signature ne vaut plus depuis le {}.",
                    temps::jour_long(*le)
                ),
            ),
            Self::SansMotif => Raison::new(
                "motif_absent",
                "Dites pourquoi : la personne qui a signé le lira.",
            )
            .ancre("motif"),
            Self::MotifTropLong { signes } => Raison::new(
                "motif_trop_long",
                format!("Ce motif compte {signes} signes : {MOTIF_AU_PLUS} au plus."),
            )
            .ancre("motif"),
        }]
    }
}

parle_par_ses_raisons!(RefusEcartement);

#[cfg(test)]
mod tests {
    use super::*;

    const ATTENDUE: Gardee = Gardee {
        publiee: false,
        retiree_le: None,
        autre: None,
    };

    fn le() -> Timestamp {
        "2024-03-26T08:00:00Z".parse().unwrap()
    }

    #[test]
    fn une_signature_en_soutien_se_publie_une_fois_et_une_seule_par_organisation() {
        assert_eq!(ATTENDUE.confirmer(), Ok(()));
        let publiee = Gardee {
            publiee: true,
            ..ATTENDUE
        };
        assert_eq!(publiee.confirmer(), Err(RefusConfirmation::DejaPubliee));
        let seconde = Gardee {
            autre: Some(le()),
            ..ATTENDUE
        };
        assert_eq!(
            seconde.confirmer(),
            Err(RefusConfirmation::Autre { le: le() })
        );
        let retiree = Gardee {
            retiree_le: Some(le()),
            ..ATTENDUE
        };
        assert_eq!(
            retiree.confirmer(),
            Err(RefusConfirmation::Retiree { le: le() })
        );
    }

    #[test]
    fn on_n_ecarte_qu_en_disant_pourquoi_et_qu_une_fois() {
        assert_eq!(
            ATTENDUE.ecarter("Cette personne a quitté l’association."),
            Ok(())
        );
        assert_eq!(ATTENDUE.ecarter("  "), Err(RefusEcartement::SansMotif));
        let long = "é".repeat(601);
        assert_eq!(
            ATTENDUE.ecarter(&long),
            Err(RefusEcartement::MotifTropLong { signes: 601 })
        );
        let retiree = Gardee {
            retiree_le: Some(le()),
            ..ATTENDUE
        };
        assert_eq!(
            retiree.ecarter("Encore"),
            Err(RefusEcartement::Retiree { le: le() })
        );
    }
}
