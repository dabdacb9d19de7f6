//! What a person must mend before an act can happen: the reasons on top of the
//! page, each leading to its field, each again beside it, under status 422.
//!
//! A door answers for its act with [`App::repondre`]: the page that shows what
//! was done, or its own page again. One that does something else of a refusal
//! tries it with [`App::tenter`], and answers with [`vers`] or [`page`]. A page
//! shows the reasons with [`sommaire`] and [`erreur`].

use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use dsfr::{Probleme, SommaireErreurs};
use maud::{Markup, html};
use metier::commun::{Raison, Refus, typographie};

use super::{
    acte::Acte,
    erreurs::{Echec, Panne},
};
use crate::app::App;

impl App {
    /// Accomplishes the act, or gives every reason why the rule says no. A
    /// failure of the machine stays a failure.
    pub async fn tenter<A>(&self, acte: A) -> Result<Result<A::Fait, Vec<Raison>>, Panne>
    where
        A: Acte,
        A::Refus: Refus,
    {
        match self.accomplir(acte).await {
            Ok(fait) => Ok(Ok(fait)),
            Err(Echec::Refus(refus)) => Ok(Err(refus.raisons())),
            Err(Echec::Panne(panne)) => Err(panne),
        }
    }

    /// Accomplishes the act and leads to what shows it; or gives the page again,
    /// as `reprendre` writes it with the reasons.
    pub async fn repondre<A, S>(
        &self,
        acte: A,
        adresse: impl FnOnce(A::Fait) -> S,
        reprendre: impl AsyncFnOnce(Vec<Raison>) -> Result<Markup, Panne>,
    ) -> Result<Response, Panne>
    where
        A: Acte,
        A::Refus: Refus,
        S: AsRef<str>,
    {
        match self.tenter(acte).await? {
            Ok(fait) => Ok(vers(adresse(fait).as_ref())),
            Err(raisons) => Ok(page(reprendre(raisons).await?)),
        }
    }
}

/// The act is done: the page that shows it (303, a reload repeats nothing).
pub fn vers(adresse: &str) -> Response {
    Redirect::to(adresse).into_response()
}

/// The page again, with what was typed and what to mend (422).
pub fn page(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

/// « 2 points à reprendre. », or nothing.
pub fn points(raisons: &[Raison]) -> Markup {
    let phrase = match raisons.len() {
        1 => "1 point à reprendre.".to_owned(),
        n => format!("{n} points à reprendre."),
    };
    sommaire(&phrase, raisons)
}

/// What did not happen and all the reasons, or nothing when there are none.
pub fn sommaire(phrase: &str, raisons: &[Raison]) -> Markup {
    sommaire_vers(phrase, raisons, |ancre| format!("#{ancre}"))
}

/// The same, where a reason's anchor is not the name of a field of the page.
pub fn sommaire_vers(phrase: &str, raisons: &[Raison], lien: impl Fn(&str) -> String) -> Markup {
    html! {
        @if !raisons.is_empty() { (SommaireErreurs::nouveau(phrase, problemes(raisons, lien))) }
    }
}

/// Each reason as a line of the summary.
pub fn problemes<'r>(raisons: &'r [Raison], lien: impl Fn(&str) -> String) -> Vec<Probleme<'r>> {
    let probleme = |raison: &'r Raison| {
        let Raison {
            phrase,
            source,
            remede,
            ancre,
            ..
        } = raison;
        Probleme::nouveau(typographie(phrase))
            .lien(ancre.as_deref().map(&lien))
            .source(source.as_deref())
            .remede(remede.as_deref().map(typographie))
    };
    raisons.iter().map(probleme).collect()
}

/// What is wrong with one field, if something is.
pub fn erreur<'r>(raisons: &'r [Raison], ancre: &str) -> Option<&'r str> {
    let raison = raisons.iter().find(|r| r.ancre.as_deref() == Some(ancre));
    raison.map(|raison| raison.phrase.as_str())
}
