//! `Lecture` reads, `Tx` also writes. A store function that only reads takes
//! `&mut Lecture`; a `Tx` is one too (it dereferences to it), so that the same
//! function serves a page and an act.

use std::ops::{Deref, DerefMut};

use sqlx::{
    AssertSqlSafe, Executor, FromRow, Postgres, SqlSafeStr, Sqlite, Transaction,
    pool::PoolConnection, postgres::PgRow, sqlite::SqliteRow,
};

use super::{
    guichet::Siege,
    valeur::{Valeur, lier},
};
use crate::socle::erreurs::Panne;

/// How many rows one statement writes, or looks for.
const RANGEES_AU_PLUS: usize = 500;
/// How many values it binds: SQLite takes 32 766 of them, PostgreSQL 65 535.
const VALEURS_AU_PLUS: usize = 30_000;

/// A row either base can hand over; `#[derive(FromRow)]` is enough.
pub trait Ligne:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}
impl<T> Ligne for T where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

/// What carries the statements: a connection for reading, or a transaction.
pub(super) enum Lien {
    Sqlite(PoolConnection<Sqlite>),
    SqliteTx(Transaction<'static, Sqlite>),
    Postgres(PoolConnection<Postgres>),
    PostgresTx(Transaction<'static, Postgres>),
}

/// How a base takes the places of the values in a statement.
#[derive(Clone, Copy)]
enum Marques {
    /// SQLite takes « $4 » for a name, which it looks for among all those before:
    /// thousands of places are written without theirs, in the order of the values.
    Nues,
    Numerotees,
}

impl Marques {
    /// « $4, $5, $6 »: the three places that follow the third.
    fn places(self, apres: usize, combien: usize) -> String {
        let place = |rang| match self {
            Self::Nues => "?".to_owned(),
            Self::Numerotees => format!("${rang}"),
        };
        let places: Vec<String> = (apres + 1..=apres + combien).map(place).collect();
        places.join(", ")
    }

    /// The statement that says « IN ($1) », once, for as many values.
    fn parmi(self, sql: &'static str, combien: usize) -> AssertSqlSafe<String> {
        debug_assert_eq!(sql.matches("IN ($1)").count(), 1, "{sql}");
        let places = format!("IN ({})", self.places(0, combien));
        AssertSqlSafe(sql.replace("IN ($1)", &places))
    }
}

/// A connection that reads. It takes no lock and never waits for the writer.
pub struct Lecture {
    lien: Lien,
}

/// Runs `$corps` on whichever base is there, `$base` and `$lien` named for it.
macro_rules! sur_la_base {
    ($self:ident, $base:ident, $lien:ident => $corps:expr) => {
        match &mut $self.lien {
            Lien::Sqlite(c) => {
                type $base = Sqlite;
                let $lien = &mut **c;
                $corps
            }
            Lien::SqliteTx(c) => {
                type $base = Sqlite;
                let $lien = &mut **c;
                $corps
            }
            Lien::Postgres(c) => {
                type $base = Postgres;
                let $lien = &mut **c;
                $corps
            }
            Lien::PostgresTx(c) => {
                type $base = Postgres;
                let $lien = &mut **c;
                $corps
            }
        }
    };
}

impl Lecture {
    pub(super) fn new(lien: Lien) -> Self {
        Self { lien }
    }

    fn marques(&self) -> Marques {
        match self.lien {
            Lien::Sqlite(_) | Lien::SqliteTx(_) => Marques::Nues,
            Lien::Postgres(_) | Lien::PostgresTx(_) => Marques::Numerotees,
        }
    }

    /// Every row, in the order of the statement.
    pub async fn fetch_all<T: Ligne>(
        &mut self,
        sql: impl SqlSafeStr + Send,
        valeurs: &[Valeur],
    ) -> Result<Vec<T>, Panne> {
        sur_la_base!(self, Base, lien => {
            Ok(sqlx::query_as_with::<Base, T, _>(sql, lier::<Base>(valeurs)?).fetch_all(lien).await?)
        })
    }

    /// The row, if there is one.
    pub async fn fetch_optional<T: Ligne>(
        &mut self,
        sql: impl SqlSafeStr + Send,
        valeurs: &[Valeur],
    ) -> Result<Option<T>, Panne> {
        sur_la_base!(self, Base, lien => {
            Ok(sqlx::query_as_with::<Base, T, _>(sql, lier::<Base>(valeurs)?).fetch_optional(lien).await?)
        })
    }

    /// The row; its absence is `Panne::Introuvable`.
    pub async fn fetch_one<T: Ligne>(
        &mut self,
        sql: impl SqlSafeStr + Send,
        valeurs: &[Valeur],
    ) -> Result<T, Panne> {
        self.fetch_optional(sql, valeurs)
            .await?
            .ok_or(Panne::Introuvable)
    }

    /// The rows of a statement that says « IN ($1) », for each of these values: a
    /// few hundred at a time, each in the order of the statement.
    pub async fn fetch_parmi<T: Ligne>(
        &mut self,
        sql: &'static str,
        parmi: &[Valeur],
    ) -> Result<Vec<T>, Panne> {
        let mut lignes = Vec::new();
        for lot in parmi.chunks(RANGEES_AU_PLUS) {
            let sql = self.marques().parmi(sql, lot.len());
            lignes.append(&mut self.fetch_all(sql, lot).await?);
        }
        Ok(lignes)
    }

    /// Checks that the base understands the statement; runs nothing.
    pub async fn preparer(&mut self, sql: &str) -> Result<(), Panne> {
        let sql = AssertSqlSafe(sql.to_owned()).into_sql_str();
        match &mut self.lien {
            Lien::Sqlite(c) => drop((&mut **c).prepare(sql).await?),
            Lien::SqliteTx(c) => drop((&mut **c).prepare(sql).await?),
            Lien::Postgres(c) => drop((&mut **c).prepare(sql).await?),
            Lien::PostgresTx(c) => drop((&mut **c).prepare(sql).await?),
        }
        Ok(())
    }

    /// How many rows a `SELECT COUNT(*)` counted.
    pub async fn compter(
        &mut self,
        sql: impl SqlSafeStr + Send,
        valeurs: &[Valeur],
    ) -> Result<i64, Panne> {
        self.fetch_one::<(i64,)>(sql, valeurs)
            .await
            .map(|(compte,)| compte)
    }
}

/// A transaction that writes: opened alone with [`Db::begin`](super::Db::begin)
/// for the cellar's own rows, or by the engine of acts. Dropped without
/// `commit`, it leaves nothing.
pub struct Tx {
    lecture: Lecture,
    /// The writer's seat of SQLite, given back when the transaction ends.
    siege: Option<Siege>,
}

impl Deref for Tx {
    type Target = Lecture;
    fn deref(&self) -> &Lecture {
        &self.lecture
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Lecture {
        &mut self.lecture
    }
}

impl Tx {
    /// Writes, and says how many rows were touched.
    pub async fn execute(
        &mut self,
        sql: impl SqlSafeStr + Send,
        valeurs: &[Valeur],
    ) -> Result<u64, Panne> {
        let lecture = &mut self.lecture;
        sur_la_base!(lecture, Base, lien => {
            Ok(sqlx::query_with::<Base, _>(sql, lier::<Base>(valeurs)?).execute(lien).await?.rows_affected())
        })
    }

    /// Writes many rows with the statement that writes one, « INSERT INTO … VALUES
    /// ($1, $2) »: what stands between the last parentheses is repeated.
    pub async fn inserer<const N: usize>(
        &mut self,
        sql: &'static str,
        rangees: &[[Valeur; N]],
    ) -> Result<(), Panne> {
        let coupe = sql.rsplit_once("VALUES");
        let coupe = coupe.and_then(|(debut, une)| Some((debut, une.split_once(')')?.1)));
        let Some((debut, fin)) = coupe else {
            return Err(Panne::Programme("an insert without VALUES"));
        };
        let marques = self.marques();
        let texte = |combien: usize| {
            let rangees: Vec<String> = (0..combien)
                .map(|rang| format!("({})", marques.places(rang * N, N)))
                .collect();
            AssertSqlSafe(format!("{debut}VALUES {}{fin}", rangees.join(", "))).into_sql_str()
        };
        let par_lot = RANGEES_AU_PLUS.min(VALEURS_AU_PLUS / N.max(1));
        // The text of a whole part is long, and the same for all of them.
        let entier = (rangees.len() >= par_lot).then(|| texte(par_lot));
        for lot in rangees.chunks(par_lot) {
            let sql = match &entier {
                Some(entier) if lot.len() == par_lot => entier.clone(),
                _ => texte(lot.len()),
            };
            self.execute(sql, lot.as_flattened()).await?;
        }
        Ok(())
    }

    /// Writes with a statement whose text ends on « IN ($1) », for each of these
    /// values: a few hundred at a time.
    pub async fn execute_parmi(
        &mut self,
        sql: &'static str,
        parmi: &[Valeur],
    ) -> Result<(), Panne> {
        for lot in parmi.chunks(RANGEES_AU_PLUS) {
            let sql = self.marques().parmi(sql, lot.len());
            self.execute(sql, lot).await?;
        }
        Ok(())
    }

    /// Writes one row and refuses to have written none.
    pub async fn execute_one(
        &mut self,
        sql: impl SqlSafeStr + Send,
        valeurs: &[Valeur],
    ) -> Result<(), Panne> {
        match self.execute(sql, valeurs).await? {
            0 => Err(Panne::Introuvable),
            _ => Ok(()),
        }
    }

    /// Marks the place an act comes back to if it is refused.
    pub(super) async fn poser_repere(&mut self) -> Result<(), Panne> {
        self.execute("SAVEPOINT acte", &[]).await.map(drop)
    }

    /// Undoes everything since [`Tx::poser_repere`].
    pub(super) async fn revenir_au_repere(&mut self) -> Result<(), Panne> {
        self.execute("ROLLBACK TO SAVEPOINT acte", &[]).await?;
        self.lever_repere().await
    }

    /// Keeps everything since [`Tx::poser_repere`].
    pub(super) async fn lever_repere(&mut self) -> Result<(), Panne> {
        self.execute("RELEASE SAVEPOINT acte", &[]).await.map(drop)
    }

    /// Makes it durable.
    pub async fn commit(self) -> Result<(), Panne> {
        match self.lecture.lien {
            Lien::SqliteTx(tx) => tx.commit().await?,
            Lien::PostgresTx(tx) => tx.commit().await?,
            Lien::Sqlite(_) | Lien::Postgres(_) => {
                return Err(Panne::Programme("a Tx without transaction"));
            }
        }
        drop(self.siege);
        Ok(())
    }

    pub(super) fn new(lien: Lien) -> Self {
        Self {
            lecture: Lecture { lien },
            siege: None,
        }
    }

    pub(super) fn assise(lien: Lien, siege: Siege) -> Self {
        Self {
            lecture: Lecture { lien },
            siege: Some(siege),
        }
    }

    pub(super) fn into_lien(self) -> Lien {
        self.lecture.lien
    }
}
