//! Signing in, as it is shown.

use dsfr::{Alerte, Bouton, Champ, Formulaire, Gravite, Niveau, boutons, grille, lecture};
use maud::{Markup, html};
use metier::commun::{Raison, typographie};

use super::{demandes::JOURS_SANS_SUITE, store::Membre};
use crate::{
    socle::{
        mise_en_page::{Cadre, Page},
        reprise,
    },
    urls,
};

/// The sign-in page. In demonstration it also offers the cast.
pub fn connexion(
    cadre: &Cadre,
    suite: Option<&str>,
    saisi: &str,
    erreur: Option<&str>,
    distribution: &[Membre],
) -> Markup {
    let formulaire = html! {
        (Champ::courriel("courriel", "Votre adresse électronique")
            .aide("Celle de votre compte, ou celle d’un compte à ouvrir. Format attendu\u{202f}: nom@organisation.fr")
            .valeur(saisi)
            .erreur(erreur))
        (Bouton::principal("Recevoir un lien"))
    };
    Page::new("Se connecter").corrections(usize::from(erreur.is_some())).montrer(cadre, html! {
        p.fr-text--lead {
            "Pas de mot de passe\u{202f}: un lien vous est envoyé. Il sert une fois, pendant 15\u{a0}minutes. "
            "Il ouvre votre compte si vous n’en avez pas."
        }
        (lecture(&html! { (avec_suite(Formulaire::acte(urls::CONNEXION, formulaire), suite)) }))
        @if !distribution.is_empty() {
            section aria-labelledby="distribution" {
                h2 #distribution { "Entrer dans la démonstration" }
                p { "Choisissez une personne\u{202f}: vous verrez le service comme elle." }
                (troupe(distribution, suite))
            }
        }
    })
}

/// Keeps the page first asked through the form.
fn avec_suite<'a>(formulaire: Formulaire<'a>, suite: Option<&'a str>) -> Formulaire<'a> {
    match suite {
        Some(suite) => formulaire.cache("suite", suite),
        None => formulaire,
    }
}

/// The cast, by what they are there for.
fn troupe(distribution: &[Membre], suite: Option<&str>) -> Markup {
    const EQUIPES: [(&str, &[&str]); 8] = [
        ("Les équipes des pôles", &["porteur"]),
        ("Les cellules régionales", &["cra"]),
        ("La cellule nationale", &["cna"]),
        ("Le Trésor", &["pilote"]),
        ("La Charte", &["charte"]),
        ("L’animation nationale", &["animation"]),
        ("Les collectivités", &["collectivite"]),
        ("La machine et sa preuve", &["admin", "auditeur"]),
    ];
    html! {
        @for (equipe, roles) in EQUIPES {
            @let membres = distribution.iter().filter(|membre| roles.contains(&membre.role.as_str()));
            h3.fr-h5 { (equipe) }
            (grille(membres.map(|membre| entree(membre, suite))))
        }
    }
}

/// One click, one person.
fn entree(membre: &Membre, suite: Option<&str>) -> Markup {
    let formulaire = Formulaire::acte(
        urls::DISTRIBUTION,
        html! {
            (Bouton::secondaire(membre.nom.as_str()))
            p.fr-hint-text { (titre(membre)) }
        },
    )
    .cache("compte", membre.id.to_string());
    html! { (avec_suite(formulaire, suite)) }
}

/// « Instruit : Bretagne », what the person holds, in words.
fn titre(membre: &Membre) -> String {
    let role = match (membre.role.as_str(), membre.qualite.as_deref()) {
        ("porteur", Some("responsable")) => "Responsable\u{202f}:",
        ("porteur", Some("contributeur")) => "Contribue\u{202f}:",
        ("porteur", _) => "Lit\u{202f}:",
        ("cra", Some("instructeur")) => "Instruit\u{202f}:",
        ("cra", _) => "Anime\u{202f}:",
        ("cna", _) => "Examine au comité national",
        ("pilote", Some("charge_mission")) => "Pilotage\u{202f}: prépare les décisions",
        ("pilote", Some("decideur")) => "Pilotage\u{202f}: arrête les décisions et signe",
        ("pilote", Some("ordonnateur")) => "Pilotage\u{202f}: valide les versements",
        ("pilote", _) => "Pilotage",
        ("collectivite", _) => "Suit son territoire\u{202f}:",
        ("charte", _) => "Tient la Charte et ses signatures",
        ("animation", _) => "Anime le réseau et apporte des listes au registre",
        ("admin", _) => "Administre la machine",
        ("auditeur", _) => "Vérifie le journal",
        (autre, _) => autre,
    };
    match membre.lieu() {
        Some(lieu) => typographie(&format!("{role} {lieu}")),
        None => role.to_owned(),
    }
}

/// The answer to every request for a link, whatever the address.
pub fn lien_demande(cadre: &Cadre) -> Markup {
    Page::new("Consultez votre messagerie").montrer(
        cadre,
        html! {
            (Alerte::nouvelle(
                Gravite::CestFait,
                "Un lien vient d’être envoyé à cette adresse. Il sert une fois, pendant 15\u{a0}minutes.",
            ).niveau(Niveau::H2).apres_un_acte())
            p { "Rien ne vient\u{202f}? Regardez dans les courriers indésirables, puis "
                (dsfr::lien(urls::CONNEXION, "demandez un autre lien")) "." }
            @if cadre.demonstration.is_some() {
                p { "En démonstration, les courriels se lisent à la page "
                    (dsfr::lien(urls::COURRIELS, "Courriels")) "." }
            }
        },
    )
}

/// A link was opened. A button, because mail scanners open links too.
pub fn lien(cadre: &Cadre, jeton: &str) -> Markup {
    Page::new("Vous connecter").montrer(
        cadre,
        html! {
            p { "Votre lien est reconnu. Un dernier geste, et vous êtes chez vous." }
            (Formulaire::acte(urls::lien_de_connexion(jeton), html! {
                (Bouton::principal("Me connecter"))
            }))
        },
    )
}

/// A link sent to an address without an account: it opens one, which may do
/// nothing yet.
pub fn lien_nouveau(cadre: &Cadre, jeton: &str, nom: &str, raisons: &[Raison]) -> Markup {
    Page::new("Ouvrir votre compte").corrections(raisons.len()).montrer(
        cadre,
        html! {
            (reprise::sommaire("aucun compte n’est ouvert.", raisons))
            p.fr-text--lead {
                "Votre adresse est reconnue, et aucun compte ne s’y trouve. Dites qui vous êtes\u{202f}: le compte \
                 s’ouvre sans aucun droit."
            }
            p {
                "Avec lui, vous pouvez déclarer un pôle, dire que l’un d’eux est le vôtre, proposer une correction. "
                (typographie(&format!(
                    "Un compte qui ne sert à rien de cela s’efface de lui-même après {JOURS_SANS_SUITE} jours.")))
            }
            (lecture(&html! { (Formulaire::acte(urls::lien_de_connexion(jeton), html! {
                (Champ::texte("nom", "Vos prénom et nom")
                    .aide("Lus par la cellule de la région à qui vous vous adressez, jamais publiés.")
                    .valeur(nom)
                    .erreur(reprise::erreur(raisons, "nom")))
                (Bouton::principal("Ouvrir mon compte"))
            })) }))
        },
    )
}

/// The link served already, is too old, or never existed: the same words.
pub fn lien_mort(cadre: &Cadre) -> Markup {
    Page::new("Ce lien ne sert plus").montrer(cadre, html! {
        p { "Un lien sert une fois, pendant 15\u{a0}minutes. Celui-ci a déjà servi, ou il est trop ancien." }
        (boutons(&[Bouton::principal("Recevoir un autre lien").vers(urls::CONNEXION)]))
    })
}

/// Where one signs out, here or everywhere.
pub fn compte(cadre: &Cadre, sessions: i64) -> Markup {
    let personne = cadre.personne.as_ref();
    Page::new("Votre compte").montrer(
        cadre,
        html! {
            @if let Some(personne) = personne {
                p { (personne.nom) ", " (personne.courriel) }
            }
            p { "Sessions ouvertes\u{202f}: " (sessions) "." }
            p { (dsfr::lien(urls::SUIVIS, "Territoires suivis")) "\u{202f}: un courriel le lundi, quand un pôle y est nouveau." }
            (Formulaire::acte(urls::DECONNEXION, html! { (Bouton::principal("Me déconnecter")) }).qui_oublie())
            (Formulaire::acte(urls::DECONNEXION_PARTOUT, html! {
                (Bouton::secondaire("Me déconnecter de tous mes appareils"))
            }).qui_oublie())
        },
    )
}
