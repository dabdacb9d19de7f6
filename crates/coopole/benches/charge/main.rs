//! `make bench`: how fast the house is, against what this machine allows.
//!
//! One run, one machine, one table: pages, drafts, filings and lists, served
//! over real connections by the released code, beside the limits measured in
//! the same minute (a bare handler that sends the same bytes, a bare commit
//! that reaches the disk). Everything listens on the loopback, is bounded in
//! count and in time, and stops by itself. Nothing here is a test: figures
//! depend on the machine, and `make test` holds none.
#![expect(clippy::unwrap_used, reason = "a bench that fails says where")]

mod annuaire;
mod client;
mod imports;
mod limites;
mod machine;
mod monde;
mod rapport;
mod scenes;

use std::{process::ExitCode, time::Duration};

use monde::{Base, Monde};
use rapport::Rapport;

/// What was asked on the command line.
#[derive(Clone, Copy)]
pub struct Demande {
    /// How long each load lasts at most.
    duree: Duration,
    /// How many filings a load makes at most.
    depots: usize,
    /// PostgreSQL left out, on request only.
    sans_postgres: bool,
    /// How many lines a list brought into the register has.
    lignes: usize,
    /// One part of the measure alone, on request only.
    seule: Option<Partie>,
}

/// A part of the measure, which fills a world of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Partie {
    Maison,
    Annuaire,
    Imports,
}

impl Demande {
    fn comprend(&self, partie: Partie) -> bool {
        self.seule.is_none_or(|seule| seule == partie)
    }

    fn lire() -> Result<Self, String> {
        let mut demande = Self {
            duree: Duration::from_secs(3),
            depots: 2_000,
            sans_postgres: false,
            lignes: 100_000,
            seule: None,
        };
        for mot in std::env::args().skip(1) {
            match mot.as_str() {
                "--rapide" => {
                    demande.duree = Duration::from_millis(700);
                    demande.depots = 600;
                    demande.lignes = 10_000;
                }
                "--sans-postgres" => demande.sans_postgres = true,
                "--maison" => demande.seule = Some(Partie::Maison),
                "--annuaire" => demande.seule = Some(Partie::Annuaire),
                "--imports" => demande.seule = Some(Partie::Imports),
                // Cargo's own word.
                "--bench" => {}
                autre => {
                    return Err(format!(
                        "Option inconnue : {autre}. Connues : --rapide, --maison, --annuaire, --imports, --sans-postgres."
                    ));
                }
            }
        }
        Ok(demande)
    }
}

fn main() -> ExitCode {
    let demande = match Demande::lire() {
        Ok(demande) => demande,
        Err(phrase) => {
            eprintln!("{phrase}");
            return ExitCode::from(2);
        }
    };
    let bases = match bases(demande) {
        Ok(bases) => bases,
        Err(phrase) => {
            eprintln!("{phrase}");
            return ExitCode::FAILURE;
        }
    };
    println!("{}", machine::presentation());
    let mut rapport = Rapport::default();
    if demande.comprend(Partie::Maison) {
        machine::memoire(&mut rapport);
    }
    for base in bases {
        let mut jouer = |partie, depots, scene: fn(&Monde, Demande, &mut Rapport)| {
            if demande.comprend(partie) {
                let monde = Monde::ouvrir(base.clone(), depots);
                scene(&monde, demande, &mut rapport);
                monde.fermer();
            }
        };
        jouer(Partie::Maison, demande.depots, scenes::jouer);
        jouer(Partie::Annuaire, 0, annuaire::jouer);
        jouer(Partie::Imports, 0, imports::jouer);
    }
    rapport.conclure();
    ExitCode::SUCCESS
}

/// SQLite always; PostgreSQL unless it was refused by name.
fn bases(demande: Demande) -> Result<Vec<Base>, String> {
    if demande.sans_postgres {
        println!("PostgreSQL n’est pas mesuré : --sans-postgres.");
        return Ok(vec![Base::Sqlite]);
    }
    let serveur = std::env::var("COOPOLE_PG_TEST").map_err(|_| {
        "COOPOLE_PG_TEST manque : lancez « make bench », qui démarre un PostgreSQL et le donne ici."
            .to_owned()
    })?;
    Ok(vec![Base::Sqlite, Base::Postgres(serveur)])
}
