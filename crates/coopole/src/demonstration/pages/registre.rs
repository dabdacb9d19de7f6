//! The tour of the register of 2022: no call is told there.

use dsfr::lien;
use maud::{Markup, html};
use metier::{commun::typographie, poles::Liste};

use super::tout_reprendre;
use crate::{
    registre::Filtre,
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// A register of 203 poles, and what to ask of it.
pub fn visite_du_registre(cadre: &Cadre) -> Markup {
    let au = |le: &str| Filtre {
        le: le.to_owned(),
        ..Filtre::default()
    };
    Page::new("Visite guidée").montrer(cadre, html! {
        p.fr-text--lead {
            (typographie("Ce monde est un registre de 203 pôles inventés, avec les nombres que la note des réseaux \
                          a publiés le 27 mars 2023. Aucun appel ne s’y joue."))
        }
        ol {
            li { (lien(&au("2022-12-31").adresse(), "Le recensement au 31 décembre 2022")) }
            li { (lien(&au("2021-03-27").adresse(), "Le même, deux ans avant la note")) }
            li {
                (lien(&au("2022-12-31").vers(Liste::LaureatsSeuls, ""),
                    "Les lauréats qui n’ont pas signé la Charte"))
            }
            li { (lien(urls::POLES, "L’annuaire des pôles")) }
        }
        (tout_reprendre("le lundi 27 mars 2023"))
    })
}
