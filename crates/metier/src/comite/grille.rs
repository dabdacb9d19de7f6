//! The grid of a call, as examiners mark with it.
//!
//! Source: notice 2024, § 3.b: the criteria are published, their weights and
//! scale are not; they are therefore data of the call, never constants here.

use super::Points;

/// Marks that may be given, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Echelle {
    /// The lowest.
    pub min: u32,
    /// The highest.
    pub max: u32,
}

impl Echelle {
    /// Whether this mark may be given.
    pub fn admet(self, valeur: u32) -> bool {
        (self.min..=self.max).contains(&valeur)
    }
}

/// A criterion to mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CritereNote {
    /// Its code in the call (« A1 »).
    pub code: String,
    /// Its short name.
    pub libelle: String,
    /// Code of its axis.
    pub axe: String,
    /// How many times its mark counts.
    pub poids: u32,
}

/// Something that adds to the total when it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BonusNote {
    /// Its code in the call.
    pub code: String,
    /// Its short name.
    pub libelle: String,
    /// How much it adds.
    pub points: u32,
}

/// The whole grid, bound to a version of the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grille {
    /// The scale common to all criteria.
    pub echelle: Echelle,
    /// Criteria, in the order of the call.
    pub criteres: Vec<CritereNote>,
    /// Bonuses, in the order of the call.
    pub bonus: Vec<BonusNote>,
}

impl Grille {
    /// The highest total one can reach.
    pub fn maximum(&self) -> Points {
        let criteres: i64 = self
            .criteres
            .iter()
            .map(|c| i64::from(c.poids) * i64::from(self.echelle.max))
            .sum();
        let bonus: i64 = self.bonus.iter().map(|b| i64::from(b.points)).sum();
        Points::entiers(criteres + bonus)
    }
}
