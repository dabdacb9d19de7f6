//! The sittings where poles sign, and what was signed there.

use jiff::Timestamp;
use metier::{charte::Seance, commun::Region};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{Ligne as LigneSignature, SignatureLue, instant};
use crate::{
    socle::{
        alea,
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

/// A sitting as it is read, with how many signed there.
#[derive(Debug, Clone)]
pub struct SeanceLue {
    pub id: Uuid,
    pub seance: Seance,
    /// Signatures given there, withdrawn or not.
    pub signatures: i64,
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    nom: String,
    lieu: String,
    du: i64,
    au: i64,
    close_le: Option<i64>,
    signatures: i64,
}

impl TryFrom<Ligne> for SeanceLue {
    type Error = Panne;

    fn try_from(l: Ligne) -> Result<Self, Panne> {
        Ok(Self {
            id: l.id,
            seance: Seance {
                nom: l.nom,
                lieu: l.lieu,
                du: instant(l.du)?,
                au: instant(l.au)?,
                close_le: l.close_le.map(instant).transpose()?,
            },
            signatures: l.signatures,
        })
    }
}

/// How many sittings are shown at once.
const SEANCES: i64 = 50;

/// The latest sittings first.
pub async fn seances(base: &mut Lecture) -> Result<Vec<SeanceLue>, Panne> {
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT q.id, q.nom, q.lieu, q.du, q.au, q.close_le,
                    (SELECT COUNT(*) FROM preuves_charte f WHERE f.seance = q.id) AS signatures
             FROM seances_de_signature q ORDER BY q.du DESC, q.id DESC LIMIT $1",
            &valeurs![SEANCES],
        )
        .await?;
    lignes.into_iter().map(SeanceLue::try_from).collect()
}

/// That sitting.
pub async fn seance(base: &mut Lecture, id: Uuid) -> Result<SeanceLue, Panne> {
    let ligne: Option<Ligne> = base
        .fetch_optional(
            "SELECT q.id, q.nom, q.lieu, q.du, q.au, q.close_le,
                    (SELECT COUNT(*) FROM preuves_charte f WHERE f.seance = q.id) AS signatures
             FROM seances_de_signature q WHERE q.id = $1",
            &valeurs![id],
        )
        .await?;
    ligne.ok_or(Panne::Introuvable)?.try_into()
}

/// What was signed there, the latest first; by the poles of one region, or all.
pub async fn signatures_de_la_seance(
    base: &mut Lecture,
    seance: Uuid,
    region: Option<Region>,
) -> Result<Vec<SignatureLue>, Panne> {
    let lignes: Vec<LigneSignature> = base
        .fetch_all(
            "SELECT l.* FROM signatures_lues l
             LEFT JOIN poles p ON p.id = l.pole
             WHERE l.seance = $1 AND (CAST($2 AS TEXT) IS NULL OR p.region = $2)
             ORDER BY l.signee_le DESC, l.id DESC",
            &valeurs![seance, region.map(Region::code)],
        )
        .await?;
    lignes.into_iter().map(SignatureLue::try_from).collect()
}

pub async fn record_seance(
    tx: &mut Tx,
    seance: &Seance,
    par: Uuid,
    le: Timestamp,
) -> Result<Uuid, Panne> {
    let id = alea::id();
    tx.execute(
        "INSERT INTO seances_de_signature (id, nom, lieu, du, au, ouverte_par, ouverte_le)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &valeurs![
            id,
            seance.nom.as_str(),
            seance.lieu.as_str(),
            seance.du,
            seance.au,
            par,
            le
        ],
    )
    .await?;
    Ok(id)
}

/// Takes the sitting: what is signed there and its end follow each other.
pub async fn prendre_la_seance(tx: &mut Tx, id: Uuid) -> Result<(), Panne> {
    let prises = tx
        .execute(
            "UPDATE seances_de_signature SET nom = nom WHERE id = $1",
            &valeurs![id],
        )
        .await?;
    match prises {
        0 => Err(Panne::Introuvable),
        _ => Ok(()),
    }
}

pub async fn record_cloture(tx: &mut Tx, id: Uuid, le: Timestamp) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE seances_de_signature SET close_le = $2 WHERE id = $1",
        &valeurs![id, le],
    )
    .await
}
