//! The team of a pole: opening a draft, and who may not.

use axum::http::StatusCode;

use crate::parcours;

const APPEL: &str = "/appels/ami-financement-2024";

parcours!(une_responsable_ouvre_un_brouillon_pour_son_pole(banc) {
    let porteuse = banc.porteuse().await;
    let pole = banc.pole("Pôle des Rives").await;

    let dossier =
        porteuse.post(&format!("{APPEL}/dossiers"), &[("pole", &pole)]).await.mene_a("/dossiers/");

    porteuse.get(&dossier).await.montre("Brouillon, non déposé").montre("2024-0001");
    porteuse.get("/espace").await.montre("Pôle des Rives");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE acte = 'ouverture'").await, 1);
});

parcours!(un_pole_n_a_qu_un_dossier_par_appel(banc) {
    let porteuse = banc.porteuse().await;
    let pole = banc.pole("Pôle des Rives").await;
    porteuse.post(&format!("{APPEL}/dossiers"), &[("pole", &pole)]).await.mene_a("/dossiers/");

    let refus = porteuse.post(&format!("{APPEL}/dossiers"), &[("pole", &pole)]).await;

    refus.refuse("Votre pôle a déjà un dossier sur cet appel.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM dossiers").await, 1);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees").await, 1);
});

parcours!(apres_la_cloture_aucun_brouillon_ne_s_ouvre(banc) {
    banc.il_est("2024-05-29T12:00:01+02:00");
    let porteuse = banc.porteuse().await;
    let pole = banc.pole("Pôle des Rives").await;

    let refus = porteuse.post(&format!("{APPEL}/dossiers"), &[("pole", &pole)]).await;

    refus.refuse("Cet appel est clos depuis le mercredi 29 mai 2024 à 12 h 00.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM dossiers").await, 0);
});

parcours!(a_midi_pile_un_brouillon_s_ouvre_encore(banc) {
    banc.il_est("2024-05-29T12:00:00+02:00");
    let porteuse = banc.porteuse().await;
    let pole = banc.pole("Pôle des Rives").await;
    porteuse.post(&format!("{APPEL}/dossiers"), &[("pole", &pole)]).await.mene_a("/dossiers/");
});

parcours!(qui_ne_tient_pas_le_pole_n_ouvre_rien(banc) {
    let pole = banc.pole("Pôle des Rives").await;
    let adresse = format!("{APPEL}/dossiers");

    banc.public().post(&adresse, &[("pole", &pole)]).await.demande_a_se_connecter();
    for autre in [
        "odile@rives.example",            // reads, does not write
        "bastien@atelier.example",        // another pole
        "gwenn@cellule-bretagne.example", // the cell
        "claire@tresor.example",          // the pilot
        "samir@coopole.example",          // the machine
    ] {
        banc.personne(autre).await.post(&adresse, &[("pole", &pole)]).await.introuvable();
    }
    assert_eq!(banc.compter("SELECT COUNT(*) FROM dossiers").await, 0);
});

parcours!(un_dossier_n_existe_pas_pour_un_autre_pole(banc) {
    let porteuse = banc.porteuse().await;
    let pole = banc.pole("Pôle des Rives").await;
    let dossier =
        porteuse.post(&format!("{APPEL}/dossiers"), &[("pole", &pole)]).await.mene_a("/dossiers/");
    let autre = banc.personne("bastien@atelier.example").await;

    let vu = autre.get(&dossier).await;
    let rien = autre.get("/dossiers/018f0000-0000-7000-8000-000000000000").await;

    vu.introuvable();
    assert_eq!(vu.texte, rien.texte, "une différence dirait que le dossier existe");
    banc.public().get(&dossier).await.demande_a_se_connecter();
});

parcours!(un_formulaire_venu_d_un_autre_site_est_refuse(banc) {
    let porteuse = banc.porteuse().await;
    let refus = porteuse.post_d_ailleurs("/deconnexion").await;
    assert_eq!(refus.statut, StatusCode::FORBIDDEN);
    porteuse.get("/espace").await.montre("Mon espace");
});

parcours!(qui_ne_tient_qu_un_pole_n_a_pas_a_le_nommer(banc) {
    let porteuse = banc.porteuse().await;
    porteuse.post(&format!("{APPEL}/dossiers"), &[]).await.mene_a("/dossiers/");

    let gwenn = banc.personne("gwenn@cellule-bretagne.example").await;
    gwenn.post(&format!("{APPEL}/dossiers"), &[]).await
        .refuse("Votre compte ne tient le dossier d’aucun pôle.");
    banc.il_est("2024-05-29T12:00:01+02:00");
    let bastien = banc.personne("bastien@atelier.example").await;
    bastien.post(&format!("{APPEL}/dossiers"), &[]).await
        .refuse("Cet appel est clos depuis le mercredi 29 mai 2024 à 12 h 00.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM dossiers").await, 1);
});
