//! The versions of the Charter and their texts.

use jiff::{Timestamp, civil::Date};
use metier::charte::{Charte, Publication, TextePublie, Version};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::instant;
use crate::{
    charte::texte::{empreinte, en_hexadecimal},
    socle::{
        alea,
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

/// The versions a base is born with: code, title, what the sources say of the
/// day, and the day. The text of neither is in our sources: their keeper pours
/// it in.
const VERSIONS: [Ecrite<'_>; 2] = [
    (
        "premiere",
        "Première Charte",
        "une dizaine d’années avant celle de 2021, à un jour que nos sources ne donnent pas",
        None,
    ),
    (
        "2021-06-30",
        "Charte du 30 juin 2021",
        "le mercredi 30 juin 2021",
        Some("2021-06-30"),
    ),
];

/// Code, title, presentation in words, day of it.
type Ecrite<'a> = (&'a str, &'a str, &'a str, Option<&'a str>);

/// Writes the versions in a new base, without their texts.
pub async fn installer(tx: &mut Tx) -> Result<(), Panne> {
    for (rang, version) in VERSIONS.into_iter().enumerate() {
        record_version(tx, version, rang as i64, None).await?;
    }
    Ok(())
}

/// Writes a version that says in its title that it is worth nothing, and
/// stands for the last one in an invented world.
pub async fn installer_la_demonstration(
    tx: &mut Tx,
    (code, titre, presentation): (&str, &str, &str),
    texte: &str,
    le: Timestamp,
) -> Result<(), Panne> {
    let rang = VERSIONS.len();
    let (vaut, ..) = VERSIONS[rang - 1];
    let version = (code, titre, presentation, None);
    record_version(tx, version, rang as i64, Some(vaut)).await?;
    tx.execute_one(
        "UPDATE versions_charte SET texte = $2, empreinte = $3, publie_le = $4 WHERE code = $1",
        &valeurs![code, texte, empreinte(texte), le],
    )
    .await
}

async fn record_version(
    tx: &mut Tx,
    (code, titre, presentation, jour): Ecrite<'_>,
    rang: i64,
    vaut: Option<&str>,
) -> Result<Uuid, Panne> {
    let id = alea::id();
    tx.execute(
        "INSERT INTO versions_charte (id, code, rang, titre, presentation, jour, vaut)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &valeurs![id, code, rang, titre, presentation, jour, vaut],
    )
    .await?;
    Ok(id)
}

/// Writes a version after all the others; its text follows.
pub async fn record_presentation(tx: &mut Tx, version: &Version) -> Result<Uuid, Panne> {
    let rang = tx
        .compter(
            "SELECT COALESCE(MAX(rang), 0) + 1 FROM versions_charte",
            &[],
        )
        .await?;
    let jour = version.jour.map(|jour| jour.to_string());
    let ecrite = (
        version.code.as_str(),
        version.titre.as_str(),
        version.presentation.as_str(),
        jour.as_deref(),
    );
    record_version(tx, ecrite, rang, None).await
}

#[derive(FromRow)]
struct LigneVersion {
    code: String,
    titre: String,
    presentation: String,
    jour: Option<String>,
    vaut: Option<String>,
    empreinte: Option<Vec<u8>>,
    publie_le: Option<i64>,
}

/// Every version, the oldest first, without the texts themselves.
pub async fn lire(base: &mut Lecture) -> Result<Charte, Panne> {
    let lignes: Vec<LigneVersion> = base
        .fetch_all(
            "SELECT code, titre, presentation, jour, vaut, empreinte, publie_le
             FROM versions_charte ORDER BY rang",
            &[],
        )
        .await?;
    let versions = lignes.into_iter().map(|ligne| {
        let texte = match (ligne.empreinte, ligne.publie_le) {
            (Some(empreinte), Some(le)) => Some(TextePublie {
                empreinte: en_hexadecimal(&empreinte),
                publie_le: instant(le)?,
            }),
            _ => None,
        };
        let jour = |texte: &String| -> Option<Date> { texte.parse().ok() };
        Ok(Version {
            jour: ligne.jour.as_ref().and_then(jour),
            code: ligne.code,
            titre: ligne.titre,
            presentation: ligne.presentation,
            vaut: ligne.vaut,
            texte,
        })
    });
    Ok(Charte {
        versions: versions.collect::<Result<_, Panne>>()?,
    })
}

/// The text of a version, if it was poured in.
pub async fn texte(base: &mut Lecture, version: &str) -> Result<Option<String>, Panne> {
    let ligne: Option<(Option<String>,)> = base
        .fetch_optional(
            "SELECT texte FROM versions_charte WHERE code = $1",
            &valeurs![version],
        )
        .await?;
    Ok(ligne.and_then(|(texte,)| texte))
}

/// Takes the version: its text does not change while somebody signs it.
pub async fn prendre(tx: &mut Tx, version: &str) -> Result<Uuid, Panne> {
    tx.execute_one(
        "UPDATE versions_charte SET rang = rang WHERE code = $1",
        &valeurs![version],
    )
    .await?;
    let (id,): (Uuid,) = tx
        .fetch_one(
            "SELECT id FROM versions_charte WHERE code = $1",
            &valeurs![version],
        )
        .await?;
    Ok(id)
}

/// Takes the version, unless nobody presented it here.
pub async fn prendre_si_presentee(tx: &mut Tx, version: &str) -> Result<(), Panne> {
    tx.execute(
        "UPDATE versions_charte SET rang = rang WHERE code = $1",
        &valeurs![version],
    )
    .await
    .map(drop)
}

/// The text of the version is this one.
pub async fn record_publication(
    tx: &mut Tx,
    publication: &Publication,
    texte: &str,
) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE versions_charte SET texte = $2, empreinte = $3, publie_le = $4, publie_par = $5
         WHERE code = $1",
        &valeurs![
            publication.version.as_str(),
            texte,
            empreinte(texte),
            publication.publie_le,
            publication.par
        ],
    )
    .await
}

/// How many signatures were given here on the text of a version.
pub async fn signatures_du_texte(base: &mut Lecture, version: &str) -> Result<i64, Panne> {
    base.compter(
        "SELECT COUNT(*) FROM signatures_lues WHERE version = $1 AND code IS NOT NULL",
        &valeurs![version],
    )
    .await
}
