//! What every paper must stand: kept bytes, hostile words, readers of all kinds.

mod accuse;
mod budget;
mod certificat;
mod convention;
mod decision;
mod lettre;
mod monde;
mod monde_appel;
mod monde_argent;
mod notice;

use std::sync::OnceLock;

use crate::{Document, Imprimerie, PannePapier, Reglages};

/// Everything a person or an attacker may type in one field.
pub(crate) const HOSTILE: &str = "#panic(\"non\") *gras* _it_ ] } $x$ `brut` <cle> @ref = // /* \\ \u{202e}fdp.exe \u{7} 🌱 漢字 <script>alert(1)</script> '\"&amp; {{7*7}} #read(\"/etc/passwd\")";

/// The same, as it must be read on paper.
const HOSTILE_LU: &str = "#panic(\"non\") *gras* _it_ ] } $x$ `brut` <cle> @ref = // /* \\ [U+202E]fdp.exe [U+0007] [U+1F331] [U+6F22][U+5B57] <script>alert(1)</script> '\"&amp; {{7*7}} #read(\"/etc/passwd\")";

/// Fifty thousand signs without one blank.
pub(crate) fn long() -> String {
    "anticonstitutionnel".chars().cycle().take(50_000).collect()
}

pub(crate) fn presse() -> &'static Imprimerie {
    static PRESSE: OnceLock<Imprimerie> = OnceLock::new();
    PRESSE.get_or_init(|| {
        Imprimerie::nouvelle(Reglages::default()).expect("the fonts of the house are in the binary")
    })
}

fn epreuve(document: impl Into<Document>) -> (Vec<u8>, Vec<String>) {
    presse()
        .epreuve(&document.into())
        .unwrap_or_else(|panne| panic!("{panne} : {:?}", std::error::Error::source(&panne)))
}

pub(crate) fn imprime(document: impl Into<Document>) -> Vec<u8> {
    epreuve(document).0
}

pub(crate) fn feuillets(document: impl Into<Document>) -> Vec<String> {
    epreuve(document).1
}

/// The whole text of a paper that prints.
pub(crate) fn lu(document: impl Into<Document>) -> String {
    uni(&feuillets(document).join(" "))
}

/// How many times the hostile text is read, whole, wherever lines break.
pub(crate) fn hostiles(document: impl Into<Document>) -> usize {
    let serre = |texte: &str| texte.split_whitespace().collect::<String>();
    serre(&lu(document)).matches(&serre(HOSTILE_LU)).count()
}

/// Blanks of all widths made plain, so that a test reads as it is typed.
fn uni(texte: &str) -> String {
    texte
        .replace('\u{200b}', "")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

pub(crate) fn contient(pdf: &[u8], texte: &str) -> bool {
    pdf.windows(texte.len())
        .any(|fenetre| fenetre == texte.as_bytes())
}

#[test]
fn le_fichier_est_accessible_et_fait_pour_durer() {
    let pdf = imprime(monde::accuse());
    assert!(pdf.starts_with(b"%PDF-1.7"));
    for marque in [
        "<pdfaid:part>3",
        "<pdfaid:conformance>A",
        "<pdfuaid:part>1",
        "/MarkInfo",
        "/Lang(fr-FR)",
    ] {
        assert!(contient(&pdf, marque), "il manque {marque}");
    }
}

#[test]
fn le_titre_l_auteur_et_la_date_sont_dans_le_fichier() {
    let pdf = imprime(monde::accuse());
    assert!(contient(
        &pdf,
        "Accusé de réception du dossier n°\u{a0}2024-0137"
    ));
    assert!(contient(&pdf, "Coopôle"));
    assert!(contient(&pdf, "2024-05-29T09:58:42"));
}

#[test]
fn les_memes_faits_donnent_les_memes_octets() {
    let autre = Imprimerie::nouvelle(Reglages::default()).unwrap();
    let document = Document::from(monde::accuse());
    assert_eq!(imprime(monde::accuse()), autre.imprimer(&document).unwrap());
}

#[test]
fn plusieurs_personnes_impriment_en_meme_temps() {
    let attendu = imprime(monde::accuse());
    std::thread::scope(|fils| {
        let rendus: Vec<_> = (0..4)
            .map(|_| fils.spawn(|| imprime(monde::accuse())))
            .collect();
        for rendu in rendus {
            assert_eq!(rendu.join().unwrap(), attendu);
        }
    });
}

#[test]
fn un_document_demesure_est_refuse() {
    let mut accuse = monde::accuse();
    accuse.pole = "a".repeat(600_000);
    let panne = presse().imprimer(&accuse.into()).unwrap_err();
    assert!(matches!(panne, PannePapier::TropLourd { .. }), "{panne}");
}

#[test]
fn une_famille_de_polices_absente_est_dite() {
    let reglages = Reglages {
        famille: Some("Police Imaginaire".into()),
        ..Reglages::default()
    };
    let panne = Imprimerie::nouvelle(reglages).err().unwrap();
    assert_eq!(
        panne.to_string(),
        "aucune police de la famille « Police Imaginaire »"
    );
}

#[test]
fn un_dossier_de_polices_absent_est_dit() {
    let reglages = Reglages {
        polices: Some("/nulle/part".into()),
        ..Reglages::default()
    };
    assert!(matches!(
        Imprimerie::nouvelle(reglages),
        Err(PannePapier::Polices { .. })
    ));
}

#[test]
fn la_marque_est_celle_de_l_exploitant() {
    let mut reglages = Reglages::default();
    reglages.marque.nom = "Maison d’essai".into();
    reglages.marque.mention = None;
    let presse = Imprimerie::nouvelle(reglages).unwrap();
    let pages = presse.lire(&monde::accuse().into()).unwrap();
    assert!(pages[0].contains("Maison d’essai"));
    assert!(!pages.concat().contains("site officiel"));
}

#[test]
fn une_police_du_dossier_est_employee() {
    let famille = "New Computer Modern";
    let dossier = std::env::temp_dir().join(format!("documents-polices-{}", std::process::id()));
    std::fs::create_dir_all(&dossier).unwrap();
    std::fs::write(dossier.join("lisez-moi.txt"), "pas une police").unwrap();
    for (rang, octets) in typst_assets::fonts().enumerate() {
        std::fs::write(dossier.join(format!("{rang}.otf")), octets).unwrap();
    }
    let reglages = Reglages {
        polices: Some(dossier.clone()),
        famille: Some(famille.into()),
        ..Reglages::default()
    };
    let pdf =
        Imprimerie::nouvelle(reglages).and_then(|presse| presse.imprimer(&monde::accuse().into()));
    std::fs::remove_dir_all(dossier).unwrap();
    let pdf = pdf.unwrap();
    assert!(contient(&pdf, "NewCM10-Regular") && !contient(&pdf, "LibertinusSerif"));
}

#[test]
fn chaque_page_dit_son_rang_et_leur_nombre() {
    let pages = feuillets(monde::accuse());
    for (rang, page) in pages.iter().enumerate() {
        assert!(
            page.contains(&format!("Page {} sur {}", rang + 1, pages.len())),
            "{page}"
        );
    }
}

#[test]
fn les_faits_joints_gardent_ce_que_le_papier_ne_peut_dessiner() {
    let mut accuse = monde::accuse();
    accuse.pole = "Pôle 🌱".into();
    let faits: serde_json::Value =
        serde_json::from_str(&presse().faits(&accuse.into()).unwrap()).unwrap();
    assert_eq!(faits["corps"]["pole"], "Pôle [U+1F331]");
    let joints: serde_json::Value =
        serde_json::from_str(faits["joints"]["contenu"].as_str().unwrap()).unwrap();
    assert_eq!(joints["pole"], "Pôle 🌱");
}

/// French spacing of the fixed sentences: those of the facts are the caller's.
#[test]
fn les_phrases_des_modeles_ont_leurs_espaces_insecables() {
    let dossier = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("modeles");
    for modele in std::fs::read_dir(dossier).unwrap() {
        let chemin = modele.unwrap().path();
        let texte = std::fs::read_to_string(&chemin).unwrap();
        for (rang, ligne) in texte
            .lines()
            .enumerate()
            .filter(|(_, ligne)| !ligne.trim_start().starts_with("//"))
        {
            let ligne = ligne.replace(" != ", "");
            for faute in [" ;", " :", " !", " ?", " %", " €", "« ", " »", "n° ", "'"] {
                assert!(
                    !ligne.contains(faute),
                    "{}, ligne {} : « {faute} »",
                    chemin.display(),
                    rang + 1
                );
            }
        }
    }
}
