//! The open data of the register: its files, what each column says, and how
//! every counter shown in public is counted again from them.

use dsfr::{Colonne, Tableau, lecture, lien};
use maud::{Markup, html};
use metier::{charte::QualiteSignature, commun::typographie};

use super::exports::exports;
use crate::{
    registre::{
        annuaire::Filtre,
        donnees::{REGIONS, SORTIES},
        export::{CHANGEMENTS, Chapitre, DU_POLE, LICENCE, MEMBRES, POLES, SIGNES},
    },
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// Where a counter is shown, and how to count it again.
const COMPTES: [(&str, &str, &str); 9] = [
    (
        urls::POLES,
        "Pôles inscrits, avec ou sans filtre",
        "les lignes de « poles » ; chaque filtre de l’adresse est une colonne",
    ),
    (
        urls::REGIONS,
        "Pôles par région, par département, par intercommunalité",
        "les lignes de « poles », par « region », par « departement », par « epci »",
    ),
    (
        urls::REGIONS,
        "Régions qui ont une cellule, celles qui sont suppléées",
        "les lignes de « régions », par « cellule », par « suppleante »",
    ),
    (
        urls::POLES,
        "Membres d’un pôle, dont ceux de l’économie sociale et solidaire",
        "les lignes de « membres » de ce pôle dont « present » est « oui » ; parmi elles, celles dont « nature » est « ess »",
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
        "les lignes de « poles » dont « charte » est « oui »",
    ),
    (
        urls::SIGNATAIRES,
        "Organisations en soutien de la Charte",
        "les lignes de « soutiens »",
    ),
];

/// The chapters of a record, each a file.
const CHAPITRES: [(&str, &str, &Chapitre); 3] = [
    (urls::POLES_MEMBRES_CSV, "Membres (CSV)", &MEMBRES),
    (urls::POLES_SIGNES_CSV, "Signes (CSV)", &SIGNES),
    (
        urls::POLES_CHANGEMENTS_CSV,
        "Changements (CSV)",
        &CHANGEMENTS,
    ),
];

fn colonnes<'a>(
    legende: &'a str,
    colonnes: impl Iterator<Item = &'a (&'static str, &'static str)>,
) -> Tableau<'a> {
    let titres = vec![Colonne::cle("Colonne"), Colonne::texte("Ce qu’elle dit")];
    let lignes = colonnes
        .map(|(nom, dit)| vec![html! { code { (nom) } }, html! { (typographie(dit)) }])
        .collect::<Vec<_>>();
    Tableau::nouveau(legende, titres)
        .legende_masquee()
        .serre()
        .lignes(lignes)
}

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
                        (typographie("Toutes les adresses de cette page prennent les filtres de l’annuaire : "))
                        code { (urls::POLES_CSV) "?region=53&signe=charte" }
                        (typographie(". Une cellule vide n’est pas connue : ce n’est ni un non, ni un zéro."))
                    }
                    (colonnes("Colonnes du fichier des pôles", POLES.colonnes.iter()))
                }
                section aria-labelledby="chapitres" {
                    h2 #chapitres { "Membres, signes, changements" }
                    p {
                        "Une fiche en dit plusieurs : chacun est une ligne d’un fichier à part, une feuille du classeur, "
                        "et un élément de chaque pôle dans le JSON ("
                        code { (MEMBRES.nom) } ", " code { (SIGNES.nom) } ", " code { (CHANGEMENTS.nom) } ")."
                    }
                    @for (adresse, titre, chapitre) in CHAPITRES {
                        h3.fr-h5 { (lien(adresse, titre)) }
                        (colonnes(titre, DU_POLE.iter().chain(chapitre.table.colonnes)))
                    }
                }
                section aria-labelledby="recensement" {
                    h2 #recensement { "Le recensement" }
                    p {
                        (lien(urls::RECENSEMENT_EXPORT, "Chaque pôle, et ce que les deux listes en disent (CSV pour tableur)"))
                        (typographie(" : signataire de la Charte, lauréat de l’accompagnement, à la date demandée."))
                    }
                }
                section aria-labelledby="regions" {
                    h2 #regions { "Les régions et leurs cellules" }
                    p { (lien(urls::REGIONS_CSV, "Régions (CSV pour tableur)")) }
                    (colonnes("Colonnes du fichier des régions", REGIONS.iter()))
                }
                section aria-labelledby="sortis" {
                    h2 #sortis { "Les pôles en sommeil ou radiés" }
                    p {
                        (lien(urls::SORTIES_CSV, "Pôles sortis du registre (CSV pour tableur)"))
                        (typographie(" : ils ne sont dans aucun autre fichier, sauf au recensement d’une date où ils n’étaient pas encore sortis."))
                    }
                    (colonnes("Colonnes du fichier des pôles sortis", SORTIES.iter()))
                }
                section aria-labelledby="soutiens" {
                    h2 #soutiens { "Les organisations en soutien de la Charte" }
                    p {
                        (lien(&urls::avec(urls::SIGNATAIRES_CSV, &[("qualite", QualiteSignature::Soutien.code())]),
                              "Soutiens (CSV pour tableur)"))
                        (typographie(" : leur nom, leur numéro, la version signée, le jour et la preuve."))
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
                        " écrit les mêmes fichiers ; avec " code { "--le 2022-12-31" }
                        ", le recensement y est celui de ce jour."
                    }
                }
            },
        )
}
