//! The grid of a call, and the marks of a draft read against it.

use std::collections::BTreeMap;

use metier::{
    campagnes::Bonus,
    comite::{Acquis, BonusNote, CritereNote, Echelle, Grille, Note},
};

use crate::campagnes::Campagne;

/// What an examiner has typed: a value, a comment, by code.
pub type Notes = BTreeMap<String, (Option<i64>, String)>;

/// The grid, when the call has a scale.
pub fn grille(campagne: &Campagne) -> Option<Grille> {
    let bareme = campagne.grille.as_ref()?;
    let criteres = campagne.criteres.iter().map(|critere| CritereNote {
        code: critere.code.clone(),
        libelle: critere.titre.clone(),
        axe: critere.axe.clone(),
        poids: critere.poids,
    });
    let bonus = campagne.bonus.iter().map(|bonus| BonusNote {
        code: bonus.code.clone(),
        libelle: bonus.titre.clone(),
        points: bareme.points_bonus,
    });
    Some(Grille {
        echelle: Echelle {
            min: bareme.note_min,
            max: bareme.note_max,
        },
        criteres: criteres.collect(),
        bonus: bonus.collect(),
    })
}

/// The boxes a bonus is answered by: its own, or those of its cases.
pub fn cases(bonus: &Bonus) -> Vec<(&str, &str)> {
    match bonus.cases.as_slice() {
        [] => vec![(bonus.code.as_str(), bonus.titre.as_str())],
        cases => cases
            .iter()
            .map(|case| (case.code.as_str(), case.enonce.as_str()))
            .collect(),
    }
}

/// Every code a mark may bear in this call.
pub fn codes(campagne: &Campagne) -> Vec<&str> {
    let criteres = campagne.criteres.iter().map(|c| c.code.as_str());
    let bonus = campagne.bonus.iter();
    let bonus = bonus.flat_map(|bonus| cases(bonus).into_iter().map(|(code, _)| code));
    criteres.chain(bonus).collect()
}

/// The marks given, as the rule reads them.
pub fn notes(campagne: &Campagne, saisies: &Notes) -> Vec<Note> {
    let donnee = |code: &str| {
        let (valeur, commentaire) = saisies.get(code)?;
        Some(Note {
            critere: code.to_owned(),
            valeur: u32::try_from((*valeur)?).ok()?,
            commentaire: commentaire.clone(),
        })
    };
    let criteres = campagne.criteres.iter();
    criteres.filter_map(|c| donnee(&c.code)).collect()
}

/// The bonuses said: one is, once each of its boxes has an answer.
pub fn bonus(campagne: &Campagne, saisies: &Notes, eligible: bool) -> Vec<Acquis> {
    let dit = |bonus: &Bonus| {
        let cases = cases(bonus);
        let reponses: Option<Vec<(&str, bool)>> = cases
            .iter()
            .map(|(code, _)| {
                let (valeur, _) = saisies.get(*code)?;
                Some((*code, (*valeur)? == 1))
            })
            .collect();
        let cochees: Vec<&str> = reponses?
            .into_iter()
            .filter_map(|(code, oui)| oui.then_some(code))
            .collect();
        Some(Acquis {
            bonus: bonus.code.clone(),
            acquis: bonus.est_acquis(&cochees, eligible),
        })
    };
    campagne.bonus.iter().filter_map(dit).collect()
}

/// What the marks given so far add up to, in points.
pub fn total(campagne: &Campagne, saisies: &Notes, eligible: bool) -> i64 {
    let poids = |code: &str| {
        let critere = campagne.criteres.iter().find(|c| c.code == code);
        critere.map_or(0, |c| i64::from(c.poids))
    };
    let criteres: i64 = notes(campagne, saisies)
        .iter()
        .map(|note| poids(&note.critere) * i64::from(note.valeur))
        .sum();
    let acquis = bonus(campagne, saisies, eligible);
    let acquis = acquis.iter().filter(|a| a.acquis).count() as i64;
    let points = campagne
        .grille
        .as_ref()
        .map_or(0, |g| i64::from(g.points_bonus));
    criteres + acquis * points
}
