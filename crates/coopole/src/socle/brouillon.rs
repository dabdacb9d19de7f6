//! A draft sent by its page: by the script, which wants JSON, or by a button,
//! which wants a page. The same fields go to the same address.

use axum::{
    Json,
    extract::{FromRequest, Request},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use maud::Markup;
use serde_json::json;

use super::{erreurs::Panne, requete::Saisie};
use crate::app::App;

/// The fields of a draft, and who wants the answer.
pub struct Brouillon {
    pub saisie: Saisie,
}

impl Brouillon {
    /// The version the text was typed over; zero when there was none.
    pub fn version(&self) -> i64 {
        self.saisie.texte("version").parse().unwrap_or(0)
    }

    /// It is kept: the sentence that says so and its version, or the page it
    /// came from.
    pub fn enregistre(&self, version: i64, phrase: &str, suite: &str) -> Response {
        match self.saisie.par_le_script {
            true => Json(json!({ "phrase": phrase, "version": version })).into_response(),
            false => Redirect::to(suite).into_response(),
        }
    }

    /// Somebody wrote meanwhile: the sentence that says so, or a page with
    /// both texts.
    pub fn en_conflit(&self, phrase: &str, page: Markup) -> Response {
        match self.saisie.par_le_script {
            true => (StatusCode::CONFLICT, Json(json!({ "phrase": phrase }))).into_response(),
            false => (StatusCode::CONFLICT, page).into_response(),
        }
    }
}

impl FromRequest<App> for Brouillon {
    type Rejection = Panne;

    async fn from_request(requete: Request, app: &App) -> Result<Self, Panne> {
        let saisie = Saisie::from_request(requete, app).await?;
        Ok(Self { saisie })
    }
}
