//! Instruction as it is kept: the acts first, the drafts in `brouillons`, the
//! list of what remains to do in `liste`, and what is looked for in it in `recherche`.

pub mod brouillons;
pub mod contacts;
pub mod liste;
pub mod recherche;
pub mod suppleances;

use std::collections::HashMap;

use jiff::Timestamp;
use metier::{
    commun::Region,
    instruction::{
        Appreciation, Avis, Cellule, Eligibilite, Instance, MotifAxe, SensAvis, Verdict,
    },
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::competence::DossierDeCellule;
use crate::{
    socle::{
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

/// An opinion given, with the names that stand under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AvisRendu {
    pub avis: Avis,
    /// Who gave it.
    pub nom: String,
    pub signataire_cress: String,
    pub signataire_etat: String,
}

/// An instant as the base keeps it.
pub fn instant(ms: i64) -> Result<Timestamp, Panne> {
    Timestamp::from_millisecond(ms).map_err(|_| Panne::Ligne(format!("instant {ms}")))
}

pub fn region(code: &str) -> Result<Region, Panne> {
    Region::par_code(code).ok_or_else(|| Panne::Ligne(format!("region {code}")))
}

fn instance(code: Option<&str>) -> Result<Instance, Panne> {
    match code {
        Some(code) => Ok(Instance::Cellule(region(code)?)),
        None => Ok(Instance::Etat),
    }
}

fn verdict_de(mot: &str) -> Result<Verdict, Panne> {
    Verdict::par_code(mot).ok_or_else(|| Panne::Ligne(format!("verdict {mot}")))
}

/// « confirmee » or « ecartee ».
const fn issue(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Eligible => "confirmee",
        Verdict::Irrecevable | Verdict::Ineligible => "ecartee",
    }
}

/// The cells as they sit today, with the regions they stand in for.
pub async fn cellules(base: &mut Lecture) -> Result<Vec<Cellule>, Panne> {
    let lignes: Vec<(String, bool, Option<String>)> = base
        .fetch_all(
            "SELECT region, active, suppleante FROM cellules ORDER BY region",
            &[],
        )
        .await?;
    let supplee = |cellule: &str| -> Result<Vec<Region>, Panne> {
        let confiees = lignes
            .iter()
            .filter(|(_, active, suppleante)| !active && suppleante.as_deref() == Some(cellule));
        confiees.map(|(code, ..)| region(code)).collect()
    };
    lignes
        .iter()
        .map(|(code, active, _)| {
            Ok(Cellule {
                region: region(code)?,
                active: *active,
                supplee: supplee(code)?,
            })
        })
        .collect()
}

#[derive(FromRow)]
struct LigneEligibilite {
    verdict: String,
    le: i64,
    par: Uuid,
    nom: String,
}

/// What was concluded on the eligibility, and by whom.
pub async fn eligibilite(
    base: &mut Lecture,
    dossier: Uuid,
) -> Result<Option<(Eligibilite, String)>, Panne> {
    let ligne: Option<LigneEligibilite> = base
        .fetch_optional(
            "SELECT COALESCE(e.verdict, 'eligible') AS verdict, e.le, e.par, c.nom
             FROM eligibilites e
             JOIN comptes c ON c.id = e.par WHERE e.dossier = $1",
            &valeurs![dossier],
        )
        .await?;
    let Some(ligne) = ligne else {
        return Ok(None);
    };
    let appreciations: Vec<(String, bool, String)> = base
        .fetch_all(
            "SELECT regle, tenue, motif FROM appreciations WHERE dossier = $1 ORDER BY regle",
            &valeurs![dossier],
        )
        .await?;
    let appreciations = appreciations
        .into_iter()
        .map(|(regle, tenue, motif)| Appreciation {
            regle,
            tenue,
            motif,
        });
    Ok(Some((
        Eligibilite {
            dossier,
            verdict: verdict_de(&ligne.verdict)?,
            appreciations: appreciations.collect(),
            par: ligne.par,
            statuee_le: instant(ligne.le)?,
        },
        ligne.nom,
    )))
}

/// What was concluded, without the rest.
pub async fn verdict(base: &mut Lecture, dossier: Uuid) -> Result<Option<Verdict>, Panne> {
    let ligne: Option<(String,)> = base
        .fetch_optional(
            "SELECT COALESCE(verdict, 'eligible') FROM eligibilites WHERE dossier = $1",
            &valeurs![dossier],
        )
        .await?;
    ligne.map(|(mot,)| verdict_de(&mot)).transpose()
}

/// Whether the dossier was set aside: it gets neither opinion nor mark.
pub async fn est_ecarte(base: &mut Lecture, dossier: Uuid) -> Result<bool, Panne> {
    let verdict = verdict(base, dossier).await?;
    Ok(verdict.is_some_and(|verdict| verdict != Verdict::Eligible))
}

/// The dossiers of a call that were set aside, each with the rules said not to
/// hold: their reasons are what its author will read.
pub async fn ecartes(
    base: &mut Lecture,
    campagne: &str,
) -> Result<HashMap<Uuid, Vec<Appreciation>>, Panne> {
    let lignes: Vec<(Uuid, String, String)> = base
        .fetch_all(
            "SELECT a.dossier, a.regle, a.motif FROM eligibilites e
             JOIN dossiers d ON d.id = e.dossier
             JOIN appreciations a ON a.dossier = e.dossier
             WHERE d.campagne = $1 AND e.issue = 'ecartee' AND a.tenue = $2
             ORDER BY a.dossier, a.regle",
            &valeurs![campagne, false],
        )
        .await?;
    let mut ecartes: HashMap<Uuid, Vec<Appreciation>> = HashMap::new();
    for (dossier, regle, motif) in lignes {
        ecartes.entry(dossier).or_default().push(Appreciation {
            regle,
            tenue: false,
            motif,
        });
    }
    Ok(ecartes)
}

/// Records the conclusion, rule by rule.
pub async fn record_eligibilite(
    tx: &mut Tx,
    vu: &DossierDeCellule,
    acte: &Eligibilite,
) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO eligibilites (dossier, region, issue, verdict, le, par)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &valeurs![
            acte.dossier,
            vu.cellule().map(Region::code),
            issue(acte.verdict),
            acte.verdict.code(),
            acte.statuee_le,
            acte.par
        ],
    )
    .await?;
    for appreciation in &acte.appreciations {
        tx.execute(
            "INSERT INTO appreciations (dossier, regle, tenue, motif) VALUES ($1, $2, $3, $4)",
            &valeurs![
                acte.dossier,
                &appreciation.regle,
                appreciation.tenue,
                &appreciation.motif
            ],
        )
        .await?;
    }
    match acte.verdict {
        Verdict::Eligible => record_confirme(tx, acte.dossier).await,
        _ => record_instruit(tx, acte.dossier).await,
    }
}

/// What the cell has left to do is the opinion.
async fn record_confirme(tx: &mut Tx, dossier: Uuid) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE dossiers SET confirme = 1 WHERE id = $1",
        &valeurs![dossier],
    )
    .await
}

/// The cell is done with the dossier: it leaves the list.
async fn record_instruit(tx: &mut Tx, dossier: Uuid) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE dossiers SET instruit = 1 WHERE id = $1",
        &valeurs![dossier],
    )
    .await
}

#[derive(FromRow)]
struct LigneAvis {
    region: Option<String>,
    sens: String,
    rang_regional: Option<i64>,
    signataire_cress: String,
    signataire_etat: String,
    hors_delai: bool,
    le: i64,
    par: Uuid,
    nom: String,
}

/// The opinion given on the dossier, if it was.
pub async fn avis(base: &mut Lecture, dossier: Uuid) -> Result<Option<AvisRendu>, Panne> {
    let ligne: Option<LigneAvis> = base
        .fetch_optional(
            "SELECT a.region, a.sens, a.rang_regional, a.signataire_cress, a.signataire_etat,
                    a.hors_delai, a.le, a.par, c.nom
             FROM avis a JOIN comptes c ON c.id = a.par WHERE a.dossier = $1",
            &valeurs![dossier],
        )
        .await?;
    let Some(l) = ligne else {
        return Ok(None);
    };
    let motifs: Vec<(String, String)> = base
        .fetch_all(
            "SELECT axe, texte FROM motifs_avis WHERE dossier = $1 ORDER BY rang",
            &valeurs![dossier],
        )
        .await?;
    let motifs = motifs
        .into_iter()
        .map(|(axe, texte)| MotifAxe { axe, texte });
    Ok(Some(AvisRendu {
        avis: Avis {
            dossier,
            instance: instance(l.region.as_deref())?,
            sens: SensAvis::par_code(&l.sens)
                .ok_or_else(|| Panne::Ligne(format!("sens {}", l.sens)))?,
            motifs: motifs.collect(),
            rang_regional: l.rang_regional.and_then(|rang| u32::try_from(rang).ok()),
            par: l.par,
            rendu_le: instant(l.le)?,
            hors_delai: l.hors_delai,
        },
        nom: l.nom,
        signataire_cress: l.signataire_cress,
        signataire_etat: l.signataire_etat,
    }))
}

/// Regional ranks already given in that region and call.
pub async fn rangs_pris(
    base: &mut Lecture,
    campagne: &str,
    region: Region,
) -> Result<Vec<u32>, Panne> {
    let lignes: Vec<(i64,)> = base
        .fetch_all(
            "SELECT rang_regional FROM avis
             WHERE campagne = $1 AND territoire = $2 AND rang_regional IS NOT NULL
             ORDER BY rang_regional",
            &valeurs![campagne, region.code()],
        )
        .await?;
    Ok(lignes
        .into_iter()
        .filter_map(|(rang,)| u32::try_from(rang).ok())
        .collect())
}

/// Records the opinion; the draft it came from is over.
pub async fn record_avis(
    tx: &mut Tx,
    vu: &DossierDeCellule,
    rendu: &AvisRendu,
) -> Result<(), Panne> {
    let avis = &rendu.avis;
    tx.execute(
        "INSERT INTO avis (dossier, campagne, territoire, region, sens, rang_regional,
                           signataire_cress, signataire_etat, hors_delai, le, par)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &valeurs![
            avis.dossier,
            &vu.dossier.campagne,
            vu.dossier.region.code(),
            vu.cellule().map(Region::code),
            avis.sens.code(),
            avis.rang_regional,
            &rendu.signataire_cress,
            &rendu.signataire_etat,
            avis.hors_delai,
            avis.rendu_le,
            avis.par
        ],
    )
    .await?;
    for (rang, motif) in (0_i64..).zip(&avis.motifs) {
        tx.execute(
            "INSERT INTO motifs_avis (dossier, axe, rang, texte) VALUES ($1, $2, $3, $4)",
            &valeurs![avis.dossier, &motif.axe, rang, &motif.texte],
        )
        .await?;
    }
    tx.execute(
        "DELETE FROM projets_avis WHERE dossier = $1",
        &valeurs![avis.dossier],
    )
    .await?;
    record_instruit(tx, avis.dossier).await
}
