//! The legal person that a signature engages: an organisation in support, or
//! the structure that carries the pole, which is itself none (dispositif,
//! § 1.3 and § 2.1).

use super::{QualiteSignature, mandat::trop_long};
use crate::commun::{IdentifiantIllisible, Raison, Siren, Siret};

/// Who is engaged, under the number by which anyone finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonneMorale {
    /// An organisation in support.
    Organisation {
        /// Its name.
        nom: String,
        /// Its number.
        siren: Siren,
    },
    /// The structure that carries a pole.
    Porteuse {
        /// Its name.
        nom: String,
        /// The establishment that carries the pole.
        siret: Siret,
    },
}

/// The same, as it was typed or found in the register.
#[derive(Debug, Clone, Copy)]
pub struct Nommee<'a> {
    /// In what quality it signs.
    pub qualite: QualiteSignature,
    /// Its name.
    pub nom: &'a str,
    /// SIRET of a carrying structure, SIREN of an organisation.
    pub numero: &'a str,
}

impl Nommee<'_> {
    /// Who it is, or all that cannot be read of it.
    pub fn lire(&self) -> Result<PersonneMorale, Vec<Raison>> {
        let (absent, quoi, champs) = match self.qualite {
            QualiteSignature::Pole => (
                "Dites quelle structure porte le pôle : c’est elle que la signature engage.",
                "Le nom de la structure",
                ["structure", "siret"],
            ),
            QualiteSignature::Soutien => (
                "Indiquez le nom de l’organisation.",
                "Le nom de l’organisation",
                ["nom", "siren"],
            ),
        };
        let nom = self.nom.trim().to_owned();
        let mut raisons = Vec::new();
        if nom.is_empty() {
            raisons.push(Raison::new("nom_absent", absent).ancre(champs[0]));
        }
        raisons.extend(trop_long(&nom, "nom_trop_long", quoi, champs[0]));
        let lue = match self.qualite {
            QualiteSignature::Pole => self
                .numero
                .parse()
                .map(|siret| PersonneMorale::Porteuse { nom, siret }),
            QualiteSignature::Soutien => self
                .numero
                .parse()
                .map(|siren| PersonneMorale::Organisation { nom, siren }),
        };
        let illisible = |illisible: IdentifiantIllisible| {
            let code = match self.qualite {
                QualiteSignature::Pole => "siret_attendu",
                QualiteSignature::Soutien => "siren_attendu",
            };
            Raison::new(code, illisible.to_string()).ancre(champs[1])
        };
        match (lue, raisons.is_empty()) {
            (Ok(personne), true) => Ok(personne),
            (Ok(_), false) => Err(raisons),
            (Err(faute), _) => {
                raisons.push(illisible(faute));
                Err(raisons)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ancres(nommee: Nommee<'_>) -> Vec<String> {
        let raisons = nommee.lire().unwrap_err();
        raisons.into_iter().filter_map(|r| r.ancre).collect()
    }

    #[test]
    fn un_pole_engage_la_structure_qui_le_porte_par_son_siret() {
        let porteuse = Nommee {
            qualite: QualiteSignature::Pole,
            nom: " Les Rives solidaires ",
            numero: "900 000 019 00019",
        };
        assert_eq!(
            porteuse.lire(),
            Ok(PersonneMorale::Porteuse {
                nom: "Les Rives solidaires".into(),
                siret: "90000001900019".parse().unwrap(),
            })
        );
        // A SIREN alone does not say which establishment.
        let siren = Nommee {
            numero: "900 000 019",
            ..porteuse
        };
        assert_eq!(ancres(siren), ["siret"]);
        let rien = Nommee {
            nom: "",
            numero: "",
            ..porteuse
        };
        assert_eq!(ancres(rien), ["structure", "siret"]);
    }

    #[test]
    fn une_organisation_a_un_nom_qui_tient_sur_une_ligne_et_un_siren() {
        let long = "é".repeat(161);
        let organisation = Nommee {
            qualite: QualiteSignature::Soutien,
            nom: &long,
            numero: "900 000 019",
        };
        let raisons = organisation.lire().unwrap_err();
        assert_eq!(
            raisons[0].phrase,
            crate::commun::typographie("Le nom de l’organisation compte 161 signes : 160 au plus.")
        );
        assert_eq!(ancres(organisation), ["nom"]);
        let juste = "é".repeat(160);
        let juste = Nommee {
            nom: &juste,
            ..organisation
        };
        assert!(juste.lire().is_ok());
    }
}
