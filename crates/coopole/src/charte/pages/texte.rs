//! The text of a version, on the page where it is read and where it is signed.

use dsfr::{Telechargement, lecture};
use maud::{Markup, html};
use metier::charte::Version;

use crate::{
    charte::texte::{Bloc, blocs},
    urls,
};

/// The text alone, as it is read.
pub fn montrer(texte: &str) -> Markup {
    lecture(&html! {
        @for bloc in blocs(texte) {
            @match bloc {
                Bloc::Titre(titre) => h3 { (titre) },
                Bloc::Liste(points) => ul { @for point in points { li { (point) } } },
                Bloc::Paragraphe(lignes) => p {
                    @for (rang, ligne) in lignes.iter().enumerate() {
                        @if rang > 0 { br; }
                        (ligne)
                    }
                },
            }
        }
    })
}

/// The whole text, then its fingerprint and its bytes.
pub fn texte(version: &Version, texte: &str) -> Markup {
    html! {
        (montrer(texte))
        @if let Some(publie) = &version.texte {
            p.fr-hint-text {
                "Empreinte du texte (SHA-256)\u{202f}: " code.co-empreinte { (publie.empreinte) }
            }
            p { (Telechargement::nouveau(format!("Télécharger\u{202f}: {}", version.titre),
                urls::texte_de_la_charte(&version.code), "txt", Some(texte.len() as u64))) }
        }
    }
}

/// The sentence of a version whose text is not here.
pub const A_VERSER: &str = "Texte à verser par le Labo de l’ESS.";
