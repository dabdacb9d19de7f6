//! Dossiers over HTTP: extract, call the act, answer.

mod depot;
mod equipe;
mod pieces;
mod preuve;
mod rubrique;
mod tables;
mod verification;

pub use depot::{
    accuse, accuse_pdf, create_depot, create_retrait, depot, historique, retrait, verification,
};
pub use equipe::{create_association, create_fin, equipe, fin_dans_l_equipe, update_place};
pub use pieces::{FICHIER_AU_PLUS, budget_imprime, create_piece, delete_piece, piece, pieces};
pub use preuve::{preuve_du_depot, preuve_publique};
pub use rubrique::{rubrique, update_rubrique};
pub use tables::{budget, membres, update_budget, update_membres};
pub use verification::{create_verification, verification_publique};

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use maud::Markup;
use metier::commun::Raison;
use uuid::Uuid;

use super::{actes, pages, store, vue, vue::Vue};
use crate::{
    app::App,
    campagnes::Reponses,
    charte,
    poles::revendications,
    registre,
    socle::{
        droits::{Droit, Perimetre, Personne},
        erreurs::Panne,
        horloge::RecuLe,
        mise_en_page::Cadre,
        reprise,
        requete::{Chemin, Saisie},
    },
    urls,
};

/// `GET /espace`: the next action of the person, their dossiers, their roles.
pub async fn espace(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let dossiers = store::de_la_personne(&mut base, &personne).await?;
    let mut suivis = Vec::new();
    for dossier in dossiers {
        let campagne = app.campagnes.find(&dossier.campagne)?;
        let connue = vue::decision_connue(&mut base, &dossier, cadre.maintenant).await?;
        suivis.push(pages::DossierSuivi {
            statut: vue::statut_de(&dossier, &campagne, connue, cadre.maintenant),
            connue,
            dossier,
            campagne,
        });
    }
    let revendications = revendications::miennes(&mut base, personne.compte).await?;
    let a_signer = charte::a_signer(&mut base, &personne).await?;
    let territoires = registre::resumes(&mut base, &personne, cadre.maintenant).await?;
    Ok(pages::espace(
        &cadre,
        &personne,
        &pages::Espace {
            dossiers: &suivis,
            territoires: &territoires,
            revendications: &revendications,
            a_signer: &a_signer,
        },
    ))
}

/// `POST /appels/{code}/dossiers`: opens a draft, or leads to the one there is.
pub async fn create_ouverture(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(code): Chemin<String>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let campagne = app.campagnes.find(&code)?;
    let pole = match saisie.texte("pole") {
        "" => match seul_pole(&par) {
            Ok(pole) => pole,
            Err(raison) => return Ok(sans_dossier(&cadre, None, &[raison])),
        },
        pole => pole.parse().map_err(|_| Panne::Introuvable)?,
    };
    let dites: Vec<(String, String)> = saisie
        .iter()
        .map(|(nom, valeur)| (nom.to_owned(), valeur.to_owned()))
        .collect();
    let reponses = Reponses::lire(&campagne, &dites).reprises(&campagne);
    let acte = actes::Ouvrir {
        par,
        campagne,
        pole,
        reponses,
        recu_le,
    };
    Ok(match app.tenter(acte).await? {
        Ok(ouvert) => reprise::vers(&urls::dossier(ouvert.id)),
        Err(raisons) => sans_dossier(&cadre, Some(pole), &raisons),
    })
}

/// Who writes for one pole alone has no need to name it.
fn seul_pole(par: &Personne) -> Result<Uuid, Raison> {
    let poles: BTreeSet<Uuid> = par
        .perimetres(Droit::RemplirDossier)
        .filter_map(|lieu| match lieu {
            Perimetre::Pole(pole) => Some(pole),
            _ => None,
        })
        .collect();
    let mut poles = poles.into_iter();
    match (poles.next(), poles.next()) {
        (Some(pole), None) => Ok(pole),
        (Some(_), Some(_)) => Err(Raison::new(
            "pole_a_choisir",
            "Dites pour quel pôle vous commencez ce dossier.",
        )
        .remede("La page de l’appel en donne la liste.")),
        (None, _) => Err(Raison::new(
            "aucun_pole",
            "Votre compte ne tient le dossier d’aucun pôle.",
        )
        .remede("Demandez à la personne responsable de votre pôle de vous y associer.")),
    }
}

fn sans_dossier(cadre: &Cadre, pole: Option<Uuid>, raisons: &[Raison]) -> Response {
    reprise::page(pages::refus_d_ouverture(cadre, pole, raisons))
}

/// `GET /dossiers/{id}`
pub async fn sommaire(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    RecuLe(le): RecuLe,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let vue = Vue::lire(&app, &mut base, &personne, id, le).await?;
    let regles = vue.eligibilite(&mut base).await?;
    Ok(pages::sommaire(&cadre, &vue, &regles))
}

/// What a form that asked for JSON is told (`web/src/commun.ts`).
#[derive(Default, serde::Serialize)]
struct ReponseJson {
    phrase: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    enregistre_a: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    adresse: Option<String>,
    /// A sentence by name of field.
    erreurs: BTreeMap<String, String>,
    /// Both texts of each answer that changed on both sides.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    textes: BTreeMap<String, [String; 2]>,
}

impl ReponseJson {
    fn repondre(self, statut: StatusCode) -> Response {
        (statut, axum::Json(self)).into_response()
    }
}

/// A dossier that is not written any more: the page says why, or the script
/// does; nothing is kept.
fn ferme(cadre: &Cadre, vue: &Vue, titre: &str, raisons: &[Raison], json: bool) -> Response {
    if json {
        let phrases: Vec<String> = raisons.iter().map(Raison::entiere).collect();
        let reponse = ReponseJson {
            phrase: phrases.join(" "),
            ..ReponseJson::default()
        };
        return reponse.repondre(StatusCode::UNPROCESSABLE_ENTITY);
    }
    reprise::page(pages::refus(cadre, vue, titre, raisons))
}
