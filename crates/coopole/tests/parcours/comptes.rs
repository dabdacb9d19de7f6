//! Signing in: the link, the session, and what is never said.

use axum::http::{StatusCode, header};

use crate::{banc::Banc, parcours};

const CONNUE: &str = "solene@rives.example";

/// Asks for a link, and reads it in the mail.
async fn lien(banc: &Banc, suite: &str) -> String {
    let champs = [("courriel", CONNUE), ("suite", suite)];
    banc.public()
        .post("/connexion", &champs)
        .await
        .montre("Un lien vient d’être envoyé à cette adresse");
    banc.taches().await;
    let texte = banc.dernier_courriel(CONNUE).await;
    let debut = texte
        .find("http://coopole.example/connexion/")
        .expect("le lien est dans le courriel");
    let adresse = texte[debut..].split_whitespace().next().unwrap();
    adresse
        .trim_start_matches("http://coopole.example")
        .to_owned()
}

parcours!(un_lien_ouvre_une_session_et_mene_a_la_page_demandee(banc) {
    let lien = lien(banc, "/compte").await;

    banc.public().get(&lien).await.montre("Me connecter");
    let entree = banc.public().post(&lien, &[]).await;

    assert_eq!(entree.mene_a("/"), "/compte");
    let temoin = entree.entetes[header::SET_COOKIE].to_str().unwrap();
    assert!(temoin.contains("HttpOnly") && temoin.contains("SameSite=Lax"), "{temoin}");
});

parcours!(ouvrir_la_page_du_lien_ne_le_consomme_pas(banc) {
    let lien = lien(banc, "").await;
    for _ in 0..3 {
        banc.public().get(&lien).await.montre("Me connecter");
    }
    banc.public().post(&lien, &[]).await.mene_a("/espace");
});

parcours!(un_lien_ne_sert_qu_une_fois(banc) {
    let lien = lien(banc, "").await;
    banc.public().post(&lien, &[]).await.mene_a("/espace");

    let encore = banc.public().post(&lien, &[]).await;

    assert_eq!(encore.statut, StatusCode::GONE);
    assert!(encore.texte.contains("Ce lien ne sert plus"));
    assert_eq!(banc.compter("SELECT COUNT(*) FROM sessions").await, 1);
});

parcours!(une_adresse_inconnue_recoit_la_meme_reponse_et_un_lien_elle_aussi(banc) {
    let connue = banc.public().post("/connexion", &[("courriel", CONNUE)]).await;
    let inconnue = banc.public().post("/connexion", &[("courriel", "personne@nulle-part.example")]).await;

    assert_eq!(connue.texte, inconnue.texte);
    assert_eq!(connue.statut, inconnue.statut);
    banc.taches().await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM courriels").await, 2);
    // Nothing is opened before the link is followed.
    assert_eq!(banc.compter("SELECT COUNT(*) FROM comptes WHERE courriel = 'personne@nulle-part.example'").await, 0);
});

const NOUVELLE: &str = "ines.tourbe@marais.example";

/// The link sent to an address that has no account.
async fn lien_d_une_inconnue(banc: &Banc) -> String {
    banc.public()
        .post(
            "/connexion",
            &[("courriel", NOUVELLE), ("suite", "/compte")],
        )
        .await;
    banc.taches().await;
    let texte = banc.dernier_courriel(NOUVELLE).await;
    assert!(
        texte.contains("Aucun compte n’existe à cette adresse"),
        "{texte}"
    );
    let (_, suite) = texte.split_once("http://coopole.example").unwrap();
    suite.split_whitespace().next().unwrap().to_owned()
}

/// Whoever just followed their first link.
async fn nouvelle(banc: &Banc) -> crate::banc::Visiteur<'_> {
    let lien = lien_d_une_inconnue(banc).await;
    let public = banc.public();
    let page = public.get(&lien).await;
    page.montre("Ouvrir votre compte").montre("après 90 jours");
    assert_eq!(
        banc.compter(&format!(
            "SELECT COUNT(*) FROM comptes WHERE courriel = '{NOUVELLE}'"
        ))
        .await,
        0
    );
    public
        .post(&lien, &[("nom", " ")])
        .await
        .refuse("Indiquez votre prénom et votre nom");
    let entree = public.post(&lien, &[("nom", "Inès Tourbe")]).await;
    assert_eq!(entree.mene_a("/"), "/compte");
    public.post(&lien, &[("nom", "Inès Tourbe")]).await;
    assert_eq!(
        banc.compter(&format!(
            "SELECT COUNT(*) FROM comptes WHERE courriel = '{NOUVELLE}'"
        ))
        .await,
        1
    );
    banc.personne(NOUVELLE).await
}

parcours!(une_adresse_inconnue_ouvre_un_compte_sans_aucun_droit(banc) {
    let elle = nouvelle(banc).await;
    elle.get("/compte").await.montre("Inès Tourbe");
    assert_eq!(elle.get("/espace").await.statut, StatusCode::OK);
    assert_eq!(banc.compter(
        "SELECT COUNT(*) FROM habilitations h JOIN comptes c ON c.id = h.compte WHERE c.nom = 'Inès Tourbe'").await, 0);
    // Its own space, and nobody else's.
    for adresse in ["/cellule", "/pilotage", "/corrections", "/revendications", "/doublons", "/charte/gestion",
                    "/journal", "/administration"] {
        elle.get(adresse).await.introuvable();
    }
    // It claims and proposes; the cell answers.
    let rives = banc.pole("Pôle des Rives").await;
    elle.post(&format!("/poles/{rives}/corrections/territoire"), &[
        ("valeur", "Le marais."), ("source", "Délibération du 3 mai 2024"),
    ]).await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM corrections WHERE sort IS NULL").await, 1);
    elle.post(&format!("/poles/{rives}/revendication"), &[("fonction", "Animatrice"), ("preuve", "cellule")]).await
        .mene_a("/poles/");
    banc.taches().await;
});

parcours!(un_compte_sans_suite_s_efface_celui_qui_a_servi_reste(banc) {
    nouvelle(banc).await;
    banc.public().get("/donnees-personnelles").await.montre("s’efface de lui-même après 90 jours");
    banc.il_est("2024-08-01T09:00:00+02:00");
    banc.taches().await;
    for table in ["comptes", "demandes_de_lien"] {
        let combien = format!("SELECT COUNT(*) FROM {table} WHERE courriel = '{NOUVELLE}'");
        assert_eq!(banc.compter(&combien).await, 0, "{table}");
    }
    assert_eq!(banc.compter(&format!("SELECT COUNT(*) FROM courriels WHERE a = '{NOUVELLE}'")).await, 0);

    let elle = nouvelle(banc).await;
    let rives = banc.pole("Pôle des Rives").await;
    elle.post(&format!("/poles/{rives}/corrections/territoire"), &[
        ("valeur", "Le marais."), ("source", "Délibération du 3 mai 2024"),
    ]).await;
    banc.il_est("2024-12-01T09:00:00+01:00");
    banc.taches().await;
    assert_eq!(banc.compter(&format!("SELECT COUNT(*) FROM comptes WHERE courriel = '{NOUVELLE}'")).await, 1);
});

parcours!(au_dela_de_cinq_demandes_rien_ne_part_et_rien_ne_se_voit(banc) {
    for _ in 0..8 {
        banc.public().post("/connexion", &[("courriel", CONNUE)]).await.montre("Un lien vient d’être envoyé");
    }
    banc.taches().await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM courriels").await, 5);
});

parcours!(une_adresse_mal_ecrite_est_dite_a_cote_du_champ(banc) {
    let refus = banc.public().post("/connexion", &[("courriel", "solene")]).await;
    refus.refuse("Une adresse électronique est attendue");
    assert!(refus.texte.contains("À corriger (1)"), "{}", refus.texte);
});

parcours!(ni_le_lien_ni_la_session_ne_sont_en_clair_dans_la_base(banc) {
    let lien = lien(banc, "").await;
    let jeton = lien.rsplit('/').next().unwrap();
    let mut base = banc.app.db.lecture().await.unwrap();
    let (empreinte,): (Vec<u8>,) =
        base.fetch_one("SELECT empreinte FROM liens_de_connexion", &[]).await.unwrap();
    assert_ne!(empreinte, jeton.as_bytes());
    assert_eq!(empreinte, coopole::socle::session::empreinte(jeton));
});

parcours!(se_deconnecter_partout_ferme_toutes_les_sessions(banc) {
    let ici = banc.porteuse().await;
    let ailleurs = banc.porteuse().await;
    ailleurs.get("/espace").await.montre("Mon espace");

    ici.post("/deconnexion/partout", &[]).await.mene_a("/");

    ailleurs.get("/espace").await.demande_a_se_connecter();
    ici.get("/espace").await.demande_a_se_connecter();
});

parcours!(se_deconnecter_efface_les_brouillons_gardes_sur_l_appareil(banc) {
    let page = banc.porteuse().await.get("/compte").await;
    for adresse in ["/deconnexion", "/deconnexion/partout"] {
        let formulaires = page.texte.split("<form").filter(|f| f.contains(&format!("action=\"{adresse}\"")));
        for formulaire in formulaires {
            assert!(formulaire.split('>').next().unwrap().contains("data-co-oublier"), "{formulaire}");
        }
    }
    assert_eq!(page.texte.matches("data-co-oublier").count(), 3, "l’en-tête et les deux boutons");
});

parcours!(on_ne_renvoie_pas_vers_un_autre_site_apres_la_connexion(banc) {
    let lien = lien(banc, "//ailleurs.example/piege").await;
    let entree = banc.public().post(&lien, &[]).await;
    assert_eq!(entree.mene_a("/"), "/espace");
});

parcours!(un_compte_cree_habilite_puis_suspendu(banc) {
    use coopole::{
        comptes::{Creer, Habiliter, RefusCompte, Suspendre},
        socle::{
            droits::{Habilitation, Perimetre, Qualite, Role},
            erreurs::Echec,
            horloge::RecuLe,
        },
    };
    let recu_le = RecuLe::maintenant(&banc.app.horloge);
    let courriel = || "nouvelle@rives.example".to_owned();
    let pole = Perimetre::Pole(banc.pole("Pôle des Rives").await.parse().unwrap());
    let creer = || Creer { courriel: courriel(), nom: "Nouvelle Venue".into(), recu_le };
    let habiliter = |perimetre| {
        let habilitation =
            Habilitation { role: Role::Porteur, qualite: Some(Qualite::Lecteur), perimetre };
        Habiliter { courriel: courriel(), habilitation, du: None, au: None, recu_le }
    };

    banc.app.accomplir(creer()).await.unwrap();
    let encore = banc.app.accomplir(creer()).await;
    assert!(matches!(encore, Err(Echec::Refus(RefusCompte::DejaLa))));
    let ailleurs = banc.app.accomplir(habiliter(Perimetre::National)).await;
    assert!(matches!(ailleurs, Err(Echec::Refus(RefusCompte::Perimetre { .. }))));
    banc.app.accomplir(habiliter(pole)).await.unwrap();
    let deux_fois = banc.app.accomplir(habiliter(pole)).await;
    assert!(matches!(deux_fois, Err(Echec::Refus(RefusCompte::DejaHabilite))));
    let tenues = "SELECT COUNT(*) FROM habilitations h JOIN comptes c ON c.id = h.compte
                  WHERE c.courriel = 'nouvelle@rives.example'";
    assert_eq!(banc.compter(tenues).await, 1);

    let nouvelle = banc.personne("nouvelle@rives.example").await;
    nouvelle.get("/espace").await.montre("Nouvelle Venue");
    banc.app.accomplir(Suspendre { courriel: courriel(), recu_le }).await.unwrap();
    nouvelle.get("/espace").await.demande_a_se_connecter();
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE genre = 'compte'").await, 3);
});

parcours!(une_machine_qui_essaie_trop_d_adresses_est_freinee(banc) {
    for rang in 0..30 {
        let adresse = format!("essai{rang}@nulle-part.example");
        banc.public().post("/connexion", &[("courriel", &adresse)]).await.montre("Un lien vient d’être envoyé");
    }
    let frein = banc.public().post("/connexion", &[("courriel", CONNUE)]).await;
    assert_eq!(frein.statut, StatusCode::TOO_MANY_REQUESTS);
    assert!(frein.texte.contains("Réessayez dans quelques minutes"));
});

/// Lets the lives of the links and of the sessions run out, in machine time.
async fn laisser_passer_le_temps(banc: &Banc) {
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("UPDATE liens_de_connexion SET fin = fin - 900000", &[])
        .await
        .unwrap();
    tx.execute("UPDATE sessions SET fin = fin - 43200000", &[])
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

parcours!(un_lien_meurt_apres_quinze_minutes_une_session_apres_douze_heures(banc) {
    let lien = lien(banc, "").await;
    let solene = banc.porteuse().await;
    solene.get("/espace").await.montre("Solène Marée");

    laisser_passer_le_temps(banc).await;

    let page = banc.public().get(&lien).await;
    assert_eq!(page.statut, StatusCode::GONE);
    assert!(page.texte.contains("Ce lien ne sert plus"));
    let entree = banc.public().post(&lien, &[]).await;
    assert_eq!(entree.statut, StatusCode::GONE);
    assert!(!entree.entetes.contains_key(header::SET_COOKIE));
    solene.get("/espace").await.demande_a_se_connecter();
    solene.get("/").await.tait("Solène Marée");
});

parcours!(se_connecter_ferme_la_session_avec_laquelle_on_est_venu(banc) {
    let sessions = "SELECT COUNT(*) FROM sessions";
    // By a link: whoever knew the former secret knows nothing.
    let lien = lien(banc, "").await;
    let avant = banc.porteuse().await;
    let apres = banc.entree(&avant.post(&lien, &[]).await);
    avant.get("/espace").await.demande_a_se_connecter();
    apres.get("/espace").await.montre("Solène Marée");
    assert_eq!(banc.compter(sessions).await, 1);

    // By the cast's door, and as somebody else.
    let mut base = banc.app.db.lecture().await.unwrap();
    let (gwenn,): (uuid::Uuid,) = base
        .fetch_one("SELECT id FROM comptes WHERE courriel = 'gwenn@cellule-bretagne.example'", &[])
        .await
        .unwrap();
    drop(base);
    let entree = apres.post("/connexion/distribution", &[("compte", &gwenn.to_string())]).await;
    apres.get("/espace").await.demande_a_se_connecter();
    banc.entree(&entree).get("/espace").await.montre("Gwenn Balise");
    assert_eq!(banc.compter(sessions).await, 1);

    // A link that is dead ends nothing.
    let encore = banc.entree(&entree);
    assert_eq!(encore.post(&lien, &[]).await.statut, StatusCode::GONE);
    encore.get("/espace").await.montre("Gwenn Balise");
});

parcours!(un_role_se_tient_de_son_premier_jour_a_son_dernier(banc) {
    use coopole::{
        comptes::{Creer, Habiliter, RefusCompte},
        socle::{
            droits::{Habilitation, Perimetre, Qualite, Role},
            erreurs::Echec,
            horloge::RecuLe,
        },
    };
    let recu_le = RecuLe::maintenant(&banc.app.horloge);
    let courriel = || "nouvelle@cellule-bretagne.example".to_owned();
    let creer = Creer { courriel: courriel(), nom: "Nouvelle Venue".into(), recu_le };
    banc.app.accomplir(creer).await.unwrap();
    let bretagne = Perimetre::Region(metier::commun::Region::Bretagne);
    let habilitation =
        Habilitation { role: Role::Cra, qualite: Some(Qualite::Instructeur), perimetre: bretagne };
    let de = |du: &str, au: &str| Habiliter {
        courriel: courriel(),
        habilitation,
        du: du.parse().ok(),
        au: au.parse().ok(),
        recu_le,
    };
    let a_l_envers = banc.app.accomplir(de("2024-06-01T00:00:00+02:00", "2024-05-01T00:00:00+02:00")).await;
    assert!(matches!(a_l_envers, Err(Echec::Refus(RefusCompte::Periode))));
    // One to come, one that is over.
    banc.app.accomplir(de("2024-06-01T00:00:00+02:00", "2024-07-01T00:00:00+02:00")).await.unwrap();
    banc.app.accomplir(de("2024-01-01T00:00:00+01:00", "2024-03-01T00:00:00+01:00")).await.unwrap();
    let deux_fois = banc.app.accomplir(de("2024-06-15T00:00:00+02:00", "")).await;
    assert!(matches!(deux_fois, Err(Echec::Refus(RefusCompte::DejaHabilite))));
    let nouvelle = banc.personne(&courriel()).await;

    nouvelle.get("/cellule?region=53").await.introuvable();
    banc.il_est("2024-05-31T23:59:59+02:00");
    nouvelle.get("/cellule?region=53").await.introuvable();
    banc.il_est("2024-06-01T00:00:00+02:00");
    nouvelle.get("/cellule?region=53").await.montre("Cellule Bretagne");
    banc.il_est("2024-06-30T23:59:59+02:00");
    nouvelle.get("/cellule?region=53").await.montre("Cellule Bretagne");
    banc.il_est("2024-07-01T00:00:00+02:00");
    nouvelle.get("/cellule?region=53").await.introuvable();
});
