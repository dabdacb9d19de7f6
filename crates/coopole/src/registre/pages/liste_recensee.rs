//! The poles behind a number of the census, as a page and as a file.

use dsfr::{Colonne, Pagination, Tableau, filtres_actifs, lien, nombre, vide};
use maud::{Markup, html};
use metier::{
    commun::{temps, typographie},
    poles::Statut,
};

use super::annuaire::invente;
use crate::{
    registre::recensement::{Filtre, ListeRecensee, PoleRecense},
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// `/recensement/poles`
pub fn liste_recensee(cadre: &Cadre, vue: &ListeRecensee) -> Markup {
    let filtre = &vue.recensement.filtre;
    let recensement = filtre.adresse();
    Page::new(vue.liste.libelle())
        .sous(&[(urls::POLES, "Pôles"), (recensement.as_str(), "Recensement")])
        .montrer(
            cadre,
            html! {
                p.fr-text--lead { (typographie(vue.liste.definition())) }
                (region(vue))
                @if vue.combien == 0 {
                    (vide("Aucun pôle à cette date.", &html! { p { (lien(&recensement, "Revenir au recensement")) } }))
                } @else {
                    p { (combien(vue)) " " (lien(&filtre.adresse_de_la_liste(urls::RECENSEMENT_EXPORT), "Télécharger (CSV)")) }
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

/// The region that narrows the list, and the list without it.
fn region(vue: &ListeRecensee) -> Markup {
    let Some(region) = vue.region else {
        return Markup::default();
    };
    let nom = region.map_or("Région non connue", |region| region.nom());
    let sans = vue.recensement.filtre.vers(vue.liste, "");
    filtres_actifs(&[(nom, sans.as_str())], &sans)
}

fn combien(vue: &ListeRecensee) -> String {
    let mot = if vue.combien > 1 { "pôles" } else { "pôle" };
    let le = temps::jour_simple_de(vue.recensement.le());
    format!("{} {mot} au {le}.", nombre(vue.combien))
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
            html! { (pole.statut.laureat.libelle()) },
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

/// The rows of the file, the first being the titles.
pub fn tableur(poles: &[PoleRecense]) -> Vec<Vec<String>> {
    let titres = [
        "identifiant",
        "nom",
        "commune",
        "departement",
        "code_region",
        "signataire_charte",
        "laureat_accompagnement",
        "invente",
    ];
    let mut lignes = vec![titres.map(str::to_owned).to_vec()];
    lignes.extend(poles.iter().map(|pole| {
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
        ]
    }));
    lignes
}

/// The name of the file: what it holds, and at what date.
pub fn nom_du_fichier(filtre: &Filtre, maintenant: jiff::Timestamp) -> String {
    let (le, _) = filtre.jour(temps::jour_de(maintenant));
    let quoi = match filtre.liste.as_str() {
        "" => "registre",
        liste => liste,
    };
    format!("recensement-{quoi}-{le}")
}
