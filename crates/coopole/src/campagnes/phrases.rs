//! What is said of a call in more than one place: its state, its limit, the
//! hour overseas, its money.

use dsfr::{Ton, badge};
use jiff::Timestamp;
use maud::Markup;
use metier::{
    campagnes::{EtatCampagne, Moment},
    commun::{Region, temps, typographie},
};

use super::Campagne;

/// « Ouvert », « À venir », « Clos ».
pub fn etat(campagne: &Campagne, le: Timestamp) -> Markup {
    let etat = campagne.etat(le);
    let ton = match etat {
        EtatCampagne::Publiee => Ton::Information,
        EtatCampagne::Ouverte => Ton::Favorable,
        EtatCampagne::Close => Ton::Neutre,
    };
    badge(ton, etat.libelle())
}

/// When the call stops, stopped or starts, as one sentence.
pub fn limite(campagne: &Campagne, le: Timestamp) -> String {
    let phrase = match (campagne.etat(le), campagne.fenetre.cloture) {
        (EtatCampagne::Publiee, _) => format!(
            "Ouvre le {} (heure de Paris).",
            temps::instant_long(campagne.fenetre.ouverture)
        ),
        (EtatCampagne::Ouverte, Some(cloture)) => {
            format!("Ouvert {} (heure de Paris).", jusqu_a(campagne, cloture))
        }
        (EtatCampagne::Close, Some(cloture)) => format!(
            "Clos depuis le {} (heure de Paris).",
            temps::instant_long(cloture)
        ),
        (_, None) => "Appel permanent : les dossiers sont reçus au fil de l’eau.".to_owned(),
    };
    typographie(&phrase)
}

/// « jusqu’au mercredi 29 mai 2024 à 12 h 00 »
pub fn jusqu_a(campagne: &Campagne, cloture: Timestamp) -> String {
    if campagne.fenetre.borne_incluse {
        typographie(&format!("jusqu’au {}", temps::instant_long(cloture)))
    } else {
        Moment::Avant(cloture).en_mots()
    }
}

/// The same instant in the five overseas regions: « 14 h 00 à La Réunion ».
pub fn heures_outre_mer(t: Timestamp) -> Vec<String> {
    let regions = Region::TOUTES.iter();
    regions
        .filter_map(|region| temps::heure_locale(*region, t))
        .collect()
}

/// « 100 000 € sur 2 ans », when the call gives money.
pub fn aide(campagne: &Campagne) -> Option<String> {
    let subvention = campagne.subvention.as_ref()?;
    let phrase = format!("{} sur {}", subvention.regle.en_mots(), subvention.duree());
    Some(typographie(&phrase))
}

/// « notice 2024, § 3.a » with its capital, to stand alone.
pub fn reference(source: &str) -> String {
    let mut lettres = source.chars();
    match lettres.next() {
        Some(premiere) => premiere.to_uppercase().chain(lettres).collect(),
        None => String::new(),
    }
}

/// A label taken inside a sentence: its first letter small, unless it opens a
/// sigle (« ESS de droit »).
pub fn en_incise(libelle: &str) -> String {
    let mut lettres = libelle.chars();
    match (lettres.next(), lettres.clone().next()) {
        (Some(premiere), Some(seconde)) if !seconde.is_uppercase() => {
            premiere.to_lowercase().chain(lettres).collect()
        }
        _ => libelle.to_owned(),
    }
}
