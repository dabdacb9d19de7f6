//! The calls, over HTTP: public pages.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use maud::Markup;
use metier::campagnes::ActesTenus;

use super::{
    agenda,
    notice::{self, Imprimee},
    pages::{self, Lecteur},
    reponses::Reponses,
    store,
};
use crate::{
    app::App,
    decisions,
    socle::{
        droits::{Droit, Personne},
        erreurs::Panne,
        mise_en_page::Cadre,
        requete::{Chemin, Parametres},
    },
    urls,
};

/// `GET /appels`
pub async fn appels(State(app): State<App>, cadre: Cadre) -> Markup {
    pages::liste(&cadre, &app.campagnes)
}

/// `GET /appels/{code}`: no query for a visitor while the call is open, one for
/// a pole's team; once closed, two say which step is in progress.
pub async fn appel(
    State(app): State<App>,
    cadre: Cadre,
    personne: Option<Personne>,
    Chemin(code): Chemin<String>,
    Parametres(recus): Parametres<Vec<(String, String)>>,
) -> Result<Markup, Panne> {
    let campagne = app.campagnes.find(&code)?;
    let reponses = Reponses::lire(&campagne, &recus);
    let le = cadre.maintenant;
    let actes = match campagne.fenetre().est_close(le) {
        true => decisions::actes_publics(&mut app.db.lecture().await?, &code, le).await?,
        false => ActesTenus::default(),
    };
    let lecteur = match &personne {
        None => Lecteur::Public,
        Some(personne) => {
            let poles = match personne.perimetres(Droit::LireDossier).next() {
                Some(_) => {
                    let mut base = app.db.lecture().await?;
                    store::poles_suivis(&mut base, personne, &code).await?
                }
                None => Vec::new(),
            };
            Lecteur::Connecte(personne, poles)
        }
    };
    Ok(pages::appel(
        &cadre,
        &campagne,
        (&lecteur, &reponses),
        actes,
    ))
}

/// `GET /appels/{code}/eligibilite`: the answers are in the address, and no
/// copy of the page is kept anywhere.
pub async fn eligibilite(
    State(app): State<App>,
    cadre: Cadre,
    Chemin(code): Chemin<String>,
    Parametres(recus): Parametres<Vec<(String, String)>>,
) -> Result<Response, Panne> {
    let campagne = app.campagnes.find(&code)?;
    let reponses = Reponses::lire(&campagne, &recus);
    let page = pages::eligibilite(&cadre, &campagne, &reponses);
    Ok(([(header::CACHE_CONTROL, "no-store")], page).into_response())
}

/// `GET /appels/{code}/agenda.ics`: its dates, for a diary.
pub async fn agenda(
    State(app): State<App>,
    Chemin(code): Chemin<String>,
) -> Result<Response, Panne> {
    let campagne = app.campagnes.find(&code)?;
    let adresse = format!("{}{}", app.reglages.url, urls::appel(&code));
    let entetes = [
        (
            header::CONTENT_TYPE,
            "text/calendar; charset=utf-8".to_owned(),
        ),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{code}.ics\""),
        ),
    ];
    Ok((entetes, agenda::agenda(&campagne, &adresse)).into_response())
}

/// `GET /appels/{code}/notice`: the same document on paper, printed once.
pub async fn notice(
    State(app): State<App>,
    Chemin(code): Chemin<String>,
    entetes: HeaderMap,
) -> Result<Response, Panne> {
    let campagne = app.campagnes.find(&code)?;
    let imprimee = campagne
        .notice
        .get_or_try_init(|| {
            let adresse = format!("{}{}", app.reglages.url, urls::appel(&code));
            Imprimee::depuis(notice::notice(&campagne, adresse), &app.presse)
        })
        .await?;
    let communs = [
        (header::ETAG, imprimee.etiquette.clone()),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    if entetes.get(header::IF_NONE_MATCH) == Some(&imprimee.etiquette) {
        return Ok((StatusCode::NOT_MODIFIED, communs).into_response());
    }
    let nom = format!("inline; filename=\"notice-{code}.pdf\"");
    let nom = HeaderValue::from_str(&nom).map_err(|_| Panne::Introuvable)?;
    let propres = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/pdf"),
        ),
        (header::CONTENT_DISPOSITION, nom),
    ];
    Ok((communs, propres, imprimee.octets.clone()).into_response())
}
