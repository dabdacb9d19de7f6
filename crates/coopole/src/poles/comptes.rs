//! How many poles stand where: counted by the base, never one by one.

use metier::commun::Region;

use crate::{
    socle::{
        db::Lecture,
        departements,
        droits::Perimetre,
        epci::{self, Epci},
        erreurs::Panne,
    },
    urls, valeurs,
};

/// How many poles each region has; those of no known region under `None`.
/// `reels` leaves the invented world out, here as below.
pub async fn par_region(
    base: &mut Lecture,
    reels: bool,
) -> Result<Vec<(Option<Region>, u64)>, Panne> {
    let lignes: Vec<(Option<String>, i64)> = base
        .fetch_all(
            "SELECT region, COUNT(*) FROM poles
             WHERE fusionne_dans IS NULL AND sorti_le IS NULL AND NOT (invente AND $1)
             GROUP BY region ORDER BY region",
            &valeurs![reels],
        )
        .await?;
    let lignes = lignes.into_iter();
    Ok(lignes
        .map(|(code, combien)| {
            let region = code.as_deref().and_then(Region::par_code);
            (region, combien.unsigned_abs())
        })
        .collect())
}

/// How many poles of the region each department has, and how many stand in a
/// department that no source says.
pub async fn par_departement(
    base: &mut Lecture,
    region: Region,
    reels: bool,
) -> Result<Vec<(Option<String>, u64)>, Panne> {
    let lignes: Vec<(Option<String>, i64)> = base
        .fetch_all(
            "SELECT departement, COUNT(*) FROM poles
             WHERE region = $1 AND fusionne_dans IS NULL AND sorti_le IS NULL AND NOT (invente AND $2)
             GROUP BY departement ORDER BY departement",
            &valeurs![region.code(), reels],
        )
        .await?;
    let lignes = lignes.into_iter();
    Ok(lignes
        .map(|(code, combien)| (code, combien.unsigned_abs()))
        .collect())
}

/// Where the cell of the region may be written to, if it says so: an address of
/// its own, never a person's.
pub async fn contact(base: &mut Lecture, region: Region) -> Result<Option<String>, Panne> {
    let ligne: Option<(Option<String>,)> = base
        .fetch_optional(
            "SELECT courriel FROM cellules WHERE region = $1",
            &valeurs![region.code()],
        )
        .await?;
    Ok(ligne.and_then(|(courriel,)| courriel))
}

/// A place poles are counted in.
#[derive(Debug, Clone, Copy)]
pub enum Lieu {
    Region(Region),
    Departement(&'static str),
    Epci(&'static Epci),
}

impl Lieu {
    /// The territory of that kind and that code, if there is one.
    pub fn par_code(genre: &str, code: &str) -> Option<Self> {
        match genre {
            "region" => Region::par_code(code).map(Self::Region),
            "departement" => departements::connu(code).map(Self::Departement),
            "epci" => epci::par_siren(code).map(Self::Epci),
            _ => None,
        }
    }

    /// The territory that a habilitation holds on, if it is one.
    pub fn du_perimetre(perimetre: Perimetre) -> Option<Self> {
        let (genre, code, _) = perimetre.territoire()?;
        Self::par_code(genre, code)
    }

    /// The poles there: the filter of a list.
    pub fn champ(self) -> (&'static str, &'static str) {
        (self.genre(), self.code())
    }

    /// Its kind, in the base and in addresses.
    pub const fn genre(self) -> &'static str {
        match self {
            Self::Region(_) => "region",
            Self::Departement(_) => "departement",
            Self::Epci(_) => "epci",
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Region(region) => region.code(),
            Self::Departement(code) => code,
            Self::Epci(epci) => epci.siren,
        }
    }

    pub fn nom(self) -> String {
        match self {
            Self::Region(region) => region.nom().to_owned(),
            Self::Departement(code) => departements::lisible(code),
            Self::Epci(epci) => epci.nom.to_owned(),
        }
    }

    /// Its page.
    pub fn adresse(self) -> String {
        match self {
            Self::Region(region) => urls::region(region),
            Self::Departement(code) => urls::departement(code),
            Self::Epci(epci) => urls::epci(epci.siren),
        }
    }
}

/// How many poles of the department each grouping of communes has; those whose
/// grouping is not known under `None`.
pub async fn par_epci(
    base: &mut Lecture,
    departement: &str,
    reels: bool,
) -> Result<Vec<(Option<String>, u64)>, Panne> {
    let lignes: Vec<(Option<String>, i64)> = base
        .fetch_all(
            "SELECT epci, COUNT(*) FROM poles
             WHERE departement = $1 AND fusionne_dans IS NULL AND sorti_le IS NULL AND NOT (invente AND $2)
             GROUP BY epci ORDER BY epci",
            &valeurs![departement, reels],
        )
        .await?;
    let lignes = lignes.into_iter();
    Ok(lignes
        .map(|(siren, combien)| (siren, combien.unsigned_abs()))
        .collect())
}
