//! What a call says of its aid: how much, and for what.

use crate::campagnes::{Emplois, RegleMontant};
use crate::commun::Montant;

/// What the project's budget must respect of the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReglesAide {
    /// How much may be asked for.
    pub regle: RegleMontant,
    /// How much is asked for; of no use when the amount is the same for all.
    pub demande: Option<Montant>,
    /// What the subsidy may pay for, and the share that is pointed out.
    pub emplois: Emplois,
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
