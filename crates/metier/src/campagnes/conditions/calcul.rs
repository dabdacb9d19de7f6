//! Operations on two known values.
//!
//! `None` is "not known": a sum that leaves the calendar or the whole numbers
//! is never a fault.

use std::cmp::Ordering;

use super::arbre::Comparaison;
use super::valeurs::{Duree, Valeur};
use crate::commun::temps;

pub(super) fn comparer(sens: Comparaison, a: &Valeur, b: &Valeur) -> Option<Valeur> {
    let vrai = match sens {
        Comparaison::Egal => a == b,
        Comparaison::Different => a != b,
        Comparaison::Avant => ordre(a, b)?.is_lt(),
        Comparaison::AvantOuEgal => ordre(a, b)?.is_le(),
        Comparaison::Apres => ordre(a, b)?.is_gt(),
        Comparaison::ApresOuEgal => ordre(a, b)?.is_ge(),
    };
    Some(Valeur::Booleen(vrai))
}

fn ordre(a: &Valeur, b: &Valeur) -> Option<Ordering> {
    Some(match (a, b) {
        (Valeur::Entier(a), Valeur::Entier(b)) => a.cmp(b),
        (Valeur::Montant(a), Valeur::Montant(b)) => a.cmp(b),
        (Valeur::Date(a), Valeur::Date(b)) => a.cmp(b),
        (Valeur::Instant(a), Valeur::Instant(b)) => a.cmp(b),
        _ => return None,
    })
}

pub(super) fn contient(a: &Valeur, b: &Valeur) -> Option<Valeur> {
    Some(Valeur::Booleen(match (a, b) {
        (Valeur::Instant(instant), Valeur::Fenetre(fenetre)) => fenetre.est_ouverte(*instant),
        (Valeur::Choix(code), Valeur::Plusieurs(codes)) => codes.contains(code),
        _ => return None,
    }))
}

pub(super) fn ajouter(a: &Valeur, b: &Valeur) -> Option<Valeur> {
    Some(match (a, b) {
        (Valeur::Entier(a), Valeur::Entier(b)) => Valeur::Entier(a.checked_add(*b)?),
        (Valeur::Montant(a), Valeur::Montant(b)) => Valeur::Montant(a.checked_add(*b)?),
        (_, Valeur::Duree(duree)) => decaler(a, *duree)?,
        _ => return None,
    })
}

pub(super) fn retrancher(a: &Valeur, b: &Valeur) -> Option<Valeur> {
    Some(match (a, b) {
        (Valeur::Entier(a), Valeur::Entier(b)) => Valeur::Entier(a.checked_sub(*b)?),
        (Valeur::Montant(a), Valeur::Montant(b)) => Valeur::Montant(a.checked_sub(*b)?),
        (_, Valeur::Duree(duree)) => decaler(a, duree.oppose())?,
        _ => return None,
    })
}

/// Date to date on the calendar of Paris: 29 February and a year is the 28th.
fn decaler(moment: &Valeur, duree: Duree) -> Option<Valeur> {
    let duree = duree.en_calendrier();
    match moment {
        Valeur::Date(jour) => jour.checked_add(duree).ok().map(Valeur::Date),
        Valeur::Instant(instant) => temps::a_paris(*instant)
            .checked_add(duree)
            .ok()
            .map(|moment| Valeur::Instant(moment.timestamp())),
        _ => None,
    }
}

pub(super) fn taille(valeur: &Valeur) -> Option<Valeur> {
    let taille = match valeur {
        Valeur::Liste(fiches) => fiches.len(),
        Valeur::Plusieurs(codes) => codes.len(),
        _ => return None,
    };
    i64::try_from(taille).ok().map(Valeur::Entier)
}

pub(super) fn jour(valeur: &Valeur) -> Option<Valeur> {
    match valeur {
        Valeur::Instant(instant) => Some(Valeur::Date(temps::jour_de(*instant))),
        _ => None,
    }
}
