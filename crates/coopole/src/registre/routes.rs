//! The public face, over HTTP.

mod annuaire;
mod carte;
mod corrections;
mod declarations;
mod exports;
mod fusions;
mod recensement;
mod revendications;
mod sorties;
mod suivis;

pub use annuaire::{annuaire, cluster, clusters, departement, epci, fiche, region, regions};
pub use carte::{carte, carte_integree};
pub use corrections::{
    annulation, correctifs, correction, corrections, create_annulation, create_correction,
    create_moderation, historique,
};
pub use declarations::{
    create_declaration, create_reponse_a_la_declaration, create_retrait_de_declaration,
    declarations, declarer,
};
pub use exports::{
    csv, csv_des_changements, csv_des_membres, csv_des_regions, csv_des_signes, csv_tableur,
    donnees_ouvertes, geojson, json, xlsx,
};
pub use fusions::{
    create_defaite, create_distinction, create_fusion, create_rapprochement, doublon, doublons,
};
pub use recensement::{export, liste_recensee, recensement};
pub use revendications::{
    create_code, create_envoi, create_lettre, create_reponse, create_reprise, create_retrait,
    create_revendication, lettre, lettre_imprimee, revendication, revendications,
};
pub use sorties::{create_annulation_de_sortie, create_sortie, csv_des_sorties, sortie, sortis};
pub use suivis::{create_suivi, delete_suivi, flux, mon_territoire, suivis};

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use maud::Markup;
use metier::{campagnes::EtatCampagne, commun::Region};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    journal::TetePubliee,
    pages::{self, Feuillet},
    store::{self, Recherche},
};
use crate::{
    app::App,
    decisions,
    poles::comptes,
    socle::{
        db::Lecture,
        droits::{Droit, Perimetre, Personne, Role},
        erreurs::Panne,
        journal::{scellement, verification},
        mise_en_page::{Cadre, Lentille},
        requete::Parametres,
    },
};

/// Leads an address that asks for a region of before 2016 to the same of today,
/// for good.
fn vers_la_region_d_aujourd_hui(
    code: &str,
    adresse: impl FnOnce(Region) -> String,
) -> Option<Response> {
    let region = Region::par_ancien_code(code)?;
    let vers = [(header::LOCATION, adresse(region))];
    Some((StatusCode::MOVED_PERMANENTLY, vers).into_response())
}

/// Entries shown at once.
const PAR_PAGE: i64 = 50;

/// Where the operator writes the legal notice, in the data folder.
const MENTIONS: &str = "mentions-legales.txt";

/// `GET /`
pub async fn accueil(State(app): State<App>, cadre: Cadre) -> Result<Markup, Panne> {
    let le = cadre.maintenant;
    let dans_l_etat = |etat| app.campagnes.dans_l_etat(etat, le).next();
    let mut base = app.db.lecture().await?;
    let poles = comptes::par_region(&mut base, false).await?;
    // Asked only where it is shown: no call is open.
    let notifiee = match (
        dans_l_etat(EtatCampagne::Ouverte),
        dans_l_etat(EtatCampagne::Close),
    ) {
        (None, Some(derniere)) => {
            let actes = decisions::actes_publics(&mut base, &derniere.code, le).await?;
            actes.notifiee
        }
        _ => false,
    };
    let page = pages::accueil(&cadre, &app.campagnes, notifiee, &poles);
    Ok(page)
}

/// `GET /accessibilite`
pub async fn accessibilite(State(app): State<App>, cadre: Cadre) -> Markup {
    pages::accessibilite(&cadre, app.reglages.assistance.as_deref())
}

/// `GET /mentions-legales`: what the operator wrote, read at each showing.
pub async fn mentions_legales(State(app): State<App>, cadre: Cadre) -> Result<Markup, Panne> {
    let texte = match tokio::fs::read_to_string(app.reglages.donnees.join(MENTIONS)).await {
        Ok(texte) => Some(texte),
        Err(absent) if absent.kind() == std::io::ErrorKind::NotFound => None,
        Err(panne) => return Err(panne.into()),
    };
    let assistance = app.reglages.assistance.as_deref();
    Ok(pages::mentions_legales(
        &cadre,
        texte.as_deref(),
        assistance,
    ))
}

/// `GET /donnees-personnelles`
pub async fn donnees_personnelles(State(app): State<App>, cadre: Cadre) -> Markup {
    pages::donnees_personnelles(&cadre, &app.campagnes, app.reglages.assistance.as_deref())
}

/// `GET /plan`
pub async fn plan(State(app): State<App>, cadre: Cadre) -> Markup {
    pages::plan(&cadre, &app.campagnes)
}

/// `GET /aide`
pub async fn aide(State(app): State<App>, cadre: Cadre) -> Markup {
    pages::aide(&cadre, app.reglages.assistance.as_deref())
}

/// `GET /journal/tete`: a page for a browser, JSON or text for a program.
pub async fn tete(
    State(app): State<App>,
    cadre: Cadre,
    entetes: HeaderMap,
) -> Result<Response, Panne> {
    let tete = lire_la_tete(&app, &mut app.db.lecture().await?).await?;
    let accepte = entetes
        .get(header::ACCEPT)
        .and_then(|valeur| valeur.to_str().ok())
        .unwrap_or_default();
    let corps = if accepte.contains("text/html") {
        pages::tete(&cadre, tete.as_ref()).into_response()
    } else if accepte.contains("application/json") {
        Json(&tete).into_response()
    } else {
        let rien = || "rien n’est encore scellé\n".to_owned();
        tete.map_or_else(rien, |tete| tete.en_texte())
            .into_response()
    };
    Ok(([(header::VARY, "accept")], corps).into_response())
}

async fn lire_la_tete(app: &App, base: &mut Lecture) -> Result<Option<TetePubliee>, Panne> {
    let tete = scellement::tete(base).await?;
    tete.map(|tete| TetePubliee::new(&tete, &app.cle))
        .transpose()
}

#[derive(Deserialize)]
pub struct Demande {
    acte: Option<String>,
    objet: Option<String>,
    avant: Option<String>,
    /// Present: verifies the whole chain first.
    verifier: Option<String>,
}

/// `GET /journal`: for auditors and the pilot, who may see a decision before
/// its notification.
pub async fn journal(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Parametres(demande): Parametres<Demande>,
) -> Result<Markup, Panne> {
    personne.exiger(Droit::LireJournal, Perimetre::National)?;
    let recherche = Recherche {
        acte: demande.acte.filter(|acte| !acte.is_empty()),
        objet: identifiant(demande.objet.as_deref())?,
        avant: identifiant(demande.avant.as_deref())?,
    };
    let mut base = app.db.lecture().await?;
    let verdict = match demande.verifier {
        Some(_) => Some(verification::verifier(&mut base, &app.cle).await?),
        None => None,
    };
    let mut inscriptions = store::inscriptions(&mut base, &recherche, PAR_PAGE + 1).await?;
    let suite = inscriptions.len() as i64 > PAR_PAGE;
    inscriptions.truncate(PAR_PAGE as usize);
    let feuillet = Feuillet {
        tete: lire_la_tete(&app, &mut base).await?,
        recherche,
        inscriptions,
        suite,
        verdict,
        lentille: if personne.a_le_role(Role::Pilote) {
            Lentille::Pilotage
        } else {
            Lentille::Audit
        },
    };
    Ok(pages::journal(&cadre, &feuillet))
}

/// What is not an identifier is no entry and no object of ours.
fn identifiant(texte: Option<&str>) -> Result<Option<Uuid>, Panne> {
    texte
        .filter(|texte| !texte.is_empty())
        .map(|texte| texte.parse().map_err(|_| Panne::Introuvable))
        .transpose()
}
