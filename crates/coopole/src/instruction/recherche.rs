//! How a search in a list is made: by the number, by the rarest word typed, or
//! by reading the list when every word is common and soon found.

use metier::poles::mots::mots;

use super::store::{
    liste::{Demande, DossierListe, Repere, Vers},
    recherche as store,
};
use crate::{
    poles::{self, mots::compter_le_mot},
    socle::{db::Lecture, erreurs::Panne},
};

/// A word that fewer names hold is looked for by itself; a commoner one is met
/// soon enough by reading the list.
const RARE: i64 = 300;

/// What was typed, and the best way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recherche {
    /// « 2024-0137 »
    Numero(String),
    /// The rarest word, and all that was typed, folded.
    Mot { rare: String, texte: String },
    /// Only common words, or nothing: folded.
    Parcours(String),
}

impl Recherche {
    /// One short query a word typed, three words at most.
    pub async fn de(base: &mut Lecture, saisi: &str) -> Result<Self, Panne> {
        let saisi = saisi.trim();
        if est_un_numero(saisi) {
            return Ok(Self::Numero(saisi.to_owned()));
        }
        let texte = poles::cle_de_tri(saisi);
        let mut rare: Option<(i64, String)> = None;
        for mot in mots(saisi).take(3) {
            let combien = compter_le_mot(base, &mot.plie, RARE).await?;
            if rare.as_ref().is_none_or(|(autre, _)| combien < *autre) {
                rare = Some((combien, mot.plie));
            }
        }
        Ok(match rare {
            Some((combien, rare)) if combien < RARE => Self::Mot { rare, texte },
            _ => Self::Parcours(texte),
        })
    }

    /// What is found on this side of the place, in no order; nothing when the
    /// list itself is to be read.
    pub async fn trouver(
        &self,
        base: &mut Lecture,
        demande: &Demande<'_>,
        (repere, vers): (Option<Repere>, Vers),
    ) -> Result<Option<Vec<DossierListe>>, Panne> {
        let mut trouves = match self {
            Self::Numero(numero) => store::par_numero(base, demande, numero).await?,
            Self::Mot { rare, texte } => {
                let mut trouves = store::par_mot(base, demande, rare).await?;
                trouves.retain(|d| poles::cle_de_tri(&d.nom_du_pole).contains(texte));
                trouves
            }
            Self::Parcours(_) => return Ok(None),
        };
        if let Some(repere) = repere {
            let place = (repere.depose_le, repere.id);
            trouves.retain(|d| match vers {
                Vers::Apres => (d.depose_le, d.id) > place,
                Vers::Avant => (d.depose_le, d.id) < place,
            });
        }
        Ok(Some(trouves))
    }

    /// What the reading of the list compares names with.
    pub fn texte(&self) -> &str {
        match self {
            Self::Parcours(texte) => texte,
            Self::Numero(_) | Self::Mot { .. } => "",
        }
    }
}

/// « 2024-0137 »: a vintage, a dash, a rank.
fn est_un_numero(texte: &str) -> bool {
    let chiffres = |partie: &str| partie.len() >= 4 && partie.bytes().all(|o| o.is_ascii_digit());
    let parties = texte.split_once('-');
    parties.is_some_and(|(millesime, rang)| {
        millesime.len() == 4 && chiffres(millesime) && chiffres(rang)
    })
}
