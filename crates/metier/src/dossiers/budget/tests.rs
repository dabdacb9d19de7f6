use super::*;
use crate::campagnes::{Emploi, Emplois, RegleMontant};
use crate::commun::Refus;

fn ligne(repere: &str, compte: &str, euros: i64) -> LigneBudget {
    LigneBudget {
        montant: Some(Montant::euros(euros)),
        ..LigneBudget::nouvelle(repere, Compte::par_code(compte).unwrap())
    }
}

fn emplois_2024() -> Emplois {
    let emploi = |code: &str, prioritaire| Emploi {
        code: code.into(),
        libelle: code.replace('_', " "),
        aide: None,
        prioritaire,
        source: "notice, § 5".into(),
    };
    Emplois {
        permis: vec![
            emploi("animation", true),
            emploi("fonctionnement", false),
            emploi("modele_economique", false),
        ],
        exclus: Vec::new(),
        part_signalee: Some(50),
    }
}

fn emploi(code: &str) -> Option<Emploi> {
    emplois_2024().par_code(code).cloned()
}

fn portee(mut ligne: LigneBudget, euros: i64, code: &str) -> LigneBudget {
    ligne.subvention = Some(Montant::euros(euros));
    ligne.emploi = emploi(code);
    ligne
}

fn aide_2024() -> ReglesAide {
    ReglesAide {
        regle: RegleMontant::Fixe(Montant::euros(100_000)),
        demande: None,
        emplois: emplois_2024(),
        source: "notice, § 5".into(),
    }
}

/// 182 400 € on each side, 60 % of the subsidy on working time of animation.
fn lignes_du_projet() -> Vec<LigneBudget> {
    let personnel = ligne("personnel", "64", 170_400);
    let achats = ligne("achats", "60", 12_000);
    let aide = LigneBudget {
        aide_demandee: true,
        ..ligne("aide", "74", 100_000)
    };
    let region = LigneBudget {
        libelle: "Région".into(),
        etat: Some(EtatFinancement::Obtenue),
        ..ligne("region", "74", 30_000)
    };
    vec![
        portee(achats, 10_000, "modele_economique"),
        portee(personnel, 90_000, "animation"),
        ligne("benevolat", "864", 5_000),
        ligne("ventes", "70", 52_400),
        aide,
        region,
        ligne("dons", "870", 5_000),
    ]
}

fn projet(lignes: Vec<LigneBudget>) -> Budget {
    Budget::du_projet(lignes, aide_2024())
}

fn codes(budget: &Budget) -> Vec<&'static str> {
    let analyse = budget.analyser();
    analyse.bloquantes().map(|r| r.raison.code).collect()
}

/// The project's budget with one line changed.
fn avec(repere: &str, changer: impl Fn(&mut LigneBudget)) -> Budget {
    let mut lignes = lignes_du_projet();
    let ligne = lignes.iter_mut().find(|l| l.repere == repere).unwrap();
    changer(ligne);
    projet(lignes)
}

fn phrases_de(budget: &Budget) -> Vec<String> {
    let analyse = budget.analyser();
    analyse.bloquantes().map(|r| r.raison.entiere()).collect()
}

#[test]
fn un_budget_juste_ne_laisse_rien_a_reprendre() {
    let equilibre = projet(lignes_du_projet()).equilibrer().unwrap();
    let analyse = equilibre.analyse();
    assert_eq!(analyse.charges, Montant::euros(182_400));
    assert_eq!(analyse.produits, Montant::euros(182_400));
    assert_eq!(analyse.subvention_affectee, Montant::euros(100_000));
    assert_eq!(analyse.part_prioritaire(), Some(90));
    assert_eq!(analyse.remarques, []);
}

#[test]
fn les_contributions_volontaires_ne_comptent_pas_dans_l_egalite() {
    let budget = avec("benevolat", |l| l.montant = Some(Montant::euros(4_500)));
    assert_eq!(budget.analyser().ecart(), Montant::ZERO);
    assert_eq!(
        phrases_de(&budget),
        [
            "Les comptes 86 et 87 diffèrent de 500\u{a0}€. Inscrivez le même total aux emplois (86) et aux ressources (87)."
        ]
    );
}

#[test]
fn l_ecart_se_dit_avec_ce_qu_on_peut_faire() {
    let budget = avec("ventes", |l| l.montant = Some(Montant::euros(50_000)));
    assert_eq!(
        phrases_de(&budget),
        [
            "Les charges dépassent les produits de 2\u{202f}400\u{a0}€. Ajoutez un financement ou réduisez une charge."
        ]
    );
    assert_eq!(
        budget.analyser().bloquantes().next().unwrap().intitule,
        "Écart de 2\u{202f}400\u{a0}€"
    );
}

#[test]
fn trop_de_produits_est_aussi_un_ecart() {
    let budget = avec("ventes", |l| l.montant = Some(Montant::euros(60_000)));
    assert!(phrases_de(&budget)[0].starts_with("Les produits dépassent les charges de 7"));
}

#[test]
fn un_montant_laisse_vide_n_est_pas_zero() {
    let vide = avec("achats", |l| {
        l.montant = None;
        l.subvention = None;
    });
    assert!(codes(&vide).contains(&"montant_absent"));
    let zero = avec("ventes", |l| l.montant = Some(Montant::ZERO));
    assert!(!codes(&zero).contains(&"montant_absent"));
}

#[test]
fn la_subvention_ne_paie_pas_un_bien_amortissable() {
    let budget = avec("achats", |l| {
        l.libelle = "Véhicule".into();
        l.amortissable = true;
    });
    assert_eq!(
        phrases_de(&budget),
        [
            "La subvention ne finance pas un bien amortissable (notice, § 5). Affectez cette dépense à un autre financement."
        ]
    );
}

#[test]
fn un_bien_amortissable_paye_autrement_est_admis() {
    let mut lignes = lignes_du_projet();
    lignes.push(LigneBudget {
        amortissable: true,
        ..ligne("vehicule", "60", 8_000)
    });
    lignes.push(ligne("ventes-2", "70", 8_000));
    assert!(projet(lignes).equilibrer().is_ok());
}

#[test]
fn la_subvention_ne_paie_ni_amortissement_ni_benevolat() {
    let amortissement = avec("achats", |l| l.compte = Compte::par_code("68").unwrap());
    assert_eq!(codes(&amortissement), ["subvention_sur_amortissement"]);
    let benevolat = avec("benevolat", |l| {
        l.subvention = Some(Montant::euros(1));
        l.emploi = emploi("fonctionnement");
    });
    assert!(codes(&benevolat).contains(&"subvention_sur_volontariat"));
}

#[test]
fn une_charge_portee_par_la_subvention_dit_son_emploi() {
    let budget = avec("achats", |l| l.emploi = None);
    assert_eq!(codes(&budget), ["emploi_absent"]);
}

#[test]
fn la_subvention_d_une_ligne_ne_depasse_pas_son_montant() {
    let budget = avec("achats", |l| l.subvention = Some(Montant::euros(12_001)));
    assert_eq!(
        codes(&budget),
        ["subvention_hors_bornes", "affectation_inexacte"]
    );
}

#[test]
fn la_subvention_est_affectee_en_entier() {
    let budget = avec("achats", |l| l.subvention = None);
    assert_eq!(
        phrases_de(&budget),
        [
            "La subvention est affectée à hauteur de 90\u{202f}000\u{a0}€ sur 100\u{202f}000\u{a0}€. Affectez encore 10\u{202f}000\u{a0}€ à des charges."
        ]
    );
}

#[test]
fn la_ligne_de_l_aide_vaut_exactement_le_montant_demande() {
    let budget = avec("aide", |l| l.montant = Some(Montant::euros(99_999)));
    assert_eq!(codes(&budget), ["aide_inexacte", "desequilibre"]);
    let absente = avec("aide", |l| {
        l.aide_demandee = false;
        l.etat = Some(EtatFinancement::Deposee);
    });
    assert_eq!(codes(&absente), ["aide_absente"]);
    let ailleurs = avec("aide", |l| l.compte = Compte::par_code("77").unwrap());
    assert_eq!(codes(&ailleurs), ["aide_hors_74"]);
    let double = avec("region", |l| l.aide_demandee = true);
    assert_eq!(codes(&double), ["aide_en_double"]);
}

#[test]
fn chaque_cofinancement_dit_s_il_est_obtenu_ou_depose() {
    let budget = avec("region", |l| l.etat = None);
    assert_eq!(codes(&budget), ["financement_sans_etat"]);
    let remarque = &budget.analyser().remarques[0];
    assert_eq!(remarque.raison.ancre.as_deref(), Some("region"));
    assert_eq!(
        remarque.intitule,
        "État du financement «\u{a0}Région\u{a0}»"
    );
}

#[test]
fn moins_que_la_part_de_l_appel_a_l_emploi_prioritaire_se_signale_sans_refuser() {
    let budget = avec("personnel", |l| l.emploi = emploi("fonctionnement"));
    let equilibre = budget.equilibrer().unwrap();
    let signales: Vec<_> = equilibre.analyse().signalements().collect();
    assert_eq!(signales.len(), 1);
    assert_eq!(signales[0].raison.code, "priorite_minoritaire");
    assert_eq!(equilibre.analyse().part_prioritaire(), Some(0));
}

#[test]
fn la_moitie_juste_ne_se_signale_pas() {
    let mut lignes = lignes_du_projet();
    lignes[0].montant = Some(Montant::euros(62_000));
    lignes[0].subvention = Some(Montant::euros(50_000));
    lignes[1].montant = Some(Montant::euros(120_400));
    lignes[1].subvention = Some(Montant::euros(50_000));
    let equilibre = projet(lignes).equilibrer().unwrap();
    assert_eq!(equilibre.analyse().signalements().count(), 0);
}

#[test]
fn toutes_les_remarques_viennent_ensemble() {
    let refus = projet(Vec::new()).equilibrer().unwrap_err();
    let codes: Vec<_> = refus.raisons().iter().map(|r| r.code).collect();
    assert_eq!(
        codes,
        ["aide_absente", "affectation_inexacte", "budget_vide"]
    );
}

#[test]
fn le_budget_de_la_structure_ne_parle_pas_de_la_subvention() {
    let budget = Budget::de_la_structure(vec![
        ligne("personnel", "64", 300_000),
        ligne("cotisations", "756", 20_000),
        ligne("etat", "74", 280_000),
    ]);
    assert!(budget.analyser().par_emploi.is_empty());
    assert!(budget.equilibrer().is_ok());
}

#[test]
fn l_etat_d_un_financement_de_la_structure_se_signale_sans_refuser() {
    let budget = Budget::de_la_structure(vec![
        ligne("personnel", "64", 20_000),
        ligne("cotisations", "756", 20_000),
    ]);
    let equilibre = budget.equilibrer().unwrap();
    let signales: Vec<_> = equilibre.analyse().signalements().collect();
    assert_eq!(signales.len(), 1);
    assert_eq!(signales[0].raison.code, "financement_sans_etat");
    assert_eq!(signales[0].raison.ancre.as_deref(), Some("cotisations"));
}

#[test]
fn la_subvention_se_repartit_selon_les_emplois_de_l_appel() {
    let analyse = projet(lignes_du_projet()).analyser();
    let repartie: Vec<(&str, Montant)> = analyse
        .par_emploi
        .iter()
        .map(|(emploi, montant)| (emploi.code.as_str(), *montant))
        .collect();
    assert_eq!(
        repartie,
        [
            ("animation", Montant::euros(90_000)),
            ("fonctionnement", Montant::ZERO),
            ("modele_economique", Montant::euros(10_000)),
        ]
    );
    let sans = avec("achats", |l| l.emploi = None);
    assert_eq!(codes(&sans), ["emploi_absent"]);
}

#[test]
fn un_appel_qui_ne_signale_aucune_part_n_en_dit_rien() {
    let mut aide = aide_2024();
    aide.emplois.part_signalee = None;
    let mut lignes = lignes_du_projet();
    for ligne in &mut lignes {
        ligne.emploi = ligne.emploi.as_ref().and(emploi("fonctionnement"));
    }
    let equilibre = Budget::du_projet(lignes, aide).equilibrer().unwrap();
    assert_eq!(equilibre.analyse().signalements().count(), 0);
}

#[test]
fn dans_une_fourchette_le_montant_demande_est_a_chiffrer() {
    let fourchette = |demande: Option<i64>| ReglesAide {
        regle: RegleMontant::Fourchette {
            min: Montant::euros(30_000),
            max: Montant::euros(80_000),
        },
        demande: demande.map(Montant::euros),
        ..aide_2024()
    };
    let codes_pour = |demande| codes(&Budget::du_projet(lignes_du_projet(), fourchette(demande)));
    assert!(codes_pour(None).contains(&"aide_non_chiffree"));
    assert!(codes_pour(Some(80_001)).contains(&"montant_hors_regle"));
    assert!(!codes_pour(Some(80_000)).contains(&"montant_hors_regle"));
    assert!(!codes_pour(Some(30_000)).contains(&"montant_hors_regle"));
}

#[test]
fn des_montants_demesures_ne_font_pas_tomber_l_analyse() {
    let budget = avec("ventes", |l| l.montant = Some(Montant::centimes(i64::MAX)));
    assert!(codes(&budget).contains(&"desequilibre"));
}
