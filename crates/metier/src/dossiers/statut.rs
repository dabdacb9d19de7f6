//! The only words an applicant reads about the state of a dossier.
//!
//! Source: ECRANS, § 2. One function, from facts and an instant: until the
//! instant of notification the answer is the same whether the State has
//! decided or not, and whatever it decided.

use jiff::Timestamp;

use crate::campagnes::Fenetre;
use crate::commun::{liste_fermee, temps, typographie};

liste_fermee! {
    /// What the State decides of a dossier; under embargo until notification.
    pub enum Issue {
        /// Chosen.
        Retenu = "retenu", "Retenu";
        /// Examined and not chosen.
        NonRetenu = "non_retenu", "Non retenu";
        /// Incomplete or late (R1, R2).
        Irrecevable = "irrecevable", "Irrecevable";
        /// Outside the conditions of the call (E1 to E6).
        Ineligible = "ineligible", "Inéligible";
    }
}

liste_fermee! {
    /// What comes after « Retenu », read from the agreement.
    pub enum Suite {
        /// The beneficiary has not signed yet.
        ConventionASigner = "convention_a_signer", "Convention à signer";
        /// The beneficiary has signed; the validation, then the order, follow.
        ConventionSignee = "convention_signee", "Convention signée";
        /// The money has been ordered.
        Versee = "versee", "Versée";
        /// The two years are running, with readings to give.
        SuiviEnCours = "suivi_en_cours", "Suivi en cours";
        /// All is done.
        Clos = "clos", "Clos";
    }
}

/// The facts a status is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaitsDuStatut<'a> {
    /// The window of the call.
    pub fenetre: &'a Fenetre,
    /// When it was filed.
    pub depose_le: Option<Timestamp>,
    /// When it was taken back.
    pub retire_le: Option<Timestamp>,
    /// A question of the cell awaits its answer until that instant.
    pub reponse_attendue_jusqu_au: Option<Timestamp>,
    /// Its examination began (permanent calls, which never close).
    pub examen_ouvert_le: Option<Timestamp>,
    /// What was decided, if it was.
    pub issue: Option<Issue>,
    /// When decisions become visible, if it is set.
    pub notification_le: Option<Timestamp>,
    /// What followed, for a laureate.
    pub suite: Option<Suite>,
}

/// A status, to be read with [`Statut::en_mots`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statut {
    /// Being written.
    Brouillon,
    /// Filed; the call still receives dossiers.
    Depose(Timestamp),
    /// The cell has asked something.
    ReponseAttendue(Timestamp),
    /// From the closing to the notification, decided or not.
    EnCoursDExamen,
    /// Notified: chosen.
    Retenu,
    /// Notified: not chosen, for whatever reason of substance.
    NonRetenu,
    /// Notified: incomplete or late.
    Irrecevable,
    /// After « Retenu ».
    Suite(Suite),
    /// Taken back.
    Retire,
    /// Still a draft when the call closed.
    JamaisDepose,
}

/// The status of a dossier for its author at that instant.
pub fn statut(faits: &FaitsDuStatut<'_>, le: Timestamp) -> Statut {
    if faits.retire_le.is_some_and(|retrait| retrait <= le) {
        return Statut::Retire;
    }
    let Some(depose_le) = faits.depose_le else {
        return match faits.fenetre.est_close(le) {
            true => Statut::JamaisDepose,
            false => Statut::Brouillon,
        };
    };
    if let (Some(issue), Some(visible_le)) = (faits.issue, faits.notification_le)
        && visible_le <= le
    {
        return notifie(issue, faits.suite);
    }
    if let Some(jusqu_au) = faits.reponse_attendue_jusqu_au.filter(|fin| le < *fin) {
        return Statut::ReponseAttendue(jusqu_au);
    }
    let examen_ouvert = faits.examen_ouvert_le.is_some_and(|debut| debut <= le);
    match examen_ouvert || faits.fenetre.est_close(le) {
        true => Statut::EnCoursDExamen,
        false => Statut::Depose(depose_le),
    }
}

fn notifie(issue: Issue, suite: Option<Suite>) -> Statut {
    match (issue, suite) {
        (Issue::Retenu, Some(suite)) => Statut::Suite(suite),
        (Issue::Retenu, None) => Statut::Retenu,
        (Issue::NonRetenu | Issue::Ineligible, _) => Statut::NonRetenu,
        (Issue::Irrecevable, _) => Statut::Irrecevable,
    }
}

impl Statut {
    /// Its words on the badge.
    pub fn en_mots(&self) -> String {
        typographie(&match self {
            Self::Brouillon => "Brouillon, non déposé".to_owned(),
            Self::Depose(le) => format!("Déposé le {}", temps::instant_long(*le)),
            Self::ReponseAttendue(jusqu_au) => {
                format!(
                    "Réponse attendue jusqu’au {}",
                    temps::instant_long(*jusqu_au)
                )
            }
            Self::EnCoursDExamen => "En cours d’examen".to_owned(),
            Self::Retenu => "Retenu".to_owned(),
            Self::NonRetenu => "Non retenu".to_owned(),
            Self::Irrecevable => "Irrecevable".to_owned(),
            Self::Suite(suite) => suite.libelle().to_owned(),
            Self::Retire => "Retiré".to_owned(),
            Self::JamaisDepose => "Jamais déposé (appel clos)".to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn t(texte: &str) -> Timestamp {
        texte.parse().unwrap()
    }

    fn fenetre() -> Fenetre {
        Fenetre {
            ouverture: t("2024-03-24T23:00:00Z"),
            cloture: Some(t("2024-05-29T10:00:00Z")),
            borne_incluse: true,
        }
    }

    fn faits(fenetre: &Fenetre) -> FaitsDuStatut<'_> {
        FaitsDuStatut {
            fenetre,
            depose_le: Some(t("2024-05-28T08:00:00Z")),
            retire_le: None,
            reponse_attendue_jusqu_au: None,
            examen_ouvert_le: None,
            issue: None,
            notification_le: None,
            suite: None,
        }
    }

    fn mots(faits: &FaitsDuStatut<'_>, le: &str) -> String {
        statut(faits, t(le)).en_mots()
    }

    #[test]
    fn un_brouillon_devient_jamais_depose_a_la_cloture() {
        let fenetre = fenetre();
        let brouillon = FaitsDuStatut {
            depose_le: None,
            ..faits(&fenetre)
        };
        assert_eq!(
            mots(&brouillon, "2024-05-29T10:00:00Z"),
            "Brouillon, non déposé"
        );
        assert_eq!(
            mots(&brouillon, "2024-05-29T10:00:01Z"),
            "Jamais déposé (appel clos)"
        );
    }

    #[test]
    fn un_dossier_depose_passe_en_examen_a_la_cloture() {
        let fenetre = fenetre();
        assert_eq!(
            mots(&faits(&fenetre), "2024-05-28T09:00:00Z"),
            "Déposé le mardi 28 mai 2024 à 10\u{a0}h\u{a0}00"
        );
        assert_eq!(
            mots(&faits(&fenetre), "2024-05-29T10:00:01Z"),
            "En cours d’examen"
        );
    }

    #[test]
    fn jusqu_a_la_notification_rien_ne_distingue_une_decision_de_son_absence() {
        let fenetre = fenetre();
        let instants = [
            "2024-05-28T09:00:00Z",
            "2024-09-20T09:00:00Z",
            "2024-09-26T11:59:59Z",
        ];
        for issue in Issue::TOUS {
            let decide = FaitsDuStatut {
                issue: Some(*issue),
                notification_le: Some(t("2024-09-26T12:00:00Z")),
                ..faits(&fenetre)
            };
            for le in instants {
                assert_eq!(
                    statut(&decide, t(le)),
                    statut(&faits(&fenetre), t(le)),
                    "{issue} {le}"
                );
            }
        }
    }

    #[test]
    fn une_decision_sans_date_de_notification_reste_tue() {
        let fenetre = fenetre();
        let decide = FaitsDuStatut {
            issue: Some(Issue::Retenu),
            ..faits(&fenetre)
        };
        assert_eq!(mots(&decide, "2030-01-01T00:00:00Z"), "En cours d’examen");
    }

    #[test]
    fn a_l_instant_de_la_notification_l_issue_se_lit() {
        let fenetre = fenetre();
        let instant = "2024-09-26T12:00:00Z";
        let lu = |issue, suite| {
            let decide = FaitsDuStatut {
                issue: Some(issue),
                notification_le: Some(t(instant)),
                suite,
                ..faits(&fenetre)
            };
            mots(&decide, instant)
        };
        assert_eq!(lu(Issue::Retenu, None), "Retenu");
        assert_eq!(
            lu(Issue::Retenu, Some(Suite::ConventionASigner)),
            "Convention à signer"
        );
        assert_eq!(lu(Issue::NonRetenu, None), "Non retenu");
        assert_eq!(lu(Issue::Ineligible, None), "Non retenu");
        assert_eq!(lu(Issue::Irrecevable, None), "Irrecevable");
    }

    #[test]
    fn une_question_de_la_cellule_se_voit_jusqu_a_son_terme() {
        let fenetre = fenetre();
        let questionne = FaitsDuStatut {
            reponse_attendue_jusqu_au: Some(t("2024-07-01T16:00:00Z")),
            ..faits(&fenetre)
        };
        assert_eq!(
            mots(&questionne, "2024-06-20T08:00:00Z"),
            "Réponse attendue jusqu’au lundi 1er juillet 2024 à 18\u{a0}h\u{a0}00"
        );
        assert_eq!(
            mots(&questionne, "2024-07-01T16:00:00Z"),
            "En cours d’examen"
        );
    }

    #[test]
    fn un_dossier_retire_le_reste() {
        let fenetre = fenetre();
        let retire = FaitsDuStatut {
            retire_le: Some(t("2024-06-10T08:00:00Z")),
            issue: Some(Issue::Retenu),
            notification_le: Some(t("2024-06-11T08:00:00Z")),
            ..faits(&fenetre)
        };
        assert_eq!(mots(&retire, "2024-12-01T08:00:00Z"), "Retiré");
    }

    #[test]
    fn un_appel_permanent_examine_sans_clore() {
        let permanent = Fenetre {
            cloture: None,
            ..fenetre()
        };
        let ouvert = FaitsDuStatut {
            examen_ouvert_le: Some(t("2024-06-02T08:00:00Z")),
            ..faits(&permanent)
        };
        assert!(mots(&ouvert, "2024-06-01T08:00:00Z").starts_with("Déposé le"));
        assert_eq!(mots(&ouvert, "2024-06-02T08:00:00Z"), "En cours d’examen");
    }
}
