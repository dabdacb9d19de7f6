//! The Charter as anyone reads it: what it is, how many signed, what signing
//! means, the text, the versions.

use dsfr::{
    Bouton, Chiffre, Colonne, MiseEnAvant, Tableau, Ton, badge, boutons, grille, lecture, lien,
    nombre,
};
use maud::{Markup, html};
use metier::{
    charte::{Charte, QualiteSignature, Version},
    commun::{temps, typographie},
};

use super::texte::{A_VERSER, texte};
use crate::{
    campagnes::Campagnes,
    charte::store::Comptes,
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// What the page has to say.
pub struct Presentee<'a> {
    pub charte: Charte,
    /// The version shown: the one asked for, else the one to sign.
    pub montree: Option<Version>,
    pub texte: Option<String>,
    pub comptes: Comptes,
    pub campagnes: &'a Campagnes,
}

/// `/charte`
pub fn charte(cadre: &Cadre, vue: &Presentee<'_>) -> Markup {
    Page::new("La Charte des PTCE").indexable().sous(&[]).montrer(
        cadre,
        html! {
            p.fr-text--lead { (typographie(
                "La Charte dit les valeurs et les principes que partagent les pôles territoriaux de coopération \
                 économique. Un pôle la signe pour s’y engager ; une organisation, pour soutenir les pôles.")) }
            @if vue.charte.a_signer().is_some() {
                (boutons(&[Bouton::principal("Signer la Charte").vers(urls::SIGNER_LA_CHARTE)]))
            }
            section aria-labelledby="signataires" {
                h2 #signataires { "Qui l’a signée" }
                (comptes(cadre, &vue.comptes))
            }
            section aria-labelledby="sens" {
                h2 #sens { "Ce que signer veut dire" }
                (sens(vue))
            }
            section aria-labelledby="texte" {
                h2 #texte { "Le texte" }
                (montree(vue))
            }
            section aria-labelledby="versions" {
                h2 #versions { "Les versions" }
                (versions(vue))
            }
        },
    )
}

fn comptes(cadre: &Cadre, comptes: &Comptes) -> Markup {
    let le = format!("au {}", temps::jour_court(cadre.maintenant));
    let chiffre = |combien: i64, libelle: &'static str, definition: &'static str, qualite| {
        let adresse = urls::avec(
            urls::SIGNATAIRES,
            &[("qualite", QualiteSignature::code(qualite))],
        );
        let definition = typographie(definition);
        Chiffre::nouveau(
            nombre(combien.unsigned_abs()),
            libelle,
            definition,
            le.clone(),
        )
        .adresse(adresse)
    };
    html! {
        (grille([
            chiffre(comptes.poles, accorder(comptes.poles, "pôle signataire", "pôles signataires"),
                "Une signature au moins, de l’une des versions, enregistrée ici et non retirée.",
                QualiteSignature::Pole),
            chiffre(comptes.soutiens, accorder(comptes.soutiens, "organisation en soutien", "organisations en soutien"),
                "Engagée à aider les pôles sans en être un ; signature enregistrée ici et non retirée.",
                QualiteSignature::Soutien),
        ]))
        @if comptes.inconnus > 0 {
            p { (typographie(&format!(
                "Ces nombres ne comptent que ce qui est enregistré ici. Pour {} de l’annuaire, la signature n’est pas \
                 connue : aucune liste publique ne la donne.", poles_reels(comptes.inconnus)))) }
        }
    }
}

fn accorder(combien: i64, un: &'static str, plusieurs: &'static str) -> &'static str {
    if combien > 1 { plusieurs } else { un }
}

/// « 75 pôles réels »
fn poles_reels(combien: i64) -> String {
    match combien {
        1 => "1 pôle réel".to_owned(),
        n => format!("{n} pôles réels"),
    }
}

fn sens(vue: &Presentee<'_>) -> Markup {
    let exigent: Vec<_> = vue
        .campagnes
        .toutes()
        .filter_map(|campagne| Some((campagne, campagne.charte?)))
        .collect();
    lecture(&html! {
        ul {
            li { (typographie("Signer, c’est accepter le texte d’une version, à une date, au nom d’un pôle ou d’une \
                organisation, quand on a le pouvoir de l’engager. La signature porte sur l’empreinte du texte lu.")) }
            li { (typographie("Ce n’est pas un titre : aucun pôle n’est agréé ni classé parce qu’il a signé.")) }
            @for (campagne, exigence) in exigent {
                li {
                    "L’appel " (lien(&urls::appel(&campagne.code), &campagne.identite.titre_court))
                    (typographie(&format!(" demande la signature, au nom du pôle, de la Charte du {}.",
                        temps::jour_simple_de(exigence.version))))
                }
            }
            li { "Une signature se retire quand on veut. Elle reste lisible, avec la date de son retrait." }
            li { "Une nouvelle version se signe à son tour. Elle n’efface pas la signature de la précédente." }
        }
    })
}

fn montree(vue: &Presentee<'_>) -> Markup {
    let Some(version) = &vue.montree else {
        return html! { p { (A_VERSER) } };
    };
    html! {
        p { strong { (version.titre) } (typographie(&format!(" : présentation {}.", version.presentation))) }
        @if let Some(vaut) = version.vaut.as_deref().and_then(|code| vue.charte.version(code)) {
            p { (typographie(&format!(
                "Ce texte n’est pas la Charte. Il en tient la place dans ce monde inventé, où le signer compte pour « {} ».",
                vaut.titre))) }
        }
        @match &vue.texte {
            Some(lu) => (texte(version, lu)),
            None => (MiseEnAvant::nouvelle(A_VERSER).texte(typographie(
                "Nos sources ne contiennent pas ce texte, et nous n’en montrons pas d’autre à sa place. Tant qu’il \
                 manque, cette version ne se signe pas ici."))),
        }
    }
}

fn versions(vue: &Presentee<'_>) -> Markup {
    let a_signer = vue.charte.a_signer();
    let lignes = vue.charte.versions.iter().map(|version| {
        let adresse = urls::avec(urls::CHARTE, &[("version", &version.code)]);
        vec![
            html! { (lien(&format!("{adresse}#texte"), &version.titre)) },
            html! { (typographie(&version.presentation)) },
            html! {
                @match &version.texte {
                    Some(texte) => { "versé le " (temps::jour_court(texte.publie_le)) },
                    None => "à verser par le Labo de l’ESS",
                }
            },
            html! {
                @if a_signer == Some(version) { (badge(Ton::Favorable, "Se signe ici")) }
                @else { (badge(Ton::Neutre, "Ne se signe pas")) }
            },
        ]
    });
    html! {
        (Tableau::nouveau("Versions de la Charte", vec![
            Colonne::cle("Version"),
            Colonne::texte("Présentation"),
            Colonne::texte("Texte"),
            Colonne::texte("Aujourd’hui"),
        ]).legende_masquee().lignes(lignes))
    }
}
