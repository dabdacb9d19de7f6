//! The invented world plays its whole story: after every jump each list has
//! something to show, and what the visitor did first is left as it is.

use axum::http::StatusCode;
use coopole::{
    campagnes,
    demonstration::{self, Jeu},
    socle::alea,
    valeurs,
};

use crate::{
    banc::{Banc, Reponse},
    deposes, parcours,
    tresor::{CAMPAGNE, CLAIRE, ETIENNE, INSTANT, VEILLE, cache},
};

const APPEL: &str = "/appels/ami-financement-2024";
const SEANCE: &str = "/seances/ami-financement-2024";
const GWENN: &str = "gwenn@cellule-bretagne.example";
const JEANNE: &str = "jeanne@comite.example";
const AGNES: &str = "agnes@tresor.example";

const CLOTURE: &str = "2024-05-29T12:00:01+02:00";
const AVIS: &str = "2024-07-30T18:00:00+02:00";
const COMITE: &str = "2024-09-04T18:00:00+02:00";
const CONVENTIONS: &str = "2024-10-07T09:00:00+02:00";
/// Where the banner moves the clock, one after the other.
const ETAPES: [&str; 6] = [
    "2024-05-29T11:55:00+02:00",
    CLOTURE,
    AVIS,
    COMITE,
    INSTANT,
    CONVENTIONS,
];

/// The whole world on its first day.
async fn monde(banc: &Banc) {
    banc.il_est("2024-05-27T09:00:00+02:00");
    demonstration::recommencer_en(&banc.app, Jeu::Monde)
        .await
        .unwrap();
}

async fn sauter(banc: &Banc, instant: &str) {
    banc.il_est(instant);
    banc.taches().await;
}

/// Waits for the jobs of that day, which a jump left to the background too.
async fn attendre_la_suite(banc: &Banc) {
    // Whatever falls due before 8 October, but what a council is told each Monday.
    const RESTE: &str = "SELECT COUNT(*) FROM taches
        WHERE faite_le IS NULL AND due_le < 1728338400000 AND genre <> 'nouvelles'";
    while banc.compter(RESTE).await > 0 {
        banc.taches().await;
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

/// Nothing given up, nothing left to do, and the next pages all there.
async fn rien_n_est_bloque(banc: &Banc) {
    let ratees = "SELECT COUNT(*) FROM taches WHERE constat IS NOT NULL";
    assert_eq!(banc.compter(ratees).await, 0, "a job failed");
}

/// What each person finds at this step of the story.
async fn chacun_a_de_quoi_voir(banc: &Banc, etape: usize) {
    rien_n_est_bloque(banc).await;
    let claire = banc.personne(CLAIRE).await;
    let gwenn = banc.personne(GWENN).await;
    let jeanne = banc.personne(JEANNE).await;
    let tableau = claire.get(CAMPAGNE).await;
    tableau.montre("Dossiers déposés");
    claire
        .get(&format!("{CAMPAGNE}/dossiers?part=deposes"))
        .await
        .montre("25 dossiers sur cette page");
    claire
        .get("/pilotage")
        .await
        .montre("Financer le développement");
    // The last dossier of Brittany is left to its cell: to do, then late.
    let cellule = gwenn.get("/cellule?region=53").await;
    cellule.montre("2024-00");
    if etape >= 2 {
        let retard = gwenn.get("/cellule?region=53&quand=retard").await;
        assert_eq!(
            retard.texte.contains("2024-00"),
            etape > 2,
            "{}",
            retard.texte
        );
        gwenn
            .get("/cellule?region=53&quand=fait")
            .await
            .montre("2024-00");
    }
    let comite = jeanne.get("/comite").await;
    comite.montre(match etape {
        0 => "Les intérêts se déclarent après la clôture",
        _ => "dossiers sans déclaration",
    });
    let laureats = banc.public().get(&format!("{APPEL}/laureats")).await;
    if etape < 4 {
        laureats.montre("");
        assert!(!laureats.texte.contains("pôles retenus"));
    } else {
        laureats.montre("15 pôles retenus, pour 1 500 000 €.");
        banc.public().get("/").await.montre("Ses lauréats");
    }
    match etape {
        2 => {
            tableau.montre("3 éligibilités à confirmer");
            claire.get(SEANCE).await.montre("2024-00");
        }
        3 => {
            claire
                .get(SEANCE)
                .await
                .montre("2024-00")
                .montre("Clore la séance");
            tableau.montre("À faire : clore la séance du comité");
        }
        _ => {}
    }
    if etape >= 4 {
        claire.get(SEANCE).await.montre("Close le");
        assert!(classes(banc).await > 15, "more eligible than places");
        claire
            .get(&format!("{CAMPAGNE}/decision"))
            .await
            .montre("1 500 000 € sur une enveloppe de 1 500 000 €")
            .montre("Liste arrêtée le jeudi 19 septembre 2024 à 16 h 00 par Melchior Intérim.");
        claire
            .get(&format!("{CAMPAGNE}/notification"))
            .await
            .montre("jeudi 26 septembre 2024 à 14 h 00");
        tableau.montre(match etape {
            4 => "À faire : 15 conventions à proposer",
            // Claire prepares; to validate them is Étienne's.
            _ => "À faire : 2 ordres de versement à préparer",
        });
    }
    if etape == 5 {
        // Each is called to their own act, the others told whose it is.
        let etienne = banc.personne(ETIENNE).await.get(CAMPAGNE).await;
        etienne.montre("À faire : 2 conventions à valider");
        let agnes = banc.personne(AGNES).await.get(CAMPAGNE).await;
        agnes.montre("À faire : 1 ordre de versement à valider");
        let liste = claire.get(&format!("{CAMPAGNE}/conventions")).await;
        liste.montre("15 conventions, 1 500 000 € ; versé : 200 000 €.");
        for etat in [
            "Convention à signer",
            "Signée par le bénéficiaire",
            "Validée",
            "Ordre préparé",
            "Versée",
        ] {
            liste.montre(etat);
        }
        let ordres = banc
            .personne(AGNES)
            .await
            .get(&format!("{CAMPAGNE}/ordres"))
            .await;
        assert_eq!(ordres.texte.lines().count(), 3, "{}", ordres.texte);
    }
}

/// How many dossiers the closed ranking holds.
async fn classes(banc: &Banc) -> usize {
    let export = banc
        .personne(CLAIRE)
        .await
        .get(&format!("{SEANCE}/export"))
        .await;
    assert_eq!(export.statut, StatusCode::OK);
    export.texte.lines().count() - 1
}

parcours!(apres_chaque_saut_chaque_liste_a_de_quoi_montrer(banc) {
    monde(banc).await;
    for (rang, instant) in ETAPES.iter().enumerate() {
        sauter(banc, instant).await;
        chacun_a_de_quoi_voir(banc, rang).await;
    }
    // Three dossiers wait for the cast's cells; five are set aside, one for
    // each condition that is computed; each of the others has three marks.
    assert_eq!(banc.compter("SELECT COUNT(*) FROM eligibilites WHERE verdict <> 'eligible'").await, 5);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM avis").await, 28);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM avis WHERE hors_delai").await, 0);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM deports").await, 3);
    let examens = "SELECT COUNT(*) FROM examens WHERE rendu_le IS NOT NULL";
    assert!(banc.compter(examens).await >= 3 * 31 - 3);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM decisions_dossiers WHERE issue = 'retenu'").await, 15);

    // A pole set aside reads which condition is missing, and where it comes from.
    const MOTIF: &str = "Le pôle n’est pas lauréat de l’AMI d’accompagnement";
    let ecarte = "equipe3@figurants.example";
    let dossier = dossier_de(banc, ecarte).await;
    banc.personne(ecarte).await.get(&format!("{dossier}/decision")).await
        .montre(MOTIF).montre("notice 2024, § 3.a");
    let courriel = banc.dernier_courriel(ecarte).await;
    assert!(courriel.contains(MOTIF), "{courriel}");
    let offre = banc.dernier_courriel("equipe0@figurants.example").await;
    assert!(!offre.contains("pôle Pôle"), "{offre}");
});

parcours!(les_dossiers_des_figurants_se_preparent_avant_d_etre_deposes(banc) {
    monde(banc).await;
    let apres = "SELECT COUNT(*) FROM pieces p JOIN dossiers d ON d.id = p.dossier
                 WHERE p.recue_le >= COALESCE(d.depose_le, 1716793200000)";
    assert_eq!(banc.compter(apres).await, 0);
    let jours = "SELECT COUNT(*) FROM reponses WHERE champ = 'animation_jours' AND valeur > '30'";
    assert_eq!(banc.compter(jours).await, 0);
});

parcours!(chaque_appel_qui_a_laisse_un_laureat_ou_une_aide_a_son_titre(banc) {
    monde(banc).await;
    let mut base = banc.app.db.lecture().await.unwrap();
    let codes: Vec<(String,)> = base
        .fetch_all("SELECT campagne FROM laureats UNION SELECT campagne FROM aides", &[])
        .await
        .unwrap();
    assert!(codes.len() >= 4, "{codes:?}");
    for (code,) in codes {
        let titre = campagnes::titre_d_un_appel_passe(&code);
        assert!(titre.is_some(), "{code} n’est pas un appel passé");
    }
});

parcours!(les_courriels_se_feuillettent_et_disent_qui_peut_suivre_leur_lien(banc) {
    monde(banc).await;
    let dossier = deposer_un_dossier_nomme(banc).await;
    let accuse = format!("href=\"{dossier}/accuse\"");
    let boite = banc.public().get("/courriels").await;
    boite.montre("20 courriels").montre("Suivre ce lien : entrer comme Bastien Établi")
        .montre("on n’entre pas à sa place");
    assert!(!boite.texte.contains(&accuse), "a visitor would find nothing there");

    let bastien = banc.personne("bastien@atelier.example").await.get("/courriels").await;
    assert!(bastien.texte.contains(&accuse));

    let (_, suite) = boite.texte.split_once("href=\"/courriels?avant=").unwrap();
    let suite: String = suite.chars().take(36).collect();
    let apres = banc.public().get(&format!("/courriels?avant={suite}")).await;
    apres.montre("18 courriels");
    assert!(!apres.texte.contains("Bastien Établi"));
});

parcours!(au_pas_des_avis_le_visiteur_est_encore_dans_les_delais(banc) {
    monde(banc).await;
    sauter(banc, AVIS).await;
    let liste = banc.personne(GWENN).await.get("/cellule?region=53&quand=semaine").await;
    let (_, suite) = liste.texte.split_once("href=\"/instruction/").unwrap();
    let dossier: String = suite.chars().take(36).collect();

    deposes::instruire(banc, GWENN, dossier.parse().unwrap()).await;

    assert_eq!(banc.compter("SELECT COUNT(*) FROM avis").await, 29);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM avis WHERE hors_delai").await, 0);
});

parcours!(le_saut_n_attend_pas_ce_qui_s_imprime(banc) {
    monde(banc).await;
    // A scene that prints, due and held by another process for a long time.
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute(
        "INSERT INTO taches (id, genre, objet, due_le, pas_avant, essais, bail_fin)
         VALUES ($1, $2, $1, 0, $3, 0, 0)",
        &valeurs![alea::id(), demonstration::SUITE, jiff::Timestamp::MAX],
    ).await.unwrap();
    tx.commit().await.unwrap();
    let saut = [("etape", "dernieres-minutes"), ("suite", "/")];
    let visiteur = banc.public();
    let saut = visiteur.post("/demonstration/horloge", &saut);

    let patience = std::time::Duration::from_secs(30);
    tokio::time::timeout(patience, saut).await.expect("the jump waits for nobody").mene_a("/");

    let mut tx = banc.app.db.begin().await.unwrap();
    coopole::socle::taches::renoncer(&mut tx, demonstration::SUITE).await.unwrap();
    tx.commit().await.unwrap();
});

parcours!(d_un_bond_jusqu_en_octobre_l_histoire_est_la_meme(banc) {
    monde(banc).await;
    banc.le_temps_court();
    let saut = [("etape", "conventions"), ("suite", "/")];
    banc.public().post("/demonstration/horloge", &saut).await.mene_a("/");
    banc.il_est("2024-10-07T23:59:00+02:00");
    attendre_la_suite(banc).await;
    chacun_a_de_quoi_voir(banc, 5).await;
    let derniere = "SELECT MAX(cree_le) FROM courriels WHERE genre = 'decision'";
    let premiere = "SELECT MIN(cree_le) FROM courriels WHERE genre = 'convention'";
    assert!(banc.compter(derniere).await < banc.compter(premiere).await);

    // A second play of every scene, as after a crash, changes nothing.
    let acte = "SELECT COUNT(*) FROM journal_entrees";
    let avant = banc.compter(acte).await;
    let mut tx = banc.app.db.begin().await.unwrap();
    let rejouees = tx
        .execute(
            "UPDATE taches SET faite_le = NULL, bail_fin = 0 WHERE genre LIKE 'figurants%'",
            &[],
        )
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(rejouees, 10);
    attendre_la_suite(banc).await;
    assert_eq!(banc.compter(acte).await, avant);
    rien_n_est_bloque(banc).await;
});

parcours!(personne_ne_voit_une_decision_des_figurants_avant_l_instant(banc) {
    monde(banc).await;
    sauter(banc, COMITE).await;
    sauter(banc, VEILLE).await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM decisions").await, 1);

    let laureats = banc.public().get(&format!("{APPEL}/laureats")).await;
    assert!(!laureats.texte.contains("retenu"), "{}", laureats.texte);
    let dossier = dossier_de(banc, "equipe0@figurants.example").await;
    let equipe = banc.personne("equipe0@figurants.example").await;
    equipe.get(&format!("{dossier}/decision")).await.montre("En cours d’examen");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM courriels WHERE genre = 'decision'").await, 0);
    for page in [CAMPAGNE, "/pilotage"] {
        let page = banc.personne(CLAIRE).await.get(page).await;
        assert!(!page.texte.contains("1 500 000 € sur"), "{}", page.texte);
    }

    sauter(banc, INSTANT).await;
    let apres = equipe.get(&format!("{dossier}/decision")).await;
    assert!(!apres.texte.contains("En cours d’examen"));
    assert_eq!(banc.compter("SELECT COUNT(*) FROM courriels WHERE genre = 'decision'").await, 36);
});

async fn dossier_de(banc: &Banc, courriel: &str) -> String {
    let espace = banc.personne(courriel).await.get("/espace").await;
    let (_, suite) = espace.texte.split_once("href=\"/dossiers/").unwrap();
    let id: String = suite.chars().take(36).collect();
    format!("/dossiers/{id}")
}

// ── What the visitor did first ──────────────────────────────────────────────

/// Solène finishes her dossier as the world left it, then files.
async fn deposer_un_dossier_nomme(banc: &Banc) -> String {
    let bastien = banc.personne("bastien@atelier.example").await;
    let dossier = dossier_de(banc, "bastien@atelier.example").await;
    bastien
        .post(
            &format!("{dossier}/depot"),
            &[("pouvoir", "oui"), ("exactitude", "oui")],
        )
        .await
        .mene_a(&dossier);
    dossier
}

parcours!(les_dossiers_nommes_attendent_et_ce_qui_reste_parait_en_retard(banc) {
    monde(banc).await;
    let dossier = deposer_un_dossier_nomme(banc).await;
    sauter(banc, COMITE).await;

    let id = dossier.trim_start_matches("/dossiers/");
    let gwenn = banc.personne(GWENN).await;
    gwenn.get("/cellule?region=53").await.montre("Atelier du Pays").montre("En retard");
    let sans = banc.personne(CLAIRE).await;
    sans.get(&format!("{CAMPAGNE}/dossiers?part=a_statuer")).await
        .montre("Atelier du Pays").montre("4 dossiers");
    let notes = format!("/instruction/{id}");
    gwenn.get(&notes).await.montre("Atelier du Pays");

    // Nobody spoke of it: it blocks nothing, and its author reads why.
    sauter(banc, INSTANT).await;
    banc.personne("bastien@atelier.example").await.get(&format!("{dossier}/decision")).await
        .montre("Votre dossier n’est pas retenu.")
        .montre("n’a pas été confirmée avant la sélection");
    rien_n_est_bloque(banc).await;
});

/// Sends the list as shown, the first of its lines retained and the next not.
async fn preparer_deux_lignes(banc: &Banc) -> [String; 2] {
    let claire = banc.personne(CLAIRE).await;
    let page = claire.get(&format!("{CAMPAGNE}/decision")).await;
    let ids: Vec<String> = page
        .texte
        .split("name=\"lue.")
        .skip(1)
        .map(|suite| suite.chars().take(36).collect())
        .collect();
    let (premier, dernier) = (ids[0].clone(), ids[20].clone());
    let mut champs = Vec::new();
    for (id, issue, motif) in [
        (&premier, "non_retenu", "Le pôle préfère attendre un an."),
        (&dernier, "retenu", ""),
    ] {
        let lue = format!("lue.{id}");
        champs.push((lue.clone(), cache(&page.texte, &lue)));
        champs.push((format!("issue.{id}"), issue.to_owned()));
        champs.push((format!("motif.{id}"), motif.to_owned()));
    }
    let champs: Vec<(&str, &str)> = champs
        .iter()
        .map(|(nom, valeur)| (nom.as_str(), valeur.as_str()))
        .collect();
    claire
        .post(&format!("{CAMPAGNE}/preparation"), &champs)
        .await
        .mene_a(CAMPAGNE);
    [premier, dernier]
}

async fn clore(banc: &Banc) -> Reponse {
    let claire = banc.personne(CLAIRE).await;
    claire
        .post(&format!("{SEANCE}/cloture"), &[("malgre_tout", "oui")])
        .await
}

parcours!(la_seance_close_et_la_liste_commencee_par_le_visiteur_restent_siennes(banc) {
    monde(banc).await;
    sauter(banc, COMITE).await;
    clore(banc).await.mene_a(SEANCE);
    let [ecarte, choisi] = preparer_deux_lignes(banc).await;

    sauter(banc, INSTANT).await;

    banc.personne(CLAIRE).await.get(SEANCE).await
        .montre("Close le mercredi 4 septembre 2024 à 18 h 00").montre("Claire Minute");
    let mut base = banc.app.db.lecture().await.unwrap();
    let mut issue = async |id: &str| -> (String, String, String) {
        base.fetch_one(
            "SELECT issue, motif, ecart FROM decisions_dossiers WHERE dossier = $1",
            &valeurs![id.parse::<uuid::Uuid>().unwrap()],
        ).await.unwrap()
    };
    let (sort, motif, ecart) = issue(&ecarte).await;
    assert_eq!((sort.as_str(), motif.as_str()), ("non_retenu", "Le pôle préfère attendre un an."));
    assert!(!ecart.is_empty(), "a step away from the ranking says why");
    assert_eq!(issue(&choisi).await.0, "retenu");
    banc.public().get(&format!("{APPEL}/laureats")).await.montre("15 pôles retenus, pour 1 500 000 €.");
});

parcours!(une_liste_arretee_et_programmee_par_le_visiteur_n_est_plus_touchee(banc) {
    monde(banc).await;
    sauter(banc, COMITE).await;
    clore(banc).await.mene_a(SEANCE);
    // The first deputy prepares; the visitor closes, as Étienne, and plans.
    sauter(banc, "2024-09-18T09:00:00+02:00").await;
    let etienne = banc.personne(ETIENNE).await;
    let page = etienne.get(&format!("{CAMPAGNE}/decision")).await;
    let lue = cache(&page.texte, "lue");
    etienne.post(&format!("{CAMPAGNE}/decision"), &[("lue", &lue)]).await.mene_a(CAMPAGNE);
    let instant = [("jour", "2024-09-30"), ("heure", "10:00")];
    etienne.post(&format!("{CAMPAGNE}/notification"), &instant).await.mene_a(CAMPAGNE);

    sauter(banc, INSTANT).await;

    let claire = banc.personne(CLAIRE).await;
    claire.get(&format!("{CAMPAGNE}/decision")).await.montre("par Étienne Sceau");
    let laureats = banc.public().get(&format!("{APPEL}/laureats")).await;
    assert!(!laureats.texte.contains("pôles retenus"), "planned for the 30th");
});
