//! A region as anyone reads it: its poles, who answers for it, which of its
//! departments have none.

use jiff::Timestamp;
use metier::{
    commun::Region,
    instruction::{Competence, cellule_competente},
    poles::Signe,
};

use super::{
    annuaire::{self, Annuaire, Filtre},
    territoire::{self, Charge, Croissance},
};
use crate::{
    instruction,
    poles::{
        comptes::{self, Lieu},
        fiches,
    },
    socle::{db::Lecture, erreurs::Panne},
};

/// One line of the list of regions.
pub struct LigneDeRegion {
    pub region: Region,
    pub combien: u64,
    pub competence: Competence,
}

/// The regions by name, and how many poles no source places.
pub struct Regions {
    pub lignes: Vec<LigneDeRegion>,
    pub sans_region: u64,
}

/// A region and its poles.
pub struct RegionLue {
    pub charge: Charge,
    /// The first page of its poles.
    pub annuaire: Annuaire,
    pub croissance: Croissance,
    /// How many bear each sign, and the list of them.
    pub signes: Vec<(Signe, u64, Filtre)>,
    /// Each of its departments, with how many poles are known to stand there.
    pub departements: Vec<(&'static str, u64)>,
    /// Those whose department no source says.
    pub sans_departement: u64,
}

impl Regions {
    /// All the poles, those of no known region too.
    pub fn combien(&self) -> u64 {
        let places: u64 = self.lignes.iter().map(|ligne| ligne.combien).sum();
        places + self.sans_region
    }

    /// How many each region has, where there are any.
    pub fn comptes(&self) -> Vec<(Option<Region>, u64)> {
        let lignes = self.lignes.iter().filter(|ligne| ligne.combien > 0);
        lignes.map(|l| (Some(l.region), l.combien)).collect()
    }
}

/// The regions in the order of their names.
pub fn par_nom() -> Vec<Region> {
    let mut regions = Region::TOUTES.to_vec();
    regions.sort_by_cached_key(|region| metier::commun::plier(region.nom()));
    regions
}

/// Every region, whether it has poles or not.
pub async fn toutes(base: &mut Lecture) -> Result<Regions, Panne> {
    let comptes = comptes::par_region(base).await?;
    let cellules = instruction::cellules(base).await?;
    let combien = |region: Option<Region>| {
        let siens = comptes.iter().filter(|(ou, _)| *ou == region);
        siens.map(|(_, combien)| combien).sum()
    };
    Ok(Regions {
        lignes: par_nom()
            .into_iter()
            .map(|region| LigneDeRegion {
                region,
                combien: combien(Some(region)),
                competence: cellule_competente(region, &cellules),
            })
            .collect(),
        sans_region: combien(None),
    })
}

/// One region.
pub async fn lire(
    base: &mut Lecture,
    region: Region,
    maintenant: Timestamp,
) -> Result<RegionLue, Panne> {
    let filtre = Filtre {
        region: region.code().to_owned(),
        ..Filtre::default()
    };
    let mut signes = Vec::new();
    for signe in Signe::TOUS {
        let filtre = Filtre {
            signe: signe.code().to_owned(),
            ..filtre.clone()
        };
        let combien = fiches::compter(base, &filtre.demande(Vec::new())).await?;
        signes.push((*signe, combien, filtre));
    }
    let comptes = comptes::par_departement(base, region).await?;
    let combien = |departement: Option<&str>| {
        let siens = comptes
            .iter()
            .filter(|(ou, _)| ou.as_deref() == departement);
        siens.map(|(_, combien)| combien).sum()
    };
    Ok(RegionLue {
        charge: territoire::charge(base, region).await?,
        annuaire: annuaire::lire(base, filtre).await?,
        croissance: territoire::croissance(base, Lieu::Region(region), maintenant).await?,
        signes,
        departements: region
            .departements()
            .iter()
            .map(|code| (*code, combien(Some(code))))
            .collect(),
        sans_departement: combien(None),
    })
}
