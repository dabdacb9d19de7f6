//! The brand of an operator entitled to the State's: its own files, from the
//! `marque` folder of the data folder, served under `/marque/`. None comes with
//! this repository. Read once at start; never a path typed by a visitor.

use std::{collections::HashMap, fs, path::Path};

use axum::{
    body::Bytes,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

use super::{erreurs::Panne, reglages::Reglages, requete::Chemin};
use crate::{app::App, urls};

const BLOCS: [&str; 2] = ["bloc-marque.svg", "bloc-marque.png"];
const FEUILLE: &str = "marque.css";
const ALTERNATIVE: &str = "bloc-marque.txt";
/// A typeface weighs less than that; anything else has no place here.
const POIDS_AU_PLUS: u64 = 2 << 20;

/// What the pages show of it.
#[derive(Debug, Clone)]
pub struct Bloc {
    /// Where the image of the header is served.
    pub adresse: String,
    /// What it says, for those who do not see it.
    pub alternative: String,
    /// Where the operator's sheet is served, if there is one.
    pub feuille: Option<String>,
}

/// The files of the brand, in memory.
pub struct Fichiers {
    pub bloc: Bloc,
    fichiers: HashMap<String, (&'static str, Bytes)>,
}

impl Fichiers {
    /// Reads the folder. Without the image of the header, the start stops and
    /// says what to bring.
    pub fn lire(reglages: &Reglages) -> Result<Self, Panne> {
        let dossier = reglages.donnees.join("marque");
        let fichiers = contenu(&dossier)?;
        let Some(bloc) = BLOCS.iter().find(|nom| fichiers.contains_key(**nom)) else {
            return Err(Panne::Reglage(format!(
                "COOPOLE_MARQUE=etat : il manque {}. Le bloc-marque et la police de l’État ne sont pas \
                 livrés : une administration qui y a droit les y dépose. Pour s’en passer : \
                 COOPOLE_MARQUE=neutre.",
                dossier.join(BLOCS[0]).display()
            )));
        };
        let alternative = fs::read_to_string(dossier.join(ALTERNATIVE)).unwrap_or_default();
        Ok(Self {
            bloc: Bloc {
                adresse: urls::marque(bloc),
                alternative: match alternative.trim() {
                    "" => "République Française".to_owned(),
                    texte => texte.to_owned(),
                },
                feuille: fichiers
                    .contains_key(FEUILLE)
                    .then(|| urls::marque(FEUILLE)),
            },
            fichiers,
        })
    }
}

/// The files a page may ask for, by name; others are left where they are.
fn contenu(dossier: &Path) -> Result<HashMap<String, (&'static str, Bytes)>, Panne> {
    let mut fichiers = HashMap::new();
    let Ok(entrees) = fs::read_dir(dossier) else {
        return Ok(fichiers);
    };
    for entree in entrees {
        let entree = entree?;
        let nom = entree.file_name().to_string_lossy().into_owned();
        let lourd = entree.metadata()?.len() > POIDS_AU_PLUS;
        if let (Some(genre), false) = (type_mime(&nom), lourd) {
            fichiers.insert(nom, (genre, fs::read(entree.path())?.into()));
        }
    }
    Ok(fichiers)
}

fn type_mime(nom: &str) -> Option<&'static str> {
    match nom.rsplit_once('.')?.1 {
        "svg" => Some("image/svg+xml"),
        "png" => Some("image/png"),
        "css" => Some("text/css; charset=utf-8"),
        "woff2" => Some("font/woff2"),
        "woff" => Some("font/woff"),
        _ => None,
    }
}

/// `GET /marque/{fichier}`
pub async fn servir(
    State(app): State<App>,
    Chemin(nom): Chemin<String>,
) -> Result<Response, Panne> {
    let marque = app.marque.as_ref().ok_or(Panne::Introuvable)?;
    let (genre, octets) = marque.fichiers.get(&nom).ok_or(Panne::Introuvable)?;
    let entetes = [
        (header::CONTENT_TYPE, *genre),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((entetes, octets.clone()).into_response())
}
