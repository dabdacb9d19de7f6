//! The calls: their documents, embedded in the binary, and their public pages.
//!
//! Other rooms ask the door for a call by its code. Never done here: a rule of
//! a call (it is in its document) or a dossier (they come later).

use std::{ops::Deref, sync::Arc};

use metier::campagnes::{Fenetre, lire};

use crate::socle::{actifs, erreurs::Panne};

/// A call: its document, and what the base needs to name it.
pub struct Campagne {
    pub code: String,
    pub millesime: i32,
    pub version: u32,
    pub fenetre: Fenetre,
    document: metier::campagnes::Campagne,
}

impl Deref for Campagne {
    type Target = metier::campagnes::Campagne;
    fn deref(&self) -> &Self::Target {
        &self.document
    }
}

/// Every call this binary carries, the newest opening first.
pub struct Campagnes(Vec<Arc<Campagne>>);

impl Campagnes {
    /// Reads the embedded documents. A faulty one stops the start: what the
    /// text says and what the machine enforces cannot drift apart.
    pub fn embarquees() -> Result<Self, Panne> {
        let mut toutes = Vec::new();
        for appel in actifs::APPELS {
            let document = lire(appel.texte).map_err(|fautes| {
                tracing::error!(call = appel.nom, ?fautes, "faulty call");
                Panne::Programme("an embedded call is faulty")
            })?;
            toutes.push(Arc::new(Campagne {
                code: document.identite.code.clone(),
                millesime: document.identite.millesime.parse().unwrap_or_default(),
                version: 1,
                fenetre: document.fenetre(),
                document,
            }));
        }
        toutes.sort_by_key(|campagne| std::cmp::Reverse(campagne.fenetre.ouverture));
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
