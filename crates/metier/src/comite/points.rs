//! Marks, without floats: whole thousandths of a point.

use std::fmt;

/// A mark, or a mean of marks, kept in thousandths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Points(i64);

impl Points {
    /// From whole points.
    pub const fn entiers(points: i64) -> Self {
        Self(points.saturating_mul(1000))
    }

    /// From thousandths, as kept in the base.
    pub const fn milliemes(milliemes: i64) -> Self {
        Self(milliemes)
    }

    /// In thousandths, to keep it.
    pub const fn en_milliemes(self) -> i64 {
        self.0
    }

    /// The sum, which stops at the largest mark that can be held.
    pub const fn plus(self, autre: Self) -> Self {
        Self(self.0.saturating_add(autre.0))
    }

    /// The distance between two marks.
    pub const fn ecart(self, autre: Self) -> Self {
        Self(self.0.saturating_sub(autre.0).saturating_abs())
    }

    /// The mean, rounded to the nearest thousandth; nothing of nobody.
    pub fn moyenne(points: &[Self]) -> Option<Self> {
        let nombre = i64::try_from(points.len()).ok().filter(|n| *n > 0)?;
        let somme = points.iter().fold(Self::default(), |s, p| s.plus(*p));
        Some(Self(somme.0.saturating_add(nombre / 2).div_euclid(nombre)))
    }
}

impl fmt::Display for Points {
    /// « 86,5 »: one decimal, as in every list of ours.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dixiemes = self.0.saturating_add(50).div_euclid(100);
        let signe = if dixiemes < 0 { "\u{2212}" } else { "" };
        let dixiemes = dixiemes.unsigned_abs();
        write!(f, "{signe}{},{}", dixiemes / 10, dixiemes % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::Points;

    #[test]
    fn une_note_s_ecrit_avec_une_decimale() {
        assert_eq!(Points::entiers(71).to_string(), "71,0");
        assert_eq!(Points::milliemes(86_450).to_string(), "86,5");
        assert_eq!(Points::milliemes(86_449).to_string(), "86,4");
    }

    #[test]
    fn la_moyenne_de_personne_n_existe_pas() {
        assert_eq!(Points::moyenne(&[]), None);
        let trois = [Points::entiers(1), Points::entiers(1), Points::entiers(2)];
        assert_eq!(Points::moyenne(&trois), Some(Points::milliemes(1_333)));
    }
}
