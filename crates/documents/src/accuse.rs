//! The receipt of a filing.

use jiff::Timestamp;
use serde::Serialize;

use crate::{Appel, Service, Structure, VoiesRecours};

/// What the porteur keeps of a filing: the proof, and the mentions without
/// which the time for appeal does not run (CRPA, L. 112-3 and R. 112-5).
///
/// Made from the facts recorded with the filing, so it can be printed again
/// years later. The same facts travel inside the PDF as `accuse.json`, for a
/// machine to check.
#[derive(Debug, Clone, Serialize)]
pub struct Accuse {
    /// Number of the dossier: « 2024-0137 ».
    pub numero: String,
    /// Instant of reception, to the second, Paris hour: « mercredi 29 mai 2024
    /// à 11 h 58 min 41 s ».
    pub depose_le: String,
    /// The same instant overseas, with its place: « 13 h 58 min 41 s à La
    /// Réunion ».
    pub heure_locale: Option<String>,
    /// When this paper was made. Dates the file, is printed nowhere.
    pub etabli_le: Timestamp,
    /// Who is in charge of the dossier.
    pub service: Service,
    /// Who filed.
    pub structure: Structure,
    /// Name of the pole.
    pub pole: String,
    /// The call answered.
    pub appel: Appel,
    /// Every piece filed; none is printed as such.
    pub pieces: Vec<PieceDeposee>,
    /// SHA-256 of the dossier as filed, in hexadecimal.
    pub empreinte: String,
    /// The entry of the journal.
    pub inscription: Inscription,
    /// Day of the implicit refusal, two months after reception (CRPA,
    /// L. 231-4, 3°), in words.
    pub rejet_implicite_le: String,
    /// Day on which the call plans to notify decisions, in words, when it
    /// says one.
    pub notification_prevue: Option<String>,
    /// How to contest the implicit refusal.
    pub recours: VoiesRecours,
    /// How to check this paper.
    pub verification: Verification,
}

/// One filed piece.
#[derive(Debug, Clone, Serialize)]
pub struct PieceDeposee {
    /// What it is: « Statuts de la structure ».
    pub genre: String,
    /// Name of the file as the porteur gave it.
    pub fichier: String,
    /// Weight, in words: « 1,2 Mo ».
    pub poids: String,
    /// SHA-256 of the bytes, in hexadecimal.
    pub empreinte: String,
}

/// The entry of the journal that holds the filing.
#[derive(Debug, Clone, Serialize)]
pub struct Inscription {
    /// Its identifier.
    pub identifiant: String,
    /// Its proof, once the journal has sealed it.
    pub preuve: Option<Preuve>,
}

/// That an entry stands in the journal: its path to a signed head (RFC 6962).
#[derive(Debug, Clone, Serialize)]
pub struct Preuve {
    /// Instant of the seal, in words.
    pub scelle_le: String,
    /// Place of the entry, from 0.
    pub rang: u64,
    /// Number of entries under the signed head.
    pub taille: u64,
    /// Root of the tree, in hexadecimal.
    pub racine: String,
    /// Hashes from the entry up to the root, in hexadecimal.
    pub chemin: Vec<String>,
    /// Signature of the head.
    pub signature: String,
}

/// Where and with what code a receipt is checked.
#[derive(Debug, Clone, Serialize)]
pub struct Verification {
    /// Address of the page.
    pub adresse: String,
    /// Code to type there.
    pub code: String,
}
