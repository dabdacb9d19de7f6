//! Filings as they are kept.

use jiff::Timestamp;
use metier::dossiers::{Depot, Retrait};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{Dossier, instant};
use crate::{
    socle::{
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

/// Records the filing: the row is the fact, `depose_le` is derived from it, and
/// the structure and the region are from now on those it was filed with.
/// Two clicks at once meet the constraint `depots_dossier_unique`.
pub async fn record_depot(
    tx: &mut Tx,
    depot: &Depot,
    dossier: &Dossier,
    faits: &str,
    empreinte: [u8; 32],
    code: &str,
) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO depots (dossier, le, par, faits, empreinte, code)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &valeurs![
            depot.dossier,
            depot.depose_le,
            depot.par,
            faits,
            empreinte,
            code
        ],
    )
    .await?;
    tx.execute_one(
        "UPDATE dossiers SET depose_le = $2, structure = $3, region = $4 WHERE id = $1",
        &valeurs![
            depot.dossier,
            depot.depose_le,
            dossier.structure,
            dossier.region.code()
        ],
    )
    .await
}

/// A filing with what its receipt says.
#[derive(Debug, Clone)]
pub struct LigneDepot {
    pub dossier: Uuid,
    pub le: Timestamp,
    /// The canonical text whose hash is `empreinte`.
    pub faits: String,
    pub empreinte: Vec<u8>,
    pub code: String,
    /// The entry of the journal.
    pub entree: Option<Uuid>,
}

#[derive(FromRow)]
struct Ligne {
    le: i64,
    faits: String,
    empreinte: Vec<u8>,
    code: String,
    entree: Option<Uuid>,
}

/// The filing of the dossier, if it is filed.
pub async fn find_depot(base: &mut Lecture, dossier: Uuid) -> Result<Option<LigneDepot>, Panne> {
    let ligne: Option<Ligne> = base
        .fetch_optional(
            "SELECT d.le, d.faits, d.empreinte, d.code, j.id AS entree
             FROM depots d
             LEFT JOIN journal_entrees j ON j.objet = d.dossier AND j.acte = 'depot'
             WHERE d.dossier = $1",
            &valeurs![dossier],
        )
        .await?;
    ligne
        .map(|l| {
            Ok(LigneDepot {
                dossier,
                le: instant(l.le)?,
                faits: l.faits,
                empreinte: l.empreinte,
                code: l.code,
                entree: l.entree,
            })
        })
        .transpose()
}

/// The filing of that code: what the public may verify.
pub async fn find_depot_par_code(
    base: &mut Lecture,
    code: &str,
) -> Result<Option<LigneDepot>, Panne> {
    let dossier: Option<(Uuid,)> = base
        .fetch_optional(
            "SELECT dossier FROM depots WHERE code = $1",
            &valeurs![code],
        )
        .await?;
    match dossier {
        Some((dossier,)) => find_depot(base, dossier).await,
        None => Ok(None),
    }
}

/// Records the withdrawal, and the column the lists read.
pub async fn record_retrait(tx: &mut Tx, retrait: &Retrait) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO retraits (dossier, le, par) VALUES ($1, $2, $3)",
        &valeurs![retrait.dossier, retrait.retire_le, retrait.par],
    )
    .await?;
    tx.execute_one(
        "UPDATE dossiers SET retire_le = $2 WHERE id = $1",
        &valeurs![retrait.dossier, retrait.retire_le],
    )
    .await
}

/// An act of the team on its dossier.
#[derive(Debug, Clone, FromRow)]
pub struct Trace {
    pub acte: String,
    pub le: i64,
    pub par: Option<String>,
}

/// What the team itself did: openings, filings, withdrawals. The acts of the
/// State are told by their own pages, at their own instant.
pub async fn historique(base: &mut Lecture, dossier: Uuid) -> Result<Vec<Trace>, Panne> {
    base.fetch_all(
        "SELECT j.acte, j.le, c.nom AS par FROM journal_entrees j
         LEFT JOIN comptes c ON c.id = j.par
         WHERE j.genre = 'dossier' AND j.objet = $1
           AND j.acte IN ('ouverture', 'depot', 'retrait')
         ORDER BY j.le, j.id LIMIT 100",
        &valeurs![dossier],
    )
    .await
}
