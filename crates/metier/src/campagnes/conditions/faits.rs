//! What is known when a condition is evaluated.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::valeurs::{Origine, Valeur};
use super::vocabulaire::Vocabulaire;
use crate::commun::temps;

/// The facts known of one dossier, or of one visitor's answers.
///
/// What was not given is not known; it is never taken for false.
#[derive(Debug, Clone)]
pub struct Faits {
    vocabulaire: Arc<Vocabulaire>,
    valeurs: BTreeMap<String, (Valeur, Origine)>,
}

impl Faits {
    /// No fact yet, in that vocabulary.
    pub fn new(vocabulaire: Arc<Vocabulaire>) -> Self {
        Self {
            vocabulaire,
            valeurs: BTreeMap::new(),
        }
    }

    /// Gives a fact; the last one given counts.
    ///
    /// Refused: a path the vocabulary does not have, a value of another type,
    /// a code out of its list. Instants lose their fraction of a second.
    pub fn poser(
        &mut self,
        chemin: &str,
        valeur: Valeur,
        origine: Origine,
    ) -> Result<&mut Self, FaitRefuse> {
        let Some(terme) = self.vocabulaire.terme(chemin) else {
            return Err(FaitRefuse::Inconnu(chemin.to_owned()));
        };
        if !valeur.est_de(&terme.genre) {
            return Err(FaitRefuse::AutreType {
                chemin: chemin.to_owned(),
                attendu: terme.genre.nom(),
            });
        }
        let valeur = match valeur {
            Valeur::Instant(instant) => Valeur::Instant(temps::a_la_seconde(instant)),
            autre => autre,
        };
        self.valeurs.insert(chemin.to_owned(), (valeur, origine));
        Ok(self)
    }

    /// Forgets a fact: it is not known any more.
    pub fn oublier(&mut self, chemin: &str) {
        self.valeurs.remove(chemin);
    }

    /// The value known for that path, with its origin.
    pub fn fait(&self, chemin: &str) -> Option<(&Valeur, Origine)> {
        let (valeur, origine) = self.valeurs.get(chemin)?;
        Some((valeur, *origine))
    }

    /// The words these facts answer.
    pub fn vocabulaire(&self) -> &Vocabulaire {
        &self.vocabulaire
    }
}

/// Why a fact could not be given: a mistake of the program or of a data file,
/// never of an applicant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaitRefuse {
    /// No such word.
    #[error("Le vocabulaire des conditions n’a pas de « {0} ».")]
    Inconnu(String),
    /// A value of another type, or a code out of its list.
    #[error("« {chemin} » attend {attendu} du vocabulaire.")]
    AutreType {
        /// The word.
        chemin: String,
        /// The type it wants.
        attendu: &'static str,
    },
}
