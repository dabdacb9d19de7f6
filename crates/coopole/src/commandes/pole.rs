//! `coopole pole`: the poles of an instance, from the command line.

use std::process::ExitCode;

use clap::Subcommand;
use metier::commun::Region;

use super::lire_region;
use crate::{
    app::App,
    poles,
    socle::{erreurs::Panne, reglages::Reglages},
};

#[derive(Subcommand)]
pub enum Pole {
    /// Dit les pôles, un par ligne : identifiant, région, nom, commune
    Lister {
        /// Le code de la région (53), à défaut toutes
        #[arg(long, value_parser = lire_region)]
        region: Option<Region>,
    },
}

pub async fn executer(commande: Pole) -> Result<ExitCode, Panne> {
    let Pole::Lister { region } = commande;
    let app = App::ouvrir(Reglages::lire(false)?).await?;
    let poles = poles::lister(&mut app.db.lecture().await?, region).await?;
    for pole in &poles {
        let region = pole.region.as_deref().unwrap_or("--");
        let commune = pole.commune.as_deref().map(|nom| format!(", {nom}"));
        println!(
            "{}  {region}  {}{}",
            pole.id,
            pole.nom,
            commune.unwrap_or_default()
        );
    }
    println!("Pôles : {}.", poles.len());
    Ok(ExitCode::SUCCESS)
}
