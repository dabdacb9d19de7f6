//! Moving the time of the world: the clock, then everything that falls due.

use std::time::Duration;

use jiff::Timestamp;

use crate::{
    app::App,
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
    let du = async {
        while reste_a_faire(app).await? {
            taches::faire_le_du(app, router::faire).await?;
            tokio::time::sleep(REPOS).await;
        }
        Ok(())
    };
    // What is still undone shows as late, and never blocks the next step.
    tokio::time::timeout(PATIENCE, du).await.unwrap_or(Ok(()))
}

/// Whether a job is due and nobody gave it up.
async fn reste_a_faire(app: &App) -> Result<bool, Panne> {
    let en_retard = app
        .db
        .lecture()
        .await?
        .compter(
            "SELECT COUNT(*) FROM taches WHERE faite_le IS NULL AND due_le <= $1 AND essais < 2",
            &valeurs![app.horloge.now()],
        )
        .await?;
    Ok(en_retard > 0)
}
