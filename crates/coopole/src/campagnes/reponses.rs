//! The answers of « Suis-je éligible ? », read from the address and kept
//! nowhere: no row, no kept page.

use jiff::civil::Date;
use metier::campagnes::{
    conditions::Constat,
    eligibilite,
    questions::{self, Question},
};

use super::Campagne;

/// The questions of a call and what was answered to each.
pub struct Reponses {
    pub questions: Vec<Reponse>,
}

/// One question, with the answer given to it.
pub struct Reponse {
    pub question: Question,
    /// Code of the choice; an answer that was not offered is not an answer.
    pub choix: Option<&'static str>,
    /// The date as typed, shown again as it was.
    pub date_saisie: String,
    pub date: Option<Date>,
}

impl Reponses {
    /// Reads the parameters of the address. Nothing in it can be refused: what
    /// makes no sense is no answer.
    pub fn lire(campagne: &Campagne, parametres: &[(String, String)]) -> Self {
        let recu = |nom: &str| {
            let trouve = parametres.iter().rev().find(|(cle, _)| cle == nom);
            trouve.map_or("", |(_, valeur)| valeur.trim())
        };
        let questions = questions::questions(campagne).into_iter().map(|question| {
            let choisi = recu(question.code);
            let offert = question.choix.iter().find(|choix| choix.code == choisi);
            let date_saisie = recu(&nom_de_la_date(&question)).to_owned();
            Reponse {
                choix: offert.map(|choix| choix.code),
                date: lire_date(&date_saisie),
                date_saisie,
                question,
            }
        });
        Self {
            questions: questions.collect(),
        }
    }

    /// Whether anything was answered at all.
    pub fn vides(&self) -> bool {
        self.questions.iter().all(|r| r.choix.is_none())
    }

    /// What the rules of eligibility say of these answers.
    pub fn constats(&self, campagne: &Campagne) -> Vec<Constat> {
        eligibilite::examiner(campagne, &questions::faits(campagne, &self.donnees()))
    }

    /// The fields of the form that these answers already fill.
    pub fn reprises(&self, campagne: &Campagne) -> Vec<(String, String)> {
        questions::reprises(campagne, &self.donnees())
    }

    /// The parameters that say the same answers again, for another address or
    /// the hidden fields of a form.
    pub fn parametres(&self) -> Vec<(&'static str, &'static str)> {
        let questions = self.questions.iter();
        questions
            .filter_map(|r| Some((r.question.code, r.choix?)))
            .collect()
    }

    fn donnees(&self) -> Vec<(&str, &str, Option<Date>)> {
        let questions = self.questions.iter();
        questions
            .filter_map(|r| r.choix.map(|choix| (r.question.code, choix, r.date)))
            .collect()
    }

    /// How many typed dates cannot be read.
    pub fn dates_illisibles(&self) -> usize {
        self.questions.iter().filter(|r| r.date_illisible()).count()
    }
}

impl Reponse {
    /// A date is there, and no day can be read in it.
    pub fn date_illisible(&self) -> bool {
        self.date.is_none() && !self.date_saisie.is_empty()
    }
}

/// Name of the field of the date asked with a question: `aide_le`.
pub fn nom_de_la_date(question: &Question) -> String {
    format!("{}_le", question.code)
}

/// « 2021-12-15 », as browsers send it, or « 15/12/2021 », as people type it.
fn lire_date(texte: &str) -> Option<Date> {
    if let Ok(date) = texte.parse::<Date>() {
        return Some(date).filter(|date| date.year() > 0);
    }
    let mut parties = texte.split('/').map(str::trim);
    let (jour, mois, annee) = (parties.next()?, parties.next()?, parties.next()?);
    if parties.next().is_some() || annee.len() != 4 {
        return None;
    }
    Date::new(annee.parse().ok()?, mois.parse().ok()?, jour.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_date_se_lit_comme_le_navigateur_l_envoie_ou_comme_on_l_ecrit() {
        let attendue = jiff::civil::date(2021, 12, 15);
        for texte in ["2021-12-15", "15/12/2021", "15 / 12 / 2021"] {
            assert_eq!(lire_date(texte), Some(attendue), "{texte}");
        }
        for texte in [
            "",
            "hier",
            "31/02/2021",
            "15/12/21",
            "1/2/3/4",
            "-0001-01-01",
        ] {
            assert_eq!(lire_date(texte), None, "{texte}");
        }
    }
}
