//! The facts several documents share. Every text arrives ready to be read:
//! amounts, dates, hours and non-breaking spaces are the caller's work.

use serde::Serialize;

/// The service in charge of the dossier, as the law wants it named:
/// postal address, and e-mail and telephone if any (CRPA, R. 112-5, 2°).
#[derive(Debug, Clone, Serialize)]
pub struct Service {
    /// Its name.
    pub nom: String,
    /// Its postal address, line by line.
    pub adresse: Vec<String>,
    /// Its e-mail address.
    pub courriel: Option<String>,
    /// Its telephone number.
    pub telephone: Option<String>,
}

/// The legal person that carries the dossier for the pole.
#[derive(Debug, Clone, Serialize)]
pub struct Structure {
    /// Its name.
    pub nom: String,
    /// Its legal form, e.g. « association ».
    pub forme: String,
    /// Its SIRET, spaced for reading.
    pub siret: String,
    /// Its postal address, line by line.
    pub adresse: Vec<String>,
}

/// The call a document belongs to.
#[derive(Debug, Clone, Serialize)]
pub struct Appel {
    /// Its name.
    pub intitule: String,
    /// Its code, as in addresses.
    pub code: String,
    /// The version of its rules, e.g. « version 3 du 25/03/2024 ».
    pub version: String,
}

/// An authority or a court a person may write to.
#[derive(Debug, Clone, Serialize)]
pub struct Autorite {
    /// Its name.
    pub nom: String,
    /// Its postal address, line by line.
    pub adresse: Vec<String>,
}

/// How, where and until when a decision may be contested
/// (code de justice administrative, R. 421-1 to R. 421-7; CRPA, L. 411-2).
///
/// The dates are computed by the rules, never here.
#[derive(Debug, Clone, Serialize)]
pub struct VoiesRecours {
    /// The time allowed, in words: « deux mois ».
    pub delai: String,
    /// The last day, in words.
    pub dernier_jour: String,
    /// Why the time is longer than two months, as a sentence, when it is.
    pub allongement: Option<String>,
    /// Who took the decision, for a « recours gracieux ».
    pub auteur: Autorite,
    /// Who stands above, for a « recours hiérarchique ».
    pub superieur: Option<Autorite>,
    /// The administrative court.
    pub tribunal: Autorite,
    /// The address of the online service of the courts.
    pub teleservice: Option<String>,
}

/// Who signs, with first name, name and quality (CRPA, L. 212-1).
#[derive(Debug, Clone, Serialize)]
pub struct Signataire {
    /// First name and name.
    pub nom: String,
    /// Quality.
    pub qualite: String,
    /// In whose name and by which act, when signing by delegation.
    pub delegation: Option<String>,
}
