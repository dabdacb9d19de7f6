//! The census: the two lists and their crossing, each number with what it
//! counts, where and when, and a link to the poles behind it.

use dsfr::{
    Barres, BarresEmpilees, Bouton, Champ, Choix, Colonne, Formulaire, ListeDeroulante, Repli,
    Tableau, lecture, lien, nombre, vide,
};
use jiff::civil::Date;
use maud::{Markup, html};
use metier::{
    commun::{Taux, temps, typographie},
    poles::Liste,
};

use crate::{
    registre::{
        annuaire::REELS,
        publies,
        recensement::{DEUX_ANS, Ecart, Filtre, Recensement, RegionRecensee, SANS_REGION, Serie},
    },
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// `/recensement`
pub fn recensement(cadre: &Cadre, vue: &Recensement) -> Markup {
    Page::new("Recensement")
        .indexable()
        .sous(&[(urls::POLES, "Pôles")])
        .montrer(
            cadre,
            html! {
                (lecture(&html! {
                    p.fr-text--lead {
                        (typographie("Aucun titre officiel ne fait un pôle. On compte donc ceux qui sont sur l’une au \
                                      moins de deux listes : les signataires de la Charte, et les lauréats de l’appel \
                                      d’accompagnement (« phase 1 »)."))
                    }
                    (choisir_la_date(cadre, vue))
                }))
                section aria-labelledby="croisement" {
                    h2 #croisement { "Le croisement des deux listes, au " (le(vue)) }
                    (croisement(vue))
                }
                section aria-labelledby="croissance" {
                    h2 #croissance { "D’une année à l’autre" }
                    (croissance(vue))
                }
                section aria-labelledby="regions" {
                    h2 #regions { "Par région" }
                    (par_region(vue))
                }
                section aria-labelledby="cellules" {
                    h2 #cellules { "Avec et sans cellule régionale" }
                    (cellules(vue))
                }
                section aria-labelledby="publies" {
                    h2 #publies { "Ce que d’autres ont compté" }
                    (publies(vue))
                }
                section aria-labelledby="fichier" {
                    h2 #fichier { "Refaire ces comptes" }
                    p {
                        "Le fichier donne tous les pôles du registre au " (le(vue))
                        ", chacun avec ce que les deux listes en disent. " (lien(&Filtre {
                            liste: String::new(),
                            region: String::new(),
                            ..vue.filtre.clone()
                        }.adresse_de_la_liste(urls::RECENSEMENT_EXPORT), "Télécharger (CSV)"))
                    }
                }
            },
        )
}

fn le(vue: &Recensement) -> String {
    temps::jour_simple_de(vue.le())
}

fn choisir_la_date(cadre: &Cadre, vue: &Recensement) -> Markup {
    let erreur = vue.ecart.map(|ecart| {
        typographie(match ecart {
            Ecart::Illisible => "Cette date ne se lit pas : voici le recensement d’aujourd’hui.",
            Ecart::AVenir => "Cette date n’est pas venue : voici le recensement d’aujourd’hui.",
            Ecart::TropTot => {
                "Le dispositif n’existait pas encore : voici le recensement d’aujourd’hui."
            }
        })
    });
    let monde =
        ListeDeroulante::nouvelle("monde", "Monde", vec![Choix::nouveau(REELS, "Pôles réels")])
            .valeur(Some(vue.filtre.monde.as_str()))
            .invite(Some("Réels et inventés"));
    html! {
        (Formulaire::recherche(urls::RECENSEMENT, html! {
            div.co-recherche {
                (Champ::date("le", "Compter au").valeur(vue.le().to_string()).erreur(erreur))
                @if cadre.demonstration.is_some() { (monde) }
                (Bouton::principal("Compter"))
            }
        }))
    }
}

/// A number as the link to what it counts; a zero opens nothing.
fn compte(vue: &Recensement, serie: &Serie, liste: Liste, region: &str) -> Markup {
    let combien = serie.combien(liste);
    html! {
        @if combien == 0 { "0" } @else { (lien(&vue.filtre.vers(liste, region), &nombre(combien))) }
    }
}

fn croisement(vue: &Recensement) -> Markup {
    let tous = &vue.ensemble;
    let parts = Liste::PARTS.into_iter().filter(|part| {
        // What both lists always say is not worth a part.
        *part != Liste::NonCroises || tous.combien(*part) > 0
    });
    let combien = tous.combien(Liste::Recenses);
    let s = if combien > 1 { "s" } else { "" };
    let titre = format!("{} pôle{s} recensé{s} au {}", nombre(combien), le(vue));
    let barre = parts.fold(
        BarresEmpilees::nouvelles("recenses", titre, "Pôles", "Combien"),
        |barre, part| {
            let combien = tous.combien(part);
            barre.part_vers(
                part.libelle(),
                combien,
                nombre(combien),
                vue.filtre.vers(part, ""),
            )
        },
    );
    html! {
        @if combien == 0 {
            (vide("Aucun pôle recensé à cette date.", &Markup::default()))
        } @else {
            (barre)
        }
        (a_part(vue))
        (definitions(vue))
        @if let Some(taux) = vue.ensemble.0[0].laureats_non_signataires() {
            p {
                (typographie(&format!(
                    "Lauréats qui n’ont pas signé la Charte : {} sur {}, soit {taux}, parmi ceux dont on le sait.",
                    nombre(tous.combien(Liste::LaureatsSeuls)),
                    nombre(tous.combien(Liste::LaureatsSeuls) + tous.combien(Liste::LesDeux)),
                )))
            }
        }
    }
}

/// What the lists do not say, never mixed with what they do.
fn a_part(vue: &Recensement) -> Markup {
    let inconnues = vue.ensemble.combien(Liste::SignatureInconnue);
    let sans_date = vue.ensemble.combien(Liste::SansDate);
    let pluriel = |n: u64, mot: &str| match n {
        0 | 1 => format!("{} {mot}", nombre(n)),
        _ => format!("{} {mot}s", nombre(n)),
    };
    html! {
        @if inconnues > 0 {
            p {
                "Croisement non calculable\u{202f}: signature non connue pour "
                (lien(&vue.filtre.vers(Liste::SignatureInconnue, ""), &pluriel(inconnues, "pôle")))
                ". " (Liste::SignatureInconnue.definition()) " Ils sont comptés à part."
            }
        }
        @if sans_date > 0 {
            p {
                "Sans date\u{202f}: "
                (lien(&vue.filtre.vers(Liste::SansDate, ""), &pluriel(sans_date, "lauréat")))
                " de l’accompagnement, à une date que la source ne donne pas. Ils ne comptent à aucune date."
            }
        }
    }
}

fn definitions(vue: &Recensement) -> Markup {
    let lignes = Liste::TOUS.iter().map(|liste| {
        vec![
            html! { (liste.libelle()) },
            compte(vue, &vue.ensemble, *liste, ""),
            html! { (typographie(liste.definition())) },
        ]
    });
    let legende = format!("Ce que compte chaque nombre, au {}", le(vue));
    html! {
        (Tableau::nouveau(legende, vec![
            Colonne::cle("Nombre"),
            Colonne::nombre("Pôles"),
            Colonne::texte("Ce qu’il compte"),
        ]).lignes(lignes))
        p.co-source { (typographie(perimetre(vue))) }
    }
}

fn perimetre(vue: &Recensement) -> &'static str {
    match vue.filtre.reels() {
        true => {
            "Périmètre : les pôles réels de ce registre, toutes régions. Comptés à la fin du jour, heure de Paris."
        }
        false => {
            "Périmètre : tous les pôles de ce registre, toutes régions. Comptés à la fin du jour, heure de Paris."
        }
    }
}

fn jour(date: Date) -> String {
    temps::jour_court_de(date)
}

/// The growth in words: what was, what is, and the rate computed from them.
fn hausse(serie: &Serie, annees: usize) -> String {
    let (de, a) = (serie.recenses(annees), serie.recenses(0));
    let ecart = match a >= de {
        true => format!("+{}", nombre(a - de)),
        false => format!("\u{2212}{}", nombre(de - a)),
    };
    match serie.taux(annees) {
        _ if de == a => "égal".to_owned(),
        Some(taux) => format!("{ecart}, soit {}", taux.signe()),
        None => format!("{ecart} (aucun taux ne se calcule à partir de zéro)"),
    }
}

fn croissance(vue: &Recensement) -> Markup {
    let tous = &vue.ensemble;
    let titre = format!(
        "Pôles recensés au {} de chaque année",
        jour_et_mois(vue.le())
    );
    let barres = (0..vue.dates.len()).rev().fold(
        Barres::nouvelles(titre, "Au", "Pôles recensés"),
        |barres, annees| {
            let combien = tous.recenses(annees);
            barres.barre(jour(vue.dates[annees]), combien, nombre(combien))
        },
    );
    let lignes = (1..vue.dates.len()).rev().map(|annees| {
        vec![
            html! { (jour(vue.dates[annees])) },
            html! {
                @match tous.recenses(annees) {
                    0 => "0",
                    n => (lien(&Filtre { le: vue.dates[annees].to_string(), ..vue.filtre.clone() }
                        .vers(Liste::Recenses, ""), &nombre(n))),
                }
            },
            html! { (hausse(tous, annees)) },
        ]
    });
    if (0..vue.dates.len()).all(|annees| tous.recenses(annees) == 0) {
        return vide(
            "Rien à comparer\u{202f}: aucun pôle recensé, ni à cette date, ni les cinq années d’avant.",
            &Markup::default(),
        );
    }
    html! {
        (barres)
        (Tableau::nouveau(format!("De chaque date au {}", jour(vue.le())), vec![
            Colonne::cle("Au"),
            Colonne::nombre("Pôles recensés"),
            Colonne::nombre(format!("De cette date au {}", jour(vue.le()))),
        ]).lignes(lignes))
        p.co-source { "Les taux sont calculés à partir des nombres montrés, jamais saisis." }
    }
}

/// « 31 décembre », of the date.
fn jour_et_mois(date: Date) -> String {
    let entier = temps::jour_simple_de(date);
    entier
        .rsplit_once(' ')
        .map_or(entier.clone(), |(jour, _)| jour.to_owned())
}

fn par_region(vue: &Recensement) -> Markup {
    let colonnes = vec![
        Colonne::cle("Région"),
        Colonne::texte("Cellule"),
        Colonne::nombre("Charte seule"),
        Colonne::nombre("Les deux"),
        Colonne::nombre("Lauréats seuls"),
        Colonne::nombre("Recensés"),
        Colonne::nombre(format!("Recensés au {}", jour(vue.dates[DEUX_ANS]))),
        Colonne::nombre("Signature non connue"),
    ];
    let ligne = |nom: Markup, cellule: &'static str, serie: &Serie, region: &str| {
        vec![
            nom,
            html! { (cellule) },
            compte(vue, serie, Liste::CharteSeule, region),
            compte(vue, serie, Liste::LesDeux, region),
            compte(vue, serie, Liste::LaureatsSeuls, region),
            compte(vue, serie, Liste::Recenses, region),
            html! { (nombre(serie.recenses(DEUX_ANS))) },
            compte(vue, serie, Liste::SignatureInconnue, region),
        ]
    };
    let lignes = vue.regions.iter().map(|r| {
        let cellule = match (r.region, r.cellule) {
            (None, _) => "",
            (_, true) => "oui",
            (_, false) => "non",
        };
        ligne(nom(r), cellule, &r.serie, code(r))
    });
    html! {
        (Tableau::nouveau(format!("Pôles recensés par région, au {}", le(vue)), colonnes)
            .lignes(lignes)
            .pied(ligne(html! { "Ensemble" }, "", &vue.ensemble, ""))
            .repli(Repli::Defilement))
        (sans_pole(vue))
    }
}

/// The regions where no pole is counted, and those where nobody knows.
fn sans_pole(vue: &Recensement) -> Markup {
    let regions = |inconnues: bool| -> Vec<&str> {
        let vides = vue
            .regions
            .iter()
            .filter(|r| r.serie.combien(Liste::Recenses) == 0);
        vides
            .filter(|r| (r.serie.combien(Liste::SignatureInconnue) > 0) == inconnues)
            .filter_map(|r| r.region.map(|region| region.nom()))
            .collect()
    };
    let (sans, inconnues) = (regions(false), regions(true));
    html! {
        @if sans.is_empty() && inconnues.is_empty() {
            p { "Chaque région a au moins un pôle recensé." }
        }
        @if !sans.is_empty() {
            p { "Sans pôle recensé\u{202f}: " (sans.join(", ")) "." }
        }
        @if !inconnues.is_empty() {
            p {
                "On ne sait pas, faute de connaître les signatures\u{202f}: " (inconnues.join(", ")) "."
            }
        }
    }
}

fn nom(r: &RegionRecensee) -> Markup {
    html! {
        @match r.region {
            Some(region) => (lien(&urls::region(region), region.nom())),
            None => "Région non connue",
        }
    }
}

fn code(r: &RegionRecensee) -> &'static str {
    r.region.map_or(SANS_REGION, |region| region.code())
}

/// Other numbers of poles, each true of its own definition, and what was aimed
/// at beside the latest of them.
fn publies(vue: &Recensement) -> Markup {
    let comptes = publies::comptes(vue.le());
    let Some(dernier) = comptes.last() else {
        return vide(
            "Rien n’était encore publié à cette date.",
            &Markup::default(),
        );
    };
    let lignes = comptes.iter().map(|compte| {
        vec![
            html! { (compte.dit_le) },
            html! { (nombre(compte.combien)) },
            html! { (typographie(&compte.definition)) },
            html! { (typographie(&compte.source)) },
        ]
    });
    html! {
        p {
            "Ces nombres n’ont ni la même définition ni le même périmètre\u{202f}: ils se lisent côte à côte, \
             et aucune hausse ne se calcule de l’un à l’autre."
        }
        (Tableau::nouveau("Nombres de pôles publiés", vec![
            Colonne::cle("Quand"),
            Colonne::nombre("Pôles"),
            Colonne::texte("Ce qui est compté"),
            Colonne::texte("Source"),
        ]).legende_masquee().lignes(lignes))
        @for objectif in publies::objectifs() {
            @if let Some(part) = Taux::part(dernier.combien, objectif.combien) {
                p {
                    (typographie(&format!(
                        "Objectif déclaré pour {} : {} pôles ({} ; source : {}). Le dernier nombre publié, {} ({}), en \
                         fait {part}.",
                        objectif.dit_le, nombre(objectif.combien), objectif.definition, objectif.source,
                        nombre(dernier.combien), dernier.dit_le,
                    )))
                }
            }
        }
    }
}

/// Side by side, and nothing more: no cause is read from two series (P-32).
fn cellules(vue: &Recensement) -> Markup {
    let (avec, sans) = (vue.reunies(true), vue.reunies(false));
    let combien = |cellule: bool| {
        let regions = vue.regions.iter().filter(|r| r.region.is_some());
        regions.filter(|r| r.cellule == cellule).count()
    };
    let mut colonnes = vec![Colonne::cle("Au")];
    for (genre, combien) in [("avec", combien(true)), ("sans", combien(false))] {
        colonnes.push(Colonne::nombre(format!(
            "{combien} régions {genre} cellule"
        )));
    }
    let lignes = (0..vue.dates.len()).rev().map(|annees| {
        vec![
            html! { (jour(vue.dates[annees])) },
            html! { (nombre(avec.recenses(annees))) },
            html! { (nombre(sans.recenses(annees))) },
        ]
    });
    html! {
        (Tableau::nouveau(format!("Pôles recensés, au {} de chaque année", jour_et_mois(vue.le())), colonnes)
            .lignes(lignes)
            .pied(vec![
                html! { "En deux ans" },
                html! { (hausse(&avec, DEUX_ANS)) },
                html! { (hausse(&sans, DEUX_ANS)) },
            ]))
        p.co-source {
            (typographie("Les cellules sont celles d’aujourd’hui. Ces régions diffèrent aussi par leur taille et \
                          leur histoire : les deux séries se lisent côte à côte, sans rien dire d’une cause."))
        }
    }
}
