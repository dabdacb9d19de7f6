//! Two clocks, two types, and the only calls to the system clock of the house.
//!
//! [`Horloge`] is the legal time: deadlines, acts, notifications, journal. A
//! demonstration may move it forward. [`Chronometre`] is the machine's time:
//! sessions, sign-in links, leases, retries, rate limits, kept pages. Nobody
//! moves it.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the one place they are allowed"
)]

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use axum::{extract::FromRequestParts, http::request::Parts};
use jiff::{SignedDuration, Timestamp};
use metier::commun::temps;

use super::{
    db::{Db, Lecture},
    erreurs::Panne,
};
use crate::{app::App, valeurs};

/// How far ahead a demonstration promises its time, so that a crash cannot
/// make it go back: it resumes from the promise.
const AVANCE: SignedDuration = SignedDuration::from_secs(20);

/// The machine's time.
#[derive(Clone, Copy, Default)]
pub struct Chronometre;

impl Chronometre {
    pub fn now(self) -> Timestamp {
        Timestamp::now()
    }
}

/// The legal time: the machine's, plus what a demonstration has added.
#[derive(Clone, Default)]
pub struct Horloge {
    decalage_ms: Arc<AtomicI64>,
    /// An instant at which the time stands still, in tests; zero: it runs.
    figee_ms: Arc<AtomicI64>,
}

impl Horloge {
    pub fn now(&self) -> Timestamp {
        match self.figee_ms.load(Ordering::Relaxed) {
            0 => self.courante(),
            figee => Timestamp::from_millisecond(figee).unwrap_or(Timestamp::MAX),
        }
    }

    /// Stops the time at this instant: a journey reads the same hour twice.
    pub fn figer(&self, instant: Timestamp) {
        self.figee_ms
            .store(instant.as_millisecond(), Ordering::Relaxed);
    }

    fn courante(&self) -> Timestamp {
        Timestamp::now() + SignedDuration::from_millis(self.decalage_ms.load(Ordering::Relaxed))
    }

    fn regler(&self, decalage_ms: i64) {
        self.decalage_ms.store(decalage_ms, Ordering::Relaxed);
    }

    /// Reads the offset the base holds, so that several processes agree.
    pub async fn relire(&self, base: &mut Lecture) -> Result<(), Panne> {
        let ligne: Option<(i64,)> = base
            .fetch_optional("SELECT decalage_ms FROM horloge WHERE id = 1", &[])
            .await?;
        self.regler(ligne.map_or(0, |(decalage,)| decalage));
        Ok(())
    }

    /// Moves the time to `vers`. Refuses to go back.
    pub async fn avancer(&self, db: &Db, vers: Timestamp) -> Result<bool, Panne> {
        let machine = Timestamp::now();
        let decalage = (vers - machine)
            .total(jiff::Unit::Millisecond)
            .unwrap_or_default() as i64;
        let mut tx = db.begin().await?;
        let avancee = tx
            .execute(
                "INSERT INTO horloge (id, decalage_ms, jusqua_ms) VALUES (1, $1, $2)
                 ON CONFLICT (id) DO UPDATE SET decalage_ms = $1, jusqua_ms = $2
                 WHERE horloge.decalage_ms <= $1",
                &valeurs![decalage, vers + AVANCE],
            )
            .await?;
        tx.commit().await?;
        if avancee > 0 {
            self.regler(decalage);
        }
        Ok(avancee > 0)
    }

    /// Resumes a demonstration: its time stood still while nobody served it.
    pub async fn reprendre(&self, db: &Db) -> Result<(), Panne> {
        let machine = Timestamp::now().as_millisecond();
        let mut tx = db.begin().await?;
        tx.execute(
            "UPDATE horloge SET decalage_ms = jusqua_ms - $1
             WHERE id = 1 AND $1 + decalage_ms > jusqua_ms",
            &valeurs![machine],
        )
        .await?;
        self.relire(&mut tx).await?;
        tx.commit().await
    }

    /// Promises the next seconds; called every few seconds by the server of a
    /// demonstration, and with no advance when it stops.
    pub async fn promettre(&self, db: &Db, arret: bool) -> Result<(), Panne> {
        let jusqua = if arret {
            self.now()
        } else {
            self.now() + AVANCE
        };
        let mut tx = db.begin().await?;
        tx.execute(
            "UPDATE horloge SET jusqua_ms = $1 WHERE id = 1",
            &valeurs![jusqua],
        )
        .await?;
        self.relire(&mut tx).await?;
        tx.commit().await
    }
}

/// The instant the request arrived, in legal time, truncated to the second.
///
/// Stamped by the outermost layer before the body is read: a deadline is
/// judged on it, however long the server then takes.
#[derive(Clone, Copy, Debug)]
pub struct RecuLe(pub Timestamp);

impl RecuLe {
    pub fn maintenant(horloge: &Horloge) -> Self {
        Self(temps::a_la_seconde(horloge.now()))
    }
}

impl FromRequestParts<App> for RecuLe {
    type Rejection = Panne;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Panne> {
        parts
            .extensions
            .get::<Self>()
            .copied()
            .ok_or(Panne::Programme(
                "the outermost layer did not stamp the request",
            ))
    }
}
