//! What every room shares: the database, the clocks, the files, the mail.

use std::{
    ops::Deref,
    sync::{Arc, OnceLock},
};

use jiff::Timestamp;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::sync::{Notify, RwLock};

use crate::{
    campagnes::Campagnes,
    conventions,
    demonstration::etapes,
    socle::{
        avancement::Avancements,
        courriels::Poste,
        db::Db,
        erreurs::Panne,
        fichiers::{Disque, Stockage},
        gardees::Gardees,
        horloge::Horloge,
        journal::{cle::Cle, scellement},
        marque,
        papier::Presse,
        provenance::Frein,
        reglages::{Marque, Reglages},
    },
};

/// The application; cloning it shares it.
#[derive(Clone)]
pub struct App(Arc<Interieur>);

pub struct Interieur {
    pub reglages: Reglages,
    pub db: Db,
    pub horloge: Horloge,
    pub fichiers: Box<dyn Stockage>,
    pub poste: Option<Poste>,
    pub cle: Cle,
    pub campagnes: Campagnes,
    pub gardees: Gardees,
    pub presse: Presse,
    /// The operator's brand, when it is entitled to the State's.
    pub marque: Option<marque::Fichiers>,
    /// The brake on sign-in requests.
    pub frein: Frein,
    /// How far the long transactions are.
    pub avancements: Avancements,
    /// Wakes the jobs after an act.
    pub reveil: Notify,
    /// Shared by what works in the background, one piece of work at a time;
    /// whoever rebuilds a demonstration holds it alone.
    pub chantier: RwLock<()>,
    pub mesures: PrometheusHandle,
    /// Where a demonstration's banner may move the clock from an instant on.
    pub etapes: fn(Timestamp) -> Vec<(&'static str, &'static str)>,
}

impl Deref for App {
    type Target = Interieur;
    fn deref(&self) -> &Interieur {
        &self.0
    }
}

impl App {
    /// Opens everything: migrates the base, makes the keys on a first start,
    /// loads the calls, resumes a demonstration's time.
    pub async fn ouvrir(reglages: Reglages) -> Result<Self, Panne> {
        let db = Db::ouvrir(&reglages).await?;
        // An invented world writes to nobody, whatever the settings say.
        let poste = match &reglages.smtp {
            Some((adresse, expediteur)) if !reglages.demonstration => {
                Some(Poste::new(adresse, expediteur)?)
            }
            _ => None,
        };
        let marque = match reglages.marque {
            Marque::Neutre => None,
            Marque::Etat => Some(marque::Fichiers::lire(&reglages)?),
        };
        let horloge = Horloge::default();
        horloge.reprendre(&db).await?;
        let deja_scelle = scellement::tete(&mut db.lecture().await?).await?.is_some();
        let deja_ferme = conventions::comptes_tenus(&mut db.lecture().await?).await?;
        conventions::preparer_le_coffre(&reglages.donnees, deja_ferme)?;
        Ok(Self(Arc::new(Interieur {
            fichiers: Box::new(Disque::ouvrir(&reglages.donnees)?),
            cle: Cle::ouvrir(&reglages.donnees, deja_scelle)?,
            campagnes: Campagnes::embarquees(&reglages.donnees)?,
            gardees: Gardees::default(),
            frein: Frein::default(),
            avancements: Avancements::default(),
            presse: Presse::new(reglages.marque),
            marque,
            reveil: Notify::new(),
            chantier: RwLock::default(),
            mesures: mesures(),
            etapes: etapes::proposees,
            reglages,
            db,
            horloge,
            poste,
        })))
    }
}

/// The counters of the process: one recorder, however many times it opens.
fn mesures() -> PrometheusHandle {
    static MESURES: OnceLock<PrometheusHandle> = OnceLock::new();
    let mesures = MESURES.get_or_init(|| {
        let enregistreur = PrometheusBuilder::new().build_recorder();
        let mesures = enregistreur.handle();
        // Refused only if a recorder is there already, and this is the only one.
        let _ = metrics::set_global_recorder(enregistreur);
        mesures
    });
    mesures.clone()
}
