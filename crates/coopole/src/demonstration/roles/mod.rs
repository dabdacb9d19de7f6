//! The parts the extras play once the call is closed: their cells, examiners,
//! deputies at the Trésor, and their own poles.
//!
//! One job plays one scene at its hour of the story, through the same acts as
//! people, and plans the next: scenes never overlap, however many jobs run.
//! Played again after a crash, a scene does what it had not done. What the
//! visitor did first is left as it is, and the cast's dossiers wait.

mod avis;
mod comite;
mod conventions;
mod decision;

use std::sync::Arc;

use futures_util::{FutureExt, future::BoxFuture};
use jiff::Timestamp;
use metier::commun::{Refus, phrases};

use super::{
    distribution::instant,
    store::{self, DossierDepose},
};
use crate::{
    app::App,
    campagnes::Campagne,
    comptes::store as comptes,
    socle::{
        acte::Acte,
        alea,
        db::Tx,
        droits::{Habilitation, Personne},
        erreurs::{Echec, Panne},
        session,
        taches::{self, Tache},
    },
};

/// The job that plays a scene, told by the hour at which it falls due.
pub const ROLE: &str = "figurants";
/// The same, for a scene that prints: the visitor does not wait for it.
pub const SUITE: &str = "figurants_suite";

/// What is played.
#[derive(Clone, Copy)]
enum Jeu {
    Avis,
    PremieresNotes,
    Notes,
    Cloture,
    Preparation,
    Arret,
    Programmation,
    Lettres,
    Propositions,
    Signatures,
}

impl Jeu {
    fn tache(self) -> &'static str {
        match self {
            Self::Signatures => SUITE,
            _ => ROLE,
        }
    }
}

/// The scenes, in the order of time.
const HISTOIRE: [(&str, Jeu); 10] = [
    ("2024-07-29T16:00:00+02:00", Jeu::Avis),
    ("2024-07-30T17:00:00+02:00", Jeu::PremieresNotes),
    ("2024-09-03T17:00:00+02:00", Jeu::Notes),
    ("2024-09-12T17:00:00+02:00", Jeu::Cloture),
    ("2024-09-17T10:00:00+02:00", Jeu::Preparation),
    ("2024-09-19T16:00:00+02:00", Jeu::Arret),
    ("2024-09-20T09:00:00+02:00", Jeu::Programmation),
    ("2024-09-26T14:00:00+02:00", Jeu::Lettres),
    ("2024-10-01T09:00:00+02:00", Jeu::Propositions),
    ("2024-10-04T17:00:00+02:00", Jeu::Signatures),
];

/// Installs those who play and plans the first scene, once, at the birth of
/// the world.
pub async fn distribuer(app: &App) -> Result<(), Panne> {
    let campagne = app.campagnes.find(super::monde::APPEL)?;
    let dossiers = store::deposes(&mut app.db.lecture().await?, &campagne.code).await?;
    let mut tx = app.db.begin().await?;
    avis::installer(&mut tx).await?;
    comite::installer(&mut tx, &dossiers).await?;
    decision::installer(&mut tx).await?;
    planifier(&mut tx, 0).await?;
    tx.commit().await
}

async fn planifier(tx: &mut Tx, rang: usize) -> Result<(), Panne> {
    match HISTOIRE.get(rang) {
        Some((heure, jeu)) => taches::enqueue(tx, jeu.tache(), alea::id(), instant(heure)).await,
        None => Ok(()),
    }
}

/// The job: plays its scene, then plans the next one.
pub async fn jouer(app: &App, tache: &Tache) -> Result<(), Panne> {
    let due = |(heure, _): &(&str, Jeu)| instant(heure).as_millisecond() == tache.due_le;
    let rang = HISTOIRE
        .iter()
        .position(due)
        .ok_or_else(|| Panne::Ligne(format!("no scene is due at {}", tache.due_le)))?;
    let (heure, jeu) = HISTOIRE[rang];
    let scene = Scene {
        app,
        campagne: app.campagnes.find(super::monde::APPEL)?,
        le: instant(heure),
    };
    let partie: BoxFuture<'_, Result<(), Panne>> = match jeu {
        Jeu::Avis => avis::rendre(&scene).boxed(),
        Jeu::PremieresNotes => comite::commencer(&scene).boxed(),
        Jeu::Notes => comite::finir(&scene).boxed(),
        Jeu::Cloture => decision::clore(&scene).boxed(),
        Jeu::Preparation => decision::preparer(&scene).boxed(),
        Jeu::Arret => decision::arreter(&scene).boxed(),
        Jeu::Programmation => decision::programmer(&scene).boxed(),
        Jeu::Lettres => decision::renoncer_aux_lettres(&scene).boxed(),
        Jeu::Propositions => conventions::proposer(&scene).boxed(),
        Jeu::Signatures => conventions::signer_et_verser(&scene).boxed(),
    };
    partie.await?;
    let mut tx = app.db.begin().await?;
    tache.achever(&mut tx).await?;
    planifier(&mut tx, rang + 1).await?;
    tx.commit().await
}

/// Where and when a part is played.
struct Scene<'a> {
    app: &'a App,
    campagne: Arc<Campagne>,
    le: Timestamp,
}

impl Scene<'_> {
    /// What the call has received; the extras' own, in the order of filing.
    async fn dossiers(&self) -> Result<Vec<DossierDepose>, Panne> {
        store::deposes(&mut self.app.db.lecture().await?, &self.campagne.code).await
    }

    async fn figurants(&self) -> Result<Vec<DossierDepose>, Panne> {
        let mut dossiers = self.dossiers().await?;
        dossiers.retain(|dossier| dossier.figurant);
        Ok(dossiers)
    }

    async fn personne(&self, courriel: &str) -> Result<Personne, Panne> {
        let mut base = self.app.db.lecture().await?;
        let compte = comptes::find_by_courriel(&mut base, courriel)
            .await?
            .ok_or(Panne::Introuvable)?;
        session::personne(&mut base, compte.id, self.le).await
    }

    /// Plays an act. A rule that says no is part of the story: it was done
    /// already, or the visitor chose otherwise.
    async fn accomplir<A>(&self, acte: A) -> Result<(), Panne>
    where
        A: Acte,
        A::Refus: Refus,
    {
        match self.app.accomplir(acte).await {
            Err(Echec::Refus(refus)) => {
                refuse(&refus);
                Ok(())
            }
            Ok(_) | Err(Echec::Panne(Panne::Conflit(_))) => Ok(()),
            Err(Echec::Panne(panne)) => Err(panne),
        }
    }
}

fn refuse(refus: &impl Refus) {
    tracing::info!(refus = phrases(&refus.raisons()), "an extra was refused");
}

/// An account for somebody who plays.
async fn installer(
    tx: &mut Tx,
    (courriel, nom): (&str, &str),
    habilitations: &[Habilitation],
) -> Result<(), Panne> {
    let compte = comptes::create(tx, courriel, nom, Timestamp::UNIX_EPOCH).await?;
    for habilitation in habilitations {
        comptes::habiliter(tx, compte, *habilitation, Timestamp::UNIX_EPOCH).await?;
    }
    Ok(())
}
