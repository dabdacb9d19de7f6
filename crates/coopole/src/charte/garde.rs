//! What the keeper of the Charter decides on a signature: publishing one given
//! in support, setting one aside. Who signed is told of both.

use jiff::Timestamp;
use metier::{
    charte::{Gardee, RefusConfirmation, RefusEcartement},
    commun::{temps, typographie},
};
use uuid::Uuid;

use super::{
    certificat::CERTIFICAT,
    store::{self, SignatureLue},
};
use crate::{
    comptes,
    socle::{
        acte::Acte,
        courriels::{self, Courriel},
        db::Tx,
        droits::{Droit, Perimetre, Personne},
        erreurs::{Echec, Panne, Refusable},
        horloge::RecuLe,
        journal::Entree,
        taches,
    },
    urls,
};

/// Publishes a signature given in support: `POST
/// /charte/signatures/{id}/confirmation`.
pub struct Confirmer {
    pub par: Personne,
    pub signature: Uuid,
    /// Where the links of the mail lead: `COOPOLE_URL`.
    pub url: String,
    pub recu_le: RecuLe,
}

impl Acte for Confirmer {
    type Fait = ();
    type Refus = RefusConfirmation;

    async fn accomplir(&self, tx: &mut Tx) -> Result<(), Echec<RefusConfirmation>> {
        let (lue, gardee) = prendre(tx, &self.par, self.signature).await?;
        gardee.confirmer().refuse()?;
        let le = self.recu_le.0;
        store::record_confirmation(tx, lue.id, le).await?;
        taches::enqueue(tx, CERTIFICAT, lue.id, le).await?;
        let texte = format!(
            "La signature de la Charte des PTCE que vous avez donnée pour « {} » est confirmée. \
             Elle est publiée. Sa preuve et son certificat sont à cette adresse :",
            lue.signataire()
        );
        ecrire(tx, &lue, (&texte, &self.url), le).await?;
        Ok(())
    }

    fn entrees(&self, (): &()) -> Vec<Entree> {
        let entree = Entree::new(
            "confirmation",
            "signature_charte",
            self.signature,
            self.recu_le.0,
        );
        vec![entree.par(self.par.compte)]
    }
}

/// Sets a signature aside: `POST /charte/signatures/{id}/ecartement`.
pub struct Ecarter {
    pub par: Personne,
    pub signature: Uuid,
    pub motif: String,
    pub url: String,
    pub recu_le: RecuLe,
}

impl Acte for Ecarter {
    type Fait = ();
    type Refus = RefusEcartement;

    async fn accomplir(&self, tx: &mut Tx) -> Result<(), Echec<RefusEcartement>> {
        let (lue, gardee) = prendre(tx, &self.par, self.signature).await?;
        gardee.ecarter(&self.motif).refuse()?;
        let le = self.recu_le.0;
        store::record_retrait(tx, &lue, le).await?;
        store::record_ecartement(tx, lue.id, &self.motif, (self.par.compte, le)).await?;
        let texte = format!(
            "Le gardien de la Charte des PTCE a écarté, le {}, la signature donnée pour « {} ». \
             Elle ne vaut plus. Voici pourquoi : « {} » Sa preuve reste à cette adresse :",
            temps::jour_long(le),
            lue.signataire(),
            self.motif
        );
        ecrire(tx, &lue, (&texte, &self.url), le).await?;
        Ok(())
    }

    fn entrees(&self, (): &()) -> Vec<Entree> {
        let entree = Entree::new(
            "ecartement",
            "signature_charte",
            self.signature,
            self.recu_le.0,
        );
        vec![entree.par(self.par.compte).engageant(self.motif.as_str())]
    }
}

/// The signature, for its keeper alone. Its version is taken first: two
/// signatures of one organisation are confirmed one after the other.
async fn prendre(
    tx: &mut Tx,
    par: &Personne,
    signature: Uuid,
) -> Result<(SignatureLue, Gardee), Panne> {
    par.exiger(Droit::TenirCharte, Perimetre::National)?;
    let lue = store::find(tx, signature).await?;
    // The double that a merge left is out of every count: the other is decided on.
    if lue.doublon_de.is_some() {
        return Err(Panne::Introuvable);
    }
    store::prendre_si_presentee(tx, &lue.version).await?;
    store::prendre_la_signature(tx, &lue).await?;
    let lue = store::find(tx, signature).await?;
    let gardee = Gardee {
        publiee: lue.publiee,
        retiree_le: lue.retiree_le,
        autre: store::autre_publiee(tx, &lue).await?,
    };
    Ok((lue, gardee))
}

/// Writes to who signed; a signature older than this house has nobody here.
async fn ecrire(
    tx: &mut Tx,
    lue: &SignatureLue,
    (texte, url): (&str, &str),
    le: Timestamp,
) -> Result<(), Panne> {
    let Some(preuve) = &lue.preuve else {
        return Ok(());
    };
    let adresse = urls::signature_de_la_charte(lue.id);
    let courriel = Courriel {
        genre: "charte",
        a: comptes::store::courriel_de(tx, preuve.par).await?,
        objet: "Signature de la Charte des PTCE".to_owned(),
        texte: typographie(&format!("Bonjour,\n\n{texte}\n")) + &format!("{url}{adresse}\n"),
    };
    courriels::enqueue(tx, &courriel, le).await.map(drop)
}
