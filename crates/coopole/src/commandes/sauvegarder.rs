//! `coopole sauvegarder`: a backup of the instance, while it serves.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use crate::socle::{
    erreurs::Panne,
    reglages::Reglages,
    sauvegarde::{self, Sauvegarde},
};

#[derive(Args)]
pub struct Options {
    /// Un dossier neuf, où tout est écrit
    dossier: PathBuf,
    /// Copie aussi les clés : gardez alors cette sauvegarde sous clé
    #[arg(long)]
    avec_cles: bool,
}

pub async fn executer(options: Options) -> Result<ExitCode, Panne> {
    let reglages = Reglages::lire(false)?;
    let vers = &options.dossier;
    match sauvegarde::sauvegarder(&reglages, vers, options.avec_cles).await? {
        Ok(faite) => {
            dire(&reglages, vers, &faite);
            Ok(ExitCode::SUCCESS)
        }
        Err(refus) => {
            eprintln!("{refus}");
            Ok(ExitCode::from(1))
        }
    }
}

fn dire(reglages: &Reglages, vers: &Path, faite: &Sauvegarde) {
    match &faite.base {
        Some(base) => println!(
            "Base : {}, telle qu’elle était à un instant.",
            base.display()
        ),
        None => println!(
            "Base : PostgreSQL, qui n’est PAS dans cette sauvegarde. À lancer maintenant :\n    \
             pg_dump --format=custom --file={} \"$DATABASE_URL\"",
            vers.join("coopole.dump").display()
        ),
    }
    println!("Fichiers : {}.", faite.fichiers);
    let cles = reglages.donnees.join("cles");
    let cles = cles.display();
    match faite.cles {
        0 => println!(
            "Clés : PAS dans cette sauvegarde. Elles sont dans {cles} : gardez-en une copie ailleurs. \
             Sans elles, le journal ne se vérifie plus et les IBAN ne se lisent plus."
        ),
        combien => println!(
            "Clés : {combien}, copiées de {cles}. Qui a cette sauvegarde peut signer à votre place \
             et lire les IBAN : gardez-la sous clé."
        ),
    }
    println!(
        "Restaurer : docs/installer.md. À essayer : une sauvegarde jamais restaurée n’en est pas une."
    );
}
