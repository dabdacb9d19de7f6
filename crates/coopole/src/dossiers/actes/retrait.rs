//! Taking a dossier back, for good.

use std::sync::Arc;

use metier::dossiers::{RefusRetrait, Retrait};
use uuid::Uuid;

use crate::{
    campagnes::Campagne,
    decisions,
    dossiers::{depot::etat, store},
    socle::{
        acte::Acte,
        db::Tx,
        droits::{Droit, Personne},
        erreurs::{Echec, Refusable},
        horloge::RecuLe,
        journal::Entree,
    },
};

/// Takes the dossier back: `POST /dossiers/{id}/retrait`.
pub struct Retirer {
    pub par: Personne,
    pub dossier: Uuid,
    pub campagne: Arc<Campagne>,
    pub recu_le: RecuLe,
}

impl Acte for Retirer {
    type Fait = Retrait;
    type Refus = RefusRetrait;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Retrait, Echec<RefusRetrait>> {
        store::prendre(tx, self.dossier).await?;
        let dossier = store::find_pour(tx, self.dossier, &self.par, Droit::DeposerDossier).await?;
        let visible = decisions::visible(tx, dossier.id, self.recu_le.0).await?;
        let retrait = etat(&dossier)
            .retirer(
                &self.campagne.fenetre,
                visible.map(|decision| decision.notifiee_le()),
                self.par.compte,
                self.recu_le.0,
            )
            .refuse()?;
        store::record_retrait(tx, &retrait).await?;
        Ok(retrait)
    }

    fn entrees(&self, fait: &Retrait) -> Vec<Entree> {
        vec![Entree::new("retrait", "dossier", fait.dossier, fait.retire_le).par(self.par.compte)]
    }
}
