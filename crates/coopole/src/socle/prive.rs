//! What the data folder holds is for the account of the service alone:
//! folders 0700, files 0600, whatever the mask it was started with.

use std::{
    fs, io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::Path,
};

/// Makes the folder and those above it that are missing.
pub fn dossier(chemin: &Path) -> io::Result<()> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(chemin)
}

/// A folder of ours, closed to others even if an older version left it open.
pub fn dossier_ferme(chemin: &Path) -> io::Result<()> {
    dossier(chemin)?;
    fermer(chemin, 0o700);
    Ok(())
}

/// An empty file to write, which must not be there yet.
pub fn fichier_neuf(chemin: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(chemin)
}

/// The file of the embedded base and those SQLite keeps beside it: created
/// closed, and closed again if they were open.
pub fn base(chemin: &Path) -> io::Result<()> {
    match fichier_neuf(chemin) {
        Err(la) if la.kind() == io::ErrorKind::AlreadyExists => {}
        Err(panne) => return Err(panne),
        Ok(_) => return Ok(()),
    }
    for suffixe in ["", "-wal", "-shm"] {
        let mut nom = chemin.as_os_str().to_owned();
        nom.push(suffixe);
        fermer(Path::new(&nom), 0o600);
    }
    Ok(())
}

/// Somebody else's file stays as its owner wants it: not ours to change.
fn fermer(chemin: &Path, mode: u32) {
    let _ = fs::set_permissions(chemin, fs::Permissions::from_mode(mode));
}
