//! Closing the sitting: marks stop moving, the ranking becomes readable.
//!
//! Source: notice 2024, § 6.3; P-25 (the selection waits for the national
//! examination). A dossier nobody has marked never blocks the procedure: whoever
//! closes says that they know it.

use jiff::Timestamp;

use crate::commun::{Raison, Refus, parle_par_ses_raisons, temps};

/// What is known of a sitting about to be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeanceAClore {
    /// First instant at which the committee may sit, by the calendar.
    pub tenue_des: Option<Timestamp>,
    /// When it was closed, if it was.
    pub close_le: Option<Timestamp>,
    /// How many dossiers have a mark.
    pub notes: usize,
    /// How many have none.
    pub sans_note: usize,
    /// Whoever closes knows that some have none.
    pub malgre_tout: bool,
}

/// Why the sitting does not close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusSeance {
    /// Closed already.
    DejaClose(Timestamp),
    /// It has not been held yet.
    TropTot(Timestamp),
    /// Nobody has marked anything: there is nothing to rank.
    SansExamen,
    /// So many dossiers have no mark, and nobody said they knew.
    SansNote(usize),
}

impl SeanceAClore {
    /// Decides whether the sitting may close at that instant.
    pub fn clore(self, le: Timestamp) -> Result<Timestamp, RefusSeance> {
        if let Some(close_le) = self.close_le {
            return Err(RefusSeance::DejaClose(close_le));
        }
        if let Some(debut) = self.tenue_des.filter(|debut| le < *debut) {
            return Err(RefusSeance::TropTot(debut));
        }
        match (self.notes, self.sans_note, self.malgre_tout) {
            (0, ..) => Err(RefusSeance::SansExamen),
            (_, 0, _) | (_, _, true) => Ok(le),
            (_, n, false) => Err(RefusSeance::SansNote(n)),
        }
    }
}

impl Refus for RefusSeance {
    fn raisons(&self) -> Vec<Raison> {
        vec![match self {
            Self::DejaClose(le) => Raison::new(
                "seance_close",
                format!(
                    "La séance est close depuis le {}.",
                    temps::instant_long(*le)
                ),
            ),
            Self::TropTot(debut) => Raison::new(
                "seance_a_venir",
                format!(
                    "La séance se tient le {} : elle ne se clôt pas avant.",
                    temps::jour_long(*debut)
                ),
            ),
            Self::SansExamen => Raison::new(
                "aucune_note",
                "Aucune note n’est rendue : il n’y a rien à classer.",
            ),
            Self::SansNote(n) => Raison::new(
                "dossiers_sans_note",
                match n {
                    1 => "1 dossier n’a reçu aucune note.".to_owned(),
                    n => format!("{n} dossiers n’ont reçu aucune note."),
                },
            )
            .remede("Faites-les noter, ou cochez la case pour clore sans eux.")
            .ancre("malgre_tout"),
        }]
    }
}

parle_par_ses_raisons!(RefusSeance);

#[cfg(test)]
mod tests {
    use super::*;

    fn t(texte: &str) -> Timestamp {
        texte.parse().unwrap()
    }

    fn seance() -> SeanceAClore {
        SeanceAClore {
            tenue_des: Some(t("2024-09-03T22:00:00Z")),
            close_le: None,
            notes: 3,
            sans_note: 0,
            malgre_tout: false,
        }
    }

    #[test]
    fn la_seance_ne_se_clot_pas_avant_son_jour() {
        let refus = seance().clore(t("2024-09-03T21:59:59Z")).unwrap_err();
        assert!(refus.to_string().contains("mercredi 4 septembre 2024"));
        assert!(seance().clore(t("2024-09-03T22:00:00Z")).is_ok());
    }

    #[test]
    fn un_dossier_sans_note_ne_bloque_pas_qui_le_sait() {
        let le = t("2024-09-04T15:00:00Z");
        let incomplete = SeanceAClore {
            sans_note: 2,
            ..seance()
        };
        assert_eq!(incomplete.clore(le), Err(RefusSeance::SansNote(2)));
        let assumee = SeanceAClore {
            malgre_tout: true,
            ..incomplete
        };
        assert_eq!(assumee.clore(le), Ok(le));
    }

    #[test]
    fn sans_aucune_note_rien_ne_se_classe() {
        let vide = SeanceAClore {
            notes: 0,
            malgre_tout: true,
            ..seance()
        };
        assert_eq!(
            vide.clore(t("2024-09-04T15:00:00Z")),
            Err(RefusSeance::SansExamen)
        );
    }

    #[test]
    fn une_seance_close_ne_se_clot_pas_deux_fois() {
        let le = t("2024-09-04T15:00:00Z");
        let close = SeanceAClore {
            close_le: Some(le),
            ..seance()
        };
        assert_eq!(close.clore(le), Err(RefusSeance::DejaClose(le)));
    }
}
