//! The published head of the journal.

use dsfr::{faits, lecture, vide};
use maud::{Markup, html};
use metier::commun::temps;

use crate::{
    registre::journal::TetePubliee,
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// `/journal/tete`, for a browser.
pub fn tete(cadre: &Cadre, tete: Option<&TetePubliee>) -> Markup {
    Page::new("Tête publiée du journal").indexable().sous(&[]).montrer(
        cadre,
        lecture(&html! {
            p.fr-text--lead {
                "Chaque acte de la procédure est inscrit dans un journal qui ne s’efface pas. \
                 Sa tête, signée, engage cette instance sur tout ce qu’il contient."
            }
            @match tete {
                None => (vide("Aucun acte n’est encore scellé.", &html! {})),
                Some(tete) => (contenu(tete)),
            }
            h2 { "À quoi elle sert" }
            p {
                "Gardez une copie de cette page, ou faites-la garder par un tiers. Si un acte scellé était changé, \
                 retiré ou déplacé plus tard, la racine ne pourrait plus être la même, et la signature le dirait."
            }
            p { "La même adresse répond en texte ou en JSON à un programme, selon l’en-tête "
                code { "Accept" } "." }
        }),
    )
}

fn contenu(tete: &TetePubliee) -> Markup {
    html! {
        (faits(&[
            ("Entrées scellées", html! { (tete.taille) }),
            ("Scellée le", html! { (temps::instant_a_la_seconde(tete.scelle_le)) }),
            ("Racine", html! { code { (tete.racine) } }),
            ("Signature (ed25519)", html! { code { (tete.signature) } }),
        ]))
        h2 { "Clé publique" }
        pre.co-brut tabindex="0" role="region" aria-label="Clé publique" { code { (tete.cle_publique) } }
        h2 { "Vérifier soi-même" }
        p { "Avec l’outil " code { "openssl" } " (version 3), dans un dossier vide\u{202f}:" }
        pre.co-brut tabindex="0" role="region" aria-label="Commandes de vérification" { code { (commandes(tete)) } }
        p { "La réponse attendue est « Signature Verified Successfully »." }
        p { "L’exploitant vérifie le journal entier par la commande " code { "coopole journal verifier" }
            ", qui recalcule chaque entrée, l’arbre (RFC\u{a0}6962) et les signatures." }
        p.co-source { "Adresse de cette page\u{202f}: " (urls::TETE_DU_JOURNAL) }
    }
}

fn commandes(tete: &TetePubliee) -> String {
    let enonce = tete.enonce.replace('\n', "\\n");
    format!(
        "cat > cle.pem <<'FIN'\n{}FIN\n\
         printf '{enonce}' > tete.txt\n\
         echo '{}' | base64 -d > tete.sig\n\
         openssl pkeyutl -verify -pubin -inkey cle.pem -rawin -in tete.txt -sigfile tete.sig\n",
        tete.cle_publique, tete.signature
    )
}
