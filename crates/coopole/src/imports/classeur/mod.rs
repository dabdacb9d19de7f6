//! A workbook (XLSX or ODS) as rows: its first sheet, each cell as its program
//! last computed it. A formula is never run: its result is read.
//!
//! The sheet is unfolded as it is read, and its rows handed over one by one:
//! nothing holds it whole, whatever it says of itself. Styles, images and other
//! sheets are not even unfolded.

mod archive;
mod feuille;
mod ods;
mod xlsx;
mod xml;

use axum::body::Bytes;

use self::archive::Archive;
use super::fichier::Prendre;

const ABIME: &str =
    "Ce classeur est abîmé ou protégé : ouvrez-le dans un tableur, et enregistrez-le de nouveau.";
const DEMESURE: &str = "Ce classeur est démesuré une fois déplié : partagez la liste.";
const SANS_FEUILLE: &str = "Ce classeur n’a aucune feuille.";

/// Recognises the workbook by what its archive holds, and reads its first
/// sheet; gives its format in words.
pub fn lire(octets: Bytes, prendre: &mut Prendre<'_>) -> Result<String, String> {
    let archive = Archive::ouvrir(octets).ok_or(ABIME)?;
    if archive.contient(xlsx::CLASSEUR) {
        xlsx::lire(&archive, prendre)
    } else if archive.contient(ods::CONTENU) {
        ods::lire(&archive, prendre)
    } else {
        Err("Cette archive n’est pas un classeur : apportez un CSV, un XLSX ou un ODS.".to_owned())
    }
}

/// A number without the decimals it has not; what is no number stays as it is.
fn nombre(texte: &str) -> String {
    match texte.trim().parse::<f64>() {
        Ok(nombre) if nombre.fract() == 0.0 && nombre.abs() < 1e15 => format!("{nombre:.0}"),
        Ok(nombre) => nombre.to_string(),
        Err(_) => texte.to_owned(),
    }
}

/// An error of a formula, told as a sign that cannot be read.
const ERREUR: &str = "\u{fffd}";

const fn oui_non(oui: bool) -> &'static str {
    if oui { "oui" } else { "non" }
}
