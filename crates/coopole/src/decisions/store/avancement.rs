//! How far a call has come, in counts that each open their list. Nothing here
//! reads a decision.

use jiff::Timestamp;
use metier::{commun::Region, liste_fermee};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{instant, region};
use crate::{
    socle::{db::Lecture, erreurs::Panne},
    valeurs,
};

liste_fermee! {
    /// A part of the dossiers of a call.
    pub enum Part {
        /// Opened, not filed.
        Brouillons = "brouillons", "Brouillons";
        /// Filed and not taken back.
        Deposes = "deposes", "Dossiers déposés";
        /// Filed, no conclusion on eligibility.
        AStatuer = "a_statuer", "Éligibilité à confirmer";
        /// Eligibility confirmed.
        Confirmes = "confirmes", "Éligibilité confirmée";
        /// Set aside.
        Ecartes = "ecartes", "Écartés à l’éligibilité";
        /// With the cell's opinion.
        Avis = "avis", "Avis rendus";
        /// Eligible, no opinion yet.
        SansAvis = "sans_avis", "Avis attendus";
        /// With at least one examination given.
        Examines = "examines", "Dossiers examinés";
        /// Eligible, no examination given.
        SansExamen = "sans_examen", "Examens attendus";
    }
}

/// The counts of a call.
#[derive(Debug, Clone, FromRow)]
pub struct Avancement {
    pub brouillons: i64,
    pub deposes: i64,
    pub confirmes: i64,
    pub ecartes: i64,
    pub avis: i64,
    pub examines: i64,
    pub eligibles_avec_avis: i64,
    pub eligibles_examines: i64,
}

impl Avancement {
    /// How many dossiers this part holds.
    pub fn compte(&self, part: Part) -> i64 {
        match part {
            Part::Brouillons => self.brouillons,
            Part::Deposes => self.deposes,
            Part::AStatuer => self.deposes - self.confirmes - self.ecartes,
            Part::Confirmes => self.confirmes,
            Part::Ecartes => self.ecartes,
            Part::Avis => self.avis,
            Part::SansAvis => self.confirmes - self.eligibles_avec_avis,
            Part::Examines => self.examines,
            Part::SansExamen => self.confirmes - self.eligibles_examines,
        }
    }
}

pub async fn avancement(base: &mut Lecture, campagne: &str) -> Result<Avancement, Panne> {
    base.fetch_one(
        "SELECT COUNT(*) - COUNT(f.depose_le) AS brouillons,
                COUNT(f.depose_le) AS deposes,
                COUNT(CASE WHEN f.issue = 'confirmee' THEN 1 END) AS confirmes,
                COUNT(CASE WHEN f.issue = 'ecartee' THEN 1 END) AS ecartes,
                COUNT(f.avis_le) AS avis,
                COUNT(f.examine) AS examines,
                COUNT(CASE WHEN f.issue = 'confirmee' THEN f.avis_le END) AS eligibles_avec_avis,
                COUNT(CASE WHEN f.issue = 'confirmee' THEN f.examine END) AS eligibles_examines
         FROM (SELECT d.depose_le,
                      CASE WHEN d.depose_le IS NOT NULL THEN e.issue END AS issue,
                      CASE WHEN d.depose_le IS NOT NULL THEN a.le END AS avis_le,
                      (SELECT MIN(x.rendu_le) FROM examens x
                       WHERE x.dossier = d.id AND d.depose_le IS NOT NULL) AS examine
               FROM dossiers d
               LEFT JOIN eligibilites e ON e.dossier = d.id
               LEFT JOIN avis a ON a.dossier = d.id
               WHERE d.campagne = $1 AND d.retire_le IS NULL) f",
        &valeurs![campagne],
    )
    .await
}

/// A dossier in a list of the pilot.
#[derive(Debug, Clone)]
pub struct Ligne {
    pub id: Uuid,
    pub numero: String,
    pub pole: String,
    pub region: Region,
    pub depose_le: Option<Timestamp>,
    pub issue: Option<String>,
    pub avis: bool,
    pub examens: i64,
}

#[derive(FromRow)]
struct LigneLue {
    id: Uuid,
    numero: String,
    pole: String,
    region: String,
    depose_le: Option<i64>,
    issue: Option<String>,
    avis: i64,
    examens: i64,
}

/// The dossiers of a part whose number comes after `apres`, at most `combien`.
pub async fn part(
    base: &mut Lecture,
    campagne: &str,
    part: Part,
    (apres, combien): (&str, i64),
) -> Result<Vec<Ligne>, Panne> {
    let lignes: Vec<LigneLue> = base
        .fetch_all(
            "SELECT f.id, f.numero, f.pole, f.region, f.depose_le, f.issue, f.avis, f.examens
             FROM (SELECT d.id, d.numero, p.nom AS pole, d.region, d.depose_le, e.issue,
                          (SELECT COUNT(*) FROM avis a WHERE a.dossier = d.id) AS avis,
                          (SELECT COUNT(*) FROM examens x
                           WHERE x.dossier = d.id AND x.rendu_le IS NOT NULL) AS examens
                   FROM dossiers d
                   JOIN poles p ON p.id = d.pole
                   LEFT JOIN eligibilites e ON e.dossier = d.id
                   WHERE d.campagne = $1 AND d.retire_le IS NULL AND d.numero > $3) f
             WHERE ($2 = 'brouillons' AND f.depose_le IS NULL)
                OR (f.depose_le IS NOT NULL AND (
                      $2 = 'deposes'
                   OR ($2 = 'a_statuer' AND f.issue IS NULL)
                   OR ($2 = 'confirmes' AND f.issue = 'confirmee')
                   OR ($2 = 'ecartes' AND f.issue = 'ecartee')
                   OR ($2 = 'avis' AND f.avis > 0)
                   OR ($2 = 'sans_avis' AND f.issue = 'confirmee' AND f.avis = 0)
                   OR ($2 = 'examines' AND f.examens > 0)
                   OR ($2 = 'sans_examen' AND f.issue = 'confirmee' AND f.examens = 0)))
             ORDER BY f.numero LIMIT $4",
            &valeurs![campagne, part.code(), apres, combien],
        )
        .await?;
    lignes
        .into_iter()
        .map(|l| {
            Ok(Ligne {
                region: region(&l.region)?,
                depose_le: l.depose_le.map(instant).transpose()?,
                id: l.id,
                numero: l.numero,
                pole: l.pole,
                issue: l.issue,
                avis: l.avis > 0,
                examens: l.examens,
            })
        })
        .collect()
}
