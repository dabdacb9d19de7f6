//! The commands, one file each. Exit codes: 0 done; 1 what was asked for is
//! refused or found wrong; 2 the command line cannot be read; 3 the machine
//! failed.

mod campagne;
mod compte;
mod demo;
mod journal;
mod serve;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use jiff::Timestamp;

use crate::socle::erreurs::Panne;

const AIDE_REGLAGES: &str = "\
Réglages (variables d’environnement) :
  PORT                 port d’écoute sur 127.0.0.1 (8080)
  COOPOLE_URL          adresse publique, celle des liens envoyés
  COOPOLE_DONNEES      dossier de la base, des fichiers et des clés (./var)
  DATABASE_URL         base PostgreSQL ; à défaut, SQLite dans COOPOLE_DONNEES
  COOPOLE_MARQUE       neutre (par défaut) ou etat
  COOPOLE_SMTP         smtp://… ou smtps://… ; à défaut, rien n’est envoyé
  COOPOLE_EXPEDITEUR   adresse d’envoi des courriels
  COOPOLE_ASSISTANCE   adresse où l’on écrit quand une page résiste
  COOPOLE_MANDATAIRES  adresses des mandataires dont on croit l’en-tête transmis
  COOPOLE_TRACES       niveau de trace (info) ; COOPOLE_TRACES_JSON=1 pour du JSON

Codes de sortie : 0 fait ; 1 refusé ou trouvé faux ; 2 commande illisible ; 3 panne.";

/// Le service des pôles territoriaux de coopération économique, de l’appel au versement.
#[derive(Parser)]
#[command(name = "coopole", version, after_help = AIDE_REGLAGES, disable_help_subcommand = true)]
#[command(
    help_template = "{about}\n\nUsage : {usage}\n\nCommandes et options :\n{all-args}\n\n{after-help}"
)]
struct Cli {
    #[command(subcommand)]
    commande: Commande,
}

#[derive(Subcommand)]
enum Commande {
    /// Migre la base, puis sert le site
    Serve(serve::Options),
    /// Met la base à jour, sans servir
    Migrate,
    /// Construit un monde de démonstration, sans le servir
    Demo(demo::Options),
    /// Crée et habilite les comptes
    #[command(subcommand)]
    Compte(compte::Compte),
    /// Vérifie le document d’un appel
    #[command(subcommand)]
    Campagne(Campagne),
    /// Vérifie le journal des actes
    #[command(subcommand)]
    Journal(Journal),
}

#[derive(Subcommand)]
enum Campagne {
    /// Dit toutes les fautes du document, à leur ligne et leur colonne
    Verifier { fichier: PathBuf },
}

#[derive(Subcommand)]
enum Journal {
    /// Recalcule les entrées, l’arbre et les signatures ; nomme la première entrée rompue
    Verifier,
    /// Vérifie la preuve d’une inscription, sans base ni réseau
    Preuve { fichier: PathBuf },
}

/// Reads the command line, runs, and says how it went.
pub fn executer() -> ExitCode {
    let cli = Cli::parse();
    installer_les_traces();
    let issue = match cli.commande {
        Commande::Campagne(Campagne::Verifier { fichier }) => campagne::verifier(&fichier),
        Commande::Journal(Journal::Preuve { fichier }) => journal::prouver(&fichier),
        autre => moteur().block_on(async {
            match autre {
                Commande::Serve(options) => serve::servir(options).await,
                Commande::Migrate => serve::migrer().await,
                Commande::Demo(options) => demo::construire(options).await,
                Commande::Compte(commande) => compte::executer(commande).await,
                Commande::Journal(Journal::Verifier) => journal::verifier().await,
                Commande::Campagne(_) | Commande::Journal(Journal::Preuve { .. }) => {
                    unreachable!("answered above")
                }
            }
        }),
    };
    issue.unwrap_or_else(|panne| {
        eprintln!("coopole : {}", chaine(&panne));
        ExitCode::from(3)
    })
}

fn moteur() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("the system gives threads to a program that starts")
}

fn installer_les_traces() {
    let niveau = std::env::var("COOPOLE_TRACES").unwrap_or_else(|_| "info,sqlx=warn".into());
    let traces = tracing_subscriber::fmt()
        .with_env_filter(niveau)
        .with_writer(std::io::stderr);
    if std::env::var_os("COOPOLE_TRACES_JSON").is_some() {
        traces.json().init();
    } else {
        traces.init();
    }
}

/// A failure and all its causes, on one line.
fn chaine(panne: &Panne) -> String {
    let mut texte = panne.to_string();
    let mut cause = std::error::Error::source(panne);
    while let Some(suivante) = cause {
        texte.push_str(" : ");
        texte.push_str(&suivante.to_string());
        cause = suivante.source();
    }
    texte
}

/// Reads an instant given by hand: `2024-05-29T11:59:50+02:00`.
fn lire_instant(texte: &str) -> Result<Timestamp, String> {
    texte.parse().map_err(|_| {
        "un instant avec son décalage est attendu, par exemple 2024-05-29T11:59:50+02:00".into()
    })
}
