//! The letter of a decision.

use super::{HOSTILE, hostiles, long, lu, monde_argent};
use crate::Issue;

#[test]
fn la_lettre_du_laureat_dit_le_montant_et_la_suite() {
    let texte = lu(monde_argent::retenu());
    assert!(texte.contains("Votre dossier est retenu."));
    assert!(texte.contains("Une subvention de 100 000 € lui est attribuée, pour deux ans."));
    assert!(texte.contains("la subvention est alors versée en une fois"));
    assert!(!texte.contains("Motifs de la décision"));
}

#[test]
fn la_lettre_de_refus_dit_les_motifs_les_regles_et_l_avis() {
    let texte = lu(monde_argent::non_retenu());
    for attendu in [
        "Votre dossier n’est pas retenu. Voici les motifs, et comment contester jusqu’au mercredi 27 novembre 2024.",
        "le vôtre est classé 22e. (notice 2024, § 2)",
        "E4b Le pôle compte au moins un membre hors ESS.",
        "un avis favorable avec réserve",
        "La part des ventes reste à préciser.",
        "Le créneau juridique du premier mardi du mois.",
    ] {
        assert!(
            texte.contains(attendu),
            "il manque « {attendu} » dans : {texte}"
        );
    }
}

#[test]
fn toute_decision_dit_comment_et_jusqu_a_quand_contester() {
    for decision in [monde_argent::retenu(), monde_argent::non_retenu()] {
        let texte = lu(decision);
        assert!(
            texte.contains(
                "à compter de sa notification, jusqu’au mercredi 27 novembre 2024 inclus"
            )
        );
        assert!(texte.contains("tribunal administratif de Villefictive"));
    }
}

#[test]
fn outre_mer_la_lettre_dit_pourquoi_le_delai_est_plus_long() {
    let mut decision = monde_argent::non_retenu();
    decision.recours.delai = "trois mois".into();
    decision.recours.allongement =
        Some("Ce délai compte un mois de plus, car la structure est à La Réunion.".into());
    let texte = lu(decision);
    assert!(texte.contains("dans un délai de trois mois"));
    assert!(texte.contains("car la structure est à La Réunion."));
}

#[test]
fn un_classement_calcule_est_mentionne_avec_le_droit_d_en_savoir_plus() {
    let texte = lu(monde_argent::non_retenu());
    for attendu in [
        "traitement algorithmique",
        "Sa finalité : classer les dossiers",
        "L. 311-3-1",
        "coopole.example/appels/developpement-2024",
        "CADA",
    ] {
        assert!(texte.contains(attendu), "il manque « {attendu} »");
    }
    let mut sans = monde_argent::non_retenu();
    sans.traitement = None;
    assert!(!lu(sans).contains("algorithmique"));
}

#[test]
fn la_decision_est_signee_d_un_nom_et_d_une_qualite_lisibles() {
    let texte = lu(monde_argent::retenu());
    assert!(texte.contains("Pour le ministre et par délégation Cheffe du bureau de l’économie sociale et solidaire Camille Essai"));
}

#[test]
fn un_texte_hostile_est_imprime_tel_quel() {
    let mut decision = monde_argent::non_retenu();
    decision.pole = HOSTILE.into();
    decision.signataire.nom = HOSTILE.into();
    let Issue::NonRetenu { motifs, avis, .. } = &mut decision.issue else {
        panic!("a refusal")
    };
    motifs[0].phrase = HOSTILE.into();
    let avis = avis.as_mut().unwrap();
    avis.motifs[0].texte = HOSTILE.into();
    avis.motifs[1].texte = long();
    assert_eq!(hostiles(decision), 4);
}

#[test]
fn un_refus_sans_regle_ni_avis_s_imprime() {
    let mut decision = monde_argent::non_retenu();
    decision.issue = Issue::NonRetenu {
        annonce: "Votre dossier est irrecevable.".into(),
        motifs: Vec::new(),
        regles: Vec::new(),
        avis: None,
        services: Vec::new(),
    };
    let texte = lu(decision);
    assert!(texte.contains("Votre dossier est irrecevable."));
    assert!(!texte.contains("Règles appliquées") && !texte.contains("Avis rendu"));
}
