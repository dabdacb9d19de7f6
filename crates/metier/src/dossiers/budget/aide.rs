//! What a call says of its aid: how much, and for what.

use crate::commun::{Montant, Raison, liste_fermee};

liste_fermee! {
    /// What the subsidy may pay for (notice 2024, § 2 and 5).
    pub enum Emploi {
        /// Working time spent animating cooperations: comes first.
        AnimationTempsTravail = "animation_temps_travail", "Temps de travail d’animation";
        /// Staff and overheads of the permanent animation.
        FonctionnementPermanent = "fonctionnement_permanent", "Fonctionnement permanent";
        /// Animation of shared or collective actions.
        ActionsMutualisees = "actions_mutualisees", "Actions mutualisées ou collectives";
        /// Building the economic model.
        ModeleEconomique = "modele_economique", "Modèle économique";
    }
}

/// How much one project may receive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegleMontant {
    /// The same for all (100 000 € over two years in 2024).
    Fixe(Montant),
    /// Between two bounds, both included (30 000 to 80 000 € in « 2026 »).
    Fourchette {
        /// At least.
        min: Montant,
        /// At most.
        max: Montant,
    },
}

impl RegleMontant {
    /// Whether this amount may be asked for and granted.
    pub fn admet(self, montant: Montant) -> bool {
        match self {
            Self::Fixe(fixe) => montant == fixe,
            Self::Fourchette { min, max } => (min..=max).contains(&montant),
        }
    }

    /// In words, for a sentence: « 100 000 € », « entre 30 000 € et 80 000 € ».
    pub fn en_mots(self) -> String {
        match self {
            Self::Fixe(fixe) => fixe.to_string(),
            Self::Fourchette { min, max } => format!("entre {min} et {max}"),
        }
    }

    /// Why this amount is not the call's.
    pub fn raison(self, montant: Montant) -> Raison {
        Raison::new(
            "montant_hors_regle",
            format!("L’aide est de {}, non de {montant}.", self.en_mots()),
        )
    }
}

/// What the project's budget must respect of the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReglesAide {
    /// How much may be asked for.
    pub regle: RegleMontant,
    /// How much is asked for; of no use when the amount is the same for all.
    pub demande: Option<Montant>,
    /// Where the call says what the subsidy pays for (« notice, § 5 »).
    pub source: String,
}

impl ReglesAide {
    /// The amount this dossier asks for, once known.
    pub fn montant_demande(&self) -> Option<Montant> {
        match self.regle {
            RegleMontant::Fixe(fixe) => Some(fixe),
            RegleMontant::Fourchette { .. } => self.demande,
        }
    }
}
