//! What a team is told of the conditions of the call before it files: pointed
//! out with reason, source and way forward, never in the way (D10).

use crate::{
    parcours,
    remplissage::{PDF, brouillon, complet, deposer},
};

parcours!(une_aide_de_moins_de_cinq_ans_est_signalee_et_n_empeche_pas_le_depot(banc) {
    let gilles = banc.personne("gilles@alizes.example").await;
    let dossier = complet(banc, &gilles, "Halte des Alizés").await;

    for page in [dossier.clone(), format!("{dossier}/verification")] {
        gilles.get(&page).await
            .montre("Une condition de l’appel n’est pas remplie.")
            .montre("Non remplie")
            .montre("AMI de financement 2021")
            .montre("Candidature possible dès le 15 décembre 2026.")
            .montre("Notice 2024, § 3.a")
            .montre("Votre dossier peut être déposé tel quel");
    }

    deposer(&gilles, &dossier).await.mene_a(&format!("{dossier}/accuse"));
    let depose = gilles.get(&dossier).await;
    depose.montre("Déposé le");
    assert!(!depose.texte.contains("Non remplie"), "déposé, il revient à des personnes d’en juger");
});

parcours!(un_pole_jamais_laureat_le_lit_des_le_brouillon(banc) {
    let marcu = banc.personne("marcu@golfe.example").await;
    let dossier = brouillon(banc, &marcu, "Comptoir du Golfe").await;

    marcu.get(&dossier).await
        .montre("Les conditions de l’appel")
        .montre("E1 · Notice 2024, § 3.a")
        .montre("Non remplie");
});

parcours!(sans_membre_hors_ess_le_dossier_se_depose_et_le_dit(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = complet(banc, &porteuse, "Pôle des Rives").await;
    let membres = format!("{dossier}/membres");
    let version = porteuse.get(&membres).await.cache("version");
    let ess = [
        ("version", version.as_str()),
        ("membres.0.nom", "Les Rives solidaires"), ("membres.0.genre", "association"),
        ("membres.0.qualite_ess", "de_droit"), ("membres.0.siret", ""), ("suite", "oui"),
    ];
    porteuse.post(&membres, &ess).await.mene_a(&dossier);

    porteuse.get(&format!("{dossier}/verification")).await
        .montre("tout est présent")
        .montre("Une condition de l’appel n’est pas remplie.")
        .montre("Ajoutez au moins un membre hors ESS.")
        .montre(&format!("href=\"{membres}\""));
    deposer(&porteuse, &dossier).await.mene_a(&format!("{dossier}/accuse"));
});

parcours!(quand_rien_ne_s_oppose_la_page_le_dit_et_ne_promet_rien(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = complet(banc, &porteuse, "Pôle des Rives").await;

    let page = porteuse.get(&format!("{dossier}/verification")).await;
    page.montre("Aucune condition de l’appel ne s’oppose au dépôt").montre("Une personne l’appréciera en lisant votre dossier.");
    assert!(!page.texte.contains("n’est pas remplie"));
});

parcours!(on_relit_avant_de_declarer_et_le_bouton_attend_que_tout_soit_la(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, "Pôle des Rives").await;
    let verification = format!("{dossier}/verification");

    let page = porteuse.get(&verification).await;
    let rang = |texte: &str| page.texte.find(texte).unwrap_or_else(|| panic!("« {texte} » manque"));
    assert!(rang("pour déposer. Chaque lien") < rang("Vos réponses, rubrique par rubrique"));
    assert!(rang("Vos réponses, rubrique par rubrique") < rang("J’ai pouvoir d’engager"));
    assert!(rang("J’ai pouvoir d’engager") < rang("Déposer le dossier"));
    page.montre("<button class=\"fr-btn fr-btn--secondary\" type=\"submit\">Déposer le dossier");
});

parcours!(une_charte_signee_jointe_attend_qu_une_personne_la_lise(banc) {
    let nour = banc.personne("nour@terre.example").await;
    let dossier = brouillon(banc, &nour, "Terre commune").await;
    let sans = nour.get(&dossier).await;
    sans.montre("E2 · Notice 2024, § 3.a").montre("ou joignez l’exemplaire signé");

    let piece = format!("{dossier}/pieces/charte");
    nour.post_fichier(&piece, ("charte", "charte.pdf"), PDF).await.mene_a(&dossier);
    let avec = nour.get(&dossier).await;
    assert!(
        !avec.texte.contains("ou joignez l’exemplaire signé"),
        "jointe, elle n’est plus à joindre :\n{}", avec.texte
    );
});
