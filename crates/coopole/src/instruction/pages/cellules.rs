//! The regional cells, and who stands in for a region without one.

use dsfr::{
    Bouton, Champ, Choix, Colonne, Formulaire, ListeDeroulante, Tableau, Ton, badge, faits, lien,
};
use maud::{Markup, html};
use metier::{
    commun::{Raison, Region},
    instruction::Competence,
};

use crate::{
    socle::{
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

/// One region, for the pilot.
pub struct VueCellule<'a> {
    pub region: Region,
    pub competence: Competence,
    /// The regions whose cell sits: those that may stand in.
    pub siegent: Vec<Region>,
    /// Filed dossiers of the region that wait for their opinion.
    pub en_attente: i64,
    /// Whether the person may name the substitute.
    pub nomme: bool,
    /// Whether the person may publish the address of the cell.
    pub publie: bool,
    pub choisie: &'a str,
    pub raisons: &'a [Raison],
}

/// `/cellules`: a line a region.
pub fn cellules(cadre: &Cadre, lignes: &[(Competence, Region, i64)]) -> Markup {
    let colonnes = vec![
        Colonne::cle("Région"),
        Colonne::texte("Qui donne les avis"),
        Colonne::nombre("Dossiers en attente d’avis"),
    ];
    let rangees = lignes.iter().map(|(competence, region, combien)| {
        vec![
            html! { (lien(&urls::cellule_de(*region), region.nom())) },
            qui(*competence),
            html! { (combien) },
        ]
    });
    Page::new("Cellules régionales")
        .sous(&[(urls::PILOTAGE, "Campagnes")])
        .lentille(Lentille::Pilotage)
        .montrer(
            cadre,
            html! {
                p {
                    "L’avis revient à la cellule de la région où est la structure porteuse. "
                    "Une région sans cellule a une suppléante, que vous nommez\u{202f}; à défaut, vous instruisez \
                     vous-même ses dossiers."
                }
                (Tableau::nouveau("Qui donne les avis, région par région", colonnes)
                    .legende_masquee()
                    .serre()
                    .lignes(rangees.collect::<Vec<_>>()))
            },
        )
}

fn qui(competence: Competence) -> Markup {
    html! {
        @match competence {
            Competence::Titulaire(_) => "Sa cellule",
            Competence::Suppleante { cellule, .. } => { "Suppléée par la cellule " (cellule.nom()) },
            Competence::EtatSeul(_) => (badge(Ton::Attention, "Sans cellule")),
        }
    }
}

/// `/cellules/{region}`: who gives its opinions, and the form that changes it.
pub fn cellule(cadre: &Cadre, vue: &VueCellule<'_>) -> Markup {
    let titre = format!("Avis de la région {}", vue.region.nom());
    Page::new(&titre)
        .sous(&[
            (urls::PILOTAGE, "Campagnes"),
            (urls::CELLULES, "Cellules régionales"),
        ])
        .lentille(Lentille::Pilotage)
        .corrections(vue.raisons.len())
        .montrer(
            cadre,
            html! {
                (reprise::points(vue.raisons))
                (faits(&[
                    ("Qui donne les avis", qui(vue.competence)),
                    ("Dossiers en attente d’avis", html! { (vue.en_attente) }),
                ]))
                @match vue.competence {
                    Competence::Titulaire(_) => {
                        p { "Cette région a sa cellule\u{202f}: personne ne la supplée." }
                        @if vue.publie {
                            p { (lien(&urls::contact_de_cellule(vue.region), "L’adresse où le public écrit à cette cellule")) }
                        }
                    }
                    _ if vue.nomme => (formulaire(vue)),
                    _ => p { "La suppléante est nommée par la préparation ou la décision du pilotage." },
                }
            },
        )
}

/// The address of a cell, as it is typed.
pub struct VueContact<'a> {
    pub region: Region,
    pub saisie: &'a str,
    pub raisons: &'a [Raison],
}

/// `/cellules/{region}/contact`
pub fn contact(cadre: &Cadre, vue: &VueContact<'_>) -> Markup {
    let region = vue.region;
    Page::new("Écrire à la cellule")
        .nomme(region.nom())
        .sous(&[(&urls::region(region), region.nom())])
        .corrections(vue.raisons.len())
        .montrer(
            cadre,
            html! {
                (reprise::points(vue.raisons))
                p {
                    "Les pages publiques de la région, de ses départements et de ses intercommunalités donnent cette \
                     adresse à qui veut écrire à la cellule. Elle paraît aussitôt."
                }
                (Formulaire::acte(urls::contact_de_cellule(region), html! {
                    (Champ::texte("courriel", "Adresse électronique de la cellule")
                        .aide("Une adresse que plusieurs relèvent, jamais celle d’une personne. Vide\u{202f}: aucune adresse n’est publiée.")
                        .facultatif()
                        .valeur(vue.saisie)
                        .erreur(reprise::erreur(vue.raisons, "courriel")))
                    (Bouton::principal("Publier l’adresse"))
                }).etiquette("Publier l’adresse"))
            },
        )
}

fn formulaire(vue: &VueCellule<'_>) -> Markup {
    let choix = vue.siegent.iter();
    let choix = choix.map(|region| Choix::nouveau(region.code(), region.nom()));
    html! {
        (Formulaire::acte(urls::suppleance(vue.region), html! {
            (ListeDeroulante::nouvelle("cellule", "Cellule qui supplée", choix.collect())
                .aide("Elle verra aussitôt les dossiers de la région, et l’ancienne ne les verra plus.")
                .valeur((!vue.choisie.is_empty()).then_some(vue.choisie))
                .erreur(reprise::erreur(vue.raisons, "cellule")))
            (Bouton::principal("Nommer la suppléante"))
        }).etiquette("Nommer la suppléante"))
    }
}
