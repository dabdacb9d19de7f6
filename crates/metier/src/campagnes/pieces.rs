//! The pieces a call asks for, and how each is proved.

use super::conditions::{Expression, Faits};
use super::document::{Brut, Lu, Section};
use super::identite::{DonneesPersonnelles, lire_donnees};
use crate::commun::liste_fermee;

/// A piece the call asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PieceDemandee {
    /// Its code: « statuts ».
    pub code: String,
    /// Its name on the screen.
    pub libelle: String,
    /// Our wording of what is expected.
    pub aide: Option<String>,
    /// Whether a dossier cannot be filed without it.
    pub obligatoire: bool,
    /// How it is given.
    pub preuve: Preuve,
    /// File types taken, by extension: « pdf ».
    pub formats: Vec<String>,
    /// Greatest weight of a file, in megabytes.
    pub poids_max_mo: u32,
    /// Whether it is asked for only in some cases.
    pub si: Option<Expression>,
    /// Criteria it is read for.
    pub criteres: Vec<String>,
    /// Set when the piece names people.
    pub donnees_personnelles: Option<DonneesPersonnelles>,
    /// Where the notice asks for it.
    pub source: String,
}

/// How a piece is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preuve {
    /// A file.
    Fichier,
    /// A budget filled in the dossier, rendered as a document.
    Tableau {
        /// Which one.
        budget: BudgetDemande,
        /// Whether a file may come beside it.
        fichier_admis: bool,
    },
    /// The recorded signature of the Charter.
    Signature {
        /// Whether a signed file is taken instead.
        fichier_admis: bool,
    },
}

liste_fermee! {
    /// A budget to be filled.
    pub enum BudgetDemande {
        /// What the project costs, and what the subsidy pays for.
        Projet = "projet", "Budget du projet";
        /// What the structure lives on, as a whole.
        Structure = "structure", "Budget de la structure";
    }
}

impl PieceDemandee {
    /// Whether it is asked for with these facts.
    pub fn est_demandee(&self, faits: &Faits) -> bool {
        self.si.as_ref().is_none_or(|si| si.est_vraie(faits))
    }
}

impl Preuve {
    /// Whether a file may be given.
    pub fn admet_un_fichier(self) -> bool {
        match self {
            Self::Fichier => true,
            Self::Tableau { fichier_admis, .. } | Self::Signature { fichier_admis } => {
                fichier_admis
            }
        }
    }
}

/// File types that can be checked by their content.
const FORMATS: [&str; 7] = ["pdf", "odt", "docx", "ods", "xlsx", "jpg", "png"];

/// A piece read, its condition not compiled yet.
pub(super) struct PieceBrute {
    pub piece: PieceDemandee,
    pub si: Option<Brut>,
    pub place: usize,
    pub criteres: Vec<Lu<String>>,
    pub conservation: Option<Lu<String>>,
}

pub(super) fn lire(racine: &mut Section<'_, '_>, document: &str) -> Vec<PieceBrute> {
    let lire = |mut section: Section<'_, '_>| {
        let code = section.code("code");
        let donnees = lire_donnees(&mut section);
        let criteres = section.codes("criteres");
        let si = section.brut_si("si", document);
        let preuve = lire_preuve(&mut section);
        let piece = PieceDemandee {
            code: code.valeur,
            libelle: section.texte("libelle"),
            aide: section.texte_si("aide"),
            obligatoire: section.booleen("obligatoire", true),
            formats: lire_formats(&mut section, preuve),
            preuve,
            poids_max_mo: poids(&mut section),
            si: None,
            criteres: criteres.iter().map(|lu| lu.valeur.clone()).collect(),
            donnees_personnelles: donnees.as_ref().map(|lu| lu.valeur.clone()),
            source: section.texte("source"),
        };
        section.clore();
        PieceBrute {
            piece,
            si,
            place: code.place,
            criteres,
            conservation: donnees.map(|lu| Lu {
                valeur: lu.valeur.conservation,
                place: lu.place,
            }),
        }
    };
    racine.sections("pieces").into_iter().map(lire).collect()
}

fn lire_preuve(section: &mut Section<'_, '_>) -> Preuve {
    #[derive(Clone, Copy)]
    enum Mot {
        Fichier,
        Budget(BudgetDemande),
        Signature,
    }
    let mots = [
        ("fichier", Mot::Fichier),
        ("budget_structure", Mot::Budget(BudgetDemande::Structure)),
        ("budget_projet", Mot::Budget(BudgetDemande::Projet)),
        ("signature_charte", Mot::Signature),
    ];
    match section.parmi("preuve", &mots) {
        Mot::Fichier => Preuve::Fichier,
        Mot::Budget(budget) => Preuve::Tableau {
            budget,
            fichier_admis: section.booleen("fichier_admis", false),
        },
        Mot::Signature => Preuve::Signature {
            fichier_admis: section.booleen("fichier_admis", false),
        },
    }
}

fn lire_formats(section: &mut Section<'_, '_>, preuve: Preuve) -> Vec<String> {
    let formats = section.codes("formats");
    for format in &formats {
        if !FORMATS.contains(&format.valeur.as_str()) {
            let message = format!("Le format « {} » ne peut pas être contrôlé.", format.valeur);
            let attendu = format!("l'un de : {}", FORMATS.join(", "));
            section.fautes.signaler(format.place, &message, &attendu);
        }
    }
    if formats.is_empty() && preuve.admet_un_fichier() {
        return FORMATS.iter().map(|format| (*format).to_owned()).collect();
    }
    formats.into_iter().map(|format| format.valeur).collect()
}

fn poids(section: &mut Section<'_, '_>) -> u32 {
    let poids = section.entier_si("poids_max_mo", 1..=100).unwrap_or(20);
    u32::try_from(poids).unwrap_or(20)
}
