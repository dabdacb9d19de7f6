//! The rows of a sheet, as they are handed over: a few columns, and no more in
//! all than a workbook may hold. A cell that says it is there a million times is
//! weighed a million times.

use super::{DEMESURE, xml::DEPLIE_AU_PLUS};
use crate::imports::fichier::{
    COLONNES_AU_PLUS, Prendre, RANGEES_AU_PLUS, Rangee, TROP_DE_COLONNES, TROP_DE_RANGEES,
};

/// What a cell weighs besides its text.
const PAR_CELLULE: u64 = 8;

pub struct Feuille<'p, 'q> {
    prendre: &'p mut Prendre<'q>,
    cellules: Vec<String>,
    poids: u64,
    rendu: u64,
}

impl<'p, 'q> Feuille<'p, 'q> {
    pub fn nouvelle(prendre: &'p mut Prendre<'q>) -> Self {
        Self {
            prendre,
            cellules: Vec::new(),
            poids: 0,
            rendu: 0,
        }
    }

    /// Puts a cell in the row; one that says nothing is not there.
    pub fn mettre(&mut self, colonne: usize, texte: String) -> Result<(), String> {
        if texte.trim().is_empty() {
            return Ok(());
        }
        if colonne >= COLONNES_AU_PLUS {
            return Err(TROP_DE_COLONNES.to_owned());
        }
        self.poids += PAR_CELLULE + texte.len() as u64;
        self.peser(0)?;
        if self.cellules.len() <= colonne {
            self.cellules.resize(colonne + 1, String::new());
        }
        self.cellules[colonne] = texte;
        Ok(())
    }

    /// Hands the row over, as many times as it stands there, from that line on;
    /// an empty one is passed.
    pub fn rendre(&mut self, ligne: i64, fois: u32, avancement: i64) -> Result<(), String> {
        let cellules = std::mem::take(&mut self.cellules);
        if cellules.is_empty() {
            return Ok(());
        }
        let fois = i64::from(fois);
        if fois > RANGEES_AU_PLUS {
            return Err(TROP_DE_RANGEES.to_owned());
        }
        for rang in 0..fois {
            self.peser(self.poids)?;
            (self.prendre)(Rangee {
                ligne: ligne + rang,
                cellules: cellules.clone(),
                avancement,
            })?;
        }
        self.poids = 0;
        Ok(())
    }

    fn peser(&mut self, rendu: u64) -> Result<(), String> {
        self.rendu += rendu;
        match self.rendu + self.poids > DEPLIE_AU_PLUS {
            true => Err(DEMESURE.to_owned()),
            false => Ok(()),
        }
    }
}
