//! Where a dossier, or a visitor's answers, stand with the rules of a call.
//!
//! The machine finds, people decide: nobody is excluded by what is computed
//! here (droit-et-normes, D10). Called by the public page « Suis-je
//! éligible ? », by the dossier's own pages and by the instruction.

use super::Campagne;
use super::conditions::{Constat, Etat, Faits, Trouve};
use super::regles::{Controle, Nature, Regle};
use crate::commun::{temps, typographie};

/// Examines the conditions of eligibility, in the order of the notice.
pub fn examiner(campagne: &Campagne, faits: &Faits) -> Vec<Constat> {
    constats(campagne, faits, Nature::Eligibilite)
}

/// Examines what makes a dossier receivable: complete, and in time.
pub fn examiner_recevabilite(campagne: &Campagne, faits: &Faits) -> Vec<Constat> {
    constats(campagne, faits, Nature::Recevabilite)
}

fn constats(campagne: &Campagne, faits: &Faits, nature: Nature) -> Vec<Constat> {
    let regles = campagne.regles.iter().filter(|r| r.nature == nature);
    regles.map(|regle| regle.examiner(faits)).collect()
}

impl Regle {
    /// Where these facts stand with this rule.
    ///
    /// A rule left to a person is « à apprécier »; one that a person confirms
    /// keeps what was computed, and says so.
    pub fn examiner(&self, faits: &Faits) -> Constat {
        let mut constat = Constat {
            code: self.code.clone(),
            etat: Etat::AApprecier,
            enonce: self.enonce.clone(),
            source: self.source.clone(),
            trouve: Vec::new(),
            a_confirmer: self.controle == Controle::Mixte,
            remede: None,
        };
        if let Some(expression) = &self.expression {
            let evaluation = expression.evaluer(faits, self.compte.as_deref());
            constat.etat = evaluation.valeur.into();
            if constat.etat == Etat::NonRemplie {
                let des_le = self.possible_des.as_ref();
                let des_le = des_le.and_then(|date| date.derniere_date(faits, &evaluation));
                constat.remede = match des_le {
                    Some(jour) => Some(possible_des(jour)),
                    None => self.remede.clone(),
                };
            }
            if constat.etat == Etat::NonConnue {
                constat.remede = a_indiquer(&evaluation.trouve);
            }
            constat.trouve = evaluation.trouve;
        }
        constat
    }
}

/// « Pas encore connu : indiquez la forme de la structure porteuse. »
fn a_indiquer(trouve: &[Trouve]) -> Option<String> {
    let inconnus = trouve.iter().filter(|fait| fait.valeur.is_none());
    let libelles: Vec<String> = inconnus
        .map(|fait| format!("« {} »", fait.libelle))
        .collect();
    if libelles.is_empty() {
        return None;
    }
    Some(typographie(&format!(
        "Pas encore connu : indiquez {}.",
        libelles.join(" et ")
    )))
}

fn possible_des(jour: jiff::civil::Date) -> String {
    let jour = temps::jour_simple_de(jour);
    typographie(&format!("Candidature possible dès le {jour}."))
}

/// How many rules stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bilan {
    /// Met.
    pub remplies: usize,
    /// Not met.
    pub non_remplies: usize,
    /// A fact is missing.
    pub a_preciser: usize,
    /// For a person to judge.
    pub a_apprecier: usize,
}

impl Bilan {
    /// Counts these findings.
    pub fn de(constats: &[Constat]) -> Self {
        let combien = |etat| constats.iter().filter(|c| c.etat == etat).count();
        Self {
            remplies: combien(Etat::Remplie),
            non_remplies: combien(Etat::NonRemplie),
            a_preciser: combien(Etat::NonConnue),
            a_apprecier: combien(Etat::AApprecier),
        }
    }

    /// Whether nothing computed stands against filing.
    ///
    /// Never « éligible » while people must still judge.
    pub fn rien_ne_s_oppose(self) -> bool {
        self.non_remplies == 0 && self.a_preciser == 0
    }

    /// « Pas encore : 3 remplies, 1 non remplie, 1 à préciser, 2 à apprécier »,
    /// or « Aucune condition de l’appel ne s’oppose au dépôt : 5 remplies, 2 à apprécier ».
    pub fn phrase(self) -> String {
        let debut = if self.rien_ne_s_oppose() {
            "Aucune condition de l'appel ne s'oppose au dépôt"
        } else {
            "Pas encore"
        };
        let accord = |n: usize, un: &str| match n {
            0 => None,
            1 => Some(format!("1 {un}")),
            _ => Some(format!("{n} {un}s")),
        };
        let comptes = [
            accord(self.remplies, "remplie"),
            accord(self.non_remplies, "non remplie"),
            (self.a_preciser > 0).then(|| format!("{} à préciser", self.a_preciser)),
            (self.a_apprecier > 0).then(|| format!("{} à apprécier", self.a_apprecier)),
        ];
        let comptes: Vec<String> = comptes.into_iter().flatten().collect();
        if comptes.is_empty() {
            return typographie(&format!("{debut}."));
        }
        typographie(&format!("{debut} : {}.", comptes.join(", ")))
    }
}
