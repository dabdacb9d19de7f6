//! The register, over HTTP: what anyone reads.

use axum::{
    extract::State,
    http::{StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
};
use maud::Markup;
use metier::commun::Region;
use uuid::Uuid;

use super::vers_la_region_d_aujourd_hui;
use crate::{
    app::App,
    instruction,
    poles::{comptes::Lieu, fusions},
    registre::{
        annuaire::{self, Filtre, Monde},
        fiche, pages, region, suivis, territoire,
    },
    socle::{
        db::Lecture,
        epci,
        erreurs::Panne,
        mise_en_page::Cadre,
        requete::{Chemin, Parametres},
    },
    urls,
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

/// `GET /poles/{id}`: the record, or the one it was merged into.
pub async fn fiche(
    State(app): State<App>,
    cadre: Cadre,
    Chemin(id): Chemin<Uuid>,
) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    let Some(vue) = fiche::lire(&mut base, id, cadre.personne.as_ref()).await? else {
        return mener(&mut base, id, urls::pole).await;
    };
    let page = pages::fiche(&cadre, &vue, &app.campagnes, &app.reglages.url);
    Ok(page.into_response())
}

/// Leads from a record merged into another one to that one, for good.
async fn mener(
    base: &mut Lecture,
    id: Uuid,
    adresse: fn(Uuid) -> String,
) -> Result<Response, Panne> {
    let gardee = fusions::gardee(base, id).await?.ok_or(Panne::Introuvable)?;
    let vers = [(LOCATION, adresse(gardee))];
    Ok((StatusCode::MOVED_PERMANENTLY, vers).into_response())
}

/// `GET /en/poles`
pub async fn clusters(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Markup, Panne> {
    let vue = annuaire::lire(&mut app.db.lecture().await?, filtre).await?;
    Ok(pages::clusters(&cadre, &vue, &app.reglages.url))
}

/// `GET /en/poles/{id}`
pub async fn cluster(
    State(app): State<App>,
    cadre: Cadre,
    Chemin(id): Chemin<Uuid>,
) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    let Some(vue) = fiche::lire(&mut base, id, None).await? else {
        return mener(&mut base, id, urls::cluster).await;
    };
    let page = pages::cluster(&cadre, &vue, &app.campagnes, &app.reglages.url);
    Ok(page.into_response())
}

/// `GET /regions`
pub async fn regions(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(monde): Parametres<Monde>,
) -> Result<Markup, Panne> {
    let vue = region::toutes(&mut app.db.lecture().await?, monde).await?;
    Ok(pages::regions(&cadre, &vue))
}

/// `GET /regions/{code}`: one of before 2016 leads to that of today.
pub async fn region(
    State(app): State<App>,
    cadre: Cadre,
    Chemin(code): Chemin<String>,
    Parametres(monde): Parametres<Monde>,
) -> Result<Response, Panne> {
    let ailleurs = |region| monde.vers(&urls::region(region));
    if let Some(ailleurs) = vers_la_region_d_aujourd_hui(&code, ailleurs) {
        return Ok(ailleurs);
    }
    let region = Region::par_code(&code).ok_or(Panne::Introuvable)?;
    let mut base = app.db.lecture().await?;
    let vue = region::lire(&mut base, region, monde, cadre.maintenant).await?;
    let suivi = suivi(&mut base, &cadre, Lieu::Region(region)).await?;
    let publie = cadre
        .personne
        .as_ref()
        .is_some_and(|personne| instruction::exiger_de_publier(personne, region).is_ok());
    Ok(pages::region(&cadre, &vue, suivi, publie).into_response())
}

/// `GET /departements/{code}`
pub async fn departement(
    State(app): State<App>,
    cadre: Cadre,
    Chemin(code): Chemin<String>,
    Parametres(monde): Parametres<Monde>,
) -> Result<Markup, Panne> {
    let lieu = Lieu::par_code("departement", &code).ok_or(Panne::Introuvable)?;
    let region = Region::par_departement(lieu.code()).ok_or(Panne::Introuvable)?;
    let mut base = app.db.lecture().await?;
    let vue =
        territoire::departement(&mut base, (region, lieu.code()), monde, cadre.maintenant).await?;
    let suivi = suivi(&mut base, &cadre, lieu).await?;
    Ok(pages::departement(&cadre, &vue, suivi))
}

/// `GET /epci/{siren}`
pub async fn epci(
    State(app): State<App>,
    cadre: Cadre,
    Chemin(siren): Chemin<String>,
    Parametres(monde): Parametres<Monde>,
) -> Result<Markup, Panne> {
    let epci = epci::par_siren(&siren).ok_or(Panne::Introuvable)?;
    let mut base = app.db.lecture().await?;
    let vue = territoire::epci(&mut base, epci, monde, cadre.maintenant).await?;
    let suivi = suivi(&mut base, &cadre, Lieu::Epci(epci)).await?;
    Ok(pages::epci(&cadre, &vue, suivi))
}

/// Whether whoever reads follows this territory.
async fn suivi(base: &mut Lecture, cadre: &Cadre, lieu: Lieu) -> Result<Option<Uuid>, Panne> {
    match &cadre.personne {
        Some(personne) => suivis::sien(base, personne.compte, lieu).await,
        None => Ok(None),
    }
}
