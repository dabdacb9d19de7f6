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
        carte,
        export::{self, Export},
        pages,
    },
    socle::{erreurs::Panne, mise_en_page::Cadre, requete::Parametres, tableur},
};

/// « poles-2024-05-28 »: a list is that of its day.
fn nom(cadre: &Cadre) -> String {
    format!("poles-{}", temps::jour_de(cadre.maintenant))
}

/// The list that the address asks for, as a file of this kind.
async fn fichier(
    app: &App,
    cadre: &Cadre,
    filtre: &Filtre,
    (suffixe, genre): (&str, &'static str),
    ecrire: impl FnOnce(Export<'_>) -> Result<Vec<u8>, Panne>,
) -> Result<Response, Panne> {
    let fiches = carte::toutes(&mut app.db.lecture().await?, filtre).await?;
    let corps = ecrire(Export {
        fiches: &fiches,
        site: &app.reglages.url,
        le: cadre.maintenant,
    })?;
    let nom = format!("attachment; filename=\"{}.{suffixe}\"", nom(cadre));
    let entetes = [
        (header::CONTENT_TYPE, genre.to_owned()),
        (header::CONTENT_DISPOSITION, nom),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
    ];
    Ok((entetes, corps).into_response())
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
    let genre = ("geojson", "application/geo+json");
    let ecrire = |liste: Export<'_>| Ok(export::geojson(liste).into_bytes());
    fichier(&app, &cadre, &filtre, genre, ecrire).await
}

/// `GET /poles.json`
pub async fn json(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    let genre = ("json", "application/json");
    let ecrire = |liste: Export<'_>| Ok(export::json(liste).into_bytes());
    fichier(&app, &cadre, &filtre, genre, ecrire).await
}

/// `GET /poles.csv`: for programs.
pub async fn csv(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    let genre = ("csv", "text/csv; charset=utf-8; header=present");
    let ecrire = |liste: Export<'_>| Ok(export::csv_ouvert(liste).into_bytes());
    fichier(&app, &cadre, &filtre, genre, ecrire).await
}

/// `GET /poles-tableur.csv`: for spreadsheets.
pub async fn csv_tableur(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    let genre = ("csv", "text/csv; charset=utf-8");
    let ecrire = |liste: Export<'_>| Ok(tableur::csv(&export::tableur(liste)).into_bytes());
    fichier(&app, &cadre, &filtre, genre, ecrire).await
}

/// `GET /poles.xlsx`
pub async fn xlsx(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    const GENRE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    fichier(&app, &cadre, &filtre, ("xlsx", GENRE), export::classeur).await
}
