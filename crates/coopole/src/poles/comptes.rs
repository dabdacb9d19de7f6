//! How many poles stand where: counted by the base, never one by one.

use metier::commun::Region;

use crate::{
    socle::{db::Lecture, erreurs::Panne},
    valeurs,
};

/// How many poles each region has; those of no known region under `None`.
pub async fn par_region(base: &mut Lecture) -> Result<Vec<(Option<Region>, u64)>, Panne> {
    let lignes: Vec<(Option<String>, i64)> = base
        .fetch_all(
            "SELECT region, COUNT(*) FROM poles GROUP BY region ORDER BY region",
            &[],
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
) -> Result<Vec<(Option<String>, u64)>, Panne> {
    let lignes: Vec<(Option<String>, i64)> = base
        .fetch_all(
            "SELECT departement, COUNT(*) FROM poles WHERE region = $1
             GROUP BY departement ORDER BY departement",
            &valeurs![region.code()],
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
