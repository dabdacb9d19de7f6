//! Checking, filing, the receipt, taking back, and what was done.

use axum::{
    extract::State,
    response::{Redirect, Response},
};
use maud::Markup;
use metier::{
    commun::Refus,
    dossiers::{Declarations, RefusDepot},
};
use uuid::Uuid;

use super::preuve;
use crate::{
    app::App,
    dossiers::{accuse as papiers, actes, depot as acte, pages, relecture, store, vue::Vue},
    socle::{
        droits::{Droit, Personne},
        erreurs::{Echec, Panne},
        horloge::RecuLe,
        mise_en_page::Cadre,
        papier, reprise,
        requete::{Chemin, Saisie},
    },
    urls,
};

/// `GET /dossiers/{id}/verification`
pub async fn verification(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    RecuLe(le): RecuLe,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let vue = Vue::lire(&app, &mut base, &personne, id, le).await?;
    let regles = vue.eligibilite(&mut base).await?;
    Ok(pages::verifier(
        &cadre,
        &vue,
        &regles,
        &pages::Cases::default(),
        &[],
    ))
}

/// `GET /dossiers/{id}/depot`: the act shown, once done; else the way to it.
pub async fn depot(
    State(app): State<App>,
    personne: Personne,
    RecuLe(le): RecuLe,
    Chemin(id): Chemin<Uuid>,
) -> Result<Redirect, Panne> {
    let vue = Vue::charger(&app, &personne, id, le).await?;
    let page = match vue.dossier.depose_le {
        Some(_) => "accuse",
        None => "verification",
    };
    Ok(Redirect::to(&urls::du_dossier(id, page)))
}

/// `POST /dossiers/{id}/depot`: the act loads what it files; the page of the
/// dossier is only read again to show a refusal.
pub async fn create_depot(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    let dossier = store::find_pour(&mut base, id, &par, Droit::LireDossier).await?;
    drop(base);
    let cases = pages::Cases {
        pouvoir: saisie.coche("pouvoir"),
        exactitude: saisie.coche("exactitude"),
    };
    let acte = acte::Deposer {
        par: par.clone(),
        dossier: id,
        campagne: app.campagnes.find(&dossier.campagne)?,
        declarations: Declarations {
            pouvoir: cases.pouvoir,
            exactitude: cases.exactitude,
        },
        recu_le,
        url: app.reglages.url.clone(),
    };
    match app.accomplir(acte).await {
        // A double click files once, and leads to the same receipt.
        Ok(_) | Err(Echec::Refus(RefusDepot::DejaDepose { .. })) => {
            Ok(reprise::vers(&urls::du_dossier(id, "accuse")))
        }
        Err(Echec::Refus(refus)) => {
            let mut base = app.db.lecture().await?;
            let vue = Vue::lire(&app, &mut base, &par, id, recu_le.0).await?;
            let regles = vue.eligibilite(&mut base).await?;
            let page = pages::verifier(&cadre, &vue, &regles, &cases, &refus.raisons());
            Ok(reprise::page(page))
        }
        Err(Echec::Panne(panne)) => Err(panne),
    }
}

/// `GET /dossiers/{id}/accuse`
pub async fn accuse(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    RecuLe(le): RecuLe,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let vue = Vue::lire(&app, &mut base, &personne, id, le).await?;
    let depot = store::find_depot(&mut base, id)
        .await?
        .ok_or(Panne::Introuvable)?;
    let faits = relecture::relire(&depot.faits)?;
    let preuve = preuve::du_depot(&app, &mut base, &depot).await?;
    Ok(pages::accuse(&cadre, &vue, &faits, &depot, preuve.as_ref()))
}

/// `GET /dossiers/{id}/accuse.pdf`: the paper the job made, or made now.
pub async fn accuse_pdf(
    State(app): State<App>,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
) -> Result<Response, Panne> {
    let dossier = store::find_pour(
        &mut app.db.lecture().await?,
        id,
        &personne,
        Droit::LireDossier,
    )
    .await?;
    let nom = format!("accuse-{}", dossier.numero);
    papier::telecharger(&app, (id, acte::ACCUSE), &nom, papiers::document(&app, id)).await
}

/// `GET /dossiers/{id}/retrait`
pub async fn retrait(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    RecuLe(le): RecuLe,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    let vue = Vue::charger(&app, &personne, id, le).await?;
    Ok(pages::retrait(&cadre, &vue, &[]))
}

/// `POST /dossiers/{id}/retrait`
pub async fn create_retrait(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let vue = Vue::charger(&app, &par, id, recu_le.0).await?;
    par.exiger(Droit::DeposerDossier, vue.dossier.perimetre())?;
    if vue.retrait_ferme().is_none() && !saisie.coche("confirmation") {
        let raison = metier::commun::Raison::new(
            "retrait_non_confirme",
            "Cochez la case pour confirmer le retrait.",
        )
        .ancre("confirmation");
        return Ok(reprise::page(pages::retrait(&cadre, &vue, &[raison])));
    }
    let acte = actes::Retirer {
        par,
        dossier: id,
        campagne: vue.campagne.clone(),
        recu_le,
    };
    Ok(match app.tenter(acte).await? {
        Ok(_) => reprise::vers(&urls::dossier(id)),
        Err(raisons) => reprise::page(pages::retrait(&cadre, &vue, &raisons)),
    })
}

/// `GET /dossiers/{id}/historique`
pub async fn historique(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    RecuLe(le): RecuLe,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let vue = Vue::lire(&app, &mut base, &personne, id, le).await?;
    let traces = store::historique(&mut base, id).await?;
    Ok(pages::historique(&cadre, &vue, &traces))
}
