//! Whoever writes a call: the document and its checker, at the command line.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use coopole::socle::alea;

const APPEL: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../appels/ami-financement-2024"
);

/// A copy of the 2024 call, changed by hand.
struct Copie(PathBuf);

impl Copie {
    fn avec(changements: &[(&str, &str)]) -> Self {
        let dossier = std::env::temp_dir().join(format!("coopole-appel-{}", alea::id()));
        fs::create_dir_all(&dossier).unwrap();
        let mut texte = fs::read_to_string(format!("{APPEL}/appel.toml")).unwrap();
        for (avant, apres) in changements {
            assert!(texte.contains(avant), "{avant} n’est plus dans l’appel");
            texte = texte.replacen(avant, apres, 1);
        }
        fs::write(dossier.join("appel.toml"), texte).unwrap();
        fs::copy(format!("{APPEL}/cas.toml"), dossier.join("cas.toml")).unwrap();
        Self(dossier)
    }

    fn verifier(&self) -> (Option<i32>, String) {
        lire(&verifier(&self.0.join("appel.toml")))
    }
}

impl Drop for Copie {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn verifier(fichier: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_coopole"))
        .args(["campagne", "verifier"])
        .arg(fichier)
        .output()
        .unwrap()
}

fn lire(sortie: &Output) -> (Option<i32>, String) {
    let dit = String::from_utf8(sortie.stdout.clone()).unwrap();
    (
        sortie.status.code(),
        dit.replace(['\u{a0}', '\u{202f}'], " "),
    )
}

/// The line of the original document that holds this text.
fn ligne(texte: &str) -> usize {
    let document = fs::read_to_string(format!("{APPEL}/appel.toml")).unwrap();
    1 + document.lines().position(|l| l.contains(texte)).unwrap()
}

#[test]
fn l_appel_livre_n_a_rien_a_corriger_et_ses_cas_sont_joues() {
    let (code, dit) = lire(&verifier(Path::new(&format!("{APPEL}/appel.toml"))));
    assert_eq!(code, Some(0), "{dit}");
    assert!(dit.contains("rien à corriger") && dit.contains("cas joués"));
}

#[test]
fn toutes_les_fautes_sont_dites_d_un_coup_a_leur_place() {
    let copie = Copie::avec(&[
        (
            r#"cloture = "2024-05-29 12:00""#,
            r#"cloture = "29 mai à midi""#,
        ),
        ("part_signalee = 50", r#"part_signalee = "la moitié""#),
        ("structure.forme != ", "structure.fore != "),
    ]);
    let (code, dit) = copie.verifier();

    assert_eq!(code, Some(1), "{dit}");
    for fautive in [
        r#"cloture = "2024-05-29 12:00""#,
        "part_signalee = 50",
        "structure.forme != ",
    ] {
        let place = format!("appel.toml:{}:", ligne(fautive));
        assert!(dit.contains(&place), "{place} manque :\n{dit}");
    }
    assert!(dit.contains("fautes à corriger."));
}

#[test]
fn un_cas_d_ecole_qui_ne_tient_plus_est_nomme() {
    // The rule of the ESS carrier, made laxer than its cases.
    let copie = Copie::avec(&[(
        r#"structure.forme != "collectivite" && structure.qualite_ess in ["de_droit", "societe_ess"]"#,
        r#"structure.qualite_ess in ["de_droit", "societe_ess", "hors_ess"]"#,
    )]);
    let (code, dit) = copie.verifier();
    assert_eq!(code, Some(1), "{dit}");
    assert!(dit.contains("cas.toml:") && dit.contains("E4a"), "{dit}");
}

#[test]
fn un_fichier_absent_est_une_panne_et_non_une_faute() {
    let sortie = verifier(Path::new("/nulle/part/appel.toml"));
    assert_eq!(sortie.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&sortie.stderr).contains("ne peut pas être lu"));
}
