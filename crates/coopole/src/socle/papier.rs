//! Paper: PDFs made from recorded facts, by a job or on request, and kept so
//! that what was printed once is the same for ever. Never inside a transaction.

use std::sync::{Arc, OnceLock};

use axum::{
    body::{Body, Bytes},
    http::header,
    response::{IntoResponse, Response},
};
use documents::{Document, Imprimerie};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{
    alea,
    db::{Lecture, Tx},
    erreurs::Panne,
    fichiers::{self, Recu},
    reglages::Marque,
    taches::Tache,
};
use crate::{app::App, valeurs};

/// No paper of ours comes near it.
const POIDS_AU_PLUS: u64 = 16 << 20;

/// The press: opened at its first use, because its fonts weigh on memory.
#[derive(Clone)]
pub struct Presse {
    imprimerie: Arc<OnceLock<Imprimerie>>,
    marque: Marque,
}

impl Presse {
    pub fn new(marque: Marque) -> Self {
        Self {
            imprimerie: Arc::default(),
            marque,
        }
    }

    /// Prints, off the threads that answer requests.
    pub async fn imprimer(&self, document: Document) -> Result<Bytes, Panne> {
        let presse = self.clone();
        tokio::task::spawn_blocking(move || {
            let imprimerie = presse.ouvrir()?;
            imprimerie
                .imprimer(&document)
                .map(Bytes::from)
                .map_err(|e| Panne::Papier(e.into()))
        })
        .await
        .map_err(|_| Panne::Programme("the press panicked"))?
    }

    fn ouvrir(&self) -> Result<&Imprimerie, Panne> {
        if self.imprimerie.get().is_none() {
            let mut reglages = documents::Reglages::default();
            if self.marque == Marque::Etat {
                reglages.marque.mention = None;
            }
            let neuve = Imprimerie::nouvelle(reglages).map_err(|e| Panne::Papier(e.into()))?;
            // Two first readers at once: one press is kept, the other dropped.
            let _ = self.imprimerie.set(neuve);
        }
        self.imprimerie
            .get()
            .ok_or(Panne::Programme("the press was just set up"))
    }
}

/// A paper that was printed and kept.
#[derive(Debug, Clone, FromRow)]
pub struct Papier {
    pub id: Uuid,
    pub poids: i64,
    pub empreinte: Vec<u8>,
}

/// The paper of that kind for that object, once printed.
pub async fn find(base: &mut Lecture, objet: Uuid, genre: &str) -> Result<Option<Papier>, Panne> {
    base.fetch_optional(
        "SELECT id, poids, empreinte FROM documents WHERE objet = $1 AND genre = $2",
        &valeurs![objet, genre],
    )
    .await
}

/// The job of a paper: prints it and keeps it, unless it was kept meanwhile.
pub async fn imprimer_et_garder(
    app: &App,
    tache: &Tache,
    genre: &str,
    document: Document,
) -> Result<(), Panne> {
    if find(&mut app.db.lecture().await?, tache.objet, genre)
        .await?
        .is_some()
    {
        return tache.achever_seule(app).await;
    }
    garder(app, (tache.objet, genre), document, Some(tache)).await
}

/// The same at once, for somebody who cannot wait for the job.
pub async fn imprimer_sans_attendre(
    app: &App,
    (objet, genre): (Uuid, &str),
    document: Document,
) -> Result<(), Panne> {
    garder(app, (objet, genre), document, None).await
}

/// The file, then the row that tells of it and ends the job; kept meanwhile by
/// another, the file just printed leaves.
async fn garder(
    app: &App,
    (objet, genre): (Uuid, &str),
    document: Document,
    tache: Option<&Tache>,
) -> Result<(), Panne> {
    let pdf = app.presse.imprimer(document).await?;
    let id = alea::id();
    let flux = Box::pin(futures_util::stream::iter([Ok(pdf)]));
    let recu = app.fichiers.deposer(id, flux, POIDS_AU_PLUS).await?;
    let inscrit = async {
        let mut tx = app.db.begin().await?;
        if let Some(tache) = tache {
            tache.achever(&mut tx).await?;
        }
        let neuf = record(&mut tx, objet, genre, id, &recu, app.horloge.now()).await?;
        if !neuf {
            tx.commit().await?;
            return Ok(None);
        }
        Ok(Some(tx))
    };
    fichiers::retenir(&*app.fichiers, id, inscrit.await)
        .await
        .map(drop)
}

/// Says whether it is the first paper of that kind for that object.
async fn record(
    tx: &mut Tx,
    objet: Uuid,
    genre: &str,
    id: Uuid,
    recu: &Recu,
    le: jiff::Timestamp,
) -> Result<bool, Panne> {
    let inscrits = tx
        .execute(
            "INSERT INTO documents (id, objet, genre, poids, empreinte, cree_le)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (objet, genre) DO NOTHING",
            &valeurs![id, objet, genre, recu.poids as i64, recu.empreinte, le],
        )
        .await?;
    Ok(inscrits > 0)
}

/// The paper as a download called `nom`: the one kept, or one printed now when
/// its job has not run yet. Both have the same bytes.
pub async fn telecharger(
    app: &App,
    (objet, genre): (Uuid, &str),
    nom: &str,
    document: impl Future<Output = Result<Document, Panne>>,
) -> Result<Response, Panne> {
    let garde = find(&mut app.db.lecture().await?, objet, genre).await?;
    match garde {
        Some(papier) => servir(app, &papier, nom).await,
        None => {
            let octets = app.presse.imprimer(document.await?).await?;
            Ok(telechargement(octets, nom))
        }
    }
}

/// The bytes of a kept paper, as a download called `nom`.
pub async fn servir(app: &App, papier: &Papier, nom: &str) -> Result<Response, Panne> {
    let octets = fichiers::lire_intact(&*app.fichiers, papier.id, &papier.empreinte).await?;
    Ok(telechargement(octets, nom))
}

/// A PDF as a download called `nom`, a name of ours.
pub fn telechargement(octets: Bytes, nom: &str) -> Response {
    let entetes = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{nom}.pdf\""),
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox".to_owned(),
        ),
    ];
    (entetes, Body::from(octets)).into_response()
}
