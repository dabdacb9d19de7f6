//! A budget.

use super::{HOSTILE, feuillets, hostiles, long, lu, monde_argent};
use crate::{MentionLigne, NatureBudget, PieceDeposee};

#[test]
fn le_budget_montre_charges_produits_et_totaux() {
    let texte = lu(monde_argent::budget());
    for attendu in [
        "Budget prévisionnel du projet",
        "64 Charges de personnel 146 400 €",
        "Total des charges 182 400 €",
        "Total des produits 182 400 €",
        "Le total des charges égale celui des produits.",
    ] {
        assert!(
            texte.contains(attendu),
            "il manque « {attendu} » dans : {texte}"
        );
    }
}

#[test]
fn un_cofinancement_est_obtenu_ou_seulement_depose() {
    let texte = lu(monde_argent::budget());
    assert!(texte.contains("Région Obtenue 24 000 €"));
    assert!(texte.contains("Communauté de communes Déposée 14 000 €"));
}

#[test]
fn l_emploi_de_la_subvention_est_detaille() {
    let texte = lu(monde_argent::budget());
    assert!(texte.contains("Animation des coopérations, temps de travail 82 % 82 000 €"));
    assert!(texte.contains("Subvention 100 000 €"));
    assert!(texte.contains("subvention : 82 000 €, animation, temps de travail"));
}

/// A draft as it stands: a good that lasts on the subsidy, and no use yet.
#[test]
fn un_brouillon_ne_dit_que_ce_qui_est() {
    let mut budget = monde_argent::budget();
    budget.tableau.emplois.clear();
    for compte in &mut budget.tableau.charges {
        for ligne in &mut compte.lignes {
            ligne.mention = Some(MentionLigne::Subvention {
                montant: "20 000 €".into(),
                emploi: None,
            });
        }
    }
    let texte = lu(budget);
    assert!(
        texte.contains("du total des charges. Aucune charge n’est affectée à la subvention."),
        "{texte}"
    );
    assert!(texte.contains("subvention : 20 000 €"));
    assert!(!texte.contains("subvention : 20 000 €,"));
    assert!(!texte.contains("amortissable"));
}

#[test]
fn les_contributions_volontaires_restent_a_part() {
    let texte = lu(monde_argent::budget());
    assert!(texte.contains("86 Emplois des contributions 9 000 €"));
    assert!(texte.contains("87 Contributions volontaires 9 000 €"));
    let mut sans = monde_argent::budget();
    sans.tableau.contributions = None;
    assert!(!lu(sans).contains("Contributions volontaires"));
}

#[test]
fn un_ecart_est_dit_avec_son_cote() {
    let mut budget = monde_argent::budget();
    budget.tableau.ecart = Some("les charges dépassent les produits de 2 400 €".into());
    let texte = lu(budget);
    assert!(texte.contains("Écart : les charges dépassent les produits de 2 400 €."));
    assert!(!texte.contains("égale celui"));
}

#[test]
fn un_budget_de_structure_sans_ligne_s_imprime() {
    let mut budget = monde_argent::budget();
    budget.nature = NatureBudget::Structure;
    budget.tableau.charges.clear();
    budget.tableau.produits.clear();
    budget.tableau.emplois.clear();
    budget.tableau.subvention = None;
    budget.tableau.part = None;
    let texte = lu(budget);
    assert!(texte.contains("Budget prévisionnel de la structure"));
    assert_eq!(texte.matches("Aucune ligne").count(), 2);
    assert!(!texte.contains("Emploi de la subvention"));
    assert!(!texte.contains("Cofinancements"));
}

#[test]
fn les_charges_indirectes_n_ont_pas_de_numero_de_compte() {
    let mut budget = monde_argent::budget();
    let mut indirectes = budget.tableau.charges[0].clone();
    indirectes.compte = None;
    indirectes.intitule = "Charges indirectes réparties".into();
    budget.tableau.charges = vec![indirectes];
    assert!(lu(budget).contains("Montant Charges indirectes réparties 12 000 €"));
}

#[test]
fn un_fichier_joint_est_nomme_avec_son_empreinte() {
    let mut budget = monde_argent::budget();
    assert!(!lu(budget.clone()).contains("Fichier joint"));
    let empreinte = "c0ffee".repeat(10) + "cafe";
    budget.piece = Some(PieceDeposee {
        genre: "Budget prévisionnel de la structure".into(),
        fichier: "comptes-2024.ods".into(),
        poids: "31 ko".into(),
        empreinte: empreinte.clone(),
    });
    let texte = lu(budget);
    assert!(texte.contains("Fichier joint comptes-2024.ods (31 ko)"));
    assert!(texte.replace(' ', "").contains(&empreinte));
}

#[test]
fn un_budget_de_trois_cents_lignes_garde_ses_tetes_de_colonnes() {
    let mut budget = monde_argent::budget();
    let ligne = budget.tableau.charges[0].lignes[0].clone();
    budget.tableau.charges[0].lignes = vec![ligne; 300];
    let pages = feuillets(budget);
    assert!(pages.len() > 5);
    assert!(
        pages[..5]
            .iter()
            .all(|page| page.contains("Charges") && page.contains("Montant"))
    );
}

#[test]
fn un_texte_hostile_est_imprime_tel_quel() {
    let mut budget = monde_argent::budget();
    budget.tableau.charges[0].lignes[0].libelle = HOSTILE.into();
    budget.tableau.charges[0].lignes[1].libelle = long();
    budget.tableau.produits[1].lignes[1].libelle = HOSTILE.into();
    assert_eq!(hostiles(budget), 3);
}
