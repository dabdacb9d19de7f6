//! The marks of one person on one dossier: a draft, then given for good.

use jiff::Timestamp;
use metier::comite::Examen;
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::instant;
use crate::{
    comite::grille::Notes,
    socle::{
        alea,
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

/// The marks as they stand.
#[derive(Debug, Clone, Default)]
pub struct ExamenEnCours {
    pub version: i64,
    pub modifie_le: Option<Timestamp>,
    pub rendu_le: Option<Timestamp>,
    pub notes: Notes,
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    version: i64,
    modifie_le: i64,
    rendu_le: Option<i64>,
}

pub async fn find(base: &mut Lecture, dossier: Uuid, compte: Uuid) -> Result<ExamenEnCours, Panne> {
    let ligne: Option<Ligne> = base
        .fetch_optional(
            "SELECT id, version, modifie_le, rendu_le FROM examens
             WHERE dossier = $1 AND compte = $2",
            &valeurs![dossier, compte],
        )
        .await?;
    let Some(l) = ligne else {
        return Ok(ExamenEnCours::default());
    };
    let notes: Vec<(String, Option<i64>, String)> = base
        .fetch_all(
            "SELECT critere, valeur, commentaire FROM notes WHERE examen = $1 ORDER BY critere",
            &valeurs![l.id],
        )
        .await?;
    Ok(ExamenEnCours {
        version: l.version,
        modifie_le: Some(instant(l.modifie_le)?),
        rendu_le: l.rendu_le.map(instant).transpose()?,
        notes: notes
            .into_iter()
            .map(|(code, valeur, commentaire)| (code, (valeur, commentaire)))
            .collect(),
    })
}

/// Keeps the draft if no other page of the same person wrote meanwhile, and if
/// the marks are not given; says the new version.
pub async fn record_brouillon(
    tx: &mut Tx,
    (dossier, compte): (Uuid, Uuid),
    notes: &Notes,
    version: i64,
    le: Timestamp,
) -> Result<Option<i64>, Panne> {
    let ligne: Option<(Uuid, i64)> = tx
        .fetch_optional(
            "INSERT INTO examens (id, dossier, compte, version, modifie_le)
             VALUES ($1, $2, $3, CAST($4 AS BIGINT) + 1, $5)
             ON CONFLICT (dossier, compte) DO UPDATE
             SET version = examens.version + 1, modifie_le = $5
             WHERE examens.version = $4 AND examens.rendu_le IS NULL
             RETURNING id, version",
            &valeurs![alea::id(), dossier, compte, version, le],
        )
        .await?;
    let Some((examen, version)) = ligne else {
        return Ok(None);
    };
    tx.execute("DELETE FROM notes WHERE examen = $1", &valeurs![examen])
        .await?;
    for (critere, (valeur, commentaire)) in notes {
        tx.execute(
            "INSERT INTO notes (examen, critere, valeur, commentaire) VALUES ($1, $2, $3, $4)",
            &valeurs![examen, critere, *valeur, commentaire],
        )
        .await?;
    }
    Ok(Some(version))
}

/// Makes the marks final, with what they add up to.
pub async fn record_rendu(tx: &mut Tx, examen: &Examen) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE examens SET rendu_le = $1, base = $2, bonus = $3
         WHERE dossier = $4 AND compte = $5 AND rendu_le IS NULL",
        &valeurs![
            examen.rendu_le,
            examen.total.base.en_milliemes(),
            examen.total.bonus.en_milliemes(),
            examen.dossier,
            examen.personne
        ],
    )
    .await
}
