//! Accounts, habilitations and sign-in links, as they are kept.

use jiff::{SignedDuration, Timestamp};
use metier::{commun, poles::Place};
use sqlx_macros::FromRow;
use uuid::Uuid;

use crate::{
    poles::comptes::Lieu,
    socle::{
        alea,
        db::{Lecture, Tx},
        droits::{Habilitation, Perimetre, Personne},
        erreurs::Panne,
        session,
    },
    valeurs,
};

/// How long a link may be used.
pub const VALIDITE: SignedDuration = SignedDuration::from_mins(15);

#[derive(Debug, Clone, FromRow)]
pub struct Compte {
    pub id: Uuid,
    pub nom: String,
    pub courriel: String,
}

#[derive(FromRow)]
pub struct Demande {
    pub courriel: String,
    pub suite: Option<String>,
}

#[derive(FromRow)]
pub struct LienConsomme {
    /// None when it was sent to an address that had no account.
    pub compte: Option<Uuid>,
    pub courriel: Option<String>,
    pub suite: Option<String>,
}

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LienVivant {
    /// To a session of its account.
    Compte,
    /// To an account that it opens first.
    Nouveau,
}

/// Two spellings of one address are one account.
pub fn plier(courriel: &str) -> String {
    courriel.trim().to_lowercase()
}

pub async fn create(tx: &mut Tx, courriel: &str, nom: &str, le: Timestamp) -> Result<Uuid, Panne> {
    let id = alea::id();
    tx.execute(
        "INSERT INTO comptes (id, courriel, nom, cree_le) VALUES ($1, $2, $3, $4)",
        &valeurs![id, plier(courriel), nom, le],
    )
    .await?;
    Ok(id)
}

/// When a habilitation holds: from an instant, and before another if it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Periode {
    pub du: Timestamp,
    pub au: Option<Timestamp>,
}

impl From<Timestamp> for Periode {
    /// From that instant on, until somebody ends it.
    fn from(du: Timestamp) -> Self {
        Self { du, au: None }
    }
}

/// Gives the account a role on a scope, for a period.
pub async fn habiliter(
    tx: &mut Tx,
    compte: Uuid,
    habilitation: Habilitation,
    periode: impl Into<Periode>,
) -> Result<(), Panne> {
    let periode = periode.into();
    let pole = match habilitation.perimetre {
        Perimetre::Pole(pole) => Some(pole),
        _ => None,
    };
    let territoire = habilitation.perimetre.territoire();
    let code_de = |genre: &str| {
        let sien = territoire.as_ref().filter(|(sien, ..)| *sien == genre);
        sien.map(|(_, code, _)| *code)
    };
    tx.execute(
        "INSERT INTO habilitations (id, compte, role, qualite, pole, region, departement, epci,
                                    du, au)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &valeurs![
            alea::id(),
            compte,
            habilitation.role.code(),
            habilitation.qualite.map(|qualite| qualite.code()),
            pole,
            code_de("region"),
            code_de("departement"),
            code_de("epci"),
            periode.du,
            periode.au
        ],
    )
    .await
    .map(drop)
}

/// Whether the account holds this very habilitation at that instant.
pub async fn est_habilite(
    base: &mut Lecture,
    compte: Uuid,
    habilitation: Habilitation,
    le: Timestamp,
) -> Result<bool, Panne> {
    let personne = session::personne(base, compte, le).await?;
    Ok(personne.habilitations.contains(&habilitation))
}

/// Every account with what it holds at that instant, by address.
pub async fn lister(base: &mut Lecture, le: Timestamp) -> Result<Vec<Personne>, Panne> {
    let comptes: Vec<(Uuid,)> = base
        .fetch_all("SELECT id FROM comptes ORDER BY courriel", &[])
        .await?;
    let mut personnes = Vec::with_capacity(comptes.len());
    for (compte,) in comptes {
        personnes.push(session::personne(base, compte, le).await?);
    }
    Ok(personnes)
}

/// Takes the account of that address for the length of the transaction.
pub async fn prendre(tx: &mut Tx, courriel: &str) -> Result<Option<Compte>, Panne> {
    tx.fetch_optional(
        "UPDATE comptes SET nom = nom WHERE courriel = $1 RETURNING id, nom, courriel",
        &valeurs![plier(courriel)],
    )
    .await
}

pub async fn find_by_courriel(base: &mut Lecture, courriel: &str) -> Result<Option<Compte>, Panne> {
    base.fetch_optional(
        "SELECT id, nom, courriel FROM comptes WHERE courriel = $1",
        &valeurs![plier(courriel)],
    )
    .await
}

pub async fn record_demande(
    tx: &mut Tx,
    courriel: &str,
    suite: Option<&str>,
    machine: Timestamp,
) -> Result<Uuid, Panne> {
    let id = alea::id();
    tx.execute(
        "INSERT INTO demandes_de_lien (id, courriel, suite, le) VALUES ($1, $2, $3, $4)",
        &valeurs![id, plier(courriel), suite, machine],
    )
    .await?;
    Ok(id)
}

pub async fn find_demande(base: &mut Lecture, id: Uuid) -> Result<Demande, Panne> {
    base.fetch_one(
        "SELECT courriel, suite FROM demandes_de_lien WHERE id = $1",
        &valeurs![id],
    )
    .await
}

/// How many links this address asked for since `depuis`.
pub async fn compter_demandes(
    base: &mut Lecture,
    courriel: &str,
    depuis: Timestamp,
) -> Result<i64, Panne> {
    base.compter(
        "SELECT COUNT(*) FROM demandes_de_lien WHERE courriel = $1 AND le > $2",
        &valeurs![plier(courriel), depuis],
    )
    .await
}

/// Makes a link for the account of this address, or for the address when it has
/// none; only its hash is kept. Returns the secret, for the mail.
pub async fn record_lien(
    tx: &mut Tx,
    (compte, courriel): (Option<Uuid>, &str),
    suite: Option<&str>,
    machine: Timestamp,
) -> Result<String, Panne> {
    let jeton = alea::jeton();
    let courriel = compte.is_none().then(|| plier(courriel));
    tx.execute(
        "INSERT INTO liens_de_connexion (empreinte, compte, courriel, suite, fin)
         VALUES ($1, $2, $3, $4, $5)",
        &valeurs![
            session::empreinte(&jeton),
            compte,
            courriel,
            suite,
            machine + VALIDITE
        ],
    )
    .await?;
    Ok(jeton)
}

/// Where the link would still lead, if it lives. An account opened since by
/// another link is an account.
pub async fn lien_vivant(
    base: &mut Lecture,
    jeton: &str,
    machine: Timestamp,
) -> Result<Option<LienVivant>, Panne> {
    let ligne: Option<(i64,)> = base
        .fetch_optional(
            "SELECT CAST(CASE WHEN l.compte IS NULL AND c.id IS NULL THEN 1 ELSE 0 END AS BIGINT)
             FROM liens_de_connexion l LEFT JOIN comptes c ON c.courriel = l.courriel
             WHERE l.empreinte = $1 AND l.fin > $2 AND l.consomme_le IS NULL",
            &valeurs![session::empreinte(jeton), machine],
        )
        .await?;
    Ok(ligne.map(|(nouveau,)| match nouveau {
        1 => LienVivant::Nouveau,
        _ => LienVivant::Compte,
    }))
}

/// Consumes the link, once: of two clicks at once, one finds nothing.
pub async fn consommer_lien(
    tx: &mut Tx,
    jeton: &str,
    machine: Timestamp,
) -> Result<Option<LienConsomme>, Panne> {
    tx.fetch_optional(
        "UPDATE liens_de_connexion SET consomme_le = $2
         WHERE empreinte = $1 AND fin > $2 AND consomme_le IS NULL
         RETURNING compte, courriel, suite",
        &valeurs![session::empreinte(jeton), machine],
    )
    .await
}

/// Whether one of these texts, which everybody will read, names somebody who has
/// an account here; which one.
pub async fn nomment(base: &mut Lecture, textes: &[&str]) -> Result<Option<usize>, Panne> {
    let noms: Vec<(String,)> = base.fetch_all("SELECT nom FROM comptes", &[]).await?;
    let nomme = |texte: &&str| noms.iter().any(|(nom,)| commun::nomme(texte, nom));
    Ok(textes.iter().position(nomme))
}

pub async fn existe(base: &mut Lecture, compte: Uuid) -> Result<bool, Panne> {
    let trouves = base
        .compter(
            "SELECT COUNT(*) FROM comptes WHERE id = $1",
            &valeurs![compte],
        )
        .await?;
    Ok(trouves > 0)
}

/// Takes that account for the length of the transaction.
pub async fn tenir(tx: &mut Tx, compte: Uuid) -> Result<(), Panne> {
    tx.execute(
        "UPDATE comptes SET nom = nom WHERE id = $1",
        &valeurs![compte],
    )
    .await
    .map(drop)
}

/// Whether the account was ever of any use: it held a role, or did an act.
pub async fn a_servi(base: &mut Lecture, compte: Uuid) -> Result<bool, Panne> {
    let traces = base
        .compter(
            "SELECT (SELECT COUNT(*) FROM habilitations WHERE compte = $1)
                  + (SELECT COUNT(*) FROM journal_entrees WHERE par = $1)",
            &valeurs![compte],
        )
        .await?;
    Ok(traces > 0)
}

/// Erases an account that was of no use, with all that was kept of its address.
pub async fn delete(tx: &mut Tx, compte: Uuid) -> Result<(), Panne> {
    tx.execute(
        "DELETE FROM courriels WHERE a IN (SELECT courriel FROM comptes WHERE id = $1)",
        &valeurs![compte],
    )
    .await?;
    tx.execute(
        "DELETE FROM demandes_de_lien
         WHERE courriel IN (SELECT courriel FROM comptes WHERE id = $1)",
        &valeurs![compte],
    )
    .await?;
    tx.execute(
        "DELETE FROM liens_de_connexion WHERE compte = $1
            OR courriel IN (SELECT courriel FROM comptes WHERE id = $1)",
        &valeurs![compte],
    )
    .await?;
    tx.execute("DELETE FROM sessions WHERE compte = $1", &valeurs![compte])
        .await?;
    tx.execute("DELETE FROM comptes WHERE id = $1", &valeurs![compte])
        .await
        .map(drop)
}

/// One person of the demonstration's cast, and what they hold.
#[derive(Debug, Clone, FromRow)]
pub struct Membre {
    pub id: Uuid,
    pub nom: String,
    pub courriel: String,
    pub role: String,
    pub qualite: Option<String>,
    /// The pole they act for, or the territory, by its code.
    pub pole: Option<String>,
    pub region: Option<String>,
    pub departement: Option<String>,
    pub epci: Option<String>,
}

impl Membre {
    /// Where they hold it, by its name.
    pub fn lieu(&self) -> Option<String> {
        let territoires = [
            ("region", &self.region),
            ("departement", &self.departement),
            ("epci", &self.epci),
        ];
        let territoire = territoires
            .into_iter()
            .find_map(|(genre, code)| Lieu::par_code(genre, code.as_deref()?));
        self.pole.clone().or(territoire.map(Lieu::nom))
    }
}

/// The accounts with the roles they hold, for the sign-in page of a
/// demonstration; with those they held, when they hold none.
pub async fn distribution(base: &mut Lecture, le: Timestamp) -> Result<Vec<Membre>, Panne> {
    base.fetch_all(
        "SELECT c.id, c.nom, c.courriel, h.role, h.qualite, p.nom AS pole, h.region,
                h.departement, h.epci
         FROM comptes c
         JOIN habilitations h ON h.compte = c.id
         LEFT JOIN poles p ON p.id = h.pole
         JOIN distribution d ON d.compte = c.id
         WHERE h.au IS NULL OR h.au > $1
            OR NOT EXISTS (SELECT 1 FROM habilitations a
                           WHERE a.compte = c.id AND (a.au IS NULL OR a.au > $1))
         ORDER BY d.rang, h.id",
        &valeurs![le],
    )
    .await
}

/// Whether the account belongs to the cast, the only ones opened in one click.
pub async fn est_de_la_distribution(base: &mut Lecture, compte: Uuid) -> Result<bool, Panne> {
    let trouves = base
        .compter(
            "SELECT COUNT(*) FROM distribution WHERE compte = $1",
            &valeurs![compte],
        )
        .await?;
    Ok(trouves > 0)
}

/// How many sessions of the account are open.
pub async fn compter_sessions(
    base: &mut Lecture,
    compte: Uuid,
    machine: Timestamp,
) -> Result<i64, Panne> {
    base.compter(
        "SELECT COUNT(*) FROM sessions WHERE compte = $1 AND fin > $2",
        &valeurs![compte, machine],
    )
    .await
}

/// Ends every habilitation of the account at that instant.
pub async fn clore_habilitations(tx: &mut Tx, compte: Uuid, le: Timestamp) -> Result<(), Panne> {
    tx.execute(
        "UPDATE habilitations SET au = $2 WHERE compte = $1 AND (au IS NULL OR au > $2)",
        &valeurs![compte, le],
    )
    .await
    .map(drop)
}

pub async fn pole_existe(base: &mut Lecture, pole: Uuid) -> Result<bool, Panne> {
    let trouves = base
        .compter(
            "SELECT COUNT(*) FROM poles WHERE id = $1 AND fusionne_dans IS NULL",
            &valeurs![pole],
        )
        .await?;
    Ok(trouves > 0)
}

/// Somebody of a pole's team.
#[derive(Debug, Clone)]
pub struct MembreEquipe {
    pub compte: Uuid,
    pub nom: String,
    pub courriel: String,
    pub place: Place,
}

/// The team of this pole at that instant, in the order in which people came.
pub async fn equipe(
    base: &mut Lecture,
    pole: Uuid,
    le: Timestamp,
) -> Result<Vec<MembreEquipe>, Panne> {
    let lignes: Vec<(Uuid, String, String, Option<String>)> = base
        .fetch_all(
            "SELECT c.id, c.nom, c.courriel, h.qualite
             FROM habilitations h JOIN comptes c ON c.id = h.compte
             WHERE h.pole = $1 AND h.role = 'porteur'
               AND h.du <= $2 AND (h.au IS NULL OR h.au > $2)
             ORDER BY c.cree_le, c.id",
            &valeurs![pole, le],
        )
        .await?;
    lignes
        .into_iter()
        .map(|(compte, nom, courriel, qualite)| {
            let place = qualite.as_deref().and_then(Place::par_code);
            Ok(MembreEquipe {
                compte,
                nom,
                courriel,
                place: place.ok_or_else(|| Panne::Ligne(format!("quality {qualite:?}")))?,
            })
        })
        .collect()
}

/// Ends what this account holds in the team of this pole.
pub async fn quitter_l_equipe(
    tx: &mut Tx,
    compte: Uuid,
    pole: Uuid,
    le: Timestamp,
) -> Result<(), Panne> {
    tx.execute(
        "UPDATE habilitations SET au = $3
         WHERE compte = $1 AND pole = $2 AND role = 'porteur' AND (au IS NULL OR au > $3)",
        &valeurs![compte, pole, le],
    )
    .await
    .map(drop)
}

/// Where this account is written to.
pub async fn courriel_de(base: &mut Lecture, compte: Uuid) -> Result<String, Panne> {
    let (courriel,): (String,) = base
        .fetch_one(
            "SELECT courriel FROM comptes WHERE id = $1",
            &valeurs![compte],
        )
        .await?;
    Ok(courriel)
}
