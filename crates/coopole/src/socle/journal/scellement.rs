//! Sealing: the one job that gives each entry its place in the Merkle log and
//! signs the head. Places are given here and never by the insertion, because
//! PostgreSQL commits out of order.

use sqlx_macros::FromRow;

use super::{Empreinte, arbre::Arbre, cle::Cle};
use crate::{
    socle::{
        db::{Db, Lecture, Tx},
        erreurs::Panne,
        horloge::Horloge,
    },
    valeurs,
};

/// How many entries one head covers at most: keeps the transaction short.
const LOT: i64 = 500;

/// The signed head: how many entries, and the root over them.
#[derive(Debug, Clone, FromRow)]
pub struct Tete {
    pub taille: i64,
    pub racine: Vec<u8>,
    pub bord: Vec<u8>,
    pub signature: Vec<u8>,
    pub scelle_le: i64,
}

impl Tete {
    pub fn arbre(&self) -> Result<Arbre, Panne> {
        u64::try_from(self.taille)
            .ok()
            .and_then(|taille| Arbre::lire(taille, &self.bord))
            .ok_or_else(|| Panne::Ligne("the edge of the journal".into()))
    }
}

/// The newest head, if anything was ever sealed.
pub async fn tete(base: &mut Lecture) -> Result<Option<Tete>, Panne> {
    base.fetch_optional(
        "SELECT taille, racine, bord, signature, scelle_le FROM journal_tetes
         ORDER BY taille DESC LIMIT 1",
        &[],
    )
    .await
}

/// Seals what waits; returns how many entries got their place.
pub async fn sceller(db: &Db, cle: &Cle, horloge: &Horloge) -> Result<usize, Panne> {
    let en_attente = db
        .lecture()
        .await?
        .compter(
            "SELECT COUNT(*) FROM journal_entrees WHERE place IS NULL",
            &[],
        )
        .await?;
    if en_attente == 0 {
        return Ok(0);
    }
    let mut tx = db.begin().await?;
    prendre_la_suite(&mut tx).await?;
    let mut arbre = match tete(&mut tx).await? {
        Some(tete) => tete.arbre()?,
        None => Arbre::default(),
    };
    let entrees: Vec<(uuid::Uuid, Vec<u8>)> = tx
        .fetch_all(
            "SELECT id, empreinte FROM journal_entrees WHERE place IS NULL ORDER BY id LIMIT $1",
            &valeurs![LOT],
        )
        .await?;
    for (id, empreinte) in &entrees {
        let place = arbre.taille() as i64;
        tx.execute_one(
            "UPDATE journal_entrees SET place = $1 WHERE id = $2",
            &valeurs![place, id],
        )
        .await?;
        arbre.ajouter(empreinte);
    }
    if !entrees.is_empty() {
        signer(&mut tx, cle, &arbre, horloge.now().as_millisecond()).await?;
    }
    tx.commit().await?;
    Ok(entrees.len())
}

/// One sealer at a time, whatever the number of processes.
async fn prendre_la_suite(tx: &mut Tx) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE journal_suite SET prises = prises + 1 WHERE id = 1",
        &[],
    )
    .await
}

async fn signer(tx: &mut Tx, cle: &Cle, arbre: &Arbre, le: i64) -> Result<(), Panne> {
    let racine: Empreinte = arbre.racine();
    let signature = cle.signer(arbre.taille(), &racine, le);
    tx.execute(
        "INSERT INTO journal_tetes (taille, racine, bord, signature, scelle_le)
         VALUES ($1, $2, $3, $4, $5)",
        &valeurs![arbre.taille() as i64, racine, arbre.bord(), signature, le],
    )
    .await
    .map(drop)
}
