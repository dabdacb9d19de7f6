//! The proof that a filing or a signature of the Charter is in the journal, as a
//! file: with the facts of the receipt for its team, without them for who only
//! holds the code.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use uuid::Uuid;

use super::verification::Code;
use crate::{
    app::App,
    dossiers::{
        store::{self, LigneDepot},
        verification::Delivre,
    },
    socle::{
        codes,
        db::Lecture,
        droits::{Droit, Personne},
        erreurs::Panne,
        journal::preuve::{self, Preuve},
        requete::{Chemin, Parametres},
    },
};

/// The proof of a filing, once sealed.
pub(super) async fn du_depot(
    app: &App,
    base: &mut Lecture,
    depot: &LigneDepot,
) -> Result<Option<Preuve>, Panne> {
    match depot.entree {
        Some(entree) => preuve::preuve(base, &app.cle, entree).await,
        None => Ok(None),
    }
}

/// `GET /dossiers/{id}/accuse/preuve`
pub async fn preuve_du_depot(
    State(app): State<App>,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    let dossier = store::find_pour(&mut base, id, &personne, Droit::LireDossier).await?;
    let depot = store::find_depot(&mut base, id).await?;
    let depot = depot.ok_or(Panne::Introuvable)?;
    let preuve = du_depot(&app, &mut base, &depot).await?;
    let preuve = preuve.ok_or(Panne::Introuvable)?;
    let preuve = preuve.avec_le_texte(&mut base, &depot.faits).await?;
    fichier(&preuve, &dossier.numero)
}

/// `GET /verification/preuve?code=`: anyone who holds the paper.
pub async fn preuve_publique(
    State(app): State<App>,
    Parametres(demande): Parametres<Code>,
) -> Result<Response, Panne> {
    let code = codes::lire(&demande.code);
    let mut base = app.db.lecture().await?;
    let delivre = Delivre::du_code(&mut base, &code).await?;
    let delivre = delivre.ok_or(Panne::Introuvable)?;
    let preuve = delivre.au_journal(&app, &mut base).await?;
    fichier(&preuve.ok_or(Panne::Introuvable)?, &code)
}

fn fichier(preuve: &Preuve, nom: &str) -> Result<Response, Panne> {
    let entetes = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"preuve-{nom}.json\""),
        ),
    ];
    Ok((entetes, preuve.en_json()?).into_response())
}
