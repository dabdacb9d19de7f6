//! `coopole demo`: builds the world of a demonstration, without serving it.

use std::process::ExitCode;

use clap::Args;
use jiff::Timestamp;

use crate::{
    app::App,
    demonstration::{self, Demande, Jeu},
    socle::{erreurs::Panne, reglages::Reglages},
};

#[derive(Args)]
pub struct Options {
    /// Le monde à construire : monde (par défaut : tout), distribution (les pôles nommés seuls),
    /// bilan-2022 (203 pôles, mars 2023). Un monde déjà là reste ce qu’il est
    #[arg(long)]
    jeu: Option<Jeu>,
    /// L’instant où commence l’histoire d’un monde neuf
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
    let demande = Demande {
        jeu: options.jeu,
        debut: options.horloge,
    };
    match demonstration::ouvrir(&app, demande).await? {
        Ok(jeu) => {
            println!("Le monde « {jeu} » est prêt.");
            Ok(ExitCode::SUCCESS)
        }
        Err(refus) => {
            eprintln!("{refus}");
            Ok(ExitCode::from(1))
        }
    }
}
