//! The legal notice: the operator's to fill, and said so until it is.

use dsfr::{Alerte, Gravite, faits, lecture};
use maud::{Markup, html};

use super::accessibilite::contact;
use crate::socle::mise_en_page::{Cadre, Page};

/// What the operator still has to say (loi 2004-575, art. 6).
const A_DIRE: [&str; 4] = [
    "Éditeur",
    "Direction de la publication",
    "Hébergement",
    "Assistance",
];

/// `/mentions-legales`. `texte`: what the operator wrote, a blank line between
/// paragraphs.
pub fn mentions_legales(cadre: &Cadre, texte: Option<&str>, assistance: Option<&str>) -> Markup {
    Page::new("Mentions légales").indexable().sous(&[]).montrer(
        cadre,
        lecture(&html! {
            @match texte {
                Some(texte) => @for paragraphe in texte.split("\n\n").map(str::trim) {
                    @if !paragraphe.is_empty() { p.co-lignes { (paragraphe) } }
                },
                None => (a_completer()),
            }
            h2 { "Le logiciel" }
            p { "Coopôle est un logiciel libre, publié sous licence Apache 2.0. Son apparence vient du système de \
                 design de l’État (code sous licence MIT), sans le bloc-marque ni la police réservés aux \
                 sites officiels." }
            h2 { "Témoins de connexion" }
            p { "Un seul témoin («\u{a0}cookie\u{a0}») est posé, quand vous vous connectez\u{202f}: il tient votre session ouverte \
                 douze heures au plus. Aucune mesure d’audience, aucune ressource d’un autre site." }
            h2 { "Nous écrire" }
            (contact(assistance))
        }),
    )
}

fn a_completer() -> Markup {
    let lignes: Vec<_> = A_DIRE
        .iter()
        .map(|quoi| (*quoi, html! { "À compléter par l’exploitant" }))
        .collect();
    html! {
        (Alerte::nouvelle(
            Gravite::Attention,
            "l’exploitant de cette instance n’a pas encore écrit ses mentions légales.",
        ).suite(html! {
            p { "Elles se placent dans le fichier " code { "mentions-legales.txt" }
                " du dossier de données, et paraissent aussitôt sur cette page." }
        }))
        (faits(&lignes))
    }
}
