//! Building a world: first what the past left, then the acts of those who
//! came before the visitor.

use super::{Jeu, brouillons, distribution, figurants, roles};
use crate::{app::App, socle::erreurs::Panne};

/// The call the story tells.
pub(super) const APPEL: &str = "ami-financement-2024";

/// Builds the world in an empty base, at the time of the legal clock.
pub async fn construire(app: &App, jeu: Jeu) -> Result<(), Panne> {
    distribution::installer(app).await?;
    match jeu {
        Jeu::Distribution => Ok(()),
        Jeu::Monde => {
            let campagne = app.campagnes.find(APPEL)?;
            brouillons::commencer(app, &campagne).await?;
            figurants::installer(app, &campagne).await?;
            roles::distribuer(app).await
        }
    }
}
