//! Checking and filing, the receipt, taking back, what was done.

use dsfr::{
    Alerte, Bouton, Case, Colonne, Formulaire, Gravite, Probleme, SommaireErreurs, Tableau,
    Telechargement, boutons, faits,
};
use maud::{Markup, html};
use metier::{
    campagnes::conditions::Constat,
    commun::{Raison, Refus, temps, typographie},
    dossiers::Accuse,
};

use super::{
    commun::{self, page},
    regles,
};
use crate::{
    dossiers::{
        montrer,
        store::{LigneDepot, Trace},
        vue::{Vue, noms},
    },
    socle::{inscription::inscription, journal::preuve::Preuve, mise_en_page::Cadre, reprise},
    urls,
};

/// Boxes as they were left, after a refusal.
#[derive(Default)]
pub struct Cases {
    pub pouvoir: bool,
    pub exactitude: bool,
}

/// `GET /dossiers/{id}/verification`; `refus` after a filing that was refused.
///
/// What is missing, the conditions, the answers, then the boxes and the button:
/// one declares what one has just read again.
pub fn verifier(
    cadre: &Cadre,
    vue: &Vue,
    conditions: &[Constat],
    cases: &Cases,
    refus: &[Raison],
) -> Markup {
    let manques = commun::manques(vue);
    let corrections = match refus {
        [] => manques.len(),
        raisons => raisons.len(),
    };
    let contenu = html! {
        @if vue.dossier.depose_le.is_none() && vue.dossier.retire_le.is_none() {
            (commun::cloture(cadre, vue))
        }
        @if refus.is_empty() { (constat(vue, conditions, manques)) } @else { (refuse(vue, refus)) }
        (commun::ecarts(vue, None))
        (regles::toutes(vue, conditions))
        h2 { "Vos réponses, rubrique par rubrique" }
        (relecture(vue))
        (deposer(vue, cases, refus))
    };
    page(cadre, vue, "Vérifier et déposer", corrections, contenu)
}

/// What is missing, all at once, or that nothing is.
fn constat(vue: &Vue, conditions: &[Constat], manques: Vec<Probleme<'static>>) -> Markup {
    html! {
        @if vue.fermeture.is_some() { (commun::pourquoi_ferme(vue)) }
        @match vue.completude.phrase() {
            Some(phrase) if vue.dossier.depose_le.is_none() => {
                (SommaireErreurs::nouveau(phrase, manques))
            },
            None if vue.fermeture.is_none() => {
                (Alerte::nouvelle(
                    Gravite::ASavoir,
                    "tout est présent. Déposé, le dossier ne change plus.",
                ).suite(html! {
                    @if let Some(phrase) = regles::non_remplies(conditions) { p { (phrase) } }
                    p { (dsfr::lien("#deposer", "Aller au dépôt, sous vos réponses")) }
                }))
            },
            _ => {},
        }
    }
}

/// Why the filing was refused: each reason leads to its place.
fn refuse(vue: &Vue, raisons: &[Raison]) -> Markup {
    let manques: Vec<Probleme<'_>> = vue
        .completude
        .phrase()
        .map(|_| commun::manques(vue))
        .unwrap_or_default();
    let des_cases: Vec<Raison> = raisons
        .iter()
        .filter(|r| matches!(r.ancre.as_deref(), Some("pouvoir" | "exactitude")))
        .cloned()
        .collect();
    let incomplet = raisons.iter().all(|raison| raison.ancre.is_some());
    html! {
        @if incomplet {
            @let phrase = vue.completude.phrase()
                .unwrap_or_else(|| "cochez les deux déclarations pour déposer.".to_owned());
            (SommaireErreurs::nouveau(phrase, manques.into_iter().chain(reprise::problemes(&des_cases, |ancre| format!("#{ancre}"))).collect()))
        } @else {
            (reprise::sommaire("le dépôt n’est pas reçu.", raisons))
        }
    }
}

fn deposer(vue: &Vue, cases: &Cases, refus: &[Raison]) -> Markup {
    let revenir = Bouton::secondaire("Revenir au sommaire").vers(urls::dossier(vue.dossier.id));
    if vue.dossier.depose_le.is_some() || vue.dossier.retire_le.is_some() {
        return html! { (boutons(&[revenir])) };
    }
    if !vue.peut_deposer {
        return html! {
            p { (typographie(&format!(
                "Demandez à {} : déposer engage la structure, et votre droit ne le permet pas.",
                noms(&vue.responsables)))) }
            (boutons(&[revenir]))
        };
    }
    let erreur = |ancre: &str| {
        refus
            .iter()
            .find(|raison| raison.ancre.as_deref() == Some(ancre))
            .map(|raison| raison.phrase.clone())
    };
    // One filled button a page, and not this one while something is missing.
    let deposer = match vue.completude.est_complete() {
        true => Bouton::principal("Déposer le dossier"),
        false => Bouton::secondaire("Déposer le dossier"),
    };
    html! {
        h2 #deposer { "Déposer" }
        (Formulaire::acte(urls::du_dossier(vue.dossier.id, "depot"), html! {
            (Case::nouvelle("pouvoir", "J’ai pouvoir d’engager la structure")
                .cochee(cases.pouvoir).erreur(erreur("pouvoir")))
            (Case::nouvelle("exactitude", "Les informations sont exactes")
                .cochee(cases.exactitude).erreur(erreur("exactitude")))
            (boutons(&[deposer, revenir]))
        }))
    }
}

/// Everything that would be filed, with the way to each page.
fn relecture(vue: &Vue) -> Markup {
    html! {
        nav aria-label="Pages du dossier" {
            ul {
                @for rubrique in &vue.completude.rubriques {
                    @let (_, mots) = commun::avancement(vue, rubrique);
                    li {
                        (dsfr::lien(
                            &commun::adresse(vue.dossier.id, &rubrique.code, None),
                            &format!("Modifier\u{202f}: {}", rubrique.titre)))
                        " · " (mots)
                    }
                }
            }
        }
        (montrer::montrer(&vue.campagne, &vue.contenu, &urls::dossier(vue.dossier.id)))
    }
}

/// `GET /dossiers/{id}/accuse`
pub fn accuse(
    cadre: &Cadre,
    vue: &Vue,
    accuse: &Accuse,
    depot: &LigneDepot,
    preuve: Option<&Preuve>,
) -> Markup {
    let id = vue.dossier.id;
    let suite = vue
        .campagne
        .calendrier
        .etape(metier::campagnes::Etape::Notification);
    let contenu = html! {
        (Alerte::nouvelle(Gravite::CestFait, "dossier déposé.").apres_un_acte()
            .suite(html! { p { (accuse.phrase()) } }))
        (faits(&[
            ("Numéro", html! { (accuse.numero) }),
            ("Reçu le", html! {
                (typographie(&format!("{} (heure de Paris)", temps::instant_a_la_seconde(accuse.depose_le))))
                @if let Some(heure) = accuse.region.and_then(|r| temps::heure_locale(r, accuse.depose_le)) {
                    ", " (heure)
                }
            }),
            ("Pôle", html! { (accuse.pole) }),
            ("Structure porteuse", html! { (accuse.structure) }),
            ("Appel", html! { (vue.campagne.identite.titre_court) ", version " (accuse.version) }),
            ("Empreinte SHA-256", html! { code.co-empreinte { (data_encoding::HEXLOWER.encode(&depot.empreinte)) } }),
            ("Code de vérification", html! { (depot.code) }),
        ]))
        p {
            (Telechargement::nouveau(
                "Télécharger l’accusé de réception", urls::du_dossier(id, "accuse.pdf"), "pdf", None))
        }
        h2 { "La suite" }
        p { (typographie(&format!(
            "Sans décision notifiée d’ici là, votre demande sera réputée rejetée le {}.",
            temps::jour_long_de(accuse.rejet_implicite_le())))) }
        @if let Some(etape) = suite {
            p { (typographie(&format!(
                "L’appel prévoit de notifier les décisions le {}. Une décision favorable reste possible après un rejet implicite.",
                temps::jour_long(etape.moment.debut())))) }
        }
        h2 { "Mentions légales de l’accusé" }
        @for mention in accuse.mentions() {
            h3 { (mention.titre) }
            p { (mention.texte) " (" (mention.source) ")" }
        }
        (inscription(preuve, &urls::preuve_du_depot(id)))
        (dsfr::depliant("Les faits que couvre l’empreinte", &html! {
            pre.co-faits-bruts tabindex="0" { (depot.faits) }
        }))
        (boutons(&[
            Bouton::secondaire("Vérifier cet accusé").vers(urls::verification(&depot.code)),
            Bouton::secondaire("Revenir au dossier").vers(urls::dossier(id)),
        ]))
    };
    page(cadre, vue, "Accusé de réception", 0, contenu)
}

/// `GET /dossiers/{id}/retrait`
pub fn retrait(cadre: &Cadre, vue: &Vue, refus: &[Raison]) -> Markup {
    let id = vue.dossier.id;
    let depose = vue.dossier.depose_le.is_some();
    let contenu = html! {
        @let ferme = vue.retrait_ferme();
        @if !refus.is_empty() {
            (reprise::sommaire("le dossier n’est pas retiré.", refus))
        } @else if let Some(ferme) = &ferme {
            @for raison in ferme.raisons() { (commun::alerte(&raison)) }
        }
        @match (ferme, vue.peut_deposer) {
            (Some(_), _) => (pourquoi_garde(vue)),
            (None, false) => p { (typographie(&format!(
                "Demandez à {} : retirer le dossier engage la structure.", noms(&vue.responsables)))) },
            (None, true) => {
                p.fr-text--lead {
                    @if depose { "Le dossier déposé ne sera plus examiné. C’est définitif." }
                    @else { "Le brouillon ne pourra plus être modifié ni déposé. C’est définitif." }
                }
                p { "Il reste lisible par votre équipe. Tant que l’appel est ouvert, votre pôle peut en commencer un autre." }
                (Formulaire::acte(urls::du_dossier(id, "retrait"), html! {
                    (Case::nouvelle("confirmation", "Je retire ce dossier au nom de la structure"))
                    (boutons(&[
                        Bouton::principal("Retirer le dossier"),
                        Bouton::secondaire("Garder le dossier").vers(urls::dossier(id)),
                    ]))
                }))
            },
        }
    };
    page(cadre, vue, "Retirer le dossier", refus.len(), contenu)
}

/// What can be done instead of taking it back.
fn pourquoi_garde(vue: &Vue) -> Markup {
    let id = vue.dossier.id;
    let revenir = Bouton::secondaire("Revenir au dossier").vers(urls::dossier(id));
    html! {
        @if vue.decision.is_some() {
            (boutons(&[
                Bouton::principal("Lire la décision").vers(urls::du_dossier(id, "decision")),
                revenir,
            ]))
        } @else { (boutons(&[revenir])) }
    }
}

/// `GET /dossiers/{id}/historique`
pub fn historique(cadre: &Cadre, vue: &Vue, traces: &[Trace]) -> Markup {
    let rangs = traces.iter().map(|trace| {
        let le = jiff::Timestamp::from_millisecond(trace.le).unwrap_or_default();
        vec![
            html! { (mot(&trace.acte)) },
            html! { (temps::instant_long(le)) },
            html! { (trace.par.as_deref().unwrap_or("—")) },
        ]
    });
    let contenu = html! {
        p { "Les actes de votre équipe sur ce dossier, tels que le journal les garde." }
        (Tableau::nouveau("Actes de l’équipe", vec![
            Colonne::cle("Acte"), Colonne::texte("Quand"), Colonne::texte("Par"),
        ]).legende_masquee().lignes(rangs))
    };
    page(cadre, vue, "Historique", 0, contenu)
}

fn mot(acte: &str) -> &str {
    match acte {
        "ouverture" => "Ouverture du brouillon",
        "depot" => "Dépôt",
        "retrait" => "Retrait",
        autre => autre,
    }
}
