//! Kept pages: a public page is rendered once and served again.
//!
//! Only ever the page of a visitor without a session cookie, and never longer
//! than [`DUREE`]: another process may have acted. An act of this process
//! empties the shelf at once. Each page is compressed once for each encoding
//! that is asked for, the first time it is.

use std::{
    collections::HashMap,
    sync::{
        Arc, OnceLock, RwLock,
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

use super::{
    compression::{Codage, Effort, selon_le_codage},
    erreurs::Panne,
    horloge::Chronometre,
    session,
};
use crate::app::App;

/// How long a page may be out of date after another process acted.
const DUREE: SignedDuration = SignedDuration::from_secs(1);
/// Bounds the memory: beyond it the shelf is emptied and fills again.
const PAGES_AU_PLUS: usize = 500;
const POIDS_AU_PLUS: usize = 1 << 20;

struct Page {
    brute: Forme,
    comprimees: [OnceLock<Forme>; Codage::TOUS.len()],
    jusqua: Timestamp,
}

/// A page as it is sent; two encodings never share an `ETag`.
struct Forme {
    corps: Bytes,
    entetes: HeaderMap,
}

/// The shelf of one process.
#[derive(Default)]
pub struct Gardees {
    pages: RwLock<HashMap<String, Arc<Page>>>,
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

    fn prendre(&self, adresse: &str) -> Option<Arc<Page>> {
        let maintenant = Chronometre.now();
        let pages = self.pages.read().expect("no panic while held");
        pages
            .get(adresse)
            .filter(|page| page.jusqua > maintenant)
            .cloned()
    }

    fn garder(&self, adresse: String, page: Arc<Page>, vidages: u64) {
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
    // What an address carries after `?` is its reader's own: never kept.
    if requete.method() != Method::GET || !anonyme || requete.uri().query().is_some() {
        return suite.run(requete).await;
    }
    let adresse = requete.uri().to_string();
    let codage = Codage::accepte(requete.headers());
    let connue = requete.headers().get(header::IF_NONE_MATCH).cloned();
    if let Some(page) = app.gardees.prendre(&adresse) {
        return repondre(page.forme(codage), connue.as_ref());
    }
    let vidages = app.gardees.vidages.load(Ordering::SeqCst);
    let reponse = suite.run(requete).await;
    if reponse.status() != StatusCode::OK {
        return reponse;
    }
    match figer(reponse).await {
        Ok(page) => {
            let page = Arc::new(page);
            app.gardees.garder(adresse, Arc::clone(&page), vidages);
            repondre(page.forme(codage), connue.as_ref())
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
    entetes.insert(header::ETAG, etiquette(&corps));
    entetes.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    selon_le_codage(&mut entetes);
    Ok(Page {
        brute: Forme { corps, entetes },
        comprimees: Default::default(),
        jusqua: Chronometre.now() + DUREE,
    })
}

fn etiquette(corps: &[u8]) -> HeaderValue {
    let etiquette = data_encoding::HEXLOWER.encode(&Sha256::digest(corps)[..12]);
    HeaderValue::from_str(&format!("\"{etiquette}\"")).expect("hexadecimal")
}

impl Page {
    fn forme(&self, codage: Option<Codage>) -> &Forme {
        match codage {
            None => &self.brute,
            Some(codage) => {
                self.comprimees[codage as usize].get_or_init(|| self.brute.comprimee(codage))
            }
        }
    }
}

impl Forme {
    fn comprimee(&self, codage: Codage) -> Self {
        let corps = codage.comprimer(&self.corps, Effort::Soutenu);
        let mut entetes = self.entetes.clone();
        entetes.remove(header::CONTENT_LENGTH);
        entetes.insert(header::ETAG, etiquette(&corps));
        let nom = HeaderValue::from_static(codage.nom());
        entetes.insert(header::CONTENT_ENCODING, nom);
        Self { corps, entetes }
    }
}

fn repondre(forme: &Forme, connue: Option<&HeaderValue>) -> Response {
    let inchangee = connue.is_some() && connue == forme.entetes.get(header::ETAG);
    let mut reponse = match inchangee {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => Response::new(Body::from(forme.corps.clone())),
    };
    *reponse.headers_mut() = forme.entetes.clone();
    reponse
}
