//! The acts on an account: create, give a role, suspend.

use jiff::Timestamp;
use uuid::Uuid;

use super::store::{self, Periode};
use crate::{
    registre,
    socle::{
        acte::Acte,
        db::Tx,
        droits::{Habilitation, Perimetre, Role},
        erreurs::Echec,
        horloge::RecuLe,
        journal::Entree,
        session,
    },
};

/// Why an account cannot be created or given a role.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefusCompte {
    #[error("Un compte existe déjà à cette adresse.")]
    DejaLa,
    #[error("Aucun compte à cette adresse. Créez-le d’abord : coopole compte creer.")]
    Inconnu,
    #[error("Le rôle « {role} » se donne sur {attendu}.")]
    Perimetre { role: Role, attendu: &'static str },
    #[error("La période finit avant de commencer.")]
    Periode,
    #[error("Ce pôle n’existe pas.")]
    PoleInconnu,
    #[error("Ce compte tient déjà ce rôle\u{202f}: rien n’a changé.")]
    DejaHabilite,
}

/// Creates an account that may do nothing yet.
pub struct Creer {
    pub courriel: String,
    pub nom: String,
    pub recu_le: RecuLe,
}

impl Acte for Creer {
    type Fait = Uuid;
    type Refus = RefusCompte;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Uuid, Echec<RefusCompte>> {
        if store::find_by_courriel(tx, &self.courriel).await?.is_some() {
            return Err(Echec::Refus(RefusCompte::DejaLa));
        }
        Ok(store::create(tx, &self.courriel, &self.nom, self.recu_le.0).await?)
    }

    fn entrees(&self, compte: &Uuid) -> Vec<Entree> {
        vec![Entree::new("creation", "compte", *compte, self.recu_le.0)]
    }
}

/// Gives an account a role on a scope, for a period.
pub struct Habiliter {
    pub courriel: String,
    pub habilitation: Habilitation,
    /// From when it holds; from now on when it is not said.
    pub du: Option<Timestamp>,
    /// The instant before which it ends, if it does.
    pub au: Option<Timestamp>,
    pub recu_le: RecuLe,
}

impl Acte for Habiliter {
    type Fait = Uuid;
    type Refus = RefusCompte;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Uuid, Echec<RefusCompte>> {
        let Habilitation {
            role, perimetre, ..
        } = self.habilitation;
        let attendu = match (role, perimetre) {
            (Role::Porteur, Perimetre::Pole(pole)) => match store::pole_existe(tx, pole).await? {
                true => None,
                false => return Err(Echec::Refus(RefusCompte::PoleInconnu)),
            },
            (Role::Cra, Perimetre::Region(_)) => None,
            (Role::Collectivite, perimetre) if perimetre.territoire().is_some() => None,
            (Role::Porteur, _) => Some("un pôle"),
            (Role::Cra, _) => Some("une région"),
            (Role::Collectivite, _) => Some("une région, un département ou une intercommunalité"),
            (_, Perimetre::National) => None,
            (_, _) => Some("la nation, sans pôle ni territoire"),
        };
        if let Some(attendu) = attendu {
            return Err(Echec::Refus(RefusCompte::Perimetre { role, attendu }));
        }
        let periode = Periode {
            du: self.du.unwrap_or(self.recu_le.0),
            au: self.au,
        };
        if periode.au.is_some_and(|au| au <= periode.du) {
            return Err(Echec::Refus(RefusCompte::Periode));
        }
        let compte = compte(tx, &self.courriel).await?;
        if store::est_habilite(tx, compte, self.habilitation, periode.du).await? {
            return Err(Echec::Refus(RefusCompte::DejaHabilite));
        }
        store::habiliter(tx, compte, self.habilitation, periode).await?;
        if role == Role::Collectivite {
            registre::suivre_d_office(tx, compte, perimetre, self.recu_le.0).await?;
        }
        Ok(compte)
    }

    fn entrees(&self, compte: &Uuid) -> Vec<Entree> {
        let role = self.habilitation.role.code();
        vec![Entree::new("habilitation", "compte", *compte, self.recu_le.0).motif(role)]
    }
}

/// Ends what the account may do, and its sessions.
pub struct Suspendre {
    pub courriel: String,
    pub recu_le: RecuLe,
}

impl Acte for Suspendre {
    type Fait = Uuid;
    type Refus = RefusCompte;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Uuid, Echec<RefusCompte>> {
        let compte = compte(tx, &self.courriel).await?;
        store::clore_habilitations(tx, compte, self.recu_le.0).await?;
        session::fermer_partout(tx, compte).await?;
        Ok(compte)
    }

    fn entrees(&self, compte: &Uuid) -> Vec<Entree> {
        vec![Entree::new("suspension", "compte", *compte, self.recu_le.0)]
    }
}

async fn compte(tx: &mut Tx, courriel: &str) -> Result<Uuid, Echec<RefusCompte>> {
    match store::prendre(tx, courriel).await? {
        Some(compte) => Ok(compte.id),
        None => Err(Echec::Refus(RefusCompte::Inconnu)),
    }
}
