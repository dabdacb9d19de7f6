//! The decision as the team of the pole reads it.

use dsfr::{
    Alerte, Bouton, Citation, Colonne, Gravite, MiseEnAvant, Tableau, Telechargement, Ton, badge,
    faits,
};
use maud::{Markup, html};
use metier::{
    commun::{temps, typographie},
    dossiers::{Issue, VoiesDeRecours},
    instruction::Avis,
};

use uuid::Uuid;

use crate::{
    decisions::{
        rendue::{CE_QUI_RESTE, FINALITE, Rendue},
        store::Mien,
    },
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
        .nomme(&mien.pole)
        .sous(&[(urls::ESPACE, "Mon espace")])
        .lentille(Lentille::Pole(mien.pole.clone()))
        .etat(etat)
}

/// What was decided, and what comes next; `poids` of the letter once printed.
pub fn decision(
    cadre: &Cadre,
    rendue: &Rendue,
    convention: Option<Uuid>,
    poids: Option<u64>,
) -> Markup {
    let (mien, visible) = (&rendue.mien, &rendue.visible);
    let etat = match visible.issue() {
        Issue::Retenu => badge(Ton::Favorable, "Retenu"),
        Issue::Irrecevable => badge(Ton::Defavorable, "Irrecevable"),
        Issue::NonRetenu | Issue::Ineligible => badge(Ton::Defavorable, "Non retenu"),
    };
    let lettre = urls::lettre_de_decision(mien.dossier);
    cadre_de(mien, etat).montrer(cadre, html! {
        p.fr-text--lead { (visible.annonce()) }
        (faits(&[
            ("Dossier", html! { "n°\u{a0}" (mien.numero) }),
            ("Appel", html! { (rendue.appel.titre_court()) }),
            ("Liste arrêtée le", html! {
                (temps::jour_long(rendue.liste.le)) ", par " (rendue.liste.par_qui)
            }),
            ("Notifiée le", html! { (temps::instant_long(visible.notifiee_le())) " (heure de Paris)" }),
        ]))
        p { (Telechargement::nouveau("Télécharger la décision", lettre, "pdf", poids)) }
        @match visible.issue() {
            Issue::Retenu => {
                (suite(convention))
                @if let Some(rendu) = &rendue.avis { (avis(rendue, &rendu.avis)) }
            },
            _ => (refusee(rendue)),
        }
        h2 { "Contester cette décision" }
        p { (visible.recours().texte()) }
        p.fr-hint-text { (VoiesDeRecours::SOURCE) }
        h2 { "Ce qu’un calcul a préparé" }
        p {
            "Un calcul a servi à " (FINALITE) ". Des personnes ont confirmé l’éligibilité, noté les dossiers et arrêté la liste. "
            "Vous pouvez demander au service les règles de ce calcul, et ce qu’elles ont donné pour votre dossier."
        }
        p.fr-hint-text { "CRPA, L311-3-1 et R311-3-1-1" }
    })
}

fn suite(convention: Option<Uuid>) -> Markup {
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

fn refusee(rendue: &Rendue) -> Markup {
    html! {
        h2 { "Motifs" }
        ul { @for motif in &rendue.visible.decision.motifs { li { (typographie(&motif.en_mots())) } } }
        @if let Some(rendu) = &rendue.avis { (avis(rendue, &rendu.avis)) }
        h2 { "Règles appliquées" }
        (regles(rendue))
        h2 { "Ce qui vous reste ouvert" }
        p { (CE_QUI_RESTE.join(" ")) }
    }
}

fn avis(rendue: &Rendue, avis: &Avis) -> Markup {
    html! {
        h2 { "Avis rendu sur votre dossier" }
        p { (avis.sens.libelle()) ". " (typographie(&avis.phrase())) }
        @for motif in &avis.motifs {
            (Citation::nouvelle(typographie(&motif.texte), rendue.axe(&motif.axe)))
        }
    }
}

fn regles(rendue: &Rendue) -> Tableau<'static> {
    let lignes = rendue.appel.document.regles.iter().map(|regle| {
        let constat = match rendue.constat(regle) {
            (false, mot) => badge(Ton::Defavorable, &mot),
            (true, mot) => html! { (typographie(&mot)) },
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
