//! The machine, in sentences.

use dsfr::{Alerte, Bouton, Colonne, Formulaire, Gravite, Tableau, faits, nombre, vide};
use jiff::Timestamp;
use maud::{Markup, html};
use metier::commun::temps;

use super::store::{Sante, TacheEnEchec};
use crate::{
    socle::{
        journal::scellement::Tete,
        mise_en_page::{Cadre, Lentille, Page},
    },
    urls,
};

/// What the page says of the machine.
pub struct Machine {
    pub base: &'static str,
    pub poste: bool,
    pub sante: Sante,
    pub tete: Option<Tete>,
    pub taches: Vec<TacheEnEchec>,
}

/// What works, what failed, what to try again.
pub fn sante(cadre: &Cadre, machine: &Machine) -> Markup {
    Page::new("Santé de la machine").lentille(Lentille::Administration).montrer(cadre, html! {
        @if machine.taches.is_empty() {
            (Alerte::nouvelle(Gravite::CestFait, "tout ce qui était dû a été fait."))
        } @else {
            (Alerte::nouvelle(
                Gravite::Attention,
                format!("{} en échec, à relancer ou à comprendre.", taches(machine.taches.len())),
            ))
        }
        (faits(&[
            ("Base de données", html! { (machine.base) ", elle répond." }),
            ("Comptes", html! { (compte(machine.sante.comptes)) }),
            ("Tâches en attente", html! { (compte(machine.sante.taches_en_attente)) }),
            ("Courriels", html! { (courriels(machine)) }),
            ("Journal", html! { (journal(machine)) }),
            ("Antivirus", html! { "Aucun analyseur n’est réglé\u{202f}: les pièces sont contrôlées par leur type et leur poids." }),
        ]))
        h2 { "Tâches en échec" }
        @if machine.taches.is_empty() {
            (vide("Aucune tâche en échec.", &html! { p { "Une tâche qui échoue est reprise d’elle-même, de plus en plus tard, huit fois." } }))
        } @else {
            (liste(&machine.taches))
        }
    })
}

fn taches(combien: usize) -> String {
    format!("{combien} tâche{}", if combien > 1 { "s" } else { "" })
}

fn compte(combien: i64) -> String {
    nombre(u64::try_from(combien).unwrap_or_default())
}

fn courriels(machine: &Machine) -> String {
    match machine.poste {
        true => format!("{} à envoyer.", compte(machine.sante.courriels_a_envoyer)),
        false => format!(
            "{} gardés\u{202f}: aucun serveur d’envoi n’est réglé (COOPOLE_SMTP).",
            compte(machine.sante.courriels_a_envoyer)
        ),
    }
}

fn journal(machine: &Machine) -> String {
    match &machine.tete {
        None => "Rien n’est encore scellé.".into(),
        Some(tete) => format!(
            "{} entrées scellées, {} en attente de scellement.",
            compte(tete.taille),
            compte(machine.sante.a_sceller)
        ),
    }
}

fn liste(taches: &[TacheEnEchec]) -> Markup {
    let mut tableau = Tableau::nouveau(
        "Tâches en échec",
        vec![
            Colonne::texte("Tâche"),
            Colonne::texte("Due le"),
            Colonne::nombre("Essais"),
            Colonne::texte("Constat"),
            Colonne::texte("Agir"),
        ],
    );
    for tache in taches {
        let due = Timestamp::from_millisecond(tache.due_le).map(temps::jour_court);
        tableau = tableau.ligne(vec![
            html! { (tache.genre) },
            html! { (due.unwrap_or_default()) },
            html! { (tache.essais) },
            html! { (tache.constat) },
            html! {
                (Formulaire::acte(urls::relance(tache.id), html! {
                    (Bouton::secondaire("Relancer la tâche").petit())
                }))
            },
        ]);
    }
    html! { (tableau) }
}
