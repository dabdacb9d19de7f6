//! The committee over HTTP: extract, call the act, answer.

mod examens;
mod seances;

pub use examens::{budget, create_rendu, examen, piece, save_examen};
pub use seances::{create_cloture, export, seance};

use std::sync::Arc;

use axum::{extract::State, response::Response};
use maud::Markup;
use metier::{
    comite::{Lien, Reponse, liens_calcules},
    commun::{Raison, temps, typographie},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    actes::{self, avis_echus},
    pages::{self, AppelDuComite, VueInterets},
    store::{self, interets::DossierDeclare},
};
use crate::{
    app::App,
    campagnes::Campagne,
    socle::{
        db::Lecture,
        droits::{Droit, Perimetre, Personne},
        erreurs::Panne,
        horloge::RecuLe,
        mise_en_page::Cadre,
        reprise,
        requete::{Chemin, Parametres, Saisie},
    },
    urls,
};

const PAR_PAGE: i64 = 50;

fn exiger(personne: &Personne) -> Result<(), Panne> {
    personne.exiger(Droit::ExaminerNational, Perimetre::National)
}

/// What follows the address: the place in a list, a step of a task.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Suite {
    apres: String,
    fait: String,
    relire: String,
}

/// `GET /comite`: interests to declare, then dossiers to mark.
pub async fn accueil(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Parametres(suite): Parametres<Suite>,
) -> Result<Markup, Panne> {
    exiger(&personne)?;
    let mut base = app.db.lecture().await?;
    let mut appels = Vec::new();
    for campagne in app.campagnes.toutes().filter(|c| c.grille.is_some()) {
        let code = &campagne.identite.code;
        let echus = avis_echus(campagne, cadre.maintenant);
        let restants = store::interets::restants(&mut base, code, personne.compte).await?;
        let ouvert = restants == 0 && campagne.fenetre().est_close(cadre.maintenant);
        let mut dossiers = match ouvert {
            true => {
                let page = (suite.apres.as_str(), PAR_PAGE + 1);
                store::a_noter(&mut base, code, personne.compte, echus, page).await?
            }
            false => Vec::new(),
        };
        let en_reste = dossiers.len() > PAR_PAGE as usize;
        dossiers.truncate(PAR_PAGE as usize);
        let dernier = dossiers.last().filter(|_| en_reste);
        appels.push(AppelDuComite {
            code: code.clone(),
            titre: campagne.identite.titre_court.clone(),
            ouvre: ouverture(campagne, cadre.maintenant),
            restants,
            avancement: store::avancement(&mut base, code, personne.compte, echus).await?,
            suivante: dernier.map(|d| format!("{}?apres={}", urls::COMITE, d.numero)),
            dossiers,
            close: store::seance(&mut base, code).await?.is_some(),
        });
    }
    Ok(pages::accueil(&cadre, &appels))
}

/// Interests are declared once the call is closed: the list is then whole.
fn ouverture(campagne: &Campagne, le: jiff::Timestamp) -> Option<String> {
    let fenetre = campagne.fenetre();
    if fenetre.est_close(le) {
        return None;
    }
    let cloture = fenetre.cloture.map(temps::instant_long);
    cloture.map(|cloture| {
        typographie(&format!(
            "Les intérêts se déclarent après la clôture : {cloture}."
        ))
    })
}

/// Every dossier one declares on, with the links found without asking.
async fn calcules(
    base: &mut Lecture,
    campagne: &Campagne,
    personne: &Personne,
) -> Result<Vec<(DossierDeclare, Vec<Lien>)>, Panne> {
    let code = &campagne.identite.code;
    let dossiers = store::interets::dossiers(base, code, personne.compte).await?;
    let examinateurs = store::interets::examinateurs(base, personne.compte).await?;
    let liens = |dossier: &DossierDeclare| {
        let examinateurs = examinateurs.iter();
        let mut liens: Vec<_> = examinateurs
            .flat_map(|e| liens_calcules(e, &dossier.examine))
            .collect();
        liens.dedup();
        liens
    };
    let avec = dossiers.into_iter().map(|dossier| {
        let liens = liens(&dossier);
        (dossier, liens)
    });
    Ok(avec.collect())
}

async fn montrer_interets(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    campagne: &Arc<Campagne>,
    (saisies, raisons, fait): (&[(Uuid, Reponse)], &[Raison], bool),
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let vue = VueInterets {
        code: &campagne.identite.code,
        titre: &campagne.identite.titre_court,
        dossiers: calcules(&mut base, campagne, personne).await?,
        saisies,
        vient_d_etre_declare: fait,
        raisons,
    };
    Ok(pages::interets(cadre, &vue))
}

/// The call, once it is closed and if it is examined at all.
fn appel_clos(app: &App, code: &str, le: jiff::Timestamp) -> Result<Arc<Campagne>, Panne> {
    let campagne = app.campagnes.find(code)?;
    match campagne.grille.is_some() && campagne.fenetre().est_close(le) {
        true => Ok(campagne),
        false => Err(Panne::Introuvable),
    }
}

/// `GET /interets/{campagne}`
pub async fn interets(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(code): Chemin<String>,
    Parametres(suite): Parametres<Suite>,
) -> Result<Markup, Panne> {
    exiger(&personne)?;
    let campagne = appel_clos(&app, &code, cadre.maintenant)?;
    let fait = !suite.fait.is_empty();
    montrer_interets(&app, &cadre, &personne, &campagne, (&[], &[], fait)).await
}

/// `POST /interets/{campagne}`: declares all at once or one by one.
pub async fn create_interets(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(code): Chemin<String>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    exiger(&par)?;
    let campagne = appel_clos(&app, &code, recu_le.0)?;
    let mut reponses = reponses(&saisie);
    if saisie.texte("autres") == "aucun" {
        let mut base = app.db.lecture().await?;
        let calcules = calcules(&mut base, &campagne, &par).await?;
        reponses.extend(aucun_lien_avec_les_autres(&calcules, &reponses));
    }
    let acte = actes::Declarer {
        par: par.clone(),
        campagne: campagne.clone(),
        reponses: reponses.clone(),
        recu_le,
    };
    let suite = format!("{}?fait=oui", urls::interets(&code));
    match app.tenter(acte).await {
        Ok(Ok(_)) | Err(Panne::Conflit(_)) => Ok(reprise::vers(&suite)),
        Err(panne) => Err(panne),
        Ok(Err(raisons)) => {
            let etat = (reponses.as_slice(), raisons.as_slice(), false);
            let page = montrer_interets(&app, &cadre, &par, &campagne, etat).await?;
            Ok(reprise::page(page))
        }
    }
}

/// The dossiers that nothing is said of yet, and that nothing is known of: one
/// button answers for them all, each with its own declaration.
fn aucun_lien_avec_les_autres(
    calcules: &[(DossierDeclare, Vec<Lien>)],
    dites: &[(Uuid, Reponse)],
) -> Vec<(Uuid, Reponse)> {
    let restants = calcules.iter().filter(|(dossier, liens)| {
        let dite = dites.iter().any(|(id, _)| *id == dossier.examine.id);
        liens.is_empty() && dossier.origine.is_none() && dossier.reponse.is_none() && !dite
    });
    restants
        .map(|(dossier, _)| (dossier.examine.id, Reponse::Aucun))
        .collect()
}

/// One answer a dossier: the field bears its identifier.
fn reponses(saisie: &Saisie) -> Vec<(Uuid, Reponse)> {
    let lire = |(nom, valeur): (&str, &str)| {
        let id: Uuid = nom.parse().ok()?;
        let reponse = match valeur {
            "aucun" => Reponse::Aucun,
            "un" => Reponse::Un(saisie.texte(&format!("{id}.lien")).to_owned()),
            _ => return None,
        };
        Some((id, reponse))
    };
    saisie.iter().filter_map(lire).collect()
}
