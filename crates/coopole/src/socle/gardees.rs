//! Kept pages: a public page is rendered once and served again.
//!
//! Only ever the page of a visitor without a session cookie, and never longer
//! than [`DUREE`]: another process may have acted. An act of this process
//! empties the shelf at once.

use std::{
    collections::HashMap,
    sync::{
        RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use super::{erreurs::Panne, horloge::Chronometre, session};
use crate::app::App;

/// How long a page may be out of date after another process acted.
const DUREE: SignedDuration = SignedDuration::from_secs(1);
/// Bounds the memory: beyond it the shelf is emptied and fills again.
const PAGES_AU_PLUS: usize = 500;
const POIDS_AU_PLUS: usize = 1 << 20;

#[derive(Clone)]
struct Page {
    corps: Bytes,
    entetes: HeaderMap,
    jusqua: Timestamp,
}

/// The shelf of one process.
#[derive(Default)]
pub struct Gardees {
    pages: RwLock<HashMap<String, Page>>,
    /// Counts the emptyings: a page rendered before one is not put on the
    /// shelf after it.
    vidages: AtomicU64,
}

impl Gardees {
    /// Empties the shelf: an act may have changed any page.
    pub fn oublier(&self) {
        self.vidages.fetch_add(1, Ordering::SeqCst);
        self.pages.write().expect("no panic while held").clear();
    }

    fn prendre(&self, adresse: &str) -> Option<Page> {
        let maintenant = Chronometre.now();
        let pages = self.pages.read().expect("no panic while held");
        pages
            .get(adresse)
            .filter(|page| page.jusqua > maintenant)
            .cloned()
    }

    fn garder(&self, adresse: String, page: Page, vidages: u64) {
        let mut pages = self.pages.write().expect("no panic while held");
        if self.vidages.load(Ordering::SeqCst) != vidages {
            return;
        }
        if pages.len() >= PAGES_AU_PLUS {
            pages.clear();
        }
        pages.insert(adresse, page);
    }
}

/// The layer of the public routes.
pub async fn servir(State(app): State<App>, requete: Request, suite: Next) -> Response {
    let anonyme = session::lire_temoin(requete.headers()).is_none();
    if requete.method() != Method::GET || !anonyme {
        return suite.run(requete).await;
    }
    let adresse = requete.uri().to_string();
    let connue = requete.headers().get(header::IF_NONE_MATCH).cloned();
    if let Some(page) = app.gardees.prendre(&adresse) {
        return repondre(page, connue.as_ref());
    }
    let vidages = app.gardees.vidages.load(Ordering::SeqCst);
    let reponse = suite.run(requete).await;
    if reponse.status() != StatusCode::OK {
        return reponse;
    }
    match figer(reponse).await {
        Ok(page) => {
            app.gardees.garder(adresse, page.clone(), vidages);
            repondre(page, connue.as_ref())
        }
        Err(panne) => panne.into_response(),
    }
}

async fn figer(reponse: Response) -> Result<Page, Panne> {
    let (parties, corps) = reponse.into_parts();
    let corps = to_bytes(corps, POIDS_AU_PLUS)
        .await
        .map_err(|_| Panne::Programme("a public page over its weight"))?;
    let mut entetes = parties.headers;
    let etiquette = data_encoding::HEXLOWER.encode(&Sha256::digest(&corps)[..12]);
    let etiquette = HeaderValue::from_str(&format!("\"{etiquette}\"")).expect("hexadecimal");
    entetes.insert(header::ETAG, etiquette);
    entetes.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(Page {
        corps,
        entetes,
        jusqua: Chronometre.now() + DUREE,
    })
}

fn repondre(page: Page, connue: Option<&HeaderValue>) -> Response {
    let inchangee = connue.is_some() && connue == page.entetes.get(header::ETAG);
    let mut reponse = match inchangee {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => Response::new(Body::from(page.corps)),
    };
    *reponse.headers_mut() = page.entetes;
    reponse
}
