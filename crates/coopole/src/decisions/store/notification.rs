//! The notification of a call as it is kept, and whom it reaches.

use jiff::Timestamp;
use metier::{
    commun::{Montant, Region},
    decisions::{Decision, Motif, Notification},
    dossiers::Issue,
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{instant, region};
use crate::{
    socle::{
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

#[derive(FromRow)]
struct Ligne {
    programmee_pour: i64,
    le: i64,
    par: Uuid,
    suspendue_le: Option<i64>,
    faite_le: Option<i64>,
    decisions: i64,
}

/// The notification planned for a call, with when its mails were written.
pub async fn notification(
    base: &mut Lecture,
    campagne: &str,
) -> Result<Option<(Notification, Option<Timestamp>)>, Panne> {
    let ligne: Option<Ligne> = base
        .fetch_optional(
            "SELECT n.programmee_pour, n.le, n.par, n.suspendue_le, n.faite_le,
                    (SELECT COUNT(*) FROM decisions_dossiers dd JOIN dossiers d ON d.id = dd.dossier
                     WHERE dd.campagne = n.campagne AND d.retire_le IS NULL) AS decisions
             FROM notifications n WHERE n.campagne = $1",
            &valeurs![campagne],
        )
        .await?;
    let Some(ligne) = ligne else { return Ok(None) };
    let notification = Notification {
        visible_le: instant(ligne.programmee_pour)?,
        decisions: usize::try_from(ligne.decisions).unwrap_or_default(),
        programmee_par: ligne.par,
        programmee_le: instant(ligne.le)?,
        suspendue_le: ligne.suspendue_le.map(instant).transpose()?,
    };
    Ok(Some((
        notification,
        ligne.faite_le.map(instant).transpose()?,
    )))
}

/// The call a decision is about.
pub async fn campagne_de(base: &mut Lecture, decision: Uuid) -> Result<String, Panne> {
    let (campagne,): (String,) = base
        .fetch_one(
            "SELECT campagne FROM decisions WHERE id = $1",
            &valeurs![decision],
        )
        .await?;
    Ok(campagne)
}

/// Plans the notification, or plans it anew after a suspension.
pub async fn record_programmation(
    tx: &mut Tx,
    campagne: &str,
    notification: &Notification,
) -> Result<(), Panne> {
    tx.execute_one(
        "INSERT INTO notifications (campagne, programmee_pour, le, par) VALUES ($1, $2, $3, $4)
         ON CONFLICT (campagne) DO UPDATE SET programmee_pour = excluded.programmee_pour,
             le = excluded.le, par = excluded.par, suspendue_le = NULL
         WHERE notifications.faite_le IS NULL",
        &valeurs![
            campagne,
            notification.visible_le,
            notification.programmee_le,
            notification.programmee_par
        ],
    )
    .await
}

pub async fn record_suspension(tx: &mut Tx, campagne: &str, le: Timestamp) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE notifications SET suspendue_le = $2 WHERE campagne = $1",
        &valeurs![campagne, le],
    )
    .await
}

/// Marks the mails as written; once.
pub async fn record_faite(tx: &mut Tx, campagne: &str, le: Timestamp) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE notifications SET faite_le = $2 WHERE campagne = $1 AND faite_le IS NULL",
        &valeurs![campagne, le],
    )
    .await
}

/// A decision about to be told.
pub struct DecisionANotifier {
    pub decision: Decision,
    pub numero: String,
    pub pole: Uuid,
    pub nom_du_pole: String,
    pub region: Region,
}

#[derive(FromRow)]
struct LigneDecision {
    dossier: Uuid,
    numero: String,
    pole: Uuid,
    nom_du_pole: String,
    region: String,
    issue: String,
    montant: Option<i64>,
    motif: String,
    le: i64,
}

/// Every decision of a call but on dossiers taken back, in the order of the dossiers' numbers.
pub async fn a_notifier(
    base: &mut Lecture,
    campagne: &str,
) -> Result<Vec<DecisionANotifier>, Panne> {
    let lignes: Vec<LigneDecision> = base
        .fetch_all(
            "SELECT dd.dossier, d.numero, d.pole, p.nom AS nom_du_pole, d.region,
                    dd.issue, dd.montant, dd.motif, de.le
             FROM decisions_dossiers dd
             JOIN decisions de ON de.campagne = dd.campagne
             JOIN dossiers d ON d.id = dd.dossier
             JOIN poles p ON p.id = d.pole
             WHERE dd.campagne = $1 AND d.retire_le IS NULL ORDER BY d.numero",
            &valeurs![campagne],
        )
        .await?;
    lignes
        .into_iter()
        .map(|l| {
            Ok(DecisionANotifier {
                decision: decision((l.dossier, &l.issue, l.montant, &l.motif), l.le)?,
                numero: l.numero,
                pole: l.pole,
                nom_du_pole: l.nom_du_pole,
                region: region(&l.region)?,
            })
        })
        .collect()
}

/// A decision as the rule knows it.
pub(super) fn decision(
    (dossier, issue, montant, motif): (Uuid, &str, Option<i64>, &str),
    le: i64,
) -> Result<Decision, Panne> {
    let motifs = motif.lines().filter(|texte| !texte.trim().is_empty());
    Ok(Decision {
        dossier,
        issue: Issue::par_code(issue).ok_or_else(|| Panne::Ligne(format!("issue {issue}")))?,
        montant: montant.map(Montant::centimes),
        motifs: motifs
            .map(|texte| Motif {
                au_titre_de: None,
                texte: texte.trim().to_owned(),
            })
            .collect(),
        arretee_le: instant(le)?,
    })
}

/// Who answers for each pole of a call today: pole and address.
pub async fn responsables(
    base: &mut Lecture,
    campagne: &str,
    le: Timestamp,
) -> Result<Vec<(Uuid, String)>, Panne> {
    base.fetch_all(
        "SELECT DISTINCT h.pole, c.courriel
         FROM habilitations h
         JOIN comptes c ON c.id = h.compte
         JOIN dossiers d ON d.pole = h.pole
         WHERE d.campagne = $1 AND h.role = 'porteur' AND h.qualite = 'responsable'
           AND h.du <= $2 AND (h.au IS NULL OR h.au > $2)
         ORDER BY c.courriel, h.pole",
        &valeurs![campagne, le],
    )
    .await
}
