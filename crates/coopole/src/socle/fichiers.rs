//! Files: pieces and documents, on disk by default, behind a trait ready for
//! an object store. Names are ours; what a person called the file stays in the
//! base. A file is written whole, flushed, then renamed: a crash leaves no
//! half file under a name anybody reads.

use std::{
    path::{Path, PathBuf},
    pin::Pin,
};

use axum::body::Bytes;
use futures_util::{Stream, StreamExt, future::BoxFuture};
use sha2::{Digest, Sha256};
use tokio::{fs, io::AsyncWriteExt};
use uuid::Uuid;

use super::erreurs::Panne;

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
}

/// Files in the data folder.
pub struct Disque {
    racine: PathBuf,
}

/// Enough to recognise any type we accept.
const DEBUT: usize = 8_192;

impl Disque {
    pub fn ouvrir(donnees: &Path) -> Result<Self, Panne> {
        let racine = donnees.join("fichiers");
        std::fs::create_dir_all(&racine)?;
        Ok(Self { racine })
    }

    /// The last letters spread better than the first: v7 begins with time.
    fn chemin(&self, id: Uuid) -> PathBuf {
        let nom = id.simple().to_string();
        self.racine.join(&nom[30..]).join(nom)
    }

    async fn ecrire(&self, id: Uuid, mut flux: Flux<'_>, limite: u64) -> Result<Recu, Panne> {
        let chemin = self.chemin(id);
        fs::create_dir_all(chemin.parent().expect("two levels")).await?;
        let provisoire = chemin.with_extension("provisoire");
        let mut fichier = fs::File::create(&provisoire).await?;
        let mut recu = Recu {
            poids: 0,
            empreinte: [0; 32],
            debut: Vec::new(),
        };
        let mut hache = Sha256::new();
        let ecrit = async {
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
            fichier.sync_all().await?;
            Ok(())
        }
        .await;
        if let Err(panne) = ecrit {
            let _ = fs::remove_file(&provisoire).await;
            return Err(panne);
        }
        fs::rename(provisoire, chemin).await?;
        recu.empreinte = hache.finalize().into();
        Ok(recu)
    }
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
    async fn au_dela_de_la_limite_rien_ne_reste() {
        let dossier = dossier();
        let disque = Disque::ouvrir(&dossier).unwrap();
        let id = super::super::alea::id();
        let refus = disque.deposer(id, flux(&[b"trop ", b"gros"]), 6).await;
        assert!(matches!(refus, Err(Panne::TropGros)));
        assert!(!disque.chemin(id).exists());
        assert!(!disque.chemin(id).with_extension("provisoire").exists());
        std::fs::remove_dir_all(dossier).unwrap();
    }
}
