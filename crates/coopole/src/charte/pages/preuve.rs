//! The proof of a signature, for anyone; for who signed, its certificate and
//! the way to withdraw it. A public page: no person is named on it.

use dsfr::{
    Alerte, Bouton, Case, Formulaire, Gravite, Telechargement, Ton, Zone, badge, boutons, code_qr,
    faits, lien,
};
use maud::{Markup, html};
use metier::{
    charte::{MOTIF_AU_PLUS, QualiteSignature},
    commun::{Raison, temps, typographie},
};

use crate::{
    charte::{
        certificat::engagee,
        store::{Preuve, SignatureLue},
    },
    socle::{
        inscription::inscription,
        journal::preuve::Preuve as Inscription,
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

const PREUVE: &str = "Preuve de signature de la Charte";

/// What who asks may do there.
#[derive(Clone, Copy)]
pub struct Droits {
    /// It is theirs, or they keep the Charter.
    pub a_soi: bool,
    pub retire: bool,
    pub garde: bool,
}

/// `/charte/signatures/{id}`
///
/// `dessin`: the code that leads to the verification of it.
pub fn preuve(
    cadre: &Cadre,
    lue: &SignatureLue,
    Droits {
        a_soi,
        retire,
        garde,
    }: Droits,
    (dessin, au_journal): (Option<&str>, Option<&Inscription>),
) -> Markup {
    Page::new(PREUVE)
        .nomme(lue.signataire())
        .sous(&[(urls::CHARTE, "Charte"), (urls::SIGNATAIRES, "Signataires")])
        .etat(etat(lue))
        .montrer(
            cadre,
            html! {
                @match (lue.retiree_le, &lue.ecartee) {
                    (Some(le), Some(_)) => (Alerte::nouvelle(Gravite::Attention, typographie(&format!(
                        "cette signature a été écartée par le gardien de la Charte le {}. Elle ne vaut plus.", temps::jour_long(le))))),
                    (Some(le), None) => (Alerte::nouvelle(Gravite::Attention, typographie(&format!(
                        "cette signature a été retirée le {}.", temps::jour_long(le))))),
                    (None, _) if !lue.publiee => (Alerte::nouvelle(Gravite::ASavoir,
                        "cette signature attend d’être confirmée par le gardien de la Charte. Jusque-là, elle n’est pas publiée.")),
                    (None, _) => {},
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
                    Some(preuve) => {
                        (verifier(lue, preuve, dessin))
                        (inscription(au_journal, &urls::preuve_publique(&preuve.code)))
                    },
                    None => p {
                        (typographie(
                            "Cette signature a été donnée avant ce service : seule sa date est connue ici, sans code ni empreinte."))
                        @if let Some(source) = &lue.source { " " (typographie(&format!("Consignée d’après : {source}."))) }
                    },
                }
                @if a_soi && lue.preuve.is_some() { (pour_soi(lue)) }
                @if retire && lue.retiree_le.is_none() {
                    p { (lien(&urls::de_la_signature(lue.id, "retrait"), "Retirer cette signature")) }
                }
                @if garde && lue.vaut() { (pour_le_gardien(lue)) }
            },
        )
}

fn etat(lue: &SignatureLue) -> Markup {
    match (lue.retiree_le, &lue.ecartee) {
        (None, _) if lue.doublon_de.is_some() => badge(Ton::Neutre, "Doublée"),
        (None, _) if !lue.publiee => badge(Ton::Information, "En attente"),
        (None, _) => badge(Ton::Favorable, "Signée"),
        (Some(_), None) => badge(Ton::Attention, "Retirée"),
        (Some(_), Some(_)) => badge(Ton::Attention, "Écartée"),
    }
}

/// Publishing what is signed in support, and the way to set aside.
fn pour_le_gardien(lue: &SignatureLue) -> Markup {
    html! {
        h2 { "Pour le gardien de la Charte" }
        @if !lue.publiee {
            p { "Confirmez-la quand vous savez que cette personne peut engager l’organisation. Elle est alors publiée, et son \
                 certificat délivré." }
            (Formulaire::acte(urls::de_la_signature(lue.id, "confirmation"), html! {
                (boutons(&[Bouton::principal("Confirmer et publier")]))
            }).etiquette("Confirmer la signature"))
        }
        p { (lien(&urls::de_la_signature(lue.id, "ecartement"), "Écarter cette signature")) }
    }
}

/// `/charte/signatures/{id}/ecartement`
pub fn ecarter(cadre: &Cadre, lue: &SignatureLue, motif: &str, raisons: &[Raison]) -> Markup {
    let preuve = urls::signature_de_la_charte(lue.id);
    Page::new("Écarter la signature")
        .nomme(lue.signataire())
        .sous(&[(urls::GESTION_CHARTE, "Charte des PTCE"), (&preuve, PREUVE)])
        .lentille(Lentille::Charte)
        .corrections(raisons.len())
        .montrer(cadre, html! {
            (reprise::sommaire("rien n’a changé.", raisons))
            @if lue.retiree_le.is_none() {
                p { "Si la personne qui a signé ne pouvait pas engager le signataire, ou si plus personne n’est là pour retirer \
                     la signature." }
                p { "Elle ne vaudra plus. Sa preuve reste lisible, avec la date. La personne qui a signé lira votre motif dans un \
                     courriel ; l’acte est au journal." }
                (Formulaire::acte(urls::de_la_signature(lue.id, "ecartement"), html! {
                    (Zone::nouvelle("motif", "Pourquoi")
                        .aide("Un fait, sans jugement sur une personne.")
                        .lignes(3)
                        .limite(Some(MOTIF_AU_PLUS as u32))
                        .valeur(motif)
                        .erreur(reprise::erreur(raisons, "motif")))
                    (boutons(&[
                        Bouton::principal("Écarter la signature"),
                        Bouton::secondaire("Ne rien changer").vers(preuve.as_str()),
                    ]))
                }))
            } @else {
                (boutons(&[Bouton::secondaire("Revenir à la preuve").vers(preuve.as_str())]))
            }
        })
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
                    Some(pole) => (lien(&urls::pole(pole), lue.signataire())),
                    None => (lue.signataire()),
                }
                @if let Some(nom) = lue.nom_aujourd_hui() {
                    (typographie(&format!(" (aujourd’hui : {nom})")))
                }
            },
        ),
        ("Qualité", html! { (lue.qualite.libelle()) }),
        ("Version", html! { (lue.titre) }),
        ("Signée le", html! { (typographie(&instant)) }),
    ];
    if let Some(preuve) = &lue.preuve {
        let faits = &preuve.faits;
        if let Some(engagee) = engagee(faits) {
            lignes.insert(1, ("Personne morale engagée", html! { (engagee) }));
        }
        if let Some(seance) = &faits.seance {
            lignes.push(("Signée en séance", html! { (typographie(seance)) }));
        }
        lignes.push(("Pouvoir", html! { (faits.mandat.libelle()) }));
        if !faits.engagements.is_empty() {
            lignes.push((
                "Déclaré en signant",
                html! { @for dit in &faits.engagements { "«\u{a0}" (dit) "\u{a0}» " } },
            ));
        }
        lignes.push((
            "Empreinte du texte signé (SHA-256)",
            html! { code.co-empreinte { (faits.texte) } },
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
    let dits = &preuve.faits;
    let mut lignes = vec![
        ("Personne", html! { (dits.personne) }),
        ("En qualité de", html! { (dits.fonction) }),
    ];
    if !dits.reference.is_empty() {
        lignes.push(("Mandat", html! { (dits.reference) }));
    }
    if let Some(motif) = &lue.ecartee {
        lignes.push(("Écartée parce que", html! { (typographie(motif)) }));
    }
    html! {
        h2 { "Pour le signataire seul" }
        p { "Ces lignes ne sont montrées ni dans la liste publique, ni aux autres visiteurs de cette page." }
        (faits(&lignes))
        @if lue.publiee { p { (Telechargement::nouveau("Certificat de signature", urls::de_la_signature(lue.id, "certificat"), "pdf", None)) } }
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
        .nomme(lue.signataire())
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
