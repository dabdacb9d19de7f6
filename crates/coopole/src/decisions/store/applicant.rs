//! Decisions as their authors and the public read them, once visible.

use metier::{
    commun::{Montant, Region},
    decisions::{Decision, Notification},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{instant, notification::decision, region};
use crate::{
    socle::{db::Lecture, erreurs::Panne},
    valeurs,
};

/// A decision and the notification that will tell it: to be asked, never shown
/// as such.
pub struct Decide {
    pub decision: Decision,
    pub region: Region,
    pub notification: Option<Notification>,
}

#[derive(FromRow)]
struct LigneDecide {
    dossier: Uuid,
    region: String,
    issue: String,
    montant: Option<i64>,
    motif: String,
    le: i64,
    programmee_pour: Option<i64>,
    programmee_le: Option<i64>,
    programmee_par: Option<Uuid>,
    suspendue_le: Option<i64>,
}

/// The decision on a dossier, if there is one. Taken back meanwhile, a dossier
/// has none: nobody is told of it, and no money goes to it.
pub async fn decide(base: &mut Lecture, dossier: Uuid) -> Result<Option<Decide>, Panne> {
    let ligne: Option<LigneDecide> = base
        .fetch_optional(
            "SELECT dd.dossier, d.region, dd.issue, dd.montant, dd.motif, de.le,
                    n.programmee_pour, n.le AS programmee_le, n.par AS programmee_par,
                    n.suspendue_le
             FROM decisions_dossiers dd
             JOIN decisions de ON de.campagne = dd.campagne
             JOIN dossiers d ON d.id = dd.dossier
             LEFT JOIN notifications n ON n.campagne = dd.campagne
             WHERE dd.dossier = $1 AND d.retire_le IS NULL",
            &valeurs![dossier],
        )
        .await?;
    ligne.map(Decide::try_from).transpose()
}

/// Every decision of a call with its notification, but for dossiers taken back.
pub async fn decides(base: &mut Lecture, campagne: &str) -> Result<Vec<Decide>, Panne> {
    let lignes: Vec<LigneDecide> = base
        .fetch_all(
            "SELECT dd.dossier, d.region, dd.issue, dd.montant, dd.motif, de.le,
                    n.programmee_pour, n.le AS programmee_le, n.par AS programmee_par,
                    n.suspendue_le
             FROM decisions_dossiers dd
             JOIN decisions de ON de.campagne = dd.campagne
             JOIN dossiers d ON d.id = dd.dossier
             LEFT JOIN notifications n ON n.campagne = dd.campagne
             WHERE dd.campagne = $1 AND d.retire_le IS NULL ORDER BY d.numero",
            &valeurs![campagne],
        )
        .await?;
    lignes.into_iter().map(Decide::try_from).collect()
}

impl TryFrom<LigneDecide> for Decide {
    type Error = Panne;

    fn try_from(l: LigneDecide) -> Result<Self, Panne> {
        let notification = match (l.programmee_pour, l.programmee_le, l.programmee_par) {
            (Some(pour), Some(le), Some(par)) => Some(Notification {
                visible_le: instant(pour)?,
                decisions: 1,
                programmee_par: par,
                programmee_le: instant(le)?,
                suspendue_le: l.suspendue_le.map(instant).transpose()?,
            }),
            _ => None,
        };
        Ok(Self {
            decision: decision((l.dossier, &l.issue, l.montant, &l.motif), l.le)?,
            region: region(&l.region)?,
            notification,
        })
    }
}

/// What the page of a decision shows beside it, decided or not.
#[derive(Debug, Clone)]
pub struct Mien {
    pub dossier: Uuid,
    pub numero: String,
    pub campagne: String,
    pub pole: String,
}

#[derive(FromRow)]
struct LigneMien {
    id: Uuid,
    numero: String,
    campagne: String,
    pole: String,
}

/// The facts around the decision of a dossier: read only once it is visible.
pub async fn mien(base: &mut Lecture, dossier: Uuid) -> Result<Mien, Panne> {
    let l: LigneMien = base
        .fetch_one(
            "SELECT d.id, d.numero, d.campagne, p.nom AS pole
             FROM dossiers d
             JOIN poles p ON p.id = d.pole
             WHERE d.id = $1",
            &valeurs![dossier],
        )
        .await?;
    Ok(Mien {
        dossier: l.id,
        numero: l.numero,
        campagne: l.campagne,
        pole: l.pole,
    })
}

/// Poles whose dossier was decided upon and taken back since, with its number.
pub async fn retires_depuis(
    base: &mut Lecture,
    campagne: &str,
) -> Result<Vec<(String, String)>, Panne> {
    base.fetch_all(
        "SELECT d.numero, p.nom
         FROM decisions_dossiers dd
         JOIN dossiers d ON d.id = dd.dossier
         JOIN poles p ON p.id = d.pole
         WHERE dd.campagne = $1 AND d.retire_le IS NOT NULL
         ORDER BY d.numero",
        &valeurs![campagne],
    )
    .await
}

/// A laureate, for the public.
#[derive(Debug, Clone)]
pub struct Laureat {
    pub pole: String,
    pub structure: String,
    pub region: Region,
    pub montant: Montant,
}

#[derive(FromRow)]
struct LigneLaureat {
    pole: String,
    structure: String,
    region: String,
    montant: i64,
}

/// The laureates of a call, in the order of their names; the caller has asked
/// whether they may be known.
pub async fn laureats(base: &mut Lecture, campagne: &str) -> Result<Vec<Laureat>, Panne> {
    let lignes: Vec<LigneLaureat> = base
        .fetch_all(
            "SELECT p.nom AS pole, s.nom AS structure, d.region, dd.montant
             FROM decisions_dossiers dd
             JOIN dossiers d ON d.id = dd.dossier
             JOIN poles p ON p.id = d.pole
             JOIN structures s ON s.id = d.structure
             WHERE dd.campagne = $1 AND dd.issue = 'retenu' AND dd.montant IS NOT NULL
               AND d.retire_le IS NULL
             ORDER BY p.cle_tri, d.numero",
            &valeurs![campagne],
        )
        .await?;
    lignes
        .into_iter()
        .map(|l| {
            Ok(Laureat {
                pole: l.pole,
                structure: l.structure,
                region: region(&l.region)?,
                montant: Montant::centimes(l.montant),
            })
        })
        .collect()
}
