//! The checked tree of a condition: whatever holds one is well typed.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::types::{Fiche, Type};
use super::valeurs::Valeur;

/// A condition that was read and checked.
///
/// It can only be made by [`Expression::lire`], so that evaluating it never
/// fails: a missing fact is an answer, not a fault.
#[derive(Debug, Clone)]
pub struct Expression {
    pub(super) texte: String,
    pub(super) racine: Noeud,
    pub(super) genre: Type,
    pub(super) termes: BTreeSet<String>,
    pub(super) variables: Vec<Variable>,
}

impl Expression {
    /// The text it was read from.
    pub fn texte(&self) -> &str {
        &self.texte
    }

    /// The paths of the vocabulary it asks for.
    pub fn termes(&self) -> impl Iterator<Item = &str> {
        self.termes.iter().map(String::as_str)
    }
}

impl PartialEq for Expression {
    fn eq(&self, autre: &Self) -> bool {
        self.texte == autre.texte
    }
}

impl Eq for Expression {}

/// A variable bound by `exists` or `all`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Variable {
    pub nom: String,
    pub fiche: Arc<Fiche>,
}

#[derive(Debug, Clone)]
pub(super) enum Noeud {
    /// A literal.
    Constante(Valeur),
    /// A word of the vocabulary.
    Terme(String),
    /// A field of the record bound `rang` quantifiers from the outside.
    Champ {
        rang: usize,
        champ: &'static str,
        libelle: &'static str,
    },
    Non(Box<Noeud>),
    Et(Box<Noeud>, Box<Noeud>),
    Ou(Box<Noeud>, Box<Noeud>),
    Compare(Comparaison, Box<Noeud>, Box<Noeud>),
    /// `x in ["a", "b"]`.
    ParmiListe(Box<Noeud>, Vec<Valeur>),
    /// `x in fenetre` or `"x" in choix_multiple`.
    Parmi(Box<Noeud>, Box<Noeud>),
    /// A sum of two numbers, two amounts, or a moment and a length of time.
    Plus(Box<Noeud>, Box<Noeud>),
    Moins(Box<Noeud>, Box<Noeud>),
    /// `size(x)`.
    Taille(Box<Noeud>),
    /// `jour(x)`: the day in Paris.
    Jour(Box<Noeud>),
    /// `liste.exists(x, …)` or `liste.all(x, …)`.
    Quantifie {
        tous: bool,
        liste: String,
        corps: Box<Noeud>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparaison {
    Egal,
    Different,
    Avant,
    AvantOuEgal,
    Apres,
    ApresOuEgal,
}

impl Comparaison {
    pub(super) fn de(operateur: &str) -> Option<Self> {
        Some(match operateur {
            "_==_" => Self::Egal,
            "_!=_" => Self::Different,
            "_<_" => Self::Avant,
            "_<=_" => Self::AvantOuEgal,
            "_>_" => Self::Apres,
            "_>=_" => Self::ApresOuEgal,
            _ => return None,
        })
    }

    pub(super) fn est_un_ordre(self) -> bool {
        !matches!(self, Self::Egal | Self::Different)
    }
}
