//! The cells of the regions, and who stands in for those without one.

use metier::{commun::Region, instruction::Suppleance};
use uuid::Uuid;

use super::region;
use crate::{
    socle::{
        alea,
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

/// Takes the cell of a region for the length of the transaction.
pub async fn prendre(tx: &mut Tx, region: Region) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE cellules SET region = region WHERE region = $1",
        &valeurs![region.code()],
    )
    .await
}

/// Records who stands in from now on; returns the identifier of the act.
pub async fn record_suppleance(tx: &mut Tx, acte: &Suppleance) -> Result<Uuid, Panne> {
    let id = alea::id();
    tx.execute(
        "INSERT INTO suppleances (id, region, suppleante, le, par) VALUES ($1, $2, $3, $4, $5)",
        &valeurs![
            id,
            acte.region.code(),
            acte.cellule.code(),
            acte.nommee_le,
            acte.par
        ],
    )
    .await?;
    tx.execute_one(
        "UPDATE cellules SET suppleante = $2 WHERE region = $1",
        &valeurs![acte.region.code(), acte.cellule.code()],
    )
    .await?;
    Ok(id)
}

/// How many filed dossiers wait for an opinion, region by region; of one call,
/// or of all when `campagne` is empty.
pub async fn en_attente(base: &mut Lecture, campagne: &str) -> Result<Vec<(Region, i64)>, Panne> {
    let lignes: Vec<(String, i64)> = base
        .fetch_all(
            "SELECT region, COUNT(*) FROM dossiers
             WHERE depose_le IS NOT NULL AND retire_le IS NULL AND instruit = 0
                   AND ($1 = '' OR campagne = $1)
             GROUP BY region ORDER BY region",
            &valeurs![campagne],
        )
        .await?;
    let lignes = lignes.into_iter();
    lignes
        .map(|(code, combien)| Ok((region(&code)?, combien)))
        .collect()
}
