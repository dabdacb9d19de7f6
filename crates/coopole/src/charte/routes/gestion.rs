//! The pages of the keeper of the Charter.

use axum::{extract::State, response::Response};
use maud::Markup;

use super::Filtre;
use crate::{
    app::App,
    charte::{actes::Publier, pages, store},
    socle::{
        droits::{Droit, Perimetre, Personne},
        erreurs::Panne,
        horloge::RecuLe,
        mise_en_page::Cadre,
        reprise,
        requete::{Chemin, Parametres, Saisie},
    },
    urls,
};

fn tient_la_charte(personne: &Personne) -> Result<(), Panne> {
    personne.exiger(Droit::TenirCharte, Perimetre::National)
}

/// `GET /charte/gestion`: the laureates of the accompaniment who have not signed.
pub async fn relances(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
) -> Result<Markup, Panne> {
    tient_la_charte(&personne)?;
    let mut base = app.db.lecture().await?;
    let vue = pages::Relances {
        manquants: store::manquants(&mut base).await?,
        laureats: store::compter_les_laureats(&mut base).await?,
    };
    Ok(pages::relances(&cadre, &vue))
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

/// `GET /charte/gestion/versions`
pub async fn versions(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
) -> Result<Markup, Panne> {
    tient_la_charte(&personne)?;
    let charte = store::lire(&mut app.db.lecture().await?).await?;
    Ok(pages::versions(&cadre, &charte))
}

/// `GET /charte/gestion/versions/{code}`: where its text is poured in.
pub async fn version(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(code): Chemin<String>,
) -> Result<Markup, Panne> {
    tient_la_charte(&personne)?;
    let vue = lire(&app, &code).await?;
    Ok(pages::version(&cadre, &vue, None, &[]))
}

async fn lire(app: &App, code: &str) -> Result<pages::VersionTenue, Panne> {
    let mut base = app.db.lecture().await?;
    let charte = store::lire(&mut base).await?;
    let version = charte
        .version(code)
        .filter(|version| version.vaut.is_none());
    Ok(pages::VersionTenue {
        version: version.ok_or(Panne::Introuvable)?.clone(),
        texte: store::texte(&mut base, code).await?,
        signatures: store::signatures_du_texte(&mut base, code).await?,
    })
}

/// `POST /charte/gestion/versions/{code}`: the text of that version is this one.
pub async fn create_publication(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(version): Chemin<String>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    tient_la_charte(&par)?;
    let texte = saisie.texte("texte").to_owned();
    let acte = Publier {
        par,
        version: version.clone(),
        texte: texte.clone(),
        recu_le,
    };
    Ok(match app.tenter(acte).await? {
        Ok(_) => reprise::vers(&urls::version_de_la_charte(&version)),
        Err(raisons) => {
            let vue = lire(&app, &version).await?;
            reprise::page(pages::version(&cadre, &vue, Some(&texte), &raisons))
        }
    })
}
