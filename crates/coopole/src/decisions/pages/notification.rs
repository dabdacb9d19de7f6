//! The notification of a call: what is ready, the instant, and stopping it.

use dsfr::{Alerte, Bouton, Champ, Colonne, Formulaire, Gravite, Largeur, Tableau, Ton, badge};
use jiff::Timestamp;
use maud::{Markup, html};
use metier::{
    campagnes::Moment,
    commun::{Raison, temps, typographie},
    decisions::Notification,
};

use crate::{
    decisions::{appel::Appel, store::DecisionANotifier},
    socle::{
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

/// What the page has to say and to whom.
pub struct Vue<'a> {
    pub appel: &'a Appel,
    pub arretee_le: Option<Timestamp>,
    pub decisions: &'a [DecisionANotifier],
    /// Addresses to be written to.
    pub destinataires: usize,
    pub notification: Option<&'a Notification>,
    pub faite_le: Option<Timestamp>,
    /// May plan and suspend.
    pub decide: bool,
    pub le: Timestamp,
    pub raisons: &'a [Raison],
    /// Day and hour as typed, when the page comes back.
    pub saisie: Option<(&'a str, &'a str)>,
}

impl Vue<'_> {
    fn est_visible(&self) -> bool {
        self.notification.is_some_and(|n| n.est_visible(self.le))
    }

    fn programmee(&self) -> Option<&Notification> {
        self.notification.filter(|n| n.suspendue_le.is_none())
    }

    /// The instant of the calendar, or the one planned, for the form.
    fn instant(&self) -> Option<Timestamp> {
        let prevu = match self.appel.notification_prevue() {
            Some(Moment::Le(instant)) => Some(instant),
            _ => None,
        };
        self.notification.map(|n| n.visible_le).or(prevu)
    }
}

/// `GET /campagnes/{code}/notification`
pub fn page(cadre: &Cadre, vue: &Vue<'_>) -> Markup {
    let tableau = urls::campagne(&vue.appel.code);
    let etat = match (vue.est_visible(), vue.programmee(), vue.notification) {
        (true, ..) => badge(Ton::Favorable, "Notifiée"),
        (false, Some(_), _) => badge(Ton::Information, "Programmée"),
        (false, None, Some(_)) => badge(Ton::Attention, "Suspendue"),
        (false, None, None) => badge(Ton::Neutre, "À programmer"),
    };
    Page::new("Notification")
        .objet(vue.appel.titre_court())
        .sous(&[(urls::PILOTAGE, "Campagnes"), (&tableau, vue.appel.titre_court())])
        .lentille(Lentille::Pilotage)
        .etat(etat)
        .corrections(vue.raisons.len())
        .montrer(cadre, html! {
            @if !vue.raisons.is_empty() {
                (reprise::sommaire_vers("rien n’a changé.", vue.raisons, |ancre| format!("#{}", champ_de(ancre))))
            } @else if let Some(alerte) = alerte(vue) { (alerte) }
            h2 { "Avant de programmer" }
            (verifications(vue))
            @if !vue.est_visible() { (actes(vue)) }
        })
}

/// The rule speaks of one instant, the page has two fields.
fn champ_de(ancre: &str) -> &str {
    match ancre {
        "visible_le" => "jour",
        autre => autre,
    }
}

fn alerte(vue: &Vue<'_>) -> Option<Alerte<'static>> {
    if vue.est_visible() {
        let notification = vue.notification?;
        let suite = match vue.faite_le {
            Some(le) => format!("Courriels écrits le {}.", temps::instant_long(le)),
            None => "Les courriels partent.".to_owned(),
        };
        return Some(Alerte::nouvelle(
            Gravite::CestFait,
            typographie(&format!(
                "les décisions sont visibles depuis le {}. {suite}",
                temps::instant_long(notification.visible_le)
            )),
        ));
    }
    if let Some(programmee) = vue.programmee() {
        return Some(Alerte::nouvelle(Gravite::ASavoir, programmee.annonce()));
    }
    vue.notification.map(|_| {
        Alerte::nouvelle(
            Gravite::Attention,
            "la notification est suspendue. Rien ne sera visible avant une nouvelle programmation.",
        )
    })
}

/// What has to be right, each with what was found.
fn verifications(vue: &Vue<'_>) -> Tableau<'static> {
    let sans_motif = vue.decisions.iter().filter(|d| {
        d.decision.montant.is_none() && !d.decision.motifs.iter().any(|m| m.est_ecrit())
    });
    let sans_motif = sans_motif.count();
    let arretee = match vue.arretee_le {
        Some(le) => format!("Arrêtée le {}", temps::jour_court(le)),
        None => "Pas encore arrêtée".to_owned(),
    };
    let total = vue.decisions.len();
    let ligne = |quoi: &str, pret: bool, trouve: String| {
        let etat = match pret {
            true => badge(Ton::Favorable, "Prêt"),
            false => badge(Ton::Attention, "À faire"),
        };
        vec![html! { (quoi) }, etat, html! { (typographie(&trouve)) }]
    };
    let instant = vue.programmee().map(|n| temps::instant_long(n.visible_le));
    Tableau::nouveau(
        "Vérifications avant la notification",
        vec![
            Colonne::cle("Quoi"),
            Colonne::texte("État"),
            Colonne::texte("Trouvé"),
        ],
    )
    .legende_masquee()
    .lignes([
        ligne("Liste", vue.arretee_le.is_some(), arretee),
        ligne(
            "Motifs",
            total > 0 && sans_motif == 0,
            match sans_motif {
                0 => "Chaque dossier non retenu a son motif".to_owned(),
                n => format!("{n} sans motif"),
            },
        ),
        ligne(
            "Courriels",
            vue.destinataires > 0,
            format!(
                "{} adresses, écrites à l’instant et pas avant",
                vue.destinataires
            ),
        ),
        ligne(
            "Expéditeur",
            true,
            vue.appel.document.identite.service.nom.clone(),
        ),
        ligne(
            "Instant",
            instant.is_some(),
            instant.unwrap_or_else(|| "À choisir".to_owned()),
        ),
    ])
}

fn actes(vue: &Vue<'_>) -> Markup {
    if !vue.decide {
        return html! {
            p { "La notification se programme avec la qualité de décision." }
        };
    }
    let code = &vue.appel.code;
    let (jour, heure) = match (vue.saisie, vue.instant()) {
        (Some((jour, heure)), _) => (jour.to_owned(), heure.to_owned()),
        (None, Some(instant)) => {
            let la = temps::a_paris(instant);
            (
                la.date().to_string(),
                format!("{:02}:{:02}", la.hour(), la.minute()),
            )
        }
        (None, None) => (String::new(), String::new()),
    };
    let verbe = match vue.programmee() {
        Some(_) => "Reprogrammer",
        None => "Programmer",
    };
    let combien = match vue.decisions.len() {
        1 => "1 notification".to_owned(),
        n => format!("{n} notifications"),
    };
    html! {
        h2 { (verbe) " la notification" }
        p { "À cet instant, toutes les décisions deviennent visibles ensemble et les courriels sont écrits. Rien avant." }
        (Formulaire::acte(urls::notification_de_campagne(code), html! {
            (Champ::date("jour", "Jour").valeur(jour))
            (Champ::texte("heure", "Heure de Paris").aide("Par exemple 14:00").valeur(heure).largeur(Largeur::Courte))
            (Bouton::principal(typographie(&format!("{verbe} {combien}"))))
        }).etiquette("Programmer la notification"))
        @if vue.programmee().is_some() {
            h2 { "Suspendre" }
            p { "Une notification suspendue ne montre rien, même à l’instant prévu." }
            (Formulaire::acte(urls::suspension_de_campagne(code), html! {
                (Bouton::secondaire("Suspendre la notification"))
            }).etiquette("Suspendre la notification"))
        }
    }
}
