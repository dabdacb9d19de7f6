//! What anyone reads of one pole: its record, the Charter it signed, the calls
//! it won. No person is named.

use uuid::Uuid;

use super::corrections::repond;
use crate::{
    charte::{self, SignatureLue},
    poles::{
        corrections::{self, Modification},
        fiches::{self, Fiche, Laureat},
    },
    socle::{db::Lecture, droits::Personne, erreurs::Panne},
};

/// A record and what proves its signs.
pub struct FicheLue {
    pub fiche: Fiche,
    /// Each signature of the Charter, those withdrawn included.
    pub signatures: Vec<SignatureLue>,
    pub laureats: Vec<Laureat>,
    /// What changed in the record, the latest first.
    pub modifications: Vec<Modification>,
    /// Whether who reads may put a change back.
    pub peut_annuler: bool,
}

/// The record of that pole, if there is one, as this person reads it.
pub async fn lire(
    base: &mut Lecture,
    id: Uuid,
    personne: Option<&Personne>,
) -> Result<Option<FicheLue>, Panne> {
    let Some(fiche) = fiches::find(base, id).await? else {
        return Ok(None);
    };
    let modifications = corrections::modifications(base, id).await?;
    let peut_annuler = match personne {
        Some(personne) if !modifications.is_empty() => {
            repond(base, personne, fiche.lieu.region).await?
        }
        _ => false,
    };
    Ok(Some(FicheLue {
        modifications,
        peut_annuler,
        signatures: charte::du_pole(base, id).await?,
        laureats: fiches::laureats(base, id).await?,
        fiche,
    }))
}
