//! The journal: an append-only record of every act.
//!
//! In the act's own transaction one row is inserted with the hash of its own
//! columns. Within a second a job gives it its place in a Merkle log
//! ([`scellement`]) and signs the head. `coopole journal verifier` checks it
//! all ([`verification`]); one entry is proved by a file of its own ([`preuve`]). The row holds identifiers, act, instant and reason
//! code; persons and free text stay in their own tables, bound by a salted
//! commitment, so that erasing them leaves the journal verifiable.
//! Never done here: updating or deleting an entry.

pub mod arbre;
pub mod cle;
pub mod preuve;
pub mod scellement;
pub mod verification;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{alea, db::Tx, erreurs::Panne};
use crate::valeurs;

pub type Empreinte = [u8; 32];

/// What an act leaves in the journal.
#[derive(Debug, Clone)]
pub struct Entree {
    /// The noun of the act: `depot`.
    pub acte: &'static str,
    /// What it touched: `dossier`, and its identifier.
    pub genre: &'static str,
    pub objet: Uuid,
    /// Who acted; nobody when the clock did.
    pub par: Option<Uuid>,
    pub le: Timestamp,
    /// A reason code of the glossary, never free text.
    pub motif: Option<&'static str>,
    /// Text kept elsewhere that the entry must bind without showing it.
    pub engage: Option<String>,
}

impl Entree {
    pub fn new(acte: &'static str, genre: &'static str, objet: Uuid, le: Timestamp) -> Self {
        Self {
            acte,
            genre,
            objet,
            par: None,
            le,
            motif: None,
            engage: None,
        }
    }

    #[must_use]
    pub fn par(mut self, compte: Uuid) -> Self {
        self.par = Some(compte);
        self
    }

    #[must_use]
    pub fn motif(mut self, code: &'static str) -> Self {
        self.motif = Some(code);
        self
    }

    /// Binds a text (a reason, an answer) that lives in its own table.
    #[must_use]
    pub fn engageant(mut self, texte: impl Into<String>) -> Self {
        self.engage = Some(texte.into());
        self
    }
}

/// An entry as it stands in the base.
#[derive(Debug, Clone, FromRow)]
pub struct LigneJournal {
    pub id: Uuid,
    pub acte: String,
    pub genre: String,
    pub objet: Uuid,
    pub par: Option<Uuid>,
    pub le: i64,
    pub motif: Option<String>,
    pub engagement: Option<Vec<u8>>,
    pub empreinte: Vec<u8>,
    pub place: Option<i64>,
}

impl LigneJournal {
    /// The hash of the columns, each preceded by its length so that no two
    /// rows can be confused.
    pub fn recalculer(&self) -> Empreinte {
        let mut hache = Sha256::new();
        let mut champ = |octets: &[u8]| {
            hache.update((octets.len() as u64).to_be_bytes());
            hache.update(octets);
        };
        champ(self.id.as_bytes());
        champ(self.acte.as_bytes());
        champ(self.genre.as_bytes());
        champ(self.objet.as_bytes());
        champ(self.par.as_ref().map_or(&[][..], |par| par.as_bytes()));
        champ(&self.le.to_be_bytes());
        champ(self.motif.as_deref().unwrap_or_default().as_bytes());
        champ(self.engagement.as_deref().unwrap_or_default());
        hache.finalize().into()
    }
}

/// Inserts the entry in the act's transaction. Called by the engine of acts.
pub(super) async fn inscrire(tx: &mut Tx, entree: &Entree) -> Result<(), Panne> {
    let id = alea::id();
    let engagement = match &entree.engage {
        Some(texte) => Some(engager(tx, id, texte).await?),
        None => None,
    };
    let mut ligne = LigneJournal {
        id,
        acte: entree.acte.to_owned(),
        genre: entree.genre.to_owned(),
        objet: entree.objet,
        par: entree.par,
        le: entree.le.as_millisecond(),
        motif: entree.motif.map(str::to_owned),
        engagement,
        empreinte: Vec::new(),
        place: None,
    };
    ligne.empreinte = ligne.recalculer().to_vec();
    tx.execute(
        "INSERT INTO journal_entrees (id, acte, genre, objet, par, le, motif, engagement, empreinte)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &valeurs![
            ligne.id,
            ligne.acte,
            ligne.genre,
            ligne.objet,
            ligne.par,
            ligne.le,
            ligne.motif,
            ligne.engagement,
            ligne.empreinte
        ],
    )
    .await
    .map(drop)
}

/// Salted, so that a short text cannot be guessed from its hash; the salt can
/// be erased with the text, and the journal still verifies.
async fn engager(tx: &mut Tx, entree: Uuid, texte: &str) -> Result<Vec<u8>, Panne> {
    let sel = alea::octets::<32>();
    tx.execute(
        "INSERT INTO journal_sels (entree, sel) VALUES ($1, $2)",
        &valeurs![entree, sel],
    )
    .await?;
    Ok(engagement(&sel, texte).to_vec())
}

/// What an entry keeps of a text: nothing without the salt, the proof with it.
fn engagement(sel: &[u8], texte: &str) -> Empreinte {
    Sha256::new()
        .chain_update(sel)
        .chain_update(texte)
        .finalize()
        .into()
}
