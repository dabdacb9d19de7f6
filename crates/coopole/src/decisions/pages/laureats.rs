//! The laureates of a call, for everybody, after the instant.

use dsfr::{Colonne, Tableau, vide};
use maud::{Markup, html};
use metier::commun::{Montant, temps, typographie};

use crate::{
    decisions::{appel::Appel, store::Laureat},
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// Before: the calendar of the call, and nothing else. After: the list.
pub fn page(
    cadre: &Cadre,
    appel: &Appel,
    laureats: &[Laureat],
    depuis: Option<jiff::Timestamp>,
) -> Markup {
    let adresse = urls::appel(&appel.code);
    Page::new("Lauréats")
        .nomme(appel.titre_court())
        .sous(&[(urls::APPELS, "Appels"), (&adresse, appel.titre_court())])
        .indexable()
        .montrer(
            cadre,
            match depuis {
                None => avant(appel),
                Some(le) => liste(laureats, le),
            },
        )
}

fn avant(appel: &Appel) -> Markup {
    let quand = match appel.notification_prevue() {
        Some(moment) => format!("Elle est prévue {}.", moment.en_mots()),
        None => "Sa date n’est pas précisée par la notice.".to_owned(),
    };
    vide(
        &typographie(&format!("La liste paraîtra à la notification. {quand}")),
        &dsfr::lien(&urls::appel(&appel.code), "Voir l’appel"),
    )
}

fn liste(laureats: &[Laureat], le: jiff::Timestamp) -> Markup {
    let total = Montant::somme(laureats.iter().map(|l| l.montant));
    let combien = match laureats.len() {
        0 => "Aucun pôle n’est retenu.".to_owned(),
        1 => format!("1 pôle retenu, pour {total}."),
        n => format!("{n} pôles retenus, pour {total}."),
    };
    let lignes = laureats.iter().map(|laureat| {
        vec![
            html! { (laureat.pole) },
            html! { (laureat.structure) },
            html! { (laureat.region.nom()) },
            html! { (laureat.montant) },
        ]
    });
    html! {
        p { (typographie(&format!("{combien} Décisions notifiées le {}.", temps::instant_long(le)))) }
        @if !laureats.is_empty() {
            (Tableau::nouveau("Pôles lauréats", vec![
                Colonne::cle("Pôle"),
                Colonne::texte("Structure porteuse"),
                Colonne::texte("Région"),
                Colonne::nombre("Aide"),
            ]).serre().lignes(lignes.collect::<Vec<_>>()))
        }
    }
}
