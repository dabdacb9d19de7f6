//! `coopole compte`: the accounts of an instance, from the command line. The
//! first one has to come from here.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::{Timestamp, civil::Date};
use metier::commun::{Region, temps};
use uuid::Uuid;

use super::{enumerer, lire_identifiant, lire_region};
use crate::{
    app::App,
    comptes::{self, RefusCompte},
    poles::{self, PoleListe},
    socle::{
        departements,
        droits::{Habilitation, Perimetre, Qualite, Role},
        epci::{self, Epci},
        erreurs::{Echec, Panne},
        horloge::RecuLe,
        reglages::Reglages,
    },
};

#[derive(Subcommand)]
pub enum Compte {
    /// Crée un compte, sans habilitation
    Creer {
        /// L’adresse électronique où les liens de connexion sont envoyés
        courriel: String,
        /// Le nom affiché
        #[arg(long)]
        nom: String,
    },
    /// Dit les comptes, et ce que chacun tient aujourd’hui
    Lister,
    /// Donne un rôle à un compte, sur un pôle, un territoire, ou la nation
    Habiliter(Octroi),
    /// Met fin aux habilitations d’un compte et ferme ses sessions
    Suspendre {
        /// L’adresse électronique du compte
        courriel: String,
    },
}

#[derive(Args)]
pub struct Octroi {
    /// L’adresse électronique du compte
    courriel: String,
    /// porteur, cra, cna, pilote, admin, auditeur…
    #[arg(long, value_parser = lire_role)]
    role: Role,
    /// responsable, contributeur, lecteur, instructeur, animateur, charge_mission, decideur, ordonnateur
    #[arg(long, value_parser = lire_qualite)]
    qualite: Option<Qualite>,
    /// Le code de la région (53)
    #[arg(long, value_parser = lire_region, conflicts_with = "pole")]
    region: Option<Region>,
    /// Le code du département (29)
    #[arg(long, value_parser = lire_departement, conflicts_with_all = ["pole", "region"])]
    departement: Option<&'static str>,
    /// Le numéro SIREN de l’intercommunalité (242900835)
    #[arg(long, value_parser = lire_epci, conflicts_with_all = ["pole", "region", "departement"])]
    epci: Option<&'static Epci>,
    /// L’identifiant du pôle, que donne « coopole pole lister »
    #[arg(long, value_parser = lire_identifiant)]
    pole: Option<Uuid>,
    /// Le premier jour où il le tient (2024-09-01), aujourd’hui par défaut
    #[arg(long, value_parser = lire_jour)]
    du: Option<Date>,
    /// Le dernier jour où il le tient (2024-12-31), sans fin par défaut
    #[arg(long, value_parser = lire_jour)]
    jusqu_au: Option<Date>,
}

impl Octroi {
    /// The instants the days amount to, in Paris: the last one is held whole.
    fn periode(&self) -> [Option<Timestamp>; 2] {
        let lendemain = self.jusqu_au.and_then(|jour| jour.tomorrow().ok());
        [self.du, lendemain].map(|jour| jour.map(temps::debut_de_jour))
    }
}

pub async fn executer(commande: Compte) -> Result<ExitCode, Panne> {
    let app = App::ouvrir(Reglages::lire(false)?).await?;
    let recu_le = RecuLe::maintenant(&app.horloge);
    let issue = match commande {
        Compte::Lister => return lister(&app).await,
        Compte::Creer { courriel, nom } => app
            .accomplir(comptes::Creer {
                courriel,
                nom,
                recu_le,
            })
            .await
            .map(drop),
        Compte::Habiliter(octroi) => {
            let perimetre = (octroi.pole.map(Perimetre::Pole))
                .or(octroi.region.map(Perimetre::Region))
                .or(octroi.departement.map(Perimetre::Departement))
                .or(octroi.epci.map(Perimetre::Epci))
                .unwrap_or(Perimetre::National);
            let habilitation = Habilitation {
                role: octroi.role,
                qualite: octroi.qualite,
                perimetre,
            };
            let [du, au] = octroi.periode();
            let courriel = octroi.courriel;
            app.accomplir(comptes::Habiliter {
                courriel,
                habilitation,
                du,
                au,
                recu_le,
            })
            .await
            .map(drop)
        }
        Compte::Suspendre { courriel } => app
            .accomplir(comptes::Suspendre { courriel, recu_le })
            .await
            .map(drop),
    };
    match issue {
        Ok(()) => {
            println!("C’est fait, et inscrit au journal.");
            Ok(ExitCode::SUCCESS)
        }
        Err(Echec::Refus(RefusCompte::DejaHabilite)) => {
            println!("{}", RefusCompte::DejaHabilite);
            Ok(ExitCode::SUCCESS)
        }
        Err(Echec::Refus(refus)) => refuser(&refus),
        Err(Echec::Panne(panne)) => Err(panne),
    }
}

/// One account a line, what it holds under it.
async fn lister(app: &App) -> Result<ExitCode, Panne> {
    let mut base = app.db.lecture().await?;
    let comptes = comptes::lister(&mut base, app.horloge.now()).await?;
    let poles = poles::lister(&mut base, None).await?;
    for personne in &comptes {
        println!("{}  {}", personne.courriel, personne.nom);
        for tenue in &personne.habilitations {
            println!("    {}", en_mots(*tenue, &poles));
        }
    }
    println!("Comptes : {}.", comptes.len());
    Ok(ExitCode::SUCCESS)
}

/// « porteur responsable, Pôle des Rives ».
fn en_mots(tenue: Habilitation, poles: &[PoleListe]) -> String {
    let role = match tenue.qualite {
        Some(qualite) => format!("{} {}", tenue.role.code(), qualite.code()),
        None => tenue.role.code().to_owned(),
    };
    match tenue.perimetre {
        Perimetre::National => role,
        Perimetre::Region(region) => format!("{role}, {} ({})", region.nom(), region.code()),
        Perimetre::Departement(code) => format!("{role}, {}", departements::lisible(code)),
        Perimetre::Epci(epci) => format!("{role}, {} ({})", epci.nom, epci.siren),
        Perimetre::Pole(pole) => {
            let nom = poles.iter().find(|autre| autre.id == pole);
            let nom = nom.map_or("pôle", |pole| pole.nom.as_str());
            format!("{role}, {nom} ({pole})")
        }
    }
}

fn refuser(refus: &RefusCompte) -> Result<ExitCode, Panne> {
    eprintln!("{refus}");
    Ok(ExitCode::from(1))
}

fn lire_role(texte: &str) -> Result<Role, String> {
    Role::par_code(texte).ok_or_else(|| enumerer(Role::TOUS.iter().map(|role| role.code())))
}

fn lire_departement(texte: &str) -> Result<&'static str, String> {
    let inconnu = || "un code de département est attendu, par exemple 29".to_owned();
    departements::connu(texte).ok_or_else(inconnu)
}

fn lire_epci(texte: &str) -> Result<&'static Epci, String> {
    let inconnu = || {
        "le numéro SIREN d’une intercommunalité à fiscalité propre est attendu, par exemple 242900835".to_owned()
    };
    epci::par_siren(texte).ok_or_else(inconnu)
}

fn lire_jour(texte: &str) -> Result<Date, String> {
    let inconnu = |_| "un jour est attendu, par exemple 2024-09-01".to_owned();
    texte.parse().map_err(inconnu)
}

fn lire_qualite(texte: &str) -> Result<Qualite, String> {
    Qualite::par_code(texte).ok_or_else(|| enumerer(Qualite::TOUS.iter().map(|q| q.code())))
}
