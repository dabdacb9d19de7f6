//! A person confirms that a dossier meets the conditions, or sets it aside.
//!
//! Source: notice 2024, § 3.a; droit-et-normes, D10: no exclusion without a
//! human decision. The machine's findings come in; they are never enough.

use jiff::Timestamp;
use uuid::Uuid;

use crate::campagnes::conditions::{Constat, Etat};
use crate::commun::{Raison, Refus, liste_fermee, parle_par_ses_raisons, temps};

liste_fermee! {
    /// What a person concludes.
    pub enum Verdict {
        /// Every condition holds.
        Eligible = "eligible", "Éligible";
        /// Incomplete or late after all (R1, R2).
        Irrecevable = "irrecevable", "Irrecevable";
        /// A condition of substance does not hold (E1 to E6).
        Ineligible = "ineligible", "Inéligible";
    }
}

/// What a person says of one rule, where the machine's word is not enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appreciation {
    /// Code of the rule (« E6 »).
    pub regle: String,
    /// Whether it holds.
    pub tenue: bool,
    /// Why; required when it does not hold, or holds against the machine.
    pub motif: String,
}

/// The dated act: the dossier goes on, or stops here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Eligibilite {
    /// The dossier.
    pub dossier: Uuid,
    /// What was concluded.
    pub verdict: Verdict,
    /// Rule by rule, what the person said.
    pub appreciations: Vec<Appreciation>,
    /// The person.
    pub par: Uuid,
    /// When.
    pub statuee_le: Timestamp,
}

impl Eligibilite {
    /// What its author is told of a rule: whether it held, and in which words.
    pub fn constat(&self, regle: &str) -> (bool, String) {
        match self.appreciations.iter().find(|a| a.regle == regle) {
            Some(dite) if !dite.tenue => (false, "Non remplie".into()),
            Some(dite) if dite.motif.trim().is_empty() => {
                (true, "Remplie, confirmée par une personne".into())
            }
            Some(dite) => (
                true,
                format!(
                    "Remplie, confirmée par une personne : {}",
                    dite.motif.trim()
                ),
            ),
            None if self.verdict == Verdict::Eligible => (true, "Remplie".into()),
            None => (true, "Pas en cause".into()),
        }
    }
}

/// What is on the table when a person concludes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExamenEligibilite<'a> {
    /// The dossier.
    pub dossier: Uuid,
    /// Whether it is filed and has not been taken back.
    pub depose: bool,
    /// What the machine found, rule by rule.
    pub constats: &'a [Constat],
    /// The conclusion already given, if any.
    pub deja: Option<&'a Eligibilite>,
}

/// Why a conclusion is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusEligibilite {
    /// Not filed, or taken back.
    NonDepose,
    /// Already concluded.
    DejaStatuee {
        /// What was concluded.
        verdict: Verdict,
        /// When.
        le: Timestamp,
    },
    /// Rules still to be settled; all of them.
    ATrancher(Vec<Raison>),
}

impl ExamenEligibilite<'_> {
    /// Decides whether this conclusion may be recorded.
    pub fn statuer(
        &self,
        verdict: Verdict,
        appreciations: Vec<Appreciation>,
        par: Uuid,
        le: Timestamp,
    ) -> Result<Eligibilite, RefusEligibilite> {
        if !self.depose {
            return Err(RefusEligibilite::NonDepose);
        }
        if let Some(deja) = self.deja {
            return Err(RefusEligibilite::DejaStatuee {
                verdict: deja.verdict,
                le: deja.statuee_le,
            });
        }
        let mut raisons = motifs_absents(&appreciations);
        match verdict {
            Verdict::Eligible => raisons.extend(self.regles_non_tranchees(&appreciations)),
            Verdict::Irrecevable | Verdict::Ineligible => {
                raisons.extend(aucune_regle_en_defaut(&appreciations));
            }
        }
        if !raisons.is_empty() {
            return Err(RefusEligibilite::ATrancher(raisons));
        }
        Ok(Eligibilite {
            dossier: self.dossier,
            verdict,
            appreciations,
            par,
            statuee_le: le,
        })
    }

    /// The rules that stand between the dossier and « éligible ».
    fn regles_non_tranchees(&self, appreciations: &[Appreciation]) -> Vec<Raison> {
        self.constats
            .iter()
            .filter_map(|constat| {
                let dite = appreciations.iter().find(|a| a.regle == constat.code);
                let raison = match (constat.etat, dite) {
                    (_, Some(dite)) if !dite.tenue => Raison::new(
                        "regle_non_tenue",
                        format!("La règle {} est dite non tenue.", constat.code),
                    )
                    .remede("Écartez le dossier, ou revenez sur cette règle."),
                    (Etat::NonRemplie, Some(dite)) if dite.motif.trim().is_empty() => Raison::new(
                        "levee_sans_motif",
                        format!("La règle {} est levée sans motif.", constat.code),
                    )
                    .remede("Dites pourquoi elle ne s’oppose pas au dossier."),
                    (Etat::Remplie, None) if !constat.a_confirmer => return None,
                    (_, Some(_)) => return None,
                    (_, None) => Raison::new(
                        "regle_a_trancher",
                        format!("La règle {} reste à trancher.", constat.code),
                    )
                    .remede("Dites si elle est tenue."),
                };
                Some(raison.source(&constat.source).ancre(&constat.code))
            })
            .collect()
    }
}

/// A rule said not to hold needs its reason: its author will read it.
fn motifs_absents(appreciations: &[Appreciation]) -> Vec<Raison> {
    appreciations
        .iter()
        .filter(|a| !a.tenue && a.motif.trim().is_empty())
        .map(|a| {
            Raison::new(
                "motif_absent",
                format!("La règle {} est dite non tenue sans motif.", a.regle),
            )
            .remede("Écrivez le motif : il sera lu par le pôle.")
            .ancre(&a.regle)
        })
        .collect()
}

fn aucune_regle_en_defaut(appreciations: &[Appreciation]) -> Option<Raison> {
    appreciations.iter().all(|a| a.tenue).then(|| {
        Raison::new("ecarte_sans_regle", "Aucune règle n’est dite non tenue.")
            .remede("Pour écarter le dossier, dites laquelle ne l’est pas, et son motif.")
            .ancre("regles")
    })
}

impl Refus for RefusEligibilite {
    fn raisons(&self) -> Vec<Raison> {
        match self {
            Self::NonDepose => vec![Raison::new(
                "dossier_non_depose",
                "Ce dossier n’est pas déposé, ou il a été retiré.",
            )],
            Self::DejaStatuee { verdict, le } => vec![Raison::new(
                "eligibilite_statuee",
                format!(
                    "Le dossier a été dit « {verdict} » le {}.",
                    temps::jour_long(*le)
                ),
            )],
            Self::ATrancher(raisons) => raisons.clone(),
        }
    }
}

parle_par_ses_raisons!(RefusEligibilite);

#[cfg(test)]
mod tests {
    use super::*;

    const AGENT: Uuid = Uuid::from_u128(3);

    fn constat(code: &str, etat: Etat) -> Constat {
        Constat {
            code: code.into(),
            etat,
            enonce: "Une règle".into(),
            source: "notice 2024, § 3.a".into(),
            trouve: Vec::new(),
            a_confirmer: false,
            remede: None,
        }
    }

    fn dit(regle: &str, tenue: bool, motif: &str) -> Appreciation {
        Appreciation {
            regle: regle.into(),
            tenue,
            motif: motif.into(),
        }
    }

    #[test]
    fn l_auteur_lit_de_chaque_regle_ce_qu_il_en_fut() {
        let acte = |verdict, appreciations| Eligibilite {
            dossier: Uuid::from_u128(1),
            verdict,
            appreciations,
            par: AGENT,
            statuee_le: Timestamp::UNIX_EPOCH,
        };
        let ecarte = acte(
            Verdict::Ineligible,
            vec![
                dit("E2", false, "La Charte n’est pas signée."),
                dit(
                    "E5",
                    false,
                    "Le projet n’est pas au stade du développement.",
                ),
                dit("E6", true, ""),
            ],
        );
        assert_eq!(ecarte.constat("E2"), (false, "Non remplie".into()));
        assert_eq!(ecarte.constat("E5"), (false, "Non remplie".into()));
        assert_eq!(
            ecarte.constat("E6"),
            (true, "Remplie, confirmée par une personne".into())
        );
        assert_eq!(ecarte.constat("E1"), (true, "Pas en cause".into()));

        let leve = acte(
            Verdict::Eligible,
            vec![dit("E1", true, "Lauréat sous son ancien nom.")],
        );
        assert_eq!(
            leve.constat("E1"),
            (
                true,
                "Remplie, confirmée par une personne : Lauréat sous son ancien nom.".into()
            )
        );
        assert_eq!(leve.constat("E2"), (true, "Remplie".into()));
    }

    fn statuer(
        constats: &[Constat],
        verdict: Verdict,
        appreciations: &[Appreciation],
    ) -> Result<Eligibilite, RefusEligibilite> {
        let examen = ExamenEligibilite {
            dossier: Uuid::from_u128(1),
            depose: true,
            constats,
            deja: None,
        };
        let le = "2024-06-10T08:00:00Z".parse().unwrap();
        examen.statuer(verdict, appreciations.to_vec(), AGENT, le)
    }

    fn codes(refus: RefusEligibilite) -> Vec<&'static str> {
        refus.raisons().iter().map(|r| r.code).collect()
    }

    #[test]
    fn la_machine_ne_confirme_pas_seule_ce_qui_s_apprecie() {
        let constats = [
            constat("E3", Etat::Remplie),
            constat("E6", Etat::AApprecier),
        ];
        let refus = statuer(&constats, Verdict::Eligible, &[]).unwrap_err();
        assert_eq!(refus.to_string(), "La règle E6 reste à trancher.");
        assert!(statuer(&constats, Verdict::Eligible, &[dit("E6", true, "")]).is_ok());
    }

    #[test]
    fn un_constat_a_confirmer_attend_une_personne() {
        let constats = [Constat {
            a_confirmer: true,
            ..constat("E4a", Etat::Remplie)
        }];
        assert!(statuer(&constats, Verdict::Eligible, &[]).is_err());
        assert!(statuer(&constats, Verdict::Eligible, &[dit("E4a", true, "")]).is_ok());
    }

    #[test]
    fn lever_une_regle_non_remplie_demande_un_motif() {
        let constats = [constat("E3", Etat::NonRemplie)];
        let refus = statuer(&constats, Verdict::Eligible, &[dit("E3", true, " ")]).unwrap_err();
        assert_eq!(codes(refus), ["levee_sans_motif"]);
        let motif = dit("E3", true, "La convention de 2021 n’a pas été exécutée.");
        assert!(statuer(&constats, Verdict::Eligible, &[motif]).is_ok());
    }

    #[test]
    fn toutes_les_regles_a_trancher_sont_dites() {
        let constats = [
            constat("E1", Etat::NonConnue),
            constat("E5", Etat::AApprecier),
            constat("E6", Etat::AApprecier),
        ];
        let refus = statuer(&constats, Verdict::Eligible, &[dit("E5", false, "")]).unwrap_err();
        assert_eq!(
            codes(refus),
            [
                "motif_absent",
                "regle_a_trancher",
                "regle_non_tenue",
                "regle_a_trancher"
            ]
        );
    }

    #[test]
    fn ecarter_demande_une_regle_et_son_motif() {
        let constats = [constat("E6", Etat::AApprecier)];
        let refus = statuer(&constats, Verdict::Ineligible, &[]).unwrap_err();
        assert_eq!(codes(refus), ["ecarte_sans_regle"]);
        let motif = dit(
            "E6",
            false,
            "Les statuts ne donnent pas de voix aux membres.",
        );
        let acte = statuer(&constats, Verdict::Ineligible, &[motif]).unwrap();
        assert_eq!(acte.par, AGENT);
        assert_eq!(acte.verdict, Verdict::Ineligible);
    }

    #[test]
    fn on_ne_statue_qu_une_fois() {
        let deja = statuer(&[], Verdict::Eligible, &[]).unwrap();
        let examen = ExamenEligibilite {
            dossier: deja.dossier,
            depose: true,
            constats: &[],
            deja: Some(&deja),
        };
        let refus = examen
            .statuer(Verdict::Eligible, Vec::new(), AGENT, deja.statuee_le)
            .unwrap_err();
        assert!(refus.to_string().contains("lundi 10 juin 2024"));
    }

    #[test]
    fn un_dossier_retire_ne_se_juge_pas() {
        let examen = ExamenEligibilite {
            dossier: Uuid::from_u128(1),
            depose: false,
            constats: &[],
            deja: None,
        };
        let refus = examen.statuer(Verdict::Eligible, Vec::new(), AGENT, Timestamp::UNIX_EPOCH);
        assert_eq!(refus, Err(RefusEligibilite::NonDepose));
    }
}
