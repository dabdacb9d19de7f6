//! The certificate of a signature of the Charter.

use jiff::Timestamp;
use serde::Serialize;

use crate::Verification;

/// What the signatory keeps: who engaged it, on which text, when, and how
/// anyone may check it.
///
/// Made from the facts recorded with the signature. It names the person who
/// signed, and is given to the signatory alone; the page that checks it names
/// nobody.
#[derive(Debug, Clone, Serialize)]
pub struct Certificat {
    /// Name of the pole or of the organisation.
    pub signataire: String,
    /// The legal person engaged, with its number, when the facts say it: « Les
    /// Rives solidaires, SIRET 900 000 019 00019 ».
    pub engagee: Option<String>,
    /// In what quality, in words: « au nom du pôle ».
    pub qualite: String,
    /// The version signed: « Charte du 30 juin 2021 ».
    pub version: String,
    /// Instant of the signature, to the second, Paris hour.
    pub signee_le: String,
    /// When this paper was made. Dates the file, is printed nowhere.
    pub etabli_le: Timestamp,
    /// Who signed.
    pub personne: String,
    /// In what function: « présidente ».
    pub fonction: String,
    /// Where the power comes from, in words.
    pub mandat: String,
    /// The decision that gave it, when one did.
    pub reference: Option<String>,
    /// What was declared by ticking, word for word.
    pub declarations: Vec<String>,
    /// The sitting where it was signed, in words, when it was in one.
    pub seance: Option<String>,
    /// SHA-256 of the text signed, in hexadecimal.
    pub empreinte: String,
    /// The entry of the journal.
    pub inscription: String,
    /// The code that a telephone reads to check this paper: an SVG drawing.
    pub code_qr: String,
    /// How to check this paper.
    pub verification: Verification,
}
