//! The commands, one file each. Exit codes: 0 done; 1 what was asked for is
//! refused or found wrong; 2 the command line cannot be read; 3 the machine
//! failed.

mod campagne;
mod compte;
mod demo;
mod francais;
mod journal;
mod pole;
mod registre;
mod sauvegarder;
mod serve;

use std::{path::PathBuf, process::ExitCode};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use jiff::Timestamp;
use sqlx::migrate::MigrateError;

use crate::socle::{erreurs::Panne, traces};

const AIDE_REGLAGES: &str = "\
Réglages (variables d’environnement) :
  PORT                 port d’écoute sur 127.0.0.1 (8080)
  COOPOLE_URL          adresse publique, celle des liens envoyés
  COOPOLE_DONNEES      dossier de la base, des fichiers et des clés (./var)
  DATABASE_URL         base PostgreSQL ; à défaut, SQLite dans COOPOLE_DONNEES
  COOPOLE_MARQUE       neutre (par défaut), ou etat avec les fichiers de COOPOLE_DONNEES/marque
  COOPOLE_SMTP         smtp://… ou smtps://… ; à défaut, rien n’est envoyé
  COOPOLE_EXPEDITEUR   adresse d’envoi des courriels
  COOPOLE_ASSISTANCE   adresse où l’on écrit quand une page résiste
  COOPOLE_MANDATAIRES  adresses des mandataires dont on croit l’en-tête transmis
  COOPOLE_TRACES       niveau de trace (info) ; COOPOLE_TRACES_JSON=1 pour du JSON

Codes de sortie :
  0  fait
  1  refusé, ou trouvé faux
  2  commande illisible
  3  panne de la machine";

/// Le service des pôles territoriaux de coopération économique, de l’appel au versement.
#[derive(Parser)]
#[command(name = "coopole", version, after_help = AIDE_REGLAGES)]
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
    /// Sauvegarde l’instance dans un dossier neuf, sans l’arrêter
    #[command(alias = "sauvegarde")]
    Sauvegarder(sauvegarder::Options),
    /// Construit un monde de démonstration, sans le servir
    Demo(demo::Options),
    /// Crée, habilite, suspend et dit les comptes
    #[command(subcommand)]
    Compte(compte::Compte),
    /// Dit les pôles, avec leurs identifiants
    #[command(subcommand)]
    Pole(pole::Pole),
    /// Écrit les données ouvertes du registre
    #[command(subcommand)]
    Registre(registre::Registre),
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
    let lue = francais::franciser(Cli::command()).try_get_matches();
    let cli = match lue.and_then(|mots| Cli::from_arg_matches(&mots)) {
        Ok(cli) => cli,
        Err(faute) => return francais::repondre(&faute),
    };
    traces::installer();
    let issue = match cli.commande {
        Commande::Campagne(Campagne::Verifier { fichier }) => campagne::verifier(&fichier),
        Commande::Journal(Journal::Preuve { fichier }) => journal::prouver(&fichier),
        autre => moteur().block_on(async {
            match autre {
                Commande::Serve(options) => serve::servir(options).await,
                Commande::Migrate => serve::migrer().await,
                Commande::Sauvegarder(options) => sauvegarder::executer(options).await,
                Commande::Demo(options) => demo::construire(options).await,
                Commande::Pole(commande) => pole::executer(commande).await,
                Commande::Registre(commande) => registre::executer(commande).await,
                Commande::Compte(commande) => compte::executer(commande).await,
                Commande::Journal(Journal::Verifier) => journal::verifier().await,
                Commande::Campagne(_) | Commande::Journal(Journal::Preuve { .. }) => {
                    unreachable!("answered above")
                }
            }
        }),
    };
    issue.unwrap_or_else(|panne| {
        eprintln!("coopole : {}", dire(&panne));
        ExitCode::from(3)
    })
}

/// A base whose schema is not one of ours, earlier or later.
const AUTRE_VERSION: &str = "cette base vient d’une autre version de Coopôle ; rien n’y a été changé.
Une démonstration : « make demo-neuve » (« coopole demo --neuve ») la reconstruit ; ou donnez un dossier vide dans COOPOLE_DONNEES.
Une instance réelle : servez-la avec la version qui l’a créée.";

/// What failed, for the operator: our words, then the machine's.
fn dire(panne: &Panne) -> String {
    let quoi = match panne {
        Panne::Reglage(phrase) => return phrase.clone(),
        Panne::Migration(MigrateError::VersionMismatch(_) | MigrateError::VersionMissing(_)) => {
            return AUTRE_VERSION.to_owned();
        }
        Panne::Appel(fautes) => return format!("un appel ne tient pas.\n{fautes}"),
        Panne::Base(_) | Panne::Validation(_) => "la base ne répond pas",
        Panne::Migration(_) => "la base n’a pas pu être mise à jour",
        Panne::Fichier(_) => "un fichier n’a pu être ni lu ni écrit",
        Panne::Ligne(_) => "la base ou une clé n’est pas ce qu’elle devrait être",
        _ => "panne",
    };
    format!("{quoi} ({})", traces::causes(panne))
}

fn moteur() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("the system gives threads to a program that starts")
}

/// Reads an identifier, as `coopole pole lister` writes it.
fn lire_identifiant(texte: &str) -> Result<uuid::Uuid, String> {
    let attendu = "un identifiant est attendu\u{202f}; « coopole pole lister » les donne";
    texte.parse().map_err(|_| attendu.to_owned())
}

/// Reads an instant given by hand: `2024-05-29T11:59:50+02:00`.
fn lire_instant(texte: &str) -> Result<Timestamp, String> {
    texte.parse().map_err(|_| {
        "un instant avec son décalage est attendu, par exemple 2024-05-29T11:59:50+02:00".into()
    })
}

fn lire_region(texte: &str) -> Result<metier::commun::Region, String> {
    use metier::commun::Region;
    let attendu = || enumerer(Region::TOUTES.iter().map(|region| region.code()));
    Region::par_code(texte).ok_or_else(attendu)
}

fn enumerer<'a>(mots: impl Iterator<Item = &'a str>) -> String {
    format!("attendu : {}", mots.collect::<Vec<_>>().join(", "))
}
