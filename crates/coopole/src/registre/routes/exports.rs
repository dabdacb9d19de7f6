//! The filtered list as files, over HTTP: anyone takes it away, any site reads it.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use maud::Markup;
use metier::commun::temps;

use crate::{
    app::App,
    registre::{
        annuaire::Filtre,
        export::{
            self, CHANGEMENTS, Chapitre, Classeur, Csv, Edition, Fichier, GeoJson, Json, MEMBRES,
            SIGNES, Tableur,
        },
        pages,
    },
    socle::{erreurs::Panne, mise_en_page::Cadre, requete::Parametres},
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

/// The list that the address asks for, as a file of this kind, of today:
/// « poles-2024-05-28.csv ».
async fn fichier<'a>(
    app: &'a App,
    cadre: &Cadre,
    filtre: &Filtre,
    genre: Genre,
    ouvrir: impl FnOnce(Edition<'a>) -> Result<Fichier<'a>, Panne>,
) -> Result<Response, Panne> {
    let fichier = ouvrir(Edition {
        site: &app.reglages.url,
        le: cadre.maintenant,
        campagnes: &app.campagnes,
    })?;
    let mut base = app.db.lecture().await?;
    let corps = export::ecrire(&mut base, filtre, vec![fichier]).await?;
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
    Ok((entetes, corps.concat()).into_response())
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
    let ouvrir = |edition| Ok(Box::new(GeoJson::nouveau(edition)) as Fichier<'_>);
    fichier(&app, &cadre, &filtre, genre, ouvrir).await
}

/// `GET /poles.json`
pub async fn json(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    let genre = genre("poles", "json", "application/json");
    let ouvrir = |edition| Ok(Box::new(Json::nouveau(edition)) as Fichier<'_>);
    fichier(&app, &cadre, &filtre, genre, ouvrir).await
}

/// `GET /poles.csv`: for programs.
pub async fn csv(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    let ouvrir = |edition| Ok(Box::new(Csv::des_poles(edition)) as Fichier<'_>);
    fichier(&app, &cadre, &filtre, genre("poles", "csv", CSV), ouvrir).await
}

/// The rows of a chapter, for programs.
async fn chapitre(
    app: &App,
    cadre: &Cadre,
    filtre: &Filtre,
    (nom, chapitre): (&'static str, &'static Chapitre),
) -> Result<Response, Panne> {
    let ouvrir = |edition| Ok(Box::new(Csv::du_chapitre(edition, chapitre)) as Fichier<'_>);
    fichier(app, cadre, filtre, genre(nom, "csv", CSV), ouvrir).await
}

/// `GET /poles-membres.csv`
pub async fn csv_des_membres(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    chapitre(&app, &cadre, &filtre, ("poles-membres", &MEMBRES)).await
}

/// `GET /poles-signes.csv`
pub async fn csv_des_signes(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    chapitre(&app, &cadre, &filtre, ("poles-signes", &SIGNES)).await
}

/// `GET /poles-changements.csv`
pub async fn csv_des_changements(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    chapitre(&app, &cadre, &filtre, ("poles-changements", &CHANGEMENTS)).await
}

/// `GET /poles-tableur.csv`: for spreadsheets.
pub async fn csv_tableur(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    let genre = genre("poles", "csv", "text/csv; charset=utf-8");
    let ouvrir = |edition| Ok(Box::new(Tableur::nouveau(edition)) as Fichier<'_>);
    fichier(&app, &cadre, &filtre, genre, ouvrir).await
}

/// `GET /poles.xlsx`
pub async fn xlsx(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    const MEDIA: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let ouvrir = |edition| Ok(Box::new(Classeur::nouveau(edition)?) as Fichier<'_>);
    fichier(&app, &cadre, &filtre, genre("poles", "xlsx", MEDIA), ouvrir).await
}
