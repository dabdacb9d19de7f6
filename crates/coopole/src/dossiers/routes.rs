//! Dossiers over HTTP: extract, call the act, answer.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use maud::Markup;
use metier::commun::Refus;
use uuid::Uuid;

use super::{actes, pages, store};
use crate::{
    app::App,
    socle::{
        droits::{Droit, Personne},
        erreurs::{Echec, Panne},
        horloge::RecuLe,
        mise_en_page::Cadre,
        requete::{Chemin, Saisie},
    },
    urls,
};

/// `GET /espace`: the next action of the person, their dossiers, their roles.
pub async fn espace(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
) -> Result<Markup, Panne> {
    let dossiers = store::de_la_personne(&mut app.db.lecture().await?, &personne).await?;
    Ok(pages::espace(&cadre, &personne, &dossiers))
}

/// `POST /appels/{code}/dossiers`: opens a draft, or leads to the one there is.
pub async fn create_ouverture(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(code): Chemin<String>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let campagne = app.campagnes.find(&code)?;
    let pole: Uuid = saisie
        .texte("pole")
        .parse()
        .map_err(|_| Panne::Introuvable)?;
    match app
        .accomplir(actes::Ouvrir {
            par,
            campagne,
            pole,
            recu_le,
        })
        .await
    {
        Ok(ouvert) => Ok(Redirect::to(&urls::dossier(ouvert.id)).into_response()),
        Err(Echec::Refus(refus)) => {
            let page = pages::refus(&cadre, "Commencer un dossier", &refus.raisons());
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(Echec::Panne(panne)) => Err(panne),
    }
}

/// `GET /dossiers/{id}`
pub async fn sommaire(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let dossier = store::find_pour(&mut base, id, &personne, Droit::LireDossier).await?;
    Ok(pages::sommaire(&cadre, &dossier))
}
