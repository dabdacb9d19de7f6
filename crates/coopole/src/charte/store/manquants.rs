//! The anomaly of P-09: laureates of the accompaniment without a signature
//! that stands. Only where the signature is known: an invented pole, or one
//! that signed here and withdrew. Of the others no source says it, and nothing
//! is held against them.

use metier::commun::Region;
use sqlx_macros::FromRow;
use uuid::Uuid;

use crate::{
    socle::{db::Lecture, erreurs::Panne},
    valeurs,
};

/// A laureate without a signature.
#[derive(Debug, Clone)]
pub struct Manquant {
    pub pole: Uuid,
    pub nom: String,
    pub region: Option<Region>,
    pub invente: bool,
    /// It had signed, and withdrew.
    pub retiree: bool,
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    nom: String,
    region: Option<String>,
    invente: bool,
    retiree: bool,
}

/// At most so many are read: the list is worked through from its top.
const AU_PLUS: i64 = 200;

/// Those whose signature is known to be missing, by name.
pub async fn manquants(base: &mut Lecture) -> Result<Vec<Manquant>, Panne> {
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT f.id, f.nom, f.region, f.invente,
                    EXISTS (SELECT 1 FROM signatures_charte s WHERE s.pole = f.id) AS retiree
             FROM fiches f
             WHERE f.accompagnement AND NOT f.charte
               AND (f.invente OR EXISTS (SELECT 1 FROM signatures_charte s WHERE s.pole = f.id))
             ORDER BY f.cle_tri, f.id LIMIT $1",
            &valeurs![AU_PLUS],
        )
        .await?;
    let manquants = lignes.into_iter().map(|ligne| Manquant {
        pole: ligne.id,
        nom: ligne.nom,
        region: ligne.region.as_deref().and_then(Region::par_code),
        invente: ligne.invente,
        retiree: ligne.retiree,
    });
    Ok(manquants.collect())
}

/// The laureates of the accompaniment, by what is known of their signature.
#[derive(Debug, Clone, Copy)]
pub struct Laureats {
    pub signataires: i64,
    pub manquants: i64,
    pub inconnus: i64,
}

pub async fn compter_les_laureats(base: &mut Lecture) -> Result<Laureats, Panne> {
    let signataires = base
        .compter(
            "SELECT COUNT(*) FROM fiches f WHERE f.accompagnement AND f.charte",
            &[],
        )
        .await?;
    let inconnus = base
        .compter(
            "SELECT COUNT(*) FROM fiches f
             WHERE f.accompagnement AND NOT f.charte AND NOT f.invente
               AND NOT EXISTS (SELECT 1 FROM signatures_charte s WHERE s.pole = f.id)",
            &[],
        )
        .await?;
    let laureats = base
        .compter("SELECT COUNT(*) FROM fiches f WHERE f.accompagnement", &[])
        .await?;
    Ok(Laureats {
        signataires,
        manquants: laureats - signataires - inconnus,
        inconnus,
    })
}
