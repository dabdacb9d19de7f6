//! Where the public writes to the cells.

use metier::instruction::Contact;
use uuid::Uuid;

use crate::{
    socle::{alea, db::Tx, erreurs::Panne},
    valeurs,
};

/// Records the address that holds from now on; returns the identifier of the act.
pub async fn record(tx: &mut Tx, acte: &Contact) -> Result<Uuid, Panne> {
    let id = alea::id();
    let region = acte.region.code();
    tx.execute(
        "INSERT INTO contacts_de_cellules (id, region, courriel, le, par)
         VALUES ($1, $2, $3, $4, $5)",
        &valeurs![id, region, acte.courriel.clone(), acte.publie_le, acte.par],
    )
    .await?;
    tx.execute_one(
        "UPDATE cellules SET courriel = $2 WHERE region = $1",
        &valeurs![region, acte.courriel.clone()],
    )
    .await?;
    Ok(id)
}
