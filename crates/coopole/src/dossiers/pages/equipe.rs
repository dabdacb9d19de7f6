//! The team of the pole: who is in it and, for those who answer for it, how
//! somebody joins, takes another place or leaves.

use dsfr::{Bouton, Champ, Choix, Formulaire, ListeDeroulante, Radios, Ton, badge, boutons};
use maud::{Markup, html};
use metier::{
    commun::{Raison, typographie},
    poles::Place,
};

use super::commun::page;
use crate::{
    comptes::store::MembreEquipe,
    dossiers::vue::{Vue, noms},
    socle::{mise_en_page::Cadre, reprise},
    urls,
};

/// What was typed, after a refusal.
#[derive(Default)]
pub struct AssociationSaisie {
    pub courriel: String,
    pub nom: String,
    pub place: String,
}

/// `GET /dossiers/{id}/equipe`
pub fn equipe(
    cadre: &Cadre,
    vue: &Vue,
    membres: &[MembreEquipe],
    peut_gerer: bool,
    (saisie, refus): (&AssociationSaisie, &[Raison]),
) -> Markup {
    let mut responsables = membres.iter().filter(|m| m.place == Place::Responsable);
    let seule = match (responsables.next(), responsables.next()) {
        (Some(seule), None) => Some(seule.compte),
        _ => None,
    };
    let contenu = html! {
        (reprise::sommaire("l’équipe n’a pas changé.", refus))
        p.fr-text--lead { "Ces personnes voient tous les dossiers du pôle, et rien des autres pôles." }
        @if !peut_gerer {
            p { (typographie(&format!(
                "Pour y associer quelqu’un ou changer une place, demandez à {}.", noms(&vue.responsables)))) }
        }
        @for membre in membres { (un_membre(vue, membre, peut_gerer, seule == Some(membre.compte))) }
        @if peut_gerer {
            h2 { "Associer une personne" }
            p { "Elle reçoit un courriel, et se connecte avec cette adresse. Aucun mot de passe n’est à donner." }
            (associer(vue, saisie, refus))
        }
        (boutons(&[Bouton::secondaire("Revenir au dossier").vers(urls::dossier(vue.dossier.id))]))
    };
    page(cadre, vue, "Équipe", refus.len(), contenu)
}

/// `seule`: nobody else answers for the pole, so this person stays.
fn un_membre(vue: &Vue, membre: &MembreEquipe, peut_gerer: bool, seule: bool) -> Markup {
    let id = vue.dossier.id;
    let titre = format!("membre-{}", membre.compte);
    html! {
        section.co-piece aria-labelledby=(titre) {
            h2.fr-h6 id=(titre) { (membre.nom) }
            p { (badge(Ton::Neutre, court(membre.place))) " " (membre.courriel) }
            @if peut_gerer && seule {
                p.fr-hint-text { "Seule personne à répondre du pôle\u{202f}: pour changer sa place, donnez d’abord la même à une autre." }
            } @else if peut_gerer {
                (Formulaire::acte(urls::membre_de_l_equipe(id, membre.compte), html! {
                    (ListeDeroulante::nouvelle(
                        format!("place-{}", membre.compte),
                        format!("Place donnée à {}", membre.nom), places())
                        .valeur(Some(membre.place.code())))
                    (boutons(&[Bouton::secondaire("Changer la place").petit()]))
                }))
                (Bouton::tertiaire(format!("Retirer {} de l’équipe", membre.nom)).petit()
                    .vers(urls::fin_dans_l_equipe(id, membre.compte)))
            }
        }
    }
}

/// `GET /dossiers/{id}/equipe/{compte}/fin`: what it takes away, and the way back.
pub fn fin(cadre: &Cadre, vue: &Vue, membre: &MembreEquipe, soi: bool) -> Markup {
    let id = vue.dossier.id;
    let pole = &vue.dossier.nom_du_pole;
    let (effet, bouton) = match soi {
        true => (
            format!(
                "Vous ne verrez plus aucun dossier du pôle « {pole} », et ne pourrez pas y revenir de vous-même."
            ),
            "Quitter l’équipe".to_owned(),
        ),
        false => (
            format!(
                "{} ne verra plus aucun dossier du pôle « {pole} ». Un courriel l’en prévient.",
                membre.nom
            ),
            format!("Retirer {} de l’équipe", membre.nom),
        ),
    };
    let contenu = html! {
        p.fr-text--lead { (typographie(&effet)) }
        p { "Ce qui a été écrit et déposé reste." @if !soi { " Vous pourrez associer cette personne de nouveau." } }
        (Formulaire::acte(urls::fin_dans_l_equipe(id, membre.compte), boutons(&[
            Bouton::principal(bouton.as_str()),
            Bouton::secondaire("Ne rien changer").vers(urls::du_dossier(id, "equipe")),
        ])))
    };
    page(cadre, vue, &bouton, 0, contenu)
}

fn associer(vue: &Vue, saisie: &AssociationSaisie, refus: &[Raison]) -> Markup {
    let place = Some(saisie.place.as_str()).filter(|place| !place.is_empty());
    html! {
        (Formulaire::acte(urls::du_dossier(vue.dossier.id, "equipe"), html! {
            (Champ::texte("nom", "Nom de la personne")
                .valeur(saisie.nom.as_str())
                .erreur(reprise::erreur(refus, "nom")))
            (Champ::courriel("courriel", "Son adresse électronique")
                .valeur(saisie.courriel.as_str())
                .erreur(reprise::erreur(refus, "courriel")))
            (Radios::nouveaux("place", "Sa place dans l’équipe", places())
                .valeur(place)
                .erreur(reprise::erreur(refus, "place")))
            (boutons(&[Bouton::principal("Associer cette personne")]))
        }))
    }
}

fn places() -> Vec<Choix<'static>> {
    Place::TOUS
        .iter()
        .map(|place| Choix::nouveau(place.code(), typographie(place.libelle())))
        .collect()
}

/// « Responsable », « Contribution », « Lecture ».
fn court(place: Place) -> &'static str {
    let libelle = place.libelle();
    libelle.split(" : ").next().unwrap_or(libelle)
}
