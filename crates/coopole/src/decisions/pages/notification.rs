//! The notification of a call: what is ready, the instant, and stopping it.

use dsfr::{
    Alerte, Bouton, Champ, Colonne, Formulaire, Gravite, Largeur, Tableau, Ton, badge, boutons,
    depliant_ouvert, faits,
};
use jiff::Timestamp;
use maud::{Markup, Render, html};
use metier::{
    campagnes::Moment,
    commun::{Raison, temps, typographie},
    decisions::Notification,
};

use super::tableau::nombre;
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
        (false, None, None) if vue.arretee_le.is_none() => badge(Ton::Neutre, "Liste non arrêtée"),
        (false, None, None) => badge(Ton::Information, "À programmer"),
    };
    Page::new("Notification")
        .nomme(vue.appel.titre_court())
        .sous(&[(urls::PILOTAGE, "Campagnes"), (&tableau, vue.appel.titre_court())])
        .lentille(Lentille::Pilotage)
        .etat(etat)
        .corrections(vue.raisons.len())
        .montrer(cadre, html! {
            @if !vue.raisons.is_empty() {
                (reprise::sommaire_vers("rien n’a changé.", vue.raisons, |ancre| format!("#{}", champ_de(ancre))))
            } @else if let Some(alerte) = alerte(vue) { (alerte) }
            @if vue.est_visible() {
                (suite(vue))
            } @else if vue.arretee_le.is_none() {
                p { "La notification se programme une fois la liste arrêtée." }
                (boutons(&[Bouton::secondaire("Ouvrir la liste")
                    .vers(urls::decision_de_campagne(&vue.appel.code))]))
            } @else {
                h2 { "Avant la notification" }
                (verifications(vue))
                (actes(vue))
            }
        })
}

/// Once everything is known: what was told, to how many, and what comes next.
fn suite(vue: &Vue<'_>) -> Markup {
    let total = vue.decisions.len();
    let retenus = vue
        .decisions
        .iter()
        .filter(|d| d.decision.montant.is_some())
        .count();
    html! {
        (faits(&[
            ("Décisions", html! { (total) ", dont " (nombre(retenus as i64, "dossier retenu", "dossiers retenus")) }),
            ("Expéditeur", html! { (vue.appel.document.identite.service.nom) }),
        ]))
        (boutons(&[Bouton::secondaire("Voir les conventions").vers(urls::conventions_de_campagne(&vue.appel.code))]))
    }
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
    let arretee = vue.arretee_le.map(temps::jour_court).unwrap_or_default();
    let arretee = format!("Arrêtée le {arretee}");
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
        ligne("Liste", true, arretee),
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
                "{}, à qui l’on écrit à l’instant et pas avant",
                nombre(vue.destinataires as i64, "adresse", "adresses")
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

/// The next act only: once it is planned there is only to wait, and changing
/// one's mind stays folded.
fn actes(vue: &Vue<'_>) -> Markup {
    if !vue.decide {
        return html! {
            p { "La notification se programme avec la qualité de décision." }
        };
    }
    match vue.programmee() {
        None => html! {
            h2 { "Programmer la notification" }
            p { "À cet instant, toutes les décisions deviennent visibles ensemble et les courriels sont écrits. Rien avant." }
            (programmer(vue, Bouton::principal, "Programmer"))
        },
        Some(_) => {
            let suspendre = Formulaire::acte(
                urls::suspension_de_campagne(&vue.appel.code),
                html! {
                    (Bouton::secondaire("Suspendre la notification"))
                },
            );
            let suspendre = html! {
                p { "Suspendue, elle ne montre rien, même à l’instant prévu." }
                (suspendre.etiquette("Suspendre la notification"))
            };
            let changer = programmer(vue, Bouton::secondaire, "Reprogrammer");
            let changer = changer.render();
            html! {
                (depliant_ouvert("Changer l’instant", &changer, !vue.raisons.is_empty()))
                (depliant_ouvert("Suspendre la notification", &suspendre, false))
            }
        }
    }
}

fn programmer(
    vue: &Vue<'_>,
    bouton: impl Fn(String) -> Bouton<'static>,
    verbe: &'static str,
) -> Formulaire<'static> {
    let (jour, heure) = match (vue.saisie, vue.instant()) {
        (Some((jour, heure)), _) => (jour.to_owned(), heure.to_owned()),
        (None, Some(instant)) => {
            let la = temps::a_paris(instant);
            let heure = format!("{:02}:{:02}", la.hour(), la.minute());
            (la.date().to_string(), heure)
        }
        (None, None) => (String::new(), String::new()),
    };
    let combien = nombre(vue.decisions.len() as i64, "notification", "notifications");
    let refus = |champ| reprise::erreur(vue.raisons, champ);
    let jour_refuse = refus("jour").or_else(|| refus("visible_le"));
    let champs = html! {
        (Champ::date("jour", "Jour").valeur(jour).erreur(jour_refuse))
        (Champ::texte("heure", "Heure de Paris").aide("Par exemple 14:00").valeur(heure)
            .largeur(Largeur::Courte).erreur(refus("heure")))
        (bouton(typographie(&format!("{verbe} {combien}"))))
    };
    Formulaire::acte(urls::notification_de_campagne(&vue.appel.code), champs)
        .etiquette("Programmer la notification")
}
