//! Signatures that the register does not know how to place: an organisation in
//! support that carries a pole, a version that nobody presented here. A real
//! pole is never set beside an invented organisation.

use sqlx_macros::FromRow;
use uuid::Uuid;

use crate::{
    socle::{db::Lecture, erreurs::Panne},
    valeurs,
};

/// An organisation that signed in support, and the pole it carries.
#[derive(Debug, Clone, FromRow)]
pub struct SoutienPorteur {
    pub signature: Uuid,
    pub nom: String,
    pub pole: Uuid,
    pub nom_du_pole: String,
}

/// A signature of a version that is not here.
#[derive(Debug, Clone, FromRow)]
pub struct VersionInconnue {
    pub signature: Uuid,
    pub nom: String,
    pub version: String,
}

/// At most so many of each are read.
const AU_PLUS: i64 = 100;

/// The signatures in support given under the number of a carrying structure.
pub async fn soutiens_porteurs(base: &mut Lecture) -> Result<Vec<SoutienPorteur>, Panne> {
    base.fetch_all(
        "SELECT o.id AS signature, o.nom, p.id AS pole, p.nom AS nom_du_pole
         FROM soutiens_charte o
         JOIN structures s ON SUBSTR(s.siret, 1, 9) = o.siren
         JOIN poles p ON p.porteuse = s.id AND p.invente = o.inventee
         WHERE o.retiree_le IS NULL ORDER BY o.signee_le DESC, p.cle_tri, p.id LIMIT $1",
        &valeurs![AU_PLUS],
    )
    .await
}

/// The signatures that stand of a version that nobody presented here.
pub async fn versions_inconnues(
    base: &mut Lecture,
    demonstration: bool,
) -> Result<Vec<VersionInconnue>, Panne> {
    base.fetch_all(
        "SELECT id AS signature, nom, version FROM signatures_lues
         WHERE titre IS NULL AND retiree_le IS NULL AND (invente OR NOT $2)
         ORDER BY signee_le DESC, id DESC LIMIT $1",
        &valeurs![AU_PLUS, demonstration],
    )
    .await
}
