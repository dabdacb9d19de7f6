//! The register as open data: the same files, written the same, whether a page
//! gives them or a command. Every counter shown in public can be counted again
//! from them (`tests/parcours/donnees.rs`).

use jiff::Timestamp;

use super::{
    annuaire::Filtre,
    carte,
    export::{self, Export},
    pages,
    recensement::{self, Filtre as FiltreRecensement},
};
use crate::socle::{db::Lecture, erreurs::Panne, tableur};

/// A file of the register.
pub struct Fichier {
    pub nom: &'static str,
    pub octets: Vec<u8>,
}

/// All of them, in one reading: they agree with each other.
pub async fn fichiers(
    base: &mut Lecture,
    site: &str,
    le: Timestamp,
) -> Result<Vec<Fichier>, Panne> {
    let fiches = carte::toutes(base, &Filtre::default()).await?;
    let recenses = recensement::exporter(base, &FiltreRecensement::default(), le).await?;
    let liste = Export {
        fiches: &fiches,
        site,
        le,
    };
    let fichier = |nom, octets| Fichier { nom, octets };
    Ok(vec![
        fichier("poles.csv", export::csv_ouvert(liste).into_bytes()),
        fichier(
            "poles-tableur.csv",
            tableur::csv(&export::tableur(liste)).into_bytes(),
        ),
        fichier("poles.xlsx", export::classeur(liste)?),
        fichier("poles.json", export::json(liste).into_bytes()),
        fichier("poles.geojson", export::geojson(liste).into_bytes()),
        fichier(
            "recensement.csv",
            tableur::csv(&pages::tableur(&recenses)).into_bytes(),
        ),
    ])
}
