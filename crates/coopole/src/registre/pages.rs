//! The public face, as it is shown.

use dsfr::{Bouton, boutons};
use maud::{Markup, html};

use crate::{
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// The home page: what may be done today, then what a PTCE is.
pub fn accueil(cadre: &Cadre) -> Markup {
    Page::new("Les pôles territoriaux de coopération économique").indexable().montrer(cadre, html! {
        p.fr-text--lead {
            "Un pôle réunit sur un même territoire des structures de l’économie sociale et solidaire, \
             des entreprises, des collectivités et des chercheurs, autour de projets communs."
        }
        (boutons(&[Bouton::principal("Voir les appels").vers(urls::APPELS)]))
    })
}
