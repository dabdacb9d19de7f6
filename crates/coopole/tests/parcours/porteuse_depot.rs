//! Filing: complete and in time, once, and nothing after.

use axum::http::{StatusCode, header};

use crate::{
    parcours,
    remplissage::{self, brouillon, complet, deposer},
};

const RIVES: &str = "Pôle des Rives";

parcours!(un_dossier_complet_se_depose_et_recoit_son_accuse(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = complet(banc, &porteuse, RIVES).await;
    porteuse.get(&format!("{dossier}/verification")).await.montre("tout est présent");
    banc.il_est("2024-05-29T11:58:41+02:00");

    let accuse = deposer(&porteuse, &dossier).await.mene_a(&format!("{dossier}/accuse"));

    porteuse.get(&accuse).await
        .montre("Dossier n° 2024-0001 déposé le mercredi 29 mai 2024 à 11 h 58 min 41 s (heure de Paris).")
        .montre("réputée rejetée le lundi 29 juillet 2024")
        .montre("CRPA, L231-4");
    porteuse.get(&dossier).await.montre("Déposé le mercredi 29 mai 2024").montre("Accusé de réception");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE acte = 'depot'").await, 1);
    let courriel = banc.dernier_courriel("solene@rives.example").await;
    assert!(courriel.contains("silence gardé jusqu’au lundi 29 juillet 2024"), "{courriel}");
    assert!(courriel.contains("http://coopole.example/dossiers/"), "{courriel}");
});

parcours!(l_adresse_de_la_personne_referente_recoit_aussi_l_accuse(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = complet(banc, &porteuse, RIVES).await;
    deposer(&porteuse, &dossier).await.mene_a(&dossier);
    assert!(banc.dernier_courriel("accueil@rives.example").await.contains("Chacun peut le vérifier"));
});

parcours!(a_midi_pile_le_dossier_est_encore_recu(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = complet(banc, &porteuse, RIVES).await;
    banc.il_est("2024-05-29T12:00:00.999+02:00");
    deposer(&porteuse, &dossier).await.mene_a(&dossier);
});

parcours!(une_seconde_apres_midi_le_depot_n_est_plus_recu(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = complet(banc, &porteuse, RIVES).await;
    banc.il_est("2024-05-29T12:00:04+02:00");

    let refus = deposer(&porteuse, &dossier).await;

    refus.refuse("L’appel a clos à 12 h 00. Votre demande, arrivée à 12 h 00 min 04 s, ne peut pas être reçue.")
        .refuse("Votre brouillon reste lisible.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM depots").await, 0);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM courriels").await, 0);
    porteuse.get(&dossier).await.montre("Jamais déposé (appel clos)");
});

parcours!(tout_ce_qui_manque_est_dit_ensemble_avec_ses_liens(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;

    let refus = porteuse.post(&format!("{dossier}/depot"), &[]).await;

    refus.refuse("éléments pour déposer. Chaque lien vous y conduit.")
        .refuse("Statuts de la structure porteuse (Pièces)")
        .refuse("Membres du pôle (Membres)")
        .refuse(&format!("{dossier}/pieces#statuts"))
        .refuse("Déclarez que vous avez pouvoir");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM depots").await, 0);
});

parcours!(un_double_clic_ne_depose_qu_une_fois(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = complet(banc, &porteuse, RIVES).await;

    let (un, deux) = tokio::join!(deposer(&porteuse, &dossier), deposer(&porteuse, &dossier));

    for issue in [un, deux] {
        assert_eq!(issue.mene_a(&dossier), format!("{dossier}/accuse"));
    }
    assert_eq!(banc.compter("SELECT COUNT(*) FROM depots").await, 1);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE acte = 'depot'").await, 1);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM courriels WHERE genre = 'accuse'").await, 2);
});

parcours!(depose_le_dossier_ne_change_plus(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = complet(banc, &porteuse, RIVES).await;
    let rubrique = format!("{dossier}/rubriques/synthese");
    let version = porteuse.get(&rubrique).await.cache("version");
    deposer(&porteuse, &dossier).await.mene_a(&dossier);

    let champs = [("version", version.as_str()), ("projet_titre", "Autre titre")];
    porteuse.post(&rubrique, &champs).await.refuse("il ne change plus");
    let seul = porteuse.post_seul(&rubrique, &champs).await;
    assert_eq!(seul.statut, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(seul.texte.contains("il ne change plus"));
    porteuse.post(&format!("{dossier}/membres"), &[("version", "x")]).await.refuse("il ne change plus");
    porteuse.post(&format!("{dossier}/budget"), &[("version", "x")]).await.refuse("il ne change plus");
    porteuse
        .post_fichier(&format!("{dossier}/pieces/statuts"), ("statuts", "a.pdf"), remplissage::PDF)
        .await
        .refuse("il ne change plus");
    let page = porteuse.get(&rubrique).await;
    page.montre("il ne change plus").montre("Une réponse courte");
    assert!(!page.texte.contains("<form action=\"/dossiers"), "aucun formulaire ne reste");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM reponses WHERE valeur = 'Autre titre'").await, 0);
});

parcours!(qui_contribue_ne_depose_pas_et_sait_a_qui_demander(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = complet(banc, &porteuse, RIVES).await;
    let contributeur = banc.personne("ivan@rives.example").await;

    contributeur.get(&format!("{dossier}/verification")).await.montre("Demandez à Solène Marée");
    deposer(&contributeur, &dossier).await.introuvable();

    let lectrice = banc.personne("odile@rives.example").await;
    lectrice.get(&dossier).await.montre("demandez un droit à Solène Marée");
    deposer(&lectrice, &dossier).await.introuvable();
    assert_eq!(banc.compter("SELECT COUNT(*) FROM depots").await, 0);
});

parcours!(personne_d_autre_ne_lit_ni_ne_depose(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = complet(banc, &porteuse, RIVES).await;
    let pages = [
        "", "/rubriques/structure", "/membres", "/budget", "/budget/structure", "/pieces",
        "/verification", "/depot", "/accuse", "/accuse.pdf", "/accuse/preuve", "/retrait", "/historique",
    ];
    let actes = [
        "/rubriques/structure", "/membres", "/budget", "/budget/structure", "/depot", "/retrait",
        "/pieces/statuts/retrait",
    ];
    for page in pages {
        banc.public().get(&format!("{dossier}{page}")).await.demande_a_se_connecter();
    }
    for autre in ["bastien@atelier.example", "gwenn@cellule-bretagne.example", "claire@tresor.example", "samir@coopole.example"] {
        let autre = banc.personne(autre).await;
        for page in pages {
            autre.get(&format!("{dossier}{page}")).await.introuvable();
        }
        for acte in actes {
            autre.post(&format!("{dossier}{acte}"), &[("pouvoir", "oui"), ("exactitude", "oui"), ("confirmation", "oui")]).await.introuvable();
        }
        autre.post_fichier(&format!("{dossier}/pieces/statuts"), ("statuts", "a.pdf"), remplissage::PDF).await.introuvable();
    }
    for acte in actes {
        banc.public().post(&format!("{dossier}{acte}"), &[]).await.demande_a_se_connecter();
    }
    assert_eq!(banc.compter("SELECT COUNT(*) FROM depots").await, 0);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM retraits").await, 0);
});

parcours!(l_accuse_s_imprime_apres_le_depot_et_une_seule_fois(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = complet(banc, &porteuse, RIVES).await;
    deposer(&porteuse, &dossier).await.mene_a(&dossier);

    // The paper is there on request before the job has run.
    let avant = porteuse.get(&format!("{dossier}/accuse.pdf")).await;
    assert_eq!(avant.statut, StatusCode::OK);
    assert_eq!(avant.entetes[header::CONTENT_TYPE], "application/pdf");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM documents").await, 0);
    banc.taches().await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM documents WHERE genre = 'accuse'").await, 1);
    let apres = porteuse.get(&format!("{dossier}/accuse.pdf")).await;
    assert!(apres.texte.starts_with("%PDF-"), "un PDF");

    // The process died after printing and before saying so: done again, once.
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("UPDATE taches SET faite_le = NULL, bail_fin = 0 WHERE genre = 'accuse'", &[]).await.unwrap();
    tx.commit().await.unwrap();
    banc.taches().await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM documents WHERE genre = 'accuse'").await, 1);
});

parcours!(chacun_verifie_un_accuse_sans_rien_lire_du_dossier(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = complet(banc, &porteuse, RIVES).await;
    deposer(&porteuse, &dossier).await.mene_a(&dossier);
    let accuse = porteuse.get(&format!("{dossier}/accuse")).await;
    let debut = accuse.texte.find("/verification?code=").unwrap() + "/verification?code=".len();
    let code = accuse.texte[debut..debut + 19].to_owned();

    let verdict = banc.public().get(&format!("/verification?code={}", code.to_lowercase())).await;

    verdict.montre("cet accusé a bien été délivré ici").montre("2024-0001");
    for secret in ["Rives", "Solène", "Une réponse", "statuts"] {
        assert!(!verdict.texte.contains(secret), "« {secret} » se lit");
    }
    banc.public().get("/verification?code=AAAA-BBBB-CCCC-DDDD").await.montre("rien de ce qui est délivré ici, accusé ou signature, ne porte ce code");
    banc.public().get("/verification").await.montre("Code de vérification");
});

parcours!(un_dossier_retire_se_lit_et_laisse_sa_place(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let adresse = format!("{dossier}/retrait");
    porteuse.get(&adresse).await.montre("C’est définitif");
    porteuse.post(&adresse, &[]).await.refuse("Cochez la case");

    porteuse.post(&adresse, &[("confirmation", "oui")]).await.mene_a(&dossier);

    porteuse.get(&dossier).await.montre("Retiré").montre("ce dossier est retiré depuis le");
    porteuse.post(&adresse, &[("confirmation", "oui")]).await.refuse("Ce dossier a été retiré le");
    deposer(&porteuse, &dossier).await.refuse("Ce dossier a été retiré le");
    porteuse.get(&format!("{dossier}/historique")).await.montre("Retrait").montre("Solène Marée");
    let autre = brouillon(banc, &porteuse, RIVES).await;
    assert_ne!(autre, dossier);
});

parcours!(une_contributrice_ne_retire_pas_le_dossier(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let ivan = banc.personne("ivan@rives.example").await;
    ivan.post(&format!("{dossier}/retrait"), &[("confirmation", "oui")]).await.introuvable();
    ivan.get(&format!("{dossier}/retrait")).await.montre("Demandez à Solène Marée");
});

parcours!(un_brouillon_jamais_depose_ne_se_retire_plus_apres_la_cloture(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    porteuse.get(&dossier).await.montre("Retirer le dossier");
    banc.il_est("2024-05-29T12:00:01+02:00");

    let page = porteuse.get(&dossier).await;
    page.montre("Jamais déposé (appel clos)");
    assert!(!page.texte.contains("Retirer le dossier"));
    let retrait = porteuse.get(&format!("{dossier}/retrait")).await;
    retrait.montre("il n’y a rien à retirer").montre("Il reste lisible par votre équipe");
    assert!(!retrait.texte.contains("name=\"confirmation\""));
    porteuse.post(&format!("{dossier}/retrait"), &[("confirmation", "oui")]).await
        .refuse("il n’y a rien à retirer");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM retraits").await, 0);
});
