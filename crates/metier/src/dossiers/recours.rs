//! Means and time of appeal, to be told with every receipt and refusal.
//!
//! Source: code de justice administrative, R421-1, R421-5 and R421-7; CRPA,
//! L411-2 (droit-et-normes, D5). The date told is two months date to date; the
//! court counts clear days, one more: nobody who trusts it comes too late.

use jiff::civil::Date;

use crate::commun::{Region, temps, typographie};

/// Until when, and how, a decision can be contested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VoiesDeRecours {
    /// Last day told to the person.
    pub jusqu_au: Date,
    outre_mer: bool,
}

impl VoiesDeRecours {
    /// For a decision known on that day by a structure of that region: two
    /// months, three overseas (R421-7).
    pub fn depuis(connue_le: Date, region: Option<Region>) -> Self {
        let outre_mer = region.is_some_and(Region::est_outre_mer);
        let mois = if outre_mer { 3 } else { 2 };
        Self {
            jusqu_au: temps::mois_apres(connue_le, mois),
            outre_mer,
        }
    }

    /// The paragraph to print.
    pub fn texte(&self) -> String {
        let delai = match self.outre_mer {
            true => "trois mois (deux mois, plus un mois outre-mer)",
            false => "deux mois",
        };
        typographie(&format!(
            "Cette décision peut être contestée devant le tribunal administratif dans un délai de {delai}, soit jusqu’au {}. Un recours gracieux auprès du service, ou hiérarchique auprès du ministre, formé dans ce délai, le fait courir de nouveau une fois.",
            temps::jour_long_de(self.jusqu_au)
        ))
    }

    /// Where it comes from.
    pub const SOURCE: &'static str =
        "code de justice administrative, R421-1 et R421-7 ; CRPA, L411-2";
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn deux_mois_en_metropole() {
        let voies = VoiesDeRecours::depuis(date(2024, 9, 26), Some(Region::Bretagne));
        assert_eq!(voies.jusqu_au, date(2024, 11, 26));
        assert!(voies.texte().contains("mardi 26 novembre 2024"));
    }

    #[test]
    fn un_mois_de_plus_outre_mer() {
        let voies = VoiesDeRecours::depuis(date(2024, 9, 26), Some(Region::LaReunion));
        assert_eq!(voies.jusqu_au, date(2024, 12, 26));
        assert!(voies.texte().contains("trois mois"));
    }

    #[test]
    fn le_dernier_jour_du_mois_tient_lieu_de_jour_absent() {
        let voies = VoiesDeRecours::depuis(date(2024, 12, 31), None);
        assert_eq!(voies.jusqu_au, date(2025, 2, 28));
    }
}
