//! The pilot's board, the list, the notification; then the decision as its
//! author and the public read it.

pub mod laureats;
pub mod notification;
pub mod porteur;
pub mod preparation;
pub mod tableau;

use dsfr::{Probleme, SommaireErreurs};
use maud::{Markup, Render};
use metier::commun::{Raison, typographie};

/// All the reasons why an act was refused, each leading to its place.
pub fn refus(phrase: &str, raisons: &[Raison], lien: impl Fn(&str) -> String) -> Markup {
    let problemes = raisons
        .iter()
        .map(|raison| {
            Probleme::nouveau(typographie(&raison.phrase))
                .lien(raison.ancre.as_deref().map(&lien))
                .source(raison.source.as_deref())
                .remede(raison.remede.as_deref().map(typographie))
        })
        .collect();
    SommaireErreurs::nouveau(phrase, problemes).render()
}
