//! Instruction over HTTP: extract, call the act, answer.

mod avis;
mod cellules;

pub use avis::{avis, create_avis, save_projet};
pub use cellules::{cellule, cellules, contact, create_contact, create_suppleance};

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use maud::Markup;
use metier::{
    commun::{Raison, Region, temps, typographie},
    instruction::Appreciation,
};
use uuid::Uuid;

use super::{
    actes,
    competence::{self, DossierDeCellule},
    faits,
    liste::{self, Filtre},
    pages::{self, VueLecture},
    store::{
        self,
        brouillons::{self, Saisi},
    },
};
use crate::{
    app::App,
    campagnes::Campagne,
    dossiers,
    socle::{
        brouillon::Brouillon,
        db::Lecture,
        droits::{Droit, Perimetre, Personne},
        erreurs::Panne,
        horloge::RecuLe,
        mise_en_page::Cadre,
        requete::{Chemin, Parametres, Saisie},
        tableur,
    },
    urls,
};

/// The cell of the address; without one, the first the person works for.
fn sa_cellule(personne: &Personne, filtre: &mut Filtre) -> Result<Region, Panne> {
    let region = match filtre.region.as_str() {
        "" => personne.regions(Droit::InstruireRegion).first().copied(),
        code => Region::par_code(code),
    };
    let region = region.ok_or(Panne::Introuvable)?;
    personne.exiger(Droit::InstruireRegion, Perimetre::Region(region))?;
    filtre.region = region.code().to_owned();
    Ok(region)
}

/// `GET /cellule?region=53`: what the cell has to do.
pub async fn a_faire(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Parametres(mut filtre): Parametres<Filtre>,
) -> Result<Markup, Panne> {
    let region = sa_cellule(&personne, &mut filtre)?;
    let mut base = app.db.lecture().await?;
    let vue = liste::lire(&app, &mut base, (region, personne.compte), filtre).await?;
    Ok(pages::liste(&cadre, &vue))
}

/// `GET /cellule/export`: the same list, as a file.
pub async fn export(
    State(app): State<App>,
    personne: Personne,
    Parametres(mut filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    let region = sa_cellule(&personne, &mut filtre)?;
    let mut base = app.db.lecture().await?;
    let dossiers = liste::exporter(&app, &mut base, (region, personne.compte), filtre).await?;
    let nom = format!("cellule-{}", region.code());
    Ok(tableur::telecharger(&nom, &pages::tableur(&dossiers)))
}

/// The dossier as its cell sees it, and its call.
async fn trouver(
    app: &App,
    base: &mut Lecture,
    id: Uuid,
    personne: &Personne,
    droit: Droit,
) -> Result<(DossierDeCellule, Arc<Campagne>), Panne> {
    let vu = competence::trouver(base, id, personne, droit).await?;
    let campagne = app.campagnes.find(&vu.dossier.campagne)?;
    Ok((vu, campagne))
}

async fn montrer_lecture(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    id: Uuid,
    saisies: &[Appreciation],
    raisons: &[Raison],
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let (vu, campagne) = trouver(app, &mut base, id, personne, Droit::InstruireRegion).await?;
    let contenu = dossiers::contenu(&mut base, id).await?;
    let vue = VueLecture {
        dossier: dossiers::montrer(&campagne, &contenu, &urls::instruction(id)),
        champs: dossiers::champs_montres(&campagne, &contenu),
        trouvailles: faits::examiner(&mut base, &campagne, &vu.dossier).await?,
        eligibilite: store::eligibilite(&mut base, id).await?,
        constats: brouillons::constats(&mut base, id).await?,
        notes: brouillons::notes(&mut base, id).await?,
        avis: store::avis(&mut base, id).await?,
        peut_rendre: personne.peut(Droit::RendreAvis, vu.perimetre()),
        vu: &vu,
        campagne: &campagne,
        saisies,
        raisons,
    };
    Ok(pages::lecture(cadre, &vue))
}

/// `GET /instruction/{id}`: the dossier beside the criteria.
pub async fn lecture(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    montrer_lecture(&app, &cadre, &personne, id, &[], &[]).await
}

/// `GET /instruction/{id}/pieces/{piece}`: a file of the dossier.
pub async fn piece(
    State(app): State<App>,
    personne: Personne,
    Chemin((id, piece)): Chemin<(Uuid, Uuid)>,
) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    competence::trouver(&mut base, id, &personne, Droit::InstruireRegion).await?;
    drop(base);
    dossiers::pieces::servir(&app, id, piece).await
}

/// `GET /instruction/{id}/budgets/{genre}`: one of its budgets, as a document.
pub async fn budget(
    State(app): State<App>,
    personne: Personne,
    Chemin((id, genre)): Chemin<(Uuid, String)>,
) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    competence::trouver(&mut base, id, &personne, Droit::InstruireRegion).await?;
    drop(base);
    dossiers::budgets::servir(&app, id, &genre).await
}

/// `POST /instruction/{id}/eligibilite`: confirms, or sets aside.
pub async fn create_eligibilite(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    let (_, campagne) = trouver(&app, &mut base, id, &par, Droit::RendreAvis).await?;
    drop(base);
    let appreciations = appreciations(&campagne, &saisie);
    let acte = actes::Statuer {
        par: par.clone(),
        dossier: id,
        campagne,
        ecarter: saisie.texte("conclusion") == "ecarter",
        appreciations: appreciations.clone(),
        recu_le,
    };
    app.repondre(
        acte,
        |_| format!("{}#eligibilite", urls::instruction(id)),
        async |raisons| montrer_lecture(&app, &cadre, &par, id, &appreciations, &raisons).await,
    )
    .await
}

/// What was said of each rule of the call.
fn appreciations(campagne: &Campagne, saisie: &Saisie) -> Vec<Appreciation> {
    let dite = |code: &str| {
        let tenue = match saisie.texte(code) {
            "tenue" => true,
            "non_tenue" => false,
            _ => return None,
        };
        Some(Appreciation {
            regle: code.to_owned(),
            tenue,
            motif: saisie.texte(&format!("{code}.motif")).to_owned(),
        })
    };
    let regles = campagne.regles.iter();
    regles.filter_map(|regle| dite(&regle.code)).collect()
}

/// `POST /instruction/{id}/constats/{critere}`: a draft, by the script or by
/// its button.
pub async fn save_constat(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin((id, code)): Chemin<(Uuid, String)>,
    envoi: Brouillon,
) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    let (vu, campagne) = trouver(&app, &mut base, id, &par, Droit::InstruireRegion).await?;
    let sujet = pages::sujet(&campagne, &code).ok_or(Panne::Introuvable)?;
    if store::avis(&mut base, id).await?.is_some() {
        return Err(Panne::Conflit("the opinion is given"));
    }
    drop(base);
    let saisi = saisi(&code, &envoi);
    let mut tx = app.db.begin().await?;
    let version = brouillons::record_constat(&mut tx, id, &saisi, par.compte, recu_le.0).await?;
    tx.commit().await?;
    if let Some(version) = version {
        let phrase = phrase_enregistre(recu_le, &par);
        let place = format!("{}#{code}", urls::instruction(id));
        return Ok(envoi.enregistre(version, &phrase, &place));
    }
    let mut base = app.db.lecture().await?;
    let constats = brouillons::constats(&mut base, id).await?;
    let autre = constats.iter().find(|c| c.critere == code);
    let autre = autre.ok_or(Panne::Conflit("a finding"))?;
    let phrase = format!(
        "Cette réponse a été modifiée à {}.",
        temps::heure(autre.modifie_le)
    );
    let page = pages::conflit(&cadre, &vu, sujet, &saisi, autre);
    Ok(envoi.en_conflit(&phrase, page))
}

/// What the script or the page of a conflict sends of one criterion.
fn saisi(code: &str, envoi: &Brouillon) -> Saisi {
    let saisie = &envoi.saisie;
    let champ = |nom: &str| {
        let long = format!("{code}.{nom}");
        saisie
            .recu(&long)
            .unwrap_or_else(|| saisie.texte(nom))
            .to_owned()
    };
    Saisi {
        critere: code.to_owned(),
        texte: champ("texte"),
        solide: match champ("force").as_str() {
            "solide" => Some(true),
            "a_renforcer" => Some(false),
            _ => None,
        },
        version: envoi.version(),
    }
}

fn phrase_enregistre(recu_le: RecuLe, par: &Personne) -> String {
    typographie(&format!(
        "Enregistré à {} par {}.",
        temps::heure(recu_le.0),
        par.nom
    ))
}

/// `POST /instruction/{id}/notes`: a private note.
pub async fn create_note(
    State(app): State<App>,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    trouver(&app, &mut base, id, &par, Droit::InstruireRegion).await?;
    drop(base);
    let texte = saisie.texte("note");
    if !texte.is_empty() {
        let mut tx = app.db.begin().await?;
        brouillons::record_note(&mut tx, id, texte, par.compte, recu_le.0).await?;
        tx.commit().await?;
    }
    let suite = format!("{}#notes", urls::instruction(id));
    Ok(Redirect::to(&suite).into_response())
}
