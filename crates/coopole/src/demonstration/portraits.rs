//! What the records of three poles of the cast say from the first day, so that
//! a visitor sees a whole record. All of it is invented.

use metier::poles::Information::{
    self, Emplois, Europe, Membres, Presentation, Territoire, Themes,
};
use uuid::Uuid;

use crate::{
    poles::etat,
    socle::{db::Tx, erreurs::Panne},
};

/// A name of the cast, and what its record says.
type Portrait = (&'static str, &'static [(Information, &'static str)]);

const PORTRAITS: [Portrait; 3] = [
    (
        "Pôle des Rives",
        &[
            (
                Presentation,
                "Le pôle relie ceux qui réparent, réemploient et transportent autour de la baie : une collecte \
                 commune, un atelier partagé et des emplois ouverts à qui en est éloigné.",
            ),
            (
                Territoire,
                "Le pays de Morlaix, de la baie aux monts d’Arrée.",
            ),
            (Themes, "reemploi;insertion;mobilite"),
            (
                Membres,
                "ess|2019||oui|La Manufacture du Port\n\
                 ess|2019|||Les Rives solidaires\n\
                 ess|2020|2023||Ressourcerie des Monts\n\
                 ess|2020-09-01|||Vélos de la Baie\n\
                 entreprise_hors_ess|2021|||Menuiserie Kerlann\n\
                 entreprise_hors_ess|2022-03-15|||Transports de l’Arrée\n\
                 collectivite|2019|||Communauté de la Baie\n\
                 recherche|2022|||Laboratoire des transitions littorales\n\
                 formation|2021|||Lycée professionnel du Large\n\
                 citoyens||||Habitants du quai",
            ),
            (Emplois, "64"),
            (
                Europe,
                "Deux mobilités Erasmus+ vers une coopérative de réemploi galicienne, au printemps 2023.",
            ),
        ],
    ),
    (
        "Atelier du Pays",
        &[
            (
                Presentation,
                "Une coopérative de métiers du bois, ses clients publics et ses voisins : une filière locale, de la \
                 haie à l’école.",
            ),
            (
                Territoire,
                "Le pays de Redon, sur deux régions et trois départements.",
            ),
            (Themes, "bois;filiere_locale"),
            (
                Membres,
                "ess|2018|||Bocage vivant\n\
                 ess|2018|||Coopérative de l’Atelier\n\
                 entreprise_hors_ess|2020|||Charpentes du Canal\n\
                 collectivite|2018|||Communauté des Trois Rivières",
            ),
            (Emplois, "31"),
        ],
    ),
    (
        "Fabrique des Cirques",
        &[
            (
                Presentation,
                "Transformer sur place ce que l’île cultive : une légumerie, un restaurant d’insertion et une \
                 monnaie d’heures entre voisins.",
            ),
            (Territoire, "Les Hauts du sud, de Saint-Pierre à Cilaos."),
            (Themes, "alimentation;insertion;circuits_courts"),
            (
                Membres,
                "ess|2020|||Jardins des Remparts\n\
                 ess|2020|||La Fabrique des Cirques\n\
                 entreprise_hors_ess|2022|||Distillerie du Piton\n\
                 citoyens|2021|||Échange d’heures des Hauts",
            ),
        ],
    ),
];

/// Writes what the record of this pole says, if it is one of the three.
pub async fn dresser(tx: &mut Tx, nom: &str, pole: Uuid) -> Result<(), Panne> {
    let portrait = PORTRAITS.iter().find(|(autre, _)| *autre == nom);
    for (information, valeur) in portrait.map_or(&[][..], |(_, dit)| dit) {
        etat::inscrire(tx, pole, *information, valeur).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chaque_portrait_se_lit_comme_une_fiche_le_garde() {
        for (nom, dit) in PORTRAITS {
            for (information, valeur) in dit {
                assert_eq!(
                    information.lire(valeur).as_ref().map(Option::as_deref),
                    Ok(Some(*valeur)),
                    "{nom} : {}",
                    information.libelle()
                );
            }
        }
    }
}
