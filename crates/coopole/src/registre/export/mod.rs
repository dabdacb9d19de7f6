//! The filtered list as files, one shape for all: exactly what the pages show,
//! with its licence, its day and its definition, and no person named.

mod classeur;
mod points;
mod table;

pub use classeur::classeur;
pub use points::geojson;
pub use table::{csv_ouvert, json, tableur};

use jiff::Timestamp;

use crate::poles::fiches::Fiche;

/// Under what these lists may be used again.
pub const LICENCE: &str = "Licence Ouverte 2.0 (Etalab)";

/// What a line of these lists is.
pub const DEFINITION: &str = "Pôles inscrits à ce registre : relevés dans des listes publiques, \
    ou inscrits ici par leur équipe. Une cellule vide n’est pas connue.";

/// The list, the site where its addresses lead, and when it is made.
#[derive(Clone, Copy)]
pub struct Export<'a> {
    pub fiches: &'a [Fiche],
    pub site: &'a str,
    pub le: Timestamp,
}
