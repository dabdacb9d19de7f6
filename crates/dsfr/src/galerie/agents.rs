//! A cell's screens, set dense.

use maud::{Markup, Render, html};

use super::page_d_agente as page;
use crate::*;

pub fn a_faire() -> Markup {
    let lignes = (0..12).map(|n| {
        vec![
            case_de_ligne("dossier", &n.to_string(), "Cocher Pôle des Rives", n < 2),
            html! { "jeu. 11/07/2024" },
            html! { a href="#" { "Pôle des Rives et des Marais salants " (n + 1) } },
            html! { "Bretagne" },
            badge(
                if n % 3 == 0 {
                    Ton::Attention
                } else {
                    Ton::Information
                },
                if n % 3 == 0 {
                    "Avis en retard"
                } else {
                    "Avis à rendre"
                },
            ),
            html! { (nombre(100_000 - n * 1_250)) "\u{a0}€" },
        ]
    });
    let tableau = Tableau::nouveau(
        "Dossiers suivis par vous ou par l’équipe",
        vec![
            Colonne::texte("Cocher").masquee(),
            Colonne::texte("Échéance").triable("?tri=-echeance", Tri::Croissant),
            Colonne::cle("Dossier").triable("?tri=dossier", Tri::Aucun),
            Colonne::texte("Région"),
            Colonne::texte("Étape"),
            Colonne::nombre("Demandé").triable("?tri=demande", Tri::Aucun),
        ],
    )
    .lignes(lignes);
    let contenu = html! {
        h1 { "À faire" }
        (Onglets::nouveaux("Échéances", vec![
            Entree::nouvelle("En retard", "?quand=retard").detail("1"),
            Entree::nouvelle("Cette semaine", "?quand=semaine").detail("3").courante(true),
            Entree::nouvelle("Plus tard", "?quand=tard").detail("9"),
        ]))
        (Formulaire::recherche("/cellule", html! {
            (Champ::texte("q", "Pôle, commune ou numéro"))
            (ListeDeroulante::nouvelle("etape", "Étape", vec![Choix::nouveau("avis", "Avis")]).invite(Some("Toutes")))
            (Bouton::secondaire("Rechercher"))
        }).en_ligne())
        (filtres_actifs(&[("Bretagne", "?"), ("Rural", "?")], "/cellule"))
        (tableau)
        (Pagination { precedente: None, suivante: Some("?apres=12".into()), ou: "1 à 12 sur 3\u{202f}102 dossiers".into() })
    };
    page("À faire", contenu)
        .bandeau(Bandeau::nouveau("Avis attendus jusqu’au mardi 30 juillet 2024.").attention())
        .render()
}

pub fn lecture() -> Markup {
    let dossier = html! {
        h3 { "Gouvernance" }
        @for _ in 0..6 {
            p { "Une SCIC réunit douze structures du pays, dont quatre communes, une régie de quartier et trois entreprises." }
        }
        (Telechargement::nouveau("statuts", "/statuts.pdf", "pdf", Some(420_000)))
    };
    let criteres = html! {
        h3 { "A1. Organisation" }
        (Citation::nouvelle("Une SCIC réunit douze structures.", "Pôle des Rives").source("Gouvernance, question 2", Some("#volet-1")))
        (Zone::nouvelle("a1", "Constat").lignes(3).valeur("Gouvernance partagée, statuts à jour.").limite(Some(600)))
        (Radios::nouveaux("a1_force", "Appréciation", vec![
            Choix::nouveau("solide", "Solide"), Choix::nouveau("renforcer", "À renforcer"),
        ]).en_ligne())
        (enregistrement("Avis enregistré à 10 h 12."))
    };
    let contenu = html! {
        div.co-titre { h1 { "Pôle des Rives" } (badge(Ton::Attention, "Avis jusqu’au 30 juillet")) }
        (panneaux(("Dossier", &dossier), ("Critères", &criteres), Volet::Gauche))
        (boutons(&[Bouton::principal("Rendre l’avis").vers("#"), Bouton::tertiaire("Poser une question").vers("#")]))
    };
    page("Lecture – Pôle des Rives", contenu).render()
}
