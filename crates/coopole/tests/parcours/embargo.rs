//! The notification at its instant, and the embargo until then: nothing that
//! comes from a decision differs for those who may not know it.

use axum::http::StatusCode;
use coopole::{
    socle::{alea, journal::scellement},
    valeurs,
};

use crate::{
    banc::Banc,
    deposes::deposer,
    parcours,
    tresor::{
        APRES_LA_SEANCE, CAMPAGNE, CLAIRE, ECARTE, ETIENNE, INSTANT, Table, VEILLE, confirmer,
        decider, decider_et_programmer, examiner, programmer,
    },
};

// ── The notification ────────────────────────────────────────────────────────

parcours!(la_notification_se_programme_se_suspend_et_se_reprogramme(banc) {
    let table = Table::dresser(banc).await;
    programmer(banc, "2024-09-26", "14:00").await.refuse("La liste n’est pas encore arrêtée.");
    decider(banc, &table).await;
    programmer(banc, "2024-09-19", "14:00").await.refuse("est déjà passé.");
    let refus = programmer(banc, "demain", "tantôt").await;
    refus.refuse("Indiquez le jour de la notification.");
    refus.refuse("Indiquez l’heure, par exemple 14:00.");
    programmer(banc, "2024-09-26", "14:00").await.mene_a(CAMPAGNE);

    let etienne = banc.personne(ETIENNE).await;
    let page = format!("{CAMPAGNE}/notification");
    etienne.get(&page).await.montre(
        "5 décisions seront visibles et envoyées le jeudi 26 septembre 2024 à 14 h 00. Rien avant.",
    );
    etienne.post(&format!("{CAMPAGNE}/suspension"), &[]).await.mene_a(CAMPAGNE);
    let encore = etienne.post(&format!("{CAMPAGNE}/suspension"), &[]).await;
    assert_eq!(encore.statut, StatusCode::CONFLICT);

    // The instant comes: suspended, nothing is seen and nothing is written.
    banc.il_est(INSTANT);
    banc.taches().await;
    let porteuse = banc.porteuse().await;
    let decision = format!("/dossiers/{}/decision", table.dossier("Pôle des Rives"));
    porteuse.get(&decision).await.montre("En cours d’examen");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM courriels").await, 0);

    programmer(banc, "2024-09-27", "10:30").await.mene_a(CAMPAGNE);
    porteuse.get(&decision).await.montre("En cours d’examen");
    banc.il_est("2024-09-27T10:30:00+02:00");
    porteuse.get(&decision).await.montre("Votre dossier est retenu. L’aide est de 100 000 €.");
    banc.taches().await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM courriels WHERE genre = 'decision'").await, 5);
    etienne.post(&format!("{CAMPAGNE}/suspension"), &[]).await
        .refuse("Les décisions sont visibles depuis le vendredi 27 septembre 2024");
    programmer(banc, "2024-09-30", "10:00").await.refuse("Les décisions sont visibles depuis");
});

parcours!(a_l_instant_chacun_lit_sa_decision(banc) {
    let table = Table::dresser(banc).await;
    decider_et_programmer(banc, &table).await;
    banc.il_est(INSTANT);
    // No job has run: visibility never waits for one.
    let decision = |pole| format!("/dossiers/{}/decision", table.dossier(pole));
    banc.porteuse().await.get(&decision("Pôle des Rives")).await
        .montre("Votre dossier est retenu. L’aide est de 100 000 €.");
    banc.personne("lesia@vallees.example").await.get(&decision("Chantier des Deux Vallées")).await
        .montre("Votre dossier n’est pas retenu.")
        .montre("Gouvernance à préciser.")
        .montre("mardi 26 novembre 2024")
        .montre("Règles appliquées")
        .montre(">Remplie</td>")
        .montre("notice 2024, § 3.a");
    // Overseas has one more month.
    banc.personne("aline@cirques.example").await.get(&decision("Fabrique des Cirques")).await
        .montre("jeudi 26 décembre 2024");
    banc.personne("nour@terre.example").await.get(&decision(ECARTE)).await
        .montre("E2 : La Charte n’est pas signée.")
        .montre("E5 : Le pôle n’en est pas au développement.")
        .montre("Non remplie")
        .montre("Pas en cause");
    let laureats = banc.public().get("/appels/ami-financement-2024/laureats").await;
    laureats.montre("2 pôles retenus, pour 200 000 €.").montre("Atelier du Pays");
    assert!(!laureats.texte.contains("Fabrique des Cirques"));

    banc.taches().await;
    let courriel = banc.dernier_courriel("nour@terre.example").await;
    assert!(courriel.contains(&decision(ECARTE)), "{courriel}");

    // The register then knows the laureates, and only them.
    let finances = banc.public().get("/poles?signe=financement&region=53").await;
    finances.montre("Pôle des Rives").montre("Lauréat d’un financement");
    let laureats = "SELECT COUNT(*) FROM laureats WHERE campagne = 'ami-financement-2024'";
    assert_eq!(banc.compter(laureats).await, 2);
    let rives = banc.pole("Pôle des Rives").await;
    banc.public().get(&format!("/poles/{rives}")).await
        .montre("Financer le développement (2024)</a>, lauréat le jeudi 26 septembre 2024");
});

parcours!(un_dossier_retire_sous_embargo_n_est_ni_notifie_ni_laureat(banc) {
    let table = Table::dresser(banc).await;
    decider_et_programmer(banc, &table).await;
    let rives = table.dossier("Pôle des Rives");
    banc.porteuse().await
        .post(&format!("/dossiers/{rives}/retrait"), &[("confirmation", "oui")]).await
        .mene_a(&format!("/dossiers/{rives}"));
    banc.personne(CLAIRE).await.get(&format!("{CAMPAGNE}/decision")).await
        .montre("a été retiré par son pôle. Sa décision n’est pas notifiée")
        .montre("100 000 € sur une enveloppe de 1 500 000 €");

    banc.il_est(INSTANT);
    banc.taches().await;
    let laureats = banc.public().get("/appels/ami-financement-2024/laureats").await;
    laureats.montre("1 pôle retenu, pour 100 000 €.").montre("Atelier du Pays");
    assert!(!laureats.texte.contains("Pôle des Rives"));
    assert_eq!(banc.compter(
        "SELECT COUNT(*) FROM courriels WHERE genre = 'decision' AND a = 'solene@rives.example'",
    ).await, 0);
    banc.porteuse().await.get(&format!("/dossiers/{rives}/decision")).await.introuvable();
    banc.personne(CLAIRE).await.post(&format!("{CAMPAGNE}/conventions"), &[]).await
        .mene_a(CAMPAGNE);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM conventions").await, 1);
});

parcours!(une_notification_en_retard_n_ecrit_qu_une_fois_et_ne_cache_rien(banc) {
    let table = Table::dresser(banc).await;
    decider_et_programmer(banc, &table).await;
    // Planned twice at the same instant: two jobs, one does the work.
    programmer(banc, "2024-09-26", "14:00").await.mene_a(CAMPAGNE);
    banc.il_est("2024-09-26T17:12:00+02:00");
    let mut tx = banc.app.db.begin().await.unwrap();
    // Taken by a process that died.
    tx.execute(
        "UPDATE taches SET bail = $1, bail_fin = 1, essais = 1 WHERE genre = 'notification'",
        &valeurs![alea::id()],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let decision = format!("/dossiers/{}/decision", table.dossier("Pôle des Rives"));
    banc.porteuse().await.get(&decision).await.montre("jeudi 26 septembre 2024 à 14 h 00");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM courriels").await, 0);

    banc.taches().await;
    banc.taches().await;

    assert_eq!(banc.compter("SELECT COUNT(*) FROM courriels WHERE genre = 'decision'").await, 5);
    let notifies = "SELECT COUNT(*) FROM journal_entrees WHERE acte = 'notification' AND genre = 'dossier'";
    assert_eq!(banc.compter(notifies).await, 5);
});

// ── The embargo ─────────────────────────────────────────────────────────────

/// Everybody but the pilot.
pub const NON_INITIES: [&str; 10] = [
    "solene@rives.example",
    "ivan@rives.example",
    "odile@rives.example",
    "lesia@vallees.example",
    "gwenn@cellule-bretagne.example",
    "jeanne@comite.example",
    "samir@coopole.example",
    "louise@audit.example",
    "kelia@cellule-reunion.example",
    "gilles@alizes.example",
];

/// The page of the machine, without how many entries are sealed: with the
/// published head, the one thing that counts acts, and says not which
/// (docs/decisions/0013).
fn sans_le_compte_des_scelles(page: &str) -> String {
    let (avant, suite) = page
        .split_once("<dt>Journal</dt><dd>")
        .expect("the machine tells of its journal");
    let (_, apres) = suite.split_once(" entrées scellées").expect("a count");
    format!("{avant}{apres}")
}

/// What every person not entitled is answered, everywhere, once all is sealed:
/// status, headers, bytes; then the rows they could be told of. The head of the
/// journal moves with every act, whatever it is: it alone is not there.
async fn tout_ce_qui_se_voit(banc: &Banc, table: &Table) -> Vec<String> {
    let app = &banc.app;
    while scellement::sceller(&app.db, &app.cle, &app.horloge)
        .await
        .unwrap()
        > 0
    {}
    let rives = banc.pole("Pôle des Rives").await;
    let mut adresses: Vec<String> = [
        "/",
        "/appels",
        "/appels/ami-financement-2024",
        "/appels/ami-financement-2024/notice",
        "/appels/ami-financement-2024/laureats",
        "/poles",
        "/poles?signe=financement",
        "/recensement",
        "/espace",
        "/cellule",
        "/cellule?region=53",
        "/comite",
        "/pilotage",
        "/journal",
        "/admin",
        "/courriels",
        CAMPAGNE,
    ]
    .map(String::from)
    .into();
    adresses.extend(
        ["dossiers", "decision", "notification", "conventions"].map(|p| format!("{CAMPAGNE}/{p}")),
    );
    adresses.push(format!("/poles/{rives}"));
    for (_, id) in &table.dossiers {
        adresses.push(format!("/dossiers/{id}"));
        adresses.extend(
            [
                "decision",
                "decision/lettre",
                "historique",
                "accuse",
                "accuse/preuve",
            ]
            .map(|p| format!("/dossiers/{id}/{p}")),
        );
        adresses.push(format!("/instruction/{id}"));
        adresses.push(format!("/examens/{id}"));
    }
    let mut vu = Vec::new();
    for qui in NON_INITIES.iter().map(|qui| Some(*qui)).chain([None]) {
        let personne = match qui {
            Some(qui) => banc.personne(qui).await,
            None => banc.public(),
        };
        // The auditor reads « le journal et les décisions » (glossaire).
        let auditrice = qui == Some("louise@audit.example");
        for adresse in adresses.iter().filter(|a| !(auditrice && *a == "/journal")) {
            let reponse = personne.get(adresse).await;
            let mut entetes: Vec<String> = reponse
                .entetes
                .iter()
                .filter(|(nom, _)| *nom != "x-request-id")
                .map(|(nom, valeur)| format!("{nom}: {valeur:?}"))
                .collect();
            entetes.sort();
            let texte = match (adresse.as_str(), reponse.statut) {
                ("/admin", StatusCode::OK) => sans_le_compte_des_scelles(&reponse.texte),
                _ => reponse.texte,
            };
            vu.push(format!(
                "{qui:?} {adresse} {} {entetes:?}\n{texte}",
                reponse.statut
            ));
        }
    }
    let courriels = banc.compter("SELECT COUNT(*) FROM courriels").await;
    let lettres = banc.compter("SELECT COUNT(*) FROM documents").await;
    let sur_les_dossiers = banc
        .compter("SELECT COUNT(*) FROM journal_entrees WHERE genre = 'dossier'")
        .await;
    vu.push(format!("{courriels} {lettres} {sur_les_dossiers}"));
    vu
}

/// A dossier filed through the act, whose team may read the proof of it.
async fn vraiment_depose(banc: &Banc) -> uuid::Uuid {
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute(
        "INSERT INTO numeros (millesime, dernier) VALUES (2024, 100)",
        &[],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let id = deposer(banc, "Halte des Alizés", "2024-05-28T10:00:00+02:00").await;
    confirmer(banc, id).await;
    examiner(banc, id, 10).await;
    id
}

parcours!(une_seconde_avant_l_instant_rien_ne_differe_pour_personne(banc) {
    let mut table = Table::dresser(banc).await;
    table.dossiers.push(("Halte des Alizés", vraiment_depose(banc).await));
    // What is told each Monday is told in both, and is no news of a decision.
    banc.il_est(VEILLE);
    banc.taches().await;
    let sans_decision = tout_ce_qui_se_voit(banc, &table).await;
    let sa_preuve = format!("/dossiers/{}/accuse/preuve", table.dossier("Halte des Alizés"));
    banc.personne("gilles@alizes.example").await.get(&sa_preuve).await.montre("\"coopole preuve 1\"");
    banc.il_est(APRES_LA_SEANCE);
    decider_et_programmer(banc, &table).await;
    banc.il_est(VEILLE);
    banc.taches().await;

    let avec_decision = tout_ce_qui_se_voit(banc, &table).await;

    assert_eq!(sans_decision.len(), avec_decision.len());
    for (sans, avec) in sans_decision.iter().zip(&avec_decision) {
        assert_eq!(sans, avec, "l’embargo fuit");
    }
    // And at the instant it does differ, or this journey would prove nothing.
    banc.il_est(INSTANT);
    let apres = tout_ce_qui_se_voit(banc, &table).await;
    assert!(apres.iter().zip(&avec_decision).filter(|(a, b)| a != b).count() >= 5);
});

parcours!(avant_l_instant_le_tableau_du_pilote_ne_compte_aucune_decision(banc) {
    let table = Table::dresser(banc).await;
    decider_et_programmer(banc, &table).await;
    for page in ["/pilotage", CAMPAGNE] {
        let vue = banc.personne(CLAIRE).await.get(page).await;
        vue.montre("notification");
        for mot in ["Retenu", "retenus", "lauréat", "200 000"] {
            assert!(!vue.texte.contains(mot), "« {mot} » sur {page}");
        }
    }
});

parcours!(la_porte_des_decisions_se_tait_jusqu_a_l_instant(banc) {
    let table = Table::dresser(banc).await;
    decider_et_programmer(banc, &table).await;
    let dossier = table.dossier("Pôle des Rives");
    let mut base = banc.app.db.lecture().await.unwrap();
    let veille = VEILLE.parse().unwrap();
    let instant = INSTANT.parse().unwrap();
    let avant = coopole::decisions::visible(&mut base, dossier, veille).await.unwrap();
    assert!(avant.is_none());
    let apres = coopole::decisions::visible(&mut base, dossier, instant).await.unwrap();
    assert!(apres.is_some());
});
