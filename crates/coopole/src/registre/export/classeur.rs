//! The list as a workbook: texts only, so that no name is ever a formula and a
//! number keeps its zeros; what the list is stands on a second sheet.

use metier::commun::temps;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::{
    DEFINITION, Export, LICENCE,
    table::{TITRES, cellules},
};
use crate::socle::erreurs::Panne;

/// The bytes of the workbook.
pub fn classeur(export: Export<'_>) -> Result<Vec<u8>, Panne> {
    ecrire(export).map_err(|e| Panne::Papier(Box::new(e)))
}

fn ecrire(export: Export<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut classeur = Workbook::new();
    let gras = Format::new().set_bold();
    let feuille = classeur.add_worksheet();
    feuille.set_name("Pôles")?;
    feuille.set_freeze_panes(1, 0)?;
    for (colonne, titre) in (0u16..).zip(TITRES) {
        feuille.write_string_with_format(0, colonne, titre, &gras)?;
    }
    for (ligne, fiche) in (1u32..).zip(export.fiches) {
        for (colonne, cellule) in (0u16..).zip(cellules(fiche, export.site)) {
            feuille.write_string(ligne, colonne, cellule.en_mots())?;
        }
    }
    let feuille = classeur.add_worksheet();
    feuille.set_name("À propos")?;
    let jour = temps::jour_court(export.le);
    let dits = [
        ("Définition", DEFINITION),
        ("Licence", LICENCE),
        ("Date", &jour),
    ];
    for (ligne, (quoi, dit)) in (0u32..).zip(dits) {
        feuille.write_string_with_format(ligne, 0, quoi, &gras)?;
        feuille.write_string(ligne, 1, dit)?;
    }
    classeur.save_to_buffer()
}
