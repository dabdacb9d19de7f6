//! The filtered list as files, over HTTP: anyone takes it away, any site reads it.

use axum::{
    body::Body,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use futures_util::stream;
use jiff::Timestamp;
use maud::Markup;
use metier::commun::temps;
use tokio::sync::mpsc;

use crate::{
    app::App,
    registre::{
        annuaire::Filtre,
        donnees,
        export::{
            CHANGEMENTS, Classeur, Csv, Edition, Entiere, Fichier, GeoJson, Json, Lots, MEMBRES,
            SIGNES, Tableur,
        },
        pages,
    },
    socle::{erreurs::Panne, mise_en_page::Cadre, requete::Parametres, tableur, traces},
};

/// A kind of file: what its name begins with, how it ends, and its media type.
struct Genre {
    nom: &'static str,
    suffixe: &'static str,
    media: &'static str,
}

const fn genre(nom: &'static str, suffixe: &'static str, media: &'static str) -> Genre {
    Genre {
        nom,
        suffixe,
        media,
    }
}

const CSV: &str = "text/csv; charset=utf-8; header=present";

/// How a file begins.
type Ouvrir = fn(Edition<'_>) -> Result<Fichier<'_>, Panne>;

/// The list that the address asks for, as a file of this kind, of today:
/// « poles-2024-05-28.csv ».
async fn fichier(
    app: App,
    cadre: &Cadre,
    filtre: &Filtre,
    genre: Genre,
    ouvrir: Ouvrir,
) -> Result<Response, Panne> {
    let lots = Lots::de(&mut app.db.lecture().await?, filtre).await?;
    let (envoi, mut recus) = mpsc::channel(1);
    tokio::spawn(envoyer(app, lots, (ouvrir, cadre.maintenant), envoi));
    let corps = Body::from_stream(stream::poll_fn(move |reveil| recus.poll_recv(reveil)));
    let jour = temps::jour_de(cadre.maintenant);
    let Genre {
        nom,
        suffixe,
        media,
    } = genre;
    let nom = format!("attachment; filename=\"{nom}-{jour}.{suffixe}\"");
    let entetes = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CONTENT_DISPOSITION, nom),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
    ];
    Ok((entetes, corps).into_response())
}

type Morceau = Result<Vec<u8>, Panne>;

/// Writes the file as fast as it is taken away, and no faster. A failure cuts
/// it: half a file is never given as a whole one.
async fn envoyer(
    app: App,
    lots: Lots,
    (ouvrir, le): (Ouvrir, Timestamp),
    envoi: mpsc::Sender<Morceau>,
) {
    if let Err(panne) = ecrire(&app, lots, (ouvrir, le), &envoi).await {
        tracing::error!(error = traces::causes(&panne), "file cut short");
        // Whoever asked may be gone.
        let _ = envoi.send(Err(panne)).await;
    }
}

/// A connection is held for the length of a lot: a slow reader holds none.
async fn suivant(app: &App, lots: &mut Lots) -> Result<Option<Vec<Entiere>>, Panne> {
    let mut base = app.db.lecture().await?;
    lots.suivant(&mut base).await
}

async fn ecrire(
    app: &App,
    mut lots: Lots,
    (ouvrir, le): (Ouvrir, Timestamp),
    envoi: &mpsc::Sender<Morceau>,
) -> Result<(), Panne> {
    let mut fichier = ouvrir(Edition {
        site: &app.reglages.url,
        le,
        campagnes: &app.campagnes,
    })?;
    while let Some(lot) = suivant(app, &mut lots).await? {
        fichier.ajouter(&lot)?;
        let morceau = fichier.prendre();
        if !morceau.is_empty() {
            let _ = envoi.send(Ok(morceau)).await;
        }
        // Whoever asked is gone: what nobody reads is not written.
        if envoi.is_closed() {
            return Ok(());
        }
    }
    let _ = envoi.send(fichier.finir()).await;
    Ok(())
}

/// `GET /donnees`
pub async fn donnees_ouvertes(cadre: Cadre) -> Markup {
    pages::donnees_ouvertes(&cadre)
}

/// `GET /poles.geojson`
pub async fn geojson(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    let genre = genre("poles", "geojson", "application/geo+json");
    let ouvrir: Ouvrir = |edition| Ok(Box::new(GeoJson::nouveau(edition)) as Fichier<'_>);
    fichier(app, &cadre, &filtre, genre, ouvrir).await
}

/// `GET /poles.json`
pub async fn json(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    let genre = genre("poles", "json", "application/json");
    let ouvrir: Ouvrir = |edition| Ok(Box::new(Json::nouveau(edition)) as Fichier<'_>);
    fichier(app, &cadre, &filtre, genre, ouvrir).await
}

/// `GET /poles.csv`: for programs.
pub async fn csv(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    let ouvrir: Ouvrir = |edition| Ok(Box::new(Csv::des_poles(edition)) as Fichier<'_>);
    fichier(app, &cadre, &filtre, genre("poles", "csv", CSV), ouvrir).await
}

/// `GET /poles-membres.csv`
pub async fn csv_des_membres(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    let ouvrir: Ouvrir = |edition| Ok(Box::new(Csv::du_chapitre(edition, &MEMBRES)) as Fichier<'_>);
    let genre = genre("poles-membres", "csv", CSV);
    fichier(app, &cadre, &filtre, genre, ouvrir).await
}

/// `GET /poles-signes.csv`
pub async fn csv_des_signes(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    let ouvrir: Ouvrir = |edition| Ok(Box::new(Csv::du_chapitre(edition, &SIGNES)) as Fichier<'_>);
    let genre = genre("poles-signes", "csv", CSV);
    fichier(app, &cadre, &filtre, genre, ouvrir).await
}

/// `GET /poles-changements.csv`
pub async fn csv_des_changements(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    let ouvrir: Ouvrir =
        |edition| Ok(Box::new(Csv::du_chapitre(edition, &CHANGEMENTS)) as Fichier<'_>);
    let genre = genre("poles-changements", "csv", CSV);
    fichier(app, &cadre, &filtre, genre, ouvrir).await
}

/// `GET /regions.csv`: who answers for each region.
pub async fn csv_des_regions(State(app): State<App>, cadre: Cadre) -> Result<Response, Panne> {
    let edition = Edition {
        site: &app.reglages.url,
        le: cadre.maintenant,
        campagnes: &app.campagnes,
    };
    let lignes = donnees::regions(&mut app.db.instantane().await?, edition).await?;
    Ok(tableur::telecharger("regions", &lignes))
}

/// `GET /poles-tableur.csv`: for spreadsheets.
pub async fn csv_tableur(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    let genre = genre("poles", "csv", "text/csv; charset=utf-8");
    let ouvrir: Ouvrir = |edition| Ok(Box::new(Tableur::nouveau(edition)) as Fichier<'_>);
    fichier(app, &cadre, &filtre, genre, ouvrir).await
}

/// `GET /poles.xlsx`
pub async fn xlsx(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    const MEDIA: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let ouvrir: Ouvrir = |edition| Ok(Box::new(Classeur::nouveau(edition)?) as Fichier<'_>);
    fichier(app, &cadre, &filtre, genre("poles", "xlsx", MEDIA), ouvrir).await
}
