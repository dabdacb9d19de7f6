//! The acts on a dossier. Each loads, asks the rule, records, and enqueues
//! what follows; the engine does the rest (`socle::acte`).

mod retrait;

pub use retrait::Retirer;

use std::sync::Arc;

use metier::dossiers::{Ouverture, RefusOuverture};
use uuid::Uuid;

use super::store;
use crate::{
    campagnes::Campagne,
    socle::{
        acte::Acte,
        db::Tx,
        droits::{Droit, Perimetre, Personne},
        erreurs::{Echec, Refusable},
        horloge::RecuLe,
        journal::Entree,
    },
};

/// Opens a draft: `POST /appels/{code}/dossiers`.
pub struct Ouvrir {
    pub par: Personne,
    pub campagne: Arc<Campagne>,
    pub pole: Uuid,
    /// Fields of the form already answered, before any account: code, answer.
    pub reponses: Vec<(String, String)>,
    pub recu_le: RecuLe,
}

/// A draft that is open, with the identifier it got.
pub struct Ouvert {
    pub id: Uuid,
    pub ouverture: Ouverture,
}

impl Acte for Ouvrir {
    type Fait = Ouvert;
    type Refus = RefusOuverture;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Ouvert, Echec<RefusOuverture>> {
        self.par
            .exiger(Droit::RemplirDossier, Perimetre::Pole(self.pole))?;
        let existant = store::find_du_pole(tx, &self.campagne.code, self.pole).await?;
        let porteuse = store::porteuse_connue(tx, self.pole).await?;
        let ouverture = Ouverture::decider(
            (&self.campagne.code, &self.campagne.fenetre),
            (self.pole, porteuse),
            existant,
            self.par.compte,
            self.recu_le.0,
        )
        .refuse()?;
        let id = store::record_ouverture(tx, &ouverture, &self.campagne).await?;
        for (champ, texte) in &self.reponses {
            let reponse = (champ.as_str(), texte.as_str());
            store::record_reponse(tx, id, reponse, self.par.compte, self.recu_le.0).await?;
        }
        Ok(Ouvert { id, ouverture })
    }

    fn entrees(&self, fait: &Ouvert) -> Vec<Entree> {
        vec![Entree::new("ouverture", "dossier", fait.id, fait.ouverture.le).par(self.par.compte)]
    }
}
