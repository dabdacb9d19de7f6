//! The calls held before this house (`donnees/appels-passes.csv`): what public
//! sources tell of them, and nothing more.
//!
//! They are shown, and they name an aid received in their time. Never done
//! here: a call one can file on (it has its document).

use std::sync::LazyLock;

use jiff::{Timestamp, civil::Date};
use metier::{campagnes::Genre, commun::temps};
use serde::Deserialize;

use crate::socle::actifs;

/// A call of the past, in the words of the page. What no source gives is `None`.
#[derive(Debug, Deserialize)]
pub struct AppelPasse {
    /// The name under which the register keeps its laureates and its aids.
    pub code: String,
    pub titre: String,
    pub ouverture: Option<String>,
    pub cloture: Option<String>,
    pub resultats: Option<String>,
    /// Its last known day: results, else closing.
    passe_le: Date,
    pub candidatures: Option<String>,
    pub laureats: Option<String>,
    pub enveloppe: Option<String>,
    pub aide: Option<String>,
    pub sources: String,
    /// Where the sources disagree, and what was computed from them.
    pub lecture: String,
}

static TOUS: LazyLock<Vec<AppelPasse>> = LazyLock::new(|| {
    csv::Reader::from_reader(actifs::donnee("appels-passes.csv").as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("the file is ours, and a test reads it whole")
});

/// Those that were over before that day, the latest first.
pub fn au(le: Timestamp) -> impl Iterator<Item = &'static AppelPasse> {
    let jour = temps::jour_de(le);
    TOUS.iter().filter(move |appel| appel.passe_le < jour)
}

/// « AMI de financement 2021 », of the code the register has.
pub fn titre(code: &str) -> Option<&'static str> {
    let appel = TOUS.iter().find(|appel| appel.code == code)?;
    Some(&appel.titre)
}

/// A call of the past that the register knows laureates of.
#[derive(Debug, Clone, Copy)]
pub struct AppelGagne {
    pub code: &'static str,
    pub titre: &'static str,
    pub genre: Genre,
}

/// The calls of the scheme that are not held here, by their code: those of the
/// two kinds whose laureates count.
pub fn a_laureats() -> impl Iterator<Item = AppelGagne> {
    let genre = |code: &str| match code {
        "ami-accompagnement" => Some(Genre::Accompagnement),
        code if code.starts_with("ami-financement-") => Some(Genre::Financement),
        _ => None,
    };
    TOUS.iter().rev().filter_map(move |appel| {
        Some(AppelGagne {
            code: &appel.code,
            titre: &appel.titre,
            genre: genre(&appel.code)?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chaque_ligne_a_son_code_sa_source_et_sa_date() {
        assert_eq!(TOUS.len(), 6);
        assert!(TOUS.iter().all(|appel| !appel.sources.is_empty()));
        assert!(TOUS.is_sorted_by_key(|appel| std::cmp::Reverse(appel.passe_le)));
        let codes: std::collections::BTreeSet<_> = TOUS.iter().map(|appel| &appel.code).collect();
        assert_eq!(codes.len(), TOUS.len());
    }

    #[test]
    fn un_appel_ne_se_montre_qu_une_fois_passe() {
        let dernier = |le: &str| au(le.parse().unwrap()).next().unwrap().titre.as_str();
        assert_eq!(
            dernier("2023-10-17T23:59:59+02:00"),
            "AMI de financement 2022"
        );
        assert_eq!(
            dernier("2023-10-18T00:00:00+02:00"),
            "AMI de financement 2023"
        );
    }
}
