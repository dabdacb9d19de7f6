//! The machine at fault: a dead base, a full disk, a broken file. Each time a
//! page with an incident number, nothing half-written, and the service back by
//! itself once the cause is gone.

use std::{io, time::Duration};

use axum::body::{Body, Bytes};
use coopole::socle::erreurs::Panne;
use futures_util::{StreamExt, stream};

use crate::{
    banc::{Banc, Base, Reponse, Visiteur},
    binaire::{self, Serveur},
    hostile::{FORMULAIRE, debut_de_formulaire},
    parcours,
    plantage::{est_accuse, regler},
    postgres,
    remplissage::{self, PDF, brouillon, complet},
};

const DOSSIERS: &str = "/appels/ami-financement-2024/dossiers";

async fn ouvrir(banc: &Banc, qui: &Visiteur<'_>) -> Reponse {
    let pole = banc.pole("Pôle des Rives").await;
    qui.post(DOSSIERS, &[("pole", &pole)]).await
}

/// All that a half-done request could leave: rows, entries, mails, jobs, files.
async fn ce_qui_est_ecrit(banc: &Banc) -> Vec<i64> {
    let mut compte = Vec::new();
    for table in [
        "SELECT COUNT(*) FROM dossiers",
        "SELECT COUNT(*) FROM reponses",
        "SELECT COUNT(*) FROM pieces",
        "SELECT COUNT(*) FROM depots",
        "SELECT COUNT(*) FROM documents",
        "SELECT COUNT(*) FROM comptes",
        "SELECT COUNT(*) FROM journal_entrees",
        "SELECT COUNT(*) FROM courriels",
        "SELECT COUNT(*) FROM taches",
    ] {
        compte.push(banc.compter(table).await);
    }
    compte.push(banc.fichiers() as i64);
    compte
}

/// Nobody can do anything, each is told so, and what needs no base is served.
async fn tout_est_en_panne(banc: &Banc, porteuse: &Visiteur<'_>, pole: &str) {
    porteuse.get("/espace").await.tombe_en_panne();
    porteuse
        .post(DOSSIERS, &[("pole", pole)])
        .await
        .tombe_en_panne();
    let courriel = [("courriel", "solene@rives.example")];
    banc.public()
        .post("/connexion", &courriel)
        .await
        .tombe_en_panne();
    banc.public().get("/aide").await.montre("Aide");
    assert_eq!(banc.public().get("/healthz").await.statut.as_u16(), 503);
}

#[tokio::test]
async fn une_base_postgresql_qui_meurt_montre_un_incident_puis_se_retrouve() {
    let banc = Banc::new(Base::Postgres).await;
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(&banc, &porteuse, "Pôle des Rives").await;
    let statuts = format!("{dossier}/pieces/statuts");
    let pole = banc.pole("Atelier du Pays").await;
    let avant = ce_qui_est_ecrit(&banc).await;
    let base = banc.base().unwrap().to_owned();

    // It dies under a file on its way: the bytes are here, their row cannot be.
    let mourante = base.clone();
    let mort = stream::once(async move {
        postgres::fermer_une_base(&mourante).await;
        Ok(Bytes::from_static(b"\r\n--limite--\r\n"))
    });
    let envoi = stream::iter([Ok::<_, io::Error>(debut_de_formulaire("statuts.pdf"))]).chain(mort);
    porteuse
        .post_brut(&statuts, FORMULAIRE, Body::from_stream(envoi))
        .await
        .tombe_en_panne();
    tout_est_en_panne(&banc, &porteuse, &pole).await;

    postgres::rouvrir_une_base(&base).await;
    assert_eq!(ce_qui_est_ecrit(&banc).await, avant);
    assert_eq!(banc.public().get("/healthz").await.statut.as_u16(), 200);
    porteuse
        .post_fichier(&statuts, ("statuts", "statuts.pdf"), PDF)
        .await
        .mene_a(&dossier);
    banc.finir().await;
}

#[tokio::test]
async fn une_base_sqlite_illisible_montre_un_incident_et_se_retrouve_au_redemarrage() {
    let banc = Banc::new(Base::Sqlite).await;
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(&banc, &porteuse, "Pôle des Rives").await;
    let pole = banc.pole("Atelier du Pays").await;
    let avant = ce_qui_est_ecrit(&banc).await;
    let fichiers = ["", "-wal"].map(|suffixe| banc.donnees().join(format!("coopole.db{suffixe}")));
    let sains = fichiers
        .clone()
        .map(|chemin| std::fs::read(chemin).unwrap());
    for chemin in &fichiers {
        std::fs::write(chemin, [0x5a; 65_536]).unwrap();
    }

    tout_est_en_panne(&banc, &porteuse, &pole).await;
    let statuts = format!("{dossier}/pieces/statuts");
    porteuse
        .post_fichier(&statuts, ("statuts", "statuts.pdf"), PDF)
        .await
        .tombe_en_panne();

    for (chemin, octets) in fichiers.iter().zip(sains) {
        std::fs::write(chemin, octets).unwrap();
    }
    let banc = banc.redemarrer().await;
    let porteuse = banc.porteuse().await;
    assert_eq!(ce_qui_est_ecrit(&banc).await, avant);
    porteuse
        .post_fichier(&statuts, ("statuts", "statuts.pdf"), PDF)
        .await
        .mene_a(&dossier);
    banc.finir().await;
}

#[tokio::test]
async fn une_base_sqlite_prise_par_un_autre_se_dit_puis_se_retrouve() {
    use sqlx::{Connection, SqliteConnection};
    let banc = Banc::new(Base::Sqlite).await;
    let porteuse = banc.porteuse().await;
    let avant = ce_qui_est_ecrit(&banc).await;
    let fichier = banc.donnees().join("coopole.db");
    let mut autre = SqliteConnection::connect(&format!("sqlite://{}", fichier.display()))
        .await
        .unwrap();
    sqlx::raw_sql("BEGIN IMMEDIATE")
        .execute(&mut autre)
        .await
        .unwrap();

    ouvrir(&banc, &porteuse).await.tombe_en_panne();
    porteuse.get("/espace").await.montre("Mon espace");
    assert_eq!(ce_qui_est_ecrit(&banc).await, avant);
    sqlx::raw_sql("ROLLBACK").execute(&mut autre).await.unwrap();
    autre.close().await.unwrap();

    ouvrir(&banc, &porteuse).await.mene_a("/dossiers/");
    banc.finir().await;
}

/// The one connection that writes may not grow the base beyond this.
async fn limiter(banc: &Banc, pages: i64) {
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute(
        sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}")),
        &[],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn une_base_pleine_n_ecrit_rien_a_moitie() {
    use coopole::{
        comptes::Creer,
        socle::{erreurs::Echec, horloge::RecuLe},
    };
    let banc = Banc::new(Base::Sqlite).await;
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(&banc, &porteuse, "Pôle des Rives").await;
    let avant = ce_qui_est_ecrit(&banc).await;
    limiter(&banc, 1).await; // never under what it holds already

    let gros = "x".repeat(300_000);
    let creer = Creer {
        courriel: "gros@essai.example".into(),
        nom: gros.clone(),
        recu_le: RecuLe::maintenant(&banc.app.horloge),
    };
    let panne = banc.app.accomplir(creer).await;
    assert!(
        matches!(panne, Err(Echec::Panne(Panne::Base(_)))),
        "{panne:?}"
    );
    // The base undid the transaction by itself; the next one begins anew.
    limiter(&banc, 1).await;
    let rubrique = format!("{dossier}/rubriques/synthese");
    let version = porteuse.get(&rubrique).await.cache("version");
    let texte = [
        ("version", version.as_str()),
        ("projet_resume", gros.as_str()),
    ];
    porteuse.post(&rubrique, &texte).await.tombe_en_panne();

    assert_eq!(ce_qui_est_ecrit(&banc).await, avant);
    porteuse.get(&rubrique).await.montre("Le projet en bref");
    limiter(&banc, 1_000_000).await; // room again, and the service with it
    let texte = [
        ("version", version.as_str()),
        ("projet_resume", "Une phrase."),
    ];
    porteuse.post(&rubrique, &texte).await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM reponses").await, 1);
    banc.finir().await;
}

/// A page, its incident number, and nothing of why.
fn en_panne(reponse: &str) {
    assert!(reponse.starts_with("HTTP/1.1 500"), "{reponse}");
    assert!(
        reponse.contains("Un incident bloque cette page"),
        "{reponse}"
    );
    assert!(reponse.contains("incident <strong>"), "{reponse}");
}

/// Waits until the statement counts as many.
async fn attendre(banc: &Banc, combien: i64, sql: &'static str) {
    for _ in 0..300 {
        if banc.compter(sql).await == combien {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("trente secondes n’ont pas suffi : {sql}");
}

const ACCUSES: &str = "SELECT COUNT(*) FROM documents";
const REMIS: &str = "SELECT COUNT(*) FROM taches WHERE constat IS NOT NULL";

parcours!(un_disque_plein_n_ecrit_rien_a_moitie_et_le_service_revient(banc) {
    let dossier = complet(banc, &banc.porteuse().await, "Pôle des Rives").await;
    let secret = banc.secret("solene@rives.example").await;
    let servir = regler(banc, binaire::commande(banc.donnees(), &["serve", "--demo"]));
    let mut serveur = Serveur::demarrer(binaire::qui_voit_le_disque_plein(&servir));
    let adresse = serveur.adresse.clone();
    let deposer = || async {
        let depot = format!("{dossier}/depot");
        binaire::post(&adresse, &depot, &secret, "pouvoir=oui&exactitude=oui").await
    };
    let envoyer = || async {
        let corps = format!(
            "--limite\r\nContent-Disposition: form-data; name=\"statuts\"; filename=\"s.pdf\"\r\n\r\n\
             {}\r\n--limite--\r\n",
            String::from_utf8_lossy(PDF)
        );
        let statuts = format!("{dossier}/pieces/statuts");
        binaire::post_brut(&adresse, &statuts, &secret, (FORMULAIRE, &corps)).await
    };
    let avant = ce_qui_est_ecrit(banc).await;
    serveur.remplir_le_disque();

    en_panne(&envoyer().await);
    assert_eq!(ce_qui_est_ecrit(banc).await, avant);
    match banc.base() {
        None => {
            en_panne(&deposer().await);
            assert_eq!(ce_qui_est_ecrit(banc).await, avant);
        }
        // Another disk holds the base: filed, and the paper waits for room.
        Some(_) => {
            assert!(est_accuse(&deposer().await, &dossier));
            attendre(banc, 1, REMIS).await;
            assert_eq!((banc.compter(ACCUSES).await, banc.fichiers()), (0, 4));
        }
    }
    let page = binaire::get(&adresse, &dossier, &secret).await;
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");

    serveur.vider_le_disque();
    if banc.base().is_none() {
        let envoi = envoyer().await;
        assert!(envoi.starts_with("HTTP/1.1 303"), "{envoi}");
    }
    assert!(est_accuse(&deposer().await, &dossier));
    attendre(banc, 1, ACCUSES).await;
    assert!(serveur.arreter().success());
});

parcours!(un_fichier_coupe_ou_change_sur_le_disque_n_est_jamais_rendu(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, "Pôle des Rives").await;
    porteuse
        .post_fichier(&format!("{dossier}/pieces/statuts"), ("statuts", "statuts.pdf"), PDF)
        .await
        .mene_a(&dossier);
    let page = porteuse.get(&format!("{dossier}/pieces")).await;
    let lien = page.texte.split("href=\"").find(|l| l.starts_with(&format!("{dossier}/pieces/"))).unwrap();
    let lien = lien.split('"').next().unwrap().to_owned();
    porteuse.get(&lien).await.montre("%PDF-1.7");
    let fichier = banc.noms_des_fichiers().remove(0);

    for octets in [&PDF[..4], b"", b"%PDF-1.7 un autre"] {
        std::fs::write(&fichier, octets).unwrap();
        porteuse.get(&lien).await.tombe_en_panne();
    }
    std::fs::remove_file(&fichier).unwrap();
    porteuse.get(&lien).await.tombe_en_panne();
    // The dossier itself is still read.
    porteuse.get(&format!("{dossier}/pieces")).await.montre("statuts.pdf");
    std::fs::write(&fichier, PDF).unwrap();
    porteuse.get(&lien).await.montre("%PDF-1.7");
});

parcours!(un_accuse_abime_sur_le_disque_n_est_jamais_rendu_ni_refait(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = complet(banc, &porteuse, "Pôle des Rives").await;
    let avant = banc.noms_des_fichiers();
    remplissage::deposer(&porteuse, &dossier).await.mene_a(&dossier);
    banc.taches().await;
    let papier = format!("{dossier}/accuse.pdf");
    let imprime = porteuse.get(&papier).await.octets;
    let fichier = banc.noms_des_fichiers().into_iter().find(|nom| !avant.contains(nom)).unwrap();
    let ecrit = ce_qui_est_ecrit(banc).await;

    std::fs::write(&fichier, &imprime[..imprime.len() / 2]).unwrap();

    porteuse.get(&papier).await.tombe_en_panne();
    porteuse.get(&format!("{dossier}/accuse")).await.montre("dossier déposé");
    assert_eq!(ce_qui_est_ecrit(banc).await, ecrit);
    std::fs::write(&fichier, &imprime).unwrap();
    assert_eq!(porteuse.get(&papier).await.octets, imprime);
});
