//! Who is at the other end: the session of a request.
//!
//! The cookie carries a random token, the base its hash. A page a visitor
//! reads without a cookie costs no query. `Personne` as an extractor sends
//! whoever is not signed in to the sign-in page, whether the thing asked for
//! exists or not.

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use jiff::{SignedDuration, Timestamp};
use metier::commun::Region;
use sha2::{Digest, Sha256};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{
    alea,
    db::{Lecture, Tx},
    departements,
    droits::{Habilitation, Perimetre, Personne, Qualite, Role},
    epci,
    erreurs::Panne,
    horloge::Chronometre,
};
use crate::{app::App, valeurs};

const TEMOIN: &str = "coopole_session";
/// A working day. Long enough not to lose an afternoon's draft.
const DUREE: SignedDuration = SignedDuration::from_hours(12);

/// The hash under which a secret is kept.
pub fn empreinte(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// Opens a session in the transaction that consumed the link; returns the
/// secret for the cookie.
pub async fn ouvrir(tx: &mut Tx, compte: Uuid) -> Result<String, Panne> {
    let secret = alea::jeton();
    let maintenant = Chronometre.now();
    tx.execute(
        "INSERT INTO sessions (empreinte, compte, ouverte, fin) VALUES ($1, $2, $3, $4)",
        &valeurs![empreinte(&secret), compte, maintenant, maintenant + DUREE],
    )
    .await?;
    Ok(secret)
}

/// Opens a session and ends the one the browser came with, whoever's it was: a
/// secret known before a sign-in opens nothing after it.
pub async fn renouveler(tx: &mut Tx, entetes: &HeaderMap, compte: Uuid) -> Result<String, Panne> {
    fermer(tx, entetes).await?;
    ouvrir(tx, compte).await
}

/// Ends the session of this request.
pub async fn fermer(tx: &mut Tx, entetes: &HeaderMap) -> Result<(), Panne> {
    if let Some(secret) = lire_temoin(entetes) {
        tx.execute(
            "DELETE FROM sessions WHERE empreinte = $1",
            &valeurs![empreinte(secret)],
        )
        .await?;
    }
    Ok(())
}

/// Ends every session of the account, on every device.
pub async fn fermer_partout(tx: &mut Tx, compte: Uuid) -> Result<(), Panne> {
    tx.execute("DELETE FROM sessions WHERE compte = $1", &valeurs![compte])
        .await
        .map(drop)
}

/// The header that gives the cookie to the browser.
pub fn poser_temoin(app: &App, secret: &str) -> String {
    let sur = if app.reglages.url.starts_with("https:") {
        "; Secure"
    } else {
        ""
    };
    let duree = DUREE.as_secs();
    format!("{TEMOIN}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age={duree}{sur}")
}

/// The header that takes it back.
pub fn oter_temoin() -> String {
    format!("{TEMOIN}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// The secret of our cookie, if the browser sent one.
pub fn lire_temoin(entetes: &HeaderMap) -> Option<&str> {
    entetes
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|valeur| valeur.to_str().ok())
        .flat_map(|ligne| ligne.split(';'))
        .filter_map(|paire| paire.trim().split_once('='))
        .find_map(|(nom, valeur)| (nom == TEMOIN).then_some(valeur))
}

/// The person of the request, if its cookie opens a living session: two
/// queries, and none without a cookie.
pub async fn lire(app: &App, entetes: &HeaderMap) -> Result<Option<Personne>, Panne> {
    let Some(secret) = lire_temoin(entetes) else {
        return Ok(None);
    };
    let mut base = app.db.lecture().await?;
    let titulaire: Option<Titulaire> = base
        .fetch_optional(
            "SELECT c.id, c.nom, c.courriel FROM sessions s JOIN comptes c ON c.id = s.compte
             WHERE s.empreinte = $1 AND s.fin > $2",
            &valeurs![empreinte(secret), Chronometre.now()],
        )
        .await?;
    match titulaire {
        None => Ok(None),
        Some(titulaire) => titulaire
            .habilite(&mut base, app.horloge.now())
            .await
            .map(Some),
    }
}

/// The person of an account, with what they hold at that instant.
pub async fn personne(base: &mut Lecture, compte: Uuid, le: Timestamp) -> Result<Personne, Panne> {
    let titulaire: Titulaire = base
        .fetch_one(
            "SELECT id, nom, courriel FROM comptes WHERE id = $1",
            &valeurs![compte],
        )
        .await?;
    titulaire.habilite(base, le).await
}

#[derive(FromRow)]
struct Titulaire {
    id: Uuid,
    nom: String,
    courriel: String,
}

impl Titulaire {
    async fn habilite(self, base: &mut Lecture, le: Timestamp) -> Result<Personne, Panne> {
        let Self { id, nom, courriel } = self;
        let habilitations = habilitations(base, id, le).await?;
        Ok(Personne {
            compte: id,
            nom,
            courriel,
            habilitations,
        })
    }
}

#[derive(FromRow)]
struct LigneHabilitation {
    role: String,
    qualite: Option<String>,
    pole: Option<Uuid>,
    region: Option<String>,
    departement: Option<String>,
    epci: Option<String>,
}

/// What the account holds today, in legal time.
async fn habilitations(
    base: &mut Lecture,
    compte: Uuid,
    le: Timestamp,
) -> Result<Vec<Habilitation>, Panne> {
    let lignes: Vec<LigneHabilitation> = base
        .fetch_all(
            "SELECT role, qualite, pole, region, departement, epci FROM habilitations
             WHERE compte = $1 AND du <= $2 AND (au IS NULL OR au > $2)
             ORDER BY role, region, departement, epci, id",
            &valeurs![compte, le],
        )
        .await?;
    lignes.into_iter().map(Habilitation::try_from).collect()
}

impl TryFrom<LigneHabilitation> for Habilitation {
    type Error = Panne;

    fn try_from(ligne: LigneHabilitation) -> Result<Self, Panne> {
        let inconnu = |mot: &str| Panne::Ligne(format!("habilitation: {mot}"));
        let role = Role::par_code(&ligne.role).ok_or_else(|| inconnu(&ligne.role))?;
        let qualite = ligne
            .qualite
            .map(|mot| Qualite::par_code(&mot).ok_or_else(|| inconnu(&mot)))
            .transpose()?;
        let perimetre = match (ligne.pole, ligne.region, ligne.departement, ligne.epci) {
            (Some(pole), ..) => Perimetre::Pole(pole),
            (_, Some(code), ..) => {
                Perimetre::Region(Region::par_code(&code).ok_or_else(|| inconnu(&code))?)
            }
            (_, _, Some(code), _) => {
                Perimetre::Departement(departements::connu(&code).ok_or_else(|| inconnu(&code))?)
            }
            (.., Some(siren)) => {
                Perimetre::Epci(epci::par_siren(&siren).ok_or_else(|| inconnu(&siren))?)
            }
            (None, None, None, None) => Perimetre::National,
        };
        Ok(Self {
            role,
            qualite,
            perimetre,
        })
    }
}

impl FromRequestParts<App> for Personne {
    type Rejection = Panne;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Panne> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Panne::NonConnecte {
                suite: parts
                    .uri
                    .path_and_query()
                    .map_or("/", |chemin| chemin.as_str())
                    .to_owned(),
            })
    }
}

impl OptionalFromRequestParts<App> for Personne {
    type Rejection = Panne;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Option<Self>, Panne> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}
