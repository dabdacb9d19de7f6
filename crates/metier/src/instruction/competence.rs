//! Which cell is competent for a dossier.
//!
//! Source: notice 2024, § 6.2 (the region of the structure's seat); P-20: four
//! regions have no cell, and no dossier is ever left without anybody.

use jiff::Timestamp;
use uuid::Uuid;

use crate::commun::{Raison, Refus, Region, parle_par_ses_raisons};

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
    /// The service of the State that runs the call, until a substitute is named:
    /// no dossier is left to nobody.
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
                "Région sans cellule ni suppléante ({}) : l’avis revient à l’État, qui conduit l’appel.",
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

/// The regions nobody's cell acts for: the State reads their dossiers itself.
pub fn regions_sans_cellule(cellules: &[Cellule]) -> Vec<Region> {
    let regions = Region::TOUTES.iter().copied();
    regions
        .filter(|region| cellule_competente(*region, cellules).instance() == Instance::Etat)
        .collect()
}

/// The dated act: from now on, another region's cell gives the opinions of a
/// region that has none (P-20).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppleance {
    /// The region without a cell.
    pub region: Region,
    /// The cell that stands in.
    pub cellule: Region,
    /// Who named it.
    pub par: Uuid,
    /// When.
    pub nommee_le: Timestamp,
}

/// Why a substitute is not named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusSuppleance {
    /// The region's own cell sits: nobody stands in for it.
    ASaCellule(Region),
    /// The region chosen has no cell that sits.
    SansCellule(Region),
    /// Named already.
    DejaNommee {
        /// The region without a cell.
        region: Region,
        /// The cell that stands in.
        cellule: Region,
    },
}

/// Names the cell that stands in for a region without one.
pub fn suppleer(
    region: Region,
    cellule: Region,
    cellules: &[Cellule],
    par: Uuid,
    le: Timestamp,
) -> Result<Suppleance, RefusSuppleance> {
    match cellule_competente(region, cellules) {
        Competence::Titulaire(_) => return Err(RefusSuppleance::ASaCellule(region)),
        Competence::Suppleante { cellule: deja, .. } if deja == cellule => {
            return Err(RefusSuppleance::DejaNommee { region, cellule });
        }
        Competence::Suppleante { .. } | Competence::EtatSeul(_) => {}
    }
    match cellules.iter().any(|c| c.active && c.region == cellule) {
        false => Err(RefusSuppleance::SansCellule(cellule)),
        true => Ok(Suppleance {
            region,
            cellule,
            par,
            nommee_le: le,
        }),
    }
}

impl Refus for RefusSuppleance {
    fn raisons(&self) -> Vec<Raison> {
        let raison = match self {
            Self::ASaCellule(region) => Raison::new(
                "a_sa_cellule",
                format!("La région {} a sa cellule.", region.nom()),
            )
            .remede("Une suppléante ne se nomme que pour une région sans cellule."),
            Self::SansCellule(region) => Raison::new(
                "suppleante_sans_cellule",
                format!("La région {} n’a pas de cellule qui siège.", region.nom()),
            )
            .remede("Choisissez une autre cellule."),
            Self::DejaNommee { region, cellule } => Raison::new(
                "suppleance_deja_nommee",
                format!(
                    "La cellule {} supplée déjà la région {}.",
                    cellule.nom(),
                    region.nom()
                ),
            )
            .remede("Rien n’est à faire."),
        };
        vec![raison.ancre("cellule")]
    }
}

parle_par_ses_raisons!(RefusSuppleance);

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
        let sans = regions_sans_cellule(&cellules());
        assert!(sans.contains(&Region::Guyane) && !sans.contains(&Region::Corse));
    }

    fn nommer(region: Region, cellule: Region) -> Result<Suppleance, RefusSuppleance> {
        suppleer(
            region,
            cellule,
            &cellules(),
            Uuid::nil(),
            Timestamp::UNIX_EPOCH,
        )
    }

    #[test]
    fn une_suppleante_se_nomme_et_se_remplace() {
        let nommee = nommer(Region::Guyane, Region::Bretagne).unwrap();
        assert_eq!(
            (nommee.region, nommee.cellule),
            (Region::Guyane, Region::Bretagne)
        );
        assert!(nommer(Region::Corse, Region::Bretagne).is_ok());
    }

    #[test]
    fn une_suppleante_siege_et_ne_double_personne() {
        let phrase = |region, cellule| nommer(region, cellule).unwrap_err().to_string();
        assert!(phrase(Region::Bretagne, Region::Bretagne).starts_with("La région Bretagne a sa"));
        assert!(phrase(Region::Guyane, Region::Normandie).contains("n’a pas de cellule qui siège"));
        assert!(
            phrase(Region::Corse, Region::ProvenceAlpesCoteDAzur)
                .starts_with("La cellule Provence-Alpes-Côte d’Azur supplée déjà la région Corse.")
        );
    }
}
