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
    #[error(
        "Ce monde est né « {ne} » : il ne devient pas « {demande} ». \
         Pour le refaire, et perdre ce qui s’y est passé : coopole demo --neuve --jeu {demande}"
    )]
    AutreJeu { ne: Jeu, demande: Jeu },
    #[error(
        "L’histoire de ce monde commence à un autre instant. \
         Pour le refaire, et perdre ce qui s’y est passé : coopole demo --neuve --jeu {jeu} --horloge {debut}"
    )]
    AutreDebut { jeu: Jeu, debut: Timestamp },
}

/// What a world is asked to be; what is not said is as it was born.
#[derive(Debug, Clone, Copy, Default)]
pub struct Demande {
    pub jeu: Option<Jeu>,
    /// The first instant of its story.
    pub debut: Option<Timestamp>,
}

/// Opens the base for a demonstration: builds its world on the first start, and
/// says which it is. A world that is there does not become another one.
pub async fn ouvrir(app: &App, demande: Demande) -> Result<Result<Jeu, RefusNaissance>, Panne> {
    let Demande { jeu, debut } = demande;
    let neuf = jeu.unwrap_or(Jeu::Monde);
    match nee(&mut app.db.lecture().await?).await? {
        Some(Nee {
            demonstration: false,
            ..
        }) => return Ok(Err(RefusNaissance::NeeReelle)),
        Some(nee) if nee.entiere => {
            if let Err(refus) = nee.est_encore(demande) {
                return Ok(Err(refus));
            }
        }
        Some(_) => {
            tracing::warn!("the world was cut short while being built: it begins again");
            raser(app).await?;
            naitre(app, neuf, debut).await?;
        }
        None => naitre(app, neuf, debut).await?,
    }
    app.horloge.reprendre(&app.db).await?;
    let jeu = jeu_de(&mut app.db.lecture().await?).await?;
    Ok(Ok(jeu))
}

/// A real instance refuses a base born in demonstration.
pub async fn refuser_hors_demonstration(app: &App) -> Result<Result<(), RefusNaissance>, Panne> {
    match nee(&mut app.db.lecture().await?).await? {
        Some(nee) if nee.demonstration => Ok(Err(RefusNaissance::NeeEnDemonstration)),
        Some(_) => Ok(Ok(())),
        None => {
            let mut tx = app.db.begin().await?;
            inscrire(&mut tx, None).await?;
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

/// Begins the demonstration again: the same world, on its first day, which is
/// the one it was born on.
pub async fn recommencer(app: &App) -> Result<(), Panne> {
    let nee = nee(&mut app.db.lecture().await?).await?;
    let nee = nee
        .filter(|nee| nee.demonstration)
        .ok_or(Panne::Introuvable)?;
    refaire(app, nee.jeu(), nee.debut()).await
}

/// The world this demonstration was born as.
pub(super) async fn jeu_de(base: &mut Lecture) -> Result<Jeu, Panne> {
    let nee = nee(base).await?.filter(|nee| nee.demonstration);
    nee.map(|nee| nee.jeu()).ok_or(Panne::Introuvable)
}

/// Begins again in a world of one's choice, on its own first day; the base must
/// be a demonstration's.
pub async fn recommencer_en(app: &App, jeu: Jeu) -> Result<(), Panne> {
    refaire(app, jeu, None).await
}

/// Waits for the job under way, which would find its world gone; the next ones
/// wait for the new one.
async fn refaire(app: &App, jeu: Jeu, debut: Option<Timestamp>) -> Result<(), Panne> {
    let _seul = app.chantier.write().await;
    raser(app).await?;
    naitre(app, jeu, debut).await?;
    app.gardees.oublier();
    Ok(())
}

async fn naitre(app: &App, jeu: Jeu, debut: Option<Timestamp>) -> Result<(), Panne> {
    let debut = debut.unwrap_or_else(|| jeu.premier_jour());
    let mut tx = app.db.begin().await?;
    inscrire(&mut tx, Some((jeu, debut))).await?;
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

/// `monde`: the world of a demonstration and the first instant of its story.
async fn inscrire(tx: &mut Tx, monde: Option<(Jeu, Timestamp)>) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO instance (id, nee_le, demonstration, jeu, debut) VALUES (1, $1, $2, $3, $4)",
        &valeurs![
            Chronometre.now(),
            monde.is_some(),
            monde.map(|(jeu, _)| jeu.to_string()),
            monde.map(|(_, debut)| debut)
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
    jeu: Option<String>,
    debut: Option<i64>,
}

impl Nee {
    fn jeu(&self) -> Jeu {
        let jeu = self.jeu.as_deref().and_then(|nom| nom.parse().ok());
        jeu.unwrap_or(Jeu::Monde)
    }

    fn debut(&self) -> Option<Timestamp> {
        Timestamp::from_millisecond(self.debut?).ok()
    }

    /// Whether it is what is asked, as far as something is.
    fn est_encore(&self, demande: Demande) -> Result<(), RefusNaissance> {
        let ne = self.jeu();
        match (demande.jeu, demande.debut) {
            (Some(autre), _) if autre != ne => Err(RefusNaissance::AutreJeu { ne, demande: autre }),
            (_, Some(debut)) if self.debut() != Some(debut) => {
                Err(RefusNaissance::AutreDebut { jeu: ne, debut })
            }
            _ => Ok(()),
        }
    }
}

async fn nee(base: &mut Lecture) -> Result<Option<Nee>, Panne> {
    base.fetch_optional(
        "SELECT demonstration, prete_le IS NOT NULL AS entiere, jeu, debut FROM instance WHERE id = 1",
        &[],
    )
    .await
}
