//! The dossier and the record of its pole say the same structure: the record
//! says which cell reads, and whose past counts.

use coopole::valeurs;

use crate::{
    banc::{Banc, Visiteur},
    parcours,
    remplissage::{APPEL, brouillon, complet, deposer},
};

const GWENN: &str = "gwenn@cellule-bretagne.example";
const KELIA: &str = "kelia@cellule-reunion.example";
const TIFENN: &str = "tifenn@moulin.example";

/// Answers those two questions of the form.
async fn repondre(equipe: &Visiteur<'_>, dossier: &str, siret: &str, commune: &str) {
    let adresse = format!("{dossier}/rubriques/structure");
    let version = equipe.get(&adresse).await.cache("version");
    let champs = [
        ("version", version.as_str()),
        ("structure_siret", siret),
        ("structure_commune", commune),
        ("structure_forme", "association"),
        ("structure_organe", "conseil"),
    ];
    equipe.post(&adresse, &champs).await.mene_a(&adresse);
}

/// Proposes a structure for the record, and its cell keeps it.
async fn corriger(banc: &Banc, equipe: &Visiteur<'_>, pole: &str, siret: &str, siege: &str) {
    let fiche = format!("/poles/{pole}/corrections");
    let champs = [
        ("nom", "Les Rives solidaires"),
        ("forme", "association"),
        ("siret", siret),
        ("siege", siege),
        ("source", "L’avis de situation"),
    ];
    equipe
        .post(&format!("{fiche}/porteuse"), &champs)
        .await
        .mene_a(&fiche);
    let gwenn = banc.personne(GWENN).await;
    let attente = gwenn.get("/corrections").await;
    let (_, suite) = attente
        .texte
        .split_once("\"/corrections/")
        .expect("a proposal");
    let (reponse, _) = suite.split_once('"').unwrap();
    gwenn
        .post(&format!("/corrections/{reponse}"), &[("sort", "retenue")])
        .await
        .mene_a("/corrections");
}

parcours!(une_reponse_autre_que_la_fiche_se_dit_et_ne_se_depose_pas(banc) {
    let porteuse = banc.porteuse().await;
    let pole = banc.pole("Pôle des Rives").await;
    let dossier = complet(banc, &porteuse, "Pôle des Rives").await;
    let (rubrique, verification) =
        (format!("{dossier}/rubriques/structure"), format!("{dossier}/verification"));
    porteuse.get(&rubrique).await.tait("Proposer la correction de la fiche");

    // A seat elsewhere, another legal person.
    repondre(&porteuse, &dossier, "90000002700012", "97411").await;

    for page in [&rubrique, &verification] {
        porteuse.get(page).await
            .montre("fiche du pôle donne à la structure porteuse le SIRET 900 000 019 00019, et votre réponse est 900 000 027 00012.")
            .montre("place la structure porteuse en région Bretagne, et votre réponse en région La Réunion")
            .montre("Corrigez la réponse, ou proposez la correction de la fiche.")
            .montre(&format!("href=\"/poles/{pole}/corrections/porteuse\""));
    }
    porteuse.get(&verification).await.montre("Il manque 2 éléments pour déposer.");
    deposer(&porteuse, &dossier).await
        .refuse("Numéro SIRET autre que celui de la fiche du pôle")
        .refuse("Siège dans une autre région que celle de la fiche du pôle")
        .refuse(&format!("href=\"{rubrique}#structure_siret\""))
        .refuse(&format!("href=\"{rubrique}#structure_commune\""));
    assert_eq!(banc.compter("SELECT COUNT(*) FROM depots").await, 0);

    // Another commune of the region is another seat, and the same cell.
    repondre(&porteuse, &dossier, "900 000 019 00019", "35238").await;
    porteuse.get(&rubrique).await.tait("Proposer la correction de la fiche");
    deposer(&porteuse, &dossier).await.mene_a(&format!("{dossier}/accuse"));
});

parcours!(un_brouillon_suit_la_fiche_corrigee_et_le_depot_l_arrete(banc) {
    let porteuse = banc.porteuse().await;
    let pole = banc.pole("Pôle des Rives").await;
    let dossier = complet(banc, &porteuse, "Pôle des Rives").await;
    let lecture = dossier.replace("/dossiers/", "/instruction/");
    repondre(&porteuse, &dossier, "90000002700012", "97411").await;

    corriger(banc, &porteuse, &pole, "90000002700012", "Saint-Denis (97411)").await;

    porteuse.get(&format!("{dossier}/verification")).await.montre("tout est présent");
    deposer(&porteuse, &dossier).await.mene_a(&format!("{dossier}/accuse"));
    banc.personne(KELIA).await.get(&lecture).await.montre("Pôle des Rives").montre("La Réunion");
    banc.personne(GWENN).await.get(&lecture).await.introuvable();

    // Filed, it stays what it was: where the pole goes next is another story.
    corriger(banc, &porteuse, &pole, "90000001900019", "Morlaix (29151)").await;
    banc.personne(KELIA).await.get(&lecture).await.montre("Pôle des Rives");
    banc.personne(GWENN).await.get(&lecture).await.introuvable();
    porteuse.get(&format!("{dossier}/accuse")).await.montre("dossier déposé");
});

parcours!(une_aide_se_retrouve_par_le_siren_que_donne_le_dossier(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = complet(banc, &porteuse, "Pôle des Rives").await;
    let mut tx = banc.app.db.begin().await.unwrap();
    // The record does not know the number; an aid was paid to that legal person.
    tx.execute("UPDATE structures SET siret = NULL WHERE siret = $1", &valeurs!["90000001900019"])
        .await
        .unwrap();
    tx.execute(
        "INSERT INTO aides (id, pole, siren, campagne, convention_le, montant)
         VALUES ($1, NULL, $2, 'ami-financement-2022', 1654077600000, 10000000)",
        &valeurs![coopole::socle::alea::id(), "900000019"],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();

    porteuse.get(&dossier).await
        .montre("E3 · Notice 2024, § 3.a")
        .montre("Candidature possible dès le 1er juin 2027.");
    deposer(&porteuse, &dossier).await.mene_a(&format!("{dossier}/accuse"));
    let lecture = dossier.replace("/dossiers/", "/instruction/");
    banc.personne(GWENN).await.get(&lecture).await.montre("Non remplie");
});

/// Tifenn answers for an invented pole of which nobody said who carries it.
async fn sans_structure(banc: &Banc) -> String {
    let mut tx = banc.app.db.begin().await.unwrap();
    let le = banc.app.horloge.now();
    let compte = coopole::comptes::store::create(&mut tx, TIFENN, "Tifenn Lavoir", le)
        .await
        .unwrap();
    let pole = coopole::poles::NouveauPole {
        nom: "Moulin des Abers".into(),
        porteuse: None,
        commune: Some("Landerneau".into()),
        code_commune: Some("29103".into()),
        departement: None,
        region: Some(metier::commun::Region::Bretagne),
        themes: String::new(),
        source: None,
        invente: true,
    };
    let pole = coopole::poles::create(&mut tx, &pole).await.unwrap();
    tx.execute(
        "INSERT INTO habilitations (id, compte, role, qualite, pole, du)
         VALUES ($1, $2, 'porteur', 'responsable', $3, 0)",
        &valeurs![coopole::socle::alea::id(), compte, pole],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    pole.to_string()
}

parcours!(sans_structure_porteuse_le_refus_conduit_a_la_fiche(banc) {
    let pole = sans_structure(banc).await;
    let tifenn = banc.personne(TIFENN).await;
    let ouvrir = format!("{APPEL}/dossiers");
    let fiche = format!("href=\"/poles/{pole}/corrections/porteuse\"");

    tifenn.post(&ouvrir, &[("pole", &pole)]).await
        .refuse("La fiche de votre pôle ne dit pas quelle structure le porte")
        .refuse("Indiquez la structure porteuse sur la fiche")
        .refuse(&fiche);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM dossiers").await, 0);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM numeros").await, 0);

    // Its name alone does not say which cell would read.
    corriger(banc, &tifenn, &pole, "", "").await;
    tifenn.post(&ouvrir, &[("pole", &pole)]).await
        .refuse("ne dit pas où siège sa structure porteuse")
        .refuse("notice 2024, § 6.2")
        .refuse(&fiche);

    corriger(banc, &tifenn, &pole, "", "Landerneau (29103)").await;
    let dossier = brouillon(banc, &tifenn, "Moulin des Abers").await;
    tifenn.get(&dossier).await.montre("Brouillon, non déposé");
    // Whoever does not hold the pole learns nothing of its record.
    banc.porteuse().await.post(&ouvrir, &[("pole", &pole)]).await.introuvable();
});
