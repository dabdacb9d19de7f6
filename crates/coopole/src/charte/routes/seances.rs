//! The sittings: for the keeper, who opens and closes them, and the page that
//! is projected, which names nobody.

use axum::{extract::State, response::Response};
use maud::Markup;
use metier::{
    charte::Cible,
    commun::{Raison, Region},
};
use uuid::Uuid;

use super::{PAR_PAGE, gestion::tient_la_charte, relances::relais};
use crate::{
    app::App,
    charte::{
        pages::{self, SeanceTenue},
        relances::{Quels, attendus, combien_d_attendus, demandee, exiger_le_relais},
        seances::{self, Clore, Ouvrir},
        store::{self, Lit, SeanceLue},
    },
    poles::Jalon,
    socle::{
        droits::Personne,
        erreurs::Panne,
        feuilles::{self, Feuille, Ici},
        horloge::RecuLe,
        mise_en_page::Cadre,
        qr,
        requete::{Chemin, Parametres, Saisie},
    },
    urls,
};

/// The sittings, a page of them, and the form that announces one.
async fn liste(
    app: &App,
    cadre: &Cadre,
    ici: &Ici,
    (saisie, raisons): (&seances::Saisie, &[Raison]),
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let cote = ici.cote("", Jalon::lire);
    let lues = store::seances(&mut base, (&cote, PAR_PAGE + 1)).await?;
    let voisine = |lue: &SeanceLue, vers| {
        let place = Jalon::new(lue.seance.du, lue.id);
        feuilles::adresse(urls::SEANCES_CHARTE, "", (place, vers))
    };
    let feuille = Feuille::couper(lues, (&cote, PAR_PAGE), voisine);
    Ok(pages::seances(cadre, &feuille, saisie, raisons))
}

/// `GET /charte/gestion/seances`
pub async fn seances(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Parametres(ici): Parametres<Ici>,
) -> Result<Markup, Panne> {
    tient_la_charte(&personne)?;
    liste(&app, &cadre, &ici, (&seances::Saisie::default(), &[])).await
}

/// `POST /charte/gestion/seances`
pub async fn create_seance(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    recue: Saisie,
) -> Result<Response, Panne> {
    tient_la_charte(&par)?;
    let texte = |nom| recue.texte(nom).to_owned();
    let saisie = seances::Saisie {
        nom: texte("nom"),
        lieu: texte("lieu"),
        jour: texte("jour"),
        de: texte("de"),
        a: texte("a"),
    };
    let acte = Ouvrir {
        par,
        saisie: saisie.clone(),
        recu_le,
    };
    app.repondre(acte, urls::seance_tenue, async |raisons| {
        liste(&app, &cadre, &Ici::default(), (&saisie, &raisons)).await
    })
    .await
}

/// `GET /charte/gestion/seances/{id}`: who is expected, who signed.
pub async fn seance(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    tient_la_charte(&personne)?;
    montrer(&app, (&cadre, &personne), (id, None), &[]).await
}

/// `GET /charte/gestion/seances/{id}/regions/{code}`: the same for a region,
/// whose cell relays the Charter: who of its poles is expected, who signed.
pub async fn seance_en_region(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin((id, code)): Chemin<(Uuid, String)>,
) -> Result<Markup, Panne> {
    let region = Region::par_code(&code).ok_or(Panne::Introuvable)?;
    exiger_le_relais(&mut app.db.lecture().await?, &personne, Some(region)).await?;
    montrer(&app, (&cadre, &personne), (id, Some(region)), &[]).await
}

async fn montrer(
    app: &App,
    (cadre, personne): (&Cadre, &Personne),
    (id, region): (Uuid, Option<Region>),
    raisons: &[Raison],
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let lue = store::seance(&mut base, id).await?;
    let charte = store::lire(&mut base).await?;
    let (mut attendus_ici, mut combien) = (Vec::new(), 0);
    let le = cadre.maintenant;
    for cible in [Cible::Laureats, Cible::Anciens] {
        let quels = Quels {
            cible,
            region,
            demonstration: app.reglages.demonstration,
        };
        attendus_ici.extend(attendus(&mut base, &charte, quels, (Lit::Lot, le)).await?);
        combien += combien_d_attendus(&mut base, &charte, quels, le).await?;
    }
    attendus_ici.sort_by_key(|attendu| crate::poles::cle_de_tri(&attendu.nom));
    let vue = SeanceTenue {
        relais: relais(personne, region),
        signatures: store::signatures_de_la_seance(&mut base, id, region).await?,
        lue,
        attendus: attendus_ici,
        combien,
        titre: demandee(&charte).map(|(version, _)| version.titre.clone()),
    };
    Ok(pages::seance(cadre, &vue, raisons))
}

/// `POST /charte/gestion/seances/{id}/cloture`
pub async fn create_cloture(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
) -> Result<Response, Panne> {
    let personne = par.clone();
    let acte = Clore {
        par,
        seance: id,
        recu_le,
    };
    app.repondre(
        acte,
        |()| urls::seance_tenue(id),
        async |raisons| montrer(&app, (&cadre, &personne), (id, None), &raisons).await,
    )
    .await
}

/// `GET /charte/seances/{id}`: to project, or on a tablet at the entrance.
pub async fn seance_projetee(
    State(app): State<App>,
    cadre: Cadre,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    let lue = store::seance(&mut app.db.lecture().await?, id).await?;
    let adresse = format!("{}{}", app.reglages.url, urls::signer_en_seance(id));
    let dessin = qr::dessiner(&adresse)?;
    Ok(pages::seance_projetee(&cadre, &lue, (&adresse, &dessin)))
}
