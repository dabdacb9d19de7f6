//! The regions: how many poles each has and who answers for it; then one of
//! them, with its poles and the departments that have none.

use dsfr::{Colonne, Tableau, lien, nombre};
use maud::{Markup, html};
use metier::{commun::typographie, instruction::Competence, poles::Signe};
use uuid::Uuid;

use super::{
    annuaire::{choisir_le_monde, combien, combien_de_poles, d_ou_viennent_les_signatures},
    carte::{credits, par_region},
    suivis::suivre,
    territoire::{charge, croissance, ses_poles},
};
use crate::{
    poles::comptes::Lieu,
    registre::{
        annuaire::NON_CONNU,
        atom,
        region::{RegionLue, Regions},
    },
    socle::{
        departements,
        mise_en_page::{Cadre, Page},
    },
    urls,
};

/// `/regions`
pub fn regions(cadre: &Cadre, vue: &Regions) -> Markup {
    let colonnes = vec![
        Colonne::cle("Région"),
        Colonne::nombre("Pôles inscrits"),
        Colonne::texte("Cellule d’animation"),
    ];
    let lignes = vue.lignes.iter().map(|ligne| {
        vec![
            html! { (lien(&vue.monde.vers(&urls::region(ligne.region)), ligne.region.nom())) },
            html! { @if ligne.combien == 0 { "aucun" } @else { (nombre(ligne.combien)) } },
            html! { (typographie(&cellule(ligne.competence))) },
        ]
    });
    let sans_region = urls::avec(
        urls::POLES,
        &[("region", NON_CONNU), ("monde", vue.monde.dit())],
    );
    let inventes = cadre.demonstration.is_some() && !vue.monde.reels();
    Page::new("Régions")
        .indexable()
        .sous(&[(urls::POLES, "Pôles")])
        .montrer(
            cadre,
            html! {
                p.fr-text--lead { (typographie(&combien_de_poles(cadre, vue.combien(), inventes))) }
                (choisir_le_monde(cadre, urls::REGIONS, &vue.monde))
                @if vue.sans_region > 0 {
                    p {
                        @match vue.sans_region {
                            1 => "L’un d’eux n’a ",
                            n => { (nombre(n)) " d’entre eux n’ont " },
                        }
                        (lien(&sans_region, "pas de région connue")) "."
                    }
                }
                div.co-regions {
                    (Tableau::nouveau("Les dix-huit régions", colonnes)
                        .legende_masquee()
                        .lignes(lignes.collect::<Vec<_>>()))
                    div { (par_region(&vue.comptes(), &vue.monde)) (credits()) }
                }
            },
        )
}

pub(super) fn cellule(competence: Competence) -> String {
    match competence {
        Competence::Titulaire(_) => "Oui".to_owned(),
        Competence::Suppleante { cellule, .. } => {
            format!("Non : suppléée par la cellule {}", cellule.nom())
        }
        Competence::EtatSeul(_) => "Non : l’État donne les avis".to_owned(),
    }
}

/// `/regions/{code}`; `publie`: whoever reads may give the address of the cell.
pub fn region(cadre: &Cadre, vue: &RegionLue, suivi: Option<Uuid>, publie: bool) -> Markup {
    let region = vue.charge.region;
    let lieu = Lieu::Region(region);
    let sans: Vec<String> = vue
        .departements
        .iter()
        .filter(|(_, combien)| *combien == 0)
        .map(|(code, _)| departements::lisible(code))
        .collect();
    Page::new(region.nom())
        .indexable()
        .flux(&atom::adresse(Some(lieu), &vue.monde))
        .sous(&[(urls::POLES, "Pôles"), (urls::REGIONS, "Régions")])
        .montrer(
            cadre,
            html! {
                p.fr-text--lead { (typographie(&combien(cadre, &vue.annuaire))) }
                (choisir_le_monde(cadre, &urls::region(region), &vue.monde))
                (charge(&vue.charge))
                @if publie { p { (lien(&urls::contact_de_cellule(region), "Changer l’adresse où écrire à la cellule")) } }
                (ses_poles(&vue.annuaire, "Aucun pôle de cette région n’est inscrit au registre."))
                (croissance(&vue.croissance))
                section aria-labelledby="signes" {
                    h2 #signes { "Par signe" }
                    ul {
                        @for (signe, combien, filtre) in &vue.signes {
                            li {
                                (typographie(&format!("{} : ", signe.libelle())))
                                @if *combien == 0 { "aucun pôle" }
                                @else { (lien(&filtre.adresse(urls::POLES), &nombre(*combien))) }
                                @if *signe == Signe::Charte { (signature_inconnue(vue)) }
                            }
                        }
                    }
                    p.fr-text--sm {
                        "Un pôle peut porter plusieurs signes. "
                        (typographie(&d_ou_viennent_les_signatures(vue.liste_attestee.as_ref())))
                    }
                }
                section aria-labelledby="departements" {
                    h2 #departements { "Par département" }
                    (par_departement(vue))
                    @if !sans.is_empty() {
                        p { (typographie(&format!(
                            "Sans pôle connu : {}. Un pôle dont la source ne donne pas le département peut s’y trouver.",
                            sans.join(", ")))) }
                    }
                }
                (suivre(cadre, lieu, suivi))
            },
        )
}

/// Those that are neither in, nor out.
fn signature_inconnue(vue: &RegionLue) -> Markup {
    let (combien, filtre) = &vue.signature_inconnue;
    let poles = if *combien > 1 { "pôles" } else { "pôle" };
    let dits = format!(
        "{} {poles} dont la signature n’est pas connue",
        nombre(*combien)
    );
    html! {
        @if *combien > 0 { ", et " (lien(&filtre.adresse(urls::POLES), &dits)) }
    }
}

fn par_departement(vue: &RegionLue) -> Tableau<'_> {
    let colonnes = vec![
        Colonne::cle("Département"),
        Colonne::nombre("Pôles inscrits"),
    ];
    let connus = vue.departements.iter().map(|(code, combien)| {
        let nom = departements::lisible(code);
        let page = vue.monde.vers(&urls::departement(code));
        (html! { (lien(&page, &nom)) }, *combien)
    });
    let inconnus = (vue.sans_departement > 0)
        .then(|| (html! { "Département non connu" }, vue.sans_departement));
    let lignes = connus
        .chain(inconnus)
        .map(|(ou, combien)| vec![ou, html! { (nombre(combien)) }]);
    Tableau::nouveau("Pôles par département", colonnes)
        .legende_masquee()
        .lignes(lignes.collect::<Vec<_>>())
}
