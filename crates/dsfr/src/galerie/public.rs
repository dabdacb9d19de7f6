//! The public's screens, and the components no screen shows yet.

use maud::{Markup, Render, html};

use super::page;
use crate::*;

pub fn appel() -> Markup {
    let frise = Frise::nouvelle(
        "Calendrier de l’appel",
        vec![
            Jalon::nouveau("Ouverture", "lundi 25 mars 2024", Moment::Passe),
            Jalon::nouveau(
                "Dépôt",
                "jusqu’au mercredi 29 mai 2024 à 12 h 00",
                Moment::EnCours,
            ),
            Jalon::nouveau(
                "Avis des cellules",
                "jusqu’au mardi 30 juillet 2024",
                Moment::AVenir,
            ),
            Jalon::nouveau("Comité", "mercredi 4 septembre 2024", Moment::AVenir),
            Jalon::nouveau("Notification", "Non précisé par la notice", Moment::AVenir),
        ],
    );
    let regles = Tableau::nouveau(
        "Qui peut candidater",
        vec![
            Colonne::cle("Règle"),
            Colonne::texte("Source"),
            Colonne::texte("Votre situation"),
        ],
    )
    .legende_masquee()
    .ligne(vec![
        html! { "Le pôle est porté par une structure de l’économie sociale et solidaire." },
        html! { "Notice 2024, § 3.a" },
        badge(Ton::Favorable, "Remplie"),
    ])
    .ligne(vec![
        html! { "Au moins un membre n’est pas de l’économie sociale et solidaire." },
        html! { "Notice 2024, § 3.a" },
        badge(Ton::Defavorable, "Non remplie"),
    ])
    .ligne(vec![
        html! { "La gouvernance est démocratique." },
        html! { "Notice 2024, § 3.a" },
        badge(Ton::Information, "À apprécier"),
    ]);
    let contenu = html! {
        div.co-titre {
            h1 { "Financer le développement des pôles (2024)" }
            (badge(Ton::Favorable, "Ouvert"))
        }
        p.fr-text--lead { "100 000 € sur deux ans, pour faire vivre un pôle qui coopère déjà." }
        (MiseEnAvant::nouvelle("Jusqu’au mercredi 29 mai 2024 à 12 h 00")
            .texte("Heure de Paris (14 h 00 à La Réunion). Un dossier se commence, s’enregistre et se reprend.")
            .bouton(Bouton::principal("Commencer un dossier").vers("/appels/2024/dossier")))
        p { (lien("/appels/2024/eligibilite", "Suis-je éligible\u{202f}?")) }
        (sommaire(&[("Calendrier", "calendrier"), ("Qui peut candidater", "regles"), ("Documents", "documents")]))
        h2 id="calendrier" { "Calendrier" }
        (frise)
        h2 id="regles" { "Qui peut candidater" }
        (regles)
        (mise_en_exergue(&html! { p { "Une charge amortissable ne se finance pas (notice 2024, § 5)." } }))
        h2 id="documents" { "Documents" }
        p { (Telechargement::nouveau("La notice", "/notice.pdf", "pdf", Some(240_000))) }
        (Accordeon::nouveau("aide")
            .section("Que faut-il préparer\u{202f}?", html! { p { "Sept pièces, dont les statuts et deux budgets." } })
            .section("Qui lit le dossier\u{202f}?", html! { p { "La cellule de votre région, puis la cellule nationale." } }))
    };
    page("Financer le développement (2024)", contenu)
        .fil(fil_d_ariane(
            &[("Accueil", "/"), ("Appels", "/appels")],
            "Financer le développement (2024)",
        ))
        .indexable()
        .render()
}

pub fn chiffres() -> Markup {
    let contenu = html! {
        h1 { "Le recensement" }
        (grille([
            Chiffre::nouveau("203", "pôles recensés", "Charte signée ou appel remporté.", "au 27/03/2023").adresse("/poles"),
            Chiffre::nouveau("140", "pôles lauréats", "Au moins un appel remporté depuis 2021.", "au 15/12/2023").adresse("/poles"),
            Chiffre::nouveau("16,3", "personnes par événement", "553 présences sur 34 événements.", "année 2023"),
        ]))
        (BarresEmpilees::nouvelles("signes", "Pôles par signe de reconnaissance, au 27/03/2023", "Signe", "Pôles")
            .part("Charte seule", 68, "68").part("Charte et appel", 54, "54").part("Appel seul", 71, "71")
            .part("En cours", 22, "22").part("Sans date", 10, "10"))
        (Barres::nouvelles("Dossiers reçus par région, appel de 2024", "Région", "Dossiers")
            .barre("Bretagne", 9, "9").barre("Auvergne-Rhône-Alpes", 14, "14").barre("La Réunion", 3, "3").barre("Normandie", 0, "0"))
        h2 { "Choisir" }
        (grille([
            Carte::nouvelle("Journée nationale des pôles", "#").avant(badge(Ton::Neutre, "Rencontre")).texte("Deux jours à Morlaix.").detail("Jusqu’au 12 juin 2024"),
            Carte::nouvelle("Parler à une juriste", "#").avant(badge(Ton::Favorable, "Ouvert à votre pôle")).texte("Une heure, par téléphone."),
        ]))
        (grille([Tuile::nouvelle("Signer la Charte", "#").texte("Le texte du 30 juin 2021.").detail("Dix minutes")]))
        (vide("Aucun pôle avec ces 3 filtres. Sans «\u{a0}Rural\u{a0}», il y en a 12.", &lien("#", "Retirer « Rural »")))
    };
    page("Recensement", contenu).render()
}

pub fn composants() -> Markup {
    let comparaison = Tableau::nouveau(
        "Scénarios comparés",
        [
            "Dossier",
            "Équilibre rural",
            "Trois par région",
            "Sans contrainte",
            "QPV",
            "Note",
            "Présence",
        ]
        .map(|titre| {
            if titre == "Dossier" {
                Colonne::cle(titre)
            } else {
                Colonne::nombre(titre)
            }
        })
        .to_vec(),
    )
    .repli(Repli::Defilement)
    .lignes((1..4).map(|n| {
        let mut cellules = vec![html! { "Atelier du Pays " (n) }];
        cellules.extend((0..6).map(|_| html! { "100 000 €" }));
        cellules
    }))
    .pied((0..7).map(|_| html! { "Total" }).collect());
    let contenu = html! {
        h1 { "Composants" }
        (Etapes::nouvelles(&["Fichier", "Relecture", "Application"], 2))
        (Alerte::nouvelle(Gravite::CestFait, "avis enregistré à 10 h 12.").suite(html! { p { (copier_le_lien("#")) } }))
        (Alerte::nouvelle(Gravite::Attention, "la clôture est dans une heure."))
        (Alerte::nouvelle(Gravite::ACorriger, "il manque une pièce."))
        (badges(&[(Ton::Neutre, "Brouillon"), (Ton::Favorable, "Retenu"), (Ton::Defavorable, "Irrecevable"),
            (Ton::Attention, "À compléter"), (Ton::Information, "En cours d’examen")]))
        (etiquettes(&[("Rural", Some("#")), ("Alimentation", None)]))
        (Case::ensemble("themes", "Thèmes", &[Choix::nouveau("a", "Alimentation"), Choix::nouveau("b", "Habitat")], &["b"], Some("Cochez deux thèmes au plus.")))
        (comparaison)
        ul.co-troupe {
            @for (nom, role) in [("Maëlle Kerbrat", "Instruit pour la cellule Bretagne"), ("Idriss Payet", "Responsable du pôle, Atelier du Pays")] {
                li { (Formulaire::acte("/connexion", html! { (Bouton::secondaire(nom)) p.fr-hint-text { (role) } })) }
            }
        }
        (Pagination { precedente: Some("?".into()), suivante: Some("?".into()), ou: "26 à 50".into() })
    };
    let mut page = page("Composants", contenu);
    page = page.fil(fil_d_ariane(&[("Accueil", "/")], "Composants"));
    page.render()
}
