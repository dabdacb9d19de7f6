//! Filings as they are kept.

use jiff::Timestamp;
use metier::dossiers::Depot;
use sqlx::FromRow;
use uuid::Uuid;

use super::instant;
use crate::{
    socle::{
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

/// Records the filing: the row is the fact, `depose_le` is derived from it.
/// Two clicks at once meet the constraint `depots_dossier_unique`.
pub async fn record_depot(
    tx: &mut Tx,
    depot: &Depot,
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
        "UPDATE dossiers SET depose_le = $2 WHERE id = $1",
        &valeurs![depot.dossier, depot.depose_le],
    )
    .await
}

/// A filing with what its receipt says.
#[derive(Debug, Clone)]
pub struct LigneDepot {
    pub le: Timestamp,
    pub par: Uuid,
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
    par: Uuid,
    faits: String,
    empreinte: Vec<u8>,
    code: String,
    entree: Option<Uuid>,
}

/// The filing of the dossier, if it is filed.
pub async fn find_depot(base: &mut Lecture, dossier: Uuid) -> Result<Option<LigneDepot>, Panne> {
    let ligne: Option<Ligne> = base
        .fetch_optional(
            "SELECT d.le, d.par, d.faits, d.empreinte, d.code, j.id AS entree
             FROM depots d
             LEFT JOIN journal_entrees j ON j.objet = d.dossier AND j.acte = 'depot'
             WHERE d.dossier = $1",
            &valeurs![dossier],
        )
        .await?;
    ligne
        .map(|l| {
            Ok(LigneDepot {
                le: instant(l.le)?,
                par: l.par,
                faits: l.faits,
                empreinte: l.empreinte,
                code: l.code,
                entree: l.entree,
            })
        })
        .transpose()
}
