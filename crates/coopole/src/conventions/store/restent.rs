//! What the agreements of a call still ask, one count for each act to come.

use sqlx_macros::FromRow;

use crate::{
    socle::{db::Lecture, erreurs::Panne},
    valeurs,
};

/// How many laureates wait for each act.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Restent {
    pub laureats: i64,
    pub a_proposer: i64,
    /// By the beneficiary.
    pub a_signer: i64,
    /// By the Trésor.
    pub a_valider: i64,
    /// Validated, and nobody has prepared the order of payment.
    pub a_ordonner: i64,
    /// Ordered, and nobody has validated the order.
    pub a_verser: i64,
}

/// The counts, if the call has a laureate; the caller has asked whether they
/// may be known.
pub async fn restent(base: &mut Lecture, campagne: &str) -> Result<Option<Restent>, Panne> {
    let restent: Restent = base
        .fetch_one(
            "SELECT COUNT(*) AS laureats,
                    COUNT(CASE WHEN k.id IS NULL THEN 1 END) AS a_proposer,
                    COUNT(CASE WHEN k.id IS NOT NULL AND b.le IS NULL THEN 1 END) AS a_signer,
                    COUNT(CASE WHEN b.le IS NOT NULL AND t.le IS NULL THEN 1 END) AS a_valider,
                    COUNT(CASE WHEN t.le IS NOT NULL AND v.id IS NULL THEN 1 END) AS a_ordonner,
                    COUNT(CASE WHEN v.id IS NOT NULL AND v.valide_le IS NULL THEN 1 END) AS a_verser
             FROM decisions_dossiers dd
             JOIN dossiers d ON d.id = dd.dossier
             LEFT JOIN conventions k ON k.dossier = dd.dossier
             LEFT JOIN signatures_convention b ON b.convention = k.id AND b.cote = 'beneficiaire'
             LEFT JOIN signatures_convention t ON t.convention = k.id AND t.cote = 'tresor'
             LEFT JOIN versements v ON v.convention = k.id
             WHERE dd.campagne = $1 AND dd.issue = 'retenu' AND d.retire_le IS NULL",
            &valeurs![campagne],
        )
        .await?;
    Ok(Some(restent).filter(|restent| restent.laureats > 0))
}
