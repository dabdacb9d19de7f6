//! The act that leaves no dossier without a cell: the pilot names the one that
//! stands in for a region without one (P-20).

use metier::{
    commun::Region,
    instruction::{RefusSuppleance, Suppleance, regions_sans_cellule, suppleer},
};
use uuid::Uuid;

use super::store::{self, suppleances};
use crate::socle::{
    acte::Acte,
    db::{Lecture, Tx},
    droits::{Droit, Perimetre, Personne},
    erreurs::{Echec, Panne, Refusable},
    horloge::RecuLe,
    journal::Entree,
};

/// Names the substitute: `POST /cellules/{region}/suppleance`.
pub struct Suppleer {
    pub par: Personne,
    pub region: Region,
    pub cellule: Region,
    pub recu_le: RecuLe,
}

/// A substitute named, with the identifier the act got.
pub struct Suppleee {
    pub id: Uuid,
    pub suppleance: Suppleance,
}

impl Acte for Suppleer {
    type Fait = Suppleee;
    type Refus = RefusSuppleance;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Suppleee, Echec<RefusSuppleance>> {
        suppleances::prendre(tx, self.region).await?;
        self.par
            .exiger(Droit::NommerSuppleante, Perimetre::National)?;
        let cellules = store::cellules(tx).await?;
        let suppleance = suppleer(
            self.region,
            self.cellule,
            &cellules,
            self.par.compte,
            self.recu_le.0,
        )
        .refuse()?;
        let id = suppleances::record_suppleance(tx, &suppleance).await?;
        Ok(Suppleee { id, suppleance })
    }

    fn entrees(&self, fait: &Suppleee) -> Vec<Entree> {
        let acte = &fait.suppleance;
        vec![
            Entree::new("suppleance", "suppleance", fait.id, acte.nommee_le)
                .par(acte.par)
                .engageant(format!("{} {}", acte.region.code(), acte.cellule.code())),
        ]
    }
}

/// The regions whose dossiers have nobody to read them, with how many wait; of
/// one call, or of all when `campagne` is empty.
pub async fn sans_cellule(base: &mut Lecture, campagne: &str) -> Result<Vec<(Region, i64)>, Panne> {
    let sans = regions_sans_cellule(&store::cellules(base).await?);
    if sans.is_empty() {
        return Ok(Vec::new());
    }
    let mut attente = suppleances::en_attente(base, campagne).await?;
    attente.retain(|(region, _)| sans.contains(region));
    Ok(attente)
}
