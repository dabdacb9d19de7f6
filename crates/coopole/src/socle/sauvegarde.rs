//! The backup of an instance, taken while it serves: the base as it stands at
//! one instant, the files, and a word on the keys. What it writes has the shape
//! of a data folder, so that restoring is naming it in `COOPOLE_DONNEES`.
//! Called by `coopole sauvegarder`. Never done here: a change to the instance.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{db::Db, erreurs::Panne, prive, reglages::Reglages};

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sauvegarde {
    /// The copy of the embedded base; none when the base is a PostgreSQL.
    pub base: Option<PathBuf>,
    pub fichiers: usize,
    /// The keys copied; none were asked for, or there are none yet.
    pub cles: usize,
}

/// What the operator puts in the data folder: its brand, the official texts,
/// the legal notice. An instance restored without them would not be the same.
const DE_L_EXPLOITANT: [&str; 3] = ["marque", "textes", "mentions-legales.txt"];

/// Why nothing is written.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefusSauvegarde {
    #[error("{} n’est pas vide\u{202f}: une sauvegarde se fait dans un dossier neuf.", .0.display())]
    PasVide(PathBuf),
    #[error("Il n’y a pas d’instance dans {}\u{202f}: rien à sauvegarder.", .0.display())]
    RienLa(PathBuf),
}

/// Writes the backup in `vers`, a new folder.
pub async fn sauvegarder(
    reglages: &Reglages,
    vers: &Path,
    avec_cles: bool,
) -> Result<Result<Sauvegarde, RefusSauvegarde>, Panne> {
    let donnees = &reglages.donnees;
    let base = donnees.join("coopole.db");
    if reglages.base.is_none() && !base.is_file() {
        return Ok(Err(RefusSauvegarde::RienLa(donnees.clone())));
    }
    if fs::read_dir(vers).is_ok_and(|mut contenu| contenu.next().is_some()) {
        return Ok(Err(RefusSauvegarde::PasVide(vers.to_owned())));
    }
    prive::dossier_ferme(vers)?;
    // Twice, around the base: a file taken away meanwhile is caught by the
    // first pass, one that has just come by the second.
    let (depuis, ici) = (donnees.join("fichiers"), vers.join("fichiers"));
    copier(&depuis, &ici)?;
    let base = match reglages.base {
        Some(_) => None,
        None => {
            let copie = vers.join("coopole.db");
            Db::copier_sqlite(&base, &copie).await?;
            Some(copie)
        }
    };
    copier(&depuis, &ici)?;
    for nom in DE_L_EXPLOITANT {
        let depuis = donnees.join(nom);
        match depuis.is_file() {
            true => copier_un_fichier(&depuis, &vers.join(nom))?,
            false => copier(&depuis, &vers.join(nom))?,
        }
    }
    if avec_cles {
        copier(&donnees.join("cles"), &vers.join("cles"))?;
    }
    Ok(Ok(Sauvegarde {
        base,
        fichiers: compter(&ici)?,
        cles: compter(&vers.join("cles"))?,
    }))
}

/// Copies what is not there yet; a file being written is nobody's, and one
/// that leaves meanwhile is not missed.
fn copier(depuis: &Path, vers: &Path) -> io::Result<()> {
    for (nom, chemin) in contenu(depuis)? {
        let ici = vers.join(&nom);
        if chemin.is_dir() {
            copier(&chemin, &ici)?;
        } else if !ici.exists() && chemin.extension().is_none_or(|e| e != "provisoire") {
            prive::dossier(vers)?;
            copier_un_fichier(&chemin, &ici)?;
        }
    }
    Ok(())
}

fn copier_un_fichier(depuis: &Path, vers: &Path) -> io::Result<()> {
    let mut source = match fs::File::open(depuis) {
        Err(parti) if parti.kind() == io::ErrorKind::NotFound => return Ok(()),
        autre => autre?,
    };
    let mut copie = prive::fichier_neuf(vers)?;
    io::copy(&mut source, &mut copie)?;
    copie.sync_all()
}

fn compter(dossier: &Path) -> io::Result<usize> {
    let mut combien = 0;
    for (_, chemin) in contenu(dossier)? {
        combien += match chemin.is_dir() {
            true => compter(&chemin)?,
            false => 1,
        };
    }
    Ok(combien)
}

/// Nothing, for a folder that is not there.
fn contenu(dossier: &Path) -> io::Result<Vec<(std::ffi::OsString, PathBuf)>> {
    match fs::read_dir(dossier) {
        Err(absent) if absent.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        autre => autre?
            .map(|entree| entree.map(|entree| (entree.file_name(), entree.path())))
            .collect(),
    }
}
