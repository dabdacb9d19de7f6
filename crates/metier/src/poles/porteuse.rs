//! The carrying structure as a record says it. Structures change, the pole
//! stays: each change of it is a line of the record's history.

use std::{borrow::Cow, str::FromStr};

use super::FormeJuridique;
use crate::commun::{Rna, Siret};

/// How long the name of a structure may be, in signs.
const NOM_AU_PLUS: usize = 160;

/// The structure named by a record, with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Porteuse {
    /// Its name in the directories.
    pub nom: String,
    /// Its legal form.
    pub forme: Option<FormeJuridique>,
    /// Number of its seat.
    pub siret: Option<Siret>,
    /// Number of the association.
    pub rna: Option<Rna>,
    /// Code of the commune of its seat: the one whose region says which cell is
    /// competent (notice 2024, § 6.2).
    pub commune: Option<String>,
}

impl Porteuse {
    /// The structure, in one line, as [`FromStr`] reads it back.
    pub fn ecrire(&self) -> String {
        let siret = self.siret.as_ref().map_or("", Siret::as_str);
        let rna = self.rna.as_ref().map_or("", Rna::as_str);
        let forme = self.forme.map_or("", FormeJuridique::code);
        let commune = self.commune.as_deref().unwrap_or_default();
        format!("{forme}|{siret}|{rna}|{commune}|{}", self.nom)
    }

    /// « Les Rives solidaires, association, SIRET 900 000 019 00019 ».
    pub fn en_mots(&self) -> String {
        let mut dit = self.nom.clone();
        if let Some(forme) = self.forme {
            dit.push_str(&format!(", {}", forme.libelle().to_lowercase()));
        }
        if let Some(siret) = &self.siret {
            dit.push_str(&format!(", SIRET {}", siret.lisible()));
        }
        if let Some(rna) = &self.rna {
            dit.push_str(&format!(", RNA {}", rna.as_str()));
        }
        dit
    }
}

impl FromStr for Porteuse {
    type Err = Cow<'static, str>;

    /// Reads « forme|siret|rna|commune|nom », blanks being what is not known.
    /// Refuses a structure without a name, and a number that is not one.
    fn from_str(ligne: &str) -> Result<Self, Self::Err> {
        let mut champs = ligne.splitn(5, '|').map(str::trim);
        let mut suivant = || champs.next().unwrap_or_default();
        let (forme, siret, rna, commune, nom) =
            (suivant(), suivant(), suivant(), suivant(), suivant());
        if nom.is_empty() || nom.chars().count() > NOM_AU_PLUS {
            return Err("Donnez le nom de la structure, en 160 signes au plus.".into());
        }
        Ok(Self {
            nom: nom.to_owned(),
            forme: connu(forme, |forme| {
                FormeJuridique::par_code(forme).ok_or("Choisissez la forme dans la liste.".into())
            })?,
            siret: connu(siret, |siret| siret.parse().map_err(en_phrase))?,
            rna: connu(rna, |rna| rna.parse().map_err(en_phrase))?,
            commune: (!commune.is_empty()).then(|| commune.to_owned()),
        })
    }
}

fn en_phrase(faute: impl std::fmt::Display) -> Cow<'static, str> {
    faute.to_string().into()
}

fn connu<T>(
    champ: &str,
    lire: impl FnOnce(&str) -> Result<T, Cow<'static, str>>,
) -> Result<Option<T>, Cow<'static, str>> {
    match champ.is_empty() {
        true => Ok(None),
        false => lire(champ).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_structure_se_relit_comme_elle_s_ecrit() {
        let ligne = "association|90000001900019||29151|Les Rives solidaires";
        let lue: Porteuse = ligne.parse().unwrap();
        assert_eq!(lue.ecrire(), ligne);
        assert_eq!(
            lue.en_mots(),
            "Les Rives solidaires, association, SIRET 900\u{202f}000\u{202f}019\u{202f}00019"
        );
    }

    #[test]
    fn un_numero_inexact_ou_un_nom_absent_est_refuse_en_une_phrase() {
        for (ligne, attendu) in [
            ("||||", "Donnez le nom"),
            ("|90000001900018|||Les Rives", "chiffre inexact"),
            ("|123|||Les Rives", "compte 14 chiffres"),
            ("||W12||Les Rives", "W suivi de neuf chiffres"),
            ("sarl||||Les Rives", "dans la liste"),
        ] {
            let refus = ligne.parse::<Porteuse>().unwrap_err();
            assert!(refus.contains(attendu), "{ligne} : {refus}");
        }
    }
}
