//! The directory: what is asked, how many answer and what that counts, who.

mod formulaire;

use dsfr::{
    Colonne, Entree, Onglets, Pagination, Tableau, Ton, badge, badges, filtres_actifs, lien, vide,
};
use maud::{Markup, html};
use metier::{
    commun::{temps, typographie},
    poles::Signe,
};

pub use formulaire::{choisir_le_monde, monde, recherche};

use super::exports;

use crate::{
    consignations::Attestation,
    poles::fiches::{COMPTE_AU_PLUS, Fiche},
    registre::{
        annuaire::{Annuaire, Filtre, OUI, PAR_PAGE, REELS},
        export::ORIGINES,
    },
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// `/poles`
pub fn annuaire(cadre: &Cadre, vue: &Annuaire) -> Markup {
    Page::new("Pôles")
        .indexable()
        .sous(&[])
        .traduite(&vue.filtre.du_debut().adresse(urls::CLUSTERS))
        .flux(&urls::avec(
            urls::POLES_ATOM,
            &[("monde", &vue.filtre.monde)],
        ))
        .montrer(
            cadre,
            html! {
                (formes(vue, urls::POLES))
                (recherche(cadre, vue, urls::POLES))
                (filtres(vue, urls::POLES))
                (corrigee(vue, urls::POLES))
                @if vue.fiches.is_empty() {
                    (personne(vue, urls::POLES))
                    (a_part(vue, urls::POLES))
                } @else {
                    p { (typographie(&combien(cadre, vue))) }
                    (reserve(vue))
                    (a_part(vue, urls::POLES))
                    (tableau(vue))
                    (feuilleter(vue, urls::POLES, ou(vue)))
                    (exports(&vue.filtre))
                }
                p {
                    (lien(urls::DECLARER, "Votre pôle n’y est pas\u{202f}? Déclarez-le"))
                    ". " (lien(urls::SORTIS, "Pôles en sommeil ou radiés")) "."
                }
            },
        )
}

/// The same filters as a list or as a map.
pub fn formes(vue: &Annuaire, ici: &str) -> Onglets<'static> {
    let filtre = vue.filtre.du_debut();
    let entree = |libelle: &'static str, forme: &str| {
        Entree::nouvelle(libelle, filtre.adresse(forme)).courante(forme == ici)
    };
    Onglets::nouveaux(
        "Présentation des pôles",
        vec![entree("Liste", urls::POLES), entree("Carte", urls::CARTE)],
    )
}

/// The pages of the list, in the form it is shown in.
pub fn feuilleter(vue: &Annuaire, ici: &str, ou: String) -> Pagination<'static> {
    Pagination {
        precedente: vue.precedente.as_ref().map(|page| page.adresse(ici).into()),
        suivante: vue.suivante.as_ref().map(|page| page.adresse(ici).into()),
        ou: ou.into(),
    }
}

pub fn filtres(vue: &Annuaire, ici: &str) -> Markup {
    let actifs: Vec<(String, String)> = vue
        .filtre
        .actifs()
        .into_iter()
        .map(|actif| (typographie(&actif.dit), actif.sans.adresse(ici)))
        .collect();
    let paires: Vec<(&str, &str)> = actifs
        .iter()
        .map(|(dit, sans)| (dit.as_str(), sans.as_str()))
        .collect();
    filtres_actifs(&paires, ici)
}

/// The count, what it counts, and when.
pub fn combien(cadre: &Cadre, vue: &Annuaire) -> String {
    let inventes = cadre.demonstration.is_some() && vue.filtre.monde != REELS;
    combien_de_poles(cadre, vue.combien, inventes)
}

/// So many poles, by what they are in the register, today; in a demonstration
/// the invented ones may be among them.
pub fn combien_de_poles(cadre: &Cadre, combien: u64, inventes: bool) -> String {
    let mot = match combien {
        0 | 1 => "pôle inscrit",
        _ => "pôles inscrits",
    };
    let ou = match inventes {
        true => ", ou inventés pour la démonstration",
        false => "",
    };
    let phrase = format!(
        "{} {mot} à ce registre au {} (pôles {ORIGINES}{ou} ; sans ceux qui sont en sommeil ou radiés).",
        compte(combien),
        temps::jour_court(cadre.maintenant)
    );
    let mut lettres = phrase.chars();
    let initiale = lettres.next().map(char::to_uppercase);
    initiale.into_iter().flatten().chain(lettres).collect()
}

/// A count, and what is said past what is counted.
fn compte(combien: u64) -> String {
    match combien {
        exact if exact <= COMPTE_AU_PLUS => dsfr::nombre(exact),
        _ => format!("plus de {}", dsfr::nombre(COMPTE_AU_PLUS)),
    }
}

/// What was looked for instead of what was typed, and how to insist.
pub fn corrigee(vue: &Annuaire, ici: &str) -> Markup {
    let insister = Filtre {
        exact: OUI.to_owned(),
        ..vue.filtre.du_debut()
    };
    html! {
        @if let Some(corriges) = &vue.corriges {
            p {
                (typographie(&format!("Résultats pour « {corriges} » ; ")))
                (lien(&insister.adresse(ici), &typographie(&format!("chercher « {} » exactement", vue.filtre.q.trim()))))
                "."
            }
        }
    }
}

/// Those whose record does not say what a filter asks: neither in, nor out.
pub fn a_part(vue: &Annuaire, ici: &str) -> Markup {
    html! {
        @if !vue.tus.is_empty() {
            p {
                (typographie("Comptés à part, faute de le savoir : "))
                @for (rang, (tu, combien)) in vue.tus.iter().enumerate() {
                    @if rang > 0 { ", " }
                    @let poles = if *combien > 1 { "pôles" } else { "pôle" };
                    (lien(&tu.ceux_la.adresse(ici), &typographie(&format!("{} {poles} {}", compte(*combien), tu.dit))))
                }
                "."
            }
        }
    }
}

/// What the public lists do not say, where it bears on what is shown.
pub fn reserve(vue: &Annuaire) -> Markup {
    html! {
        @if vue.filtre.signe == Signe::Charte.code() {
            p.fr-text--sm { (typographie(&d_ou_viennent_les_signatures(vue.liste_attestee.as_ref()))) }
        }
    }
}

/// What the signatures shown are, as long as no list of signatories was said
/// whole, then since.
pub(super) fn d_ou_viennent_les_signatures(attestee: Option<&Attestation>) -> String {
    match attestee {
        None => "Aucune liste publique ne dit qui a signé la Charte : seules les signatures enregistrées ici sont \
                 comptées."
            .to_owned(),
        Some(liste) => format!(
            "Signatures enregistrées ici, d’après une liste attestée complète au {} ({}).",
            temps::jour_court_de(liste.jour),
            liste.source
        ),
    }
}

/// The records, a line each.
pub(super) fn tableau(vue: &Annuaire) -> Tableau<'_> {
    let colonnes = vec![
        Colonne::cle("Pôle"),
        Colonne::texte("Lieu"),
        Colonne::texte("Thèmes"),
        Colonne::texte("Signes"),
    ];
    let lignes = vue.fiches.iter().map(|fiche| {
        vec![
            html! {
                (lien(&urls::pole(fiche.id), &typographie(&fiche.nom)))
                @if fiche.invente { " " (invente()) }
            },
            html! { (dit_ou_non_connu(&fiche.lieu.en_mots())) },
            html! { (dit_ou_non_connu(&themes(fiche))) },
            signes(fiche),
        ]
    });
    Tableau::nouveau("Pôles du registre", colonnes)
        .legende_masquee()
        .lignes(lignes)
}

/// The mark of the invented world, wherever one of its poles is shown.
pub fn invente() -> Markup {
    badge(Ton::Neutre, "Inventé")
}

/// The signs of a pole; the absence of one is not a fact.
pub fn signes(fiche: &Fiche) -> Markup {
    let dits: Vec<(Ton, &str)> = fiche
        .signes
        .iter()
        .map(|signe| (Ton::Information, signe.libelle()))
        .collect();
    match dits.is_empty() {
        true => html! { "aucun connu" },
        false => badges(&dits),
    }
}

fn themes(fiche: &Fiche) -> String {
    let dits: Vec<&str> = fiche.themes.iter().map(|theme| theme.libelle()).collect();
    dits.join(", ")
}

pub fn dit_ou_non_connu(texte: &str) -> String {
    match texte.is_empty() {
        true => "non connu".to_owned(),
        false => typographie(texte),
    }
}

fn ou(vue: &Annuaire) -> String {
    let montres = vue.fiches.len();
    match vue.combien > PAR_PAGE as u64 {
        true => format!("{montres} pôles affichés sur {}", compte(vue.combien)),
        false if montres > 1 => format!("{montres} pôles affichés"),
        false => "1 pôle affiché".to_owned(),
    }
}

/// Why nothing is there, and the lists with one filter less.
pub fn personne(vue: &Annuaire, ici: &str) -> Markup {
    let pourquoi = match vue.sans.len() {
        0 => "Aucun pôle au registre.".to_owned(),
        1 => "Aucun pôle avec ce filtre.".to_owned(),
        n => format!("Aucun pôle avec ces {n} filtres."),
    };
    vide(
        &pourquoi,
        &html! {
            @if !vue.sans.is_empty() {
                ul {
                    @for (actif, combien) in &vue.sans {
                        li {
                            (lien(&actif.sans.adresse(ici), &typographie(&format!("Sans « {} »", actif.dit.trim_matches(['«', '»', ' '])))))
                            @match combien {
                                0 => ", il n’y en a pas davantage.",
                                1 => ", il y en a 1.",
                                n => { ", il y en a " (compte(*n)) "." },
                            }
                        }
                    }
                }
                p { (lien(ici, "Voir tous les pôles")) }
            }
        },
    )
}
