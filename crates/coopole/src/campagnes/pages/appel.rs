//! The page of a call.

use super::{
    contenu,
    suite::{Lecteur, suite},
};
use crate::{
    campagnes::{Campagne, Reponses, phrases},
    socle::mise_en_page::{Cadre, Page},
    urls,
};
use dsfr::{Entree, MenuLateral, Telechargement, colonnes, faits, lien, moities};
use maud::{Markup, html};
use metier::campagnes::ActesTenus;

/// Words for what the notice leaves open.
pub const NON_PRECISE: &str = "Non précisé par la notice";

/// `/appels/{code}`
pub fn appel(
    cadre: &Cadre,
    campagne: &Campagne,
    (lecteur, reponses): (&Lecteur<'_>, &Reponses),
    actes: ActesTenus,
) -> Markup {
    let sections = contenu::sections(campagne);
    let entrees = sections
        .iter()
        .map(|s| Entree::nouvelle(s.titre, format!("#{}", s.ancre)));
    let entrees = entrees.collect();
    Page::new(&campagne.identite.titre_court)
        .indexable()
        .sous(&[(urls::APPELS, "Appels")])
        .etat(phrases::etat(campagne, cadre.maintenant))
        .montrer(
            cadre,
            html! {
                (moities(
                    &html! {
                        div {
                            (suite(cadre, campagne, (lecteur, reponses)))
                            p { (campagne.identite.objet) }
                        }
                    },
                    &html! { div { (en_bref(campagne)) } },
                ))
                section aria-labelledby="calendrier" {
                    h2 #calendrier { "Calendrier" }
                    (contenu::calendrier(campagne, cadre.maintenant, actes))
                    p { (Telechargement::nouveau(
                        "Ajouter ces dates à mon agenda",
                        urls::agenda(&campagne.code),
                        "ics",
                        None,
                    )) }
                    @if actes.notifiee && campagne.subvention.is_some() {
                        p { (lien(&urls::laureats(&campagne.code), "Les lauréats de cet appel")) }
                    }
                }
                (colonnes(
                    &html! { div.co-sommaire-fixe { (MenuLateral::nouveau("Dans cette page", entrees)) } },
                    &html! {
                        @for section in &sections {
                            section aria-labelledby=(section.ancre) {
                                h2 id=(section.ancre) { (section.titre) }
                                (section.contenu)
                            }
                        }
                    },
                ))
            },
        )
}

/// How much, for whom, by whom.
fn en_bref(campagne: &Campagne) -> Markup {
    let identite = &campagne.identite;
    let mut lignes = Vec::new();
    if let Some(subvention) = &campagne.subvention {
        let cible = format!("{} projets visés", subvention.cible);
        lignes.extend([
            (
                "Subvention",
                html! { (phrases::aide(campagne).unwrap_or_default()) ", par projet" },
            ),
            ("Enveloppe", html! { (subvention.enveloppe) ", " (cible) }),
            ("Versement", html! { (subvention.versement) }),
        ]);
    }
    lignes.push(("Service", html! { (identite.service.en_mots()) }));
    if identite.teleservice_exclusif {
        lignes.push((
            "Dépôt",
            html! { "Sur ce site seulement. L’instant d’arrivée, lu par notre serveur, fait foi." },
        ));
    }
    faits(&lignes)
}
