//! Duplicates and merges, over HTTP.

use axum::{extract::State, response::Response};
use maud::Markup;
use metier::{commun::Raison, poles::Information};
use uuid::Uuid;

use super::corrections::qui;
use crate::{
    app::App,
    registre::{
        fusions::{self, AUTRE, Defaire, Distinguer, Fusionner, Rapprocher},
        pages::{self, ChoixDeFusion},
    },
    socle::{
        droits::Personne,
        erreurs::Panne,
        feuilles::Ici,
        horloge::RecuLe,
        mise_en_page::Cadre,
        reprise,
        requete::{Chemin, Parametres, Saisie},
    },
    urls,
};

async fn liste(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    ici: &Ici,
    (reprise, raisons): (Option<Uuid>, &[Raison]),
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let ou = (ici, reprise);
    let vue = fusions::doublons(&mut base, personne, app.reglages.demonstration, ou).await?;
    Ok(pages::doublons(cadre, &vue, reprise, raisons))
}

/// `GET /doublons`
pub async fn doublons(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Parametres(ici): Parametres<Ici>,
) -> Result<Markup, Panne> {
    liste(&app, &cadre, &personne, &ici, (None, &[])).await
}

async fn comparer(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    (garde, fondu): (Uuid, Uuid),
    choix: &ChoixDeFusion<'_>,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let deux = fusions::cote_a_cote(&mut base, personne, garde, fondu).await?;
    Ok(pages::doublon(cadre, &deux, choix))
}

/// `GET /doublons/{garde}/{fondu}`: the two records side by side.
pub async fn doublon(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin((garde, fondu)): Chemin<(Uuid, Uuid)>,
) -> Result<Markup, Panne> {
    let choix = ChoixDeFusion::default();
    comparer(&app, &cadre, &personne, (garde, fondu), &choix).await
}

/// `POST /doublons/{garde}/{fondu}`
pub async fn create_fusion(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin((garde, fondu)): Chemin<(Uuid, Uuid)>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let prises: Vec<Information> = Information::TOUS
        .iter()
        .copied()
        .filter(|information| saisie.texte(information.code()) == AUTRE)
        .collect();
    let motif = saisie.texte("motif");
    let acte = Fusionner {
        qui: qui(&app, par.clone(), recu_le),
        garde,
        fondu,
        prises: prises.clone(),
        motif: motif.to_owned(),
        campagnes: app.campagnes.toutes().cloned().collect(),
    };
    app.repondre(
        acte,
        |_| urls::pole(garde),
        async |raisons| {
            let choix = ChoixDeFusion {
                prises: Some(&prises),
                motif,
                raisons: &raisons,
                ..ChoixDeFusion::default()
            };
            comparer(&app, &cadre, &par, (garde, fondu), &choix).await
        },
    )
    .await
}

/// `POST /doublons/{un}/{autre}/distinction`
pub async fn create_distinction(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin((un, autre)): Chemin<(Uuid, Uuid)>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let motif = saisie.texte("pourquoi");
    let acte = Distinguer {
        qui: qui(&app, par.clone(), recu_le),
        un,
        autre,
        motif: motif.to_owned(),
    };
    app.repondre(
        acte,
        |_| urls::DOUBLONS,
        async |mut raisons| {
            // Two reasons are asked for on that page: this one has its own field.
            for raison in &mut raisons {
                raison.ancre = raison.ancre.take().map(|_| "pourquoi".to_owned());
            }
            let choix = ChoixDeFusion {
                pourquoi: motif,
                raisons: &raisons,
                ..ChoixDeFusion::default()
            };
            comparer(&app, &cadre, &par, (un, autre), &choix).await
        },
    )
    .await
}

/// `POST /doublons/{un}/{autre}/rapprochement`
pub async fn create_rapprochement(
    State(app): State<App>,
    par: Personne,
    recu_le: RecuLe,
    Chemin((un, autre)): Chemin<(Uuid, Uuid)>,
) -> Result<Response, Panne> {
    let acte = Rapprocher {
        qui: qui(&app, par, recu_le),
        un,
        autre,
    };
    let vers = match app.tenter(acte).await? {
        Ok(deux) => urls::doublon(deux.garde, deux.fondu),
        Err(_) => urls::DOUBLONS.to_owned(),
    };
    Ok(reprise::vers(&vers))
}

/// `POST /fusions/{id}/annulation`
pub async fn create_defaite(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let acte = Defaire {
        qui: qui(&app, par.clone(), recu_le),
        fusion: id,
        motif: saisie.texte(&format!("motif-{id}")).to_owned(),
    };
    app.repondre(
        acte,
        |deux| urls::doublon(deux.garde, deux.fondu),
        async |raisons| {
            let ici = Ici::default();
            liste(&app, &cadre, &par, &ici, (Some(id), &raisons)).await
        },
    )
    .await
}
