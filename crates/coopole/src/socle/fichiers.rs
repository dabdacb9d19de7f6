//! Files: pieces and documents, on disk by default, behind a trait ready for
//! an object store. Names are ours; what a person called the file stays in the
//! base. A file is written whole, flushed, then renamed: a crash leaves no
//! half file under a name anybody reads.

mod nom;

pub use nom::nom_propre;

use std::{
    path::{Path, PathBuf},
    pin::Pin,
};

use axum::body::Bytes;
use futures_util::{Stream, StreamExt, future::BoxFuture};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use tokio::{fs, io::AsyncWriteExt};
use uuid::Uuid;

use super::{db::Tx, erreurs::Panne, horloge::Chronometre, prive};

/// The bytes of a file as they come.
pub type Flux<'a> = Pin<Box<dyn Stream<Item = Result<Bytes, Panne>> + Send + 'a>>;

/// What is known of a file once it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recu {
    pub poids: u64,
    pub empreinte: [u8; 32],
    /// The first bytes, from which the type is recognised.
    pub debut: Vec<u8>,
}

/// Where files are kept.
pub trait Stockage: Send + Sync {
    /// Keeps the stream under `id`; refuses beyond `limite` bytes and then
    /// leaves nothing.
    fn deposer<'a>(
        &'a self,
        id: Uuid,
        flux: Flux<'a>,
        limite: u64,
    ) -> BoxFuture<'a, Result<Recu, Panne>>;

    /// The whole file.
    fn lire(&self, id: Uuid) -> BoxFuture<'_, Result<Bytes, Panne>>;

    /// Removes a file nobody refers to; its absence is no failure.
    fn oter(&self, id: Uuid) -> BoxFuture<'_, Result<(), Panne>>;

    /// Removes everything: only a demonstration that begins again asks for it.
    fn vider(&self) -> BoxFuture<'_, Result<(), Panne>>;
}

/// Files in the data folder.
pub struct Disque {
    racine: PathBuf,
}

/// How the name of a file being written ends.
const PROVISOIRE: &str = "provisoire";
/// After how long nobody is writing it any more.
const ABANDON: SignedDuration = SignedDuration::from_hours(1);

/// Enough to recognise any type we accept.
const DEBUT: usize = 8_192;

impl Disque {
    pub fn ouvrir(donnees: &Path) -> Result<Self, Panne> {
        let racine = donnees.join("fichiers");
        prive::dossier_ferme(&racine)?;
        balayer(&racine, Chronometre.now() - ABANDON)?;
        Ok(Self { racine })
    }

    /// The last letters spread better than the first: v7 begins with time.
    fn chemin(&self, id: Uuid) -> PathBuf {
        let nom = id.simple().to_string();
        self.racine.join(&nom[30..]).join(nom)
    }

    async fn ecrire(&self, id: Uuid, mut flux: Flux<'_>, limite: u64) -> Result<Recu, Panne> {
        let chemin = self.chemin(id);
        let dossier = chemin.parent().expect("two levels");
        prive::dossier(dossier)?;
        let provisoire = Provisoire(chemin.with_extension(PROVISOIRE));
        let mut fichier = fs::File::from_std(prive::fichier_neuf(&provisoire.0)?);
        let mut recu = Recu {
            poids: 0,
            empreinte: [0; 32],
            debut: Vec::new(),
        };
        let mut hache = Sha256::new();
        while let Some(morceau) = flux.next().await {
            let morceau = morceau?;
            recu.poids += morceau.len() as u64;
            if recu.poids > limite {
                return Err(Panne::TropGros);
            }
            let manque = DEBUT.saturating_sub(recu.debut.len()).min(morceau.len());
            recu.debut.extend_from_slice(&morceau[..manque]);
            hache.update(&morceau);
            fichier.write_all(&morceau).await?;
        }
        // A write that failed says so here: the next line would not.
        fichier.flush().await?;
        fichier.sync_all().await?;
        fs::rename(&provisoire.0, &chemin).await?;
        // The name is as durable as the bytes before anybody refers to it.
        fs::File::open(dossier).await?.sync_all().await?;
        recu.empreinte = hache.finalize().into();
        Ok(recu)
    }
}

/// Removes what a killed process was writing and nobody touched since then;
/// another process may be writing beside us.
fn balayer(racine: &Path, depuis: Timestamp) -> Result<(), Panne> {
    for dossier in std::fs::read_dir(racine)? {
        let dossier = dossier?.path();
        if !est_a_nous(&dossier) {
            continue;
        }
        for fichier in std::fs::read_dir(dossier)? {
            let chemin = fichier?.path();
            if chemin.extension().is_none_or(|nom| nom != PROVISOIRE) {
                continue;
            }
            // Gone or renamed meanwhile: not ours any more.
            let Ok(touche) = std::fs::metadata(&chemin).and_then(|m| m.modified()) else {
                continue;
            };
            if Timestamp::try_from(touche).is_ok_and(|le| le < depuis) {
                let _ = std::fs::remove_file(&chemin);
            }
        }
    }
    Ok(())
}

/// Our folders have two hexadecimal signs. Anything else is somebody else's
/// (« lost+found », « .gitkeep »): neither read nor removed.
fn est_a_nous(chemin: &Path) -> bool {
    let nom = chemin.file_name().map(|nom| nom.as_encoded_bytes());
    nom.is_some_and(|nom| nom.len() == 2 && nom.iter().all(u8::is_ascii_hexdigit))
        && chemin.is_dir()
}

/// A file being written. It goes away with whoever wrote it: refused, failed,
/// or dropped in the middle because the browser left. Renamed, it is no more.
struct Provisoire(PathBuf);

impl Drop for Provisoire {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The whole file, if it is the one that was kept; else a failure, and never
/// a cut or changed paper handed over as the true one.
pub async fn lire_intact(
    fichiers: &dyn Stockage,
    id: Uuid,
    empreinte: &[u8],
) -> Result<Bytes, Panne> {
    let octets = fichiers.lire(id).await?;
    match Sha256::digest(&octets).as_slice() == empreinte {
        true => Ok(octets),
        false => Err(Panne::Ligne(format!(
            "file {id} is not the one that was kept"
        ))),
    }
}

/// Makes durable the row that tells of a file, and says whether there is one: a
/// file no row tells of leaves. A base lost in the middle of its commit does
/// not say what it kept; the file then stays, for a row without its file would
/// be worse.
pub async fn retenir(
    fichiers: &dyn Stockage,
    id: Uuid,
    inscrit: Result<Option<Tx>, Panne>,
) -> Result<bool, Panne> {
    let (issue, douteuse) = match inscrit {
        Ok(Some(tx)) => match tx.commit().await {
            Ok(()) => return Ok(true),
            Err(panne) => {
                let dite = matches!(panne, Panne::Base(sqlx::Error::Database(_)));
                (Err(panne), !dite)
            }
        },
        Ok(None) => (Ok(false), false),
        Err(panne) => (Err(panne), false),
    };
    let otee = match douteuse {
        true => Ok(()),
        false => fichiers.oter(id).await,
    };
    issue.and_then(|retenu| otee.map(|()| retenu))
}

impl Stockage for Disque {
    fn deposer<'a>(
        &'a self,
        id: Uuid,
        flux: Flux<'a>,
        limite: u64,
    ) -> BoxFuture<'a, Result<Recu, Panne>> {
        Box::pin(self.ecrire(id, flux, limite))
    }

    fn lire(&self, id: Uuid) -> BoxFuture<'_, Result<Bytes, Panne>> {
        Box::pin(async move { Ok(fs::read(self.chemin(id)).await?.into()) })
    }

    fn oter(&self, id: Uuid) -> BoxFuture<'_, Result<(), Panne>> {
        Box::pin(async move {
            match fs::remove_file(self.chemin(id)).await {
                Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(e.into()),
                _ => Ok(()),
            }
        })
    }

    fn vider(&self) -> BoxFuture<'_, Result<(), Panne>> {
        Box::pin(async move {
            let mut dossiers = fs::read_dir(&self.racine).await?;
            while let Some(dossier) = dossiers.next_entry().await? {
                if est_a_nous(&dossier.path()) {
                    fs::remove_dir_all(dossier.path()).await?;
                }
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flux(morceaux: &[&'static [u8]]) -> Flux<'static> {
        let morceaux: Vec<_> = morceaux.iter().map(|m| Ok(Bytes::from_static(m))).collect();
        Box::pin(futures_util::stream::iter(morceaux))
    }

    fn dossier() -> PathBuf {
        let id = super::super::alea::id();
        std::env::temp_dir().join(format!("coopole-fichiers-{id}"))
    }

    #[tokio::test]
    async fn un_fichier_se_relit_tel_qu_il_est_venu() {
        let dossier = dossier();
        let disque = Disque::ouvrir(&dossier).unwrap();
        let id = super::super::alea::id();
        let recu = disque
            .deposer(id, flux(&[b"deux ", b"morceaux"]), 100)
            .await
            .unwrap();
        assert_eq!(recu.poids, 13);
        assert_eq!(
            disque.lire(id).await.unwrap(),
            Bytes::from_static(b"deux morceaux")
        );
        std::fs::remove_dir_all(dossier).unwrap();
    }

    #[tokio::test]
    async fn un_fichier_change_sur_le_disque_n_est_pas_rendu() {
        let dossier = dossier();
        let disque = Disque::ouvrir(&dossier).unwrap();
        let id = super::super::alea::id();
        let recu = disque.deposer(id, flux(&[b"entier"]), 100).await.unwrap();
        assert!(lire_intact(&disque, id, &recu.empreinte).await.is_ok());
        std::fs::write(disque.chemin(id), b"ent").unwrap();
        let panne = lire_intact(&disque, id, &recu.empreinte).await;
        assert!(matches!(panne, Err(Panne::Ligne(_))), "{panne:?}");
        std::fs::remove_dir_all(dossier).unwrap();
    }

    #[tokio::test]
    async fn un_envoi_coupe_ou_abandonne_ne_laisse_rien() {
        let dossier = dossier();
        let disque = Disque::ouvrir(&dossier).unwrap();
        let coupe: Flux<'static> = Box::pin(futures_util::stream::iter([
            Ok(Bytes::from_static(b"le d")),
            Err(Panne::Illisible("cut".into())),
        ]));
        let id = super::super::alea::id();
        assert!(disque.deposer(id, coupe, 100).await.is_err());
        // The browser leaves: the request is dropped where it stands.
        let debut = futures_util::stream::iter([Ok(Bytes::from_static(b"le d"))]);
        let sans_fin: Flux<'static> = Box::pin(debut.chain(futures_util::stream::pending()));
        let attente = std::time::Duration::from_millis(100);
        let abandon = disque.deposer(id, sans_fin, 100);
        assert!(tokio::time::timeout(attente, abandon).await.is_err());
        let reste = std::fs::read_dir(disque.chemin(id).parent().unwrap()).unwrap();
        assert_eq!(reste.count(), 0);
        std::fs::remove_dir_all(dossier).unwrap();
    }

    #[tokio::test]
    async fn ce_qu_un_processus_tue_ecrivait_est_balaye_a_l_ouverture_s_il_est_vieux() {
        let dossier = dossier();
        let disque = Disque::ouvrir(&dossier).unwrap();
        let [tue, en_cours, garde] = [(); 3].map(|()| super::super::alea::id());
        disque
            .deposer(garde, flux(&[b"entier"]), 100)
            .await
            .unwrap();
        let hier = std::time::SystemTime::from(Chronometre.now() - ABANDON * 2);
        for (id, age) in [(tue, Some(hier)), (en_cours, None)] {
            let chemin = disque.chemin(id).with_extension(PROVISOIRE);
            prive::dossier(chemin.parent().unwrap()).unwrap();
            let fichier = prive::fichier_neuf(&chemin).unwrap();
            if let Some(age) = age {
                fichier.set_modified(age).unwrap();
            }
        }
        std::fs::File::options()
            .write(true)
            .open(disque.chemin(garde))
            .unwrap()
            .set_modified(hier)
            .unwrap();

        Disque::ouvrir(&dossier).unwrap();

        assert!(!disque.chemin(tue).with_extension(PROVISOIRE).exists());
        assert!(disque.chemin(en_cours).with_extension(PROVISOIRE).exists());
        assert!(disque.chemin(garde).exists());
        std::fs::remove_dir_all(dossier).unwrap();
    }

    #[tokio::test]
    async fn ce_qui_n_est_pas_a_nous_n_empeche_rien_et_reste() {
        use std::os::unix::fs::PermissionsExt;
        let dossier = dossier();
        let disque = Disque::ouvrir(&dossier).unwrap();
        let id = super::super::alea::id();
        disque.deposer(id, flux(&[b"entier"]), 100).await.unwrap();
        let fichier = disque.racine.join(".gitkeep");
        std::fs::write(&fichier, b"").unwrap();
        let ferme = disque.racine.join("lost+found");
        std::fs::create_dir(&ferme).unwrap();
        std::fs::set_permissions(&ferme, std::fs::Permissions::from_mode(0o000)).unwrap();

        let disque = Disque::ouvrir(&dossier).unwrap();
        disque.vider().await.unwrap();

        assert!(!disque.chemin(id).exists());
        assert!(fichier.exists() && ferme.exists());
        std::fs::set_permissions(&ferme, std::fs::Permissions::from_mode(0o700)).unwrap();
        std::fs::remove_dir_all(dossier).unwrap();
    }

    #[tokio::test]
    async fn un_fichier_n_est_lisible_que_de_son_compte() {
        use std::os::unix::fs::PermissionsExt;
        let dossier = dossier();
        let disque = Disque::ouvrir(&dossier).unwrap();
        let id = super::super::alea::id();
        disque.deposer(id, flux(&[b"secret"]), 100).await.unwrap();
        let mode = |chemin: &Path| std::fs::metadata(chemin).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&disque.chemin(id)), 0o600);
        assert_eq!(mode(disque.chemin(id).parent().unwrap()), 0o700);
        assert_eq!(mode(&disque.racine), 0o700);
        assert_eq!(mode(&dossier), 0o700);
        std::fs::remove_dir_all(dossier).unwrap();
    }

    #[tokio::test]
    async fn au_dela_de_la_limite_rien_ne_reste() {
        let dossier = dossier();
        let disque = Disque::ouvrir(&dossier).unwrap();
        let id = super::super::alea::id();
        let refus = disque.deposer(id, flux(&[b"trop ", b"gros"]), 6).await;
        assert!(matches!(refus, Err(Panne::TropGros)));
        assert!(!disque.chemin(id).exists());
        assert!(!disque.chemin(id).with_extension(PROVISOIRE).exists());
        std::fs::remove_dir_all(dossier).unwrap();
    }
}
