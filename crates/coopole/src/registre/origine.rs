//! Where what a record says comes from: the latest change of that line, else
//! the page or the list the pole was found in.

use jiff::Timestamp;
use metier::{commun::temps, poles::Information};

use crate::poles::{etat::Etat, modifications::Modification};

/// A source, and when the record came to say so, if that is known.
pub struct Origine {
    pub source: String,
    pub le: Option<Timestamp>,
}

impl Origine {
    /// « Ses statuts, le mercredi 3 avril 2024 ».
    pub fn en_mots(&self) -> String {
        let source = self.source.trim_end_matches('.');
        match self.le {
            Some(le) => format!("{source}, le {}", temps::jour_long(le)),
            None => source.to_owned(),
        }
    }
}

/// Where this line of the record comes from; nowhere when it says nothing.
pub fn origine(
    etat: &Etat,
    information: Information,
    dernieres: &[Modification],
) -> Option<Origine> {
    etat.valeur(information)?;
    let derniere = dernieres.iter().find(|m| m.information == information);
    let source = match (derniere, &etat.source_du_pole) {
        (Some(m), _) => m.source.clone(),
        (None, Some(source)) => source.clone(),
        (None, None) if etat.invente => "inventé pour la démonstration".to_owned(),
        (None, None) => "déclaré ici par son équipe".to_owned(),
    };
    Some(Origine {
        source,
        le: derniere.map(|m| m.le).or_else(|| etat.entree()),
    })
}
