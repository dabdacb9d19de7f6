//! How far the long transactions of this process are.
//!
//! What a transaction writes is read by nobody before its end, its progress no
//! more than the rest: it is told here, to who waits in front of a page. A page
//! served by another process only says that the work goes on.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
};

use uuid::Uuid;

/// What is done so far, by what it is done to; cloning it shares it.
#[derive(Debug, Clone, Default)]
pub struct Avancements(Arc<Mutex<HashMap<Uuid, i64>>>);

impl Avancements {
    fn tenus(&self) -> MutexGuard<'_, HashMap<Uuid, i64>> {
        self.0.lock().expect("no panic while held")
    }

    /// So many are done.
    pub fn dire(&self, objet: Uuid, faites: i64) {
        self.tenus().insert(objet, faites);
    }

    /// How many are done, if this process is at work on it.
    pub fn lire(&self, objet: Uuid) -> Option<i64> {
        self.tenus().get(&objet).copied()
    }

    /// The work is done, or given up.
    pub fn oublier(&self, objet: Uuid) {
        self.tenus().remove(&objet);
    }
}
