//! What this machine is, and what the processes of the bench take of it.

use std::{
    fs,
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::Duration,
};

use crate::rapport::Rapport;

/// A folder of the bench, on the disk that cargo builds on.
pub fn dossier(nom: &str) -> PathBuf {
    let dossier =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("charge-{}-{nom}", std::process::id()));
    let _ = fs::remove_dir_all(&dossier);
    fs::create_dir_all(&dossier).unwrap();
    dossier
}

pub fn presentation() -> String {
    let coeurs = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "Coopôle sous charge : {coeurs} cœurs, partagés par le serveur, la base et les clients.\n\
         Charge de la machine avant de commencer (1, 5, 15 min) : {}.",
        charge_moyenne()
    )
}

fn charge_moyenne() -> String {
    let texte = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    texte
        .split(' ')
        .take(3)
        .collect::<Vec<_>>()
        .join(" ")
        .replace('.', ",")
}

/// Time of processor of this process, all its threads.
pub fn cpu_du_processus() -> Duration {
    let texte = fs::read_to_string("/proc/self/stat").unwrap();
    // After the name, which may hold anything, come the state then numbers.
    let champs: Vec<&str> = texte.rsplit_once(") ").unwrap().1.split(' ').collect();
    let tics: u64 = champs[11].parse::<u64>().unwrap() + champs[12].parse::<u64>().unwrap();
    Duration::from_millis(tics * 10)
}

/// Time of processor of the thread that asks.
pub fn cpu_du_fil() -> Duration {
    let texte = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(texte.split(' ').next().unwrap().parse().unwrap())
}

/// A demonstration in a process of its own; stopped when dropped.
struct Demonstration {
    processus: Child,
    port: u16,
}

impl Demonstration {
    fn servir(donnees: &Path) -> Self {
        let port = TcpListener::bind(("127.0.0.1", 0))
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let processus = Command::new(env!("CARGO_BIN_EXE_coopole"))
            .args(["serve", "--demo"])
            .env("PORT", port.to_string())
            .env("COOPOLE_DONNEES", donnees)
            .env_remove("DATABASE_URL")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut demonstration = Self { processus, port };
        demonstration.attendre();
        demonstration
    }

    fn attendre(&mut self) {
        let adresse = SocketAddr::from(([127, 0, 0, 1], self.port));
        for _ in 0..1200 {
            if TcpStream::connect(adresse).is_ok() {
                return;
            }
            let arret = self.processus.try_wait().unwrap();
            assert!(arret.is_none(), "la démonstration s’arrête : {arret:?}");
            sleep(Duration::from_millis(50));
        }
        panic!("la démonstration ne répond pas en une minute");
    }

    /// Resident memory once nothing happens any more, in megabytes.
    fn au_repos(&self) -> f64 {
        let lire = || {
            let etat = fs::read_to_string(format!("/proc/{}/status", self.processus.id())).unwrap();
            let ligne = etat
                .lines()
                .find(|ligne| ligne.starts_with("VmRSS:"))
                .unwrap();
            let kilos: f64 = ligne.split_whitespace().nth(1).unwrap().parse().unwrap();
            kilos * 1024.0 / 1e6
        };
        // At rest: half a minute at most until three seconds change nothing.
        let mut avant = lire();
        for _ in 0..10 {
            sleep(Duration::from_secs(3));
            let apres = lire();
            if (apres - avant).abs() < 0.5 {
                return apres;
            }
            avant = apres;
        }
        avant
    }
}

impl Drop for Demonstration {
    fn drop(&mut self) {
        let pid = self.processus.id().to_string();
        let _ = Command::new("sh")
            .args(["-c", &format!("kill -TERM {pid}")])
            .status();
        for _ in 0..100 {
            if matches!(self.processus.try_wait(), Ok(Some(_))) {
                return;
            }
            sleep(Duration::from_millis(50));
        }
        let _ = self.processus.kill();
        let _ = self.processus.wait();
    }
}

/// Resident memory of a demonstration: the process that built its world, then
/// the next one, which found it.
pub fn memoire(rapport: &mut Rapport) {
    rapport.titre("Mémoire résidente au repos (« coopole serve --demo », un processus neuf)");
    let donnees = dossier("memoire");
    for occasion in ["qui vient de bâtir son monde", "qui l’a trouvé bâti"] {
        let demonstration = Demonstration::servir(&donnees);
        let megas = demonstration.au_repos();
        drop(demonstration);
        rapport.ligne(&format!("  {occasion:<40} {megas:>8.0} Mo").replace('.', ","));
        rapport.but(
            &format!("mémoire au repos, processus {occasion}"),
            megas < 150.0,
            &format!("{megas:.0} Mo, moins de 150 voulus"),
        );
    }
    let _ = fs::remove_dir_all(donnees);
}
