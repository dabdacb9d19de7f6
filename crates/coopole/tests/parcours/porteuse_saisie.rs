//! Writing the draft: nothing typed is lost, with script and without.

use axum::http::{StatusCode, header};

use crate::{
    parcours,
    remplissage::{PDF, brouillon},
};

const RIVES: &str = "Pôle des Rives";

parcours!(une_reponse_enregistree_se_relit_et_la_page_dit_que_rien_n_est_depose(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let adresse = format!("{dossier}/rubriques/synthese");
    let version = porteuse.get(&adresse).await.cache("version");
    banc.il_est("2024-03-26T14:05:00+01:00");

    porteuse
        .post(&adresse, &[("version", &version), ("projet_titre", "Des quais vivants")])
        .await
        .mene_a(&adresse);

    porteuse.get(&adresse).await
        .montre("Des quais vivants")
        .montre("Enregistré à 14 h 05. Votre dossier n’est pas encore déposé.");
    porteuse.get(&dossier).await.montre("Enregistré à 14 h 05. Dossier non déposé.").montre("À compléter");
});

parcours!(l_enregistrement_seul_suit_la_meme_adresse(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let adresse = format!("{dossier}/rubriques/synthese");
    let version = porteuse.get(&adresse).await.cache("version");

    let champs = [("version", version.as_str()), ("projet_titre", "Des quais vivants")];
    let reponse = porteuse.post_seul(&adresse, &champs).await;

    assert_eq!(reponse.statut, StatusCode::OK, "{}", reponse.texte);
    assert!(reponse.texte.contains("\"enregistre_a\":\"9 h 00\""), "{}", reponse.texte);
    let debut = reponse.texte.find("\"version\":\"").unwrap() + 11;
    let neuve = &reponse.texte[debut..debut + reponse.texte[debut..].find('"').unwrap()];
    assert_ne!(neuve, version);
    let encore = [("version", neuve), ("projet_titre", "Des quais très vivants")];
    assert_eq!(porteuse.post_seul(&adresse, &encore).await.statut, StatusCode::OK);
    porteuse.get(&adresse).await.montre("Des quais très vivants");
});

parcours!(une_reponse_inattendue_est_gardee_et_dite_a_cote_du_champ(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let adresse = format!("{dossier}/rubriques/structure");
    let version = porteuse.get(&adresse).await.cache("version");

    let refus = porteuse.post(&adresse, &[
        ("version", &version), ("structure_siret", "552 178"), ("structure_commune", "29600"),
    ]).await;

    refus.refuse("552 178").refuse("À corriger (2)").refuse("href=\"#structure_siret\"")
        .refuse("ce n’est pas le code postal");
    porteuse.get(&adresse).await.montre("552 178").montre("29600");
    porteuse.get(&dossier).await.montre("À compléter");
});

parcours!(une_reponse_qui_ouvre_une_question_la_montre_aussitot(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let adresse = format!("{dossier}/rubriques/recherche");
    let page = porteuse.get(&adresse).await;
    assert!(!page.texte.contains("Que cherchez-vous"), "la question attend sa condition");

    let reponse = porteuse.post(&adresse, &[
        ("version", &page.cache("version")), ("rd_demarche", "oui"), ("suite", "oui"),
    ]).await;

    reponse.montre("Que cherchez-vous, et comment ?").montre("2 questions de plus");
});

parcours!(deux_personnes_sur_la_meme_reponse_ne_perdent_aucun_texte(banc) {
    let porteuse = banc.porteuse().await;
    let ivan = banc.personne("ivan@rives.example").await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let adresse = format!("{dossier}/rubriques/synthese");
    let version = porteuse.get(&adresse).await.cache("version");
    banc.il_est("2024-03-26T11:38:00+01:00");
    ivan.post(&adresse, &[("version", &version), ("projet_resume", "Le texte d’Ivan")]).await.mene_a(&adresse);

    let mien = [("version", version.as_str()), ("projet_titre", "Titre"), ("projet_resume", "Le texte de Solène")];
    assert_eq!(porteuse.post_seul(&adresse, &mien).await.statut, StatusCode::CONFLICT);
    let conflit = porteuse.post(&adresse, &mien).await;

    assert_eq!(conflit.statut, StatusCode::CONFLICT);
    for texte in ["Le texte d’Ivan", "Le texte de Solène", "Garder le mien", "Garder l’autre", "Réunir",
        "Cette réponse a été modifiée à 11 h 38 par Ivan Écluse"] {
        assert!(conflit.texte.contains(texte), "« {texte} » manque :\n{}", conflit.texte);
    }
    // The field nobody else touched is already kept.
    porteuse.get(&adresse).await.montre("value=\"Titre\"").montre("Le texte d’Ivan");

    porteuse.post(&adresse, &[
        ("version", &conflit.cache("version")), ("resolution", "oui"),
        ("choix.projet_resume", "reunir"), ("mien.projet_resume", "Le texte de Solène"),
        ("reunion.projet_resume", "Le texte d’Ivan, puis celui de Solène"),
    ]).await.mene_a(&adresse);
    porteuse.get(&adresse).await.montre("Le texte d’Ivan, puis celui de Solène");
});

parcours!(un_onglet_d_hier_n_efface_pas_le_champ_d_un_collegue(banc) {
    let porteuse = banc.porteuse().await;
    let ivan = banc.personne("ivan@rives.example").await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let adresse = format!("{dossier}/rubriques/synthese");
    let version = porteuse.get(&adresse).await.cache("version");
    ivan.post(&adresse, &[("version", &version), ("projet_resume", "Le texte d’Ivan")]).await.mene_a(&adresse);

    porteuse.post(&adresse, &[
        ("version", &version), ("projet_titre", "Titre"), ("projet_resume", ""),
    ]).await.mene_a(&adresse);

    porteuse.get(&adresse).await.montre("Le texte d’Ivan").montre("value=\"Titre\"");
});

parcours!(une_lectrice_lit_et_n_ecrit_pas(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let odile = banc.personne("odile@rives.example").await;
    let adresse = format!("{dossier}/rubriques/structure");
    odile.get(&adresse).await.montre("lecture seule : demandez un droit à Solène Marée");
    odile.post(&adresse, &[("version", "structure_nom:e3b0c44298fc"), ("structure_nom", "X")]).await.introuvable();
    odile.post(&format!("{dossier}/membres"), &[]).await.introuvable();
    odile.post(&format!("{dossier}/budget"), &[]).await.introuvable();
    odile.post_fichier(&format!("{dossier}/pieces/statuts"), ("statuts", "a.pdf"), PDF).await.introuvable();
    assert_eq!(banc.compter("SELECT COUNT(*) FROM reponses").await, 0);
});

parcours!(un_membre_s_ajoute_se_corrige_et_se_retire_sans_script(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let adresse = format!("{dossier}/membres");
    let page = porteuse.get(&adresse).await;
    page.montre("Non remplie").montre("Ajoutez au moins un membre hors ESS.");

    let avec = [
        ("version", page.cache("version")),
        ("membres.0.nom", "Les Rives".into()), ("membres.0.genre", "association".into()),
        ("membres.0.qualite_ess", "de_droit".into()), ("membres.0.siret", String::new()),
        ("ajouter", "membres".into()),
    ];
    let avec: Vec<(&str, &str)> = avec.iter().map(|(nom, valeur)| (*nom, valeur.as_str())).collect();
    let suite = porteuse.post(&adresse, &avec).await.mene_a(&adresse);
    let page = porteuse.get(&suite).await;
    page.montre("name=\"membres.1.nom\"").montre("value=\"Les Rives\"");

    let version = page.cache("version");
    let deux = [
        ("version", version.as_str()),
        ("membres.0.nom", "Les Rives"), ("membres.0.genre", "association"), ("membres.0.qualite_ess", "de_droit"),
        ("membres.1.nom", "Menuiserie"), ("membres.1.genre", ""), ("membres.1.qualite_ess", "hors_ess"),
        ("membres.1.siret", "12"),
    ];
    porteuse.post(&adresse, &deux).await
        .refuse("Choisissez ce qu’est ce membre.").refuse("value=\"12\"").refuse("À corriger (2)");

    let version = porteuse.get(&adresse).await.cache("version");
    let retire = [
        ("version", version.as_str()),
        ("membres.0.nom", "Les Rives"), ("membres.0.genre", "association"), ("membres.0.qualite_ess", "de_droit"),
        ("membres.1.nom", "Menuiserie"), ("membres.1.genre", "entreprise"), ("membres.1.qualite_ess", "hors_ess"),
        ("retirer", "membres.0"),
    ];
    porteuse.post(&adresse, &retire).await.mene_a(&adresse);
    let page = porteuse.get(&adresse).await;
    page.montre("Menuiserie").montre("ESS : 0, hors ESS : 1").montre("Remplie");
    assert!(!page.texte.contains("Les Rives\""));
});

parcours!(deux_listes_de_membres_se_gardent_ou_se_reunissent(banc) {
    let porteuse = banc.porteuse().await;
    let ivan = banc.personne("ivan@rives.example").await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let adresse = format!("{dossier}/membres");
    let version = porteuse.get(&adresse).await.cache("version");
    let un = |nom: &'static str| [
        ("version", version.clone()), ("membres.0.nom", nom.into()),
        ("membres.0.genre", "association".into()), ("membres.0.qualite_ess", "de_droit".into()),
    ];
    let envoyer = |champs: &[(&'static str, String)]| champs.to_vec();
    let d_ivan = envoyer(&un("Celui d’Ivan"));
    let de_solene = envoyer(&un("Celui de Solène"));
    fn vus<'a>(champs: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
        champs.iter().map(|(nom, valeur)| (*nom, valeur.as_str())).collect()
    }
    ivan.post(&adresse, &vus(&d_ivan)).await.mene_a(&adresse);

    let conflit = porteuse.post(&adresse, &vus(&de_solene)).await;

    assert_eq!(conflit.statut, StatusCode::CONFLICT);
    assert!(conflit.texte.contains("Celui d’Ivan") && conflit.texte.contains("Celui de Solène"));
    porteuse.post(&adresse, &[
        ("version", &conflit.cache("version")), ("choix", "reunir"),
        ("membres.0.nom", "Celui de Solène"), ("membres.0.genre", "association"),
        ("membres.0.qualite_ess", "de_droit"),
    ]).await.mene_a(&adresse);
    porteuse.get(&adresse).await.montre("Celui de Solène").montre("Celui d’Ivan");
});

parcours!(le_budget_se_compte_au_serveur_et_un_blanc_n_est_pas_zero(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let adresse = format!("{dossier}/budget");
    let version = porteuse.get(&adresse).await.cache("version");

    porteuse.post(&adresse, &[
        ("version", &version),
        ("charges.0.compte", "64"), ("charges.0.montant", "170 400"), ("charges.0.subvention", "90 000"),
        ("charges.0.emploi", "animation_temps_travail"),
        ("charges.1.compte", "60"), ("charges.1.montant", "12 000"),
        ("charges.2.compte", "61"), ("charges.2.libelle", "Local"), ("charges.2.montant", ""),
        ("produits.0.compte", "70"), ("produits.0.montant", "50 000"),
        ("produits.1.compte", "74"), ("produits.1.libelle", "Région"), ("produits.1.montant", "30 000"),
        ("recalculer", "oui"),
    ]).await.mene_a(&adresse);

    porteuse.get(&adresse).await
        .montre("182 400 €").montre("180 000 €")
        .montre("Les charges dépassent les produits de 2 400 €.")
        .montre("Subvention affectée : 90 000 € sur 100 000 €")
        .montre("Le montant de « Local » n’est pas renseigné.")
        .montre("L’état du financement « Région » n’est pas renseigné.");
    porteuse.get(&dossier).await.montre("À compléter (5)");
});

parcours!(un_montant_illisible_reste_sur_la_page(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let adresse = format!("{dossier}/budget");
    let version = porteuse.get(&adresse).await.cache("version");
    let champs = [
        ("version", version.as_str()), ("charges.0.compte", "64"), ("charges.0.montant", "douze mille"),
    ];
    porteuse.post(&adresse, &champs).await.refuse("douze mille").refuse("Écrivez le montant en chiffres");
    porteuse.get(&adresse).await.montre("douze mille");
});

parcours!(la_subvention_ne_finance_pas_un_bien_amortissable(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let adresse = format!("{dossier}/budget");
    let version = porteuse.get(&adresse).await.cache("version");
    porteuse.post(&adresse, &[
        ("version", &version), ("charges.0.compte", "60"), ("charges.0.libelle", "Véhicule"),
        ("charges.0.montant", "20 000"), ("charges.0.subvention", "20 000"),
        ("charges.0.emploi", "actions_mutualisees"), ("charges.0.amortissable", "oui"),
    ]).await.mene_a(&adresse);
    porteuse.get(&adresse).await
        .montre("La subvention ne finance pas un bien amortissable (notice 2024, § 5). Affectez")
        .montre("notice 2024, § 5");
});

parcours!(une_piece_se_telecharge_en_piece_attachee_et_se_remplace(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let envoi = format!("{dossier}/pieces/statuts");
    porteuse.post_fichier(&envoi, ("statuts", "Statuts 2023.pdf"), PDF).await.mene_a(&dossier);
    let page = porteuse.get(&format!("{dossier}/pieces")).await;
    page.montre("Statuts 2023.pdf").montre("Reçue").montre("Remplacer").montre("Charte signée le lundi 5 juillet 2021");
    let debut = page.texte.find(&format!("{dossier}/pieces/0")).expect("un lien vers le fichier");
    let adresse = page.texte[debut..].split('"').next().unwrap().to_owned();

    let fichier = porteuse.get(&adresse).await;
    assert_eq!(fichier.statut, StatusCode::OK);
    assert_eq!(fichier.entetes[header::CONTENT_TYPE], "application/pdf");
    assert_eq!(fichier.entetes[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    let disposition = fichier.entetes[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert!(disposition.starts_with("attachment; filename=\"Statuts 2023.pdf\""), "{disposition}");
    banc.public().get(&adresse).await.demande_a_se_connecter();
    for autre in ["bastien@atelier.example", "gwenn@cellule-bretagne.example", "samir@coopole.example"] {
        banc.personne(autre).await.get(&adresse).await.introuvable();
    }

    porteuse.post_fichier(&envoi, ("statuts", "Statuts 2024.pdf"), PDF).await.mene_a(&dossier);
    let page = porteuse.get(&format!("{dossier}/pieces")).await;
    assert!(!page.texte.contains("Statuts 2023.pdf"));
    assert_eq!(banc.compter("SELECT COUNT(*) FROM pieces").await, 2, "l’ancien est gardé");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM pieces WHERE remplacee_le IS NULL").await, 1);

    porteuse.post(&format!("{envoi}/retrait"), &[]).await.mene_a(&dossier);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM pieces WHERE remplacee_le IS NULL").await, 0);
});

parcours!(un_programme_deguise_n_entre_pas(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let envoi = format!("{dossier}/pieces/statuts");
    porteuse.post_fichier(&envoi, ("statuts", "statuts.pdf"), b"MZ\x90\x00\x03un programme").await
        .refuse("Le contenu de ce fichier ne correspond pas à son nom.").refuse("Types reçus");
    porteuse.post_fichier(&envoi, ("statuts", "page.html"), b"<html><script>alert(1)</script>").await
        .refuse("Ce type de fichier n’est pas reçu ici.");
    porteuse.post_fichier(&envoi, ("statuts", "vide.pdf"), b"").await.refuse("Ce fichier est vide.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM pieces").await, 0);
    assert_eq!(banc.fichiers(), 0, "aucun fichier ne reste");
});

parcours!(un_fichier_trop_lourd_dit_son_poids_et_ne_laisse_rien(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let mut lourd = PDF.to_vec();
    lourd.resize(34_000_000, b' ');
    porteuse.post_fichier(&format!("{dossier}/pieces/statuts"), ("statuts", "plan.pdf"), &lourd).await
        .refuse("Ce fichier pèse 34 Mo ; la limite est de 20 Mo.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM pieces").await, 0);
    assert_eq!(banc.fichiers(), 0, "aucun fichier ne reste");
});

parcours!(un_chemin_dans_le_nom_du_fichier_ne_mene_nulle_part(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    porteuse.post_fichier(&format!("{dossier}/pieces/statuts"), ("statuts", "../../../etc/statuts.pdf"), PDF)
        .await.mene_a(&dossier);
    let page = porteuse.get(&format!("{dossier}/pieces")).await;
    page.montre(">statuts.pdf<");
    assert!(!page.texte.contains("etc/"));
    porteuse.post_fichier(&format!("{dossier}/pieces/inconnue"), ("inconnue", "a.pdf"), PDF).await.introuvable();
    // A table proved by itself takes no file.
    porteuse.post_fichier(&format!("{dossier}/pieces/budget_projet"), ("budget_projet", "a.pdf"), PDF).await.introuvable();
});

parcours!(a_la_cloture_le_brouillon_se_lit_et_ne_s_ecrit_plus(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let adresse = format!("{dossier}/rubriques/structure");
    let version = porteuse.get(&adresse).await.cache("version");
    banc.il_est("2024-05-29T12:00:01+02:00");
    porteuse.post(&adresse, &[("version", &version), ("structure_nom", "X")]).await
        .refuse("L’appel a clos le mercredi 29 mai 2024 à 12 h 00.");
    porteuse.get(&adresse).await.montre("Votre brouillon reste lisible");
});

parcours!(l_espace_ouvre_sur_la_prochaine_action(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    porteuse.get("/espace").await
        .montre("À faire : compléter le dossier (Pôle des Rives)")
        .montre("jusqu’au mercredi 29 mai 2024 à 12 h 00").montre(&dossier);
    banc.il_est("2024-05-29T11:42:00+02:00");
    porteuse.get(&dossier).await.montre("11 h 42 min 00 s").montre("Clôture à 12 h 00.");
});

parcours!(une_commune_se_tape_par_son_nom_et_se_lit_avec_son_code(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let adresse = format!("{dossier}/rubriques/structure");
    let page = porteuse.get(&adresse).await;
    page.montre("Son nom, par exemple Morlaix.");

    porteuse.post(&adresse, &[("version", &page.cache("version")), ("structure_commune", "morlaix")]).await
        .mene_a(&adresse);

    let page = porteuse.get(&adresse).await;
    page.montre("value=\"Morlaix (29151)\"");
    porteuse.get(&format!("{dossier}/verification")).await.montre("Morlaix (29151)");
    // What the page shows comes back as it was: nothing has changed.
    let version = page.cache("version");
    let seul = porteuse.post_seul(&adresse, &[("version", &version), ("structure_commune", "Morlaix (29151)")]).await;
    assert!(seul.texte.contains(&version), "{}", seul.texte);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM reponses WHERE valeur = '29151'").await, 1);
});

parcours!(entre_plusieurs_communes_du_meme_nom_on_choisit_sans_script(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let adresse = format!("{dossier}/rubriques/structure");
    let version = porteuse.get(&adresse).await.cache("version");

    let choix = porteuse.post(&adresse, &[("version", &version), ("structure_commune", "Saint-Denis")]).await;

    choix.refuse("Plusieurs communes portent ce nom").refuse("Saint-Denis (93066)").refuse("Saint-Denis (97411)")
        .refuse("value=\"93066\"").refuse("Une autre commune");
    porteuse.post(&adresse, &[("version", &choix.cache("version")), ("structure_commune", "97411")]).await
        .mene_a(&adresse);
    porteuse.get(&adresse).await.montre("value=\"Saint-Denis (97411)\"");
    // « Une autre commune » gives the field back, blank.
    let version = porteuse.get(&adresse).await.cache("version");
    porteuse.post(&adresse, &[("version", &version), ("structure_commune", "")]).await.mene_a(&adresse);
    porteuse.get(&adresse).await.montre("id=\"structure_commune\"");
});
