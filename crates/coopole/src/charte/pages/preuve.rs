//! The proof of a signature, for anyone; for who signed, its certificate and
//! the way to withdraw it. A public page: no person is named on it.

use dsfr::{
    Alerte, Bouton, Case, Formulaire, Gravite, Telechargement, Ton, badge, boutons, code_qr, faits,
    lien,
};
use maud::{Markup, html};
use metier::{
    charte::QualiteSignature,
    commun::{Raison, temps, typographie},
};

use crate::{
    charte::store::{Preuve, SignatureLue},
    socle::{
        mise_en_page::{Cadre, Page},
        reprise,
    },
    urls,
};

const PREUVE: &str = "Preuve de signature de la Charte";

/// `/charte/signatures/{id}`; `a_soi`: of who asks; `retire`: they may withdraw it.
///
/// `dessin`: the code that leads to the verification of it.
pub fn preuve(
    cadre: &Cadre,
    lue: &SignatureLue,
    (a_soi, retire): (bool, bool),
    dessin: Option<&str>,
) -> Markup {
    Page::new(PREUVE)
        .nomme(&lue.nom)
        .sous(&[(urls::CHARTE, "Charte"), (urls::SIGNATAIRES, "Signataires")])
        .etat(etat(lue))
        .montrer(
            cadre,
            html! {
                @if let Some(le) = lue.retiree_le {
                    (Alerte::nouvelle(Gravite::Attention, typographie(&format!(
                        "cette signature a été retirée le {}.", temps::jour_long(le)))))
                }
                @if let Some(autre) = lue.doublon_de {
                    p {
                        "Même pôle, signature doublée\u{202f}: deux fiches de ce pôle, réunies depuis, portaient chacune la \
                         sienne. " (lien(&urls::signature_de_la_charte(autre), "L’autre signature")) " compte seule."
                    }
                }
                (faits(&lignes(lue)))
                @if lue.invente {
                    p { "Ce signataire est inventé pour la démonstration." }
                }
                @match &lue.preuve {
                    Some(preuve) => (verifier(lue, preuve, dessin)),
                    None => p { (typographie(
                        "Cette signature a été donnée avant ce service : seule sa date est connue ici, sans code ni empreinte.")) },
                }
                @if a_soi && lue.preuve.is_some() { (pour_soi(lue)) }
                @if retire && lue.retiree_le.is_none() {
                    p { (lien(&urls::de_la_signature(lue.id, "retrait"), "Retirer cette signature")) }
                }
            },
        )
}

fn etat(lue: &SignatureLue) -> Markup {
    match (lue.retiree_le, lue.doublon_de) {
        (Some(_), _) => badge(Ton::Attention, "Retirée"),
        (None, Some(_)) => badge(Ton::Neutre, "Doublée"),
        (None, None) => badge(Ton::Favorable, "Signée"),
    }
}

fn lignes(lue: &SignatureLue) -> Vec<dsfr::Fait<'static>> {
    let instant = match &lue.preuve {
        Some(_) => format!(
            "{} (heure de Paris)",
            temps::instant_a_la_seconde(lue.signee_le)
        ),
        None => temps::jour_long(lue.signee_le),
    };
    let mut lignes = vec![
        (
            "Signataire",
            html! {
                @match lue.pole {
                    Some(pole) => (lien(&urls::pole(pole), &lue.nom)),
                    None => (lue.nom),
                }
            },
        ),
        ("Qualité", html! { (lue.qualite.libelle()) }),
        ("Version", html! { (lue.titre) }),
        ("Signée le", html! { (typographie(&instant)) }),
    ];
    if let Some(preuve) = &lue.preuve {
        if let Some(seance) = &preuve.seance {
            lignes.push(("Signée en séance", html! { (typographie(&seance.mots)) }));
        }
        lignes.push(("Pouvoir", html! { (preuve.mandat.libelle()) }));
        lignes.push((
            "Empreinte du texte signé (SHA-256)",
            html! { code.co-empreinte { (preuve.texte) } },
        ));
        lignes.push(("Code de vérification", html! { code { (preuve.code) } }));
    }
    lignes
}

fn verifier(lue: &SignatureLue, preuve: &Preuve, dessin: Option<&str>) -> Markup {
    html! {
        h2 { "Vérifier" }
        @if let Some(dessin) = dessin {
            (code_qr(dessin, "Code QR qui mène à la vérification de cette signature", false))
            p { (lien(&urls::verification(&preuve.code), "L’adresse que porte le code")) }
        }
        p {
            "Comparez le code, l’instant et l’empreinte à ceux que l’on vous a donnés. Si l’un diffère, ce n’est pas \
             cette signature. Le code se vérifie aussi à la page " (lien(urls::VERIFICATION, "Vérification")) "."
        }
        p {
            (lien(&urls::texte_de_la_charte(&lue.version), "Téléchargez le texte"))
            (typographie(" : le résultat de ")) code { "sha256sum" } " est l’empreinte ci-dessus."
        }
    }
}

/// What the signatory reads of its own signature, and nobody else.
fn pour_soi(lue: &SignatureLue) -> Markup {
    let Some(preuve) = &lue.preuve else {
        return html! {};
    };
    let mut lignes = vec![
        ("Personne", html! { (preuve.personne) }),
        ("En qualité de", html! { (preuve.fonction) }),
    ];
    if !preuve.reference.is_empty() {
        lignes.push(("Mandat", html! { (preuve.reference) }));
    }
    html! {
        h2 { "Pour le signataire seul" }
        p { "Ces lignes ne sont montrées ni dans la liste publique, ni aux autres visiteurs de cette page." }
        (faits(&lignes))
        p { (Telechargement::nouveau("Certificat de signature", urls::de_la_signature(lue.id, "certificat"), "pdf", None)) }
    }
}

/// `/charte/signatures/{id}/retrait`
pub fn retirer(cadre: &Cadre, lue: &SignatureLue, raisons: &[Raison]) -> Markup {
    let preuve = urls::signature_de_la_charte(lue.id);
    let qui = match lue.qualite {
        QualiteSignature::Pole => "Je retire cette signature au nom du pôle",
        QualiteSignature::Soutien => "Je retire cette signature au nom de l’organisation",
    };
    Page::new("Retirer la signature")
        .nomme(&lue.nom)
        .sous(&[(urls::CHARTE, "Charte"), (&preuve, PREUVE)])
        .corrections(raisons.len())
        .montrer(cadre, html! {
            (reprise::sommaire("la signature n’est pas retirée.", raisons))
            @if lue.retiree_le.is_none() {
                p.fr-text--lead { (typographie(&format!(
                    "La signature du {}, pour « {} », ne vaudra plus à compter d’aujourd’hui.",
                    temps::jour_long(lue.signee_le), lue.titre))) }
                p { "Elle quitte la liste des signataires. Sa preuve reste lisible, avec la date du retrait. Un appel qui demande \
                     cette signature ne la trouvera plus. Vous pourrez signer de nouveau." }
                (Formulaire::acte(urls::de_la_signature(lue.id, "retrait"), html! {
                    (Case::nouvelle("confirmation", qui).erreur(reprise::erreur(raisons, "confirmation")))
                    (boutons(&[
                        Bouton::principal("Retirer la signature"),
                        Bouton::secondaire("Garder la signature").vers(preuve.as_str()),
                    ]))
                }))
            } @else {
                (boutons(&[Bouton::secondaire("Revenir à la preuve").vers(preuve.as_str())]))
            }
        })
}
