//! What a call says of its aid: how much, and for what.

use crate::campagnes::RegleMontant;
use crate::commun::{Montant, liste_fermee};

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
