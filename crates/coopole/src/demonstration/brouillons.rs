//! The cast's own dossiers: the drafts that wait for the visitor, and the whole
//! road to a filing for journeys that begin after it.

use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use super::{
    distribution::{POLES, responsable},
    figurants,
    modele::{self, Reste},
    monde::APPEL,
};
use crate::{
    app::App,
    campagnes::Campagne,
    comptes::store as comptes,
    socle::{
        droits::{Droit, Perimetre, Personne},
        erreurs::Panne,
        horloge::RecuLe,
        session,
    },
};

/// The first pole's draft lacks a piece and balance, the six others only have
/// to be filed.
pub async fn commencer(app: &App, campagne: &Arc<Campagne>) -> Result<(), Panne> {
    let le = app.horloge.now();
    for rang in 0..POLES.len() {
        let reste = match rang {
            0 => Reste::PieceEtEcart,
            _ => Reste::Rien,
        };
        ecrire(app, campagne, (rang, reste), le).await?;
    }
    Ok(())
}

/// Opens, fills and files the dossier of this pole as its team would, at that
/// instant; nothing if the rule refuses.
pub async fn deposer(app: &App, pole: &str, le: Timestamp) -> Result<Option<Uuid>, Panne> {
    let campagne = app.campagnes.find(APPEL)?;
    let rang = POLES
        .iter()
        .position(|invente| invente.nom == pole)
        .ok_or(Panne::Introuvable)?;
    let (dossier, par) = ecrire(app, &campagne, (rang, Reste::Rien), le).await?;
    if let Some(dossier) = dossier {
        figurants::deposer(app, &campagne, dossier, &par, RecuLe(le)).await?;
    }
    Ok(dossier)
}

async fn ecrire(
    app: &App,
    campagne: &Arc<Campagne>,
    (rang, reste): (usize, Reste),
    le: Timestamp,
) -> Result<(Option<Uuid>, Personne), Panne> {
    let courriel =
        responsable(rang).ok_or(Panne::Programme("a pole of the cast without anybody"))?;
    let mut base = app.db.lecture().await?;
    let compte = comptes::find_by_courriel(&mut base, courriel).await?;
    let compte = compte.ok_or(Panne::Introuvable)?.id;
    let par = session::personne(&mut base, compte, le).await?;
    drop(base);
    let Some(Perimetre::Pole(pole)) = par.perimetres(Droit::RemplirDossier).next() else {
        return Err(Panne::Programme("a person of the cast without a pole"));
    };
    let auteur = POLES[rang].auteur(rang, reste);
    let dossier = modele::ecrire(app, campagne, (pole, &par), &auteur, le).await?;
    Ok((dossier, par))
}
