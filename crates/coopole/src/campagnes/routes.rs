//! The calls, over HTTP: public pages.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use maud::Markup;

use super::{
    pages::{self, Lecteur},
    reponses::Reponses,
    store,
};
use crate::{
    app::App,
    socle::{
        droits::{Droit, Personne},
        erreurs::Panne,
        mise_en_page::Cadre,
        requete::{Chemin, Parametres},
    },
};

/// `GET /appels`
pub async fn appels(State(app): State<App>, cadre: Cadre) -> Markup {
    pages::liste(&cadre, &app.campagnes)
}

/// `GET /appels/{code}`: no query for a visitor, one for a pole's team.
pub async fn appel(
    State(app): State<App>,
    cadre: Cadre,
    personne: Option<Personne>,
    Chemin(code): Chemin<String>,
) -> Result<Markup, Panne> {
    let campagne = app.campagnes.find(&code)?;
    let lecteur = match &personne {
        None => Lecteur::Public,
        Some(personne) => {
            let poles = match personne.perimetres(Droit::LireDossier).next() {
                Some(_) => {
                    let mut base = app.db.lecture().await?;
                    store::poles_suivis(&mut base, personne, &code).await?
                }
                None => Vec::new(),
            };
            Lecteur::Connecte(personne, poles)
        }
    };
    Ok(pages::appel(&cadre, &campagne, &lecteur))
}

/// `GET /appels/{code}/eligibilite`: the answers are in the address, and no
/// copy of the page is kept anywhere.
pub async fn eligibilite(
    State(app): State<App>,
    cadre: Cadre,
    Chemin(code): Chemin<String>,
    Parametres(recus): Parametres<Vec<(String, String)>>,
) -> Result<Response, Panne> {
    let campagne = app.campagnes.find(&code)?;
    let reponses = Reponses::lire(&campagne, &recus);
    let page = pages::eligibilite(&cadre, &campagne, &reponses);
    Ok(([(header::CACHE_CONTROL, "no-store")], page).into_response())
}
