//! The database, SQLite or PostgreSQL, behind one door: rooms never see which.
//!
//! One SQL text for both (`$1` works on both). Reading and writing are two
//! types. What differs between the bases lives here and nowhere else: opening,
//! migrations, the single writer of SQLite, the names of violated constraints.
//! Never done here: a rule, or a word of the scheme.

mod connexion;
mod enonce;
mod guichet;
mod valeur;

use std::{future::Future, path::Path, sync::Arc, time::Duration};

use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, PgPool, SqlitePool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

pub use connexion::{Lecture, Ligne, Tx};
pub use enonce::Enonce;
pub use valeur::Valeur;

use connexion::Lien;
use guichet::Guichet;

use super::{
    erreurs::{Echec, Panne},
    prive,
    reglages::Reglages,
};

static MIGRATIONS_SQLITE: Migrator = sqlx_macros::migrate!("migrations/sqlite");
static MIGRATIONS_POSTGRES: Migrator = sqlx_macros::migrate!("migrations/postgres");

/// How many read at once on SQLite; each costs a thread and a page cache.
const LECTEURS: u32 = 4;
/// What the writer of SQLite keeps of the base in memory, in kilobytes, negative
/// as SQLite wants it. A long transaction would otherwise write out and read
/// again, a thousand times, the pages where the words of a list go.
const TAMPON: &str = "-64000";
/// How many connections are kept towards PostgreSQL.
const CONNEXIONS: u32 = 16;

/// Work that writes, run in one transaction by [`Db::passer`].
///
/// A trait and not a closure, so that its future is known to be `Send` and the
/// work can be tried a second time from its beginning.
pub trait Travail: Send + Sync {
    type Fruit: Send;
    type Refus: Send;

    fn faire(
        &self,
        tx: &mut Tx,
    ) -> impl Future<Output = Result<Self::Fruit, Echec<Self::Refus>>> + Send;
}

/// The database; cloning it shares it.
///
/// What awaits a connection is boxed: opening one is a deep future, which every
/// reader would otherwise carry within its own, down to the end of the stack.
#[derive(Clone)]
pub struct Db(Base);

#[derive(Clone)]
enum Base {
    Sqlite {
        guichet: Arc<Guichet>,
        lecteurs: SqlitePool,
    },
    Postgres(PgPool),
}

impl Db {
    /// Opens the base the settings name, and brings it up to date.
    pub async fn ouvrir(reglages: &Reglages) -> Result<Self, Panne> {
        let db = Self::ouvrir_telle_quelle(reglages).await?;
        db.migrer().await?;
        Ok(db)
    }

    /// Opens it as another version may have left it: only to erase it.
    pub async fn ouvrir_telle_quelle(reglages: &Reglages) -> Result<Self, Panne> {
        match &reglages.base {
            Some(adresse) => Self::joindre_postgres(adresse).await,
            None => {
                prive::dossier(&reglages.donnees)?;
                Self::joindre_sqlite(&reglages.donnees.join("coopole.db")).await
            }
        }
    }

    /// Opens the embedded base of a data folder, creating it if needed.
    pub async fn ouvrir_sqlite(fichier: &Path) -> Result<Self, Panne> {
        let db = Self::joindre_sqlite(fichier).await?;
        db.migrer().await?;
        Ok(db)
    }

    async fn joindre_sqlite(fichier: &Path) -> Result<Self, Panne> {
        prive::base(fichier)?;
        let options = SqliteConnectOptions::new()
            .filename(fichier)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        let ecrivain = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.clone().pragma("cache_size", TAMPON))
            .await?;
        let lecteurs = SqlitePoolOptions::new()
            .max_connections(LECTEURS)
            .connect_with(options.read_only(true))
            .await?;
        Ok(Self(Base::Sqlite {
            guichet: Arc::new(Guichet::new(ecrivain)),
            lecteurs,
        }))
    }

    /// Opens a PostgreSQL by its address (`DATABASE_URL`).
    pub async fn ouvrir_postgres(adresse: &str) -> Result<Self, Panne> {
        let db = Self::joindre_postgres(adresse).await?;
        db.migrer().await?;
        Ok(db)
    }

    async fn joindre_postgres(adresse: &str) -> Result<Self, Panne> {
        // A plan for any word is none for a common word: each is planned as asked.
        let options: PgConnectOptions = adresse.parse()?;
        let options = options.options([("plan_cache_mode", "force_custom_plan")]);
        let bassin = PgPoolOptions::new()
            .max_connections(CONNEXIONS)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options)
            .await?;
        Ok(Self(Base::Postgres(bassin)))
    }

    /// Lays the migrations that are missing.
    pub async fn migrer(&self) -> Result<(), Panne> {
        match &self.0 {
            Base::Sqlite { guichet, .. } => MIGRATIONS_SQLITE.run(guichet.bassin()).await?,
            Base::Postgres(bassin) => MIGRATIONS_POSTGRES.run(bassin).await?,
        }
        Ok(())
    }

    /// « SQLite » or « PostgreSQL », for a person who asks.
    pub fn nom(&self) -> &'static str {
        match &self.0 {
            Base::Sqlite { .. } => "SQLite",
            Base::Postgres(_) => "PostgreSQL",
        }
    }

    /// A connection that reads. Each statement sees the base as it is when it
    /// runs: [`Db::instantane`] where several must agree.
    pub async fn lecture(&self) -> Result<Lecture, Panne> {
        Ok(Lecture::new(match &self.0 {
            Base::Sqlite { lecteurs, .. } => Lien::Sqlite(Box::pin(lecteurs.acquire()).await?),
            Base::Postgres(bassin) => Lien::Postgres(Box::pin(bassin.acquire()).await?),
        }))
    }

    /// A reading of one instant: whatever is written meanwhile, all its
    /// statements see the same base.
    pub async fn instantane(&self) -> Result<Lecture, Panne> {
        Ok(Lecture::new(match &self.0 {
            // Deferred: of the instant of its first statement.
            Base::Sqlite { lecteurs, .. } => Lien::SqliteTx(Box::pin(lecteurs.begin()).await?),
            Base::Postgres(bassin) => {
                let mut tx = Box::pin(bassin.begin()).await?;
                sqlx::raw_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .execute(&mut *tx)
                    .await?;
                Lien::PostgresTx(tx)
            }
        }))
    }

    /// A transaction for the cellar's own rows (sessions, jobs, drafts).
    ///
    /// An act never calls this: the engine opens its transaction. Never ask
    /// for a second one while holding one, nor await a file, a mail or a PDF
    /// with one in hand: with a single writer that is a deadlock.
    pub async fn begin(&self) -> Result<Tx, Panne> {
        Ok(match &self.0 {
            Base::Sqlite { guichet, .. } => {
                let (siege, tx) = guichet.ouvrir_seul().await?;
                Tx::assise(Lien::SqliteTx(tx), siege)
            }
            Base::Postgres(bassin) => Tx::new(Lien::PostgresTx(Box::pin(bassin.begin()).await?)),
        })
    }

    /// Runs the work in one transaction and returns once it is durable. A
    /// refusal leaves nothing. A clash between two PostgreSQL transactions is
    /// tried once more.
    pub(super) async fn passer<T: Travail>(
        &self,
        travail: &T,
    ) -> Result<T::Fruit, Echec<T::Refus>> {
        match &self.0 {
            Base::Sqlite { guichet, .. } => guichet.passer(travail).await,
            Base::Postgres(bassin) => match passer_postgres(bassin, travail).await {
                Err(Echec::Panne(panne)) if panne.est_un_croisement() => {
                    passer_postgres(bassin, travail).await
                }
                issue => issue,
            },
        }
    }
}

impl Db {
    /// Writes a copy of the embedded base, as it stands at one instant, while
    /// others go on writing. `vers` must not exist. Migrates nothing: what is
    /// saved before an update is the base as it was.
    pub async fn copier_sqlite(fichier: &Path, vers: &Path) -> Result<(), Panne> {
        let mut base = SqliteConnectOptions::new()
            .filename(fichier)
            .read_only(true)
            .busy_timeout(Duration::from_secs(60))
            .connect()
            .await?;
        // Created closed, then filled: SQLite accepts an empty file.
        drop(prive::fichier_neuf(vers)?);
        sqlx::query("VACUUM INTO $1")
            .bind(vers.to_string_lossy().into_owned())
            .execute(&mut base)
            .await?;
        base.close().await?;
        std::fs::File::open(vers)?.sync_all()?;
        Ok(())
    }

    /// Drops every table and lays the schema again. Only a demonstration asks
    /// for it, after checking that the base was born one.
    pub async fn raser(&self) -> Result<(), Panne> {
        match &self.0 {
            Base::Sqlite { guichet, .. } => {
                let (_siege, mut tx) = guichet.ouvrir_seul().await?;
                sqlx::raw_sql("PRAGMA defer_foreign_keys = ON")
                    .execute(&mut *tx)
                    .await?;
                // Views and triggers before the tables they look at: the journal's
                // forbid its erasure.
                let objets: Vec<(String, String)> = sqlx::query_as(
                    "SELECT type, name FROM sqlite_master
                     WHERE type IN ('view', 'trigger', 'table') AND name NOT LIKE 'sqlite_%'
                     ORDER BY type DESC",
                )
                .fetch_all(&mut *tx)
                .await?;
                for (genre, nom) in objets {
                    sqlx::raw_sql(AssertSqlSafe(format!("DROP {genre} \"{nom}\"")))
                        .execute(&mut *tx)
                        .await?;
                }
                tx.commit().await?;
            }
            Base::Postgres(bassin) => {
                sqlx::raw_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
                    .execute(bassin)
                    .await?;
            }
        }
        self.migrer().await
    }
}

async fn passer_postgres<T: Travail>(
    bassin: &PgPool,
    travail: &T,
) -> Result<T::Fruit, Echec<T::Refus>> {
    let tx = Box::pin(bassin.begin()).await.map_err(Panne::from)?;
    let mut tx = Tx::new(Lien::PostgresTx(tx));
    let fruit = travail.faire(&mut tx).await?;
    tx.commit().await?;
    compter_la_validation();
    Ok(fruit)
}

/// One more durable commit of acts: with several acts in one, fewer than acts.
fn compter_la_validation() {
    metrics::counter!("coopole_validations_d_actes").increment(1);
}
