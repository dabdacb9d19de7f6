//! The public face, over HTTP.

use axum::extract::State;
use maud::Markup;

use super::pages;
use crate::{
    app::App,
    socle::{erreurs::Panne, mise_en_page::Cadre},
};

/// `GET /`
pub async fn accueil(State(_app): State<App>, cadre: Cadre) -> Result<Markup, Panne> {
    Ok(pages::accueil(&cadre))
}
