//! The mailbox of the world: what would have been sent, and to whom.

use dsfr::{Accordeon, Niveau, Pagination, vide};
use jiff::Timestamp;
use maud::{Markup, html};
use metier::commun::{temps, typographie};

use crate::{
    demonstration::store::Courriel,
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// A page of mails, newest first; whether some came after, and before.
pub fn boite(cadre: &Cadre, courriels: &[Courriel], (recents, suite): (bool, bool)) -> Markup {
    let pli = courriels.iter().fold(
        Accordeon::nouveau("courriels").niveau(Niveau::H2),
        |pli, courriel| {
            let a = courriel.nom.as_ref().unwrap_or(&courriel.a);
            pli.section(format!("{} – à {a}", courriel.objet), un(cadre, courriel))
        },
    );
    Page::new("Courriels").montrer(cadre, html! {
        p { "Ce que le service aurait envoyé. En démonstration, rien ne part." }
        @if courriels.is_empty() {
            (vide(
                "Aucun courriel pour l’instant.",
                &html! { p { "Demandez un lien de connexion\u{202f}: le premier arrivera ici." } },
            ))
        } @else {
            (pli)
            (Pagination {
                precedente: recents.then(|| urls::COURRIELS.into()),
                suivante: courriels.last().filter(|_| suite).map(|dernier| urls::courriels(dernier.id).into()),
                ou: match courriels.len() {
                    1 => "1 courriel".into(),
                    n => format!("{n} courriels").into(),
                },
            })
        }
    })
}

fn un(cadre: &Cadre, courriel: &Courriel) -> Markup {
    html! {
        p.fr-hint-text {
            @if let Ok(le) = Timestamp::from_millisecond(courriel.cree_le) {
                (typographie(&temps::instant_long(le))) ", "
            }
            "à " (courriel.a)
        }
        @for ligne in courriel.texte.lines() { p { (suivable(cadre, courriel, ligne)) } }
    }
}

/// A line that is an address of ours leads there, once one is who it was sent to.
fn suivable(cadre: &Cadre, courriel: &Courriel, ligne: &str) -> Markup {
    let chemin = ligne
        .strip_prefix("http")
        .and_then(|reste| reste.split_once("://"))
        .and_then(|(_, reste)| reste.find('/').map(|debut| &reste[debut..]));
    let Some(chemin) = chemin else {
        return html! { (ligne) };
    };
    let a_tous = [urls::CONNEXION, urls::VERIFICATION, urls::OPPOSITIONS]
        .iter()
        .any(|debut| chemin.starts_with(debut));
    let est_a_moi = cadre
        .personne
        .as_ref()
        .is_some_and(|p| p.courriel == courriel.a);
    match (a_tous || est_a_moi, &courriel.nom) {
        (true, _) => html! { a.fr-link href=(chemin) { (ligne) } },
        (false, Some(nom)) if courriel.distribution => html! {
            (ligne) br;
            (dsfr::lien(&urls::connexion(Some(chemin)), &typographie(&format!("Suivre ce lien : entrer comme {nom}"))))
        },
        _ => html! {
            (ligne) br;
            "Ce lien s’ouvre à un figurant\u{202f}: on n’entre pas à sa place."
        },
    }
}
