//! The sittings where poles sign, and what was signed there.

use jiff::Timestamp;
use metier::{charte::Seance, commun::Region};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{Ligne as LigneSignature, SignatureLue, instant};
use crate::{
    poles::Jalon,
    socle::{
        alea,
        db::{Enonce, Lecture, Tx},
        erreurs::Panne,
        feuilles::{Cote, Vers},
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

const SEANCE: &str = " SELECT q.id, q.nom, q.lieu, q.du, q.au, q.close_le,
                               (SELECT COUNT(*) FROM preuves_charte f WHERE f.seance = q.id) AS signatures
                        FROM seances_de_signature q";

fn enonce(cote: &Cote<Jalon>, combien: usize) -> Enonce {
    let Jalon { le, id } = cote.map_or(Jalon::FIN, |(jalon, _)| jalon);
    let mut enonce = Enonce::new(SEANCE);
    enonce
        .suite(
            match cote {
                Some((_, Vers::Avant)) => " WHERE (q.du, q.id) > (?, ?) ORDER BY q.du, q.id",
                _ => " WHERE (q.du, q.id) < (?, ?) ORDER BY q.du DESC, q.id DESC",
            },
            valeurs![le, id],
        )
        .au_plus(combien);
    enonce
}

fn enonce_a_tenir(le: Timestamp) -> Enonce {
    let mut enonce = Enonce::new(SEANCE);
    let suite = " WHERE q.close_le IS NULL AND q.au > ? ORDER BY q.du, q.id";
    enonce.suite(suite, valeurs![le]);
    enonce
}

/// The statements of this file that are put together, for a test to prepare.
pub fn enonces() -> Vec<Enonce> {
    let cotes = [None, Some((Jalon::FIN, Vers::Avant))];
    let pages = cotes.map(|cote| enonce(&cote, 1)).into_iter();
    pages
        .chain([enonce_a_tenir(Timestamp::UNIX_EPOCH)])
        .collect()
}

/// The sittings, the latest first, away from that place.
pub async fn seances(
    base: &mut Lecture,
    (cote, combien): (&Cote<Jalon>, usize),
) -> Result<Vec<SeanceLue>, Panne> {
    let enonce = enonce(cote, combien);
    let lignes: Vec<Ligne> = base.fetch_all(enonce.texte(), enonce.valeurs()).await?;
    lignes.into_iter().map(SeanceLue::try_from).collect()
}

/// Those that are not over, the next first.
pub async fn seances_a_tenir(base: &mut Lecture, le: Timestamp) -> Result<Vec<SeanceLue>, Panne> {
    let enonce = enonce_a_tenir(le);
    let lignes: Vec<Ligne> = base.fetch_all(enonce.texte(), enonce.valeurs()).await?;
    lignes.into_iter().map(SeanceLue::try_from).collect()
}

/// That sitting.
pub async fn seance(base: &mut Lecture, id: Uuid) -> Result<SeanceLue, Panne> {
    let mut enonce = Enonce::new(SEANCE);
    enonce.suite(" WHERE q.id = ?", valeurs![id]);
    let ligne: Option<Ligne> = base
        .fetch_optional(enonce.texte(), enonce.valeurs())
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
