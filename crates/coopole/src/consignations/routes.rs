//! What was before, over HTTP, for whoever answers for it.

use axum::{extract::State, response::Response};
use maud::Markup;
use metier::{commun::Raison, poles::consignation::Anterieur};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    actes::{Annuler, Attester, Consigner, Qui, exiger},
    pages::{self, AAnnuler, Saisi, Vue},
    store,
};
use crate::{
    app::App,
    campagnes, charte,
    socle::{
        db::Lecture,
        droits::Personne,
        erreurs::Panne,
        horloge::RecuLe,
        mise_en_page::Cadre,
        reprise,
        requete::{Chemin, Parametres, Saisie},
    },
    urls,
};

fn genre(code: &str, personne: &Personne) -> Result<Anterieur, Panne> {
    let genre = Anterieur::par_code(code).ok_or(Panne::Introuvable)?;
    exiger(personne, genre).map(|()| genre)
}

async fn lire(app: &App, base: &mut Lecture, genre: Anterieur) -> Result<Vue, Panne> {
    let objets = match genre {
        Anterieur::Signature => {
            let versions = charte::lire(base).await?.versions.into_iter().rev();
            let reelles = versions.filter(|version| version.vaut.is_none());
            reelles.map(|v| (v.code, v.titre)).collect()
        }
        Anterieur::Laureat => campagnes::appels_a_laureats()
            .map(|appel| (appel.code.to_owned(), appel.titre.to_owned()))
            .collect(),
    };
    Ok(Vue {
        genre,
        objets,
        consignees: store::lister(base, genre).await?,
        attestations: store::attestations(base).await?,
        comptes: store::compter(base, genre, app.reglages.demonstration).await?,
    })
}

fn qui(app: &App, par: Personne, recu_le: RecuLe) -> Qui {
    Qui {
        par,
        recu_le,
        demonstration: app.reglages.demonstration,
    }
}

/// The list again, done or to be mended.
async fn reponse(
    app: &App,
    cadre: &Cadre,
    genre: Anterieur,
    issue: Result<(), Vec<Raison>>,
    saisi: &Saisi,
) -> Result<Response, Panne> {
    match issue {
        Ok(()) => Ok(reprise::vers(&urls::consignations(genre))),
        Err(raisons) => {
            let vue = lire(app, &mut app.db.lecture().await?, genre).await?;
            let page = pages::consignations(cadre, &vue, saisi, &raisons);
            Ok(reprise::page(page))
        }
    }
}

/// `GET /consignations/{genre}`
pub async fn consignations(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(code): Chemin<String>,
) -> Result<Markup, Panne> {
    let genre = genre(&code, &personne)?;
    let vue = lire(&app, &mut app.db.lecture().await?, genre).await?;
    Ok(pages::consignations(&cadre, &vue, &Saisi::default(), &[]))
}

/// `POST /consignations/{genre}`
pub async fn create_consignations(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(code): Chemin<String>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let genre = genre(&code, &par)?;
    let saisi = Saisi {
        objet: saisie.texte("objet").to_owned(),
        source: saisie.texte("source").to_owned(),
        lignes: saisie.texte("lignes").to_owned(),
        ..Saisi::default()
    };
    let acte = Consigner {
        qui: qui(&app, par, recu_le),
        genre,
        objet: saisi.objet.clone(),
        source: saisi.source.clone(),
        lignes: saisi.lignes.clone(),
    };
    let issue = app.tenter(acte).await?.map(drop);
    reponse(&app, &cadre, genre, issue, &saisi).await
}

/// `POST /consignations/{genre}/attestation`
pub async fn create_attestation(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(code): Chemin<String>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let genre = genre(&code, &par)?;
    let saisi = Saisi {
        jour: saisie.texte("jour").to_owned(),
        source_liste: saisie.texte("source_liste").to_owned(),
        confirme: saisie.coche("confirmation"),
        ..Saisi::default()
    };
    let acte = Attester {
        qui: qui(&app, par, recu_le),
        liste: genre,
        jour: saisi.jour.clone(),
        source: saisi.source_liste.clone(),
        confirme: saisi.confirme,
    };
    let issue = app.tenter(acte).await?.map(drop);
    reponse(&app, &cadre, genre, issue, &saisi).await
}

/// What an address of the undoing names.
#[derive(Deserialize)]
pub struct Objet {
    objet: Uuid,
}

async fn a_annuler(base: &mut Lecture, genre: Anterieur, id: Uuid) -> Result<AAnnuler, Panne> {
    if let Some(consignee) = store::find(base, id).await?
        && consignee.genre == genre
    {
        return Ok(AAnnuler::Consignee(consignee));
    }
    let mut attestations = store::attestations(base).await?.into_iter();
    let siennes = attestations.find(|a| a.id == id && a.liste == genre);
    siennes.map(AAnnuler::Attestation).ok_or(Panne::Introuvable)
}

async fn montrer_l_annulation(
    app: &App,
    cadre: &Cadre,
    (genre, id): (Anterieur, Uuid),
    motif: &str,
    raisons: &[Raison],
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let quoi = a_annuler(&mut base, genre, id).await?;
    let vue = lire(app, &mut base, genre).await?;
    Ok(pages::annulation(cadre, &vue, (&quoi, motif), raisons))
}

/// `GET /consignations/{genre}/annulation?objet=…`: a reason is asked for.
pub async fn annulation(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(code): Chemin<String>,
    Parametres(Objet { objet }): Parametres<Objet>,
) -> Result<Markup, Panne> {
    let genre = genre(&code, &personne)?;
    montrer_l_annulation(&app, &cadre, (genre, objet), "", &[]).await
}

/// `POST /consignations/{genre}/annulation?objet=…`
pub async fn create_annulation(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    (Chemin(code), Parametres(Objet { objet })): (Chemin<String>, Parametres<Objet>),
    saisie: Saisie,
) -> Result<Response, Panne> {
    let genre = genre(&code, &par)?;
    let motif = saisie.texte("motif").to_owned();
    let acte = Annuler {
        qui: qui(&app, par, recu_le),
        genre,
        objet,
        motif: motif.clone(),
    };
    Ok(match app.tenter(acte).await? {
        Ok(_) => reprise::vers(&urls::consignations(genre)),
        Err(raisons) => {
            let page = montrer_l_annulation(&app, &cadre, (genre, objet), &motif, &raisons);
            reprise::page(page.await?)
        }
    })
}
