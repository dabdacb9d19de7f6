//! What the register knows of a pole's past: laureate, aid, Charter, and the
//! structure that carries it.

use jiff::Timestamp;
use metier::commun::{Montant, Siren};
use sqlx_macros::FromRow;
use uuid::Uuid;

use crate::{
    socle::{db::Lecture, erreurs::Panne},
    valeurs,
};

/// The past of a pole and of its carrying structure.
#[derive(Debug, Clone)]
pub struct Passe {
    /// Code of the legal form of the structure, if the register says it.
    pub forme: Option<String>,
    /// Its quality, if the register says it.
    pub qualite_ess: Option<String>,
    /// Kinds of the calls the pole won.
    pub laureats: Vec<String>,
    /// Subsidies of the pole, or of the structure under any pole (P-12).
    pub aides: Vec<Aide>,
    /// Versions of the Charter whose signature stands, and when it was given.
    pub signatures: Vec<(String, Timestamp)>,
}

/// A subsidy received.
#[derive(Debug, Clone)]
pub struct Aide {
    pub campagne: String,
    pub convention_le: Timestamp,
    pub montant: Montant,
    /// Found by the pole; else by the SIREN of its structure.
    pub au_pole: bool,
}

#[derive(FromRow)]
struct LigneAide {
    campagne: String,
    convention_le: i64,
    montant: i64,
    pole: Option<Uuid>,
}

/// The past of this pole, carried by this structure; its aids are looked for by
/// the SIREN that the dossier gives too (`dit`), for the record may not know it.
pub async fn passe(
    base: &mut Lecture,
    pole: Uuid,
    structure: Uuid,
    dit: Option<&Siren>,
) -> Result<Passe, Panne> {
    let (forme, qualite_ess, siret): (Option<String>, Option<String>, Option<String>) = base
        .fetch_one(
            "SELECT forme, qualite_ess, siret FROM structures WHERE id = $1",
            &valeurs![structure],
        )
        .await?;
    let siren: Option<String> = siret.and_then(|siret| Some(siret.get(..9)?.to_owned()));
    let laureats: Vec<(String,)> = base
        .fetch_all(
            "SELECT genre FROM laureats WHERE pole = $1 ORDER BY id",
            &valeurs![pole],
        )
        .await?;
    let aides: Vec<LigneAide> = base
        .fetch_all(
            "SELECT campagne, convention_le, montant, pole FROM aides
             WHERE pole = $1 OR siren = $2 OR siren = $3 ORDER BY convention_le, id",
            &valeurs![pole, siren, dit.map(Siren::as_str)],
        )
        .await?;
    let aides = aides.into_iter().map(|ligne| {
        Ok(Aide {
            campagne: ligne.campagne,
            convention_le: instant(ligne.convention_le)?,
            montant: Montant::centimes(ligne.montant),
            au_pole: ligne.pole == Some(pole),
        })
    });
    Ok(Passe {
        forme,
        qualite_ess,
        laureats: laureats.into_iter().map(|(genre,)| genre).collect(),
        aides: aides.collect::<Result<_, Panne>>()?,
        signatures: signatures(base, pole).await?,
    })
}

/// The versions of the Charter this pole signed, and has not withdrawn: by their
/// day, as a call names them, where it is known. A text of demonstration counts
/// for the version it stands for.
pub async fn signatures(base: &mut Lecture, pole: Uuid) -> Result<Vec<(String, Timestamp)>, Panne> {
    let lignes: Vec<(String, i64)> = base
        .fetch_all(
            "SELECT COALESCE(c.jour, v.vaut, s.version), s.signee_le FROM signatures_charte s
             LEFT JOIN versions_charte v ON v.code = s.version
             LEFT JOIN versions_charte c ON c.code = COALESCE(v.vaut, s.version)
             WHERE s.pole = $1 AND s.retiree_le IS NULL ORDER BY s.signee_le",
            &valeurs![pole],
        )
        .await?;
    lignes
        .into_iter()
        .map(|(version, le)| Ok((version, instant(le)?)))
        .collect()
}

fn instant(ms: i64) -> Result<Timestamp, Panne> {
    Timestamp::from_millisecond(ms).map_err(|_| Panne::Ligne(format!("instant {ms}")))
}
