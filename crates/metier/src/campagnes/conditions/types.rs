//! The types a condition handles: few, and all of them ours.

use std::sync::Arc;

/// The type of a value in a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Yes or no.
    Booleen,
    /// A whole number; there are no others.
    Entier,
    /// Money, written `euros(100000)`.
    Montant,
    /// Free text: can be compared for equality only.
    Texte,
    /// A day, written `date("2021-06-30")`.
    Date,
    /// A second of time.
    Instant,
    /// Years, months or days, written `annees(5)`, `mois(3)`, `jours(10)`.
    Duree,
    /// The window of a call: the right side of `in`.
    Fenetre,
    /// One code of a closed list.
    Choix(Arc<Enumeration>),
    /// Several codes of a closed list: the right side of `in`.
    Plusieurs(Arc<Enumeration>),
    /// Records, to be walked by `exists` and `all`.
    Liste(Arc<Fiche>),
}

impl Type {
    /// How a fault names it: « une date ».
    pub fn nom(&self) -> &'static str {
        match self {
            Self::Booleen => "un oui ou non",
            Self::Entier => "un nombre entier",
            Self::Montant => "un montant",
            Self::Texte => "un texte",
            Self::Date => "une date",
            Self::Instant => "un instant",
            Self::Duree => "une durée",
            Self::Fenetre => "une fenêtre de dépôt",
            Self::Choix(_) => "un choix",
            Self::Plusieurs(_) => "un choix multiple",
            Self::Liste(_) => "une liste",
        }
    }

    /// Whether `<` and `>` mean something.
    pub(super) fn est_ordonne(&self) -> bool {
        matches!(
            self,
            Self::Entier | Self::Montant | Self::Date | Self::Instant
        )
    }

    /// Whether `==` means something.
    pub(super) fn est_comparable(&self) -> bool {
        self.est_ordonne() || matches!(self, Self::Booleen | Self::Texte | Self::Choix(_))
    }
}

/// A closed list of codes, each with the words shown for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enumeration {
    /// Pairs of code and label, in the order of display.
    pub valeurs: Vec<(String, String)>,
}

impl Enumeration {
    /// From pairs of code and label.
    pub fn new<C: Into<String>, L: Into<String>>(
        valeurs: impl IntoIterator<Item = (C, L)>,
    ) -> Arc<Self> {
        let valeurs = valeurs.into_iter();
        Arc::new(Self {
            valeurs: valeurs.map(|(c, l)| (c.into(), l.into())).collect(),
        })
    }

    /// Whether this code is one of the list.
    pub fn contient(&self, code: &str) -> bool {
        self.libelle(code).is_some()
    }

    /// The words shown for this code.
    pub fn libelle(&self, code: &str) -> Option<&str> {
        let (_, libelle) = self.valeurs.iter().find(|(c, _)| c == code)?;
        Some(libelle)
    }

    /// The codes alone.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.valeurs.iter().map(|(code, _)| code.as_str())
    }
}

/// What one record of a list holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fiche {
    /// Its fields, in the order in which a record is told.
    pub champs: Vec<ChampDeFiche>,
}

impl Fiche {
    /// The field of that name.
    pub fn champ(&self, code: &str) -> Option<&ChampDeFiche> {
        self.champs.iter().find(|champ| champ.code == code)
    }
}

/// One field of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChampDeFiche {
    /// Its name in an expression.
    pub code: &'static str,
    /// Its name on a screen.
    pub libelle: &'static str,
    /// Its type; never a list.
    pub genre: Type,
    /// How it is told when a record is cited, `{}` standing for the value;
    /// `None` leaves it out.
    pub recit: Option<&'static str>,
}
