//! Importing a list of poles into the register: which columns are recognised,
//! what each line says, which record it speaks of, and what becomes of it.
//!
//! Nothing is written before somebody read the fate of every line and said
//! « Appliquer ». An empty cell says nothing: it never erases. Nothing here
//! opens a file or reads the list of communes; both come in as parameters.

mod acte;
mod colonne;
mod ligne;
mod rapprochement;
mod sort;

pub use acte::{
    EtatImport, RefusImport, Suivie, est_a_jour, est_intact, peut_annuler, peut_appliquer,
    peut_relire, source_lisible,
};
pub use colonne::{Colonne, EnTete, RefusEnTete};
pub use ligne::{CELLULE_AU_PLUS, Dite, Faute, LieuDit, Lue, lire};
pub use rapprochement::{Connue, Deja, Rapprochement, Registre, Vues};
pub use sort::{Changement, Place, SortLigne, changements, place};

#[cfg(test)]
mod tests;
