//! The cellar: what every room stands on, and which knows no rule of the
//! scheme. Rooms call it; it calls no room.

pub mod acte;
pub mod actifs;
pub mod alea;
pub mod avancement;
pub mod brouillon;
pub mod codes;
pub mod communes;
pub mod compression;
pub mod courriels;
pub mod db;
pub mod departements;
pub mod droits;
pub mod epci;
pub mod erreurs;
pub mod feuilles;
pub mod fichiers;
pub mod gardees;
pub mod habillage;
pub mod horloge;
pub mod inscription;
pub mod journal;
pub mod marque;
pub mod mise_en_page;
pub mod papier;
pub mod prive;
pub mod provenance;
pub mod qr;
pub mod reglages;
pub mod reprise;
pub mod requete;
pub mod sauvegarde;
pub mod session;
pub mod tableur;
pub mod taches;
pub mod traces;
