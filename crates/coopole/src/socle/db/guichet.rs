//! The writer's counter of SQLite: one at a time, but one commit for all who
//! are waiting.
//!
//! SQLite has one writer and a durable commit costs a disk flush. Those who
//! arrive while another is writing therefore share its transaction: each runs
//! inside its own savepoint (a refusal undoes only itself), the last of the
//! line commits, and nobody is answered before that commit, refused or not. At rest nothing
//! changes: one writer, one commit.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use sqlx::{Sqlite, SqlitePool, Transaction};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use super::{
    Travail,
    connexion::{Lien, Tx},
};
use crate::socle::erreurs::{Echec, Panne};

/// How many may share one commit: bounds what a crash can undo unanswered.
const CONVOI_AU_PLUS: usize = 128;

pub(super) struct Guichet {
    bassin: SqlitePool,
    convoi: Arc<Mutex<Option<Convoi>>>,
    en_file: AtomicUsize,
}

/// An open transaction and those who await its commit.
pub(super) struct Convoi {
    tx: Transaction<'static, Sqlite>,
    passagers: Vec<oneshot::Sender<Result<(), Panne>>>,
}

impl Convoi {
    async fn valider(self) -> Result<(), Panne> {
        let valide = self.tx.commit().await.map_err(Panne::from);
        super::compter_la_validation();
        for passager in self.passagers {
            let _ = passager.send(match &valide {
                Ok(()) => Ok(()),
                Err(panne) => Err(Panne::Validation(panne.to_string())),
            });
        }
        valide
    }
}

/// The writer's seat, held for the life of a transaction opened alone.
pub(super) type Siege = OwnedMutexGuard<Option<Convoi>>;

/// Counts one person in the line for as long as it lives.
struct Place<'g>(&'g AtomicUsize);

impl<'g> Place<'g> {
    fn prendre(file: &'g AtomicUsize) -> Self {
        file.fetch_add(1, Ordering::SeqCst);
        Self(file)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Guichet {
    pub(super) fn new(bassin: SqlitePool) -> Self {
        Self {
            bassin,
            convoi: Arc::default(),
            en_file: AtomicUsize::new(0),
        }
    }

    pub(super) fn bassin(&self) -> &SqlitePool {
        &self.bassin
    }

    /// A transaction of one's own, committed by its owner.
    pub(super) async fn ouvrir_seul(&self) -> Result<(Siege, Transaction<'static, Sqlite>), Panne> {
        let mut siege = Arc::clone(&self.convoi).lock_owned().await;
        if let Some(convoi) = siege.take() {
            convoi.valider().await?;
        }
        let tx = self.ouvrir().await?;
        Ok((siege, tx))
    }

    /// Runs the work, and returns once what it wrote is durable.
    ///
    /// Must be called from a task nobody drops (the engine of acts spawns
    /// one): whoever is last in the line commits for the others.
    pub(super) async fn passer<T: Travail>(
        &self,
        travail: &T,
    ) -> Result<T::Fruit, Echec<T::Refus>> {
        let place = Place::prendre(&self.en_file);
        let mut siege = self.convoi.lock().await;
        // Taken out while it runs: should the work panic, dropping it rolls
        // everything back and every passenger learns that nothing was kept.
        let (tx, mut passagers) = match siege.take() {
            Some(convoi) => (convoi.tx, convoi.passagers),
            None => (self.ouvrir().await?, Vec::new()),
        };
        let mut tx = Tx::new(Lien::SqliteTx(tx));
        tx.poser_repere().await?;
        let fait = travail.faire(&mut tx).await;
        match &fait {
            Ok(_) => tx.lever_repere().await?,
            Err(_) => tx.revenir_au_repere().await?,
        }
        drop(place);

        let Lien::SqliteTx(tx) = tx.into_lien() else {
            return Err(Panne::Programme("the counter only serves SQLite").into());
        };
        let dernier = self.en_file.load(Ordering::SeqCst) == 0;
        if dernier || passagers.len() >= CONVOI_AU_PLUS {
            Convoi { tx, passagers }.valider().await?;
            return fait;
        }

        // A refusal waits too: what it read (« already filed ») may be what
        // another passenger wrote, and is true only once it is durable.
        let (passager, quai) = oneshot::channel();
        passagers.push(passager);
        *siege = Some(Convoi { tx, passagers });
        drop(siege);
        quai.await
            .unwrap_or_else(|_| Err(Panne::Validation("the shared transaction was lost".into())))?;
        fait
    }

    async fn ouvrir(&self) -> Result<Transaction<'static, Sqlite>, Panne> {
        const DEBUT: &str = "BEGIN IMMEDIATE";
        match Box::pin(self.bassin.begin_with(DEBUT)).await {
            // On a full disk SQLite undoes the whole transaction by itself, and
            // the connection no longer knows where it stands. A new one does.
            Err(sqlx::Error::InvalidSavePointStatement) => {
                self.bassin.acquire().await?.close().await?;
                Ok(self.bassin.begin_with(DEBUT).await?)
            }
            ouverte => Ok(ouverte?),
        }
    }
}
