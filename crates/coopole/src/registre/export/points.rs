//! The list as points: GeoJSON (RFC 7946).

use metier::poles::Precision;
use serde_json::{Value, json};

use super::{DEFINITION, Export, LICENCE};
use crate::{
    poles::fiches::Fiche,
    registre::carte::{Situation, situer},
    urls,
};

/// What the points owe to others.
const CREDIT: &str = "Coordonnées des communes : GeoNames (CC BY 4.0). Centres des départements \
    et des régions : d’après Natural Earth (domaine public).";

/// A collection of points; a pole without any known place is in it too, with
/// no geometry.
pub fn geojson(export: Export<'_>) -> String {
    let fiches = export.fiches.iter();
    let traits: Vec<Value> = fiches.map(|fiche| un_pole(fiche, export.site)).collect();
    let collection = json!({
        "type": "FeatureCollection",
        "definition": DEFINITION,
        "licence": LICENCE,
        "credit": CREDIT,
        "date": export.le.to_string(),
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
