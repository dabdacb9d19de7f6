//! An applicant's screens.

use maud::{Markup, Render, html};

use super::page;
use crate::*;

pub fn rubrique() -> Markup {
    let menu = MenuLateral::nouveau(
        "Votre dossier",
        vec![
            Entree::nouvelle("Structure", "#1").detail("Complet"),
            Entree::nouvelle("Gouvernance", "#2")
                .detail("À compléter (1)")
                .courante(true),
            Entree::nouvelle("Budget", "#3").detail("À compléter (2)"),
            Entree::nouvelle("Pièces", "#4").detail("6 sur 7"),
        ],
    );
    let champs = html! {
        (SommaireErreurs::nouveau(
            "2 réponses de cette rubrique. Chaque lien vous y conduit.",
            vec![
                Probleme::nouveau("Le SIRET compte 14 chiffres.").lien(Some("#siret")),
                Probleme::nouveau("Dites qui siège à l’organe dirigeant.")
                    .lien(Some("#statut"))
                    .source(Some("notice 2024, § 3.a")),
            ]))
        (Champ::texte("siret", "SIRET de la structure porteuse").aide("14 chiffres, avec ou sans espaces.")
            .valeur("552 178").clavier("numeric").largeur(Largeur::Moyenne)
            .erreur(Some("Écrivez les 14 chiffres du SIRET\u{202f}: il en manque 8.")))
        (Champ::courriel("courriel", "Courriel de la personne référente").valeur("accueil@rives.example"))
        (Radios::nouveaux("statut", "Forme de la structure", vec![
            Choix::nouveau("association", "Association"),
            Choix::nouveau("cooperative", "Coopérative").aide("Scop, SCIC, coopérative d’activité."),
            Choix::nouveau("collectivite", "Collectivité"),
        ]).valeur(Some("cooperative")))
        (Zone::nouvelle("gouvernance", "Décrivez la gouvernance du pôle")
            .aide("Qui décide, comment, à quel rythme.")
            .valeur("Une SCIC réunit douze structures. L’assemblée se tient deux fois par an.")
            .limite(Some(1_500))
            .pourquoi("La notice demande une gouvernance démocratique (§ 3.a). Votre réponse est gardée dix ans."))
        (ListeDeroulante::nouvelle("region", "Région", vec![
            Choix::nouveau("53", "Bretagne"), Choix::nouveau("04", "La Réunion"),
        ]).valeur(Some("53")))
        (groupe("Siège", Some("L’adresse inscrite aux statuts."), &html! {
            (Champ::texte("voie", "Voie").completion("address-line1"))
            (Champ::entier("code_postal", "Code postal").completion("postal-code"))
        }))
        (Champ::date("creation", "Date de création").facultatif())
        (Case::nouvelle("rural", "Le pôle agit dans un territoire rural").cochee(true))
        (ChampFichier::nouveau("statuts", "Statuts de la structure", &["pdf", "odt"], 20_000_000))
        (barre_d_actions(&enregistrement("Enregistré à 14 h 05. Votre dossier n’est pas encore déposé."), &[
                Bouton::principal("Enregistrer et continuer").envoie("suite", "oui"),
                Bouton::secondaire("Enregistrer"),
            ]))
    };
    let contenu = html! {
        div.co-titre { h1 { "Gouvernance" } (badge(Ton::Neutre, "Brouillon, non déposé")) }
        (colonnes(&menu.render(), &html! {
            (lecture(&Formulaire::acte("/dossiers/1/rubriques/gouvernance", champs).enregistrement_automatique(7).render()))
        }))
    };
    page("Gouvernance – Pôle des Rives", contenu)
        .fil(fil_d_ariane(
            &[("Dossiers", "/espace"), ("Pôle des Rives", "/dossiers/1")],
            "Gouvernance",
        ))
        .a_corriger(2)
        .render()
}

pub fn verification() -> Markup {
    let horloge = Horloge {
        maintenant: "2024-05-29T09:58:12Z".into(),
        echeance: "2024-05-29T10:00:00Z".into(),
        heure: "11\u{a0}h\u{a0}58\u{a0}min\u{a0}12\u{a0}s".into(),
        lieu: "à Paris".into(),
        cloture: "Clôture à 12\u{a0}h\u{a0}00 (14\u{a0}h\u{a0}00 à La Réunion).".into(),
        adresse: "".into(),
    };
    let taches = Taches::nouvelles()
        .tache("Structure", "#s", Ton::Favorable, "Complet")
        .tache("Gouvernance", "#g", Ton::Attention, "À compléter (1)")
        .tache("Budget", "#b", Ton::Attention, "À compléter (2)")
        .tache("Synthèse", "#y", Ton::Neutre, "À commencer");
    let contenu = html! {
        div.co-titre { h1 { "Vérifier et déposer" } (badge(Ton::Neutre, "Brouillon, non déposé")) }
        (horloge)
        (Alerte::nouvelle(Gravite::ASavoir, "tout est présent. Déposé, le dossier ne change plus."))
        h2 { "Vos réponses" }
        (taches)
        (faits(&[
            ("Structure porteuse", html! { "Coopérative des Rives" }),
            ("SIRET", html! { "552 178 639 00132" }),
            ("Membres", html! { "ESS\u{202f}: 4, hors ESS\u{202f}: 2" }),
            ("Rapport d’activité", html! { "non renseigné" }),
        ]))
        (Formulaire::acte("/dossiers/1/depot", html! {
            (Case::nouvelle("pouvoir", "J’ai pouvoir d’engager la structure"))
            (Case::nouvelle("exactitude", "Les informations sont exactes").erreur(Some("Cochez cette case pour déposer.")))
            (boutons(&[Bouton::principal("Déposer le dossier"), Bouton::secondaire("Revenir au sommaire").vers("/dossiers/1")]))
        }))
    };
    page("Vérifier et déposer – Pôle des Rives", contenu).render()
}

pub fn budget() -> Markup {
    let ligne = |id: &'static str, numero: usize, compte: &'static str, montant: &'static str| {
        LigneSaisie {
            numero,
            nom: compte.into(),
            cellules: cellules_de_budget(id, &numero.to_string(), compte, montant),
        }
    };
    let cote = |id: &'static str,
                legende: &'static str,
                lignes: Vec<LigneSaisie<'static>>,
                somme: &'static str| {
        TableauSaisie::nouveau(
            id,
            legende,
            vec![Colonne::texte("Compte"), Colonne::nombre("Montant")],
            cellules_de_budget(id, NUMERO_A_VENIR, "", ""),
            "Ajouter une ligne",
        )
        .lignes(lignes)
        .pied(vec![html! { "Total" }, total(id, somme)])
        .render()
    };
    let contenu = html! {
        div.co-titre { h1 { "Budget du projet" } (badge(Ton::Attention, "À compléter (1)")) }
        (Formulaire::acte("/dossiers/1/budget", html! {
            p.co-ecart { "Écart\u{202f}: " strong { (ecart("charges", "produits", "2 400 €")) } }
            (moities(
                &cote("charges", "Charges", vec![
                    ligne("charges", 0, "60 Achats", "12 000"),
                    ligne("charges", 1, "64 Personnel", "170 400"),
                ], "182 400 €"),
                &cote("produits", "Produits", vec![
                    ligne("produits", 0, "70 Ventes", "50 000"),
                    ligne("produits", 1, "74 Région Bretagne", "130 000"),
                ], "180 000 €"),
            ))
            (barre_d_actions(&enregistrement("Enregistré à 11 h 41. Dossier non déposé."), &[Bouton::principal("Enregistrer"), Bouton::secondaire("Recalculer").envoie("recalculer", "oui")]))
        }).enregistrement_automatique(3))
    };
    page("Budget – Pôle des Rives", contenu).render()
}

fn cellules_de_budget(id: &str, numero: &str, compte: &str, montant: &str) -> Vec<Markup> {
    vec![
        Champ::texte(format!("{id}.{numero}.compte"), "Compte")
            .valeur(compte.to_owned())
            .libelle_masque()
            .render(),
        Champ::montant(format!("{id}.{numero}.montant"), "Montant en euros")
            .valeur(montant.to_owned())
            .somme(id.to_owned())
            .libelle_masque()
            .render(),
    ]
}
