//! The register, over HTTP: what anyone reads.

use axum::extract::State;
use maud::Markup;
use uuid::Uuid;

use crate::{
    app::App,
    registre::{
        annuaire::{self, Filtre},
        fiche, pages,
    },
    socle::{
        erreurs::Panne,
        mise_en_page::Cadre,
        requete::{Chemin, Parametres},
    },
};

/// `GET /poles`
pub async fn annuaire(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Markup, Panne> {
    let vue = annuaire::lire(&mut app.db.lecture().await?, filtre).await?;
    Ok(pages::annuaire(&cadre, &vue))
}

/// `GET /poles/{id}`
pub async fn fiche(
    State(app): State<App>,
    cadre: Cadre,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    let vue = fiche::lire(&mut app.db.lecture().await?, id, cadre.personne.as_ref())
        .await?
        .ok_or(Panne::Introuvable)?;
    Ok(pages::fiche(&cadre, &vue))
}
