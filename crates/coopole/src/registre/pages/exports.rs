//! The list as files, wherever it is shown: one line of links, the same filters.

use dsfr::lien;
use maud::{Markup, html};
use metier::commun::typographie;

use crate::{
    registre::{annuaire::Filtre, export::LICENCE},
    urls,
};

/// « Toute cette liste : XLSX · CSV pour tableur · … »
pub fn exports(filtre: &Filtre) -> Markup {
    let filtre = filtre.du_debut();
    let formes = [
        (urls::POLES_XLSX, "XLSX"),
        (urls::POLES_CSV_TABLEUR, "CSV pour tableur"),
        (urls::POLES_CSV, "CSV (données ouvertes)"),
        (urls::POLES_JSON, "JSON"),
        (urls::POLES_GEOJSON, "GeoJSON"),
    ];
    html! {
        p {
            (typographie("Toute cette liste : "))
            @for (rang, (forme, nom)) in formes.iter().enumerate() {
                @if rang > 0 { " · " }
                (lien(&filtre.adresse(forme), nom))
            }
            ", sous " (LICENCE) ". " (lien(urls::DONNEES, "Ce que disent ces fichiers"))
        }
    }
}
