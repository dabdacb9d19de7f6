//! The agreements of a call, for the pilot: where each stands, what is late.

use dsfr::{
    Alerte, Bouton, Colonne, Formulaire, Gravite, Tableau, Telechargement, Ton, badge, vide,
};
use maud::{Markup, html};
use metier::{
    commun::{Montant, Raison, temps, typographie},
    conventions::alerte_versement,
};

use super::etat;
use crate::{
    campagnes::Campagne,
    conventions::store::Inscrite,
    socle::{
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

/// What the page has to say and to whom.
pub struct Vue<'a> {
    pub campagne: &'a Campagne,
    pub inscrites: &'a [Inscrite],
    /// The decisions are known.
    pub connues: bool,
    /// Laureates without their agreement.
    pub a_proposer: i64,
    /// May propose.
    pub prepare: bool,
    /// May export the orders.
    pub exporte: bool,
    pub raisons: &'a [Raison],
}

/// `GET /campagnes/{code}/conventions`
pub fn page(cadre: &Cadre, vue: &Vue<'_>) -> Markup {
    let code = &vue.campagne.code;
    let tableau = urls::campagne(code);
    let titre = &vue.campagne.identite.titre_court;
    let verse = Montant::somme(vue.inscrites.iter().map(|i| i.convention.verse()));
    let total = Montant::somme(vue.inscrites.iter().map(|i| i.convention.montant));
    Page::new("Conventions et versements")
        .nomme(titre)
        .sous(&[(urls::PILOTAGE, "Campagnes"), (&tableau, titre)])
        .lentille(Lentille::Pilotage)
        .corrections(vue.raisons.len())
        .montrer(cadre, html! {
            (reprise::sommaire("rien n’a été proposé.", vue.raisons))
            @if let Some(alerte) = retards(cadre, vue) { (alerte) }
            (a_proposer(vue))
            @if vue.inscrites.is_empty() && vue.a_proposer == 0 {
                (vide("Aucune convention n’est proposée.", &html! {
                    @if !vue.connues { p { "Les conventions se proposent après la notification." } }
                }))
            } @else if !vue.inscrites.is_empty() {
                p { (typographie(&format!("{}, {total} ; versé : {verse}.", combien(vue.inscrites.len())))) }
                @if let Some(phrase) = en_impression(vue.inscrites) { p { (typographie(&phrase)) } }
                (lignes(cadre, vue.inscrites))
            }
            @if vue.exporte && vue.inscrites.iter().any(|i| i.convention.est_versee()) {
                p { (Telechargement::nouveau("Ordres de versement validés", urls::ordres_de_campagne(code), "csv", None)) }
            }
        })
}

/// The act, while a laureate waits for it.
fn a_proposer(vue: &Vue<'_>) -> Markup {
    html! {
        @if vue.connues && vue.a_proposer > 0 {
            p { (typographie(&format!("Lauréats sans convention : {}.", vue.a_proposer))) }
            @if vue.prepare {
                (Formulaire::acte(urls::conventions_de_campagne(&vue.campagne.code), html! {
                    (Bouton::principal("Proposer les conventions"))
                }).etiquette("Proposer les conventions aux lauréats"))
            } @else {
                p { "Une personne chargée de mission les propose." }
            }
        }
    }
}

/// « 1 convention », « 15 conventions ».
fn combien(nombre: usize) -> String {
    match nombre {
        1 => "1 convention".to_owned(),
        n => format!("{n} conventions"),
    }
}

/// How many texts are being printed: none is signed before.
fn en_impression(inscrites: &[Inscrite]) -> Option<String> {
    let sans_texte = |inscrite: &&Inscrite| inscrite.convention.texte.is_none();
    match inscrites.iter().filter(sans_texte).count() {
        0 => None,
        1 => Some("Un texte s’imprime encore. Actualisez la page dans un instant.".to_owned()),
        n => Some(format!(
            "{n} textes s’impriment encore. Actualisez la page dans un instant."
        )),
    }
}

/// Payments near or past their sixtieth day.
fn retards(cadre: &Cadre, vue: &Vue<'_>) -> Option<Alerte<'static>> {
    let alertes: Vec<_> = vue
        .inscrites
        .iter()
        .filter_map(|i| alerte_versement(&i.convention, cadre.maintenant))
        .collect();
    let premiere = alertes.iter().min_by_key(|alerte| alerte.au_plus_tard)?;
    let combien = match alertes.len() {
        1 => "1 aide reste à verser".to_owned(),
        n => format!("{n} aides restent à verser"),
    };
    Some(
        Alerte::nouvelle(Gravite::Attention, format!("{combien}.")).suite(html! {
            p { (premiere.phrase()) " (loi 2021-875\u{202f}: 60 jours après la notification)" }
        }),
    )
}

fn lignes(cadre: &Cadre, inscrites: &[Inscrite]) -> Tableau<'static> {
    let rangees = inscrites.iter().map(|inscrite| {
        let convention = &inscrite.convention;
        let signee = |le: Option<jiff::Timestamp>| le.map_or_else(|| "—".to_owned(), temps::jour_court);
        vec![
            html! { (dsfr::lien(&urls::convention(convention.id), &inscrite.numero)) },
            html! { (inscrite.nom_du_pole) },
            html! { (convention.montant) },
            html! { (etat(inscrite)) },
            html! { (signee(convention.beneficiaire.as_ref().map(|s| s.signee_le))) },
            html! { (signee(convention.validation.as_ref().map(|s| s.signee_le))) },
            html! {
                @match (convention.versements.first(), alerte_versement(convention, cadre.maintenant)) {
                    (Some(versement), _) => (temps::jour_court(versement.valide_le)),
                    (None, Some(alerte)) => (badge(Ton::Attention, &format!("Jusqu’au {}", temps::jour_court_de(alerte.au_plus_tard)))),
                    (None, None) => @if inscrite.ordre.is_some() { "Ordre préparé" } @else { "—" },
                }
            },
        ]
    });
    Tableau::nouveau(
        "Conventions de l’appel",
        vec![
            Colonne::cle("Convention"),
            Colonne::texte("Pôle"),
            Colonne::nombre("Aide"),
            Colonne::texte("État"),
            Colonne::texte("Signée le"),
            Colonne::texte("Validée le"),
            Colonne::texte("Versement"),
        ],
    )
    .legende_masquee()
    .serre()
    .lignes(rangees.collect::<Vec<_>>())
}
