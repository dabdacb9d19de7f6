//! Presenting a new version: its title, its day and its text, at once. From then
//! on it is the one to sign; what was signed before stays as it is.

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use super::{Charte, Publication, TexteRecu, Version};
use crate::commun::{Raison, Refus, parle_par_ses_raisons, temps};

/// How long a title or an occasion may be, in signs.
pub const TITRE_AU_PLUS: usize = 120;
/// How long a code may be.
const CODE_AU_PLUS: usize = 40;
/// What no code may be: it is an address of its own.
const RESERVES: [&str; 2] = ["nouvelle", "apercu"];

/// A version as its keeper presents it.
#[derive(Debug, Clone, Copy)]
pub struct Presentation<'a> {
    /// « Charte du 12 mars 2026 »
    pub titre: &'a str,
    /// Its code; blank, it is the day.
    pub code: &'a str,
    /// The day it was presented, `AAAA-MM-JJ`.
    pub jour: &'a str,
    /// On what occasion, if it is told: « à la journée nationale des PTCE ».
    pub occasion: &'a str,
    /// Its text.
    pub texte: TexteRecu<'a>,
}

/// Why a version is not presented: everything to mend, at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusPresentation(pub Vec<Raison>);

impl Presentation<'_> {
    /// The day, when it is one.
    fn jour(&self) -> Option<Date> {
        self.jour.trim().parse().ok()
    }

    fn code(&self) -> String {
        match self.code.trim() {
            "" => self.jour.trim().to_owned(),
            code => code.to_owned(),
        }
    }

    /// When and on what occasion, in words.
    fn en_mots(&self, jour: Date) -> String {
        match self.occasion.trim() {
            "" => format!("le {}", temps::jour_long_de(jour)),
            occasion => format!("le {}, {occasion}", temps::jour_long_de(jour)),
        }
    }
}

impl Charte {
    /// Decides whether this is the next version, and returns it with the act
    /// that pours its text in.
    pub fn presenter(
        &self,
        presentation: Presentation<'_>,
        par: Uuid,
        le: Timestamp,
    ) -> Result<(Version, Publication), RefusPresentation> {
        let mut raisons = self.a_reprendre(presentation, le);
        let nouvelle = Version {
            code: presentation.code(),
            titre: presentation.titre.trim().to_owned(),
            presentation: String::new(),
            jour: presentation.jour(),
            vaut: None,
            texte: None,
        };
        let publication = nouvelle.publier(presentation.texte, 0, par, le);
        match (publication, nouvelle.jour) {
            (Ok(publication), Some(jour)) if raisons.is_empty() => {
                let presentation = presentation.en_mots(jour);
                let version = Version {
                    presentation,
                    ..nouvelle
                };
                Ok((version, publication))
            }
            (Err(refus), _) => {
                raisons.extend(refus.raisons());
                Err(RefusPresentation(raisons))
            }
            _ => Err(RefusPresentation(raisons)),
        }
    }

    /// Everything still to be said, or said otherwise.
    fn a_reprendre(&self, presentation: Presentation<'_>, le: Timestamp) -> Vec<Raison> {
        let titre = presentation.titre.trim();
        let mut raisons = Vec::new();
        let mut dire = |code, phrase: String, ancre| {
            raisons.push(Raison::new(code, phrase).ancre(ancre));
        };
        if titre.is_empty() {
            let phrase = "Donnez le titre de cette version.".to_owned();
            dire("titre_absent", phrase, "titre");
        } else if titre.chars().count() > TITRE_AU_PLUS {
            let phrase = format!("Le titre compte plus de {TITRE_AU_PLUS} signes.");
            dire("titre_trop_long", phrase, "titre");
        } else if self.versions.iter().any(|v| v.titre == titre) {
            let phrase = "Une autre version porte déjà ce titre.".to_owned();
            dire("titre_pris", phrase, "titre");
        }
        match presentation.jour() {
            None => {
                let phrase = "Donnez le jour où elle fut présentée.".to_owned();
                dire("jour_absent", phrase, "jour");
            }
            Some(jour) if jour > temps::jour_de(le) => {
                let phrase =
                    "Une version se présente le jour même, ou après : ce jour est à venir.";
                dire("jour_a_venir", phrase.to_owned(), "jour");
            }
            Some(jour) => {
                let derniere = self.reference().and_then(|v| v.jour);
                if let Some(derniere) = derniere.filter(|derniere| jour <= *derniere) {
                    let phrase = format!(
                        "La version en vigueur fut présentée le {} : donnez un jour qui la suit.",
                        temps::jour_simple_de(derniere)
                    );
                    dire("jour_trop_tot", phrase, "jour");
                }
            }
        }
        let code = presentation.code();
        if !code.is_empty() && !est_un_code(&code) {
            let phrase = format!(
                "Le code s’écrit en lettres minuscules sans accent, chiffres et tirets, {CODE_AU_PLUS} signes au plus."
            );
            dire("code_illisible", phrase, "code");
        } else if self.version(&code).is_some() {
            let phrase = "Une autre version porte déjà ce code.".to_owned();
            dire("code_pris", phrase, "code");
        }
        if presentation.occasion.trim().chars().count() > TITRE_AU_PLUS {
            let phrase = format!("L’occasion compte plus de {TITRE_AU_PLUS} signes.");
            dire("occasion_trop_longue", phrase, "occasion");
        }
        let meme = self.versions.iter().find(|v| {
            let texte = v.texte.as_ref();
            texte.is_some_and(|texte| texte.empreinte == presentation.texte.empreinte)
        });
        if let Some(meme) = meme {
            let phrase = format!("Ce texte est déjà celui de « {} ».", meme.titre);
            dire("texte_deja_la", phrase, "texte");
        }
        raisons
    }
}

fn est_un_code(code: &str) -> bool {
    let signe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    code.len() <= CODE_AU_PLUS && code.chars().all(signe) && !RESERVES.contains(&code)
}

impl Refus for RefusPresentation {
    fn raisons(&self) -> Vec<Raison> {
        self.0.clone()
    }
}

parle_par_ses_raisons!(RefusPresentation);
