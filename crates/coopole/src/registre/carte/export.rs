//! The filtered list as open data: GeoJSON (RFC 7946) and CSV. Exactly what
//! the pages show, and no person is named.

use jiff::Timestamp;
use metier::{commun::temps, poles::Precision};
use serde_json::{Value, json};

use super::lieux::{Situation, situer};
use crate::{poles::fiches::Fiche, urls};

/// Under what these lists may be used again.
pub const LICENCE: &str = "Licence Ouverte 2.0 (Etalab)";

/// What the points owe to others.
const CREDIT: &str = "Coordonnées des communes : GeoNames (CC BY 4.0). Centres des départements \
    et des régions : d’après Natural Earth (domaine public).";

/// A collection of points; a pole without any known place is in it too, with
/// no geometry. `site` is where the addresses begin.
pub fn geojson(fiches: &[Fiche], site: &str, le: Timestamp) -> String {
    let traits: Vec<Value> = fiches.iter().map(|fiche| un_pole(fiche, site)).collect();
    let collection = json!({
        "type": "FeatureCollection",
        "licence": LICENCE,
        "credit": CREDIT,
        "date": le.to_string(),
        "features": traits,
    });
    collection.to_string()
}

fn un_pole(fiche: &Fiche, site: &str) -> Value {
    let situation = situer(&fiche.lieu);
    let point = situation.map(|s| {
        let c = s.coordonnees;
        json!({ "type": "Point", "coordinates": [arrondi(c.longitude), arrondi(c.latitude)] })
    });
    let codes = |codes: Vec<&'static str>| Value::from(codes);
    json!({
        "type": "Feature",
        "id": fiche.id.to_string(),
        "geometry": point,
        "properties": {
            "nom": fiche.nom,
            "adresse": format!("{site}{}", urls::pole(fiche.id)),
            "structure_porteuse": fiche.porteuse,
            "commune": fiche.lieu.commune,
            "departement": fiche.lieu.departement,
            "region": fiche.lieu.region.map(|region| region.code()),
            "precision_du_point": situation.map(precision),
            "themes": codes(fiche.themes.iter().map(|theme| theme.code()).collect()),
            "signes": codes(fiche.signes.iter().map(|signe| signe.code()).collect()),
            "maturite": fiche.maturite.map(|maturite| maturite.code()),
            "rural": fiche.rural,
            "qpv": fiche.qpv,
            "invente": fiche.invente,
            "source": fiche.source,
        },
    })
}

/// The same, one row a pole, titles first. A table has no place of its own for
/// the licence and the date: each row bears them. Nor does it have points: a
/// spreadsheet would take a longitude for a formula.
pub fn lignes(fiches: &[Fiche], site: &str, le: Timestamp) -> Vec<Vec<String>> {
    let titres = [
        "nom",
        "adresse",
        "structure_porteuse",
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
        "licence",
        "date",
    ];
    let titres = titres.map(str::to_owned).to_vec();
    let lignes = fiches.iter().map(|fiche| ligne(fiche, site, le));
    std::iter::once(titres).chain(lignes).collect()
}

fn ligne(fiche: &Fiche, site: &str, le: Timestamp) -> Vec<String> {
    let oui_non = |fait: Option<bool>| match fait {
        Some(true) => "oui".to_owned(),
        Some(false) => "non".to_owned(),
        None => String::new(),
    };
    let texte = |texte: &Option<String>| texte.clone().unwrap_or_default();
    let themes: Vec<&str> = fiche.themes.iter().map(|theme| theme.code()).collect();
    let signes: Vec<&str> = fiche.signes.iter().map(|signe| signe.code()).collect();
    vec![
        fiche.nom.clone(),
        format!("{site}{}", urls::pole(fiche.id)),
        texte(&fiche.porteuse),
        texte(&fiche.lieu.commune),
        texte(&fiche.lieu.departement),
        fiche
            .lieu
            .region
            .map_or("", |region| region.code())
            .to_owned(),
        themes.join(","),
        signes.join(","),
        fiche
            .maturite
            .map_or("", |maturite| maturite.code())
            .to_owned(),
        oui_non(fiche.rural),
        oui_non(fiche.qpv),
        oui_non(Some(fiche.invente)),
        texte(&fiche.source),
        LICENCE.to_owned(),
        temps::jour_court(le),
    ]
}

fn precision(situation: Situation) -> &'static str {
    match situation.precision {
        Precision::Commune => "commune",
        Precision::Departement => "departement",
        Precision::Region | Precision::Inconnue => "region",
    }
}

/// Ten metres: no more than the sources say.
fn arrondi(degres: f64) -> f64 {
    (degres * 10_000.0).round() / 10_000.0
}
