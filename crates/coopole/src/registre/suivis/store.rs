//! Who follows what, as the base keeps it.

use jiff::Timestamp;
use sqlx_macros::FromRow;
use uuid::Uuid;

use crate::{
    poles::comptes::Lieu,
    socle::{
        alea,
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

/// A territory that somebody follows.
#[derive(Debug, Clone)]
pub struct Suivi {
    pub id: Uuid,
    pub lieu: Lieu,
    pub depuis: Timestamp,
    /// They were told what was new up to there.
    pub dit_le: Timestamp,
    /// Where they are written to.
    pub courriel: String,
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    genre: String,
    code: String,
    depuis: i64,
    dit_le: i64,
    courriel: String,
}

impl TryFrom<Ligne> for Suivi {
    type Error = Panne;

    fn try_from(l: Ligne) -> Result<Self, Panne> {
        let instant = |ms| Timestamp::from_millisecond(ms).map_err(|e| Panne::Ligne(e.to_string()));
        Ok(Self {
            id: l.id,
            lieu: Lieu::par_code(&l.genre, &l.code)
                .ok_or_else(|| Panne::Ligne(format!("no territory is {} {}", l.genre, l.code)))?,
            depuis: instant(l.depuis)?,
            dit_le: instant(l.dit_le)?,
            courriel: l.courriel,
        })
    }
}

pub async fn find(base: &mut Lecture, id: Uuid) -> Result<Option<Suivi>, Panne> {
    let ligne: Option<Ligne> = base
        .fetch_optional(
            "SELECT s.id, s.genre, s.code, s.depuis, s.dit_le, c.courriel
             FROM suivis s JOIN comptes c ON c.id = s.compte WHERE s.id = $1",
            &valeurs![id],
        )
        .await?;
    ligne.map(Suivi::try_from).transpose()
}

/// What this account follows, the oldest first.
pub async fn du_compte(base: &mut Lecture, compte: Uuid) -> Result<Vec<Suivi>, Panne> {
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT s.id, s.genre, s.code, s.depuis, s.dit_le, c.courriel
             FROM suivis s JOIN comptes c ON c.id = s.compte WHERE s.compte = $1
             ORDER BY s.depuis, s.id",
            &valeurs![compte],
        )
        .await?;
    lignes.into_iter().map(Suivi::try_from).collect()
}

/// Whether this account follows that territory.
pub async fn sien(base: &mut Lecture, compte: Uuid, lieu: Lieu) -> Result<Option<Uuid>, Panne> {
    let ligne: Option<(Uuid,)> = base
        .fetch_optional(
            "SELECT id FROM suivis WHERE compte = $1 AND genre = $2 AND code = $3",
            &valeurs![compte, lieu.genre(), lieu.code()],
        )
        .await?;
    Ok(ligne.map(|(id,)| id))
}

pub async fn record(
    tx: &mut Tx,
    compte: Uuid,
    lieu: Lieu,
    depuis: Timestamp,
) -> Result<Uuid, Panne> {
    let id = alea::id();
    tx.execute(
        "INSERT INTO suivis (id, compte, genre, code, depuis, dit_le) VALUES ($1, $2, $3, $4, $5, $5)",
        &valeurs![id, compte, lieu.genre(), lieu.code(), depuis],
    )
    .await?;
    Ok(id)
}

pub async fn record_dit(tx: &mut Tx, id: Uuid, le: Timestamp) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE suivis SET dit_le = $2 WHERE id = $1",
        &valeurs![id, le],
    )
    .await
}

/// Whether there was one, of that account.
pub async fn delete(tx: &mut Tx, id: Uuid, compte: Uuid) -> Result<bool, Panne> {
    let ote = tx
        .execute(
            "DELETE FROM suivis WHERE id = $1 AND compte = $2",
            &valeurs![id, compte],
        )
        .await?;
    Ok(ote == 1)
}
