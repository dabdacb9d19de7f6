//! The geometry of the map: degrees to a plane, outlines to few strokes, near
//! points to one marker. Numbers in, numbers out; nothing is drawn here.

mod contours;
mod groupes;
mod projection;

pub use contours::{Anneau, Nature, Sommet, Trait, boucles, simplifier, traits};
pub use groupes::{Groupe, grouper};
pub use projection::{Coordonnees, Projection};

/// A point of a plane; its unit is that of the plane.
pub type Point = (f64, f64);
