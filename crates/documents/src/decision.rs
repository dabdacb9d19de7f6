//! The letter that tells a porteur what was decided.

use jiff::Timestamp;
use serde::Serialize;

use crate::{Appel, Autorite, Service, Signataire, Structure, VoiesRecours};

/// An individual decision, signed with first name, name and quality readable
/// (CRPA, L. 212-1).
#[derive(Debug, Clone, Serialize)]
pub struct DecisionNotifiee {
    /// Number of the decision.
    pub reference: String,
    /// Number of the dossier.
    pub numero: String,
    /// When this paper was made. Dates the file, is printed nowhere.
    pub etabli_le: Timestamp,
    /// Place and day of the signature: « À Villefictive, le jeudi 26 septembre
    /// 2024 ».
    pub fait: String,
    /// Who decides.
    pub service: Service,
    /// To whom.
    pub structure: Structure,
    /// To the attention of whom, by quality: « la personne représentant la
    /// structure ».
    pub attention: Option<String>,
    /// Name of the pole.
    pub pole: String,
    /// The call.
    pub appel: Appel,
    /// When the dossier was received, in words.
    pub depose_le: String,
    /// What was decided.
    pub issue: Issue,
    /// The means and last day of appeal; a laureate has them too, since an
    /// amount may be contested.
    pub recours: VoiesRecours,
    /// What must be said when a computed ranking was used (CRPA, L. 311-3-1).
    pub traitement: Option<TraitementAlgorithmique>,
    /// Who signs.
    pub signataire: Signataire,
}

/// What was decided.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "sens", rename_all = "snake_case")]
pub enum Issue {
    /// The project is helped.
    Retenu {
        /// The amount.
        montant: String,
        /// How long it covers: « deux ans ».
        duree: String,
        /// What comes next, one sentence a step.
        suite: Vec<String>,
    },
    /// It is not, and here is why: the notice promises the reasons.
    NonRetenu {
        /// What is said first: « Votre dossier n’est pas retenu. »
        annonce: String,
        /// The reasons.
        motifs: Vec<MotifNotifie>,
        /// The rules applied, and what was found.
        regles: Vec<RegleAppliquee>,
        /// The opinion of the regional cell, when the call shows it.
        avis: Option<AvisNotifie>,
        /// What stays open to the pole.
        services: Vec<String>,
    },
}

/// A reason.
#[derive(Debug, Clone, Serialize)]
pub struct MotifNotifie {
    /// Its sentence.
    pub phrase: String,
    /// Its official reference.
    pub source: Option<String>,
}

/// A rule and what was found.
#[derive(Debug, Clone, Serialize)]
pub struct RegleAppliquee {
    /// Its code.
    pub code: String,
    /// Its wording, ours.
    pub enonce: String,
    /// What was found: « Remplie », « Non remplie : aucun membre hors ESS ».
    pub constat: String,
    /// Its official reference.
    pub source: Option<String>,
}

/// The opinion of the regional cell.
#[derive(Debug, Clone, Serialize)]
pub struct AvisNotifie {
    /// Which cell.
    pub cellule: String,
    /// When, in words.
    pub rendu_le: String,
    /// « favorable », « favorable avec réserve », « défavorable ».
    pub sens: String,
    /// Reasons, axis by axis.
    pub motifs: Vec<MotifAxe>,
}

/// The reasons of an opinion on one axis.
#[derive(Debug, Clone, Serialize)]
pub struct MotifAxe {
    /// The axis.
    pub axe: String,
    /// The reasons.
    pub texte: String,
}

/// What a person must be told when a computation helped to decide
/// (CRPA, L. 311-3-1 and R. 311-3-1-1).
#[derive(Debug, Clone, Serialize)]
pub struct TraitementAlgorithmique {
    /// What the computation is for, to read after « sa finalité : ».
    pub finalite: String,
    /// Where its rules are published.
    pub regles: String,
    /// Whom to ask for the rules and the main features of their use.
    pub service: Autorite,
}
