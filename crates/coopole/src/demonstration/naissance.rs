//! How a base is born: in demonstration or not, once and for all.

use jiff::Timestamp;

use super::Jeu;
use crate::{
    app::App,
    poles,
    socle::{
        db::{Db, Lecture, Tx},
        erreurs::Panne,
        horloge::Chronometre,
        reglages::Reglages,
    },
    valeurs,
};

/// Monday 27 May 2024, 9 a.m. in Paris: two days before the closing.
const PREMIER_JOUR: &str = "2024-05-27T09:00:00+02:00";

/// Why a base is not served that way.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RefusNaissance {
    #[error(
        "Cette base est née en démonstration : elle ne se sert qu’avec « serve --demo ». \
         Pour une instance réelle, donnez un autre dossier dans COOPOLE_DONNEES."
    )]
    NeeEnDemonstration,
    #[error(
        "Cette base n’est pas née en démonstration : elle contient peut-être de vrais dossiers. \
         Pour la démonstration, donnez un autre dossier dans COOPOLE_DONNEES."
    )]
    NeeReelle,
}

/// Opens the base for a demonstration: builds its world on the first start.
pub async fn ouvrir(
    app: &App,
    jeu: Jeu,
    debut: Option<Timestamp>,
) -> Result<Result<(), RefusNaissance>, Panne> {
    match nee_en_demonstration(&mut app.db.lecture().await?).await? {
        Some(true) => {}
        Some(false) => return Ok(Err(RefusNaissance::NeeReelle)),
        None => naitre(app, jeu, debut).await?,
    }
    app.horloge.reprendre(&app.db).await?;
    Ok(Ok(()))
}

/// A real instance refuses a base born in demonstration.
pub async fn refuser_hors_demonstration(app: &App) -> Result<Result<(), RefusNaissance>, Panne> {
    match nee_en_demonstration(&mut app.db.lecture().await?).await? {
        Some(true) => Ok(Err(RefusNaissance::NeeEnDemonstration)),
        Some(false) => Ok(Ok(())),
        None => {
            let mut tx = app.db.begin().await?;
            poles::installer_la_reference(&mut tx).await?;
            inscrire(&mut tx, false, None).await?;
            tx.commit().await?;
            Ok(Ok(()))
        }
    }
}

/// Erases the base of a demonstration; refuses any other and says `false`.
pub async fn effacer(reglages: &Reglages) -> Result<bool, Panne> {
    let db = Db::ouvrir(reglages).await?;
    if nee_en_demonstration(&mut db.lecture().await?).await? == Some(false) {
        return Ok(false);
    }
    db.raser().await?;
    Ok(true)
}

/// Begins the demonstration again: the same world, on its first day.
pub async fn recommencer(app: &App) -> Result<(), Panne> {
    let (jeu,): (Option<String>,) = app
        .db
        .lecture()
        .await?
        .fetch_one(
            "SELECT jeu FROM instance WHERE id = 1 AND demonstration",
            &[],
        )
        .await?;
    let jeu = jeu.and_then(|nom| nom.parse().ok()).unwrap_or(Jeu::Monde);
    recommencer_en(app, jeu).await
}

/// Begins again in a world of one's choice; the base must be a demonstration's.
pub async fn recommencer_en(app: &App, jeu: Jeu) -> Result<(), Panne> {
    app.db.raser().await?;
    naitre(app, jeu, None).await?;
    app.gardees.oublier();
    Ok(())
}

async fn naitre(app: &App, jeu: Jeu, debut: Option<Timestamp>) -> Result<(), Panne> {
    let debut = match debut {
        Some(debut) => debut,
        None => PREMIER_JOUR.parse().expect("a well-formed instant"),
    };
    app.horloge.avancer(&app.db, debut).await?;
    let mut tx = app.db.begin().await?;
    poles::installer_la_reference(&mut tx).await?;
    tx.commit().await?;
    super::monde::construire(app, jeu).await?;
    let mut tx = app.db.begin().await?;
    inscrire(&mut tx, true, Some(jeu)).await?;
    tx.commit().await
}

async fn inscrire(tx: &mut Tx, demonstration: bool, jeu: Option<Jeu>) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO instance (id, nee_le, demonstration, jeu) VALUES (1, $1, $2, $3)",
        &valeurs![
            Chronometre.now(),
            demonstration,
            jeu.map(|jeu| jeu.to_string())
        ],
    )
    .await
    .map(drop)
}

async fn nee_en_demonstration(base: &mut Lecture) -> Result<Option<bool>, Panne> {
    let ligne: Option<(bool,)> = base
        .fetch_optional("SELECT demonstration FROM instance WHERE id = 1", &[])
        .await?;
    Ok(ligne.map(|(demonstration,)| demonstration))
}
