//! `coopole demo`: builds the world of a demonstration, without serving it.

use std::process::ExitCode;

use clap::Args;
use jiff::Timestamp;

use crate::{
    app::App,
    demonstration::{self, Jeu},
    socle::{erreurs::Panne, reglages::Reglages},
};

#[derive(Args)]
pub struct Options {
    /// Le monde à construire : monde, distribution ou bilan-2022
    #[arg(long, default_value = "monde")]
    jeu: Jeu,
    /// L’instant où commence l’histoire
    #[arg(long, value_parser = super::lire_instant)]
    horloge: Option<Timestamp>,
    /// Efface le monde précédent (une base née en démonstration, et elle seule)
    #[arg(long)]
    neuve: bool,
}

pub async fn construire(options: Options) -> Result<ExitCode, Panne> {
    let reglages = Reglages::lire(true)?;
    if options.neuve && !demonstration::effacer(&reglages).await? {
        eprintln!("Cette base n’est pas née en démonstration : rien n’a été effacé.");
        return Ok(ExitCode::from(1));
    }
    let app = App::ouvrir(reglages).await?;
    match demonstration::ouvrir(&app, options.jeu, options.horloge).await? {
        Ok(()) => {
            println!("Le monde « {} » est prêt.", options.jeu);
            Ok(ExitCode::SUCCESS)
        }
        Err(refus) => {
            eprintln!("{refus}");
            Ok(ExitCode::from(1))
        }
    }
}
