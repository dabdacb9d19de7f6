//! What is new in the register: poles by the day of their first sign ever. One
//! that withdrew its signature and signed again is not new; nor is one that a
//! source knows without a day. Nothing here is known before it is public: a
//! laureate is written once notified.

use jiff::Timestamp;
use metier::{commun::Region, poles::Lieu as LieuDuPole};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::comptes::Lieu;
use crate::{
    socle::{db::Lecture, erreurs::Panne},
    valeurs,
};

/// A pole that came to be known.
#[derive(Debug, Clone)]
pub struct Arrivee {
    pub pole: Uuid,
    pub nom: String,
    pub lieu: LieuDuPole,
    pub invente: bool,
    pub le: Timestamp,
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    nom: String,
    commune: Option<String>,
    departement: Option<String>,
    region: Option<String>,
    invente: bool,
    arrive_le: i64,
}

/// The poles of that place, or of everywhere, that came after one instant and
/// by another, the latest first, up to a number.
pub async fn arrivees(
    base: &mut Lecture,
    lieu: Option<Lieu>,
    (apres, jusqu_a): (Timestamp, Timestamp),
    au_plus: i64,
) -> Result<Vec<Arrivee>, Panne> {
    let [region, departement, epci] = match lieu {
        None => ["", "", ""],
        Some(Lieu::Region(region)) => [region.code(), "", ""],
        Some(Lieu::Departement(code)) => ["", code, ""],
        Some(Lieu::Epci(epci)) => ["", "", epci.siren],
    };
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT p.id, p.nom, p.commune, p.departement, p.region, p.invente, a.arrive_le
             FROM (SELECT pole, MIN(le) AS arrive_le FROM dates_des_signes GROUP BY pole) a
             JOIN poles p ON p.id = a.pole
             WHERE a.arrive_le > $1 AND a.arrive_le <= $2 AND p.fusionne_dans IS NULL
               AND NOT EXISTS (SELECT 1 FROM laureats l WHERE l.pole = p.id AND l.le IS NULL)
               AND (CAST($3 AS TEXT) = '' OR p.region = $3)
               AND (CAST($4 AS TEXT) = '' OR p.departement = $4)
               AND (CAST($5 AS TEXT) = '' OR p.epci = $5)
             ORDER BY a.arrive_le DESC, p.cle_tri, p.id LIMIT $6",
            &valeurs![apres, jusqu_a, region, departement, epci, au_plus],
        )
        .await?;
    let arrivees = lignes.into_iter().map(|l| {
        Ok(Arrivee {
            pole: l.id,
            nom: l.nom,
            lieu: LieuDuPole {
                region: l.region.as_deref().and_then(Region::par_code),
                commune: l.commune,
                departement: l.departement,
            },
            invente: l.invente,
            le: Timestamp::from_millisecond(l.arrive_le)
                .map_err(|e| Panne::Ligne(e.to_string()))?,
        })
    });
    arrivees.collect()
}
