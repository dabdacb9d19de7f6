//! The binary itself, run as an operator runs it.

use std::{
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
};

use coopole::socle::alea;

/// A folder of one's own, gone with its test.
pub struct Dossier(pub PathBuf);

impl Dossier {
    pub fn neuf() -> Self {
        Self(std::env::temp_dir().join(format!("coopole-binaire-{}", alea::id())))
    }
}

impl Drop for Dossier {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The command, with no setting but its data folder.
pub fn commande(donnees: &Path, mots: &[&str]) -> Command {
    let mut commande = Command::new(env!("CARGO_BIN_EXE_coopole"));
    commande.args(mots).env_clear();
    commande.env("COOPOLE_DONNEES", donnees).env("PORT", "0");
    commande
}

/// Runs it to its end.
pub fn executer(donnees: &Path, mots: &[&str]) -> Fin {
    Fin::de(commande(donnees, mots).output().unwrap())
}

/// What a command said, and its exit code.
#[derive(Debug)]
pub struct Fin {
    pub code: i32,
    pub sortie: String,
    pub erreur: String,
}

impl Fin {
    pub fn de(fin: Output) -> Self {
        let plat =
            |octets: &[u8]| String::from_utf8_lossy(octets).replace(['\u{a0}', '\u{202f}'], " ");
        Self {
            code: fin.status.code().unwrap_or(-1),
            sortie: plat(&fin.stdout),
            erreur: plat(&fin.stderr),
        }
    }

    /// It ended with this code, and said this.
    #[track_caller]
    pub fn finit(&self, code: i32, phrase: &str) -> &Self {
        assert_eq!(self.code, code, "{self:?}");
        let dit = self.sortie.contains(phrase) || self.erreur.contains(phrase);
        assert!(dit, "« {phrase} » n’est pas dit : {self:?}");
        self
    }
}

/// `coopole serve`, answering.
pub struct Serveur {
    enfant: Child,
    pub adresse: String,
}

impl Serveur {
    /// Starts it and waits until it listens.
    pub fn demarrer(mut commande: Command) -> Self {
        let mut enfant = commande
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lignes = BufReader::new(enfant.stdout.take().unwrap()).lines();
        let ecoute = lignes.next().map(Result::unwrap).unwrap_or_default();
        let Some((_, adresse)) = ecoute.split_once("http://") else {
            let mut erreur = String::new();
            enfant
                .stderr
                .take()
                .unwrap()
                .read_to_string(&mut erreur)
                .unwrap();
            panic!("le serveur n’écoute pas : {ecoute} {erreur}");
        };
        Self {
            adresse: adresse.to_owned(),
            enfant,
        }
    }

    /// No file of its can be written any more, a single byte included.
    pub fn remplir_le_disque(&self) {
        self.limiter_les_fichiers("0");
    }

    /// There is room again.
    pub fn vider_le_disque(&self) {
        self.limiter_les_fichiers("unlimited");
    }

    fn limiter_les_fichiers(&self, octets: &str) {
        let pid = self.enfant.id().to_string();
        let limite = format!("--fsize={octets}:");
        let fait = Command::new("prlimit")
            .args(["--pid", &pid, &limite])
            .status();
        assert!(fait.unwrap().success());
    }

    /// Asks it to stop, as a service manager does.
    pub fn arreter(&mut self) -> ExitStatus {
        demander_l_arret(&self.enfant);
        self.enfant.wait().unwrap()
    }

    /// Kills it in the middle of whatever it does.
    pub fn tuer(&mut self) {
        self.enfant.kill().unwrap();
        self.enfant.wait().unwrap();
    }
}

impl Drop for Serveur {
    fn drop(&mut self) {
        let _ = self.enfant.kill();
        let _ = self.enfant.wait();
    }
}

/// A request of HTTP/1.1 written by hand; its whole answer, headers first.
pub async fn demander(adresse: &str, requete: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut flux = tokio::net::TcpStream::connect(adresse).await.unwrap();
    flux.write_all(requete.as_bytes()).await.unwrap();
    let mut octets = Vec::new();
    let _ = flux.read_to_end(&mut octets).await;
    String::from_utf8_lossy(&octets).replace(['\u{a0}', '\u{202f}'], " ")
}

/// A page, asked by somebody whose session has this secret.
pub async fn get(adresse: &str, chemin: &str, secret: &str) -> String {
    let requete = format!(
        "GET {chemin} HTTP/1.1\r\nHost: {adresse}\r\nCookie: coopole_session={secret}\r\nConnection: close\r\n\r\n"
    );
    demander(adresse, &requete).await
}

/// A form, posted from our own page.
pub async fn post(adresse: &str, chemin: &str, secret: &str, corps: &str) -> String {
    let genre = "application/x-www-form-urlencoded";
    post_brut(adresse, chemin, secret, (genre, corps)).await
}

/// A body of one's own, of that type.
pub async fn post_brut(
    adresse: &str,
    chemin: &str,
    secret: &str,
    (genre, corps): (&str, &str),
) -> String {
    let requete = format!(
        "POST {chemin} HTTP/1.1\r\nHost: {adresse}\r\nCookie: coopole_session={secret}\r\n\
         Sec-Fetch-Site: same-origin\r\nContent-Type: {genre}\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{corps}",
        corps.len()
    );
    demander(adresse, &requete).await
}

/// The same command, told by an error that a file may not grow, and not ended
/// by it (SIGXFSZ): [`Serveur::remplir_le_disque`] is then a full disk.
pub fn qui_voit_le_disque_plein(commande: &Command) -> Command {
    let mut sh = Command::new("/bin/sh");
    sh.args(["-c", "trap '' XFSZ; exec \"$@\"", "sh"]);
    sh.arg(commande.get_program()).args(commande.get_args());
    sh.env_clear();
    let reglages = commande.get_envs();
    sh.envs(reglages.filter_map(|(nom, valeur)| Some((nom, valeur?))));
    sh
}

/// SIGTERM, by the shell's own `kill`: a bare Debian has no program of that name.
pub fn demander_l_arret(enfant: &Child) {
    let kill = format!("kill -TERM {}", enfant.id());
    let envoi = Command::new("sh").args(["-c", &kill]).status().unwrap();
    assert!(envoi.success());
}
