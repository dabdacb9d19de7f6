//! Opening a draft: the first act of a pole on a call.

use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    campagnes::Fenetre,
    commun::{Raison, Refus, phrases, temps},
};

/// Where a record without its structure is mended: the information it lacks.
pub const PORTEUSE: &str = "porteuse";

/// A draft opened by a pole on a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ouverture {
    /// Code of the call.
    pub campagne: String,
    /// The pole that answers.
    pub pole: Uuid,
    /// Who opened it.
    pub par: Uuid,
    /// When, to the second.
    pub le: Timestamp,
}

/// What the record of the pole says of the structure that carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PorteuseConnue {
    /// Nothing.
    Non,
    /// Its name, and not the region of its seat.
    SansRegion,
    /// Who it is, and which cell reads its dossiers.
    Oui,
}

/// Why a draft cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", phrases(&self.raisons()))]
pub enum RefusOuverture {
    /// The call does not receive dossiers yet.
    PasEncoreOuvert {
        /// When it will.
        ouverture: Timestamp,
    },
    /// The call no longer receives any.
    Clos {
        /// Since when.
        cloture: Timestamp,
    },
    /// A pole has one dossier a call (dispositif § 10, invariant 7).
    DejaOuvert {
        /// The one it has.
        dossier: Uuid,
    },
    /// Nobody could sign for the pole: a structure files for it (notice 2024, § 3.a).
    SansStructure,
    /// No cell could read the dossier: the seat of the structure says which one
    /// (notice 2024, § 6.2).
    SansRegion,
}

impl Ouverture {
    /// Decides whether this pole may open a draft on this call.
    ///
    /// `existant` is the dossier it already has there. Nothing is changed:
    /// the act becomes true once recorded.
    pub fn decider(
        (campagne, fenetre): (&str, &Fenetre),
        (pole, porteuse): (Uuid, PorteuseConnue),
        existant: Option<Uuid>,
        par: Uuid,
        le: Timestamp,
    ) -> Result<Self, RefusOuverture> {
        if let Some(dossier) = existant {
            return Err(RefusOuverture::DejaOuvert { dossier });
        }
        if let Some(cloture) = fenetre.cloture.filter(|_| fenetre.est_close(le)) {
            return Err(RefusOuverture::Clos { cloture });
        }
        if !fenetre.est_ouverte(le) {
            return Err(RefusOuverture::PasEncoreOuvert {
                ouverture: fenetre.ouverture,
            });
        }
        match porteuse {
            PorteuseConnue::Non => return Err(RefusOuverture::SansStructure),
            PorteuseConnue::SansRegion => return Err(RefusOuverture::SansRegion),
            PorteuseConnue::Oui => {}
        }
        Ok(Self {
            campagne: campagne.to_owned(),
            pole,
            par,
            le,
        })
    }
}

impl Refus for RefusOuverture {
    fn raisons(&self) -> Vec<Raison> {
        vec![match self {
            Self::PasEncoreOuvert { ouverture } => Raison::new(
                "pas_encore_ouvert",
                format!("Cet appel ouvre le {}.", temps::instant_long(*ouverture)),
            )
            .remede("Vous pourrez commencer votre dossier à cette date."),
            Self::Clos { cloture } => Raison::new(
                "clos",
                format!(
                    "Cet appel est clos depuis le {}.",
                    temps::instant_long(*cloture)
                ),
            )
            .remede("Les appels ouverts sont à la page des appels."),
            Self::DejaOuvert { .. } => {
                Raison::new("deja_ouvert", "Votre pôle a déjà un dossier sur cet appel.")
                    .remede("Reprenez-le depuis votre espace.")
            }
            Self::SansStructure => Raison::new(
                "sans_structure",
                "La fiche de votre pôle ne dit pas quelle structure le porte : c’est elle qui dépose le dossier.",
            )
            .source("notice 2024, § 3.a")
            .remede("Indiquez la structure porteuse sur la fiche ; la cellule de votre région la valide.")
            .ancre(PORTEUSE),
            Self::SansRegion => Raison::new(
                "sans_region",
                "La fiche de votre pôle ne dit pas où siège sa structure porteuse : sa région désigne la cellule qui lira le dossier.",
            )
            .source("notice 2024, § 6.2")
            .remede("Indiquez la commune du siège de la structure porteuse sur la fiche ; la cellule de votre région la valide.")
            .ancre(PORTEUSE),
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fenetre() -> Fenetre {
        Fenetre {
            ouverture: a("2024-03-24T23:00:00Z"),
            cloture: Some(a("2024-05-29T10:00:00Z")),
            borne_incluse: true,
        }
    }

    fn a(texte: &str) -> Timestamp {
        texte.parse().unwrap()
    }

    fn ouvrir(le: &str, existant: Option<Uuid>) -> Result<Ouverture, RefusOuverture> {
        Ouverture::decider(
            ("ami-2024", &fenetre()),
            (Uuid::nil(), PorteuseConnue::Oui),
            existant,
            Uuid::nil(),
            a(le),
        )
    }

    #[test]
    fn un_pole_ouvre_un_brouillon_quand_l_appel_est_ouvert() {
        assert_eq!(
            ouvrir("2024-03-26T08:00:00Z", None).unwrap().campagne,
            "ami-2024"
        );
    }

    #[test]
    fn apres_la_cloture_le_refus_dit_l_heure() {
        let refus = ouvrir("2024-05-29T10:00:01Z", None).unwrap_err();
        assert_eq!(
            refus.to_string(),
            "Cet appel est clos depuis le mercredi 29 mai 2024 à 12\u{a0}h\u{a0}00."
        );
    }

    #[test]
    fn avant_l_ouverture_le_refus_dit_quand_revenir() {
        let refus = ouvrir("2024-03-24T22:59:59Z", None).unwrap_err();
        assert_eq!(refus.raisons()[0].code, "pas_encore_ouvert");
    }

    #[test]
    fn sans_structure_ou_sans_sa_region_le_refus_dit_ou_l_indiquer() {
        for (porteuse, code) in [
            (PorteuseConnue::Non, "sans_structure"),
            (PorteuseConnue::SansRegion, "sans_region"),
        ] {
            let refus = Ouverture::decider(
                ("ami-2024", &fenetre()),
                (Uuid::nil(), porteuse),
                None,
                Uuid::nil(),
                a("2024-03-26T08:00:00Z"),
            );
            let raison = refus.unwrap_err().raisons().remove(0);
            assert_eq!(
                (raison.code, raison.ancre.as_deref()),
                (code, Some(PORTEUSE))
            );
            assert!(raison.remede.unwrap().contains("sur la fiche"));
        }
    }

    #[test]
    fn un_pole_n_a_qu_un_dossier_par_appel() {
        let dossier = Uuid::from_u128(7);
        let refus = ouvrir("2024-06-30T10:00:00Z", Some(dossier)).unwrap_err();
        assert_eq!(refus, RefusOuverture::DejaOuvert { dossier });
    }
}
