//! The sittings where poles sign: opened and closed by the keeper. What is
//! signed there is signed by the same act as anywhere, by whoever answers for
//! the pole, signed in with their own account.

use metier::charte::{Annonce, RefusCloture, RefusSeance};
use uuid::Uuid;

use super::store;
use crate::socle::{
    acte::Acte,
    db::Tx,
    droits::{Droit, Perimetre, Personne},
    erreurs::{Echec, Refusable},
    horloge::RecuLe,
    journal::Entree,
};

/// What the keeper typed of a sitting.
#[derive(Debug, Clone, Default)]
pub struct Saisie {
    pub nom: String,
    pub lieu: String,
    pub jour: String,
    pub de: String,
    pub a: String,
}

/// Opens a sitting: `POST /charte/gestion/seances`.
pub struct Ouvrir {
    pub par: Personne,
    pub saisie: Saisie,
    pub recu_le: RecuLe,
}

impl Acte for Ouvrir {
    /// The sitting.
    type Fait = Uuid;
    type Refus = RefusSeance;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Uuid, Echec<RefusSeance>> {
        self.par.exiger(Droit::TenirCharte, Perimetre::National)?;
        let Saisie {
            nom,
            lieu,
            jour,
            de,
            a,
        } = &self.saisie;
        let annonce = Annonce {
            nom,
            lieu,
            jour,
            de,
            a,
        };
        let le = self.recu_le.0;
        let seance = annonce.lire(le).refuse()?;
        Ok(store::record_seance(tx, &seance, self.par.compte, le).await?)
    }

    fn entrees(&self, seance: &Uuid) -> Vec<Entree> {
        vec![
            Entree::new("ouverture", "seance_charte", *seance, self.recu_le.0).par(self.par.compte),
        ]
    }
}

/// Closes it before its hour: `POST /charte/gestion/seances/{id}/cloture`.
pub struct Clore {
    pub par: Personne,
    pub seance: Uuid,
    pub recu_le: RecuLe,
}

impl Acte for Clore {
    type Fait = ();
    type Refus = RefusCloture;

    async fn accomplir(&self, tx: &mut Tx) -> Result<(), Echec<RefusCloture>> {
        self.par.exiger(Droit::TenirCharte, Perimetre::National)?;
        store::prendre_la_seance(tx, self.seance).await?;
        let lue = store::seance(tx, self.seance).await?;
        let le = lue.seance.clore(self.recu_le.0).refuse()?;
        Ok(store::record_cloture(tx, self.seance, le).await?)
    }

    fn entrees(&self, (): &()) -> Vec<Entree> {
        vec![
            Entree::new("cloture", "seance_charte", self.seance, self.recu_le.0)
                .par(self.par.compte),
        ]
    }
}
