//! The census, over HTTP.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use super::vers_la_region_d_aujourd_hui;
use crate::{
    app::App,
    registre::{
        pages,
        recensement::{self, Filtre},
    },
    socle::{erreurs::Panne, mise_en_page::Cadre, reprise, requete::Parametres, tableur},
    urls,
};

/// The same address of the region of today.
fn ailleurs(filtre: &Filtre, ici: &str) -> Option<Response> {
    vers_la_region_d_aujourd_hui(&filtre.region, |region| {
        filtre.en(region.code()).adresse_de_la_liste(ici)
    })
}

/// `GET /recensement`
pub async fn recensement(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    if let Some(ailleurs) = ailleurs(&filtre, urls::RECENSEMENT) {
        return Ok(ailleurs);
    }
    let mut base = app.db.instantane().await?;
    let vue = recensement::lire(&mut base, filtre, cadre.maintenant).await?;
    Ok(pages::recensement(&cadre, &vue).into_response())
}

/// `GET /recensement/poles`: the poles behind a number.
pub async fn liste_recensee(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    if let Some(ailleurs) = ailleurs(&filtre, urls::RECENSEMENT_POLES) {
        return Ok(ailleurs);
    }
    let mut base = app.db.instantane().await?;
    let vue = recensement::lire_la_liste(&mut base, filtre, cadre.maintenant).await?;
    Ok(pages::liste_recensee(&cadre, &vue).into_response())
}

/// `GET /recensement/export`: the same poles, as a file.
pub async fn export(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    if let Some(ailleurs) = ailleurs(&filtre, urls::RECENSEMENT_EXPORT) {
        return Ok(ailleurs);
    }
    let mut base = app.db.instantane().await?;
    let recenses = recensement::exporter(&mut base, &filtre, cadre.maintenant).await?;
    if recenses.ecart.is_some() {
        // A file says nothing of the date it was not asked for.
        let vue = recensement::lire(&mut base, filtre, cadre.maintenant).await?;
        return Ok(reprise::page(pages::recensement(&cadre, &vue)));
    }
    let nom = pages::nom_du_fichier(&recenses);
    Ok(tableur::telecharger(&nom, &pages::tableur(&recenses)))
}
