//! Dossiers as a pole's team sees them.

use dsfr::{Bouton, Probleme, SommaireErreurs, Ton, badge, boutons, faits};
use maud::{Markup, html};
use metier::commun::{Raison, temps, typographie};

use super::store::Dossier;
use crate::{
    socle::{
        droits::Personne,
        mise_en_page::{Cadre, Lentille, Page, lentilles},
    },
    urls,
};

/// The next action, the dossiers, the roles.
pub fn espace(cadre: &Cadre, personne: &Personne, dossiers: &[Dossier]) -> Markup {
    Page::new("Mon espace").montrer(cadre, html! {
        p { "Bonjour " (personne.nom) "." }
        @let lentilles = lentilles(personne);
        @if !lentilles.is_empty() {
            h2 { "Vos missions" }
            ul {
                @for (lentille, adresse) in &lentilles {
                    @if let Some(nom) = lentille.agit_pour() { li { (dsfr::lien(adresse, &nom)) } }
                }
            }
        }
        @if !dossiers.is_empty() {
            h2 { "Vos dossiers" }
            ul {
                @for dossier in dossiers {
                    li {
                        (dsfr::lien(&urls::dossier(dossier.id), &dossier.nom_du_pole))
                        " " (etat(dossier))
                    }
                }
            }
        }
        @if dossiers.is_empty() && lentilles.is_empty() {
            p { "Rien à faire pour l’instant." }
        }
        (boutons(&[Bouton::principal("Voir les appels ouverts").vers(urls::APPELS)]))
    })
}

/// The draft, section by section.
pub fn sommaire(cadre: &Cadre, dossier: &Dossier) -> Markup {
    Page::new(&dossier.nom_du_pole)
        .sous(&[(urls::ESPACE, "Mon espace")])
        .lentille(Lentille::Pole(dossier.nom_du_pole.clone()))
        .etat(etat(dossier))
        .montrer(
            cadre,
            html! {
                (faits(&[
                    ("Dossier", html! { "n°\u{a0}" (dossier.numero) }),
                    ("Structure porteuse", html! { (dossier.nom_de_la_structure) }),
                    ("Ouvert le", html! { (temps::instant_long(dossier.ouvert_le)) }),
                ]))
            },
        )
}

fn etat(dossier: &Dossier) -> Markup {
    match dossier.depose_le {
        Some(le) => badge(
            Ton::Favorable,
            &typographie(&format!("Déposé le {}", temps::instant_long(le))),
        ),
        None => badge(Ton::Neutre, "Brouillon, non déposé"),
    }
}

/// A refusal, when the page it came from has no form to show again.
pub fn refus(cadre: &Cadre, titre: &str, raisons: &[Raison]) -> Markup {
    let problemes = raisons
        .iter()
        .map(|raison| {
            Probleme::nouveau(raison.phrase.as_str())
                .source(raison.source.as_deref())
                .remede(raison.remede.as_deref())
        })
        .collect();
    Page::new(titre).corrections(raisons.len()).montrer(
        cadre,
        html! {
            (SommaireErreurs::nouveau("Cela ne peut pas se faire.", problemes))
            (boutons(&[Bouton::principal("Revenir aux appels").vers(urls::APPELS)]))
        },
    )
}
