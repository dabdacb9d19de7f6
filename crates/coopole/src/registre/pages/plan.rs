//! The plan of the site: every page anyone may open.

use dsfr::{lecture, lien};
use maud::{Markup, html};

use crate::{
    campagnes::Campagnes,
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// `/plan`
pub fn plan(cadre: &Cadre, campagnes: &Campagnes) -> Markup {
    let services = [
        ("Aide", urls::AIDE),
        ("Accessibilité\u{202f}: non conforme", urls::ACCESSIBILITE),
        ("Mentions légales", urls::MENTIONS_LEGALES),
        ("Données personnelles", urls::DONNEES_PERSONNELLES),
        ("Vérifier un accusé ou une signature", urls::VERIFICATION),
        ("Tête publiée du journal", urls::TETE_DU_JOURNAL),
    ];
    Page::new("Plan du site").indexable().sous(&[]).montrer(
        cadre,
        lecture(&html! {
            h2 { "Comprendre et candidater" }
            ul {
                li { (lien(urls::ACCUEIL, "Accueil")) }
                li {
                    (lien(urls::POLES, "Pôles"))
                    ul {
                        li { (lien(urls::CARTE, "Carte des pôles")) }
                        li { (lien(urls::REGIONS, "Les pôles région par région")) }
                        li { (lien(urls::DECLARER, "Déclarer un pôle")) " (avec un compte)" }
                        li { (lien(urls::SORTIS, "Pôles en sommeil ou radiés")) }
                        li { (lien(urls::DONNEES, "Données ouvertes")) }
                        li { (lien(urls::POLES_ATOM, "Flux Atom des nouveaux pôles")) }
                        li { a.fr-link href=(urls::CLUSTERS) lang="en" hreflang="en" { "The register in English" } }
                    }
                }
                li { (lien(urls::RECENSEMENT, "Recensement")) }
                li {
                    (lien(urls::CHARTE, "Charte"))
                    ul {
                        li { (lien(urls::SIGNATAIRES, "Signataires de la Charte")) }
                        li { (lien(urls::SIGNER_LA_CHARTE, "Signer la Charte")) " (avec un compte)" }
                    }
                }
                li {
                    (lien(urls::APPELS, "Appels"))
                    ul {
                        @for campagne in campagnes.toutes() {
                            li {
                                (lien(&urls::appel(&campagne.code), &campagne.identite.titre_court))
                                ul {
                                    li { (lien(&urls::eligibilite(&campagne.code), "Suis-je éligible\u{202f}?")) }
                                    li { (lien(&urls::notice(&campagne.code), "Notice à imprimer (PDF)")) }
                                    @if campagne.subvention.is_some() {
                                        li { (lien(&urls::laureats(&campagne.code), "Lauréats")) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            h2 { "Votre espace" }
            ul {
                li { (lien(urls::CONNEXION, "Se connecter")) }
                li { (lien(urls::ESPACE, "Mon espace")) " (avec un compte)" }
            }
            h2 { "Le service" }
            ul { @for (nom, adresse) in services { li { (lien(adresse, nom)) } } }
            @if cadre.demonstration.is_some() {
                h2 { "La démonstration" }
                ul {
                    li { (lien(urls::DEMONSTRATION, "Visite guidée")) }
                    li { (lien(urls::COURRIELS, "Courriels")) }
                }
            }
        }),
    )
}
