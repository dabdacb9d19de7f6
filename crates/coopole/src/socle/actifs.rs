//! What the binary carries with it: the browser's files, the calls and the
//! reference data, embedded by `build.rs`.
//!
//! Pages ask for an address by name (`chemin("app.css")`) and the router gives
//! `/actifs/{fichier}` to `servir`. Nothing here reads the disk: a deployed
//! binary is one file. Addresses carry a hash of the content, so a browser may
//! keep what it has for a year.

use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::compression::Codage;

/// A file for the browser, with its compressed twins.
pub struct Actif {
    /// The name that pages use: `app.css`.
    pub nom: &'static str,
    /// Where it is served: `/actifs/app.0123abcd4567.css`.
    pub chemin: &'static str,
    pub type_mime: &'static str,
    pub hash: &'static str,
    pub octets: &'static [u8],
    pub br: Option<&'static [u8]>,
    pub gz: Option<&'static [u8]>,
}

/// A text of the repository: a call's document, by its folder's name, or a
/// file of reference data, by its own.
pub struct Texte {
    pub nom: &'static str,
    pub texte: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/embarques.rs"));

/// The address of the asset called `nom`.
///
/// # Panics
/// If no asset has this name: names are written in our source, so the first
/// page that carries a wrong one fails in tests.
pub fn chemin(nom: &str) -> &'static str {
    match ACTIFS.iter().find(|actif| actif.nom == nom) {
        Some(actif) => actif.chemin,
        None => panic!("no embedded asset is called {nom}"),
    }
}

/// The reference data called `nom`.
///
/// # Panics
/// If no file of `donnees/` has this name, as [`chemin`] does.
pub fn donnee(nom: &str) -> &'static str {
    match DONNEES.iter().find(|texte| texte.nom == nom) {
        Some(texte) => texte.texte,
        None => panic!("no reference data is called {nom}"),
    }
}

/// `GET /actifs/{fichier}`: the file in the best encoding the browser takes.
pub async fn servir(Path(fichier): Path<String>, entetes: HeaderMap) -> Response {
    let trouve = ACTIFS
        .iter()
        .find(|actif| actif.chemin.strip_prefix("/actifs/") == Some(fichier.as_str()));
    let Some(actif) = trouve else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (codage, octets) = actif.meilleur_codage(&entetes);
    // One ETag per encoding: two byte strings must not share one.
    let etag = format!("\"{}-{}\"", actif.hash, codage.unwrap_or("brut"));
    let mut reponse = if texte(&entetes, IF_NONE_MATCH.as_str()).contains(&etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(CONTENT_TYPE, actif.type_mime)], octets).into_response()
    };
    let gardes = [
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (VARY, "accept-encoding"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (ETAG, etag.as_str()),
    ];
    let codages = codage.map(|codage| (CONTENT_ENCODING, codage));
    for (nom, valeur) in gardes.into_iter().chain(codages) {
        if let Ok(valeur) = valeur.parse() {
            reponse.headers_mut().insert(nom, valeur);
        }
    }
    reponse
}

impl Actif {
    fn meilleur_codage(&self, entetes: &HeaderMap) -> (Option<&'static str>, &'static [u8]) {
        let accepte = texte(entetes, ACCEPT_ENCODING.as_str());
        let jumeaux = [(Codage::Br, self.br), (Codage::Gzip, self.gz)];
        jumeaux
            .into_iter()
            .filter(|(codage, _)| codage.est_dans(accepte))
            .find_map(|(codage, octets)| Some((Some(codage.nom()), octets?)))
            .unwrap_or((None, self.octets))
    }
}

fn texte<'h>(entetes: &'h HeaderMap, nom: &str) -> &'h str {
    entetes
        .get(nom)
        .and_then(|valeur| valeur.to_str().ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn demander(chemin: &str, entetes: &[(&'static str, &str)]) -> Response {
        let fichier = chemin.trim_start_matches("/actifs/").to_owned();
        let entetes = entetes
            .iter()
            .map(|(nom, valeur)| (nom.parse().unwrap(), valeur.parse().unwrap()))
            .collect();
        servir(Path(fichier), entetes).await
    }

    fn entete<'r>(reponse: &'r Response, nom: &str) -> &'r str {
        texte(reponse.headers(), nom)
    }

    #[test]
    fn la_feuille_et_le_script_ont_une_adresse_qui_change_avec_leur_contenu() {
        for nom in ["app.css", "sans-script.css", "app.js", "favicon.svg"] {
            let actif = ACTIFS.iter().find(|a| a.chemin == chemin(nom)).unwrap();
            assert_eq!(actif.hash.len(), 12);
            assert!(actif.chemin.contains(actif.hash));
        }
    }

    #[tokio::test]
    async fn le_brotli_passe_avant_le_gzip_et_le_gzip_avant_le_brut() {
        for (accepte, codage) in [
            ("gzip, deflate, br", "br"),
            ("gzip;q=1.0, br;q=0", "gzip"),
            ("identity", ""),
            ("", ""),
        ] {
            let reponse = demander(chemin("app.css"), &[("accept-encoding", accepte)]).await;
            assert_eq!(entete(&reponse, "content-encoding"), codage, "{accepte}");
            assert_eq!(entete(&reponse, "vary"), "accept-encoding");
        }
    }

    #[tokio::test]
    async fn un_actif_se_garde_un_an_et_ne_se_devine_pas() {
        let reponse = demander(chemin("app.js"), &[]).await;
        assert_eq!(
            entete(&reponse, "content-type"),
            "text/javascript; charset=utf-8"
        );
        assert_eq!(
            entete(&reponse, "cache-control"),
            "public, max-age=31536000, immutable"
        );
        assert_eq!(entete(&reponse, "x-content-type-options"), "nosniff");
    }

    #[tokio::test]
    async fn un_actif_deja_recu_n_est_pas_renvoye() {
        let premiere = demander(chemin("app.css"), &[("accept-encoding", "br")]).await;
        let etag = entete(&premiere, "etag").to_owned();
        let codages = ("accept-encoding", "br");
        let seconde = demander(chemin("app.css"), &[("if-none-match", &etag), codages]).await;
        assert_eq!(seconde.status(), StatusCode::NOT_MODIFIED);
        let autre = demander(chemin("app.css"), &[("if-none-match", &etag)]).await;
        assert_eq!(autre.status(), StatusCode::OK, "another encoding");
    }

    #[tokio::test]
    async fn un_nom_inconnu_ou_sans_hash_est_introuvable() {
        for chemin in ["app.css", "manifest.json", "../Cargo.toml", ""] {
            let reponse = demander(chemin, &[]).await;
            assert_eq!(reponse.status(), StatusCode::NOT_FOUND, "{chemin}");
        }
    }
}
