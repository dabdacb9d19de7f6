//! The letter that carries the code of a claim.

use super::{HOSTILE, feuillets, hostiles, lu, monde};

#[test]
fn la_lettre_dit_qui_demande_quoi_et_porte_son_code() {
    let lettre = monde::lettre_de_code();
    let texte = lu(lettre.clone());
    for mention in [
        "Cellule Bretagne",
        "1 quai des Brumes",
        "Le mardi 26 mars 2024",
        "Camille Essai (présidente)",
        "« Pôle des Rives »",
        "K7QM3 D2FXA",
        "jusqu’au samedi 25 mai 2024",
        "coopole.example/poles/018f0000",
        "sans ce code, rien ne change",
    ] {
        assert!(
            texte.contains(mention),
            "il manque « {mention} » dans : {texte}"
        );
    }
    assert_eq!(feuillets(lettre).len(), 1);
}

#[test]
fn une_lettre_hostile_est_imprimee_telle_quelle() {
    let mut lettre = monde::lettre_de_code();
    lettre.adresse = vec![HOSTILE.into()];
    lettre.personne = HOSTILE.into();
    lettre.fonction = HOSTILE.into();
    lettre.pole = HOSTILE.into();
    assert!(hostiles(lettre) >= 4);
}
