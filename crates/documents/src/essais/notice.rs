//! The notice of a call.

use super::{HOSTILE, hostiles, long, lu, monde_appel};

#[test]
fn la_notice_dit_jusqu_a_quand_et_a_quelle_heure_outre_mer() {
    let texte = lu(monde_appel::notice());
    assert!(texte.contains("mercredi 29 mai 2024 à 12 h 00 (heure de Paris)"));
    assert!(texte.contains("14 h 00 à La Réunion"));
}

#[test]
fn chaque_regle_et_chaque_critere_sont_imprimes_avec_leur_reference() {
    let notice = monde_appel::notice();
    let texte = lu(notice.clone());
    let enonces = notice
        .eligibilite
        .iter()
        .chain(&notice.recevabilite)
        .map(|regle| &regle.enonce);
    let criteres = notice
        .axes
        .iter()
        .flat_map(|axe| &axe.criteres)
        .map(|critere| &critere.enonce);
    for enonce in enonces.chain(criteres) {
        assert!(texte.contains(&super::uni(enonce)), "{enonce}");
    }
    assert!(texte.contains("notice 2024, § 3.a"));
    assert_eq!(texte.matches("(valorisé)").count(), 5);
}

#[test]
fn les_biens_amortissables_sont_du_cote_des_exclusions() {
    let texte = lu(monde_appel::notice());
    let exclus = texte.find("Dépenses exclues").expect("a heading");
    assert!(texte[exclus..].contains("Biens amortissables"));
    assert!(!texte[..exclus].contains("Biens amortissables"));
}

#[test]
fn ce_que_les_sources_taisent_est_dit() {
    let mut notice = monde_appel::notice();
    notice.montant = None;
    notice.duree = None;
    notice.enveloppe = None;
    notice.contact = None;
    for liste in [
        &mut notice.presentation,
        &mut notice.modalites,
        &mut notice.changements,
        &mut notice.heures_locales,
    ] {
        liste.clear();
    }
    notice.calendrier.clear();
    notice.eligibilite.clear();
    notice.recevabilite.clear();
    notice.axes.clear();
    notice.pieces.clear();
    notice.emplois.clear();
    notice.exclusions.clear();
    assert_eq!(lu(notice).matches("Non précisé par la notice").count(), 14);
}

#[test]
fn un_texte_hostile_est_imprime_tel_quel() {
    let mut notice = monde_appel::notice();
    notice.appel.intitule = HOSTILE.into();
    notice.presentation = vec![HOSTILE.into(), long()];
    notice.eligibilite[0].enonce = HOSTILE.into();
    notice.axes[0].intitule = HOSTILE.into();
    notice.axes[0].criteres[0].details = vec![HOSTILE.into()];
    notice.pieces[0].intitule = HOSTILE.into();
    assert!(hostiles(notice) >= 6);
}
