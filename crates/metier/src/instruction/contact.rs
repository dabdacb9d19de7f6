//! Where the public writes to a cell: an address of the cell, never that of one
//! of its people.

use jiff::Timestamp;
use uuid::Uuid;

use super::{Cellule, Competence, cellule_competente};
use crate::commun::{Raison, Refus, Region, est_une_adresse, parle_par_ses_raisons};

/// The dated act: from now on, the public pages of the region give this address,
/// or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The region of the cell.
    pub region: Region,
    /// The address; none takes the former one back.
    pub courriel: Option<String>,
    /// Who published it.
    pub par: Uuid,
    /// When.
    pub publie_le: Timestamp,
}

/// Why an address is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusContact {
    /// The region has no cell of its own: nobody would read the mail.
    SansCellule(Region),
    /// What was typed is no address.
    PasUneAdresse,
    /// It is that of somebody's account.
    ADeQuelquUn,
}

/// Publishes the address of a cell, or takes it back when nothing is typed.
///
/// `a_quelqu_un`: the address is that of an account of the service, which only
/// a person has.
pub fn publier_le_contact(
    region: Region,
    cellules: &[Cellule],
    (saisie, a_quelqu_un): (&str, bool),
    par: Uuid,
    le: Timestamp,
) -> Result<Contact, RefusContact> {
    let courriel = Some(saisie.trim()).filter(|saisie| !saisie.is_empty());
    match cellule_competente(region, cellules) {
        Competence::Titulaire(_) => {}
        _ => return Err(RefusContact::SansCellule(region)),
    }
    match courriel {
        Some(courriel) if !est_une_adresse(courriel) => Err(RefusContact::PasUneAdresse),
        Some(_) if a_quelqu_un => Err(RefusContact::ADeQuelquUn),
        _ => Ok(Contact {
            region,
            courriel: courriel.map(str::to_owned),
            par,
            publie_le: le,
        }),
    }
}

impl Refus for RefusContact {
    fn raisons(&self) -> Vec<Raison> {
        let raison = match self {
            Self::SansCellule(region) => Raison::new(
                "contact_sans_cellule",
                format!("La région {} n’a pas de cellule à qui écrire.", region.nom()),
            )
            .remede("Ses pages donnent l’adresse de la cellule qui la supplée."),
            Self::PasUneAdresse => Raison::new(
                "contact_illisible",
                "Ce n’est pas une adresse électronique.",
            )
            .remede("Écrivez-la en entier : « cellule@reseau.example ». Laissez vide pour n’en publier aucune."),
            Self::ADeQuelquUn => Raison::new(
                "contact_personnel",
                "Cette adresse est celle d’une personne qui a un compte ici.",
            )
            .remede("Donnez une adresse de la cellule, que plusieurs relèvent : elle sera lue de tous."),
        };
        vec![raison.ancre("courriel")]
    }
}

parle_par_ses_raisons!(RefusContact);

#[cfg(test)]
mod tests {
    use super::*;

    fn publier(region: Region, saisie: &str, a_quelqu_un: bool) -> Result<Contact, RefusContact> {
        let cellules = [Cellule {
            region: Region::Bretagne,
            active: true,
            supplee: vec![Region::Corse],
        }];
        publier_le_contact(
            region,
            &cellules,
            (saisie, a_quelqu_un),
            Uuid::nil(),
            Timestamp::UNIX_EPOCH,
        )
    }

    #[test]
    fn une_cellule_publie_son_adresse_et_la_reprend() {
        let publie = publier(Region::Bretagne, " cellule@reseau.example ", false).unwrap();
        assert_eq!(publie.courriel.as_deref(), Some("cellule@reseau.example"));
        assert_eq!(
            publier(Region::Bretagne, "  ", false).unwrap().courriel,
            None
        );
    }

    #[test]
    fn l_adresse_d_une_personne_ne_se_publie_pas() {
        let refus = publier(Region::Bretagne, "gwenn@cellule.example", true);
        assert_eq!(refus, Err(RefusContact::ADeQuelquUn));
    }

    #[test]
    fn ce_qui_n_est_pas_une_adresse_ne_se_publie_pas() {
        for saisie in [
            "cellule",
            "cellule@",
            "@reseau.example",
            "a b@reseau.example",
        ] {
            let refus = publier(Region::Bretagne, saisie, false);
            assert_eq!(refus, Err(RefusContact::PasUneAdresse), "{saisie}");
        }
    }

    #[test]
    fn une_region_sans_cellule_n_a_pas_d_adresse() {
        let refus = publier(Region::Corse, "cellule@reseau.example", false);
        assert_eq!(refus, Err(RefusContact::SansCellule(Region::Corse)));
    }
}
