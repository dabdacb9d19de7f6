//! Moving the time of the world: the clock, then everything that falls due.

use std::time::Duration;

use jiff::Timestamp;

use super::SUITE;
use crate::{
    app::App,
    conventions::{EXEMPLAIRE, TEXTE},
    decisions::LETTRE,
    dossiers::ACCUSE,
    router,
    socle::{erreurs::Panne, taches},
    valeurs,
};

/// How long a jump waits for the jobs that fall due.
const PATIENCE: Duration = Duration::from_secs(60);
const REPOS: Duration = Duration::from_millis(50);

/// Moves the clock, then does the jobs due, with the background loop's help.
pub async fn avancer(app: &App, vers: Timestamp) -> Result<(), Panne> {
    app.horloge.avancer(&app.db, vers).await?;
    app.gardees.oublier();
    // On its own: a job is never dropped halfway because the answer is ready.
    let aide = app.clone();
    tokio::spawn(async move { taches::faire_le_du(&aide, router::faire).await });
    let du = async {
        while reste_a_faire(app).await? {
            app.reveil.notify_waiters();
            tokio::time::sleep(REPOS).await;
        }
        Ok(())
    };
    // What is still undone shows as late, and never blocks the next step.
    tokio::time::timeout(PATIENCE, du).await.unwrap_or(Ok(()))
}

/// Whether a job is due and nobody gave it up. Papers are not waited for, nor
/// who signs them: each is printed meanwhile, and its page says so.
async fn reste_a_faire(app: &App) -> Result<bool, Panne> {
    let en_retard = app
        .db
        .lecture()
        .await?
        .compter(
            "SELECT COUNT(*) FROM taches
             WHERE faite_le IS NULL AND due_le <= $1 AND essais < 2
               AND genre <> $2 AND genre <> $3 AND genre <> $4 AND genre <> $5 AND genre <> $6",
            &valeurs![app.horloge.now(), ACCUSE, TEXTE, EXEMPLAIRE, LETTRE, SUITE],
        )
        .await?;
    Ok(en_retard > 0)
}
