//! Signing the Charter, and withdrawing a signature.

use std::collections::BTreeSet;

use axum::{extract::State, response::Response};
use jiff::{Timestamp, civil::Date};
use maud::Markup;
use metier::{
    charte::{Mandat, Version},
    commun::Raison,
};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    app::App,
    charte::{
        actes::{AuNom, Retirer, Saisi, Signer, peut_retirer},
        pages::{self, ASigner},
        store::{self, SeanceLue},
    },
    poles::fiches,
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

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Choix {
    pole: String,
    /// Present: in the name of a supporting organisation.
    soutien: String,
    /// The sitting where one signs, if it is in one.
    seance: String,
    /// The version one wants to sign, by its code or its day.
    version: String,
}

/// `GET /charte/signature`: the text, then who signs and by what right.
pub async fn signature(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Parametres(choix): Parametres<Choix>,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let poles = signables(&personne);
    let seance = seance(&mut base, &choix.seance).await?;
    let au_nom = match (choix.pole.as_str(), choix.soutien.is_empty(), poles.len()) {
        ("", true, 1) => AuNom::Pole(poles[0]),
        ("", true, _) => {
            let fiches = nommes(&mut base, &poles).await?;
            return Ok(pages::choisir_le_pole(&cadre, &fiches, seance.as_ref()));
        }
        ("", ..) => AuNom::Soutien,
        (pole, ..) => AuNom::Pole(pole.parse().map_err(|_| Panne::Introuvable)?),
    };
    let exigees = exigees(&app, cadre.maintenant);
    let quoi = (choix.version.as_str(), exigees.as_slice());
    let vue = lire(&mut base, &personne, (au_nom, seance), quoi).await?;
    Ok(pages::signer(&cadre, &vue, &Saisi::default(), &[]))
}

/// The days of the versions that calls demand, as long as one may file there.
fn exigees(app: &App, le: Timestamp) -> Vec<Date> {
    let ouverts = app
        .campagnes
        .toutes()
        .filter(|appel| !appel.fenetre.est_close(le));
    ouverts
        .filter_map(|appel| Some(appel.charte?.version))
        .collect()
}

/// The sitting of the address; what is none does not exist.
async fn seance(base: &mut Lecture, id: &str) -> Result<Option<SeanceLue>, Panne> {
    match id {
        "" => Ok(None),
        id => {
            let id = id.parse().map_err(|_| Panne::Introuvable)?;
            store::seance(base, id).await.map(Some)
        }
    }
}

/// The poles in whose name this person may sign.
fn signables(personne: &Personne) -> Vec<Uuid> {
    let poles: BTreeSet<Uuid> = personne
        .perimetres(Droit::SignerCharte)
        .filter_map(|lieu| match lieu {
            Perimetre::Pole(pole) => Some(pole),
            _ => None,
        })
        .collect();
    poles.into_iter().collect()
}

async fn nommes(base: &mut Lecture, poles: &[Uuid]) -> Result<Vec<(Uuid, String)>, Panne> {
    let mut nommes = Vec::new();
    for pole in poles {
        if let Some(fiche) = fiches::find(base, *pole).await? {
            nommes.push((*pole, fiche.nom));
        }
    }
    Ok(nommes)
}

/// What stands on the page of who signs. A pole of another team does not exist.
async fn lire(
    base: &mut Lecture,
    personne: &Personne,
    (au_nom, seance): (AuNom, Option<SeanceLue>),
    (voulue, exigees): (&str, &[Date]),
) -> Result<ASigner, Panne> {
    let charte = store::lire(base).await?;
    let mut autres: Vec<Version> = charte.signables(exigees).into_iter().cloned().collect();
    let rang = autres.iter().position(|version| version.repond_a(voulue));
    let version = match autres.is_empty() {
        true => None,
        false => Some(autres.remove(rang.unwrap_or_default())),
    };
    let texte = match &version {
        Some(version) => store::texte(base, &version.code).await?,
        None => None,
    };
    let (fiche, precedentes) = match au_nom {
        AuNom::Pole(pole) => {
            personne.exiger(Droit::SignerCharte, Perimetre::Pole(pole))?;
            (
                fiches::find(base, pole).await?,
                store::du_pole(base, pole).await?,
            )
        }
        AuNom::Soutien => (None, Vec::new()),
    };
    Ok(ASigner {
        personne: personne.clone(),
        a_un_pole: !signables(personne).is_empty(),
        version,
        autres,
        texte,
        au_nom,
        fiche,
        precedentes,
        seance,
    })
}

/// `POST /charte/signature`
pub async fn create_signature(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    recue: Saisie,
) -> Result<Response, Panne> {
    let (au_nom, nom, numero) = match recue.texte("pole") {
        "" => (AuNom::Soutien, "nom", "siren"),
        pole => {
            let pole = pole.parse().map_err(|_| Panne::Introuvable)?;
            (AuNom::Pole(pole), "structure", "siret")
        }
    };
    let mut saisi = Saisi {
        nom: recue.texte(nom).to_owned(),
        numero: recue.texte(numero).to_owned(),
        fonction: recue.texte("fonction").to_owned(),
        mandat: Mandat::par_code(recue.texte("mandat")),
        reference: recue.texte("reference").to_owned(),
        pouvoir: recue.coche("pouvoir"),
        acceptation: recue.coche("acceptation"),
        version: recue.texte("version").to_owned(),
        empreinte: recue.texte("empreinte").to_owned(),
    };
    let personne = par.clone();
    let acte = Signer {
        par,
        au_nom,
        saisi: saisi.clone(),
        exigees: exigees(&app, recu_le.0),
        seance: match recue.texte("seance") {
            "" => None,
            id => Some(id.parse().map_err(|_| Panne::Introuvable)?),
        },
        invente: app.reglages.demonstration,
        url: app.reglages.url.clone(),
        recu_le,
    };
    match app.tenter(acte).await? {
        Ok(signee) => Ok(reprise::vers(&urls::signature_de_la_charte(signee.id))),
        Err(raisons) => {
            let mut base = app.db.lecture().await?;
            // A sitting that takes nothing any more: the page signs without it.
            let seance = match raisons.iter().any(|r| r.code == "seance_fermee") {
                true => None,
                false => seance(&mut base, recue.texte("seance")).await?,
            };
            let exigees = exigees(&app, recu_le.0);
            let quoi = (saisi.version.as_str(), exigees.as_slice());
            let vue = lire(&mut base, &personne, (au_nom, seance), quoi).await?;
            // Two boxes ticked under another text accept nothing of this one.
            if vue.empreinte() != Some(saisi.empreinte.as_str()) {
                saisi.pouvoir = false;
                saisi.acceptation = false;
            }
            Ok(reprise::page(pages::signer(&cadre, &vue, &saisi, &raisons)))
        }
    }
}

/// `GET /charte/signatures/{id}/retrait`
pub async fn retrait(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    let lue = store::find(&mut app.db.lecture().await?, id).await?;
    match peut_retirer(&personne, &lue) {
        true => Ok(pages::retirer(&cadre, &lue, &[])),
        false => Err(Panne::Introuvable),
    }
}

/// `POST /charte/signatures/{id}/retrait`
pub async fn create_retrait(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let lue = store::find(&mut app.db.lecture().await?, id).await?;
    if !peut_retirer(&par, &lue) {
        return Err(Panne::Introuvable);
    }
    if lue.retiree_le.is_none() && !saisie.coche("confirmation") {
        let raison = Raison::new(
            "retrait_non_confirme",
            "Cochez la case pour confirmer le retrait.",
        )
        .ancre("confirmation");
        return Ok(reprise::page(pages::retirer(&cadre, &lue, &[raison])));
    }
    let acte = Retirer {
        par,
        signature: id,
        recu_le,
    };
    Ok(match app.tenter(acte).await? {
        Ok(_) => reprise::vers(&urls::signature_de_la_charte(id)),
        Err(raisons) => reprise::page(pages::retirer(&cadre, &lue, &raisons)),
    })
}
