//! Selection, decision and notification over HTTP: extract, call, answer.

mod porteur;

pub use porteur::{decision_du_dossier, lettre_de_decision};

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::{Timestamp, civil};
use maud::Markup;
use metier::commun::{Raison, Refus, temps};
use serde::Deserialize;

use super::{
    actes,
    appel::Appel,
    embargo,
    liste::Liste,
    pages::{self, tableau},
    preparation, store,
};
use crate::{
    app::App,
    conventions, instruction,
    socle::{
        db::Lecture,
        droits::{Droit, Perimetre, Personne},
        erreurs::{Echec, Panne},
        horloge::RecuLe,
        mise_en_page::Cadre,
        reprise,
        requete::{Chemin, Parametres, Saisie},
    },
    urls,
};

const PAR_PAGE: i64 = 25;

fn pilote(personne: &Personne) -> Result<(), Panne> {
    personne.exiger(Droit::LireCampagne, Perimetre::National)
}

fn appel(app: &App, code: &str) -> Result<Arc<Appel>, Panne> {
    Ok(Arc::new(Appel::new(app.campagnes.find(code)?)?))
}

/// `GET /pilotage`: the calls, and what each is waiting for.
pub async fn pilotage(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
) -> Result<Markup, Panne> {
    pilote(&personne)?;
    let appels: Vec<Appel> = app
        .campagnes
        .toutes()
        .filter_map(|campagne| Appel::new(Arc::clone(campagne)).ok())
        .collect();
    let mut base = app.db.lecture().await?;
    let mut vues = Vec::new();
    for appel in &appels {
        vues.push(vue(&mut base, (appel, &personne), cadre.maintenant).await?);
    }
    Ok(tableau::campagnes(&cadre, &vues))
}

/// `GET /campagnes/{code}`: the board of a call.
pub async fn campagne(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(code): Chemin<String>,
) -> Result<Markup, Panne> {
    pilote(&personne)?;
    let appel = appel(&app, &code)?;
    let mut base = app.db.lecture().await?;
    let vue = vue(&mut base, (&appel, &personne), cadre.maintenant).await?;
    Ok(tableau::campagne(&cadre, &vue))
}

async fn vue<'a>(
    base: &mut Lecture,
    (appel, lecteur): (&'a Appel, &'a Personne),
    le: Timestamp,
) -> Result<tableau::Vue<'a>, Panne> {
    let notification = store::notification(base, &appel.code).await?;
    let notification = notification.map(|(notification, _)| notification);
    let restent = match &notification {
        Some(n) if n.est_visible(le) => conventions::restent(base, &appel.code).await?,
        _ => None,
    };
    Ok(tableau::Vue {
        appel,
        lecteur,
        avancement: store::avancement(base, &appel.code).await?,
        seance_close_le: store::seance_close_le(base, &appel.code).await?,
        arretee_le: store::decision(base, &appel.code).await?.map(|d| d.le),
        notification,
        restent,
        sans_cellule: instruction::sans_cellule(base, &appel.code).await?,
        le,
    })
}

/// Which dossiers, and after which number.
#[derive(Deserialize)]
pub struct Filtre {
    #[serde(default)]
    part: String,
    #[serde(default)]
    apres: String,
}

/// `GET /campagnes/{code}/dossiers`: the dossiers behind a count.
pub async fn dossiers_de_campagne(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(code): Chemin<String>,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Markup, Panne> {
    pilote(&personne)?;
    let appel = appel(&app, &code)?;
    let part = match filtre.part.as_str() {
        "" => store::Part::Deposes,
        code => store::Part::par_code(code).ok_or(Panne::Introuvable)?,
    };
    let mut base = app.db.lecture().await?;
    let ou = (filtre.apres.as_str(), PAR_PAGE + 1);
    let mut lignes = store::part(&mut base, &appel.code, part, ou).await?;
    let sans_cellule = instruction::sans_cellule(&mut base, &appel.code).await?;
    let sans_cellule: Vec<_> = sans_cellule.iter().map(|(region, _)| *region).collect();
    let instruit = personne.peut(Droit::InstruireRegion, Perimetre::National);
    let encore = lignes.len() as i64 > PAR_PAGE;
    lignes.truncate(PAR_PAGE as usize);
    let suivante = lignes
        .last()
        .filter(|_| encore)
        .map(|ligne| ligne.numero.clone());
    Ok(tableau::dossiers(
        &cadre,
        &appel,
        part,
        (&lignes, &sans_cellule, instruit),
        suivante.as_deref(),
    ))
}

/// `GET /campagnes/{code}/decision`: the list, prepared or closed.
pub async fn decision(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(code): Chemin<String>,
) -> Result<Markup, Panne> {
    pilote(&personne)?;
    let appel = appel(&app, &code)?;
    montrer_la_liste(
        &app,
        &cadre,
        &personne,
        &appel,
        pages::preparation::Vue::default(),
    )
    .await
}

async fn montrer_la_liste(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    appel: &Appel,
    vue: pages::preparation::Vue<'_>,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let dossiers = store::dossiers(&mut base, &appel.code).await?;
    let notification = store::notification(&mut base, &appel.code).await?;
    drop(base);
    let liste = Liste::new(appel, &dossiers);
    let vue = pages::preparation::Vue {
        notification: notification.map(|(notification, _)| notification),
        le: cadre.maintenant,
        prepare: personne.peut(Droit::PreparerDecision, Perimetre::National),
        arrete: personne.peut(Droit::ArreterDecision, Perimetre::National),
        ..vue
    };
    Ok(pages::preparation::page(cadre, &liste, &vue))
}

/// `POST /campagnes/{code}/preparation`: saves the draft of the list.
pub async fn update_preparation(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    recu_le: RecuLe,
    Chemin(code): Chemin<String>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    pilote(&personne)?;
    let appel = appel(&app, &code)?;
    let lignes = preparation::lignes(&saisie);
    let (statut, envoi, raisons) =
        match preparation::enregistrer(&app, &appel, &personne, lignes, recu_le).await {
            Ok(envoi) if envoi.est_entier() => {
                return Ok(reprise::vers(&urls::decision_de_campagne(&code)));
            }
            Ok(envoi) if envoi.fautes.is_empty() => (StatusCode::CONFLICT, envoi, Vec::new()),
            Ok(envoi) => (StatusCode::UNPROCESSABLE_ENTITY, envoi, Vec::new()),
            Err(Echec::Refus(refus)) => {
                let envoi = preparation::Enregistrement::default();
                (StatusCode::UNPROCESSABLE_ENTITY, envoi, refus.raisons())
            }
            Err(Echec::Panne(panne)) => return Err(panne),
        };
    let vue = pages::preparation::Vue {
        envoi: Some(&envoi),
        raisons,
        ..Default::default()
    };
    let page = montrer_la_liste(&app, &cadre, &personne, &appel, vue).await?;
    Ok((statut, page).into_response())
}

/// `POST /campagnes/{code}/decision`: closes the list.
pub async fn create_decision(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(code): Chemin<String>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    pilote(&par)?;
    let appel = appel(&app, &code)?;
    let personne = par.clone();
    let lue = saisie.texte("lue").to_owned();
    let acte = actes::Arreter {
        par,
        appel: Arc::clone(&appel),
        lue,
        recu_le,
    };
    app.repondre(
        acte,
        |_| urls::decision_de_campagne(&code),
        async |raisons| {
            let vue = pages::preparation::Vue {
                raisons,
                ..Default::default()
            };
            montrer_la_liste(&app, &cadre, &personne, &appel, vue).await
        },
    )
    .await
}

/// `GET /campagnes/{code}/notification`
pub async fn notification(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(code): Chemin<String>,
) -> Result<Markup, Panne> {
    pilote(&personne)?;
    let appel = appel(&app, &code)?;
    montrer_la_notification(&app, &cadre, &personne, &appel, (&[], None)).await
}

async fn montrer_la_notification(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    appel: &Appel,
    (raisons, saisie): (&[Raison], Option<(&str, &str)>),
) -> Result<Markup, Panne> {
    let le = cadre.maintenant;
    let mut base = app.db.lecture().await?;
    let arretee = store::decision(&mut base, &appel.code).await?;
    let decisions = store::a_notifier(&mut base, &appel.code).await?;
    let responsables = store::responsables(&mut base, &appel.code, le).await?;
    let notification = store::notification(&mut base, &appel.code).await?;
    let destinataires = responsables
        .iter()
        .filter(|(pole, _)| decisions.iter().any(|decision| decision.pole == *pole))
        .count();
    let vue = pages::notification::Vue {
        appel,
        arretee_le: arretee.map(|decision| decision.le),
        decisions: &decisions,
        destinataires,
        notification: notification.as_ref().map(|(notification, _)| notification),
        faite_le: notification.as_ref().and_then(|(_, faite)| *faite),
        decide: personne.peut(Droit::ArreterDecision, Perimetre::National),
        le,
        raisons,
        saisie,
    };
    Ok(pages::notification::page(cadre, &vue))
}

/// `POST /campagnes/{code}/notification`: plans the instant.
pub async fn create_notification(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(code): Chemin<String>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    pilote(&par)?;
    let appel = appel(&app, &code)?;
    let personne = par.clone();
    par.exiger(Droit::ArreterDecision, Perimetre::National)?;
    let (jour, heure) = (saisie.texte("jour"), saisie.texte("heure"));
    let raisons = match instant(jour, heure) {
        Err(raisons) => raisons,
        Ok(visible_le) => {
            let acte = actes::Programmer {
                par,
                appel: Arc::clone(&appel),
                visible_le,
                recu_le,
            };
            match app.tenter(acte).await? {
                Ok(_) => return Ok(reprise::vers(&urls::notification_de_campagne(&code))),
                Err(raisons) => raisons,
            }
        }
    };
    let retour = (raisons.as_slice(), Some((jour, heure)));
    let page = montrer_la_notification(&app, &cadre, &personne, &appel, retour).await?;
    Ok(reprise::page(page))
}

/// A day and an hour of Paris, as typed: both faults at once.
fn instant(jour: &str, heure: &str) -> Result<Timestamp, Vec<Raison>> {
    let jour = jour.parse::<civil::Date>().map_err(|_| {
        Raison::new("jour_attendu", "Indiquez le jour de la notification.").ancre("jour")
    });
    let heure = heure
        .replace(['h', 'H', ' '], ":")
        .parse::<civil::Time>()
        .map_err(|_| {
            Raison::new("heure_attendue", "Indiquez l’heure, par exemple 14:00.").ancre("heure")
        });
    match (jour, heure) {
        (Ok(jour), Ok(heure)) => jour
            .to_datetime(heure)
            .to_zoned(temps::paris())
            .map(|instant| instant.timestamp())
            .map_err(|_| {
                vec![Raison::new("jour_attendu", "Indiquez un jour du calendrier.").ancre("jour")]
            }),
        (jour, heure) => Err([jour.err(), heure.err()].into_iter().flatten().collect()),
    }
}

/// `POST /campagnes/{code}/suspension`: suspends what was planned.
pub async fn create_suspension(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(code): Chemin<String>,
) -> Result<Response, Panne> {
    pilote(&par)?;
    let appel = appel(&app, &code)?;
    let personne = par.clone();
    let acte = actes::Suspendre {
        par,
        appel: Arc::clone(&appel),
        recu_le,
    };
    app.repondre(
        acte,
        |_| urls::notification_de_campagne(&code),
        async |raisons| {
            let retour = (raisons.as_slice(), None);
            montrer_la_notification(&app, &cadre, &personne, &appel, retour).await
        },
    )
    .await
}

/// `GET /appels/{code}/laureats`: for everybody, after the instant.
pub async fn laureats(
    State(app): State<App>,
    cadre: Cadre,
    Chemin(code): Chemin<String>,
) -> Result<Markup, Panne> {
    let appel = appel(&app, &code)?;
    let mut base = app.db.lecture().await?;
    let connues = embargo::visibles(&mut base, &appel.code, cadre.maintenant).await?;
    let depuis = connues.first().map(|visible| visible.notifiee_le());
    let laureats = match depuis {
        Some(_) => store::laureats(&mut base, &appel.code).await?,
        None => Vec::new(),
    };
    Ok(pages::laureats::page(&cadre, &appel, &laureats, depuis))
}
