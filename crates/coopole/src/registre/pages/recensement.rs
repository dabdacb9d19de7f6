//! The census: the two lists and their crossing, each number with what it
//! counts, where and when, and a link to the poles behind it.

use dsfr::{
    Barres, BarresEmpilees, Bouton, Champ, Choix, Colonne, Formulaire, ListeDeroulante, Repli,
    Tableau, lecture, lien, nombre, vide,
};
use jiff::civil::Date;
use maud::{Markup, html};
use metier::{
    commun::{Region, Taux, temps, typographie},
    poles::{Liste, Reserve, consignation::Anterieur},
};

use super::annuaire::monde;
use crate::{
    registre::{
        publies,
        recensement::{
            AVEC, DEUX_ANS, Ecart, Filtre, Recensement, RegionRecensee, SANS, SANS_REGION, Serie,
        },
        region::par_nom,
    },
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// `/recensement`
pub fn recensement(cadre: &Cadre, vue: &Recensement) -> Markup {
    let titre = match vue.region {
        None => "Recensement".to_owned(),
        Some(region) => format!("Recensement – {}", nom_de_region(region)),
    };
    Page::new(&titre)
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
                    (choisir(cadre, vue))
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
                // Of the whole country, or nothing.
                @if vue.region.is_none() {
                    section aria-labelledby="cellules" {
                        h2 #cellules { "Avec et sans cellule régionale" }
                        (cellules(vue))
                    }
                    section aria-labelledby="publies" {
                        h2 #publies { "Ce que d’autres ont compté" }
                        (publies(vue))
                    }
                }
                section aria-labelledby="fichier" {
                    h2 #fichier { "Refaire ces comptes" }
                    p {
                        "Le fichier donne " (typographie(&tous(vue))) " au " (le(vue))
                        ", chacun avec ce que les deux listes en disent. " (lien(&Filtre {
                            liste: String::new(),
                            ..vue.filtre.clone()
                        }.adresse_de_la_liste(urls::RECENSEMENT_EXPORT), "Télécharger (CSV)"))
                    }
                }
            },
        )
}

/// Its name, or that it is not known.
pub(super) fn nom_de_region(region: Option<Region>) -> &'static str {
    region.map_or("Région non connue", Region::nom)
}

fn tous(vue: &Recensement) -> String {
    let reels = if vue.filtre.reels() { "réels " } else { "" };
    match vue.region {
        None => format!("tous les pôles {reels}du registre"),
        Some(None) => format!("les pôles {reels}dont la région n’est pas connue"),
        Some(Some(region)) => format!("les pôles {reels}de cette région ({})", region.nom()),
    }
}

fn le(vue: &Recensement) -> String {
    temps::jour_simple_de(vue.le())
}

/// What was wrong with the date asked for.
pub const fn ecart(ecart: Ecart) -> &'static str {
    match ecart {
        Ecart::Illisible => "Cette date ne se lit pas",
        Ecart::AVenir => "Cette date n’est pas venue",
        Ecart::TropTot => "Le dispositif n’existait pas encore",
    }
}

/// The same, and what is shown in its place.
pub(super) fn correction(ecart: Ecart, montre: &str) -> String {
    let faute = self::ecart(ecart);
    typographie(&format!("{faute} : voici {montre} d’aujourd’hui."))
}

fn choisir(cadre: &Cadre, vue: &Recensement) -> Markup {
    let erreur = vue.ecart.map(|ecart| correction(ecart, "le recensement"));
    let regions = par_nom()
        .into_iter()
        .map(|region| Choix::nouveau(region.code(), region.nom()));
    let inconnue = Choix::nouveau(SANS_REGION, nom_de_region(None));
    let region = ListeDeroulante::nouvelle("region", "Région", regions.chain([inconnue]).collect())
        .valeur(Some(vue.filtre.region.as_str()))
        .invite(Some("Toutes"));
    html! {
        (Formulaire::recherche(urls::RECENSEMENT, html! {
            div.co-recherche {
                (Champ::date("le", "Compter au").valeur(vue.le().to_string()).erreur(erreur))
                (region)
                @if cadre.demonstration.is_some() { (monde(&vue.filtre.monde)) }
                (Bouton::principal("Compter"))
            }
        }))
        @if vue.region.is_some() {
            p { (lien(&vue.filtre.en("").adresse(), "Compter toutes les régions")) }
        }
    }
}

/// A count; said to be a floor when what is not known may add to it.
pub(super) fn au_moins(combien: u64, plancher: bool) -> String {
    match (combien, plancher) {
        (0, true) => "non connu".to_owned(),
        (_, true) => format!("au moins\u{a0}{}", nombre(combien)),
        (_, false) => nombre(combien),
    }
}

/// « La hausse est non calculable : signature non connue pour 75 pôles. »
pub(super) fn non_calculable(quoi: &str, reserve: Reserve) -> String {
    format!("{quoi} est non calculable : {}.", reserve.en_mots(nombre))
}

/// A number as the link to what it counts; a zero opens nothing.
fn vers(combien: u64, plancher: bool, adresse: &str) -> Markup {
    html! {
        @match (combien, plancher) {
            (0, _) => (au_moins(0, plancher)),
            (_, true) => { "au moins\u{a0}" (lien(adresse, &nombre(combien))) }
            (_, false) => (lien(adresse, &nombre(combien))),
        }
    }
}

fn compte(vue: &Recensement, serie: &Serie, liste: Liste, region: &str) -> Markup {
    let plancher = serie.peut_etre(liste) > 0;
    vers(
        serie.combien(liste),
        plancher,
        &vue.filtre.vers(liste, region),
    )
}

/// The poles counted there that many years before.
fn recenses(vue: &Recensement, serie: &Serie, annees: usize, ou: &Filtre) -> Markup {
    let adresse = ou.au(vue.dates[annees]).vers(Liste::Recenses, &ou.region);
    vers(
        serie.recenses(annees),
        serie.reserve(annees).is_some(),
        &adresse,
    )
}

fn croisement(vue: &Recensement) -> Markup {
    let tous = &vue.ensemble;
    let parts = Liste::PARTS.into_iter().filter(|part| {
        // What both lists always say is not worth a part.
        *part != Liste::NonCroises || tous.combien(*part) > 0
    });
    let combien = tous.combien(Liste::Recenses);
    let s = if combien > 1 { "s" } else { "" };
    let reserve = tous.reserve(0);
    let debut = if reserve.is_some() { "Au moins " } else { "" };
    let titre = format!(
        "{debut}{} pôle{s} recensé{s} au {}",
        nombre(combien),
        le(vue)
    );
    let barre = parts.fold(
        BarresEmpilees::nouvelles("recenses", titre, "Pôles", "Combien"),
        |barre, part| {
            let combien = tous.combien(part);
            barre.part_vers(
                part.libelle(),
                combien,
                au_moins(combien, tous.peut_etre(part) > 0),
                vue.filtre.vers(part, &vue.filtre.region),
            )
        },
    );
    html! {
        @if combien == 0 {
            @let dit = match reserve {
                None => "Aucun pôle recensé à cette date.",
                Some(_) => "Aucun pôle recensé à cette date, pour ce que l’on en sait.",
            };
            (vide(dit, &Markup::default()))
        } @else {
            (barre)
        }
        (a_part(vue))
        (definitions(vue))
        (sans_signature(vue))
    }
}

/// The share of laureates who did not sign, or why there is none.
fn sans_signature(vue: &Recensement) -> Markup {
    let tous = &vue.ensemble;
    html! {
        @match tous.laureats_non_signataires() {
            Ok(Some(taux)) => p {
                (typographie(&format!(
                    "Lauréats qui n’ont pas signé la Charte : {} sur {}, soit {taux}.",
                    nombre(tous.combien(Liste::LaureatsSeuls)),
                    nombre(tous.combien(Liste::Laureats)),
                )))
            },
            Ok(None) => "",
            Err(inconnus) => p {
                (typographie("La part des lauréats qui n’ont pas signé la Charte est non calculable : signature non connue pour "))
                (lien(&vue.filtre.vers(Liste::LaureatsInconnus, &vue.filtre.region), &pluriel(inconnus, "lauréat")))
                "."
            },
        }
    }
}

fn pluriel(n: u64, mot: &str) -> String {
    match n {
        0 | 1 => format!("{} {mot}", nombre(n)),
        _ => format!("{} {mot}s", nombre(n)),
    }
}

/// What the lists do not say, never mixed with what they do.
fn a_part(vue: &Recensement) -> Markup {
    let combien = |liste: Liste| vue.ensemble.combien(liste);
    let ceux = |liste: Liste, mot: &str| {
        let adresse = vue.filtre.vers(liste, &vue.filtre.region);
        lien(&adresse, &pluriel(combien(liste), mot))
    };
    let inconnues = combien(Liste::SignatureInconnue);
    // Beside those that are crossed, only these are not.
    let ces =
        match combien(Liste::LesDeux) + combien(Liste::CharteSeule) + combien(Liste::LaureatsSeuls)
        {
            0 => "",
            _ if inconnues == 1 => " pour ce pôle",
            _ => " pour ces pôles",
        };
    let laureats = [
        Liste::LaureatInconnu,
        Liste::SansJour,
        Liste::DansLAnnee,
        Liste::SansDate,
    ];
    html! {
        @if inconnues > 0 {
            p {
                "Croisement non calculable" (ces) (typographie(" : signature non connue pour "))
                (ceux(Liste::SignatureInconnue, "pôle")) ". "
                (Liste::SignatureInconnue.definition()) " Comptés à part."
            }
        }
        @for liste in laureats {
            @if combien(liste) > 0 {
                p { (liste.libelle()) (typographie(" : ")) (ceux(liste, "pôle")) ". " (typographie(liste.definition())) }
            }
        }
    }
}

fn definitions(vue: &Recensement) -> Markup {
    let dites = Liste::TOUS
        .iter()
        .filter(|liste| !liste.est_a_part() || vue.ensemble.combien(**liste) > 0);
    let lignes = dites.map(|liste| {
        vec![
            html! { (liste.libelle()) },
            compte(vue, &vue.ensemble, *liste, &vue.filtre.region),
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
        p.co-source { (typographie(&perimetre(vue))) }
        @for attestee in &vue.attestees {
            p.co-source { (typographie(&format!(
                "Liste attestée complète au {} : {} ({}). Qui n’y est pas n’en est pas, à compter de ce jour.",
                jour(attestee.jour),
                match attestee.liste {
                    Anterieur::Signature => "les signataires de la Charte",
                    Anterieur::Laureat => "les lauréats de l’accompagnement",
                },
                attestee.source))) }
        }
    }
}

fn perimetre(vue: &Recensement) -> String {
    let poles = if vue.filtre.reels() {
        "les pôles réels de ce registre"
    } else {
        "tous les pôles de ce registre"
    };
    let ou = match vue.region {
        None => "toutes régions",
        Some(region) => nom_de_region(region),
    };
    format!(
        "Périmètre : {poles}, {ou}. Comptés à la fin du jour, heure de Paris. À une date passée, chaque pôle est \
         compté dans la région où sa fiche le situe aujourd’hui."
    )
}

fn jour(date: Date) -> String {
    temps::jour_court_de(date)
}

/// The growth in words: what was, what is, and the rate computed from them.
fn hausse(serie: &Serie, annees: usize) -> String {
    let (de, a) = (serie.recenses(annees), serie.recenses(0));
    let taux = match serie.taux(annees) {
        Ok(taux) => taux,
        Err(reserve) => {
            return typographie(&format!("non calculable : {}", reserve.en_mots(nombre)));
        }
    };
    let ecart = match a >= de {
        true => format!("+{}", nombre(a - de)),
        false => format!("\u{2212}{}", nombre(de - a)),
    };
    match taux {
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
            let adresse = vue
                .filtre
                .au(vue.dates[annees])
                .vers(Liste::Recenses, &vue.filtre.region);
            let dit = au_moins(combien, tous.reserve(annees).is_some());
            barres.barre_vers(jour(vue.dates[annees]), combien, dit, adresse)
        },
    );
    let lignes = (1..vue.dates.len()).rev().map(|annees| {
        vec![
            html! { (jour(vue.dates[annees])) },
            recenses(vue, tous, annees, &vue.filtre),
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

/// What the table of regions counts, before what is not known.
const PAR_REGION: [Liste; 6] = [
    Liste::Signataires,
    Liste::Laureats,
    Liste::CharteSeule,
    Liste::LesDeux,
    Liste::LaureatsSeuls,
    Liste::Recenses,
];

/// What makes those counts floors.
const NON_CONNUS: [Liste; 2] = [Liste::SignatureInconnue, Liste::LaureatInconnu];

fn par_region(vue: &Recensement) -> Markup {
    let mut colonnes = vec![Colonne::cle("Région"), Colonne::texte("Cellule")];
    colonnes.extend(PAR_REGION.map(|liste| {
        Colonne::nombre(match liste {
            Liste::Signataires => "Signataires",
            Liste::Laureats => "Lauréats",
            Liste::Recenses => "Recensés",
            liste => liste.libelle(),
        })
    }));
    colonnes.push(Colonne::nombre(format!(
        "Recensés au {}",
        jour(vue.dates[DEUX_ANS])
    )));
    colonnes.extend(NON_CONNUS.map(|liste| Colonne::nombre(liste.libelle())));
    let ligne = |nom: Markup, cellule: &'static str, serie: &Serie, region: &str| {
        let mut ligne = vec![nom, html! { (cellule) }];
        ligne.extend(PAR_REGION.map(|liste| compte(vue, serie, liste, region)));
        ligne.push(recenses(vue, serie, DEUX_ANS, &vue.filtre.en(region)));
        ligne.extend(NON_CONNUS.map(|liste| compte(vue, serie, liste, region)));
        ligne
    };
    let lignes = vue.regions.iter().map(|r| {
        let cellule = match (r.region, r.cellule) {
            (None, _) => "",
            (_, true) => "oui",
            (_, false) => "non",
        };
        ligne(nom(r), cellule, &r.serie, code(r))
    });
    let tableau = Tableau::nouveau(
        format!("Pôles recensés par région, au {}", le(vue)),
        colonnes,
    )
    .lignes(lignes)
    .repli(Repli::Defilement);
    html! {
        @if vue.region.is_some() {
            (tableau)
        } @else {
            (tableau.pied(ligne(html! { "Ensemble" }, "", &vue.ensemble, "")))
            (sans_pole(vue))
        }
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
            .filter(|r| r.serie.reserve(0).is_some() == inconnues)
            .filter_map(|r| r.region.map(|region| region.nom()))
            .collect()
    };
    let (sans, inconnues) = (regions(false), regions(true));
    // Those that are counted, or may be, and stand nobody knows where.
    let ailleurs = vue.regions.iter().filter(|r| r.region.is_none());
    let ailleurs: u64 = ailleurs
        .map(|r| r.serie.combien(Liste::Recenses) + r.serie.peut_etre(Liste::Recenses))
        .sum();
    html! {
        @if sans.is_empty() && inconnues.is_empty() {
            p { "Chaque région a au moins un pôle recensé." }
        }
        @if !sans.is_empty() {
            p {
                "Sans pôle recensé\u{202f}: " (sans.join(", "))
                @if ailleurs > 0 {
                    ", sous réserve de "
                    (pluriel(ailleurs, "pôle"))
                    " dont la région n’est pas connue"
                }
                "."
            }
        }
        @if !inconnues.is_empty() {
            p {
                "On ne sait pas, faute de listes complètes\u{202f}: " (inconnues.join(", ")) "."
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
        @for objectif in publies::objectifs(vue.le()) {
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
    let a_cellule = |cellule: &str| Filtre {
        cellule: cellule.to_owned(),
        ..vue.filtre.clone()
    };
    let lignes = (0..vue.dates.len()).rev().map(|annees| {
        vec![
            html! { (jour(vue.dates[annees])) },
            recenses(vue, &avec, annees, &a_cellule(AVEC)),
            recenses(vue, &sans, annees, &a_cellule(SANS)),
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
