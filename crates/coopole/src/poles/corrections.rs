//! What people propose to correct in the records, what was decided on it, and
//! each change a record went through. People stay in their tables: nothing
//! here that a public page reads names one.

use jiff::Timestamp;
use metier::poles::{Correction, Information, Sort};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{
    etat::{Etat, ecrire},
    mots,
};
use crate::{
    socle::{
        alea,
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

/// A proposal as it was made.
#[derive(Debug, Clone)]
pub struct Proposee {
    pub id: Uuid,
    pub pole: Uuid,
    pub correction: Correction,
    /// The account that proposed it.
    pub par: Uuid,
    pub le: Timestamp,
    pub tranchee: bool,
    /// Whoever proposed it was of the pole's team.
    pub par_l_equipe: bool,
}

#[derive(FromRow)]
struct LigneProposee {
    id: Uuid,
    pole: Uuid,
    information: String,
    valeur: Option<String>,
    source: String,
    par: Uuid,
    le: i64,
    sort: Option<String>,
    par_l_equipe: bool,
}

impl TryFrom<LigneProposee> for Proposee {
    type Error = Panne;

    fn try_from(l: LigneProposee) -> Result<Self, Panne> {
        Ok(Self {
            id: l.id,
            pole: l.pole,
            correction: Correction {
                information: information(&l.information)?,
                valeur: l.valeur,
                source: l.source,
            },
            par: l.par,
            le: instant(l.le)?,
            tranchee: l.sort.is_some(),
            par_l_equipe: l.par_l_equipe,
        })
    }
}

fn information(code: &str) -> Result<Information, Panne> {
    Information::par_code(code).ok_or_else(|| Panne::Ligne(format!("no information is {code}")))
}

fn instant(ms: i64) -> Result<Timestamp, Panne> {
    Timestamp::from_millisecond(ms).map_err(|e| Panne::Ligne(e.to_string()))
}

/// A proposal by its identifier.
pub async fn find(base: &mut Lecture, id: Uuid) -> Result<Proposee, Panne> {
    let ligne: Option<LigneProposee> = base
        .fetch_optional(
            "SELECT c.id, c.pole, c.information, c.valeur, c.source, c.par, c.le, c.sort,
                    EXISTS (SELECT 1 FROM habilitations h WHERE h.pole = c.pole AND h.compte = c.par
                            AND h.role = 'porteur' AND h.du <= c.le AND (h.au IS NULL OR h.au > c.le)) AS par_l_equipe
             FROM corrections c WHERE c.id = $1",
            &valeurs![id],
        )
        .await?;
    ligne.ok_or(Panne::Introuvable)?.try_into()
}

#[derive(FromRow)]
struct LigneEnAttente {
    #[sqlx(flatten)]
    proposee: LigneProposee,
    #[sqlx(flatten)]
    etat: Etat,
}

/// The proposals nobody answered yet, the oldest first, of every region, each
/// with what the record says meanwhile.
pub async fn en_attente(base: &mut Lecture, au_plus: i64) -> Result<Vec<(Proposee, Etat)>, Panne> {
    let lignes: Vec<LigneEnAttente> = base
        .fetch_all(
            "SELECT c.id, c.information, c.valeur, c.source, c.par, c.le, c.sort,
                    EXISTS (SELECT 1 FROM habilitations h WHERE h.pole = c.pole AND h.compte = c.par
                            AND h.role = 'porteur' AND h.du <= c.le AND (h.au IS NULL OR h.au > c.le)) AS par_l_equipe,
                    p.id AS pole, p.nom, p.presentation, p.commune, p.code_commune, p.region, p.themes,
                    p.maturite, p.rural, p.qpv, p.site, p.territoire, p.membres, p.emplois, p.europe,
                    p.source AS source_du_pole, p.invente,
                    s.nom AS porteuse, s.forme, s.siret, s.rna, s.code_commune AS siege
             FROM corrections c JOIN poles p ON p.id = c.pole
             LEFT JOIN structures s ON s.id = p.porteuse
             WHERE c.sort IS NULL ORDER BY c.le, c.id LIMIT $1",
            &valeurs![au_plus],
        )
        .await?;
    lignes
        .into_iter()
        .map(|ligne| Ok((ligne.proposee.try_into()?, ligne.etat)))
        .collect()
}

/// What this person proposed for this record, the latest first, with what
/// became of it.
#[derive(Debug, Clone, FromRow)]
pub struct Mienne {
    pub information: String,
    pub valeur: Option<String>,
    pub le: i64,
    pub sort: Option<String>,
    pub motif: Option<String>,
}

/// What this person proposed for this record.
pub async fn miennes(base: &mut Lecture, pole: Uuid, par: Uuid) -> Result<Vec<Mienne>, Panne> {
    base.fetch_all(
        "SELECT information, valeur, le, sort, motif FROM corrections
         WHERE pole = $1 AND par = $2 ORDER BY le DESC, id DESC LIMIT 20",
        &valeurs![pole, par],
    )
    .await
}

pub async fn record_correction(
    tx: &mut Tx,
    pole: Uuid,
    correction: &Correction,
    par: Uuid,
    le: Timestamp,
) -> Result<Uuid, Panne> {
    let id = alea::id();
    tx.execute(
        "INSERT INTO corrections (id, pole, information, valeur, source, par, le)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &valeurs![
            id,
            pole,
            correction.information.code(),
            correction.valeur.clone(),
            &correction.source,
            par,
            le
        ],
    )
    .await?;
    Ok(id)
}

pub async fn record_sort(
    tx: &mut Tx,
    id: Uuid,
    sort: &Sort,
    par: Uuid,
    le: Timestamp,
) -> Result<(), Panne> {
    let (sort, motif) = match sort {
        Sort::Retenue => ("retenue", None),
        Sort::Refusee { motif } => ("refusee", Some(motif.as_str())),
    };
    tx.execute_one(
        "UPDATE corrections SET sort = $2, motif = $3, tranchee_le = $4, tranchee_par = $5
         WHERE id = $1",
        &valeurs![id, sort, motif, le, par],
    )
    .await
}

/// A change of a record, as anyone reads it.
#[derive(Debug, Clone)]
pub struct Modification {
    pub id: Uuid,
    pub pole: Uuid,
    pub information: Information,
    pub avant: Option<String>,
    pub apres: Option<String>,
    pub source: String,
    pub le: Timestamp,
    /// Put back since, by another change.
    pub annulee: bool,
}

#[derive(FromRow)]
struct LigneModification {
    id: Uuid,
    pole: Uuid,
    information: String,
    avant: Option<String>,
    apres: Option<String>,
    source: String,
    le: i64,
    annulee: bool,
}

impl TryFrom<LigneModification> for Modification {
    type Error = Panne;

    fn try_from(l: LigneModification) -> Result<Self, Panne> {
        Ok(Self {
            id: l.id,
            pole: l.pole,
            information: information(&l.information)?,
            avant: l.avant,
            apres: l.apres,
            source: l.source,
            le: instant(l.le)?,
            annulee: l.annulee,
        })
    }
}

/// The changes of a record, and of those merged into it, the latest first.
pub async fn modifications(base: &mut Lecture, pole: Uuid) -> Result<Vec<Modification>, Panne> {
    let lignes: Vec<LigneModification> = base
        .fetch_all(
            "SELECT id, pole, information, avant, apres, source, le,
                    EXISTS (SELECT 1 FROM modifications a WHERE a.annule = m.id) AS annulee
             FROM modifications m
             WHERE pole = $1 OR pole IN (SELECT p.id FROM poles p WHERE p.fusionne_dans = $1)
             ORDER BY le DESC, id DESC LIMIT 200",
            &valeurs![pole],
        )
        .await?;
    lignes.into_iter().map(Modification::try_from).collect()
}

/// A change by its identifier.
pub async fn modification(base: &mut Lecture, id: Uuid) -> Result<Modification, Panne> {
    let ligne: Option<LigneModification> = base
        .fetch_optional(
            "SELECT id, pole, information, avant, apres, source, le,
                    EXISTS (SELECT 1 FROM modifications a WHERE a.annule = m.id) AS annulee
             FROM modifications m WHERE id = $1",
            &valeurs![id],
        )
        .await?;
    ligne.ok_or(Panne::Introuvable)?.try_into()
}

/// What a change comes from: a proposal, an earlier change put back, or the
/// merge of two records.
#[derive(Debug, Clone, Copy)]
pub enum Origine {
    Correction(Uuid),
    Annulation(Uuid),
    Fusion(Uuid),
}

/// Makes the record say this from now on, and keeps what it said before.
pub async fn record_modification(
    tx: &mut Tx,
    avant: &Etat,
    correction: &Correction,
    origine: Origine,
    le: Timestamp,
) -> Result<Uuid, Panne> {
    let id = alea::id();
    let (de, annule, fusion) = match origine {
        Origine::Correction(correction) => (Some(correction), None, None),
        Origine::Annulation(modification) => (None, Some(modification), None),
        Origine::Fusion(fusion) => (None, None, Some(fusion)),
    };
    tx.execute(
        "INSERT INTO modifications (id, pole, information, avant, apres, source, le, correction,
                                    annule, fusion)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &valeurs![
            id,
            avant.pole,
            correction.information.code(),
            avant.valeur(correction.information),
            correction.valeur.clone(),
            &correction.source,
            le,
            de,
            annule,
            fusion
        ],
    )
    .await?;
    let valeur = correction.valeur.clone();
    ecrire(tx, avant.pole, correction.information, valeur).await?;
    mots::reindexer(tx, &[avant.pole]).await?;
    Ok(id)
}
