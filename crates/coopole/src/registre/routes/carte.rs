//! The map of the poles, over HTTP.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use maud::Markup;

use crate::{
    app::App,
    registre::{annuaire::Filtre, carte, pages},
    socle::{erreurs::Panne, habillage::CSP_ENCADRABLE, mise_en_page::Cadre, requete::Parametres},
};

/// `GET /carte`
pub async fn carte(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Markup, Panne> {
    let vue = carte::lire(&mut app.db.lecture().await?, filtre).await?;
    Ok(pages::carte(&cadre, &vue, &app.reglages.url))
}

/// `GET /carte/integrer`: the map alone, for the frame of another site.
pub async fn carte_integree(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    let vue = carte::lire(&mut app.db.lecture().await?, filtre).await?;
    let entetes = [(header::CONTENT_SECURITY_POLICY, CSP_ENCADRABLE)];
    Ok((entetes, pages::integree(&cadre, &vue)).into_response())
}
