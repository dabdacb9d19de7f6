//! What the rules of the Charter say, in sentences.

use jiff::Timestamp;
use uuid::Uuid;

use super::*;
use crate::commun::{Refus, typographie};

const POLE: Uuid = Uuid::from_u128(1);
const RESPONSABLE: Uuid = Uuid::from_u128(2);
const POUVOIR: Pouvoir<'_> = Pouvoir {
    fonction: "présidente",
    mandat: Some(Mandat::Representation),
    reference: "",
    engagements: Engagements {
        pouvoir: true,
        acceptation: true,
    },
};

fn t(texte: &str) -> Timestamp {
    texte.parse().unwrap()
}

fn version(code: &str, vaut: Option<&str>, empreinte: Option<&str>) -> Version {
    Version {
        code: code.into(),
        titre: format!("Charte {code}"),
        presentation: String::new(),
        jour: code.parse().ok(),
        vaut: vaut.map(str::to_owned),
        texte: empreinte.map(|empreinte| TextePublie {
            empreinte: empreinte.into(),
            publie_le: t("2021-06-30T08:00:00Z"),
        }),
    }
}

/// The first version, then the one of reference, both with their text.
fn charte() -> Charte {
    Charte {
        versions: vec![
            version("premiere", None, Some("aa")),
            version("2021-06-30", None, Some("bb")),
        ],
    }
}

const DEMANDE: Demande<'_> = Demande {
    signataire: POLE,
    qualite: QualiteSignature::Pole,
    par: RESPONSABLE,
    version: "2021-06-30",
    empreinte: "bb",
    exigees: &[],
    pouvoir: POUVOIR,
};

fn signer(precedentes: &[Signature], le: &str) -> Result<Signature, RefusSignature> {
    charte().signer(DEMANDE, precedentes, t(le))
}

#[test]
fn un_pole_signe_la_version_en_vigueur_et_le_prouve() {
    let signature = signer(&[], "2024-03-26T08:00:00Z").unwrap();
    assert!(signature.prouve("2021-06-30", t("2024-05-29T10:00:00Z")));
    assert!(!signature.prouve("2021-06-30", t("2024-03-25T10:00:00Z")));
    assert!(!signature.prouve("premiere", t("2024-05-29T10:00:00Z")));
}

#[test]
fn signer_en_soutien_ne_prouve_rien_pour_un_pole() {
    let soutien = Signature {
        qualite: QualiteSignature::Soutien,
        ..signer(&[], "2024-03-26T08:00:00Z").unwrap()
    };
    assert!(!soutien.prouve("2021-06-30", t("2024-05-29T10:00:00Z")));
}

#[test]
fn on_ne_signe_pas_deux_fois_la_meme_version() {
    let premiere = signer(&[], "2024-03-26T08:00:00Z").unwrap();
    let refus = signer(&[premiere], "2024-03-27T08:00:00Z").unwrap_err();
    assert_eq!(
        refus.to_string(),
        "Cette version est signée depuis le mardi 26 mars 2024."
    );
}

#[test]
fn un_double_appui_traite_a_rebours_ne_signe_qu_une_fois() {
    let premiere = signer(&[], "2024-03-26T08:00:01Z").unwrap();
    let refus = signer(&[premiere], "2024-03-26T08:00:00Z");
    assert!(matches!(refus, Err(RefusSignature::DejaSignee { .. })));
}

#[test]
fn ce_qui_s_imprime_tient_sur_une_ligne() {
    let long = "é".repeat(SIGNES_AU_PLUS + 1);
    let mut demande = DEMANDE;
    demande.pouvoir.fonction = &long;
    demande.pouvoir.reference = &long;
    let refus = |demande| {
        let refus = charte().signer(demande, &[], t("2024-03-26T08:00:00Z"));
        let raisons = refus.unwrap_err().raisons();
        raisons.into_iter().map(|r| r.code).collect::<Vec<_>>()
    };
    // A representative has no decision to give: what was typed there is not kept.
    assert_eq!(refus(demande), ["fonction_trop_longue"]);
    demande.pouvoir.mandat = Some(Mandat::Delegation);
    assert_eq!(
        refus(demande),
        ["fonction_trop_longue", "reference_trop_longue"]
    );
}

#[test]
fn une_signature_retiree_ne_vaut_plus_et_laisse_signer_de_nouveau() {
    let mut premiere = signer(&[], "2024-03-26T08:00:00Z").unwrap();
    let retrait = premiere.retirer(t("2024-04-01T08:00:00Z")).unwrap();
    premiere.retiree_le = Some(retrait);
    assert!(!premiere.vaut(retrait));
    assert!(premiere.vaut(t("2024-03-31T08:00:00Z")));
    let refus = premiere.retirer(t("2024-04-03T08:00:00Z")).unwrap_err();
    assert_eq!(
        refus.to_string(),
        "Cette signature est retirée depuis le lundi 1er avril 2024."
    );
    assert!(signer(&[premiere], "2024-04-02T08:00:00Z").is_ok());
}

#[test]
fn tout_ce_qui_manque_est_dit_ensemble() {
    let demande = Demande {
        pouvoir: Pouvoir::default(),
        ..DEMANDE
    };
    let refus = charte()
        .signer(demande, &[], t("2024-03-26T08:00:00Z"))
        .unwrap_err();
    let ancres: Vec<_> = refus
        .raisons()
        .into_iter()
        .filter_map(|r| r.ancre)
        .collect();
    assert_eq!(ancres, ["fonction", "mandat", "pouvoir", "acceptation"]);
}

#[test]
fn un_mandat_recu_dit_quelle_decision_l_a_donne() {
    let mut demande = DEMANDE;
    demande.pouvoir.mandat = Some(Mandat::Delegation);
    let refus = charte().signer(demande, &[], t("2024-03-26T08:00:00Z"));
    assert_eq!(
        refus.unwrap_err().to_string(),
        "Donnez la décision qui vous a mandaté, avec sa date."
    );
    demande.pouvoir.reference = "conseil du 12 mars 2024";
    assert!(
        charte()
            .signer(demande, &[], t("2024-03-26T08:00:00Z"))
            .is_ok()
    );
}

#[test]
fn sans_son_texte_aucune_version_ne_se_signe() {
    let mut charte = charte();
    charte.versions[1].texte = None;
    let refus = charte.signer(DEMANDE, &[], t("2024-03-26T08:00:00Z"));
    assert_eq!(refus, Err(RefusSignature::TexteAttendu));
}

#[test]
fn on_signe_le_texte_que_l_on_a_lu() {
    let demande = Demande {
        empreinte: "cc",
        ..DEMANDE
    };
    let refus = charte().signer(demande, &[], t("2024-03-26T08:00:00Z"));
    assert_eq!(refus, Err(RefusSignature::TexteChange));
}

#[test]
fn une_version_remplacee_ne_se_signe_plus_et_la_nouvelle_se_signe_a_son_tour() {
    let mut charte = charte();
    let ancienne = signer(&[], "2024-03-26T08:00:00Z").unwrap();
    charte
        .versions
        .push(version("2026-01-15", None, Some("dd")));
    let refus = charte.signer(DEMANDE, &[], t("2026-01-20T08:00:00Z"));
    assert_eq!(refus, Err(RefusSignature::VersionFermee));
    let demande = Demande {
        version: "2026-01-15",
        empreinte: "dd",
        ..DEMANDE
    };
    let precedentes = [ancienne.clone()];
    assert!(
        charte
            .signer(demande, &precedentes, t("2026-01-20T08:00:00Z"))
            .is_ok()
    );
    assert!(ancienne.vaut(t("2026-01-20T08:00:00Z")));
}

#[test]
fn la_version_qu_un_appel_ouvert_demande_se_signe_tant_que_l_on_peut_y_deposer() {
    let mut charte = charte();
    charte
        .versions
        .push(version("2024-03-25", None, Some("dd")));
    let le = t("2024-03-26T08:00:00Z");
    let exigees = [jiff::civil::date(2021, 6, 30)];
    let demande = Demande {
        exigees: &exigees,
        ..DEMANDE
    };
    let codes = |exigees| -> Vec<String> {
        let signables = charte.signables(exigees);
        signables.into_iter().map(|v| v.code.clone()).collect()
    };
    assert_eq!(codes(&exigees), ["2024-03-25", "2021-06-30"]);
    let signature = charte.signer(demande, &[], le).unwrap();
    assert!(signature.prouve("2021-06-30", le) && !signature.prouve("2024-03-25", le));
    // The call closed: the version that replaced it is the only one again.
    assert_eq!(codes(&[]), ["2024-03-25"]);
    assert_eq!(
        charte.signer(DEMANDE, &[], le),
        Err(RefusSignature::VersionFermee)
    );
    // In a demonstration, what stands for it.
    let mut inventee = charte.clone();
    inventee.versions[1].texte = None;
    inventee
        .versions
        .push(version("demonstration", Some("2021-06-30"), Some("ee")));
    let codes: Vec<_> = inventee
        .signables(&exigees)
        .into_iter()
        .map(|v| v.code.as_str())
        .collect();
    assert_eq!(codes, ["2024-03-25", "demonstration"]);
}

#[test]
fn un_texte_de_demonstration_s_efface_devant_le_vrai() {
    let mut charte = charte();
    let demonstration = version("demonstration", Some("2021-06-30"), Some("ee"));
    charte.versions.push(demonstration);
    assert_eq!(charte.reference().unwrap().code, "2021-06-30");
    assert_eq!(charte.a_signer().unwrap().code, "2021-06-30");
    charte.versions[1].texte = None;
    assert_eq!(charte.a_signer().unwrap().code, "demonstration");
}

#[test]
fn un_texte_signe_ne_change_plus() {
    let charte = charte();
    let publier = |texte: &str, empreinte: &str, signatures| {
        let le = t("2024-03-26T08:00:00Z");
        let recu = TexteRecu {
            texte,
            empreinte,
            relue: empreinte,
        };
        charte.versions[1].publier(recu, signatures, RESPONSABLE, le)
    };
    assert_eq!(
        publier("Autre", "cc", 2).unwrap_err().to_string(),
        typographie("Ce texte porte 2 signatures : il ne change plus.")
    );
    assert_eq!(publier("  ", "cc", 0), Err(RefusPublication::TexteVide));
    assert!(matches!(
        publier("Texte", "bb", 0),
        Err(RefusPublication::MemeTexte { .. })
    ));
    assert_eq!(publier("Autre", "cc", 0).unwrap().empreinte, "cc");
}

#[test]
fn une_relance_part_une_fois_pour_la_liste_que_l_on_a_lue() {
    let envoi = Envoi {
        lue: "aa",
        actuelle: "aa",
        destinataires: 3,
        mot: "",
        mot_lu: "",
        partie: false,
    };
    assert_eq!(charte().relancer(envoi), Ok(()));
    let refus = |envoi| charte().relancer(envoi).unwrap_err().to_string();
    assert_eq!(
        refus(Envoi { lue: "bb", ..envoi }),
        typographie("La liste a changé depuis que vous l’avez lue : aucun courriel n’est parti.")
    );
    assert_eq!(
        refus(Envoi {
            partie: true,
            ..envoi
        }),
        "Ces courriels sont déjà partis, une fois."
    );
    assert_eq!(
        refus(Envoi {
            destinataires: 0,
            ..envoi
        }),
        "Personne, dans cette liste, ne peut recevoir de rappel aujourd’hui."
    );
    let long = "é".repeat(MOT_AU_PLUS + 1);
    assert_eq!(
        refus(Envoi {
            mot: &long,
            ..envoi
        }),
        typographie("Votre mot compte 601 signes : 600 au plus.")
    );
    let lu = Envoi {
        mot: "À bientôt.\r\nLe Labo",
        mot_lu: "À bientôt.\nLe Labo",
        ..envoi
    };
    assert_eq!(charte().relancer(lu), Ok(()));
    let autre = Envoi { mot_lu: "", ..lu };
    assert_eq!(charte().relancer(autre), Err(RefusRelance::MotNonRelu));
    let mut sans_texte = charte();
    sans_texte.versions[1].texte = None;
    assert_eq!(sans_texte.relancer(envoi), Err(RefusRelance::TexteAttendu));
}

#[test]
fn un_texte_se_relit_avant_d_etre_verse_et_n_est_pas_un_livre() {
    let charte = charte();
    let publier = |texte: &str, relue: &str| {
        let recu = TexteRecu {
            texte,
            empreinte: "cc",
            relue,
        };
        charte.versions[1].publier(recu, 0, RESPONSABLE, t("2024-03-26T08:00:00Z"))
    };
    assert_eq!(publier("Autre", ""), Err(RefusPublication::NonRelu));
    assert_eq!(publier("Autre", "bb"), Err(RefusPublication::NonRelu));
    let livre = "a".repeat(TEXTE_AU_PLUS + 1);
    let refus = publier(&livre, "cc").unwrap_err().to_string();
    assert_eq!(refus, typographie("Ce texte pèse 65 ko : 64 ko au plus."));
    assert!(publier(&livre[1..], "cc").is_ok());
}

const NOUVELLE: Presentation<'_> = Presentation {
    titre: "Charte du 12 mars 2026",
    code: "",
    jour: "2026-03-12",
    occasion: "à la journée nationale des PTCE",
    texte: TexteRecu {
        texte: "Un texte d’essai.",
        empreinte: "dd",
        relue: "dd",
    },
};

fn presenter(presentation: Presentation<'_>) -> Result<(Version, Publication), RefusPresentation> {
    charte().presenter(presentation, RESPONSABLE, t("2026-03-12T08:00:00Z"))
}

#[test]
fn une_nouvelle_version_porte_son_jour_et_se_signe_a_la_place_de_la_precedente() {
    let (version, publication) = presenter(NOUVELLE).unwrap();
    assert_eq!(version.code, "2026-03-12");
    assert_eq!(
        version.presentation,
        "le jeudi 12 mars 2026, à la journée nationale des PTCE"
    );
    assert_eq!(
        (publication.version.as_str(), publication.empreinte.as_str()),
        ("2026-03-12", "dd")
    );
    let mut charte = charte();
    assert_eq!(charte.precedente(None).unwrap().code, "2021-06-30");
    charte.versions.push(Version {
        texte: Some(TextePublie {
            empreinte: publication.empreinte,
            publie_le: publication.publie_le,
        }),
        ..version
    });
    assert_eq!(charte.a_signer().unwrap().code, "2026-03-12");
    assert_eq!(
        charte.precedente(Some("2026-03-12")).unwrap().code,
        "2021-06-30"
    );
    assert_eq!(
        charte.precedente(Some("2021-06-30")).unwrap().code,
        "premiere"
    );
    assert_eq!(charte.precedente(Some("premiere")), None);
}

#[test]
fn ce_qui_manque_pour_presenter_une_version_est_dit_d_un_coup() {
    let vide = Presentation {
        titre: " ",
        jour: "",
        texte: TexteRecu {
            texte: "",
            empreinte: "ee",
            relue: "ee",
        },
        ..NOUVELLE
    };
    let ancres: Vec<_> = presenter(vide)
        .unwrap_err()
        .raisons()
        .into_iter()
        .filter_map(|r| r.ancre)
        .collect();
    assert_eq!(ancres, ["titre", "jour", "texte"]);
    let refus = |presentation| presenter(presentation).unwrap_err().to_string();
    for (presentation, phrase) in [
        (
            Presentation {
                jour: "2021-06-30",
                code: "neuf",
                ..NOUVELLE
            },
            "La version en vigueur fut présentée le 30 juin 2021 : donnez un jour qui la suit.",
        ),
        (
            Presentation {
                jour: "2026-03-13",
                ..NOUVELLE
            },
            "Une version se présente le jour même, ou après : ce jour est à venir.",
        ),
        (
            Presentation {
                code: "premiere",
                ..NOUVELLE
            },
            "Une autre version porte déjà ce code.",
        ),
        (
            Presentation {
                code: "nouvelle",
                ..NOUVELLE
            },
            "Le code s’écrit en lettres minuscules sans accent, chiffres et tirets, 40 signes au plus.",
        ),
        (
            Presentation {
                titre: "Charte premiere",
                ..NOUVELLE
            },
            "Une autre version porte déjà ce titre.",
        ),
        (
            Presentation {
                texte: TexteRecu {
                    texte: "Le même",
                    empreinte: "bb",
                    relue: "bb",
                },
                ..NOUVELLE
            },
            "Ce texte est déjà celui de « Charte 2021-06-30 ».",
        ),
    ] {
        assert_eq!(refus(presentation), typographie(phrase));
    }
}
