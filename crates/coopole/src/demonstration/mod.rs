//! The invented world: built once, served with `--demo`, moved forward by its
//! banner. A base remembers that it was born here, and none of these doors
//! exist elsewhere. What happens in the world happens through the same acts as
//! for people; only what the past left (poles, signatures, earlier aid) is
//! written directly.

mod attente;
mod bilan;
mod brouillons;
mod charte;
mod distribution;
pub mod etapes;
mod figurants;
mod modele;
mod monde;
mod naissance;
mod pages;
mod papiers;
mod portraits;
mod projets;
mod reponses;
mod roles;
pub mod routes;
mod store;
mod temps;

use std::{fmt, str::FromStr};

use jiff::Timestamp;

pub use brouillons::deposer;
pub use naissance::{
    Demande, RefusNaissance, effacer, ouvrir, recommencer_en, refuser_hors_demonstration,
};
pub use roles::{ROLE, SUITE, jouer};

/// Monday 27 May 2024, 9 a.m. in Paris: two days before the closing.
const PREMIER_JOUR: &str = "2024-05-27T09:00:00+02:00";

/// The worlds that can be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jeu {
    /// The cast, forty-five more poles and their dossiers, and two records that
    /// wait for their cell (`make run`).
    Monde,
    /// The cast alone, before anything happened: journeys start here.
    Distribution,
    /// A register of 203 poles and no call: the figures of the year 2022.
    Bilan2022,
}

impl Jeu {
    const TOUS: [(Self, &str); 3] = [
        (Self::Monde, "monde"),
        (Self::Distribution, "distribution"),
        (Self::Bilan2022, "bilan-2022"),
    ];

    /// The instant it begins at, unless told.
    fn premier_jour(self) -> Timestamp {
        let instant = match self {
            Self::Monde | Self::Distribution => PREMIER_JOUR,
            Self::Bilan2022 => bilan::PREMIER_JOUR,
        };
        instant.parse().expect("a well-formed instant")
    }
}

impl fmt::Display for Jeu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (_, nom) = Self::TOUS
            .iter()
            .find(|(jeu, _)| jeu == self)
            .expect("all are listed");
        f.write_str(nom)
    }
}

impl FromStr for Jeu {
    type Err = String;

    fn from_str(texte: &str) -> Result<Self, String> {
        let trouve = Self::TOUS.iter().find(|(_, nom)| *nom == texte);
        trouve.map(|(jeu, _)| *jeu).ok_or_else(|| {
            let noms: Vec<&str> = Self::TOUS.iter().map(|(_, nom)| *nom).collect();
            format!("les mondes connus sont {}", noms.join(", "))
        })
    }
}
