//! One row a pole: the same columns in every table.

use metier::commun::{Siret, temps};
use serde_json::{Map, Value, json as objet};

use super::{DEFINITION, Export, LICENCE};
use crate::{poles::fiches::Fiche, urls};

/// What a column holds.
pub(super) enum Cellule {
    Vide,
    Texte(String),
    OuiNon(bool),
    Liste(Vec<&'static str>),
}

impl Cellule {
    fn texte(texte: Option<&str>) -> Self {
        texte.map_or(Self::Vide, |texte| Self::Texte(texte.to_owned()))
    }

    /// As a table shows it; several words are parted by a bar, which no
    /// spreadsheet takes for a column.
    pub(super) fn en_mots(&self) -> String {
        match self {
            Self::Vide => String::new(),
            Self::Texte(texte) => texte.clone(),
            Self::OuiNon(oui) => if *oui { "oui" } else { "non" }.to_owned(),
            Self::Liste(mots) => mots.join("|"),
        }
    }

    fn en_json(&self) -> Value {
        match self {
            Self::Vide => Value::Null,
            Self::Texte(texte) => Value::from(texte.as_str()),
            Self::OuiNon(oui) => Value::from(*oui),
            Self::Liste(mots) => Value::from(mots.clone()),
        }
    }
}

/// Titles are words that an import recognises, where it has a use for them.
pub(super) const TITRES: [&str; 15] = [
    "identifiant",
    "nom",
    "adresse",
    "structure_porteuse",
    "siret",
    "commune",
    "departement",
    "region",
    "themes",
    "signes",
    "maturite",
    "rural",
    "qpv",
    "invente",
    "source",
];

pub(super) fn cellules(fiche: &Fiche, site: &str) -> [Cellule; 15] {
    let oui_non = |fait: Option<bool>| fait.map_or(Cellule::Vide, Cellule::OuiNon);
    // What a list gave of a number that is none is not shown either.
    let siret = fiche
        .siret
        .as_deref()
        .and_then(|dit| dit.parse::<Siret>().ok());
    [
        Cellule::Texte(fiche.id.to_string()),
        Cellule::Texte(fiche.nom.clone()),
        Cellule::Texte(format!("{site}{}", urls::pole(fiche.id))),
        Cellule::texte(fiche.porteuse.as_deref()),
        Cellule::texte(siret.as_ref().map(Siret::as_str)),
        Cellule::texte(fiche.lieu.commune.as_deref()),
        Cellule::texte(fiche.lieu.departement.as_deref()),
        Cellule::texte(fiche.lieu.region.map(|region| region.code())),
        Cellule::Liste(fiche.themes.iter().map(|theme| theme.code()).collect()),
        Cellule::Liste(fiche.signes.iter().map(|signe| signe.code()).collect()),
        Cellule::texte(fiche.maturite.map(|maturite| maturite.code())),
        oui_non(fiche.rural),
        oui_non(fiche.qpv),
        Cellule::OuiNon(fiche.invente),
        Cellule::texte(fiche.source.as_deref()),
    ]
}

/// A table has no place of its own for what the list is: each row bears it.
fn rangees(export: Export<'_>, jour: &str) -> Vec<Vec<String>> {
    let titres = TITRES
        .iter()
        .copied()
        .chain(["definition", "licence", "date"]);
    let mut rangees = vec![titres.map(str::to_owned).collect::<Vec<_>>()];
    rangees.extend(export.fiches.iter().map(|fiche| {
        let cellules = cellules(fiche, export.site);
        let dites = cellules.iter().map(Cellule::en_mots);
        let suite = [DEFINITION, LICENCE, jour].map(str::to_owned);
        dites.chain(suite).collect()
    }));
    rangees
}

/// For spreadsheets: the day as a reader writes it; `socle::tableur` does the
/// rest (semicolons, its mark, no formula).
pub fn tableur(export: Export<'_>) -> Vec<Vec<String>> {
    rangees(export, &temps::jour_court(export.le))
}

/// For programs: RFC 4180, UTF-8, the day as ISO 8601 writes it, and texts as
/// they are.
pub fn csv_ouvert(export: Export<'_>) -> String {
    let cite = |cellule: &String| match cellule.contains([',', '"', '\r', '\n']) {
        true => format!("\"{}\"", cellule.replace('"', "\"\"")),
        false => cellule.clone(),
    };
    let mut texte = String::new();
    for rangee in rangees(export, &temps::jour_de(export.le).to_string()) {
        let cellules: Vec<String> = rangee.iter().map(cite).collect();
        texte.push_str(&cellules.join(","));
        texte.push_str("\r\n");
    }
    texte
}

/// The same, as objects.
pub fn json(export: Export<'_>) -> String {
    let poles: Vec<Value> = export
        .fiches
        .iter()
        .map(|fiche| {
            let cellules = cellules(fiche, export.site);
            let champs = TITRES.iter().zip(&cellules);
            let champs: Map<String, Value> = champs
                .map(|(titre, cellule)| ((*titre).to_owned(), cellule.en_json()))
                .collect();
            Value::Object(champs)
        })
        .collect();
    objet!({
        "definition": DEFINITION,
        "licence": LICENCE,
        "date": export.le.to_string(),
        "poles": poles,
    })
    .to_string()
}
