//! Building a world: first what the past left, then the acts of those who
//! came before the visitor.

use super::{Jeu, attente, bilan, brouillons, distribution, figurants, roles};
use crate::{app::App, socle::erreurs::Panne};

/// The call the story tells.
pub(super) const APPEL: &str = "ami-financement-2024";

/// Builds the world in an empty base, at the time of the legal clock.
pub async fn construire(app: &App, jeu: Jeu) -> Result<(), Panne> {
    match jeu {
        Jeu::Distribution => distribution::installer(app).await,
        Jeu::Bilan2022 => {
            distribution::installer_sans_poles(app).await?;
            bilan::installer(app).await
        }
        Jeu::Monde => {
            distribution::installer(app).await?;
            let campagne = app.campagnes.find(APPEL)?;
            brouillons::commencer(app, &campagne).await?;
            figurants::installer(app, &campagne).await?;
            attente::installer(app).await?;
            roles::distribuer(app).await
        }
    }
}
