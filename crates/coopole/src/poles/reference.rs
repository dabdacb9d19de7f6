//! What a base knows from its birth: the cells, and the poles of the public
//! register (`donnees/registre-public.csv`). Nothing here is invented: what the
//! sources do not say stays unknown, the Charter status of these poles first.

use metier::{campagnes::Genre, commun::Region};
use serde::Deserialize;

use super::store::{self, NouveauPole, NouvelleStructure, Retenu};
use crate::socle::{actifs, db::Tx, erreurs::Panne};

/// The four regions without a cell (note of the networks, 27 March 2023) and
/// the region whose cell stands in, which the pilot may change (P-20).
const SUPPLEANCES: [(&str, &str); 4] = [("94", "93"), ("02", "01"), ("03", "01"), ("06", "04")];

/// Writes the cells in a new base.
pub async fn installer_les_cellules(tx: &mut Tx) -> Result<(), Panne> {
    for region in Region::TOUTES {
        let sans = SUPPLEANCES.iter().find(|(sans, _)| *sans == region.code());
        let nom = format!("Cellule {}", region.nom());
        store::record_cellule(tx, region, &nom, sans.map(|(_, autre)| *autre)).await?;
    }
    Ok(())
}

/// Writes the public register in a new base. The laureates of a call that is
/// held here (`tenu_ici`, by its code) come from its decisions, never from a
/// list.
pub async fn installer_le_registre_public(
    tx: &mut Tx,
    tenu_ici: impl Fn(&str) -> bool,
) -> Result<(), Panne> {
    let registre = actifs::donnee("registre-public.csv");
    for ligne in csv::Reader::from_reader(registre.as_bytes()).deserialize() {
        let ligne: Ligne = ligne.map_err(|e| Panne::Ligne(format!("public register: {e}")))?;
        installer_un_pole(tx, ligne, &tenu_ici).await?;
    }
    Ok(())
}

/// One line of the register. Its `charte_signataire` is « inconnu » for all:
/// there is nothing to record.
#[derive(Deserialize)]
struct Ligne {
    nom: String,
    structure_porteuse: Option<String>,
    commune: Option<String>,
    departement_code: Option<String>,
    region_code: Option<String>,
    themes: String,
    ami_phase1_annee: Option<i16>,
    ami_phase2_annee: Option<i16>,
    source_titre: String,
}

async fn installer_un_pole(
    tx: &mut Tx,
    ligne: Ligne,
    tenu_ici: &impl Fn(&str) -> bool,
) -> Result<(), Panne> {
    let region = ligne.region_code.as_deref().and_then(Region::par_code);
    let porteuse = match ligne.structure_porteuse {
        Some(nom) => Some(
            store::create_structure(
                tx,
                &NouvelleStructure {
                    nom,
                    forme: None,
                    qualite_ess: None,
                    siret: None,
                    commune: ligne.commune.clone(),
                    code_commune: None,
                    region,
                },
            )
            .await?,
        ),
        None => None,
    };
    let pole = store::create(
        tx,
        &NouveauPole {
            nom: ligne.nom,
            porteuse,
            commune: ligne.commune,
            code_commune: None,
            departement: ligne.departement_code,
            region,
            themes: ligne.themes,
            source: Some(ligne.source_titre),
            invente: false,
        },
    )
    .await?;
    if let Some(annee) = ligne.ami_phase1_annee {
        let (genre, quand) = (Genre::Accompagnement, Retenu::En(annee));
        store::record_laureat(tx, pole, "ami-accompagnement", genre, quand).await?;
    }
    if let Some(annee) = ligne.ami_phase2_annee {
        let campagne = format!("ami-financement-{annee}");
        if !tenu_ici(&campagne) {
            let (genre, quand) = (Genre::Financement, Retenu::En(annee));
            store::record_laureat(tx, pole, &campagne, genre, quand).await?;
        }
    }
    Ok(())
}
