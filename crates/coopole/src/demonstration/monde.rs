//! Building a world: first what the past left, then the acts of those who
//! came before the visitor.

use super::{Jeu, distribution};
use crate::{app::App, socle::erreurs::Panne};

/// Builds the world in an empty base, at the time of the legal clock.
pub async fn construire(app: &App, jeu: Jeu) -> Result<(), Panne> {
    distribution::installer(app).await?;
    match jeu {
        Jeu::Distribution | Jeu::Monde => Ok(()),
    }
}
