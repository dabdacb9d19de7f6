//! Embeds what the binary carries with it: the browser's files (`web/dist`),
//! the calls (`appels/*/appel.toml`) and the reference data (`donnees/*`).
//!
//! It writes one table per kind, read by `socle::actifs`. It builds nothing:
//! `web/dist` comes from `make web`, and without it the build stops with a
//! sentence rather than serving pages without their look.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

fn main() {
    // Asked when it runs, not when it was compiled: a checkout may move.
    let maison = env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let racine = Path::new(&maison).join("../..");
    let dist = racine.join("web/dist");
    // The manifest is written last, so its presence says that the rest is whole.
    let manifeste = dist.join("manifest.json");
    println!("cargo::rerun-if-changed={}", manifeste.display());
    println!("cargo::rerun-if-changed=build.rs");
    if !manifeste.is_file() {
        arreter(
            "Les fichiers du navigateur (web/dist) ne sont pas construits : lancez « make run », ou « make web » pour eux seuls.",
        );
    }

    let mut table = String::new();
    ecrire_actifs(&mut table, &dist);
    ecrire_textes(&mut table, "APPELS", &appels(&racine.join("appels")));
    ecrire_textes(&mut table, "DONNEES", &donnees(&racine.join("donnees")));
    let sortie = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(sortie.join("embarques.rs"), table).expect("OUT_DIR is writable");
}

/// One `Actif` per hashed file: `app.0123abcd.css` is `app.css`, and its
/// hash is its ETag.
fn ecrire_actifs(table: &mut String, dist: &Path) {
    table.push_str("pub static ACTIFS: &[Actif] = &[\n");
    for chemin in fichiers(dist) {
        let fichier = nom_de(&chemin);
        let Some((nom, hash, type_mime)) = nom_hache(&fichier) else {
            continue;
        };
        writeln!(
            table,
            "    Actif {{ nom: {nom:?}, chemin: {:?}, type_mime: {type_mime:?}, hash: {hash:?}, octets: {}, br: {}, gz: {} }},",
            format!("/actifs/{fichier}"),
            inclusion("include_bytes", &chemin),
            jumeau(&chemin, "br"),
            jumeau(&chemin, "gz"),
        )
        .expect("a String takes every write");
    }
    table.push_str("];\n");
}

/// `app.0123abcd.css` → (`app.css`, `0123abcd`, its content type); `None` for
/// the manifest and the compressed twins.
fn nom_hache(fichier: &str) -> Option<(String, String, &'static str)> {
    let (reste, extension) = fichier.rsplit_once('.')?;
    let (nom, hash) = reste.rsplit_once('.')?;
    let type_mime = match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        _ => return None,
    };
    Some((format!("{nom}.{extension}"), hash.to_owned(), type_mime))
}

fn jumeau(chemin: &Path, codage: &str) -> String {
    let jumeau = PathBuf::from(format!("{}.{codage}", chemin.display()));
    if jumeau.is_file() {
        format!("Some({})", inclusion("include_bytes", &jumeau))
    } else {
        "None".to_owned()
    }
}

fn ecrire_textes(table: &mut String, nom: &str, textes: &[(String, PathBuf)]) {
    writeln!(table, "pub static {nom}: &[Texte] = &[").expect("a String takes every write");
    for (nom, chemin) in textes {
        println!("cargo::rerun-if-changed={}", chemin.display());
        writeln!(
            table,
            "    Texte {{ nom: {nom:?}, texte: {} }},",
            inclusion("include_str", chemin)
        )
        .expect("a String takes every write");
    }
    table.push_str("];\n");
}

/// Each call by the name of its folder.
fn appels(dossier: &Path) -> Vec<(String, PathBuf)> {
    suivre(dossier);
    entrees(dossier)
        .into_iter()
        .map(|appel| (nom_de(&appel), appel.join("appel.toml")))
        .filter(|(_, document)| document.is_file())
        .collect()
}

/// Each text file of reference data by its file name.
fn donnees(dossier: &Path) -> Vec<(String, PathBuf)> {
    suivre(dossier);
    fichiers(dossier)
        .into_iter()
        .filter(|chemin| {
            let extension = chemin.extension().and_then(|e| e.to_str());
            matches!(extension, Some("csv" | "json" | "geojson" | "toml" | "txt"))
        })
        .map(|chemin| (nom_de(&chemin), chemin))
        .collect()
}

/// A folder that does not exist yet is not followed: cargo would take its
/// absence for a change and build again each time.
fn suivre(dossier: &Path) {
    if dossier.is_dir() {
        println!("cargo::rerun-if-changed={}", dossier.display());
    }
}

fn fichiers(dossier: &Path) -> Vec<PathBuf> {
    let mut fichiers = entrees(dossier);
    fichiers.retain(|chemin| chemin.is_file());
    fichiers
}

/// In the order of names, so that two builds give the same table.
fn entrees(dossier: &Path) -> Vec<PathBuf> {
    let Ok(lecture) = fs::read_dir(dossier) else {
        return Vec::new();
    };
    let mut entrees: Vec<_> = lecture.flatten().map(|entree| entree.path()).collect();
    entrees.sort();
    entrees
}

fn nom_de(chemin: &Path) -> String {
    chemin
        .file_name()
        .map(|nom| nom.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn inclusion(macro_: &str, chemin: &Path) -> String {
    let absolu = chemin.canonicalize().unwrap_or_else(|_| chemin.to_owned());
    format!("{macro_}!({:?})", absolu.display().to_string())
}

fn arreter(phrase: &str) -> ! {
    eprintln!("{phrase}");
    process::exit(1)
}
