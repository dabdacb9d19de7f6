//! The census, over HTTP.

use axum::{extract::State, response::Response};
use maud::Markup;

use crate::{
    app::App,
    registre::{
        pages,
        recensement::{self, Filtre},
    },
    socle::{erreurs::Panne, mise_en_page::Cadre, requete::Parametres, tableur},
};

/// `GET /recensement`
pub async fn recensement(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Markup, Panne> {
    let vue = recensement::lire(&mut app.db.lecture().await?, filtre, cadre.maintenant).await?;
    Ok(pages::recensement(&cadre, &vue))
}

/// `GET /recensement/poles`: the poles behind a number.
pub async fn liste_recensee(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let vue = recensement::lire_la_liste(&mut base, filtre, cadre.maintenant).await?;
    Ok(pages::liste_recensee(&cadre, &vue))
}

/// `GET /recensement/export`: the same poles, as a file.
pub async fn export(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    let poles = recensement::exporter(&mut base, &filtre, cadre.maintenant).await?;
    let nom = pages::nom_du_fichier(&filtre, cadre.maintenant);
    Ok(tableur::telecharger(&nom, &pages::tableur(&poles)))
}
