//! Evaluation with three values, keeping what decided.
//!
//! Nothing is skipped and nothing fails. Beside the truth come the facts that
//! made it so: when a condition is false, those of its false parts; when it is
//! not known, the missing ones only.

use jiff::civil::Date;

use super::arbre::{Expression, Noeud};
use super::calcul::{ajouter, comparer, contient, jour, retrancher, taille};
use super::constat::Trouve;
use super::faits::Faits;
use super::kleene::Kleene;
use super::types::Type;
use super::valeurs::{Enregistrement, Valeur};
use crate::commun::typographie;

/// What evaluating a condition gives.
#[derive(Debug, Clone)]
pub struct Evaluation<'f> {
    /// Its truth.
    pub valeur: Kleene,
    /// The facts that decided, or that are missing.
    pub trouve: Vec<Trouve>,
    temoins: Vec<&'f Enregistrement>,
}

impl Expression {
    /// Evaluates a condition. `compte` names what is counted when a list is
    /// walked: « membres hors ESS ».
    pub fn evaluer<'f>(&self, faits: &'f Faits, compte: Option<&'f str>) -> Evaluation<'f> {
        debug_assert_eq!(self.genre, Type::Booleen);
        let mut moteur = Moteur::new(faits, compte);
        let jugement = moteur.juger(&self.racine);
        let mut trouve: Vec<Trouve> = Vec::new();
        for indice in jugement.indices {
            match indice {
                Indice::Fait(fait) if !trouve.contains(&fait) => trouve.push(fait),
                Indice::Fait(_) | Indice::ChampManquant(_) => {}
            }
        }
        Evaluation {
            valeur: jugement.valeur,
            trouve,
            temoins: jugement.temoins,
        }
    }

    /// Whether the condition is known to be true: an unanswered question
    /// shows nothing that depends on it.
    pub fn est_vraie(&self, faits: &Faits) -> bool {
        self.evaluer(faits, None).valeur == Kleene::Vrai
    }

    /// The latest of the dates this expression gives for the records that
    /// decided; nothing when none did, or when a date is not known.
    pub fn derniere_date(&self, faits: &Faits, decision: &Evaluation<'_>) -> Option<Date> {
        let mut dates = Vec::new();
        for temoin in &decision.temoins {
            let mut moteur = Moteur::new(faits, None);
            moteur.fiches.push(temoin);
            match moteur.valeur(&self.racine).0? {
                Valeur::Date(date) => dates.push(date),
                _ => return None,
            }
        }
        dates.into_iter().max()
    }
}

pub(super) struct Moteur<'m> {
    pub(super) faits: &'m Faits,
    pub(super) compte: Option<&'m str>,
    /// The record bound by each quantifier, the outermost first.
    pub(super) fiches: Vec<&'m Enregistrement>,
}

pub(super) struct Jugement<'m> {
    pub(super) valeur: Kleene,
    pub(super) indices: Vec<Indice>,
    /// The records that decided a walk.
    pub(super) temoins: Vec<&'m Enregistrement>,
}

#[derive(Debug, Clone)]
pub(super) enum Indice {
    Fait(Trouve),
    /// A field not known in the record at hand.
    ChampManquant(&'static str),
}

impl<'m> Moteur<'m> {
    fn new(faits: &'m Faits, compte: Option<&'m str>) -> Self {
        Self {
            faits,
            compte,
            fiches: Vec::new(),
        }
    }

    pub(super) fn juger(&mut self, noeud: &Noeud) -> Jugement<'m> {
        match noeud {
            Noeud::Non(a) => {
                let a = self.juger(a);
                Jugement {
                    valeur: a.valeur.non(),
                    ..a
                }
            }
            Noeud::Et(a, b) => {
                let (a, b) = (self.juger(a), self.juger(b));
                let valeur = a.valeur.et(b.valeur);
                reunir(valeur, a, b)
            }
            Noeud::Ou(a, b) => {
                let (a, b) = (self.juger(a), self.juger(b));
                let valeur = a.valeur.ou(b.valeur);
                reunir(valeur, a, b)
            }
            Noeud::Quantifie {
                tous, liste, corps, ..
            } => self.parcourir(*tous, liste, corps),
            feuille => {
                let (valeur, indices) = self.valeur(feuille);
                let vrai = match valeur {
                    Some(Valeur::Booleen(vrai)) => Some(vrai),
                    _ => None,
                };
                Jugement {
                    valeur: Kleene::from(vrai),
                    indices,
                    temoins: Vec::new(),
                }
            }
        }
    }

    fn valeur(&mut self, noeud: &Noeud) -> (Option<Valeur>, Vec<Indice>) {
        match noeud {
            Noeud::Constante(valeur) => (Some(valeur.clone()), Vec::new()),
            Noeud::Terme(chemin) => self.terme(chemin),
            Noeud::Champ {
                rang,
                champ,
                libelle,
            } => match self.fiches.get(*rang).and_then(|f| f.champ(champ)) {
                Some(valeur) => (Some(valeur.clone()), Vec::new()),
                None => (None, vec![Indice::ChampManquant(libelle)]),
            },
            Noeud::Compare(sens, a, b) => self.deux(a, b, |a, b| comparer(*sens, a, b)),
            Noeud::Parmi(a, b) => self.deux(a, b, contient),
            Noeud::Plus(a, b) => self.deux(a, b, ajouter),
            Noeud::Moins(a, b) => self.deux(a, b, retrancher),
            Noeud::ParmiListe(a, liste) => {
                let (a, indices) = self.valeur(a);
                (a.map(|a| Valeur::Booleen(liste.contains(&a))), indices)
            }
            Noeud::Taille(a) => {
                let (a, indices) = self.valeur(a);
                (a.as_ref().and_then(taille), indices)
            }
            Noeud::Jour(a) => {
                let (a, indices) = self.valeur(a);
                (a.as_ref().and_then(jour), indices)
            }
            Noeud::Non(_) | Noeud::Et(..) | Noeud::Ou(..) | Noeud::Quantifie { .. } => {
                let jugement = self.juger(noeud);
                let vrai = match jugement.valeur {
                    Kleene::Vrai => Some(true),
                    Kleene::Faux => Some(false),
                    Kleene::Inconnu => None,
                };
                (vrai.map(Valeur::Booleen), jugement.indices)
            }
        }
    }

    /// An operation on two values: with one unknown it is unknown, and only
    /// what is missing is told.
    fn deux(
        &mut self,
        a: &Noeud,
        b: &Noeud,
        operation: impl Fn(&Valeur, &Valeur) -> Option<Valeur>,
    ) -> (Option<Valeur>, Vec<Indice>) {
        let ((a, mut indices), (b, autres)) = (self.valeur(a), self.valeur(b));
        match (a, b) {
            (Some(a), Some(b)) => {
                indices.extend(autres);
                (operation(&a, &b), indices)
            }
            (None, None) => {
                indices.extend(autres);
                (None, indices)
            }
            (None, Some(_)) => (None, indices),
            (Some(_), None) => (None, autres),
        }
    }

    pub(super) fn terme(&self, chemin: &str) -> (Option<Valeur>, Vec<Indice>) {
        let Some(terme) = self.faits.vocabulaire().terme(chemin) else {
            return (None, Vec::new());
        };
        let fait = self.faits.fait(chemin);
        let trouve = Trouve {
            libelle: terme.libelle.clone(),
            valeur: fait.map(|(valeur, _)| typographie(&valeur.lisible(&terme.genre))),
            origine: fait.map(|(_, origine)| origine),
            ancre: terme.ancre.clone(),
        };
        let valeur = fait.map(|(valeur, _)| valeur.clone());
        (valeur, vec![Indice::Fait(trouve)])
    }
}

/// Keeps what decided: the parts that have the value of the whole.
///
/// When the whole is true by `&&` or false by `||`, both have it.
fn reunir<'m>(valeur: Kleene, a: Jugement<'m>, b: Jugement<'m>) -> Jugement<'m> {
    let mut ensemble = Jugement {
        valeur,
        indices: Vec::new(),
        temoins: Vec::new(),
    };
    for partie in [a, b] {
        if partie.valeur == valeur {
            ensemble.indices.extend(partie.indices);
            ensemble.temoins.extend(partie.temoins);
        }
    }
    ensemble
}
