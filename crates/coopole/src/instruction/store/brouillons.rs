//! What a cell writes before its acts: findings, private notes, the opinion
//! being written. Not acts; a version tells a stale page.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::instant;
use crate::{
    socle::{
        alea,
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

/// What was found on a criterion, by whom and when.
#[derive(Debug, Clone)]
pub struct Constat {
    pub critere: String,
    pub texte: String,
    pub solide: Option<bool>,
    pub version: i64,
    pub modifie_le: Timestamp,
    pub par: String,
}

/// What a person has just typed on a criterion.
#[derive(Debug, Clone)]
pub struct Saisi {
    pub critere: String,
    pub texte: String,
    pub solide: Option<bool>,
    /// The version it was typed over; zero when there was none.
    pub version: i64,
}

#[derive(FromRow)]
struct LigneConstat {
    critere: String,
    texte: String,
    solide: Option<bool>,
    version: i64,
    modifie_le: i64,
    nom: String,
}

impl TryFrom<LigneConstat> for Constat {
    type Error = Panne;

    fn try_from(l: LigneConstat) -> Result<Self, Panne> {
        Ok(Self {
            critere: l.critere,
            texte: l.texte,
            solide: l.solide,
            version: l.version,
            modifie_le: instant(l.modifie_le)?,
            par: l.nom,
        })
    }
}

pub async fn constats(base: &mut Lecture, dossier: Uuid) -> Result<Vec<Constat>, Panne> {
    let lignes: Vec<LigneConstat> = base
        .fetch_all(
            "SELECT k.critere, k.texte, k.solide, k.version, k.modifie_le, c.nom
             FROM constats k JOIN comptes c ON c.id = k.par
             WHERE k.dossier = $1 ORDER BY k.critere",
            &valeurs![dossier],
        )
        .await?;
    lignes.into_iter().map(Constat::try_from).collect()
}

/// Keeps what was typed if nobody wrote meanwhile; says the new version, or
/// nothing when somebody did.
pub async fn record_constat(
    tx: &mut Tx,
    dossier: Uuid,
    saisi: &Saisi,
    par: Uuid,
    le: Timestamp,
) -> Result<Option<i64>, Panne> {
    let ligne: Option<(i64,)> = tx
        .fetch_optional(
            "INSERT INTO constats (dossier, critere, texte, solide, version, modifie_le, par)
             VALUES ($1, $2, $3, $4, CAST($5 AS BIGINT) + 1, $6, $7)
             ON CONFLICT (dossier, critere) DO UPDATE
             SET texte = $3, solide = $4, version = constats.version + 1, modifie_le = $6, par = $7
             WHERE constats.version = $5
             RETURNING version",
            &valeurs![
                dossier,
                &saisi.critere,
                &saisi.texte,
                saisi.solide,
                saisi.version,
                le,
                par
            ],
        )
        .await?;
    Ok(ligne.map(|(version,)| version))
}

/// A private note of the cell.
#[derive(Debug, Clone)]
pub struct NotePrivee {
    pub texte: String,
    pub le: Timestamp,
    pub par: String,
}

pub async fn notes(base: &mut Lecture, dossier: Uuid) -> Result<Vec<NotePrivee>, Panne> {
    let lignes: Vec<(String, i64, String)> = base
        .fetch_all(
            "SELECT n.texte, n.le, c.nom FROM notes_privees n JOIN comptes c ON c.id = n.par
             WHERE n.dossier = $1 ORDER BY n.le, n.id",
            &valeurs![dossier],
        )
        .await?;
    lignes
        .into_iter()
        .map(|(texte, le, par)| {
            Ok(NotePrivee {
                texte,
                le: instant(le)?,
                par,
            })
        })
        .collect()
}

pub async fn record_note(
    tx: &mut Tx,
    dossier: Uuid,
    texte: &str,
    par: Uuid,
    le: Timestamp,
) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO notes_privees (id, dossier, texte, le, par) VALUES ($1, $2, $3, $4, $5)",
        &valeurs![alea::id(), dossier, texte, le, par],
    )
    .await
    .map(drop)
}

/// The opinion being written, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Ebauche {
    pub sens: Option<String>,
    /// One text an axis, by code.
    pub motifs: BTreeMap<String, String>,
    pub rang_regional: String,
    pub signataire_cress: String,
    pub signataire_etat: String,
    /// Zero before the first save.
    pub version: i64,
    /// When it was last saved, and by whom.
    pub enregistree: Option<(Timestamp, String)>,
}

#[derive(FromRow)]
struct LigneEbauche {
    sens: Option<String>,
    motifs: String,
    rang_regional: String,
    signataire_cress: String,
    signataire_etat: String,
    version: i64,
    modifie_le: i64,
    nom: String,
}

pub async fn ebauche(base: &mut Lecture, dossier: Uuid) -> Result<Ebauche, Panne> {
    let ligne: Option<LigneEbauche> = base
        .fetch_optional(
            "SELECT b.sens, b.motifs, b.rang_regional, b.signataire_cress, b.signataire_etat,
                    b.version, b.modifie_le, c.nom
             FROM projets_avis b JOIN comptes c ON c.id = b.par WHERE b.dossier = $1",
            &valeurs![dossier],
        )
        .await?;
    let Some(l) = ligne else {
        return Ok(Ebauche::default());
    };
    Ok(Ebauche {
        sens: l.sens,
        motifs: serde_json::from_str(&l.motifs)
            .map_err(|_| Panne::Ligne(format!("motifs of the draft of {dossier}")))?,
        rang_regional: l.rang_regional,
        signataire_cress: l.signataire_cress,
        signataire_etat: l.signataire_etat,
        version: l.version,
        enregistree: Some((instant(l.modifie_le)?, l.nom)),
    })
}

/// Keeps the draft if nobody wrote meanwhile; says the new version, or nothing
/// when somebody did.
pub async fn record_ebauche(
    tx: &mut Tx,
    dossier: Uuid,
    ebauche: &Ebauche,
    par: Uuid,
    le: Timestamp,
) -> Result<Option<i64>, Panne> {
    let motifs = serde_json::to_string(&ebauche.motifs)
        .map_err(|_| Panne::Programme("texts that JSON cannot hold"))?;
    let ligne: Option<(i64,)> = tx
        .fetch_optional(
            "INSERT INTO projets_avis (dossier, sens, motifs, rang_regional, signataire_cress,
                                       signataire_etat, version, modifie_le, par)
             VALUES ($1, $2, $3, $4, $5, $6, CAST($7 AS BIGINT) + 1, $8, $9)
             ON CONFLICT (dossier) DO UPDATE
             SET sens = $2, motifs = $3, rang_regional = $4, signataire_cress = $5,
                 signataire_etat = $6, version = projets_avis.version + 1, modifie_le = $8,
                 par = $9
             WHERE projets_avis.version = $7
             RETURNING version",
            &valeurs![
                dossier,
                ebauche.sens.clone(),
                motifs,
                &ebauche.rang_regional,
                &ebauche.signataire_cress,
                &ebauche.signataire_etat,
                ebauche.version,
                le,
                par
            ],
        )
        .await?;
    Ok(ligne.map(|(version,)| version))
}
