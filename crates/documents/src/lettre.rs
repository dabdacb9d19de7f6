//! The letter that carries the code of a claim to the structure behind a pole.

use jiff::Timestamp;
use serde::Serialize;

/// What is posted to the carrying structure when somebody says that its pole is
/// theirs: who asks, and the code that proves it.
///
/// The code is kept nowhere: the letter is printed while whoever wrote it still
/// has it before them, from the facts recorded with the act.
#[derive(Debug, Clone, Serialize)]
pub struct LettreDeCode {
    /// Who writes: « Cellule Bretagne ».
    pub service: String,
    /// Where it goes, line by line of the envelope.
    pub adresse: Vec<String>,
    /// The day it was written, in words.
    pub ecrite_le: String,
    /// When it was written. Dates the file.
    pub etabli_le: Timestamp,
    /// Name of the pole.
    pub pole: String,
    /// Who claims it.
    pub personne: String,
    /// What they do there: « présidente ».
    pub fonction: String,
    /// The code, in groups of signs.
    pub code: Vec<String>,
    /// The last day it may be typed, in words.
    pub jusqu_au: String,
    /// Where it is typed.
    pub page: String,
}
