//! What anyone reads of one pole: its record, the Charter it signed, the calls
//! it won. No person is named.

use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    poles::{
        self,
        fiches::{self, Fiche, Laureat},
    },
    socle::{db::Lecture, erreurs::Panne},
};

/// A record and what proves its signs.
pub struct FicheLue {
    pub fiche: Fiche,
    /// Version and instant of each signature.
    pub signatures: Vec<(String, Timestamp)>,
    pub laureats: Vec<Laureat>,
}

/// The record of that pole, if there is one.
pub async fn lire(base: &mut Lecture, id: Uuid) -> Result<Option<FicheLue>, Panne> {
    let Some(fiche) = fiches::find(base, id).await? else {
        return Ok(None);
    };
    Ok(Some(FicheLue {
        signatures: poles::signatures(base, id).await?,
        laureats: fiches::laureats(base, id).await?,
        fiche,
    }))
}
