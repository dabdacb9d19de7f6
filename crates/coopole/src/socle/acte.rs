//! The engine of acts: what every administrative act has in common.
//!
//! An act is a noun, an address and a row. It is written as a type that knows
//! who acts, on what and when; [`Acte::accomplir`] loads, asks the rule,
//! records and enqueues what follows. The engine does the rest, the same for
//! all: one transaction, the journal entry inside it, a second try when two
//! transactions met, the jobs woken afterwards, and a task of its own so that
//! a closed browser never cuts an act in the middle.
//! Never done here: a rule, a right, a word of the scheme.

use std::future::Future;

use super::{
    db::{Travail, Tx},
    erreurs::{Echec, Panne},
    journal::{self, Entree},
};
use crate::app::App;

/// An administrative act.
pub trait Acte: Send + Sync + 'static {
    /// What is true once the act is recorded.
    type Fait: Send + 'static;
    /// Why the rule may say no.
    type Refus: Send + 'static;

    /// Loads, asks the rule, records, enqueues. Changes nothing outside `tx`:
    /// no file, no mail, no clock. May run twice (the first try undone).
    fn accomplir(
        &self,
        tx: &mut Tx,
    ) -> impl Future<Output = Result<Self::Fait, Echec<Self::Refus>>> + Send;

    /// What the journal keeps: one entry an object touched, at least one.
    fn entrees(&self, fait: &Self::Fait) -> Vec<Entree>;
}

/// An act and its journal entries, as one piece of work.
struct Accomplissement<A>(A);

impl<A: Acte> Travail for Accomplissement<A> {
    type Fruit = A::Fait;
    type Refus = A::Refus;

    async fn faire(&self, tx: &mut Tx) -> Result<A::Fait, Echec<A::Refus>> {
        let fait = self.0.accomplir(tx).await?;
        let entrees = self.0.entrees(&fait);
        if entrees.is_empty() {
            return Err(Panne::Programme("an act without a journal entry").into());
        }
        for entree in &entrees {
            journal::inscrire(tx, entree).await?;
        }
        Ok(fait)
    }
}

impl App {
    /// Accomplishes the act, durably, or says why not.
    pub async fn accomplir<A: Acte>(&self, acte: A) -> Result<A::Fait, Echec<A::Refus>> {
        let app = self.clone();
        let tache = tokio::spawn(async move {
            let fait = app.db.passer(&Accomplissement(acte)).await?;
            app.gardees.oublier();
            app.reveil.notify_waiters();
            Ok(fait)
        });
        match tache.await {
            Ok(issue) => issue,
            Err(_) => Err(Panne::Programme("an act panicked; nothing was kept").into()),
        }
    }
}
