//! The furniture: the State design system (DSFR 1.14.4) as typed functions.
//!
//! A component is a small type that knows how to draw itself
//! (`maud::Render`), so that a page splices it: `(Champ::texte("siret", "SIRET"))`.
//! Every crate that shows pages may use this one; it knows nothing of PTCE, of
//! the web server or of the clock, and it never fetches, decides or translates.
//!
//! What holds everywhere:
//! - texts come finished: the caller has done the typography;
//! - no inline style and no inline script, so that a strict CSP holds;
//! - a page works without script: what a script animates is marked by a
//!   `data-co-…` attribute, listed in `web/src/`;
//! - an `id` is the name of its field: `#nom` leads to the field in error;
//! - class names are written whole, because the build of the style sheet drops
//!   those it cannot find in the sources.

#![warn(missing_docs)]

mod accordeon;
mod alerte;
mod badge;
mod bouton;
mod champ;
mod choix;
mod code_qr;
mod entete;
mod etapes;
mod exergue;
mod fichier;
mod formulaire;
#[cfg(any(test, feature = "galerie"))]
mod galerie;
mod graphique;
mod langue;
mod liste;
mod mesure;
mod navigation;
mod page;
mod pied;
mod probleme;
mod saisie;
mod tableau;
mod tuile;
mod vivant;
mod zone;

pub use accordeon::{Accordeon, depliant, depliant_ouvert, pli};
pub use alerte::{Alerte, Bandeau, Gravite};
pub use badge::{Ton, badge, badges, etiquettes, filtres_actifs, filtres_actifs_en};
pub use bouton::{Bouton, boutons, copier_le_lien, lien};
pub use champ::{Champ, Largeur, groupe};
pub use choix::{Case, Choix, ListeDeroulante, Radios, case_de_ligne};
pub use code_qr::code_qr;
pub use entete::{Entete, Logo};
pub use etapes::{Etapes, Frise, Jalon, Moment};
pub use exergue::{Citation, MiseEnAvant, mise_en_exergue};
pub use fichier::ChampFichier;
pub use formulaire::Formulaire;
#[cfg(any(test, feature = "galerie"))]
pub use galerie::galerie;
pub use graphique::{Barres, BarresEmpilees, SERIES_MAX};
pub use langue::Langue;
pub use liste::{Fait, Taches, Telechargement, faits, vide};
pub use mesure::{nombre, poids};
pub use navigation::{Entree, MenuLateral, Onglets, Pagination, fil_d_ariane, sommaire};
pub use page::{
    Actifs, Apercu, Densite, Page, Volet, barre_d_actions, colonnes, lecture, moities,
    page_integree, panneaux,
};
pub use pied::Pied;
pub use probleme::{Probleme, SommaireErreurs};
pub use saisie::{LigneSaisie, NUMERO_A_VENIR, TableauSaisie, ecart, total};
pub use tableau::{Colonne, Repli, Tableau, Tri};
pub use tuile::{Carte, Chiffre, Tuile, grille};
pub use vivant::{Horloge, enregistrement};
pub use zone::Zone;

/// A finished text, borrowed from a view or made for the occasion.
pub type Texte<'a> = std::borrow::Cow<'a, str>;

/// How deep a heading stands, so that a component never breaks the outline of
/// the page that holds it. The `h1` belongs to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Niveau {
    /// `h2`
    #[default]
    H2,
    /// `h3`
    H3,
    /// `h4`
    H4,
}

impl Niveau {
    /// The heading of this level, with its class.
    pub(crate) fn titre(self, classe: &str, contenu: &maud::Markup) -> maud::Markup {
        maud::html! {
            @match self {
                Self::H2 => h2 class=(classe) { (contenu) },
                Self::H3 => h3 class=(classe) { (contenu) },
                Self::H4 => h4 class=(classe) { (contenu) },
            }
        }
    }
}
