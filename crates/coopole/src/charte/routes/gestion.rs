//! The pages of the keeper of the Charter.

use axum::extract::State;
use maud::Markup;

use super::Filtre;
use crate::{
    app::App,
    charte::pages,
    socle::{
        droits::{Droit, Perimetre, Personne},
        erreurs::Panne,
        mise_en_page::Cadre,
        requete::Parametres,
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
