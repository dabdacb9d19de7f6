//! A decision once it may be known, with everything its author is told of it:
//! what the page shows and what the letter prints are read here, once.

use std::sync::Arc;

use jiff::Timestamp;
use metier::{campagnes::Regle, instruction::Eligibilite};
use uuid::Uuid;

use super::{
    appel::Appel,
    embargo::{self, DecisionVisible},
    store::{self, DecisionInscrite, Mien},
};
use crate::{
    app::App,
    instruction::{self, AvisRendu},
    socle::{db::Lecture, erreurs::Panne},
};

/// A decision its author may read.
pub struct Rendue {
    pub appel: Arc<Appel>,
    pub mien: Mien,
    pub visible: DecisionVisible,
    /// Who closed the list, and when.
    pub liste: DecisionInscrite,
    /// What was concluded of its eligibility, if somebody did.
    pub eligibilite: Option<Eligibilite>,
    /// The opinion of the cell, when the call shows it.
    pub avis: Option<AvisRendu>,
}

impl Rendue {
    /// Nothing before the instant, decided or not.
    pub async fn lire(
        app: &App,
        base: &mut Lecture,
        mien: Mien,
        le: Timestamp,
    ) -> Result<Result<Self, Mien>, Panne> {
        let Some(visible) = embargo::visible(base, mien.dossier, le).await? else {
            return Ok(Err(mien));
        };
        let appel = Appel::new(app.campagnes.find(&mien.campagne)?)?;
        let avis = match appel.document.avis.communique {
            true => instruction::avis(base, mien.dossier).await?,
            false => None,
        };
        let eligibilite = instruction::eligibilite(base, mien.dossier).await?;
        let liste = store::decision(base, &appel.code)
            .await?
            .ok_or(Panne::Programme("a decision without its list"))?;
        Ok(Ok(Self {
            appel: Arc::new(appel),
            mien,
            visible,
            liste,
            eligibilite: eligibilite.map(|(acte, _)| acte),
            avis,
        }))
    }

    /// The decision on a dossier that is filed, whoever asks.
    pub async fn du_dossier(
        app: &App,
        base: &mut Lecture,
        dossier: Uuid,
        le: Timestamp,
    ) -> Result<Self, Panne> {
        let mien = store::mien(base, dossier).await?;
        let rendue = Self::lire(app, base, mien, le).await?;
        rendue.map_err(|_| Panne::Introuvable)
    }

    /// Whether a rule of the call held, and in which words.
    pub fn constat(&self, regle: &Regle) -> (bool, String) {
        match &self.eligibilite {
            Some(acte) => acte.constat(&regle.code),
            None => (true, "Non conclue".to_owned()),
        }
    }

    /// The name of an axis of the call.
    pub fn axe(&self, code: &str) -> String {
        let axes = &self.appel.document.axes;
        let axe = axes.iter().find(|axe| axe.code == code);
        axe.map_or_else(|| code.to_owned(), |axe| axe.titre.clone())
    }
}

/// What stays open to a pole that is not retained.
pub const CE_QUI_RESTE: [&str; 2] = [
    "L’offre de services aux pôles ne dépend pas de cette décision.",
    "Votre cellule régionale peut vous accompagner vers une prochaine candidature.",
];

/// What a computation did in the decision (CRPA, L. 311-3-1): it proposed, a
/// person decided.
pub const FINALITE: &str = "comparer les faits de chaque dossier aux règles de l’appel, et classer les dossiers éligibles selon les notes du comité";
