//! A dossier among which to choose, and what forbids choosing it.

use uuid::Uuid;

use super::decision::Motif;
use super::selection::{Choix, ReglesSelection};
use crate::commun::Raison;
use crate::dossiers::Numero;
use crate::instruction::Verdict;

/// Where the pole stands on the accompaniment call (notice 2024, E1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhaseUne {
    /// The call asks for nothing there.
    SansObjet,
    /// Already a laureate, or its twin dossier is retained by now.
    Acquise,
    /// Its twin dossier is not retained: it cannot be either (FAQ 1).
    NonAcquise,
}

/// A dossier among which to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidat {
    /// The dossier.
    pub dossier: Uuid,
    /// Its number, to name it in a refusal.
    pub numero: Numero,
    /// What was concluded on its eligibility, once it was.
    pub verdict: Option<Verdict>,
    /// Where it stands on the accompaniment call.
    pub phase_une: PhaseUne,
}

impl Candidat {
    pub(super) fn est_eligible(&self) -> bool {
        self.verdict == Some(Verdict::Eligible)
    }

    pub(super) fn dit(&self, code: &'static str, suite: &str) -> Raison {
        Raison::new(code, format!("Le dossier n° {} {suite}", self.numero))
            .ancre(self.dossier.to_string())
    }

    /// What forbids that choice for this dossier.
    pub(super) fn choix_possible(&self, choix: &Choix, regles: &ReglesSelection) -> Vec<Raison> {
        let mut raisons = Vec::new();
        match choix {
            Choix::Retenu(montant) => {
                if !self.est_eligible() {
                    raisons.push(self.dit(
                        "retenu_sans_eligibilite",
                        "ne peut être retenu : son éligibilité n’est pas confirmée.",
                    ));
                }
                if self.phase_une == PhaseUne::NonAcquise {
                    raisons.push(self.dit(
                        "jumeau_non_retenu",
                        "ne peut être retenu sans sa candidature à l’accompagnement.",
                    ));
                }
                if !regles.montant.admet(*montant) {
                    raisons.push(self.dit(
                        "montant_hors_regle",
                        &format!(
                            "reçoit {montant} ; l’aide est de {}.",
                            regles.montant.en_mots()
                        ),
                    ));
                }
            }
            Choix::NonRetenu(motifs) => {
                if !motifs.iter().any(Motif::est_ecrit) {
                    raisons.push(
                        self.dit("motif_absent", "n’est pas retenu sans motif.")
                            .remede("Écrivez au moins un motif : son auteur le lira."),
                    );
                }
            }
        }
        raisons
    }
}
