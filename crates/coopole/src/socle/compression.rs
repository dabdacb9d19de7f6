//! Pages made smaller on their way: Brotli or gzip, as the browser accepts.
//!
//! The browser's files carry their compressed twins ([`super::actifs`]) and a
//! kept page is compressed once, with care ([`super::gardees`]); any other
//! page is compressed as it leaves, cheaply. Only HTML: a PDF, an archive or a
//! list as a file leaves as it is, and nothing is compressed twice.
//!
//! Compressing a secret beside text that somebody else chose lets them guess
//! the secret by the weight of the answer (BREACH). Our pages hold no such
//! secret: the session is in a cookie that no page shows, forms carry no token
//! (another site's are refused by where they come from), a sign-in link is
//! already known to who asks for its page. And the cookie is `SameSite`:
//! another site cannot make a browser ask for a private page and weigh it. A
//! page that would come to hold a secret must not pass here.

use std::io::Write;

use axum::{
    body::{Body, Bytes, HttpBody, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::erreurs::Panne;

/// Below this, the headers weigh more than what is spared.
const POIDS_AU_MOINS: u64 = 1024;

/// A way of writing the same bytes that a browser may accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codage {
    Br,
    Gzip,
}

/// How hard to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// For an answer sent once.
    Moindre,
    /// For an answer sent many times.
    Soutenu,
}

impl Codage {
    pub const TOUS: [Self; 2] = [Self::Br, Self::Gzip];

    /// The best one that these headers accept.
    pub fn accepte(entetes: &HeaderMap) -> Option<Self> {
        let accepte = entetes.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
        Self::TOUS
            .into_iter()
            .find(|codage| codage.est_dans(accepte))
    }

    /// The word of `Content-Encoding`.
    pub const fn nom(self) -> &'static str {
        match self {
            Self::Br => "br",
            Self::Gzip => "gzip",
        }
    }

    /// Whether an `Accept-Encoding` names it without refusing it (`q=0`).
    pub fn est_dans(self, accepte: &str) -> bool {
        accepte.split(',').any(|choix| {
            let (nom, poids) = choix.split_once(';').unwrap_or((choix, ""));
            let poids = poids.trim().strip_prefix("q=").unwrap_or("1");
            nom.trim().eq_ignore_ascii_case(self.nom())
                && poids.parse::<f32>().is_ok_and(|q| q > 0.0)
        })
    }

    /// The same bytes, smaller.
    pub fn comprimer(self, octets: &[u8], effort: Effort) -> Bytes {
        let mut sortie = Vec::with_capacity(octets.len() / 4);
        let issue = match self {
            Self::Br => brotli(octets, effort, &mut sortie),
            Self::Gzip => gzip(octets, effort, &mut sortie),
        };
        issue.expect("a Vec takes every write");
        sortie.into()
    }
}

fn brotli(octets: &[u8], effort: Effort, sortie: &mut Vec<u8>) -> std::io::Result<()> {
    let reglages = brotli::enc::BrotliEncoderParams {
        quality: match effort {
            Effort::Moindre => 3,
            Effort::Soutenu => 6,
        },
        // 256 KiB hold any page whole; the default would take four megabytes.
        lgwin: 18,
        size_hint: octets.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*octets, sortie, &reglages).map(drop)
}

fn gzip(octets: &[u8], effort: Effort, sortie: &mut Vec<u8>) -> std::io::Result<()> {
    let niveau = match effort {
        Effort::Moindre => flate2::Compression::fast(),
        Effort::Soutenu => flate2::Compression::default(),
    };
    let mut gzip = flate2::write::GzEncoder::new(sortie, niveau);
    gzip.write_all(octets)?;
    gzip.finish().map(drop)
}

/// The layer of every page: compresses the HTML that is not compressed yet.
pub async fn comprimer_les_pages(requete: Request, suite: Next) -> Response {
    let codage = Codage::accepte(requete.headers());
    let mut reponse = suite.run(requete).await;
    if !est_une_page(&reponse) || reponse.headers().contains_key(header::CONTENT_ENCODING) {
        return reponse;
    }
    selon_le_codage(reponse.headers_mut());
    let longueur = reponse.body().size_hint().exact();
    match (codage, longueur) {
        (Some(codage), Some(POIDS_AU_MOINS..)) => compresser(reponse, codage).await,
        _ => reponse,
    }
}

fn est_une_page(reponse: &Response) -> bool {
    let genre = reponse.headers().get(header::CONTENT_TYPE);
    genre.is_some_and(|genre| genre.as_bytes().starts_with(b"text/html"))
}

/// Says to whoever keeps copies that there is one for each encoding.
pub fn selon_le_codage(entetes: &mut HeaderMap) {
    entetes.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
}

async fn compresser(reponse: Response, codage: Codage) -> Response {
    let (mut parties, corps) = reponse.into_parts();
    // Whole already, its length is known: nothing is awaited here.
    let Ok(octets) = to_bytes(corps, usize::MAX).await else {
        return Panne::Programme("a page that breaks off").into_response();
    };
    parties.headers.remove(header::CONTENT_LENGTH);
    parties.headers.insert(
        header::CONTENT_ENCODING,
        HeaderValue::from_static(codage.nom()),
    );
    let octets = codage.comprimer(&octets, Effort::Moindre);
    Response::from_parts(parties, Body::from(octets))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepte(texte: &str) -> Option<Codage> {
        let entetes = [(header::ACCEPT_ENCODING, texte.parse().unwrap())];
        Codage::accepte(&entetes.into_iter().collect())
    }

    #[test]
    fn le_brotli_passe_avant_le_gzip_et_un_refus_est_entendu() {
        assert_eq!(accepte("gzip, deflate, br"), Some(Codage::Br));
        assert_eq!(accepte("gzip;q=1.0, br;q=0"), Some(Codage::Gzip));
        assert_eq!(accepte("identity"), None);
        assert_eq!(Codage::accepte(&HeaderMap::new()), None);
    }

    #[test]
    fn ce_qui_est_comprime_se_relit_a_l_octet_pres() {
        let page = "Le pôle, et encore le pôle. ".repeat(500);
        for effort in [Effort::Moindre, Effort::Soutenu] {
            let br = Codage::Br.comprimer(page.as_bytes(), effort);
            let mut relu = Vec::new();
            brotli::BrotliDecompress(&mut &*br, &mut relu).unwrap();
            assert_eq!(relu, page.as_bytes());

            let gzip = Codage::Gzip.comprimer(page.as_bytes(), effort);
            let mut relu = String::new();
            std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&*gzip), &mut relu)
                .unwrap();
            assert_eq!(relu, page);
            assert!(br.len() < page.len() / 10 && gzip.len() < page.len() / 10);
        }
    }
}
