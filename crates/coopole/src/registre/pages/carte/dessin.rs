//! The drawing: the ground, then the markers, which keep their size whatever
//! the width: each stands at so many hundredths of its view, in pixels.
//!
//! A shape says how precisely the place is known, a number how many poles.

use dsfr::nombre;
use maud::{Markup, html};
use metier::{
    commun::{Region, typographie},
    poles::Precision,
};

use crate::{
    poles::fiches::{Fiche, Jalon},
    registre::{
        annuaire::{Filtre, Monde},
        carte::{self, Carte, Dessin, Echelle, Marqueur, Place, Vue},
    },
    urls,
};

/// All the views, the metropole first.
pub fn dessin(carte: &Carte) -> Markup {
    html! {
        (formes())
        div.co-carte__vues {
            @for dessin in &carte.dessins { (vue(carte, dessin)) }
        }
    }
}

/// The shapes, once; each covers 24 pixels, to be hit.
fn formes() -> Markup {
    html! {
        svg.co-motifs width="0" height="0" aria-hidden="true" {
            defs {
                g #un-commune { (cible()) circle r="5.5" {} }
                g #un-departement { (cible()) path d="M0-8 8 0 0 8-8 0z" {} }
                g #un-region { (cible()) path d="M-6-6H6V6H-6z" {} }
                g #des-commune { (cible()) circle r="11" {} }
                g #des-departement { (cible()) path d="M0-13 13 0 0 13-13 0z" {} }
                g #des-region { (cible()) path d="M-10-10H10V10H-10z" {} }
            }
        }
    }
}

fn cible() -> Markup {
    html! { circle.co-carte__cible r="12" {} }
}

/// One pole alone at its place: a drawing beside words that say it.
pub fn vignette(fiche: &Fiche, place: &Place, legende: Option<&Markup>) -> Markup {
    let (x, y) = place.a;
    html! {
        (formes())
        figure.co-carte__vue.co-carte__vue--seule {
            svg aria-hidden="true" {
                (fond(place.vue))
                svg x=(pour_cent(x)) y=(pour_cent(y)) {
                    g.co-carte__point.co-carte__invente[fiche.invente] {
                        use href={ "#un-" (forme(place.situation.precision)) } {}
                    }
                }
            }
            @if let Some(legende) = legende { figcaption { (legende) } }
        }
    }
}

/// The regions, small: each number is how many poles one has, and leads to it.
pub fn par_region(comptes: &[(Option<Region>, u64)], monde: &Monde) -> Markup {
    html! {
        (formes())
        div.co-carte__vues.co-carte__vues--petites {
            @for (vue, regions) in carte::par_region(comptes) {
                figure.co-carte__vue.co-carte__vue--metropole[vue.region.is_none()] {
                    svg {
                        (fond(vue))
                        @for (region, combien, (x, y)) in regions {
                            svg x=(pour_cent(x)) y=(pour_cent(y)) {
                                a href=(monde.vers(&urls::region(region))) {
                                    title { (region.nom()) ", " (nombre(combien)) @if combien > 1 { " pôles" } @else { " pôle" } }
                                    use href="#des-commune" {}
                                    text dy=".36em" { (combien) }
                                }
                            }
                        }
                    }
                    figcaption.fr-sr-only[vue.region.is_none()] { (vue.nom) }
                }
            }
        }
    }
}

fn vue(carte: &Carte, dessin: &Dessin) -> Markup {
    let metropole = dessin.vue.region.is_none();
    html! {
        figure.co-carte__vue.co-carte__vue--metropole[metropole] {
            svg {
                (fond(dessin.vue))
                @for (echelle, marqueurs) in &dessin.echelles {
                    g class=[classe(*echelle)] {
                        @for marqueur in marqueurs { (un_marqueur(carte, *echelle, marqueur)) }
                    }
                }
            }
            figcaption.fr-sr-only[metropole] { (dessin.vue.nom) }
        }
    }
}

/// Which screens see these markers; the style sheet knows.
const fn classe(echelle: Echelle) -> Option<&'static str> {
    match echelle {
        Echelle::Ecran => Some("co-carte__ecran"),
        Echelle::Telephone => Some("co-carte__telephone"),
        Echelle::Encart => None,
    }
}

fn fond(vue: &Vue) -> Markup {
    html! {
        svg viewBox="0 0 1000 1000" aria-hidden="true" {
            path.co-carte__terre d=(vue.terre) {}
            @if !vue.limites.is_empty() { path.co-carte__limites d=(vue.limites) {} }
        }
    }
}

fn un_marqueur(carte: &Carte, echelle: Echelle, marqueur: &Marqueur) -> Markup {
    let (x, y) = marqueur.a;
    let inventes = marqueur.poles.iter().all(|i| carte.jalons[*i].invente);
    let forme = format!(
        "#{}-{}",
        if marqueur.poles.len() > 1 {
            "des"
        } else {
            "un"
        },
        forme(marqueur.precision)
    );
    let rangs = rangs(carte, marqueur);
    html! {
        svg x=(pour_cent(x)) y=(pour_cent(y)) {
            a href=(adresse(carte, echelle, marqueur)) class=[inventes.then_some("co-carte__invente")]
                data-co-rang=[(!rangs.is_empty()).then_some(rangs)] {
                title { (nom(carte, marqueur)) }
                use href=(forme) {}
                @if marqueur.poles.len() > 1 { text dy=".36em" { (marqueur.poles.len()) } }
            }
        }
    }
}

/// The shape that says how precisely a place is known.
const fn forme(precision: Precision) -> &'static str {
    match precision {
        Precision::Commune => "commune",
        Precision::Departement => "departement",
        Precision::Region | Precision::Inconnue => "region",
    }
}

/// Of a thousand units to hundredths of the width.
fn pour_cent(unites: f64) -> String {
    format!("{:.1}%", unites / 10.0)
}

/// The record of the pole, or the list of those under the marker.
fn adresse(carte: &Carte, echelle: Echelle, marqueur: &Marqueur) -> String {
    let premier = carte.jalons[marqueur.poles[0]].id;
    match marqueur.poles.len() {
        1 => urls::pole(premier),
        _ => {
            let filtre = Filtre {
                autour: format!("{}~{premier}", echelle.code()),
                ..carte.liste.filtre.du_debut()
            };
            format!("{}#liste", filtre.adresse(urls::CARTE))
        }
    }
}

/// The rows of the list beside that are under this marker: the style sheet
/// shows one with the other.
fn rangs(carte: &Carte, marqueur: &Marqueur) -> String {
    let listees = carte.liste.fiches.iter().enumerate();
    let rangs: Vec<String> = listees
        .filter(|(_, fiche)| {
            marqueur
                .poles
                .iter()
                .any(|i| carte.jalons[*i].id == fiche.id)
        })
        .map(|(rang, _)| (rang + 1).to_string())
        .collect();
    rangs.join(" ")
}

fn nom(carte: &Carte, marqueur: &Marqueur) -> String {
    let premier = &carte.jalons[marqueur.poles[0]];
    match marqueur.poles.len() {
        1 => typographie(&format!(
            "{}, {}{}",
            premier.nom,
            ou(premier, marqueur.precision),
            if premier.invente { ", inventé" } else { "" }
        )),
        combien => typographie(&format!(
            "{} pôles proches : {}",
            nombre(combien as u64),
            premier.lieu.en_mots()
        )),
    }
}

/// « Morlaix, Bretagne », and how far that is known.
fn ou(jalon: &Jalon, precision: Precision) -> String {
    let lieu = jalon.lieu.en_mots();
    match precision {
        Precision::Commune => lieu,
        Precision::Departement => format!("{lieu}, placé au centre du département"),
        Precision::Region | Precision::Inconnue => format!("{lieu}, placé au centre de la région"),
    }
}
