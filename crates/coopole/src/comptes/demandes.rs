//! Asking for a sign-in link. The request is only written down: a job looks
//! for the account afterwards, so that the answer, and the time it takes, are
//! the same whether the address is known or not. Sent to an address that has no
//! account, the link opens one, which may do nothing yet; left without any use
//! it is erased.

use axum::http::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use metier::commun::{Raison, Refus};
use uuid::Uuid;

use super::store;
use crate::{
    app::App,
    socle::{
        acte::Acte,
        courriels::{self, Courriel},
        db::Tx,
        erreurs::{Echec, Panne},
        horloge::{Chronometre, RecuLe},
        journal::Entree,
        session,
        taches::{self, Tache},
    },
    urls,
};

/// The job that answers a request for a link.
pub const LIEN: &str = "lien_de_connexion";

/// The job that erases an account of no use.
pub const SANS_SUITE: &str = "compte_sans_suite";

/// How long an account opened by a link waits for its first act.
pub const JOURS_SANS_SUITE: i64 = 90;

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

/// The job: a link to the account of that address, or to open one.
pub async fn envoyer_le_lien(app: &App, tache: &Tache) -> Result<(), Panne> {
    let mut tx = app.db.begin().await?;
    let demande = store::find_demande(&mut tx, tache.objet).await?;
    let compte = store::find_by_courriel(&mut tx, &demande.courriel).await?;
    let a = (compte.map(|compte| compte.id), demande.courriel.as_str());
    let suite = demande.suite.as_deref();
    let jeton = store::record_lien(&mut tx, a, suite, Chronometre.now()).await?;
    let courriel = courriel_du_lien(app, a, &jeton);
    courriels::enqueue(&mut tx, &courriel, app.horloge.now()).await?;
    tache.achever(&mut tx).await?;
    tx.commit().await
}

fn courriel_du_lien(app: &App, (compte, a): (Option<Uuid>, &str), jeton: &str) -> Courriel {
    let ouvre = match compte {
        Some(_) => "",
        None => {
            "Aucun compte n’existe à cette adresse\u{202f}: ce lien en ouvre un, sans aucun droit.\n\n"
        }
    };
    let adresse = format!("{}{}", app.reglages.url, urls::lien_de_connexion(jeton));
    Courriel {
        genre: "lien",
        a: a.to_owned(),
        objet: "Votre lien de connexion à Coopôle".into(),
        texte: format!(
            "Bonjour,\n\n\
             Voici le lien pour vous connecter à Coopôle. \
             Il sert une fois, pendant 15\u{a0}minutes.\n\n\
             {adresse}\n\n{ouvre}\
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
    let compte = match (lien.compte, &lien.courriel) {
        (Some(compte), _) => Some(compte),
        (None, Some(courriel)) => {
            let compte = store::find_by_courriel(&mut tx, courriel).await?;
            compte.map(|compte| compte.id)
        }
        (None, None) => None,
    };
    let Some(compte) = compte else {
        return Ok(None);
    };
    let secret = session::renouveler(&mut tx, entetes, compte).await?;
    tx.commit().await?;
    Ok(Some((secret, lien.suite)))
}

/// The job: erases the account if it never was of any use.
pub async fn effacer_sans_suite(app: &App, tache: &Tache) -> Result<(), Panne> {
    let inutile = {
        let mut base = app.db.lecture().await?;
        store::existe(&mut base, tache.objet).await?
            && !store::a_servi(&mut base, tache.objet).await?
    };
    if inutile {
        let acte = Effacer {
            compte: tache.objet,
            le: app.horloge.now(),
        };
        match app.accomplir(acte).await {
            // It served between the two.
            Ok(()) | Err(Echec::Refus(())) => {}
            Err(Echec::Panne(panne)) => return Err(panne),
        }
    }
    let mut tx = app.db.begin().await?;
    tache.achever(&mut tx).await?;
    tx.commit().await
}

/// Erases an account of no use.
struct Effacer {
    compte: Uuid,
    le: Timestamp,
}

impl Acte for Effacer {
    type Fait = ();
    type Refus = ();

    async fn accomplir(&self, tx: &mut Tx) -> Result<(), Echec<()>> {
        store::tenir(tx, self.compte).await?;
        if store::a_servi(tx, self.compte).await? {
            return Err(Echec::Refus(()));
        }
        Ok(store::delete(tx, self.compte).await?)
    }

    fn entrees(&self, (): &()) -> Vec<Entree> {
        vec![Entree::new("effacement", "compte", self.compte, self.le)]
    }
}

/// Opens the account of an address that had none, by the link sent there:
/// `POST /connexion/{jeton}`. It may do nothing yet.
pub struct Inscrire {
    /// Of the request: the session that the browser came with ends.
    pub entetes: HeaderMap,
    pub jeton: String,
    pub nom: String,
    pub recu_le: RecuLe,
}

/// An account just opened, and its session.
pub struct Inscription {
    compte: Uuid,
    pub secret: String,
    pub suite: Option<String>,
}

/// Why a link opens no account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusInscription {
    NomAttendu,
    /// Served, too old, or never written; or the account is there already.
    LienMort,
}

impl Refus for RefusInscription {
    fn raisons(&self) -> Vec<Raison> {
        vec![match self {
            Self::NomAttendu => Raison::new(
                "nom",
                "Indiquez votre prénom et votre nom, en 80 signes au plus.",
            )
            .ancre("nom"),
            Self::LienMort => Raison::new("lien", "Ce lien ne sert plus : demandez-en un autre."),
        }]
    }
}

/// How long the name of a person may be, in signs.
const NOM_AU_PLUS: usize = 80;

impl Acte for Inscrire {
    type Fait = Inscription;
    type Refus = RefusInscription;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Inscription, Echec<RefusInscription>> {
        let nom = self.nom.split_whitespace().collect::<Vec<_>>().join(" ");
        if nom.chars().count() < 2 || nom.chars().count() > NOM_AU_PLUS || nom.contains('@') {
            return Err(Echec::Refus(RefusInscription::NomAttendu));
        }
        let lien = store::consommer_lien(tx, &self.jeton, Chronometre.now()).await?;
        let lien_mort = || Echec::Refus(RefusInscription::LienMort);
        let lien = lien.ok_or_else(lien_mort)?;
        let courriel = lien.courriel.as_deref().ok_or_else(lien_mort)?;
        if store::find_by_courriel(tx, courriel).await?.is_some() {
            return Err(lien_mort());
        }
        let compte = store::create(tx, courriel, &nom, self.recu_le.0).await?;
        let echeance = self.recu_le.0 + SignedDuration::from_hours(24 * JOURS_SANS_SUITE);
        taches::enqueue(tx, SANS_SUITE, compte, echeance).await?;
        Ok(Inscription {
            compte,
            secret: session::renouveler(tx, &self.entetes, compte).await?,
            suite: lien.suite,
        })
    }

    fn entrees(&self, fait: &Inscription) -> Vec<Entree> {
        vec![Entree::new(
            "creation",
            "compte",
            fait.compte,
            self.recu_le.0,
        )]
    }
}
