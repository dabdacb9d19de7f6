//! An examination: one person's marks on one dossier, against the grid.
//!
//! Source: notice 2024, § 3.b. Marks may be changed until the deliberation
//! opens; others' marks are not shown before. Never on a closed dossier.

use jiff::Timestamp;
use uuid::Uuid;

use super::classement::Total;
use super::grille::Grille;
use super::interets::Acces;
use super::points::Points;
use crate::commun::{Raison, Refus, parle_par_ses_raisons};

/// A mark on one criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Code of the criterion.
    pub critere: String,
    /// The mark, on the scale of the call.
    pub valeur: u32,
    /// Why, in the examiner's words; may stay empty.
    pub commentaire: String,
}

/// Whether a bonus is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acquis {
    /// Code of the bonus.
    pub bonus: String,
    /// « Acquis » or « Non acquis ».
    pub acquis: bool,
}

/// The marks of one person on one dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examen {
    /// The dossier.
    pub dossier: Uuid,
    /// The examiner.
    pub personne: Uuid,
    /// One mark a criterion, in the order of the grid.
    pub notes: Vec<Note>,
    /// One answer a bonus, in the order of the grid.
    pub bonus: Vec<Acquis>,
    /// What they add up to.
    pub total: Total,
    /// When they were given.
    pub rendu_le: Timestamp,
}

/// What is known when marks are about to be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExamenOuvert<'a> {
    /// The dossier.
    pub dossier: Uuid,
    /// The grid of its call.
    pub grille: &'a Grille,
    /// What this person may do with it.
    pub acces: Acces,
    /// Whether the deliberation has opened.
    pub deliberation_ouverte: bool,
}

/// Why marks are not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusExamen {
    /// Closed to this person: to be answered as what does not exist.
    Ferme,
    /// Interests come first.
    InteretsADeclarer(usize),
    /// The deliberation has opened: marks stay as they are.
    DeliberationOuverte,
    /// Marks to give or mend; all of them.
    AReprendre(Vec<Raison>),
}

impl ExamenOuvert<'_> {
    /// Decides whether these marks may be recorded, and adds them up.
    pub fn rendre(
        &self,
        notes: Vec<Note>,
        bonus: Vec<Acquis>,
        par: Uuid,
        le: Timestamp,
    ) -> Result<Examen, RefusExamen> {
        match self.acces {
            Acces::Ferme => return Err(RefusExamen::Ferme),
            Acces::InteretsADeclarer(n) => return Err(RefusExamen::InteretsADeclarer(n)),
            Acces::Ouvert => {}
        }
        if self.deliberation_ouverte {
            return Err(RefusExamen::DeliberationOuverte);
        }
        let mut raisons = Vec::new();
        let notes = self.notes_de_la_grille(notes, &mut raisons);
        let bonus = self.bonus_de_la_grille(bonus, &mut raisons);
        if !raisons.is_empty() {
            return Err(RefusExamen::AReprendre(raisons));
        }
        Ok(Examen {
            dossier: self.dossier,
            personne: par,
            total: self.total(&notes, &bonus),
            notes,
            bonus,
            rendu_le: le,
        })
    }

    /// One mark a criterion, on the scale; what the grid does not know is left.
    fn notes_de_la_grille(&self, donnees: Vec<Note>, raisons: &mut Vec<Raison>) -> Vec<Note> {
        let echelle = self.grille.echelle;
        let mut notes = Vec::new();
        for critere in &self.grille.criteres {
            let libelle = &critere.libelle;
            match donnees.iter().find(|n| n.critere == critere.code) {
                Some(note) if echelle.admet(note.valeur) => notes.push(note.clone()),
                Some(note) => raisons.push(
                    Raison::new(
                        "note_hors_echelle",
                        format!(
                            "« {libelle} » se note de {} à {}, non {}.",
                            echelle.min, echelle.max, note.valeur
                        ),
                    )
                    .ancre(&critere.code),
                ),
                None => raisons.push(
                    Raison::new("note_absente", format!("Notez « {libelle} »."))
                        .ancre(&critere.code),
                ),
            }
        }
        notes
    }

    fn bonus_de_la_grille(&self, donnes: Vec<Acquis>, raisons: &mut Vec<Raison>) -> Vec<Acquis> {
        let mut acquis = Vec::new();
        for bonus in &self.grille.bonus {
            match donnes.iter().find(|a| a.bonus == bonus.code) {
                Some(dit) => acquis.push(dit.clone()),
                None => raisons.push(
                    Raison::new(
                        "bonus_non_dit",
                        format!("Dites si « {} » est acquis.", bonus.libelle),
                    )
                    .ancre(&bonus.code),
                ),
            }
        }
        acquis
    }

    fn total(&self, notes: &[Note], bonus: &[Acquis]) -> Total {
        let base = self
            .grille
            .criteres
            .iter()
            .zip(notes)
            .map(|(critere, note)| i64::from(critere.poids) * i64::from(note.valeur))
            .sum();
        let supplement = self
            .grille
            .bonus
            .iter()
            .zip(bonus)
            .filter(|(_, dit)| dit.acquis)
            .map(|(bonus, _)| i64::from(bonus.points))
            .sum();
        Total {
            base: Points::entiers(base),
            bonus: Points::entiers(supplement),
        }
    }
}

impl Refus for RefusExamen {
    fn raisons(&self) -> Vec<Raison> {
        match self {
            Self::Ferme => vec![Raison::new(
                "dossier_ferme",
                "Cette page n’existe pas, ou votre compte n’y donne pas accès.",
            )],
            Self::InteretsADeclarer(n) => vec![
                Raison::new(
                    "interets_a_declarer",
                    match n {
                        1 => "Il reste 1 dossier sans déclaration d’intérêts.".to_owned(),
                        n => format!("Il reste {n} dossiers sans déclaration d’intérêts."),
                    },
                )
                .remede("Déclarez-les : l’examen s’ouvre ensuite.")
                .ancre("interets"),
            ],
            Self::DeliberationOuverte => vec![Raison::new(
                "deliberation_ouverte",
                "La délibération est ouverte : les notes ne changent plus.",
            )],
            Self::AReprendre(raisons) => raisons.clone(),
        }
    }
}

parle_par_ses_raisons!(RefusExamen);

#[cfg(test)]
mod tests {
    use super::super::grille::{BonusNote, CritereNote, Echelle};
    use super::*;

    const MOI: Uuid = Uuid::from_u128(9);

    fn grille() -> Grille {
        let critere = |code: &str, poids| CritereNote {
            code: code.into(),
            libelle: format!("Critère {code}"),
            axe: "animation".into(),
            poids,
        };
        Grille {
            echelle: Echelle { min: 0, max: 5 },
            criteres: vec![critere("A1", 2), critere("A2", 1)],
            bonus: vec![BonusNote {
                code: "RD".into(),
                libelle: "Recherche et développement".into(),
                points: 3,
            }],
        }
    }

    fn note(critere: &str, valeur: u32) -> Note {
        Note {
            critere: critere.into(),
            valeur,
            commentaire: String::new(),
        }
    }

    fn rd(acquis: bool) -> Vec<Acquis> {
        vec![Acquis {
            bonus: "RD".into(),
            acquis,
        }]
    }

    fn rendre(acces: Acces, notes: Vec<Note>, bonus: Vec<Acquis>) -> Result<Examen, RefusExamen> {
        let grille = grille();
        let ouvert = ExamenOuvert {
            dossier: Uuid::from_u128(1),
            grille: &grille,
            acces,
            deliberation_ouverte: false,
        };
        ouvert.rendre(notes, bonus, MOI, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn le_total_pese_les_criteres_et_ajoute_les_bonus() {
        let notes = vec![note("A2", 3), note("A1", 4)];
        let examen = rendre(Acces::Ouvert, notes, rd(true)).unwrap();
        assert_eq!(examen.total.base, Points::entiers(11));
        assert_eq!(examen.total.entier(), Points::entiers(14));
        assert_eq!(examen.notes[0].critere, "A1");
        assert_eq!(grille().maximum(), Points::entiers(18));
    }

    #[test]
    fn un_bonus_non_acquis_n_ajoute_ni_ne_retire_rien() {
        let notes = vec![note("A1", 5), note("A2", 5)];
        let examen = rendre(Acces::Ouvert, notes, rd(false)).unwrap();
        assert_eq!(examen.total.entier(), Points::entiers(15));
    }

    #[test]
    fn tout_ce_qui_manque_a_la_grille_est_dit() {
        let refus = rendre(Acces::Ouvert, vec![note("A1", 6)], Vec::new()).unwrap_err();
        let codes: Vec<_> = refus.raisons().iter().map(|r| r.code).collect();
        assert_eq!(
            codes,
            ["note_hors_echelle", "note_absente", "bonus_non_dit"]
        );
        assert!(refus.to_string().contains("se note de 0 à 5, non 6"));
    }

    #[test]
    fn un_dossier_ferme_ne_se_note_pas() {
        let notes = vec![note("A1", 5), note("A2", 5)];
        let refus = rendre(Acces::Ferme, notes, rd(true)).unwrap_err();
        assert_eq!(refus, RefusExamen::Ferme);
    }

    #[test]
    fn les_interets_passent_avant_les_notes() {
        let refus = rendre(Acces::InteretsADeclarer(3), Vec::new(), Vec::new()).unwrap_err();
        assert_eq!(
            refus.to_string(),
            "Il reste 3 dossiers sans déclaration d’intérêts."
        );
    }

    #[test]
    fn la_deliberation_ouverte_fige_les_notes() {
        let grille = grille();
        let ouvert = ExamenOuvert {
            dossier: Uuid::from_u128(1),
            grille: &grille,
            acces: Acces::Ouvert,
            deliberation_ouverte: true,
        };
        let refus = ouvert.rendre(Vec::new(), Vec::new(), MOI, Timestamp::UNIX_EPOCH);
        assert_eq!(refus, Err(RefusExamen::DeliberationOuverte));
    }
}
