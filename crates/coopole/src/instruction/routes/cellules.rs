//! The regional cells over HTTP, for the pilot and, for their address, themselves.

use axum::{extract::State, response::Response};
use maud::Markup;
use metier::{
    commun::{Raison, Region},
    instruction::cellule_competente,
};

use crate::{
    app::App,
    instruction::{
        contacts::{self, Publier},
        pages::{self, VueCellule, VueContact},
        store::{self, suppleances},
        suppleances::Suppleer,
    },
    poles::comptes,
    socle::{
        droits::{Droit, Perimetre, Personne},
        erreurs::Panne,
        horloge::RecuLe,
        mise_en_page::Cadre,
        reprise,
        requete::{Chemin, Saisie},
    },
    urls,
};

fn pilote(personne: &Personne) -> Result<(), Panne> {
    personne.exiger(Droit::LireCampagne, Perimetre::National)
}

/// `GET /cellules`: the eighteen regions, and who gives their opinions.
pub async fn cellules(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
) -> Result<Markup, Panne> {
    pilote(&personne)?;
    let mut base = app.db.lecture().await?;
    let cellules = store::cellules(&mut base).await?;
    let attente = suppleances::en_attente(&mut base, "").await?;
    let lignes: Vec<_> = Region::TOUTES
        .iter()
        .map(|region| {
            let combien = attente.iter().find(|(ou, _)| ou == region);
            (
                cellule_competente(*region, &cellules),
                *region,
                combien.map_or(0, |(_, n)| *n),
            )
        })
        .collect();
    Ok(pages::cellules(&cadre, &lignes))
}

async fn montrer(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    region: Region,
    (raisons, choisie): (&[Raison], &str),
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let cellules = store::cellules(&mut base).await?;
    let attente = suppleances::en_attente(&mut base, "").await?;
    let vue = VueCellule {
        region,
        competence: cellule_competente(region, &cellules),
        siegent: cellules
            .iter()
            .filter(|c| c.active)
            .map(|c| c.region)
            .collect(),
        en_attente: attente
            .iter()
            .find(|(ou, _)| *ou == region)
            .map_or(0, |(_, n)| *n),
        nomme: personne.peut(Droit::NommerSuppleante, Perimetre::National),
        publie: contacts::exiger(personne, region).is_ok(),
        choisie,
        raisons,
    };
    Ok(pages::cellule(cadre, &vue))
}

fn region(code: &str) -> Result<Region, Panne> {
    Region::par_code(code).ok_or(Panne::Introuvable)
}

/// `GET /cellules/{region}`: who gives the opinions of a region.
pub async fn cellule(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(code): Chemin<String>,
) -> Result<Markup, Panne> {
    pilote(&personne)?;
    montrer(&app, &cadre, &personne, region(&code)?, (&[], "")).await
}

/// `GET /cellules/{region}/contact`: where the public writes to a cell.
pub async fn contact(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(code): Chemin<String>,
) -> Result<Markup, Panne> {
    let region = region(&code)?;
    contacts::exiger(&personne, region)?;
    let publie = comptes::contact(&mut app.db.lecture().await?, region).await?;
    let vue = VueContact {
        region,
        saisie: publie.as_deref().unwrap_or_default(),
        raisons: &[],
    };
    Ok(pages::contact(&cadre, &vue))
}

/// `POST /cellules/{region}/contact`: publishes it, or takes it back.
pub async fn create_contact(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(code): Chemin<String>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let region = region(&code)?;
    contacts::exiger(&par, region)?;
    let saisie = saisie.texte("courriel");
    let acte = Publier {
        par,
        region,
        courriel: saisie.to_owned(),
        recu_le,
    };
    app.repondre(
        acte,
        |_| urls::region(region),
        async |raisons| {
            let vue = VueContact {
                region,
                saisie,
                raisons: &raisons,
            };
            Ok(pages::contact(&cadre, &vue))
        },
    )
    .await
}

/// `POST /cellules/{region}/suppleance`: names the one that stands in.
pub async fn create_suppleance(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(code): Chemin<String>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    pilote(&par)?;
    par.exiger(Droit::NommerSuppleante, Perimetre::National)?;
    let region = region(&code)?;
    let choisie = saisie.texte("cellule");
    let raisons = match Region::par_code(choisie) {
        None => vec![
            Raison::new("cellule_attendue", "Choisissez la cellule qui supplée.").ancre("cellule"),
        ],
        Some(cellule) => {
            let acte = Suppleer {
                par: par.clone(),
                region,
                cellule,
                recu_le,
            };
            match app.tenter(acte).await? {
                Ok(_) => return Ok(reprise::vers(urls::CELLULES)),
                Err(raisons) => raisons,
            }
        }
    };
    let page = montrer(&app, &cadre, &par, region, (&raisons, choisie)).await?;
    Ok(reprise::page(page))
}
