//! Where one signs: the text first, then by what right, then two boxes that
//! nobody ticks beforehand.

use dsfr::{Alerte, Bouton, Case, Champ, Choix, Formulaire, Gravite, Radios, boutons, lien, vide};
use maud::{Markup, html};
use metier::{
    charte::{Mandat, Version},
    commun::{Raison, temps, typographie},
};
use uuid::Uuid;

use super::texte::{A_VERSER, texte};
use crate::{
    charte::{
        actes::{AuNom, Saisi},
        store::{SeanceLue, SignatureLue},
    },
    poles::fiches::Fiche,
    socle::{
        droits::Personne,
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

/// What stands on the page.
pub struct ASigner {
    pub personne: Personne,
    /// The person may sign for a pole, this one or another.
    pub a_un_pole: bool,
    /// The version to sign, if its text is here.
    pub version: Option<Version>,
    pub texte: Option<String>,
    pub au_nom: AuNom,
    /// The record of the pole, when it is one.
    pub fiche: Option<Fiche>,
    /// What it signed before.
    pub precedentes: Vec<SignatureLue>,
    /// The sitting where one signs, if it is in one.
    pub seance: Option<SeanceLue>,
}

const TITRE: &str = "Signer la Charte";

/// `/charte/signature`, for who answers for several poles.
pub fn choisir_le_pole(
    cadre: &Cadre,
    poles: &[(Uuid, String)],
    seance: Option<&SeanceLue>,
) -> Markup {
    let vers = |adresse: String| match seance {
        Some(seance) => format!("{adresse}&seance={}", seance.id),
        None => adresse,
    };
    Page::new(TITRE).sous(&[(urls::CHARTE, "Charte")]).montrer(
        cadre,
        html! {
            p.fr-text--lead { "Au nom de qui signez-vous\u{202f}?" }
            ul {
                @for (pole, nom) in poles { li { (lien(&vers(urls::signer_au_nom(*pole)), nom)) } }
                li { (lien(&vers(en_soutien()), "Une organisation qui soutient les pôles")) }
            }
        },
    )
}

fn en_soutien() -> String {
    urls::avec(urls::SIGNER_LA_CHARTE, &[("soutien", "oui")])
}

/// `/charte/signature`
pub fn signer(cadre: &Cadre, vue: &ASigner, saisi: &Saisi, raisons: &[Raison]) -> Markup {
    let mut page = Page::new(TITRE)
        .sous(&[(urls::CHARTE, "Charte")])
        .corrections(raisons.len());
    if let Some(fiche) = &vue.fiche {
        page = page
            .nomme(&fiche.nom)
            .lentille(Lentille::Pole(fiche.nom.clone()));
    }
    page.montrer(
        cadre,
        html! {
            (reprise::sommaire("rien n’est signé.", raisons))
            @if let Some(lue) = &vue.seance {
                p { (typographie(&format!(
                    "Vous signez en séance : {}, {}. La signature le dira, et vaut ce que vaut une autre.",
                    lue.seance.nom, lue.seance.lieu))) }
            }
            (qui(vue))
            @match (&vue.version, &vue.texte) {
                (Some(version), Some(lu)) => {
                    h2 { (version.titre) }
                    (texte(version, lu))
                    @match en_cours(vue, version) {
                        Some(signature) => (deja(signature)),
                        None => {
                            h2 { "Votre signature" }
                            (formulaire(vue, version, (saisi, raisons)))
                        },
                    }
                },
                _ => (vide(A_VERSER, &html! {
                    p { "Tant que le texte manque, rien ne peut être signé ici." }
                    p { (lien(urls::CHARTE, "La Charte et ses versions")) }
                })),
            }
        },
    )
}

/// In whose name, and the other way.
fn qui(vue: &ASigner) -> Markup {
    html! {
        @match &vue.fiche {
            Some(_) => p {
                "Vous signez au nom du pôle. "
                (lien(&en_soutien(), "Signer plutôt au nom d’une organisation qui soutient les pôles"))
            },
            None => {
                p { "Vous signez au nom d’une organisation qui s’engage à aider les pôles sans en être un." }
                @if vue.a_un_pole {
                    p { (lien(urls::SIGNER_LA_CHARTE, "Signer plutôt au nom d’un pôle")) }
                } @else {
                    p { (typographie("Pour signer au nom d’un pôle, il faut en répondre : demandez à la personne responsable.")) }
                }
            },
        }
        @for signature in vue.precedentes.iter().filter(|s| s.vaut()) {
            @if vue.version.as_ref().is_some_and(|version| version.code != signature.version) {
                p { (typographie(&format!(
                    "Votre pôle a signé « {} » le {}. Cette signature reste.",
                    signature.titre, temps::jour_long(signature.signee_le)))) }
            }
        }
    }
}

/// The signature of this version that stands.
fn en_cours<'v>(vue: &'v ASigner, version: &Version) -> Option<&'v SignatureLue> {
    let mut precedentes = vue.precedentes.iter();
    precedentes.find(|s| s.version == version.code && s.vaut())
}

fn deja(signature: &SignatureLue) -> Markup {
    html! {
        (Alerte::nouvelle(Gravite::CestFait, typographie(&format!(
            "cette version est signée depuis le {}.", temps::jour_long(signature.signee_le)))))
        (boutons(&[Bouton::principal("Lire la preuve").vers(urls::signature_de_la_charte(signature.id))]))
    }
}

fn formulaire(vue: &ASigner, version: &Version, (saisi, raisons): (&Saisi, &[Raison])) -> Markup {
    let erreur = |ancre| reprise::erreur(raisons, ancre);
    let empreinte = version.texte.as_ref().map(|texte| texte.empreinte.clone());
    let (pole, acceptation, bouton) = match &vue.au_nom {
        AuNom::Pole(pole) => (
            pole.to_string(),
            "J’ai lu le texte ci-dessus, et le pôle en accepte les principes",
            "Signer au nom du pôle",
        ),
        AuNom::Soutien { .. } => (
            String::new(),
            "J’ai lu le texte ci-dessus, et l’organisation s’engage à aider les pôles qui le suivent",
            "Signer en soutien aux pôles",
        ),
    };
    let contenu = html! {
        p { (typographie(&format!("Personne qui signe : {} ({}).", vue.personne.nom, vue.personne.courriel))) }
        @if let AuNom::Soutien { nom, siren } = &vue.au_nom {
            (Champ::texte("nom", "Nom de l’organisation").completion("organization")
                .valeur(nom).erreur(erreur("nom")))
            (Champ::texte("siren", "Numéro SIREN").aide("9 chiffres, les premiers du SIRET.").clavier("numeric")
                .valeur(siren).erreur(erreur("siren")))
        }
        (Champ::texte("fonction", "En quelle qualité").aide("Par exemple\u{202f}: présidente, gérant, maire.")
            .completion("organization-title").valeur(&saisi.fonction).erreur(erreur("fonction")))
        (Radios::nouveaux("mandat", "D’où vient votre pouvoir de signer", Mandat::TOUS.iter().map(|mandat| {
            Choix::nouveau(mandat.code(), mandat.libelle()).aide(match mandat {
                Mandat::Representation => representation(vue),
                Mandat::Delegation => "Une décision de l’organe qui dirige m’en donne mandat.".to_owned(),
            })
        }).collect()).valeur(saisi.mandat.map(Mandat::code)).erreur(erreur("mandat")))
        (Champ::texte("reference", "Décision qui donne mandat")
            .aide("Si vous avez reçu mandat. Par exemple\u{202f}: délibération du 12 mars 2024.")
            .facultatif().valeur(&saisi.reference).erreur(erreur("reference")))
        (Case::nouvelle("pouvoir", match vue.au_nom {
            AuNom::Pole(_) => "J’ai pouvoir d’engager le pôle",
            AuNom::Soutien { .. } => "J’ai pouvoir d’engager l’organisation",
        }).cochee(saisi.pouvoir).erreur(erreur("pouvoir")))
        (Case::nouvelle("acceptation", acceptation).cochee(saisi.acceptation).erreur(erreur("acceptation")))
        p.fr-hint-text { (typographie(
            "La liste publique donnera le nom du signataire, la version et la date ; jamais le vôtre.")) }
        (Bouton::principal(bouton))
    };
    html! {
        (Formulaire::acte(urls::SIGNER_LA_CHARTE, contenu)
            .cache("pole", pole)
            .cache("seance", vue.seance.as_ref().map_or_else(String::new, |lue| lue.id.to_string()))
            .cache("version", version.code.as_str())
            .cache("empreinte", empreinte.unwrap_or_default())
            .etiquette(bouton))
    }
}

/// Whom the legal representative of a pole represents: its carrying structure.
fn representation(vue: &ASigner) -> String {
    match vue.fiche.as_ref().and_then(|fiche| fiche.porteuse.as_ref()) {
        Some(porteuse) => typographie(&format!("Je représente « {porteuse} », qui porte le pôle.")),
        None => "Les statuts m’en donnent le pouvoir.".to_owned(),
    }
}
