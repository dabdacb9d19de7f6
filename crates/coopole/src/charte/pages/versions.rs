//! The versions, for the keeper of the Charter, and where a text is poured in.

use dsfr::{
    Alerte, Bouton, Champ, ChampFichier, Colonne, Formulaire, Gravite, Tableau, Ton, Zone, badge,
    boutons, depliant, faits, lecture, lien,
};
use maud::{Markup, html};
use metier::{
    charte::{Charte, TEXTE_AU_PLUS, Version},
    commun::{Raison, temps, typographie},
};

use super::texte::{A_VERSER, montrer, texte};
use crate::{
    charte::{
        texte::{Ecart, ecarts},
        versions::{AuNet, Saisie},
    },
    socle::{
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

const CHARTE: (&str, &str) = (urls::GESTION_CHARTE, "Charte des PTCE");

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
                "Une version ne se signe qu’une fois son texte versé : la dernière présentée, et celle qu’un appel demande tant que \
                 l’on peut y déposer.")) }
            (Tableau::nouveau("Versions de la Charte", vec![
                Colonne::cle("Version"),
                Colonne::texte("Présentation"),
                Colonne::texte("Texte"),
                Colonne::texte("Se signe"),
            ]).legende_masquee().serre().lignes(lignes))
            (boutons(&[Bouton::secondaire("Présenter une nouvelle version").vers(urls::NOUVELLE_VERSION)]))
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
        (Formulaire::acte(urls::apercu_de_la_version(code), html! {
            (champs_du_texte(texte, raisons))
            (boutons(&[Bouton::principal("Relire le texte")]))
        }).avec_un_fichier_a_lire())
        p.fr-hint-text { (typographie(
            "Rien n’est versé avant votre relecture. Un texte versé se remplace tant que personne ne l’a signé.")) }
    }
}

/// The text, typed or brought in a file.
fn champs_du_texte(texte: &str, raisons: &[Raison]) -> Markup {
    html! {
        (Zone::nouvelle("texte", "Texte de la Charte")
            .aide(typographie("Tel qu’il fut présenté. Une ligne vide sépare deux paragraphes ; une ligne qui commence \
                               par « # » est un titre, par « - » un point de liste."))
            .lignes(20)
            .valeur(texte)
            .erreur(reprise::erreur(raisons, "texte")))
        (ChampFichier::nouveau("fichier", "Ou un fichier", &["txt", "md"], TEXTE_AU_PLUS as u64)
            .aide("Du texte seul. S’il est donné, il remplace le texte ci-dessus\u{202f}; il est lu, puis oublié.")
            .erreur(reprise::erreur(raisons, "fichier"))
            .facultatif())
    }
}

/// A text before it is poured in, and what it is compared with: a title and
/// its text.
pub struct Relecture {
    pub net: AuNet,
    pub avant: Option<(String, String)>,
}

/// `/charte/gestion/versions/{code}/apercu`
pub fn apercu(cadre: &Cadre, vue: &VersionTenue, relecture: &Relecture) -> Markup {
    let adresse = urls::version_de_la_charte(&vue.version.code);
    let bouton = match vue.texte {
        None => "Verser ce texte",
        Some(_) => "Remplacer le texte",
    };
    Page::new("Relire avant de verser")
        .sous(&[
            CHARTE,
            (urls::VERSIONS_CHARTE, "Versions"),
            (&adresse, &vue.version.titre),
        ])
        .lentille(Lentille::Charte)
        .montrer(
            cadre,
            html! {
                p.fr-text--lead { (typographie(&format!("Voici le texte de « {} » tel qu’il sera signé.", vue.version.titre))) }
                (relire(&vue.version, relecture))
                (confirmer(&adresse, bouton, &relecture.net, &[]))
                (depliant("Corriger ce texte", &editeur(vue, Some(&relecture.net.texte), &[])))
            },
        )
}

/// The text as it will be signed, and what changed.
fn relire(version: &Version, relecture: &Relecture) -> Markup {
    html! {
        @if let Some((titre, avant)) = &relecture.avant {
            h2 { (typographie(&format!("Ce qui change depuis « {titre} »"))) }
            (changements(avant, &relecture.net.texte))
        }
        h2 { "Le texte" }
        (montrer(&relecture.net.texte))
        p.fr-hint-text {
            (typographie(&format!("Empreinte du texte de « {} » (SHA-256) : ", version.titre)))
            code.co-empreinte { (relecture.net.empreinte) }
        }
    }
}

fn changements(avant: &str, apres: &str) -> Markup {
    let ecarts = ecarts(avant, apres);
    let combien = |genre: fn(&Ecart<'_>) -> bool| ecarts.iter().filter(|e| genre(e)).count();
    let ajoutees = combien(|e| matches!(e, Ecart::Ajoute(_)));
    let retirees = combien(|e| matches!(e, Ecart::Retire(_)));
    html! {
        p { (typographie(&format!("Lignes ajoutées : {ajoutees}. Lignes retirées : {retirees}."))) }
        (lecture(&html! {
            @for ecart in &ecarts {
                @match ecart {
                    Ecart::Garde(ligne) => p { (ligne) },
                    Ecart::Retire(ligne) => p { del { span.fr-sr-only { "Retiré\u{202f}: " } (ligne) } },
                    Ecart::Ajoute(ligne) => p { ins { span.fr-sr-only { "Ajouté\u{202f}: " } (ligne) } },
                }
            }
        }))
    }
}

/// The button, with what was read.
fn confirmer(adresse: &str, bouton: &str, net: &AuNet, champs: &[(&'static str, &str)]) -> Markup {
    let formulaire = Formulaire::acte(
        adresse.to_owned(),
        html! {
            p.fr-hint-text { (typographie("L’acte est au journal, avec l’empreinte du texte.")) }
            (boutons(&[
                Bouton::principal(bouton.to_owned()),
                Bouton::secondaire("Ne rien changer").vers(urls::VERSIONS_CHARTE),
            ]))
        },
    );
    let formulaire = formulaire
        .cache("texte", net.texte.as_str())
        .cache("relue", net.empreinte.as_str())
        .etiquette(bouton);
    let formulaire = champs
        .iter()
        .fold(formulaire, |f, (nom, valeur)| f.cache(nom, *valeur));
    html! { (formulaire) }
}

/// `/charte/gestion/versions/nouvelle`
pub fn nouvelle(cadre: &Cadre, saisie: &Saisie, texte: &str, raisons: &[Raison]) -> Markup {
    Page::new("Présenter une nouvelle version")
        .sous(&[CHARTE, (urls::VERSIONS_CHARTE, "Versions")])
        .lentille(Lentille::Charte)
        .corrections(raisons.len())
        .montrer(cadre, html! {
            (reprise::sommaire("rien n’est présenté.", raisons))
            p { (typographie(
                "Présentée, une version est celle qui se signe ; celle qu’un appel ouvert demande se signe encore. Les signatures des précédentes restent, chacune avec la \
                 sienne ; leurs signataires lisent qu’il y a une version à signer à nouveau, et personne ne reçoit de \
                 courriel tant que vous n’en envoyez pas.")) }
            (formulaire_de_la_nouvelle(saisie, texte, raisons))
        })
}

fn formulaire_de_la_nouvelle(saisie: &Saisie, texte: &str, raisons: &[Raison]) -> Markup {
    let erreur = |ancre| reprise::erreur(raisons, ancre);
    html! {
        (Formulaire::acte(urls::NOUVELLE_VERSION, html! {
            (Champ::texte("titre", "Titre").aide("Par exemple\u{202f}: Charte du 12 mars 2026.")
                .valeur(&saisie.titre).erreur(erreur("titre")))
            (Champ::date("jour", "Jour de sa présentation").valeur(&saisie.jour).erreur(erreur("jour")))
            (Champ::texte("occasion", "Occasion").aide("Par exemple\u{202f}: à la journée nationale des PTCE.")
                .facultatif().valeur(&saisie.occasion).erreur(erreur("occasion")))
            (Champ::texte("code", "Code").aide("Dans les adresses. Laissez vide\u{202f}: ce sera le jour, par lequel un appel nomme la version qu’il demande.")
                .facultatif().valeur(&saisie.code).erreur(erreur("code")))
            (champs_du_texte(texte, raisons))
            (boutons(&[Bouton::principal("Relire la version")]))
        }).avec_un_fichier_a_lire())
    }
}

/// A version before it is presented.
pub struct APresenter<'a> {
    pub saisie: &'a Saisie,
    pub version: &'a Version,
    pub relecture: &'a Relecture,
    /// Poles with a signature that stands.
    pub signataires: i64,
}

/// The answer to `POST /charte/gestion/versions/nouvelle`
pub fn apercu_de_la_nouvelle(cadre: &Cadre, vue: &APresenter<'_>) -> Markup {
    let (saisie, version) = (vue.saisie, vue.version);
    let champs = [
        ("titre", saisie.titre.as_str()),
        ("code", &saisie.code),
        ("jour", &saisie.jour),
        ("occasion", &saisie.occasion),
    ];
    let consequence = match vue.signataires {
        0 => "Aucun pôle n’a encore signé de version précédente.".to_owned(),
        1 => "1 pôle signataire la lira « à signer à nouveau ».".to_owned(),
        n => format!("{n} pôles signataires la liront « à signer à nouveau »."),
    };
    Page::new("Relire avant de présenter")
        .sous(&[CHARTE, (urls::VERSIONS_CHARTE, "Versions")])
        .lentille(Lentille::Charte)
        .montrer(cadre, html! {
            (faits(&[
                ("Titre", html! { (typographie(&version.titre)) }),
                ("Présentation", html! { (typographie(&version.presentation)) }),
                ("Code", html! { code { (version.code) } }),
            ]))
            p { (typographie(&consequence)) " Aucun courriel ne part." }
            (relire(version, vue.relecture))
            (confirmer(urls::VERSIONS_CHARTE, "Présenter cette version", &vue.relecture.net, &champs))
            (depliant("Corriger cette version",
                &formulaire_de_la_nouvelle(saisie, &vue.relecture.net.texte, &[])))
        })
}
