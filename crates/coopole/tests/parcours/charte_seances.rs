//! Poles sign at the national day, each with its own account; and the page of
//! a proof carries a code that a telephone reads.

use crate::{
    banc::{Banc, Reponse, Visiteur},
    parcours,
};

const SEANCES: &str = "/charte/gestion/seances";
const JOURNEE: [(&str, &str); 5] = [
    ("nom", "Journée nationale d’essai"),
    ("lieu", "Morlaix"),
    ("jour", "2024-03-26"),
    ("de", "9 h"),
    ("a", "17 h 30"),
];

async fn gardien(banc: &Banc) -> Visiteur<'_> {
    banc.personne("remi@labo.example").await
}

/// Announces the day; the address of the keeper's page, and the one projected.
pub async fn annoncer(gardien: &Visiteur<'_>) -> (String, String) {
    let tenue = gardien.post(SEANCES, &JOURNEE).await.mene_a(SEANCES);
    let projetee = tenue.replace("/charte/gestion/seances/", "/charte/seances/");
    (tenue, projetee)
}

fn en_seance(projetee: &str) -> String {
    projetee.replace("/charte/seances/", "/charte/signature?seance=")
}

/// Signs on that page, as it is sent by its button.
async fn signer(visiteur: &Visiteur<'_>, page: &Reponse) -> Reponse {
    let caches = ["pole", "seance", "version", "empreinte"].map(|nom| (nom, page.cache(nom)));
    let mut champs: Vec<(&str, &str)> = caches.iter().map(|(n, v)| (*n, v.as_str())).collect();
    champs.extend([
        ("fonction", "présidente"),
        ("mandat", "representation"),
        ("pouvoir", "oui"),
        ("acceptation", "oui"),
    ]);
    visiteur.post("/charte/signature", &champs).await
}

parcours!(un_pole_signe_en_seance_avec_son_compte_et_la_preuve_le_dit(banc) {
    let (remi, public) = (gardien(banc).await, banc.public());
    let nour = banc.personne("nour@terre.example").await;
    remi.post(SEANCES, &[]).await
        .refuse("Donnez le nom de la séance.")
        .refuse("Dites où elle se tient.")
        .refuse("Donnez le jour de la séance.")
        .refuse("Donnez une heure, par exemple 9 h 30.");
    let (tenue, projetee) = annoncer(&remi).await;
    remi.get(&tenue).await
        .montre("Encore attendus : 1")
        .montre("Terre commune")
        .montre("Nour Sillon")
        .montre("Aucune signature pour l’instant.");

    // Anyone sees the code; nobody reads there who is expected.
    let affiche = public.get(&projetee).await;
    affiche.montre("role=\"img\"").montre(&en_seance(&projetee)).montre("de 9 h 00 à 17 h 30");
    for nom in ["Terre commune", "Nour"] {
        assert!(!affiche.texte.contains(nom), "{nom}");
    }
    public.get(&en_seance(&projetee)).await.demande_a_se_connecter();
    let page = nour.get(&en_seance(&projetee)).await;
    page.montre("Vous signez en séance : Journée nationale d’essai, Morlaix.");

    let preuve = signer(&nour, &page).await.mene_a("/charte/signatures/");

    public.get(&preuve).await.montre("Signée en séance").montre("Journée nationale d’essai, Morlaix");
    public.get(&projetee).await.montre("1 signature donnée ici.");
    remi.get(&tenue).await
        .montre("Signées en séance : 1")
        .montre("Encore attendus : 0")
        .montre(&preuve);
    let certificat = nour.get(&format!("{preuve}/certificat")).await;
    assert!(certificat.octets.starts_with(b"%PDF-"));
    signer(&nour, &page).await.refuse("Cette version est signée depuis");
});

parcours!(une_seance_close_ne_recoit_plus_et_l_on_signe_alors_hors_seance(banc) {
    let remi = gardien(banc).await;
    let nour = banc.personne("nour@terre.example").await;
    let (tenue, projetee) = annoncer(&remi).await;
    let page = nour.get(&en_seance(&projetee)).await;
    let cloture = format!("{tenue}/cloture");
    remi.post(&cloture, &[]).await.mene_a(&tenue);
    remi.post(&cloture, &[]).await.refuse("Cette séance est déjà close.");
    banc.public().get(&projetee).await.montre("la séance est close.").tait("role=\"img\"");

    let refus = signer(&nour, &page).await;
    refus.refuse("est close : elle ne reçoit plus de signature.")
        .refuse("Signez ci-dessous hors séance : la signature a la même valeur.");
    assert_eq!(refus.cache("seance"), "", "le bouton signe maintenant hors séance");
    let preuve = signer(&nour, &refus).await.mene_a("/charte/signatures/");
    banc.public().get(&preuve).await.tait("Signée en séance");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM preuves_charte WHERE seance IS NOT NULL").await, 0);
});

parcours!(une_seance_s_ouvre_a_son_heure_et_se_ferme_a_la_sienne(banc) {
    let remi = gardien(banc).await;
    let nour = banc.personne("nour@terre.example").await;
    let mut demain = JOURNEE;
    demain[2].1 = "2024-03-27";
    let tenue = remi.post(SEANCES, &demain).await.mene_a(SEANCES);
    let projetee = tenue.replace("/charte/gestion/seances/", "/charte/seances/");
    let page = nour.get(&en_seance(&projetee)).await;
    signer(&nour, &page).await.refuse("n’est pas encore ouverte");
    banc.public().get(&projetee).await.montre("n’est pas encore ouverte");
    banc.il_est("2024-03-27T17:30:00+01:00");
    signer(&nour, &page).await.refuse("elle ne reçoit plus de signature");
    banc.il_est("2024-03-27T17:29:59+01:00");
    remi.get(SEANCES).await.montre("Ouverte");
    signer(&nour, &page).await.mene_a("/charte/signatures/");
});

parcours!(une_seance_n_est_qu_au_gardien_et_ne_donne_aucun_droit_de_plus(banc) {
    let remi = gardien(banc).await;
    let (tenue, projetee) = annoncer(&remi).await;
    let cloture = format!("{tenue}/cloture");
    for page in [SEANCES, &tenue] {
        banc.public().get(page).await.demande_a_se_connecter();
    }
    for acte in [SEANCES, &cloture] {
        banc.public().post(acte, &JOURNEE).await.demande_a_se_connecter();
    }
    for qui in ["nour@terre.example", "erwan@cellule-bretagne.example", "claire@tresor.example"] {
        let autre = banc.personne(qui).await;
        for page in [SEANCES, &tenue] {
            autre.get(page).await.introuvable();
        }
        for acte in [SEANCES, &cloture] {
            autre.post(acte, &JOURNEE).await.introuvable();
        }
    }
    // Somebody of another pole signs for no other, sitting or not.
    let terre = banc.pole("Terre commune").await;
    let nour = banc.personne("nour@terre.example").await;
    let page = nour.get(&en_seance(&projetee)).await;
    let bastien = banc.personne("bastien@atelier.example").await;
    bastien.get(&format!("{}&pole={terre}", en_seance(&projetee))).await.introuvable();
    signer(&bastien, &page).await.introuvable();
    let inconnue = "/charte/signature?seance=018f0000-0000-7000-8000-000000000000";
    nour.get(inconnue).await.introuvable();
    nour.get("/charte/signature?seance=x").await.introuvable();
    banc.public().get("/charte/seances/018f0000-0000-7000-8000-000000000000").await.introuvable();
    assert_eq!(banc.compter("SELECT COUNT(*) FROM preuves_charte").await, 0);
});

parcours!(la_cellule_suit_la_seance_pour_sa_region_et_pour_elle_seule(banc) {
    let remi = gardien(banc).await;
    let erwan = banc.personne("erwan@cellule-bretagne.example").await;
    erwan.get("/charte/gestion/regions/53").await.tait("Séances de signature</h2>");
    let (tenue, projetee) = annoncer(&remi).await;
    let en_bretagne = format!("{tenue}/regions/53");
    erwan.get("/charte/gestion/regions/53").await.montre(&en_bretagne);
    erwan.get(&en_bretagne).await
        .montre("Encore attendus, Bretagne : 1")
        .montre("Nour Sillon")
        .tait("Clore la séance");
    let nour = banc.personne("nour@terre.example").await;
    let page = nour.get(&en_seance(&projetee)).await;
    let preuve = signer(&nour, &page).await.mene_a("/charte/signatures/");
    erwan.get(&en_bretagne).await.montre("Signées en séance, Bretagne : 1").montre(&preuve).montre("Encore attendus, Bretagne : 0");
    remi.get(&format!("{tenue}/regions/04")).await.montre("Signées en séance, La Réunion : 0");

    banc.public().get(&en_bretagne).await.demande_a_se_connecter();
    for qui in ["kelia@cellule-reunion.example", "nour@terre.example", "claire@tresor.example"] {
        banc.personne(qui).await.get(&en_bretagne).await.introuvable();
    }
    erwan.get(&format!("{tenue}/regions/04")).await.introuvable();
    erwan.get(&format!("{tenue}/regions/99")).await.introuvable();
    erwan.get(&tenue).await.introuvable();
});

parcours!(en_seance_un_laureat_sans_equipe_trouve_comment_revendiquer_son_pole(banc) {
    let remi = gardien(banc).await;
    let (_, projetee) = annoncer(&remi).await;
    // Answers for no pole here: never signed in support by default.
    let jeanne = banc.personne("jeanne@comite.example").await;
    for adresse in ["/charte/signature".to_owned(), en_seance(&projetee)] {
        jeanne.get(&adresse).await
            .montre("Vous ne répondez d’aucun pôle ici.")
            .montre("Trouver et revendiquer mon pôle")
            .tait("Signer en soutien aux pôles</button>");
    }
    let page = jeanne.get(&en_seance(&projetee)).await;
    page.montre("En séance, la cellule peut accepter votre revendication sur place.")
        .montre(&format!("soutien=oui&amp;seance={}", projetee.rsplit_once('/').unwrap().1));
    jeanne.get(&format!("{}&soutien=oui", en_seance(&projetee))).await
        .montre("Vous signez en séance")
        .montre("Signer en soutien aux pôles");
});

parcours!(la_preuve_porte_un_code_qui_mene_a_sa_verification(banc) {
    let nour = banc.personne("nour@terre.example").await;
    let page = nour.get("/charte/signature").await;
    let preuve = signer(&nour, &page).await.mene_a("/charte/signatures/");
    let lue = banc.public().get(&preuve).await;
    lue.montre("aria-label=\"Code QR qui mène à la vérification de cette signature\"");
    // The code is tested where it is drawn; its address is also a plain link.
    let (_, lien) = lue.texte.split_once("href=\"/verification?code=").unwrap();
    let code = lien.split_once('"').unwrap().0;
    banc.public().get(&format!("/verification?code={code}")).await.mene_a(&preuve);
    // A signature given before this house has no code to check.
    let anciennes = banc.public().get("/charte/signataires").await;
    let (_, suite) = anciennes.texte.rsplit_once("href=\"/charte/signatures/").unwrap();
    let ancienne = format!("/charte/signatures/{}", suite.split_once('"').unwrap().0);
    banc.public().get(&ancienne).await.tait("Code QR");
});

parcours!(un_soutien_qui_porte_un_pole_se_voit_et_jamais_pour_un_pole_reel(banc) {
    let remi = gardien(banc).await;
    let gwenn = banc.personne("gwenn@cellule-bretagne.example").await;
    remi.get("/charte/gestion").await.tait("Signatures à vérifier");
    let page = gwenn.get("/charte/signature?soutien=oui").await;
    let caches = ["version", "empreinte"].map(|nom| page.cache(nom));
    let signer = async |siren: &str| {
        let champs = [
            ("pole", ""),
            ("nom", "Les Amis des pôles"),
            ("siren", siren),
            ("version", &caches[0]),
            ("empreinte", &caches[1]),
            ("fonction", "gérante"),
            ("mandat", "representation"),
            ("pouvoir", "oui"),
            ("acceptation", "oui"),
        ];
        gwenn.post("/charte/signature", &champs).await.mene_a("/charte/signatures/")
    };
    // The number of the structure that carries an invented pole.
    signer("900000019").await;
    remi.get("/charte/gestion").await
        .montre("Signatures à vérifier")
        .montre("a signé en soutien aux pôles, et porte <a class=\"fr-link\" href=\"/poles/")
        .montre("Pôle des Rives</a> : cette signature ne compte pas pour le pôle");
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute(
        "INSERT INTO signatures_charte (id, pole, version, signee_le)
         SELECT p.id, p.id, 'egaree', 1 FROM poles p WHERE p.nom IN ('Terre commune', 'La Place des Possibles')",
        &[],
    ).await.unwrap();
    tx.commit().await.unwrap();
    remi.get("/charte/gestion").await
        .montre("Terre commune</a> a signé une version que personne n’a présentée ici : « egaree ».")
        .tait("La Place des Possibles");
    // The same number at a real pole: an invented signature says nothing of it.
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute(
        "UPDATE poles SET invente = $1 WHERE nom = 'Pôle des Rives'",
        &coopole::valeurs![false],
    ).await.unwrap();
    tx.commit().await.unwrap();
    remi.get("/charte/gestion").await.tait("a signé en soutien aux pôles, et porte");
});
