//! What holds whoever asks: the headers of every answer, the forms of other
//! sites, the links of the mails, the doors of a demonstration, the operator's
//! own texts.

use axum::{body::Body, http::StatusCode};
use coopole::{socle::alea, valeurs};
use futures_util::{StreamExt, stream};

use crate::{deposes::rives, parcours, remplissage::complet};

const FORMULAIRE: &str = "application/x-www-form-urlencoded";
const GWENN: &str = "gwenn@cellule-bretagne.example";

parcours!(chaque_page_porte_une_politique_stricte(banc) {
    let publique = banc.public().get("/").await;
    let privee = banc.porteuse().await.get("/espace").await;
    let absente = banc.public().get("/nulle-part").await;
    for reponse in [&publique, &privee, &absente] {
        let entete = |nom: &str| reponse.entetes[nom].to_str().unwrap().to_owned();
        let politique = entete("content-security-policy");
        for exige in [
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'",
            "base-uri 'none'", "frame-ancestors 'none'",
        ] {
            assert!(politique.contains(exige), "{exige} : {politique}");
        }
        assert!(!politique.contains("unsafe"), "{politique}");
        assert_eq!(entete("x-content-type-options"), "nosniff");
        assert_eq!(entete("referrer-policy"), "same-origin");
        assert_eq!(entete("x-frame-options"), "DENY");
        for en_ligne in ["<script>", " style=\"", " onclick="] {
            assert!(!reponse.texte.contains(en_ligne), "{en_ligne}");
        }
    }
});

parcours!(sans_sec_fetch_site_l_origine_dit_d_ou_vient_un_formulaire(banc) {
    let porteuse = banc.porteuse().await;
    for ailleurs in ["https://pirate.example", "http://coopole.example.pirate.example", "null"] {
        let refus = porteuse.post_avec("/deconnexion", "", &[("origin", ailleurs)]).await;
        assert_eq!(refus.statut, StatusCode::FORBIDDEN, "{ailleurs}");
    }
    porteuse.get("/espace").await.montre("Mon espace");
    porteuse.post_avec("/deconnexion", "", &[("origin", "http://coopole.example")]).await.mene_a("/");
});

parcours!(l_adresse_des_liens_ne_vient_jamais_de_l_entete_host(banc) {
    let entetes = [
        ("host", "pirate.example"),
        ("x-forwarded-host", "pirate.example"),
        ("forwarded", "host=pirate.example"),
        ("sec-fetch-site", "same-origin"),
    ];
    let corps = "courriel=solene%40rives.example";
    banc.public().post_avec("/connexion", corps, &entetes).await
        .montre("Un lien vient d’être envoyé à cette adresse")
        .tait("pirate");
    banc.taches().await;
    let courriel = banc.dernier_courriel("solene@rives.example").await;
    assert!(courriel.contains("http://coopole.example/connexion/"), "{courriel}");
    assert!(!courriel.contains("pirate"), "{courriel}");
});

parcours!(arrivee_avant_midi_une_demande_dont_le_corps_suit_est_encore_recue(banc) {
    let porteuse = banc.porteuse().await;
    let a_temps = complet(banc, &porteuse, "Pôle des Rives").await;
    let bastien = banc.personne("bastien@atelier.example").await;
    let trop_tard = complet(banc, &bastien, "Atelier du Pays").await;
    banc.il_est("2024-05-29T11:59:58+02:00");
    let app = banc.app.clone();
    // The first half of the body comes before noon, the other after.
    let corps = stream::iter(["pouvoir=oui&", "exactitude=oui"]).enumerate().map(move |(rang, morceau)| {
        if rang > 0 {
            app.horloge.figer("2024-05-29T12:00:07+02:00".parse().unwrap());
        }
        Ok::<_, std::io::Error>(morceau)
    });

    porteuse
        .post_brut(&format!("{a_temps}/depot"), FORMULAIRE, Body::from_stream(corps))
        .await
        .mene_a(&format!("{a_temps}/accuse"));

    porteuse.get(&format!("{a_temps}/accuse")).await.montre("11 h 59 min 58 s");
    crate::remplissage::deposer(&bastien, &trop_tard).await
        .refuse("L’appel a clos à 12 h 00. Votre demande, arrivée à 12 h 00 min 07 s, ne peut pas être reçue.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM depots").await, 1);
});

parcours!(hors_demonstration_aucune_de_ses_portes_n_existe(banc) {
    let demonstration = banc.public();
    demonstration.get("/demonstration").await.montre("monstration");
    demonstration.get("/connexion").await.montre("Entrer dans la démonstration").montre("Solène Marée");

    let service = banc.en_service().await;
    let public = service.public();
    for adresse in ["/demonstration", "/courriels"] {
        public.get(adresse).await.introuvable();
    }
    for adresse in ["/demonstration/horloge", "/demonstration/recommencer", "/connexion/distribution"] {
        public.post(adresse, &[("etape", "cloture"), ("compte", "")]).await.introuvable();
    }
    for adresse in ["/", "/appels", "/connexion"] {
        public.get(adresse).await
            .tait("Avancer")
            .tait("Recommencer la démonstration")
            .tait("Entrer dans la démonstration")
            .tait("Solène Marée");
    }
    assert_eq!(banc.compter("SELECT COUNT(*) FROM sessions").await, 0);
});

parcours!(le_texte_officiel_verse_par_l_exploitant_se_lit_a_cote_du_notre(banc) {
    let textes = banc.donnees().join("textes/ami-financement-2024");
    std::fs::create_dir_all(&textes).unwrap();
    std::fs::write(textes.join("E1.txt"), "Texte d’essai versé par l’exploitant.\n").unwrap();
    let service = banc.en_service().await;
    let public = service.public();
    for page in ["/appels/ami-financement-2024", "/appels/ami-financement-2024/eligibilite?forme=association"] {
        let lue = public.get(page).await;
        lue.montre("Texte d’essai versé par l’exploitant.")
            .montre("Texte officiel, Notice 2024, § 3.a et FAQ 1")
            .montre("Le pôle est lauréat de l’AMI d’accompagnement");
        assert_eq!(lue.texte.matches("Texte officiel,").count(), 1, "{page}");
    }
    banc.public().get("/appels/ami-financement-2024").await.tait("Texte officiel");
});

parcours!(les_pieces_d_un_dossier_ne_s_ouvrent_qu_a_qui_le_lit(banc) {
    let rives = rives(banc).await;
    banc.il_est("2024-06-03T09:00:00+02:00");
    let mut base = banc.app.db.lecture().await.unwrap();
    let (piece,): (uuid::Uuid,) = base
        .fetch_one(
            "SELECT id FROM pieces WHERE dossier = $1 AND genre = 'statuts'",
            &valeurs![rives],
        )
        .await
        .unwrap();
    drop(base);
    let chez = |salle: &str| format!("/{salle}/{rives}/pieces/{piece}");
    let adresses = ["dossiers", "instruction", "examens"].map(chez);

    banc.porteuse().await.get(&adresses[0]).await.montre("%PDF");
    banc.personne(GWENN).await.get(&adresses[1]).await.montre("%PDF");
    for adresse in &adresses {
        banc.public().get(adresse).await.demande_a_se_connecter();
        // Another team, another cell, the committee before its time, the pilot, the machine.
        for autre in [
            "bastien@atelier.example", "kelia@cellule-reunion.example", "claire@tresor.example",
            "etienne@tresor.example", "louise@audit.example", "samir@coopole.example",
        ] {
            banc.personne(autre).await.get(adresse).await.introuvable();
        }
    }
    banc.personne(GWENN).await.get(&adresses[0]).await.introuvable();
    banc.porteuse().await.get(&adresses[1]).await.introuvable();
    let autre_piece = format!("/instruction/{rives}/pieces/{}", alea::id());
    banc.personne(GWENN).await.get(&autre_piece).await.introuvable();

    // What the machine's own page tells: neither a mail nor a piece.
    let samir = banc.personne("samir@coopole.example").await;
    banc.taches().await;
    let sante = samir.get("/admin").await;
    sante.montre("Santé de la machine");
    for mot in ["Rives", "statuts", "Accusé de réception", "solene@"] {
        assert!(!sante.texte.contains(mot), "{mot}");
    }
});

parcours!(la_page_des_donnees_personnelles_nomme_tout_ce_qui_est_garde(banc) {
    let page = banc.public().get("/donnees-personnelles").await;
    for garde in [
        "Nom et adresse électronique du compte",
        "Session ouverte",
        "Rôles tenus, avec leurs dates",
        "Nom, fonction et mandat de qui signe la Charte",
        "Demande pour répondre d’un pôle : fonction et preuve",
        "Constats et notes privées de l’instruction, avec leur auteur",
        "Nom de qui rend un avis, et signataires qu’il indique pour la CRESS et l’État",
        "Intérêts déclarés au comité",
        "Notes rendues au comité, avec leur auteur",
        "Nom et qualité de qui signe une convention, pour le bénéficiaire et pour l’État",
        "IBAN et titulaire du compte à créditer",
        "Journal des actes",
    ] {
        page.montre(garde);
    }
});
