//! The committee as it is kept. Whatever is read for a person is read through
//! the wall: a dossier closed to them is in no row.

pub mod examens;
pub mod interets;

use jiff::Timestamp;
use metier::{
    comite::{Classement, DossierNote, Points, Total, classement_sans},
    commun::Region,
    dossiers::Numero,
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use crate::{
    socle::{
        alea,
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

/// An instant as the base keeps it.
pub fn instant(ms: i64) -> Result<Timestamp, Panne> {
    Timestamp::from_millisecond(ms).map_err(|_| Panne::Ligne(format!("instant {ms}")))
}

/// A dossier in the list of an examiner.
#[derive(Debug, Clone)]
pub struct DossierANoter {
    pub id: Uuid,
    pub numero: String,
    pub nom_du_pole: String,
    pub nom_de_la_structure: String,
    pub region: Region,
    /// When the cell gave its opinion, and whether it was late.
    pub avis: Option<(Timestamp, bool)>,
    pub commence: bool,
    pub rendu_le: Option<Timestamp>,
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    numero: String,
    nom_du_pole: String,
    nom_de_la_structure: String,
    region: String,
    avis_le: Option<i64>,
    hors_delai: Option<bool>,
    modifie_le: Option<i64>,
    rendu_le: Option<i64>,
}

impl TryFrom<Ligne> for DossierANoter {
    type Error = Panne;

    fn try_from(l: Ligne) -> Result<Self, Panne> {
        let avis_le = l.avis_le.map(instant).transpose()?;
        Ok(Self {
            id: l.id,
            numero: l.numero,
            nom_du_pole: l.nom_du_pole,
            nom_de_la_structure: l.nom_de_la_structure,
            region: Region::par_code(&l.region)
                .ok_or_else(|| Panne::Ligne(format!("region {}", l.region)))?,
            avis: avis_le.map(|le| (le, l.hors_delai.unwrap_or_default())),
            commence: l.modifie_le.is_some(),
            rendu_le: l.rendu_le.map(instant).transpose()?,
        })
    }
}

/// The dossiers this person may examine, after that number. `avis_echus` opens
/// those whose opinion is late: a cell's silence never blocks the committee.
pub async fn a_noter(
    base: &mut Lecture,
    campagne: &str,
    compte: Uuid,
    avis_echus: bool,
    (apres, combien): (&str, i64),
) -> Result<Vec<DossierANoter>, Panne> {
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT d.id, d.numero, p.nom AS nom_du_pole, s.nom AS nom_de_la_structure, d.region,
                    a.le AS avis_le, a.hors_delai, x.modifie_le, x.rendu_le
             FROM dossiers d
             JOIN poles p ON p.id = d.pole
             JOIN structures s ON s.id = d.structure
             LEFT JOIN eligibilites e ON e.dossier = d.id
             LEFT JOIN avis a ON a.dossier = d.id
             LEFT JOIN examens x ON x.dossier = d.id AND x.compte = $2
             WHERE d.campagne = $1 AND d.depose_le IS NOT NULL AND d.retire_le IS NULL
               AND (e.dossier IS NULL OR e.issue = 'confirmee')
               AND (CAST($3 AS BIGINT) = 1 OR (e.issue = 'confirmee' AND a.dossier IS NOT NULL))
               AND NOT EXISTS (SELECT 1 FROM deports k
                               WHERE k.dossier = d.id AND k.compte = $2)
               AND d.numero > $4
             ORDER BY d.numero LIMIT $5",
            &valeurs![campagne, compte, i64::from(avis_echus), apres, combien],
        )
        .await?;
    lignes.into_iter().map(DossierANoter::try_from).collect()
}

/// How many dossiers this person may examine, and how many they have done.
pub async fn avancement(
    base: &mut Lecture,
    campagne: &str,
    compte: Uuid,
    avis_echus: bool,
) -> Result<(i64, i64), Panne> {
    base.fetch_one(
        "SELECT COUNT(*), COUNT(x.rendu_le)
         FROM dossiers d
         LEFT JOIN eligibilites e ON e.dossier = d.id
         LEFT JOIN avis a ON a.dossier = d.id
         LEFT JOIN examens x ON x.dossier = d.id AND x.compte = $2
         WHERE d.campagne = $1 AND d.depose_le IS NOT NULL AND d.retire_le IS NULL
           AND (e.dossier IS NULL OR e.issue = 'confirmee')
           AND (CAST($3 AS BIGINT) = 1 OR (e.issue = 'confirmee' AND a.dossier IS NOT NULL))
           AND NOT EXISTS (SELECT 1 FROM deports k
                           WHERE k.dossier = d.id AND k.compte = $2)",
        &valeurs![campagne, compte, i64::from(avis_echus)],
    )
    .await
}

/// Whether the dossier is closed to that person.
pub async fn est_deporte(base: &mut Lecture, dossier: Uuid, compte: Uuid) -> Result<bool, Panne> {
    let combien = base
        .compter(
            "SELECT COUNT(*) FROM deports WHERE dossier = $1 AND compte = $2",
            &valeurs![dossier, compte],
        )
        .await?;
    Ok(combien > 0)
}

#[derive(FromRow)]
struct LigneTotal {
    id: Uuid,
    numero: String,
    depose_le: i64,
    base: Option<i64>,
    bonus: Option<i64>,
}

/// The ranking of a call. Marks given by someone who is since deported do not
/// count; a dossier set aside or taken back has no place.
pub async fn classement(base: &mut Lecture, campagne: &str) -> Result<Classement, Panne> {
    Ok(classement_sans(&notes(base, campagne).await?, &[]))
}

/// The ranking as this person may see it: no hole where a dossier is closed.
pub async fn classement_vu(
    base: &mut Lecture,
    campagne: &str,
    compte: Uuid,
) -> Result<Classement, Panne> {
    let fermes: Vec<(Uuid,)> = base
        .fetch_all(
            "SELECT k.dossier FROM deports k JOIN dossiers d ON d.id = k.dossier
             WHERE d.campagne = $1 AND k.compte = $2 ORDER BY k.dossier",
            &valeurs![campagne, compte],
        )
        .await?;
    let fermes: Vec<Uuid> = fermes.into_iter().map(|(id,)| id).collect();
    Ok(classement_sans(&notes(base, campagne).await?, &fermes))
}

async fn notes(base: &mut Lecture, campagne: &str) -> Result<Vec<DossierNote>, Panne> {
    let lignes: Vec<LigneTotal> = base
        .fetch_all(
            "SELECT d.id, d.numero, d.depose_le, x.base, x.bonus
             FROM dossiers d
             LEFT JOIN eligibilites e ON e.dossier = d.id
             LEFT JOIN examens x ON x.dossier = d.id AND x.rendu_le IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM deports k
                                  WHERE k.dossier = x.dossier AND k.compte = x.compte)
             WHERE d.campagne = $1 AND d.depose_le IS NOT NULL AND d.retire_le IS NULL
               AND (e.dossier IS NULL OR e.issue = 'confirmee')
             ORDER BY d.numero, x.compte",
            &valeurs![campagne],
        )
        .await?;
    let mut dossiers: Vec<DossierNote> = Vec::new();
    for l in lignes {
        let total = l.base.map(|base| Total {
            base: Points::milliemes(base),
            bonus: Points::milliemes(l.bonus.unwrap_or_default()),
        });
        match dossiers.last_mut().filter(|d| d.dossier == l.id) {
            Some(dossier) => dossier.totaux.extend(total),
            None => dossiers.push(DossierNote {
                dossier: l.id,
                numero: l
                    .numero
                    .parse::<Numero>()
                    .map_err(|_| Panne::Ligne(format!("numero {}", l.numero)))?,
                depose_le: instant(l.depose_le)?,
                totaux: total.into_iter().collect(),
            }),
        }
    }
    Ok(dossiers)
}

/// Names of the poles of a call, by dossier, for a ranking.
pub async fn noms(base: &mut Lecture, campagne: &str) -> Result<Vec<(Uuid, String)>, Panne> {
    base.fetch_all(
        "SELECT d.id, p.nom FROM dossiers d JOIN poles p ON p.id = d.pole
         WHERE d.campagne = $1 AND d.depose_le IS NOT NULL ORDER BY d.numero",
        &valeurs![campagne],
    )
    .await
}

/// How many examiners have given their marks, dossier by dossier.
pub async fn examens_rendus(
    base: &mut Lecture,
    campagne: &str,
) -> Result<Vec<(String, String, i64)>, Panne> {
    base.fetch_all(
        "SELECT d.numero, p.nom, COUNT(x.rendu_le)
         FROM dossiers d
         JOIN poles p ON p.id = d.pole
         LEFT JOIN eligibilites e ON e.dossier = d.id
         LEFT JOIN examens x ON x.dossier = d.id
         WHERE d.campagne = $1 AND d.depose_le IS NOT NULL AND d.retire_le IS NULL
           AND (e.dossier IS NULL OR e.issue = 'confirmee')
         GROUP BY d.numero, p.nom ORDER BY d.numero",
        &valeurs![campagne],
    )
    .await
}

/// When the sitting was closed, and by whom.
pub async fn seance(
    base: &mut Lecture,
    campagne: &str,
) -> Result<Option<(Timestamp, String)>, Panne> {
    let ligne: Option<(i64, String)> = base
        .fetch_optional(
            "SELECT s.close_le, c.nom FROM seances s JOIN comptes c ON c.id = s.par
             WHERE s.campagne = $1",
            &valeurs![campagne],
        )
        .await?;
    ligne.map(|(le, nom)| Ok((instant(le)?, nom))).transpose()
}

/// Records the end of the sitting; its identifier is what the journal names.
pub async fn record_seance(
    tx: &mut Tx,
    campagne: &str,
    par: Uuid,
    le: Timestamp,
) -> Result<Uuid, Panne> {
    let id = alea::id();
    tx.execute(
        "INSERT INTO seances (id, campagne, close_le, par) VALUES ($1, $2, $3, $4)",
        &valeurs![id, campagne, le, par],
    )
    .await?;
    Ok(id)
}
