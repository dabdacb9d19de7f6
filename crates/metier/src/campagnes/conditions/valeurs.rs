//! Values found for the terms of the vocabulary, and where they come from.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;

use super::types::{Fiche, Type};
use crate::campagnes::Fenetre;
use crate::commun::Montant;
use crate::commun::temps;

/// A value that a condition can compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Valeur {
    /// Yes or no.
    Booleen(bool),
    /// A whole number.
    Entier(i64),
    /// Money.
    Montant(Montant),
    /// Free text.
    Texte(String),
    /// A day.
    Date(Date),
    /// An instant; its fraction of a second does not count.
    Instant(Timestamp),
    /// A length of time.
    Duree(Duree),
    /// The window of a call.
    Fenetre(Fenetre),
    /// One code of a closed list.
    Choix(String),
    /// Several codes of a closed list.
    Plusieurs(Vec<String>),
    /// Records. An empty list is a known fact; an unknown list is no fact.
    Liste(Vec<Enregistrement>),
}

/// A length of time counted on the calendar, date to date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duree {
    /// Months; a year is twelve.
    Mois(i32),
    /// Days.
    Jours(i32),
}

impl Duree {
    pub(super) fn oppose(self) -> Self {
        match self {
            Self::Mois(n) => Self::Mois(-n),
            Self::Jours(n) => Self::Jours(-n),
        }
    }

    pub(super) fn en_calendrier(self) -> jiff::Span {
        match self {
            Self::Mois(n) => jiff::Span::new().months(n),
            Self::Jours(n) => jiff::Span::new().days(n),
        }
    }
}

impl Valeur {
    /// A code of a closed list.
    pub fn choix(code: impl Into<String>) -> Self {
        Self::Choix(code.into())
    }

    /// Whether the value belongs to that type, codes and fields included.
    pub fn est_de(&self, genre: &Type) -> bool {
        match (self, genre) {
            (Self::Booleen(_), Type::Booleen)
            | (Self::Entier(_), Type::Entier)
            | (Self::Montant(_), Type::Montant)
            | (Self::Texte(_), Type::Texte)
            | (Self::Date(_), Type::Date)
            | (Self::Instant(_), Type::Instant)
            | (Self::Duree(_), Type::Duree)
            | (Self::Fenetre(_), Type::Fenetre) => true,
            (Self::Choix(code), Type::Choix(liste)) => liste.contient(code),
            (Self::Plusieurs(codes), Type::Plusieurs(liste)) => {
                codes.iter().all(|code| liste.contient(code))
            }
            (Self::Liste(fiches), Type::Liste(fiche)) => fiches.iter().all(|f| f.est_de(fiche)),
            _ => false,
        }
    }

    /// The value as a person reads it.
    pub fn lisible(&self, genre: &Type) -> String {
        match (self, genre) {
            (Self::Booleen(vrai), _) => if *vrai { "oui" } else { "non" }.to_owned(),
            (Self::Entier(n), _) => n.to_string(),
            (Self::Montant(montant), _) => montant.to_string(),
            (Self::Texte(texte), _) => texte.clone(),
            (Self::Date(jour), _) => temps::jour_simple_de(*jour),
            (Self::Instant(instant), _) => temps::instant_a_la_seconde(*instant),
            (Self::Duree(Duree::Mois(n)), _) => format!("{n} mois"),
            (Self::Duree(Duree::Jours(n)), _) => format!("{n} jours"),
            (Self::Fenetre(fenetre), _) => fenetre_lisible(fenetre),
            (Self::Choix(code), Type::Choix(liste)) => {
                liste.libelle(code).unwrap_or(code).to_owned()
            }
            (Self::Choix(code), _) => code.clone(),
            (Self::Plusieurs(codes), Type::Plusieurs(liste)) => {
                let libelles = codes.iter().map(|code| liste.libelle(code).unwrap_or(code));
                let libelles: Vec<&str> = libelles.collect();
                if libelles.is_empty() {
                    "rien".to_owned()
                } else {
                    libelles.join(", ")
                }
            }
            (Self::Plusieurs(codes), _) => codes.join(", "),
            (Self::Liste(fiches), _) => fiches.len().to_string(),
        }
    }
}

fn fenetre_lisible(fenetre: &Fenetre) -> String {
    let ouverture = temps::instant_long(fenetre.ouverture);
    match fenetre.cloture {
        Some(cloture) => format!("du {ouverture} au {}", temps::instant_long(cloture)),
        None => format!("depuis le {ouverture}"),
    }
}

/// One record of a list: a member, a past aid, a signature.
///
/// A field that is absent is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Enregistrement(BTreeMap<&'static str, Valeur>);

impl Enregistrement {
    /// A record of which nothing is known yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what is known of one field.
    #[must_use]
    pub fn avec(mut self, champ: &'static str, valeur: Valeur) -> Self {
        self.0.insert(champ, valeur);
        self
    }

    /// Adds a field if it is known.
    #[must_use]
    pub fn avec_si(self, champ: &'static str, valeur: Option<Valeur>) -> Self {
        match valeur {
            Some(valeur) => self.avec(champ, valeur),
            None => self,
        }
    }

    /// What is known of that field.
    pub fn champ(&self, champ: &str) -> Option<&Valeur> {
        self.0.get(champ)
    }

    fn est_de(&self, fiche: &Fiche) -> bool {
        let connu = |(code, valeur): (&&str, &Valeur)| {
            fiche
                .champ(code)
                .is_some_and(|champ| valeur.est_de(&champ.genre))
        };
        self.0.iter().all(connu)
    }

    /// The record in a few words: « convention du 15 décembre 2021, 100 000 € ».
    pub fn recit(&self, fiche: &Fiche) -> String {
        let parties: Vec<String> = fiche
            .champs
            .iter()
            .filter_map(|champ| {
                let valeur = self.champ(champ.code)?;
                let mots = match valeur {
                    Valeur::Choix(_) => en_phrase(&valeur.lisible(&champ.genre)),
                    _ => valeur.lisible(&champ.genre),
                };
                Some(champ.recit?.replace("{}", &mots))
            })
            .collect();
        parties.join(", ")
    }
}

/// A label within a sentence: its capital goes, unless it opens a sigle.
fn en_phrase(libelle: &str) -> String {
    let mut lettres = libelle.chars();
    match (lettres.next(), lettres.clone().next()) {
        (Some(premiere), Some(seconde)) if !seconde.is_uppercase() => {
            premiere.to_lowercase().chain(lettres).collect()
        }
        _ => libelle.to_owned(),
    }
}

/// Where a fact was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origine {
    /// The document of the call itself.
    Appel,
    /// What the person has just answered, kept nowhere.
    Reponse,
    /// The dossier, its members or its pieces.
    Dossier,
    /// The register of poles: laureates, signatures, past aids.
    Registre,
    /// The State's directory of organisations, as it stood that day.
    Annuaire(Date),
    /// The server's own stamp.
    Horodatage,
}

impl fmt::Display for Origine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Appel => f.write_str("document de l’appel"),
            Self::Reponse => f.write_str("votre réponse"),
            Self::Dossier => f.write_str("dossier"),
            Self::Registre => f.write_str("registre des pôles"),
            Self::Annuaire(jour) => write!(
                f,
                "annuaire des entreprises, au {}",
                temps::jour_court_de(*jour)
            ),
            Self::Horodatage => f.write_str("horodatage du serveur"),
        }
    }
}
