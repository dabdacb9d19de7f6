//! Rates: always computed from two counts, never typed (dispositif, P-01).

use std::fmt;

/// A rate, in tenths of a percent, rounded to the nearest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Taux(i64);

impl Taux {
    /// How much of the whole this part is: 81 of 135 is 60 %. Nothing of an
    /// empty whole.
    pub fn part(partie: u64, tout: u64) -> Option<Self> {
        Self::rapport(i128::from(partie), tout)
    }

    /// How much a count grew from what it was: from 56 to 203 is +262,5 %,
    /// where 203 is also 362,5 % *of* 56. Nothing from zero.
    pub fn evolution(de: u64, a: u64) -> Option<Self> {
        Self::rapport(i128::from(a) - i128::from(de), de)
    }

    fn rapport(haut: i128, bas: u64) -> Option<Self> {
        let bas = i128::from(bas);
        if bas == 0 {
            return None;
        }
        let (double, signe) = (haut.abs() * 2_000 + bas, haut.signum());
        i64::try_from(signe * (double / (2 * bas))).ok().map(Self)
    }

    /// With its sign, as an evolution is written: « +262,5 % », « −4 % ».
    pub fn signe(self) -> String {
        match self.0 > 0 {
            true => format!("+{self}"),
            false => self.to_string(),
        }
    }
}

impl fmt::Display for Taux {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (entier, dixieme) = (self.0.unsigned_abs() / 10, self.0.unsigned_abs() % 10);
        let moins = if self.0 < 0 { "\u{2212}" } else { "" };
        match dixieme {
            0 => write!(f, "{moins}{entier}\u{202f}%"),
            _ => write!(f, "{moins}{entier},{dixieme}\u{202f}%"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evolution(de: u64, a: u64) -> String {
        Taux::evolution(de, a).map_or_else(String::new, Taux::signe)
    }

    #[test]
    fn de_56_a_203_poles_la_hausse_est_de_262_et_demi_pour_cent_et_non_de_365() {
        assert_eq!(evolution(56, 203), "+262,5\u{202f}%");
        assert_eq!(
            Taux::part(203, 56).map(|taux| taux.to_string()),
            Some("362,5\u{202f}%".into())
        );
    }

    #[test]
    fn une_baisse_et_une_stagnation_se_disent_aussi() {
        assert_eq!(evolution(50, 48), "\u{2212}4\u{202f}%");
        assert_eq!(evolution(50, 50), "0\u{202f}%");
    }

    #[test]
    fn l_arrondi_va_au_plus_proche_des_deux_cotes() {
        assert_eq!(evolution(203, 209), "+3\u{202f}%");
        assert_eq!(evolution(3, 2), "\u{2212}33,3\u{202f}%");
        assert_eq!(evolution(3, 5), "+66,7\u{202f}%");
    }

    #[test]
    fn de_rien_aucun_taux_ne_se_calcule() {
        assert_eq!(Taux::evolution(0, 12), None);
        assert_eq!(Taux::part(0, 0), None);
    }

    #[test]
    fn quatre_vingt_un_laureats_sur_cent_trente_cinq_font_soixante_pour_cent() {
        assert_eq!(
            Taux::part(81, 135).map(|taux| taux.to_string()),
            Some("60\u{202f}%".into())
        );
    }
}
