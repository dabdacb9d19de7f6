//! An agreement as both sides read it: the same text, who signs next, and
//! what each has done.

pub mod liste;

use dsfr::{
    Bouton, Case, Champ, Etapes, Formulaire, Telechargement, Ton, badge, faits, mise_en_exergue,
};
use maud::{Markup, html};
use metier::{
    commun::{Raison, temps, typographie},
    conventions::{EtatConvention, engagement_exige},
};

use super::{actes::Signature, store::Inscrite};
use crate::{
    socle::{
        droits::{Droit, Perimetre, Personne},
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

const ETAPES: [&str; 4] = [
    "Signature du bénéficiaire",
    "Validation par l’État",
    "Versement de l’aide",
    "Aide versée",
];

/// `GET /conventions/{id}`
pub fn page(
    cadre: &Cadre,
    personne: &Personne,
    inscrite: &Inscrite,
    saisie: &Signature,
    raisons: &[Raison],
) -> Markup {
    let du_pole = personne.peut(Droit::LireDossier, Perimetre::Pole(inscrite.pole));
    let liste = urls::conventions_de_campagne(&inscrite.campagne);
    let sous = match du_pole {
        true => vec![(urls::ESPACE, "Mon espace")],
        false => vec![
            (urls::PILOTAGE, "Campagnes"),
            (liste.as_str(), "Conventions"),
        ],
    };
    let lentille = match du_pole {
        true => Lentille::Pole(inscrite.nom_du_pole.clone()),
        false => Lentille::Pilotage,
    };
    let titre = format!("Convention n°\u{a0}{}", inscrite.numero);
    Page::new(&titre)
        .nomme(&inscrite.nom_du_pole)
        .sous(&sous)
        .lentille(lentille)
        .etat(etat(inscrite))
        .corrections(raisons.len())
        .montrer(
            cadre,
            html! {
                (reprise::sommaire("rien n’a été enregistré.", raisons))
                (Etapes::nouvelles(&ETAPES, etape(inscrite)))
                (resume(inscrite))
                (texte(inscrite))
                (prochain_acte(personne, inscrite, saisie, raisons))
                (signatures(inscrite))
            },
        )
}

/// The state, in the only words applicants see.
pub fn etat(inscrite: &Inscrite) -> Markup {
    match inscrite.convention.etat() {
        EtatConvention::ARediger => badge(Ton::Information, "Texte en préparation"),
        EtatConvention::Proposee => badge(Ton::Attention, "Convention à signer"),
        EtatConvention::SigneeBeneficiaire => badge(Ton::Information, "Signée par le bénéficiaire"),
        EtatConvention::Validee => badge(Ton::Favorable, "Validée"),
        _ => badge(Ton::Favorable, "Versée"),
    }
}

fn etape(inscrite: &Inscrite) -> usize {
    match inscrite.convention.etat() {
        EtatConvention::ARediger | EtatConvention::Proposee => 1,
        EtatConvention::SigneeBeneficiaire => 2,
        EtatConvention::Validee => 3,
        _ => 4,
    }
}

fn resume(inscrite: &Inscrite) -> Markup {
    let convention = &inscrite.convention;
    let periode = match convention.periode() {
        Some((debut, fin)) => format!(
            "du {} au {}",
            temps::jour_simple_de(debut),
            temps::jour_simple_de(fin)
        ),
        None => format!(
            "{} mois à compter de sa validation",
            convention.duree_en_mois
        ),
    };
    let compte = match &inscrite.compte {
        Some(compte) => format!("IBAN se terminant par {}, {}", compte.fin, compte.titulaire),
        None => "Non renseigné".to_owned(),
    };
    faits(&[
        ("Bénéficiaire", html! { (inscrite.structure) }),
        ("Dossier", html! { "n°\u{a0}" (inscrite.numero_du_dossier) }),
        (
            "Aide",
            html! { (convention.montant) ", versée en une fois" },
        ),
        ("Durée", html! { (typographie(&periode)) }),
        ("Compte", html! { (typographie(&compte)) }),
    ])
}

fn texte(inscrite: &Inscrite) -> Markup {
    let convention = &inscrite.convention;
    html! {
        h2 { "Le texte" }
        @match &convention.texte {
            Some(empreinte) if convention.validation.is_some() => {
                p { (Telechargement::nouveau("Convention signée", urls::exemplaire_de_convention(convention.id), "pdf", None)) }
                p { "Les deux signatures portent sur le texte ci-dessous, gardé tel qu’il a été lu." }
                p { (Telechargement::nouveau("Texte signé", urls::texte_de_convention(convention.id), "pdf", None)) }
                p.fr-hint-text { "Empreinte du texte signé (SHA-256)\u{202f}: " code { (empreinte) } }
            },
            Some(empreinte) => {
                p { (Telechargement::nouveau("Convention", urls::texte_de_convention(convention.id), "pdf", None)) }
                p.fr-hint-text { "Empreinte du texte à signer (SHA-256)\u{202f}: " code { (empreinte) } }
            },
            None => {
                p { "Le texte est en préparation. Actualisez la page dans un instant." }
            }
        }
    }
}

/// Who signs next, and the form if it is this person.
fn prochain_acte(
    personne: &Personne,
    inscrite: &Inscrite,
    saisie: &Signature,
    raisons: &[Raison],
) -> Markup {
    let signe = personne.peut(Droit::SignerConvention, Perimetre::Pole(inscrite.pole));
    let peut = |droit| personne.peut(droit, Perimetre::National);
    let ordre = inscrite.ordre.is_some();
    let attend = |qui: &str| html! { p { "Prochaine étape\u{202f}: " (qui) "." } };
    match inscrite.convention.etat() {
        EtatConvention::ARediger => html! {},
        EtatConvention::Proposee if signe => signature(inscrite, saisie, raisons),
        EtatConvention::Proposee => attend("la personne responsable du pôle signe la convention"),
        EtatConvention::SigneeBeneficiaire if peut(Droit::ValiderConvention) => {
            validation(inscrite, saisie, raisons)
        }
        EtatConvention::SigneeBeneficiaire => {
            attend("la direction générale du Trésor valide la convention")
        }
        EtatConvention::Validee if !ordre && peut(Droit::PreparerVersement) => {
            preparation(inscrite, raisons)
        }
        EtatConvention::Validee if ordre && peut(Droit::ValiderVersement) => {
            validation_de_l_ordre(inscrite)
        }
        EtatConvention::Validee => match &inscrite.ordre {
            Some(_) => attend("l’ordre de versement est préparé, une autre personne le valide"),
            None => attend("l’ordre de versement se prépare"),
        },
        _ => html! {},
    }
}

fn signature(inscrite: &Inscrite, saisie: &Signature, raisons: &[Raison]) -> Markup {
    let convention = &inscrite.convention;
    let empreinte = convention.texte.clone().unwrap_or_default();
    html! {
        h2 { "Signer la convention" }
        p { "Lisez d’abord le texte ci-dessus. Votre signature porte sur son empreinte." }
        (Formulaire::acte(urls::signature_de_convention(convention.id), html! {
            (Champ::texte("nom", "Prénom et nom de la personne qui signe").valeur(&saisie.nom)
                .completion("name").erreur(reprise::erreur(raisons, "nom")))
            (Champ::texte("qualite", "En quelle qualité").aide("Par exemple\u{202f}: présidente")
                .valeur(&saisie.qualite).erreur(reprise::erreur(raisons, "qualite")))
            (Champ::texte("titulaire", "Titulaire du compte").aide("Tel qu’il est écrit sur le relevé d’identité bancaire")
                .valeur(&saisie.titulaire).erreur(reprise::erreur(raisons, "titulaire")))
            @if raisons.iter().any(|raison| raison.code == "titulaire_autre") {
                (Case::nouvelle("titulaire_confirme", "Le relevé d’identité bancaire porte bien ce nom, et ce compte est celui du bénéficiaire"))
            }
            (Champ::texte("iban", "IBAN").aide("Il est chiffré dès son arrivée\u{202f}; seuls ses 4 derniers signes restent visibles.")
                .valeur(&saisie.iban).erreur(reprise::erreur(raisons, "iban")))
            (Case::nouvelle("pouvoir", "J’ai pouvoir d’engager la structure").cochee(saisie.pouvoir)
                .erreur(reprise::erreur(raisons, "pouvoir")))
            @if engagement_exige(inscrite.forme) {
                (Case::nouvelle("engagement_republicain", "La structure souscrit le contrat d’engagement républicain")
                    .aide("Loi 2000-321, art. 10-1. Demandé aux associations et aux fondations.")
                    .cochee(saisie.engagement).erreur(reprise::erreur(raisons, "engagement_republicain")))
            }
            (Bouton::principal("Signer la convention"))
        }).cache("empreinte", empreinte).etiquette("Signer la convention"))
    }
}

fn validation(inscrite: &Inscrite, saisie: &Signature, raisons: &[Raison]) -> Markup {
    let convention = &inscrite.convention;
    let empreinte = convention.texte.clone().unwrap_or_default();
    html! {
        h2 { "Valider la convention" }
        p { "La validation est la signature de l’État. Elle ouvre le versement." }
        (Formulaire::acte(urls::validation_de_convention(convention.id), html! {
            (Champ::texte("qualite", "En quelle qualité").valeur(&saisie.qualite).erreur(reprise::erreur(raisons, "qualite")))
            (Case::nouvelle("pouvoir", "J’ai délégation pour signer au nom de l’État").cochee(saisie.pouvoir)
                .erreur(reprise::erreur(raisons, "pouvoir")))
            (Bouton::principal("Valider la convention"))
        }).cache("empreinte", empreinte).etiquette("Valider la convention"))
    }
}

/// Whom the decision helps and whose account it is, one under the other.
fn noms_a_comparer(inscrite: &Inscrite) -> Markup {
    html! {
        @if let Some(compte) = &inscrite.compte {
            (mise_en_exergue(&html! {
                p { "Titulaire du compte\u{202f}: " strong { (compte.titulaire) } }
                p { "Bénéficiaire\u{202f}: " strong { (inscrite.structure) } }
            }))
        }
    }
}

fn preparation(inscrite: &Inscrite, raisons: &[Raison]) -> Markup {
    let convention = &inscrite.convention;
    html! {
        h2 { "Préparer l’ordre de versement" }
        (noms_a_comparer(inscrite))
        (Formulaire::acte(urls::versement_de_convention(convention.id), html! {
            (Champ::montant("montant", "Montant").aide("En une fois, en entier.")
                .valeur(convention.montant.sans_unite()).erreur(reprise::erreur(raisons, "montant")))
            (Case::nouvelle("titulaire_verifie", "J’ai comparé le titulaire au bénéficiaire sur le relevé d’identité bancaire")
                .erreur(reprise::erreur(raisons, "titulaire_verifie")))
            (Bouton::principal("Préparer l’ordre"))
        }).etiquette("Préparer l’ordre de versement"))
    }
}

fn validation_de_l_ordre(inscrite: &Inscrite) -> Markup {
    let Some(ordre) = &inscrite.ordre else {
        return html! {};
    };
    html! {
        h2 { "Valider l’ordre de versement" }
        (noms_a_comparer(inscrite))
        p { (typographie(&format!(
            "Ordre de {} préparé par {} le {}. Une autre personne le valide.",
            ordre.montant, ordre.prepare_par_qui, temps::instant_long(ordre.prepare_le)
        ))) }
        (Formulaire::acte(urls::validation_du_versement(inscrite.convention.id), html! {
            (Bouton::principal("Valider l’ordre"))
        }).etiquette("Valider l’ordre de versement"))
    }
}

/// What was done, by whom and when.
fn signatures(inscrite: &Inscrite) -> Markup {
    let convention = &inscrite.convention;
    let [beneficiaire, tresor] = &inscrite.signataires;
    let signee = |signature: &Option<metier::conventions::SignatureConvention>,
                  nom: &Option<String>| {
        signature.as_ref().map(|signature| {
            format!(
                "{}, {}, le {}",
                nom.as_deref().unwrap_or_default(),
                signature.qualite,
                temps::instant_long(signature.signee_le)
            )
        })
    };
    let mut lignes = vec![(
        "Proposée",
        Some(format!("le {}", temps::instant_long(inscrite.proposee_le))),
    )];
    lignes.push((
        "Signée par le bénéficiaire",
        signee(&convention.beneficiaire, beneficiaire),
    ));
    lignes.push((
        "Engagement républicain",
        convention
            .engagement
            .as_ref()
            .map(|e| format!("souscrit le {}", temps::jour_long(e.souscrit_le))),
    ));
    lignes.push(("Validée par l’État", signee(&convention.validation, tresor)));
    if let Some(ordre) = &inscrite.ordre {
        let prepare = format!(
            "le {}, par {}",
            temps::instant_long(ordre.prepare_le),
            ordre.prepare_par_qui
        );
        lignes.push(("Ordre préparé", Some(prepare)));
        lignes.push((
            "Ordre validé",
            ordre.valide_le.map(|le| {
                format!(
                    "le {}, par {}",
                    temps::instant_long(le),
                    ordre.valide_par_qui.as_deref().unwrap_or_default()
                )
            }),
        ));
    }
    let lignes: Vec<_> = lignes
        .into_iter()
        .filter_map(|(quoi, fait)| Some((quoi, html! { (typographie(&fait?)) })))
        .collect();
    html! {
        h2 { "Ce qui a été fait" }
        (faits(&lignes))
    }
}
