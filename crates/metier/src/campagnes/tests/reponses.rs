//! What visitors and porteurs answer, and what the rules say of it.

use super::super::conditions::{self, Etat, Origine};
use super::super::eligibilite::{self, Bilan};
use super::*;
use crate::commun::Region;
use crate::poles::{FormeJuridique, QualiteEss, Structure};

#[test]
fn une_visite_sans_reponse_a_tout_a_preciser_et_rien_de_refuse() {
    let appel = appel_2024();
    let constats = eligibilite::examiner(&appel, &questions::faits(&appel, &[]));
    let bilan = Bilan::de(&constats);
    assert_eq!((bilan.remplies, bilan.non_remplies), (0, 0));
    assert_eq!(
        simple(&bilan.phrase()),
        "Pas encore : 5 à préciser, 2 à apprécier."
    );
}

#[test]
fn une_visite_qui_repond_a_tout_n_est_pas_declaree_eligible_pour_autant() {
    let appel = appel_2024();
    let reponses = [
        ("forme", "association", None),
        ("accompagnement", "oui", None),
        ("charte", "oui", None),
        ("aide", "non", None),
        ("hors_ess", "oui", None),
    ];
    let constats = eligibilite::examiner(&appel, &questions::faits(&appel, &reponses));
    let bilan = Bilan::de(&constats);
    assert!(bilan.rien_ne_s_oppose());
    assert_eq!(
        simple(&bilan.phrase()),
        "Aucune condition de l’appel ne s’oppose au dépôt : 5 remplies, 2 à apprécier."
    );
    assert!(
        constats[1].a_confirmer,
        "la conformité à la Charte se confirme"
    );
    assert_eq!(constats[3].trouve[0].origine, Some(Origine::Reponse));
}

#[test]
fn une_visite_deja_aidee_apprend_quand_revenir() {
    let appel = appel_2024();
    let reponses = [("aide", "oui", Some(date(2021, 12, 15)))];
    let constats = eligibilite::examiner(&appel, &questions::faits(&appel, &reponses));
    let e3 = constats.iter().find(|c| c.code == "E3").unwrap();
    assert_eq!(e3.etat, Etat::NonRemplie);
    assert_eq!(
        simple(e3.remede.as_deref().unwrap()),
        "Candidature possible dès le 15 décembre 2026."
    );
    assert_eq!(
        simple(e3.trouve[0].lisible()),
        "appel PTCE, convention du 15 décembre 2021, reçue par le pôle"
    );
}

#[test]
fn une_reponse_qui_n_est_pas_offerte_n_en_est_pas_une() {
    let appel = appel_2024();
    let reponses = [("hors_ess", "peut-etre", None), ("inconnue", "oui", None)];
    let constats = eligibilite::examiner(&appel, &questions::faits(&appel, &reponses));
    assert_eq!(Bilan::de(&constats).a_preciser, 5);
}

#[test]
fn un_appel_ne_pose_que_les_questions_de_ses_regles() {
    let appel = appel_2024();
    let codes = |appel: &Campagne| -> Vec<&str> {
        questions::questions(appel).iter().map(|q| q.code).collect()
    };
    assert_eq!(
        codes(&appel),
        [
            "forme",
            "mention_ess",
            "accompagnement",
            "charte",
            "aide",
            "hors_ess"
        ]
    );
    let sans_e3 = Campagne {
        regles: appel
            .regles
            .iter()
            .filter(|r| r.code != "E3")
            .cloned()
            .collect(),
        ..appel
    };
    assert!(!codes(&sans_e3).contains(&"aide"));
}

#[test]
fn la_qualite_se_deduit_de_la_forme_et_une_aide_de_zero_euro_n_en_est_pas_une() {
    let appel = appel_2024();
    let structure = Structure {
        denomination: "Les Rives solidaires".to_owned(),
        siret: None,
        rna: None,
        forme: Some(FormeJuridique::Cooperative),
        qualite_declaree: None,
        region: Some(Region::Bretagne),
    };
    let aide = AideRecue {
        appel: "AMI d’accompagnement 2021".to_owned(),
        convention_le: Some(date(2021, 9, 1)),
        montant: Some(Montant::ZERO),
        par_la_structure: false,
    };
    let membre = MembreConnu {
        nom: "Fabrique des Rives".to_owned(),
        genre: Some("entreprise".to_owned()),
        qualite_ess: Some(QualiteEss::HorsEss),
        personne_morale: Some(true),
    };
    let mut faits = appel.faits();
    faits
        .structure(&structure, Origine::Dossier)
        .aides(&[aide], Origine::Registre)
        .membres(&[membre], Origine::Dossier)
        .recu_le(a("2024-05-29T10:30:00Z"))
        .elements_manquants(0);
    let constats = eligibilite::examiner(&appel, &faits);
    let etat = |code: &str| constats.iter().find(|c| c.code == code).unwrap().etat;
    assert_eq!(etat("E3"), Etat::Remplie);
    assert_eq!(etat("E4a"), Etat::Remplie);
    assert_eq!(etat("E4b"), Etat::Remplie);
    let recevable = eligibilite::examiner_recevabilite(&appel, &faits);
    assert_eq!(recevable[0].etat, Etat::Remplie);
    assert_eq!(recevable[1].etat, Etat::NonRemplie, "P-04");
}

/// The facts of the 2024 form for these answers.
fn faits_de(reponses: &[(&str, &str)]) -> conditions::Faits {
    appel_2024().faits_des_reponses(|champ| {
        let du_champ = reponses.iter().filter(|(code, _)| *code == champ);
        du_champ.map(|(_, reponse)| *reponse).collect()
    })
}

fn fait(faits: &conditions::Faits, chemin: &str) -> Option<conditions::Valeur> {
    faits.fait(chemin).map(|(valeur, _)| valeur.clone())
}

#[test]
fn les_reponses_du_formulaire_sont_des_faits() {
    let faits = faits_de(&[
        ("structure_forme", "societe_commerciale"),
        ("structure_qualite_ess", "societe_ess"),
        ("politiques", "pat"),
        ("politiques", "qpv"),
        ("animation_jours", "douze"),
    ]);
    assert_eq!(
        fait(&faits, "structure.qualite_ess"),
        Some(conditions::Valeur::choix("societe_ess"))
    );
    let politiques = conditions::Valeur::Plusieurs(vec!["pat".to_owned(), "qpv".to_owned()]);
    assert_eq!(fait(&faits, "champs.politiques"), Some(politiques));
    assert_eq!(
        fait(&faits, "champs.animation_jours"),
        None,
        "une réponse refusée n’est pas un fait"
    );
}

#[test]
fn une_reponse_devenue_cachee_ne_compte_plus() {
    let faits = faits_de(&[
        ("structure_forme", "association"),
        ("structure_qualite_ess", "hors_ess"),
    ]);
    assert_eq!(fait(&faits, "champs.structure_qualite_ess"), None);
    assert_eq!(
        fait(&faits, "structure.qualite_ess"),
        Some(conditions::Valeur::choix("de_droit")),
        "la forme le dit"
    );
}

#[test]
fn une_question_conditionnelle_se_montre_quand_sa_condition_est_sue() {
    let appel = appel_2024();
    let champ = appel.formulaire.champ("rd_scientifiques").unwrap();
    assert!(!champ.est_montre(&faits_de(&[])));
    let oui = [("rd_demarche", "oui"), ("rd_formes", "scientifiques")];
    assert!(champ.est_montre(&faits_de(&oui)));
    let non = [("rd_demarche", "non"), ("rd_formes", "scientifiques")];
    assert!(
        !champ.est_montre(&faits_de(&non)),
        "sa condition dépend d’un champ caché"
    );
}
