//! What is new in the register: a feed for anyone, and the territories that
//! people with an account follow.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use maud::Markup;
use serde::Deserialize;
use uuid::Uuid;

use super::vers_la_region_d_aujourd_hui;
use crate::{
    app::App,
    poles::{
        arrivees::{self, arrivees},
        comptes::Lieu,
    },
    registre::{
        annuaire::Monde,
        atom, pages,
        suivis::{self, NePlusSuivre, Suivre},
        veille,
    },
    socle::{
        droits::Personne,
        erreurs::{Echec, Panne},
        horloge::RecuLe,
        mise_en_page::Cadre,
        reprise,
        requete::{Chemin, Parametres, Saisie},
    },
    urls,
};

/// Entries of the feed.
const AU_PLUS: i64 = 50;

/// The territory of a feed; of everywhere when blank.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ou {
    region: String,
    departement: String,
    epci: String,
}

impl Ou {
    fn lieu(&self) -> Result<Option<Lieu>, Panne> {
        let dits = [
            ("region", &self.region),
            ("departement", &self.departement),
            ("epci", &self.epci),
        ];
        let dit = dits.into_iter().find(|(_, code)| !code.is_empty());
        dit.map(|(genre, code)| Lieu::par_code(genre, code).ok_or(Panne::Introuvable))
            .transpose()
    }
}

/// `GET /poles.atom`
pub async fn flux(
    State(app): State<App>,
    cadre: Cadre,
    (Parametres(ou), Parametres(monde)): (Parametres<Ou>, Parametres<Monde>),
) -> Result<Response, Panne> {
    let flux_de = |region| atom::adresse(Some(Lieu::Region(region)), &monde);
    if let Some(ailleurs) = vers_la_region_d_aujourd_hui(&ou.region, flux_de) {
        return Ok(ailleurs);
    }
    let lieu = ou.lieu()?;
    let mut base = app.db.lecture().await?;
    let toujours = (Timestamp::MIN, cadre.maintenant);
    let ou = arrivees::Ou {
        lieu,
        reels: monde.reels(),
    };
    let nouveaux = arrivees(&mut base, ou, toujours, AU_PLUS).await?;
    let corps = atom::flux(&nouveaux.dernieres, lieu, &monde, &app.reglages.url);
    Ok((
        [(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")],
        corps,
    )
        .into_response())
}

/// `GET /suivis`
pub async fn suivis(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let suivis = suivis::du_compte(&mut base, personne.compte).await?;
    Ok(pages::suivis(&cadre, &suivis))
}

/// `GET /espace/territoires/{genre}/{code}`: the territory of a council.
pub async fn mon_territoire(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin((genre, code)): Chemin<(String, String)>,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let le = cadre.maintenant;
    let vue = veille::lire(&mut base, &personne, (&genre, &code), le).await?;
    Ok(pages::veille(&cadre, &vue))
}

/// `POST /suivis`
pub async fn create_suivi(
    State(app): State<App>,
    par: Personne,
    recu_le: RecuLe,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let lieu = Lieu::par_code(saisie.texte("genre"), saisie.texte("code"));
    let lieu = lieu.ok_or(Panne::Introuvable)?;
    let acte = Suivre { par, lieu, recu_le };
    app.accomplir(acte).await.map_err(sans_refus)?;
    Ok(reprise::vers(&format!("{}#suivre", lieu.adresse())))
}

/// `POST /suivis/{id}/fin`
pub async fn delete_suivi(
    State(app): State<App>,
    par: Personne,
    recu_le: RecuLe,
    Chemin(suivi): Chemin<Uuid>,
) -> Result<Response, Panne> {
    let acte = NePlusSuivre {
        par,
        suivi,
        recu_le,
    };
    app.accomplir(acte).await.map_err(sans_refus)?;
    Ok(reprise::vers(urls::SUIVIS))
}

/// These two acts refuse nothing: what one may not end does not exist.
fn sans_refus(echec: Echec<()>) -> Panne {
    match echec {
        Echec::Panne(panne) => panne,
        Echec::Refus(()) => Panne::Programme("following a territory is never refused"),
    }
}
