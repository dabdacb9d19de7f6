//! Merging two records of one pole: one is kept, the other leads to it for
//! good, and nothing is lost: neither history nor links. Undone as long as
//! nothing new was built upon it.

use super::{Information, correction::phrase_illisible};
use crate::commun::{Raison, Refus, SANS_NOM, parle_par_ses_raisons};

/// What is known of two records before they are merged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rapprochement {
    /// In an invented world, real poles are left as they are.
    pub demonstration: bool,
    /// The record kept is invented.
    pub garde_inventee: bool,
    /// The record merged into it is.
    pub fondue_inventee: bool,
    /// They are one record.
    pub la_meme: bool,
    /// Calls on which both have a dossier that stands.
    pub dossiers_en_double: Vec<DossiersEnDouble>,
}

/// Two dossiers on one call, one of each pole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DossiersEnDouble {
    /// The title of the call.
    pub appel: String,
    /// The call is not closed: a pole has one dossier there.
    pub ouvert: bool,
    /// Both were filed, and a decision on one of them is not notified: the
    /// committee has them before it.
    pub a_decider: bool,
}

impl DossiersEnDouble {
    /// Once nothing is asked of it any more, the call lets one pole hold both:
    /// what was filed and decided stays, and a draft never filed is nothing.
    fn arretent(&self) -> bool {
        self.ouvert || self.a_decider
    }
}

/// What happened since a merge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Depuis {
    /// It was undone.
    pub defaite: bool,
    /// The record kept was merged into another one.
    pub garde_fondue: bool,
    /// What the record kept no longer says as the merge left it, nor as it said
    /// it before: a change put back since is none.
    pub modifiees: Vec<Information>,
    /// What was added to it, in words: « un dossier ».
    pub ajouts: Vec<&'static str>,
}

/// Why two records are not merged, told apart, or put back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusFusion {
    /// A record does not merge into itself.
    MemeFiche,
    /// A real pole, in an invented world.
    PoleReel,
    /// An invented pole and a real one are two poles.
    InventeEtReel,
    /// Both have a dossier on a call that still looks at it.
    DossiersEnDouble(Vec<DossiersEnDouble>),
    /// A reason is missing, or too long.
    MotifAttendu,
    /// The reason names somebody, and everybody would read it.
    NommeQuelquUn,
    /// People said that they differ.
    DejaDistinctes,
    /// The merge was undone.
    DejaDefaite,
    /// Something was built upon it since.
    ChangeeDepuis(Depuis),
}

impl Rapprochement {
    /// Decides whether the two records may be merged; gives the reason.
    pub fn fusionner(&self, motif: &str) -> Result<String, RefusFusion> {
        if self.la_meme {
            return Err(RefusFusion::MemeFiche);
        }
        if self.garde_inventee != self.fondue_inventee {
            return Err(RefusFusion::InventeEtReel);
        }
        if self.demonstration && !self.garde_inventee {
            return Err(RefusFusion::PoleReel);
        }
        let doubles = self.dossiers_en_double.iter();
        let arretent: Vec<_> = doubles.filter(|deux| deux.arretent()).cloned().collect();
        if !arretent.is_empty() {
            return Err(RefusFusion::DossiersEnDouble(arretent));
        }
        lire_le_motif(motif)
    }
}

/// Decides whether two records are said to be two poles; gives the reason.
pub fn distinguer(deja: bool, motif: &str) -> Result<String, RefusFusion> {
    match deja {
        true => Err(RefusFusion::DejaDistinctes),
        false => lire_le_motif(motif),
    }
}

/// Decides whether a merge is undone; gives the reason.
pub fn defaire(depuis: &Depuis, motif: &str) -> Result<String, RefusFusion> {
    if depuis.defaite {
        return Err(RefusFusion::DejaDefaite);
    }
    match depuis.garde_fondue || !depuis.modifiees.is_empty() || !depuis.ajouts.is_empty() {
        true => Err(RefusFusion::ChangeeDepuis(depuis.clone())),
        false => lire_le_motif(motif),
    }
}

fn lire_le_motif(motif: &str) -> Result<String, RefusFusion> {
    let motif = motif.trim();
    match phrase_illisible(motif) {
        true => Err(RefusFusion::MotifAttendu),
        false => Ok(motif.to_owned()),
    }
}

impl Refus for RefusFusion {
    fn raisons(&self) -> Vec<Raison> {
        let une = |code, phrase: &str| vec![Raison::new(code, phrase)];
        match self {
            Self::NommeQuelquUn => vec![Raison::new("nomme", SANS_NOM).ancre("motif")],
            Self::MemeFiche => une("meme_fiche", "C’est une seule et même fiche."),
            Self::PoleReel => vec![
                Raison::new(
                    "pole_reel",
                    "Ces pôles existent : dans cette démonstration, leurs fiches ne se fusionnent pas.",
                )
                .remede("Essayez sur des pôles marqués « Inventé »."),
            ],
            Self::InventeEtReel => une(
                "invente_et_reel",
                "L’un de ces pôles est inventé, l’autre existe : ce sont deux pôles.",
            ),
            Self::DossiersEnDouble(doubles) => doubles.iter().map(dossiers_en_double).collect(),
            Self::MotifAttendu => vec![
                Raison::new(
                    "motif",
                    "Donnez le motif, en 400 signes au plus et sans adresse de courriel.",
                )
                .ancre("motif"),
            ],
            Self::DejaDistinctes => une(
                "deja_distinctes",
                "Il est déjà dit que ce ne sont pas des doublons.",
            ),
            Self::DejaDefaite => une("deja_defaite", "Cette fusion est déjà défaite."),
            Self::ChangeeDepuis(depuis) => {
                let mut raisons = Vec::new();
                if depuis.garde_fondue {
                    raisons.push(
                        Raison::new("garde_fondue", "La fiche gardée est fusionnée avec une autre.")
                            .remede("Défaites d’abord la fusion la plus récente."),
                    );
                }
                if !depuis.modifiees.is_empty() {
                    let quoi = depuis.modifiees.iter().map(|quoi| quoi.libelle());
                    let quoi = quoi.collect::<Vec<_>>().join(", ");
                    raisons.push(
                        Raison::new(
                            "modifiee",
                            format!("La fiche gardée a changé depuis la fusion : {quoi}."),
                        )
                        .remede("Annulez d’abord ces modifications, sur la fiche."),
                    );
                }
                raisons.extend(depuis.ajouts.iter().map(|ajout| {
                    Raison::new(
                        "ajout",
                        format!("Depuis la fusion, le pôle a reçu {ajout} : on ne saurait plus à qui le rendre."),
                    )
                }));
                raisons
            }
        }
    }
}

fn dossiers_en_double(deux: &DossiersEnDouble) -> Raison {
    let appel = &deux.appel;
    let (phrase, remede) = match deux.ouvert {
        true => (
            format!("Les deux pôles ont chacun un dossier sur un appel encore ouvert : {appel}."),
            "Demandez à la personne responsable de l’un des deux de retirer le sien, à la page du dossier. \
             Ou attendez la clôture : un brouillon jamais déposé n’empêchera plus la fusion.",
        ),
        false => (
            format!(
                "Les deux pôles ont chacun déposé un dossier sur un appel dont la décision n’est pas notifiée : {appel}."
            ),
            "Attendez la notification : les deux dossiers suivront alors le pôle. Ou demandez à la personne \
             responsable de l’un des deux de retirer le sien, à la page du dossier.",
        ),
    };
    Raison::new("dossiers_en_double", phrase).remede(remede)
}

parle_par_ses_raisons!(RefusFusion);

#[cfg(test)]
mod tests {
    use super::*;
    use RefusFusion as R;

    fn inventees() -> Rapprochement {
        Rapprochement {
            demonstration: true,
            garde_inventee: true,
            fondue_inventee: true,
            ..Rapprochement::default()
        }
    }

    #[test]
    fn une_fusion_se_motive() {
        assert_eq!(
            inventees().fusionner(" un seul pôle "),
            Ok("un seul pôle".into())
        );
        assert_eq!(inventees().fusionner(" "), Err(R::MotifAttendu));
    }

    #[test]
    fn on_ne_fusionne_ni_le_reel_d_une_demonstration_ni_l_invente_avec_le_reel() {
        let reelles = Rapprochement {
            garde_inventee: false,
            fondue_inventee: false,
            ..inventees()
        };
        assert_eq!(reelles.fusionner("x"), Err(R::PoleReel));
        let ailleurs = Rapprochement {
            demonstration: false,
            ..reelles
        };
        assert!(ailleurs.fusionner("x").is_ok());
        let mixte = Rapprochement {
            garde_inventee: true,
            ..ailleurs
        };
        assert_eq!(mixte.fusionner("x"), Err(R::InventeEtReel));
        let seule = Rapprochement {
            la_meme: true,
            ..inventees()
        };
        assert_eq!(seule.fusionner("x"), Err(R::MemeFiche));
    }

    #[test]
    fn deux_dossiers_sur_un_appel_ne_se_departagent_pas_d_eux_memes() {
        let double = |ouvert, a_decider| DossiersEnDouble {
            appel: "Financement 2024".into(),
            ouvert,
            a_decider,
        };
        let avec = |doubles: Vec<DossiersEnDouble>| Rapprochement {
            dossiers_en_double: doubles,
            ..inventees()
        };
        for (ouvert, a_decider, remede) in [
            (true, false, "attendez la clôture"),
            (true, true, "attendez la clôture"),
            (false, true, "Attendez la notification"),
        ] {
            let refus = avec(vec![double(ouvert, a_decider)])
                .fusionner("x")
                .unwrap_err();
            assert!(refus.raisons()[0].remede.as_ref().unwrap().contains(remede));
        }
        // Decided, or never filed, and the call is closed: both stand.
        assert!(avec(vec![double(false, false)]).fusionner("x").is_ok());
        let refus = avec(vec![double(false, false), double(true, false)]).fusionner("x");
        assert_eq!(refus, Err(R::DossiersEnDouble(vec![double(true, false)])));
    }

    #[test]
    fn une_fusion_ne_se_defait_que_si_rien_ne_s_est_construit_dessus() {
        assert_eq!(defaire(&Depuis::default(), "erreur"), Ok("erreur".into()));
        assert_eq!(defaire(&Depuis::default(), ""), Err(R::MotifAttendu));
        let depuis = Depuis {
            modifiees: vec![Information::Rural],
            ajouts: vec!["un dossier"],
            ..Depuis::default()
        };
        assert_eq!(defaire(&depuis, "x").unwrap_err().raisons().len(), 2);
        let defaite = Depuis {
            defaite: true,
            ..depuis
        };
        assert_eq!(defaire(&defaite, "x"), Err(R::DejaDefaite));
    }
}
