//! The proof that an act is in the journal, in words for everybody: a filing, a
//! signature of the Charter.

use dsfr::{Telechargement, faits};
use maud::{Markup, html};
use metier::commun::{temps, typographie};

use super::journal::preuve::Preuve;
use crate::urls;

/// The proof and where its file is; before the seal, when to come back.
pub fn inscription(preuve: Option<&Preuve>, adresse: &str) -> Markup {
    html! {
        h2 { "Preuve d’inscription au journal" }
        @match preuve {
            None => p {
                "Cet acte est inscrit au journal et attend son sceau, posé dans la seconde. Rechargez la page pour lire la preuve."
            },
            Some(preuve) => (scellee(preuve, adresse)),
        }
    }
}

fn scellee(preuve: &Preuve, adresse: &str) -> Markup {
    let scelle_le = jiff::Timestamp::from_millisecond(preuve.scelle_le).unwrap_or_default();
    let octets = preuve.en_json().map(|json| json.len() as u64).ok();
    html! {
        p { (typographie(
            "Chaque acte est inscrit dans un journal qui ne s’efface pas. Une seule empreinte, signée, résume toutes les inscriptions : changer ou retirer cet acte la changerait, et cela se verrait."
        )) }
        (faits(&[
            ("Rang au journal", html! { (preuve.place + 1) " sur " (preuve.taille) }),
            ("Scellé le", html! { (temps::instant_a_la_seconde(scelle_le)) }),
            ("Empreinte signée", html! { code.co-empreinte { (preuve.racine) } }),
        ]))
        p { (Telechargement::nouveau("Télécharger la preuve d’inscription", adresse, "json", octets)) }
        (dsfr::depliant("Vérifier la preuve sans nous", &html! {
            ol {
                li { "Gardez ce fichier\u{202f}: il suffit à la vérification, même si ce site n’existe plus." }
                li { "Sur un ordinateur où Coopôle est installé, lancez " code { "coopole journal preuve FICHIER" }
                    ". Le calcul se refait sur place, sans réseau." }
                li { "Comparez la clé affichée à celle de la "
                    (dsfr::lien(urls::TETE_DU_JOURNAL, "tête publiée du journal")) "." }
            }
            p { "Tout programme qui suit la RFC\u{a0}6962 refait le même calcul\u{202f}: l’empreinte de l’inscription, le chemin jusqu’à la racine, la signature de la racine." }
        }))
    }
}
