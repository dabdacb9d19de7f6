//! Filing: the act by which a draft becomes a dossier received.
//!
//! Source: notice 2024, § 3.a (complete and in time, or not received) and § 6;
//! PRODUIT, « Time ». Judged on the instant the request arrived, to the second.
//! Nothing is changed here: the act becomes true once the store has recorded it.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::completude::Completude;
use super::retrait::Retrait;
use crate::campagnes::Fenetre;
use crate::commun::{Raison, Refus, phrases, temps};

/// What is known of a dossier when someone wants to file it or take it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// Its identifier.
    pub id: Uuid,
    /// Its filing, once done.
    pub depot: Option<Depot>,
    /// Its withdrawal, once done.
    pub retrait: Option<Retrait>,
}

/// What the person declares by filing; two boxes, never ticked in advance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declarations {
    /// « J’ai pouvoir d’engager la structure. »
    pub pouvoir: bool,
    /// « Les informations sont exactes. »
    pub exactitude: bool,
}

/// The dated act of filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Depot {
    /// The dossier filed.
    pub dossier: Uuid,
    /// The person who filed it.
    pub par: Uuid,
    /// When the request arrived, to the second.
    pub depose_le: Timestamp,
}

impl Depot {
    /// The day at the end of which silence becomes a refusal: two months date
    /// to date after the filing (CRPA, L231-4 3°).
    pub fn rejet_implicite_le(&self) -> Date {
        temps::deux_mois_apres(self.depose_le)
    }
}

/// Why a dossier is not received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusDepot {
    /// It was taken back.
    Retire {
        /// When.
        le: Timestamp,
    },
    /// It is already filed: the receipt stands.
    DejaDepose {
        /// When.
        le: Timestamp,
    },
    /// The call is not open yet.
    PasEncoreOuvert {
        /// When it opens.
        ouverture: Timestamp,
    },
    /// The request arrived after the closing.
    Clos {
        /// When the call closed.
        cloture: Timestamp,
        /// When the request arrived, to the second.
        recu_le: Timestamp,
    },
    /// Things are missing; all of them, declarations included.
    Incomplet {
        /// What is missing in the rubriques.
        manques: Completude,
        /// The boxes as they were left.
        declarations: Declarations,
    },
}

impl Dossier {
    /// Decides whether the dossier is received, and returns the act if so.
    ///
    /// `recu_le` is the instant the request arrived, stamped before its body
    /// was read. Closed doors come first and stop the list.
    pub fn deposer(
        &self,
        fenetre: &Fenetre,
        completude: &Completude,
        declarations: Declarations,
        par: Uuid,
        recu_le: Timestamp,
    ) -> Result<Depot, RefusDepot> {
        let recu_le = temps::a_la_seconde(recu_le);
        if let Some(retrait) = &self.retrait {
            return Err(RefusDepot::Retire {
                le: retrait.retire_le,
            });
        }
        if let Some(depot) = &self.depot {
            return Err(RefusDepot::DejaDepose {
                le: depot.depose_le,
            });
        }
        if recu_le < fenetre.ouverture {
            return Err(RefusDepot::PasEncoreOuvert {
                ouverture: fenetre.ouverture,
            });
        }
        if let Some(cloture) = fenetre.cloture.filter(|_| fenetre.est_close(recu_le)) {
            return Err(RefusDepot::Clos { cloture, recu_le });
        }
        if !completude.est_complete() || !declarations.pouvoir || !declarations.exactitude {
            return Err(RefusDepot::Incomplet {
                manques: completude.clone(),
                declarations,
            });
        }
        Ok(Depot {
            dossier: self.id,
            par,
            depose_le: recu_le,
        })
    }
}

impl Refus for RefusDepot {
    fn raisons(&self) -> Vec<Raison> {
        match self {
            Self::Retire { le } => vec![
                Raison::new(
                    "dossier_retire",
                    format!("Ce dossier a été retiré le {}.", temps::instant_long(*le)),
                )
                .remede("Tant que l’appel est ouvert, vous pouvez commencer un autre dossier."),
            ],
            Self::DejaDepose { le } => vec![
                Raison::new(
                    "deja_depose",
                    format!(
                        "Ce dossier est déjà déposé depuis le {} (heure de Paris).",
                        temps::instant_a_la_seconde(*le)
                    ),
                )
                .remede("Son accusé de réception reste à votre disposition."),
            ],
            Self::PasEncoreOuvert { ouverture } => vec![
                Raison::new(
                    "appel_pas_ouvert",
                    format!(
                        "L’appel ouvre le {} (heure de Paris).",
                        temps::instant_long(*ouverture)
                    ),
                )
                .remede("Votre brouillon est conservé jusque-là."),
            ],
            Self::Clos { cloture, recu_le } => vec![clos(*cloture, *recu_le)],
            Self::Incomplet {
                manques,
                declarations,
            } => {
                let mut raisons = manques.raisons();
                raisons.extend(declarations.manquantes());
                raisons
            }
        }
    }
}

impl std::error::Error for RefusDepot {}

impl fmt::Display for RefusDepot {
    /// The sentences; what is missing is counted first, then listed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Incomplet {
            manques,
            declarations,
        } = self
        else {
            return f.write_str(&phrases(&self.raisons()));
        };
        let mut suite = Vec::new();
        if let Some(phrase) = manques.phrase() {
            let liste: Vec<String> = manques.raisons().into_iter().map(|r| r.phrase).collect();
            suite.push(phrase);
            suite.push(format!("{}.", liste.join(", ")));
        }
        suite.extend(declarations.manquantes().map(|r| r.phrase));
        f.write_str(&suite.join(" "))
    }
}

impl Declarations {
    /// The boxes left blank.
    fn manquantes(self) -> impl Iterator<Item = Raison> {
        let pouvoir = (!self.pouvoir).then(|| {
            Raison::new(
                "pouvoir_non_declare",
                "Déclarez que vous avez pouvoir d’engager la structure.",
            )
            .ancre("pouvoir")
        });
        let exactitude = (!self.exactitude).then(|| {
            Raison::new(
                "exactitude_non_declaree",
                "Déclarez que les informations sont exactes.",
            )
            .ancre("exactitude")
        });
        pouvoir.into_iter().chain(exactitude)
    }
}

/// The hour alone on the day of the closing; the day as well after it.
fn clos(cloture: Timestamp, recu_le: Timestamp) -> Raison {
    let phrase = if temps::jour_de(cloture) == temps::jour_de(recu_le) {
        format!(
            "L’appel a clos à {}. Votre demande, arrivée à {}, ne peut pas être reçue.",
            temps::heure(cloture),
            temps::heure_a_la_seconde(recu_le)
        )
    } else {
        format!(
            "L’appel a clos le {}. Votre demande, arrivée le {}, ne peut pas être reçue.",
            temps::instant_long(cloture),
            temps::instant_a_la_seconde(recu_le)
        )
    };
    Raison::new("appel_clos", phrase).remede("Votre brouillon reste lisible.")
}

#[cfg(test)]
mod tests {
    use super::super::completude::RubriqueSuivie;
    use super::*;

    const PORTEUSE: Uuid = Uuid::from_u128(7);
    const COCHEES: Declarations = Declarations {
        pouvoir: true,
        exactitude: true,
    };

    fn t(texte: &str) -> Timestamp {
        texte.parse().unwrap()
    }

    fn fenetre_2024() -> Fenetre {
        Fenetre {
            ouverture: t("2024-03-24T23:00:00Z"),
            cloture: Some(t("2024-05-29T10:00:00Z")),
            borne_incluse: true,
        }
    }

    fn brouillon() -> Dossier {
        Dossier {
            id: Uuid::from_u128(1),
            depot: None,
            retrait: None,
        }
    }

    fn il_manque_deux_choses() -> Completude {
        Completude::de(vec![
            RubriqueSuivie::nouvelle("pieces", "Pièces")
                .exige("statuts", "Statuts de la structure", false)
                .exige("synthese", "Synthèse du dossier", false),
        ])
    }

    fn deposer_a(heure_utc: &str) -> Result<Depot, RefusDepot> {
        brouillon().deposer(
            &fenetre_2024(),
            &Completude::default(),
            COCHEES,
            PORTEUSE,
            t(&format!("2024-05-29T{heure_utc}Z")),
        )
    }

    #[test]
    fn un_dossier_complet_est_recu_avec_son_instant() {
        let depot = deposer_a("09:58:41.730").unwrap();
        assert_eq!(depot.par, PORTEUSE);
        assert_eq!(depot.depose_le, t("2024-05-29T09:58:41Z"));
    }

    #[test]
    fn a_midi_pile_le_dossier_est_encore_recu() {
        assert!(deposer_a("10:00:00").is_ok());
        assert!(deposer_a("10:00:00.999999999").is_ok());
    }

    #[test]
    fn une_seconde_apres_midi_il_ne_l_est_plus() {
        assert!(deposer_a("10:00:01").is_err());
    }

    #[test]
    fn la_personne_en_retard_lit_les_deux_heures() {
        let refus = deposer_a("10:00:04.2").unwrap_err();
        assert_eq!(
            refus.raisons()[0].entiere(),
            "L’appel a clos à 12\u{a0}h\u{a0}00. Votre demande, arrivée à 12\u{a0}h\u{a0}00\u{a0}min\u{a0}04\u{a0}s, ne peut pas être reçue. Votre brouillon reste lisible."
        );
    }

    #[test]
    fn le_lendemain_le_jour_est_dit_aussi() {
        let refus = brouillon()
            .deposer(
                &fenetre_2024(),
                &Completude::default(),
                COCHEES,
                PORTEUSE,
                t("2024-05-30T07:12:00Z"),
            )
            .unwrap_err();
        assert!(
            refus
                .to_string()
                .contains("le jeudi 30 mai 2024 à 9\u{a0}h\u{a0}12")
        );
    }

    #[test]
    fn en_retard_on_ne_parle_plus_des_pieces() {
        let refus = brouillon()
            .deposer(
                &fenetre_2024(),
                &il_manque_deux_choses(),
                COCHEES,
                PORTEUSE,
                t("2024-05-29T10:00:04Z"),
            )
            .unwrap_err();
        assert_eq!(refus.raisons().len(), 1);
    }

    #[test]
    fn tout_ce_qui_manque_est_dit_ensemble_declarations_comprises() {
        let blanches = Declarations {
            pouvoir: false,
            exactitude: false,
        };
        let refus = brouillon()
            .deposer(
                &fenetre_2024(),
                &il_manque_deux_choses(),
                blanches,
                PORTEUSE,
                t("2024-05-29T09:00:00Z"),
            )
            .unwrap_err();
        let codes: Vec<_> = refus.raisons().iter().map(|r| r.code).collect();
        assert_eq!(
            codes,
            [
                "a_renseigner",
                "a_renseigner",
                "pouvoir_non_declare",
                "exactitude_non_declaree"
            ]
        );
        assert!(refus.to_string().starts_with(
            "Il manque 2 éléments pour déposer. Chaque lien vous y conduit. \
             Statuts de la structure (Pièces), Synthèse du dossier (Pièces). Déclarez"
        ));
    }

    #[test]
    fn une_seule_case_oubliee_suffit_a_ne_pas_deposer() {
        let declarations = Declarations {
            pouvoir: true,
            exactitude: false,
        };
        let refus = brouillon()
            .deposer(
                &fenetre_2024(),
                &Completude::default(),
                declarations,
                PORTEUSE,
                t("2024-05-29T09:00:00Z"),
            )
            .unwrap_err();
        assert_eq!(refus.raisons()[0].ancre.as_deref(), Some("exactitude"));
    }

    #[test]
    fn un_dossier_ne_se_depose_qu_une_fois() {
        let mut dossier = brouillon();
        dossier.depot = Some(deposer_a("09:58:41").unwrap());
        let refus = dossier
            .deposer(
                &fenetre_2024(),
                &Completude::default(),
                COCHEES,
                PORTEUSE,
                t("2024-05-29T09:58:42Z"),
            )
            .unwrap_err();
        assert_eq!(
            refus,
            RefusDepot::DejaDepose {
                le: t("2024-05-29T09:58:41Z")
            }
        );
    }

    #[test]
    fn avant_l_ouverture_le_brouillon_attend() {
        let refus = brouillon()
            .deposer(
                &fenetre_2024(),
                &Completude::default(),
                COCHEES,
                PORTEUSE,
                t("2024-03-24T22:59:59Z"),
            )
            .unwrap_err();
        assert_eq!(
            refus.to_string(),
            "L’appel ouvre le lundi 25 mars 2024 à 0\u{a0}h\u{a0}00 (heure de Paris)."
        );
    }

    #[test]
    fn un_dossier_retire_ne_se_depose_plus() {
        let mut dossier = brouillon();
        dossier.retrait = Some(Retrait {
            dossier: dossier.id,
            par: PORTEUSE,
            retire_le: t("2024-04-02T08:00:00Z"),
        });
        let refus = dossier.deposer(
            &fenetre_2024(),
            &Completude::default(),
            COCHEES,
            PORTEUSE,
            t("2024-05-29T09:00:00Z"),
        );
        assert!(matches!(refus, Err(RefusDepot::Retire { .. })));
    }

    #[test]
    fn le_silence_de_deux_mois_tombe_le_29_juillet() {
        let depot = deposer_a("09:58:41").unwrap();
        assert_eq!(depot.rejet_implicite_le(), jiff::civil::date(2024, 7, 29));
    }
}
