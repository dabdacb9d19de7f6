use jiff::civil::date;

use super::*;
use crate::commun::Montant;

fn aide(convention_le: Option<jiff::civil::Date>, euros: Option<i64>) -> Enregistrement {
    Enregistrement::new()
        .avec_si("convention_le", convention_le.map(Valeur::Date))
        .avec_si("montant", euros.map(|e| Valeur::Montant(Montant::euros(e))))
}

fn avec_aides(aides: Vec<Enregistrement>) -> Faits {
    let mut faits = faits();
    faits
        .poser("aides", Valeur::Liste(aides), Origine::Registre)
        .unwrap();
    faits
}

fn trouve(texte: &str, faits: &Faits) -> Vec<String> {
    let lus = lue(texte).evaluer(faits, Some("membres hors ESS")).trouve;
    let dire = |t: &Trouve| format!("{} : {}", t.libelle, t.lisible());
    let lus = lus.iter().map(dire);
    lus.map(|t| t.replace(['\u{202f}', '\u{a0}'], " "))
        .collect()
}

#[test]
fn un_membre_hors_ess_suffit_meme_si_un_autre_est_inconnu() {
    let faits = avec_membres(vec![
        membre("Alpha", None),
        membre("Béta", Some("hors_ess")),
    ]);
    assert_eq!(valeur(E4B, &faits), Kleene::Vrai);
    assert_eq!(
        trouve(E4B, &faits),
        ["Membres hors ESS : 1 sur 2 : Béta, hors ESS"]
    );
}

#[test]
fn une_qualite_non_renseignee_est_inconnue_et_se_nomme() {
    let faits = avec_membres(vec![
        membre("Alpha", None),
        membre("Béta", Some("de_droit")),
    ]);
    assert_eq!(valeur(E4B, &faits), Kleene::Inconnu);
    assert_eq!(
        trouve(E4B, &faits),
        ["Membres hors ESS : 0 sur 2, à préciser : Alpha (qualité ESS)"]
    );
}

#[test]
fn aucun_membre_est_un_fait_et_pas_une_inconnue() {
    assert_eq!(valeur(E4B, &avec_membres(vec![])), Kleene::Faux);
    assert_eq!(trouve(E4B, &avec_membres(vec![])), ["Membres hors ESS : 0"]);
    assert_eq!(valeur(E4B, &faits()), Kleene::Inconnu);
}

#[test]
fn beaucoup_de_membres_ne_sont_pas_tous_cites() {
    let membres = ["A", "B", "C", "D", "E"].map(|nom| membre(nom, Some("de_droit")));
    assert_eq!(
        trouve(E4B, &avec_membres(membres.to_vec())),
        [
            "Membres hors ESS : 0 sur 5 (A, ESS de droit ; B, ESS de droit ; C, ESS de droit ; et 2 autres)"
        ]
    );
}

#[test]
fn la_fenetre_de_cinq_ans_se_compte_de_date_a_date_jusqu_a_la_cloture() {
    let juge = |jour| valeur(E3, &avec_aides(vec![aide(Some(jour), Some(100_000))]));
    assert_eq!(juge(date(2021, 12, 15)), Kleene::Faux);
    assert_eq!(juge(date(2019, 5, 30)), Kleene::Faux);
    assert_eq!(
        juge(date(2019, 5, 29)),
        Kleene::Vrai,
        "cinq ans jour pour jour"
    );
    assert_eq!(juge(date(2016, 1, 14)), Kleene::Vrai);
}

#[test]
fn une_aide_sans_date_de_convention_laisse_la_regle_a_preciser() {
    let faits = avec_aides(vec![
        aide(None, Some(100_000)),
        aide(Some(date(2016, 1, 14)), Some(72_000)),
    ]);
    assert_eq!(valeur(E3, &faits), Kleene::Inconnu);
    assert_eq!(
        lue(E3).evaluer(&faits, None).trouve[0]
            .lisible()
            .replace(['\u{202f}', '\u{a0}'], " "),
        "0 sur 2, à préciser : 100 000 € (date de convention)"
    );
}

#[test]
fn une_cloture_inconnue_se_dit_aussi() {
    let mut faits = avec_aides(vec![aide(Some(date(2016, 1, 14)), None)]);
    faits.oublier("cloture");
    let decision = lue(E3).evaluer(&faits, None);
    assert_eq!(decision.valeur, Kleene::Inconnu);
    assert_eq!(decision.trouve[1].libelle, "Clôture de l’appel");
    assert_eq!(decision.trouve[1].valeur, None);
}

#[test]
fn la_date_a_laquelle_la_regle_sera_remplie_vient_de_l_aide_la_plus_recente() {
    let regle = lue(E3);
    let des_le = "a.convention_le + annees(5)";
    let des_le = Expression::lire_date(des_le, &vocabulaire(), &regle).unwrap();
    let faits = avec_aides(vec![
        aide(Some(date(2021, 12, 15)), Some(100_000)),
        aide(Some(date(2023, 11, 6)), Some(100_000)),
        aide(Some(date(2016, 1, 14)), Some(100_000)),
    ]);
    let decision = regle.evaluer(&faits, None);
    assert_eq!(
        des_le.derniere_date(&faits, &decision),
        Some(date(2028, 11, 6))
    );

    let sans = avec_aides(vec![]);
    let decision = regle.evaluer(&sans, None);
    assert_eq!(des_le.derniere_date(&sans, &decision), None);
}

#[test]
fn un_depot_se_cherche_dans_la_fenetre_a_la_seconde() {
    let recu = |instant: &str| {
        let mut faits = faits();
        let instant = Valeur::Instant(instant.parse().unwrap());
        faits
            .poser("dossier.recu_le", instant, Origine::Horodatage)
            .unwrap();
        valeur("dossier.recu_le in fenetre_de_depot", &faits)
    };
    assert_eq!(recu("2024-05-29T10:00:00.999Z"), Kleene::Vrai);
    assert_eq!(recu("2024-05-29T10:00:01Z"), Kleene::Faux);
    assert_eq!(recu("2024-05-29T10:30:00Z"), Kleene::Faux);
    assert_eq!(
        valeur("dossier.recu_le in fenetre_de_depot", &faits()),
        Kleene::Inconnu
    );
}

#[test]
fn faux_et_inconnu_font_faux_et_seule_la_part_fausse_est_montree() {
    let mut faits = avec_membres(vec![]);
    let texte = "size(membres) >= 2 && champs.engagee";
    assert_eq!(valeur(texte, &faits), Kleene::Faux);
    assert_eq!(trouve(texte, &faits), ["Membres du pôle : 0"]);

    faits.oublier("membres");
    assert_eq!(valeur(texte, &faits), Kleene::Inconnu);
    assert_eq!(
        trouve(texte, &faits),
        [
            "Membres du pôle : non renseigné",
            "La démarche est engagée : non renseigné"
        ]
    );
}

#[test]
fn vrai_ou_inconnu_font_vrai() {
    let faits = avec_membres(vec![]);
    assert_eq!(
        valeur("size(membres) < 2 || champs.engagee", &faits),
        Kleene::Vrai
    );
}

#[test]
fn toute_comparaison_avec_un_inconnu_est_inconnue() {
    let faits = faits();
    for texte in [
        "dossier.elements_manquants == 0",
        "dossier.elements_manquants != 0",
        "!(dossier.elements_manquants > 3)",
        "champs.engagee == champs.engagee",
        r#"structure.forme in ["association"]"#,
        "size(membres) + 1 > 0",
        "membres.all(m, m.personne_morale)",
    ] {
        assert_eq!(valeur(texte, &faits), Kleene::Inconnu, "{texte}");
    }
}

#[test]
fn tous_sur_une_liste_vide_est_vrai_et_un_contre_exemple_suffit() {
    let tous = r#"membres.all(m, m.qualite_ess != "hors_ess")"#;
    assert_eq!(valeur(tous, &avec_membres(vec![])), Kleene::Vrai);
    let faits = avec_membres(vec![
        membre("Alpha", None),
        membre("Béta", Some("hors_ess")),
    ]);
    assert_eq!(valeur(tous, &faits), Kleene::Faux);
    assert_eq!(
        trouve(tous, &faits),
        ["Membres hors ESS : 0 sur 2, sauf : Béta, hors ESS"]
    );
}

#[test]
fn deux_listes_se_croisent() {
    let texte = "aides.exists(a, membres.exists(m, m.nom == a.appel))";
    let mut faits = avec_membres(vec![membre("AMI 2021", None)]);
    let aides = vec![Enregistrement::new().avec("appel", Valeur::Texte("AMI 2021".to_owned()))];
    faits
        .poser("aides", Valeur::Liste(aides), Origine::Registre)
        .unwrap();
    assert_eq!(valeur(texte, &faits), Kleene::Vrai);
}

#[test]
fn une_somme_hors_du_calendrier_est_inconnue() {
    let faits = avec_aides(vec![aide(Some(date(9999, 1, 1)), Some(1))]);
    let texte = r#"aides.exists(a, a.convention_le + annees(200) > date("2024-01-01"))"#;
    assert_eq!(valeur(texte, &faits), Kleene::Inconnu);
}

#[test]
fn un_fait_d_un_autre_type_ou_hors_liste_est_refuse() {
    let mut faits = faits();
    for (chemin, valeur) in [
        ("champs.engagee", Valeur::Entier(1)),
        ("structure.forme", Valeur::choix("licorne")),
        ("structure.inconnue", Valeur::Booleen(true)),
        (
            "membres",
            Valeur::Liste(vec![Enregistrement::new().avec("age", Valeur::Entier(3))]),
        ),
    ] {
        assert!(
            faits.poser(chemin, valeur, Origine::Dossier).is_err(),
            "{chemin}"
        );
    }
}

#[test]
fn l_origine_et_le_lieu_de_reponse_accompagnent_chaque_fait() {
    let mut faits = faits();
    faits
        .poser(
            "structure.forme",
            Valeur::choix("association"),
            Origine::Annuaire(date(2024, 3, 12)),
        )
        .unwrap();
    let texte = r#"structure.forme in ["association", "cooperative"]"#;
    let trouve = lue(texte).evaluer(&faits, None).trouve;
    assert_eq!(trouve[0].libelle, "Forme de la structure porteuse");
    assert_eq!(trouve[0].lisible(), "Association");
    assert_eq!(
        trouve[0].origine.unwrap().to_string(),
        "annuaire des entreprises, au 12/03/2024"
    );
    assert_eq!(trouve[0].ancre, Ancre::Pole);
}
