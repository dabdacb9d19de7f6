//! The fields of what a record says in several: its structure, its members.
//! Each is read and written as one line (`metier::poles::{Porteuse, Membre}`).

use dsfr::{Case, Champ, Choix, ListeDeroulante};
use maud::{Markup, html};
use metier::{
    commun::Region,
    poles::{Emplacement, FormeJuridique, MEMBRES_AU_PLUS, NatureMembre},
};

use crate::socle::{communes, departements};

/// The fields of a structure, in the order of its line.
pub const STRUCTURE: [&str; 5] = ["forme", "siret", "rna", "siege", "nom"];

/// The fields of a place, the most precise first.
pub const LIEU: [&str; 3] = ["valeur", "departement", "region"];

/// Blank rows under the members already there.
const VIDES: usize = 5;

/// The fields of a member, in the order of its line.
pub fn membre(rang: usize) -> [String; 5] {
    ["nature", "depuis", "jusqu_a", "tiers_lieu", "membre"].map(|champ| format!("{champ}-{rang}"))
}

fn cinq(ligne: &str) -> [&str; 5] {
    let mut champs = ligne.splitn(5, '|');
    std::array::from_fn(|_| champs.next().unwrap_or_default())
}

/// What is asked of the structure that carries the pole.
pub fn structure(ligne: &str, erreur: Option<&str>) -> Markup {
    let [forme, siret, rna, siege, nom] = cinq(ligne);
    let formes = FormeJuridique::TOUS
        .iter()
        .map(|forme| Choix::nouveau(forme.code(), forme.libelle()));
    html! {
        div #valeur tabindex="-1" {
            (en_faute(erreur))
            (Champ::texte("nom", "Nom de la structure")
                .aide("Celle qui dépose, signe et reçoit pour le pôle. Laissez tout vide si elle n’est pas connue.")
                .valeur(nom))
            (ListeDeroulante::nouvelle("forme", "Forme juridique", formes.collect())
                .invite(Some("Non connue"))
                .valeur((!forme.is_empty()).then_some(forme)))
            (Champ::texte("siret", "SIRET de son siège").clavier("numeric").valeur(siret)
                .aide("Quatorze chiffres."))
            (Champ::texte("rna", "Numéro RNA").valeur(rna)
                .aide("Pour une association, s’il est connu\u{202f}: W suivi de neuf chiffres."))
            (Champ::texte("siege", "Commune de son siège").valeur(communes::lisible(siege))
                .aide("Sa région dit quelle cellule donne l’avis sur ses dossiers."))
        }
    }
}

/// Where the pole stands: its commune, else its department, else its region.
pub fn lieu(valeur: &str, erreur: Option<&str>) -> Markup {
    let Emplacement { code, lieu } = Emplacement::lire(valeur);
    let commune = match &code {
        Some(code) => communes::lisible(code),
        None => lieu.commune.unwrap_or_default(),
    };
    let departement = lieu.departement.filter(|_| code.is_none());
    let region = lieu.region.filter(|_| departement.is_none());
    let departements = Region::TOUTES
        .iter()
        .flat_map(|region| region.departements());
    let departements = departements
        .map(|code| Choix::nouveau(*code, departements::lisible(code)))
        .collect();
    let regions = Region::TOUTES
        .iter()
        .map(|region| Choix::nouveau(region.code(), region.nom()))
        .collect();
    html! {
        (Champ::texte("valeur", "Commune")
            .aide("Son nom, ou son code INSEE. Le département et la région en découlent. Laissez vide si elle n’est pas connue.")
            .valeur(commune).erreur(erreur))
        (ListeDeroulante::nouvelle("departement", "Sans commune, le département", departements)
            .invite(Some("Non connu")).valeur(departement.as_deref()))
        (ListeDeroulante::nouvelle("region", "Sans département, la région", regions)
            .invite(Some("Non connue")).valeur(region.map(Region::code)))
    }
}

/// What is asked of each member: those there, then blank rows.
pub fn membres(lignes: &str, erreur: Option<&str>) -> Markup {
    let dites: Vec<&str> = lignes.lines().collect();
    let rangs = (dites.len() + VIDES).min(MEMBRES_AU_PLUS);
    let natures: Vec<Choix<'_>> = NatureMembre::TOUS
        .iter()
        .map(|nature| Choix::nouveau(nature.code(), nature.libelle()))
        .collect();
    html! {
        div #valeur tabindex="-1" {
            (en_faute(erreur))
            p {
                "Des organisations, jamais une personne. Une date est une année ou un jour (2021, 15/03/2021). \
                 Qui n’est plus membre garde sa ligne, avec la date de son départ\u{202f}; une ligne sans nom \
                 n’est pas gardée."
            }
            @for rang in 0..rangs {
                @let [nature, depuis, jusqu_a, tiers_lieu, nom] = cinq(dites.get(rang).copied().unwrap_or_default());
                @let [c_nature, c_depuis, c_jusqu_a, c_tiers_lieu, c_nom] = membre(rang);
                @let n = rang + 1;
                div.co-recherche {
                    (Champ::texte(c_nom, format!("Membre {n}")).valeur(nom))
                    (ListeDeroulante::nouvelle(c_nature, format!("Nature du membre {n}"), natures.clone())
                        .invite(Some("À choisir"))
                        .valeur((!nature.is_empty()).then_some(nature)))
                    (Champ::texte(c_depuis, format!("Depuis ({n})")).valeur(depuis))
                    (Champ::texte(c_jusqu_a, format!("Jusqu’à ({n})")).valeur(jusqu_a))
                    (Case::nouvelle(c_tiers_lieu, format!("Tiers-lieu ({n})"))
                        .cochee(!tiers_lieu.is_empty()))
                }
            }
        }
    }
}

fn en_faute(erreur: Option<&str>) -> Markup {
    html! { @if let Some(erreur) = erreur { p.fr-message.fr-message--error { (erreur) } } }
}
