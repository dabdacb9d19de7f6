//! Where account numbers are locked: XChaCha20-Poly1305 under a key of the
//! data folder, mode 0600, never in the base. Who holds only the base reads no
//! number; a number moved to another agreement no longer opens.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use metier::conventions::Iban;
use uuid::Uuid;

use crate::socle::{alea, erreurs::Panne};

const NONCE: usize = 24;

/// The lock of this instance.
#[derive(Clone)]
pub struct Coffre(XChaCha20Poly1305);

impl Coffre {
    /// Reads the key of the data folder, made by [`preparer`] at the start.
    pub fn ouvrir(donnees: &Path) -> Result<Self, Panne> {
        let chemin = chemin(donnees);
        let cle = match fs::read(&chemin) {
            Ok(cle) => cle,
            Err(absente) if absente.kind() == io::ErrorKind::NotFound => {
                return Err(manque(&chemin));
            }
            Err(autre) => return Err(autre.into()),
        };
        let lock = XChaCha20Poly1305::new_from_slice(&cle)
            .map_err(|_| Panne::Ligne(format!("{} is not a key", chemin.display())))?;
        Ok(Self(lock))
    }

    /// Locks the number, bound to its agreement.
    pub fn fermer(&self, convention: Uuid, iban: &Iban) -> Result<Vec<u8>, Panne> {
        let nonce = alea::octets::<NONCE>();
        let clair = Payload {
            msg: iban.en_clair().as_bytes(),
            aad: convention.as_bytes(),
        };
        let scelle = self
            .0
            .encrypt(&nonce.into(), clair)
            .map_err(|_| Panne::Programme("an account number too long to lock"))?;
        Ok([&nonce[..], &scelle].concat())
    }

    /// Opens what was locked for this agreement.
    pub fn rouvrir(&self, convention: Uuid, ferme: &[u8]) -> Result<Iban, Panne> {
        let illisible = || Panne::Ligne("an account number that does not open".into());
        let (nonce, scelle) = ferme.split_first_chunk::<NONCE>().ok_or_else(illisible)?;
        let scelle = Payload {
            msg: scelle,
            aad: convention.as_bytes(),
        };
        let clair = self
            .0
            .decrypt(&(*nonce).into(), scelle)
            .map_err(|_| illisible())?;
        let texte = String::from_utf8(clair).map_err(|_| illisible())?;
        texte.parse().map_err(|_| illisible())
    }
}

/// Makes the key at the first start. Numbers locked already have theirs:
/// another one would never open them.
pub fn preparer(donnees: &Path, deja_ferme: bool) -> Result<(), Panne> {
    let chemin = chemin(donnees);
    match (chemin.try_exists()?, deja_ferme) {
        (true, _) => Ok(()),
        (false, true) => Err(manque(&chemin)),
        (false, false) => creer(&chemin),
    }
}

fn chemin(donnees: &Path) -> PathBuf {
    donnees.join("cles").join("iban.xchacha20")
}

fn manque(chemin: &Path) -> Panne {
    Panne::Reglage(format!(
        "la clé des comptes bancaires manque : remettez {} depuis vos sauvegardes. \
         Sans elle, les IBAN enregistrés ne se lisent plus.",
        chemin.display()
    ))
}

/// Makes the key, readable by its owner only. Two processes that start together
/// agree on the first one written.
fn creer(chemin: &Path) -> Result<(), Panne> {
    use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
    let dossier = chemin.parent().expect("a file in the data folder");
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(dossier)?;
    let provisoire = dossier.join(format!("iban.{}.provisoire", alea::id().simple()));
    let mut fichier = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&provisoire)?;
    fichier.write_all(&alea::octets::<32>())?;
    fichier.sync_all()?;
    let lien = fs::hard_link(&provisoire, chemin);
    fs::remove_file(&provisoire)?;
    match lien {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => Err(e.into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn un_numero_ferme_ne_s_ouvre_que_pour_sa_convention_et_sa_cle() {
        let dossier = std::env::temp_dir().join(format!("coopole-coffre-{}", alea::id()));
        preparer(&dossier, false).unwrap();
        let coffre = Coffre::ouvrir(&dossier).unwrap();
        let iban: Iban = "FR14 2004 1010 0505 0001 3M02 606".parse().unwrap();
        let (une, autre) = (alea::id(), alea::id());
        let ferme = coffre.fermer(une, &iban).unwrap();

        assert!(!ferme.windows(6).any(|f| f == b"200410"));
        assert_ne!(
            ferme,
            coffre.fermer(une, &iban).unwrap(),
            "deux fois le même secret"
        );
        let reouvert = Coffre::ouvrir(&dossier).unwrap();
        assert_eq!(reouvert.rouvrir(une, &ferme).unwrap(), iban);
        assert!(reouvert.rouvrir(autre, &ferme).is_err());
        let mut change = ferme.clone();
        *change.last_mut().unwrap() ^= 1;
        assert!(reouvert.rouvrir(une, &change).is_err());
        let cle = dossier.join("cles").join("iban.xchacha20");
        assert_eq!(
            fs::metadata(cle).unwrap().permissions().mode() & 0o777,
            0o600
        );
        fs::remove_dir_all(dossier).unwrap();
    }

    #[test]
    fn une_cle_perdue_n_est_pas_refaite_quand_des_numeros_l_attendent() {
        let dossier = std::env::temp_dir().join(format!("coopole-coffre-{}", alea::id()));
        let refus = preparer(&dossier, true).unwrap_err();
        assert!(refus.to_string().contains("remettez"), "{refus}");
        assert!(Coffre::ouvrir(&dossier).is_err());
        assert!(!dossier.exists());
    }
}
