use jiff::Timestamp;
use uuid::Uuid;

use super::*;
use crate::campagnes::RegleMontant;
use crate::commun::{Montant, Refus, Region};
use crate::dossiers::{Issue, Numero};
use crate::instruction::Verdict;

const CHARGEE: Uuid = Uuid::from_u128(50);
const DECIDEUR: Uuid = Uuid::from_u128(51);

fn t(texte: &str) -> Timestamp {
    texte.parse().unwrap()
}

fn id(rang: u32) -> Uuid {
    Uuid::from_u128(u128::from(rang))
}

fn candidat(rang: u32) -> Candidat {
    Candidat {
        dossier: id(rang),
        numero: Numero {
            millesime: 2024,
            rang,
        },
        verdict: Some(Verdict::Eligible),
        phase_une: PhaseUne::Acquise,
    }
}

fn retenu(rang: u32, euros: i64) -> LigneSelection {
    LigneSelection {
        dossier: id(rang),
        choix: Choix::Retenu(Montant::euros(euros)),
        raison_de_l_ecart: None,
    }
}

fn non_retenu(rang: u32) -> LigneSelection {
    let motif = Motif {
        au_titre_de: Some("A1".into()),
        texte: "Gouvernance à préciser.".into(),
    };
    LigneSelection {
        dossier: id(rang),
        choix: Choix::NonRetenu(vec![motif]),
        raison_de_l_ecart: None,
    }
}

fn regles() -> ReglesSelection {
    ReglesSelection {
        enveloppe: Montant::euros(200_000),
        cible: Some(2),
        montant: RegleMontant::Fixe(Montant::euros(100_000)),
        deux_personnes: true,
    }
}

/// Three dossiers ranked 1, 2, 3, for an envelope of two.
struct Table {
    regles: ReglesSelection,
    candidats: Vec<Candidat>,
    classement: Vec<Uuid>,
    seance: Seance,
    deja: Option<Timestamp>,
}

fn table() -> Table {
    Table {
        regles: regles(),
        candidats: vec![candidat(1), candidat(2), candidat(3)],
        classement: vec![id(1), id(2), id(3)],
        seance: Seance::Close(t("2024-09-04T15:00:00Z")),
        deja: None,
    }
}

impl Table {
    fn arreter(&self, lignes: Vec<LigneSelection>) -> Result<Selection, RefusSelection> {
        self.arreter_par(DECIDEUR, "2024-09-20T08:00:00Z", lignes)
    }

    fn arreter_par(
        &self,
        par: Uuid,
        le: &str,
        lignes: Vec<LigneSelection>,
    ) -> Result<Selection, RefusSelection> {
        let contexte = ContexteSelection {
            regles: &self.regles,
            candidats: &self.candidats,
            classement: &self.classement,
            seance: self.seance,
            deja_arretee_le: self.deja,
        };
        let liste = ListePreparee {
            par: CHARGEE,
            lignes,
        };
        liste.arreter(&contexte, par, t(le))
    }

    fn codes(&self, lignes: Vec<LigneSelection>) -> Vec<&'static str> {
        let refus = self.arreter(lignes).unwrap_err();
        refus.raisons().iter().map(|r| r.code).collect()
    }
}

fn la_liste() -> Vec<LigneSelection> {
    vec![retenu(1, 100_000), retenu(2, 100_000), non_retenu(3)]
}

#[test]
fn une_liste_conforme_au_classement_est_arretee() {
    let selection = table().arreter(la_liste()).unwrap();
    assert_eq!(selection.total, Montant::euros(200_000));
    assert_eq!(selection.signalements, []);
    let issues: Vec<_> = selection.decisions.iter().map(|d| d.issue).collect();
    assert_eq!(issues, [Issue::Retenu, Issue::Retenu, Issue::NonRetenu]);
}

#[test]
fn l_enveloppe_ne_se_depasse_pas() {
    let lignes = vec![retenu(1, 100_000), retenu(2, 100_000), retenu(3, 100_000)];
    let refus = table().arreter(lignes).unwrap_err();
    assert_eq!(
        refus.to_string(),
        "Les montants retenus totalisent 300\u{202f}000\u{a0}€\u{202f}; l’enveloppe est de 200\u{202f}000\u{a0}€."
    );
    assert_eq!(
        refus.raisons()[0].remede.as_deref(),
        Some("Retirez au moins 100\u{202f}000\u{a0}€.")
    );
}

#[test]
fn le_nombre_est_une_cible_signalee_et_non_refusee() {
    let mut table = table();
    table.regles.enveloppe = Montant::euros(300_000);
    let lignes = vec![retenu(1, 100_000), retenu(2, 100_000), retenu(3, 100_000)];
    let selection = table.arreter(lignes).unwrap();
    assert_eq!(
        selection.signalements[0].phrase,
        "3 lauréats pour une cible de 2."
    );
}

#[test]
fn le_reste_de_l_enveloppe_est_signale() {
    let lignes = vec![retenu(1, 100_000), non_retenu(2), non_retenu(3)];
    let selection = table().arreter(lignes).unwrap();
    let codes: Vec<_> = selection.signalements.iter().map(|r| r.code).collect();
    assert_eq!(codes, ["cible_non_atteinte", "reste_a_attribuer"]);
}

#[test]
fn chaque_montant_respecte_la_regle() {
    let lignes = vec![retenu(1, 80_000), retenu(2, 100_000), non_retenu(3)];
    assert_eq!(table().codes(lignes), ["montant_hors_regle"]);
}

#[test]
fn en_2026_aucun_reliquat_n_est_servi_sous_le_plancher() {
    let mut table = table();
    table.regles = ReglesSelection {
        enveloppe: Montant::euros(180_000),
        montant: RegleMontant::Fourchette {
            min: Montant::euros(30_000),
            max: Montant::euros(80_000),
        },
        ..regles()
    };
    let lignes = vec![retenu(1, 80_000), retenu(2, 80_000), retenu(3, 20_000)];
    assert_eq!(table.codes(lignes), ["montant_hors_regle"]);
}

#[test]
fn un_dossier_non_retenu_a_toujours_un_motif() {
    let mut lignes = la_liste();
    lignes[2].choix = Choix::NonRetenu(vec![Motif {
        au_titre_de: None,
        texte: "  ".into(),
    }]);
    let refus = table().arreter(lignes).unwrap_err();
    assert_eq!(
        refus.to_string(),
        "Le dossier n°\u{a0}2024-0003 n’est pas retenu sans motif."
    );
}

#[test]
fn s_ecarter_du_classement_demande_de_dire_pourquoi_des_deux_cotes() {
    let lignes = || vec![retenu(1, 100_000), non_retenu(2), retenu(3, 100_000)];
    assert_eq!(
        table().codes(lignes()),
        ["ecart_sans_raison", "ecart_sans_raison"]
    );
    let mut motivees = lignes();
    motivees[1].raison_de_l_ecart = Some("Région déjà servie deux fois.".into());
    motivees[2].raison_de_l_ecart = Some("Seul dossier en quartier prioritaire.".into());
    let selection = table().arreter(motivees).unwrap();
    assert_eq!(selection.ecarts.len(), 2);
}

#[test]
fn sans_la_phase_une_le_jumeau_n_est_pas_retenu() {
    let mut table = table();
    table.candidats[1].phase_une = PhaseUne::NonAcquise;
    assert_eq!(table.codes(la_liste()), ["jumeau_non_retenu"]);
}

#[test]
fn un_dossier_ecarte_n_est_pas_retenu_et_garde_sa_cause() {
    let mut table = table();
    table.candidats[2].verdict = Some(Verdict::Ineligible);
    table.classement.pop();
    let selection = table.arreter(la_liste()).unwrap();
    assert_eq!(selection.decisions[2].issue, Issue::Ineligible);
    table.candidats[0].verdict = Some(Verdict::Irrecevable);
    assert_eq!(table.codes(la_liste()), ["retenu_sans_eligibilite"]);
}

#[test]
fn un_dossier_ecarte_ne_compte_pas_dans_le_classement() {
    let mut table = table();
    table.candidats[0].verdict = Some(Verdict::Ineligible);
    let lignes = vec![non_retenu(1), retenu(2, 100_000), retenu(3, 100_000)];
    assert_eq!(table.arreter(lignes).unwrap().ecarts, []);
}

#[test]
fn chaque_candidat_a_sa_ligne_et_une_seule() {
    let mut lignes = la_liste();
    lignes.pop();
    assert_eq!(table().codes(lignes), ["ligne_unique"]);
    let mut lignes = la_liste();
    lignes.push(non_retenu(3));
    assert_eq!(table().codes(lignes), ["ligne_unique"]);
    let mut lignes = la_liste();
    lignes.push(non_retenu(4));
    assert_eq!(table().codes(lignes), ["ligne_inconnue"]);
}

#[test]
fn qui_prepare_n_arrete_pas() {
    let le = "2024-09-20T08:00:00Z";
    let refus = table().arreter_par(CHARGEE, le, la_liste()).unwrap_err();
    assert_eq!(refus, RefusSelection::MemePersonne);
    let mut seule = table();
    seule.regles.deux_personnes = false;
    assert!(seule.arreter_par(CHARGEE, le, la_liste()).is_ok());
}

#[test]
fn la_liste_attend_la_seance_du_comite() {
    let mut table = table();
    table.seance = Seance::Attendue(t("2024-09-04T12:00:00Z"));
    let refus = table.arreter(la_liste()).unwrap_err();
    assert!(refus.to_string().contains("mercredi 4 septembre 2024"));
    table.seance = Seance::Close(t("2024-09-04T15:00:00Z"));
    let pendant = table.arreter_par(DECIDEUR, "2024-09-04T14:59:59Z", la_liste());
    assert!(matches!(
        pendant,
        Err(RefusSelection::SeanceNonTenue { .. })
    ));
}

#[test]
fn une_liste_arretee_ne_s_arrete_pas_deux_fois() {
    let mut table = table();
    table.deja = Some(t("2024-09-20T08:00:00Z"));
    assert!(matches!(
        table.arreter(la_liste()),
        Err(RefusSelection::DejaArretee { .. })
    ));
}

fn programmer(visible_le: &str, le: &str) -> Result<Notification, RefusNotification> {
    let table = table();
    let selection = table.arreter(la_liste()).unwrap();
    Notification::programmer(
        Some(&selection),
        table.seance,
        None,
        t(visible_le),
        (DECIDEUR, t(le)),
    )
}

const LE_26_A_14_H: &str = "2024-09-26T12:00:00Z";
const LA_VEILLE: &str = "2024-09-25T08:00:00Z";

#[test]
fn la_notification_dit_combien_quand_et_rien_avant() {
    let mut notification = programmer(LE_26_A_14_H, LA_VEILLE).unwrap();
    notification.decisions = 64;
    assert_eq!(
        notification.annonce(),
        "64 décisions seront visibles et envoyées le jeudi 26 septembre 2024 à 14\u{a0}h\u{a0}00. Rien avant."
    );
}

#[test]
fn rien_ne_se_voit_une_seconde_avant_l_instant() {
    let notification = programmer(LE_26_A_14_H, LA_VEILLE).unwrap();
    let selection = table().arreter(la_liste()).unwrap();
    let decision = &selection.decisions[0];
    let avant = t("2024-09-26T11:59:59Z");
    assert_eq!(decision.visible(Some(&notification), avant), None);
    assert_eq!(decision.visible(None, t("2030-01-01T00:00:00Z")), None);
    let instant = t(LE_26_A_14_H);
    assert_eq!(
        decision.visible(Some(&notification), instant),
        Some(decision)
    );
}

#[test]
fn on_ne_notifie_ni_sans_liste_ni_dans_le_passe() {
    let sans_liste = Notification::programmer(
        None,
        table().seance,
        None,
        t(LE_26_A_14_H),
        (DECIDEUR, t(LA_VEILLE)),
    );
    assert_eq!(sans_liste, Err(RefusNotification::ListeNonArretee));
    assert!(matches!(
        programmer("2024-09-24T08:00:00Z", LA_VEILLE),
        Err(RefusNotification::Passee { .. })
    ));
}

#[test]
fn on_ne_notifie_pas_avant_la_seance_du_comite() {
    let refus = programmer("2024-09-03T08:00:00Z", "2024-09-02T08:00:00Z").unwrap_err();
    assert!(refus.to_string().contains("mercredi 4 septembre 2024"));
}

#[test]
fn une_notification_suspendue_ne_montre_rien_et_se_reprogramme() {
    let notification = programmer(LE_26_A_14_H, LA_VEILLE).unwrap();
    let suspendue = notification.suspendre(t("2024-09-26T11:00:00Z")).unwrap();
    assert!(!suspendue.est_visible(t("2024-12-01T00:00:00Z")));
    let selection = table().arreter(la_liste()).unwrap();
    let seance = table().seance;
    let plus_tard = t("2024-09-30T12:00:00Z");
    let par = (DECIDEUR, t("2024-09-26T13:00:00Z"));
    assert!(
        Notification::programmer(Some(&selection), seance, Some(&suspendue), plus_tard, par)
            .is_ok()
    );
}

#[test]
fn ce_qui_a_ete_vu_ne_se_reprend_pas() {
    let notification = programmer(LE_26_A_14_H, LA_VEILLE).unwrap();
    let instant = t(LE_26_A_14_H);
    assert!(notification.suspendre(instant).is_err());
    let selection = table().arreter(la_liste()).unwrap();
    let refus = Notification::programmer(
        Some(&selection),
        table().seance,
        Some(&notification),
        t("2024-10-01T00:00:00Z"),
        (DECIDEUR, instant),
    );
    assert!(matches!(refus, Err(RefusNotification::DejaVisible { .. })));
}

#[test]
fn une_suspension_venue_apres_l_instant_ne_cache_plus_rien() {
    let mut notification = programmer(LE_26_A_14_H, LA_VEILLE).unwrap();
    notification.suspendue_le = Some(notification.visible_le);
    assert!(notification.est_visible(t(LE_26_A_14_H)));
}

#[test]
fn une_decision_sans_motif_ne_se_notifie_pas() {
    let mut selection = table().arreter(la_liste()).unwrap();
    selection.decisions[2].motifs.clear();
    let refus = Notification::programmer(
        Some(&selection),
        table().seance,
        None,
        t(LE_26_A_14_H),
        (DECIDEUR, t(LA_VEILLE)),
    );
    assert_eq!(refus, Err(RefusNotification::SansMotif { nombre: 1 }));
}

#[test]
fn le_refus_dit_jusqu_a_quand_contester() {
    let selection = table().arreter(la_liste()).unwrap();
    let refuse = &selection.decisions[2];
    let instant = t(LE_26_A_14_H);
    assert_eq!(
        refuse.annonce(instant, Some(Region::Bretagne)),
        "Votre dossier n’est pas retenu. Voici les motifs, et comment contester jusqu’au mardi 26 novembre 2024."
    );
    assert!(
        refuse
            .annonce(instant, Some(Region::Guyane))
            .contains("jeudi 26 décembre 2024")
    );
    assert_eq!(
        selection.decisions[0].annonce(instant, None),
        "Votre dossier est retenu. L’aide est de 100\u{202f}000\u{a0}€."
    );
}
