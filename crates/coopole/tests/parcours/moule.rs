//! Where each journey begins: the cast just born, copied from a mould.

use std::{
    fs::Permissions,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use coopole::{
    app::App,
    demonstration::{self, Demande, Jeu},
    socle::{
        alea,
        db::Db,
        reglages::{Marque, Reglages},
    },
};
use jiff::Timestamp;
use tokio::runtime::{Builder, Runtime};

use crate::{banc::Base, postgres};

/// The cast as it is born, made once for each base: a journey begins with its
/// copy, in a folder and a base of its own.
pub struct Moule {
    /// What the data folder holds: path, bytes unless it is a folder, rights.
    contenu: Vec<(PathBuf, Option<Vec<u8>>, Permissions)>,
    pub base: Option<String>,
}

impl Moule {
    pub fn de(base: Base) -> &'static Self {
        static SQLITE: OnceLock<Moule> = OnceLock::new();
        static POSTGRES: OnceLock<Moule> = OnceLock::new();
        let (moule, creer): (_, fn() -> _) = match base {
            Base::Sqlite => (&SQLITE, || Self::fondre(None)),
            Base::Postgres => (&POSTGRES, || {
                Self::fondre(Some(moteur().block_on(postgres::creer_une_base())))
            }),
        };
        // In a thread without an engine: the one of a journey must not wait.
        moule.get_or_init(|| std::thread::spawn(creer).join().unwrap())
    }

    fn fondre(base: Option<String>) -> Self {
        let donnees = dossier_neuf();
        let moteur = moteur();
        moteur.block_on(async {
            drop(ouvrir(reglages(donnees.clone(), base.clone())).await);
            if base.is_none() {
                figer_sqlite(&donnees).await;
            }
        });
        // Its connections go with it: nobody is on the base any more.
        drop(moteur);
        let mut moule = Self {
            contenu: Vec::new(),
            base,
        };
        moule.relever(&donnees, Path::new(""));
        std::fs::remove_dir_all(&donnees).unwrap();
        moule
    }

    /// Notes what stands at this path of the folder, then what it holds.
    fn relever(&mut self, racine: &Path, chemin: &Path) {
        let ici = racine.join(chemin);
        let droits = ici.metadata().unwrap().permissions();
        if ici.is_file() {
            let octets = std::fs::read(ici).unwrap();
            return self.contenu.push((chemin.into(), Some(octets), droits));
        }
        self.contenu.push((chemin.into(), None, droits));
        for entree in std::fs::read_dir(ici).unwrap() {
            self.relever(racine, &chemin.join(entree.unwrap().file_name()));
        }
    }

    pub fn couler(&self, donnees: &Path) {
        for (chemin, octets, droits) in &self.contenu {
            let chemin = donnees.join(chemin);
            match octets {
                None => std::fs::create_dir(&chemin).unwrap(),
                Some(octets) => std::fs::write(&chemin, octets).unwrap(),
            }
            std::fs::set_permissions(chemin, droits.clone()).unwrap();
        }
    }
}

/// One file instead of three, whoever still has them open.
async fn figer_sqlite(donnees: &Path) {
    let (fichier, copie) = (donnees.join("coopole.db"), donnees.join("copie.db"));
    Db::copier_sqlite(&fichier, &copie).await.unwrap();
    std::fs::rename(copie, fichier).unwrap();
    for reste in ["coopole.db-wal", "coopole.db-shm"] {
        let _ = std::fs::remove_file(donnees.join(reste));
    }
}

fn moteur() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

pub fn dossier_neuf() -> PathBuf {
    std::env::temp_dir().join(format!("coopole-essai-{}", alea::id()))
}

pub fn debut() -> Timestamp {
    "2024-03-26T09:00:00+01:00".parse().unwrap()
}

pub fn reglages(donnees: PathBuf, base: Option<String>) -> Reglages {
    Reglages {
        port: 0,
        url: "http://coopole.example".into(),
        donnees,
        base,
        marque: Marque::Neutre,
        smtp: None,
        mandataires: Vec::new(),
        assistance: None,
        demonstration: true,
    }
}

pub async fn ouvrir(reglages: Reglages) -> App {
    let app = App::ouvrir(reglages).await.unwrap();
    let demande = Demande {
        jeu: Some(Jeu::Distribution),
        debut: Some(debut()),
    };
    demonstration::ouvrir(&app, demande).await.unwrap().unwrap();
    app
}
