//! The accessibility declaration (RGAA; décret 2019-768): « non conforme »
//! until a person has audited the site.

use dsfr::{lecture, lien};
use maud::{Markup, html};

use crate::{
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// `/accessibilite`
pub fn accessibilite(cadre: &Cadre, assistance: Option<&str>) -> Markup {
    Page::new("Accessibilité\u{202f}: non conforme").indexable().sous(&[]).montrer(
        cadre,
        lecture(&html! {
            p.fr-text--lead {
                "L’équipe de Coopôle veut un service que chacun puisse utiliser, seul et sans détour, \
                 comme le demande l’article 47 de la loi n°\u{a0}2005-102 du 11\u{a0}février\u{a0}2005."
            }
            h2 { "État de conformité" }
            p {
                "Ce service n’est " strong { "pas conforme" } " au référentiel général d’amélioration de \
                 l’accessibilité (RGAA), version 4.1\u{202f}: aucune personne n’en a encore audité les 106\u{a0}critères. \
                 Nous ne déclarons rien qui n’ait été vérifié."
            }
            h2 { "Ce qui est déjà vérifié" }
            p { "À chaque version, un programme ouvre dans un navigateur les pages publiques, celles du dossier, \
                 et celles du chemin d’un dossier jusqu’à son versement (instruction, comité, décision, convention, \
                 journal). Il refuse la livraison s’il trouve\u{202f}:" }
            ul {
                li { "une anomalie relevée par l’outil axe, qui ne couvre qu’une partie des critères\u{202f};" }
                li { "un défilement horizontal." }
            }
            p { "Il vérifie aussi\u{202f}:" }
            ul {
                li { "que les pages publiques et celles du brouillon se parcourent au clavier de bout en bout, \
                      avec un repère toujours visible\u{202f};" }
                li { "que l’on y dit si l’on est éligible, que la cellule confirme l’éligibilité d’un dossier et rend son avis, \
                      et qu’une personne du comité rend ses notes, au clavier seul\u{202f};" }
                li { "que les pages publiques et celles qui mènent au dépôt servent sans JavaScript\u{202f};" }
                li { "que les pages publiques et celles du dossier tiennent à 320\u{a0}pixels de large, \
                      soit un agrandissement de 400\u{202f}%." }
            }
            h2 { "Ce qui ne l’est pas" }
            ul {
                li { "la restitution par les lecteurs d’écran n’a pas été essayée par des personnes qui s’en servent\u{202f};" }
                li { "les fichiers déposés par les pôles ne sont pas contrôlés." }
            }
            h2 #signaler { "Signaler un obstacle" }
            p { "Une page vous résiste\u{202f}? Dites-nous son adresse et ce que vous vouliez faire\u{202f}: \
                 nous vous proposerons une autre façon de le faire, puis nous corrigerons." }
            (contact(assistance))
            h2 { "Si rien ne change" }
            p {
                "Vous pouvez écrire au Défenseur des droits par son formulaire en ligne, joindre la personne \
                 déléguée de votre région, ou envoyer un courrier gratuit, sans affranchir\u{202f}: \
                 Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07."
            }
        }),
    )
}

/// How to write to the people who run this instance, or that it is not said.
pub fn contact(assistance: Option<&str>) -> Markup {
    html! {
        @match assistance {
            Some(adresse) => p { "Écrivez à " a href={ "mailto:" (adresse) } { (adresse) } "." },
            None => p {
                "L’exploitant de cette instance n’a pas encore indiqué son adresse d’assistance\u{202f}: \
                 ses coordonnées figurent aux " (lien(urls::MENTIONS_LEGALES, "mentions légales")) "."
            },
        }
    }
}
