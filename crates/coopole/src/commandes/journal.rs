//! `coopole journal verifier`.

use std::process::ExitCode;

use crate::{
    app::App,
    socle::{
        erreurs::Panne,
        journal::verification::{self, Verdict},
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
