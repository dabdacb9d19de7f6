//! The calls of the repository, as they are.

mod reponses;

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::date;

use super::formulaire::Page;
use super::*;
use crate::commun::Montant;

fn dossier_des_appels() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../appels")
}

fn texte(appel: &str, fichier: &str) -> String {
    fs::read_to_string(dossier_des_appels().join(appel).join(fichier)).unwrap()
}

fn appel_2024() -> Campagne {
    lire(&texte("ami-financement-2024", "appel.toml")).unwrap()
}

fn a(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

fn simple(texte: &str) -> String {
    texte.replace(['\u{202f}', '\u{a0}'], " ")
}

#[test]
fn tous_les_appels_se_lisent_et_leurs_cas_se_verifient() {
    let mut joues = 0;
    for appel in fs::read_dir(dossier_des_appels()).unwrap() {
        let dossier = appel.unwrap().path();
        if !dossier.join("appel.toml").exists() {
            continue;
        }
        let nom = dossier.file_name().unwrap().to_string_lossy().into_owned();
        let campagne = lire(&texte(&nom, "appel.toml"))
            .unwrap_or_else(|fautes| panic!("{nom}/appel.toml\n{}", en_lignes(&fautes)));
        assert_eq!(
            campagne.identite.code, nom,
            "le dossier porte le code de l’appel"
        );
        let cas = cas::jouer(&campagne, &texte(&nom, "cas.toml"))
            .unwrap_or_else(|fautes| panic!("{nom}/cas.toml\n{}", en_lignes(&fautes)));
        for cas in &cas {
            assert!(
                cas.ecarts.is_empty(),
                "{nom}/cas.toml:{} : {}\n{}",
                cas.ligne,
                cas.nom,
                cas.ecarts.join("\n")
            );
        }
        joues += cas.len();
    }
    assert!(joues > 40, "les cas d’école sont joués : {joues}");
}

fn en_lignes(fautes: &[Faute]) -> String {
    let lignes: Vec<String> = fautes.iter().map(Faute::to_string).collect();
    lignes.join("\n")
}

#[test]
fn l_appel_de_2024_est_celui_de_la_notice() {
    let appel = appel_2024();
    let subvention = appel.subvention.as_ref().unwrap();
    assert_eq!(subvention.enveloppe, Montant::euros(1_500_000));
    assert_eq!(
        subvention.regle,
        RegleMontant::Fixe(Montant::euros(100_000))
    );
    assert_eq!((subvention.cible, subvention.duree_mois), (15, 24));
    assert_eq!(simple(&subvention.duree()), "2 ans");

    let codes: Vec<&str> = appel.regles.iter().map(|r| r.code.as_str()).collect();
    assert_eq!(
        codes,
        ["E1", "E2", "E3", "E4a", "E4b", "E5", "E6", "R1", "R2"]
    );
    assert_eq!(
        (appel.axes.len(), appel.criteres.len(), appel.bonus.len()),
        (4, 10, 5)
    );
    let obligatoires = appel.pieces.iter().filter(|p| p.obligatoire).count();
    assert_eq!((obligatoires, appel.pieces.len()), (7, 10));
    assert_eq!(appel.emplois.permis.len(), 4);
    assert_eq!(appel.emplois.permis[0].code, "animation_temps_travail");
    assert!(appel.emplois.permis[0].prioritaire);
    assert_eq!(appel.emplois.exclus[0].code, "amortissables");
    assert_eq!(appel.charte.unwrap().version, date(2021, 6, 30));
    assert!(appel.avis.communique);
    assert!(appel.formulaire.sommaire.contains(&Page::Budget));
}

#[test]
fn son_calendrier_tient_les_deux_pieges_de_la_notice() {
    let calendrier = appel_2024().calendrier;
    assert_eq!(calendrier.ouverture, a("2024-03-24T23:00:00Z"));
    assert_eq!(calendrier.cloture, Some(a("2024-05-29T10:00:00Z")), "P-04");
    let avis = calendrier.etape(Etape::Avis).unwrap();
    assert_eq!(
        avis.moment,
        Moment::Avant(a("2024-07-30T22:00:00Z")),
        "P-11"
    );
    let mots: Vec<String> = calendrier
        .etapes
        .iter()
        .map(|e| simple(&e.moment.en_mots()))
        .collect();
    assert_eq!(
        mots,
        [
            "jusqu’au mardi 30 juillet 2024 à 23 h 59",
            "le mercredi 4 septembre 2024",
            "du 4 au 21 septembre 2024",
            "le jeudi 26 septembre 2024 à 14 h 00",
            "octobre 2024",
        ]
    );
}

#[test]
fn l_appel_est_a_venir_puis_ouvert_puis_clos() {
    let appel = appel_2024();
    assert_eq!(appel.etat(a("2024-03-24T22:59:59Z")), EtatCampagne::Publiee);
    assert_eq!(appel.etat(a("2024-03-24T23:00:00Z")), EtatCampagne::Ouverte);
    assert_eq!(
        appel.etat(a("2024-05-29T10:00:00.9Z")),
        EtatCampagne::Ouverte
    );
    assert_eq!(appel.etat(a("2024-05-29T10:00:01Z")), EtatCampagne::Close);
}

#[test]
fn l_etape_se_lit_des_actes_et_les_avis_en_retard_n_arretent_personne() {
    let calendrier = appel_2024().calendrier;
    let rien = ActesTenus::default();
    let en_cours = |le: &str, actes| calendrier.etape_en_cours(a(le), actes);
    assert_eq!(en_cours("2024-05-29T10:00:00Z", rien), None);
    assert_eq!(en_cours("2024-07-30T21:59:59Z", rien), Some(Etape::Avis));
    assert_eq!(en_cours("2024-07-30T22:00:00Z", rien), Some(Etape::Examen));
    // The sitting is late: the examination goes on, whatever the calendar says.
    assert_eq!(en_cours("2024-11-01T00:00:00Z", rien), Some(Etape::Examen));

    let seance = ActesTenus {
        seance_close: true,
        ..rien
    };
    // Closed early, before the last day of the opinions.
    assert_eq!(
        en_cours("2024-07-15T00:00:00Z", seance),
        Some(Etape::Selection)
    );
    let liste = ActesTenus {
        liste_arretee: true,
        ..seance
    };
    assert_eq!(
        en_cours("2024-09-20T00:00:00Z", liste),
        Some(Etape::Notification)
    );
    // Before the instant the public does not know of the list; after it, the
    // State and the public read the same step.
    let notifiee = ActesTenus {
        notifiee: true,
        ..seance
    };
    for actes in [
        notifiee,
        ActesTenus {
            liste_arretee: true,
            ..notifiee
        },
    ] {
        assert_eq!(
            en_cours("2024-09-27T00:00:00Z", actes),
            Some(Etape::Convention)
        );
    }
}

#[test]
fn une_prevision_a_cheval_sur_deux_mois_nomme_les_deux() {
    let prevu = Moment::Prevu {
        du: date(2024, 8, 1),
        au: date(2024, 9, 21),
    };
    assert_eq!(
        simple(&prevu.en_mots()),
        "du 1er août 2024 au 21 septembre 2024"
    );
}

#[test]
fn une_limite_exclue_se_dit_a_la_minute_d_avant() {
    let midi = Moment::Avant(a("2024-05-29T10:00:00Z"));
    assert_eq!(
        simple(&midi.en_mots()),
        "jusqu’au mercredi 29 mai 2024 à 11 h 59"
    );
}

#[test]
fn le_bonus_de_recherche_attend_l_eligibilite_et_une_case_suffit() {
    let appel = appel_2024();
    let rd = appel.bonus.iter().find(|b| b.code == "RD").unwrap();
    assert!(rd.est_acquis(&["RD_innovation"], true));
    assert!(!rd.est_acquis(&["RD_innovation"], false));
    assert!(!rd.est_acquis(&[], true));
    let strict = Bonus {
        cases_requises: CasesRequises::Toutes,
        ..rd.clone()
    };
    assert!(!strict.est_acquis(&["RD_innovation"], true));
    assert!(strict.est_acquis(&["RD_innovation", "RD_scientifiques"], true));
    let animation = appel.bonus.iter().find(|b| b.code == "A4_bonus").unwrap();
    assert!(animation.est_acquis(&["A4_bonus"], false));
}

#[test]
fn chaque_critere_et_chaque_bonus_a_de_quoi_etre_juge() {
    let appel = appel_2024();
    let codes = appel.criteres.iter().map(|c| &c.code);
    for code in codes.chain(appel.bonus.iter().map(|b| &b.code)) {
        assert!(appel.formulaire.champs_pour(code).count() > 0, "{code}");
    }
}

#[test]
fn ce_qui_peut_nommer_quelqu_un_dit_pourquoi_et_combien_de_temps() {
    let appel = appel_2024();
    let champs = appel.formulaire.champs();
    let declares: Vec<&str> = champs
        .filter(|champ| champ.donnees_personnelles.is_some())
        .map(|champ| champ.code.as_str())
        .collect();
    assert_eq!(
        declares,
        [
            "representant_nom",
            "representant_fonction",
            "contact_courriel",
            "contact_telephone"
        ]
    );
    let organe = appel.piece("organe_dirigeant").unwrap();
    let donnees = organe.donnees_personnelles.as_ref().unwrap();
    assert!(appel.conservation(&donnees.conservation).is_some());
}

#[test]
fn un_cas_qui_ne_tient_pas_dit_quelle_regle_et_ce_qui_a_ete_trouve() {
    let cas = texte("ami-financement-2024", "cas.toml");
    let faux = format!(
        "{cas}\n[[cas]]\nnom = \"Un cas faux.\"\nfaits = {{ membres = [] }}\nattendu = {{ E2 = \"non_remplie\" }}\n"
    );
    let ligne = faux.lines().count() - 3;
    let joues = cas::jouer(&appel_2024(), &faux).unwrap();
    let dernier = joues.last().unwrap();
    assert_eq!(
        (dernier.nom.as_str(), dernier.ligne),
        ("Un cas faux.", ligne)
    );
    let ecarts: Vec<String> = dernier.ecarts.iter().map(|e| simple(e)).collect();
    assert_eq!(
        ecarts,
        [
            "E2 : Non remplie attendu, Remplie trouvé (Signature de cette version, au nom du pôle : Charte du 30 juin 2021, signée le 14 mars 2022, au nom du pôle)",
            "E4b : Remplie attendu, Non remplie trouvé (Structures membres hors ESS : 0 ; Ajoutez au moins un membre hors ESS.)",
        ]
    );
}

#[test]
fn les_fautes_d_un_fichier_de_cas_ont_leur_place() {
    let faux = r#"
[modele]
[[cas]]
nom = "Un cas"
faits = { membrs = [], structure = { forme = 3 }, aides = [{ convention_le = "hier", prix = 1 }] }
inconnus = ["structure.nom"]
attendu = { E9 = "remplie", E1 = "oui" }
"#;
    let fautes = cas::jouer(&appel_2024(), faux).unwrap_err();
    let places: Vec<(usize, usize)> = fautes.iter().map(|f| (f.ligne, f.colonne)).collect();
    assert_eq!(
        places,
        [
            (5, 11),
            (5, 46),
            (5, 79),
            (5, 86),
            (6, 14),
            (7, 13),
            (7, 35)
        ],
        "{}",
        en_lignes(&fautes)
    );
}
