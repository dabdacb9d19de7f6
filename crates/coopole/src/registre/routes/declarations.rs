//! Declaring a pole, over HTTP: what somebody of its team says, and what those
//! who answer for its region reply.

use axum::{extract::State, response::Response};
use maud::Markup;
use metier::commun::Raison;
use uuid::Uuid;

use super::corrections::{commune, ligne, porteuse, qui};
use crate::{
    app::App,
    poles::{
        Jalon,
        declarations::{self as store, Declaree},
    },
    registre::{
        corrections::portee,
        declarations::{Declarer, Dit, RepondreALaDeclaration, RetirerLaDeclaration, Typee},
        historique::PAR_PAGE,
        pages::{self, AInscrire, MaDeclaration, STRUCTURE},
    },
    socle::{
        droits::{Droit, Personne},
        erreurs::Panne,
        feuilles::{self, Feuille, Ici, Vers},
        horloge::RecuLe,
        mise_en_page::Cadre,
        reprise,
        requete::{Chemin, Parametres, Saisie},
    },
    urls,
};

fn typee(saisie: &Saisie) -> Typee {
    let dit = |lu: Result<String, std::borrow::Cow<'static, str>>| {
        Dit(lu.map_err(std::borrow::Cow::into_owned))
    };
    let texte = |champ| saisie.texte(champ).to_owned();
    Typee {
        nom: texte("pole"),
        commune: dit(commune(saisie.texte("commune").trim())),
        porteuse: dit(porteuse(saisie)),
        presentation: texte("presentation"),
        site: texte("site"),
        fonction: texte("fonction"),
        autres: !saisie.texte("autres").is_empty(),
    }
}

async fn montrer(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    (typee, saisie): (&Typee, &Saisie),
    raisons: &[Raison],
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let semblables = match typee.lue().filter(|_| !raisons.is_empty()) {
        Some(lue) => store::semblables(&mut base, &lue, app.reglages.demonstration).await?,
        None => Vec::new(),
    };
    Ok(pages::declarer(
        cadre,
        &MaDeclaration {
            typee,
            commune: saisie.texte("commune"),
            porteuse: &ligne(saisie, &STRUCTURE),
            semblables: &semblables,
            miennes: &store::miennes(&mut base, personne.compte).await?,
            raisons,
        },
    ))
}

/// `GET /poles/declarer`
pub async fn declarer(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
) -> Result<Markup, Panne> {
    let rien = (&Typee::default(), &Saisie::default());
    montrer(&app, &cadre, &personne, rien, &[]).await
}

/// `POST /poles/declarer`
pub async fn create_declaration(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let typee = typee(&saisie);
    let acte = Declarer {
        qui: qui(&app, par.clone(), recu_le),
        typee: typee.clone(),
    };
    match app.tenter(acte).await? {
        Ok(suite) => {
            let ici = format!("{}#declaration-{}", urls::DECLARER, suite.declaree.id);
            Ok(reprise::vers(&ici))
        }
        Err(raisons) => {
            let page = montrer(&app, &cadre, &par, (&typee, &saisie), &raisons).await?;
            Ok(reprise::page(page))
        }
    }
}

/// `POST /declarations/{id}/retrait`
pub async fn create_retrait_de_declaration(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
) -> Result<Response, Panne> {
    let acte = RetirerLaDeclaration {
        qui: qui(&app, par.clone(), recu_le),
        declaration: id,
    };
    match app.tenter(acte).await? {
        Ok(_) => Ok(reprise::vers(urls::DECLARER)),
        Err(raisons) => {
            let rien = (&Typee::default(), &Saisie::default());
            let page = montrer(&app, &cadre, &par, rien, &raisons).await?;
            Ok(reprise::page(page))
        }
    }
}

async fn bureau(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    ici: &Ici,
    (reprise, raisons): (Option<&Declaree>, &[Raison]),
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let portee = portee(&mut base, personne).await?;
    // Its list begins with the declaration whose answer has to be mended.
    let cote = match reprise {
        Some(declaree) => Some((declaree.jalon().juste_avant(), Vers::Apres)),
        None => ici.cote("", Jalon::lire),
    };
    let qui = (&portee, personne.compte);
    let lues = store::en_attente(&mut base, qui, (&cote, PAR_PAGE + 1)).await?;
    let feuille = Feuille::couper(lues, (&cote, PAR_PAGE), |declaree, vers| {
        feuilles::adresse(urls::DECLARATIONS, "", (declaree.jalon(), vers))
    });
    let Feuille {
        lignes: declarees,
        precedente,
        suivante,
    } = feuille;
    let mut lignes = Vec::with_capacity(declarees.len());
    for declaree in declarees {
        let invente = app.reglages.demonstration;
        let semblables = store::semblables(&mut base, &declaree.declaration, invente).await?;
        lignes.push((declaree, semblables));
    }
    let en_attente = Feuille {
        lignes,
        precedente,
        suivante,
    };
    Ok(pages::declarations(
        cadre,
        &AInscrire {
            region: personne.regions(Droit::ModererRegistre).first().copied(),
            en_attente: &en_attente,
            reprise: reprise.map(|declaree| declaree.id),
            raisons,
        },
    ))
}

/// `GET /declarations`: what waits for the person's answer.
pub async fn declarations(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Parametres(ici): Parametres<Ici>,
) -> Result<Markup, Panne> {
    bureau(&app, &cadre, &personne, &ici, (None, &[])).await
}

/// `POST /declarations/{id}/reponse`
pub async fn create_reponse_a_la_declaration(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let acte = RepondreALaDeclaration {
        qui: qui(&app, par.clone(), recu_le),
        declaration: id,
        accepter: saisie.texte("issue") == "acceptee",
        motif: saisie.texte(&format!("motif-{id}")).to_owned(),
    };
    match app.tenter(acte).await? {
        Ok(suite) => Ok(reprise::vers(
            &suite
                .pole
                .map_or_else(|| urls::DECLARATIONS.to_owned(), urls::pole),
        )),
        Err(raisons) => {
            let declaree = store::find(&mut app.db.lecture().await?, id).await?;
            let ici = Ici::default();
            let page = bureau(&app, &cadre, &par, &ici, (Some(&declaree), &raisons)).await?;
            Ok(reprise::page(page))
        }
    }
}
