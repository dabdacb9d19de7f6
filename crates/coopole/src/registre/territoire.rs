//! A department, or a grouping of communes (EPCI), as anyone reads it: its
//! poles, who answers for it, how it grew, what has no pole there.

use jiff::Timestamp;
use metier::{
    commun::Region,
    instruction::{Competence, Instance, cellule_competente},
};

use super::{
    annuaire::{self, Annuaire, Filtre, Monde},
    recensement,
};
use crate::{
    instruction,
    poles::comptes::{self, Lieu},
    socle::{
        db::Lecture,
        epci::{self, Epci},
        erreurs::Panne,
    },
};

/// How many poles of a place the census counts, at each of these days.
pub type Croissance = Vec<recensement::Compte>;

/// Who answers for a region, and where to write.
pub struct Charge {
    pub region: Region,
    pub competence: Competence,
    /// The address of the cell that answers, if it publishes one.
    pub contact: Option<String>,
}

/// A department and its poles.
pub struct DepartementLu {
    pub code: &'static str,
    pub monde: Monde,
    pub charge: Charge,
    /// The first page of its poles.
    pub annuaire: Annuaire,
    pub croissance: Croissance,
    /// The groupings that stand on it, by name, with how many poles each has.
    pub epci: Vec<(&'static Epci, u64)>,
    /// Poles of the department whose grouping is not known.
    pub sans_epci: u64,
}

/// A grouping of communes and its poles.
pub struct EpciLu {
    pub epci: &'static Epci,
    pub monde: Monde,
    /// One for each region it stands on.
    pub charges: Vec<Charge>,
    pub annuaire: Annuaire,
    pub croissance: Croissance,
}

/// Reads who answers for this region.
pub async fn charge(base: &mut Lecture, region: Region) -> Result<Charge, Panne> {
    let cellules = instruction::cellules(base).await?;
    let competence = cellule_competente(region, &cellules);
    Ok(Charge {
        region,
        competence,
        contact: contact(base, competence).await?,
    })
}

/// Where to write to the cell that answers, if it publishes an address.
pub async fn contact(base: &mut Lecture, competence: Competence) -> Result<Option<String>, Panne> {
    match competence.instance() {
        Instance::Cellule(cellule) => comptes::contact(base, cellule).await,
        Instance::Etat => Ok(None),
    }
}

/// How a place grew: the poles that the census counts there on that day of
/// each year.
pub async fn croissance(
    base: &mut Lecture,
    (lieu, monde): (Lieu, &Monde),
    maintenant: Timestamp,
) -> Result<Croissance, Panne> {
    let lieu = (lieu, monde.reels());
    let mut croissance = recensement::croissance(base, lieu, maintenant)
        .await?
        .to_vec();
    croissance.reverse();
    Ok(croissance)
}

/// One department.
pub async fn departement(
    base: &mut Lecture,
    (region, code): (Region, &'static str),
    monde: Monde,
    maintenant: Timestamp,
) -> Result<DepartementLu, Panne> {
    let comptes = comptes::par_epci(base, code, monde.reels()).await?;
    let combien = |siren: Option<&str>| {
        let siens = comptes.iter().filter(|(ou, _)| ou.as_deref() == siren);
        siens.map(|(_, combien)| combien).sum()
    };
    Ok(DepartementLu {
        code,
        charge: charge(base, region).await?,
        annuaire: annuaire::lire(
            base,
            Filtre {
                region: region.code().to_owned(),
                ..Filtre::du_lieu(Lieu::Departement(code), &monde)
            },
        )
        .await?,
        croissance: croissance(base, (Lieu::Departement(code), &monde), maintenant).await?,
        epci: epci::du_departement(code)
            .into_iter()
            .map(|epci| (epci, combien(Some(epci.siren))))
            .collect(),
        sans_epci: combien(None),
        monde,
    })
}

/// One grouping of communes.
pub async fn epci(
    base: &mut Lecture,
    epci: &'static Epci,
    monde: Monde,
    maintenant: Timestamp,
) -> Result<EpciLu, Panne> {
    let mut regions: Vec<Region> = epci
        .departements()
        .into_iter()
        .filter_map(Region::par_departement)
        .collect();
    regions.dedup();
    let mut charges = Vec::new();
    for region in regions {
        charges.push(charge(base, region).await?);
    }
    Ok(EpciLu {
        epci,
        charges,
        annuaire: annuaire::lire(base, Filtre::du_lieu(Lieu::Epci(epci), &monde)).await?,
        croissance: croissance(base, (Lieu::Epci(epci), &monde), maintenant).await?,
        monde,
    })
}
