//! Jobs: what follows an act, done after its transaction.
//!
//! A row is written with the act; any process may take it under a lease. A job
//! that dies is taken again when its lease ends, and its result is recorded in
//! the transaction that marks it done, so that two processes never both do it.
//! `due_le` is legal time (a notification at its instant), everything else is
//! the machine's. Rooms declare their jobs in `router::faire`.

use std::{future::Future, pin::Pin, time::Duration};

use jiff::{SignedDuration, Timestamp};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{alea, db::Tx, erreurs::Panne, horloge::Chronometre, traces};
use crate::{app::App, valeurs};

const BAIL: SignedDuration = SignedDuration::from_secs(60);
const PATIENCE: Duration = Duration::from_secs(1);
const ESSAIS_AU_PLUS: i64 = 8;

/// A job taken under a lease.
#[derive(Debug, Clone, FromRow)]
pub struct Tache {
    pub id: Uuid,
    pub genre: String,
    pub objet: Uuid,
    pub due_le: i64,
    pub essais: i64,
    pub bail: Option<Uuid>,
}

/// What a job does. It does its slow part without a transaction, then hands
/// back through [`Tache::achever`] what must be recorded with its end.
pub type Travail = Pin<Box<dyn Future<Output = Result<(), Panne>> + Send>>;

/// Enqueues a job in the act's transaction, to run once `due_le` has come.
pub async fn enqueue(
    tx: &mut Tx,
    genre: &'static str,
    objet: Uuid,
    due_le: Timestamp,
) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO taches (id, genre, objet, due_le, pas_avant, essais, bail_fin)
         VALUES ($1, $2, $3, $4, 0, 0, 0)",
        &valeurs![alea::id(), genre, objet, due_le],
    )
    .await
    .map(drop)
}

/// Gives up the pending jobs of a kind, when what they make is made on request.
pub async fn renoncer(tx: &mut Tx, genre: &str) -> Result<(), Panne> {
    tx.execute(
        "DELETE FROM taches WHERE genre = $1 AND faite_le IS NULL",
        &valeurs![genre],
    )
    .await
    .map(drop)
}

impl Tache {
    /// Ends the job inside the transaction that records its result. Refuses if
    /// the lease passed to somebody else meanwhile: the result is then dropped.
    pub async fn achever(&self, tx: &mut Tx) -> Result<(), Panne> {
        let faite_le = Chronometre.now();
        let achevees = tx
            .execute(
                "UPDATE taches SET faite_le = $1, constat = NULL
                 WHERE id = $2 AND bail = $3 AND faite_le IS NULL",
                &valeurs![faite_le, self.id, self.bail],
            )
            .await?;
        match achevees {
            0 => Err(Panne::Conflit("the job's lease passed to another process")),
            _ => Ok(()),
        }
    }

    /// Keeps the lease for as long again, with a part of a long job. Refuses if
    /// it passed to somebody else meanwhile: that part is then dropped.
    pub async fn prolonger(&self, tx: &mut Tx) -> Result<(), Panne> {
        let prolongees = tx
            .execute(
                "UPDATE taches SET bail_fin = $1 WHERE id = $2 AND bail = $3 AND faite_le IS NULL",
                &valeurs![Chronometre.now() + BAIL, self.id, self.bail],
            )
            .await?;
        match prolongees {
            0 => Err(Panne::Conflit("the job's lease passed to another process")),
            _ => Ok(()),
        }
    }

    /// Ends a job that has nothing to record.
    pub async fn achever_seule(&self, app: &App) -> Result<(), Panne> {
        let mut tx = app.db.begin().await?;
        self.achever(&mut tx).await?;
        tx.commit().await
    }
}

/// Runs jobs until the server stops. One loop a process.
pub async fn tourner(app: App, faire: fn(App, Tache) -> Travail) {
    loop {
        match faire_le_du(&app, faire).await {
            Ok(0) => {
                let _ = tokio::time::timeout(PATIENCE, app.reveil.notified()).await;
            }
            Ok(_) => {}
            Err(panne) => {
                tracing::error!(error = traces::causes(&panne), "jobs: cannot take any");
                tokio::time::sleep(PATIENCE).await;
            }
        }
    }
}

/// Does every job that is due, one after the other; returns how many.
pub async fn faire_le_du(app: &App, faire: fn(App, Tache) -> Travail) -> Result<usize, Panne> {
    let mut faites = 0;
    loop {
        // Held until its end is recorded: a job and its world end together.
        let _monde = app.chantier.read().await;
        let Some(tache) = prendre(app).await? else {
            return Ok(faites);
        };
        faites += 1;
        if let Err(panne) = faire(app.clone(), tache.clone()).await {
            tracing::warn!(job = tache.genre, id = %tache.id, error = traces::causes(&panne), "job failed");
            remettre(app, &tache, &panne).await?;
        }
    }
}

/// Takes the oldest job due that nobody holds.
async fn prendre(app: &App) -> Result<Option<Tache>, Panne> {
    let machine = Chronometre.now();
    let legal = app.horloge.now();
    let a_faire = app
        .db
        .lecture()
        .await?
        .compter(
            "SELECT COUNT(*) FROM taches
             WHERE faite_le IS NULL AND due_le <= $1 AND pas_avant <= $2 AND bail_fin <= $2",
            &valeurs![legal, machine],
        )
        .await?;
    if a_faire == 0 {
        return Ok(None);
    }
    let mut tx = app.db.begin().await?;
    // The conditions stand twice: PostgreSQL checks the outer ones again once
    // it holds the row, so that two processes never take the same job.
    let tache = tx
        .fetch_optional(
            "UPDATE taches SET bail = $3, bail_fin = $4, essais = essais + 1
             WHERE faite_le IS NULL AND bail_fin <= $2 AND id = (
                 SELECT id FROM taches
                 WHERE faite_le IS NULL AND due_le <= $1 AND pas_avant <= $2 AND bail_fin <= $2
                 ORDER BY due_le, id LIMIT 1)
             RETURNING id, genre, objet, due_le, essais, bail",
            &valeurs![legal, machine, alea::id(), machine + BAIL],
        )
        .await?;
    tx.commit().await?;
    Ok(tache)
}

/// Puts a failed job back, later and later; given up, it stays to be seen.
async fn remettre(app: &App, tache: &Tache, panne: &Panne) -> Result<(), Panne> {
    let attente = SignedDuration::from_secs(1 << tache.essais.clamp(0, 10));
    let pas_avant = match tache.essais >= ESSAIS_AU_PLUS {
        true => Timestamp::MAX,
        false => Chronometre.now() + attente,
    };
    let mut tx = app.db.begin().await?;
    tx.execute(
        "UPDATE taches SET pas_avant = $1, bail_fin = 0, constat = $2 WHERE id = $3 AND bail = $4",
        &valeurs![
            pas_avant,
            traces::sans_adresse(&panne.to_string()),
            tache.id,
            tache.bail
        ],
    )
    .await?;
    tx.commit().await
}
