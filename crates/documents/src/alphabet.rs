//! What people typed, made printable: the archive standard refuses a glyph no
//! font can draw, so one emoji in the name of a pole would cost its receipt.
//! Such a sign is printed as its number, and so are those that turn a line
//! around or hide in it. Nothing else is changed, and the untouched text stays
//! in the facts joined to the PDF.

use std::collections::HashSet;

use serde_json::Value;
use typst::text::Font;

/// A run of this many signs without a blank gets places where it may be cut.
const MOT_LONG: usize = 40;
/// Distance between two such places.
const PAS: usize = 24;
/// A place where a line may be cut, and which prints nothing.
const COUPURE: char = '\u{200b}';

/// The signs that the family of texts can draw in all its faces, and that may
/// be kept: nothing invisible, nothing that belongs to one font.
pub(crate) struct Alphabet(HashSet<char>);

impl Alphabet {
    /// The alphabet of a family; `None` when no font belongs to it.
    pub(crate) fn de(famille: &str, polices: &[Font]) -> Option<Self> {
        polices
            .iter()
            .filter(|police| police.info().family.eq_ignore_ascii_case(famille))
            .map(signes)
            .reduce(|communs, face| communs.intersection(&face).copied().collect())
            .map(Self)
    }

    /// Makes every text of a tree printable; keys are ours and stay.
    pub(crate) fn adapter(&self, faits: &mut Value) {
        match faits {
            Value::String(texte) => *texte = self.imprimable(texte),
            Value::Array(elements) => elements
                .iter_mut()
                .for_each(|element| self.adapter(element)),
            Value::Object(champs) => champs.values_mut().for_each(|champ| self.adapter(champ)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// A text as it will be printed.
    pub(crate) fn imprimable(&self, texte: &str) -> String {
        let mut sortie = String::with_capacity(texte.len());
        for mot in texte.split_inclusive([' ', '\n', '\t']) {
            let long = mot.chars().nth(MOT_LONG).is_some();
            for (rang, signe) in mot.chars().enumerate() {
                if long && rang > 0 && rang % PAS == 0 {
                    sortie.push(COUPURE);
                }
                self.ecrire(signe, &mut sortie);
            }
        }
        sortie
    }

    fn ecrire(&self, signe: char, sortie: &mut String) {
        match signe {
            '\r' => {}
            '\t' => sortie.push(' '),
            '\n' | COUPURE | '\u{ad}' => sortie.push(signe),
            // They only choose among drawings of the sign before them.
            '\u{fe00}'..='\u{fe0f}' | '\u{200d}' | '\u{200c}' => {}
            // The shaper makes these blanks from the plain one.
            _ if signe.is_whitespace()
                && signe != '\u{2028}'
                && signe != '\u{2029}'
                && signe != '\u{85}' =>
            {
                sortie.push(signe);
            }
            _ if self.0.contains(&signe) => sortie.push(signe),
            _ => sortie.push_str(&format!("[U+{:04X}]", u32::from(signe))),
        }
    }
}

fn signes(police: &Font) -> HashSet<char> {
    let couverts = police.info().coverage.iter().filter_map(char::from_u32);
    couverts
        .filter(|signe| !signe.is_control() && !retourne(*signe) && !prive(*signe))
        .collect()
}

/// Signs that change the direction of what follows without being seen.
fn retourne(signe: char) -> bool {
    matches!(signe, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Signs whose drawing belongs to one font: the archive standard refuses them.
fn prive(signe: char) -> bool {
    matches!(signe, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}
