//! The operator at the command line: what each command says, and its exit code.

use std::process::Stdio;

use coopole::{socle::db::Db, valeurs};

use crate::binaire::{Dossier, Serveur, commande, demander, demander_l_arret, executer, get, post};

const DEMO: [&str; 4] = ["serve", "--demo", "--jeu", "distribution"];

#[test]
fn l_aide_est_en_francais_et_dit_les_codes_de_sortie() {
    let dossier = Dossier::neuf();
    let aide = executer(&dossier.0, &["--help"]);
    aide.finit(0, "Commandes :")
        .finit(0, "Options :")
        .finit(0, "Affiche cette aide")
        .finit(0, "0  fait")
        .finit(0, "3  panne de la machine");
    for anglais in ["Usage:", "Commands", "Print ", "help of"] {
        assert!(!aide.sortie.contains(anglais), "{}", aide.sortie);
    }
    executer(&dossier.0, &["compte", "habiliter", "--help"])
        .finit(0, "Usage : coopole compte habiliter");
    executer(&dossier.0, &["--version"]).finit(0, "coopole ");
    executer(&dossier.0, &[]).finit(2, "Commandes :");
    assert!(!dossier.0.exists(), "l’aide n’ouvre aucune base");
}

#[test]
fn une_commande_illisible_se_dit_en_francais_et_finit_par_deux() {
    let dossier = Dossier::neuf();
    let dit = |mots: &[&str], phrase: &str| {
        let fin = executer(&dossier.0, mots);
        fin.finit(2, phrase).finit(2, "coopole --help");
        assert!(!fin.erreur.contains("error"), "{fin:?}");
    };
    dit(&["sevre"], "la commande « sevre » n’existe pas.");
    dit(&["serve", "--dmeo"], "« --dmeo » n’est pas attendu ici.");
    dit(
        &["compte", "creer", "a@b.example"],
        "il manque --nom <NOM>.",
    );
    dit(
        &["compte", "habiliter", "a@b.example", "--role", "chef"],
        "« chef » ne convient pas à --role <ROLE> : attendu : porteur, cra",
    );
    dit(
        &[
            "compte",
            "habiliter",
            "a@b.example",
            "--role",
            "porteur",
            "--pole",
            "rives",
        ],
        "« coopole pole lister » les donne",
    );
    for (option, faux, attendu) in [
        ("--departement", "99", "un code de département est attendu"),
        ("--epci", "1", "le numéro SIREN d’une intercommunalité"),
    ] {
        let mots = [
            "compte",
            "habiliter",
            "a@b.example",
            "--role",
            "collectivite",
        ];
        dit(&[&mots[..], &[option, faux]].concat(), attendu);
    }
    dit(
        &["serve", "--demo", "--jeu"],
        "une valeur est attendue pour --jeu <JEU>.",
    );
    dit(
        &["serve", "--demo", "--horloge", "demain"],
        "un instant avec son décalage est attendu",
    );
    dit(&["serve", "--jeu", "monde"], "il manque --demo.");
}

#[test]
fn une_panne_au_demarrage_se_dit_en_francais_et_finit_par_trois() {
    let dossier = Dossier::neuf();
    let mut faux_port = commande(&dossier.0, &["migrate"]);
    faux_port.env("PORT", "mille");
    let fin = crate::binaire::Fin::de(faux_port.output().unwrap());
    fin.finit(3, "coopole : PORT : un numéro de port attendu");
    // The data folder is a file: nothing can be opened there.
    std::fs::write(&dossier.0, "").unwrap();
    executer(&dossier.0, &["migrate"]).finit(3, "coopole : un fichier n’a pu être ni lu ni écrit");
    std::fs::remove_file(&dossier.0).unwrap();
}

#[test]
fn les_comptes_et_les_poles_se_lisent_et_un_role_ne_se_donne_qu_une_fois() {
    let dossier = Dossier::neuf();
    let mut serveur = Serveur::demarrer(commande(&dossier.0, &DEMO));
    let poles = executer(&dossier.0, &["pole", "lister", "--region", "53"]);
    poles.finit(0, "Pôle des Rives");
    assert!(
        !poles.sortie.contains("Chantier des Deux Vallées"),
        "{}",
        poles.sortie
    );
    let ligne = poles
        .sortie
        .lines()
        .find(|l| l.contains("Pôle des Rives"))
        .unwrap();
    let id = ligne.split_whitespace().next().unwrap();
    let courriel = "nouvelle@rives.example";
    executer(
        &dossier.0,
        &["compte", "creer", courriel, "--nom", "Nouvelle Venue"],
    )
    .finit(0, "C’est fait");
    let octroi = [
        "compte",
        "habiliter",
        courriel,
        "--role",
        "porteur",
        "--qualite",
        "lecteur",
        "--pole",
        id,
    ];
    executer(&dossier.0, &octroi).finit(0, "C’est fait");

    executer(&dossier.0, &octroi).finit(0, "Ce compte tient déjà ce rôle : rien n’a changé.");

    let comptes = executer(&dossier.0, &["compte", "lister"]);
    comptes.finit(0, "nouvelle@rives.example  Nouvelle Venue");
    let tenu = format!("porteur lecteur, Pôle des Rives ({id})");
    assert_eq!(
        comptes.sortie.matches(&tenu).count(),
        2,
        "Odile et elle :\n{}",
        comptes.sortie
    );

    // For a period, said in days: to come, over, or upside down.
    let pour = |jours: &[&str]| {
        let debut = ["compte", "habiliter", courriel, "--role", "auditeur"];
        executer(&dossier.0, &[&debut[..], jours].concat())
    };
    pour(&["--du", "2030-01-01"]).finit(0, "C’est fait");
    pour(&["--du", "2020-01-01", "--jusqu-au", "2020-12-31"]).finit(0, "C’est fait");
    pour(&["--du", "2030-02-01", "--jusqu-au", "2030-01-31"])
        .finit(1, "La période finit avant de commencer.");
    pour(&["--du", "demain"]).finit(2, "un jour est attendu, par exemple 2024-09-01");
    let comptes = executer(&dossier.0, &["compte", "lister"]);
    assert_eq!(
        comptes.sortie.matches("    auditeur").count(),
        1,
        "Louise seule :\n{}",
        comptes.sortie
    );
    pour(&["--jusqu-au", "2040-12-31"]).finit(0, "C’est fait");

    // A council holds a territory, whatever its kind.
    let collectivite = |territoire: [&str; 2]| {
        let debut = ["compte", "habiliter", courriel, "--role", "collectivite"];
        executer(&dossier.0, &[&debut[..], &territoire[..]].concat())
    };
    collectivite(["--departement", "29"]).finit(0, "C’est fait");
    collectivite(["--epci", "242900835"]).finit(0, "C’est fait");
    collectivite(["--pole", id]).finit(1, "une région, un département ou une intercommunalité");
    executer(&dossier.0, &["compte", "lister"])
        .finit(0, "collectivite, Finistère (29)")
        .finit(0, "Morlaix Communauté (242900835)");
    assert!(serveur.arreter().success());
}

#[test]
fn une_base_ne_se_sert_que_comme_elle_est_nee() {
    let demonstration = Dossier::neuf();
    Serveur::demarrer(commande(&demonstration.0, &DEMO)).arreter();
    executer(&demonstration.0, &["serve"]).finit(1, "Cette base est née en démonstration");
    for autre in [
        &["demo", "--jeu", "bilan-2022"][..],
        &["serve", "--demo", "--jeu", "bilan-2022"],
    ] {
        executer(&demonstration.0, autre)
            .finit(
                1,
                "Ce monde est né « distribution » : il ne devient pas « bilan-2022 ».",
            )
            .finit(1, "coopole demo --neuve --jeu bilan-2022");
    }
    executer(
        &demonstration.0,
        &["demo", "--horloge", "2024-05-01T09:00:00+02:00"],
    )
    .finit(1, "L’histoire de ce monde commence à un autre instant.");
    executer(&demonstration.0, &["demo"]).finit(0, "Le monde « distribution » est prêt.");

    let reelle = Dossier::neuf();
    Serveur::demarrer(commande(&reelle.0, &["serve"])).arreter();
    executer(&reelle.0, &DEMO).finit(1, "Cette base n’est pas née en démonstration");
    executer(&reelle.0, &["demo", "--neuve"]).finit(1, "rien n’a été effacé");
}

#[tokio::test]
async fn une_demonstration_d_une_autre_version_dit_quoi_faire_et_se_reconstruit() {
    let dossier = Dossier::neuf();
    Serveur::demarrer(commande(&dossier.0, &DEMO)).arreter();
    let db = Db::ouvrir_sqlite(&dossier.0.join("coopole.db"))
        .await
        .unwrap();
    let mut tx = db.begin().await.unwrap();
    let autre = "UPDATE _sqlx_migrations SET checksum = $1 WHERE version = 1";
    tx.execute(autre, &valeurs![vec![0_u8; 48]]).await.unwrap();
    tx.execute("ALTER TABLE instance DROP COLUMN prete_le", &[])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    drop(db);

    executer(&dossier.0, &DEMO)
        .finit(3, "cette base vient d’une autre version de Coopôle")
        .finit(3, "« make demo-neuve »")
        .finit(3, "un dossier vide dans COOPOLE_DONNEES");

    executer(&dossier.0, &["demo", "--neuve", "--jeu", "distribution"]).finit(0, "est prêt");
    Serveur::demarrer(commande(&dossier.0, &DEMO)).arreter();
}

#[tokio::test]
async fn serve_n_ecoute_que_la_boucle_locale() {
    let dossier = Dossier::neuf();
    let serveur = Serveur::demarrer(commande(&dossier.0, &DEMO));
    assert!(
        serveur.adresse.starts_with("127.0.0.1:"),
        "{}",
        serveur.adresse
    );
    let port: u16 = serveur.adresse.rsplit(':').next().unwrap().parse().unwrap();
    // Another address of this very machine does not answer on that port.
    let ailleurs = tokio::net::UdpSocket::bind("0.0.0.0:0").await.unwrap();
    if ailleurs.connect("192.0.2.1:9").await.is_ok() {
        let ici = ailleurs.local_addr().unwrap().ip();
        if !ici.is_loopback() {
            assert!(tokio::net::TcpStream::connect((ici, port)).await.is_err());
        }
    }
    // No setting changes it.
    for mot in ["--adresse", "--host", "--bind"] {
        executer(&dossier.0, &["serve", "--demo", mot, "0.0.0.0"])
            .finit(2, "n’est pas attendu ici");
    }
    get(&serveur.adresse, "/", "")
        .await
        .contains("Démonstration")
        .then_some(())
        .unwrap();
}

/// Outside a demonstration its doors do not exist, whatever is sent to them.
#[tokio::test]
async fn hors_demonstration_ses_portes_n_existent_pas_meme_sans_formulaire() {
    let dossier = Dossier::neuf();
    let serveur = Serveur::demarrer(commande(&dossier.0, &["serve"]));
    for porte in [
        "/demonstration/horloge",
        "/demonstration/recommencer",
        "/connexion/distribution",
    ] {
        let requete = format!(
            "POST {porte} HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Length: 0\r\nConnection: close\r\n\r\n",
            serveur.adresse
        );
        let reponse = demander(&serveur.adresse, &requete).await;
        assert!(reponse.starts_with("HTTP/1.1 404"), "{porte} : {reponse}");
    }
}

#[tokio::test]
async fn l_horloge_d_une_demonstration_s_arrete_avec_elle_et_ne_recule_jamais() {
    let dossier = Dossier::neuf();
    let lire = async |serveur: &Serveur| {
        let page = get(&serveur.adresse, "/healthz", "").await;
        assert!(page.contains("en service"), "{page}");
        let entete = get(&serveur.adresse, "/", "").await;
        let (_, heure) = entete
            .split_once("où il est ")
            .expect("la bannière dit l’heure");
        heure.split(" à Paris").next().unwrap().to_owned()
    };
    let mut debut = DEMO.to_vec();
    debut.extend(["--horloge", "2024-05-27T09:00:00+02:00"]);
    let mut serveur = Serveur::demarrer(commande(&dossier.0, &debut));
    assert_eq!(lire(&serveur).await, "lundi 27 mai 2024 à 9 h 00");
    let avance = post(
        &serveur.adresse,
        "/demonstration/horloge",
        "",
        "etape=cloture&suite=/",
    )
    .await;
    assert!(avance.starts_with("HTTP/1.1 303"), "{avance}");
    let avant = lire(&serveur).await;
    assert!(avant.starts_with("mercredi 29 mai 2024 à 12 h"), "{avant}");
    assert!(serveur.arreter().success());

    // Served again: the same hour, as if nothing had happened meanwhile.
    let mut serveur = Serveur::demarrer(commande(&dossier.0, &DEMO));
    let apres = lire(&serveur).await;
    assert!(
        apres.starts_with("mercredi 29 mai 2024 à 12 h 0"),
        "{apres}"
    );

    // Killed, it resumes from what it had promised: never before.
    serveur.tuer();
    let serveur = Serveur::demarrer(commande(&dossier.0, &DEMO));
    let encore = lire(&serveur).await;
    assert!(
        encore.starts_with("mercredi 29 mai 2024 à 12 h 0"),
        "{encore}"
    );
}

/// What a sign-in leaves in the traces: neither who, nor with what.
#[tokio::test]
async fn les_traces_d_une_connexion_ne_disent_ni_l_adresse_ni_le_lien() {
    let dossier = Dossier::neuf();
    let mut serve = commande(&dossier.0, &DEMO);
    serve
        .env("COOPOLE_TRACES", "debug")
        .env("COOPOLE_TRACES_JSON", "1");
    let fichier = std::fs::File::create(dossier.0.with_extension("traces")).unwrap();
    let chemin = dossier.0.with_extension("traces");
    let mut enfant = serve
        .stdout(Stdio::piped())
        .stderr(fichier)
        .spawn()
        .unwrap();
    let adresse = {
        use std::io::BufRead;
        let mut lignes = std::io::BufReader::new(enfant.stdout.take().unwrap()).lines();
        let ecoute = lignes.next().unwrap().unwrap();
        ecoute.split_once("http://").unwrap().1.to_owned()
    };
    let demande = post(
        &adresse,
        "/connexion",
        "",
        "courriel=solene%40rives.example",
    )
    .await;
    assert!(demande.contains("Un lien vient d’être envoyé"), "{demande}");
    let mut jeton = String::new();
    for _ in 0..100 {
        let boite = get(&adresse, "/courriels", "").await;
        if let Some((_, suite)) = boite.split_once("/connexion/") {
            jeton = suite
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
                .collect();
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert!(jeton.len() > 20, "le lien n’est pas venu");
    let entree = post(&adresse, &format!("/connexion/{jeton}"), "", "").await;
    assert!(entree.starts_with("HTTP/1.1 303"), "{entree}");
    // The base goes away under the same address: the failure is traced.
    std::fs::remove_file(dossier.0.join("coopole.db")).unwrap();
    for suffixe in ["coopole.db-wal", "coopole.db-shm"] {
        let _ = std::fs::write(dossier.0.join(suffixe), "rompu");
    }
    demander(
        &adresse,
        &format!("GET /connexion/{jeton} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
    )
    .await;
    demander_l_arret(&enfant);
    enfant.wait().unwrap();

    let traces = std::fs::read_to_string(&chemin).unwrap();
    std::fs::remove_file(chemin).unwrap();
    // The last words of the command are for the operator, not for a program.
    for ligne in traces
        .lines()
        .filter(|ligne| !ligne.starts_with("coopole : "))
    {
        assert!(
            serde_json::from_str::<serde_json::Value>(ligne).is_ok(),
            "pas du JSON : {ligne}"
        );
    }
    assert!(!traces.is_empty(), "rien n’est tracé");
    for indiscret in [
        "solene",
        "rives.example",
        jeton.as_str(),
        "coopole_session=",
    ] {
        assert!(
            !traces.contains(indiscret),
            "« {indiscret} » est dans les traces"
        );
    }
}
