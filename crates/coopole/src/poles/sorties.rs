//! How poles leave the register, as the base keeps it: asleep or struck off,
//! from a day on. One departure stands at a time; one that is undone stays
//! written.

use jiff::Timestamp;
use metier::{
    commun::{Region, temps},
    poles::sortie::{EtatDeSortie, Sortie},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{Jalon, mots};
use crate::{
    socle::{
        alea,
        db::{Enonce, Lecture, Tx},
        erreurs::Panne,
        feuilles::{Cote, Vers},
    },
    valeurs,
};

/// A departure, and the pole it is of.
#[derive(Debug, Clone)]
pub struct SortieLue {
    pub id: Uuid,
    pub pole: Uuid,
    pub nom: String,
    pub region: Option<Region>,
    pub invente: bool,
    pub sortie: Sortie,
    /// When it was written.
    pub le: Timestamp,
    /// When the pole came back, and why.
    pub annulation: Option<(Timestamp, String)>,
}

impl SortieLue {
    /// Its place in the list of those that left.
    pub fn jalon(&self) -> Jalon {
        Jalon::new(temps::debut_de_jour(self.sortie.depuis), self.id)
    }
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    pole: Uuid,
    nom: String,
    region: Option<String>,
    invente: bool,
    etat: String,
    depuis: i64,
    motif: String,
    source: String,
    le: i64,
    annulee_le: Option<i64>,
    annulation: Option<String>,
}

impl TryFrom<Ligne> for SortieLue {
    type Error = Panne;

    fn try_from(l: Ligne) -> Result<Self, Panne> {
        let etat = EtatDeSortie::par_code(&l.etat)
            .ok_or_else(|| Panne::Ligne(format!("departure: {}", l.etat)))?;
        Ok(Self {
            id: l.id,
            pole: l.pole,
            nom: l.nom,
            region: l.region.as_deref().and_then(Region::par_code),
            invente: l.invente,
            sortie: Sortie {
                etat,
                depuis: temps::jour_de(instant(l.depuis)?),
                motif: l.motif,
                source: l.source,
            },
            le: instant(l.le)?,
            annulation: match (l.annulee_le, l.annulation) {
                (Some(le), Some(motif)) => Some((instant(le)?, motif)),
                _ => None,
            },
        })
    }
}

fn instant(ms: i64) -> Result<Timestamp, Panne> {
    Timestamp::from_millisecond(ms).map_err(|e| Panne::Ligne(e.to_string()))
}

fn lues(lignes: Vec<Ligne>) -> Result<Vec<SortieLue>, Panne> {
    lignes.into_iter().map(SortieLue::try_from).collect()
}

/// Every departure of this pole, the latest first, those undone since included.
pub async fn du_pole(base: &mut Lecture, pole: Uuid) -> Result<Vec<SortieLue>, Panne> {
    lues(
        base.fetch_all(
            "SELECT * FROM sorties_lues WHERE pole = $1 ORDER BY le DESC, id DESC LIMIT 50",
            &valeurs![pole],
        )
        .await?,
    )
}

pub async fn find(base: &mut Lecture, id: Uuid) -> Result<SortieLue, Panne> {
    let ligne: Option<Ligne> = base
        .fetch_optional("SELECT * FROM sorties_lues WHERE id = $1", &valeurs![id])
        .await?;
    ligne.ok_or(Panne::Introuvable)?.try_into()
}

/// The poles that are out of the register, the latest first, away from that
/// place.
pub async fn dehors(
    base: &mut Lecture,
    (cote, au_plus): (&Cote<Jalon>, usize),
) -> Result<Vec<SortieLue>, Panne> {
    let enonce = enonce_dehors(cote, au_plus);
    lues(base.fetch_all(enonce.texte(), enonce.valeurs()).await?)
}

fn enonce_dehors(cote: &Cote<Jalon>, au_plus: usize) -> Enonce {
    let mut enonce = Enonce::new(" SELECT s.* FROM sorties_lues s WHERE s.annulee_le IS NULL");
    let Jalon { le, id } = cote.map_or(Jalon::FIN, |(jalon, _)| jalon);
    enonce
        .suite(
            match cote {
                Some((_, Vers::Avant)) => " AND (s.depuis, s.id) > (?, ?) ORDER BY s.depuis, s.id",
                _ => " AND (s.depuis, s.id) < (?, ?) ORDER BY s.depuis DESC, s.id DESC",
            },
            valeurs![le, id],
        )
        .au_plus(au_plus);
    enonce
}

/// The statements of this file that are put together, for a test to prepare.
pub fn enonces() -> Vec<Enonce> {
    let cotes = [None, Some((Jalon::FIN, Vers::Avant))];
    cotes.map(|cote| enonce_dehors(&cote, 1)).into()
}

/// The pole is out from that day on: in no count, found by no word.
pub async fn record(
    tx: &mut Tx,
    pole: Uuid,
    sortie: &Sortie,
    par: Uuid,
    le: Timestamp,
) -> Result<Uuid, Panne> {
    let id = alea::id();
    let depuis = temps::debut_de_jour(sortie.depuis);
    tx.execute(
        "INSERT INTO sorties (id, pole, etat, depuis, motif, source, le, par)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &valeurs![
            id,
            pole,
            sortie.etat.code(),
            depuis,
            &sortie.motif,
            &sortie.source,
            le,
            par
        ],
    )
    .await?;
    tx.execute_one(
        "UPDATE poles SET sorti_le = $2 WHERE id = $1",
        &valeurs![pole, depuis],
    )
    .await?;
    mots::reindexer(tx, &[pole]).await?;
    Ok(id)
}

/// The pole is back, as if it had never left.
pub async fn record_annulation(
    tx: &mut Tx,
    (id, pole): (Uuid, Uuid),
    motif: &str,
    par: Uuid,
    le: Timestamp,
) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE sorties SET annulee_le = $2, annulation = $3, annulee_par = $4 WHERE id = $1",
        &valeurs![id, le, motif, par],
    )
    .await?;
    tx.execute_one(
        "UPDATE poles SET sorti_le = NULL WHERE id = $1",
        &valeurs![pole],
    )
    .await?;
    mots::reindexer(tx, &[pole]).await
}
