//! The poles behind a number of the census, as a page and as a file.

use dsfr::{Alerte, Colonne, Gravite, Pagination, Tableau, filtres_actifs, lien, nombre, vide};
use maud::{Markup, html};
use metier::{
    commun::{temps, typographie},
    poles::{Liste, Statut},
};

use super::{
    annuaire::invente,
    recensement::{correction, nom_de_region},
};
use crate::{
    registre::{
        export::LICENCE,
        recensement::{Filtre, ListeRecensee, PoleRecense, Recenses},
    },
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// `/recensement/poles`
pub fn liste_recensee(cadre: &Cadre, vue: &ListeRecensee) -> Markup {
    let filtre = &vue.filtre;
    let recensement = filtre.adresse();
    Page::new(vue.liste.libelle())
        .sous(&[(urls::POLES, "Pôles"), (recensement.as_str(), "Recensement")])
        .montrer(
            cadre,
            html! {
                @if let Some(ecart) = vue.ecart {
                    (Alerte::nouvelle(Gravite::Attention, correction(ecart, "la liste")))
                }
                p.fr-text--lead { (typographie(vue.liste.definition())) }
                (filtres(vue))
                @if vue.combien == 0 {
                    (vide("Aucun pôle à cette date.", &html! { p { (lien(&recensement, "Revenir au recensement")) } }))
                } @else {
                    p { (typographie(&combien(vue))) " " (lien(&filtre.adresse_de_la_liste(urls::RECENSEMENT_EXPORT), "Télécharger (CSV)")) }
                    (tableau(vue))
                    (Pagination {
                        precedente: vue.precedente.as_ref().map(page),
                        suivante: vue.suivante.as_ref().map(page),
                        ou: format!("{} pôles affichés sur {}", vue.poles.len(), nombre(vue.combien)).into(),
                    })
                }
            },
        )
}

fn page(filtre: &Filtre) -> std::borrow::Cow<'static, str> {
    filtre.adresse_de_la_liste(urls::RECENSEMENT_POLES).into()
}

/// What narrows the list, and the list without it.
fn filtres(vue: &ListeRecensee) -> Markup {
    let filtre = &vue.filtre;
    let sans_region = filtre.vers(vue.liste, "");
    let sans_cellule = Filtre {
        cellule: String::new(),
        ..filtre.clone()
    }
    .vers(vue.liste, &filtre.region);
    let rien = Filtre {
        cellule: String::new(),
        ..filtre.clone()
    }
    .vers(vue.liste, "");
    let mut actifs = Vec::new();
    if let Some(region) = vue.region {
        actifs.push((nom_de_region(region), sans_region.as_str()));
    }
    if let Some(cellule) = filtre.cellule() {
        actifs.push((a_cellule(cellule), sans_cellule.as_str()));
    }
    filtres_actifs(&actifs, &rien)
}

const fn a_cellule(cellule: bool) -> &'static str {
    match cellule {
        true => "Régions avec cellule",
        false => "Régions sans cellule",
    }
}

/// « 68 pôles au 31 décembre 2022, réels et inventés, toutes régions. »
fn combien(vue: &ListeRecensee) -> String {
    let mot = if vue.combien > 1 { "pôles" } else { "pôle" };
    let le = temps::jour_simple_de(vue.le);
    let monde = match vue.filtre.reels() {
        true => "réels seulement",
        false => "tout le registre",
    };
    let ou = match (vue.region, vue.filtre.cellule()) {
        (Some(region), _) => nom_de_region(region),
        (None, Some(true)) => "régions qui ont une cellule aujourd’hui",
        (None, Some(false)) => "régions sans cellule aujourd’hui",
        (None, None) => "toutes régions",
    };
    match vue.peut_etre {
        0 => format!("{} {mot} au {le} ({monde}, {ou}).", nombre(vue.combien)),
        autres => format!(
            "Au moins {} {mot} au {le} ({monde}, {ou}) : pour {} de plus, les listes publiées ne le disent pas.",
            nombre(vue.combien),
            nombre(autres)
        ),
    }
}

fn tableau(vue: &ListeRecensee) -> Tableau<'_> {
    let lignes = vue.poles.iter().map(|pole| {
        vec![
            html! {
                (lien(&urls::pole(pole.id), &typographie(&pole.nom)))
                @if pole.invente { " " (invente()) }
            },
            html! { (lieu(pole)) },
            html! { (signataire(pole.statut)) },
            html! {
                (pole.statut.laureat.libelle())
                @if let Some(retenu) = pole.retenu { ", retenu " (typographie(&retenu.quand())) }
            },
        ]
    });
    Tableau::nouveau(
        vue.liste.libelle(),
        vec![
            Colonne::cle("Pôle"),
            Colonne::texte("Lieu"),
            Colonne::texte("Signataire de la Charte"),
            Colonne::texte("Lauréat de l’accompagnement"),
        ],
    )
    .legende_masquee()
    .lignes(lignes)
}

fn lieu(pole: &PoleRecense) -> String {
    match pole.lieu.en_mots() {
        lieu if lieu.is_empty() => "non connu".to_owned(),
        lieu => typographie(&lieu),
    }
}

const fn signataire(statut: Statut) -> &'static str {
    match statut.signataire {
        Some(true) => "oui",
        Some(false) => "non",
        None => "non connu",
    }
}

/// The rows of the file, the first being the titles. A table has no place of
/// its own for what it counts: each row bears it.
pub fn tableur(recenses: &Recenses) -> Vec<Vec<String>> {
    let titres = [
        "identifiant",
        "nom",
        "commune",
        "departement",
        "code_region",
        "signataire_charte",
        "laureat_accompagnement",
        "invente",
        "laureat_depuis",
        "definition",
        "licence",
        "date",
    ];
    let le = temps::jour_court_de(recenses.le);
    let definition = recenses.liste.map_or(TOUS, Liste::definition);
    let mut lignes = vec![titres.map(str::to_owned).to_vec()];
    lignes.extend(recenses.poles.iter().map(|pole| {
        vec![
            pole.id.to_string(),
            pole.nom.clone(),
            pole.lieu.commune.clone().unwrap_or_default(),
            pole.lieu.departement.clone().unwrap_or_default(),
            pole.lieu
                .region
                .map_or_else(String::new, |region| region.code().to_owned()),
            signataire(pole.statut).to_owned(),
            pole.statut.laureat.libelle().to_owned(),
            if pole.invente { "oui" } else { "non" }.to_owned(),
            pole.retenu
                .map_or_else(String::new, |retenu| retenu.to_string()),
            definition.to_owned(),
            LICENCE.to_owned(),
            le.clone(),
        ]
    }));
    lignes
}

/// What a line of the whole register is.
const TOUS: &str = "Pôles inscrits à ce registre, avec ce que les deux listes du recensement disent de chacun à la fin \
    du jour, heure de Paris : signataires de la Charte, lauréats de l’appel d’accompagnement.";

/// The name of the file: what it holds, and at what date.
pub fn nom_du_fichier(recenses: &Recenses) -> String {
    let quoi = recenses.liste.map_or("registre", Liste::code);
    format!("recensement-{quoi}-{}", recenses.le)
}
