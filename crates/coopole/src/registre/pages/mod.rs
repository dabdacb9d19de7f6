//! The public face, as it is shown.

mod accessibilite;
mod accueil;
mod aide;
mod anglais;
mod annuaire;
mod carte;
mod champs;
mod corrections;
mod declarations;
mod donnees;
mod exports;
mod fiche;
mod fusions;
mod historique;
mod journal;
mod liste_recensee;
mod mentions;
mod ouvertes;
mod plan;
mod recensement;
mod region;
mod revendications;
mod sorties;
mod suivis;
mod territoire;
mod tete;
mod veille;

pub use accessibilite::accessibilite;
pub use accueil::accueil;
pub use aide::aide;
pub use anglais::{cluster, clusters};
pub use annuaire::annuaire;
pub use carte::{carte, integree};
pub use champs::{LIEU, STRUCTURE, membre};
pub use corrections::{
    Formulaire, Moderation, annulation, correctifs, correction, moderation, onglets,
};
pub use declarations::{AInscrire, MaDeclaration, declarations, declarer};
pub use donnees::donnees_personnelles;
pub use exports::exports;
pub use fiche::fiche;
pub use fusions::{ChoixDeFusion, doublon, doublons};
pub use historique::historique;
pub use journal::{Feuillet, journal};
pub use liste_recensee::{liste_recensee, nom_du_fichier, tableur};
pub use mentions::mentions_legales;
pub use ouvertes::donnees_ouvertes;
pub use plan::plan;
pub use recensement::{ecart, recensement};
pub use region::{region, regions};
pub use revendications::{
    ACCEPTEES, Bureau, MaRevendication, adresse_de_la_lettre, lettre, revendication, revendications,
};
pub use sorties::{sortie, sortis};
pub use suivis::suivis;
pub use territoire::{departement, epci};
pub use tete::tete;
pub use veille::veille;
