//! A council follows its territory, and is told what is new there.

use coopole::{
    comptes::{Creer, Habiliter, RefusCompte, Suspendre},
    socle::{
        droits::{Habilitation, Perimetre, Role},
        erreurs::Echec,
        horloge::RecuLe,
    },
};

use crate::{
    banc::Banc,
    imports::{apporter, demander},
    parcours,
};

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
    // The council of the cast follows it from the first day.
    assert_eq!(banc.compter("SELECT COUNT(*) FROM suivis").await, 2);
    bastien.get(MORLAIX).await.montre("Vous suivez ce territoire");
    bastien.get("/suivis").await.montre("Morlaix Communauté");
    bastien.post("/suivis", &[("genre", "epci"), ("code", "1")]).await.introuvable();

    // Nothing new: nothing is sent, and the next Monday stands.
    banc.il_est("2024-06-03T08:00:00+02:00");
    banc.taches().await;
    let nouvelles = "SELECT COUNT(*) FROM courriels WHERE genre = 'nouvelles'";
    assert_eq!(banc.compter(nouvelles).await, 0);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM taches WHERE genre = 'nouvelles' AND faite_le IS NULL").await, 2);

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
    assert_eq!(banc.compter(nouvelles).await, 2);

    // Nobody else ends it.
    let suivi: (uuid::Uuid,) = banc.app.db.lecture().await.unwrap()
        .fetch_one("SELECT s.id FROM suivis s JOIN comptes c ON c.id = s.compte WHERE c.courriel = 'bastien@atelier.example'", &[])
        .await.unwrap();
    let fin = format!("/suivis/{}/fin", suivi.0);
    public.post(&fin, &[]).await.demande_a_se_connecter();
    banc.porteuse().await.post(&fin, &[]).await.introuvable();
    bastien.post(&fin, &[]).await.mene_a("/suivis");
    bastien.get("/suivis").await.montre("Vous ne suivez aucun territoire.");
    banc.il_est("2024-06-17T08:00:00+02:00");
    banc.taches().await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM taches WHERE genre = 'nouvelles' AND faite_le IS NULL").await, 1);
});

const MAELLE: &str = "maelle@communaute.example";
const SIEN: &str = "/espace/territoires/epci/242900835";

/// That pole comes to be known on that day: nothing said so before.
async fn arrive(banc: &Banc, pole: &str, le: &str) {
    let pole = uuid::Uuid::parse_str(&banc.pole(pole).await).unwrap();
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute(
        "DELETE FROM signatures_charte WHERE pole = $1",
        &coopole::valeurs![pole],
    )
    .await
    .unwrap();
    tx.execute(
        "DELETE FROM laureats WHERE pole = $1",
        &coopole::valeurs![pole],
    )
    .await
    .unwrap();
    let le: jiff::Timestamp = le.parse().unwrap();
    coopole::poles::record_signature(&mut tx, pole, "2021-06-30", le)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

parcours!(une_collectivite_a_son_territoire_dans_son_espace(banc) {
    banc.public().get(SIEN).await.demande_a_se_connecter();
    let maelle = banc.personne(MAELLE).await;
    let espace = maelle.get("/espace").await;
    espace.montre("Votre territoire").montre(&format!("href=\"{SIEN}\""))
        .montre("1 pôle inscrit, aucun nouveau depuis le lundi 25 mars 2024");
    espace.montre("Vous agissez pour").montre(&format!("href=\"{SIEN}\">Mon territoire"));
    assert!(!espace.texte.contains("Rien à faire"));

    let page = maelle.get(SIEN).await;
    page.montre("Mon territoire – ").montre("Morlaix Communauté").montre("Aucun pôle n’est nouveau.")
        .montre("Le dernier venu").montre("lundi 5 juillet 2021")
        .montre("href=\"/poles.csv?epci=242900835\"").montre("href=\"/poles-tableur.csv?epci=242900835\"")
        .montre("Écrire à la cellule").montre("Proposer une correction").montre("href=\"/aide#ecrire\"")
        .montre("Ne plus suivre ce territoire")
        // Its navigation: the whole of it is of its territory.
        .montre("href=\"/poles?epci=242900835\"").montre("href=\"/carte?epci=242900835\"");

    // A cell that publishes its address is written to.
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("UPDATE cellules SET courriel = 'ecrire@cellule-bretagne.example' WHERE region = '53'", &[]).await.unwrap();
    tx.commit().await.unwrap();
    banc.il_est("2024-03-28T09:00:00+01:00");
    arrive(banc, "Pôle des Rives", "2024-03-27T14:00:00+01:00").await;
    maelle.get("/espace").await.montre("1 pôle inscrit, 1 nouveau depuis");
    let page = maelle.get(SIEN).await;
    page.montre("mailto:ecrire@cellule-bretagne.example").montre("le mercredi 27 mars 2024");
    assert!(!page.texte.contains("Aucun pôle n’est nouveau") && !page.texte.contains("/aide#ecrire"));

    // Told on Monday, without having asked; until it asks no more.
    banc.il_est("2024-04-01T08:00:00+02:00");
    banc.taches().await;
    assert!(banc.dernier_courriel(MAELLE).await.contains("Pôle des Rives"));
    let (_, suite) = page.texte.split_once("action=\"/suivis/").unwrap();
    let fin = format!("/suivis/{}", suite.split_once('"').unwrap().0);
    banc.personne("bastien@atelier.example").await.post(&fin, &[]).await.introuvable();
    maelle.post(&fin, &[]).await.mene_a("/suivis");
    maelle.get(SIEN).await.montre("Suivre ce territoire");
    banc.il_est("2024-04-08T08:00:00+02:00");
    banc.taches().await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM courriels WHERE genre = 'nouvelles'").await, 1);
});

parcours!(une_collectivite_ne_lit_que_son_territoire_et_personne_d_autre_ne_le_lit_pour_elle(banc) {
    for autre in ["solene@rives.example", "gwenn@cellule-bretagne.example", "samir@coopole.example"] {
        let autre = banc.personne(autre).await;
        autre.get(SIEN).await.introuvable();
        assert!(!autre.get("/espace").await.texte.contains("Votre territoire"));
    }
    let maelle = banc.personne(MAELLE).await;
    for ailleurs in ["/espace/territoires/departement/29", "/espace/territoires/region/53",
                     "/espace/territoires/epci/1", "/espace/territoires/commune/29151"] {
        maelle.get(ailleurs).await.introuvable();
    }
    for porte in ["/corrections", "/revendications", "/doublons", "/imports", "/cellule", "/comite", "/pilotage",
                  "/charte/gestion", "/journal", "/admin"] {
        maelle.get(porte).await.introuvable();
    }
    // It corrects as anyone does: it proposes, and decides nothing.
    let rives = banc.pole("Pôle des Rives").await;
    maelle.post(&format!("/poles/{rives}/corrections/maturite"), &[("valeur", "mature"), ("source", "Une visite")]).await
        .mene_a(&format!("/poles/{rives}/corrections"));
    let (id,): (uuid::Uuid,) = banc.app.db.lecture().await.unwrap()
        .fetch_one("SELECT id FROM corrections", &[]).await.unwrap();
    maelle.post(&format!("/corrections/{id}/moderation"), &[("sort", "retenue")]).await.introuvable();
    // Suspended, it has nothing left.
    let recu_le = RecuLe::maintenant(&banc.app.horloge);
    banc.app.accomplir(Suspendre { courriel: MAELLE.into(), recu_le }).await.unwrap();
    banc.personne(MAELLE).await.get(SIEN).await.introuvable();
});

parcours!(une_collectivite_tient_une_region_un_departement_ou_une_intercommunalite(banc) {
    let recu_le = RecuLe::maintenant(&banc.app.horloge);
    let courriel = || "conseil@departement.example".to_owned();
    banc.app.accomplir(Creer { courriel: courriel(), nom: "Conseil d’essai".into(), recu_le }).await.unwrap();
    let habiliter = |perimetre| {
        let habilitation = Habilitation { role: Role::Collectivite, qualite: None, perimetre };
        Habiliter { courriel: courriel(), habilitation, du: None, au: None, recu_le }
    };
    let pole = Perimetre::Pole(banc.pole("Pôle des Rives").await.parse().unwrap());
    for ailleurs in [Perimetre::National, pole] {
        let refus = banc.app.accomplir(habiliter(ailleurs)).await;
        assert!(matches!(refus, Err(Echec::Refus(RefusCompte::Perimetre { .. }))));
    }
    let region = Perimetre::Region(metier::commun::Region::par_code("53").unwrap());
    for perimetre in [Perimetre::Departement("29"), region] {
        banc.app.accomplir(habiliter(perimetre)).await.unwrap();
        let encore = banc.app.accomplir(habiliter(perimetre)).await;
        assert!(matches!(encore, Err(Echec::Refus(RefusCompte::DejaHabilite))));
    }
    assert_eq!(banc.compter("SELECT COUNT(*) FROM suivis WHERE code IN ('29', '53')").await, 2);
    let conseil = banc.personne(&courriel()).await;
    conseil.get("/espace").await.montre("Finistère (29)</a> : 1 pôle inscrit").montre("Bretagne</a> : ");
    conseil.get("/espace/territoires/departement/29").await.montre("Pôle des Rives").montre("href=\"/poles.csv?departement=29\"");
    conseil.get("/espace/territoires/region/53").await.montre("Atelier du Pays").montre("href=\"/regions/53\"");
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

parcours!(un_pole_importe_est_nouveau_le_jour_ou_il_entre_et_ceux_du_premier_jour_ne_le_sont_pas(banc) {
    let (public, maelle) = (banc.public(), banc.personne(MAELLE).await);
    // The register began with these: no source dates their signs, and no feed
    // says that they are new.
    public.get("/poles.atom?monde=reels").await.tait("<entry>");

    banc.il_est("2024-03-28T09:00:00+01:00");
    let import = apporter(banc, b"nom;Code INSEE\r\nGrange aux Savoirs;29151\r\n").await;
    demander(banc, &import, "application").await;
    let flux = "/poles.atom?epci=242900835";
    let lu = public.get(flux).await;
    lu.montre("Grange aux Savoirs").montre("inscrit au registre le 28 mars 2024.")
        .montre("premier signe le 5 juillet 2021.");
    public.get(&format!("{flux}&monde=reels")).await.montre("Nouveaux pôles réels").tait("<entry>");
    public.get("/poles.atom").await.montre("<title>Nouveaux pôles</title>").montre("Grange aux Savoirs");
    maelle.get("/espace").await.montre("2 pôles inscrits, 1 nouveau depuis");
    maelle.get(SIEN).await.montre("Grange aux Savoirs").montre("inscrit au registre le jeudi 28 mars 2024");
    let derniers = public.get("/poles?epci=242900835&tri=arrivee").await;
    let place = |nom: &str| derniers.texte.find(&format!(">{nom}</a>")).unwrap();
    assert!(place("Grange aux Savoirs") < place("Pôle des Rives"), "le dernier venu d’abord");

    banc.il_est("2024-04-01T08:00:00+02:00");
    banc.taches().await;
    let courriel = banc.dernier_courriel(MAELLE).await;
    assert!(courriel.contains("Un pôle est nouveau") && courriel.contains("inscrit au registre le 28 mars 2024"), "{courriel}");

    // One pole with one that was there: it is not new, until that is undone.
    let gwenn = banc.personne("gwenn@cellule-bretagne.example").await;
    let (grange, rives) = (banc.pole("Grange aux Savoirs").await, banc.pole("Pôle des Rives").await);
    gwenn.post(&format!("/doublons/{grange}/{rives}"), &[("motif", "Un seul pôle")]).await.mene_a("/poles/");
    public.get(flux).await.montre("Grange aux Savoirs").montre("premier signe le 5 juillet 2021.").tait("inscrit au registre");
    let (fusion,): (uuid::Uuid,) = banc.app.db.lecture().await.unwrap()
        .fetch_one("SELECT id FROM fusions", &[]).await.unwrap();
    let (avant,): (Option<i64>,) = banc.app.db.lecture().await.unwrap()
        .fetch_one("SELECT inscrit_le FROM poles WHERE nom = 'Grange aux Savoirs'", &[]).await.unwrap();
    assert_eq!(avant, None, "l’une des deux était là au premier jour");
    let motif = format!("motif-{fusion}");
    gwenn.post(&format!("/fusions/{fusion}/annulation"), &[(&motif, "Deux pôles")]).await.mene_a("/doublons/");
    public.get(flux).await.montre("inscrit au registre le 28 mars 2024.");
});

parcours!(un_courriel_nomme_cinquante_poles_et_dit_ou_lire_les_autres(banc) {
    let maelle = banc.personne(MAELLE).await;
    banc.il_est("2024-03-28T09:00:00+01:00");
    let lignes: String = (10..62).map(|rang| format!("Atelier numéro {rang};29151\r\n")).collect();
    let import = apporter(banc, format!("nom;Code INSEE\r\n{lignes}").as_bytes()).await;
    demander(banc, &import, "application").await;
    maelle.get("/espace").await.montre("52 nouveaux depuis");
    let suite = "/poles?epci=242900835&tri=arrivee";
    maelle.get(SIEN).await.montre("Et 2 autres").montre("href=\"/poles?epci=242900835&amp;tri=arrivee\"");

    banc.il_est("2024-04-01T08:00:00+02:00");
    banc.taches().await;
    let courriel = banc.dernier_courriel(MAELLE).await;
    assert!(courriel.contains("52 pôles sont nouveaux"), "{courriel}");
    assert_eq!(courriel.matches("Atelier numéro").count(), 50);
    assert!(courriel.contains("et 2 autres, dans la liste") && courriel.contains(suite), "{courriel}");
    // The list has them all, page after page, in that order.
    let premiere = maelle.get(suite).await;
    premiere.montre("25 pôles affichés sur 53");
    let (_, suivante) = premiere.texte.split_once("&amp;apres=").unwrap();
    let suivante = format!("{suite}&apres={}", suivante.split_once('"').unwrap().0);
    let deuxieme = maelle.get(&suivante).await;
    deuxieme.montre("25 pôles affichés sur 53").tait(">Pôle des Rives</a>");
});
