//! What the extras have in front of them.

use metier::commun::Region;
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    socle::{db::Lecture, erreurs::Panne},
    valeurs,
};

/// A filed dossier of an extra, and the region whose cell judges it.
pub struct DossierFigurant {
    pub id: Uuid,
    pub cellule: Region,
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    cellule: String,
}

/// The filed dossiers of the extras, in the order of their filing; those of
/// the cast wait for the visitor.
pub async fn dossiers_des_figurants(
    base: &mut Lecture,
    campagne: &str,
) -> Result<Vec<DossierFigurant>, Panne> {
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT d.id, COALESCE(c.suppleante, c.region) AS cellule
             FROM dossiers d
             JOIN cellules c ON c.region = d.region
             LEFT JOIN distribution t ON t.compte = d.ouvert_par
             WHERE d.campagne = $1 AND d.depose_le IS NOT NULL AND t.compte IS NULL
             ORDER BY d.depose_le, d.id",
            &valeurs![campagne],
        )
        .await?;
    lignes
        .into_iter()
        .map(|ligne| {
            let cellule = Region::par_code(&ligne.cellule)
                .ok_or_else(|| Panne::Ligne(format!("region {}", ligne.cellule)))?;
            Ok(DossierFigurant {
                id: ligne.id,
                cellule,
            })
        })
        .collect()
}
