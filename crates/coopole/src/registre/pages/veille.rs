//! The territory of a council: what is new there, its poles, who answers for
//! them, and what to do when the register is wrong.

use dsfr::{lecture, lien};
use maud::{Markup, html};
use metier::commun::{temps, typographie};

use super::{
    annuaire::combien,
    exports::exports,
    suivis::suivre,
    territoire::{charge, ses_poles},
};
use crate::{
    poles::arrivees::Arrivee,
    registre::{annuaire::Filtre, veille::Veille},
    socle::mise_en_page::{Cadre, Lentille, Page},
    urls,
};

/// `/espace/territoires/{genre}/{code}`
pub fn veille(cadre: &Cadre, vue: &Veille) -> Markup {
    let nom = vue.lieu.nom();
    Page::new("Mon territoire")
        .nomme(&nom)
        .sous(&[(urls::ESPACE, "Mon espace")])
        .lentille(Lentille::Territoire(vue.perimetre))
        .montrer(
            cadre,
            html! {
                p.fr-text--lead { (typographie(&combien(cadre, &vue.annuaire))) }
                (nouveaux(vue))
                (ses_poles(&vue.annuaire, "Aucun pôle de ce territoire n’est inscrit au registre. Un pôle dont la source \
                                           ne donne pas la commune peut s’y trouver."))
                @if !vue.annuaire.fiches.is_empty() { (exports(&vue.annuaire.filtre)) }
                section aria-labelledby="repond" {
                    h2 #repond { "Qui en répond" }
                    @for charge_de in &vue.charges { (charge(charge_de)) }
                    p { (lien(&vue.lieu.adresse(), "La page publique de ce territoire")) }
                }
                (corriger(vue))
                (suivre(cadre, vue.lieu, vue.suivi))
            },
        )
}

fn nouveaux(vue: &Veille) -> Markup {
    let depuis = format!("Nouveaux depuis le {}", temps::jour_long(vue.depuis));
    html! {
        section aria-labelledby="nouveaux" {
            h2 #nouveaux { (depuis) }
            @if vue.nouveaux.combien == 0 {
                p { "Aucun pôle n’est nouveau." }
                @if let Some(dernier) = &vue.dernier {
                    p { (typographie("Le dernier venu : ")) (arrivee(dernier)) "." }
                }
            } @else {
                ul { @for pole in &vue.nouveaux.dernieres { li { (arrivee(pole)) } } }
                @match vue.nouveaux.autres() {
                    0 => {},
                    autres => p {
                        (typographie(&format!("Et {autres} {} : ", if autres == 1 { "autre" } else { "autres" })))
                        (lien(&Filtre::derniers_venus(vue.lieu).adresse(urls::POLES), "tous, les derniers venus d’abord"))
                        "."
                    },
                }
            }
            p.fr-text--sm {
                (typographie("Un pôle est nouveau le jour où il est inscrit au registre, ou celui de son premier signe (Charte, \
                              appel) s’il est plus ancien. Ceux avec lesquels ce registre a commencé n’ont que leur premier \
                              signe ; si aucune source n’en donne le jour, ils n’y sont pas."))
            }
        }
    }
}

fn arrivee(pole: &Arrivee) -> Markup {
    html! {
        (lien(&urls::pole(pole.pole), &typographie(&pole.nom)))
        @if pole.invente { " (inventé)" }
        ", " (pole.quoi()) " le " (temps::jour_long(pole.le))
    }
}

fn corriger(vue: &Veille) -> Markup {
    html! {
        section aria-labelledby="corriger" {
            h2 #corriger { "Une erreur, un pôle qui manque" }
            (lecture(&html! {
                p {
                    "Chaque fiche a son bouton «\u{a0}Proposer une correction\u{a0}»\u{202f}: la cellule de la région la lit, "
                    "et vous recevez sa réponse."
                }
                p {
                    "Un pôle manque\u{202f}? Dites son nom, sa commune et d’où vous le tenez "
                    @let contacts: Vec<&str> = vue.charges.iter().filter_map(|charge| charge.contact.as_deref()).collect();
                    @if contacts.is_empty() {
                        (lien(&format!("{}#ecrire", urls::AIDE), "à l’assistance")) "."
                    } @else {
                        "à la cellule\u{202f}:"
                        @for contact in contacts { " " a.fr-link href={ "mailto:" (contact) } { (contact) } }
                        "."
                    }
                }
            }))
        }
    }
}
