//! Declaring a pole that the register does not know: the form and what became of
//! one's own declarations, then what waits for the answer of those who answer for
//! the region.

use dsfr::{
    Alerte, Bouton, Case, Champ, Formulaire, Gravite, Ton, Zone, badge, boutons, faits, lecture,
    lien, vide,
};
use maud::{Markup, html};
use metier::{
    commun::{Raison, Region, temps, typographie},
    poles::{Information, PRESENTATION_AU_PLUS},
};
use uuid::Uuid;

use super::{champs, corrections::onglets};
use crate::{
    poles::{
        declarations::{Declaree, Issue, Semblable},
        etat::en_mots,
    },
    registre::declarations::Typee,
    socle::{
        communes,
        feuilles::Feuille,
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

/// What somebody has before them.
pub struct MaDeclaration<'a> {
    pub typee: &'a Typee,
    /// The commune and the structure, as they were typed.
    pub commune: &'a str,
    pub porteuse: &'a str,
    /// The records that look like what was typed.
    pub semblables: &'a [Semblable],
    pub miennes: &'a [Declaree],
    pub raisons: &'a [Raison],
}

/// `/poles/declarer`
pub fn declarer(cadre: &Cadre, vue: &MaDeclaration<'_>) -> Markup {
    Page::new("Déclarer un pôle")
        .sous(&[(urls::POLES, "Pôles")])
        .corrections(vue.raisons.len())
        .montrer(
            cadre,
            html! {
                (reprise::sommaire("rien n’est envoyé.", vue.raisons))
                (lecture(&html! {
                    p.fr-text--lead {
                        "Votre pôle n’est pas au registre\u{202f}? Dites ce qu’il est. La cellule de sa région vous répond\u{202f}: \
                         inscrit, il est public, et vous en répondez."
                    }
                    p { "Aucun titre n’est nécessaire\u{202f}: toute dynamique qui répond à la définition de la loi peut se dire \
                         pôle territorial de coopération économique." }
                    (formulaire(vue))
                }))
                @if !vue.miennes.is_empty() {
                    section aria-labelledby="miennes" {
                        h2 #miennes { "Vos déclarations" }
                        @for declaree in vue.miennes { (la_mienne(declaree)) }
                    }
                }
            },
        )
}

fn formulaire(vue: &MaDeclaration<'_>) -> Formulaire<'static> {
    let erreur = |ancre| reprise::erreur(vue.raisons, ancre);
    let typee = vue.typee;
    Formulaire::acte(
        urls::DECLARER,
        html! {
            @if !vue.semblables.is_empty() { (semblables(vue)) }
            (Champ::texte("pole", "Nom du pôle").valeur(typee.nom.as_str()).erreur(erreur("pole")))
            (Champ::texte("commune", "Sa commune")
                .aide("Son nom, ou son code INSEE\u{202f}: sa région dit quelle cellule vous répond.")
                .valeur(vue.commune).erreur(erreur("commune")))
            (Zone::nouvelle("presentation", "Ce qu’il fait")
                .aide("En quelques lignes, pour tous.")
                .lignes(5)
                .limite(u32::try_from(PRESENTATION_AU_PLUS).ok())
                .valeur(typee.presentation.as_str())
                .facultatif()
                .erreur(erreur("presentation")))
            (Champ::texte("site", "Son site internet").valeur(typee.site.as_str()).facultatif().erreur(erreur("site")))
            fieldset.fr-fieldset {
                legend.fr-fieldset__legend { "La structure qui le porte" }
                div.fr-fieldset__element { (champs::structure(vue.porteuse, erreur("valeur"))) }
            }
            (Champ::texte("fonction", "Ce que vous faites pour le pôle")
                .aide("Par exemple\u{202f}: directrice, président, chargé de mission. Lu par la cellule seule, avec votre nom et votre adresse.")
                .valeur(typee.fonction.as_str())
                .erreur(erreur("fonction")))
            (boutons(&[
                Bouton::principal("Déclarer ce pôle"),
                Bouton::secondaire("Ne rien déclarer").vers(urls::POLES),
            ]))
        },
    )
}

/// The records that may be this very pole, before anything is sent.
fn semblables(vue: &MaDeclaration<'_>) -> Markup {
    html! {
        (Alerte::nouvelle(Gravite::Attention, "Ce pôle existe peut-être déjà.").suite(html! {
            ul {
                @for semblable in vue.semblables {
                    @let fiche = &semblable.fiche;
                    li {
                        (lien(&urls::pole(fiche.candidat.id), &typographie(&fiche.nom)))
                        @if let Some(commune) = &fiche.commune { ", " (commune) }
                        (typographie(&format!(" ({}). ", indices(semblable))))
                        (lien(&urls::revendication(fiche.candidat.id), "C’est celui-ci, il est le vôtre"))
                    }
                }
            }
        }))
        (Case::nouvelle("autres", "Aucune de ces fiches n’est celle de mon pôle").cochee(vue.typee.autres))
    }
}

fn indices(semblable: &Semblable) -> String {
    let dits: Vec<&str> = semblable.indices.iter().map(|i| i.libelle()).collect();
    dits.join(" ; ")
}

fn la_mienne(declaree: &Declaree) -> Markup {
    let titre = format!("declaration-{}", declaree.id);
    html! {
        section.co-piece aria-labelledby=(titre) {
            h3.fr-h6 id=(titre) { (typographie(&declaree.declaration.nom)) }
            p {
                "Déclaré le " (temps::jour_long(declaree.le)) " "
                @match &declaree.issue {
                    Issue::EnAttente => (badge(Ton::Information, "En attente")),
                    Issue::Acceptee(_) => (badge(Ton::Favorable, "Inscrit")),
                    Issue::Refusee { .. } => (badge(Ton::Attention, "Non retenu")),
                    Issue::Retiree => (badge(Ton::Neutre, "Retiré")),
                }
            }
            @match &declaree.issue {
                Issue::EnAttente => {
                    (Formulaire::acte(urls::de_la_declaration(declaree.id, "retrait"), html! {
                        (boutons(&[Bouton::secondaire("Retirer cette déclaration").petit()]))
                    }))
                }
                Issue::Acceptee(Some(pole)) => p { (lien(&urls::pole(*pole), "Sa fiche")) },
                Issue::Refusee { motif } => p { (typographie(&format!("Le motif : {motif}"))) },
                _ => {}
            }
        }
    }
}

/// What those who answer for a region have before them.
pub struct AInscrire<'a> {
    pub region: Option<Region>,
    /// Each with the records that look like it.
    pub en_attente: &'a Feuille<(Declaree, Vec<Semblable>)>,
    /// The declaration whose answer has to be mended.
    pub reprise: Option<Uuid>,
    pub raisons: &'a [Raison],
}

/// `/declarations`
pub fn declarations(cadre: &Cadre, vue: &AInscrire<'_>) -> Markup {
    Page::new("Déclarations")
        .lentille(vue.region.map_or(Lentille::Pilotage, Lentille::Cellule))
        .corrections(vue.raisons.len())
        .montrer(
            cadre,
            html! {
                (onglets(cadre, urls::DECLARATIONS))
                @if let Some(id) = vue.reprise {
                    (reprise::sommaire_vers("rien n’a changé.", vue.raisons, |ancre| format!("#{ancre}-{id}")))
                }
                @if vue.en_attente.lignes.is_empty() {
                    (vide("Aucune déclaration n’attend votre réponse.", &html! {
                        (lien(urls::POLES, "Voir les pôles du registre"))
                    }))
                } @else {
                    p {
                        "Inscrit, le pôle entre au registre aussitôt, et la personne en répond. Refusée, elle en lit le motif. "
                        "Un pôle inscrit à tort se radie depuis sa fiche."
                    }
                    @for (declaree, semblables) in &vue.en_attente.lignes {
                        (a_repondre(declaree, semblables, match vue.reprise == Some(declaree.id) {
                            true => vue.raisons,
                            false => &[],
                        }))
                    }
                    (vue.en_attente.pages(["déclaration affichée", "déclarations affichées"]))
                }
            },
        )
}

fn a_repondre(declaree: &Declaree, semblables: &[Semblable], raisons: &[Raison]) -> Markup {
    let declaration = &declaree.declaration;
    let titre = format!("declaration-{}", declaree.id);
    let reponse = || urls::de_la_declaration(declaree.id, "reponse");
    let dit = |information, valeur: &Option<String>| {
        html! { (typographie(&en_mots(information, valeur.as_deref()))) }
    };
    html! {
        section.co-piece aria-labelledby=(titre) {
            h2.fr-h6 id=(titre) { (typographie(&declaration.nom)) }
            (faits(&[
                ("Qui", html! {
                    (typographie(&format!("{}, {}", declaree.auteur, declaration.fonction))) br;
                    (declaree.courriel)
                }),
                ("Déclaré", html! { "le " (temps::jour_long(declaree.le)) }),
                ("Commune", html! { (communes::lisible(&declaration.commune)) }),
                ("Structure porteuse", dit(Information::Porteuse, &declaration.porteuse)),
                ("Présentation", dit(Information::Presentation, &declaration.presentation)),
                ("Site internet", dit(Information::Site, &declaration.site)),
                ("Fiches qui lui ressemblent", html! {
                    @if semblables.is_empty() { "aucune" }
                    @for semblable in semblables {
                        p {
                            (lien(&urls::pole(semblable.fiche.candidat.id), &typographie(&semblable.fiche.nom)))
                            (typographie(&format!(" ({})", indices(semblable))))
                        }
                    }
                }),
            ]))
            (Formulaire::acte(reponse(), html! {
                (boutons(&[Bouton::principal("Inscrire au registre").petit().envoie("issue", "acceptee")]))
            }))
            (Formulaire::acte(reponse(), html! {
                (Champ::texte(format!("motif-{}", declaree.id), format!("Motif du refus ({})", declaration.nom))
                    .aide("La personne le lira.")
                    .erreur(reprise::erreur(raisons, "motif")))
                (boutons(&[Bouton::secondaire("Refuser").petit().envoie("issue", "refusee")]))
            }))
        }
    }
}
