//! Who runs the machine: sees failures, tries again, reads no dossier.

use coopole::{
    socle::{alea, taches},
    valeurs,
};

use crate::parcours;

parcours!(une_tache_en_echec_se_voit_et_se_relance(banc) {
    let mut tx = banc.app.db.begin().await.unwrap();
    taches::enqueue(&mut tx, "lien_de_connexion", alea::id(), banc.app.horloge.now()).await.unwrap();
    tx.commit().await.unwrap();
    banc.taches().await;
    let admin = banc.personne("samir@coopole.example").await;

    admin.get("/admin").await.montre("1 tâche en échec").montre("Relancer la tâche");
    let mut base = banc.app.db.lecture().await.unwrap();
    let (id,): (uuid::Uuid,) = base.fetch_one("SELECT id FROM taches WHERE genre = 'lien_de_connexion'", &[]).await.unwrap();
    drop(base);
    let relance = format!("/admin/taches/{id}/relance");

    // The denied twins.
    banc.public().get("/admin").await.demande_a_se_connecter();
    banc.public().post(&relance, &[]).await.demande_a_se_connecter();
    for autre in ["solene@rives.example", "etienne@tresor.example", "louise@audit.example"] {
        let autre = banc.personne(autre).await;
        autre.get("/admin").await.introuvable();
        autre.post(&relance, &[]).await.introuvable();
    }

    admin.post(&relance, &[]).await.mene_a("/admin");
    admin.get("/admin").await.montre("tout ce qui était dû a été fait");
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("DELETE FROM taches WHERE id = $1", &valeurs![id]).await.unwrap();
    tx.commit().await.unwrap();
});

parcours!(l_administration_ne_lit_ni_courriel_ni_dossier(banc) {
    let porteuse = banc.porteuse().await;
    let pole = banc.pole("Pôle des Rives").await;
    let adresse = "/appels/ami-financement-2024/dossiers";
    let dossier = porteuse.post(adresse, &[("pole", &pole)]).await.mene_a("/dossiers/");
    let admin = banc.personne("samir@coopole.example").await;
    admin.get(&dossier).await.introuvable();
    let page = admin.get("/admin").await;
    page.montre("Santé de la machine");
    assert!(!page.texte.contains("Rives"), "la page de santé nomme un pôle");
});

parcours!(les_mesures_de_la_machine_se_lisent_et_ne_nomment_personne(banc) {
    banc.porteuse().await.get("/espace").await.montre("Mon espace");
    let mesures = banc.public().get("/metrics").await;
    mesures.montre("coopole_requetes{methode=\"GET\",statut=\"200\"}");
    assert!(!mesures.texte.contains("rives"), "une mesure nomme quelqu’un");
    banc.public().get("/healthz").await.montre("en service");
});
