//! A rubrique of the form: shown, saved by its buttons or by the script.

use std::collections::BTreeMap;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use maud::Markup;
use metier::campagnes::formulaire::{Page, Rubrique};
use metier::commun::{temps, typographie};
use uuid::Uuid;

use super::{ReponseJson, ferme};
use crate::{
    app::App,
    dossiers::{
        brouillon::{self, Sauvegarde},
        lecture::Lecture,
        pages,
        saisie::{self, Bilan, Marques},
        vue::Vue,
    },
    socle::{
        droits::{Droit, Personne},
        erreurs::Panne,
        horloge::RecuLe,
        mise_en_page::Cadre,
        reprise,
        requete::{Chemin, Saisie},
    },
    urls,
};

/// `GET /dossiers/{id}/rubriques/{code}`
pub async fn rubrique(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    RecuLe(le): RecuLe,
    Chemin((id, code)): Chemin<(Uuid, String)>,
) -> Result<Markup, Panne> {
    let vue = Vue::charger(&app, &personne, id, le).await?;
    let lecture = Lecture::de(&vue.campagne, &vue.contenu.reponses);
    let lue = lecture.rubrique(&code).ok_or(Panne::Introuvable)?;
    let retour = pages::Retour {
        erreurs: erreurs(lue),
        ouvertes: 0,
    };
    Ok(pages::rubrique(&cadre, &vue, lue, &retour))
}

/// `POST /dossiers/{id}/rubriques/{code}`: keeps every answer, as typed.
pub async fn update_rubrique(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    RecuLe(le): RecuLe,
    Chemin((id, code)): Chemin<(Uuid, String)>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let json = saisie.par_le_script;
    let vue = Vue::charger(&app, &personne, id, le).await?;
    personne.exiger(Droit::RemplirDossier, vue.dossier.perimetre())?;
    let campagne = vue.campagne.clone();
    let rubrique = campagne
        .formulaire
        .rubrique(&code)
        .ok_or(Panne::Introuvable)?;
    if let Some(fermeture) = &vue.fermeture {
        return Ok(ferme(
            &cadre,
            &vue,
            &rubrique.titre,
            &[fermeture.raison()],
            json,
        ));
    }
    let montrees = Marques::lire(saisie.texte("version"));
    let recues = match saisie.coche("resolution") {
        true => resolues(rubrique, &montrees, &saisie),
        false => recues(rubrique, &montrees, &saisie),
    };
    let sauvegarde = brouillon::repondre(&app, &vue, &personne, &montrees, &recues).await?;
    let vue = Vue::charger(&app, &personne, id, le).await?;
    let bilan = match (sauvegarde, &vue.fermeture) {
        (Sauvegarde::Faite(bilan), _) => bilan,
        (Sauvegarde::Fermee, Some(fermeture)) => {
            return Ok(ferme(
                &cadre,
                &vue,
                &rubrique.titre,
                &[fermeture.raison()],
                json,
            ));
        }
        (Sauvegarde::Fermee, None) => return Err(Panne::Conflit("the dossier changed state")),
    };
    if json {
        return Ok(en_json(&vue, rubrique, bilan));
    }
    if !bilan.divergences.is_empty() {
        return conflit(&app, &cadre, &vue, rubrique, &bilan).await;
    }
    Ok(suite(&cadre, &vue, rubrique, &montrees, &saisie))
}

/// What came for each field that the page showed.
fn recues<'r>(
    rubrique: &'r Rubrique,
    montrees: &Marques,
    saisie: &Saisie,
) -> Vec<(&'r str, String)> {
    rubrique
        .champs
        .iter()
        .filter(|champ| montrees.contient(&champ.code))
        .filter_map(|champ| Some((champ.code.as_str(), saisie::recu(champ, saisie)?)))
        .collect()
}

/// What was chosen on the page where two texts meet.
fn resolues<'r>(
    rubrique: &'r Rubrique,
    montrees: &Marques,
    saisie: &Saisie,
) -> Vec<(&'r str, String)> {
    rubrique
        .champs
        .iter()
        .filter(|champ| montrees.contient(&champ.code))
        .filter_map(|champ| {
            let code = &champ.code;
            let texte = |nom: String| saisie.texte(&nom).replace("\r\n", "\n");
            match saisie.texte(&format!("choix.{code}")) {
                "autre" => None,
                "reunir" => Some((code.as_str(), texte(format!("reunion.{code}")))),
                _ => Some((code.as_str(), texte(format!("mien.{code}")))),
            }
        })
        .collect()
}

fn erreurs(lue: &crate::dossiers::RubriqueLue<'_>) -> BTreeMap<String, String> {
    lue.corrections()
        .into_iter()
        .map(|(code, phrase)| (code.to_owned(), phrase))
        .collect()
}

fn en_json(vue: &Vue, rubrique: &Rubrique, bilan: Bilan) -> Response {
    let textes: BTreeMap<String, [String; 2]> = bilan
        .divergences
        .into_iter()
        .map(|d| (d.champ, [d.mien, d.autre]))
        .collect();
    if !textes.is_empty() {
        let reponse = ReponseJson {
            phrase: typographie(
                "Cette réponse a été modifiée par une autre personne. \
                 Choisissez le texte à garder ; aucun n’est perdu.",
            ),
            textes,
            ..ReponseJson::default()
        };
        return reponse.repondre(StatusCode::CONFLICT);
    }
    let lecture = Lecture::de(&vue.campagne, &vue.contenu.reponses);
    let reponse = ReponseJson {
        phrase: crate::dossiers::vue::ligne_enregistre(
            vue,
            "Votre dossier n’est pas encore déposé.",
        ),
        enregistre_a: Some(temps::heure(vue.dossier.modifie_le)),
        version: Some(bilan.marques.to_string()),
        erreurs: lecture
            .rubrique(&rubrique.code)
            .map(erreurs)
            .unwrap_or_default(),
        ..ReponseJson::default()
    };
    reponse.repondre(StatusCode::OK)
}

async fn conflit(
    app: &App,
    cadre: &Cadre,
    vue: &Vue,
    rubrique: &Rubrique,
    bilan: &Bilan,
) -> Result<Response, Panne> {
    let auteurs = brouillon::auteurs(app, &bilan.divergences).await?;
    let textes: Vec<pages::DeuxTextes<'_>> = bilan
        .divergences
        .iter()
        .filter_map(|divergence| {
            Some(pages::DeuxTextes {
                champ: rubrique
                    .champs
                    .iter()
                    .find(|c| c.code == divergence.champ)?,
                par: auteurs.get(&divergence.par).cloned()?,
                divergence,
            })
        })
        .collect();
    let page = pages::conflit(cadre, vue, rubrique, &textes);
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// Stays on the page while something is to be mended or has just appeared on
/// it; else goes where the button says.
fn suite(
    cadre: &Cadre,
    vue: &Vue,
    rubrique: &Rubrique,
    montrees: &Marques,
    saisie: &Saisie,
) -> Response {
    let lecture = Lecture::de(&vue.campagne, &vue.contenu.reponses);
    let Some(lue) = lecture.rubrique(&rubrique.code) else {
        return Redirect::to(&urls::dossier(vue.dossier.id)).into_response();
    };
    let retour = pages::Retour {
        erreurs: erreurs(lue),
        ouvertes: match saisie.coche("resolution") {
            true => 0,
            false => lue
                .champs
                .iter()
                .filter(|lu| !montrees.contient(&lu.champ.code))
                .count(),
        },
    };
    if !retour.erreurs.is_empty() {
        return reprise::page(pages::rubrique(cadre, vue, lue, &retour));
    }
    if retour.ouvertes > 0 {
        return pages::rubrique(cadre, vue, lue, &retour).into_response();
    }
    let adresse = match saisie.coche("suite") {
        true => suivante(vue, &rubrique.code),
        false => urls::rubrique(vue.dossier.id, &rubrique.code),
    };
    Redirect::to(&adresse).into_response()
}

/// The page that comes after this one in the summary.
pub(super) fn suivante(vue: &Vue, code: &str) -> String {
    let pages = &vue.campagne.formulaire.sommaire;
    let nom = |page: &Page| match page {
        Page::Rubrique(code) => code.clone(),
        Page::Membres => crate::dossiers::suivi::MEMBRES.to_owned(),
        Page::Budget => crate::dossiers::suivi::BUDGET.to_owned(),
        Page::Pieces => crate::dossiers::suivi::PIECES.to_owned(),
    };
    let visibles: Vec<&str> = vue
        .completude
        .rubriques
        .iter()
        .map(|r| r.code.as_str())
        .collect();
    let suivante = pages
        .iter()
        .map(nom)
        .skip_while(|page| page != code)
        .skip(1)
        .find(|page| visibles.contains(&page.as_str()));
    match suivante {
        Some(page) => pages::adresse(vue.dossier.id, &page, None),
        None => urls::du_dossier(vue.dossier.id, "verification"),
    }
}
