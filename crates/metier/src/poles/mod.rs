//! The pole and the structure that carries it: what they are, never what they
//! ask for.
//!
//! A pole is not a legal person: it has a carrying structure and members
//! (loi 2014-856, art. 9). Rooms after this one read these facts; nothing here
//! asks a directory or decides who is eligible.

pub mod anglais;
pub mod carte;
pub mod consignation;
mod correction;
mod croisement;
pub mod declaration;
mod domaine;
pub mod doublon;
mod equipe;
mod forme;
pub mod fusion;
pub mod import;
mod lieu;
mod maturite;
mod membre;
pub mod mots;
mod porteuse;
mod qualite;
pub mod revendication;
mod signe;
pub mod sortie;
mod theme;

pub use correction::{
    ALINEA_AU_PLUS, Correction, Information, NOM_AU_PLUS, NON, OUI, PHRASE_AU_PLUS,
    PRESENTATION_AU_PLUS, RefusCorrection, Sort, annuler, trancher,
};
pub use croisement::{Croisement, Laureat, Liste, Reserve, Statut};
pub use domaine::{SansPreuve, domaine_du_site};
pub use equipe::{EQUIPE_AU_PLUS, Equipe, Place, RefusEquipe};
pub use forme::FormeJuridique;
pub use lieu::{Emplacement, Lieu, Precision};
pub use maturite::{Maturite, Referentiel};
pub use membre::{MEMBRES_AU_PLUS, Membre, Moment, NatureMembre, membres};
pub use porteuse::Porteuse;
pub use qualite::{Origine, QualiteEss};
pub use signe::Signe;
pub use theme::{Theme, themes};

use uuid::Uuid;

use crate::commun::{Region, Rna, Siren, Siret};

/// The legal person that files, signs and is paid for a pole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structure {
    /// Its name in the directories.
    pub denomination: String,
    /// Number of its seat, once known.
    pub siret: Option<Siret>,
    /// Number of the association; often absent, never required.
    pub rna: Option<Rna>,
    /// Legal form, once known.
    pub forme: Option<FormeJuridique>,
    /// Quality declared or proved; a form that settles it prevails.
    pub qualite_declaree: Option<QualiteEss>,
    /// Region of its seat: the one whose cell is competent (notice 2024, § 6.2).
    pub region: Option<Region>,
}

impl Structure {
    /// The legal person behind the establishment.
    pub fn siren(&self) -> Option<Siren> {
        self.siret.as_ref().map(Siret::siren)
    }

    /// Whether it belongs to the social economy, and how that is known.
    ///
    /// Nothing when neither the form nor a declaration says it: unknown is
    /// not a no.
    pub fn qualite_ess(&self) -> Option<(QualiteEss, Origine)> {
        let deduite = self.forme.and_then(FormeJuridique::qualite_ess);
        match deduite {
            Some(qualite) => Some((qualite, Origine::FormeJuridique)),
            None => self.qualite_declaree.map(|q| (q, Origine::Declaration)),
        }
    }

    /// Whether it may carry a pole as its main carrier: a structure of the
    /// social economy, never a public body, whatever it declares (notice 2024,
    /// § 3.a, note 2).
    pub fn peut_porter(&self) -> Option<bool> {
        self.qualite_ess().map(|(qualite, _)| qualite.est_ess())
    }
}

/// A territorial grouping and its carrier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pole {
    /// Its identifier.
    pub id: Uuid,
    /// The name it goes by.
    pub nom: String,
    /// Who carries it today.
    pub porteuse: Structure,
    /// Where it stands, in the vocabulary of its source.
    pub maturite: Option<Maturite>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn structure(forme: Option<FormeJuridique>, declaree: Option<QualiteEss>) -> Structure {
        Structure {
            denomination: "Les Rives solidaires".into(),
            siret: None,
            rna: None,
            forme,
            qualite_declaree: declaree,
            region: Some(Region::Bretagne),
        }
    }

    #[test]
    fn une_association_est_de_l_ess_sans_avoir_a_le_dire() {
        let association = structure(Some(FormeJuridique::Association), None);
        assert_eq!(
            association.qualite_ess(),
            Some((QualiteEss::DeDroit, Origine::FormeJuridique))
        );
        assert_eq!(association.peut_porter(), Some(true));
    }

    #[test]
    fn une_societe_commerciale_doit_prouver_sa_qualite() {
        let sas = structure(Some(FormeJuridique::SocieteCommerciale), None);
        assert_eq!(sas.peut_porter(), None);
        let sas_ess = structure(
            Some(FormeJuridique::SocieteCommerciale),
            Some(QualiteEss::SocieteEss),
        );
        assert_eq!(sas_ess.peut_porter(), Some(true));
    }

    #[test]
    fn une_collectivite_ne_porte_pas_un_pole_a_titre_principal() {
        let commune = structure(Some(FormeJuridique::Collectivite), None);
        assert_eq!(commune.peut_porter(), Some(false));
        let declaree = structure(
            Some(FormeJuridique::Collectivite),
            Some(QualiteEss::DeDroit),
        );
        assert_eq!(declaree.peut_porter(), Some(false));
    }
}
