//! The head of the journal, as it is published: what anybody needs to check
//! that nothing sealed has changed since.

use data_encoding::{BASE64, HEXLOWER};
use jiff::Timestamp;
use serde::Serialize;

use crate::socle::{
    erreurs::Panne,
    journal::{
        cle::{Cle, enonce},
        scellement::Tete,
    },
};

/// The signed head.
#[derive(Debug, Clone, Serialize)]
pub struct TetePubliee {
    /// How many entries it covers.
    pub taille: i64,
    /// Root of the Merkle tree over them (RFC 6962), hexadecimal.
    pub racine: String,
    pub scelle_le: Timestamp,
    /// The very bytes that are signed.
    pub enonce: String,
    /// ed25519, base 64.
    pub signature: String,
    /// PEM.
    pub cle_publique: String,
}

impl TetePubliee {
    pub fn new(tete: &Tete, cle: &Cle) -> Result<Self, Panne> {
        let illisible = || Panne::Ligne("the head of the journal".into());
        let racine = tete.racine.as_slice().try_into().map_err(|_| illisible())?;
        let taille = u64::try_from(tete.taille).map_err(|_| illisible())?;
        let octets = enonce(taille, &racine, tete.scelle_le);
        Ok(Self {
            taille: tete.taille,
            racine: HEXLOWER.encode(&racine),
            scelle_le: Timestamp::from_millisecond(tete.scelle_le).map_err(|_| illisible())?,
            enonce: String::from_utf8(octets).map_err(|_| illisible())?,
            signature: BASE64.encode(&tete.signature),
            cle_publique: cle.pem(),
        })
    }

    /// The plain text a program or a person reads without a browser.
    pub fn en_texte(&self) -> String {
        format!(
            "{}\nsignature {}\n\n{}",
            self.enonce, self.signature, self.cle_publique
        )
    }
}
