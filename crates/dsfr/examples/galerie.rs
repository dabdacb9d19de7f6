//! Writes the gallery's screens into a folder, to look at them in a browser:
//! `cargo run -p dsfr --features galerie --example galerie -- DOSSIER`.

use std::{env, fs, io, path::PathBuf};

fn main() -> io::Result<()> {
    let dossier = PathBuf::from(env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    fs::create_dir_all(&dossier)?;
    for (nom, page) in dsfr::galerie() {
        fs::write(dossier.join(format!("{nom}.html")), page.into_string())?;
    }
    Ok(())
}
