//! The departments and their names, from the file of their outlines
//! (`donnees/departements.geojson`). Which region each belongs to is said by
//! `metier::commun::Region`.

use std::{collections::BTreeMap, sync::OnceLock};

use metier::commun::Region;
use serde::Deserialize;

use super::actifs;

#[derive(Deserialize)]
struct Collection {
    features: Vec<Trait>,
}

#[derive(Deserialize)]
struct Trait {
    properties: Proprietes,
}

#[derive(Deserialize)]
struct Proprietes {
    code: String,
    nom: String,
}

/// The department of that code, if there is one: its code, for good.
pub fn connu(code: &str) -> Option<&'static str> {
    let siens = Region::par_departement(code)?.departements();
    siens.iter().copied().find(|connu| *connu == code)
}

/// The name of the department of that code: « Finistère » for « 29 ».
pub fn nom(code: &str) -> Option<&'static str> {
    tous().get(code).map(String::as_str)
}

/// « Finistère (29) », or the code alone when it is none of ours.
pub fn lisible(code: &str) -> String {
    nom(code).map_or_else(|| code.to_owned(), |nom| format!("{nom} ({code})"))
}

fn tous() -> &'static BTreeMap<String, String> {
    static TOUS: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    TOUS.get_or_init(|| {
        let texte = actifs::donnee("departements.geojson");
        let lue: Collection = serde_json::from_str(texte).expect("our own file, read by a test");
        let proprietes = lue.features.into_iter().map(|un| un.properties);
        proprietes
            .map(|p| (p.code, p.nom.replace('\'', "’")))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chaque_departement_a_son_nom() {
        let codes = Region::TOUTES.iter().flat_map(|r| r.departements());
        for code in codes {
            assert!(nom(code).is_some(), "{code}");
        }
        assert_eq!(lisible("29"), "Finistère (29)");
        assert_eq!(lisible("99"), "99");
    }
}
