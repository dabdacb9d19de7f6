//! Journeys: what people do, through the whole house, on both databases.
//!
//! One binary; one file a person. A journey is written once with `parcours!`
//! and runs on SQLite and on a real PostgreSQL (`COOPOLE_PG_TEST`, which
//! `make test` starts). It fails if a job was left undone or if the journal no
//! longer verifies.
#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

mod administration;
mod annuaire;
mod audit;
mod banc;
mod binaire;
mod budgets;
mod carte;
mod cave;
mod cellule;
mod charte;
mod charte_relances;
mod charte_seances;
mod charte_versions;
mod classeurs;
mod comite;
mod commandes;
mod comptes;
mod consignations;
mod contact;
mod conventions;
mod corrections;
mod declarations;
mod deposes;
mod donnees;
mod doublons;
mod embargo;
mod equipe;
mod feuilles;
mod histoire;
mod historique;
mod hostile;
mod imports;
mod imports_annules;
mod lettre;
mod lieux;
mod marque;
mod moule;
mod pannes;
mod plantage;
mod portes;
mod portes_closes;
mod porteuse;
mod porteuse_depot;
mod porteuse_fiche;
mod porteuse_regles;
mod porteuse_saisie;
mod postgres;
mod preuve;
mod public;
mod recensement;
mod recherche;
mod redactrice;
mod remplissage;
mod revendication;
mod sauvegarde;
mod suivis;
mod suppleance;
mod surete;
mod tresor;
