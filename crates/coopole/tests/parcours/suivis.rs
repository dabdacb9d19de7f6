//! A council follows its territory, and is told what is new there.

use crate::parcours;

const MORLAIX: &str = "/epci/242900835";

parcours!(un_territoire_se_suit_et_le_lundi_dit_ses_nouveaux_poles(banc) {
    let public = banc.public();
    public.get(MORLAIX).await.montre("Connectez-vous").montre("/poles.atom?epci=242900835");
    public.post("/suivis", &[("genre", "epci"), ("code", "242900835")]).await.demande_a_se_connecter();

    let bastien = banc.personne("bastien@atelier.example").await;
    bastien.get(MORLAIX).await.montre("Suivre ce territoire");
    for _ in 0..2 {
        bastien.post("/suivis", &[("genre", "epci"), ("code", "242900835")]).await.mene_a(MORLAIX);
    }
    assert_eq!(banc.compter("SELECT COUNT(*) FROM suivis").await, 1);
    bastien.get(MORLAIX).await.montre("Vous suivez ce territoire");
    bastien.get("/suivis").await.montre("Morlaix Communauté");
    bastien.post("/suivis", &[("genre", "epci"), ("code", "1")]).await.introuvable();

    // Nothing new: nothing is sent, and the next Monday stands.
    banc.il_est("2024-06-03T08:00:00+02:00");
    banc.taches().await;
    let nouvelles = "SELECT COUNT(*) FROM courriels WHERE genre = 'nouvelles'";
    assert_eq!(banc.compter(nouvelles).await, 0);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM taches WHERE genre = 'nouvelles' AND faite_le IS NULL").await, 1);

    let pole = uuid::Uuid::parse_str(&banc.pole("Pôle des Rives").await).unwrap();
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("DELETE FROM signatures_charte WHERE pole = $1", &coopole::valeurs![pole]).await.unwrap();
    tx.execute("DELETE FROM laureats WHERE pole = $1", &coopole::valeurs![pole]).await.unwrap();
    let le: jiff::Timestamp = "2024-06-05T10:00:00+02:00".parse().unwrap();
    coopole::poles::record_signature(&mut tx, pole, "2021-06-30", le).await.unwrap();
    tx.commit().await.unwrap();
    banc.il_est("2024-06-10T08:00:00+02:00");
    banc.taches().await;
    let courriel = banc.dernier_courriel("bastien@atelier.example").await;
    assert!(courriel.contains("Un pôle est nouveau") && courriel.contains("Pôle des Rives"), "{courriel}");
    banc.taches().await;
    assert_eq!(banc.compter(nouvelles).await, 1);

    // Nobody else ends it.
    let suivi: (uuid::Uuid,) = banc.app.db.lecture().await.unwrap()
        .fetch_one("SELECT id FROM suivis", &[]).await.unwrap();
    let fin = format!("/suivis/{}/fin", suivi.0);
    public.post(&fin, &[]).await.demande_a_se_connecter();
    banc.porteuse().await.post(&fin, &[]).await.introuvable();
    bastien.post(&fin, &[]).await.mene_a("/suivis");
    bastien.get("/suivis").await.montre("Vous ne suivez aucun territoire.");
    banc.il_est("2024-06-17T08:00:00+02:00");
    banc.taches().await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM taches WHERE genre = 'nouvelles' AND faite_le IS NULL").await, 0);
});

parcours!(le_flux_des_nouveaux_poles_se_lit_par_territoire(banc) {
    let public = banc.public();
    let flux = public.get("/poles.atom?region=53").await;
    flux.montre("<feed xmlns=\"http://www.w3.org/2005/Atom\"").montre("Pôle des Rives").montre("2021-07-05");
    assert!(!flux.texte.contains("Fabrique des Cirques"));
    public.get("/poles.atom").await.montre("Fabrique des Cirques");
    public.get("/poles.atom?departement=99").await.introuvable();
    // What is to come is not told.
    banc.il_est("2021-07-05T00:00:00+02:00");
    assert!(!public.get("/poles.atom?region=53").await.texte.contains("Pôle des Rives"));
});
