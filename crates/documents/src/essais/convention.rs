//! The agreement of subsidy.

use super::{HOSTILE, feuillets, hostiles, imprime, long, lu, monde_argent, uni};
use crate::Excedent;

#[test]
fn la_convention_a_les_rubriques_que_la_loi_demande() {
    let texte = lu(monde_argent::convention());
    for attendu in [
        "Article 1. Objet",
        "Durée",
        "100 000 € (cent mille euros)",
        "versée en une fois, pour 100 % de son montant",
        "ne peut financer aucun bien amortissable",
        "compte rendu financier",
        "dans les six mois",
        "Indicateurs et évaluation",
        "Contrôle",
        "Sommes non employées et reversement",
        "dans les trois mois qui suivent la signature",
        "Résiliation",
        "tribunal administratif de Villefictive",
    ] {
        assert!(
            texte.contains(attendu),
            "il manque « {attendu} » dans : {texte}"
        );
    }
}

#[test]
fn le_contrat_d_engagement_republicain_n_est_demande_qu_aux_associations_et_fondations() {
    let association = lu(monde_argent::convention());
    assert!(
        association.contains("a souscrit le contrat d’engagement républicain le lundi 20 mai 2024")
    );
    assert!(association.contains("Article 15. Recours"));
    let mut cooperative = monde_argent::convention();
    cooperative.engagement_republicain = None;
    let cooperative = lu(cooperative);
    assert!(!cooperative.contains("engagement républicain"));
    assert!(cooperative.contains("Article 14. Recours"));
}

#[test]
fn un_article_en_cite_un_autre_par_son_vrai_numero() {
    let texte = lu(monde_argent::convention());
    assert!(texte.contains("Article 9. Sommes non employées et reversement"));
    assert!(texte.contains("L’article 9 s’applique alors aux sommes versées."));
}

#[test]
fn l_excedent_est_garde_dans_une_limite_ou_reverse() {
    assert!(lu(monde_argent::convention()).contains("garde l’excédent dans la limite de 5 %"));
    let mut convention = monde_argent::convention();
    convention.excedent = Excedent::Reverse;
    assert!(lu(convention).contains("est reversée à l’administration"));
}

#[test]
fn les_signatures_ne_sont_jamais_seules_sur_leur_page() {
    // The last article is pushed down page by page: it must follow.
    for lignes in [1, 12, 24, 36] {
        let mut convention = monde_argent::convention();
        convention.projet = vec!["Une ligne du projet.".into(); lignes];
        let pages = feuillets(convention);
        let page = pages
            .iter()
            .find(|page| page.contains("Signature attendue"))
            .unwrap();
        assert!(
            uni(page).contains("Recours Les parties cherchent d’abord un accord."),
            "{lignes} lignes"
        );
        assert!(page.contains("Alex Rivage") && page.contains("Camille Essai"));
    }
}

#[test]
fn les_annexes_portent_le_budget_les_indicateurs_et_les_regles_datees() {
    let texte = lu(monde_argent::convention());
    let annexes = &texte[texte.find("Annexe 2. Budget du projet").unwrap()..];
    for attendu in [
        "Total des charges 182 400 €",
        "Annexe 3. Objectifs et indicateurs",
        "Former vingt personnes aux métiers du réemploi.",
        "Un relevé par semestre",
        "25 tonnes par an",
        "Annexe 4. Règles de l’appel",
        "version 3 du 25/03/2024",
        "E4b",
    ] {
        assert!(annexes.contains(attendu), "il manque « {attendu} »");
    }
}

#[test]
fn une_signature_enregistree_porte_sa_date_et_son_empreinte() {
    let convention = monde_argent::convention();
    let empreinte = convention.signatures[0]
        .enregistree
        .clone()
        .unwrap()
        .empreinte;
    let texte = lu(convention);
    assert!(texte.contains("Signée le vendredi 4 octobre 2024 à 10 h 12"));
    assert!(texte.replace(' ', "").contains(&empreinte));
}

#[test]
fn l_exemplaire_signe_le_dit_et_porte_l_empreinte_du_texte_signe() {
    let mut convention = monde_argent::convention();
    assert!(!lu(convention.clone()).contains("Exemplaire signé"));
    let enregistree = convention.signatures[0].enregistree.clone().unwrap();
    let empreinte = enregistree.empreinte.clone();
    convention.signatures[1].enregistree = Some(enregistree);
    let texte = lu(convention);
    assert!(texte.contains("Exemplaire signé"));
    assert!(!texte.contains("Signature attendue"));
    assert_eq!(texte.replace(' ', "").matches(&empreinte).count(), 3);
}

#[test]
fn un_texte_hostile_est_imprime_tel_quel() {
    let mut convention = monde_argent::convention();
    convention.pole = HOSTILE.into();
    convention.projet = vec![HOSTILE.into(), long()];
    convention.description[0].titre = HOSTILE.into();
    convention.description[0].texte = HOSTILE.into();
    convention.indicateurs[0].intitule = HOSTILE.into();
    convention.pour_beneficiaire.nom = HOSTILE.into();
    assert_eq!(hostiles(convention), 6);
}

#[test]
fn une_convention_encore_vide_s_imprime() {
    let mut convention = monde_argent::convention();
    convention.projet.clear();
    convention.description.clear();
    convention.objectifs.clear();
    convention.suivi.clear();
    convention.indicateurs.clear();
    convention.regles.clear();
    convention.signatures.clear();
    convention.budget.charges.clear();
    convention.budget.produits.clear();
    convention.budget.emplois.clear();
    convention.periode = None;
    convention.compte_rendu_avant = None;
    convention.rapport_intermediaire = None;
    imprime(convention);
}
