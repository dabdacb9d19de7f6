//! The list as a workbook: texts only, so that no name is ever a formula and a
//! number keeps its zeros; a sheet for the poles and one for each chapter; what
//! the list is stands on the last one.

use metier::commun::temps;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::{
    CHANGEMENTS, DEFINITION, Ecriture, Edition, Entiere, LICENCE, MEMBRES, POLES, SIGNES,
    table::{Cellule, DU_POLE, Table},
};
use crate::socle::erreurs::Panne;

/// A sheet holds no more rows, its titles included.
const RANGEES_AU_PLUS: u32 = 1_048_576;

pub struct Classeur<'a> {
    edition: Edition<'a>,
    feuilles: Vec<Feuille>,
}

struct Feuille {
    table: &'static Table,
    de_chapitre: bool,
    feuille: Worksheet,
    ecrites: u32,
    /// Rows that did not fit.
    restent: u64,
}

impl<'a> Classeur<'a> {
    pub fn nouveau(edition: Edition<'a>) -> Result<Self, Panne> {
        let poles = Feuille::nouvelle(&POLES, false);
        let chapitres = [&MEMBRES, &SIGNES, &CHANGEMENTS];
        let chapitres = chapitres.map(|chapitre| Feuille::nouvelle(&chapitre.table, true));
        let feuilles = [poles].into_iter().chain(chapitres);
        Ok(Self {
            edition,
            feuilles: feuilles.collect::<Result<_, _>>().map_err(panne)?,
        })
    }
}

fn panne(e: XlsxError) -> Panne {
    Panne::Papier(Box::new(e))
}

impl Feuille {
    fn nouvelle(table: &'static Table, de_chapitre: bool) -> Result<Self, XlsxError> {
        let mut feuille = Worksheet::new();
        feuille.set_name(table.feuille)?;
        feuille.set_freeze_panes(1, 0)?;
        let gras = Format::new().set_bold();
        let du_pole = DU_POLE.iter().filter(|_| de_chapitre);
        for (colonne, (titre, _)) in (0u16..).zip(du_pole.chain(table.colonnes)) {
            feuille.write_string_with_format(0, colonne, *titre, &gras)?;
        }
        Ok(Self {
            table,
            de_chapitre,
            feuille,
            ecrites: 1,
            restent: 0,
        })
    }

    fn ajouter(&mut self, pole: &Entiere, edition: &Edition<'_>) -> Result<(), XlsxError> {
        let du_pole = [pole.fiche.id.to_string(), pole.fiche.nom.clone()];
        for rangee in (self.table.rangees)(pole, edition) {
            if self.ecrites == RANGEES_AU_PLUS {
                self.restent += 1;
                continue;
            }
            let debut = du_pole.iter().filter(|_| self.de_chapitre).cloned();
            let cellules = debut.chain(rangee.iter().map(Cellule::en_mots));
            for (colonne, cellule) in (0u16..).zip(cellules) {
                self.feuille.write_string(self.ecrites, colonne, cellule)?;
            }
            self.ecrites += 1;
        }
        Ok(())
    }
}

impl Ecriture for Classeur<'_> {
    fn ajouter(&mut self, lot: &[Entiere]) -> Result<(), Panne> {
        for feuille in &mut self.feuilles {
            for pole in lot {
                feuille.ajouter(pole, &self.edition).map_err(panne)?;
            }
        }
        Ok(())
    }

    fn finir(self: Box<Self>) -> Result<Vec<u8>, Panne> {
        assembler(*self).map_err(panne)
    }
}

fn assembler(liste: Classeur<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut classeur = Workbook::new();
    let mut dits = vec![
        ("Définition".to_owned(), DEFINITION.to_owned()),
        ("Licence".to_owned(), LICENCE.to_owned()),
        ("Date".to_owned(), temps::jour_court(liste.edition.le)),
    ];
    for feuille in liste.feuilles {
        if feuille.restent > 0 {
            let manque = format!(
                "{} lignes de plus qu’une feuille n’en tient : prenez le CSV.",
                feuille.restent
            );
            dits.push((feuille.table.feuille.to_owned(), manque));
        }
        classeur.push_worksheet(feuille.feuille);
    }
    let gras = Format::new().set_bold();
    let feuille = classeur.add_worksheet();
    feuille.set_name("À propos")?;
    for (ligne, (quoi, dit)) in (0u32..).zip(dits) {
        feuille.write_string_with_format(ligne, 0, quoi, &gras)?;
        feuille.write_string(ligne, 1, dit)?;
    }
    classeur.save_to_buffer()
}
