//! Asking for a sign-in link. The request is only written down: a job looks
//! for the account afterwards, so that the answer, and the time it takes, are
//! the same whether the address is known or not.

use axum::http::HeaderMap;
use jiff::SignedDuration;

use super::store;
use crate::{
    app::App,
    socle::{
        courriels::{self, Courriel},
        erreurs::Panne,
        horloge::Chronometre,
        session,
        taches::{self, Tache},
    },
    urls,
};

/// The job that answers a request for a link.
pub const LIEN: &str = "lien_de_connexion";

/// How many links one address may ask for in [`FENETRE`].
const DEMANDES_AU_PLUS: i64 = 5;
const FENETRE: SignedDuration = SignedDuration::from_mins(15);

/// Writes the request down; beyond the limit nothing is written, and the
/// person reads the same answer.
pub async fn demander(app: &App, courriel: &str, suite: Option<&str>) -> Result<(), Panne> {
    let machine = Chronometre.now();
    let mut tx = app.db.begin().await?;
    let recentes = store::compter_demandes(&mut tx, courriel, machine - FENETRE).await?;
    if recentes < DEMANDES_AU_PLUS {
        let demande = store::record_demande(&mut tx, courriel, suite, machine).await?;
        taches::enqueue(&mut tx, LIEN, demande, app.horloge.now()).await?;
    }
    tx.commit().await?;
    app.reveil.notify_waiters();
    Ok(())
}

/// The job: a link to the account of that address, if there is one.
pub async fn envoyer_le_lien(app: &App, tache: &Tache) -> Result<(), Panne> {
    let mut tx = app.db.begin().await?;
    let demande = store::find_demande(&mut tx, tache.objet).await?;
    if let Some(compte) = store::find_by_courriel(&mut tx, &demande.courriel).await? {
        let suite = demande.suite.as_deref();
        let jeton = store::record_lien(&mut tx, compte.id, suite, Chronometre.now()).await?;
        let courriel = courriel_du_lien(app, &compte, &jeton);
        courriels::enqueue(&mut tx, &courriel, app.horloge.now()).await?;
    }
    tache.achever(&mut tx).await?;
    tx.commit().await
}

fn courriel_du_lien(app: &App, compte: &store::Compte, jeton: &str) -> Courriel {
    let adresse = format!("{}{}", app.reglages.url, urls::lien_de_connexion(jeton));
    Courriel {
        genre: "lien",
        a: compte.courriel.clone(),
        objet: "Votre lien de connexion à Coopôle".into(),
        texte: format!(
            "Bonjour,\n\n\
             Voici le lien pour vous connecter à Coopôle. \
             Il sert une fois, pendant 15\u{a0}minutes.\n\n\
             {adresse}\n\n\
             Si vous n’avez rien demandé, laissez ce message sans suite\u{202f}: \
             personne ne s’est connecté à votre place.\n"
        ),
    }
}

/// Opens a session for the link's account, in place of the one the browser came
/// with.
pub async fn consommer(
    app: &App,
    entetes: &HeaderMap,
    jeton: &str,
) -> Result<Option<(String, Option<String>)>, Panne> {
    let mut tx = app.db.begin().await?;
    let Some(lien) = store::consommer_lien(&mut tx, jeton, Chronometre.now()).await? else {
        return Ok(None);
    };
    let secret = session::renouveler(&mut tx, entetes, lien.compte).await?;
    tx.commit().await?;
    Ok(Some((secret, lien.suite)))
}
