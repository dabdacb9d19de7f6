//! Which dossiers a person of a cell sees: the wall of this room.

use metier::{
    commun::Region,
    instruction::{Cellule, Competence, Instance, cellule_competente},
};
use uuid::Uuid;

use super::store;
use crate::{
    comite,
    dossiers::{self, Dossier},
    socle::{
        db::Lecture,
        droits::{Droit, Perimetre, Personne},
        erreurs::Panne,
    },
};

/// A filed dossier, and who is competent for it.
#[derive(Debug, Clone)]
pub struct DossierDeCellule {
    pub dossier: Dossier,
    pub competence: Competence,
}

/// Where a right on what this instance does is held.
pub fn perimetre(instance: Instance) -> Perimetre {
    match instance {
        Instance::Cellule(region) => Perimetre::Region(region),
        Instance::Etat => Perimetre::National,
    }
}

impl DossierDeCellule {
    pub fn perimetre(&self) -> Perimetre {
        perimetre(self.competence.instance())
    }

    /// The region of the cell that acts; none when the State acts alone.
    pub fn cellule(&self) -> Option<Region> {
        match self.competence.instance() {
            Instance::Cellule(region) => Some(region),
            Instance::Etat => None,
        }
    }
}

/// The dossier as its cell sees it; for anyone else, before it is filed, once it
/// is taken back, and for whoever stands aside from it on the committee, it does
/// not exist.
pub async fn trouver(
    base: &mut Lecture,
    id: Uuid,
    personne: &Personne,
    droit: Droit,
) -> Result<DossierDeCellule, Panne> {
    let dossier = dossiers::find(base, id).await?;
    if dossier.depose_le.is_none() || dossier.retire_le.is_some() {
        return Err(Panne::Introuvable);
    }
    let competence = cellule_competente(dossier.region, &store::cellules(base).await?);
    personne.exiger(droit, perimetre(competence.instance()))?;
    if comite::est_deporte(base, id, personne.compte).await? {
        return Err(Panne::Introuvable);
    }
    Ok(DossierDeCellule {
        dossier,
        competence,
    })
}

/// The regions whose dossiers come to the cell of that region.
pub fn regions_de(cellule: Region, cellules: &[Cellule]) -> Vec<Region> {
    Region::TOUTES
        .iter()
        .copied()
        .filter(|region| {
            cellule_competente(*region, cellules).instance() == Instance::Cellule(cellule)
        })
        .collect()
}
