//! `coopole registre`: the public register, from the command line.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Subcommand;
use jiff::civil::Date;

use crate::{
    app::App,
    registre::{Edition, donnees},
    socle::{erreurs::Panne, reglages::Reglages},
};

#[derive(Subcommand)]
pub enum Registre {
    /// Écrit dans un dossier les fichiers de la page « Données ouvertes », tels qu’elle les donne
    Exporter {
        /// Le dossier, créé s’il n’existe pas ; un fichier du même nom y est remplacé
        dossier: PathBuf,
        /// Le jour du recensement, comme « 2022-12-31 » ; les fiches sont toujours celles d’aujourd’hui
        #[arg(long)]
        le: Option<Date>,
    },
}

pub async fn executer(commande: Registre) -> Result<ExitCode, Panne> {
    let Registre::Exporter { dossier, le } = commande;
    let app = App::ouvrir(Reglages::lire(false)?).await?;
    let edition = Edition {
        site: &app.reglages.url,
        le: app.horloge.now(),
        campagnes: &app.campagnes,
    };
    if let Some(refus) = donnees::refus_du_jour(le, edition.le) {
        eprintln!("{refus}.");
        return Ok(ExitCode::from(1));
    }
    let fichiers = donnees::fichiers(&mut app.db.instantane().await?, edition, le).await?;
    std::fs::create_dir_all(&dossier).map_err(Panne::Fichier)?;
    for fichier in &fichiers {
        ecrire(&dossier, fichier.nom, &fichier.octets)?;
        println!("{}  {} octets", fichier.nom, fichier.octets.len());
    }
    println!("Fichiers : {}.", fichiers.len());
    Ok(ExitCode::SUCCESS)
}

/// Whole or not at all: a reader never meets half a file.
fn ecrire(dossier: &Path, nom: &str, octets: &[u8]) -> Result<(), Panne> {
    let essai = dossier.join(format!(".{nom}.partiel"));
    std::fs::write(&essai, octets).map_err(Panne::Fichier)?;
    std::fs::rename(&essai, dossier.join(nom)).map_err(Panne::Fichier)
}
