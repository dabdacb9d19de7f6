//! What the machine knows of itself.

use jiff::Timestamp;
use sqlx_macros::FromRow;
use uuid::Uuid;

use crate::{
    socle::{
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

/// How many failed jobs the page shows.
const TACHES: i64 = 50;

/// A job that failed at least once and is not done.
#[derive(Debug, Clone, FromRow)]
pub struct TacheEnEchec {
    pub id: Uuid,
    pub genre: String,
    pub due_le: i64,
    pub essais: i64,
    pub constat: String,
}

/// Figures of the cellar, none of the scheme.
#[derive(Debug, Clone, Copy, FromRow)]
pub struct Sante {
    pub taches_en_attente: i64,
    pub courriels_a_envoyer: i64,
    pub a_sceller: i64,
    pub comptes: i64,
}

/// What is due and not done; work planned for later is nobody's news: a
/// notification to come would show in the count.
pub async fn sante(base: &mut Lecture, le: Timestamp) -> Result<Sante, Panne> {
    base.fetch_one(
        "SELECT (SELECT COUNT(*) FROM taches WHERE faite_le IS NULL AND due_le <= $1)
                    AS taches_en_attente,
                (SELECT COUNT(*) FROM courriels WHERE envoye_le IS NULL) AS courriels_a_envoyer,
                (SELECT COUNT(*) FROM journal_entrees WHERE place IS NULL) AS a_sceller,
                (SELECT COUNT(*) FROM comptes) AS comptes",
        &valeurs![le],
    )
    .await
}

pub async fn taches_en_echec(base: &mut Lecture) -> Result<Vec<TacheEnEchec>, Panne> {
    base.fetch_all(
        "SELECT id, genre, due_le, essais, constat FROM taches
         WHERE faite_le IS NULL AND constat IS NOT NULL ORDER BY due_le, id LIMIT $1",
        &valeurs![TACHES],
    )
    .await
}

/// Puts a failed job back at the head of the line.
pub async fn relancer(tx: &mut Tx, tache: Uuid) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE taches SET pas_avant = 0, bail_fin = 0, essais = 0, constat = NULL
         WHERE id = $1 AND faite_le IS NULL AND constat IS NOT NULL",
        &valeurs![tache],
    )
    .await
}
