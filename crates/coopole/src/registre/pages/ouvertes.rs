//! The open data of the register: its files, what each column says, and how
//! every counter shown in public is counted again from them.

use dsfr::{Colonne, Tableau, lecture, lien};
use maud::{Markup, html};
use metier::commun::typographie;

use super::exports::exports;
use crate::{
    registre::{annuaire::Filtre, export::LICENCE},
    socle::mise_en_page::{Cadre, Page},
    urls,
};

const COLONNES: [(&str, &str); 15] = [
    ("identifiant", "stable : celui de l’adresse de la fiche"),
    ("nom", "le nom du pôle"),
    ("adresse", "l’adresse de sa fiche"),
    (
        "structure_porteuse",
        "la personne morale qui dépose et signe pour lui",
    ),
    ("siret", "le numéro de cette structure"),
    ("commune", "la commune du pôle"),
    ("departement", "le code de son département"),
    ("region", "le code officiel de sa région"),
    ("themes", "les mots du registre, séparés par « | »"),
    (
        "signes",
        "charte, accompagnement, financement, séparés par « | »",
    ),
    ("maturite", "en_creation, emergent, existant…"),
    ("rural", "oui, non, ou vide si cela n’est pas connu"),
    ("qpv", "de même, pour les quartiers prioritaires"),
    ("invente", "oui pour un pôle du monde de démonstration"),
    (
        "source",
        "la page publique où il a été relevé ; vide s’il s’est inscrit ici",
    ),
];

/// Where a counter is shown, and how to count it again.
const COMPTES: [(&str, &str, &str); 6] = [
    (
        urls::POLES,
        "Pôles inscrits, avec ou sans filtre",
        "les lignes de « poles » ; chaque filtre de l’adresse est une colonne",
    ),
    (
        urls::REGIONS,
        "Pôles par région, par département",
        "les lignes de « poles », par « region », par « departement »",
    ),
    (
        urls::CARTE,
        "Pôles placés à la commune, au département, à la région",
        "les points de « GeoJSON », par « precision_du_point »",
    ),
    (
        urls::RECENSEMENT,
        "Recensés, signataires, lauréats, les deux",
        "les lignes de « recensement », par « signataire_charte » et « laureat_accompagnement »",
    ),
    (
        urls::RECENSEMENT,
        "Le même recensement, à une date passée",
        "le fichier du recensement demandé à cette date : « le=2022-12-31 » dans son adresse",
    ),
    (
        urls::SIGNATAIRES,
        "Pôles signataires de la Charte",
        "les lignes de « poles » dont « signes » contient « charte »",
    ),
];

/// `/donnees`
pub fn donnees_ouvertes(cadre: &Cadre) -> Markup {
    Page::new("Données ouvertes")
        .indexable()
        .sous(&[(urls::POLES, "Pôles")])
        .montrer(
            cadre,
            html! {
                (lecture(&html! {
                    p.fr-text--lead {
                        (typographie("Tout ce que le registre montre se télécharge ici, sans compte, pour être réutilisé sous "))
                        (LICENCE) ". Aucune personne n’y est nommée."
                    }
                }))
                section aria-labelledby="poles" {
                    h2 #poles { "Les pôles" }
                    (exports(&Filtre::default()))
                    p {
                        (typographie("Ces adresses prennent les filtres de l’annuaire : "))
                        code { (urls::POLES_CSV) "?region=53&signe=charte" }
                        (typographie(". Une cellule vide n’est pas connue : ce n’est ni un non, ni un zéro."))
                    }
                    (Tableau::nouveau("Colonnes", vec![
                        Colonne::cle("Colonne"), Colonne::texte("Ce qu’elle dit"),
                    ]).lignes(COLONNES.iter().map(|(nom, dit)| vec![
                        html! { code { (nom) } }, html! { (typographie(dit)) },
                    ])))
                }
                section aria-labelledby="recensement" {
                    h2 #recensement { "Le recensement" }
                    p {
                        (lien(urls::RECENSEMENT_EXPORT, "Chaque pôle, et ce que les deux listes en disent (CSV pour tableur)"))
                        (typographie(" : signataire de la Charte, lauréat de l’accompagnement, à la date demandée."))
                    }
                }
                section aria-labelledby="nouveaux" {
                    h2 #nouveaux { "Les nouveaux pôles" }
                    p {
                        (lien(urls::POLES_ATOM, "Le flux Atom"))
                        (typographie(" : les pôles par la date de leur premier signe, pour la France, une région, un département ou une intercommunalité."))
                    }
                }
                section aria-labelledby="comptes" {
                    h2 #comptes { "Refaire nos comptes" }
                    (Tableau::nouveau("Chaque nombre montré, et d’où il se recompte", vec![
                        Colonne::cle("Nombre"), Colonne::texte("Se recompte sur"),
                    ]).legende_masquee().lignes(COMPTES.iter().map(|(page, nombre, compte)| vec![
                        html! { (lien(page, nombre)) }, html! { (typographie(compte)) },
                    ])))
                    p {
                        "Sur la machine, " code { "coopole registre exporter DOSSIER" }
                        " écrit les mêmes fichiers."
                    }
                }
            },
        )
}
