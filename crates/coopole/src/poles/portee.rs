//! The records one answers for: those of some regions, and those whose region
//! nobody knows.

use metier::commun::Region;

use crate::{socle::db::Enonce, valeurs};

/// Asked of the base, so that a queue is never read to be thrown away.
#[derive(Debug, Clone, Default)]
pub struct Portee {
    pub regions: Vec<Region>,
    pub sans_region: bool,
}

impl Portee {
    /// Keeps the poles `p` within it.
    pub(super) fn restreindre(&self, enonce: &mut Enonce) {
        enonce.suite(" AND (1 = 0", []);
        for region in &self.regions {
            enonce.suite(" OR p.region = ?", valeurs![region.code()]);
        }
        if self.sans_region {
            enonce.suite(" OR p.region IS NULL", []);
        }
        enonce.suite(")", []);
    }

    /// For statements that are only prepared.
    pub(super) fn essais() -> [Self; 2] {
        let toutes = Self {
            regions: Region::TOUTES.to_vec(),
            sans_region: true,
        };
        [Self::default(), toutes]
    }
}
