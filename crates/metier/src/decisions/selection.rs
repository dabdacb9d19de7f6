//! The list of laureates, prepared by one person and closed by another.
//!
//! Source: notice 2024, § 6.4; P-24 (the envelope is hard, the number a target)
//! and P-25 (never before the committee has sat). Scores propose; every step
//! away from the ranking says why.

use jiff::Timestamp;
use uuid::Uuid;

use super::candidat::Candidat;
use super::decision::{Decision, Motif};
use crate::campagnes::RegleMontant;
use crate::commun::{Montant, Raison, Refus, parle_par_ses_raisons, temps};
use crate::dossiers::Issue;
use crate::instruction::Verdict;

/// What the call says of its selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReglesSelection {
    /// What may be granted in all; never exceeded.
    pub enveloppe: Montant,
    /// How many laureates are aimed at; pointed out, never refused.
    pub cible: Option<usize>,
    /// How much each may receive.
    pub montant: RegleMontant,
    /// Whether the person who prepares may not decide.
    pub deux_personnes: bool,
}

/// The sitting of the committee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seance {
    /// The call has none.
    SansObjet,
    /// Planned, not closed yet.
    Attendue(Timestamp),
    /// Closed.
    Close(Timestamp),
}

/// What is chosen for one dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choix {
    /// Retained, for that amount.
    Retenu(Montant),
    /// Not retained, for these reasons.
    NonRetenu(Vec<Motif>),
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LigneSelection {
    /// The dossier.
    pub dossier: Uuid,
    /// What is chosen.
    pub choix: Choix,
    /// Why, when it differs from the ranking.
    pub raison_de_l_ecart: Option<String>,
}

/// A list as it was prepared; it decides nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListePreparee {
    /// Who prepared it.
    pub par: Uuid,
    /// One line a dossier.
    pub lignes: Vec<LigneSelection>,
}

/// What is on the table when a list is about to be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContexteSelection<'a> {
    /// The rules of the call.
    pub regles: &'a ReglesSelection,
    /// All dossiers filed and not taken back.
    pub candidats: &'a [Candidat],
    /// The ranking proposed, from the first to the last.
    pub classement: &'a [Uuid],
    /// The sitting of the committee.
    pub seance: Seance,
    /// When a list was closed already, if one was.
    pub deja_arretee_le: Option<Timestamp>,
}

/// The list, closed: the act from which each decision is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// The decisions, in the order of the list.
    pub decisions: Vec<Decision>,
    /// Who prepared.
    pub preparee_par: Uuid,
    /// Who decided.
    pub arretee_par: Uuid,
    /// When.
    pub arretee_le: Timestamp,
    /// What is granted in all.
    pub total: Montant,
    /// Why each step away from the ranking was taken.
    pub ecarts: Vec<(Uuid, String)>,
    /// What was pointed out without being refused.
    pub signalements: Vec<Raison>,
}

/// Why a list is not closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusSelection {
    /// It already is.
    DejaArretee {
        /// When.
        le: Timestamp,
    },
    /// The committee has not sat.
    SeanceNonTenue {
        /// When it is planned.
        prevue_le: Timestamp,
    },
    /// Who prepares may not decide.
    MemePersonne,
    /// Things to mend; all of them.
    AReprendre(Vec<Raison>),
}

impl ContexteSelection<'_> {
    /// Whether the list may be worked on at that instant: not closed yet, and
    /// once the committee has sat (P-25). Before, nobody ranks anybody.
    pub fn ouverte(&self, le: Timestamp) -> Result<(), RefusSelection> {
        if let Some(le) = self.deja_arretee_le {
            return Err(RefusSelection::DejaArretee { le });
        }
        match self.seance {
            Seance::Attendue(prevue_le) => Err(RefusSelection::SeanceNonTenue { prevue_le }),
            Seance::Close(close_le) if le < close_le => Err(RefusSelection::SeanceNonTenue {
                prevue_le: close_le,
            }),
            Seance::Close(_) | Seance::SansObjet => Ok(()),
        }
    }
}

impl ListePreparee {
    /// Decides whether this list may be closed, and returns its decisions.
    pub fn arreter(
        &self,
        contexte: &ContexteSelection<'_>,
        par: Uuid,
        le: Timestamp,
    ) -> Result<Selection, RefusSelection> {
        contexte.ouverte(le)?;
        if contexte.regles.deux_personnes && par == self.par {
            return Err(RefusSelection::MemePersonne);
        }
        let raisons = self.a_reprendre(contexte);
        if !raisons.is_empty() {
            return Err(RefusSelection::AReprendre(raisons));
        }
        Ok(Selection {
            decisions: self.decisions(contexte.candidats, le),
            preparee_par: self.par,
            arretee_par: par,
            arretee_le: le,
            total: self.total(),
            ecarts: self.ecarts_motives(contexte),
            signalements: self.signalements(contexte.regles),
        })
    }

    /// What is granted in all.
    pub fn total(&self) -> Montant {
        Montant::somme(self.retenus().map(|(_, montant)| montant))
    }

    /// The lines that differ from the ranking: as many laureates as the list
    /// has would be, in its order, the first eligible dossiers of the ranking.
    pub fn ecarts(&self, contexte: &ContexteSelection<'_>) -> Vec<Uuid> {
        let premiers: Vec<Uuid> = contexte
            .classement
            .iter()
            .copied()
            .filter(|id| {
                let candidat = contexte.candidats.iter().find(|c| c.dossier == *id);
                candidat.is_some_and(Candidat::est_eligible)
            })
            .take(self.retenus().count())
            .collect();
        self.lignes
            .iter()
            .filter(|ligne| {
                let retenu = matches!(ligne.choix, Choix::Retenu(_));
                retenu != premiers.contains(&ligne.dossier)
            })
            .map(|ligne| ligne.dossier)
            .collect()
    }

    /// What is worth pointing out, without forbidding anything.
    pub fn signalements(&self, regles: &ReglesSelection) -> Vec<Raison> {
        let nombre = self.retenus().count();
        let mut signalements = Vec::new();
        if let Some(cible) = regles.cible.filter(|cible| *cible != nombre) {
            signalements.push(Raison::new(
                "cible_non_atteinte",
                format!("{} pour une cible de {cible}.", laureats(nombre)),
            ));
        }
        let reste = regles.enveloppe.checked_sub(self.total());
        if let Some(reste) = reste.filter(|r| *r > Montant::ZERO) {
            signalements.push(Raison::new(
                "reste_a_attribuer",
                format!("Il reste {reste} dans l’enveloppe."),
            ));
        }
        signalements
    }

    fn retenus(&self) -> impl Iterator<Item = (&LigneSelection, Montant)> {
        self.lignes.iter().filter_map(|ligne| match ligne.choix {
            Choix::Retenu(montant) => Some((ligne, montant)),
            Choix::NonRetenu(_) => None,
        })
    }

    fn a_reprendre(&self, contexte: &ContexteSelection<'_>) -> Vec<Raison> {
        let mut raisons = self.enveloppe(contexte.regles);
        let ecarts = self.ecarts(contexte);
        for candidat in contexte.candidats {
            let mut lignes = self.lignes.iter().filter(|l| l.dossier == candidat.dossier);
            let (ligne, double) = (lignes.next(), lignes.next());
            let Some(ligne) = ligne.filter(|_| double.is_none()) else {
                raisons.push(candidat.dit("ligne_unique", "attend une ligne, et une seule."));
                continue;
            };
            raisons.extend(candidat.choix_possible(&ligne.choix, contexte.regles));
            let motive = ligne
                .raison_de_l_ecart
                .as_ref()
                .is_some_and(|raison| !raison.trim().is_empty());
            if ecarts.contains(&ligne.dossier) && !motive && candidat.est_eligible() {
                raisons.push(
                    candidat
                        .dit(
                            "ecart_sans_raison",
                            "s’écarte du classement sans dire pourquoi.",
                        )
                        .remede("Écrivez la raison de cet écart."),
                );
            }
        }
        let inconnue = self
            .lignes
            .iter()
            .any(|l| !contexte.candidats.iter().any(|c| c.dossier == l.dossier));
        if inconnue {
            raisons.push(
                Raison::new(
                    "ligne_inconnue",
                    "La liste porte un dossier qui n’est pas candidat, ou qui a été retiré.",
                )
                .remede("Retirez sa ligne."),
            );
        }
        raisons
    }

    fn enveloppe(&self, regles: &ReglesSelection) -> Vec<Raison> {
        let total = self.total();
        if total <= regles.enveloppe {
            return Vec::new();
        }
        vec![
            Raison::new(
                "enveloppe_depassee",
                format!(
                    "Les montants retenus totalisent {total} ; l’enveloppe est de {}.",
                    regles.enveloppe
                ),
            )
            .remede(format!(
                "Retirez au moins {}.",
                total.ecart(regles.enveloppe)
            ))
            .ancre("enveloppe"),
        ]
    }

    fn decisions(&self, candidats: &[Candidat], le: Timestamp) -> Vec<Decision> {
        self.lignes
            .iter()
            .map(|ligne| {
                let (montant, motifs) = match &ligne.choix {
                    Choix::Retenu(montant) => (Some(*montant), Vec::new()),
                    Choix::NonRetenu(motifs) => (None, motifs.clone()),
                };
                let verdict = candidats
                    .iter()
                    .find(|c| c.dossier == ligne.dossier)
                    .and_then(|c| c.verdict);
                Decision {
                    dossier: ligne.dossier,
                    issue: match (montant, verdict) {
                        (Some(_), _) => Issue::Retenu,
                        (None, Some(Verdict::Irrecevable)) => Issue::Irrecevable,
                        (None, Some(Verdict::Ineligible)) => Issue::Ineligible,
                        (None, _) => Issue::NonRetenu,
                    },
                    montant,
                    motifs,
                    arretee_le: le,
                }
            })
            .collect()
    }

    fn ecarts_motives(&self, contexte: &ContexteSelection<'_>) -> Vec<(Uuid, String)> {
        let ecarts = self.ecarts(contexte);
        self.lignes
            .iter()
            .filter(|ligne| ecarts.contains(&ligne.dossier))
            .filter_map(|ligne| Some((ligne.dossier, ligne.raison_de_l_ecart.clone()?)))
            .collect()
    }
}

fn laureats(nombre: usize) -> String {
    match nombre {
        0 => "Aucun lauréat".to_owned(),
        1 => "1 lauréat".to_owned(),
        n => format!("{n} lauréats"),
    }
}

impl Refus for RefusSelection {
    fn raisons(&self) -> Vec<Raison> {
        match self {
            Self::DejaArretee { le } => vec![Raison::new(
                "liste_arretee",
                format!(
                    "La liste est arrêtée depuis le {}.",
                    temps::instant_long(*le)
                ),
            )],
            Self::SeanceNonTenue { prevue_le } => vec![
                Raison::new(
                    "seance_non_tenue",
                    format!(
                        "La liste s’arrête après la séance du comité, le {}.",
                        temps::jour_long(*prevue_le)
                    ),
                )
                .remede("Préparez la liste ; elle pourra être arrêtée une fois la séance close."),
            ],
            Self::MemePersonne => vec![Raison::new(
                "meme_personne",
                "Vous avez préparé cette liste : une autre personne doit l’arrêter.",
            )],
            Self::AReprendre(raisons) => raisons.clone(),
        }
    }
}

parle_par_ses_raisons!(RefusSelection);
