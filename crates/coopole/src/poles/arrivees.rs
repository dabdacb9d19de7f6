//! What is new in the register: poles by the day they came to be known, by a
//! first sign ever or by entering the register, whichever was first (the view
//! `arrivees`). One that withdrew its signature and signed again is not new; nor
//! is one that a source knows without a day, or that the register began with.
//! Nothing here is known before it is public: a laureate is written once
//! notified.

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
    /// It entered the register then; else, it is the day of its first sign.
    pub inscription: bool,
}

impl Arrivee {
    /// What its day is that of.
    pub const fn quoi(&self) -> &'static str {
        match self.inscription {
            true => "inscrit au registre",
            false => "premier signe",
        }
    }
}

/// The latest of them, and how many there are in all.
#[derive(Debug, Clone, Default)]
pub struct Arrivees {
    pub dernieres: Vec<Arrivee>,
    pub combien: u64,
}

impl Arrivees {
    /// How many are not named here.
    pub fn autres(&self) -> u64 {
        self.combien.saturating_sub(self.dernieres.len() as u64)
    }
}

/// Where arrivals are looked for; everywhere by default.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ou {
    pub lieu: Option<Lieu>,
    /// Leaves the invented world out.
    pub reels: bool,
}

impl From<Lieu> for Ou {
    fn from(lieu: Lieu) -> Self {
        Self {
            lieu: Some(lieu),
            reels: false,
        }
    }
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
    inscription: bool,
    combien: i64,
}

impl TryFrom<Ligne> for Arrivee {
    type Error = Panne;

    fn try_from(l: Ligne) -> Result<Self, Panne> {
        Ok(Self {
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
            inscription: l.inscription,
        })
    }
}

/// The poles that came there after one instant and by another, the latest
/// first, named up to a number.
pub async fn arrivees(
    base: &mut Lecture,
    ou: impl Into<Ou>,
    (apres, jusqu_a): (Timestamp, Timestamp),
    nommes: i64,
) -> Result<Arrivees, Panne> {
    let Ou { lieu, reels } = ou.into();
    let [region, departement, epci] = match lieu {
        None => ["", "", ""],
        Some(Lieu::Region(region)) => [region.code(), "", ""],
        Some(Lieu::Departement(code)) => ["", code, ""],
        Some(Lieu::Epci(epci)) => ["", "", epci.siren],
    };
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT p.id, p.nom, p.commune, p.departement, p.region, p.invente,
                    a.le AS arrive_le, a.inscription, COUNT(*) OVER () AS combien
             FROM arrivees a JOIN poles p ON p.id = a.pole
             WHERE a.le > $1 AND a.le <= $2
               AND (CAST($3 AS TEXT) = '' OR p.region = $3)
               AND (CAST($4 AS TEXT) = '' OR p.departement = $4)
               AND (CAST($5 AS TEXT) = '' OR p.epci = $5)
               AND NOT (p.invente AND $6)
             ORDER BY a.le DESC, p.cle_tri, p.id LIMIT $7",
            &valeurs![apres, jusqu_a, region, departement, epci, reels, nommes],
        )
        .await?;
    let combien = lignes.first().map_or(0, |ligne| ligne.combien);
    let dernieres = lignes.into_iter().map(Arrivee::try_from);
    Ok(Arrivees {
        dernieres: dernieres.collect::<Result<_, _>>()?,
        combien: combien.unsigned_abs(),
    })
}
