//! What the examination of a rule says, with what it was found on.

use super::kleene::Kleene;
use super::valeurs::Origine;
use super::vocabulaire::Ancre;

/// Where a rule stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Etat {
    /// The facts meet it.
    Remplie,
    /// The facts contradict it.
    NonRemplie,
    /// A fact is missing.
    NonConnue,
    /// Only a person can judge.
    AApprecier,
}

impl Etat {
    /// The word shown on the badge.
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Remplie => "Remplie",
            Self::NonRemplie => "Non remplie",
            Self::NonConnue => "À préciser",
            Self::AApprecier => "À apprécier",
        }
    }
}

impl From<Kleene> for Etat {
    fn from(valeur: Kleene) -> Self {
        match valeur {
            Kleene::Vrai => Self::Remplie,
            Kleene::Faux => Self::NonRemplie,
            Kleene::Inconnu => Self::NonConnue,
        }
    }
}

/// One fact a rule was judged on, or lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouve {
    /// What it is: « Forme de la structure porteuse ».
    pub libelle: String,
    /// The value as a person reads it; `None` when it is not known.
    pub valeur: Option<String>,
    /// Where it was found, when it was.
    pub origine: Option<Origine>,
    /// Where it can be given or mended.
    pub ancre: Ancre,
}

impl Trouve {
    /// The value, or « non renseigné ».
    pub fn lisible(&self) -> &str {
        self.valeur.as_deref().unwrap_or("non renseigné")
    }
}

/// What the examination of one rule says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constat {
    /// Code of the rule in the call: « E3 ».
    pub code: String,
    /// Where the rule stands.
    pub etat: Etat,
    /// The rule, in our own words.
    pub enonce: String,
    /// The text it comes from: « notice 2024, § 3.a ».
    pub source: String,
    /// The facts that decided, or that are missing.
    pub trouve: Vec<Trouve>,
    /// Whether a person still has to confirm what the machine found.
    pub a_confirmer: bool,
    /// What to do about it, when something can be done.
    pub remede: Option<String>,
}
