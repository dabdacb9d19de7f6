//! The pages of the keeper of the Charter.

use axum::{extract::State, response::Response};
use maud::Markup;
use metier::commun::Raison;
use uuid::Uuid;

use super::Filtre;
use crate::{
    app::App,
    charte::{
        garde::{Confirmer, Ecarter},
        pages, store,
    },
    socle::{
        droits::{Droit, Perimetre, Personne},
        erreurs::Panne,
        horloge::RecuLe,
        mise_en_page::Cadre,
        requete::{Chemin, Parametres, Saisie},
    },
    urls,
};

pub(super) fn tient_la_charte(personne: &Personne) -> Result<(), Panne> {
    personne.exiger(Droit::TenirCharte, Perimetre::National)
}

/// `GET /charte/gestion/signatures`
pub async fn signatures(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Markup, Panne> {
    tient_la_charte(&personne)?;
    let mut base = app.db.lecture().await?;
    let feuillet = filtre
        .feuillet(&mut base, urls::SIGNATURES_CHARTE, true)
        .await?;
    Ok(pages::signatures(&cadre, &feuillet))
}

/// `POST /charte/signatures/{id}/confirmation`: publishes one given in support.
pub async fn create_confirmation(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(signature): Chemin<Uuid>,
) -> Result<Response, Panne> {
    let acte = Confirmer {
        par,
        signature,
        url: app.reglages.url.clone(),
        recu_le,
    };
    app.repondre(
        acte,
        |()| urls::signature_de_la_charte(signature),
        async |raisons| ecarter(&app, &cadre, signature, ("", &raisons)).await,
    )
    .await
}

/// The page that sets a signature aside.
async fn ecarter(
    app: &App,
    cadre: &Cadre,
    signature: Uuid,
    (motif, raisons): (&str, &[Raison]),
) -> Result<Markup, Panne> {
    let lue = store::find(&mut app.db.lecture().await?, signature).await?;
    Ok(pages::ecarter(cadre, &lue, motif, raisons))
}

/// `GET /charte/signatures/{id}/ecartement`
pub async fn ecartement(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(signature): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    tient_la_charte(&personne)?;
    ecarter(&app, &cadre, signature, ("", &[])).await
}

/// `POST /charte/signatures/{id}/ecartement`
pub async fn create_ecartement(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(signature): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let motif = saisie.texte("motif").to_owned();
    let acte = Ecarter {
        par,
        signature,
        motif: motif.clone(),
        url: app.reglages.url.clone(),
        recu_le,
    };
    app.repondre(
        acte,
        |()| urls::signature_de_la_charte(signature),
        async |raisons| ecarter(&app, &cadre, signature, (&motif, &raisons)).await,
    )
    .await
}
