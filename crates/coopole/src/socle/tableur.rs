//! A list as a file for a spreadsheet: semicolons, a BOM, and no cell that a
//! spreadsheet would run as a formula.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};

/// Writes the rows, the first being the titles.
pub fn csv(lignes: &[Vec<String>]) -> String {
    let mut texte = String::from(MARQUE);
    for ligne in lignes {
        ajouter(&mut texte, ligne);
    }
    texte
}

/// What the file begins with, so that a spreadsheet reads its accents.
pub const MARQUE: char = '\u{feff}';

/// One more row.
pub fn ajouter(texte: &mut String, ligne: &[String]) {
    let cellules: Vec<String> = ligne.iter().map(|cellule| cellule_sure(cellule)).collect();
    texte.push_str(&cellules.join(";"));
    texte.push_str("\r\n");
}

/// The file as an answer, to be kept under this name.
pub fn telecharger(nom: &str, lignes: &[Vec<String>]) -> Response {
    (
        [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (
                header::CONTENT_DISPOSITION,
                format!("attachment; filename=\"{nom}.csv\""),
            ),
        ],
        csv(lignes),
    )
        .into_response()
}

/// A cell that opens as a formula gets an apostrophe first; quotes are doubled.
fn cellule_sure(cellule: &str) -> String {
    let dangereuse = cellule
        .trim_start_matches([' ', '\u{a0}', '\u{202f}'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let texte = match dangereuse {
        true => format!("'{cellule}"),
        false => cellule.to_owned(),
    };
    match texte.contains([';', '"', '\r', '\n']) {
        true => format!("\"{}\"", texte.replace('"', "\"\"")),
        false => texte,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_cellule_ne_devient_jamais_une_formule() {
        let lignes = [vec!["=1+1".to_owned(), "@SOMME(A1)".to_owned()]];
        assert_eq!(csv(&lignes), "\u{feff}'=1+1;'@SOMME(A1)\r\n");
        assert_eq!(cellule_sure(" =1+1"), "' =1+1");
    }

    #[test]
    fn un_texte_garde_ses_points_virgules_et_ses_guillemets() {
        assert_eq!(cellule_sure("a;\"b\""), "\"a;\"\"b\"\"\"");
    }
}
