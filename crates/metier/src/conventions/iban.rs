//! An account number, checked and never shown whole.
//!
//! Written here rather than taken from a crate: the whole of it is a table of
//! lengths and two sums, the French key is checked as well (the common crates
//! do not), and the type must never print itself. Source: ISO 13616; SEPA;
//! droit-et-normes, part E (modulo 97 = 1, four last signs shown).

use std::fmt;
use std::str::FromStr;

/// Countries of the SEPA zone, with the length of their numbers.
const LONGUEURS: [(&str, usize); 42] = [
    ("AD", 24),
    ("AL", 28),
    ("AT", 20),
    ("BE", 16),
    ("BG", 22),
    ("CH", 21),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("EE", 20),
    ("ES", 24),
    ("FI", 18),
    ("FR", 27),
    ("GB", 22),
    ("GI", 23),
    ("GR", 27),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IS", 26),
    ("IT", 27),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MT", 31),
    ("NL", 18),
    ("NO", 15),
    ("PL", 28),
    ("PT", 25),
    ("RO", 24),
    ("RS", 22),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("VA", 22),
];

/// A checked account number.
///
/// It has no `Display` and its `Debug` hides it, so that no log, page or
/// message can show it by mistake.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Iban(String);

/// What was typed is no account number we can pay to. The number itself is
/// never repeated in the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IbanIllisible {
    /// Blank.
    #[error("Indiquez l’IBAN du compte.")]
    Vide,
    /// A sign that is neither a letter nor a figure, or no country in front.
    #[error("Un IBAN commence par deux lettres, puis des chiffres et des lettres.")]
    Forme,
    /// A country outside the SEPA zone.
    #[error("Ce compte n’est pas dans la zone SEPA\u{202f}: indiquez un compte qui en relève.")]
    HorsZone,
    /// Another count of signs than this country's.
    #[error("Cet IBAN compte {trouve} signes\u{202f}; il en faut {attendu}.")]
    Longueur {
        /// How many this country has.
        attendu: usize,
        /// How many were typed.
        trouve: usize,
    },
    /// A sign must be wrong.
    #[error("Cet IBAN contient un signe inexact\u{202f}: comparez-le à votre relevé d’identité.")]
    Cle,
}

impl Iban {
    /// The four last signs, the only ones shown.
    pub fn derniers(&self) -> &str {
        &self.0[self.0.len() - 4..]
    }

    /// The whole number, to encrypt it or to write it on an order.
    pub fn en_clair(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Iban(…{})", self.derniers())
    }
}

impl FromStr for Iban {
    type Err = IbanIllisible;

    fn from_str(saisie: &str) -> Result<Self, IbanIllisible> {
        let dense: String = saisie.chars().filter(|c| !c.is_whitespace()).collect();
        let numero = dense.to_ascii_uppercase();
        if numero.is_empty() {
            return Err(IbanIllisible::Vide);
        }
        let octets = numero.as_bytes();
        let forme = octets.len() >= 4
            && octets.iter().all(u8::is_ascii_alphanumeric)
            && octets[..2].iter().all(u8::is_ascii_alphabetic)
            && octets[2..4].iter().all(u8::is_ascii_digit);
        if !forme {
            return Err(IbanIllisible::Forme);
        }
        let attendu = LONGUEURS
            .iter()
            .find(|(pays, _)| *pays == &numero[..2])
            .map(|(_, longueur)| *longueur)
            .ok_or(IbanIllisible::HorsZone)?;
        if octets.len() != attendu {
            return Err(IbanIllisible::Longueur {
                attendu,
                trouve: octets.len(),
            });
        }
        let francais = matches!(&octets[..2], b"FR" | b"MC");
        if modulo_97(octets) != 1 || (francais && !cle_rib_juste(&octets[4..])) {
            return Err(IbanIllisible::Cle);
        }
        Ok(Self(numero))
    }
}

/// The four first signs go last, letters count from ten.
fn modulo_97(octets: &[u8]) -> u32 {
    octets[4..]
        .iter()
        .chain(&octets[..4])
        .fold(0, |reste, &octet| match octet {
            b'0'..=b'9' => (reste * 10 + u32::from(octet - b'0')) % 97,
            lettre => (reste * 100 + u32::from(lettre - b'A') + 10) % 97,
        })
}

/// The French key: bank, branch and account, letters on their own scale.
fn cle_rib_juste(rib: &[u8]) -> bool {
    let nombre = |debut: usize, fin: usize| {
        rib[debut..fin].iter().fold(0_u64, |total, &octet| {
            total * 10
                + match octet {
                    b'0'..=b'9' => u64::from(octet - b'0'),
                    // A..I are 1..9, J..R are 1..9, S..Z are 2..9.
                    b'A'..=b'R' => u64::from((octet - b'A') % 9) + 1,
                    lettre => u64::from(lettre - b'S') + 2,
                }
        })
    };
    let chiffres = |debut: usize, fin: usize| rib[debut..fin].iter().all(u8::is_ascii_digit);
    if !chiffres(0, 10) || !chiffres(21, 23) {
        return false;
    }
    let somme = 89 * nombre(0, 5) + 15 * nombre(5, 10) + 3 * nombre(10, 21);
    97 - somme % 97 == nombre(21, 23)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRANCAIS: &str = "FR14 2004 1010 0505 0001 3M02 606";

    #[test]
    fn un_iban_francais_se_lit_avec_ses_espaces() {
        let iban: Iban = FRANCAIS.parse().unwrap();
        assert_eq!(iban.derniers(), "2606");
        assert_eq!(iban.en_clair(), "FR1420041010050500013M02606");
        assert_eq!(FRANCAIS.to_lowercase().parse::<Iban>().unwrap(), iban);
    }

    #[test]
    fn un_iban_ne_s_ecrit_jamais_en_entier_par_megarde() {
        let iban: Iban = FRANCAIS.parse().unwrap();
        assert_eq!(format!("{iban:?}"), "Iban(…2606)");
    }

    #[test]
    fn deux_chiffres_inverses_se_voient() {
        let inverse = "FR14 2004 1010 0505 0001 3M02 660";
        assert_eq!(inverse.parse::<Iban>(), Err(IbanIllisible::Cle));
    }

    #[test]
    fn la_cle_rib_est_verifiee_aussi() {
        // Modulo 97 right, French key wrong: the check digits were made for it.
        let octets = b"FR0020041010050500013M02607";
        let cle = 98 - modulo_97(octets);
        let faux = format!("FR{cle:02}20041010050500013M02607");
        assert_eq!(modulo_97(faux.as_bytes()), 1);
        assert_eq!(faux.parse::<Iban>(), Err(IbanIllisible::Cle));
    }

    #[test]
    fn un_compte_belge_ou_allemand_est_recu() {
        assert!("BE68 5390 0754 7034".parse::<Iban>().is_ok());
        assert!("DE89 3704 0044 0532 0130 00".parse::<Iban>().is_ok());
    }

    #[test]
    fn ce_qui_manque_est_dit_sans_repeter_le_numero() {
        let court = "FR14 2004 1010".parse::<Iban>().unwrap_err();
        assert_eq!(
            court.to_string(),
            "Cet IBAN compte 12 signes\u{202f}; il en faut 27."
        );
        assert_eq!("".parse::<Iban>(), Err(IbanIllisible::Vide));
        assert_eq!("1234".parse::<Iban>(), Err(IbanIllisible::Forme));
        assert_eq!("FRé4 2004".parse::<Iban>(), Err(IbanIllisible::Forme));
        assert_eq!(
            "US12 3456 7890".parse::<Iban>(),
            Err(IbanIllisible::HorsZone)
        );
    }
}
