//! `coopole journal verifier`, and `coopole journal preuve FICHIER`.

use std::{fs, path::Path, process::ExitCode};

use jiff::Timestamp;
use metier::commun::temps;

use crate::{
    app::App,
    socle::{
        erreurs::Panne,
        journal::{
            preuve::Preuve,
            verification::{self, Verdict},
        },
        reglages::Reglages,
    },
};

pub async fn verifier() -> Result<ExitCode, Panne> {
    let app = App::ouvrir(Reglages::lire(false)?).await?;
    let verdict = verification::verifier(&mut app.db.lecture().await?, &app.cle).await?;
    match verdict {
        Verdict::Intact {
            scellees,
            en_attente,
        } => {
            println!("Journal intact : {scellees} entrées scellées, {en_attente} en attente.");
            Ok(ExitCode::SUCCESS)
        }
        Verdict::Rompu {
            place,
            entree,
            constat,
        } => {
            let ou = match (place, entree) {
                (Some(place), Some(entree)) => format!("à la place {place} (entrée {entree})"),
                (Some(place), None) => format!("à la place {place}"),
                (None, Some(entree)) => format!("à l’entrée {entree}, pas encore scellée"),
                (None, None) => "sans place connue".to_owned(),
            };
            println!("Journal rompu {ou} : {constat}.");
            Ok(ExitCode::from(1))
        }
    }
}

/// Checks a proof alone: neither base nor network is asked.
pub fn prouver(fichier: &Path) -> Result<ExitCode, Panne> {
    let json = fs::read_to_string(fichier)?;
    match Preuve::verifier(&json) {
        Ok(prouvee) => {
            let le = Timestamp::from_millisecond(prouvee.le).unwrap_or_default();
            println!(
                "Preuve tenue : l’acte « {} » du {} est au journal, au rang {} sur {}.",
                prouvee.acte,
                temps::instant_a_la_seconde(le),
                prouvee.place + 1,
                prouvee.taille
            );
            println!("Objet : {}", prouvee.objet);
            if let Some(empreinte) = prouvee.empreinte {
                println!("Empreinte SHA-256 du texte inscrit : {empreinte}");
            }
            println!("Comparez cette clé à celle que l’instance publie (/journal/tete) :");
            print!("{}", prouvee.cle_publique);
            Ok(ExitCode::SUCCESS)
        }
        Err(constat) => {
            println!("Preuve rejetée : {constat}.");
            Ok(ExitCode::from(1))
        }
    }
}
