//! The opinion of the cell: one a dossier, reasoned by axis, given once.
//!
//! Source: notice 2024, § 6.2 (before its date, bound excluded: P-11). A late
//! opinion is never refused: calendars slide (P-35), and refusing would leave
//! the dossier without the opinion the notice promises. It is recorded as late
//! and shown so.

use jiff::Timestamp;
use uuid::Uuid;

use super::competence::{Competence, Instance};
use super::eligibilite::Verdict;
use crate::commun::{Raison, Refus, liste_fermee, parle_par_ses_raisons, temps, typographie};

liste_fermee! {
    /// Which way the opinion goes.
    pub enum SensAvis {
        /// In favour.
        Favorable = "favorable", "Favorable";
        /// In favour, on conditions said in the reasons.
        FavorableAvecReserve = "favorable_avec_reserve", "Favorable avec réserve";
        /// Against.
        Defavorable = "defavorable", "Défavorable";
    }
}

/// The reasons on one axis of the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MotifAxe {
    /// Code of the axis.
    pub axe: String,
    /// What the cell has to say of it.
    pub texte: String,
}

/// An opinion given. The names of its two signatories are kept outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Avis {
    /// The dossier.
    pub dossier: Uuid,
    /// Who speaks.
    pub instance: Instance,
    /// Which way.
    pub sens: SensAvis,
    /// One reason an axis, in the order of the call.
    pub motifs: Vec<MotifAxe>,
    /// Rank proposed among the dossiers of the region, from 1.
    pub rang_regional: Option<u32>,
    /// The person who gave it.
    pub par: Uuid,
    /// When.
    pub rendu_le: Timestamp,
    /// Given at or after its due instant.
    pub hors_delai: bool,
}

impl Avis {
    /// « Avis rendu au nom de la cellule Bretagne le 12 juillet 2024. Il ne
    /// change plus. »
    pub fn phrase(&self) -> String {
        rendu(self.instance, self.rendu_le)
    }
}

/// What the cell has written so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProjetAvis {
    /// Which way, once chosen.
    pub sens: Option<SensAvis>,
    /// Reasons, as typed.
    pub motifs: Vec<MotifAxe>,
    /// Regional rank, when the cell ranks.
    pub rang_regional: Option<u32>,
}

/// What is known of the dossier when its opinion is about to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossierAInstruire<'a> {
    /// The dossier.
    pub dossier: Uuid,
    /// Who is competent for it.
    pub competence: Competence,
    /// What was concluded on its eligibility, if anything.
    pub verdict: Option<Verdict>,
    /// Axes of the call, code and name, each of which wants a reason.
    pub axes: &'a [(String, String)],
    /// Instant from which an opinion is late.
    pub echeance: Timestamp,
    /// The opinion already given, if any.
    pub deja: Option<&'a Avis>,
    /// Regional ranks already given to other dossiers.
    pub rangs_pris: &'a [u32],
}

/// Why an opinion is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusAvis {
    /// Given already; it never changes.
    DejaRendu {
        /// Who spoke.
        instance: Instance,
        /// When.
        le: Timestamp,
    },
    /// Another cell is competent.
    PasCompetente {
        /// Which.
        competence: Competence,
    },
    /// Nobody has confirmed the eligibility yet, or the dossier was set aside.
    SansEligibilite(Option<Verdict>),
    /// Things to complete; all of them.
    AReprendre(Vec<Raison>),
}

impl DossierAInstruire<'_> {
    /// Decides whether this opinion may be given, and returns it.
    pub fn rendre(
        &self,
        projet: ProjetAvis,
        instance: Instance,
        par: Uuid,
        le: Timestamp,
    ) -> Result<Avis, RefusAvis> {
        if let Some(deja) = self.deja {
            return Err(RefusAvis::DejaRendu {
                instance: deja.instance,
                le: deja.rendu_le,
            });
        }
        if self.competence.instance() != instance {
            return Err(RefusAvis::PasCompetente {
                competence: self.competence,
            });
        }
        if self.verdict != Some(Verdict::Eligible) {
            return Err(RefusAvis::SansEligibilite(self.verdict));
        }
        let raisons = self.a_reprendre(&projet);
        let Some(sens) = projet.sens.filter(|_| raisons.is_empty()) else {
            return Err(RefusAvis::AReprendre(raisons));
        };
        Ok(Avis {
            dossier: self.dossier,
            instance,
            sens,
            motifs: self.motifs_ordonnes(&projet),
            rang_regional: projet.rang_regional,
            par,
            rendu_le: le,
            hors_delai: le >= self.echeance,
        })
    }

    fn a_reprendre(&self, projet: &ProjetAvis) -> Vec<Raison> {
        let mut raisons = Vec::new();
        if projet.sens.is_none() {
            raisons.push(Raison::new("sens_absent", "Choisissez le sens de l’avis.").ancre("sens"));
        }
        for (code, nom) in self.axes {
            if motif_de(projet, code).is_none() {
                raisons.push(
                    Raison::new(
                        "motif_absent",
                        format!("Écrivez les motifs de l’axe « {nom} »."),
                    )
                    .ancre(code),
                );
            }
        }
        let rang = projet.rang_regional;
        if rang == Some(0) {
            raisons.push(
                Raison::new("rang_inattendu", "Le rang régional commence à 1.")
                    .ancre("rang_regional"),
            );
        }
        if let Some(pris) = rang.filter(|rang| self.rangs_pris.contains(rang)) {
            raisons.push(
                Raison::new(
                    "rang_pris",
                    format!("Le rang régional {pris} est déjà donné à un autre dossier."),
                )
                .ancre("rang_regional"),
            );
        }
        raisons
    }

    fn motifs_ordonnes(&self, projet: &ProjetAvis) -> Vec<MotifAxe> {
        self.axes
            .iter()
            .filter_map(|(code, _)| motif_de(projet, code))
            .cloned()
            .collect()
    }
}

fn motif_de<'a>(projet: &'a ProjetAvis, axe: &str) -> Option<&'a MotifAxe> {
    projet
        .motifs
        .iter()
        .find(|m| m.axe == axe && !m.texte.trim().is_empty())
}

fn rendu(instance: Instance, le: Timestamp) -> String {
    typographie(&format!(
        "Avis rendu au nom de {} le {}. Il ne change plus.",
        instance.en_mots(),
        temps::jour_simple_de(temps::jour_de(le))
    ))
}

impl Refus for RefusAvis {
    fn raisons(&self) -> Vec<Raison> {
        match self {
            Self::DejaRendu { instance, le } => {
                vec![Raison::new("avis_rendu", rendu(*instance, *le))]
            }
            Self::PasCompetente { competence } => vec![Raison::new(
                "instance_non_competente",
                format!("L’avis revient à {}.", competence.instance().en_mots()),
            )],
            Self::SansEligibilite(None) => vec![
                Raison::new(
                    "eligibilite_a_confirmer",
                    "L’éligibilité de ce dossier n’est pas encore confirmée.",
                )
                .remede("Confirmez-la, ou écartez le dossier, avant de rendre l’avis.")
                .ancre("eligibilite"),
            ],
            Self::SansEligibilite(Some(verdict)) => vec![Raison::new(
                "dossier_ecarte",
                format!("Ce dossier a été dit « {verdict} » : il ne reçoit pas d’avis."),
            )],
            Self::AReprendre(raisons) => raisons.clone(),
        }
    }
}

parle_par_ses_raisons!(RefusAvis);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commun::Region;

    const AGENTE: Uuid = Uuid::from_u128(4);
    const BRETAGNE: Instance = Instance::Cellule(Region::Bretagne);

    fn t(texte: &str) -> Timestamp {
        texte.parse().unwrap()
    }

    fn axes() -> Vec<(String, String)> {
        vec![
            ("animation".into(), "Animation territoriale".into()),
            ("ingenierie".into(), "Ingénierie de projet".into()),
        ]
    }

    fn dossier(axes: &[(String, String)]) -> DossierAInstruire<'_> {
        DossierAInstruire {
            dossier: Uuid::from_u128(1),
            competence: Competence::Titulaire(Region::Bretagne),
            verdict: Some(Verdict::Eligible),
            axes,
            echeance: t("2024-07-30T22:00:00Z"),
            deja: None,
            rangs_pris: &[2],
        }
    }

    fn projet() -> ProjetAvis {
        let motif = |axe: &str| MotifAxe {
            axe: axe.into(),
            texte: "Solide.".into(),
        };
        ProjetAvis {
            sens: Some(SensAvis::Favorable),
            motifs: vec![motif("ingenierie"), motif("animation")],
            rang_regional: Some(1),
        }
    }

    fn rendre(le: &str) -> Result<Avis, RefusAvis> {
        dossier(&axes()).rendre(projet(), BRETAGNE, AGENTE, t(le))
    }

    #[test]
    fn un_avis_motive_par_axe_est_rendu() {
        let avis = rendre("2024-07-12T08:00:00Z").unwrap();
        assert!(!avis.hors_delai);
        assert_eq!(avis.motifs[0].axe, "animation");
        assert_eq!(
            avis.phrase(),
            "Avis rendu au nom de la cellule Bretagne le 12 juillet 2024. Il ne change plus."
        );
    }

    #[test]
    fn le_30_juillet_au_soir_est_encore_a_l_heure_et_minuit_ne_l_est_plus() {
        assert!(!rendre("2024-07-30T21:59:59.9Z").unwrap().hors_delai);
        assert!(rendre("2024-07-30T22:00:00Z").unwrap().hors_delai);
    }

    #[test]
    fn un_avis_en_retard_est_recu_et_dit_en_retard() {
        assert!(rendre("2024-08-20T08:00:00Z").unwrap().hors_delai);
    }

    #[test]
    fn un_avis_rendu_ne_change_plus() {
        let premier = rendre("2024-07-12T08:00:00Z").unwrap();
        let axes = axes();
        let mut deja = dossier(&axes);
        deja.deja = Some(&premier);
        let refus = deja
            .rendre(projet(), BRETAGNE, AGENTE, t("2024-07-13T08:00:00Z"))
            .unwrap_err();
        assert_eq!(refus.to_string(), premier.phrase());
    }

    #[test]
    fn une_autre_cellule_n_est_pas_competente() {
        let normandie = Instance::Cellule(Region::Normandie);
        let refus = dossier(&axes())
            .rendre(projet(), normandie, AGENTE, t("2024-07-12T08:00:00Z"))
            .unwrap_err();
        assert_eq!(refus.to_string(), "L’avis revient à la cellule Bretagne.");
    }

    #[test]
    fn la_suppleante_rend_l_avis_d_une_region_sans_cellule() {
        let axes = axes();
        let mut corse = dossier(&axes);
        corse.competence = Competence::Suppleante {
            region: Region::Corse,
            cellule: Region::ProvenceAlpesCoteDAzur,
        };
        let paca = Instance::Cellule(Region::ProvenceAlpesCoteDAzur);
        let le = t("2024-07-12T08:00:00Z");
        assert!(corse.rendre(projet(), paca, AGENTE, le).is_ok());
        assert!(corse.rendre(projet(), BRETAGNE, AGENTE, le).is_err());
    }

    #[test]
    fn tout_ce_qui_manque_a_l_avis_est_dit() {
        let vide = ProjetAvis {
            rang_regional: Some(2),
            ..ProjetAvis::default()
        };
        let refus = dossier(&axes())
            .rendre(vide, BRETAGNE, AGENTE, t("2024-07-12T08:00:00Z"))
            .unwrap_err();
        let codes: Vec<_> = refus.raisons().iter().map(|r| r.code).collect();
        assert_eq!(
            codes,
            ["sens_absent", "motif_absent", "motif_absent", "rang_pris"]
        );
    }

    #[test]
    fn sans_eligibilite_confirmee_pas_d_avis() {
        let axes = axes();
        let le = t("2024-07-12T08:00:00Z");
        let mut dossier = dossier(&axes);
        dossier.verdict = None;
        assert!(dossier.rendre(projet(), BRETAGNE, AGENTE, le).is_err());
        dossier.verdict = Some(Verdict::Ineligible);
        let refus = dossier.rendre(projet(), BRETAGNE, AGENTE, le).unwrap_err();
        assert!(refus.to_string().contains("Inéligible"));
    }
}
