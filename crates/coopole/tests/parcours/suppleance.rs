//! The pilot, and the regions without a cell: no dossier is left to nobody.

use coopole::valeurs;

use crate::{banc::Banc, deposes::vallees, parcours};

const CAMPAGNE: &str = "/campagnes/ami-financement-2024";
const PAUL: &str = "paul@cellule-sud.example";
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

    etienne.get(CAMPAGNE).await.montre("Sans cellule : 1 dossier que personne n’instruit").montre("Corse");
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
