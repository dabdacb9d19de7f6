//! What comes in: extractors that answer with our own pages.

use axum::{
    Form,
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use serde::de::DeserializeOwned;

use super::erreurs::Panne;
use crate::app::App;

/// The parameters of the path. What is not of their type does not exist.
pub struct Chemin<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Chemin<T> {
    type Rejection = Panne;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Panne> {
        let Path(valeur) = Path::from_request_parts(parts, app)
            .await
            .map_err(|_| Panne::Introuvable)?;
        Ok(Self(valeur))
    }
}

/// A door of demonstrations: elsewhere it does not exist, whatever is sent. It
/// stands before the form, which is then not read.
pub struct EnDemonstration;

impl FromRequestParts<App> for EnDemonstration {
    type Rejection = Panne;

    async fn from_request_parts(_: &mut Parts, app: &App) -> Result<Self, Panne> {
        match app.reglages.demonstration {
            true => Ok(Self),
            false => Err(Panne::Introuvable),
        }
    }
}

/// The parameters after `?`, as a type with defaults.
pub struct Parametres<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Parametres<T> {
    type Rejection = Panne;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Panne> {
        let Query(valeur) = Query::from_request_parts(parts, app)
            .await
            .map_err(|e| Panne::Illisible(e.to_string()))?;
        Ok(Self(valeur))
    }
}

/// The most fields a form may send.
const CHAMPS_AU_PLUS: usize = 10_000;

/// The fields of a form, in their order, with whatever names the page gave.
#[derive(Debug, Clone, Default)]
pub struct Saisie {
    champs: Vec<(String, String)>,
    /// Sent by the script, which reads JSON; a button reads a page.
    pub par_le_script: bool,
}

impl Saisie {
    /// The field as typed, without the spaces around it; empty if absent.
    pub fn texte(&self, nom: &str) -> &str {
        self.recu(nom).unwrap_or_default()
    }

    /// The field if it was sent at all, empty or not.
    pub fn recu(&self, nom: &str) -> Option<&str> {
        self.champs
            .iter()
            .find(|(cle, _)| cle == nom)
            .map(|(_, valeur)| valeur.trim())
    }

    /// Every value sent under this name (checkboxes).
    pub fn tous<'s>(&'s self, nom: &'s str) -> impl Iterator<Item = &'s str> {
        self.champs
            .iter()
            .filter(move |(cle, _)| cle == nom)
            .map(|(_, valeur)| valeur.trim())
    }

    /// Whether a box was ticked.
    pub fn coche(&self, nom: &str) -> bool {
        self.recu(nom).is_some_and(|valeur| !valeur.is_empty())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.champs
            .iter()
            .map(|(cle, valeur)| (cle.as_str(), valeur.trim()))
    }
}

impl FromIterator<(String, String)> for Saisie {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(champs: I) -> Self {
        Self {
            champs: champs.into_iter().collect(),
            par_le_script: false,
        }
    }
}

impl FromRequest<App> for Saisie {
    type Rejection = Panne;

    async fn from_request(requete: Request, app: &App) -> Result<Self, Panne> {
        let par_le_script = veut_du_json(requete.headers());
        let Form(champs) = Form::<Vec<(String, String)>>::from_request(requete, app)
            .await
            .map_err(|refus| match refus.status() {
                StatusCode::PAYLOAD_TOO_LARGE => Panne::TropGros,
                _ => Panne::Illisible(refus.body_text()),
            })?;
        // No page of ours has so many; looking through them has a price.
        if champs.len() > CHAMPS_AU_PLUS {
            return Err(Panne::TropGros);
        }
        Ok(Self {
            champs,
            par_le_script,
        })
    }
}

/// Whether who asks reads JSON: our script says so, a button does not.
pub fn veut_du_json(entetes: &HeaderMap) -> bool {
    let accepte = entetes
        .get(header::ACCEPT)
        .and_then(|valeur| valeur.to_str().ok());
    accepte.is_some_and(|accepte| accepte.contains("application/json"))
}
