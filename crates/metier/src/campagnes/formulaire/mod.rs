//! The form of a call: rubriques, and typed fields.
//!
//! Members, budgets and pieces are pages of their own, not fields: the form
//! only says where they stand in the summary.

mod lecture;
mod reponse;
#[cfg(test)]
mod tests;

pub(super) use lecture::{FormulaireBrut, lire};
pub use reponse::ReponseRefusee;

use super::conditions::{Expression, Faits};
use super::identite::DonneesPersonnelles;

/// The form of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formulaire {
    /// Its rubriques, in the order of the document.
    pub rubriques: Vec<Rubrique>,
    /// The pages of the dossier, in the order of its summary.
    pub sommaire: Vec<Page>,
}

/// One page of the dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// A rubrique of the form, by its code.
    Rubrique(String),
    /// The members of the pole.
    Membres,
    /// The two budgets.
    Budget,
    /// The pieces.
    Pieces,
}

/// Questions shown on one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rubrique {
    /// Its code, as in its address.
    pub code: String,
    /// Its title.
    pub titre: String,
    /// What it is about, in a sentence or two.
    pub aide: Option<String>,
    /// When it is shown; always, if nothing is said.
    pub si: Option<Expression>,
    /// Its fields, in order.
    pub champs: Vec<Champ>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Champ {
    /// Its code, unique in the whole form; an expression names it
    /// `champs.<code>`.
    pub code: String,
    /// The question.
    pub libelle: String,
    /// What kind of answer it takes.
    pub genre: TypeChamp,
    /// Help shown under the question.
    pub aide: Option<String>,
    /// « Pourquoi cette question ? »
    pub pourquoi: Option<String>,
    /// Whether the dossier cannot be filed without it, when it is shown.
    pub obligatoire: bool,
    /// When it is shown; always, if nothing is said.
    pub si: Option<Expression>,
    /// Codes of the criteria and bonuses it is read for.
    pub criteres: Vec<String>,
    /// The word of the vocabulary it answers: `structure.forme`.
    pub fait: Option<String>,
    /// Set when the answer may tell about a person.
    pub donnees_personnelles: Option<DonneesPersonnelles>,
}

/// The kinds of answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeChamp {
    /// One line.
    TexteCourt {
        /// Most characters.
        signes_max: u32,
    },
    /// Several lines.
    TexteLong {
        /// Most characters.
        signes_max: u32,
    },
    /// One of these.
    Choix(Vec<ChoixOffert>),
    /// Any of these.
    ChoixMultiples(Vec<ChoixOffert>),
    /// Yes or no.
    OuiNon,
    /// A day.
    Date,
    /// A whole number, within bounds.
    Nombre {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
    /// An amount of euros.
    Montant,
    /// Number of an establishment.
    Siret,
    /// Number of an association.
    Rna,
    /// Code of a commune (code officiel géographique).
    Commune,
    /// E-mail address.
    Courriel,
    /// Telephone number.
    Telephone,
}

/// One answer offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoixOffert {
    /// Its code, which is kept.
    pub code: String,
    /// Its words, which are shown.
    pub libelle: String,
}

impl Rubrique {
    /// Whether it is shown with these facts.
    pub fn est_montree(&self, faits: &Faits) -> bool {
        est_montre(self.si.as_ref(), faits)
    }
}

impl Champ {
    /// Whether it is shown with these facts, its rubrique being shown.
    pub fn est_montre(&self, faits: &Faits) -> bool {
        est_montre(self.si.as_ref(), faits)
    }
}

/// What depends on a question not answered yet is not shown.
fn est_montre(si: Option<&Expression>, faits: &Faits) -> bool {
    si.is_none_or(|si| si.est_vraie(faits))
}

impl Formulaire {
    /// The rubrique of that code.
    pub fn rubrique(&self, code: &str) -> Option<&Rubrique> {
        self.rubriques.iter().find(|rubrique| rubrique.code == code)
    }

    /// Every field, in order.
    pub fn champs(&self) -> impl Iterator<Item = &Champ> {
        self.rubriques.iter().flat_map(|rubrique| &rubrique.champs)
    }

    /// The field of that code.
    pub fn champ(&self, code: &str) -> Option<&Champ> {
        self.champs().find(|champ| champ.code == code)
    }

    /// The fields read for that criterion or bonus: what an examiner sees
    /// beside it.
    pub fn champs_pour<'f>(&'f self, critere: &'f str) -> impl Iterator<Item = &'f Champ> {
        self.champs()
            .filter(move |champ| champ.criteres.iter().any(|code| code == critere))
    }
}
