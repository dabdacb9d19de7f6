//! How much a call gives, to how many, for how long, and for what.

use super::document::{Lu, Section};
use crate::commun::{Montant, Raison, typographie};

/// The money of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subvention {
    /// The hard limit of what may be granted in all.
    pub enveloppe: Montant,
    /// How much one project receives.
    pub regle: RegleMontant,
    /// How many laureates are aimed at: a target, not a limit (P-24).
    pub cible: u32,
    /// Length of the agreement, in months.
    pub duree_mois: u32,
    /// How it is paid, in words.
    pub versement: String,
    /// Where the notice says it.
    pub source: String,
}

/// The field where a dossier says how much it asks for, on a call that gives
/// between two bounds. Where the amount is the same for all, nobody asks.
pub const MONTANT_DEMANDE: &str = "montant_demande";

/// How much one project may receive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegleMontant {
    /// The same for all: 100 000 € over two years in 2024.
    Fixe(Montant),
    /// Between two bounds, both included: 30 000 € to 80 000 € in « 2026 ».
    Fourchette {
        /// At least.
        min: Montant,
        /// At most.
        max: Montant,
    },
}

impl RegleMontant {
    /// The least a project may receive.
    pub fn min(self) -> Montant {
        match self {
            Self::Fixe(montant) | Self::Fourchette { min: montant, .. } => montant,
        }
    }

    /// The most a project may receive.
    pub fn max(self) -> Montant {
        match self {
            Self::Fixe(montant) | Self::Fourchette { max: montant, .. } => montant,
        }
    }

    /// Whether this amount may be asked for and granted.
    pub fn admet(self, montant: Montant) -> bool {
        (self.min()..=self.max()).contains(&montant)
    }

    /// Why this amount is not the call's.
    pub fn raison(self, montant: Montant) -> Raison {
        Raison::new(
            "montant_hors_regle",
            format!("L’aide est de {}, non de {montant}.", self.en_mots()),
        )
    }

    /// In words: « 100 000 € », « entre 30 000 € et 80 000 € ».
    pub fn en_mots(self) -> String {
        match self {
            Self::Fixe(montant) => montant.to_string(),
            Self::Fourchette { min, max } => format!("entre {min} et {max}"),
        }
    }
}

impl Subvention {
    /// « 2 ans », « 18 mois ».
    pub fn duree(&self) -> String {
        let texte = match (self.duree_mois % 12, self.duree_mois / 12) {
            (0, 1) => "1 an".to_owned(),
            (0, annees) => format!("{annees} ans"),
            _ => format!("{} mois", self.duree_mois),
        };
        typographie(&texte)
    }
}

/// What the subsidy may pay for, and what it may not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Emplois {
    /// Uses permitted, those that come first before the others.
    pub permis: Vec<Emploi>,
    /// Uses excluded.
    pub exclus: Vec<Emploi>,
    /// Share of the priority uses, in percent, under which the page points it
    /// out. It refuses nothing: the notice fixes no figure.
    pub part_signalee: Option<u32>,
}

impl Emplois {
    /// The permitted use of this code.
    pub fn par_code(&self, code: &str) -> Option<&Emploi> {
        self.permis.iter().find(|emploi| emploi.code == code)
    }
}

/// One use of the subsidy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emploi {
    /// Its code: « animation_temps_travail ».
    pub code: String,
    /// Its name on the screen.
    pub libelle: String,
    /// Our wording of what it covers.
    pub aide: Option<String>,
    /// Whether it comes first.
    pub prioritaire: bool,
    /// Where the notice says it.
    pub source: String,
}

pub(super) fn lire(racine: &mut Section<'_, '_>) -> Option<Subvention> {
    let mut section = racine.section_si("subvention")?;
    let enveloppe = section.euros("enveloppe");
    let regle = lire_regle(&mut section);
    let place = section.place_de("cible");
    let cible = section.entier("cible", 1..=10_000);
    verifier_enveloppe(&section, &enveloppe, regle, cible, place);
    let subvention = Subvention {
        enveloppe: enveloppe.valeur,
        regle,
        cible: u32::try_from(cible).unwrap_or(1),
        duree_mois: u32::try_from(section.entier("duree_mois", 1..=120)).unwrap_or(1),
        versement: section.texte("versement"),
        source: section.texte("source"),
    };
    section.clore();
    Some(subvention)
}

fn lire_regle(section: &mut Section<'_, '_>) -> RegleMontant {
    if section.parmi("regle", &[("fixe", true), ("fourchette", false)]) {
        return RegleMontant::Fixe(section.euros("montant").valeur);
    }
    let (min, max) = (section.euros("montant_min"), section.euros("montant_max"));
    if min.valeur > max.valeur {
        section.fautes.signaler(
            max.place,
            "Le montant le plus grand est plus petit que l'autre.",
            &format!("au moins {}", min.valeur),
        );
    }
    RegleMontant::Fourchette {
        min: min.valeur,
        max: max.valeur,
    }
}

/// The target times the least amount must hold in the envelope.
fn verifier_enveloppe(
    section: &Section<'_, '_>,
    enveloppe: &Lu<Montant>,
    regle: RegleMontant,
    cible: i64,
    place: usize,
) {
    let besoin = regle.min().en_centimes().saturating_mul(cible);
    if besoin > enveloppe.valeur.en_centimes() && enveloppe.valeur > Montant::ZERO {
        let message = format!(
            "{cible} lauréats à {} demandent {}, et l'enveloppe est de {}.",
            regle.min(),
            Montant::centimes(besoin),
            enveloppe.valeur
        );
        section
            .fautes
            .signaler(place, &message, "une cible que l'enveloppe permet");
    }
}

pub(super) fn lire_emplois(racine: &mut Section<'_, '_>) -> Emplois {
    let Some(mut section) = racine.section_si("emplois") else {
        return Emplois::default();
    };
    let mut permis = lire_liste(&mut section, "permis");
    permis.sort_by_key(|emploi| !emploi.prioritaire);
    let part = section.entier_si("part_signalee", 1..=100);
    let emplois = Emplois {
        permis,
        exclus: lire_liste(&mut section, "exclus"),
        part_signalee: part.and_then(|part| u32::try_from(part).ok()),
    };
    section.clore();
    emplois
}

fn lire_liste(section: &mut Section<'_, '_>, cle: &'static str) -> Vec<Emploi> {
    let mut emplois: Vec<Emploi> = Vec::new();
    for mut table in section.sections(cle) {
        let code = table.code("code");
        if emplois.iter().any(|emploi| emploi.code == code.valeur) {
            let message = format!("L'emploi « {} » est déjà écrit.", code.valeur);
            table.fautes.signaler(code.place, &message, "un autre code");
        }
        emplois.push(Emploi {
            code: code.valeur,
            libelle: table.texte("libelle"),
            aide: table.texte_si("aide"),
            prioritaire: table.booleen("prioritaire", false),
            source: table.texte("source"),
        });
        table.clore();
    }
    emplois
}
