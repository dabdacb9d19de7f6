//! What the rules find in a filed dossier, rule by rule, for a person to judge.

use metier::campagnes::{
    conditions::Constat,
    eligibilite::{examiner as examiner_eligibilite, examiner_recevabilite},
};

use crate::{
    campagnes::Campagne,
    dossiers::{self, Dossier},
    socle::{db::Lecture, erreurs::Panne},
};

/// Receivability first, then eligibility, each in the order of the call.
pub async fn examiner(
    base: &mut Lecture,
    campagne: &Campagne,
    dossier: &Dossier,
) -> Result<Vec<Constat>, Panne> {
    let faits = dossiers::faits(base, dossier, campagne).await?;
    let mut constats = examiner_recevabilite(campagne, &faits);
    constats.extend(examiner_eligibilite(campagne, &faits));
    Ok(constats)
}
