//! The public list of signatories as a file: what the page lists, whole.

use jiff::Timestamp;
use metier::charte::QualiteSignature;

use super::{
    pages,
    store::{self, Cherche},
};
use crate::{
    poles::cle_de_tri,
    socle::{db::Lecture, erreurs::Panne},
};

/// No list of signatories comes near it.
const LIGNES_AU_PLUS: i64 = 100_000;

/// Who signed in that quality, those whose name holds this: the rows of the
/// file, the first being the titles.
pub async fn lire(
    base: &mut Lecture,
    (qualite, nom): (QualiteSignature, &str),
    site: &str,
    le: Timestamp,
) -> Result<Vec<Vec<String>>, Panne> {
    let cherche = Cherche {
        qualite,
        nom: &cle_de_tri(nom),
        toutes: false,
    };
    let lues = store::lister(base, &cherche, &None, LIGNES_AU_PLUS).await?;
    Ok(pages::tableur(&lues, site, le))
}

/// The organisations that signed in support, for the files of the register.
pub async fn soutiens(
    base: &mut Lecture,
    site: &str,
    le: Timestamp,
) -> Result<Vec<Vec<String>>, Panne> {
    lire(base, (QualiteSignature::Soutien, ""), site, le).await
}
