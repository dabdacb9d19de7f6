//! Claiming a record: the page of whoever says that a pole is theirs, what
//! waits for the answer of those who answer for the region, and the letter.

use dsfr::{
    Alerte, Bouton, Champ, Choix, Formulaire, Gravite, Radios, Ton, Zone, badge, boutons, faits,
    lien, vide,
};
use maud::{Markup, html};
use metier::{
    commun::{Raison, Region, temps, typographie},
    poles::revendication::{ESSAIS_AU_PLUS, Preuve, code_vivant, validite_du_code},
};
use uuid::Uuid;

use super::corrections::onglets;
use crate::{
    poles::{
        etat::Etat as Fiche,
        revendications::{Demande, Etat, Lettre},
    },
    registre::revendications::LettreEcrite,
    socle::{
        feuilles::Feuille,
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

/// A pole, and where one stands with it.
pub struct MaRevendication<'a> {
    pub etat: &'a Fiche,
    pub reel_en_demonstration: bool,
    /// The domain of the site the record says.
    pub domaine: Option<String>,
    pub courriel: &'a str,
    pub a_une_equipe: bool,
    pub est_de_l_equipe: bool,
    /// The latest claim of this pole by this person.
    pub derniere: Option<&'a Demande>,
    pub fonction: &'a str,
    pub preuve: &'a str,
    pub raisons: &'a [Raison],
}

/// `/poles/{id}/revendication`
pub fn revendication(cadre: &Cadre, vue: &MaRevendication<'_>) -> Markup {
    let nom = typographie(&vue.etat.nom);
    let pole = urls::pole(vue.etat.pole);
    let attend = vue.derniere.filter(|demande| !demande.tranchee());
    Page::new("Ce pôle est le vôtre")
        .nomme(&nom)
        .sous(&[(urls::POLES, "Pôles"), (&pole, &nom)])
        .corrections(vue.raisons.len())
        .montrer(
            cadre,
            html! {
                (reprise::sommaire("rien n’a changé.", vue.raisons))
                @if vue.reel_en_demonstration { (reel(&pole)) }
                @else if vue.est_de_l_equipe { (de_l_equipe(vue)) }
                @else if let Some(demande) = attend { (en_attente(cadre, vue, demande)) }
                @else { (a_demander(vue)) }
            },
        )
}

fn reel(pole: &str) -> Markup {
    html! {
        p.fr-text--lead {
            "Ce pôle existe\u{202f}: dans cette démonstration, il ne se revendique pas. "
            "Essayez sur un pôle marqué «\u{a0}Inventé\u{a0}»."
        }
        (boutons(&[Bouton::secondaire("Revenir à la fiche").vers(pole)]))
    }
}

fn de_l_equipe(vue: &MaRevendication<'_>) -> Markup {
    html! {
        p.fr-text--lead { "Vous êtes dans l’équipe de ce pôle." }
        p {
            "Ce que vous corrigez sur sa fiche, la cellule de la région le valide avant que cela se lise."
        }
        (boutons(&[
            Bouton::principal("Corriger la fiche").vers(urls::correctifs(vue.etat.pole)),
            Bouton::secondaire("Voir la fiche").vers(urls::pole(vue.etat.pole)),
        ]))
        @if let Some(demande) = vue.derniere.filter(|demande| demande.etat == Etat::Acceptee) {
            p {
                (typographie(&format!(
                    "Vous en répondez par votre revendication du {}. Si ce n’est pas votre pôle, retirez-la : vous quittez l’équipe.",
                    temps::jour_long(demande.le))))
            }
            (retrait(demande))
        }
    }
}

fn retrait(demande: &Demande) -> Markup {
    html! {
        (Formulaire::acte(urls::de_la_revendication(demande.id, "retrait"), html! {
            (boutons(&[Bouton::secondaire("Retirer la revendication")]))
        }))
    }
}

fn a_demander(vue: &MaRevendication<'_>) -> Markup {
    html! {
        @match vue.derniere.map(|demande| &demande.etat) {
            Some(Etat::Refusee { motif }) => {
                (Alerte::nouvelle(Gravite::ASavoir, "votre demande n’a pas été acceptée.")
                    .suite(html! { p { (typographie(&format!("Le motif : {motif}"))) } }))
            }
            Some(Etat::Reprise { motif }) => {
                (Alerte::nouvelle(Gravite::ASavoir, "la cellule a repris votre place dans l’équipe.")
                    .suite(html! { p { (typographie(&format!("Le motif : {motif}"))) } }))
            }
            _ => {}
        }
        p.fr-text--lead {
            "Dites ce que vous y faites, et comment le prouver. Ensuite vous répondez du pôle\u{202f}: "
            "vous corrigez sa fiche, associez d’autres personnes et déposez en son nom."
        }
        @if vue.a_une_equipe {
            (Alerte::nouvelle(Gravite::ASavoir, "ce pôle a déjà une équipe.").suite(html! {
                p {
                    "Le plus simple est de demander à la personne responsable de vous associer. "
                    "Sinon, la cellule de la région décidera, et la personne responsable en sera prévenue."
                }
            }))
        }
        (Formulaire::acte(urls::revendication(vue.etat.pole), html! {
            (Champ::texte("fonction", "Ce que vous faites pour le pôle")
                .aide("Par exemple\u{202f}: directrice, président, chargé de mission. Votre nom et votre adresse sont ceux de votre compte\u{202f}: la cellule les lira, et l’équipe du pôle s’il en a une.")
                .valeur(vue.fonction)
                .erreur(reprise::erreur(vue.raisons, "fonction")))
            (preuves(vue))
            (boutons(&[
                Bouton::principal("Revendiquer ce pôle"),
                Bouton::secondaire("Ne rien demander").vers(urls::pole(vue.etat.pole)),
            ]))
        }))
    }
}

fn preuves(vue: &MaRevendication<'_>) -> Markup {
    let domaine = match &vue.domaine {
        Some(domaine) => format!(
            "Votre adresse : {}. Le site du pôle : {domaine}. Vérifié aussitôt.",
            vue.courriel
        ),
        None => "La fiche ne dit pas le site du pôle.".to_owned(),
    };
    let choix = Preuve::TOUS
        .iter()
        .filter(|preuve| !vue.a_une_equipe || **preuve == Preuve::Cellule)
        .map(|preuve| {
            let aide = match preuve {
                Preuve::Domaine => domaine.as_str(),
                Preuve::Courrier => {
                    "La cellule l’écrit à l’adresse que donne l’annuaire officiel : vous tapez ici le code reçu."
                }
                Preuve::Cellule => "Elle vous connaît, ou vous joint, puis confirme ou refuse.",
            };
            Choix::nouveau(preuve.code(), preuve.libelle()).aide(typographie(aide))
        });
    html! {
        (Radios::nouveaux("preuve", "Comment le prouver", choix.collect())
            .valeur((!vue.preuve.is_empty()).then_some(vue.preuve))
            .erreur(reprise::erreur(vue.raisons, "preuve")))
    }
}

fn en_attente(cadre: &Cadre, vue: &MaRevendication<'_>, demande: &Demande) -> Markup {
    html! {
        (faits(&[
            ("Votre demande", html! { "du " (temps::jour_long(demande.le)) " " (badge(Ton::Information, "En attente")) }),
            ("Ce que vous faites", html! { (typographie(&demande.fonction)) }),
            ("Votre preuve", html! { (demande.preuve.libelle()) }),
        ]))
        @match (demande.preuve, &demande.lettre) {
            (Preuve::Courrier, None) => p {
                "La cellule de la région écrit la lettre. Vous serez prévenu par courriel quand elle partira."
            },
            (Preuve::Courrier, Some(lettre)) => (code(cadre, vue, demande, lettre)),
            _ => p { "La cellule de la région vous répondra par courriel." },
        }
        (retrait(demande))
    }
}

fn code(cadre: &Cadre, vue: &MaRevendication<'_>, demande: &Demande, lettre: &Lettre) -> Markup {
    let jusqu_au = temps::jour_long(lettre.ecrite_le + validite_du_code());
    html! {
        @if code_vivant(lettre.ecrite_le, lettre.essais, cadre.maintenant) {
            (Formulaire::acte(urls::de_la_revendication(demande.id, "code"), html! {
                (Champ::texte("code", "Code de la lettre")
                    .aide(typographie(&format!(
                        "Dix signes, jusqu’au {jusqu_au}. Cinq essais en tout, il en reste {}.",
                        ESSAIS_AU_PLUS - lettre.essais)))
                    .completion("one-time-code")
                    .erreur(reprise::erreur(vue.raisons, "code")))
                (boutons(&[Bouton::principal("Confirmer avec ce code")]))
            }))
        } @else {
            p {
                "Le code de la lettre ne vaut plus. La cellule de la région peut vous écrire de nouveau, ou répondre elle-même."
            }
        }
    }
}

/// What an address calls the list of the claims that were accepted.
pub const ACCEPTEES: &str = "acceptees";

/// What those who answer for a region have before them.
pub struct Bureau<'a> {
    pub region: Option<Region>,
    pub en_attente: &'a Feuille<Demande>,
    pub acceptees: &'a Feuille<Demande>,
    /// The claim whose answer has to be mended.
    pub reprise: Option<Uuid>,
    pub raisons: &'a [Raison],
}

/// `/revendications`
pub fn revendications(cadre: &Cadre, vue: &Bureau<'_>) -> Markup {
    let raisons = |demande: &Demande| match vue.reprise == Some(demande.id) {
        true => vue.raisons,
        false => &[],
    };
    Page::new("Revendications")
        .lentille(vue.region.map_or(Lentille::Pilotage, Lentille::Cellule))
        .corrections(vue.raisons.len())
        .montrer(
            cadre,
            html! {
                (onglets(cadre, urls::REVENDICATIONS))
                @if let Some(id) = vue.reprise {
                    (reprise::sommaire_vers("rien n’a changé.", vue.raisons, |ancre| format!("#{ancre}-{id}")))
                }
                @if vue.en_attente.lignes.is_empty() {
                    (vide("Aucune revendication n’attend votre réponse.", &html! {
                        (lien(urls::POLES, "Voir les pôles du registre"))
                    }))
                } @else {
                    p {
                        "Acceptée, la personne répond du pôle aussitôt. Refusée, elle en lit le motif. "
                        "Ce qui a été donné à tort se reprend plus bas."
                    }
                }
                @for demande in &vue.en_attente.lignes { (a_repondre(cadre, demande, raisons(demande))) }
                @if !vue.en_attente.lignes.is_empty() {
                    (vue.en_attente.pages(["revendication affichée", "revendications affichées"]))
                }
                @if !vue.acceptees.lignes.is_empty() {
                    section aria-labelledby=(ACCEPTEES) {
                        h2 #(ACCEPTEES) { "Pôles donnés à leur équipe" }
                        @for demande in &vue.acceptees.lignes { (a_reprendre(demande, raisons(demande))) }
                        (vue.acceptees.pages(["pôle donné affiché", "pôles donnés affichés"]))
                    }
                }
            },
        )
}

fn qui(demande: &Demande) -> Markup {
    html! {
        (typographie(&format!("{}, {}", demande.nom, demande.fonction))) br;
        (demande.courriel)
    }
}

fn a_repondre(cadre: &Cadre, demande: &Demande, raisons: &[Raison]) -> Markup {
    let titre = format!("revendication-{}", demande.id);
    let vers = |acte| urls::de_la_revendication(demande.id, acte);
    html! {
        section.co-piece aria-labelledby=(titre) {
            h2.fr-h6 id=(titre) { (typographie(&demande.nom_du_pole)) }
            (faits(&[
                ("Qui", qui(demande)),
                ("Preuve", html! { (demande.preuve.libelle()) }),
                ("Demandée", html! {
                    "le " (temps::jour_long(demande.le)) ", " (lien(&urls::pole(demande.pole), "voir la fiche"))
                }),
                ("Lettre", lettre_en_mots(cadre, demande)),
            ]))
            @if demande.preuve == Preuve::Courrier {
                (boutons(&[Bouton::secondaire(match demande.lettre {
                    None => "Écrire la lettre",
                    Some(_) => "Écrire une autre lettre",
                }).petit().vers(vers("lettre"))]))
                @if demande.lettre.as_ref().is_some_and(|lettre| lettre.postee_le.is_none()) {
                    (Formulaire::acte(vers("envoi"), html! {
                        (boutons(&[Bouton::secondaire("La lettre est postée").petit()]))
                    }))
                }
            }
            (Formulaire::acte(vers("reponse"), html! {
                (boutons(&[Bouton::principal("Accepter").petit().envoie("issue", "acceptee")]))
            }))
            (Formulaire::acte(vers("reponse"), html! {
                (motif(demande, "Motif du refus", raisons))
                (boutons(&[Bouton::secondaire("Refuser").petit().envoie("issue", "refusee")]))
            }))
        }
    }
}

fn lettre_en_mots(cadre: &Cadre, demande: &Demande) -> Markup {
    let le = temps::jour_long;
    html! {
        @match &demande.lettre {
            None if demande.preuve == Preuve::Courrier => "à écrire",
            None => "aucune",
            Some(lettre) => {
                "écrite le " (le(lettre.ecrite_le))
                @match lettre.postee_le {
                    Some(postee) => { ", postée le " (le(postee)) },
                    None => ", à poster",
                }
                @if !code_vivant(lettre.ecrite_le, lettre.essais, cadre.maintenant) {
                    " " (badge(Ton::Neutre, "Son code ne vaut plus"))
                }
            }
        }
    }
}

fn a_reprendre(demande: &Demande, raisons: &[Raison]) -> Markup {
    let titre = format!("acceptee-{}", demande.id);
    html! {
        section.co-piece aria-labelledby=(titre) {
            h3.fr-h6 id=(titre) { (typographie(&demande.nom_du_pole)) }
            (faits(&[
                ("Qui", qui(demande)),
                ("Preuve", html! { (demande.preuve.libelle()) }),
            ]))
            (Formulaire::acte(urls::de_la_revendication(demande.id, "reprise"), html! {
                (motif(demande, "Motif de la reprise", raisons))
                @if demande.premiere {
                    p.fr-text--sm { "Les personnes que cette équipe a associées depuis s’en vont aussi." }
                }
                (boutons(&[Bouton::secondaire("Retirer la revendication").petit()]))
            }))
        }
    }
}

fn motif(demande: &Demande, libelle: &str, raisons: &[Raison]) -> Markup {
    html! {
        (Champ::texte(
            format!("motif-{}", demande.id),
            format!("{libelle} ({}, {})", demande.nom, demande.nom_du_pole))
            .aide("La personne le lira.")
            .erreur(reprise::erreur(raisons, "motif")))
    }
}

fn page_de_la_lettre<'a>(demande: &Demande, titre: &'a str, nom: &'a str) -> Page<'a> {
    Page::new(titre)
        .nomme(nom)
        .sous(&[(urls::REVENDICATIONS, "Revendications")])
        .lentille(demande.region.map_or(Lentille::Pilotage, Lentille::Cellule))
}

/// `/revendications/{id}/lettre`
pub fn adresse_de_la_lettre(
    cadre: &Cadre,
    demande: &Demande,
    adresse: &str,
    raisons: &[Raison],
) -> Markup {
    let nom = typographie(&demande.nom_du_pole);
    page_de_la_lettre(demande, "Écrire la lettre", &nom)
        .corrections(raisons.len())
        .montrer(
            cadre,
            html! {
                (reprise::sommaire("la lettre n’est pas écrite.", raisons))
                (faits(&[("Qui revendique ce pôle", qui(demande))]))
                p {
                    "Copiez l’adresse de la structure porteuse depuis l’annuaire officiel des entreprises, "
                    "jamais depuis ce que la personne en dit. "
                    "Le code ne se lit que sur la lettre\u{202f}: prenez-la aussitôt. En écrire une autre annule le code précédent."
                }
                (Formulaire::acte(urls::de_la_revendication(demande.id, "lettre"), html! {
                    (Zone::nouvelle("adresse", "Adresse de la structure porteuse")
                        .aide("Une ligne par ligne de l’enveloppe, six au plus.")
                        .lignes(5)
                        .valeur(adresse)
                        .erreur(reprise::erreur(raisons, "adresse")))
                    (boutons(&[
                        Bouton::principal("Écrire la lettre"),
                        Bouton::secondaire("Revenir aux revendications").vers(urls::REVENDICATIONS),
                    ]))
                }))
            },
        )
}

/// The letter itself, to be taken as a PDF or printed: the only page where its
/// code is read.
pub fn lettre(cadre: &Cadre, lettre: &LettreEcrite, url: &str) -> Markup {
    let demande = &lettre.demande;
    let nom = typographie(&demande.nom_du_pole);
    let jusqu_au = temps::jour_long(cadre.maintenant + validite_du_code());
    let (debut, fin) = lettre.code.split_at(lettre.code.len() / 2);
    page_de_la_lettre(demande, "Lettre à poster", &nom).montrer(
        cadre,
        html! {
            p.fr-text--sm {
                "Prenez la lettre maintenant, ou imprimez cette page\u{202f}: une fois fermée, le code ne se relira pas."
            }
            (Formulaire::acte(urls::de_la_revendication(demande.id, "lettre/pdf"), html! {
                (boutons(&[Bouton::principal("Télécharger la lettre (PDF)")]))
            }).cache("code", lettre.code.as_str()))
            address { @for ligne in &lettre.adresse { (ligne) br; } }
            p { (typographie(&format!("Le {}", temps::jour_long(cadre.maintenant)))) }
            p { "Madame, Monsieur," }
            p {
                (typographie(&format!(
                    "{} ({}) demande à répondre de « {} », que votre structure porte, sur le registre des pôles territoriaux de coopération économique.",
                    demande.nom, demande.fonction, demande.nom_du_pole)))
            }
            p { "Si cette personne agit bien pour vous, remettez-lui ce code\u{202f}:" }
            p.fr-text--lead { strong { (debut) " " (fin) } }
            p {
                (typographie(&format!("Elle le tapera, connectée à son compte, jusqu’au {jusqu_au}, à cette adresse :"))) br;
                (url) (urls::revendication(demande.pole))
            }
            p {
                "Sinon, ne faites rien\u{202f}: sans ce code, rien ne change. Prévenez la cellule de votre région."
            }
            (Formulaire::acte(urls::de_la_revendication(demande.id, "envoi"), html! {
                (boutons(&[
                    Bouton::secondaire("La lettre est postée"),
                    Bouton::secondaire("Revenir aux revendications").vers(urls::REVENDICATIONS),
                ]))
            }))
        },
    )
}
