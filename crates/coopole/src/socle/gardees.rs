//! Kept pages: a public page is rendered once and served again.
//!
//! Only ever the page of a visitor without a session cookie, and never longer
//! than [`DUREE`]: another process may have acted. An act of this process
//! empties the shelf at once. Each page is compressed once for each encoding
//! that is asked for, the first time it is. Those who ask for the same page at
//! once wait for the first of them, who renders it for all.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, OnceLock, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{
    body::{Body, Bytes, HttpBody, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

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
/// A heavier page is not kept.
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
    /// The pages being rendered, each closed until it is done.
    en_cours: Mutex<HashMap<String, Arc<Semaphore>>>,
}

/// Renders a page: whoever waits for it is freed when this is dropped.
struct Rendu<'g> {
    gardees: &'g Gardees,
    adresse: String,
}

impl Drop for Rendu<'_> {
    fn drop(&mut self) {
        let mut en_cours = self.gardees.en_cours.lock().expect("no panic while held");
        if let Some(attente) = en_cours.remove(&self.adresse) {
            attente.close();
        }
    }
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

    /// The first to ask for a page renders it; the others wait until it has,
    /// and are given nothing.
    async fn a_rendre(&self, adresse: &str) -> Option<Rendu<'_>> {
        let attente = {
            let mut en_cours = self.en_cours.lock().expect("no panic while held");
            match en_cours.get(adresse) {
                Some(attente) => Arc::clone(attente),
                None => {
                    en_cours.insert(adresse.to_owned(), Arc::new(Semaphore::new(0)));
                    return Some(Rendu {
                        gardees: self,
                        adresse: adresse.to_owned(),
                    });
                }
            }
        };
        // Closed, never given: only its end is waited for.
        let _ = attente.acquire().await;
        None
    }

    fn garder(&self, adresse: &str, page: Arc<Page>, vidages: u64) {
        let mut pages = self.pages.write().expect("no panic while held");
        if self.vidages.load(Ordering::SeqCst) != vidages {
            return;
        }
        if pages.len() >= PAGES_AU_PLUS {
            pages.clear();
        }
        pages.insert(adresse.to_owned(), page);
    }
}

/// What an address carries after `?` is its reader's own: never kept. HEAD is
/// GET without its body, which the server leaves out by itself.
fn se_garde(requete: &Request) -> bool {
    matches!(*requete.method(), Method::GET | Method::HEAD)
        && requete.uri().query().is_none()
        && session::lire_temoin(requete.headers()).is_none()
}

/// The layer of the whole site: a page on the shelf is answered before anything
/// else is asked of the request. Only public pages are ever put there.
pub async fn servir(State(app): State<App>, requete: Request, suite: Next) -> Response {
    if se_garde(&requete)
        && let Some(page) = app.gardees.prendre(requete.uri().path())
    {
        return page.repondre(requete.headers());
    }
    suite.run(requete).await
}

/// The layer of the public routes: puts on the shelf what they answer.
pub async fn garder(State(app): State<App>, mut requete: Request, suite: Next) -> Response {
    if !se_garde(&requete) {
        return suite.run(requete).await;
    }
    // The shelf keeps whole pages: whoever asks without the body first too.
    *requete.method_mut() = Method::GET;
    let adresse = requete.uri().path().to_owned();
    let entetes = requete.headers().clone();
    let rendu = app.gardees.a_rendre(&adresse).await;
    if rendu.is_none()
        && let Some(page) = app.gardees.prendre(&adresse)
    {
        return page.repondre(&entetes);
    }
    let vidages = app.gardees.vidages.load(Ordering::SeqCst);
    let reponse = suite.run(requete).await;
    if reponse.status() != StatusCode::OK {
        return reponse;
    }
    // A heavier one is served as it comes, and not kept.
    if !leger(reponse.body()) {
        return reponse;
    }
    match figer(reponse).await {
        Ok(page) => {
            let page = Arc::new(page);
            app.gardees.garder(&adresse, Arc::clone(&page), vidages);
            page.repondre(&entetes)
        }
        Err(panne) => panne.into_response(),
    }
}

fn leger(corps: &Body) -> bool {
    let poids = corps.size_hint().upper();
    poids.is_some_and(|poids| poids <= POIDS_AU_PLUS as u64)
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
    /// As these headers accept it; nothing but its `ETag` if they know it.
    fn repondre(&self, demande: &HeaderMap) -> Response {
        let forme = self.forme(Codage::accepte(demande));
        let etiquette = forme.entetes.get(header::ETAG);
        let inchangee = demande.get(header::IF_NONE_MATCH) == etiquette;
        let mut reponse = match inchangee {
            true => StatusCode::NOT_MODIFIED.into_response(),
            false => Response::new(Body::from(forme.corps.clone())),
        };
        *reponse.headers_mut() = forme.entetes.clone();
        reponse
    }

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
