//! How a base is born: in demonstration or not, once and for all.

use jiff::Timestamp;

use super::Jeu;
use crate::{
    app::App,
    charte, poles,
    socle::{
        db::{Db, Lecture, Tx},
        erreurs::Panne,
        fichiers::{Disque, Stockage},
        horloge::Chronometre,
        reglages::Reglages,
    },
    valeurs,
};

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
    match nee(&mut app.db.lecture().await?).await? {
        Some(Nee {
            demonstration: false,
            ..
        }) => return Ok(Err(RefusNaissance::NeeReelle)),
        Some(Nee { entiere: true, .. }) => {}
        Some(Nee { entiere: false, .. }) => {
            tracing::warn!("the world was cut short while being built: it begins again");
            raser(app).await?;
            naitre(app, jeu, debut).await?;
        }
        None => naitre(app, jeu, debut).await?,
    }
    app.horloge.reprendre(&app.db).await?;
    Ok(Ok(()))
}

/// A real instance refuses a base born in demonstration.
pub async fn refuser_hors_demonstration(app: &App) -> Result<Result<(), RefusNaissance>, Panne> {
    match nee(&mut app.db.lecture().await?).await? {
        Some(nee) if nee.demonstration => Ok(Err(RefusNaissance::NeeEnDemonstration)),
        Some(_) => Ok(Ok(())),
        None => {
            let mut tx = app.db.begin().await?;
            inscrire(&mut tx, false, None).await?;
            poles::installer_les_cellules(&mut tx).await?;
            installer_le_registre_public(&mut tx, app).await?;
            charte::installer(&mut tx).await?;
            record_prete(&mut tx).await?;
            tx.commit().await?;
            Ok(Ok(()))
        }
    }
}

/// Erases the world of a demonstration, its files too, whatever version built
/// it; refuses any other base and says `false`.
pub async fn effacer(reglages: &Reglages) -> Result<bool, Panne> {
    let db = Db::ouvrir_telle_quelle(reglages).await?;
    let nee: Result<Option<(bool,)>, Panne> = db
        .lecture()
        .await?
        .fetch_optional("SELECT demonstration FROM instance WHERE id = 1", &[])
        .await;
    match nee {
        Ok(Some((true,))) => {}
        Ok(Some((false,))) => return Ok(false),
        // Nothing was born here: an empty base takes our schema, another refuses.
        Ok(None) | Err(_) => db.migrer().await?,
    }
    db.raser().await?;
    Disque::ouvrir(&reglages.donnees)?.vider().await?;
    Ok(true)
}

/// The base first: files without a row are seen by nobody.
async fn raser(app: &App) -> Result<(), Panne> {
    app.db.raser().await?;
    app.fichiers.vider().await
}

/// Begins the demonstration again: the same world, on its first day.
pub async fn recommencer(app: &App) -> Result<(), Panne> {
    let jeu = jeu(&mut app.db.lecture().await?).await?;
    recommencer_en(app, jeu).await
}

/// The world this demonstration was born as.
pub(super) async fn jeu(base: &mut Lecture) -> Result<Jeu, Panne> {
    let (jeu,): (Option<String>,) = base
        .fetch_one(
            "SELECT jeu FROM instance WHERE id = 1 AND demonstration",
            &[],
        )
        .await?;
    Ok(jeu.and_then(|nom| nom.parse().ok()).unwrap_or(Jeu::Monde))
}

/// Begins again in a world of one's choice; the base must be a demonstration's.
/// Waits for the job under way, which would find its world gone; the next ones
/// wait for the new one.
pub async fn recommencer_en(app: &App, jeu: Jeu) -> Result<(), Panne> {
    let _seul = app.chantier.write().await;
    raser(app).await?;
    naitre(app, jeu, None).await?;
    app.gardees.oublier();
    Ok(())
}

async fn naitre(app: &App, jeu: Jeu, debut: Option<Timestamp>) -> Result<(), Panne> {
    let debut = debut.unwrap_or_else(|| jeu.premier_jour());
    let mut tx = app.db.begin().await?;
    inscrire(&mut tx, true, Some(jeu)).await?;
    poles::installer_les_cellules(&mut tx).await?;
    if jeu != Jeu::Bilan2022 {
        installer_le_registre_public(&mut tx, app).await?;
    }
    charte::installer(&mut tx).await?;
    super::charte::installer(&mut tx, debut).await?;
    tx.commit().await?;
    app.horloge.avancer(&app.db, debut).await?;
    super::monde::construire(app, jeu).await?;
    let mut tx = app.db.begin().await?;
    record_prete(&mut tx).await?;
    tx.commit().await
}

async fn installer_le_registre_public(tx: &mut Tx, app: &App) -> Result<(), Panne> {
    poles::installer_le_registre_public(tx, |code| app.campagnes.find(code).is_ok()).await
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

/// The world is whole: what comes from now on is its life.
async fn record_prete(tx: &mut Tx) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE instance SET prete_le = $1 WHERE id = 1",
        &valeurs![Chronometre.now()],
    )
    .await
}

/// How a base was born.
#[derive(sqlx_macros::FromRow)]
struct Nee {
    demonstration: bool,
    /// False when the process died while it was building its world.
    entiere: bool,
}

async fn nee(base: &mut Lecture) -> Result<Option<Nee>, Panne> {
    base.fetch_optional(
        "SELECT demonstration, prete_le IS NOT NULL AS entiere FROM instance WHERE id = 1",
        &[],
    )
    .await
}
