//! Signing in and out, over HTTP.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use maud::Markup;
use metier::commun::est_une_adresse;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    demandes, pages,
    store::{self, LienVivant},
};
use crate::{
    app::App,
    socle::{
        droits::Personne,
        erreurs::Panne,
        horloge::{Chronometre, RecuLe},
        mise_en_page::Cadre,
        provenance::Provenance,
        reprise,
        requete::{Chemin, EnDemonstration, Parametres, Saisie},
        session,
    },
    urls,
};

#[derive(Deserialize)]
pub struct Suite {
    suite: Option<String>,
}

/// `GET /connexion`
pub async fn connexion(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(Suite { suite }): Parametres<Suite>,
) -> Result<Markup, Panne> {
    let suite = suite.as_deref().and_then(urls::suite_sure);
    let troupe = troupe(&app).await?;
    Ok(pages::connexion(&cadre, suite, "", None, &troupe))
}

/// `POST /connexion`: writes the request for a link down.
pub async fn create_demande(
    State(app): State<App>,
    cadre: Cadre,
    provenance: Provenance,
    saisie: Saisie,
) -> Result<Response, Panne> {
    app.frein.compter(provenance, Chronometre.now())?;
    let courriel = saisie.texte("courriel");
    let suite = urls::suite_sure(saisie.texte("suite"));
    if !est_une_adresse(courriel) {
        let erreur = "Une adresse électronique est attendue, par exemple nom@organisation.fr.";
        let troupe = troupe(&app).await?;
        let page = pages::connexion(&cadre, suite, courriel, Some(erreur), &troupe);
        return Ok(reprise::page(page));
    }
    demandes::demander(&app, courriel, suite).await?;
    Ok(pages::lien_demande(&cadre).into_response())
}

/// `GET /connexion/{jeton}`: shows a button and consumes nothing.
pub async fn lien(
    State(app): State<App>,
    cadre: Cadre,
    Chemin(jeton): Chemin<String>,
) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    match store::lien_vivant(&mut base, &jeton, Chronometre.now()).await? {
        Some(LienVivant::Compte) => Ok(pages::lien(&cadre, &jeton).into_response()),
        Some(LienVivant::Nouveau) => {
            Ok(pages::lien_nouveau(&cadre, &jeton, "", &[]).into_response())
        }
        None => Ok((StatusCode::GONE, pages::lien_mort(&cadre)).into_response()),
    }
}

/// `POST /connexion/{jeton}`: consumes the link and opens a session; an account
/// first, for an address that had none.
pub async fn create_session(
    State(app): State<App>,
    cadre: Cadre,
    entetes: HeaderMap,
    recu_le: RecuLe,
    Chemin(jeton): Chemin<String>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let lien = {
        let mut base = app.db.lecture().await?;
        store::lien_vivant(&mut base, &jeton, Chronometre.now()).await?
    };
    if lien == Some(LienVivant::Nouveau) {
        let nom = saisie.texte("nom");
        let acte = demandes::Inscrire {
            entetes,
            jeton: jeton.clone(),
            nom: nom.to_owned(),
            recu_le,
        };
        return Ok(match app.tenter(acte).await? {
            Ok(fait) => entrer(&app, &fait.secret, fait.suite.as_deref()),
            Err(raisons) => reprise::page(pages::lien_nouveau(&cadre, &jeton, nom, &raisons)),
        });
    }
    match demandes::consommer(&app, &entetes, &jeton).await? {
        Some((secret, suite)) => Ok(entrer(&app, &secret, suite.as_deref())),
        None => Ok((StatusCode::GONE, pages::lien_mort(&cadre)).into_response()),
    }
}

/// `POST /connexion/distribution`: one click in a demonstration. Does not
/// exist elsewhere, and opens no account but the cast's.
pub async fn create_session_de_demonstration(
    State(app): State<App>,
    _: EnDemonstration,
    entetes: HeaderMap,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let compte: Uuid = saisie
        .texte("compte")
        .parse()
        .map_err(|_| Panne::Introuvable)?;
    let mut tx = app.db.begin().await?;
    if !store::est_de_la_distribution(&mut tx, compte).await? {
        return Err(Panne::Introuvable);
    }
    let secret = session::renouveler(&mut tx, &entetes, compte).await?;
    tx.commit().await?;
    Ok(entrer(&app, &secret, Some(saisie.texte("suite"))))
}

/// `GET /compte`
pub async fn compte(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let ouvertes = store::compter_sessions(&mut base, personne.compte, Chronometre.now()).await?;
    Ok(pages::compte(&cadre, ouvertes))
}

/// `POST /deconnexion`
pub async fn delete_session(State(app): State<App>, entetes: HeaderMap) -> Result<Response, Panne> {
    let mut tx = app.db.begin().await?;
    session::fermer(&mut tx, &entetes).await?;
    tx.commit().await?;
    Ok(sortir())
}

/// `POST /deconnexion/partout`
pub async fn delete_sessions(
    State(app): State<App>,
    personne: Personne,
) -> Result<Response, Panne> {
    let mut tx = app.db.begin().await?;
    session::fermer_partout(&mut tx, personne.compte).await?;
    tx.commit().await?;
    Ok(sortir())
}

async fn troupe(app: &App) -> Result<Vec<store::Membre>, Panne> {
    match app.reglages.demonstration {
        true => store::distribution(&mut app.db.lecture().await?, app.horloge.now()).await,
        false => Ok(Vec::new()),
    }
}

fn entrer(app: &App, secret: &str, suite: Option<&str>) -> Response {
    let suite = suite.and_then(urls::suite_sure).unwrap_or(urls::ESPACE);
    let temoin = session::poser_temoin(app, secret);
    ([(header::SET_COOKIE, temoin)], Redirect::to(suite)).into_response()
}

fn sortir() -> Response {
    (
        [(header::SET_COOKIE, session::oter_temoin())],
        Redirect::to(urls::ACCUEIL),
    )
        .into_response()
}
