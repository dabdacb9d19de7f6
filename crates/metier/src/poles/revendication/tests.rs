//! Claims, case by case.

use super::*;
use crate::commun::Refus;
use crate::poles::Place;
use RefusRevendication as R;

const LIBRE: Situation<'static> = Situation {
    site: Some("https://rives.example"),
    site_du_demandeur: false,
    a_une_equipe: false,
    est_de_l_equipe: false,
    deja_demandee: false,
    en_attente: 0,
};

fn demander(preuve: Preuve, situation: Situation<'_>) -> Result<Revendication, R> {
    Revendication::demander(
        ("Présidente", Some(preuve)),
        "solene@rives.example",
        situation,
    )
}

fn le(texte: &str) -> Timestamp {
    texte.parse().unwrap()
}

#[test]
fn le_domaine_du_site_suffit_les_autres_preuves_attendent() {
    for (preuve, acquise) in [
        (Preuve::Domaine, true),
        (Preuve::Courrier, false),
        (Preuve::Cellule, false),
    ] {
        assert_eq!(demander(preuve, LIBRE).map(|r| r.acquise), Ok(acquise));
    }
}

#[test]
fn une_demande_dit_d_un_coup_ce_qui_lui_manque() {
    let refus = Revendication::demander((" ", None), "a@b.example", LIBRE).unwrap_err();
    let ancres: Vec<_> = refus
        .raisons()
        .into_iter()
        .filter_map(|r| r.ancre)
        .collect();
    assert_eq!(ancres, ["fonction", "preuve"]);
}

#[test]
fn ce_que_d_autres_liront_ne_donne_pas_d_adresse() {
    let dite = ("Présidente, solene@rives.example", Some(Preuve::Domaine));
    let refus = Revendication::demander(dite, "solene@rives.example", LIBRE).unwrap_err();
    assert_eq!(refus.raisons()[0].ancre.as_deref(), Some("fonction"));
    let motif = "Écrivez à solene@rives.example";
    assert!(repondre(false, false, motif).is_err());
    assert_eq!(reprendre(true, motif), Err(R::MotifAttendu));
}

#[test]
fn un_pole_qui_a_une_equipe_ne_se_donne_que_par_la_cellule() {
    let habite = Situation {
        a_une_equipe: true,
        ..LIBRE
    };
    for preuve in [Preuve::Domaine, Preuve::Courrier] {
        assert_eq!(demander(preuve, habite), Err(R::EquipeDejaLa));
    }
    assert!(demander(Preuve::Cellule, habite).is_ok());
}

#[test]
fn le_site_que_l_on_a_indique_soi_meme_ne_prouve_rien() {
    let sien = Situation {
        site_du_demandeur: true,
        ..LIBRE
    };
    assert_eq!(demander(Preuve::Domaine, sien), Err(R::SiteDuDemandeur));
    assert!(demander(Preuve::Courrier, sien).is_ok());
}

#[test]
fn on_ne_demande_ni_deux_fois_ni_trop_ni_ce_que_l_on_a() {
    let cas = [
        (
            Situation {
                est_de_l_equipe: true,
                ..LIBRE
            },
            R::DejaDansLEquipe,
        ),
        (
            Situation {
                deja_demandee: true,
                ..LIBRE
            },
            R::DejaDemandee,
        ),
        (
            Situation {
                en_attente: 5,
                ..LIBRE
            },
            R::TropEnAttente,
        ),
    ];
    for (situation, refus) in cas {
        assert_eq!(demander(Preuve::Cellule, situation), Err(refus));
    }
}

#[test]
fn un_code_vaut_soixante_jours_et_cinq_essais() {
    let code = CodeEnvoye {
        ecrit_le: le("2024-04-02T08:00:00Z"),
        essais: 0,
        juste: true,
    };
    let lire = |code, quand: &str| lire_le_code(false, Some(code), false, le(quand));
    assert_eq!(lire(code, "2024-06-01T07:59:59Z"), Ok(Lecture::Juste));
    assert_eq!(lire(code, "2024-06-01T08:00:00Z"), Err(R::CodeMort));
    let faux = CodeEnvoye {
        juste: false,
        essais: 3,
        ..code
    };
    assert_eq!(
        lire(faux, "2024-04-09T08:00:00Z"),
        Ok(Lecture::Faux { restent: 1 })
    );
    let epuise = CodeEnvoye { essais: 5, ..code };
    assert_eq!(lire(epuise, "2024-04-09T08:00:00Z"), Err(R::CodeMort));
}

#[test]
fn un_code_juste_ne_passe_pas_devant_une_equipe_venue_depuis() {
    let code = CodeEnvoye {
        ecrit_le: le("2024-04-02T08:00:00Z"),
        essais: 0,
        juste: true,
    };
    let lu = lire_le_code(false, Some(code), true, code.ecrit_le);
    assert_eq!(lu, Err(R::EquipeDejaLa));
    assert_eq!(
        lire_le_code(true, Some(code), false, code.ecrit_le),
        Err(R::DejaTranchee)
    );
    assert_eq!(
        lire_le_code(false, None, false, code.ecrit_le),
        Err(R::SansLettre)
    );
}

#[test]
fn un_code_se_recopie_en_minuscules_et_avec_des_espaces() {
    assert_eq!(code_saisi(" k7qm3-d2fxa "), "K7QM3D2FXA");
    for ambigu in [b'0', b'O', b'1', b'I'] {
        assert!(!ALPHABET_DU_CODE.contains(&ambigu));
    }
}

#[test]
fn une_lettre_a_une_adresse() {
    assert_eq!(
        ecrire(false, "Les Rives\n\n 1 quai \n29600 Morlaix"),
        Ok(vec![
            "Les Rives".into(),
            "1 quai".into(),
            "29600 Morlaix".into()
        ])
    );
    for illisible in ["", " \n ", &"1 quai\n".repeat(7), &"é".repeat(401)] {
        assert_eq!(ecrire(false, illisible), Err(R::AdresseAttendue));
    }
}

#[test]
fn on_se_retire_sauf_a_laisser_les_autres_sans_responsable() {
    let (moi, autre) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let seul = Equipe {
        membres: vec![(moi, Place::Responsable)],
    };
    let mut a_deux = seul.clone();
    a_deux.membres.push((autre, Place::Lecture));
    assert_eq!(
        retirer(Issue::EnAttente, &a_deux, moi),
        Ok(Retrait::Attente)
    );
    assert_eq!(retirer(Issue::Acceptee, &seul, moi), Ok(Retrait::Place));
    assert_eq!(
        retirer(Issue::Acceptee, &a_deux, moi),
        Err(R::DernierResponsable)
    );
    assert_eq!(retirer(Issue::Close, &seul, moi), Err(R::DejaTranchee));
}

#[test]
fn un_refus_et_une_reprise_se_motivent() {
    assert_eq!(repondre(false, true, ""), Ok(Reponse::Acceptee));
    assert_eq!(repondre(false, false, " "), Err(R::MotifAttendu));
    assert_eq!(repondre(true, true, ""), Err(R::DejaTranchee));
    assert_eq!(reprendre(true, ""), Err(R::MotifAttendu));
    assert_eq!(reprendre(false, "erreur"), Err(R::DejaReprise));
}
