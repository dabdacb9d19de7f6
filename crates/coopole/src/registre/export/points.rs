//! The list as points: GeoJSON (RFC 7946).

use metier::poles::Precision;
use serde_json::{Value, json};

use super::{
    DEFINITION, Ecriture, Edition, Entiere, LICENCE, POLES,
    texte::{Elements, en_objets},
};
use crate::{
    registre::carte::{Situation, situer},
    socle::erreurs::Panne,
};

/// What the points owe to others.
const CREDIT: &str = "Coordonnées des communes : GeoNames (CC BY 4.0). Centres des départements \
    et des régions : d’après Natural Earth (domaine public).";

/// A collection of points; a pole without any known place is in it too, with
/// no geometry.
pub struct GeoJson<'a> {
    edition: Edition<'a>,
    traits: Elements,
}

impl<'a> GeoJson<'a> {
    pub fn nouveau(edition: Edition<'a>) -> Self {
        let entete = json!({
            "type": "FeatureCollection",
            "definition": DEFINITION,
            "licence": LICENCE,
            "credit": CREDIT,
            "date": edition.le.to_string(),
        });
        Self {
            edition,
            traits: Elements::nouveaux(&entete, "features"),
        }
    }

    fn un_pole(&self, pole: &Entiere) -> Value {
        let situation = situer(&pole.fiche.lieu);
        let point = situation.map(|s| {
            let c = s.coordonnees;
            json!({ "type": "Point", "coordinates": [arrondi(c.longitude), arrondi(c.latitude)] })
        });
        let mut objets = en_objets(&POLES, pole, &self.edition);
        let mut champs = objets.pop().unwrap_or_default();
        let id = champs.remove("identifiant");
        let precision = situation.map(precision);
        champs.insert("precision_du_point".to_owned(), precision.into());
        json!({ "type": "Feature", "id": id, "geometry": point, "properties": champs })
    }
}

impl Ecriture for GeoJson<'_> {
    fn ajouter(&mut self, lot: &[Entiere]) -> Result<(), Panne> {
        for pole in lot {
            let objet = self.un_pole(pole);
            self.traits.ajouter(&objet);
        }
        Ok(())
    }

    fn prendre(&mut self) -> Vec<u8> {
        self.traits.prendre()
    }

    fn finir(self: Box<Self>) -> Result<Vec<u8>, Panne> {
        Ok(self.traits.finir())
    }
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
