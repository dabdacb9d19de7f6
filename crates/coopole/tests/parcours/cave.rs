//! The cellar: what holds under load, after a crash, and against tampering.

use coopole::{
    demonstration::{self, Demande, Jeu},
    socle::{
        alea,
        journal::{
            LigneJournal, scellement,
            verification::{self, Verdict},
        },
        reglages::Reglages,
        taches,
    },
    valeurs,
};

use crate::{
    banc::Banc,
    parcours,
    remplissage::{complet, deposer},
};

const APPEL: &str = "/appels/ami-financement-2024/dossiers";

/// The seven people responsible for the seven poles.
const EQUIPES: [(&str, &str); 7] = [
    ("solene@rives.example", "Pôle des Rives"),
    ("bastien@atelier.example", "Atelier du Pays"),
    ("nour@terre.example", "Terre commune"),
    ("aline@cirques.example", "Fabrique des Cirques"),
    ("gilles@alizes.example", "Halte des Alizés"),
    ("lesia@vallees.example", "Chantier des Deux Vallées"),
    ("marcu@golfe.example", "Comptoir du Golfe"),
];

parcours!(sept_actes_a_la_fois_sont_tous_inscrits_et_les_refus_n_en_defont_aucun(banc) {
    let mut essais = Vec::new();
    for (courriel, nom) in EQUIPES {
        let personne = banc.personne(courriel).await;
        let pole = banc.pole(nom).await;
        essais.push((personne, pole));
    }
    // Each pole tries twice at once: one opens, the other is refused.
    let tous = essais.iter().flat_map(|(personne, pole)| {
        (0..2).map(move |_| async move { personne.post(APPEL, &[("pole", pole.as_str())]).await.statut })
    });
    let statuts = futures_util::future::join_all(tous).await;

    let ouverts = statuts.iter().filter(|statut| statut.as_u16() == 303).count();
    assert_eq!(ouverts, 7, "{statuts:?}");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM dossiers").await, 7);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees").await, 7);
    let numeros = banc.compter("SELECT COUNT(DISTINCT numero) FROM dossiers").await;
    assert_eq!(numeros, 7, "un numéro a servi deux fois");
});

parcours!(le_journal_nomme_l_entree_que_l_on_a_changee(banc) {
    ouvrir(banc, 2).await;
    while scellement::sceller(&banc.app.db, &banc.app.cle, &banc.app.horloge).await.unwrap() > 0 {}

    // The journal itself refuses the correction…
    let mut tx = banc.app.db.begin().await.unwrap();
    let refus = tx.execute("UPDATE journal_entrees SET le = le + 1", &[]).await;
    assert!(refus.is_err());
    drop(tx);
    // … and whoever goes round its guards is found, the entry named.
    let mut tx = banc.app.db.begin().await.unwrap();
    lever_la_garde(banc, &mut tx).await;
    let (vise,): (uuid::Uuid,) =
        tx.fetch_one("SELECT id FROM journal_entrees WHERE place = 1", &[]).await.unwrap();
    tx.execute("UPDATE journal_entrees SET le = le + 1 WHERE place = 1", &[]).await.unwrap();
    let verdict = verification::verifier(&mut tx, &banc.app.cle).await.unwrap();
    let Verdict::Rompu { place, entree, .. } = verdict else {
        panic!("une entrée changée ne se voit pas : {verdict:?}")
    };
    assert_eq!((place, entree), (Some(1), Some(vise)));

    // Even with its own hash made again, the sealed root gives it away.
    let mut ligne: LigneJournal = tx
        .fetch_one(
            "SELECT id, acte, genre, objet, par, le, motif, engagement, empreinte, place
             FROM journal_entrees WHERE place = 1",
            &[],
        )
        .await
        .unwrap();
    ligne.empreinte = ligne.recalculer().to_vec();
    tx.execute(
        "UPDATE journal_entrees SET empreinte = $1 WHERE place = 1",
        &valeurs![ligne.empreinte],
    )
    .await
    .unwrap();
    let verdict = verification::verifier(&mut tx, &banc.app.cle).await.unwrap();
    assert!(matches!(verdict, Verdict::Rompu { .. }), "{verdict:?}");
    drop(tx);

    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("DELETE FROM journal_tetes", &[]).await.unwrap();
    let verdict = verification::verifier(&mut tx, &banc.app.cle).await.unwrap();
    assert!(matches!(verdict, Verdict::Rompu { .. }), "une tête effacée se voit");
    drop(tx);
    let verdict = verifier(banc).await;
    assert!(matches!(verdict, Verdict::Intact { scellees: 2, en_attente: 0 }));
});

parcours!(une_tache_n_est_faite_qu_une_fois_par_deux_processus(banc) {
    let courriel = coopole::socle::courriels::Courriel {
        genre: "essai",
        a: "essai@coopole.example".into(),
        objet: "Essai".into(),
        texte: "Essai".into(),
    };
    let mut tx = banc.app.db.begin().await.unwrap();
    for _ in 0..10 {
        coopole::socle::courriels::enqueue(&mut tx, &courriel, banc.app.horloge.now()).await.unwrap();
    }
    tx.commit().await.unwrap();

    let (a, b) = tokio::join!(
        taches::faire_le_du(&banc.app, coopole::router::faire),
        taches::faire_le_du(&banc.app, coopole::router::faire),
    );
    assert_eq!(a.unwrap() + b.unwrap(), 10);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM taches WHERE essais <> 1 AND genre <> 'nouvelles'").await, 0);
});

parcours!(une_tache_dont_le_processus_meurt_est_reprise(banc) {
    let mut tx = banc.app.db.begin().await.unwrap();
    taches::enqueue(&mut tx, "lien_de_connexion", alea::id(), banc.app.horloge.now()).await.unwrap();
    // Taken by a process that died: the lease has ended, the work has not.
    tx.execute("UPDATE taches SET bail = $1, bail_fin = 1, essais = 1 WHERE genre = 'lien_de_connexion'", &valeurs![alea::id()])
        .await
        .unwrap();
    tx.commit().await.unwrap();

    assert_eq!(taches::faire_le_du(&banc.app, coopole::router::faire).await.unwrap(), 1);
    // Its object does not exist, so it failed: it waits, and says why.
    let mut tx = banc.app.db.begin().await.unwrap();
    let (constat, essais): (String, i64) =
        tx.fetch_one("SELECT constat, essais FROM taches WHERE genre = 'lien_de_connexion'", &[]).await.unwrap();
    assert_eq!((constat.as_str(), essais), ("not found, or not for this person", 2));
    tx.execute("DELETE FROM taches", &[]).await.unwrap();
    tx.commit().await.unwrap();
});

parcours!(une_base_nee_en_demonstration_ne_se_sert_pas_autrement(banc) {
    let refus = demonstration::refuser_hors_demonstration(&banc.app).await.unwrap();
    assert!(refus.unwrap_err().to_string().starts_with("Cette base est née en démonstration"));
});

#[tokio::test]
async fn une_base_reelle_refuse_la_demonstration() {
    let donnees = std::env::temp_dir().join(format!("coopole-reelle-{}", alea::id()));
    let reglages = Reglages {
        port: 0,
        url: "http://coopole.example".into(),
        donnees: donnees.clone(),
        base: None,
        marque: coopole::socle::reglages::Marque::Neutre,
        smtp: None,
        mandataires: Vec::new(),
        assistance: None,
        demonstration: false,
    };
    let app = coopole::app::App::ouvrir(reglages.clone()).await.unwrap();
    demonstration::refuser_hors_demonstration(&app)
        .await
        .unwrap()
        .unwrap();

    // No text of demonstration, and nobody's text in the place of the Charter's.
    let versions = "SELECT COUNT(*) FROM versions_charte WHERE texte IS NULL AND vaut IS NULL";
    let (toutes, sans_texte) = {
        let mut base = app.db.lecture().await.unwrap();
        let toutes = "SELECT COUNT(*) FROM versions_charte";
        (
            base.compter(toutes, &[]).await.unwrap(),
            base.compter(versions, &[]).await.unwrap(),
        )
    };
    assert_eq!((toutes, sans_texte), (2, 2));

    let refus = demonstration::ouvrir(&app, Demande::default())
        .await
        .unwrap()
        .unwrap_err();

    assert!(
        refus
            .to_string()
            .starts_with("Cette base n’est pas née en démonstration")
    );
    assert!(
        !demonstration::effacer(&reglages).await.unwrap(),
        "rien n’est effacé"
    );
    std::fs::remove_dir_all(donnees).unwrap();
}

parcours!(deux_horloges_s_accordent_et_aucune_ne_recule(banc) {
    let app = &banc.app;
    let avant: jiff::Timestamp = "2024-05-01T00:00:00Z".parse().unwrap();
    let apres: jiff::Timestamp = "2024-06-01T00:00:00Z".parse().unwrap();
    assert!(app.horloge.avancer(&app.db, apres).await.unwrap());
    assert!(!app.horloge.avancer(&app.db, avant).await.unwrap(), "le temps a reculé");
    let autre = coopole::socle::horloge::Horloge::default();
    autre.relire(&mut app.db.lecture().await.unwrap()).await.unwrap();
    assert!(autre.now() >= apres);
});

/// What somebody who owns the base could do: take the journal's guard away.
pub async fn lever_la_garde(banc: &Banc, tx: &mut coopole::socle::db::Tx) {
    let sql = match banc.app.db.nom() {
        "SQLite" => "DROP TRIGGER journal_entrees_immuables",
        _ => "DROP TRIGGER journal_entrees_immuables ON journal_entrees",
    };
    tx.execute(sql, &[]).await.unwrap();
}

async fn ouvrir(banc: &Banc, combien: usize) {
    for (courriel, nom) in &EQUIPES[..combien] {
        let pole = banc.pole(nom).await;
        banc.personne(courriel)
            .await
            .post(APPEL, &[("pole", &pole)])
            .await
            .mene_a("/dossiers/");
    }
}

async fn verifier(banc: &Banc) -> Verdict {
    let mut base = banc.app.db.lecture().await.unwrap();
    verification::verifier(&mut base, &banc.app.cle)
        .await
        .unwrap()
}

parcours!(un_monde_interrompu_pendant_sa_naissance_recommence(banc) {
    let comptes = banc.compter("SELECT COUNT(*) FROM comptes").await;
    banc.porteuse().await.get("/espace").await.montre("Solène Marée");
    // As if the process had died before the last page of its world.
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("UPDATE instance SET prete_le = NULL", &[]).await.unwrap();
    tx.execute("DELETE FROM habilitations", &[]).await.unwrap();
    tx.commit().await.unwrap();
    let abandonne = banc.app.reglages.donnees.join("fichiers/ff/abandonne");
    std::fs::create_dir_all(abandonne.parent().unwrap()).unwrap();
    std::fs::write(&abandonne, "un reste").unwrap();

    demonstration::ouvrir(&banc.app, DISTRIBUTION).await.unwrap().unwrap();
    assert_eq!(banc.compter("SELECT COUNT(*) FROM comptes").await, comptes);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM instance WHERE prete_le IS NOT NULL").await, 1);
    assert!(!abandonne.exists(), "the files of the former world stay");
    banc.porteuse().await.get("/espace").await.montre("Solène Marée");
    // Whole, it is only opened.
    demonstration::ouvrir(&banc.app, DISTRIBUTION).await.unwrap().unwrap();
    banc.porteuse().await.get("/espace").await.montre("Solène Marée");
});

/// The world of the journeys, whatever the instant it begins at.
const DISTRIBUTION: Demande = Demande {
    jeu: Some(Jeu::Distribution),
    debut: None,
};

parcours!(un_monde_ne_en_devient_pas_un_autre_sans_le_dire(banc) {
    let autre_jeu = Demande { jeu: Some(Jeu::Bilan2022), debut: None };
    let refus = demonstration::ouvrir(&banc.app, autre_jeu).await.unwrap().unwrap_err();
    assert_eq!(
        refus.to_string(),
        "Ce monde est né « distribution » : il ne devient pas « bilan-2022 ». \
         Pour le refaire, et perdre ce qui s’y est passé : coopole demo --neuve --jeu bilan-2022"
    );
    let autre_debut = Demande { jeu: None, debut: Some("2024-05-27T09:00:00+02:00".parse().unwrap()) };
    let refus = demonstration::ouvrir(&banc.app, autre_debut).await.unwrap().unwrap_err();
    assert!(refus.to_string().contains("coopole demo --neuve --jeu distribution --horloge"), "{refus}");

    // The same one, or nothing said: it is opened, and says which it is.
    let le_meme = Demande { debut: Some(crate::moule::debut()), ..DISTRIBUTION };
    for demande in [Demande::default(), DISTRIBUTION, le_meme] {
        let ouvert = demonstration::ouvrir(&banc.app, demande).await.unwrap().unwrap();
        assert_eq!(ouvert, Jeu::Distribution);
    }
});

parcours!(recommencer_revient_au_premier_instant_dit_a_la_naissance(banc) {
    banc.le_temps_court();
    banc.porteuse().await.post("/demonstration/recommencer", &[]).await.mene_a("/connexion");

    let (debut, maintenant) = (crate::moule::debut(), banc.app.horloge.now());
    assert!(maintenant >= debut && maintenant.duration_since(debut).as_mins() < 5, "{maintenant}");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM instance WHERE jeu = 'distribution'").await, 1);
});

parcours!(recommencer_attend_la_tache_en_cours_et_ne_garde_rien_de_l_ancien_monde(banc) {
    // A job that lasts longer than a world takes to go, and ends in its own.
    fn lente(app: coopole::app::App, tache: taches::Tache) -> taches::Travail {
        Box::pin(async move {
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            let finie = coopole::router::faire(app, tache).await;
            assert!(finie.is_ok(), "{finie:?}");
            finie
        })
    }
    let porteuse = banc.porteuse().await;
    let dossier = complet(banc, &porteuse, "Pôle des Rives").await;
    deposer(&porteuse, &dossier).await.mene_a(&dossier);
    let app = banc.app.clone();
    let travaux = tokio::spawn(async move { taches::faire_le_du(&app, lente).await });
    while banc.compter("SELECT COUNT(*) FROM taches WHERE bail IS NOT NULL").await == 0 {
        tokio::task::yield_now().await;
    }

    banc.public().post("/demonstration/recommencer", &[]).await.mene_a("/connexion");

    assert_eq!(banc.fichiers(), 0, "un fichier de l’ancien monde est resté");
    let faites = travaux.await.unwrap().unwrap();
    assert_eq!(faites, 1, "la suite de l’ancien monde a été faite dans le nouveau");
    assert_eq!(banc.fichiers(), 0);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM dossiers").await, 0);
});

parcours!(un_papier_qui_n_a_plus_de_monde_ne_laisse_pas_son_fichier(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = complet(banc, &porteuse, "Pôle des Rives").await;
    deposer(&porteuse, &dossier).await.mene_a(&dossier);
    let fichiers = banc.fichiers();
    // Another process took the job over while this one was printing.
    fn depassee(app: coopole::app::App, tache: taches::Tache) -> taches::Travail {
        Box::pin(async move {
            let mut tx = app.db.begin().await?;
            tx.execute("UPDATE taches SET bail = $1", &valeurs![alea::id()]).await?;
            tx.commit().await?;
            coopole::router::faire(app, tache).await
        })
    }

    while taches::faire_le_du(&banc.app, depassee).await.unwrap() > 0 {}

    assert_eq!(banc.fichiers(), fichiers, "un fichier sans ligne est resté");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM documents").await, 0);
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("UPDATE taches SET bail_fin = 0, pas_avant = 0", &[]).await.unwrap();
    tx.commit().await.unwrap();
    banc.taches().await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM documents").await, 1);
});

parcours!(une_lecture_d_un_instant_ne_voit_rien_de_ce_qui_s_ecrit_pendant_elle(banc) {
    let combien = "SELECT COUNT(*) FROM poles";
    let mut instantane = banc.app.db.instantane().await.unwrap();
    let avant = instantane.compter(combien, &[]).await.unwrap();
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("INSERT INTO poles (id, nom, cle_tri, invente) SELECT d.id, 'Pendant', 'pendant', TRUE FROM structures d LIMIT 1", &[])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(instantane.compter(combien, &[]).await.unwrap(), avant);
    drop(instantane);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles").await, avant + 1);
});

parcours!(le_monde_se_peuple_de_poles_inventes(banc) {
    banc.il_est("2024-05-27T09:00:00+02:00");
    demonstration::recommencer_en(&banc.app, Jeu::Monde).await.unwrap();
    assert_eq!(banc.compter("SELECT COUNT(*) FROM depots").await, 36);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM dossiers WHERE depose_le IS NULL").await, 11);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE invente").await, 54);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE NOT invente").await, 75);
    let regions = "SELECT COUNT(DISTINCT region) FROM dossiers WHERE depose_le IS NOT NULL";
    assert_eq!(banc.compter(regions).await, 18);
    // No invented fact is ever attached to a real pole.
    let reels = "SELECT COUNT(*) FROM poles p WHERE NOT p.invente AND (
        EXISTS (SELECT 1 FROM dossiers d WHERE d.pole = p.id)
        OR EXISTS (SELECT 1 FROM aides a WHERE a.pole = p.id)
        OR EXISTS (SELECT 1 FROM signatures_charte s WHERE s.pole = p.id)
        OR EXISTS (SELECT 1 FROM revendications r WHERE r.pole = p.id))";
    assert_eq!(banc.compter(reels).await, 0);
    // The cell finds its doors open: a record twice there, a pole claimed.
    let gwenn = banc.personne("gwenn@cellule-bretagne.example").await;
    gwenn.get("/doublons").await.montre("1 paire de fiches se ressemble").montre("PTCE Terre commune");
    gwenn.get("/revendications").await.montre("Moulin des Abers").montre("Tifenn Lavoir").montre("Écrire la lettre");
    let remi = banc.personne("remi@labo.example").await;
    remi.get("/charte/gestion").await.montre("Signatures en soutien à confirmer").montre("Les Amis des Estuaires");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM soutiens_charte WHERE confirmee_le IS NOT NULL").await, 0);
    let kelia = banc.personne("kelia@cellule-reunion.example").await;
    kelia.get("/doublons").await.montre("Aucune fiche ne ressemble");
    assert!(!kelia.get("/revendications").await.texte.contains("Moulin"));
});

/// A post office of thirty lines: takes one mail and hands back its text.
async fn poste(ecoute: tokio::net::TcpListener) -> String {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    let (mut flux, _) = ecoute.accept().await.unwrap();
    let (lecture, mut ecriture) = flux.split();
    let mut lignes = BufReader::new(lecture).lines();
    ecriture.write_all(b"220 poste.example\r\n").await.unwrap();
    let (mut texte, mut dans_le_texte) = (String::new(), false);
    while let Some(ligne) = lignes.next_line().await.unwrap() {
        let reponse: &[u8] = match ligne.as_str() {
            "." if dans_le_texte => {
                dans_le_texte = false;
                b"250 recu\r\n"
            }
            ligne if dans_le_texte => {
                texte.push_str(ligne);
                texte.push('\n');
                continue;
            }
            "DATA" => {
                dans_le_texte = true;
                b"354 allez\r\n"
            }
            "QUIT" => break,
            _ => b"250 oui\r\n",
        };
        ecriture.write_all(reponse).await.unwrap();
        if !dans_le_texte && !texte.is_empty() {
            break;
        }
    }
    texte
}

parcours!(un_lien_part_par_la_poste_et_ne_reste_nulle_part(banc) {
    let ecoute = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let adresse = format!("smtp://{}", ecoute.local_addr().unwrap());
    let service = banc
        .en_service_avec(|reglages| {
            reglages.smtp = Some((adresse, "Coopôle <coopole@service.example>".into()));
        })
        .await;
    let recu = tokio::spawn(poste(ecoute));
    service.public().post("/connexion", &[("courriel", "solene@rives.example")]).await
        .montre("Un lien vient d’être envoyé à cette adresse");

    service.taches().await;

    let recu = tokio::time::timeout(std::time::Duration::from_secs(20), recu).await;
    let recu = recu.expect("the mail left").unwrap();
    assert!(recu.contains("To: solene@rives.example"), "{recu}");
    assert!(recu.contains("Content-Type: text/plain"), "{recu}");
    assert_eq!(banc.compter(
        "SELECT COUNT(*) FROM courriels WHERE genre = 'lien' AND envoye_le IS NOT NULL AND texte = ''",
    ).await, 1);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM courriels").await, 1);
});
