//! The auditor, and whoever checks the published head of the journal.

use axum::http::header;
use coopole::{
    socle::{
        alea,
        journal::{LigneJournal, scellement},
    },
    valeurs,
};
use ed25519_dalek::{Signature, Verifier, VerifyingKey};

use crate::{banc::Banc, parcours};

const APPEL: &str = "/appels/ami-financement-2024";

/// Opens a draft, which the journal records, and seals it.
async fn un_acte(banc: &Banc) {
    let pole = banc.pole("Pôle des Rives").await;
    let champs = [("pole", pole.as_str())];
    banc.porteuse()
        .await
        .post(&format!("{APPEL}/dossiers"), &champs)
        .await
        .mene_a("/dossiers/");
    scellement::sceller(&banc.app.db, &banc.app.cle, &banc.app.horloge)
        .await
        .unwrap();
}

parcours!(la_tete_publiee_se_verifie_par_n_importe_qui(banc) {
    un_acte(banc).await;

    let json = banc.public().get_avec("/journal/tete", &[("accept", "application/json")]).await;
    let tete: serde_json::Value = serde_json::from_str(&json.texte).unwrap();

    assert_eq!(tete["taille"], 1);
    let enonce = tete["enonce"].as_str().unwrap();
    assert!(enonce.starts_with("coopole journal v1\n1\n"), "{enonce}");
    let base64 = |texte: &str| data_encoding::BASE64.decode(texte.as_bytes()).unwrap();
    let signature = Signature::from_slice(&base64(tete["signature"].as_str().unwrap())).unwrap();
    let pem = tete["cle_publique"].as_str().unwrap();
    let der = base64(pem.lines().nth(1).unwrap());
    let cle = VerifyingKey::from_bytes(der[12..].try_into().unwrap()).unwrap();
    assert!(cle.verify(enonce.as_bytes(), &signature).is_ok());
    assert!(cle.verify(enonce.replace("\n1\n", "\n2\n").as_bytes(), &signature).is_err());
});

parcours!(la_tete_repond_a_chacun_dans_sa_langue(banc) {
    let html = [("accept", "text/html,application/xhtml+xml")];
    banc.public().get_avec("/journal/tete", &html).await.montre("Aucun acte n’est encore scellé");
    un_acte(banc).await;
    banc.public().get_avec("/journal/tete", &html).await.montre("openssl pkeyutl -verify");
    let texte = banc.public().get("/journal/tete").await;
    texte.montre("coopole journal v1\n1\n").montre("BEGIN PUBLIC KEY");
    assert_eq!(texte.entetes[header::VARY], "accept");
    assert!(!texte.texte.contains("<html"));
});

parcours!(l_auditrice_lit_qui_a_fait_quoi_et_verifie_la_chaine(banc) {
    let auditrice = banc.personne("louise@audit.example").await;
    auditrice.get("/journal").await.montre("Aucun acte inscrit");
    un_acte(banc).await;

    let journal = auditrice.get("/journal").await;
    journal
        .montre("une décision y paraît donc avant d’être notifiée, sans ce qu’elle décide")
        .montre("Ouverture")
        .montre("Dossier n° 2024-0001")
        .montre("Solène Marée")
        .montre("26/03/2024");

    auditrice.get("/journal?verifier=tout").await
        .montre("chaîne vérifiée au mardi 26 mars 2024 à 9 h 00 min 00 s")
        .montre("1 entrée scellée et intacte");
    auditrice.get("/journal?acte=depot").await.montre("Aucun acte inscrit");
    auditrice.get("/journal?objet=pas-un-identifiant").await.introuvable();
    auditrice.get("/espace").await.montre("/journal");
});

parcours!(le_journal_n_existe_pour_personne_d_autre(banc) {
    un_acte(banc).await;
    banc.public().get("/journal").await.demande_a_se_connecter();
    for autre in [
        "solene@rives.example",
        "gwenn@cellule-bretagne.example",
        "jeanne@comite.example",
        "samir@coopole.example",
    ] {
        banc.personne(autre).await.get("/journal").await.introuvable();
    }
});

parcours!(un_journal_long_se_lit_par_pages(banc) {
    let mut tx = banc.app.db.begin().await.unwrap();
    for rang in 0..120 {
        let mut ligne = LigneJournal {
            id: alea::id(),
            acte: "essai".into(),
            genre: "essai".into(),
            objet: alea::id(),
            par: None,
            le: rang,
            motif: None,
            engagement: None,
            empreinte: Vec::new(),
            place: None,
        };
        ligne.empreinte = ligne.recalculer().to_vec();
        tx.execute(
            "INSERT INTO journal_entrees (id, acte, genre, objet, le, empreinte) VALUES ($1, $2, $3, $4, $5, $6)",
            &valeurs![ligne.id, ligne.acte, ligne.genre, ligne.objet, ligne.le, ligne.empreinte],
        ).await.unwrap();
    }
    tx.commit().await.unwrap();
    let auditrice = banc.personne("louise@audit.example").await;
    let mut adresse = "/journal".to_owned();
    let mut vus = 0;
    for page in 0..3 {
        let feuillet = auditrice.get(&adresse).await;
        feuillet.montre("Essai");
        vus += feuillet.texte.matches("À sceller").count();
        let suivante = feuillet.texte.split("href=\"/journal?avant=").nth(1);
        match suivante {
            Some(suite) => adresse = format!("/journal?avant={}", suite.split('"').next().unwrap()),
            None => assert_eq!(page, 2),
        }
    }
    assert_eq!(vus, 120);
    auditrice.get("/journal?verifier=tout").await.montre("120 en attente de scellement");
});
