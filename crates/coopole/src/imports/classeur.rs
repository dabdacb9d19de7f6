//! A workbook (XLSX or ODS) as rows: its first sheet, each cell as its program
//! last computed it. A formula is never run: its result is read.

use std::io::{Cursor, Read};

use axum::body::Bytes;
use calamine::{Data, DataRef, Ods, Reader, Xlsx};
use flate2::read::DeflateDecoder;

use super::fichier::{Liste, RANGEES_AU_PLUS, Rangee};

/// The most a workbook may hold once unfolded: an archive of a few octets can
/// hold the world.
const DEPLIE_AU_PLUS: u64 = 400_000_000;

/// Columns beyond this one are not read.
const COLONNES_AU_PLUS: u32 = 100;

const ABIME: &str =
    "Ce classeur est abîmé ou protégé : ouvrez-le dans un tableur, et enregistrez-le de nouveau.";

/// Recognises the workbook by what its archive holds, and reads its first sheet.
pub fn ouvrir(octets: Bytes) -> Result<Liste, String> {
    let noms = peser(&octets)?;
    let contient = |nom: &str| noms.iter().any(|connu| connu == nom);
    if contient("xl/workbook.xml") {
        xlsx(octets)
    } else if contient("content.xml") {
        ods(octets)
    } else {
        Err("Cette archive n’est pas un classeur : apportez un CSV, un XLSX ou un ODS.".to_owned())
    }
}

fn xlsx(octets: Bytes) -> Result<Liste, String> {
    let mut classeur = Xlsx::new(Cursor::new(octets)).map_err(|_| ABIME.to_owned())?;
    let feuille = premiere(&classeur.sheet_names())?;
    let mut lecteur = classeur
        .worksheet_cells_reader(&feuille)
        .map_err(|_| ABIME.to_owned())?;
    let mut rangees = Vec::new();
    while let Some(cellule) = lecteur.next_cell().map_err(|_| ABIME.to_owned())? {
        let (ligne, colonne) = cellule.get_position();
        let texte = mot(&Data::from(DataRef::clone(cellule.get_value())));
        ranger(&mut rangees, (ligne, colonne), texte)?;
    }
    Ok(liste("XLSX", &feuille, rangees))
}

fn ods(octets: Bytes) -> Result<Liste, String> {
    let mut classeur = Ods::new(Cursor::new(octets)).map_err(|_| ABIME.to_owned())?;
    let feuille = premiere(&classeur.sheet_names())?;
    let plage = classeur
        .worksheet_range(&feuille)
        .map_err(|_| ABIME.to_owned())?;
    let depuis = plage.start().unwrap_or_default();
    let mut rangees = Vec::new();
    for (ligne, colonne, valeur) in plage.used_cells() {
        let place = (
            depuis
                .0
                .saturating_add(u32::try_from(ligne).unwrap_or(u32::MAX)),
            depuis
                .1
                .saturating_add(u32::try_from(colonne).unwrap_or(u32::MAX)),
        );
        ranger(&mut rangees, place, mot(valeur))?;
    }
    Ok(liste("ODS", &feuille, rangees))
}

fn premiere(feuilles: &[String]) -> Result<String, String> {
    let premiere = feuilles.first().cloned();
    premiere.ok_or_else(|| "Ce classeur n’a aucune feuille.".to_owned())
}

/// Puts a cell in its row; cells come row after row.
fn ranger(
    rangees: &mut Vec<Rangee>,
    (ligne, colonne): (u32, u32),
    texte: String,
) -> Result<(), String> {
    if texte.is_empty() || colonne >= COLONNES_AU_PLUS {
        return Ok(());
    }
    let ligne = i64::from(ligne) + 1;
    if rangees
        .last()
        .is_none_or(|derniere| derniere.ligne != ligne)
    {
        if rangees.len() as i64 > RANGEES_AU_PLUS {
            return Err(
                "Ce fichier a plus de 200 000 lignes : partagez-le en plusieurs.".to_owned(),
            );
        }
        rangees.push(Rangee {
            ligne,
            cellules: Vec::new(),
            avancement: 0,
        });
    }
    if let Some(rangee) = rangees.last_mut() {
        let colonne = colonne as usize;
        if rangee.cellules.len() <= colonne {
            rangee.cellules.resize(colonne + 1, String::new());
        }
        rangee.cellules[colonne] = texte;
    }
    Ok(())
}

fn liste(genre: &str, feuille: &str, rangees: Vec<Rangee>) -> Liste {
    let combien = rangees.len().max(1) as i64;
    let rangees = rangees.into_iter().enumerate().map(move |(rang, rangee)| {
        Ok(Rangee {
            avancement: rang as i64 * 100 / combien,
            ..rangee
        })
    });
    Liste {
        format: format!("{genre}, feuille « {feuille} »"),
        rangees: Box::new(rangees),
    }
}

/// What a cell shows: a number without the decimals it has not, a yes or a no,
/// a day. An error of a formula is told as a sign that cannot be read.
fn mot(valeur: &Data) -> String {
    match valeur {
        Data::Empty => String::new(),
        Data::String(texte) | Data::DateTimeIso(texte) | Data::DurationIso(texte) => texte.clone(),
        Data::Int(nombre) => nombre.to_string(),
        Data::Float(nombre) if nombre.fract() == 0.0 && nombre.abs() < 1e15 => {
            format!("{nombre:.0}")
        }
        Data::Float(nombre) => nombre.to_string(),
        Data::Bool(oui) => if *oui { "oui" } else { "non" }.to_owned(),
        Data::DateTime(date) => date.to_string(),
        Data::Error(_) => "\u{fffd}".to_owned(),
    }
}

/// Unfolds the archive to weigh it, keeping nothing; gives the names it holds.
fn peser(octets: &[u8]) -> Result<Vec<String>, String> {
    let abime = || ABIME.to_owned();
    let fin = octets
        .windows(4)
        .rposition(|signes| signes == b"PK\x05\x06")
        .ok_or_else(abime)?;
    let combien = u16_en(octets, fin + 10).ok_or_else(abime)?;
    let mut place = u32_en(octets, fin + 16).ok_or_else(abime)? as usize;
    let (mut noms, mut deplie) = (Vec::new(), 0);
    for _ in 0..combien {
        if octets.get(place..place + 4) != Some(b"PK\x01\x02") {
            return Err(abime());
        }
        let lu16 = |ou: usize| {
            u16_en(octets, place + ou)
                .map(usize::from)
                .ok_or_else(abime)
        };
        let lu32 = |ou: usize| u32_en(octets, place + ou).ok_or_else(abime);
        let (methode, plie) = (lu16(10)?, lu32(20)? as usize);
        let (nom, suite, commentaire) = (lu16(28)?, lu16(30)?, lu16(32)?);
        let entete = lu32(42)? as usize;
        let signes = octets.get(place + 46..place + 46 + nom).ok_or_else(abime)?;
        noms.push(String::from_utf8_lossy(signes).into_owned());
        let (nom_local, suite_locale) = (
            u16_en(octets, entete + 26).ok_or_else(abime)?,
            u16_en(octets, entete + 28).ok_or_else(abime)?,
        );
        let debut = entete + 30 + usize::from(nom_local) + usize::from(suite_locale);
        let corps = octets.get(debut..debut + plie).ok_or_else(abime)?;
        deplie += match methode {
            0 => corps.len() as u64,
            _ => poids_deplie(corps)?,
        };
        if deplie > DEPLIE_AU_PLUS {
            return Err("Ce classeur est démesuré une fois déplié : partagez la liste.".to_owned());
        }
        place += 46 + nom + suite + commentaire;
    }
    Ok(noms)
}

fn poids_deplie(corps: &[u8]) -> Result<u64, String> {
    let borne = DeflateDecoder::new(corps).take(DEPLIE_AU_PLUS + 1);
    std::io::copy(&mut { borne }, &mut std::io::sink()).map_err(|_| ABIME.to_owned())
}

fn u16_en(octets: &[u8], ou: usize) -> Option<u16> {
    let deux = octets.get(ou..ou.checked_add(2)?)?;
    Some(u16::from_le_bytes(deux.try_into().ok()?))
}

fn u32_en(octets: &[u8], ou: usize) -> Option<u32> {
    let quatre = octets.get(ou..ou.checked_add(4)?)?;
    Some(u32::from_le_bytes(quatre.try_into().ok()?))
}
