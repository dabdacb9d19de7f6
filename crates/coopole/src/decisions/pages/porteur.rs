//! The decision as the team of the pole reads it.

use dsfr::{Alerte, Bouton, Citation, Colonne, Gravite, MiseEnAvant, Tableau, Ton, badge, faits};
use maud::{Markup, html};
use metier::{
    commun::{temps, typographie},
    dossiers::{Issue, VoiesDeRecours},
    instruction::Avis,
};

use crate::{
    decisions::{appel::Appel, embargo::DecisionVisible, store::Mien},
    socle::mise_en_page::{Cadre, Lentille, Page},
    urls,
};

/// Before the instant: the same page whether the State has decided or not.
pub fn en_cours(cadre: &Cadre, mien: &Mien) -> Markup {
    cadre_de(mien, badge(Ton::Information, "En cours d’examen")).montrer(cadre, html! {
        p.fr-text--lead { "Votre dossier est en cours d’examen. La décision paraîtra ici, avec ses motifs." }
        p { (dsfr::lien(&urls::dossier(mien.dossier), "Revenir au dossier")) }
    })
}

fn cadre_de<'a>(mien: &'a Mien, etat: Markup) -> Page<'a> {
    Page::new("Décision")
        .objet(&mien.pole)
        .sous(&[(urls::ESPACE, "Mon espace")])
        .lentille(Lentille::Pole(mien.pole.clone()))
        .etat(etat)
}

/// What was decided, and what comes next.
pub fn decision(
    cadre: &Cadre,
    appel: &Appel,
    mien: &Mien,
    visible: &DecisionVisible,
    (convention, rendu): (Option<uuid::Uuid>, Option<&Avis>),
) -> Markup {
    let etat = match visible.issue() {
        Issue::Retenu => badge(Ton::Favorable, "Retenu"),
        Issue::Irrecevable => badge(Ton::Defavorable, "Irrecevable"),
        Issue::NonRetenu | Issue::Ineligible => badge(Ton::Defavorable, "Non retenu"),
    };
    cadre_de(mien, etat).montrer(cadre, html! {
        p.fr-text--lead { (visible.annonce()) }
        (faits(&[
            ("Dossier", html! { "n°\u{a0}" (mien.numero) }),
            ("Appel", html! { (appel.titre_court()) }),
            ("Notifiée le", html! { (temps::instant_long(visible.notifiee_le())) " (heure de Paris)" }),
        ]))
        @match visible.issue() {
            Issue::Retenu => (suite(convention)),
            _ => (refusee(appel, mien, visible, rendu)),
        }
        h2 { "Contester cette décision" }
        p { (visible.recours().texte()) }
        p.fr-hint-text { (VoiesDeRecours::SOURCE) }
    })
}

fn suite(convention: Option<uuid::Uuid>) -> Markup {
    match convention {
        Some(id) => html! {
            (MiseEnAvant::nouvelle("Prochaine étape\u{202f}: la convention")
                .texte("Elle est proposée. Lisez-la, puis signez-la.")
                .bouton(Bouton::principal("Ouvrir la convention").vers(urls::convention(id))))
        },
        None => html! {
            (Alerte::nouvelle(
                Gravite::ASavoir,
                "la convention vous sera proposée ici. L’aide se verse en une fois, après sa validation.",
            ))
        },
    }
}

fn refusee(appel: &Appel, mien: &Mien, visible: &DecisionVisible, rendu: Option<&Avis>) -> Markup {
    html! {
        h2 { "Motifs" }
        ul { @for motif in &visible.decision.motifs { li { (typographie(&motif.texte)) } } }
        @if let Some(rendu) = rendu.filter(|_| appel.document.avis.communique) { (avis(appel, rendu)) }
        h2 { "Règles appliquées" }
        (regles(appel, mien))
        h2 { "Ce qui vous reste ouvert" }
        p { "L’offre de services aux pôles ne dépend pas de cette décision. Votre cellule régionale peut vous accompagner vers une prochaine candidature." }
    }
}

fn avis(appel: &Appel, avis: &Avis) -> Markup {
    let axe = |code: &str| {
        let axe = appel.document.axes.iter().find(|axe| axe.code == code);
        axe.map_or_else(|| code.to_owned(), |axe| axe.titre.clone())
    };
    html! {
        h2 { "Avis rendu sur votre dossier" }
        p { (avis.sens.libelle()) ". " (typographie(&avis.phrase())) }
        @for motif in &avis.motifs {
            (Citation::nouvelle(typographie(&motif.texte), axe(&motif.axe)))
        }
    }
}

fn regles(appel: &Appel, mien: &Mien) -> Tableau<'static> {
    let lignes = appel.document.regles.iter().map(|regle| {
        let constat = match mien.regle.as_deref() {
            Some(code) if code == regle.code => badge(Ton::Defavorable, "Non remplie"),
            _ => html! { "Appliquée" },
        };
        vec![
            html! { (regle.code) },
            html! { (typographie(&regle.enonce)) },
            constat,
            html! { (typographie(&regle.source)) },
        ]
    });
    Tableau::nouveau(
        "Règles de l’appel",
        vec![
            Colonne::cle("Règle"),
            Colonne::texte("Énoncé"),
            Colonne::texte("Constat"),
            Colonne::texte("Source"),
        ],
    )
    .legende_masquee()
    .lignes(lignes.collect::<Vec<_>>())
}
