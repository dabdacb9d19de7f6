//! Faults of a document, each with its place.

use std::fmt;

use crate::commun::typographie;

/// One fault of a call's document, told to the person who writes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Faute {
    /// Line, from 1.
    pub ligne: usize,
    /// Column, from 1, counted in characters as an editor does.
    pub colonne: usize,
    /// What is wrong, in French.
    pub message: String,
    /// What would have been right, when it can be said.
    pub attendu: Option<String>,
}

impl fmt::Display for Faute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "ligne {}, colonne {}\u{202f}: {}",
            self.ligne, self.colonne, self.message
        )?;
        match &self.attendu {
            Some(attendu) => write!(f, " Attendu\u{202f}: {attendu}."),
            None => Ok(()),
        }
    }
}

/// A fault as its reader meets it: at a byte of the text, not yet at a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ecart {
    /// Byte offset in the text that was read.
    pub place: usize,
    /// What is wrong: one or more whole sentences.
    pub message: String,
    /// What would have been right, without its final point.
    pub attendu: Option<String>,
}

impl Ecart {
    pub(crate) fn new(place: usize, message: impl AsRef<str>) -> Self {
        Self {
            place,
            message: typographie(message.as_ref()),
            attendu: None,
        }
    }

    #[must_use]
    pub(crate) fn attendu(mut self, attendu: impl AsRef<str>) -> Self {
        self.attendu = Some(typographie(attendu.as_ref()));
        self
    }
}

/// Turns offsets of one text into lines and columns.
pub(crate) struct Lieux<'t> {
    texte: &'t str,
    debuts: Vec<usize>,
}

impl<'t> Lieux<'t> {
    pub(crate) fn new(texte: &'t str) -> Self {
        let fins = texte.match_indices('\n').map(|(fin, _)| fin + 1);
        Self {
            texte,
            debuts: std::iter::once(0).chain(fins).collect(),
        }
    }

    /// The line of a byte, from 1.
    pub(crate) fn ligne(&self, place: usize) -> usize {
        self.debuts.partition_point(|debut| *debut <= place)
    }

    pub(crate) fn faute(&self, ecart: Ecart) -> Faute {
        let place = ecart.place.min(self.texte.len());
        let ligne = self.ligne(place);
        let debut = self.debuts[ligne - 1];
        let avant = self.texte.as_bytes()[debut..place].iter();
        // Bytes that open a character: counting them needs no valid boundary.
        let colonne = 1 + avant.filter(|octet| **octet & 0xC0 != 0x80).count();
        Faute {
            ligne,
            colonne,
            message: ecart.message,
            attendu: ecart.attendu,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(texte: &str, place: usize) -> (usize, usize) {
        let faute = Lieux::new(texte).faute(Ecart::new(place, "x"));
        (faute.ligne, faute.colonne)
    }

    #[test]
    fn une_place_se_dit_en_ligne_et_en_colonne() {
        assert_eq!(place("abc\ndef", 0), (1, 1));
        assert_eq!(place("abc\ndef", 5), (2, 2));
        assert_eq!(place("abc\ndef", 99), (2, 4));
        assert_eq!(place("", 0), (1, 1));
    }

    #[test]
    fn une_lettre_accentuee_compte_pour_une_colonne() {
        assert_eq!(place("été = 1", "été ".len()), (1, 5));
        assert_eq!(place("été", 1), (1, 2), "même au milieu d’une lettre");
    }

    #[test]
    fn une_faute_se_lit_comme_une_phrase() {
        let ecart = Ecart::new(0, "Ce mot est inconnu.").attendu("« axe »");
        assert_eq!(
            Lieux::new("x").faute(ecart).to_string(),
            "ligne 1, colonne 1\u{202f}: Ce mot est inconnu. Attendu\u{202f}: «\u{a0}axe\u{a0}»."
        );
    }
}
