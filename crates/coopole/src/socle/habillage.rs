//! The outer layers: the arrival stamp, who is asking, the headers of every
//! answer, the refusal of posts from another site, and the page that dresses
//! a failure.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};

use super::{
    alea,
    erreurs::Panne,
    horloge::{Chronometre, RecuLe},
    mise_en_page::Cadre,
    session, traces,
};
use crate::{app::App, urls};

/// Stamps the request before anything else is read.
pub async fn horodater(State(app): State<App>, mut requete: Request, suite: Next) -> Response {
    let debut = Chronometre.now();
    requete
        .extensions_mut()
        .insert(RecuLe::maintenant(&app.horloge));
    let methode = requete.method().clone();
    let reponse = suite.run(requete).await;
    let duree = Chronometre.now().duration_since(debut).as_secs_f64();
    let statut = reponse.status().as_u16().to_string();
    metrics::counter!("coopole_requetes", "methode" => methode.to_string(), "statut" => statut)
        .increment(1);
    metrics::histogram!("coopole_duree_secondes").record(duree);
    reponse
}

/// Refuses a post that comes from another site: the session cookie must not
/// act on behalf of a page that is not ours.
pub async fn refuser_autre_site(State(app): State<App>, requete: Request, suite: Next) -> Response {
    let lecture = matches!(*requete.method(), Method::GET | Method::HEAD);
    if lecture || vient_d_ici(&app, requete.headers()) {
        return suite.run(requete).await;
    }
    Panne::AutreSite.into_response()
}

fn vient_d_ici(app: &App, entetes: &HeaderMap) -> bool {
    let lu = |nom: HeaderName| entetes.get(nom).and_then(|valeur| valeur.to_str().ok());
    match (
        lu(HeaderName::from_static("sec-fetch-site")),
        lu(header::ORIGIN),
    ) {
        (Some(provenance), _) => matches!(provenance, "same-origin" | "none"),
        (None, Some(origine)) => origine == app.reglages.url,
        // A program of ours without a browser: no cookie it did not choose.
        (None, None) => session::lire_temoin(entetes).is_none(),
    }
}

/// Finds who is asking, runs the request, then dresses what failed.
pub async fn habiller(State(app): State<App>, mut requete: Request, suite: Next) -> Response {
    let personne = match session::lire(&app, requete.headers()).await {
        Ok(personne) => personne,
        Err(panne) => {
            let cadre = Cadre::new(&app, None, requete.uri());
            return page_de_panne(&cadre, requete.method(), &Arc::new(panne));
        }
    };
    let cadre = Cadre::new(&app, personne.clone(), requete.uri());
    if let Some(personne) = personne {
        requete.extensions_mut().insert(personne);
    }
    requete.extensions_mut().insert(cadre.clone());
    let methode = requete.method().clone();
    let prive = cadre.personne.is_some();
    let mut reponse = suite.run(requete).await;
    if let Some(panne) = reponse.extensions().get::<Arc<Panne>>().cloned() {
        reponse = page_de_panne(&cadre, &methode, &panne);
    } else if reponse.status() == StatusCode::METHOD_NOT_ALLOWED {
        reponse = page_de_panne(&cadre, &methode, &Arc::new(Panne::Introuvable));
    }
    if prive {
        let entetes = reponse.headers_mut();
        entetes
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("no-store"));
    }
    reponse
}

/// The page of a failure: what happened in words, what is kept, where to go.
fn page_de_panne(cadre: &Cadre, methode: &Method, panne: &Arc<Panne>) -> Response {
    if let Panne::NonConnecte { suite } = panne.as_ref() {
        let suite = (*methode == Method::GET).then_some(suite.as_str());
        return Redirect::to(&urls::connexion(suite)).into_response();
    }
    let statut = panne.statut();
    let incident = statut.is_server_error().then(|| {
        let incident = alea::numero_incident();
        tracing::error!(%incident, path = traces::chemin(&cadre.chemin), error = traces::causes(panne), "request failed");
        incident
    });
    (
        statut,
        super::mise_en_page::panne(cadre, panne, incident.as_deref()),
    )
        .into_response()
}

/// The headers every answer carries.
pub async fn proteger(State(app): State<App>, requete: Request, suite: Next) -> Response {
    let mut reponse = suite.run(requete).await;
    let entetes = reponse.headers_mut();
    let encadrable = entetes
        .get(header::CONTENT_SECURITY_POLICY)
        .is_some_and(|politique| politique == CSP_ENCADRABLE);
    let mut poser = |nom: &'static str, valeur: &'static str| {
        entetes
            .entry(HeaderName::from_static(nom))
            .or_insert(HeaderValue::from_static(valeur));
    };
    poser("content-security-policy", CSP);
    poser("x-content-type-options", "nosniff");
    poser("referrer-policy", "same-origin");
    if encadrable {
        poser("cross-origin-resource-policy", "cross-origin");
    } else {
        poser("x-frame-options", "DENY");
        poser("cross-origin-opener-policy", "same-origin");
        poser("cross-origin-resource-policy", "same-origin");
    }
    poser(
        "permissions-policy",
        "camera=(), geolocation=(), microphone=()",
    );
    poser("cache-control", "no-cache");
    if app.reglages.url.starts_with("https:") {
        poser("strict-transport-security", "max-age=31536000");
    }
    reponse
}

/// Of a page made for the frame of another site: to be seen there, and nothing
/// else. It has no form, no script and nobody's session.
pub const CSP_ENCADRABLE: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
    base-uri 'none'; form-action 'none'; frame-ancestors *";

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";
