//! The opinion over HTTP: its draft, its recap, the act.

use axum::{extract::State, response::Response};
use maud::Markup;
use metier::commun::{Raison, temps, typographie};
use serde::Deserialize;
use uuid::Uuid;

use super::{phrase_enregistre, trouver};
use crate::{
    app::App,
    campagnes::Campagne,
    instruction::{
        actes,
        competence::DossierDeCellule,
        pages::{self, VueAvis},
        store::{
            self,
            brouillons::{self, Ebauche},
        },
    },
    socle::{
        brouillon::Brouillon,
        droits::{Droit, Personne},
        erreurs::Panne,
        horloge::RecuLe,
        mise_en_page::Cadre,
        reprise,
        requete::{Chemin, Parametres, Saisie},
    },
    urls,
};

/// What follows the address of the opinion.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EtapeAvis {
    relire: String,
    rendu: String,
}

async fn montrer_avis(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    id: Uuid,
    etape: &EtapeAvis,
    raisons: &[Raison],
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let (vu, campagne) = trouver(app, &mut base, id, personne, Droit::InstruireRegion).await?;
    let vue = VueAvis {
        constats: brouillons::constats(&mut base, id).await?,
        ebauche: brouillons::ebauche(&mut base, id).await?,
        autre: None,
        rendu: store::avis(&mut base, id).await?,
        peut_rendre: personne.peut(Droit::RendreAvis, vu.perimetre()),
        relire: !etape.relire.is_empty() && raisons.is_empty(),
        vient_d_etre_rendu: !etape.rendu.is_empty(),
        vu: &vu,
        campagne: &campagne,
        raisons,
    };
    Ok(pages::avis(cadre, &vue))
}

/// `GET /instruction/{id}/avis`: the draft, its recap, or the opinion given.
pub async fn avis(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
    Parametres(etape): Parametres<EtapeAvis>,
) -> Result<Markup, Panne> {
    montrer_avis(&app, &cadre, &personne, id, &etape, &[]).await
}

/// `POST /instruction/{id}/projet`: the draft of the opinion.
pub async fn save_projet(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
    envoi: Brouillon,
) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    let (vu, campagne) = trouver(&app, &mut base, id, &par, Droit::RendreAvis).await?;
    if store::avis(&mut base, id).await?.is_some() {
        return Err(Panne::Conflit("the opinion is given"));
    }
    let verdict = store::verdict(&mut base, id).await?;
    let rangs = store::rangs_pris(&mut base, &vu.dossier.campagne, vu.dossier.region).await?;
    drop(base);
    let ebauche = ebauche(&campagne, &envoi);
    let mut tx = app.db.begin().await?;
    let version = brouillons::record_ebauche(&mut tx, id, &ebauche, par.compte, recu_le.0).await?;
    tx.commit().await?;
    let Some(version) = version else {
        return conflit(&app, &cadre, (&vu, &campagne), &envoi, ebauche).await;
    };
    let adresse = urls::de_l_instruction(id, "avis");
    if envoi.saisie.texte("suite") != "relire" {
        let phrase = format!("{} Avis non rendu.", phrase_enregistre(recu_le, &par));
        return Ok(envoi.enregistre(version, &phrase, &adresse));
    }
    let raisons = actes::a_reprendre(&vu, &campagne, verdict, &ebauche, &rangs, recu_le.0);
    if raisons.is_empty() {
        return Ok(reprise::vers(&format!("{adresse}?relire=oui")));
    }
    let etape = EtapeAvis::default();
    let page = montrer_avis(&app, &cadre, &par, id, &etape, &raisons).await?;
    Ok(reprise::page(page))
}

/// Somebody wrote meanwhile: the page again with what was just typed, beside
/// what the other person left; saving then keeps what is in the fields.
async fn conflit(
    app: &App,
    cadre: &Cadre,
    (vu, campagne): (&DossierDeCellule, &Campagne),
    envoi: &Brouillon,
    mienne: Ebauche,
) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    let autre = brouillons::ebauche(&mut base, vu.dossier.id).await?;
    let quand = autre.enregistree.as_ref().map(|(le, _)| temps::heure(*le));
    let phrase = typographie(&format!(
        "Cette réponse a été modifiée à {}. Choisissez le texte à garder ; aucun n'est perdu.",
        quand.unwrap_or_default()
    ));
    let vue = VueAvis {
        constats: brouillons::constats(&mut base, vu.dossier.id).await?,
        ebauche: Ebauche {
            version: autre.version,
            ..mienne
        },
        autre: Some(autre),
        rendu: None,
        peut_rendre: true,
        relire: false,
        vient_d_etre_rendu: false,
        vu,
        campagne,
        raisons: &[Raison::new("ebauche_modifiee", &phrase)],
    };
    Ok(envoi.en_conflit(&phrase, pages::avis(cadre, &vue)))
}

fn ebauche(campagne: &Campagne, envoi: &Brouillon) -> Ebauche {
    let saisie = &envoi.saisie;
    let motifs = campagne.axes.iter().map(|axe| {
        let texte = saisie.texte(&axe.code).to_owned();
        (axe.code.clone(), texte)
    });
    Ebauche {
        sens: saisie.recu("sens").map(str::to_owned),
        motifs: motifs.collect(),
        rang_regional: saisie.texte("rang_regional").to_owned(),
        signataire_cress: saisie.texte("signataire_cress").to_owned(),
        signataire_etat: saisie.texte("signataire_etat").to_owned(),
        version: envoi.version(),
        enregistree: None,
    }
}

/// `POST /instruction/{id}/avis`: gives the opinion, for good.
pub async fn create_avis(
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
    let acte = actes::RendreAvis {
        par: par.clone(),
        dossier: id,
        campagne,
        version: saisie.texte("version").parse().unwrap_or(0),
        recu_le,
    };
    match app.tenter(acte).await? {
        Ok(_) => {
            let adresse = urls::de_l_instruction(id, "avis");
            Ok(reprise::vers(&format!("{adresse}?rendu=oui")))
        }
        Err(raisons) => {
            let etape = EtapeAvis::default();
            let page = montrer_avis(&app, &cadre, &par, id, &etape, &raisons).await?;
            Ok(reprise::page(page))
        }
    }
}
