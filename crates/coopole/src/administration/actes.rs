//! Trying a failed job again.

use uuid::Uuid;

use super::store;
use crate::socle::{
    acte::Acte,
    db::Tx,
    droits::{Droit, Perimetre, Personne},
    erreurs::Echec,
    horloge::RecuLe,
    journal::Entree,
};

/// `POST /admin/taches/{id}/relance`
pub struct Relancer {
    pub par: Personne,
    pub tache: Uuid,
    pub recu_le: RecuLe,
}

impl Acte for Relancer {
    type Fait = ();
    /// Nothing refuses it: a job done meanwhile simply no longer exists here.
    type Refus = std::convert::Infallible;

    async fn accomplir(&self, tx: &mut Tx) -> Result<(), Echec<Self::Refus>> {
        self.par.exiger(Droit::Administrer, Perimetre::National)?;
        Ok(store::relancer(tx, self.tache).await?)
    }

    fn entrees(&self, (): &()) -> Vec<Entree> {
        vec![Entree::new("relance", "tache", self.tache, self.recu_le.0).par(self.par.compte)]
    }
}
