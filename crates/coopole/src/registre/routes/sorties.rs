//! The poles that leave the register, over HTTP: the list anyone reads, and the
//! acts of those who answer for them.

use axum::{extract::State, response::Response};
use maud::Markup;
use metier::commun::Raison;
use uuid::Uuid;

use super::corrections::qui;
use crate::{
    app::App,
    poles::{Jalon, etat, sorties as store},
    registre::{
        donnees,
        historique::PAR_PAGE,
        pages,
        sorties::{AnnulerLaSortie, Sortir, Typee, repond_des_sorties},
    },
    socle::{
        droits::Personne,
        erreurs::Panne,
        feuilles::{self, Feuille, Ici},
        horloge::RecuLe,
        mise_en_page::Cadre,
        reprise,
        requete::{Chemin, Parametres, Saisie},
        tableur,
    },
    urls,
};

/// `GET /poles/sortis`
pub async fn sortis(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(ici): Parametres<Ici>,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let cote = ici.cote("", Jalon::lire);
    let lues = store::dehors(&mut base, (&cote, PAR_PAGE + 1)).await?;
    let feuille = Feuille::couper(lues, (&cote, PAR_PAGE), |lue, vers| {
        feuilles::adresse(urls::SORTIS, "", (lue.jalon(), vers))
    });
    Ok(pages::sortis(&cadre, &feuille))
}

/// `GET /poles-sortis.csv`
pub async fn csv_des_sorties(State(app): State<App>, cadre: Cadre) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    let lignes = donnees::sorties(&mut base, &app.reglages.url, cadre.maintenant).await?;
    Ok(tableur::telecharger("poles-sortis", &lignes))
}

async fn montrer(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    (pole, typee, annulation): (Uuid, &Typee, &str),
    raisons: &[Raison],
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let etat = etat::lire(&mut base, pole).await?;
    if !repond_des_sorties(&mut base, personne, etat.region()).await? {
        return Err(Panne::Introuvable);
    }
    let sorties = store::du_pole(&mut base, pole).await?;
    let reel = app.reglages.demonstration && !etat.invente;
    let dits = (typee, annulation);
    Ok(pages::sortie(cadre, (&etat, &sorties), dits, raisons, reel))
}

/// `GET /poles/{id}/sortie`
pub async fn sortie(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    montrer(&app, &cadre, &personne, (id, &Typee::default(), ""), &[]).await
}

/// `POST /poles/{id}/sortie`
pub async fn create_sortie(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let [etat, depuis, motif, source] =
        ["etat", "depuis", "motif", "source"].map(|champ| saisie.texte(champ).to_owned());
    let typee = Typee {
        etat,
        depuis,
        motif,
        source,
    };
    let acte = Sortir {
        qui: qui(&app, par.clone(), recu_le),
        pole: id,
        typee: typee.clone(),
    };
    match app.tenter(acte).await? {
        Ok(fait) => Ok(reprise::vers(&urls::pole(fait.pole))),
        Err(raisons) => {
            let page = montrer(&app, &cadre, &par, (id, &typee, ""), &raisons).await?;
            Ok(reprise::page(page))
        }
    }
}

/// `POST /sorties/{id}/annulation`
pub async fn create_annulation_de_sortie(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let motif = saisie.texte("annulation");
    let acte = AnnulerLaSortie {
        qui: qui(&app, par.clone(), recu_le),
        sortie: id,
        motif: motif.to_owned(),
    };
    match app.tenter(acte).await? {
        Ok(fait) => Ok(reprise::vers(&urls::pole(fait.pole))),
        Err(raisons) => {
            let lue = store::find(&mut app.db.lecture().await?, id).await?;
            let dit = (lue.pole, &Typee::default(), motif);
            let page = montrer(&app, &cadre, &par, dit, &raisons).await?;
            Ok(reprise::page(page))
        }
    }
}
