//! `coopole compte`: the accounts of an instance, from the command line. The
//! first one has to come from here.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use metier::commun::Region;
use uuid::Uuid;

use crate::{
    app::App,
    comptes::{self, RefusCompte},
    socle::{
        droits::{Habilitation, Perimetre, Qualite, Role},
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
    /// Donne un rôle à un compte, sur un pôle, une région, ou la nation
    Habiliter(Octroi),
    /// Met fin aux habilitations d’un compte et ferme ses sessions
    Suspendre { courriel: String },
}

#[derive(Args)]
pub struct Octroi {
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
    /// L’identifiant du pôle
    #[arg(long)]
    pole: Option<Uuid>,
}

pub async fn executer(commande: Compte) -> Result<ExitCode, Panne> {
    let app = App::ouvrir(Reglages::lire(false)?).await?;
    let recu_le = RecuLe::maintenant(&app.horloge);
    let issue = match commande {
        Compte::Creer { courriel, nom } => app
            .accomplir(comptes::Creer {
                courriel,
                nom,
                recu_le,
            })
            .await
            .map(drop),
        Compte::Habiliter(octroi) => {
            let perimetre = match (octroi.pole, octroi.region) {
                (Some(pole), _) => Perimetre::Pole(pole),
                (None, Some(region)) => Perimetre::Region(region),
                (None, None) => Perimetre::National,
            };
            let habilitation = Habilitation {
                role: octroi.role,
                qualite: octroi.qualite,
                perimetre,
            };
            let courriel = octroi.courriel;
            app.accomplir(comptes::Habiliter {
                courriel,
                habilitation,
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
        Err(Echec::Refus(refus)) => refuser(&refus),
        Err(Echec::Panne(panne)) => Err(panne),
    }
}

fn refuser(refus: &RefusCompte) -> Result<ExitCode, Panne> {
    eprintln!("{refus}");
    Ok(ExitCode::from(1))
}

fn lire_role(texte: &str) -> Result<Role, String> {
    Role::par_code(texte).ok_or_else(|| enumerer(Role::TOUS.iter().map(|role| role.code())))
}

fn lire_qualite(texte: &str) -> Result<Qualite, String> {
    Qualite::par_code(texte).ok_or_else(|| enumerer(Qualite::TOUS.iter().map(|q| q.code())))
}

fn lire_region(texte: &str) -> Result<Region, String> {
    Region::par_code(texte).ok_or_else(|| enumerer(Region::TOUTES.iter().map(|r| r.code())))
}

fn enumerer<'a>(mots: impl Iterator<Item = &'a str>) -> String {
    format!("attendu : {}", mots.collect::<Vec<_>>().join(", "))
}
