//! Poles, structures, Charter signatures, laureates and earlier aid.

use jiff::{Timestamp, civil::Date};
use metier::{
    campagnes::Genre,
    commun::{Montant, Region, plier, temps},
    poles::Moment,
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::mots;
use crate::{
    socle::{
        alea, communes,
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

/// A structure to be written.
pub struct NouvelleStructure {
    pub nom: String,
    pub forme: Option<String>,
    pub qualite_ess: Option<&'static str>,
    pub siret: Option<String>,
    pub commune: Option<String>,
    pub code_commune: Option<String>,
    pub region: Option<Region>,
}

/// A pole to be written.
pub struct NouveauPole {
    pub nom: String,
    pub porteuse: Option<Uuid>,
    pub commune: Option<String>,
    pub code_commune: Option<String>,
    /// Derived from the commune when the source does not say it.
    pub departement: Option<String>,
    pub region: Option<Region>,
    /// Words of the source, separated by `;`.
    pub themes: String,
    /// The public page the pole was found in.
    pub source: Option<String>,
    /// Part of the invented world, and marked so wherever it is shown.
    pub invente: bool,
}

pub async fn create_structure(tx: &mut Tx, s: &NouvelleStructure) -> Result<Uuid, Panne> {
    let id = alea::id();
    tx.execute(
        "INSERT INTO structures (id, nom, forme, qualite_ess, siret, commune, code_commune, region)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &valeurs![
            id,
            &s.nom,
            s.forme.clone(),
            s.qualite_ess,
            s.siret.clone(),
            s.commune.clone(),
            s.code_commune.clone(),
            s.region.map(Region::code)
        ],
    )
    .await?;
    Ok(id)
}

/// Writes a pole that the register begins with: it is no news that it entered.
pub async fn create(tx: &mut Tx, pole: &NouveauPole) -> Result<Uuid, Panne> {
    let id = alea::id();
    let commune = pole.code_commune.as_deref().and_then(communes::par_code);
    let departement = commune.map(|commune| commune.departement().to_owned());
    tx.execute(
        "INSERT INTO poles (id, nom, cle_tri, porteuse, commune, code_commune, departement, region,
                            themes, source, invente)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &valeurs![
            id,
            &pole.nom,
            cle_de_tri(&pole.nom),
            pole.porteuse,
            pole.commune.clone(),
            pole.code_commune.clone(),
            pole.departement.clone().or(departement),
            pole.region.map(Region::code),
            &pole.themes,
            pole.source.clone(),
            pole.invente
        ],
    )
    .await?;
    mots::indexer(tx, &[id]).await?;
    Ok(id)
}

/// The pole enters the register then.
pub async fn record_entree(tx: &mut Tx, pole: Uuid, le: Timestamp) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE poles SET inscrit_le = $2 WHERE id = $1",
        &valeurs![pole, le],
    )
    .await
}

/// A pole as a list names it.
#[derive(Debug, Clone, FromRow)]
pub struct PoleListe {
    pub id: Uuid,
    pub nom: String,
    pub commune: Option<String>,
    pub region: Option<String>,
}

/// The poles of a region, or all of them, by name.
pub async fn lister(base: &mut Lecture, region: Option<Region>) -> Result<Vec<PoleListe>, Panne> {
    base.fetch_all(
        "SELECT id, nom, commune, region FROM poles
         WHERE ($1 = '' OR region = $1) AND fusionne_dans IS NULL ORDER BY cle_tri, id",
        &valeurs![region.map_or("", Region::code)],
    )
    .await
}

/// The Charter signed by the pole: a version, a date.
pub async fn record_signature(
    tx: &mut Tx,
    pole: Uuid,
    version: &str,
    le: Timestamp,
) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO signatures_charte (id, pole, version, signee_le) VALUES ($1, $2, $3, $4)",
        &valeurs![alea::id(), pole, version, le],
    )
    .await
    .map(drop)
}

/// When a pole was retained by a call, as precisely as the source says it.
#[derive(Debug, Clone, Copy)]
pub enum Retenu {
    Le(Timestamp),
    /// In that year, on a day the source does not give.
    En(i16),
    SansDate,
}

impl From<Option<Timestamp>> for Retenu {
    fn from(le: Option<Timestamp>) -> Self {
        le.map_or(Self::SansDate, Self::Le)
    }
}

impl Retenu {
    /// What is kept of it, as it is read: the instant, or the beginning of the
    /// year.
    pub fn lu(le: Option<i64>, annee_du: Option<i64>) -> Option<Moment> {
        let jour = |ms| Timestamp::from_millisecond(ms).ok().map(temps::jour_de);
        match le.and_then(jour) {
            Some(le) => Some(Moment::Jour(le)),
            None => annee_du.and_then(jour).map(|du| Moment::Annee(du.year())),
        }
    }

    /// The instant, then the beginning of the year and of the next: what is
    /// kept of it.
    pub fn bornes(self) -> [Option<Timestamp>; 3] {
        let debut = |annee| Date::new(annee, 1, 1).map(temps::debut_de_jour).ok();
        match self {
            Self::Le(le) => [Some(le), None, None],
            Self::En(annee) => match (debut(annee), annee.checked_add(1).and_then(debut)) {
                (Some(du), Some(au)) => [None, Some(du), Some(au)],
                _ => [None; 3],
            },
            Self::SansDate => [None; 3],
        }
    }
}

/// The pole was retained by a call. Said twice, the first stands, and what it
/// did not say of the date comes from the second.
pub async fn record_laureat(
    tx: &mut Tx,
    pole: Uuid,
    campagne: &str,
    genre: Genre,
    quand: impl Into<Retenu>,
) -> Result<(), Panne> {
    let [le, du, au] = quand.into().bornes();
    tx.execute(
        "INSERT INTO laureats (id, pole, campagne, genre, le, annee_du, annee_au)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (pole, campagne) DO UPDATE SET
             le = COALESCE(laureats.le, excluded.le),
             annee_du = CASE WHEN COALESCE(laureats.le, excluded.le) IS NULL
                             THEN COALESCE(laureats.annee_du, excluded.annee_du) END,
             annee_au = CASE WHEN COALESCE(laureats.le, excluded.le) IS NULL
                             THEN COALESCE(laureats.annee_au, excluded.annee_au) END",
        &valeurs![alea::id(), pole, campagne, genre.code(), le, du, au],
    )
    .await
    .map(drop)
}

/// A subsidy of the State to a pole, under a call.
pub struct AideVersee<'a> {
    pub pole: Uuid,
    /// Of the structure that signed, if its number is known.
    pub siren: Option<&'a str>,
    pub campagne: &'a str,
    pub montant: Montant,
}

/// The State subsidises the pole: the agreement's date is what counts (P-12).
pub async fn record_aide(
    tx: &mut Tx,
    aide: &AideVersee<'_>,
    convention_le: Timestamp,
) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO aides (id, pole, siren, campagne, convention_le, montant)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &valeurs![
            alea::id(),
            aide.pole,
            aide.siren,
            aide.campagne,
            convention_le,
            aide.montant
        ],
    )
    .await
    .map(drop)
}

/// A regional cell; without one, `suppleante` is the region that stands in.
pub async fn record_cellule(
    tx: &mut Tx,
    region: Region,
    nom: &str,
    suppleante: Option<&str>,
) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO cellules (region, nom, active, suppleante) VALUES ($1, $2, $3, $4)",
        &valeurs![region.code(), nom, suppleante.is_none(), suppleante],
    )
    .await
    .map(drop)
}

/// Takes the pole for the length of the transaction: two acts on its team
/// follow each other.
pub async fn prendre(tx: &mut Tx, id: Uuid) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE poles SET cle_tri = cle_tri WHERE id = $1",
        &valeurs![id],
    )
    .await
}

/// The same order on both bases: accents, case and punctuation folded away.
pub fn cle_de_tri(nom: &str) -> String {
    plier(nom).trim().to_owned()
}
