//! The act by which a cell gives, or takes back, the address the public writes
//! to. Its region's pages show it, and those of the regions it stands in for.

use metier::{
    commun::Region,
    instruction::{Contact, RefusContact, publier_le_contact},
};
use uuid::Uuid;

use super::store::{self, contacts, suppleances};
use crate::{
    comptes::store as comptes,
    socle::{
        acte::Acte,
        db::Tx,
        droits::{Droit, Perimetre, Personne},
        erreurs::{Echec, Panne, Refusable},
        horloge::RecuLe,
        journal::Entree,
    },
};

/// Publishes an address: `POST /cellules/{region}/contact`.
pub struct Publier {
    pub par: Personne,
    pub region: Region,
    pub courriel: String,
    pub recu_le: RecuLe,
}

/// An address published, with the identifier the act got.
pub struct Publie {
    id: Uuid,
    contact: Contact,
}

/// The cell itself, or the pilot who knows all of them.
pub fn exiger(personne: &Personne, region: Region) -> Result<(), Panne> {
    match personne.peut(Droit::PublierContact, Perimetre::Region(region)) {
        true => Ok(()),
        false => personne.exiger(Droit::PublierContact, Perimetre::National),
    }
}

impl Acte for Publier {
    type Fait = Publie;
    type Refus = RefusContact;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Publie, Echec<RefusContact>> {
        suppleances::prendre(tx, self.region).await?;
        exiger(&self.par, self.region)?;
        let cellules = store::cellules(tx).await?;
        let saisie = comptes::plier(&self.courriel);
        let quelqu_un = comptes::find_by_courriel(tx, &saisie).await?;
        let contact = publier_le_contact(
            self.region,
            &cellules,
            (&saisie, quelqu_un.is_some()),
            self.par.compte,
            self.recu_le.0,
        )
        .refuse()?;
        let id = contacts::record(tx, &contact).await?;
        Ok(Publie { id, contact })
    }

    fn entrees(&self, fait: &Publie) -> Vec<Entree> {
        let acte = &fait.contact;
        let adresse = acte.courriel.as_deref().unwrap_or("aucune");
        vec![
            Entree::new("contact_de_cellule", "cellule", fait.id, acte.publie_le)
                .par(acte.par)
                .engageant(format!("{} {adresse}", acte.region.code())),
        ]
    }
}
