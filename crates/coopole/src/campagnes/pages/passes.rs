//! The calls of the past, as public sources tell them.

use dsfr::{Colonne, Tableau, faits};
use maud::{Markup, html};
use metier::commun::typographie;

use crate::campagnes::anciens::AppelPasse;

/// Said of what no source gives.
const INCONNU: &str = "non donné par les sources";

/// A table to compare them, then where each line comes from.
pub fn passes(appels: &[&AppelPasse]) -> Markup {
    let colonnes = vec![
        Colonne::cle("Appel"),
        Colonne::texte("Calendrier"),
        Colonne::texte("Candidatures"),
        Colonne::texte("Lauréats"),
        Colonne::texte("Subvention"),
    ];
    let lignes = appels.iter().map(|appel| {
        vec![
            html! { (appel.titre) },
            valeurs(&[
                ("Ouverture", &appel.ouverture),
                ("Clôture", &appel.cloture),
                ("Résultats", &appel.resultats),
            ]),
            html! { (valeur(&appel.candidatures)) },
            html! { (valeur(&appel.laureats)) },
            valeurs(&[("Enveloppe", &appel.enveloppe), ("Par projet", &appel.aide)]),
        ]
    });
    let lectures: Vec<_> = appels
        .iter()
        .map(|appel| (appel.titre.as_str(), lecture(appel)))
        .collect();
    html! {
        section aria-labelledby="passes" {
            h2 #passes { "Les appels passés" }
            p {
                "Ces appels ont eu lieu avant l’ouverture de ce service. Ce qui en est dit vient de \
                 textes publics\u{202f}; ce qu’aucun ne dit n’est pas deviné."
            }
            (Tableau::nouveau("Les appels passés, d’après les textes publics", colonnes)
                .legende_masquee()
                .grand()
                .lignes(lignes))
            h3 { "Lecture et sources" }
            (faits(&lectures))
        }
    }
}

fn lecture(appel: &AppelPasse) -> Markup {
    html! {
        (typographie(&appel.lecture))
        div.co-source { "Sources\u{202f}: " (typographie(&appel.sources)) "." }
    }
}

fn valeurs(valeurs: &[(&str, &Option<String>)]) -> Markup {
    html! {
        ul {
            @for (quoi, dit) in valeurs { li { (quoi) "\u{202f}: " (valeur(dit)) } }
        }
    }
}

fn valeur(dit: &Option<String>) -> String {
    dit.as_deref()
        .map_or_else(|| INCONNU.to_owned(), typographie)
}
