//! The doors of a demonstration, over HTTP. Outside one they do not exist.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use maud::Markup;
use serde::Deserialize;
use uuid::Uuid;

use super::{Jeu, etapes, naissance, pages, store, temps};
use crate::{
    app::App,
    socle::{
        erreurs::Panne,
        mise_en_page::Cadre,
        requete::{EnDemonstration, Parametres, Saisie},
    },
    urls,
};

/// How many mails a page of the mailbox shows.
const COURRIELS: usize = 20;

/// Which page of the mailbox.
#[derive(Deserialize)]
pub struct Feuillet {
    avant: Option<Uuid>,
}

/// `GET /demonstration`: a tour in ten minutes.
pub async fn visite(
    State(app): State<App>,
    _: EnDemonstration,
    cadre: Cadre,
) -> Result<Markup, Panne> {
    let jeu = naissance::jeu_de(&mut app.db.lecture().await?).await?;
    Ok(match jeu {
        Jeu::Bilan2022 => pages::visite_du_registre(&cadre),
        Jeu::Monde | Jeu::Distribution => pages::visite(&cadre),
    })
}

/// `GET /courriels`: what the house would have sent.
pub async fn boite(
    State(app): State<App>,
    _: EnDemonstration,
    cadre: Cadre,
    Parametres(Feuillet { avant }): Parametres<Feuillet>,
) -> Result<Markup, Panne> {
    let combien = COURRIELS as i64 + 1;
    let mut courriels = store::courriels(&mut app.db.lecture().await?, avant, combien).await?;
    let suite = courriels.len() > COURRIELS;
    courriels.truncate(COURRIELS);
    Ok(pages::boite(&cadre, &courriels, (avant.is_some(), suite)))
}

/// `POST /demonstration/horloge`: moves the time to a step, one step after the
/// other, and does what falls due at each before answering: decisions are never
/// dated after the agreements that come of them.
pub async fn create_avance(
    State(app): State<App>,
    _: EnDemonstration,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let code = saisie.texte("etape");
    let a_venir: Vec<_> = etapes::a_venir(app.horloge.now()).collect();
    let rang = a_venir.iter().position(|etape| etape.code == code);
    for etape in &a_venir[..=rang.ok_or(Panne::Introuvable)?] {
        temps::avancer(&app, etape.instant()).await?;
    }
    let suite = urls::suite_sure(saisie.texte("suite")).unwrap_or(urls::ACCUEIL);
    Ok(Redirect::to(suite).into_response())
}

/// `POST /demonstration/recommencer`: the world as on its first day.
pub async fn create_recommencement(
    State(app): State<App>,
    _: EnDemonstration,
) -> Result<Response, Panne> {
    naissance::recommencer(&app).await?;
    Ok(Redirect::to(urls::CONNEXION).into_response())
}
