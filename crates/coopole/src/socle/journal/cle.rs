//! The key that signs the head of the journal. It lives in the data folder,
//! mode 0600, never in the base: who holds only the base cannot sign.

use std::{fs, io::Write, path::Path};

use data_encoding::BASE64;
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};

use crate::socle::{alea, erreurs::Panne};

use super::Empreinte;

/// The signing key of this instance.
#[derive(Clone)]
pub struct Cle(SigningKey);

impl Cle {
    /// Reads the key of the data folder, or makes it on the first start. A
    /// journal already sealed has its key: another one would sign for it.
    pub fn ouvrir(dossier: &Path, deja_scelle: bool) -> Result<Self, Panne> {
        let chemin = dossier.join("cles").join("journal.ed25519");
        match fs::read(&chemin) {
            Ok(octets) => {
                let graine = octets
                    .try_into()
                    .map_err(|_| Panne::Ligne(format!("{} is not a key", chemin.display())))?;
                Ok(Self(SigningKey::from_bytes(&graine)))
            }
            Err(absente) if absente.kind() == std::io::ErrorKind::NotFound && deja_scelle => {
                Err(Panne::Reglage(format!(
                    "la clé du journal manque : remettez {} depuis vos sauvegardes. \
                     Sans elle, ce journal ne se signe ni ne se vérifie.",
                    chemin.display()
                )))
            }
            Err(absente) if absente.kind() == std::io::ErrorKind::NotFound => {
                let graine = alea::octets::<32>();
                ecrire_secret(&chemin, &graine)?;
                Ok(Self(SigningKey::from_bytes(&graine)))
            }
            Err(autre) => Err(autre.into()),
        }
    }

    pub fn signer(&self, taille: u64, racine: &Empreinte, le: i64) -> Vec<u8> {
        self.0.sign(&enonce(taille, racine, le)).to_bytes().to_vec()
    }

    pub fn verifier(&self, taille: u64, racine: &Empreinte, le: i64, signature: &[u8]) -> bool {
        est_signee(&self.publique(), (taille, racine, le), signature)
    }

    pub fn publique(&self) -> VerifyingKey {
        self.0.verifying_key()
    }

    /// The public key as anybody's tools read it.
    pub fn pem(&self) -> String {
        let der = [&PREFIXE[..], self.publique().as_bytes()].concat();
        format!("{DEBUT}\n{}\n{FIN}\n", BASE64.encode(&der))
    }
}

/// What stands before an ed25519 public key in a PEM file (RFC 8410).
const PREFIXE: [u8; 12] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];
const DEBUT: &str = "-----BEGIN PUBLIC KEY-----";
const FIN: &str = "-----END PUBLIC KEY-----";

/// Reads a public key back from its PEM.
pub fn lire_pem(pem: &str) -> Option<VerifyingKey> {
    let corps = pem.trim().strip_prefix(DEBUT)?.strip_suffix(FIN)?;
    let der = BASE64.decode(corps.trim().as_bytes()).ok()?;
    let octets = der.strip_prefix(&PREFIXE[..])?.try_into().ok()?;
    VerifyingKey::from_bytes(octets).ok()
}

/// Whether that key signed that head.
pub fn est_signee(
    cle: &VerifyingKey,
    (taille, racine, le): (u64, &Empreinte, i64),
    signature: &[u8],
) -> bool {
    Signature::from_slice(signature)
        .is_ok_and(|signature| cle.verify(&enonce(taille, racine, le), &signature).is_ok())
}

/// What is signed, in a form anybody can write again.
pub fn enonce(taille: u64, racine: &Empreinte, le: i64) -> Vec<u8> {
    format!(
        "coopole journal v1\n{taille}\n{}\n{le}\n",
        data_encoding::HEXLOWER.encode(racine)
    )
    .into_bytes()
}

/// Writes a secret that only its owner reads, whole or not at all.
fn ecrire_secret(chemin: &Path, octets: &[u8]) -> Result<(), Panne> {
    use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
    let dossier = chemin.parent().expect("a file in the data folder");
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(dossier)?;
    let provisoire = chemin.with_extension("provisoire");
    let mut fichier = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&provisoire)?;
    fichier.write_all(octets)?;
    fichier.sync_all()?;
    fs::rename(provisoire, chemin)?;
    Ok(())
}
