//! Instruction as a cell sees it.

mod avis;
mod lecture;
mod liste;

pub use avis::{VueAvis, avis};
pub use lecture::{VueLecture, conflit, lecture};
pub use liste::{liste, tableur};

use dsfr::{Probleme, SommaireErreurs};
use maud::Markup;
use metier::commun::Raison;

/// Everything to mend, on top, each leading to its field on this page.
fn problemes(raisons: &[Raison]) -> Markup {
    use maud::Render;
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

/// What is wrong with one field, if something is.
fn erreur<'r>(raisons: &'r [Raison], ancre: &str) -> Option<&'r str> {
    raisons
        .iter()
        .find(|raison| raison.ancre.as_deref() == Some(ancre))
        .map(|raison| raison.phrase.as_str())
}
