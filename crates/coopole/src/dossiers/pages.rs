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
use metier::commun::Raison;

use crate::{
    socle::{
        mise_en_page::{Cadre, Page},
        reprise,
    },
    urls,
};

/// A refusal, when there is no dossier yet to come back to.
pub fn refus_sans_dossier(cadre: &Cadre, titre: &str, raisons: &[Raison]) -> Markup {
    Page::new(titre).corrections(raisons.len()).montrer(
        cadre,
        html! {
            (reprise::sommaire("cela ne peut pas se faire.", raisons))
            (boutons(&[Bouton::principal("Revenir aux appels").vers(urls::APPELS)]))
        },
    )
}
