//! A department and a grouping of communes: the poles there, who answers for
//! them, how they came, and where there is none.

use dsfr::{Barres, Bouton, Colonne, Tableau, boutons, depliant, faits, lien, nombre};
use maud::{Markup, html};
use metier::commun::{temps, typographie};
use uuid::Uuid;

use super::{
    annuaire::{choisir_le_monde, combien, tableau},
    recensement::{au_moins, non_calculable},
    region::cellule,
    suivis::suivre,
};
use crate::{
    poles::comptes::Lieu,
    registre::{
        annuaire::Annuaire,
        atom,
        territoire::{Charge, Croissance, DepartementLu, EpciLu},
    },
    socle::{
        departements,
        mise_en_page::{Cadre, Page},
    },
    urls,
};

/// `/departements/{code}`
pub fn departement(cadre: &Cadre, vue: &DepartementLu, suivi: Option<Uuid>) -> Markup {
    let nom = departements::lisible(vue.code);
    let region = vue.charge.region;
    let lieu = Lieu::Departement(vue.code);
    Page::new(&nom)
        .indexable()
        .flux(&atom::adresse(Some(lieu), &vue.monde))
        .sous(&[
            (urls::POLES, "Pôles"),
            (urls::REGIONS, "Régions"),
            (&vue.monde.vers(&urls::region(region)), region.nom()),
        ])
        .montrer(
            cadre,
            html! {
                p.fr-text--lead { (typographie(&combien(cadre, &vue.annuaire))) }
                (choisir_le_monde(cadre, &lieu.adresse(), &vue.monde))
                (charge(&vue.charge))
                (ses_poles(&vue.annuaire, "Aucun pôle de ce département n’est inscrit au registre."))
                (croissance(&vue.croissance))
                section aria-labelledby="epci" {
                    h2 #epci { "Par intercommunalité" }
                    (intercommunalites(vue))
                }
                (suivre(cadre, lieu, suivi))
            },
        )
}

/// `/epci/{siren}`
pub fn epci(cadre: &Cadre, vue: &EpciLu, suivi: Option<Uuid>) -> Markup {
    let departements = vue.epci.departements();
    let lieu = Lieu::Epci(vue.epci);
    Page::new(vue.epci.nom)
        .indexable()
        .flux(&atom::adresse(Some(lieu), &vue.monde))
        .sous(&[(urls::POLES, "Pôles"), (urls::REGIONS, "Régions")])
        .montrer(
            cadre,
            html! {
                p.fr-text--lead { (typographie(&combien(cadre, &vue.annuaire))) }
                (choisir_le_monde(cadre, &lieu.adresse(), &vue.monde))
                p {
                    @if vue.epci.communes.len() > 1 { (vue.epci.communes.len()) " communes. " }
                    "Elle s’étend sur"
                    @for (rang, code) in departements.iter().enumerate() {
                        @if rang > 0 { "," }
                        " " (lien(&vue.monde.vers(&urls::departement(code)), &departements::lisible(code)))
                    }
                    "."
                }
                @for charge_de in &vue.charges { (charge(charge_de)) }
                (ses_poles(&vue.annuaire, "Aucun pôle connu n’a son siège dans cette intercommunalité. Un pôle dont la \
                                           source ne donne pas la commune peut s’y trouver."))
                (croissance(&vue.croissance))
                (suivre(cadre, lieu, suivi))
            },
        )
}

/// Who answers for the poles of this region.
pub(super) fn charge(charge: &Charge) -> Markup {
    faits(&[
        (
            "Région",
            html! { (lien(&urls::region(charge.region), charge.region.nom())) },
        ),
        (
            "Cellule d’animation",
            html! { (typographie(&cellule(charge.competence))) },
        ),
        (
            "Écrire à la cellule",
            html! {
                @match &charge.contact {
                    Some(courriel) => a.fr-link href={ "mailto:" (courriel) } { (courriel) },
                    None => "adresse non publiée",
                }
            },
        ),
    ])
}

/// The poles of a place, and where to look among them.
pub(super) fn ses_poles(annuaire: &Annuaire, aucun: &str) -> Markup {
    let tous = annuaire.filtre.adresse(urls::POLES);
    let carte = annuaire.filtre.adresse(urls::CARTE);
    html! {
        section aria-labelledby="poles" {
            h2 #poles { "Ses pôles" }
            @if annuaire.fiches.is_empty() {
                p { (aucun) }
            } @else {
                (tableau(annuaire))
                (boutons(&[
                    Bouton::secondaire("Chercher parmi eux").vers(tous.as_str()),
                    Bouton::secondaire("Les voir sur la carte").vers(carte.as_str()),
                ]))
            }
        }
    }
}

/// Year after year, from the dates that sources give.
pub(super) fn croissance(croissance: &Croissance) -> Markup {
    if croissance.iter().all(|compte| compte.combien == 0) {
        return Markup::default();
    }
    let barres = croissance.iter().fold(
        Barres::nouvelles("Pôles recensés", "Au", "Pôles"),
        |barres, compte| {
            let dit = au_moins(compte.combien, compte.reserve.is_some());
            barres.barre(temps::jour_court_de(compte.jour), compte.combien, dit)
        },
    );
    let reserve = croissance.iter().rev().find_map(|compte| compte.reserve);
    html! {
        section aria-labelledby="croissance" {
            h2 #croissance { "D’une année à l’autre" }
            (barres)
            @if let Some(reserve) = reserve {
                p { (typographie(&non_calculable("La hausse", reserve))) }
            }
            p.co-source {
                (typographie("Comptés comme au recensement : à chaque date, les pôles dont une signature de la Charte \
                              vaut, ou que l’appel d’accompagnement a retenus. Ceux dont aucune source ne date le \
                              signe n’y sont pas avant aujourd’hui. "))
                (lien(urls::RECENSEMENT, "Le recensement"))
            }
        }
    }
}

fn intercommunalites(vue: &DepartementLu) -> Markup {
    let colonnes = vec![
        Colonne::cle("Intercommunalité"),
        Colonne::nombre("Pôles inscrits"),
    ];
    let (avec, sans): (Vec<_>, Vec<_>) = vue.epci.iter().partition(|(_, combien)| *combien > 0);
    let inconnue = (vue.sans_epci > 0).then(|| {
        vec![
            html! { "Intercommunalité non connue" },
            html! { (nombre(vue.sans_epci)) },
        ]
    });
    let lignes = avec.iter().map(|(epci, combien)| {
        vec![
            html! { (lien(&vue.monde.vers(&urls::epci(epci.siren)), epci.nom)) },
            html! { (nombre(*combien)) },
        ]
    });
    let lignes: Vec<_> = lignes.chain(inconnue).collect();
    html! {
        @if !lignes.is_empty() {
            (Tableau::nouveau("Pôles par intercommunalité", colonnes)
                .legende_masquee()
                .lignes(lignes))
        }
        @if !sans.is_empty() {
            (depliant(
                &typographie(&format!("Sans pôle connu : {} intercommunalités sur {}", sans.len(), vue.epci.len())),
                &html! { ul { @for (epci, _) in sans { li { (lien(&vue.monde.vers(&urls::epci(epci.siren)), epci.nom)) } } } },
            ))
        }
    }
}
