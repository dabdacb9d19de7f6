//! Mails: a row written in the act's transaction, sent by a job afterwards.
//!
//! Nothing is sent during a request. Without SMTP settings the mails stay in
//! the base (in demonstration, `/courriels` shows them). A mail that carries a
//! link of its reader's own (to sign in, to object to reminders) loses its text
//! once sent: the link is nowhere in clear.

use std::time::Duration;

use jiff::Timestamp;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{
    alea,
    db::{Lecture, Tx},
    erreurs::Panne,
    taches::{self, Tache},
};
use crate::{app::App, valeurs};

/// How long the post office may take to answer a command: well within the lease
/// of a job (`taches::BAIL`), so that nobody takes it again meanwhile.
const PATIENCE: Duration = Duration::from_secs(10);

/// The job that sends one mail.
pub const ENVOI: &str = "courriel";

/// The kind of a reminder: its link speaks for whoever reads it.
pub const RELANCE: &str = "relance";

/// A mail to send.
#[derive(Debug, Clone)]
pub struct Courriel {
    /// What it is: `accuse`, `lien`, `decision`.
    pub genre: &'static str,
    pub a: String,
    pub objet: String,
    pub texte: String,
}

/// A mail as it stands in the base.
#[derive(Debug, Clone, FromRow)]
pub struct CourrielInscrit {
    pub id: Uuid,
    pub genre: String,
    pub a: String,
    pub objet: String,
    pub texte: String,
    pub cree_le: i64,
    pub envoye_le: Option<i64>,
}

/// Where mails leave from; absent, they stay in the base.
#[derive(Clone)]
pub struct Poste {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    expediteur: Mailbox,
}

impl Poste {
    /// From `COOPOLE_SMTP` (`smtp://`, `smtps://`) and `COOPOLE_EXPEDITEUR`.
    pub fn new(adresse: &str, expediteur: &str) -> Result<Self, Panne> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(adresse)
            .map_err(|e| {
                Panne::Reglage(format!(
                    "COOPOLE_SMTP : une adresse smtp:// ou smtps:// est attendue ({e})"
                ))
            })?
            .timeout(Some(PATIENCE))
            .build();
        let expediteur = expediteur.parse().map_err(|e| {
            Panne::Reglage(format!(
                "COOPOLE_EXPEDITEUR : une adresse d’envoi est attendue ({e})"
            ))
        })?;
        Ok(Self {
            transport,
            expediteur,
        })
    }

    async fn envoyer(&self, courriel: &CourrielInscrit) -> Result<(), Panne> {
        let a = courriel
            .a
            .parse()
            .map_err(|e| Panne::Voisin(format!("address: {e}")))?;
        let message = Message::builder()
            .from(self.expediteur.clone())
            .to(a)
            .subject(&courriel.objet)
            .message_id(Some(format!("<{}@coopole>", courriel.id)))
            .header(ContentType::TEXT_PLAIN)
            .body(courriel.texte.clone())
            .map_err(|e| Panne::Voisin(format!("mail: {e}")))?;
        self.transport
            .send(message)
            .await
            .map_err(|e| Panne::Voisin(format!("SMTP: {e}")))?;
        Ok(())
    }
}

/// Writes the mail and the job that sends it, in the act's transaction.
pub async fn enqueue(tx: &mut Tx, courriel: &Courriel, le: Timestamp) -> Result<Uuid, Panne> {
    let id = alea::id();
    tx.execute(
        "INSERT INTO courriels (id, genre, a, objet, texte, cree_le) VALUES ($1, $2, $3, $4, $5, $6)",
        &valeurs![id, courriel.genre, &courriel.a, &courriel.objet, &courriel.texte, le],
    )
    .await?;
    taches::enqueue(tx, ENVOI, id, le).await?;
    Ok(id)
}

/// The job: sends, then records that it left.
pub async fn envoyer(app: &App, tache: &Tache) -> Result<(), Panne> {
    let courriel = find(&mut app.db.lecture().await?, tache.objet).await?;
    if let Some(poste) = &app.poste {
        poste.envoyer(&courriel).await?;
    }
    let mut tx = app.db.begin().await?;
    if app.poste.is_some() {
        let le = app.horloge.now();
        tx.execute(
            "UPDATE courriels SET envoye_le = $1 WHERE id = $2",
            &valeurs![le, courriel.id],
        )
        .await?;
        tx.execute(
            "UPDATE courriels SET texte = '' WHERE id = $1 AND genre IN ('lien', 'relance')",
            &valeurs![courriel.id],
        )
        .await?;
    }
    tache.achever(&mut tx).await?;
    tx.commit().await
}

async fn find(base: &mut Lecture, id: Uuid) -> Result<CourrielInscrit, Panne> {
    base.fetch_one(
        "SELECT id, genre, a, objet, texte, cree_le, envoye_le FROM courriels WHERE id = $1",
        &valeurs![id],
    )
    .await
}
