//! What this machine is, and what the processes of the bench take of it.

use std::{
    fs,
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::Duration,
};

use crate::{client::demander, rapport::Rapport};

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
    cpu_de("self")
}

fn cpu_de(processus: &str) -> Duration {
    let texte = fs::read_to_string(format!("/proc/{processus}/stat")).unwrap();
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

/// What the kernel says of the memory of a process, in megabytes.
fn megas(processus: &str, quoi: &str) -> f64 {
    let etat = fs::read_to_string(format!("/proc/{processus}/status")).unwrap();
    let mut lignes = etat.lines();
    let kilos: f64 = lignes
        .find_map(|ligne| ligne.strip_prefix(quoi))
        .and_then(|reste| reste.split_whitespace().next())
        .unwrap()
        .parse()
        .unwrap();
    kilos * 1024.0 / 1e6
}

/// Resident memory of this process: the server, and the client with it.
pub fn memoire_residente() -> f64 {
    megas("self", "VmRSS:")
}

/// The most it was since [`oublier_le_plus_haut`].
pub fn memoire_au_plus() -> f64 {
    megas("self", "VmHWM:")
}

pub fn oublier_le_plus_haut() {
    fs::write("/proc/self/clear_refs", "5").unwrap();
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
        for _ in 0..1200 {
            if TcpStream::connect(self.adresse()).is_ok() {
                return;
            }
            let arret = self.processus.try_wait().unwrap();
            assert!(arret.is_none(), "la démonstration s’arrête : {arret:?}");
            sleep(Duration::from_millis(50));
        }
        panic!("la démonstration ne répond pas en une minute");
    }

    /// Jumps to the agreements: opinions, marks, decisions and their papers.
    fn vivre_toute_l_histoire(&self) {
        let corps = "etape=conventions";
        let requete = format!(
            "POST /demonstration/horloge HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{corps}",
            corps.len()
        );
        let reponse = demander(self.adresse(), requete.as_bytes());
        assert_eq!(reponse.statut, 303, "{}", reponse.tete);
    }

    fn adresse(&self) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], self.port))
    }

    /// Resident memory once nothing happens any more, in megabytes: three
    /// seconds of less than a tenth of a second of work, waited for two minutes.
    fn au_repos(&self) -> f64 {
        let processus = self.processus.id().to_string();
        for _ in 0..40 {
            let avant = cpu_de(&processus);
            sleep(Duration::from_secs(3));
            if cpu_de(&processus) - avant < Duration::from_millis(100) {
                break;
            }
        }
        megas(&processus, "VmRSS:")
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

/// Resident memory of a demonstration: the process that built its world, the
/// next one, which found it, and the same after the whole story and its papers.
pub fn memoire(rapport: &mut Rapport) {
    rapport.titre("Mémoire résidente au repos (« coopole serve --demo », un processus neuf)");
    let donnees = dossier("memoire");
    let batit = Demonstration::servir(&donnees);
    au_repos(rapport, &batit, "qui vient de bâtir son monde");
    drop(batit);
    let trouve = Demonstration::servir(&donnees);
    au_repos(rapport, &trouve, "qui l’a trouvé bâti");
    trouve.vivre_toute_l_histoire();
    au_repos(
        rapport,
        &trouve,
        "qui a tiré tous les papiers de l’histoire",
    );
    drop(trouve);
    let _ = fs::remove_dir_all(donnees);
}

fn au_repos(rapport: &mut Rapport, demonstration: &Demonstration, occasion: &str) {
    let megas = demonstration.au_repos();
    rapport.ligne(&format!("  {occasion:<44} {megas:>8.0} Mo").replace('.', ","));
    rapport.but(
        &format!("mémoire au repos, processus {occasion}"),
        megas < 150.0,
        &format!("{megas:.0} Mo, moins de 150 voulus"),
    );
}
