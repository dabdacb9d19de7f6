//! How dossiers are judged: axes, criteria, bonuses, and the scale.

use super::document::{Lu, Section};
use super::identite::mots;
use crate::commun::liste_fermee;

/// What is looked at together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axe {
    /// Its code: « animation ».
    pub code: String,
    /// Its title.
    pub titre: String,
}

/// One thing judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Critere {
    /// Its code: « I4 ».
    pub code: String,
    /// Code of its axis.
    pub axe: String,
    /// Its short name, for a grid.
    pub titre: String,
    /// Our wording.
    pub enonce: String,
    /// Its sides, when it has several: economic, social, ecological.
    pub volets: Vec<Volet>,
    /// Its weight in the mark; 1 unless the call says otherwise.
    pub poids: u32,
    /// Where the notice says it.
    pub source: String,
}

/// One side of a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volet {
    /// Its code: « I4a ».
    pub code: String,
    /// Our wording.
    pub enonce: String,
}

/// An optional merit, acquired or not: « sera valorisé ».
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bonus {
    /// Its code: « RD ».
    pub code: String,
    /// Code of its axis.
    pub axe: String,
    /// The criterion it goes with, if any.
    pub critere: Option<String>,
    /// Its short name, for a grid.
    pub titre: String,
    /// Our wording.
    pub enonce: String,
    /// Its boxes, when it takes more than one look.
    pub cases: Vec<Volet>,
    /// How many boxes it takes.
    pub cases_requises: CasesRequises,
    /// Whether it only counts once every condition of eligibility is met.
    pub eligibilite_exigee: bool,
    /// Where the notice says it.
    pub source: String,
}

liste_fermee! {
    /// How many boxes a bonus takes (the notice says neither « et » nor
    /// « ou »: P-21).
    pub enum CasesRequises {
        /// One of them.
        Une = "une", "L’une des cases suffit";
        /// All of them.
        Toutes = "les_deux", "Toutes les cases sont nécessaires";
    }
}

impl Bonus {
    /// Whether it is acquired with these boxes ticked.
    ///
    /// A bonus without boxes is its own box. One that requires eligibility
    /// waits until it is confirmed.
    pub fn est_acquis(&self, cochees: &[&str], eligible: bool) -> bool {
        let cochee = |code: &str| cochees.contains(&code);
        let merite = match (self.cases.as_slice(), self.cases_requises) {
            ([], _) => cochee(&self.code),
            (cases, CasesRequises::Une) => cases.iter().any(|case| cochee(&case.code)),
            (cases, CasesRequises::Toutes) => cases.iter().all(|case| cochee(&case.code)),
        };
        merite && (eligible || !self.eligibilite_exigee)
    }
}

/// The scale of the marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grille {
    /// Whose scale it is: the notice publishes none.
    pub origine: String,
    /// The lowest mark of a criterion.
    pub note_min: u32,
    /// The highest mark of a criterion.
    pub note_max: u32,
    /// Points that each bonus acquired adds to the total.
    pub points_bonus: u32,
}

/// The axes, criteria and bonuses as read, with the places of their codes.
pub(super) struct Evaluation {
    pub axes: Vec<Lu<Axe>>,
    pub criteres: Vec<Lu<Critere>>,
    pub bonus: Vec<Lu<Bonus>>,
    pub grille: Option<Grille>,
    /// Axes named by criteria and bonuses.
    pub axes_cites: Vec<Lu<String>>,
    /// Criteria named by bonuses.
    pub criteres_cites: Vec<Lu<String>>,
}

pub(super) fn lire(racine: &mut Section<'_, '_>) -> Evaluation {
    let mut lue = Evaluation {
        axes: Vec::new(),
        criteres: Vec::new(),
        bonus: Vec::new(),
        grille: lire_grille(racine),
        axes_cites: Vec::new(),
        criteres_cites: Vec::new(),
    };
    for mut section in racine.sections("axes") {
        let code = section.code("code");
        let titre = section.texte("titre");
        section.clore();
        lue.axes.push(Lu {
            valeur: Axe {
                code: code.valeur,
                titre,
            },
            place: code.place,
        });
    }
    for section in racine.sections("criteres") {
        lue.critere(section);
    }
    for section in racine.sections("bonus") {
        lue.un_bonus(section);
    }
    lue
}

impl Evaluation {
    fn critere(&mut self, mut section: Section<'_, '_>) {
        let (code, axe) = (section.code("code"), section.code("axe"));
        let poids = section.entier_si("poids", 1..=100).unwrap_or(1);
        let critere = Critere {
            code: code.valeur,
            axe: axe.valeur.clone(),
            titre: section.texte("titre"),
            enonce: section.texte("enonce"),
            volets: lire_volets(&mut section, "volets"),
            poids: u32::try_from(poids).unwrap_or(1),
            source: section.texte("source"),
        };
        section.clore();
        self.axes_cites.push(axe);
        self.criteres.push(Lu {
            valeur: critere,
            place: code.place,
        });
    }

    fn un_bonus(&mut self, mut section: Section<'_, '_>) {
        let (code, axe) = (section.code("code"), section.code("axe"));
        let critere = section.code_si("critere");
        let cases = lire_volets(&mut section, "cases");
        let bonus = Bonus {
            code: code.valeur,
            axe: axe.valeur.clone(),
            critere: critere.as_ref().map(|lu| lu.valeur.clone()),
            titre: section.texte("titre"),
            enonce: section.texte("enonce"),
            cases_requises: if cases.is_empty() {
                CasesRequises::Une
            } else {
                section.parmi(
                    "cases_requises",
                    &mots(CasesRequises::TOUS, CasesRequises::code),
                )
            },
            cases,
            eligibilite_exigee: section.booleen("eligibilite_exigee", false),
            source: section.texte("source"),
        };
        section.clore();
        self.axes_cites.push(axe);
        self.criteres_cites.extend(critere);
        self.bonus.push(Lu {
            valeur: bonus,
            place: code.place,
        });
    }
}

fn lire_volets(section: &mut Section<'_, '_>, cle: &'static str) -> Vec<Volet> {
    let mut volets: Vec<Volet> = Vec::new();
    for mut table in section.sections(cle) {
        let code = table.code("code");
        if volets.iter().any(|volet| volet.code == code.valeur) {
            let message = format!("Le code « {} » est déjà écrit.", code.valeur);
            table.fautes.signaler(code.place, &message, "un autre code");
        }
        volets.push(Volet {
            code: code.valeur,
            enonce: table.texte("enonce"),
        });
        table.clore();
    }
    volets
}

fn lire_grille(racine: &mut Section<'_, '_>) -> Option<Grille> {
    let mut section = racine.section_si("grille")?;
    let min = section.entier("note_min", 0..=100);
    let place = section.place_de("note_max");
    let max = section.entier("note_max", 1..=100);
    if max <= min {
        section.fautes.signaler(
            place,
            "La note la plus haute ne dépasse pas la plus basse.",
            "une note plus haute",
        );
    }
    let grille = Grille {
        origine: section.texte("origine"),
        note_min: u32::try_from(min).unwrap_or(0),
        note_max: u32::try_from(max).unwrap_or(1),
        points_bonus: u32::try_from(section.entier("points_bonus", 0..=100)).unwrap_or(0),
    };
    section.clore();
    Some(grille)
}
