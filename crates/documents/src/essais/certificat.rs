//! The certificate of a signature of the Charter.

use super::{HOSTILE, feuillets, hostiles, lu, monde};

#[test]
fn le_certificat_dit_qui_a_signe_quel_texte_et_comment_le_verifier() {
    let certificat = monde::certificat();
    let texte = lu(certificat.clone());
    for mention in [
        "a signé au nom du pôle le",
        "mardi 26 mars 2024 à 9 h 00 min 00 s (heure de Paris)",
        "Charte du 30 juin 2021",
        "Les Rives solidaires, SIRET 900 000 019 00019",
        "J’ai pouvoir d’engager la structure qui porte le pôle",
        "le pôle en accepte les principes",
        "Camille Essai",
        "présidente",
        "Délibération du 12 mars 2024",
        "Journée nationale d’essai, Morlaix",
        "coopole.example/verification",
        "K7QM-3D2F-XA4T-PZ6R",
        certificat.empreinte.as_str(),
        certificat.inscription.as_str(),
    ] {
        assert!(
            texte.contains(mention),
            "il manque « {mention} » dans : {texte}"
        );
    }
    assert_eq!(feuillets(certificat).len(), 1);
}

#[test]
fn un_representant_legal_n_a_pas_de_deliberation_a_donner() {
    let mut certificat = monde::certificat();
    certificat.reference = None;
    assert!(!lu(certificat).contains("Délibération"));
}

#[test]
fn les_faits_d_un_premier_format_s_impriment_sans_structure() {
    let mut certificat = monde::certificat();
    certificat.engagee = None;
    certificat.declarations.clear();
    let texte = lu(certificat);
    assert!(
        !texte.contains("SIRET") && !texte.contains("Déclaré"),
        "{texte}"
    );
}

#[test]
fn hors_seance_le_certificat_n_en_dit_rien() {
    let mut certificat = monde::certificat();
    certificat.seance = None;
    assert!(!lu(certificat).contains("séance"));
}

#[test]
fn un_texte_hostile_est_imprime_tel_quel() {
    let mut certificat = monde::certificat();
    certificat.signataire = HOSTILE.into();
    certificat.personne = HOSTILE.into();
    certificat.fonction = HOSTILE.into();
    certificat.reference = Some(HOSTILE.into());
    certificat.engagee = Some(HOSTILE.into());
    certificat.declarations = vec![HOSTILE.into()];
    assert!(hostiles(certificat) >= 6);
}
