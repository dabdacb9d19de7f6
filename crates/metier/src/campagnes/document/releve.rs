//! What is noted while a document is read: faults, and where things stand.

use std::cell::RefCell;

use crate::campagnes::conditions::Expression;
use crate::campagnes::faute::Ecart;

/// The faults of one document, gathered by all its readers.
pub(crate) struct Fautes {
    ecarts: RefCell<Vec<Ecart>>,
    /// Whether lines were left out: what is missing may stand in them.
    tronque: bool,
}

impl Fautes {
    pub(crate) fn new(ecarts: Vec<Ecart>) -> Self {
        Self {
            tronque: !ecarts.is_empty(),
            ecarts: RefCell::new(ecarts),
        }
    }

    /// Whether lines of the text were left out.
    pub(super) fn tronque(&self) -> bool {
        self.tronque
    }

    pub(crate) fn ajouter(&self, ecart: Ecart) {
        self.ecarts.borrow_mut().push(ecart);
    }

    pub(crate) fn signaler(&self, place: usize, message: &str, attendu: &str) {
        self.ajouter(Ecart::new(place, message).attendu(attendu));
    }

    /// A fault of absence or of reference: kept quiet when the text has holes.
    pub(crate) fn signaler_absence(&self, place: usize, message: &str, attendu: &str) {
        if !self.tronque {
            self.signaler(place, message, attendu);
        }
    }

    /// The expression, or its faults put back at their place in the document.
    pub(crate) fn expression(
        &self,
        brut: &Brut,
        lue: Result<Expression, Vec<Ecart>>,
    ) -> Option<Expression> {
        let ecarts = match lue {
            Ok(expression) => return Some(expression),
            Err(ecarts) => ecarts,
        };
        for ecart in ecarts {
            self.ajouter(Ecart {
                place: brut.place_de(ecart.place),
                ..ecart
            });
        }
        None
    }

    pub(crate) fn en_vecteur(self) -> Vec<Ecart> {
        self.ecarts.into_inner()
    }
}

/// Something read, with its place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lu<T> {
    pub valeur: T,
    pub place: usize,
}

/// An expression as it stands in the document, not yet compiled.
#[derive(Debug, Clone)]
pub(crate) struct Brut {
    pub texte: String,
    /// Place of its first byte.
    pub place: usize,
    /// Its bytes in the document, when escapes made them another text.
    echappe: Option<String>,
}

impl Brut {
    /// `ecrit` is how the document writes it.
    pub(crate) fn new(texte: String, place: usize, ecrit: &str) -> Self {
        let echappe = (ecrit != texte).then(|| ecrit.to_owned());
        Self {
            texte,
            place,
            echappe,
        }
    }

    /// The place in the document of a byte of the expression.
    pub(crate) fn place_de(&self, decalage: usize) -> usize {
        self.place
            + match &self.echappe {
                None => decalage,
                Some(brut) => avant_echappement(brut, decalage),
            }
    }
}

/// How many bytes of the written text stand before this byte of the text read.
fn avant_echappement(brut: &str, decalage: usize) -> usize {
    let (mut ecrits, mut lus) = (0, 0);
    while lus < decalage {
        let Some(signe) = brut[ecrits..].chars().next() else {
            break;
        };
        if signe != '\\' {
            ecrits += signe.len_utf8();
            lus += signe.len_utf8();
            continue;
        }
        let suite = &brut[ecrits + 1..];
        let long = match suite.chars().next() {
            Some('u') => 6,
            Some('U') => 10,
            // A line continued: neither the line break nor the margin is read.
            Some('\n' | '\r' | ' ' | '\t') => {
                ecrits += 1 + suite.len() - suite.trim_start().len();
                continue;
            }
            Some(echappe) => 1 + echappe.len_utf8(),
            None => 1,
        };
        let code = brut.get(ecrits + 2..ecrits + long).unwrap_or_default();
        let signe = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
        lus += signe.map_or(1, char::len_utf8);
        ecrits = (ecrits + long).min(brut.len());
    }
    ecrits
}

#[cfg(test)]
mod tests {
    use super::avant_echappement;

    #[test]
    fn une_place_se_retrouve_sous_les_echappements() {
        let brut = r#"a == \"é\" && \u00e9x"#;
        assert_eq!(avant_echappement(brut, 5), 5);
        assert_eq!(avant_echappement(brut, 6), 7, "après le guillemet échappé");
        assert_eq!(&brut[avant_echappement(brut, 15)..], "x");
        assert_eq!(avant_echappement("a\\\n   b", 1), 1);
        assert_eq!(avant_echappement("a\\\n   b", 2), 7);
        assert_eq!(avant_echappement("a", 9), 1);
    }
}
