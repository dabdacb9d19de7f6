//! The keeper of the register brings lists: each line is read again before
//! anything is written, applied at once, and put back as a whole.

use axum::body::Body;
use rust_xlsxwriter::{Formula, Workbook};

use crate::{
    banc::{Banc, Reponse, Visiteur},
    binaire::{Serveur, commande, get},
    parcours,
    plantage::regler,
};

pub const REMI: &str = "remi@labo.example";
pub const GWENN: &str = "gwenn@cellule-bretagne.example";

/// Sends the form of a list.
pub async fn envoyer(qui: &Visiteur<'_>, (source, du): (&str, &str), octets: &[u8]) -> Reponse {
    let mut corps = Vec::new();
    for (nom, valeur) in [("source", source), ("du", du)] {
        corps.extend_from_slice(
            format!(
                "--limite\r\nContent-Disposition: form-data; name=\"{nom}\"\r\n\r\n{valeur}\r\n"
            )
            .as_bytes(),
        );
    }
    corps.extend_from_slice(
        b"--limite\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"liste.csv\"\r\n\
          Content-Type: application/octet-stream\r\n\r\n",
    );
    corps.extend_from_slice(octets);
    corps.extend_from_slice(b"\r\n--limite--\r\n");
    qui.post_brut(
        "/imports",
        "multipart/form-data; boundary=limite",
        Body::from(corps),
    )
    .await
}

/// A list brought in and read to its end: its address.
pub async fn apporter(banc: &Banc, octets: &[u8]) -> String {
    let remi = banc.personne(REMI).await;
    let reponse = envoyer(&remi, ("Relevé du Labo", "2024-03-12"), octets).await;
    let adresse = reponse.mene_a("/imports/");
    banc.taches().await;
    adresse
}

/// Asks for it to be applied, or put back; the job then does what it can.
pub async fn demander(banc: &Banc, import: &str, acte: &str) {
    let remi = banc.personne(REMI).await;
    let demande = remi.post(&format!("{import}/{acte}"), &[]).await;
    demande.mene_a(import);
    banc.taches().await;
}

fn latin1(texte: &str) -> Vec<u8> {
    texte
        .chars()
        .map(|signe| u8::try_from(u32::from(signe)).unwrap())
        .collect()
}

const LISTE: &str = "nom;Code INSEE;structure_porteuse;siret;maturite;rural;Couleur\r\n\
    Pôle des Rives;29151;;;mature;oui;bleu\r\n\
    Grange aux Savoirs;1004;La Grange;73282932000074;émergent;;\r\n\
    GRANGE aux savoirs;01004;;;;;\r\n\
    ;;;;;;\r\n\
    Mauvais numéro;29151;Structure;73282932000075;vieux;;\r\n\
    La Place des Possibles;;;;mature;;\r\n\
    Atelier du Pays;56178;;;mature;;\r\n\
    Terre commune;56178;;;;;\r\n";

parcours!(une_liste_se_relit_s_applique_d_un_coup_et_s_annule_en_entier(banc) {
    let (public, remi) = (banc.public(), banc.personne(REMI).await);
    let rives = format!("/poles/{}", banc.pole("Pôle des Rives").await);
    let import = apporter(banc, &latin1(LISTE)).await;

    let relue = remi.get(&import).await;
    relue
        .montre("CSV, point-virgule, Windows-1252")
        .montre("« Couleur »")
        .montre("Appliquer 2 lignes")
        .montre("Code de commune « 1004 » lu « 01004 ».")
        .montre("La ligne 3 nomme déjà ce pôle.")
        .montre("chiffre inexact")
        .montre("n’est pas une maturité")
        .montre("Ce pôle existe : dans cette démonstration, sa fiche ne change pas.")
        .montre("La fiche dit déjà tout cela.");
    remi.get(&format!("{import}?sort=mise_a_jour")).await
        .montre("« Mature », auparavant « non connu »");
    let refusees = remi.get(&format!("{import}?sort=refusee")).await;
    assert!(!refusees.texte.contains("auparavant"));
    remi.get(&format!("{import}?sort=ambigue")).await.montre("de quelle fiche s’agit-il ?").montre("Redon");
    let refus = remi.get(&format!("{import}/refus")).await;
    refus.montre("ligne;colonne;motif;nom").montre("6;siret, maturite;").montre("73282932000075");
    assert!(!refus.texte.contains("Pôle des Rives"));
    for rien in ["SELECT COUNT(*) FROM modifications", "SELECT COUNT(*) FROM poles WHERE nom LIKE 'Grange%'"] {
        assert_eq!(banc.compter(rien).await, 0, "écrit trop tôt");
    }

    // The ambiguous line is another pole of the same name.
    let choix = format!("{import}/lignes/8/choix");
    remi.post(&choix, &[]).await.refuse("Choisissez une fiche");
    remi.post(&format!("{import}/lignes/2/choix"), &[("choix-2", "creer")]).await.introuvable();
    remi.post(&choix, &[("choix-8", "creer")]).await.mene_a(&import);
    remi.get(&import).await.montre("Appliquer 3 lignes");

    let poles = banc.compter("SELECT COUNT(*) FROM poles").await;
    remi.post(&format!("{import}/application"), &[]).await.mene_a(&import);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles").await, poles, "le travail n’a pas commencé");
    remi.get(&import).await
        .montre("Application en cours. Le registre change d’un coup, à la fin.")
        .montre("Actualiser")
        .tait("Appliquer 3 lignes")
        .tait("Retenir ce choix");
    banc.app.avancements.dire(import.trim_start_matches("/imports/").parse().unwrap(), 2);
    remi.get(&import).await.montre("Application en cours : 2 lignes sur 3.");
    for autre in ["application", "annulation", "relecture"] {
        remi.post(&format!("{import}/{autre}"), &[]).await.refuse("Cet import est en cours d’application.");
    }
    remi.post(&choix, &[("choix-8", "creer")]).await.refuse("en cours d’application");
    banc.taches().await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles").await, poles + 2);
    remi.get(&import).await.montre("3 lignes appliquées le").montre("Annuler cet import");
    remi.post(&format!("{import}/application"), &[]).await.refuse("Cet import est déjà appliqué.");
    public.get("/poles?q=savoirs").await.montre("Grange aux Savoirs").montre("Inventé");
    public.get(&rives).await
        .montre("Mature")
        .montre("auparavant « non connu »")
        .montre("Import : Relevé du Labo (liste du 12/03/2024)");

    remi.post(&format!("{import}/annulation"), &[]).await.mene_a(&import);
    remi.get(&import).await.montre("Annulation en cours.").tait("Annuler cet import");
    remi.post(&format!("{import}/annulation"), &[]).await.refuse("Cet import est en cours d’annulation.");
    banc.taches().await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles").await, poles);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM structures WHERE siret = '73282932000074'").await, 0);
    remi.get(&import).await.montre("annulé en entier");
    remi.post(&format!("{import}/annulation"), &[]).await.refuse("Cet import est annulé.");
    public.get("/poles?q=savoirs&exact=oui").await.montre("Aucun pôle");
    public.get(&rives).await.montre("Annulée depuis").montre("Annulation de l’import");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE nom = 'Pôle des Rives' AND maturite IS NULL AND rural IS NULL").await, 1);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE genre = 'import'").await, 2);
});

parcours!(seul_qui_tient_le_registre_importe(banc) {
    let import = apporter(banc, b"nom\nGrange\n").await;
    let actes = ["application", "annulation", "relecture", "lignes/2/choix"].map(|acte| format!("{import}/{acte}"));
    let pages = ["/imports".to_owned(), "/imports/modele".to_owned(), import.clone(), format!("{import}/refus")];
    let public = banc.public();
    for page in &pages {
        public.get(page).await.demande_a_se_connecter();
    }
    for acte in &actes {
        public.post(acte, &[]).await.demande_a_se_connecter();
    }
    for autre in [GWENN, "solene@rives.example", "claire@tresor.example", "samir@coopole.example"] {
        let autre = banc.personne(autre).await;
        for page in &pages {
            autre.get(page).await.introuvable();
        }
        for acte in &actes {
            autre.post(acte, &[]).await.introuvable();
        }
        envoyer(&autre, ("Relevé", "2024-03-12"), b"nom\nGrange\n").await.introuvable();
    }
    assert_eq!(banc.compter("SELECT COUNT(*) FROM imports").await, 1);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE nom = 'Grange'").await, 0);
});

parcours!(l_animation_nationale_trouve_sa_porte_et_le_registre_reste_allume_a_chacune(banc) {
    use coopole::{
        comptes::{Creer, Habiliter},
        socle::{
            droits::{Habilitation, Perimetre, Role},
            horloge::RecuLe,
        },
    };
    let recu_le = RecuLe::maintenant(&banc.app.horloge);
    let courriel = || "animation@reseau.example".to_owned();
    banc.app.accomplir(Creer { courriel: courriel(), nom: "Animation d’essai".into(), recu_le }).await.unwrap();
    let habilitation = Habilitation { role: Role::Animation, qualite: None, perimetre: Perimetre::National };
    banc.app.accomplir(Habiliter { courriel: courriel(), habilitation, recu_le }).await.unwrap();
    let animation = banc.personne(&courriel()).await;
    animation.get("/espace").await.montre("Animation nationale").montre("href=\"/imports\"");
    animation.get("/imports").await.montre("href=\"/imports\" aria-current=\"page\">Registre");
    for porte in ["/corrections", "/revendications", "/doublons", "/charte/gestion"] {
        animation.get(porte).await.introuvable();
    }

    for (qui, entree, portes) in [
        (GWENN, "/corrections", &["/corrections", "/revendications", "/doublons"][..]),
        ("claire@tresor.example", "/corrections", &["/corrections", "/revendications", "/doublons"][..]),
        (REMI, "/imports", &["/imports", "/doublons"][..]),
    ] {
        let qui = banc.personne(qui).await;
        for porte in portes {
            qui.get(porte).await.montre(&format!("href=\"{entree}\" aria-current=\"page\">Registre"));
        }
    }
    // Elsewhere it is not lit.
    let signatures = banc.personne(REMI).await.get("/charte/gestion/signatures").await;
    assert!(!signatures.texte.contains("href=\"/imports\" aria-current"));
});

parcours!(un_registre_qui_a_change_arrete_l_application_puis_l_annulation(banc) {
    let rives = format!("/poles/{}/corrections/maturite", banc.pole("Pôle des Rives").await);
    let (remi, gwenn) = (banc.personne(REMI).await, banc.personne(GWENN).await);
    let corriger = async |valeur: &str| {
        gwenn.post(&rives, &[("valeur", valeur), ("source", "Une visite")]).await.mene_a("/poles/");
    };
    let import = apporter(banc, "nom,maturite\nPôle des Rives,mature\nGrange,\n".as_bytes()).await;
    corriger("emergent").await;
    demander(banc, &import, "application").await;
    remi.get(&import).await
        .montre("rien n’est écrit.")
        .montre("Le registre a changé depuis la relecture, pour la ligne 2.")
        .montre("Relisez le fichier")
        .montre("Appliquer 2 lignes");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE nom = 'Grange'").await, 0);

    remi.post(&format!("{import}/relecture"), &[]).await.mene_a(&import);
    remi.get(&import).await.montre("Lecture en cours");
    remi.post(&format!("{import}/application"), &[]).await.refuse("en cours de lecture");
    banc.taches().await;
    remi.get(&import).await.montre("« Mature », auparavant « Émergent »").tait("Le registre a changé");
    demander(banc, &import, "application").await;

    corriger("existant").await;
    demander(banc, &import, "annulation").await;
    remi.get(&import).await
        .montre("Depuis l’import, la fiche « Pôle des Rives » a reçu : une modification (Maturité).")
        .montre("Annuler cet import");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE nom = 'Grange'").await, 1);
    corriger("mature").await;
    // Something hangs on a record it created.
    let grange = format!("/poles/{}/corrections/rural", banc.pole("Grange").await);
    banc.personne("claire@tresor.example").await
        .post(&grange, &[("valeur", "oui"), ("source", "Une visite")]).await.mene_a("/poles/");
    demander(banc, &import, "annulation").await;
    remi.get(&import).await
        .montre("Depuis l’import, la fiche « Grange » a reçu : une modification.")
        .montre(&format!("href=\"/poles/{}\"", banc.pole("Grange").await))
        .montre("Défaites d’abord ce qui a suivi");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE genre = 'import'").await, 1);
});

parcours!(deux_lectures_du_meme_pole_ne_le_creent_pas_deux_fois(banc) {
    let remi = banc.personne(REMI).await;
    let (un, autre) = (apporter(banc, b"nom\nGrange\n").await, apporter(banc, b"nom\nLa grange\nGRANGE\n").await);
    demander(banc, &un, "application").await;
    demander(banc, &autre, "application").await;
    remi.get(&autre).await.montre("pour la ligne 3.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE cle_tri LIKE '%grange'").await, 1);
});

parcours!(une_commune_donnee_par_un_import_se_reprend_telle_qu_elle_etait(banc) {
    let rives = format!("/poles/{}", banc.pole("Pôle des Rives").await);
    let id = banc.pole("Pôle des Rives").await;
    let liste = format!("identifiant;commune;departement\n{id};Saint-Denis;974\n");
    let import = apporter(banc, liste.as_bytes()).await;
    demander(banc, &import, "application").await;
    banc.public().get(&rives).await.montre("Saint-Denis (974), La Réunion");
    demander(banc, &import, "annulation").await;
    banc.public().get(&rives).await.montre("Morlaix (29), Bretagne");
});

parcours!(chaque_information_d_une_liste_se_change_et_se_reprend(banc) {
    let rives = format!("/poles/{}", banc.pole("Pôle des Rives").await);
    let id = banc.pole("Pôle des Rives").await;
    let pole: uuid::Uuid = id.parse().unwrap();
    let dite = async || {
        let mut base = banc.app.db.lecture().await.unwrap();
        let fiches = coopole::poles::lot::fiches(&mut base, &[pole].into()).await.unwrap();
        format!("{:?}", fiches[&pole].etat)
    };
    let avant = dite().await;
    let liste = format!(
        "identifiant;nom;themes;maturite;rural;qpv;presentation;site\n\
         {id};Grand Pôle des Rives;recyclerie;mature;oui;non;Un atelier de cartonnage;https://rives-neuves.example\n");
    let import = apporter(banc, liste.as_bytes()).await;
    demander(banc, &import, "application").await;
    banc.public().get(&rives).await
        .montre("Grand Pôle des Rives")
        .montre("Un atelier de cartonnage")
        .montre("rives-neuves.example");
    for cherche in ["/poles?q=cartonnage", "/poles?q=grand+rives", "/poles?theme=recyclerie&q=rives"] {
        banc.public().get(cherche).await.montre("Grand Pôle des Rives");
    }
    let changee = dite().await;
    for valeur in ["\"recyclerie\"", "Some(\"mature\")", "rural: Some(true)", "qpv: Some(false)"] {
        assert!(changee.contains(valeur), "{valeur} : {changee}");
    }

    demander(banc, &import, "annulation").await;
    assert_eq!(dite().await, avant);
    banc.public().get("/poles?q=cartonnage&exact=oui").await.montre("Aucun pôle");
});

parcours!(une_application_qui_casse_au_milieu_ne_laisse_rien_et_reprend(banc) {
    let remi = banc.personne(REMI).await;
    let liste = "nom;structure_porteuse;maturite\nPôle des Rives;;mature\nGrange;La Grange;\n";
    let import = apporter(banc, liste.as_bytes()).await;
    let poles = banc.compter("SELECT COUNT(*) FROM poles").await;
    let executer = async |sql: &'static str| {
        let mut tx = banc.app.db.begin().await.unwrap();
        tx.execute(sql, &[]).await.unwrap();
        tx.commit().await.unwrap();
    };
    let rien = async || {
        assert_eq!(banc.compter("SELECT COUNT(*) FROM poles").await, poles);
        assert_eq!(banc.compter("SELECT COUNT(*) FROM modifications").await, 0);
        assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE genre = 'import'").await, 0);
    };
    // The structure of the second line will find its place taken.
    executer("INSERT INTO structures (id, nom) SELECT pole, 'autre' FROM lignes_des_imports WHERE sort = 'creee'").await;
    demander(banc, &import, "application").await;
    rien().await;
    remi.get(&import).await.montre("Application en cours.").tait("sur 2");
    // Failing again and again, it is given back.
    for _ in 0..2 {
        executer("UPDATE taches SET pas_avant = 0 WHERE faite_le IS NULL").await;
        banc.taches().await;
    }
    rien().await;
    remi.get(&import).await
        .montre("Une panne a arrêté le travail avant sa fin : le registre n’a pas changé.")
        .montre("Appliquer 2 lignes");

    demander(banc, &import, "application").await;
    executer("DELETE FROM structures WHERE nom = 'autre'").await;
    executer("UPDATE taches SET pas_avant = 0 WHERE faite_le IS NULL").await;
    banc.taches().await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles").await, poles + 1);
    remi.get(&import).await.montre("2 lignes appliquées").tait("Une panne");
});

parcours!(une_application_tuee_au_milieu_recommence(banc) {
    let remi = banc.personne(REMI).await;
    let mut liste = String::from("nom;presentation\n");
    for n in 0..6_000 {
        liste.push_str(&format!("Pôle numéro {n};Une grange partagée, un atelier de cartonnage et un marché de quartier\n"));
    }
    let import = apporter(banc, liste.as_bytes()).await;
    let poles = banc.compter("SELECT COUNT(*) FROM poles").await;
    let mots = banc.compter("SELECT COUNT(*) FROM mots_des_poles").await;
    remi.post(&format!("{import}/application"), &[]).await.mene_a(&import);

    let secret = banc.secret(REMI).await;
    let mut serveur = Serveur::demarrer(regler(banc, commande(banc.donnees(), &["serve", "--demo"])));
    while !get(&serveur.adresse, &import, &secret).await.contains("sur 6") {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    serveur.tuer();

    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles").await, poles);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM mots_des_poles").await, mots);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM imports WHERE etat = 'en_application'").await, 1);
    // Its lease would end by itself, in a minute.
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("UPDATE taches SET bail_fin = 0 WHERE faite_le IS NULL", &[]).await.unwrap();
    tx.commit().await.unwrap();
    banc.taches().await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles").await, poles + 6_000);
    remi.get(&import).await.montre("6 000 lignes appliquées");
    banc.public().get("/poles?q=cartonnage").await.montre("6 000 pôles");
});

parcours!(une_lecture_tuee_au_milieu_recommence(banc) {
    let remi = banc.personne(REMI).await;
    let mut liste = String::from("nom;presentation\n");
    for n in 0..12_000 {
        liste.push_str(&format!("Pôle numéro {n};Une grange partagée, un atelier de cartonnage\n"));
    }
    let import = envoyer(&remi, ("Relevé", "2024-03-12"), liste.as_bytes()).await.mene_a("/imports/");
    let mut serveur = Serveur::demarrer(regler(banc, commande(banc.donnees(), &["serve", "--demo"])));
    while banc.compter("SELECT COUNT(*) FROM lignes_des_imports").await == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    serveur.tuer();
    assert_eq!(banc.compter("SELECT COUNT(*) FROM imports WHERE etat = 'en_lecture'").await, 1, "tuée trop tard");

    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("UPDATE taches SET bail_fin = 0 WHERE faite_le IS NULL", &[]).await.unwrap();
    tx.commit().await.unwrap();
    banc.taches().await;
    remi.get(&import).await.montre("Appliquer 12 000 lignes");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM lignes_des_imports").await, 12_000);
});

parcours!(un_travail_qui_echoue_a_chaque_fois_se_dit_et_se_redemande(banc) {
    let remi = banc.personne(REMI).await;
    let import = apporter(banc, b"nom\nGrange\n").await;
    let executer = async |sql: &'static str| {
        let mut tx = banc.app.db.begin().await.unwrap();
        tx.execute(sql, &[]).await.unwrap();
        tx.commit().await.unwrap();
    };
    // The machine died three times while it read.
    remi.post(&format!("{import}/relecture"), &[]).await.mene_a(&import);
    executer("UPDATE taches SET essais = 3 WHERE faite_le IS NULL").await;
    banc.taches().await;
    remi.get(&import).await
        .montre("Lecture interrompue")
        .montre("la lecture de ce fichier s’est arrêtée.")
        .montre("Rien n’est écrit dans le registre.")
        .montre("Relire le fichier");
    remi.get("/imports").await.montre("Lecture interrompue");
    remi.post(&format!("{import}/application"), &[]).await.refuse("La lecture de ce fichier a été interrompue.");
    remi.post(&format!("{import}/relecture"), &[]).await.mene_a(&import);
    banc.taches().await;
    remi.get(&import).await.montre("Appliquer 1 ligne");

    remi.post(&format!("{import}/application"), &[]).await.mene_a(&import);
    executer("UPDATE taches SET essais = 3 WHERE faite_le IS NULL").await;
    banc.taches().await;
    remi.get(&import).await.montre("Une panne a arrêté le travail avant sa fin").montre("Appliquer 1 ligne");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE nom = 'Grange'").await, 0);

    // Its file is lost: every try fails.
    for fichier in banc.noms_des_fichiers() {
        std::fs::remove_file(fichier).unwrap();
    }
    remi.post(&format!("{import}/relecture"), &[]).await.mene_a(&import);
    for essai in 1..=3 {
        executer("UPDATE taches SET pas_avant = 0 WHERE faite_le IS NULL").await;
        remi.get(&import).await.montre("Lecture en cours");
        banc.taches().await;
        assert_eq!(banc.compter("SELECT COUNT(*) FROM taches WHERE faite_le IS NULL AND genre = 'lecture_import'").await, i64::from(essai < 3));
    }
    remi.get(&import).await.montre("la lecture de ce fichier s’est arrêtée.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM lignes_des_imports").await, 0);
});

parcours!(une_lecture_coupee_recommence_de_rien(banc) {
    let remi = banc.personne(REMI).await;
    let import = apporter(banc, b"nom\nGrange\n").await;
    remi.post(&format!("{import}/relecture"), &[]).await.mene_a(&import);
    // What a reading that died had written.
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute(
        "INSERT INTO lignes_des_imports (import, ligne, sort, dite, choisie)
         SELECT id, 2, 'refusee', '{}', vides = 1 FROM imports", &[]).await.unwrap();
    tx.execute("UPDATE imports SET lues = 700", &[]).await.unwrap();
    tx.commit().await.unwrap();
    banc.taches().await;
    remi.get(&import).await.montre("Appliquer 1 ligne");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM lignes_des_imports").await, 1);
    assert_eq!(banc.compter("SELECT lues FROM imports").await, 1);
});

parcours!(un_fichier_hostile_dit_pourquoi_il_ne_se_lit_pas(banc) {
    let remi = banc.personne(REMI).await;
    let cas: [(&[u8], &str); 6] = [
        ("nom;Commune;ville\na;b;c\n".as_bytes(), "Des colonnes disent deux fois la même information"),
        (b"commune;themes\nMorlaix;laine\n", "Aucune colonne ne dit de quel pôle parle une ligne"),
        (b"%PDF-1.7 ...", "n’est pas un tableau"),
        (b"PK\x03\x04 pas une archive", "abîmé ou protégé"),
        (b";;;\n;;\n", "Ce fichier est vide"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "un classeur d’avant 2007"),
    ];
    for (octets, attendu) in cas {
        let import = apporter(banc, octets).await;
        remi.get(&import).await.montre("ce fichier ne peut pas être lu.").montre(attendu);
        remi.post(&format!("{import}/application"), &[]).await.refuse("Ce fichier ne peut pas être lu.");
    }
    // A quote left open swallows the rest: the line says so, nothing else is lost in silence.
    let avale = format!("nom\n\"Grange\n{}", "x\n".repeat(6_000));
    let import = apporter(banc, avale.as_bytes()).await;
    remi.get(&import).await.montre("un guillemet ouvert avant elle");

    let fichiers = banc.fichiers();
    envoyer(&remi, ("", "2024-03-12"), b"nom\n").await
        .refuse("Dites d’où vient cette liste").refuse("Choisissez de nouveau le fichier");
    envoyer(&remi, ("Relevé", "2999-01-01"), b"nom\n").await.refuse("ne peut être à venir");
    envoyer(&remi, ("Relevé", "2024-03-12"), b"").await.refuse("Choisissez le fichier");
    assert_eq!(banc.fichiers(), fichiers, "un refus ne garde aucun fichier");
});

parcours!(un_classeur_se_lit_comme_un_tableur_le_montre(banc) {
    let mut classeur = Workbook::new();
    let feuille = classeur.add_worksheet();
    for (colonne, titre) in ["nom", "siret", "structure", "code insee", "rural", "description"].iter().enumerate() {
        feuille.write(0, colonne as u16, *titre).unwrap();
    }
    feuille.write(3, 0, "Grange aux Savoirs").unwrap();
    feuille.write(3, 1, 73_282_932_000_074_f64).unwrap();
    feuille.write(3, 2, "La Grange").unwrap();
    feuille.write(3, 3, 1004).unwrap();
    feuille.write(3, 4, true).unwrap();
    feuille.write(3, 5, Formula::new("=1+1").set_result("Deux ateliers")).unwrap();
    let octets = classeur.save_to_buffer().unwrap();

    let import = apporter(banc, &octets).await;
    let remi = banc.personne(REMI).await;
    remi.get(&import).await
        .montre("XLSX, feuille « Sheet1 »")
        .montre("Appliquer 1 ligne")
        .montre("lu « 01004 »")
        .montre("Présentation : Deux ateliers")
        .montre("Territoire rural : oui");
    demander(banc, &import, "application").await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM structures WHERE siret = '73282932000074'").await, 1);
});

parcours!(le_modele_se_remplit_et_s_importe(banc) {
    let remi = banc.personne(REMI).await;
    remi.get("/charte/gestion").await.montre("href=\"/imports\"");
    remi.get("/imports").await.montre("Télécharger un modèle");
    let modele = remi.get("/imports/modele").await;
    let import = apporter(banc, &modele.octets).await;
    remi.get(&import).await.montre("Appliquer 1 ligne");
});

parcours!(mille_lignes_se_feuillettent_par_adresses(banc) {
    let mut liste = String::from("nom;rural\n");
    for n in 0..1_200 {
        liste.push_str(&format!("Pôle numéro {n};{}\n", if n % 100 == 0 { "bof" } else { "oui" }));
    }
    let import = apporter(banc, liste.as_bytes()).await;
    let remi = banc.personne(REMI).await;
    let suivante = |texte: &str| {
        let (_, suite) = texte.split_once("apres=").unwrap();
        suite.split_once('"').unwrap().0.to_owned()
    };
    let premiere = remi.get(&import).await;
    premiere.montre("Appliquer 1 188 lignes").montre("Pôle numéro 49").montre("50 lignes");
    let adresse = format!("{import}?apres={}", suivante(&premiere.texte));
    remi.get(&adresse).await.montre("Pôle numéro 50").montre("avant=52");
    remi.get(&format!("{import}?avant=52")).await.montre("Pôle numéro 49");
    remi.get(&format!("{import}?sort=refusee")).await.montre("12 lignes").montre("répondez oui ou non");
    demander(banc, &import, "application").await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE nom LIKE 'Pôle numéro%'").await, 1_188);
    demander(banc, &import, "annulation").await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE nom LIKE 'Pôle numéro%'").await, 0);
});

parcours!(ce_que_le_registre_exporte_se_reimporte_sans_rien_changer(banc) {
    let remi = banc.personne(REMI).await;
    for forme in ["/poles.csv", "/poles-tableur.csv", "/poles.xlsx"] {
        let export = banc.public().get(&format!("{forme}?q=rives&region=53")).await;
        let import = apporter(banc, &export.octets).await;
        let relue = remi.get(&format!("{import}?sort=inchangee")).await;
        relue.montre("La fiche dit déjà tout cela.");
        assert!(!relue.texte.contains("Appliquer"), "{forme}");
        let inchangees = banc.compter("SELECT COUNT(*) FROM lignes_des_imports WHERE sort = 'inchangee'").await;
        assert_eq!(inchangees, banc.compter("SELECT COUNT(*) FROM lignes_des_imports").await, "{forme}");
    }
});
