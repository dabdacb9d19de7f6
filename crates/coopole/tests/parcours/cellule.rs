//! The regional cells: what they have to do, reading, the opinion; and who
//! sees none of it.

use axum::http::StatusCode;
use coopole::valeurs;

use crate::{
    deposes::{PROJET, atelier, instruire, rives, toutes_tenues, vallees},
    parcours,
};

const GWENN: &str = "gwenn@cellule-bretagne.example";
const ERWAN: &str = "erwan@cellule-bretagne.example";
const PAUL: &str = "paul@cellule-sud.example";
const KELIA: &str = "kelia@cellule-reunion.example";

parcours!(une_cellule_ne_voit_que_les_dossiers_de_sa_region(banc) {
    rives(banc).await;
    vallees(banc).await;
    banc.il_est("2024-06-03T09:00:00+02:00");

    let liste = banc.personne(GWENN).await.get("/cellule?region=53").await;

    liste.montre("Cellule Bretagne : à faire").montre("Pôle des Rives").montre("30/07/2024");
    assert!(!liste.texte.contains("Chantier des Deux Vallées"));
    let reunion = banc.personne(KELIA).await.get("/cellule").await;
    reunion.montre("Rien à rendre cette semaine. Prochaine échéance : mardi 30 juillet 2024.");
});

parcours!(une_region_sans_cellule_releve_de_sa_suppleante(banc) {
    let vallees = vallees(banc).await;
    banc.il_est("2024-06-03T09:00:00+02:00");
    let paul = banc.personne(PAUL).await;

    paul.get("/cellule?region=93").await.montre("Chantier des Deux Vallées").montre("Corse");
    paul.get(&format!("/instruction/{vallees}"))
        .await
        .montre("Région sans cellule (Corse) : l’avis revient à la cellule Provence-Alpes-Côte d’Azur.");
    instruire(banc, PAUL, vallees).await;

    paul.get(&format!("/instruction/{vallees}/avis?rendu=oui")).await.montre(
        "C’est fait : Avis rendu au nom de la cellule Provence-Alpes-Côte d’Azur le 3 juin 2024. \
         Il ne change plus.",
    );
    assert_eq!(banc.compter("SELECT COUNT(*) FROM avis WHERE region = '93' AND territoire = '94'").await, 1);
});

parcours!(un_brouillon_n_existe_pas_pour_la_cellule(banc) {
    let pole = banc.pole("Pôle des Rives").await;
    let brouillon = banc
        .porteuse()
        .await
        .post("/appels/ami-financement-2024/dossiers", &[("pole", &pole)])
        .await
        .mene_a("/dossiers/")
        .replace("/dossiers/", "/instruction/");
    let gwenn = banc.personne(GWENN).await;

    gwenn.get(&brouillon).await.introuvable();
    let liste = gwenn.get("/cellule?region=53").await;
    assert!(!liste.texte.contains("Pôle des Rives"));
});

parcours!(un_dossier_retire_quitte_la_cellule(banc) {
    let rives = rives(banc).await;
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("UPDATE dossiers SET retire_le = depose_le + 1 WHERE id = $1", &valeurs![rives])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let gwenn = banc.personne(GWENN).await;

    gwenn.get(&format!("/instruction/{rives}")).await.introuvable();
    assert!(!gwenn.get("/cellule?region=53").await.texte.contains("Pôle des Rives"));
});

parcours!(les_constats_se_gardent_et_nomment_leur_auteur(banc) {
    let rives = rives(banc).await;
    banc.il_est("2024-06-03T10:12:00+02:00");
    let erwan = banc.personne(ERWAN).await;
    let lecture = format!("/instruction/{rives}");

    erwan
        .post(
            &format!("{lecture}/constats/A1"),
            &[("version", "0"), ("A1.texte", "Statuts à jour."), ("A1.force", "solide")],
        )
        .await
        .mene_a(&lecture);

    let vu = banc.personne(GWENN).await.get(&lecture).await;
    vu.montre("Statuts à jour.").montre("Écrit par Erwan Repère le 03/06/2024 à 10 h 12.");
});

parcours!(un_critere_valorise_recoit_aussi_son_constat(banc) {
    let rives = rives(banc).await;
    let gwenn = banc.personne(GWENN).await;
    let lecture = format!("/instruction/{rives}");
    let constat = [("version", "0"), ("RD.texte", "Une thèse est signée."), ("RD.force", "solide")];

    gwenn.post(&format!("{lecture}/constats/RD"), &constat).await.mene_a(&lecture);

    let vue = gwenn.get(&lecture).await;
    vue.montre("Une thèse est signée.");
    for valorise in ["RD★", "A4★", "I1★", "I3★", "I5★"] {
        vue.montre(valorise);
    }
    gwenn.get(&format!("{lecture}/avis")).await.montre("Une thèse est signée.");
    gwenn.post(&format!("{lecture}/constats/ZZ"), &constat).await.introuvable();
});

parcours!(seules_les_regles_qui_attendent_une_personne_sont_demandees(banc) {
    let rives = rives(banc).await;
    let gwenn = banc.personne(GWENN).await;
    let lecture = format!("/instruction/{rives}");

    let vue = gwenn.get(&lecture).await;

    vue.montre("Remplies d’après le dossier et le registre").montre("Écarter pour cette règle");
    assert!(vue.texte.contains("name=\"E6\" value=\"tenue\""), "E6 s’apprécie");
    assert!(!vue.texte.contains("name=\"R2\" value=\"tenue\""), "R2 est remplie : rien à dire");
    let refus = gwenn
        .post(&format!("{lecture}/eligibilite"), &[("conclusion", "ecarter"), ("R2", "non_tenue")])
        .await;
    refus.refuse("La règle R2 est dite non tenue sans motif.");
    assert!(refus.texte.contains("value=\"non_tenue\" checked"), "la case reste cochée");
    for ancre in vue.texte.split("href=\"#").skip(1).filter_map(|reste| reste.split('"').next()) {
        assert!(vue.texte.contains(&format!("id=\"{ancre}\"")), "ancre morte : {ancre}");
    }
});

parcours!(deux_lecteurs_ne_s_effacent_pas(banc) {
    let rives = rives(banc).await;
    let adresse = format!("/instruction/{rives}/constats/A1");
    let (gwenn, erwan) = (banc.personne(GWENN).await, banc.personne(ERWAN).await);
    erwan.post(&adresse, &[("version", "0"), ("A1.texte", "Texte d’Erwan.")]).await.mene_a("/instruction/");

    let conflit = gwenn.post(&adresse, &[("version", "0"), ("A1.texte", "Texte de Gwenn.")]).await;

    assert_eq!(conflit.statut, StatusCode::CONFLICT);
    for texte in ["Texte d’Erwan.", "Texte de Gwenn.", "aucun n’est perdu", "Réunir"] {
        assert!(conflit.texte.contains(texte), "{texte}\n{}", conflit.texte);
    }
    gwenn
        .post(&adresse, &[("version", "1"), ("texte", "Les deux."), ("force", "")])
        .await
        .mene_a("/instruction/");
    gwenn.get(&format!("/instruction/{rives}")).await.montre("Les deux.");
});

parcours!(une_note_privee_reste_a_la_cellule(banc) {
    let rives = rives(banc).await;
    let lecture = format!("/instruction/{rives}");
    let erwan = banc.personne(ERWAN).await;
    erwan
        .post(&format!("{lecture}/notes"), &[("note", "Appeler la mairie.")])
        .await
        .mene_a(&lecture);

    banc.personne(GWENN).await.get(&lecture).await
        .montre("Notes privées (1)")
        .montre("Jamais visible du pôle.")
        .montre("Appeler la mairie.");
    let pole = banc.porteuse().await.get(&format!("/dossiers/{rives}")).await;
    assert!(!pole.texte.contains("Appeler la mairie."));
});

parcours!(l_eligibilite_attend_une_personne_et_toutes_les_regles(banc) {
    let rives = rives(banc).await;
    let gwenn = banc.personne(GWENN).await;
    let adresse = format!("/instruction/{rives}/eligibilite");

    let refus = gwenn.post(&adresse, &[("conclusion", "confirmer"), ("E5", "tenue")]).await;

    refus.refuse("La règle E6 reste à trancher.").refuse("À corriger");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM eligibilites").await, 0);
    gwenn.post(&adresse, &toutes_tenues()).await.mene_a("/instruction/");
    gwenn.get(&format!("/instruction/{rives}")).await.montre("Par Gwenn Balise");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE acte = 'eligibilite'").await, 1);
});

parcours!(ecarter_un_dossier_demande_une_regle_et_son_motif(banc) {
    let rives = rives(banc).await;
    let gwenn = banc.personne(GWENN).await;
    let lecture = format!("/instruction/{rives}");
    let adresse = format!("{lecture}/eligibilite");

    gwenn
        .post(&adresse, &[("conclusion", "ecarter")])
        .await
        .refuse("Aucune règle n’est dite non tenue.");
    gwenn
        .post(&adresse, &[("conclusion", "ecarter"), ("E6", "non_tenue")])
        .await
        .refuse("La règle E6 est dite non tenue sans motif.");
    gwenn
        .post(
            &adresse,
            &[
                ("conclusion", "ecarter"),
                ("E6", "non_tenue"),
                ("E6.motif", "Les statuts ne donnent pas de voix aux membres."),
            ],
        )
        .await
        .mene_a(&lecture);

    gwenn.get(&lecture).await.montre("Inéligible");
    let liste = gwenn.get("/cellule?region=53&quand=fait").await;
    liste.montre("Écarté : Inéligible");
    gwenn.post(&format!("{lecture}/projet"), &PROJET).await.refuse("il ne reçoit pas d’avis");
});

parcours!(un_motif_de_forme_rend_le_dossier_irrecevable(banc) {
    let rives = rives(banc).await;
    let gwenn = banc.personne(GWENN).await;
    gwenn
        .post(
            &format!("/instruction/{rives}/eligibilite"),
            &[("conclusion", "ecarter"), ("R1", "non_tenue"), ("R1.motif", "Statuts illisibles.")],
        )
        .await
        .mene_a("/instruction/");
    gwenn.get(&format!("/instruction/{rives}")).await.montre("Irrecevable");
});

parcours!(l_avis_se_motive_axe_par_axe_se_relit_puis_ne_change_plus(banc) {
    let rives = rives(banc).await;
    banc.il_est("2024-07-12T15:00:00+02:00");
    let gwenn = banc.personne(GWENN).await;
    let lecture = format!("/instruction/{rives}");
    gwenn.post(&format!("{lecture}/eligibilite"), &toutes_tenues()).await.mene_a(&lecture);

    let refus = gwenn
        .post(&format!("{lecture}/projet"), &[("version", "0"), ("animation", "Bien."), ("suite", "relire")])
        .await;
    refus.refuse("Choisissez le sens de l’avis.").refuse("Écrivez les motifs de l’axe « Ingénierie de projet ».");
    let projet: Vec<_> = PROJET.iter().map(|(n, v)| (*n, if *n == "version" { "1" } else { *v })).collect();
    gwenn.post(&format!("{lecture}/projet"), &projet).await.mene_a(&format!("{lecture}/avis?relire=oui"));
    gwenn
        .get(&format!("{lecture}/avis?relire=oui"))
        .await
        .montre("Relire l’avis")
        .montre("Une thèse est engagée.");
    gwenn.post(&format!("{lecture}/avis"), &[("version", "2")]).await.mene_a(&lecture);

    let rendu = gwenn.get(&format!("{lecture}/avis")).await;
    rendu.montre("Avis rendu au nom de la cellule Bretagne le 12 juillet 2024. Il ne change plus.");
    assert!(!rendu.texte.contains("Hors délai"));
    let encore = gwenn.post(&format!("{lecture}/avis"), &[("version", "2")]).await;
    encore.refuse("Avis rendu au nom de la cellule Bretagne le 12 juillet 2024. Il ne change plus.");
    let constat = gwenn.post(&format!("{lecture}/constats/A1"), &[("A1.texte", "Après coup.")]).await;
    assert_eq!(constat.statut, StatusCode::CONFLICT);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM avis").await, 1);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE acte = 'avis'").await, 1);
    let autres = "SELECT COUNT(*) FROM courriels WHERE genre <> 'accuse'";
    assert_eq!(banc.compter(autres).await, 0, "rien ne part avant la notification");
});

parcours!(un_avis_en_retard_est_recu_et_dit_hors_delai(banc) {
    let rives = rives(banc).await;
    banc.il_est("2024-07-31T00:00:00+02:00");
    let gwenn = banc.personne(GWENN).await;
    gwenn.get("/cellule?region=53&quand=retard").await.montre("Pôle des Rives");

    instruire(banc, GWENN, rives).await;

    gwenn.get(&format!("/instruction/{rives}/avis")).await.montre("Hors délai");
    gwenn.get("/cellule?region=53&quand=fait").await.montre("Avis rendu hors délai : Favorable");
});

parcours!(on_rend_l_avis_que_l_on_a_relu_et_pas_un_autre(banc) {
    let rives = rives(banc).await;
    let gwenn = banc.personne(GWENN).await;
    let lecture = format!("/instruction/{rives}");
    gwenn.post(&format!("{lecture}/eligibilite"), &toutes_tenues()).await.mene_a(&lecture);
    gwenn.post(&format!("{lecture}/projet"), &PROJET).await.mene_a(&lecture);
    let suite = [("version", "1"), ("sens", "defavorable")];
    gwenn.post(&format!("{lecture}/projet"), &suite).await.mene_a(&lecture);

    let conflit = gwenn.post(&format!("{lecture}/avis"), &[("version", "1")]).await;

    assert_eq!(conflit.statut, StatusCode::CONFLICT);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM avis").await, 0);
});

parcours!(une_ebauche_d_avis_n_en_efface_pas_une_autre(banc) {
    let rives = rives(banc).await;
    let gwenn = banc.personne(GWENN).await;
    let projet = format!("/instruction/{rives}/projet");
    gwenn
        .post(&projet, &[("version", "0"), ("animation", "Premier texte.")])
        .await
        .mene_a("/instruction/");

    let conflit = gwenn.post(&projet, &[("version", "0"), ("animation", "Second texte.")]).await;

    assert_eq!(conflit.statut, StatusCode::CONFLICT);
    assert!(conflit.texte.contains("Premier texte.") && conflit.texte.contains("Second texte."));
});

parcours!(un_rang_regional_ne_sert_qu_une_fois(banc) {
    let (rives, atelier) = (rives(banc).await, atelier(banc).await);
    let gwenn = banc.personne(GWENN).await;
    let mut projet = PROJET.to_vec();
    projet.push(("rang_regional", "1"));
    for (dossier, seconde) in [(rives, false), (atelier, true)] {
        let lecture = format!("/instruction/{dossier}");
        gwenn.post(&format!("{lecture}/eligibilite"), &toutes_tenues()).await.mene_a(&lecture);
        let reponse = gwenn.post(&format!("{lecture}/projet"), &projet).await;
        match seconde {
            false => {
                reponse.mene_a(&lecture);
                gwenn.post(&format!("{lecture}/avis"), &[("version", "1")]).await.mene_a(&lecture);
            }
            true => {
                reponse.refuse("Le rang régional 1 est déjà donné à un autre dossier.");
            }
        }
    }
});

parcours!(une_animatrice_ecrit_mais_ne_rend_pas_l_avis(banc) {
    let rives = rives(banc).await;
    let erwan = banc.personne(ERWAN).await;
    let lecture = format!("/instruction/{rives}");

    erwan.get(&lecture).await.montre("L’avis est rendu par une personne chargée de l’instruction.");
    erwan.post(&format!("{lecture}/eligibilite"), &toutes_tenues()).await.introuvable();
    erwan.post(&format!("{lecture}/projet"), &PROJET).await.introuvable();
    erwan.post(&format!("{lecture}/avis"), &[("version", "1")]).await.introuvable();
    assert_eq!(banc.compter("SELECT COUNT(*) FROM eligibilites").await, 0);
});

parcours!(personne_d_autre_n_entre_dans_une_instruction(banc) {
    let rives = rives(banc).await;
    let lecture = format!("/instruction/{rives}");
    let pages = ["/cellule?region=53".to_owned(), "/cellule/export?region=53".into(), lecture.clone(), format!("{lecture}/avis")];
    let actes = ["eligibilite", "constats/A1", "notes", "projet", "avis"].map(|nom| format!("{lecture}/{nom}"));

    let public = banc.public();
    for page in &pages {
        public.get(page).await.demande_a_se_connecter();
    }
    for acte in &actes {
        public.post(acte, &[("version", "0")]).await.demande_a_se_connecter();
    }
    for autre in [KELIA, PAUL, "solene@rives.example", "jeanne@comite.example", "claire@tresor.example", "samir@coopole.example", "louise@audit.example"] {
        let visiteur = banc.personne(autre).await;
        for page in &pages {
            visiteur.get(page).await.introuvable();
        }
        for acte in &actes {
            visiteur.post(acte, &[("version", "0"), ("note", "x"), ("A1.texte", "x")]).await.introuvable();
        }
    }
    // The page says its own address (the demonstration's clock comes back to it).
    const RIEN: &str = "018f0000-0000-7000-8000-000000000000";
    let kelia = banc.personne(KELIA).await;
    let vu = kelia.get(&lecture).await.texte.replace(&rives.to_string(), RIEN);
    let rien = kelia.get(&format!("/instruction/{RIEN}")).await.texte;
    assert_eq!(vu, rien, "une différence dirait que le dossier existe");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM constats").await, 0);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM notes_privees").await, 0);
});

parcours!(l_export_suit_les_filtres_et_garde_des_formules(banc) {
    rives(banc).await;
    atelier(banc).await;
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("UPDATE structures SET nom = '=1+1' WHERE nom = 'Les Rives solidaires'", &[]).await.unwrap();
    tx.commit().await.unwrap();
    let gwenn = banc.personne(GWENN).await;

    let tout = gwenn.get("/cellule/export?region=53&quand=tard").await;
    let filtre = gwenn.get("/cellule/export?region=53&quand=tard&q=RIVÉS").await;

    tout.montre("Pôle des Rives;'=1+1;Bretagne;28/05/2024;Éligibilité à confirmer").montre("Atelier du Pays");
    filtre.montre("Pôle des Rives");
    assert!(!filtre.texte.contains("Atelier du Pays"));
});

parcours!(la_liste_se_reduit_a_une_etape(banc) {
    let rives = rives(banc).await;
    let atelier = atelier(banc).await;
    let gwenn = banc.personne(GWENN).await;
    let confirmer = format!("/instruction/{atelier}/eligibilite");
    gwenn.post(&confirmer, &toutes_tenues()).await.mene_a(&format!("/instruction/{atelier}"));
    let montres = async |suite: &str| {
        let page = gwenn.get(&format!("/cellule?region=53&{suite}")).await.texte;
        [rives, atelier].map(|dossier| page.find(&format!("/instruction/{dossier}")))
    };

    assert!(matches!(montres("quand=tard").await, [Some(un), Some(deux)] if un < deux), "in the order of filing");
    assert!(matches!(montres("quand=tard&etape=eligibilite").await, [Some(_), None]));
    assert!(matches!(montres("quand=tard&etape=avis").await, [None, Some(_)]));
    assert!(matches!(montres("quand=tard&etape=avis&q=pays").await, [None, Some(_)]));
    assert!(matches!(montres("quand=tard&etape=eligibilite&q=pays").await, [None, None]));

    instruire(banc, GWENN, rives).await;
    assert!(matches!(montres("quand=fait&etape=avis").await, [Some(_), None]));
    assert!(matches!(montres("quand=fait&etape=eligibilite").await, [None, None]));
});

parcours!(on_cherche_un_dossier_par_son_numero_ou_par_les_mots_de_son_pole(banc) {
    let dossier = rives(banc).await;
    atelier(banc).await;
    let mut base = banc.app.db.lecture().await.unwrap();
    let (numero,): (String,) = base.fetch_one("SELECT numero FROM dossiers WHERE id = $1", &valeurs![dossier]).await.unwrap();
    drop(base);
    let gwenn = banc.personne(GWENN).await;
    let chercher = async |q: &str| {
        let page = gwenn.get(&format!("/cellule?region=53&quand=tard&q={}", coopole::urls::encoder(q))).await;
        assert_eq!(page.statut, StatusCode::OK);
        [page.texte.contains(">Pôle des Rives</a>"), page.texte.contains(">Atelier du Pays</a>")]
    };

    assert_eq!(chercher(&numero).await, [true, false]);
    assert_eq!(chercher("2024-9999").await, [false, false]);
    for q in ["rives", "RIV", "pôle des riv", "des rives"] {
        assert_eq!(chercher(q).await, [true, false], "{q}");
    }
    assert_eq!(chercher("pays").await, [false, true]);
    assert_eq!(chercher("rives du pays").await, [false, false]);
    assert_eq!(chercher("_").await, [true, true], "no word: the whole list");

    // So many names begin with this word that the list itself is read.
    let mut tx = banc.app.db.begin().await.unwrap();
    for rang in 0..300 {
        tx.execute(
            "INSERT INTO mots_des_poles (mot, pole) SELECT $1, id FROM poles WHERE nom = 'Pôle des Rives'",
            &valeurs![format!("rives{rang}")],
        ).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(chercher("Rives").await, [true, false]);
    let loin = gwenn.get("/cellule?region=53&quand=tard&q=rives&apres=1716883200001.00000000-0000-0000-0000-000000000000").await;
    assert!(!loin.texte.contains(">Pôle des Rives</a>"), "after its place");
});
