//! The page of a call.

use dsfr::{Telechargement, faits, lien, sommaire};
use maud::{Markup, html};
use metier::commun::{temps, typographie};

use super::{
    contenu,
    suite::{Lecteur, suite},
};
use crate::{
    campagnes::{Campagne, phrases},
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// Words for what the notice leaves open.
pub const NON_PRECISE: &str = "Non précisé par la notice";

/// `/appels/{code}`
pub fn appel(cadre: &Cadre, campagne: &Campagne, lecteur: &Lecteur<'_>) -> Markup {
    let sections = contenu::sections(cadre, campagne);
    let ancres: Vec<(&str, &str)> = sections.iter().map(|s| (s.titre, s.ancre)).collect();
    Page::new(&campagne.identite.titre_court)
        .indexable()
        .sous(&[(urls::APPELS, "Appels")])
        .etat(phrases::etat(campagne, cadre.maintenant))
        .montrer(
            cadre,
            html! {
                (suite(cadre, campagne, lecteur))
                p.fr-text--lead { (campagne.identite.objet) }
                (en_bref(campagne))
                (sommaire(&ancres))
                @for section in &sections {
                    section aria-labelledby=(section.ancre) {
                        h2 id=(section.ancre) { (section.titre) }
                        (section.contenu)
                    }
                }
                (papier(campagne))
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
    lignes.push(("Service", html! { (identite.service) }));
    if identite.teleservice_exclusif {
        lignes.push((
            "Dépôt",
            html! { "Sur ce site seulement. L’instant d’arrivée, lu par notre serveur, fait foi." },
        ));
    }
    faits(&lignes)
}

/// The same call on paper, and where it comes from.
fn papier(campagne: &Campagne) -> Markup {
    let notice = &campagne.identite.notice;
    let du = temps::jour_simple_de(notice.du);
    html! {
        section aria-labelledby="textes" {
            h2 #textes { "Textes" }
            ul {
                @for base in &campagne.bases_legales {
                    li { (phrases::reference(&base.texte)) ". " (base.objet) }
                }
                li { (typographie(&format!("{}, du {du}.", notice.titre))) }
            }
            p { (Telechargement::nouveau("Notice à imprimer", urls::notice(&campagne.code), "pdf", None)) }
            p.fr-hint-text {
                (typographie(&format!("Règles de l’appel : version {}. ", campagne.version)))
                "Les phrases de cette page sont les nôtres\u{202f}; chacune donne sa référence dans la notice. "
                (lien(&urls::eligibilite(&campagne.code), "Suis-je éligible\u{202f}?"))
            }
        }
    }
}
