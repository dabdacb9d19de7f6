//! The accounts of the Cerfa budget form, as applicants know them.
//!
//! Source: Cerfa 12156 (droit-et-normes, B-annexe). A fixed asset (class 2)
//! has no account here: the scheme never funds one, and a budget forecasts
//! charges and produits only.

use std::fmt;

use crate::commun::liste_fermee;

liste_fermee! {
    /// On which side of the budget an account stands.
    pub enum Sens {
        /// What is spent.
        Charge = "charge", "Charges";
        /// What comes in.
        Produit = "produit", "Produits";
    }
}

/// An account of the form.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Compte {
    code: &'static str,
    libelle: &'static str,
    sens: Sens,
}

/// What was typed is no account of the form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompteInattendu {
    /// A depreciable good belongs to no budget of charges.
    #[error(
        "Le compte {0} est une immobilisation\u{202f}: un bien amortissable n’entre pas dans ce budget."
    )]
    Immobilisation(String),
    /// Not in the list.
    #[error(
        "Le compte «\u{a0}{0}\u{a0}» n’est pas au formulaire\u{202f}: choisissez dans la liste."
    )]
    Inconnu(String),
}

const fn charge(code: &'static str, libelle: &'static str) -> Compte {
    Compte {
        code,
        libelle,
        sens: Sens::Charge,
    }
}

const fn produit(code: &'static str, libelle: &'static str) -> Compte {
    Compte {
        code,
        libelle,
        sens: Sens::Produit,
    }
}

const COMPTES: &[Compte] = &[
    charge("60", "Achats"),
    charge("604", "Prestations de services"),
    charge("606", "Matières et fournitures"),
    charge("607", "Autres achats"),
    charge("61", "Services extérieurs"),
    charge("613", "Locations"),
    charge("615", "Entretien et réparation"),
    charge("616", "Assurance"),
    charge("618", "Documentation"),
    charge("62", "Autres services extérieurs"),
    charge("622", "Intermédiaires et honoraires"),
    charge("623", "Publicité et publications"),
    charge("625", "Déplacements et missions"),
    charge("627", "Services bancaires et autres"),
    charge("63", "Impôts et taxes"),
    charge("631", "Impôts et taxes sur rémunérations"),
    charge("635", "Autres impôts et taxes"),
    charge("64", "Personnel"),
    charge("641", "Rémunérations"),
    charge("645", "Charges sociales"),
    charge("648", "Autres charges de personnel"),
    charge("65", "Autres charges de gestion courante"),
    charge("66", "Charges financières"),
    charge("67", "Charges exceptionnelles"),
    charge("68", "Amortissements et provisions"),
    charge("69", "Impôt sur les sociétés, participation"),
    charge("charges_fixes", "Charges fixes de fonctionnement"),
    charge("frais_financiers", "Frais financiers répartis"),
    charge("autres_indirectes", "Autres charges indirectes"),
    charge("86", "Emplois des contributions volontaires"),
    charge("860", "Secours en nature"),
    charge("861", "Mises à disposition gratuites"),
    charge("862", "Prestations"),
    charge("864", "Personnel bénévole"),
    produit("70", "Ventes"),
    produit("73", "Dotations et tarification"),
    produit("74", "Subventions d’exploitation"),
    produit("75", "Autres produits de gestion courante"),
    produit("756", "Cotisations"),
    produit("758", "Dons et mécénat"),
    produit("76", "Produits financiers"),
    produit("77", "Produits exceptionnels"),
    produit("78", "Reprises"),
    produit("79", "Transferts de charges"),
    produit("87", "Contributions volontaires"),
    produit("870", "Bénévolat"),
    produit("871", "Prestations en nature"),
    produit("875", "Dons en nature"),
];

impl Compte {
    /// All accounts, charges then produits, in the order of the form.
    pub const TOUS: &'static [Self] = COMPTES;

    /// The account of this code.
    pub fn par_code(code: &str) -> Option<Self> {
        COMPTES.iter().find(|c| c.code == code).copied()
    }

    /// Reads an account typed by hand or found in a sheet.
    pub fn lire(saisie: &str) -> Result<Self, CompteInattendu> {
        let code = saisie.trim();
        Self::par_code(code).ok_or_else(|| {
            let classe_2 = code.starts_with('2') && code.bytes().all(|b| b.is_ascii_digit());
            match classe_2 {
                true => CompteInattendu::Immobilisation(code.to_owned()),
                false => CompteInattendu::Inconnu(code.to_owned()),
            }
        })
    }

    /// Its number, or its word for the shared indirect charges.
    pub const fn code(self) -> &'static str {
        self.code
    }

    /// Its name on the form.
    pub const fn libelle(self) -> &'static str {
        self.libelle
    }

    /// Charge or produit.
    pub const fn sens(self) -> Sens {
        self.sens
    }

    /// Its two-figure account; none for the shared indirect charges.
    pub fn famille(self) -> Option<&'static str> {
        let numero = self.code.bytes().all(|b| b.is_ascii_digit());
        numero.then(|| &self.code[..2])
    }

    /// Contributions in kind, balanced apart from the rest (86 and 87).
    pub fn est_volontariat(self) -> bool {
        matches!(self.famille(), Some("86" | "87"))
    }

    /// Co-fundings, whose state must be known (74 and 75).
    pub fn est_cofinancement(self) -> bool {
        matches!(self.famille(), Some("74" | "75"))
    }
}

impl fmt::Display for Compte {
    /// « 64 Personnel ».
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.famille() {
            Some(_) => write!(f, "{} {}", self.code, self.libelle),
            None => f.write_str(self.libelle),
        }
    }
}

impl fmt::Debug for Compte {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Compte({})", self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chaque_compte_se_retrouve_une_seule_fois() {
        for compte in Compte::TOUS {
            let memes = Compte::TOUS.iter().filter(|c| c.code == compte.code);
            assert_eq!(memes.count(), 1, "{compte}");
            assert_eq!(Compte::par_code(compte.code), Some(*compte));
        }
    }

    #[test]
    fn le_sens_suit_la_classe() {
        for compte in Compte::TOUS {
            let attendu = match compte.code.as_bytes()[0] {
                b'7' => Sens::Produit,
                b'8' if compte.code.starts_with("87") => Sens::Produit,
                _ => Sens::Charge,
            };
            assert_eq!(compte.sens, attendu, "{compte}");
        }
    }

    #[test]
    fn une_immobilisation_est_nommee_comme_telle() {
        assert_eq!(
            Compte::lire(" 218 ").unwrap_err().to_string(),
            "Le compte 218 est une immobilisation\u{202f}: un bien amortissable n’entre pas dans ce budget."
        );
        assert!(matches!(
            Compte::lire("6"),
            Err(CompteInattendu::Inconnu(_))
        ));
    }

    #[test]
    fn un_compte_se_dit_avec_son_numero() {
        assert_eq!(Compte::par_code("64").unwrap().to_string(), "64 Personnel");
        let indirecte = Compte::par_code("charges_fixes").unwrap();
        assert_eq!(indirecte.to_string(), "Charges fixes de fonctionnement");
        assert_eq!(indirecte.famille(), None);
    }
}
