//! The parts of a workbook's archive, found by its directory, each unfolded as
//! it is read. What the archive says of its weights is not believed.

use std::io::{BufRead, BufReader};

use axum::body::Bytes;
use flate2::bufread::DeflateDecoder;

/// An archive and the parts its directory announces.
pub struct Archive {
    octets: Bytes,
    parties: Vec<Partie>,
}

struct Partie {
    nom: String,
    entete: usize,
    plie: usize,
    /// What it says it weighs: only good to tell how far a reading is.
    annonce: u64,
    methode: u16,
}

/// Stored as it is.
const TELLE_QUELLE: u16 = 0;
/// Folded in the one way that spreadsheets use.
const PLIEE: u16 = 8;

impl Archive {
    /// Reads the directory; nothing when there is none.
    pub fn ouvrir(octets: Bytes) -> Option<Self> {
        let fin = octets
            .windows(4)
            .rposition(|signes| signes == b"PK\x05\x06")?;
        let combien = u16_en(&octets, fin + 10)?;
        let mut place = u32_en(&octets, fin + 16)?;
        let mut parties = Vec::new();
        for _ in 0..combien {
            if octets.get(place..place.checked_add(4)?)? != b"PK\x01\x02" {
                return None;
            }
            let longueur = |ou| u16_en(&octets, place + ou).map(usize::from);
            let (nom, suite, commentaire) = (longueur(28)?, longueur(30)?, longueur(32)?);
            let signes = octets.get(place + 46..place + 46 + nom)?;
            parties.push(Partie {
                nom: String::from_utf8_lossy(signes).replace('\\', "/"),
                methode: u16_en(&octets, place + 10)?,
                plie: u32_en(&octets, place + 20)?,
                annonce: u32_en(&octets, place + 24)? as u64,
                entete: u32_en(&octets, place + 42)?,
            });
            place += 46 + nom + suite + commentaire;
        }
        Some(Self { octets, parties })
    }

    pub fn contient(&self, nom: &str) -> bool {
        self.partie(nom).is_some()
    }

    fn partie(&self, nom: &str) -> Option<&Partie> {
        let mut parties = self.parties.iter();
        parties.find(|partie| partie.nom.eq_ignore_ascii_case(nom))
    }

    /// A part, unfolded as it is read, with what it says it weighs.
    pub fn deplier(&self, nom: &str) -> Option<(Box<dyn BufRead + '_>, u64)> {
        let partie = self.partie(nom)?;
        let longueur = |ou| u16_en(&self.octets, partie.entete.checked_add(ou)?).map(usize::from);
        let debut = partie.entete + 30 + longueur(26)? + longueur(28)?;
        let corps = self.octets.get(debut..debut.checked_add(partie.plie)?)?;
        let flux: Box<dyn BufRead> = match partie.methode {
            TELLE_QUELLE => Box::new(corps),
            PLIEE => Box::new(BufReader::with_capacity(
                1 << 16,
                DeflateDecoder::new(corps),
            )),
            _ => return None,
        };
        Some((flux, partie.annonce))
    }
}

fn u16_en(octets: &[u8], ou: usize) -> Option<u16> {
    let deux = octets.get(ou..ou.checked_add(2)?)?;
    Some(u16::from_le_bytes(deux.try_into().ok()?))
}

fn u32_en(octets: &[u8], ou: usize) -> Option<usize> {
    let quatre = octets.get(ou..ou.checked_add(4)?)?;
    Some(u32::from_le_bytes(quatre.try_into().ok()?) as usize)
}
