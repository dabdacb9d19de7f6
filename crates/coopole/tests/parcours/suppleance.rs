//! The pilot, and the regions without a cell: no dossier is left to nobody.

use coopole::valeurs;

use crate::{
    banc::Banc,
    deposes::{instruire, rives, vallees},
    parcours,
};

const CAMPAGNE: &str = "/campagnes/ami-financement-2024";
const PAUL: &str = "paul@cellule-sud.example";
const CLAIRE: &str = "claire@tresor.example";
const ETIENNE: &str = "etienne@tresor.example";

/// Corsica has neither cell nor substitute.
async fn sans_suppleante(banc: &Banc) {
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute(
        "UPDATE cellules SET suppleante = NULL WHERE region = $1",
        &valeurs!["94"],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    banc.il_est("2024-06-03T09:00:00+02:00");
}

parcours!(un_dossier_sans_cellule_se_voit_et_retrouve_une_cellule(banc) {
    let vallees = vallees(banc).await;
    sans_suppleante(banc).await;
    let (paul, etienne) = (banc.personne(PAUL).await, banc.personne(ETIENNE).await);
    let lecture = format!("/instruction/{vallees}");
    paul.get(&lecture).await.introuvable();

    etienne.get(CAMPAGNE).await.montre("Sans cellule : 1 dossier dont l’avis revient au pilotage").montre("Corse");
    etienne.get(&format!("{CAMPAGNE}/dossiers?part=deposes")).await.montre("Sans cellule");
    etienne.get("/cellules").await.montre("Sans cellule").montre("Suppléée par la cellule");
    etienne.get("/cellules/94").await.montre("Nommer la suppléante");

    etienne.post("/cellules/94/suppleance", &[("cellule", "93")]).await.mene_a("/cellules");

    paul.get(&lecture).await
        .montre("Région sans cellule (Corse) : l’avis revient à la cellule Provence-Alpes-Côte d’Azur.");
    let tableau = etienne.get(CAMPAGNE).await;
    assert!(!tableau.texte.contains("Sans cellule"), "{}", tableau.texte);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE acte = 'suppleance'").await, 1);
});

parcours!(sans_suppleante_l_etat_instruit_lui_meme_ce_dossier_et_aucun_autre(banc) {
    let (vallees, rives) = (vallees(banc).await, rives(banc).await);
    let lecture = format!("/instruction/{vallees}");
    let claire = banc.personne(CLAIRE).await;
    banc.il_est("2024-06-03T09:00:00+02:00");
    // Corsica has its substitute: the pilot reads none of its dossiers.
    claire.get(&lecture).await.introuvable();
    banc.public().get("/appels/ami-financement-2024").await
        .montre("celle que l’État nomme pour la suppléer le lit, et à défaut le service qui conduit l’appel")
        .montre("href=\"/regions\"");

    sans_suppleante(banc).await;
    banc.public().get("/regions/94").await.montre("Non : l’État donne les avis");
    claire.get(CAMPAGNE).await.montre("1 dossier dont l’avis revient au pilotage");
    let liste = format!("{CAMPAGNE}/dossiers?part=deposes");
    let lue = claire.get(&liste).await;
    lue.montre(&format!("href=\"{lecture}\""));
    assert!(!lue.texte.contains(&format!("/instruction/{rives}")), "{}", lue.texte);
    claire.get(&lecture).await.montre(
        "Région sans cellule ni suppléante (Corse) : l’avis revient à l’État, qui conduit l’appel.",
    );
    claire.get(&format!("/instruction/{rives}")).await.introuvable();
    claire.get("/cellule").await.introuvable();
    // Who decides, who pays, and a cell, read nothing of it.
    for autre in [ETIENNE, "agnes@tresor.example", PAUL, "jeanne@comite.example"] {
        let autre = banc.personne(autre).await;
        autre.get(&lecture).await.introuvable();
        autre.post(&format!("{lecture}/avis"), &[("version", "1")]).await.introuvable();
    }
    assert!(!banc.personne(ETIENNE).await.get(&liste).await.texte.contains(&lecture));

    instruire(banc, CLAIRE, vallees).await;

    claire.get(&format!("{lecture}/avis?rendu=oui")).await.montre("Avis rendu au nom de l’État");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM avis WHERE region IS NULL AND territoire = '94'").await, 1);
    assert!(!claire.get(CAMPAGNE).await.texte.contains("Sans cellule"));
});

parcours!(une_suppleante_ne_se_nomme_qu_une_fois_et_siege(banc) {
    sans_suppleante(banc).await;
    let etienne = banc.personne(ETIENNE).await;
    let corse = "/cellules/94/suppleance";

    etienne.post(corse, &[]).await.refuse("Choisissez la cellule qui supplée.");
    etienne.post(corse, &[("cellule", "02")]).await.refuse("La région Martinique n’a pas de cellule qui siège.");
    etienne.post("/cellules/53/suppleance", &[("cellule", "93")]).await.refuse("La région Bretagne a sa cellule.");
    etienne.get("/cellules/53").await.montre("personne ne la supplée");
    etienne.post(corse, &[("cellule", "93")]).await.mene_a("/cellules");
    etienne.post(corse, &[("cellule", "93")]).await
        .refuse("La cellule Provence-Alpes-Côte d’Azur supplée déjà la région Corse.");
    etienne.post(corse, &[("cellule", "53")]).await.mene_a("/cellules");

    etienne.get("/cellules").await.montre("Suppléée par la cellule Bretagne");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM suppleances").await, 2);
});

parcours!(seul_le_pilotage_nomme_une_suppleante(banc) {
    let acte = "/cellules/94/suppleance";
    for page in ["/cellules", "/cellules/94"] {
        banc.public().get(page).await.demande_a_se_connecter();
    }
    banc.public().post(acte, &[("cellule", "53")]).await.demande_a_se_connecter();
    for autre in ["solene@rives.example", PAUL, "jeanne@comite.example", "samir@coopole.example"] {
        let autre = banc.personne(autre).await;
        autre.get("/cellules").await.introuvable();
        autre.get("/cellules/94").await.introuvable();
        autre.post(acte, &[("cellule", "53")]).await.introuvable();
    }
    let etienne = banc.personne(ETIENNE).await;
    etienne.get("/cellules/nulle-part").await.introuvable();
    // The person who validates payments reads the page, and names nobody.
    let ordonnatrice = banc.personne("agnes@tresor.example").await;
    let page = ordonnatrice.get("/cellules/94").await;
    page.montre("La suppléante est nommée par");
    assert!(!page.texte.contains("Nommer la suppléante"));
    ordonnatrice.post(acte, &[("cellule", "53")]).await.introuvable();
    assert_eq!(banc.compter("SELECT COUNT(*) FROM suppleances").await, 0);
});
