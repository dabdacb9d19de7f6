//! The home page: what may be done today, then what a PTCE is.

use dsfr::{Accordeon, Bouton, Champ, Chiffre, Formulaire, boutons, grille, lien, nombre, vide};
use maud::{Markup, html};
use metier::{
    campagnes::EtatCampagne,
    commun::{Region, temps, typographie},
};

use super::{
    annuaire::combien_de_poles,
    carte::{credits, par_region},
};
use crate::{
    campagnes::{Campagnes, appel_ouvert},
    registre::{annuaire::Monde, publies},
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// `/`; `notifiee`: the decisions of the last call are known to all; `poles`:
/// how many each region has.
pub fn accueil(
    cadre: &Cadre,
    campagnes: &Campagnes,
    notifiee: bool,
    poles: &[(Option<Region>, u64)],
) -> Markup {
    Page::new("Les pôles territoriaux de coopération économique")
        .indexable()
        .montrer(
            cadre,
            html! {
                p.fr-text--lead {
                    "Sur un même territoire, des structures de l’économie sociale et solidaire, des entreprises, \
                     des collectivités et des chercheurs s’unissent autour de projets communs. \
                     L’État les accompagne et les finance\u{202f}: tout se passe ici, de l’appel au versement."
                }
                (recherche())
                (appels(cadre, campagnes, notifiee))
                section aria-labelledby="chiffres" {
                    h2 #chiffres { "Repères" }
                    (reperes(cadre))
                    p { (lien(urls::RECENSEMENT, "Le recensement des pôles de ce registre, à n’importe quelle date")) }
                }
                (carte(cadre, poles))
                (definition())
                (etapes())
            },
        )
}

/// What others published of the scheme by today, each with its definition, its
/// perimeter, its date and its source (P-15).
fn reperes(cadre: &Cadre) -> Markup {
    let jour = temps::jour_de(cadre.maintenant);
    html! {
        (grille(publies::reperes(jour).iter().map(|repere| {
            let compte = repere.compte;
            let definition = format!("{}. Périmètre : {}.", compte.definition, repere.perimetre);
            let date = format!("Au {}. Source : {}.", temps::jour_court_de(compte.le), compte.source);
            Chiffre::nouveau(nombre(compte.combien), repere.nom, typographie(&definition), typographie(&date))
        })))
    }
}

fn recherche() -> Formulaire<'static> {
    Formulaire::recherche(
        urls::POLES,
        html! {
            div.co-recherche {
                (Champ::texte("q", "Trouver un pôle, par sa commune, son nom, sa structure ou son thème"))
                (Bouton::principal("Rechercher"))
            }
        },
    )
}

/// Where the poles are, region by region.
fn carte(cadre: &Cadre, poles: &[(Option<Region>, u64)]) -> Markup {
    let combien = poles.iter().map(|(_, combien)| combien).sum();
    html! {
        section aria-labelledby="carte" {
            h2 #carte { "Où sont les pôles" }
            div.co-regions {
                div {
                    p { (typographie(&combien_de_poles(cadre, combien, cadre.demonstration.is_some()))) }
                    p { "Chaque nombre mène à sa région\u{202f}: ses pôles, sa cellule d’animation, ses départements." }
                    ul {
                        li { (lien(urls::CARTE, "Chaque pôle sur la carte")) }
                        li { (lien(urls::POLES, "La liste, avec ses filtres")) }
                        li { (lien(urls::REGIONS, "Les dix-huit régions")) }
                    }
                }
                div { (par_region(poles, &Monde::default())) (credits()) }
            }
        }
    }
}

fn appels(cadre: &Cadre, campagnes: &Campagnes, notifiee: bool) -> Markup {
    let dans_l_etat = |etat| campagnes.dans_l_etat(etat, cadre.maintenant);
    let ouverts: Vec<_> = dans_l_etat(EtatCampagne::Ouverte).collect();
    html! {
        section aria-labelledby="appels" {
            h2 #appels { "Appels ouverts" }
            @for (rang, campagne) in ouverts.iter().enumerate() {
                (appel_ouvert(cadre, campagne, rang == 0))
            }
            @if ouverts.is_empty() {
                (vide("Aucun appel ouvert aujourd’hui.", &html! {
                    @if let Some(derniere) = dans_l_etat(EtatCampagne::Close).next() {
                        p { "Le dernier\u{202f}: "
                            (lien(&urls::appel(&derniere.code), &derniere.identite.titre_court)) ". "
                            @if notifiee && derniere.subvention.is_some() {
                                (lien(&urls::laureats(&derniere.code), "Ses lauréats")) "."
                            }
                        }
                    }
                    (boutons(&[Bouton::secondaire("Voir tous les appels").vers(urls::APPELS)]))
                }))
            }
        }
    }
}

/// What a PTCE is, in the words of the law turned into plain ones.
fn definition() -> Markup {
    html! {
        section aria-labelledby="ptce" {
            h2 #ptce { "Qu’est-ce qu’un PTCE\u{202f}?" }
            p {
                "Un pôle territorial de coopération économique réunit, sur un même territoire, des structures \
                 de l’économie sociale et solidaire (ESS) qui s’associent à des entreprises, avec des collectivités, \
                 des laboratoires, des écoles ou des organismes de formation. Ensemble, ils mènent une stratégie \
                 commune et continue au service de projets innovants et d’un développement local durable."
            }
            p.co-source { "Loi n°\u{a0}2014-856 du 31\u{a0}juillet\u{a0}2014, article\u{a0}9." }
            (Accordeon::nouveau("ptce-detail")
                .section("Faut-il une forme juridique particulière\u{202f}?", html! {
                    p { "Non. Le pôle n’est pas une personne morale\u{202f}: une structure le porte, dépose le dossier \
                         et signe pour lui." }
                })
                .section("Existe-t-il un titre officiel\u{202f}?", html! {
                    p { "Non. Toute dynamique qui répond à la définition peut se dire PTCE. Un pôle peut être \
                         signataire de la Charte, lauréat d’un appel, les deux ou aucun des deux." }
                })
                .section("Qui décide\u{202f}?", html! {
                    p { "La cellule de la région donne un avis, la cellule nationale examine, l’État décide. \
                         Un refus est toujours motivé." }
                }))
        }
    }
}

fn etapes() -> Markup {
    html! {
        section aria-labelledby="comment" {
            h2 #comment { "Comment cela se passe" }
            ol {
                li { strong { "Vérifiez" } " en deux minutes si votre pôle peut candidater, sans compte." }
                li { strong { "Préparez" } " un seul dossier à plusieurs mains\u{202f}; rien de ce qui est écrit ne se perd." }
                li { strong { "Déposez" } " jusqu’à l’heure dite\u{202f}: l’accusé de réception est immédiat." }
                li { strong { "Suivez" } " votre dossier jusqu’à la décision, puis jusqu’au versement." }
            }
            p { "Une question\u{202f}? " (lien(urls::AIDE, "Consultez l’aide")) "." }
        }
    }
}
