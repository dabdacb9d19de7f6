//! Two kinds of failure and no third.
//!
//! A `Refus…` (in `metier`) is a rule saying no, in French, with its reason
//! and a way forward. A [`Panne`] is the machine failing: the person gets a
//! page with an incident number, the log gets the chain.

use std::sync::Arc;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

/// What made the machine unable to answer. `Display` is for the log.
#[derive(Debug, thiserror::Error)]
pub enum Panne {
    /// 404: it does not exist, or not for this person. Nobody learns which.
    #[error("not found, or not for this person")]
    Introuvable,
    /// Sends to the sign-in page, then back to the page first asked.
    #[error("sign-in needed")]
    NonConnecte { suite: String },
    /// 409: someone else did it first; the page says so and shows the state.
    #[error("somebody else was first: {0}")]
    Conflit(&'static str),
    /// 400: what came cannot be read at all (a form of ours never does that).
    #[error("unreadable request: {0}")]
    Illisible(String),
    /// 413: larger than what is announced beside the field.
    #[error("request body over its limit")]
    TropGros,
    /// 403: posted from another site.
    #[error("cross-site post refused")]
    AutreSite,
    /// 429: asked too often.
    #[error("too many requests")]
    TropDeDemandes,
    #[error("database")]
    Base(#[from] sqlx::Error),
    #[error("migration of the database")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("commit: {0}")]
    Validation(String),
    #[error("file")]
    Fichier(#[from] std::io::Error),
    #[error("document")]
    Papier(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("outside service: {0}")]
    Voisin(String),
    /// A setting or a key the start cannot do without, in French for the operator.
    #[error("setting: {0}")]
    Reglage(String),
    /// The document of a call does not hold: the start stops on it.
    #[error("call document\n{0}")]
    Appel(String),
    /// The base holds something the house could not have written.
    #[error("row that makes no sense: {0}")]
    Ligne(String),
    #[error("a mistake of ours: {0}")]
    Programme(&'static str),
}

impl Panne {
    /// The status the person's browser gets.
    pub fn statut(&self) -> StatusCode {
        match self {
            Self::Introuvable => StatusCode::NOT_FOUND,
            Self::NonConnecte { .. } => StatusCode::SEE_OTHER,
            Self::Conflit(_) => StatusCode::CONFLICT,
            Self::Illisible(_) => StatusCode::BAD_REQUEST,
            Self::TropGros => StatusCode::PAYLOAD_TOO_LARGE,
            Self::AutreSite => StatusCode::FORBIDDEN,
            Self::TropDeDemandes => StatusCode::TOO_MANY_REQUESTS,
            Self::Voisin(_) => StatusCode::BAD_GATEWAY,
            Self::Base(sqlx::Error::PoolTimedOut | sqlx::Error::Io(_)) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Two transactions of PostgreSQL met; trying again settles it.
    pub fn est_un_croisement(&self) -> bool {
        self.code_postgres()
            .is_some_and(|code| matches!(code.as_ref(), "40001" | "40P01"))
    }

    /// The name of the violated unique constraint, the same on both bases:
    /// `table_column_unique`, so that a store can translate it at the query.
    pub fn unicite(&self) -> Option<String> {
        let Self::Base(sqlx::Error::Database(base)) = self else {
            return None;
        };
        if !base.is_unique_violation() {
            return None;
        }
        match base.constraint() {
            Some(nom) => Some(nom.to_owned()),
            None => nom_sqlite(base.message()),
        }
    }

    fn code_postgres(&self) -> Option<std::borrow::Cow<'_, str>> {
        match self {
            Self::Base(sqlx::Error::Database(base)) => base.code(),
            _ => None,
        }
    }
}

/// SQLite says « UNIQUE constraint failed: depots.dossier »; our PostgreSQL
/// constraints are named after the same words, « depots_dossier_unique ».
fn nom_sqlite(message: &str) -> Option<String> {
    let colonnes = message.split_once("constraint failed: ")?.1;
    let (table, _) = colonnes.split_once('.')?;
    let colonnes: Vec<&str> = colonnes
        .split(", ")
        .filter_map(|c| c.split_once('.'))
        .map(|(_, c)| c)
        .collect();
    Some(format!("{table}_{}_unique", colonnes.join("_")))
}

impl IntoResponse for Panne {
    /// Leaves the fact in the response; the outer layer that knows the person
    /// and the address dresses it as a page (`socle::habillage`).
    fn into_response(self) -> Response {
        let statut = self.statut();
        let mut reponse = statut.into_response();
        reponse.extensions_mut().insert(Arc::new(self));
        reponse
    }
}

/// Why an act did not happen: a rule said no, or the machine failed.
#[derive(Debug)]
pub enum Echec<R> {
    Refus(R),
    Panne(Panne),
}

impl<R> From<Panne> for Echec<R> {
    fn from(panne: Panne) -> Self {
        Self::Panne(panne)
    }
}

/// `regle(...).refuse()?` in an act: the rule's refusal becomes the act's.
pub trait Refusable<T, R> {
    fn refuse(self) -> Result<T, Echec<R>>;
}

impl<T, R> Refusable<T, R> for Result<T, R> {
    fn refuse(self) -> Result<T, Echec<R>> {
        self.map_err(Echec::Refus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn le_nom_d_une_contrainte_est_le_meme_sur_les_deux_bases() {
        assert_eq!(
            nom_sqlite("UNIQUE constraint failed: notes.examen, notes.critere").as_deref(),
            Some("notes_examen_critere_unique")
        );
    }
}
