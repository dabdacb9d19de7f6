//! A place in a list that goes by instants: what one stands after.

use std::fmt;

use jiff::Timestamp;
use uuid::Uuid;

/// « 1711440000000~018f… », as an address carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jalon {
    pub le: i64,
    pub id: Uuid,
}

impl Jalon {
    /// Before every other.
    pub const DEBUT: Self = Self {
        le: i64::MIN,
        id: Uuid::nil(),
    };
    /// After every other.
    pub const FIN: Self = Self {
        le: i64::MAX,
        id: Uuid::max(),
    };

    pub fn new(le: Timestamp, id: Uuid) -> Self {
        Self {
            le: le.as_millisecond(),
            id,
        }
    }

    /// The place from which the list begins with this one.
    pub fn juste_avant(self) -> Self {
        Self {
            id: Uuid::from_u128(self.id.as_u128().saturating_sub(1)),
            ..self
        }
    }

    /// The place from which a list read backwards begins with this one.
    pub fn juste_apres(self) -> Self {
        Self {
            id: Uuid::from_u128(self.id.as_u128().saturating_add(1)),
            ..self
        }
    }

    /// What is not of ours is no place.
    pub fn lire(texte: &str) -> Option<Self> {
        let (le, id) = texte.split_once('~')?;
        Some(Self {
            le: le.parse().ok()?,
            id: id.parse().ok()?,
        })
    }
}

impl fmt::Display for Jalon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}~{}", self.le, self.id)
    }
}
