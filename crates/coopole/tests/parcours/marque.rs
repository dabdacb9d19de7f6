//! The operator entitled to the State's brand, who brings its own files.

use coopole::{
    app::App,
    socle::{erreurs::Panne, reglages::Marque},
};

use crate::banc::{Banc, Base};

/// An image of ours: nothing of the State's is in this repository.
const IMAGE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>";

#[tokio::test]
async fn la_marque_de_l_exploitant_est_celle_de_son_dossier() {
    let banc = Banc::regle(Base::Sqlite, |reglages| {
        reglages.marque = Marque::Etat;
        let dossier = reglages.donnees.join("marque");
        std::fs::create_dir_all(&dossier).unwrap();
        std::fs::write(dossier.join("bloc-marque.svg"), IMAGE).unwrap();
        std::fs::write(dossier.join("bloc-marque.txt"), "Administration d’essai\n").unwrap();
        std::fs::write(dossier.join("marque.css"), "@font-face {}").unwrap();
        std::fs::write(dossier.join("secret.txt"), "rien à servir").unwrap();
    })
    .await;

    let accueil = banc.public().get("/").await;
    accueil
        .montre("src=\"/marque/bloc-marque.svg\" alt=\"Administration d’essai\"")
        .montre("<link rel=\"stylesheet\" href=\"/marque/marque.css\">");
    assert!(!accueil.texte.contains("n’est pas un site officiel"));
    let image = banc.public().get("/marque/bloc-marque.svg").await;
    image.montre(IMAGE);
    assert_eq!(image.entetes["content-type"], "image/svg+xml");
    for ailleurs in [
        "secret.txt",
        "bloc-marque.txt",
        "..%2Fcoopole.db",
        "absent.svg",
    ] {
        banc.public()
            .get(&format!("/marque/{ailleurs}"))
            .await
            .introuvable();
    }
    banc.finir().await;
}

#[tokio::test]
async fn sans_ses_fichiers_la_marque_de_l_etat_ne_demarre_pas() {
    let banc = Banc::new(Base::Sqlite).await;
    let accueil = banc.public().get("/").await;
    accueil.montre("Cette instance n’est pas un site officiel de l’État.");
    assert!(
        !accueil.texte.contains("/marque/"),
        "rien de la marque par défaut"
    );
    banc.public()
        .get("/marque/bloc-marque.svg")
        .await
        .introuvable();
    let mut reglages = banc.app.reglages.clone();
    reglages.marque = Marque::Etat;

    let refus = App::ouvrir(reglages).await.err().unwrap();

    let Panne::Reglage(phrase) = refus else {
        panic!("{refus:?}")
    };
    assert!(
        phrase.starts_with("COOPOLE_MARQUE=etat : il manque "),
        "{phrase}"
    );
    assert!(phrase.contains("marque/bloc-marque.svg"), "{phrase}");
    banc.finir().await;
}
