//! The rules of a call: what makes a dossier receivable, and a pole eligible.

use super::conditions::{Expression, Vocabulaire};
use super::document::{Brut, Lu, Section};
use super::identite::mots;
use crate::commun::liste_fermee;

liste_fermee! {
    /// What an unmet rule leads to.
    pub enum Nature {
        /// Conditions of substance: E1, E2…
        Eligibilite = "eligibilite", "Éligibilité";
        /// Complete and in time: R1, R2.
        Recevabilite = "recevabilite", "Recevabilité";
    }
}

liste_fermee! {
    /// Who judges a rule.
    pub enum Controle {
        /// Its expression alone.
        Automatique = "automatique", "Automatique";
        /// Its expression, then a person confirms.
        Mixte = "mixte", "Calculé, puis confirmé par une personne";
        /// A person alone.
        Appreciation = "appreciation", "Apprécié par une personne";
    }
}

/// One rule of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regle {
    /// Its code: « E4b ».
    pub code: String,
    /// What an unmet rule leads to.
    pub nature: Nature,
    /// Who judges it.
    pub controle: Controle,
    /// Our wording, never a quotation.
    pub enonce: String,
    /// Its exact place: « notice 2024, § 3.a ».
    pub source: String,
    /// What it computes; none when only a person can judge.
    pub expression: Option<Expression>,
    /// What is counted when its expression walks a list: « membres hors ESS ».
    pub compte: Option<String>,
    /// The date from which it would be met, when it can be computed.
    pub possible_des: Option<Expression>,
    /// What to do when it is not met.
    pub remede: Option<String>,
}

impl Regle {
    /// Whether a person still has to judge or confirm.
    pub fn appreciation(&self) -> bool {
        self.controle != Controle::Automatique
    }
}

/// A rule read, its expressions not compiled yet.
pub(super) struct RegleBrute {
    regle: Regle,
    expression: Option<Brut>,
    possible_des: Option<Brut>,
    place: usize,
}

pub(super) fn lire(racine: &mut Section<'_, '_>, document: &str) -> Vec<RegleBrute> {
    let lire = |mut section: Section<'_, '_>| {
        let code = section.code("code");
        let brute = RegleBrute {
            expression: section.brut_si("expression", document),
            possible_des: section.brut_si("possible_des", document),
            place: code.place,
            regle: Regle {
                code: code.valeur,
                nature: section.parmi("nature", &mots(Nature::TOUS, Nature::code)),
                controle: section.parmi("controle", &mots(Controle::TOUS, Controle::code)),
                enonce: section.texte("enonce"),
                source: section.texte("source"),
                expression: None,
                compte: section.texte_si("compte"),
                possible_des: None,
                remede: section.texte_si("remede"),
            },
        };
        verifier_controle(&section, &brute);
        section.clore();
        brute
    };
    racine.sections("regles").into_iter().map(lire).collect()
}

fn verifier_controle(section: &Section<'_, '_>, brute: &RegleBrute) {
    let code = &brute.regle.code;
    match (brute.regle.controle, &brute.expression) {
        (Controle::Automatique | Controle::Mixte, None) => {
            let message = format!("La règle « {code} » se calcule, et n'a pas d'expression.");
            let attendu = "une expression, ou controle = \"appreciation\"";
            section
                .fautes
                .signaler_absence(brute.place, &message, attendu);
        }
        (Controle::Appreciation, Some(expression)) => {
            let message = format!(
                "La règle « {code} » est laissée à une personne : son expression ne servirait pas."
            );
            let attendu = "controle = \"automatique\" ou \"mixte\"";
            section.fautes.signaler(expression.place, &message, attendu);
        }
        _ => {}
    }
}

/// Compiles the expressions, once the vocabulary is complete.
pub(super) fn compiler(
    brutes: Vec<RegleBrute>,
    vocabulaire: &Vocabulaire,
    fautes: &super::document::Fautes,
) -> Vec<Lu<Regle>> {
    let compiler = |brute: RegleBrute| {
        let mut regle = brute.regle;
        if let Some(brut) = &brute.expression {
            regle.expression = fautes.expression(brut, Expression::lire(&brut.texte, vocabulaire));
        }
        match (&brute.possible_des, &regle.expression) {
            (Some(brut), Some(expression)) => {
                let lue = Expression::lire_date(&brut.texte, vocabulaire, expression);
                regle.possible_des = fautes.expression(brut, lue);
            }
            (Some(brut), None) if brute.expression.is_none() => {
                let message = "Cette date accompagne une expression, qui manque.";
                fautes.signaler(brut.place, message, "une clé « expression »");
            }
            _ => {}
        }
        Lu {
            valeur: regle,
            place: brute.place,
        }
    };
    brutes.into_iter().map(compiler).collect()
}
