//! Money, in whole cents.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An amount of euros, kept in whole cents; never a float.
///
/// Displayed as « 100 000 € », with cents only when there are some.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Montant(i64);

impl Montant {
    /// Nothing at all. A blank field is not this: it is an absent amount.
    pub const ZERO: Self = Self(0);

    /// The largest amount a person may type: under 1 000 billion euros, so
    /// that the sum of any table of ours stays far from the end of an `i64`.
    pub const PLAFOND_DE_SAISIE: Self = Self(99_999_999_999_999);

    /// From whole euros.
    pub const fn euros(euros: i64) -> Self {
        Self(euros.saturating_mul(100))
    }

    /// From whole cents, as kept in the base.
    pub const fn centimes(centimes: i64) -> Self {
        Self(centimes)
    }

    /// In whole cents, to keep it.
    pub const fn en_centimes(self) -> i64 {
        self.0
    }

    /// « 100 000 », for a field that shows its unit itself.
    pub fn sans_unite(self) -> String {
        let mut chiffres = self.to_string();
        chiffres.truncate(chiffres.trim_end_matches("\u{a0}€").len());
        chiffres
    }

    /// The sum, or nothing when it cannot be held.
    pub const fn checked_add(self, autre: Self) -> Option<Self> {
        match self.0.checked_add(autre.0) {
            Some(centimes) => Some(Self(centimes)),
            None => None,
        }
    }

    /// The difference, which may be negative, or nothing when it cannot be held.
    pub const fn checked_sub(self, autre: Self) -> Option<Self> {
        match self.0.checked_sub(autre.0) {
            Some(centimes) => Some(Self(centimes)),
            None => None,
        }
    }

    /// Sum of a column. Stops at the largest amount that can be held, which
    /// no table within [`Self::PLAFOND_DE_SAISIE`] a line can reach.
    pub fn somme(montants: impl IntoIterator<Item = Self>) -> Self {
        Self(
            montants
                .into_iter()
                .fold(0, |total: i64, m| total.saturating_add(m.0)),
        )
    }

    /// The distance between two amounts, never negative.
    pub const fn ecart(self, autre: Self) -> Self {
        Self(self.0.saturating_sub(autre.0).saturating_abs())
    }

    /// Whether it is less than nothing.
    pub const fn est_negatif(self) -> bool {
        self.0 < 0
    }
}

impl fmt::Display for Montant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            f.write_str("\u{2212}")?;
        }
        let (euros, centimes) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        let chiffres = euros.to_string();
        for (i, chiffre) in chiffres.chars().enumerate() {
            if i > 0 && (chiffres.len() - i).is_multiple_of(3) {
                f.write_str("\u{202f}")?;
            }
            write!(f, "{chiffre}")?;
        }
        if centimes > 0 {
            write!(f, ",{centimes:02}")?;
        }
        f.write_str("\u{a0}€")
    }
}

/// What was typed cannot be read as an amount. Its `Display` says what is
/// expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MontantIllisible {
    /// Nothing was typed: blank is not zero.
    #[error("Indiquez un montant, par exemple 12\u{202f}000.")]
    Vide,
    /// Letters, several commas, a point parting thousands...
    #[error(
        "Écrivez le montant en chiffres, par exemple 12\u{202f}000 ou 12\u{202f}000,50\u{a0}€."
    )]
    Forme,
    /// A subsidy, a charge or a produit is never less than nothing.
    #[error("Un montant s’écrit sans signe moins.")]
    Negatif,
    /// Beyond [`Montant::PLAFOND_DE_SAISIE`].
    #[error("Ce montant dépasse ce que le budget peut contenir.")]
    TropGrand,
}

impl FromStr for Montant {
    type Err = MontantIllisible;

    /// Reads what people type: « 12 000 », « 12000,50 », « 12 000 € ».
    ///
    /// A point is taken as a comma when one or two figures follow; « 12.000 »
    /// is refused, because half of its readers would see twelve euros.
    fn from_str(saisie: &str) -> Result<Self, MontantIllisible> {
        let dense: String = saisie.chars().filter(|c| !c.is_whitespace()).collect();
        let dense = dense.strip_suffix('€').unwrap_or(&dense);
        if dense.is_empty() {
            return Err(MontantIllisible::Vide);
        }
        if dense.starts_with(['-', '\u{2212}']) {
            return Err(MontantIllisible::Negatif);
        }
        let (euros, centimes) = match dense.split_once([',', '.']) {
            None => (dense, 0),
            Some((euros, decimales)) => (euros, en_centimes(decimales)?),
        };
        if euros.is_empty() || !euros.bytes().all(|b| b.is_ascii_digit()) {
            return Err(MontantIllisible::Forme);
        }
        euros
            .parse::<i64>()
            .ok()
            .and_then(|euros| euros.checked_mul(100)?.checked_add(centimes))
            .map(Self)
            .filter(|montant| *montant <= Self::PLAFOND_DE_SAISIE)
            .ok_or(MontantIllisible::TropGrand)
    }
}

/// « 5 » is fifty cents, « 05 » is five.
fn en_centimes(decimales: &str) -> Result<i64, MontantIllisible> {
    if !decimales.bytes().all(|b| b.is_ascii_digit()) {
        return Err(MontantIllisible::Forme);
    }
    let valeur: i64 = decimales.parse().map_err(|_| MontantIllisible::Forme)?;
    match decimales.len() {
        1 => Ok(valeur * 10),
        2 => Ok(valeur),
        _ => Err(MontantIllisible::Forme),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lu(saisie: &str) -> Result<i64, MontantIllisible> {
        saisie.parse::<Montant>().map(Montant::en_centimes)
    }

    #[test]
    fn cent_mille_euros_s_ecrivent_comme_en_france() {
        assert_eq!(Montant::euros(100_000).to_string(), "100\u{202f}000\u{a0}€");
        assert_eq!(
            Montant::centimes(123_456_789).to_string(),
            "1\u{202f}234\u{202f}567,89\u{a0}€"
        );
    }

    #[test]
    fn sans_son_unite_un_montant_se_relit() {
        let montant = Montant::centimes(10_000_050);
        assert_eq!(montant.sans_unite(), "100\u{202f}000,50");
        assert_eq!(montant.sans_unite().parse(), Ok(montant));
    }

    #[test]
    fn les_centimes_ne_se_montrent_que_s_il_y_en_a() {
        assert_eq!(Montant::centimes(1_250).to_string(), "12,50\u{a0}€");
        assert_eq!(Montant::centimes(1_200).to_string(), "12\u{a0}€");
        assert_eq!(Montant::centimes(5).to_string(), "0,05\u{a0}€");
        assert_eq!(Montant::ZERO.to_string(), "0\u{a0}€");
    }

    #[test]
    fn un_ecart_negatif_porte_le_signe_moins() {
        assert_eq!(
            Montant::euros(-2_400).to_string(),
            "\u{2212}2\u{202f}400\u{a0}€"
        );
        assert_eq!(
            Montant::euros(3).ecart(Montant::euros(10)),
            Montant::euros(7)
        );
    }

    #[test]
    fn on_lit_ce_que_les_gens_tapent() {
        for saisie in [
            "12000",
            "12 000",
            "12\u{202f}000 €",
            " 12 000,00 € ",
            "12000.0",
        ] {
            assert_eq!(lu(saisie), Ok(1_200_000), "{saisie}");
        }
        assert_eq!(lu("12000,50"), Ok(1_200_050));
        assert_eq!(lu("0,5"), Ok(50));
        assert_eq!(lu("0"), Ok(0));
    }

    #[test]
    fn vide_n_est_pas_zero() {
        assert_eq!(lu("  "), Err(MontantIllisible::Vide));
        assert_eq!(lu("€"), Err(MontantIllisible::Vide));
    }

    #[test]
    fn ce_qui_prete_a_confusion_est_refuse() {
        for saisie in [
            "12.000", "1,2,3", "douze", ",50", "12,", "1e3", "12,5a", "+5",
        ] {
            assert_eq!(lu(saisie), Err(MontantIllisible::Forme), "{saisie}");
        }
        assert_eq!(lu("-5"), Err(MontantIllisible::Negatif));
        assert_eq!(lu("1000000000000"), Err(MontantIllisible::TropGrand));
        assert_eq!(
            lu("99999999999999999999999"),
            Err(MontantIllisible::TropGrand)
        );
    }

    #[test]
    fn ce_qui_est_affiche_se_relit() {
        for centimes in [0, 5, 1_250, 10_000_000, 123_456_789] {
            assert_eq!(lu(&Montant::centimes(centimes).to_string()), Ok(centimes));
        }
    }

    #[test]
    fn une_somme_impossible_se_voit() {
        assert_eq!(Montant(i64::MAX).checked_add(Montant(1)), None);
        assert_eq!(
            Montant::euros(2).checked_add(Montant::euros(3)),
            Some(Montant::euros(5))
        );
        assert_eq!(
            Montant::somme([Montant::euros(2), Montant::euros(3)]),
            Montant::euros(5)
        );
    }
}
