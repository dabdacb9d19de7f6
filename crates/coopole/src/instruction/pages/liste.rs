//! « À faire »: what is due, when, and at which stage.

use dsfr::{
    Bouton, Champ, Choix, Colonne, Entree, Formulaire, ListeDeroulante, Onglets, Pagination,
    Tableau, Telechargement, Ton, badge, filtres_actifs, vide,
};
use jiff::Timestamp;
use maud::{Markup, html};
use metier::{
    commun::{Region, temps, typographie},
    instruction::Verdict,
};

use crate::{
    instruction::{
        echeances::{self, Quand},
        liste::{Filtre, Liste},
        store::liste::DossierListe,
    },
    socle::mise_en_page::{Cadre, Lentille, Page},
    urls,
};

/// The list of a cell.
pub fn liste(cadre: &Cadre, vue: &Liste) -> Markup {
    let titre = format!("Cellule {}\u{202f}: à faire", vue.cellule.nom());
    Page::new(&titre)
        .lentille(Lentille::Cellule(vue.cellule))
        .montrer(
            cadre,
            html! {
                (onglets(vue))
                (recherche(vue))
                (filtres(vue))
                @if vue.dossiers.is_empty() {
                    (vide(&typographie(&pourquoi_vide(vue)), &html! {}))
                } @else {
                    (tableau(vue))
                    (Pagination {
                        precedente: vue.precedente.as_ref().map(adresse),
                        suivante: vue.suivante.as_ref().map(adresse),
                        ou: ou(vue).into(),
                    })
                    (Telechargement::nouveau(
                        "Exporter cette liste",
                        vue.filtre.du_debut().adresse(urls::CELLULE_EXPORT),
                        "csv",
                        None,
                    ))
                }
            },
        )
}

fn adresse<'a>(filtre: &Filtre) -> dsfr::Texte<'a> {
    filtre.adresse(urls::CELLULE).into()
}

fn onglets(vue: &Liste) -> Onglets<'static> {
    let entrees = vue.parties.iter().map(|partie| {
        let filtre = vue.filtre.dans(partie.quand);
        Entree::nouvelle(partie.quand.libelle(), filtre.adresse(urls::CELLULE))
            .detail(partie.en_mots())
            .courante(partie.quand == vue.quand)
    });
    Onglets::nouveaux("Échéances", entrees.collect())
}

fn recherche(vue: &Liste) -> Formulaire<'_> {
    let etapes = vec![
        Choix::nouveau("eligibilite", "Éligibilité"),
        Choix::nouveau("avis", "Avis"),
    ];
    let territoires = vue
        .regions
        .iter()
        .map(|region| Choix::nouveau(region.code(), region.nom()));
    Formulaire::recherche(
        urls::CELLULE,
        html! {
            div.co-recherche {
                (Champ::texte("q", "Pôle ou numéro de dossier").valeur(vue.filtre.q.as_str()))
                (ListeDeroulante::nouvelle("etape", "Étape", etapes)
                    .identifiant("filtre-etape")
                    .valeur(Some(vue.filtre.etape.as_str()))
                    .invite(Some("Toutes")))
                @if vue.regions.len() > 1 {
                    (ListeDeroulante::nouvelle("territoire", "Région", territoires.collect())
                        .valeur(Some(vue.filtre.territoire.as_str()))
                        .invite(Some("Toutes")))
                }
                (Bouton::secondaire("Rechercher"))
            }
        },
    )
    .cache("region", vue.cellule.code())
    .cache("quand", vue.quand.code())
}

fn filtres(vue: &Liste) -> Markup {
    let sans = |change: fn(&mut Filtre)| {
        let mut filtre = vue.filtre.du_debut();
        change(&mut filtre);
        filtre.adresse(urls::CELLULE)
    };
    let mut actifs: Vec<(String, String)> = Vec::new();
    if !vue.filtre.q.is_empty() {
        actifs.push((vue.filtre.q.clone(), sans(|f| f.q.clear())));
    }
    if !vue.filtre.etape.is_empty() {
        let mot = match vue.filtre.etape.as_str() {
            "avis" => "Avis",
            _ => "Éligibilité",
        };
        actifs.push((mot.to_owned(), sans(|f| f.etape.clear())));
    }
    if let Some(region) = Region::par_code(&vue.filtre.territoire) {
        actifs.push((region.nom().to_owned(), sans(|f| f.territoire.clear())));
    }
    let tous = sans(|f| {
        f.q.clear();
        f.etape.clear();
        f.territoire.clear();
    });
    let paires: Vec<(&str, &str)> = actifs
        .iter()
        .map(|(mot, adresse)| (mot.as_str(), adresse.as_str()))
        .collect();
    filtres_actifs(&paires, &tous)
}

fn tableau(vue: &Liste) -> Tableau<'_> {
    let plusieurs = vue.regions.len() > 1;
    let mut colonnes = vec![
        Colonne::texte("Échéance"),
        Colonne::cle("Dossier"),
        Colonne::texte("Numéro"),
        Colonne::texte("Structure porteuse"),
        Colonne::texte("Déposé le"),
        Colonne::texte("Étape"),
    ];
    if plusieurs {
        colonnes.insert(4, Colonne::texte("Région"));
    }
    let lignes = vue.dossiers.iter().map(|(dossier, due)| {
        let mut cellules = vec![
            html! { (echeances::dernier_jour_court(*due)) },
            html! { a href=(urls::instruction(dossier.id)) { (dossier.nom_du_pole) } },
            html! { (dossier.numero) },
            html! { (dossier.nom_de_la_structure) },
            html! { (temps::jour_court(dossier.depose_le)) },
            etape(dossier, vue.quand),
        ];
        if plusieurs {
            cellules.insert(4, html! { (dossier.region.nom()) });
        }
        cellules
    });
    Tableau::nouveau(
        format!(
            "Dossiers de la cellule {}, {}",
            vue.cellule.nom(),
            vue.quand.libelle().to_lowercase()
        ),
        colonnes,
    )
    .legende_masquee()
    .serre()
    .lignes(lignes)
}

/// The stage a dossier stands at, in words.
pub fn mots_de_l_etape(dossier: &DossierListe) -> String {
    match (dossier.avis, dossier.verdict) {
        (Some(sens), _) if dossier.hors_delai => format!("Avis rendu hors délai : {sens}"),
        (Some(sens), _) => format!("Avis rendu : {sens}"),
        (None, Some(Verdict::Eligible)) => "Avis à rendre".to_owned(),
        (None, Some(verdict)) => format!("Écarté : {verdict}"),
        (None, None) => "Éligibilité à confirmer".to_owned(),
    }
}

fn etape(dossier: &DossierListe, quand: Quand) -> Markup {
    let ton = match (dossier.avis, dossier.verdict) {
        (Some(_), _) => Ton::Favorable,
        (None, Some(Verdict::Irrecevable | Verdict::Ineligible)) => Ton::Defavorable,
        (None, _) if quand == Quand::EnRetard => Ton::Attention,
        (None, _) => Ton::Information,
    };
    badge(ton, &typographie(&mots_de_l_etape(dossier)))
}

/// « 1 à 25 » is not known by keyset: how many are shown, out of how many.
fn ou(vue: &Liste) -> String {
    let montres = vue.dossiers.len();
    let partie = vue.parties.iter().find(|partie| partie.quand == vue.quand);
    let filtre = !vue.filtre.q.is_empty()
        || !vue.filtre.etape.is_empty()
        || !vue.filtre.territoire.is_empty();
    let mot = if montres > 1 {
        "dossiers affichés"
    } else {
        "dossier affiché"
    };
    match partie.filter(|_| !filtre) {
        Some(partie) => format!("{montres} {mot} sur {}", partie.en_mots()),
        None => format!("{montres} {mot}"),
    }
}

/// Why nothing is there, and what comes next.
fn pourquoi_vide(vue: &Liste) -> String {
    let filtre = !vue.filtre.q.is_empty()
        || !vue.filtre.etape.is_empty()
        || !vue.filtre.territoire.is_empty();
    if filtre {
        return "Aucun dossier avec ces filtres.".to_owned();
    }
    let phrase = match vue.quand {
        Quand::EnRetard => "Aucun avis en retard.",
        Quand::CetteSemaine => "Rien à rendre cette semaine.",
        Quand::PlusTard => "Rien à rendre plus tard.",
        Quand::Fait => "Aucun dossier instruit pour l'instant.",
    };
    match vue.prochaine.filter(|_| vue.quand != Quand::Fait) {
        Some(due) => format!("{phrase} {}", prochaine(due)),
        None => phrase.to_owned(),
    }
}

fn prochaine(due: Timestamp) -> String {
    format!("Prochaine échéance : {}.", echeances::dernier_jour(due))
}

/// The same list, as rows of a file.
pub fn tableur(dossiers: &[(DossierListe, Timestamp)]) -> Vec<Vec<String>> {
    let titres = [
        "Échéance",
        "Numéro",
        "Pôle",
        "Structure porteuse",
        "Région",
        "Déposé le",
        "Étape",
    ];
    let mut lignes = vec![titres.map(str::to_owned).to_vec()];
    lignes.extend(dossiers.iter().map(|(dossier, due)| {
        vec![
            echeances::dernier_jour_court(*due),
            dossier.numero.clone(),
            dossier.nom_du_pole.clone(),
            dossier.nom_de_la_structure.clone(),
            dossier.region.nom().to_owned(),
            temps::jour_court(dossier.depose_le),
            mots_de_l_etape(dossier),
        ]
    }));
    lignes
}
