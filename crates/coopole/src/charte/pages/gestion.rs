//! The pages of the keeper of the Charter: the versions, where a text is poured
//! in, and the laureates who have not signed.

use dsfr::{
    Alerte, Bouton, Colonne, Formulaire, Gravite, Tableau, Ton, Zone, badge, boutons, lien, nombre,
    vide,
};
use maud::{Markup, html};
use metier::{
    charte::{Charte, Version},
    commun::{Raison, temps, typographie},
};

use super::texte::{A_VERSER, texte};
use crate::{
    charte::store::{Laureats, Manquant},
    socle::{
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

const CHARTE: (&str, &str) = (urls::GESTION_CHARTE, "Charte des PTCE");

/// The laureates of the accompaniment without a signature.
pub struct Relances {
    pub manquants: Vec<Manquant>,
    pub laureats: Laureats,
}

/// `/charte/gestion`
pub fn relances(cadre: &Cadre, vue: &Relances) -> Markup {
    let Laureats {
        signataires,
        manquants,
        inconnus,
    } = vue.laureats;
    let n = |combien: i64| nombre(combien.unsigned_abs());
    Page::new("Lauréats qui n’ont pas signé")
        .sous(&[])
        .lentille(Lentille::Charte)
        .montrer(cadre, html! {
            p.fr-text--lead { (typographie(&format!(
                "{} sur {} dont la signature est connue, au {}.",
                laureats(manquants), n(signataires + manquants), temps::jour_court(cadre.maintenant)))) }
            p { (typographie("Définition : lauréats de l’appel d’accompagnement sans signature qui vaille à ce jour, d’aucune version.")) }
            @if inconnus > 0 {
                p { (typographie(&format!(
                    "Pour {} lauréats réels, la signature n’est pas connue : aucune liste publique ne la donne. Ils ne \
                     sont ni comptés ni listés, et aucune relance ne les vise.", n(inconnus)))) }
            }
            @if vue.manquants.is_empty() {
                (vide("Aucun lauréat connu n’est sans signature.", &html! {
                    p { (lien(urls::SIGNATURES_CHARTE, "Voir les signatures")) }
                }))
            } @else { (table(&vue.manquants)) }
        })
}

/// « 1 lauréat n’a pas signé », « 3 lauréats n’ont pas signé »
fn laureats(combien: i64) -> String {
    match combien {
        0 => "Aucun lauréat n’est sans signature,".to_owned(),
        1 => "1 lauréat n’a pas signé,".to_owned(),
        n => format!("{n} lauréats n’ont pas signé,"),
    }
}

fn table(manquants: &[Manquant]) -> Markup {
    let lignes = manquants.iter().map(|manquant| {
        vec![
            html! {
                (lien(&urls::pole(manquant.pole), &manquant.nom))
                @if manquant.invente { " " (badge(Ton::Neutre, "Inventé")) }
            },
            html! { (manquant.region.map_or("non connue", |region| region.nom())) },
            html! { @if manquant.retiree { "Signature retirée" } @else { "Jamais signée" } },
        ]
    });
    html! {
        (Tableau::nouveau("Lauréats qui n’ont pas signé, par nom", vec![
            Colonne::cle("Pôle"),
            Colonne::texte("Région"),
            Colonne::texte("Charte"),
        ]).legende_masquee().serre().lignes(lignes))
    }
}

/// `/charte/gestion/versions`
pub fn versions(cadre: &Cadre, charte: &Charte) -> Markup {
    let lignes = charte.versions.iter().map(|version| {
        vec![
            html! {
                @match version.vaut {
                    None => (lien(&urls::version_de_la_charte(&version.code), &version.titre)),
                    Some(_) => (version.titre),
                }
            },
            html! { (typographie(&version.presentation)) },
            html! {
                @match &version.texte {
                    Some(texte) => { "versé le " (temps::jour_court(texte.publie_le)) },
                    None => (badge(Ton::Attention, "À verser")),
                }
            },
            html! { @if charte.a_signer() == Some(version) { "Oui" } @else { "Non" } },
        ]
    });
    Page::new("Versions")
        .sous(&[CHARTE])
        .lentille(Lentille::Charte)
        .montrer(cadre, html! {
            p { (typographie(
                "Une version ne se signe qu’une fois son texte versé, et la dernière présentée seulement.")) }
            (Tableau::nouveau("Versions de la Charte", vec![
                Colonne::cle("Version"),
                Colonne::texte("Présentation"),
                Colonne::texte("Texte"),
                Colonne::texte("Se signe"),
            ]).legende_masquee().serre().lignes(lignes))
        })
}

/// A version and what its keeper may still do with it.
pub struct VersionTenue {
    pub version: Version,
    pub texte: Option<String>,
    /// How many signatures were given on the text that is there.
    pub signatures: i64,
}

/// `/charte/gestion/versions/{code}`; `saisi`: what was typed, after a refusal.
pub fn version(
    cadre: &Cadre,
    vue: &VersionTenue,
    saisi: Option<&str>,
    raisons: &[Raison],
) -> Markup {
    let version = &vue.version;
    let signe = vue.signatures > 0 && vue.texte.is_some();
    Page::new(&version.titre)
        .sous(&[CHARTE, (urls::VERSIONS_CHARTE, "Versions")])
        .lentille(Lentille::Charte)
        .corrections(raisons.len())
        .montrer(cadre, html! {
            (reprise::sommaire("le texte n’est pas versé.", raisons))
            p { (typographie(&format!("Présentation : {}.", version.presentation))) }
            @match &version.texte {
                Some(publie) => {
                    @if raisons.is_empty() {
                        (Alerte::nouvelle(Gravite::CestFait, typographie(&format!(
                            "ce texte est versé depuis le {}.", temps::instant_long(publie.publie_le)))))
                    }
                },
                None => p { (A_VERSER) },
            }
            @if signe {
                p { (typographie(&format!(
                    "{} Le texte ne change plus : un autre texte est une autre version.",
                    portees(vue.signatures)))) }
                @if let Some(lu) = &vue.texte { h2 { "Le texte" } (texte(version, lu)) }
            } @else {
                (editeur(vue, saisi, raisons))
            }
        })
}

fn portees(signatures: i64) -> String {
    match signatures {
        1 => "Il porte 1 signature.".to_owned(),
        n => format!("Il porte {n} signatures."),
    }
}

fn editeur(vue: &VersionTenue, saisi: Option<&str>, raisons: &[Raison]) -> Markup {
    let code = &vue.version.code;
    let texte = saisi.or(vue.texte.as_deref()).unwrap_or_default();
    html! {
        (Formulaire::acte(urls::version_de_la_charte(code), html! {
            (Zone::nouvelle("texte", "Texte de la Charte")
                .aide(typographie("Tel qu’il fut présenté. Une ligne vide sépare deux paragraphes ; une ligne qui commence \
                                   par « # » est un titre, par « - » un point de liste."))
                .lignes(20)
                .valeur(texte)
                .erreur(reprise::erreur(raisons, "texte")))
            (boutons(&[Bouton::principal(match vue.texte {
                None => "Verser le texte",
                Some(_) => "Remplacer le texte",
            })]))
        }))
        p.fr-hint-text { (typographie(
            "L’empreinte du texte est calculée en le versant, et l’acte est au journal. Il se remplace tant que personne ne l’a signé.")) }
    }
}
