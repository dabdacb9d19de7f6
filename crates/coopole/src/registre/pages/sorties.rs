//! The poles that left the register: the list anyone reads, what a record says
//! of it, and the page by which those who answer for it take it out.

use dsfr::{
    Alerte, Bouton, Champ, Choix, Colonne, Formulaire, Gravite, Radios, Tableau, Ton, badge,
    boutons, lecture, lien, vide,
};
use maud::{Markup, html};
use metier::{
    commun::{Raison, temps, typographie},
    poles::sortie::EtatDeSortie,
};

use super::annuaire::invente;
use crate::{
    poles::{etat::Etat, sorties::SortieLue},
    registre::sorties::{Typee, en_cours},
    socle::{
        feuilles::Feuille,
        mise_en_page::{Cadre, Page},
        reprise,
    },
    urls,
};

/// « En sommeil depuis le 3 mai 2024 », with why.
fn dite(lue: &SortieLue) -> String {
    format!(
        "{} depuis le {} : {}. Source : {}.",
        lue.sortie.etat.libelle(),
        temps::jour_simple_de(lue.sortie.depuis),
        lue.sortie.motif.trim_end_matches('.'),
        lue.sortie.source.trim_end_matches('.')
    )
}

/// At the top of a record: the pole is out of the register.
pub fn sorti(sorties: &[SortieLue]) -> Markup {
    html! {
        @if let Some(lue) = en_cours(sorties) {
            (Alerte::nouvelle(Gravite::ASavoir, match lue.sortie.etat {
                EtatDeSortie::EnSommeil => "ce pôle est en sommeil.",
                EtatDeSortie::Radie => "ce pôle est radié du registre.",
            }).suite(html! {
                p { (typographie(&dite(lue))) }
                p { "Depuis ce jour, il n’est compté ni dans l’annuaire, ni sur la carte, ni au recensement." }
            }))
        }
    }
}

/// In the history of a record: each departure, those undone since included.
pub fn histoire(sorties: &[SortieLue]) -> Markup {
    html! {
        @if !sorties.is_empty() {
            ul {
                @for lue in sorties {
                    li {
                        "Le " (temps::jour_long(lue.le)) " – " (typographie(&dite(lue)))
                        @if let Some((le, motif)) = &lue.annulation {
                            " " (badge(Ton::Neutre, "Annulée depuis")) " "
                            (typographie(&format!(
                                "Le {}, pour ce motif : {}.",
                                temps::jour_long(*le), motif.trim_end_matches('.'))))
                        }
                    }
                }
            }
        }
    }
}

/// `/poles/{id}/sortie`
pub fn sortie(
    cadre: &Cadre,
    (etat, sorties): (&Etat, &[SortieLue]),
    (typee, annulation): (&Typee, &str),
    raisons: &[Raison],
    reel_en_demonstration: bool,
) -> Markup {
    let nom = typographie(&etat.nom);
    let pole = urls::pole(etat.pole);
    let erreur = |ancre| reprise::erreur(raisons, ancre);
    Page::new("Sortie du registre")
        .nomme(&nom)
        .sous(&[(urls::POLES, "Pôles"), (&pole, &nom)])
        .corrections(raisons.len())
        .montrer(
            cadre,
            html! {
                (reprise::sommaire("rien n’a changé.", raisons))
                @if reel_en_demonstration {
                    p.fr-text--lead {
                        "Ce pôle existe\u{202f}: dans cette démonstration, il ne sort pas du registre. \
                         Essayez sur un pôle marqué «\u{a0}Inventé\u{a0}»."
                    }
                    (boutons(&[Bouton::secondaire("Revenir à la fiche").vers(pole.as_str())]))
                } @else if let Some(lue) = en_cours(sorties) {
                    (sorti(sorties))
                    (lecture(&html! { (Formulaire::acte(urls::annulation_de_sortie(lue.id), html! {
                        (Champ::texte("annulation", "Pourquoi il revient au registre")
                            .aide("Lu de tous, dans l’historique de la fiche. Il compte de nouveau, à toutes les dates.")
                            .valeur(annulation).erreur(erreur("annulation")))
                        (boutons(&[
                            Bouton::principal("Annuler cette sortie"),
                            Bouton::secondaire("Revenir à la fiche").vers(pole.as_str()),
                        ]))
                    })) }))
                } @else {
                    (lecture(&html! {
                        p.fr-text--lead {
                            "La fiche reste, et dit qu’il est sorti, depuis quand et pourquoi. À partir de ce jour il n’est \
                             compté nulle part\u{202f}; avant, il l’est comme avant. Cela s’annule."
                        }
                        (Formulaire::acte(urls::sortie(etat.pole), html! {
                            (Radios::nouveaux("etat", "Comment il sort", vec![
                                Choix::nouveau(EtatDeSortie::EnSommeil.code(), "Mise en sommeil")
                                    .aide("Il ne fait plus rien pour l’instant."),
                                Choix::nouveau(EtatDeSortie::Radie.code(), "Radiation")
                                    .aide("Il n’est plus un pôle, ou ne l’a jamais été."),
                            ]).valeur((!typee.etat.is_empty()).then_some(typee.etat.as_str())).erreur(erreur("etat")))
                            (Champ::date("depuis", "Depuis le").valeur(typee.depuis.as_str()).erreur(erreur("depuis")))
                            (Champ::texte("motif", "Motif").aide("Lu de tous. Aucun nom de personne.")
                                .valeur(typee.motif.as_str()).erreur(erreur("motif")))
                            (Champ::texte("source", "Source").aide("D’où vient l’information. Aucun nom de personne.")
                                .valeur(typee.source.as_str()).erreur(erreur("source")))
                            (boutons(&[
                                Bouton::principal("Sortir ce pôle du registre"),
                                Bouton::secondaire("Revenir à la fiche").vers(pole.as_str()),
                            ]))
                        }))
                    }))
                }
            },
        )
}

/// `/poles/sortis`
pub fn sortis(cadre: &Cadre, feuille: &Feuille<SortieLue>) -> Markup {
    let lignes = feuille.lignes.iter().map(|lue| {
        vec![
            html! {
                (lien(&urls::pole(lue.pole), &typographie(&lue.nom)))
                @if lue.invente { " " (invente()) }
            },
            html! { (lue.sortie.etat.libelle()) },
            html! { (temps::jour_court_de(lue.sortie.depuis)) },
            html! { (typographie(&lue.sortie.motif)) },
            html! { (typographie(&lue.sortie.source)) },
        ]
    });
    Page::new("Pôles en sommeil ou radiés")
        .indexable()
        .sous(&[(urls::POLES, "Pôles")])
        .montrer(
            cadre,
            html! {
                p.fr-text--lead {
                    "Leur fiche reste. Depuis le jour dit, ils ne sont comptés ni dans l’annuaire, ni sur la carte, ni au \
                     recensement, ni dans les fichiers des pôles."
                }
                @if feuille.lignes.is_empty() {
                    (vide("Aucun pôle n’est sorti du registre.", &html! {
                        p { (lien(urls::POLES, "Voir les pôles du registre")) }
                    }))
                } @else {
                    (Tableau::nouveau("Pôles sortis du registre", vec![
                        Colonne::cle("Pôle"),
                        Colonne::texte("État"),
                        Colonne::texte("Depuis le"),
                        Colonne::texte("Motif"),
                        Colonne::texte("Source"),
                    ]).legende_masquee().lignes(lignes.collect::<Vec<_>>()))
                    (feuille.pages(["pôle affiché", "pôles affichés"]))
                    p { (lien(urls::SORTIES_CSV, "Télécharger cette liste (CSV)")) }
                }
            },
        )
}
