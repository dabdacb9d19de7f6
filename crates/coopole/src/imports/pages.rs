//! Imports as their keeper reads them: bringing a list, reading the fate of
//! each line, applying, putting back.

mod relue;

pub use relue::{Relue, import, nom_du_choix};

use dsfr::{
    Bouton, Champ, ChampFichier, Colonne, Formulaire, Tableau, Telechargement, Ton, badge, boutons,
    lien, vide,
};
use maud::{Markup, html};
use metier::{
    commun::{Raison, temps, typographie},
    poles::import::{Colonne as Titre, EtatImport},
};

use super::{depot::Saisi, fichier::POIDS_AU_PLUS, store::Import};
use crate::{
    registre,
    socle::{
        droits::{Personne, Role},
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

/// The imports made so far, and the form that brings another.
pub struct Apport<'a> {
    pub imports: &'a [Import],
    pub saisi: &'a Saisi,
    pub raisons: &'a [Raison],
}

/// The keeper acts for the Charter's house; the national animation for itself.
fn lentille(personne: &Personne) -> Lentille {
    match personne.a_le_role(Role::Charte) {
        true => Lentille::Charte,
        false => Lentille::Animation,
    }
}

fn etat(etat: EtatImport) -> Markup {
    let ton = match etat {
        EtatImport::EnLecture | EtatImport::EnApplication | EtatImport::EnAnnulation => {
            Ton::Information
        }
        EtatImport::Illisible | EtatImport::Interrompu => Ton::Defavorable,
        EtatImport::ALire => Ton::Attention,
        EtatImport::Applique => Ton::Favorable,
        EtatImport::Annule => Ton::Neutre,
    };
    badge(ton, etat.libelle())
}

/// `/imports`
pub fn imports(cadre: &Cadre, personne: &Personne, vue: &Apport<'_>) -> Markup {
    Page::new("Imports du registre")
        .sous(&[])
        .lentille(lentille(personne))
        .corrections(vue.raisons.len())
        .montrer(
            cadre,
            html! {
                (registre::onglets(cadre, urls::IMPORTS))
                (reprise::sommaire("la liste n’est pas apportée.", vue.raisons))
                p.fr-text--lead {
                    "Apportez une liste de pôles\u{202f}: chaque ligne est relue avec vous avant que rien ne soit écrit."
                }
                (apporter(vue))
                section aria-labelledby="apportees" {
                    h2 #apportees { "Listes apportées" }
                    @if vue.imports.is_empty() {
                        (vide("Aucune liste n’a encore été apportée.", &html! {}))
                    } @else { (table(vue.imports)) }
                }
            },
        )
}

fn apporter(vue: &Apport<'_>) -> Markup {
    let erreur = |ancre| reprise::erreur(vue.raisons, ancre);
    html! {
        section aria-labelledby="apporter" {
            h2 #apporter { "Apporter une liste" }
            (Formulaire::acte(urls::IMPORTS, html! {
                (Champ::texte("source", "D’où vient cette liste")
                    .aide("Une page publique, un document, un relevé\u{202f}: cela se lira sur chaque fiche. Ne nommez personne.")
                    .valeur(vue.saisi.source.as_str())
                    .erreur(erreur("source")))
                (Champ::date("du", "À jour au")
                    .aide("Le jour où ce que dit la liste était vrai.")
                    .valeur(vue.saisi.du.as_str())
                    .erreur(erreur("du")))
                (ChampFichier::nouveau("fichier", "Fichier", &["csv", "xlsx", "ods"], POIDS_AU_PLUS)
                    .erreur(erreur("fichier")))
                (boutons(&[Bouton::principal("Lire la liste")]))
            }).avec_un_fichier_a_lire())
            p { (Telechargement::nouveau("Télécharger un modèle", urls::MODELE_D_IMPORT, "csv", None)) }
            (dsfr::depliant("Les colonnes comprises, et ce qu’elles attendent", &colonnes()))
        }
    }
}

fn colonnes() -> Markup {
    html! {
        p { (typographie(
            "Les titres sont sur la première ligne, dans l’ordre que l’on veut. Une colonne inconnue se dit et s’ignore ; \
             une colonne en double arrête la lecture. Une cellule vide ne dit rien : elle n’efface rien.")) }
        ul {
            @for titre in Titre::TOUS {
                li { strong { (titre.code()) } " – " (typographie(attendu(*titre))) }
            }
        }
        p { (typographie(
            "Une ligne se rapproche d’une fiche par son identifiant, sinon par le SIRET, sinon par le nom et le lieu. \
             Une formule d’un classeur est lue à son dernier résultat ; dans un CSV, elle reste un texte.")) }
    }
}

const fn attendu(titre: Titre) -> &'static str {
    match titre {
        Titre::Identifiant => "celui du registre, dans ses exports ; vide pour une nouvelle fiche",
        Titre::Nom => "le nom du pôle, en 160 signes au plus",
        Titre::Structure => "le nom de la personne morale qui le porte",
        Titre::Siret => "quatorze chiffres, en texte",
        Titre::Rna => "W suivi de neuf chiffres",
        Titre::CodeCommune => "le code INSEE, « 29151 », « 2A004 » ; pas le code postal",
        Titre::Commune => "son nom, si le code n’est pas donné",
        Titre::Departement => {
            "son code ; il se déduit de la commune, ou situe la fiche dont elle n’est pas connue"
        }
        Titre::Region => {
            "son nom ou son code, d’aujourd’hui ou d’avant 2016 ; elle se déduit aussi"
        }
        Titre::Themes => "ceux du registre, séparés par des virgules",
        Titre::Maturite => "en création, émergent, existant, en développement ou mature",
        Titre::Rural | Titre::Qpv => "oui ou non",
        Titre::Presentation => "en 1 200 signes au plus",
        Titre::Site => "une adresse entière",
    }
}

fn table(imports: &[Import]) -> Markup {
    let lignes = imports.iter().map(|import| {
        vec![
            html! { (lien(&urls::import(import.id), &import.nom)) },
            html! { (typographie(&import.source)) ", au " (temps::jour_court_de(import.du)) },
            html! { (temps::jour_court(import.depose_le)) },
            html! { (etat(import.etat)) },
        ]
    });
    html! {
        (Tableau::nouveau("Listes apportées, de la plus récente à la plus ancienne", vec![
            Colonne::cle("Fichier"),
            Colonne::texte("Source"),
            Colonne::texte("Apportée le"),
            Colonne::texte("État"),
        ]).legende_masquee().serre().lignes(lignes))
    }
}
