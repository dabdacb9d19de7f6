//! The sitting: who has marked what, then the ranking and how far examiners
//! stand from one another.

use dsfr::{Bouton, Case, Colonne, Formulaire, Repli, Tableau, Telechargement, Ton, badge, vide};
use maud::{Markup, html};
use metier::{
    comite::{Rang, RefusSeance},
    commun::{Raison, Refus, temps, typographie},
};

use crate::{
    socle::{
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

/// A place of the ranking, with the name of its pole.
pub struct RangVu {
    pub rang: Rang,
    pub nom: String,
}

pub struct VueSeance<'a> {
    pub code: &'a str,
    pub titre: &'a str,
    pub lentille: Lentille,
    /// When it was closed, and by whom.
    pub close: Option<(jiff::Timestamp, String)>,
    /// For the pilot: marks given, dossier by dossier.
    pub examens: Option<Vec<(String, String, i64)>>,
    /// For an examiner: visible dossiers, own marks given.
    pub avancement: Option<(i64, i64)>,
    pub rangs: Vec<RangVu>,
    /// Names of the dossiers nobody marked.
    pub non_notes: Vec<String>,
    /// For whoever closes it: how many dossiers have no mark, or why it is not
    /// the time.
    pub clore: Option<Result<usize, RefusSeance>>,
    pub raisons: &'a [Raison],
}

pub fn seance(cadre: &Cadre, vue: &VueSeance<'_>) -> Markup {
    let (retour, nom) = match vue.lentille {
        Lentille::Comite => (urls::COMITE, "À faire"),
        _ => (urls::PILOTAGE, "Campagnes"),
    };
    let etat = match &vue.close {
        Some(_) => badge(Ton::Favorable, "Séance close"),
        None => badge(Ton::Information, "Notes en cours"),
    };
    Page::new("Séance du comité")
        .nomme(vue.titre)
        .sous(&[(retour, nom)])
        .lentille(vue.lentille.clone())
        .etat(etat)
        .corrections(vue.raisons.len())
        .montrer(
            cadre,
            html! {
                (reprise::points(vue.raisons))
                @match &vue.close {
                    Some((le, par)) => {
                        p { "Close le " (temps::instant_long(*le)) " par " (par) "." }
                        (classement(vue))
                    }
                    None => (en_cours(vue)),
                }
            },
        )
}

fn en_cours(vue: &VueSeance<'_>) -> Markup {
    html! {
        p { "Le classement et les notes des autres se lisent une fois la séance close." }
        @if let Some((tous, rendus)) = vue.avancement {
            p { (typographie(&format!("Vos notes rendues : {rendus} sur {tous}."))) }
        }
        @if let Some(examens) = &vue.examens { (examens_rendus(examens)) }
        @match &vue.clore {
            Some(Ok(sans_note)) => {
                (Formulaire::acte(urls::de_la_seance(vue.code, "cloture"), html! {
                    @if *sans_note > 0 {
                        (Case::nouvelle("malgre_tout", "Clore même si des dossiers n’ont reçu aucune note"))
                    }
                    p.fr-hint-text { "Close, la séance fige les notes et ouvre le classement." }
                    (Bouton::principal("Clore la séance"))
                }).etiquette("Clore la séance"))
            }
            Some(Err(pas_encore)) => { @for raison in pas_encore.raisons() { p { (raison.phrase) } } }
            None => {}
        }
    }
}

fn examens_rendus(examens: &[(String, String, i64)]) -> Markup {
    let lignes = examens.iter().map(|(numero, pole, combien)| {
        vec![html! { (pole) }, html! { (numero) }, html! { (combien) }]
    });
    html! {
        @if examens.is_empty() {
            (vide("Aucun dossier n’est à examiner.", &html! {}))
        } @else {
            (Tableau::nouveau("Notes rendues, dossier par dossier", vec![
                Colonne::cle("Dossier"),
                Colonne::texte("Numéro"),
                Colonne::nombre("Examens rendus"),
            ]).serre().lignes(lignes))
        }
    }
}

fn classement(vue: &VueSeance<'_>) -> Markup {
    let lignes = vue.rangs.iter().map(|vu| {
        let (rang, ecart) = (&vu.rang, vu.rang.ecart);
        vec![
            html! {
                (rang.rang) ". " (vu.nom)
                @if let Some(departage) = rang.departage { br; span.fr-hint-text { (departage) } }
            },
            html! { (rang.moyenne) },
            html! { (ecart.examens) },
            html! { (ecart.min) },
            html! { (ecart.max) },
            html! { (ecart.etendue()) },
            html! { (rang.numero) },
        ]
    });
    html! {
        @if vue.rangs.is_empty() {
            (vide("Aucun dossier n’est classé.", &html! {}))
        } @else {
            (Tableau::nouveau("Classement calculé : il propose, l’État décide", vec![
                Colonne::cle("Rang et dossier"),
                Colonne::nombre("Moyenne"),
                Colonne::nombre("Examens"),
                Colonne::nombre("Note la plus basse"),
                Colonne::nombre("Note la plus haute"),
                Colonne::nombre("Écart"),
                Colonne::texte("Numéro"),
            ]).repli(Repli::Defilement).lignes(lignes))
            (Telechargement::nouveau(
                "Exporter le classement",
                urls::de_la_seance(vue.code, "export"),
                "csv",
                None,
            ))
        }
        @if !vue.non_notes.is_empty() {
            h2 { "Dossiers sans note" }
            ul { @for nom in &vue.non_notes { li { (nom) } } }
        }
    }
}

/// The same ranking, as rows of a file.
pub fn tableur(rangs: &[RangVu]) -> Vec<Vec<String>> {
    let titres = [
        "Rang",
        "Numéro",
        "Pôle",
        "Moyenne",
        "Examens",
        "Note la plus basse",
        "Note la plus haute",
        "Départage",
    ];
    let mut lignes = vec![titres.map(str::to_owned).to_vec()];
    lignes.extend(rangs.iter().map(|vu| {
        vec![
            vu.rang.rang.to_string(),
            vu.rang.numero.to_string(),
            vu.nom.clone(),
            vu.rang.moyenne.to_string(),
            vu.rang.ecart.examens.to_string(),
            vu.rang.ecart.min.to_string(),
            vu.rang.ecart.max.to_string(),
            vu.rang
                .departage
                .map_or_else(String::new, |d| d.to_string()),
        ]
    }));
    lignes
}
