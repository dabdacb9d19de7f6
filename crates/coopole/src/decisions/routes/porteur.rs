//! The decision as the team of its pole reads it, on screen and on paper.

use axum::{extract::State, response::Response};
use maud::Markup;
use uuid::Uuid;

use crate::{
    app::App,
    conventions,
    decisions::{
        lettre::{self, LETTRE},
        pages,
        rendue::Rendue,
        store::{self, Mien},
    },
    dossiers,
    socle::{
        db::Lecture,
        droits::{Droit, Personne},
        erreurs::Panne,
        horloge::RecuLe,
        mise_en_page::Cadre,
        papier,
        requete::Chemin,
    },
};

/// `GET /dossiers/{id}/decision`: the decision, once its author may read it.
pub async fn decision_du_dossier(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let mien = depose(&mut base, &personne, id).await?;
    match Rendue::lire(&app, &mut base, mien, cadre.maintenant).await? {
        Err(mien) => Ok(pages::porteur::en_cours(&cadre, &mien)),
        Ok(rendue) => {
            let convention = conventions::du_dossier(&mut base, id).await?;
            let lettre = papier::find(&mut base, id, LETTRE).await?;
            let poids = lettre.and_then(|lettre| u64::try_from(lettre.poids).ok());
            Ok(pages::porteur::decision(&cadre, &rendue, convention, poids))
        }
    }
}

/// `GET /dossiers/{id}/decision/lettre`: the same, as PDF. Before the instant
/// it does not exist, decided or not.
pub async fn lettre_de_decision(
    State(app): State<App>,
    personne: Personne,
    RecuLe(le): RecuLe,
    Chemin(id): Chemin<Uuid>,
) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    let mien = depose(&mut base, &personne, id).await?;
    let nom = format!("decision-{}", mien.numero);
    Rendue::lire(&app, &mut base, mien, le)
        .await?
        .map_err(|_| Panne::Introuvable)?;
    drop(base);
    papier::telecharger(&app, (id, LETTRE), &nom, lettre::document(&app, id, le)).await
}

/// The facts of a filed dossier, for its team; for others it does not exist.
async fn depose(base: &mut Lecture, personne: &Personne, id: Uuid) -> Result<Mien, Panne> {
    let dossier = dossiers::find(base, id).await?;
    personne.exiger(Droit::LireDossier, dossier.perimetre())?;
    match dossier.depose_le {
        Some(_) if dossier.retire_le.is_none() => store::mien(base, id).await,
        _ => Err(Panne::Introuvable),
    }
}
