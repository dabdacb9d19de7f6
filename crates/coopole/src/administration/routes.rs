//! The machine, over HTTP.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use maud::Markup;
use uuid::Uuid;

use super::{actes, pages, store};
use crate::{
    app::App,
    socle::{
        droits::{Droit, Perimetre, Personne},
        erreurs::{Echec, Panne},
        horloge::RecuLe,
        journal::scellement,
        mise_en_page::Cadre,
        requete::Chemin,
    },
    urls,
};

/// `GET /admin`
pub async fn sante(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
) -> Result<Markup, Panne> {
    personne.exiger(Droit::Administrer, Perimetre::National)?;
    let mut base = app.db.lecture().await?;
    let machine = pages::Machine {
        base: app.db.nom(),
        poste: app.poste.is_some(),
        sante: store::sante(&mut base, app.horloge.now()).await?,
        tete: scellement::tete(&mut base).await?,
        taches: store::taches_en_echec(&mut base).await?,
    };
    Ok(pages::sante(&cadre, &machine))
}

/// `POST /admin/taches/{id}/relance`
pub async fn create_relance(
    State(app): State<App>,
    par: Personne,
    recu_le: RecuLe,
    Chemin(tache): Chemin<Uuid>,
) -> Result<Response, Panne> {
    match app
        .accomplir(actes::Relancer {
            par,
            tache,
            recu_le,
        })
        .await
    {
        Ok(()) => Ok(Redirect::to(urls::ADMIN).into_response()),
        Err(Echec::Refus(jamais)) => match jamais {},
        Err(Echec::Panne(panne)) => Err(panne),
    }
}
