//! The sittings: the keeper's list and the page of each, which is printed; and
//! the one that is projected, where nobody is named.

use dsfr::{
    Alerte, Bouton, Champ, Colonne, Formulaire, Gravite, Tableau, Ton, badge, boutons, code_qr,
    faits, lien, nombre, vide,
};
use maud::{Markup, html};
use metier::{
    charte::EtatSeance,
    commun::{Raison, temps, typographie},
};

use super::attendus::{Relais, pole};
use crate::{
    charte::{
        seances::Saisie,
        store::{Attendu, SeanceLue, SignatureLue},
    },
    socle::{
        feuilles::Feuille,
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

const SEANCES: (&str, &str) = (urls::SEANCES_CHARTE, "Séances de signature");

/// `/charte/gestion/seances`
pub fn seances(
    cadre: &Cadre,
    seances: &Feuille<SeanceLue>,
    saisie: &Saisie,
    raisons: &[Raison],
) -> Markup {
    let lignes = seances.lignes.iter().map(|lue| {
        vec![
            html! { (lien(&urls::seance_tenue(lue.id), &typographie(&lue.seance.nom))) },
            html! { (heures(lue)) },
            html! { (etat(cadre, lue)) },
            html! { (nombre(lue.signatures.unsigned_abs())) },
        ]
    });
    Page::new("Séances de signature")
        .sous(&[(urls::GESTION_CHARTE, "Charte des PTCE")])
        .lentille(Lentille::Charte)
        .corrections(raisons.len())
        .montrer(cadre, html! {
            (reprise::sommaire("aucune séance n’est ouverte.", raisons))
            @if seances.lignes.is_empty() {
                (vide("Aucune séance n’a été annoncée.", &html! {}))
            } @else {
                (Tableau::nouveau("Séances, de la plus récente à la plus ancienne", vec![
                    Colonne::cle("Séance"),
                    Colonne::texte("Quand"),
                    Colonne::texte("État"),
                    Colonne::nombre("Signatures"),
                ]).legende_masquee().serre().lignes(lignes.collect::<Vec<_>>()))
                (seances.pages(["séance affichée", "séances affichées"]))
            }
            h2 { "Annoncer une séance" }
            p { (typographie("Chacun y signe avec son propre compte, sur son téléphone ou sur une tablette : la signature a \
                              la même valeur qu’une autre, et dit qu’elle fut donnée en séance.")) }
            (formulaire(saisie, raisons))
        })
}

fn formulaire(saisie: &Saisie, raisons: &[Raison]) -> Markup {
    let erreur = |ancre| reprise::erreur(raisons, ancre);
    html! {
        (Formulaire::acte(urls::SEANCES_CHARTE, html! {
            (Champ::texte("nom", "Nom").aide("Par exemple\u{202f}: Journée nationale des PTCE.")
                .valeur(&saisie.nom).erreur(erreur("nom")))
            (Champ::texte("lieu", "Lieu").valeur(&saisie.lieu).erreur(erreur("lieu")))
            (Champ::date("jour", "Jour").valeur(&saisie.jour).erreur(erreur("jour")))
            (Champ::texte("de", "De").aide("Heure de Paris, par exemple 9 h 30.")
                .valeur(&saisie.de).erreur(erreur("de")))
            (Champ::texte("a", "À").aide("Heure de Paris, par exemple 17 h.")
                .valeur(&saisie.a).erreur(erreur("a")))
            (boutons(&[Bouton::principal("Annoncer la séance")]))
        }))
    }
}

/// « mardi 26 mars 2024, de 9 h 30 à 17 h 00 »
fn heures(lue: &SeanceLue) -> String {
    typographie(&format!(
        "{}, de {} à {}",
        temps::jour_long(lue.seance.du),
        temps::heure(lue.seance.du),
        temps::heure(lue.seance.au)
    ))
}

fn etat(cadre: &Cadre, lue: &SeanceLue) -> Markup {
    match lue.seance.etat(cadre.maintenant) {
        EtatSeance::AVenir => badge(Ton::Information, "À venir"),
        EtatSeance::Ouverte => badge(Ton::Favorable, "Ouverte"),
        EtatSeance::Close => badge(Ton::Neutre, "Close"),
    }
}

/// A sitting, for the keeper, or for the cell of a region.
pub struct SeanceTenue {
    pub relais: Relais,
    pub lue: SeanceLue,
    /// Those who have not signed the version of the day.
    pub attendus: Vec<Attendu>,
    /// How many they are: of too many, not all are named.
    pub combien: u64,
    pub signatures: Vec<SignatureLue>,
    /// Title of that version.
    pub titre: Option<String>,
}

/// `/charte/gestion/seances/{id}`, and `…/regions/{code}`
pub fn seance(cadre: &Cadre, vue: &SeanceTenue, raisons: &[Raison]) -> Markup {
    let lue = &vue.lue;
    let region = vue.relais.region;
    let ouvrable = region.is_none() && lue.seance.etat(cadre.maintenant) != EtatSeance::Close;
    let (attendus, ici) = match region {
        Some(region) => (
            urls::charte_en_region(region),
            urls::seance_en_region(lue.id, region),
        ),
        None => (urls::GESTION_CHARTE.to_owned(), urls::seance_tenue(lue.id)),
    };
    let chemin = match region {
        Some(_) => vec![(attendus.as_str(), "Signatures attendues")],
        None => vec![(attendus.as_str(), "Charte des PTCE"), SEANCES],
    };
    Page::new("Séance de signature")
        .nomme(&lue.seance.nom)
        .sous(&chemin)
        .lentille(vue.relais.lentille.clone())
        .etat(etat(cadre, lue))
        .montrer(cadre, html! {
            (reprise::sommaire("la séance n’a pas changé.", raisons))
            (faits(&[
                ("Lieu", html! { (typographie(&lue.seance.lieu)) }),
                ("Quand", html! { (heures(lue)) }),
                ("Version à signer", html! { @match &vue.titre {
                    Some(titre) => (titre),
                    None => "aucune ne se signe aujourd’hui",
                } }),
            ]))
            p { "État à " (typographie(&temps::heure(cadre.maintenant))) ". "
                (lien(&ici, "Actualiser")) }
            section aria-labelledby="signees" {
                h2 #signees { (typographie(&format!("Signées en séance{} : {}", vue.relais.ou(), vue.signatures.len()))) }
                @if vue.signatures.is_empty() { p { "Aucune signature pour l’instant." } }
                @else { (signees(&vue.signatures)) }
            }
            section aria-labelledby="attendus" {
                h2 #attendus { (typographie(&format!("Encore attendus{} : {}", vue.relais.ou(), nombre(vue.combien)))) }
                p { (typographie("Définition : lauréats de l’accompagnement et signataires d’une version précédente, \
                                  sans signature de la version à signer. Cette page s’imprime.")) }
                @if !vue.attendus.is_empty() { (attendues(&vue.attendus)) }
                @if vue.combien > vue.attendus.len() as u64 {
                    p { (typographie(&format!("{} sont nommés ici. ", nombre(vue.attendus.len() as u64))))
                        (lien(&attendus, "Les voir tous")) }
                }
            }
            (boutons(&[Bouton::principal("Ouvrir la page à projeter").vers(urls::seance_projetee(lue.id))]))
            @if ouvrable {
                (Formulaire::acte(urls::cloture_de_seance(lue.id), html! {
                    (boutons(&[Bouton::secondaire("Clore la séance")]))
                }).etiquette("Clore la séance"))
            }
        })
}

fn signees(signatures: &[SignatureLue]) -> Markup {
    let lignes = signatures.iter().map(|signature| {
        vec![
            html! { (signature.nom) },
            html! { (typographie(&temps::heure(signature.signee_le))) },
            html! {
                a.fr-link href=(urls::signature_de_la_charte(signature.id)) {
                    "Preuve" span.fr-sr-only { " de la signature de " (signature.nom) }
                }
            },
        ]
    });
    html! {
        (Tableau::nouveau("Signées en séance, de la dernière à la première", vec![
            Colonne::cle("Signataire"),
            Colonne::texte("Heure"),
            Colonne::texte("Preuve"),
        ]).legende_masquee().serre().lignes(lignes))
    }
}

fn attendues(attendus: &[Attendu]) -> Markup {
    let lignes = attendus.iter().map(|attendu| {
        vec![
            pole(attendu),
            html! { (attendu.region.map_or("non connue", |region| region.nom())) },
            html! {
                @for (rang, qui) in attendu.responsables.iter().enumerate() {
                    @if rang > 0 { ", " }
                    (qui.nom)
                }
                @if attendu.responsables.is_empty() { "personne n’en répond ici" }
            },
        ]
    });
    html! {
        (Tableau::nouveau("Encore attendus, par nom", vec![
            Colonne::cle("Pôle"),
            Colonne::texte("Région"),
            Colonne::texte("Qui peut signer"),
        ]).legende_masquee().serre().lignes(lignes))
    }
}

/// `/charte/seances/{id}`; the address that the code leads to, and its drawing.
pub fn seance_projetee(cadre: &Cadre, lue: &SeanceLue, (adresse, dessin): (&str, &str)) -> Markup {
    let combien = match lue.signatures {
        0 => "Aucune signature pour l’instant.".to_owned(),
        1 => "1 signature donnée ici.".to_owned(),
        n => format!("{n} signatures données ici."),
    };
    Page::new("Signer la Charte")
        .nomme(&lue.seance.nom)
        .sous(&[(urls::CHARTE, "Charte")])
        .etat(etat(cadre, lue))
        .montrer(cadre, html! {
            p.fr-text--lead { (typographie(&lue.seance.lieu)) ", " (heures(lue)) "." }
            @match lue.seance.etat(cadre.maintenant) {
                EtatSeance::Ouverte => {
                    ol {
                        li { "Lisez le code avec votre téléphone, ou ouvrez l’adresse qui le suit." }
                        li { "Entrez l’adresse de votre compte, puis ouvrez le lien reçu par courriel." }
                        li { "Lisez le texte, dites en quelle qualité vous signez, signez." }
                    }
                    (code_qr(dessin, "Code QR qui mène à la page où l’on signe en séance", true))
                    p { (lien(&urls::signer_en_seance(lue.id), adresse)) }
                    p.fr-hint-text { (typographie("Sur une tablette partagée, déconnectez-vous après avoir signé.")) }
                },
                EtatSeance::AVenir => (Alerte::nouvelle(Gravite::ASavoir,
                    "la séance n’est pas encore ouverte. Le code paraîtra ici à son heure.")),
                EtatSeance::Close => {
                    (Alerte::nouvelle(Gravite::ASavoir, "la séance est close."))
                    (boutons(&[Bouton::secondaire("Signer hors séance").vers(urls::SIGNER_LA_CHARTE)]))
                },
            }
            p { (combien) " " (lien(&urls::seance_projetee(lue.id), "Actualiser")) }
        })
}
