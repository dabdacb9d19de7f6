//! The map of the poles and the list as files, over HTTP.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use maud::Markup;
use metier::commun::temps;

use crate::{
    app::App,
    registre::{annuaire::Filtre, carte, pages},
    socle::{
        erreurs::Panne, habillage::CSP_ENCADRABLE, mise_en_page::Cadre, requete::Parametres,
        tableur,
    },
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

/// `GET /poles.geojson`: any site may read it.
pub async fn geojson(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    let fiches = carte::toutes(&mut app.db.lecture().await?, &filtre).await?;
    let corps = carte::geojson(&fiches, &app.reglages.url, cadre.maintenant);
    let nom = format!("attachment; filename=\"{}.geojson\"", nom(&cadre));
    let entetes = [
        (header::CONTENT_TYPE, "application/geo+json".to_owned()),
        (header::CONTENT_DISPOSITION, nom),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
    ];
    Ok((entetes, corps).into_response())
}

/// `GET /poles.csv`
pub async fn csv(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    let fiches = carte::toutes(&mut app.db.lecture().await?, &filtre).await?;
    let lignes = carte::lignes(&fiches, &app.reglages.url, cadre.maintenant);
    Ok(tableur::telecharger(&nom(&cadre), &lignes))
}

/// « poles-2024-05-28 »: a list is that of its day.
fn nom(cadre: &Cadre) -> String {
    format!("poles-{}", temps::jour_de(cadre.maintenant))
}
