//! The public page where a receipt or a certificate of signature is verified: by
//! its code, or by its file. Number, instant, fingerprint, never content nor any
//! person; what differs, named.

use dsfr::{
    Alerte, Bouton, Champ, ChampFichier, Formulaire, Gravite, Ton, badge, boutons, faits, lien,
};
use maud::{Markup, html};
use metier::{
    commun::{Raison, temps, typographie},
    dossiers::Accuse,
};
use sha2::{Digest, Sha256};

use crate::{
    charte::SignatureLue,
    dossiers::verification::Constat,
    socle::{
        inscription::inscription,
        journal::preuve::{Partie, Preuve},
        mise_en_page::{Cadre, Page},
        reprise,
    },
    urls,
};

/// The most a receipt or its proof weighs.
const OCTETS_AU_PLUS: u64 = 500_000;

/// A refusal of the form: the field, and what it wants.
pub type Manque = (&'static str, &'static str);
pub const RIEN_A_VERIFIER: Manque = ("code", "Donnez un code, ou un fichier à comparer.");
pub const SANS_CODE: Manque = (
    "code",
    "Donnez aussi le code : il est au bas de l’accusé, ou du certificat, et dit à quel acte le comparer.",
);
pub const ILLISIBLE: Manque = (
    "fichier",
    "Ce fichier n’est ni un accusé ou un certificat en PDF, ni une preuve entière en JSON. Téléchargez-le de nouveau depuis la page de l’accusé, ou de la signature.",
);

/// What somebody asks to verify.
pub struct Demande<'a> {
    code: &'a str,
}

/// What may be told of it to who holds its paper.
pub struct Montre {
    pub quoi: Quoi,
    pub code: String,
    pub preuve: Option<Preuve>,
}

/// What a paper is about.
pub enum Quoi {
    Accuse {
        accuse: Box<Accuse>,
        empreinte: Vec<u8>,
    },
    Signature(Box<SignatureLue>),
}

impl Quoi {
    /// « l’accusé », « le certificat »
    fn papier(&self) -> &'static str {
        match self {
            Self::Accuse { .. } => "l’accusé",
            Self::Signature(_) => "le certificat",
        }
    }
}

impl<'a> Demande<'a> {
    pub fn new(code: &'a str) -> Self {
        Self { code }
    }

    /// The page, with what was found if something was asked.
    pub fn montrer(&self, cadre: &Cadre, resultat: Option<Markup>) -> Markup {
        self.page(cadre, &[], resultat)
    }

    /// The page again, with what to mend.
    pub fn refuser(&self, cadre: &Cadre, (ancre, phrase): Manque) -> Markup {
        let raison = Raison::new("verification_impossible", typographie(phrase)).ancre(ancre);
        self.page(cadre, &[raison], None)
    }

    fn page(&self, cadre: &Cadre, raisons: &[Raison], resultat: Option<Markup>) -> Markup {
        Page::new("Vérifier un accusé ou une signature")
            .indexable()
            .corrections(raisons.len())
            .montrer(cadre, html! {
                (reprise::sommaire("rien n’a été vérifié.", raisons))
                p.fr-text--lead { "Le code figure au bas de chaque accusé de réception, et sur la preuve et le certificat de chaque signature de la Charte. Rien du dossier n’est montré ici, ni aucun nom de personne." }
                (Formulaire::acte(urls::VERIFICATION, html! {
                    (Champ::texte("code", "Code de vérification")
                        .aide("16 signes, par exemple K7QM-3D2F-XA4T-PZ6R.")
                        .erreur(reprise::erreur(raisons, "code"))
                        .valeur(self.code))
                    (ChampFichier::nouveau("fichier", "Fichier à comparer", &["pdf", "json"], OCTETS_AU_PLUS)
                        .aide(typographie("L’accusé ou le certificat, ou sa preuve d’inscription : la réponse dit quelle partie diffère. Le fichier est lu, puis oublié."))
                        .erreur(reprise::erreur(raisons, "fichier"))
                        .facultatif())
                    (boutons(&[Bouton::principal("Vérifier")]))
                }).avec_un_fichier_a_lire())
                @if let Some(resultat) = resultat { (resultat) }
                h2 { "Vérifier hors ligne" }
                p {
                    "Ouvrez l’accusé sur le site, copiez les faits que couvre l’empreinte dans un fichier, puis comparez le résultat de "
                    code { "sha256sum" } " à l’empreinte."
                }
            })
    }
}

/// What is known of a paper delivered here, to be compared by eye.
pub fn delivre_ici(phrase: &str, montre: &Montre) -> Markup {
    html! {
        (Alerte::nouvelle(Gravite::CestFait, phrase))
        (lignes(montre))
        @match &montre.quoi {
            Quoi::Accuse { .. } => p { "Comparez ces trois lignes à celles de l’accusé que vous avez reçu. Si l’une diffère, il ne vient pas d’ici." },
            Quoi::Signature(lue) => p { (lien(&urls::signature_de_la_charte(lue.id), "Lire la preuve de cette signature")) },
        }
        (inscription(montre.preuve.as_ref(), &urls::preuve_publique(&montre.code)))
    }
}

fn lignes(montre: &Montre) -> Markup {
    let a_paris = |le| {
        typographie(&format!(
            "{} (heure de Paris)",
            temps::instant_a_la_seconde(le)
        ))
    };
    match &montre.quoi {
        Quoi::Accuse { accuse, empreinte } => faits(&[
            ("Numéro du dossier", html! { (accuse.numero) }),
            ("Reçu le", html! { (a_paris(accuse.depose_le)) }),
            (
                "Empreinte SHA-256",
                html! { code.co-empreinte { (data_encoding::HEXLOWER.encode(empreinte)) } },
            ),
        ]),
        Quoi::Signature(lue) => {
            let mut dites = vec![
                ("Signataire", html! { (lue.signataire()) }),
                ("Version", html! { (lue.titre) }),
                ("Signée le", html! { (a_paris(lue.signee_le)) }),
            ];
            if let Some(le) = lue.retiree_le {
                dites.push(("Retirée le", html! { (typographie(&temps::jour_long(le))) }));
            }
            faits(&dites)
        }
    }
}

/// A signature in support that its keeper has not confirmed: no more is told.
pub fn a_confirmer() -> Markup {
    attention(
        "cette signature attend d’être confirmée par le gardien de la Charte.",
        "Elle a été donnée en soutien aux pôles, et n’est pas publiée : elle ne prouve encore rien.",
    )
}

pub fn code_inconnu() -> Markup {
    html! {
        (Alerte::nouvelle(Gravite::Attention, "rien de ce qui est délivré ici, accusé ou signature, ne porte ce code.")
            .suite(html! { p { "Vérifiez les signes un à un. Les chiffres 0, 1, 8 et 9 n’y figurent pas." } }))
    }
}

/// What the comparison of a file shows, and what to do then.
pub fn constat(constat: &Constat, montre: Option<&Montre>, fichier: &[u8]) -> Markup {
    match (constat, montre) {
        (Constat::Papier(_), Some(montre)) => {
            let papier = montre.quoi.papier();
            let phrase = format!("ce fichier est {papier} délivré ici, à l’octet près.");
            delivre_ici(&phrase, montre)
        }
        (Constat::Preuve(_), Some(montre)) => html! {
            (Alerte::nouvelle(Gravite::CestFait, "cette preuve concorde avec le journal."))
            (lignes(montre))
            (parties(&[], &[]))
        },
        (Constat::AutresOctets { garde, .. }, Some(montre)) => {
            autres_octets(garde, fichier, montre)
        }
        (Constat::AutreCode, _) => attention(
            "ce fichier est vrai, mais n’est pas celui de ce code.",
            "Il vient d’un autre acte. Vérifiez le code, ou laissez-le vide pour lire ce que prouve le fichier.",
        ),
        (Constat::PasEncoreImprime, _) => attention(
            "le papier de ce code n’est pas encore imprimé.",
            "Réessayez dans une minute : il n’y a encore rien à quoi comparer le fichier.",
        ),
        (Constat::PreuveDAilleurs, _) => attention(
            "cette preuve ne vient pas d’ici.",
            "Ce qui diffère : l’inscription et la clé. Ce journal n’a pas cette inscription, et la preuve est signée d’une autre clé que la sienne. Vérifiez-la sur le site qui l’a délivrée.",
        ),
        (
            Constat::PreuveChangee {
                parties: changees,
                lignes,
            },
            _,
        ) => html! {
            (Alerte::nouvelle(Gravite::ACorriger, "cette preuve a été modifiée.").suite(html! {
                p { (typographie("Téléchargez-la de nouveau, depuis la page de l’acte ou avec son code : elle ne change jamais.")) }
            }))
            (parties(changees, lignes))
        },
        (Constat::JournalChange(changees), _) => html! {
            (Alerte::nouvelle(Gravite::ACorriger, "cette preuve est signée ici, et le journal dit autre chose.").suite(html! {
                p {
                    "Ce n’est pas votre fichier qui est en cause\u{202f}: ce qui est inscrit ne doit jamais changer. \
                     Gardez-le, et écrivez à l’exploitant, dont l’adresse figure aux "
                    (lien(urls::MENTIONS_LEGALES, "mentions légales")) "."
                }
            }))
            (parties(changees, &[]))
        },
        _ => code_inconnu(),
    }
}

fn attention(phrase: &str, suite: &str) -> Markup {
    html! {
        (Alerte::nouvelle(Gravite::Attention, phrase).suite(html! { p { (typographie(suite)) } }))
    }
}

fn autres_octets(garde: &[u8], fichier: &[u8], montre: &Montre) -> Markup {
    let hexa = |octets: &[u8]| data_encoding::HEXLOWER.encode(octets);
    let papier = montre.quoi.papier();
    let qui = match montre.quoi {
        Quoi::Accuse { .. } => "à l’équipe du pôle",
        Quoi::Signature(_) => "au signataire",
    };
    html! {
        (Alerte::nouvelle(Gravite::ACorriger, format!("ce fichier n’est pas {papier} délivré avec ce code.")).suite(html! {
            p { (typographie(&format!(
                "Ce qui diffère : l’empreinte du fichier. Un PDF annoté ou enregistré de nouveau en change, même si rien ne s’y voit. \
                 Comparez ses lignes à celles-ci, ou demandez {qui} de télécharger {papier} une fois encore."))) }
        }))
        (lignes(montre))
        (faits(&[
            ("Empreinte du papier délivré", html! { code.co-empreinte { (hexa(garde)) } }),
            ("Empreinte de votre fichier", html! { code.co-empreinte { (hexa(&Sha256::digest(fichier))) } }),
        ]))
    }
}

/// Each part of a proof, and whether it agrees with the journal.
fn parties(changees: &[Partie], lignes: &[String]) -> Markup {
    let etat = |partie: Partie| match changees.contains(&partie) {
        false => badge(Ton::Favorable, "Concorde"),
        true => html! {
            (badge(Ton::Defavorable, "Diffère"))
            p { (typographie(ce_qui_differe(partie))) }
            @if partie == Partie::Texte && !lignes.is_empty() {
                p {
                    "Lignes en cause\u{202f}: "
                    @for (rang, ligne) in lignes.iter().enumerate() {
                        @if rang > 0 { ", " }
                        code { (ligne) }
                    }
                    "."
                }
            }
        },
    };
    html! {
        h2 { "Partie par partie" }
        (faits(&Partie::TOUTES.map(|partie| (nom(partie), etat(partie)))))
        p { "La clé et la tête se comparent aussi à la " (lien(urls::TETE_DU_JOURNAL, "tête publiée du journal")) "." }
    }
}

fn nom(partie: Partie) -> &'static str {
    match partie {
        Partie::Texte => "Faits de l’acte",
        Partie::Inscription => "Inscription au journal",
        Partie::Chemin => "Chemin jusqu’à la tête",
        Partie::Tete => "Tête signée",
        Partie::Cle => "Clé publique",
    }
}

fn ce_qui_differe(partie: Partie) -> &'static str {
    match partie {
        Partie::Texte => "Ces faits ne sont pas ceux que l’inscription engage.",
        Partie::Inscription => "L’acte, l’objet, l’auteur ou l’instant n’est pas celui du journal.",
        Partie::Chemin => {
            "Le rang, ou une empreinte du chemin, ne mène pas de l’inscription à la tête."
        }
        Partie::Tete => {
            "La taille, la racine, l’instant ou la signature n’est pas celle de la tête scellée."
        }
        Partie::Cle => "La clé n’est pas celle de cette instance.",
    }
}
