//! The public face, as it is shown.

mod accessibilite;
mod accueil;
mod aide;
mod anglais;
mod annuaire;
mod carte;
mod champs;
mod corrections;
mod donnees;
mod fiche;
mod journal;
mod liste_recensee;
mod mentions;
mod plan;
mod recensement;
mod region;
mod territoire;
mod tete;

pub use accessibilite::accessibilite;
pub use accueil::accueil;
pub use aide::aide;
pub use anglais::{cluster, clusters};
pub use annuaire::annuaire;
pub use carte::{carte, integree};
pub use champs::{STRUCTURE, membre};
pub use corrections::{Formulaire, annulation, correctifs, correction, moderation};
pub use donnees::donnees_personnelles;
pub use fiche::fiche;
pub use journal::{Feuillet, journal};
pub use liste_recensee::{liste_recensee, nom_du_fichier, tableur};
pub use mentions::mentions_legales;
pub use plan::plan;
pub use recensement::recensement;
pub use region::{region, regions};
pub use territoire::{departement, epci};
pub use tete::tete;
