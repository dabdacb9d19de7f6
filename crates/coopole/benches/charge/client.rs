//! The load: prepared requests over kept connections, from one thread.
//!
//! Requests are bytes made beforehand and answers are read just enough to find
//! their end, so that the client costs as little as it can of the processor it
//! shares with the server; what it does cost is measured and said.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Barrier,
    time::Instant,
};

use crate::machine;

/// The request a client sends next, if it has one more: its rank among the
/// clients, then how many it already sent.
pub type Source = Arc<dyn Fn(usize, usize) -> Option<Arc<[u8]>> + Send + Sync>;

/// What to send, and how.
#[derive(Clone)]
pub struct Charge {
    pub adresse: SocketAddr,
    pub source: Source,
    /// The status every answer must have.
    pub statut: u16,
    pub clients: usize,
    pub duree: Duration,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Mesure {
    pub clients: usize,
    /// Of each request, in microseconds, the shortest first.
    latences: Vec<u32>,
    duree: Duration,
    /// Answers that were not the one expected.
    pub refusees: usize,
    /// Time of processor taken by the client, and by the whole process.
    pub cpu_client: Duration,
    pub cpu: Duration,
}

impl Mesure {
    pub fn nombre(&self) -> usize {
        self.latences.len()
    }

    pub fn par_seconde(&self) -> f64 {
        self.nombre() as f64 / self.duree.as_secs_f64()
    }

    /// In milliseconds.
    pub fn centile(&self, part: f64) -> f64 {
        let rang = (self.nombre() as f64 * part) as usize;
        let rang = rang.min(self.nombre().saturating_sub(1));
        f64::from(self.latences.get(rang).copied().unwrap_or_default()) / 1000.0
    }

    /// What a request costs the server of processor, in microseconds.
    pub fn cout(&self) -> f64 {
        let serveur = self.cpu.saturating_sub(self.cpu_client);
        serveur.as_secs_f64() * 1e6 / self.nombre().max(1) as f64
    }
}

/// An answer: its status, its headers as sent, its body.
pub struct Reponse {
    pub statut: u16,
    pub tete: String,
    pub corps: Vec<u8>,
}

impl Reponse {
    pub fn entetes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.tete
            .lines()
            .skip(1)
            .filter_map(|ligne| ligne.split_once(": "))
    }
}

/// Asks once, and reads everything.
pub fn demander(adresse: SocketAddr, requete: &[u8]) -> Reponse {
    moteur().block_on(async {
        let mut fil = Fil::ouvrir(adresse).await;
        let (statut, tete, total) = fil.envoyer(requete).await;
        Reponse {
            statut,
            tete: String::from_utf8_lossy(&fil.lu[..tete]).into_owned(),
            corps: fil.lu[tete..total].to_vec(),
        }
    })
}

/// Sends the load from a thread of its own, and measures.
pub fn charger(charge: &Charge) -> Mesure {
    let charge = charge.clone();
    std::thread::Builder::new()
        .name("client".into())
        .spawn(move || moteur().block_on(executer(charge)))
        .unwrap()
        .join()
        .expect("the load runs to its end")
}

fn moteur() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

async fn executer(charge: Charge) -> Mesure {
    let depart = Arc::new(Barrier::new(charge.clients + 1));
    let clients: Vec<_> = (0..charge.clients)
        .map(|rang| tokio::spawn(client(charge.clone(), rang, Arc::clone(&depart))))
        .collect();
    let (cpu, cpu_client) = (machine::cpu_du_processus(), machine::cpu_du_fil());
    depart.wait().await;
    let debut = Instant::now();
    let (mut latences, mut refusees) = (Vec::new(), 0);
    for client in clients {
        let (siennes, refus) = client.await.unwrap();
        latences.extend(siennes);
        refusees += refus;
    }
    let duree = debut.elapsed();
    latences.sort_unstable();
    Mesure {
        clients: charge.clients,
        latences,
        duree,
        refusees,
        cpu: machine::cpu_du_processus() - cpu,
        cpu_client: machine::cpu_du_fil() - cpu_client,
    }
}

async fn client(charge: Charge, rang: usize, depart: Arc<Barrier>) -> (Vec<u32>, usize) {
    let mut fil = Fil::ouvrir(charge.adresse).await;
    let (mut latences, mut refus) = (Vec::with_capacity(4096), 0);
    depart.wait().await;
    let fin = Instant::now() + charge.duree;
    while let Some(requete) = (charge.source)(rang, latences.len()) {
        let debut = Instant::now();
        if debut >= fin {
            break;
        }
        let (statut, ..) = fil.envoyer(&requete).await;
        latences.push(debut.elapsed().as_micros() as u32);
        refus += usize::from(statut != charge.statut);
    }
    (latences, refus)
}

/// One kept connection.
struct Fil {
    flux: TcpStream,
    lu: Vec<u8>,
}

impl Fil {
    async fn ouvrir(adresse: SocketAddr) -> Self {
        let flux = TcpStream::connect(adresse).await.unwrap();
        flux.set_nodelay(true).unwrap();
        Self {
            flux,
            lu: Vec::with_capacity(64 * 1024),
        }
    }

    /// The status, the length of the head, and the length of all.
    async fn envoyer(&mut self, requete: &[u8]) -> (u16, usize, usize) {
        self.flux.write_all(requete).await.unwrap();
        self.lu.clear();
        let mut cherche = 0;
        let tete = loop {
            self.lire().await;
            let fin = self.lu[cherche..].windows(4).position(|f| f == b"\r\n\r\n");
            if let Some(fin) = fin {
                break cherche + fin + 4;
            }
            cherche = self.lu.len().saturating_sub(3);
        };
        let total = tete + longueur(&self.lu[..tete]);
        while self.lu.len() < total {
            self.lire().await;
        }
        let statut = std::str::from_utf8(&self.lu[9..12]).unwrap();
        (statut.parse().unwrap(), tete, total)
    }

    async fn lire(&mut self) {
        let lus = self.flux.read_buf(&mut self.lu).await.unwrap();
        assert!(lus > 0, "the server closed the connection");
    }
}

/// What `content-length` says; every answer of ours has one, but for those
/// that have no body at all.
fn longueur(tete: &[u8]) -> usize {
    const NOM: &[u8] = b"\r\ncontent-length: ";
    let Some(debut) = tete.windows(NOM.len()).position(|f| f == NOM) else {
        return 0;
    };
    let chiffres = tete[debut + NOM.len()..]
        .iter()
        .take_while(|o| o.is_ascii_digit());
    chiffres.fold(0, |total, chiffre| total * 10 + usize::from(chiffre - b'0'))
}
