//! Agreements and payments over HTTP: extract, call the act, answer.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use maud::Markup;
use metier::commun::Raison;
use uuid::Uuid;

use super::{
    actes,
    coffre::Coffre,
    ordres, pages,
    store::{self, Inscrite},
    texte::{self, EXEMPLAIRE, TEXTE},
};
use crate::{
    app::App,
    campagnes::Campagne,
    decisions,
    socle::{
        db::Lecture,
        droits::{Droit, Perimetre, Personne},
        erreurs::Panne,
        horloge::RecuLe,
        mise_en_page::Cadre,
        papier, reprise,
        requete::{Chemin, Saisie},
    },
    urls,
};

fn coffre(app: &App) -> Result<Coffre, Panne> {
    Coffre::ouvrir(&app.reglages.donnees)
}

fn pilote(personne: &Personne) -> Result<(), Panne> {
    personne.exiger(Droit::LireCampagne, Perimetre::National)
}

/// The agreement for somebody of its pole's team, or of the Trésor; for
/// anybody else it does not exist.
async fn find_pour(base: &mut Lecture, id: Uuid, personne: &Personne) -> Result<Inscrite, Panne> {
    let inscrite = store::find(base, id).await?;
    let du_pole = personne.peut(Droit::LireDossier, Perimetre::Pole(inscrite.pole));
    match du_pole || personne.peut(Droit::LireCampagne, Perimetre::National) {
        true => Ok(inscrite),
        false => Err(Panne::Introuvable),
    }
}

/// `GET /campagnes/{code}/conventions`
pub async fn conventions(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(code): Chemin<String>,
) -> Result<Markup, Panne> {
    pilote(&personne)?;
    let campagne = app.campagnes.find(&code)?;
    lister(&app, &cadre, &personne, &campagne, &[]).await
}

async fn lister(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    campagne: &Campagne,
    raisons: &[Raison],
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let inscrites = store::de_la_campagne(&mut base, &campagne.code).await?;
    let connues = decisions::visibles(&mut base, &campagne.code, cadre.maintenant).await?;
    let restent = match connues.is_empty() {
        true => None,
        false => store::restent(&mut base, &campagne.code).await?,
    };
    let vue = pages::liste::Vue {
        campagne,
        inscrites: &inscrites,
        connues: !connues.is_empty(),
        a_proposer: restent.map_or(0, |restent| restent.a_proposer),
        prepare: personne.peut(Droit::PreparerConvention, Perimetre::National),
        exporte: personne.peut(Droit::ValiderVersement, Perimetre::National),
        raisons,
    };
    Ok(pages::liste::page(cadre, &vue))
}

/// `POST /campagnes/{code}/conventions`: proposes them to the laureates.
pub async fn create_conventions(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(code): Chemin<String>,
) -> Result<Response, Panne> {
    pilote(&par)?;
    let campagne = app.campagnes.find(&code)?;
    let personne = par.clone();
    let acte = actes::Proposer {
        par,
        campagne: campagne.code.clone(),
        url: app.reglages.url.clone(),
        recu_le,
    };
    app.repondre(
        acte,
        |_| urls::conventions_de_campagne(&code),
        async |raisons| lister(&app, &cadre, &personne, &campagne, &raisons).await,
    )
    .await
}

/// `GET /campagnes/{code}/ordres`: the validated orders, for the accounts.
pub async fn ordres(
    State(app): State<App>,
    personne: Personne,
    Chemin(code): Chemin<String>,
) -> Result<Response, Panne> {
    personne.exiger(Droit::ValiderVersement, Perimetre::National)?;
    let campagne = app.campagnes.find(&code)?;
    let mut base = app.db.lecture().await?;
    let inscrites = store::de_la_campagne(&mut base, &campagne.code).await?;
    let csv = ordres::en_csv(&inscrites, &coffre(&app)?)?;
    let entetes = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"ordres.csv\"",
        ),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    Ok((entetes, csv).into_response())
}

/// `GET /conventions/{id}`
pub async fn convention(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    let inscrite = find_pour(&mut app.db.lecture().await?, id, &personne).await?;
    let saisie = actes::Signature::default();
    Ok(pages::page(&cadre, &personne, &inscrite, &saisie, &[]))
}

/// `GET /conventions/{id}/texte`: the very bytes both sides sign.
pub async fn texte(
    State(app): State<App>,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    let inscrite = find_pour(&mut base, id, &personne).await?;
    match papier::find(&mut base, id, TEXTE).await? {
        Some(texte) => {
            papier::servir(&app, &texte, &format!("convention-{}", inscrite.numero)).await
        }
        // Being printed: the page says so.
        None => Ok(reprise::vers(&urls::convention(id))),
    }
}

/// `GET /conventions/{id}/exemplaire`: the signed copy; it exists once both
/// sides have signed.
pub async fn exemplaire(
    State(app): State<App>,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
) -> Result<Response, Panne> {
    let inscrite = find_pour(&mut app.db.lecture().await?, id, &personne).await?;
    let nom = format!("convention-signee-{}", inscrite.numero);
    papier::telecharger(&app, (id, EXEMPLAIRE), &nom, texte::exemplaire(&app, id)).await
}

/// Back to the agreement, or the page again with every reason.
async fn repondre<F>(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    id: Uuid,
    saisie: &actes::Signature,
    issue: Result<F, Vec<Raison>>,
) -> Result<Response, Panne> {
    let Err(raisons) = issue else {
        return Ok(reprise::vers(&urls::convention(id)));
    };
    let inscrite = find_pour(&mut app.db.lecture().await?, id, personne).await?;
    let page = pages::page(cadre, personne, &inscrite, saisie, &raisons);
    Ok(reprise::page(page))
}

/// `POST /conventions/{id}/signature`: the beneficiary signs.
pub async fn create_signature(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(convention): Chemin<Uuid>,
    recue: Saisie,
) -> Result<Response, Panne> {
    let personne = par.clone();
    let saisie = actes::Signature {
        nom: recue.texte("nom").to_owned(),
        qualite: recue.texte("qualite").to_owned(),
        pouvoir: recue.coche("pouvoir"),
        engagement: recue.coche("engagement_republicain"),
        titulaire: recue.texte("titulaire").to_owned(),
        titulaire_confirme: recue.coche("titulaire_confirme"),
        iban: recue.texte("iban").to_owned(),
        empreinte: recue.texte("empreinte").to_owned(),
    };
    let coffre = coffre(&app)?;
    let acte = actes::Signer {
        par,
        convention,
        saisie: saisie.clone(),
        coffre,
        recu_le,
    };
    let issue = app.tenter(acte).await?;
    repondre(&app, &cadre, &personne, convention, &saisie, issue).await
}

/// `POST /conventions/{id}/validation`: the State signs.
pub async fn create_validation(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(convention): Chemin<Uuid>,
    recue: Saisie,
) -> Result<Response, Panne> {
    let personne = par.clone();
    let acte = actes::Valider {
        par,
        convention,
        qualite: recue.texte("qualite").to_owned(),
        pouvoir: recue.coche("pouvoir"),
        empreinte: recue.texte("empreinte").to_owned(),
        recu_le,
    };
    let saisie = actes::Signature {
        qualite: recue.texte("qualite").to_owned(),
        pouvoir: recue.coche("pouvoir"),
        ..actes::Signature::default()
    };
    let issue = app.tenter(acte).await?;
    repondre(&app, &cadre, &personne, convention, &saisie, issue).await
}

/// `POST /conventions/{id}/versement`: prepares the order, all of the aid.
pub async fn create_versement(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(convention): Chemin<Uuid>,
    recue: Saisie,
) -> Result<Response, Panne> {
    par.exiger(Droit::PreparerVersement, Perimetre::National)?;
    let personne = par.clone();
    let saisie = actes::Signature::default();
    let issue = match recue.texte("montant").parse() {
        Ok(montant) => {
            let titulaire_verifie = recue.coche("titulaire_verifie");
            let coffre = coffre(&app)?;
            let acte = ordres::Preparer {
                par,
                convention,
                montant,
                titulaire_verifie,
                coffre,
                recu_le,
            };
            app.tenter(acte).await?
        }
        Err(illisible) => {
            let illisible: metier::commun::MontantIllisible = illisible;
            Err(vec![
                Raison::new("montant_attendu", illisible.to_string()).ancre("montant"),
            ])
        }
    };
    repondre(&app, &cadre, &personne, convention, &saisie, issue).await
}

/// `POST /conventions/{id}/versement/validation`: a second person validates.
pub async fn create_validation_du_versement(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(convention): Chemin<Uuid>,
) -> Result<Response, Panne> {
    par.exiger(Droit::ValiderVersement, Perimetre::National)?;
    let personne = par.clone();
    let acte = ordres::Valider {
        par,
        convention,
        coffre: coffre(&app)?,
        recu_le,
    };
    let issue = app.tenter(acte).await?;
    let saisie = actes::Signature::default();
    repondre(&app, &cadre, &personne, convention, &saisie, issue).await
}
