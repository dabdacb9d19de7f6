//! A region as anyone reads it: its poles, who answers for it, which of its
//! departments have none.

use jiff::Timestamp;
use metier::{
    commun::Region,
    instruction::{Competence, cellule_competente},
    poles::Signe,
};

use super::{
    annuaire::{self, Annuaire, Filtre, Monde, NON_CONNU},
    territoire::{self, Charge, Croissance},
};
use crate::{
    consignations::{self, Attestation},
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
    pub monde: Monde,
}

/// A region and its poles.
pub struct RegionLue {
    pub monde: Monde,
    pub charge: Charge,
    /// The first page of its poles.
    pub annuaire: Annuaire,
    pub croissance: Croissance,
    /// How many bear each sign, and the list of them.
    pub signes: Vec<(Signe, u64, Filtre)>,
    /// The list of signatories that was said whole last.
    pub liste_attestee: Option<Attestation>,
    /// Those of which nothing says whether they signed the Charter.
    pub signature_inconnue: (u64, Filtre),
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
pub async fn toutes(base: &mut Lecture, monde: Monde) -> Result<Regions, Panne> {
    let comptes = comptes::par_region(base, monde.reels()).await?;
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
        monde,
    })
}

/// One region.
pub async fn lire(
    base: &mut Lecture,
    region: Region,
    monde: Monde,
    maintenant: Timestamp,
) -> Result<RegionLue, Panne> {
    let lieu = Lieu::Region(region);
    let filtre = Filtre::du_lieu(lieu, &monde);
    let mut signes = Vec::new();
    for signe in Signe::TOUS {
        let filtre = Filtre {
            signe: signe.code().to_owned(),
            ..filtre.clone()
        };
        let combien = fiches::compter(base, &filtre.demande(Vec::new())).await?;
        signes.push((*signe, combien, filtre));
    }
    let inconnue = Filtre {
        signe: NON_CONNU.to_owned(),
        ..filtre.clone()
    };
    let combien = fiches::compter(base, &inconnue.demande(Vec::new())).await?;
    let signature_inconnue = (combien, inconnue);
    let comptes = comptes::par_departement(base, region, monde.reels()).await?;
    let combien = |departement: Option<&str>| {
        let siens = comptes
            .iter()
            .filter(|(ou, _)| ou.as_deref() == departement);
        siens.map(|(_, combien)| combien).sum()
    };
    Ok(RegionLue {
        charge: territoire::charge(base, region).await?,
        annuaire: annuaire::lire(base, filtre).await?,
        croissance: territoire::croissance(base, (lieu, &monde), maintenant).await?,
        signes,
        liste_attestee: consignations::liste_des_signataires(base).await?,
        signature_inconnue,
        departements: region
            .departements()
            .iter()
            .map(|code| (*code, combien(Some(code))))
            .collect(),
        sans_departement: combien(None),
        monde,
    })
}
