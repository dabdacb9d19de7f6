//! The register as open data: the same files, written the same, whether a page
//! gives them or a command. Every counter shown in public can be counted again
//! from them (`tests/parcours/donnees.rs`).

use super::{
    annuaire::Filtre,
    export::{
        self, CHANGEMENTS, Classeur, Csv, Edition, Fichier as AEcrire, GeoJson, Json, MEMBRES,
        SIGNES, Tableur,
    },
    pages,
    recensement::{self, Filtre as FiltreRecensement},
};
use crate::socle::{db::Lecture, erreurs::Panne, tableur};

/// A file of the register.
pub struct Fichier {
    pub nom: &'static str,
    pub octets: Vec<u8>,
}

/// All of them; they agree when the reading is of one instant.
pub async fn fichiers(base: &mut Lecture, edition: Edition<'_>) -> Result<Vec<Fichier>, Panne> {
    let a_ecrire: [(&str, AEcrire<'_>); 8] = [
        ("poles.csv", Box::new(Csv::des_poles(edition))),
        (
            "poles-membres.csv",
            Box::new(Csv::du_chapitre(edition, &MEMBRES)),
        ),
        (
            "poles-signes.csv",
            Box::new(Csv::du_chapitre(edition, &SIGNES)),
        ),
        (
            "poles-changements.csv",
            Box::new(Csv::du_chapitre(edition, &CHANGEMENTS)),
        ),
        ("poles-tableur.csv", Box::new(Tableur::nouveau(edition))),
        ("poles.xlsx", Box::new(Classeur::nouveau(edition)?)),
        ("poles.json", Box::new(Json::nouveau(edition))),
        ("poles.geojson", Box::new(GeoJson::nouveau(edition))),
    ];
    let (noms, a_ecrire): (Vec<_>, Vec<_>) = a_ecrire.into_iter().unzip();
    let ecrits = export::ecrire(base, &Filtre::default(), a_ecrire).await?;
    let recenses = recensement::exporter(base, &FiltreRecensement::default(), edition.le).await?;
    let recensement = tableur::csv(&pages::tableur(&recenses)).into_bytes();
    let fichiers = noms.into_iter().zip(ecrits);
    Ok(fichiers
        .chain([("recensement.csv", recensement)])
        .map(|(nom, octets)| Fichier { nom, octets })
        .collect())
}
