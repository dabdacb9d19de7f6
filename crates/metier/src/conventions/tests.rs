use jiff::Timestamp;
use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::commun::{Montant, Refus};
use crate::decisions::{Decision, Motif, Notification};
use crate::dossiers::{Issue, Suite};
use crate::poles::FormeJuridique;

const PRESIDENTE: Uuid = Uuid::from_u128(10);
const CHEFFE: Uuid = Uuid::from_u128(20);
const GESTIONNAIRE: Uuid = Uuid::from_u128(21);
const TEXTE: &str = "e3b0c442";

fn t(texte: &str) -> Timestamp {
    texte.parse().unwrap()
}

fn decision(issue: Issue) -> Decision {
    let retenu = issue == Issue::Retenu;
    Decision {
        dossier: Uuid::from_u128(1),
        issue,
        montant: retenu.then_some(Montant::euros(100_000)),
        motifs: vec![Motif {
            au_titre_de: None,
            texte: "x".into(),
        }],
        arretee_le: t("2024-09-20T08:00:00Z"),
    }
}

fn notification() -> Notification {
    Notification {
        visible_le: t("2024-09-26T12:00:00Z"),
        decisions: 64,
        programmee_par: CHEFFE,
        programmee_le: t("2024-09-25T08:00:00Z"),
        suspendue_le: None,
    }
}

fn etablir(issue: Issue, le: &str) -> Result<Convention, RefusConvention> {
    Convention::etablir(
        Uuid::from_u128(100),
        &decision(issue),
        &notification(),
        t(le),
    )
}

fn proposee() -> Convention {
    Convention {
        texte: Some(TEXTE.into()),
        ..etablir(Issue::Retenu, "2024-10-01T08:00:00Z").unwrap()
    }
}

fn signataire(par: Uuid) -> Signataire<'static> {
    Signataire {
        par,
        qualite: "présidente",
        pouvoir: true,
        empreinte: TEXTE,
    }
}

fn engagement() -> EngagementRepublicain {
    EngagementRepublicain {
        par: PRESIDENTE,
        souscrit_le: t("2024-10-02T08:00:00Z"),
    }
}

fn signee() -> Convention {
    let mut convention = proposee();
    let signature = convention
        .signer(
            signataire(PRESIDENTE),
            FormeJuridique::Association,
            Some(&engagement()),
            t("2024-10-02T08:00:00Z"),
        )
        .unwrap();
    convention.beneficiaire = Some(signature);
    convention
}

fn validee() -> Convention {
    let mut convention = signee();
    let validation = convention
        .valider(signataire(CHEFFE), t("2024-10-07T08:00:00Z"))
        .unwrap();
    convention.validation = Some(validation);
    convention
}

fn compte() -> CompteBancaire {
    CompteBancaire {
        iban: "FR1420041010050500013M02606".parse().unwrap(),
        titulaire: "Les Rives solidaires".into(),
        titulaire_verifie: true,
    }
}

fn ordre(convention: &Convention, euros: i64) -> Result<OrdreVersement, RefusVersement> {
    OrdreVersement::preparer(
        convention,
        Montant::euros(euros),
        compte(),
        GESTIONNAIRE,
        t("2024-10-08T08:00:00Z"),
    )
}

fn versee() -> Convention {
    let mut convention = validee();
    let versement = ordre(&convention, 100_000)
        .unwrap()
        .valider(&convention, CHEFFE, t("2024-10-09T08:00:00Z"))
        .unwrap();
    convention.versements.push(versement);
    convention
}

#[test]
fn aucune_convention_avant_la_notification() {
    let refus = etablir(Issue::Retenu, "2024-09-26T11:59:59Z");
    assert_eq!(refus, Err(RefusConvention::NonNotifiee));
    let refus = etablir(Issue::NonRetenu, "2024-10-01T08:00:00Z");
    assert_eq!(refus, Err(RefusConvention::NonRetenu));
}

#[test]
fn l_etat_se_lit_des_faits() {
    let redigee = etablir(Issue::Retenu, "2024-10-01T08:00:00Z").unwrap();
    let etats = [redigee, proposee(), signee(), validee(), versee()].map(|c| c.etat());
    assert_eq!(
        etats,
        [
            EtatConvention::ARediger,
            EtatConvention::Proposee,
            EtatConvention::SigneeBeneficiaire,
            EtatConvention::Validee,
            EtatConvention::Versee
        ]
    );
    assert_eq!(proposee().suite(), Some(Suite::ConventionASigner));
    assert_eq!(signee().suite(), Some(Suite::ConventionSignee));
    assert_eq!(validee().suite(), Some(Suite::ConventionSignee));
    assert_eq!(versee().suite(), Some(Suite::Versee));
}

#[test]
fn une_association_souscrit_l_engagement_republicain_avant_de_signer() {
    let refus = proposee()
        .signer(
            signataire(PRESIDENTE),
            FormeJuridique::Association,
            None,
            t("2024-10-02T08:00:00Z"),
        )
        .unwrap_err();
    assert_eq!(refus.raisons()[0].code, "engagement_republicain_absent");
}

#[test]
fn une_cooperative_signe_sans_engagement_republicain() {
    let signature = proposee().signer(
        signataire(PRESIDENTE),
        FormeJuridique::Cooperative,
        None,
        t("2024-10-02T08:00:00Z"),
    );
    assert!(signature.is_ok());
}

#[test]
fn ce_qui_manque_au_signataire_est_dit_ensemble() {
    let incomplet = Signataire {
        qualite: " ",
        pouvoir: false,
        ..signataire(PRESIDENTE)
    };
    let refus = proposee()
        .signer(
            incomplet,
            FormeJuridique::Association,
            None,
            t("2024-10-02T08:00:00Z"),
        )
        .unwrap_err();
    assert_eq!(refus.raisons().len(), 3);
}

#[test]
fn le_tresor_valide_apres_le_beneficiaire() {
    let le = t("2024-10-07T08:00:00Z");
    assert_eq!(
        proposee().valider(signataire(CHEFFE), le),
        Err(RefusSignatureConvention::BeneficiaireDAbord)
    );
    assert!(signee().valider(signataire(CHEFFE), le).is_ok());
    assert_eq!(
        signee().valider(signataire(PRESIDENTE), le),
        Err(RefusSignatureConvention::MemePersonne)
    );
}

#[test]
fn les_deux_parties_signent_le_meme_texte() {
    let mut convention = signee();
    convention.texte = Some("autre".into());
    let le = t("2024-10-07T08:00:00Z");
    assert_eq!(
        convention.valider(signataire(CHEFFE), le),
        Err(RefusSignatureConvention::TexteChange)
    );
    let nouveau = Signataire {
        empreinte: "autre",
        ..signataire(CHEFFE)
    };
    assert_eq!(
        convention.valider(nouveau, le),
        Err(RefusSignatureConvention::TexteChange)
    );
}

#[test]
fn on_ne_signe_pas_deux_fois() {
    let le = t("2024-10-08T08:00:00Z");
    let refus = signee().signer(
        signataire(PRESIDENTE),
        FormeJuridique::Cooperative,
        None,
        le,
    );
    assert!(refus.unwrap_err().to_string().contains("2 octobre 2024"));
    let refus = validee().valider(signataire(CHEFFE), le);
    assert!(refus.unwrap_err().to_string().contains("7 octobre 2024"));
}

#[test]
fn la_convention_court_deux_ans_de_date_a_date() {
    let deux_ans = (date(2024, 10, 7), date(2026, 10, 6));
    assert_eq!(validee().periode(), Some(deux_ans));
    assert_eq!(signee().periode(), None);
}

#[test]
fn rien_ne_se_verse_avant_la_validation() {
    let refus = ordre(&signee(), 100_000);
    assert_eq!(refus, Err(RefusVersement::ConventionNonValidee));
}

#[test]
fn l_aide_se_verse_en_une_fois_et_en_entier() {
    for euros in [99_999, 100_001, 0] {
        let refus = ordre(&validee(), euros).unwrap_err();
        assert_eq!(refus.raisons()[0].code, "montant_inexact");
    }
    assert!(ordre(&validee(), 100_000).is_ok());
}

#[test]
fn qui_prepare_l_ordre_ne_le_valide_pas() {
    let convention = validee();
    let refus = ordre(&convention, 100_000)
        .unwrap()
        .valider(&convention, GESTIONNAIRE, t("2024-10-09T08:00:00Z"))
        .unwrap_err();
    assert_eq!(
        refus.to_string(),
        "Vous avez préparé cet ordre\u{202f}: une autre personne doit le valider."
    );
}

#[test]
fn un_second_ordre_ne_paie_pas_une_convention_versee() {
    let prepare = ordre(&validee(), 100_000).unwrap();
    let refus = prepare.valider(&versee(), CHEFFE, t("2024-10-10T08:00:00Z"));
    assert_eq!(refus, Err(RefusVersement::DejaVersee));
    assert_eq!(ordre(&versee(), 100_000), Err(RefusVersement::DejaVersee));
}

#[test]
fn un_ordre_ne_paie_pas_une_autre_convention() {
    let autre = Convention {
        id: Uuid::from_u128(200),
        ..validee()
    };
    let refus =
        ordre(&validee(), 100_000)
            .unwrap()
            .valider(&autre, CHEFFE, t("2024-10-10T08:00:00Z"));
    assert_eq!(refus, Err(RefusVersement::AutreConvention));
}

#[test]
fn un_nom_tel_que_la_banque_l_imprime_est_le_meme() {
    let nom = "Coopérative de l’Atelier";
    for imprime in [
        "COOPERATIVE DE L ATELIER",
        "Coopérative de l'Atelier",
        "cooperative-de-l’atelier",
    ] {
        assert!(memes_noms(imprime, nom), "{imprime}");
    }
    assert!(memes_noms("CHOEUR DES RIVES", "Chœur des Rives"));
    assert!(!memes_noms("COOPERATIVE DES ATELIERS", nom));
    assert!(!memes_noms("", nom));
}

#[test]
fn le_titulaire_du_compte_est_compare_au_beneficiaire() {
    let non_verifie = CompteBancaire {
        titulaire_verifie: false,
        ..compte()
    };
    let refus = OrdreVersement::preparer(
        &validee(),
        Montant::euros(100_000),
        non_verifie,
        GESTIONNAIRE,
        t("2024-10-08T08:00:00Z"),
    )
    .unwrap_err();
    assert_eq!(refus.raisons()[0].code, "titulaire_non_verifie");
}

#[test]
fn le_versement_ne_garde_que_la_fin_du_compte() {
    let versement = &versee().versements[0];
    assert_eq!(versement.compte_finissant_par, "2606");
    assert_eq!(versement.prepare_par, GESTIONNAIRE);
    assert_eq!(versement.valide_par, CHEFFE);
}

#[test]
fn l_alerte_vient_au_45e_jour_et_le_retard_apres_le_60e() {
    let convention = validee();
    let alerte = |le: &str| alerte_versement(&convention, t(le));
    assert_eq!(alerte("2024-11-09T12:00:00Z"), None);
    let rappel = alerte("2024-11-10T12:00:00Z").unwrap();
    assert_eq!(
        rappel.phrase(),
        "L’aide est à verser jusqu’au lundi 25 novembre 2024."
    );
    assert!(!alerte("2024-11-25T12:00:00Z").unwrap().depassee);
    assert!(alerte("2024-11-26T12:00:00Z").unwrap().depassee);
    assert_eq!(alerte_versement(&versee(), t("2025-01-01T00:00:00Z")), None);
}
