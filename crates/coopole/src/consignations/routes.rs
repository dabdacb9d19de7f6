//! What was before, over HTTP, for whoever answers for it.

use axum::{extract::State, response::Response};
use maud::Markup;
use metier::{
    commun::Raison,
    poles::consignation::{Anterieur, RefusConsignation},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    actes::{Annuler, Attester, Consigner, Qui, exiger},
    pages::{self, AAnnuler, Objets, Quoi, Saisi, Vue},
    store::{self, Consignee, PAR_PAGE},
};
use crate::{
    app::App,
    campagnes, charte,
    poles::Jalon,
    socle::{
        acte::Acte,
        db::Lecture,
        droits::Personne,
        erreurs::Panne,
        feuilles::{self, Feuille, Ici},
        horloge::RecuLe,
        mise_en_page::Cadre,
        requete::{Chemin, Parametres, Saisie},
    },
    urls,
};

fn genre(code: &str, personne: &Personne) -> Result<Anterieur, Panne> {
    let genre = Anterieur::par_code(code).ok_or(Panne::Introuvable)?;
    exiger(personne, genre).map(|()| genre)
}

async fn lire(app: &App, base: &mut Lecture, genre: Anterieur, ici: &Ici) -> Result<Vue, Panne> {
    let cote = ici.cote("", Jalon::lire);
    let consignees = store::lister(base, genre, (&cote, PAR_PAGE + 1)).await?;
    let voisine = |consignee: &Consignee, vers| {
        let place = consignee.jalon();
        feuilles::adresse(&urls::consignations(genre), "", (place, vers))
    };
    Ok(Vue {
        genre,
        objets: objets(base, genre).await?,
        consignees: Feuille::couper(consignees, (&cote, PAR_PAGE), voisine),
        attestations: store::attestations(base).await?,
        comptes: store::compter(base, genre, app.reglages.demonstration).await?,
    })
}

/// What was signed or won: code and title.
async fn objets(base: &mut Lecture, genre: Anterieur) -> Result<Objets, Panne> {
    let objets = match genre {
        Anterieur::Signature => {
            let versions = charte::lire(base).await?.versions.into_iter().rev();
            let reelles = versions.filter(|version| version.vaut.is_none());
            reelles.map(|v| (v.code, v.titre)).collect()
        }
        Anterieur::Laureat => campagnes::appels_a_laureats()
            .map(|appel| (appel.code.to_owned(), appel.titre.to_owned()))
            .collect(),
    };
    Ok(Objets(objets))
}

fn qui(app: &App, par: Personne, recu_le: RecuLe) -> Qui {
    Qui {
        par,
        recu_le,
        demonstration: app.reglages.demonstration,
    }
}

async fn montrer(
    app: &App,
    cadre: &Cadre,
    (genre, ici): (Anterieur, &Ici),
    (saisi, raisons): (&Saisi, &[Raison]),
) -> Result<Markup, Panne> {
    let vue = lire(app, &mut app.db.lecture().await?, genre, ici).await?;
    Ok(pages::consignations(cadre, &vue, saisi, raisons))
}

/// The list, once that is done; or the list again, with what to mend.
async fn repondre<A>(
    app: &App,
    cadre: &Cadre,
    (genre, saisi): (Anterieur, &Saisi),
    acte: A,
) -> Result<Response, Panne>
where
    A: Acte<Refus = RefusConsignation>,
{
    let adresse = |_| urls::consignations(genre);
    app.repondre(acte, adresse, async |raisons| {
        let ici = Ici::default();
        montrer(app, cadre, (genre, &ici), (saisi, &raisons)).await
    })
    .await
}

/// `GET /consignations/{genre}`
pub async fn consignations(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(code): Chemin<String>,
    Parametres(ici): Parametres<Ici>,
) -> Result<Markup, Panne> {
    let genre = genre(&code, &personne)?;
    montrer(&app, &cadre, (genre, &ici), (&Saisi::default(), &[])).await
}

/// `POST /consignations/{genre}`
pub async fn create_consignations(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(code): Chemin<String>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let genre = genre(&code, &par)?;
    let saisi = Saisi {
        objet: saisie.texte("objet").to_owned(),
        source: saisie.texte("source").to_owned(),
        lignes: saisie.texte("lignes").to_owned(),
        ..Saisi::default()
    };
    let acte = Consigner {
        qui: qui(&app, par, recu_le),
        genre,
        objet: saisi.objet.clone(),
        source: saisi.source.clone(),
        lignes: saisi.lignes.clone(),
    };
    repondre(&app, &cadre, (genre, &saisi), acte).await
}

/// `POST /consignations/{genre}/attestation`
pub async fn create_attestation(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(code): Chemin<String>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let genre = genre(&code, &par)?;
    let saisi = Saisi {
        jour: saisie.texte("jour").to_owned(),
        source_liste: saisie.texte("source_liste").to_owned(),
        confirme: saisie.coche("confirmation"),
        ..Saisi::default()
    };
    let acte = Attester {
        qui: qui(&app, par, recu_le),
        liste: genre,
        jour: saisi.jour.clone(),
        source: saisi.source_liste.clone(),
        confirme: saisi.confirme,
    };
    repondre(&app, &cadre, (genre, &saisi), acte).await
}

/// What an address of the undoing names.
#[derive(Deserialize)]
pub struct Objet {
    /// None named is none known: the right is asked for first.
    #[serde(default)]
    objet: Uuid,
}

async fn montrer_l_annulation(
    app: &App,
    cadre: &Cadre,
    (genre, objet): (Anterieur, Uuid),
    (motif, raisons): (&str, &[Raison]),
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let lignes = store::consignees(&mut base, genre, objet).await?;
    let vue = AAnnuler {
        genre,
        objet,
        objets: objets(&mut base, genre).await?,
        quoi: match lignes.as_slice() {
            [] => Quoi::Attestation(store::attestation(&mut base, genre, objet).await?),
            [ligne] if ligne.id == objet => Quoi::Une(ligne.clone()),
            _ => Quoi::Liste(lignes),
        },
    };
    Ok(pages::annulation(cadre, &vue, motif, raisons))
}

/// `GET /consignations/{genre}/annulation?objet=…`: a reason is asked for.
pub async fn annulation(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(code): Chemin<String>,
    Parametres(Objet { objet }): Parametres<Objet>,
) -> Result<Markup, Panne> {
    let genre = genre(&code, &personne)?;
    montrer_l_annulation(&app, &cadre, (genre, objet), ("", &[])).await
}

/// `POST /consignations/{genre}/annulation?objet=…`
pub async fn create_annulation(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    (Chemin(code), Parametres(Objet { objet })): (Chemin<String>, Parametres<Objet>),
    saisie: Saisie,
) -> Result<Response, Panne> {
    let genre = genre(&code, &par)?;
    let motif = saisie.texte("motif").to_owned();
    let acte = Annuler {
        qui: qui(&app, par, recu_le),
        genre,
        objet,
        motif: motif.clone(),
    };
    app.repondre(
        acte,
        |_| urls::consignations(genre),
        async |raisons| {
            montrer_l_annulation(&app, &cadre, (genre, objet), (&motif, &raisons)).await
        },
    )
    .await
}
