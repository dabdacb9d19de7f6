//! Lists, decisions and notifications as they are kept.

mod applicant;
mod avancement;
mod notification;

use std::collections::HashMap;

use jiff::Timestamp;
use metier::{
    comite::Classement,
    commun::{Montant, Region},
    decisions::{Motif, Selection},
    dossiers::Numero,
    instruction::{Appreciation, Verdict},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

pub use applicant::{Decide, Laureat, Mien, decide, decides, laureats, mien, retires_depuis};
pub use avancement::{Avancement, Ligne, Part, avancement, part};
pub use notification::{
    DecisionANotifier, a_notifier, campagne_de, notification, record_faite, record_programmation,
    record_suspension, responsables,
};

use crate::{
    comite, instruction,
    socle::{
        alea,
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

/// A dossier filed and not taken back, with what was concluded on it.
#[derive(Debug, Clone)]
pub struct Candidature {
    pub dossier: Uuid,
    pub numero: Numero,
    pub pole: String,
    pub region: Region,
    /// Laureate of an accompaniment call (E1).
    pub laureat: bool,
    /// Confirmed or set aside, and by which rules, for which reasons.
    pub eligibilite: Option<Eligibilite>,
}

impl Candidature {
    /// What the cell concluded, if it did.
    pub fn verdict(&self) -> Option<Verdict> {
        self.eligibilite.as_ref().map(|e| e.verdict)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Eligibilite {
    pub verdict: Verdict,
    /// Why it was set aside, rule by rule; none when it was confirmed.
    pub motifs: Vec<Motif>,
}

/// A line the pilot has prepared; nothing is decided by it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proposition {
    pub retenu: Option<bool>,
    pub montant: Option<Montant>,
    pub motif: String,
    pub ecart: String,
}

/// The list of a call, closed.
#[derive(Debug, Clone)]
pub struct DecisionInscrite {
    pub id: Uuid,
    pub le: Timestamp,
    pub par: Uuid,
    pub par_qui: String,
}

/// Everything on the table when a list is prepared or closed.
pub struct Dossiers {
    pub candidatures: Vec<Candidature>,
    pub classement: Classement,
    pub propositions: HashMap<Uuid, Proposition>,
    pub preparateurs: Vec<Uuid>,
    pub enregistree_le: Option<Timestamp>,
    pub seance_close_le: Option<Timestamp>,
    pub decision: Option<DecisionInscrite>,
    /// Decided upon, then taken back: number and pole.
    pub retires_depuis: Vec<(String, String)>,
}

/// Takes the selection of a call for the length of the transaction.
pub async fn prendre(tx: &mut Tx, campagne: &str) -> Result<(), Panne> {
    tx.execute_one(
        "INSERT INTO selections (campagne, prises) VALUES ($1, 1)
         ON CONFLICT (campagne) DO UPDATE SET prises = selections.prises + 1",
        &valeurs![campagne],
    )
    .await
}

/// All of it, in nine queries whatever the number of dossiers. The ranking
/// stays with the committee until its sitting is closed.
pub async fn dossiers(base: &mut Lecture, campagne: &str) -> Result<Dossiers, Panne> {
    let candidatures = candidatures(base, campagne).await?;
    let seance_close_le = seance_close_le(base, campagne).await?;
    let classement = match seance_close_le {
        Some(_) => comite::classement(base, campagne).await?,
        None => Classement::default(),
    };
    let (propositions, enregistree_le) = propositions(base, campagne).await?;
    let preparateurs: Vec<(Uuid,)> = base
        .fetch_all(
            "SELECT compte FROM preparateurs WHERE campagne = $1 ORDER BY le, compte",
            &valeurs![campagne],
        )
        .await?;
    Ok(Dossiers {
        candidatures,
        classement,
        propositions,
        preparateurs: preparateurs.into_iter().map(|(compte,)| compte).collect(),
        enregistree_le,
        seance_close_le,
        decision: decision(base, campagne).await?,
        retires_depuis: retires_depuis(base, campagne).await?,
    })
}

/// When the committee's sitting was closed, if it was.
pub async fn seance_close_le(
    base: &mut Lecture,
    campagne: &str,
) -> Result<Option<Timestamp>, Panne> {
    let ligne: Option<(i64,)> = base
        .fetch_optional(
            "SELECT close_le FROM seances WHERE campagne = $1",
            &valeurs![campagne],
        )
        .await?;
    ligne.map(|(le,)| instant(le)).transpose()
}

#[derive(FromRow)]
struct LigneCandidature {
    id: Uuid,
    numero: String,
    pole: String,
    region: String,
    laureat: i64,
    issue: Option<String>,
    verdict: Option<String>,
}

async fn candidatures(base: &mut Lecture, campagne: &str) -> Result<Vec<Candidature>, Panne> {
    let lignes: Vec<LigneCandidature> = base
        .fetch_all(
            "SELECT d.id, d.numero, p.nom AS pole, d.region,
                    (SELECT COUNT(*) FROM laureats l
                     WHERE l.pole = d.pole AND l.genre = 'accompagnement') AS laureat,
                    e.issue, e.verdict
             FROM dossiers d
             JOIN poles p ON p.id = d.pole
             LEFT JOIN eligibilites e ON e.dossier = d.id
             WHERE d.campagne = $1 AND d.depose_le IS NOT NULL AND d.retire_le IS NULL
             ORDER BY d.numero",
            &valeurs![campagne],
        )
        .await?;
    let mut ecartes = instruction::ecartes(base, campagne).await?;
    lignes
        .into_iter()
        .map(|ligne| {
            let ecart = ecartes.remove(&ligne.id).unwrap_or_default();
            ligne.candidature(ecart)
        })
        .collect()
}

impl LigneCandidature {
    fn candidature(self, ecart: Vec<Appreciation>) -> Result<Candidature, Panne> {
        let l = self;
        let motifs = ecart.into_iter().map(|a| Motif {
            au_titre_de: Some(a.regle),
            texte: a.motif,
        });
        let verdict = l.verdict.as_deref().and_then(Verdict::par_code);
        Ok(Candidature {
            dossier: l.id,
            numero: numero(&l.numero)?,
            pole: l.pole,
            region: region(&l.region)?,
            laureat: l.laureat > 0,
            eligibilite: l.issue.map(|issue| Eligibilite {
                verdict: verdict.unwrap_or(match issue.as_str() {
                    "confirmee" => Verdict::Eligible,
                    _ => Verdict::Ineligible,
                }),
                motifs: motifs.collect(),
            }),
        })
    }
}

#[derive(FromRow)]
struct LigneProposition {
    dossier: Uuid,
    issue: Option<String>,
    montant: Option<i64>,
    motif: String,
    ecart: String,
    modifie_le: i64,
}

async fn propositions(
    base: &mut Lecture,
    campagne: &str,
) -> Result<(HashMap<Uuid, Proposition>, Option<Timestamp>), Panne> {
    let lignes: Vec<LigneProposition> = base
        .fetch_all(
            "SELECT dossier, issue, montant, motif, ecart, modifie_le
             FROM propositions WHERE campagne = $1",
            &valeurs![campagne],
        )
        .await?;
    let derniere = lignes.iter().map(|l| l.modifie_le).max();
    let propositions = lignes
        .into_iter()
        .map(|l| {
            let proposition = Proposition {
                retenu: l.issue.map(|issue| issue == "retenu"),
                montant: l.montant.map(Montant::centimes),
                motif: l.motif,
                ecart: l.ecart,
            };
            (l.dossier, proposition)
        })
        .collect();
    Ok((propositions, derniere.map(instant).transpose()?))
}

/// Keeps a prepared line; only dossiers of this call have one.
pub async fn record_proposition(
    tx: &mut Tx,
    (campagne, dossier): (&str, Uuid),
    proposition: &Proposition,
    (par, le): (Uuid, Timestamp),
) -> Result<(), Panne> {
    let issue = proposition.retenu.map(|retenu| match retenu {
        true => "retenu",
        false => "non_retenu",
    });
    tx.execute_one(
        "INSERT INTO propositions (dossier, campagne, issue, montant, motif, ecart, modifie_le, par)
         SELECT id, campagne, $3, $4, $5, $6, $7, $8 FROM dossiers
         WHERE id = $1 AND campagne = $2 AND depose_le IS NOT NULL AND retire_le IS NULL
         ON CONFLICT (dossier) DO UPDATE SET issue = excluded.issue, montant = excluded.montant,
             motif = excluded.motif, ecart = excluded.ecart,
             modifie_le = excluded.modifie_le, par = excluded.par",
        &valeurs![
            dossier,
            campagne,
            issue,
            proposition.montant.map(Montant::en_centimes),
            &proposition.motif,
            &proposition.ecart,
            le,
            par
        ],
    )
    .await
}

/// Remembers that this person had a hand in the list.
pub async fn record_preparateur(
    tx: &mut Tx,
    campagne: &str,
    par: Uuid,
    le: Timestamp,
) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO preparateurs (campagne, compte, le) VALUES ($1, $2, $3)
         ON CONFLICT (campagne, compte) DO NOTHING",
        &valeurs![campagne, par, le],
    )
    .await
    .map(drop)
}

#[derive(FromRow)]
struct LigneDecision {
    id: Uuid,
    le: i64,
    par: Uuid,
    par_qui: String,
}

/// The decision of a call, if its list is closed.
pub async fn decision(
    base: &mut Lecture,
    campagne: &str,
) -> Result<Option<DecisionInscrite>, Panne> {
    let ligne: Option<LigneDecision> = base
        .fetch_optional(
            "SELECT d.id, d.le, d.par, c.nom AS par_qui
             FROM decisions d JOIN comptes c ON c.id = d.par WHERE d.campagne = $1",
            &valeurs![campagne],
        )
        .await?;
    ligne
        .map(|l| {
            Ok(DecisionInscrite {
                id: l.id,
                le: instant(l.le)?,
                par: l.par,
                par_qui: l.par_qui,
            })
        })
        .transpose()
}

/// Records the list as closed: the decision, then one row a dossier.
pub async fn record_decision(
    tx: &mut Tx,
    campagne: &str,
    selection: &Selection,
    rangs: &HashMap<Uuid, usize>,
) -> Result<Uuid, Panne> {
    let id = alea::id();
    tx.execute(
        "INSERT INTO decisions (campagne, id, le, par) VALUES ($1, $2, $3, $4)",
        &valeurs![campagne, id, selection.arretee_le, selection.arretee_par],
    )
    .await?;
    for decision in &selection.decisions {
        let motifs: Vec<String> = decision.motifs.iter().map(Motif::en_mots).collect();
        let ecart = selection
            .ecarts
            .iter()
            .find(|(id, _)| *id == decision.dossier);
        tx.execute(
            "INSERT INTO decisions_dossiers (dossier, campagne, issue, montant, motif, ecart, rang)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &valeurs![
                decision.dossier,
                campagne,
                decision.issue.code(),
                decision.montant.map(Montant::en_centimes),
                motifs.join("\n"),
                ecart.map_or("", |(_, raison)| raison),
                rangs.get(&decision.dossier).map(|rang| *rang as i64)
            ],
        )
        .await?;
    }
    Ok(id)
}

pub(super) fn instant(ms: i64) -> Result<Timestamp, Panne> {
    Timestamp::from_millisecond(ms).map_err(|_| Panne::Ligne(format!("instant {ms}")))
}

fn region(code: &str) -> Result<Region, Panne> {
    Region::par_code(code).ok_or_else(|| Panne::Ligne(format!("region {code}")))
}

fn numero(texte: &str) -> Result<Numero, Panne> {
    texte
        .parse()
        .map_err(|_| Panne::Ligne(format!("numero {texte}")))
}
