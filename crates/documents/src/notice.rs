//! The notice of a call, to print and to read away from a screen.

use jiff::Timestamp;
use serde::Serialize;

use crate::{Appel, Service};

/// A call put on paper from its own document, so that the notice and the
/// screens cannot differ.
///
/// The wording of rules is ours; each carries the reference of the official
/// text. What the sources do not say is `None` and is printed as such.
#[derive(Debug, Clone, Serialize)]
pub struct NoticeAppel {
    /// The call.
    pub appel: Appel,
    /// When this paper was made. Dates the file, is printed nowhere.
    pub etabli_le: Timestamp,
    /// Until when one may file: « mercredi 29 mai 2024 à 12 h 00 », Paris hour.
    pub cloture: String,
    /// The same instant overseas: « 14 h 00 à La Réunion ».
    pub heures_locales: Vec<String>,
    /// What the call is for, paragraph by paragraph.
    pub presentation: Vec<String>,
    /// Aid to one project: « 100 000 € ».
    pub montant: Option<String>,
    /// How long it covers: « deux ans ».
    pub duree: Option<String>,
    /// What all projects share: « 1 500 000 € ».
    pub enveloppe: Option<String>,
    /// The steps, in order.
    pub calendrier: Vec<EtapeNotice>,
    /// Conditions to be helped at all.
    pub eligibilite: Vec<RegleNotice>,
    /// Conditions for the dossier to be looked at.
    pub recevabilite: Vec<RegleNotice>,
    /// What dossiers are judged on.
    pub axes: Vec<AxeNotice>,
    /// What must or may be joined.
    pub pieces: Vec<PieceNotice>,
    /// What the money may be spent on.
    pub emplois: Vec<EmploiNotice>,
    /// What it may not be spent on.
    pub exclusions: Vec<EmploiNotice>,
    /// How the aid is paid and accounted for.
    pub modalites: Vec<String>,
    /// Where to file.
    pub depot: String,
    /// Whom to ask.
    pub contact: Option<Service>,
    /// What changed since the version before, when there is one.
    pub changements: Vec<String>,
}

/// A step of the calendar.
#[derive(Debug, Clone, Serialize)]
pub struct EtapeNotice {
    /// What happens.
    pub etape: String,
    /// Who acts.
    pub acteur: String,
    /// When, Paris hour, in words.
    pub echeance: Option<String>,
}

/// A rule, as the notice states it.
#[derive(Debug, Clone, Serialize)]
pub struct RegleNotice {
    /// Its code: « E4b ».
    pub code: String,
    /// Its wording, ours.
    pub enonce: String,
    /// The official reference: « notice 2024, § 3.a ».
    pub source: Option<String>,
    /// Whether people judge it, rather than a computation.
    pub appreciation: bool,
}

/// An axis of evaluation.
#[derive(Debug, Clone, Serialize)]
pub struct AxeNotice {
    /// Its name.
    pub intitule: String,
    /// Its criteria.
    pub criteres: Vec<CritereNotice>,
}

/// A criterion, or a bonus.
#[derive(Debug, Clone, Serialize)]
pub struct CritereNotice {
    /// Its code: « A4 ».
    pub code: String,
    /// Its wording, ours.
    pub enonce: String,
    /// The official reference.
    pub source: Option<String>,
    /// What is looked at, in more detail.
    pub details: Vec<String>,
    /// Whether it only adds to the mark (« valorisé »).
    pub bonus: bool,
}

/// A document to join.
#[derive(Debug, Clone, Serialize)]
pub struct PieceNotice {
    /// Its name.
    pub intitule: String,
    /// Whether the dossier is incomplete without it.
    pub obligatoire: bool,
    /// What to know about it.
    pub precision: Option<String>,
}

/// A use of the money, allowed or not.
#[derive(Debug, Clone, Serialize)]
pub struct EmploiNotice {
    /// Its wording.
    pub intitule: String,
    /// Whether the money goes there first.
    pub prioritaire: bool,
    /// The official reference.
    pub source: Option<String>,
}
