//! The list, prepared then closed. Nothing computed decides here: the ranking
//! is shown, people choose, and each step away from it says why.

use dsfr::{Alerte, Bouton, Formulaire, Gravite, Ton, badge, boutons, enregistrement, faits, vide};
use jiff::Timestamp;
use maud::{Markup, html};
use metier::{
    commun::{Montant, Raison, temps, typographie},
    decisions::Notification,
};
use uuid::Uuid;

use super::{
    lignes::{plis, tableau},
    tableau::nombre,
};
use crate::{
    decisions::{liste::Liste, preparation::Enregistrement},
    socle::{
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

/// What the page has to say and to whom.
#[derive(Default)]
pub struct Vue<'a> {
    /// May write in the list.
    pub prepare: bool,
    /// May close it.
    pub arrete: bool,
    /// What was planned once it was closed, and now.
    pub notification: Option<Notification>,
    pub le: Timestamp,
    /// Why the act just asked was refused.
    pub raisons: Vec<Raison>,
    /// What became of the lines just sent.
    pub envoi: Option<&'a Enregistrement>,
}

/// `GET /campagnes/{code}/decision`
pub fn page(cadre: &Cadre, liste: &Liste<'_>, vue: &Vue<'_>) -> Markup {
    let appel = liste.appel;
    let campagne = urls::campagne(&appel.code);
    let arretee = liste.dossiers.decision.as_ref();
    let modifiable = vue.prepare && arretee.is_none();
    let problemes = vue.raisons.len() + vue.envoi.map_or(0, |e| e.conflits.len() + e.fautes.len());
    Page::new("Sélection")
        .nomme(appel.titre_court())
        .sous(&[(urls::PILOTAGE, "Campagnes"), (&campagne, appel.titre_court())])
        .lentille(Lentille::Pilotage)
        .etat(match arretee {
            Some(_) => badge(Ton::Favorable, "Liste arrêtée"),
            None if liste.attend_la_seance() => badge(Ton::Neutre, "Après la séance du comité"),
            None => badge(Ton::Neutre, "En préparation"),
        })
        .corrections(problemes)
        .montrer(cadre, html! {
            (reprise::sommaire_vers("la liste n’est pas arrêtée.", &vue.raisons, |ancre| ancre_de(liste, ancre)))
            @if let Some(envoi) = vue.envoi { (retour(envoi)) }
            @if !liste.attend_la_seance() { (resume(liste)) }
            @if arretee.is_some() { (retires(liste)) (suite(liste, vue)) }
            @if liste.dossiers.candidatures.is_empty() {
                (vide("Aucun dossier déposé.", &html! {}))
            } @else if liste.attend_la_seance() {
                (seance_attendue(liste, vue))
            } @else if modifiable {
                h2 { "Dossiers, dans l’ordre du classement" }
                p { "Ouvrez un dossier pour préparer sa décision. Chaque tête dit ce qui est préparé et ce qui manque." }
                (Formulaire::acte(urls::preparation_de_campagne(&appel.code), html! {
                    (plis(liste, vue))
                    div.co-barre-actions {
                        (save_line(liste))
                        (boutons(&[Bouton::principal("Enregistrer la préparation")]))
                    }
                }).etiquette("Préparation de la liste"))
            } @else {
                (tableau(liste))
                @if arretee.is_none() { (save_line(liste)) }
            }
            @if arretee.is_none() && !liste.attend_la_seance() && !liste.dossiers.candidatures.is_empty() {
                (arret(liste, vue))
            }
        })
}

fn ancre_de(liste: &Liste<'_>, ancre: &str) -> String {
    let dossier = ancre.parse::<Uuid>().ok();
    match dossier.filter(|id| liste.candidats.iter().any(|c| c.dossier == *id)) {
        Some(id) => format!("#dossier-{id}"),
        None => "#total".to_owned(),
    }
}

fn retour(envoi: &Enregistrement) -> Markup {
    if envoi.est_entier() {
        return html! {};
    }
    let phrase = "certaines lignes n’ont pas été enregistrées. Votre texte est gardé ci-dessous.";
    let problemes = envoi
        .fautes
        .iter()
        .map(|(id, (_, attendu))| (id, attendu.clone()))
        .chain(envoi.conflits.keys().map(|id| {
            (
                id,
                "Une autre personne a modifié cette ligne. Choisissez le texte à garder."
                    .to_owned(),
            )
        }))
        .map(|(id, phrase)| Raison::new("ligne", phrase).ancre(id.to_string()));
    reprise::sommaire_vers(phrase, &problemes.collect::<Vec<_>>(), |ancre| {
        format!("#dossier-{ancre}")
    })
}

/// Total against the envelope, number against the target, where it stands.
fn resume(liste: &Liste<'_>) -> Markup {
    let contexte = liste.contexte();
    let preparee = liste.preparee(Uuid::nil());
    let total = preparee.total();
    let retenus = preparee.signalements(contexte.regles);
    let depasse = total > contexte.regles.enveloppe;
    let reste = contexte
        .regles
        .enveloppe
        .checked_sub(total)
        .unwrap_or(Montant::ZERO);
    html! {
        div #total {
            (faits(&[
                ("Total retenu", html! {
                    (total) " sur une enveloppe de " (contexte.regles.enveloppe)
                    @if depasse { " " (badge(Ton::Defavorable, "Enveloppe dépassée")) }
                    @else if reste > Montant::ZERO { " – reste " (reste) }
                }),
                ("Dossiers", html! {
                    (liste.candidats.len()) " déposés, " (liste.classement.len()) " classés, "
                    (preparee.lignes.len())
                    @if liste.dossiers.decision.is_some() { " avec une décision" }
                    @else { " avec une décision préparée" }
                }),
            ]))
        }
        @if !retenus.is_empty() {
            ul { @for signalement in &retenus { li { (typographie(&signalement.phrase)) } } }
        }
        @if let Some(decision) = &liste.dossiers.decision {
            p { (typographie(&format!(
                "Liste arrêtée le {} par {}. Elle ne change plus.",
                temps::instant_long(decision.le), decision.par_qui
            ))) }
        }
    }
}

/// Before the committee has sat, nobody ranks anybody: the way to the sitting.
fn seance_attendue(liste: &Liste<'_>, vue: &Vue<'_>) -> Markup {
    html! {
        (Alerte::nouvelle(
            Gravite::ASavoir,
            "la sélection s’ouvre quand la séance du comité est close. D’ici là, ni notes ni classement.",
        ))
        @if liste.appel.document.fenetre().est_close(vue.le) {
            (boutons(&[Bouton::secondaire("Ouvrir la séance du comité")
                .vers(urls::seance(&liste.appel.code))]))
        }
    }
}

/// Taken back since the list was closed: nobody is told, the money is free.
fn retires(liste: &Liste<'_>) -> Markup {
    html! {
        @for (numero, pole) in &liste.dossiers.retires_depuis {
            (Alerte::nouvelle(Gravite::ASavoir, typographie(&format!(
                "le dossier n° {numero} ({pole}) a été retiré par son pôle. Sa décision n’est pas \
                 notifiée, et son montant n’est plus compté dans le total."
            ))))
        }
    }
}

/// What follows a closed list, or has followed it.
fn suite(liste: &Liste<'_>, vue: &Vue<'_>) -> Markup {
    let adresse = urls::notification_de_campagne(&liste.appel.code);
    let programmee = vue.notification.as_ref();
    if let Some(n) = programmee.filter(|n| n.est_visible(vue.le)) {
        let phrase = format!("Notifiée le {}.", temps::instant_long(n.visible_le));
        return html! { p { (typographie(&phrase)) " " (dsfr::lien(&adresse, "Voir la notification")) } };
    }
    match programmee.filter(|n| n.suspendue_le.is_none()) {
        Some(n) => html! { p { (n.annonce()) " " (dsfr::lien(&adresse, "Voir la notification")) } },
        None if vue.arrete => {
            boutons(&[Bouton::principal("Programmer la notification").vers(adresse)])
        }
        None => html! { p {
            "La notification se programme avec la qualité de décision. "
            (dsfr::lien(&adresse, "Voir la notification"))
        } },
    }
}

fn save_line(liste: &Liste<'_>) -> Markup {
    html! {
        @if let Some(le) = liste.dossiers.enregistree_le {
            (enregistrement(&typographie(&format!(
                "Enregistré le {} à {}. Liste non arrêtée.", temps::jour_court(le), temps::heure(le)
            ))))
        }
    }
}

/// The act, for whoever may close the list and had no hand in it; before every
/// dossier has its decision there is nothing to close.
fn arret(liste: &Liste<'_>, vue: &Vue<'_>) -> Markup {
    let appel = liste.appel;
    let preparees = liste.preparee(Uuid::nil()).lignes.len();
    let a_decider = liste.candidats.len() - preparees;
    html! {
        h2 { "Arrêter la liste" }
        @if a_decider > 0 {
            p { (typographie(&format!(
                "Il reste {} : la liste s’arrête quand chaque dossier a sa décision.",
                nombre(a_decider as i64, "dossier à décider", "dossiers à décider")
            ))) }
        } @else if vue.arrete {
            p { "Une fois arrêtée, la liste ne change plus. Elle reste sous embargo jusqu’à l’instant de la notification." }
            (Formulaire::acte(urls::decision_de_campagne(&appel.code), html! {
                @if vue.prepare { (Bouton::secondaire("Arrêter la liste")) }
                @else { (Bouton::principal("Arrêter la liste")) }
            }).cache("lue", liste.empreinte()))
        } @else {
            (Alerte::nouvelle(
                Gravite::ASavoir,
                "une autre personne arrête la liste, avec la qualité de décision.",
            ))
        }
    }
}
