//! Which cell is competent for a dossier.
//!
//! Source: notice 2024, § 6.2 (the region of the structure's seat); P-20: four
//! regions have no cell, and no dossier is ever left without anybody.

use crate::commun::Region;

/// A regional cell as it stands today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cellule {
    /// Its region; there is one cell a region at most.
    pub region: Region,
    /// Whether it sits today.
    pub active: bool,
    /// The regions without a cell it stands in for.
    pub supplee: Vec<Region>,
}

/// Who speaks in an opinion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Instance {
    /// The cell of that region.
    Cellule(Region),
    /// The State alone, where no cell and no substitute was set.
    Etat,
}

impl Instance {
    /// « la cellule Bretagne », « l’État ».
    pub fn en_mots(self) -> String {
        match self {
            Self::Cellule(region) => format!("la cellule {}", region.nom()),
            Self::Etat => "l’État".to_owned(),
        }
    }
}

/// Who is competent for a region, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Competence {
    /// The region's own cell.
    Titulaire(Region),
    /// Another cell, set to stand in for it.
    Suppleante {
        /// The region without a cell.
        region: Region,
        /// The cell that stands in.
        cellule: Region,
    },
    /// An agent of the State alone, until a substitute is set.
    EtatSeul(Region),
}

impl Competence {
    /// Who speaks.
    pub fn instance(self) -> Instance {
        match self {
            Self::Titulaire(cellule) | Self::Suppleante { cellule, .. } => {
                Instance::Cellule(cellule)
            }
            Self::EtatSeul(_) => Instance::Etat,
        }
    }

    /// What to tell when the region has no cell of its own.
    pub fn explication(self) -> Option<String> {
        match self {
            Self::Titulaire(_) => None,
            Self::Suppleante { region, cellule } => Some(format!(
                "Région sans cellule ({}) : l’avis revient à la cellule {}.",
                region.nom(),
                cellule.nom()
            )),
            Self::EtatSeul(region) => Some(format!(
                "Région sans cellule ({}) : l’avis revient à l’agent de l’État.",
                region.nom()
            )),
        }
        .map(|phrase| crate::commun::typographie(&phrase))
    }
}

/// Who is competent for a structure of that region.
pub fn cellule_competente(region: Region, cellules: &[Cellule]) -> Competence {
    let mut actives = cellules.iter().filter(|c| c.active);
    if actives.clone().any(|c| c.region == region) {
        return Competence::Titulaire(region);
    }
    match actives.find(|c| c.supplee.contains(&region)) {
        Some(suppleante) => Competence::Suppleante {
            region,
            cellule: suppleante.region,
        },
        None => Competence::EtatSeul(region),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cellules() -> Vec<Cellule> {
        vec![
            Cellule {
                region: Region::Bretagne,
                active: true,
                supplee: Vec::new(),
            },
            Cellule {
                region: Region::ProvenceAlpesCoteDAzur,
                active: true,
                supplee: vec![Region::Corse],
            },
            Cellule {
                region: Region::Normandie,
                active: false,
                supplee: vec![Region::Guyane],
            },
        ]
    }

    #[test]
    fn la_cellule_de_la_region_est_competente() {
        let competence = cellule_competente(Region::Bretagne, &cellules());
        assert_eq!(competence, Competence::Titulaire(Region::Bretagne));
        assert_eq!(competence.explication(), None);
    }

    #[test]
    fn une_region_sans_cellule_releve_de_sa_suppleante() {
        let competence = cellule_competente(Region::Corse, &cellules());
        assert_eq!(
            competence.instance(),
            Instance::Cellule(Region::ProvenceAlpesCoteDAzur)
        );
        assert_eq!(
            competence.explication().as_deref(),
            Some(
                "Région sans cellule (Corse)\u{202f}: l’avis revient à la cellule Provence-Alpes-Côte d’Azur."
            )
        );
    }

    #[test]
    fn aucun_dossier_ne_reste_orphelin() {
        for region in Region::TOUTES {
            let instance = cellule_competente(region, &[]).instance();
            assert_eq!(instance, Instance::Etat);
        }
        // A cell that no longer sits stands in for nobody.
        let guyane = cellule_competente(Region::Guyane, &cellules());
        assert_eq!(guyane, Competence::EtatSeul(Region::Guyane));
    }
}
