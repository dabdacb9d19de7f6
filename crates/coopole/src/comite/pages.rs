//! The committee as its members see it, and the pilot who closes the sitting.

mod accueil;
mod examen;
mod interets;
mod seance;

pub use accueil::{AppelDuComite, accueil};
pub use examen::{VueExamen, examen};
pub use interets::{VueInterets, interets};
pub use seance::{RangVu, VueSeance, seance, tableur};

use dsfr::{Probleme, SommaireErreurs};
use maud::{Markup, Render};
use metier::commun::Raison;

fn problemes(raisons: &[Raison]) -> Markup {
    let lignes = raisons
        .iter()
        .map(|raison| {
            let lien = raison.ancre.as_ref().map(|ancre| format!("#{ancre}"));
            Probleme::nouveau(raison.phrase.as_str())
                .lien(lien)
                .source(raison.source.as_deref())
                .remede(raison.remede.as_deref())
        })
        .collect();
    let phrase = match raisons.len() {
        1 => "1 point à reprendre.".to_owned(),
        n => format!("{n} points à reprendre."),
    };
    SommaireErreurs::nouveau(phrase, lignes).render()
}

fn erreur<'r>(raisons: &'r [Raison], ancre: &str) -> Option<&'r str> {
    let raison = raisons.iter().find(|r| r.ancre.as_deref() == Some(ancre));
    raison.map(|raison| raison.phrase.as_str())
}
