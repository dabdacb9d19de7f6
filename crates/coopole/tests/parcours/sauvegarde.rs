//! The operator who saves an instance while people write in it, then restores.

use std::{os::unix::fs::PermissionsExt, path::Path};

use coopole::{
    comptes::Creer,
    socle::{horloge::RecuLe, journal::scellement},
};

use crate::{
    banc::{Banc, Base},
    binaire::{Dossier, Fin, commande, executer},
    remplissage::{complet, deposer},
};

/// One more account, which the journal records.
async fn un_acte(banc: &Banc, rang: usize) {
    let creer = Creer {
        courriel: format!("compte{rang}@essai.example"),
        nom: format!("Compte {rang}"),
        recu_le: RecuLe::maintenant(&banc.app.horloge),
    };
    banc.app.accomplir(creer).await.unwrap();
    scellement::sceller(&banc.app.db, &banc.app.cle, &banc.app.horloge)
        .await
        .unwrap();
}

/// The command, run while acts go on; how many were accomplished before its
/// beginning and at its end.
async fn sauvegarder(banc: &Banc, mots: &'static [&'static str], vers: &Path) -> (usize, usize) {
    let mut commande = commande(banc.donnees(), mots);
    commande.arg(vers);
    let debut = banc.compter("SELECT COUNT(*) FROM comptes").await;
    let commande = tokio::task::spawn_blocking(move || Fin::de(commande.output().unwrap()));
    let mut rang = usize::try_from(debut).unwrap();
    let avant = rang;
    while !commande.is_finished() {
        un_acte(banc, rang).await;
        rang += 1;
    }
    let fin = commande.await.unwrap();
    fin.finit(0, "telle qu’elle était à un instant")
        .finit(0, "Clés :");
    (avant, rang)
}

#[tokio::test]
async fn une_sauvegarde_prise_pendant_que_l_on_ecrit_se_restaure() {
    let banc = Banc::new(Base::Sqlite).await;
    let porteuse = banc.porteuse().await;
    let dossier = complet(&banc, &porteuse, "Pôle des Rives").await;
    deposer(&porteuse, &dossier).await.mene_a(&dossier);
    banc.taches().await;
    tout_est_ferme(banc.donnees());
    // What the operator puts there is as open as they left it; its copy is not.
    let exploitant = [
        ("marque", "logo.svg"),
        ("textes/ami-financement-2024", "E1.txt"),
        ("", "mentions-legales.txt"),
    ];
    for (ou, nom) in exploitant {
        let ou = banc.donnees().join(ou);
        std::fs::create_dir_all(&ou).unwrap();
        std::fs::write(ou.join(nom), nom).unwrap();
    }
    let vers = Dossier::neuf();

    let (avant, apres) = sauvegarder(&banc, &["sauvegarder", "--avec-cles"], &vers.0).await;

    assert!(apres > avant, "personne n’écrivait pendant la sauvegarde");
    for (ou, nom) in exploitant {
        let rendu = std::fs::read_to_string(vers.0.join(ou).join(nom));
        assert_eq!(
            rendu.ok().as_deref(),
            Some(nom),
            "la sauvegarde porte {nom}"
        );
    }
    executer(&vers.0, &["journal", "verifier"]).finit(0, "Journal intact");
    let comptes = executer(&vers.0, &["compte", "lister"]);
    comptes.finit(0, "solene@rives.example");
    let sauves = comptes
        .sortie
        .lines()
        .filter(|ligne| ligne.contains('@'))
        .count();
    assert!(
        (avant..=apres).contains(&sauves),
        "{sauves} comptes, de {avant} à {apres}"
    );
    assert_eq!(compter(&vers.0.join("fichiers")), banc.fichiers());
    tout_est_ferme(&vers.0);

    let encore = executer(banc.donnees(), &["sauvegarder", vers.0.to_str().unwrap()]);
    encore.finit(1, "une sauvegarde se fait dans un dossier neuf");
    banc.finir().await;
}

#[tokio::test]
async fn sans_ses_cles_une_sauvegarde_le_dit_et_ne_s_en_invente_pas() {
    let banc = Banc::new(Base::Sqlite).await;
    un_acte(&banc, 0).await;
    let vers = Dossier::neuf();

    sauvegarder(&banc, &["sauvegarde"], &vers.0).await;

    let restauree = executer(&vers.0, &["journal", "verifier"]);
    restauree
        .finit(3, "la clé du journal manque")
        .finit(3, "journal.ed25519");
    let cle = vers.0.join("cles").join("journal.ed25519");
    assert!(!cle.exists(), "une autre clé signerait pour la première");
    std::fs::create_dir_all(cle.parent().unwrap()).unwrap();
    std::fs::copy(banc.donnees().join("cles").join("journal.ed25519"), cle).unwrap();
    executer(&vers.0, &["journal", "verifier"]).finit(0, "Journal intact");
    banc.finir().await;
}

#[tokio::test]
async fn sur_postgresql_la_sauvegarde_dit_quoi_lancer_et_copie_les_fichiers() {
    let banc = Banc::new(Base::Postgres).await;
    let porteuse = banc.porteuse().await;
    complet(&banc, &porteuse, "Pôle des Rives").await;
    let vers = Dossier::neuf();
    let mut commande = commande(banc.donnees(), &["sauvegarder"]);
    commande
        .arg(&vers.0)
        .env("DATABASE_URL", banc.base().unwrap());

    let fin = Fin::de(commande.output().unwrap());

    fin.finit(0, "PostgreSQL, qui n’est PAS dans cette sauvegarde")
        .finit(0, "pg_dump --format=custom");
    let adresse = banc.base().unwrap();
    assert!(
        !fin.sortie.contains(adresse),
        "le mot de passe de la base est dit"
    );
    assert_eq!(compter(&vers.0.join("fichiers")), banc.fichiers());
    banc.finir().await;
}

#[test]
fn sans_instance_il_n_y_a_rien_a_sauvegarder() {
    let (rien, vers) = (Dossier::neuf(), Dossier::neuf());
    let fin = executer(&rien.0, &["sauvegarder", vers.0.to_str().unwrap()]);
    fin.finit(1, "Il n’y a pas d’instance dans");
    assert!(!vers.0.exists() && !rien.0.exists());
}

fn compter(dossier: &Path) -> usize {
    let contenu = std::fs::read_dir(dossier).into_iter().flatten().flatten();
    contenu
        .map(|entree| match entree.path().is_dir() {
            true => compter(&entree.path()),
            false => 1,
        })
        .sum()
}

/// Files 0600, folders 0700, the keys included.
#[track_caller]
fn tout_est_ferme(dossier: &Path) {
    for entree in std::fs::read_dir(dossier).unwrap().flatten() {
        let mode = entree.metadata().unwrap().permissions().mode() & 0o777;
        let attendu = if entree.path().is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode, attendu, "{} : {mode:o}", entree.path().display());
        if entree.path().is_dir() {
            tout_est_ferme(&entree.path());
        }
    }
}
