//! Where one signs: the text first, then by what right, then two boxes that
//! nobody ticks beforehand.

use dsfr::{Alerte, Bouton, Case, Champ, Choix, Formulaire, Gravite, Radios, boutons, lien, vide};
use maud::{Markup, html};
use metier::{
    charte::{Engagements, Mandat, QualiteSignature, Version},
    commun::{Raison, temps, typographie},
};
use uuid::Uuid;

use super::texte::{A_VERSER, texte};
use crate::{
    charte::{
        actes::{AuNom, Saisi, porteuse},
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
    /// Others that may be signed as well: open calls demand them.
    pub autres: Vec<Version>,
    pub texte: Option<String>,
    pub au_nom: AuNom,
    /// The record of the pole, when it is one.
    pub fiche: Option<Fiche>,
    /// What it signed before.
    pub precedentes: Vec<SignatureLue>,
    /// The sitting where one signs, if it is in one.
    pub seance: Option<SeanceLue>,
}

impl ASigner {
    /// The fingerprint of the text that is shown.
    pub fn empreinte(&self) -> Option<&str> {
        let publie = self.version.as_ref()?.texte.as_ref()?;
        Some(&publie.empreinte)
    }
}

const TITRE: &str = "Signer la Charte";

/// `/charte/signature`, for who answers for several poles, or for none: nobody
/// signs in support without having asked for it.
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
            @if poles.is_empty() {
                p { (typographie("Vous ne répondez d’aucun pôle ici. Pour signer au nom du vôtre, trouvez sa fiche, puis dites qu’il \
                                  est le vôtre : l’adresse de son site, un code reçu par lettre ou la parole de la cellule de sa \
                                  région le prouve. S’il a déjà une équipe, sa personne responsable signe, ou vous associe.")) }
                p { (boutons(&[Bouton::principal("Trouver et revendiquer mon pôle").vers(urls::POLES)])) }
                @if let Some(seance) = seance {
                    p { (typographie("En séance, la cellule peut accepter votre revendication sur place. Revenez ensuite à cette \
                                      adresse : ")) (lien(&urls::signer_en_seance(seance.id), "signer en séance")) "." }
                }
            }
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
                    @for autre in &vue.autres { (autre_version(vue, autre)) }
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

/// Another version, and the way to sign it: a call says by its day which one it
/// demands, and another text does not count for it.
fn autre_version(vue: &ASigner, autre: &Version) -> Markup {
    let pole = match vue.au_nom {
        AuNom::Pole(pole) => pole.to_string(),
        AuNom::Soutien => String::new(),
    };
    let soutien = if pole.is_empty() { "oui" } else { "" };
    let seance = vue
        .seance
        .as_ref()
        .map_or_else(String::new, |lue| lue.id.to_string());
    let choix = [
        ("pole", pole.as_str()),
        ("soutien", soutien),
        ("seance", &seance),
        ("version", &autre.code),
    ];
    html! {
        p {
            (typographie(&format!("« {} » se signe aussi. Un appel dit, par sa date, la version qu’il demande : ", autre.titre)))
            (lien(&urls::avec(urls::SIGNER_LA_CHARTE, &choix), &typographie(&format!("Signer « {} »", autre.titre))))
        }
    }
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
    let (pole, qualite, bouton) = match vue.au_nom {
        AuNom::Pole(pole) => (
            pole.to_string(),
            QualiteSignature::Pole,
            "Signer au nom du pôle",
        ),
        AuNom::Soutien => (
            String::new(),
            QualiteSignature::Soutien,
            "Signer en soutien aux pôles",
        ),
    };
    let [pouvoir, acceptation] = Engagements::phrases(qualite);
    let contenu = html! {
        p { (typographie(&format!("Personne qui signe : {} ({}).", vue.personne.nom, vue.personne.courriel))) }
        (engagee(vue, (saisi, raisons)))
        (Champ::texte("fonction", "En quelle qualité").aide("Par exemple\u{202f}: présidente, gérant, maire.")
            .completion("organization-title").valeur(&saisi.fonction).erreur(erreur("fonction")))
        (Radios::nouveaux("mandat", "D’où vient votre pouvoir de signer", Mandat::TOUS.iter().map(|mandat| {
            Choix::nouveau(mandat.code(), mandat.libelle()).aide(match mandat {
                Mandat::Representation => "Les statuts m’en donnent le pouvoir.",
                Mandat::Delegation => "Une décision de l’organe qui dirige m’en donne mandat.",
            })
        }).collect()).valeur(saisi.mandat.map(Mandat::code)).erreur(erreur("mandat")))
        (Champ::texte("reference", "Décision qui donne mandat")
            .aide("Si vous avez reçu mandat. Par exemple\u{202f}: délibération du 12 mars 2024.")
            .facultatif().valeur(&saisi.reference).erreur(erreur("reference")))
        (Case::nouvelle("pouvoir", pouvoir).cochee(saisi.pouvoir).erreur(erreur("pouvoir")))
        (Case::nouvelle("acceptation", acceptation).cochee(saisi.acceptation).erreur(erreur("acceptation")))
        @if qualite == QualiteSignature::Soutien {
            p { (typographie("Le gardien de la Charte confirme chaque signature en soutien avant qu’elle soit publiée.")) }
        }
        p.fr-hint-text { (typographie(
            "La liste publique donnera le nom du signataire, la version et la date ; jamais le vôtre.")) }
        (Bouton::principal(bouton))
    };
    html! {
        (Formulaire::acte(urls::SIGNER_LA_CHARTE, contenu)
            .cache("pole", pole)
            .cache("seance", vue.seance.as_ref().map_or_else(String::new, |lue| lue.id.to_string()))
            .cache("version", version.code.as_str())
            .cache("empreinte", vue.empreinte().unwrap_or_default())
            .etiquette(bouton))
    }
}

/// The legal person engaged: typed for an organisation; for a pole, what the
/// register says of its carrying structure, and what it does not say.
fn engagee(vue: &ASigner, (saisi, raisons): (&Saisi, &[Raison])) -> Markup {
    let erreur = |ancre| reprise::erreur(raisons, ancre);
    let Some(fiche) = &vue.fiche else {
        return html! {
            (Champ::texte("nom", "Nom de l’organisation").completion("organization")
                .valeur(&saisi.nom).erreur(erreur("nom")))
            (Champ::texte("siren", "Numéro SIREN").aide("9 chiffres, les premiers du SIRET.").clavier("numeric")
                .valeur(&saisi.numero).erreur(erreur("siren")))
        };
    };
    let (structure, siret) = porteuse(fiche);
    html! {
        p {
            (typographie("Un pôle n’est pas une personne morale : la signature engage la structure qui le porte"))
            @match (structure, siret) {
                (Some(structure), Some(siret)) => (typographie(&format!(", « {structure} », SIRET {siret}."))),
                (Some(structure), None) => (typographie(&format!(", « {structure} »."))),
                _ => ".",
            }
        }
        @if structure.is_none() {
            (Champ::texte("structure", "Structure qui porte le pôle").completion("organization")
                .valeur(&saisi.nom).erreur(erreur("structure")))
        }
        @if siret.is_none() {
            (Champ::texte("siret", "SIRET de cette structure").aide("14 chiffres.").clavier("numeric")
                .valeur(&saisi.numero).erreur(erreur("siret")))
        }
    }
}
