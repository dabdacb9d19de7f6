//! The numbers by which the State knows a structure: SIREN, SIRET, RNA.
//!
//! Source: droit-et-normes, part E. These are text, never integers: leading
//! zeros count. Nothing here asks a directory whether the structure exists.

use std::fmt;
use std::str::FromStr;

/// SIREN of La Poste, whose establishments may escape the Luhn key.
const LA_POSTE: &str = "356000000";

/// Number of a legal person: nine figures with a Luhn key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Siren(String);

/// Number of an establishment: its SIREN, then five figures.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Siret(String);

/// Number of an association in the national directory: W, then nine signs.
///
/// Many associations have none (Alsace-Moselle): never require it when a
/// SIRET is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rna(String);

/// What was typed is not the number expected; its `Display` says what is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentifiantIllisible {
    /// Another count of figures, or other signs than figures.
    #[error("Un {nom} compte {attendu} chiffres\u{202f}; il y en a {trouve} ici.")]
    Longueur {
        /// SIREN or SIRET.
        nom: &'static str,
        /// How many figures it has.
        attendu: usize,
        /// How many were typed.
        trouve: usize,
    },
    /// A sign that is neither a figure nor a space.
    #[error(
        "Un {nom} ne contient que des chiffres\u{202f}; «\u{a0}{signe}\u{a0}» n’en est pas un."
    )]
    Signe {
        /// SIREN or SIRET.
        nom: &'static str,
        /// The first sign that does not belong.
        signe: char,
    },
    /// The right length, but a figure must be wrong.
    #[error("Ce {nom} contient un chiffre inexact\u{202f}: comparez-le à votre avis de situation.")]
    Cle {
        /// SIREN or SIRET.
        nom: &'static str,
    },
    /// Not W and nine signs.
    #[error("Un numéro RNA s’écrit W suivi de neuf chiffres, par exemple W751000001.")]
    Rna,
}

impl Siren {
    /// The nine figures.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Parted for the eye: « 123 456 782 ».
    pub fn lisible(&self) -> String {
        let s = &self.0;
        format!("{}\u{202f}{}\u{202f}{}", &s[..3], &s[3..6], &s[6..])
    }
}

impl Siret {
    /// The fourteen figures.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The legal person this establishment belongs to.
    pub fn siren(&self) -> Siren {
        Siren(self.0[..9].to_owned())
    }

    /// Parted for the eye: « 123 456 782 00012 ».
    pub fn lisible(&self) -> String {
        format!("{}\u{202f}{}", self.siren().lisible(), &self.0[9..])
    }
}

impl Rna {
    /// The number, in capitals.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Siren {
    type Err = IdentifiantIllisible;

    fn from_str(saisie: &str) -> Result<Self, IdentifiantIllisible> {
        let chiffres = chiffres("SIREN", 9, saisie)?;
        if chiffres == "000000000" || !passe_luhn(&chiffres) {
            return Err(IdentifiantIllisible::Cle { nom: "SIREN" });
        }
        Ok(Self(chiffres))
    }
}

impl FromStr for Siret {
    type Err = IdentifiantIllisible;

    /// The key of an establishment of La Poste may be, instead of Luhn's, a
    /// sum of figures that is a multiple of five.
    fn from_str(saisie: &str) -> Result<Self, IdentifiantIllisible> {
        let chiffres = chiffres("SIRET", 14, saisie)?;
        let cle = IdentifiantIllisible::Cle { nom: "SIRET" };
        if chiffres[..9].parse::<Siren>().is_err() {
            return Err(cle);
        }
        let la_poste = chiffres.starts_with(LA_POSTE) && somme(&chiffres).is_multiple_of(5);
        if !la_poste && !passe_luhn(&chiffres) {
            return Err(cle);
        }
        Ok(Self(chiffres))
    }
}

impl FromStr for Rna {
    type Err = IdentifiantIllisible;

    /// Corsica and the overseas departments have a letter in third place
    /// (W2A…, W9R…).
    fn from_str(saisie: &str) -> Result<Self, IdentifiantIllisible> {
        let dense: String = saisie.chars().filter(|c| !c.is_whitespace()).collect();
        let numero = dense.to_ascii_uppercase();
        let attendu = numero.len() == 10
            && numero.bytes().enumerate().all(|(i, b)| match i {
                0 => b == b'W',
                2 => b.is_ascii_digit() || b.is_ascii_uppercase(),
                _ => b.is_ascii_digit(),
            });
        attendu
            .then_some(Self(numero))
            .ok_or(IdentifiantIllisible::Rna)
    }
}

fn chiffres(
    nom: &'static str,
    attendu: usize,
    saisie: &str,
) -> Result<String, IdentifiantIllisible> {
    let dense: String = saisie.chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(signe) = dense.chars().find(|c| !c.is_ascii_digit()) {
        return Err(IdentifiantIllisible::Signe { nom, signe });
    }
    if dense.len() != attendu {
        return Err(IdentifiantIllisible::Longueur {
            nom,
            attendu,
            trouve: dense.len(),
        });
    }
    Ok(dense)
}

fn somme(chiffres: &str) -> u32 {
    chiffres.bytes().map(|b| u32::from(b - b'0')).sum()
}

/// Luhn: every second figure from the right is doubled.
fn passe_luhn(chiffres: &str) -> bool {
    let total: u32 = chiffres
        .bytes()
        .rev()
        .map(|b| u32::from(b - b'0'))
        .enumerate()
        .map(|(i, c)| match (i % 2, c) {
            (0, c) => c,
            (_, c) if c > 4 => c * 2 - 9,
            (_, c) => c * 2,
        })
        .sum();
    total.is_multiple_of(10)
}

impl fmt::Display for Siren {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Siret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Rna {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_siret_se_lit_avec_ou_sans_espaces() {
        let siret: Siret = "732 829 320 00074".parse().unwrap();
        assert_eq!(siret.to_string(), "73282932000074");
        assert_eq!(siret.siren(), "732829320".parse().unwrap());
        assert_eq!(siret.lisible(), "732\u{202f}829\u{202f}320\u{202f}00074");
    }

    #[test]
    fn un_chiffre_faux_se_voit_a_la_cle() {
        let refus = "73282932000075".parse::<Siret>().unwrap_err();
        assert_eq!(refus, IdentifiantIllisible::Cle { nom: "SIRET" });
        assert!("732829321".parse::<Siren>().is_err());
        assert!("000000000".parse::<Siren>().is_err());
    }

    #[test]
    fn le_siege_de_la_poste_passe_par_la_cle_ordinaire() {
        assert!("35600000000048".parse::<Siret>().is_ok());
    }

    #[test]
    fn un_bureau_de_la_poste_passe_par_la_somme_multiple_de_cinq() {
        assert!("35600000049837".parse::<Siret>().is_ok());
        assert!("35600000049838".parse::<Siret>().is_err());
    }

    #[test]
    fn la_somme_multiple_de_cinq_ne_vaut_que_pour_la_poste() {
        // Sum 50, but not La Poste and a wrong Luhn key.
        assert_eq!(somme("73282932000078"), 51);
        assert_eq!(somme("73282932000077"), 50);
        assert!("73282932000077".parse::<Siret>().is_err());
    }

    #[test]
    fn la_longueur_attendue_est_dite() {
        let refus = "7328293200007".parse::<Siret>().unwrap_err();
        assert_eq!(
            refus.to_string(),
            "Un SIRET compte 14 chiffres\u{202f}; il y en a 13 ici."
        );
        assert_eq!(
            "73282932O00074".parse::<Siret>().unwrap_err(),
            IdentifiantIllisible::Signe {
                nom: "SIRET",
                signe: 'O'
            }
        );
    }

    #[test]
    fn le_rna_se_garde_en_capitales() {
        assert_eq!(
            "w751 000 001".parse::<Rna>().unwrap().to_string(),
            "W751000001"
        );
        assert!("W9R1000001".parse::<Rna>().is_ok());
        for saisie in [
            "751000001",
            "W75100000",
            "W7510000012",
            "X751000001",
            "Wé51000001",
        ] {
            assert!(saisie.parse::<Rna>().is_err(), "{saisie}");
        }
    }
}
