//! Dossiers as a pole's team sees them.

mod budget;
mod commun;
mod depot;
mod equipe;
mod membres;
mod pieces;
mod regles;
mod rubrique;
mod sommaire;
mod verification;

pub use budget::{Blanches, budget, conflit as conflit_budget, corrections as corrections_budget};
pub use commun::adresse;
pub use depot::{Cases, accuse, historique, retrait, verifier};
pub use equipe::{AssociationSaisie, equipe, fin as fin_dans_l_equipe};
pub use membres::{conflit as conflit_membres, corrections as corrections_membres, membres};
pub use pieces::pieces;
pub use rubrique::{DeuxTextes, Retour, conflit, rubrique};
pub use sommaire::{DossierSuivi, Espace, espace, refus, sommaire};
pub use verification::{
    Demande, ILLISIBLE, Montre, Quoi, RIEN_A_VERIFIER, SANS_CODE, a_confirmer, code_inconnu,
    constat, delivre_ici,
};

use dsfr::{Bouton, boutons};
use maud::{Markup, html};
use metier::{commun::Raison, dossiers::PORTEUSE, poles::Information};
use uuid::Uuid;

use crate::{
    socle::{
        mise_en_page::{Cadre, Page},
        reprise,
    },
    urls,
};

/// A refusal to open a draft: there is no dossier yet to come back to. What the
/// record of the pole lacks is said there.
pub fn refus_d_ouverture(cadre: &Cadre, pole: Option<Uuid>, raisons: &[Raison]) -> Markup {
    let porteuse = raisons.iter().any(|r| r.ancre.as_deref() == Some(PORTEUSE));
    let fiche = pole.filter(|_| porteuse);
    let fiche = fiche.map(|pole| urls::correction(pole, Information::Porteuse));
    let appels = match fiche {
        None => Bouton::principal("Revenir aux appels"),
        Some(_) => Bouton::secondaire("Revenir aux appels"),
    };
    let fiche = fiche.map(|fiche| Bouton::principal("Indiquer la structure porteuse").vers(fiche));
    let suites: Vec<Bouton<'_>> = fiche
        .into_iter()
        .chain([appels.vers(urls::APPELS)])
        .collect();
    let sans_lien: Vec<Raison> = raisons
        .iter()
        .cloned()
        .map(|raison| Raison {
            ancre: None,
            ..raison
        })
        .collect();
    Page::new("Commencer un dossier")
        .corrections(raisons.len())
        .montrer(
            cadre,
            html! {
                (reprise::sommaire("cela ne peut pas se faire.", &sans_lien))
                (boutons(&suites))
            },
        )
}
