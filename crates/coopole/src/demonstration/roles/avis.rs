//! The cells: they conclude on the eligibility, then give their opinions. In
//! each cell of the cast one dossier is left for the visitor.

use std::{collections::BTreeMap, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use metier::{
    campagnes::conditions::{Constat, Etat},
    commun::Region,
    instruction::Appreciation,
};
use uuid::Uuid;

use super::{Scene, instant};
use crate::{
    demonstration::store::DossierDepose,
    instruction::{self, Ebauche, RendreAvis, Statuer},
    socle::{
        db::Tx,
        droits::{Habilitation, Perimetre, Personne, Qualite, Role},
        erreurs::Panne,
        horloge::RecuLe,
    },
};

/// When the cells began to read.
const LECTURE: &str = "2024-06-03T09:00:00+02:00";

/// The cells in which the cast has somebody.
const CELLULES_NOMMEES: [&str; 3] = ["04", "53", "93"];

pub async fn installer(tx: &mut Tx) -> Result<(), Panne> {
    for region in Region::TOUTES {
        let nom = format!("Instruction {}", region.nom());
        let habilitation = Habilitation {
            role: Role::Cra,
            qualite: Some(Qualite::Instructeur),
            perimetre: Perimetre::Region(region),
        };
        super::installer(tx, (&adresse(region), &nom), &[habilitation]).await?;
    }
    Ok(())
}

fn adresse(region: Region) -> String {
    format!("cellule{}@figurants.example", region.code())
}

/// The dossiers the cast's cells keep for the visitor: the last each received.
fn laisses(dossiers: &[DossierDepose]) -> Vec<Uuid> {
    let dernier = |code: &&str| {
        let de_la_cellule = |d: &&DossierDepose| d.cellule.code() == *code;
        dossiers.iter().rfind(de_la_cellule).map(|d| d.id)
    };
    CELLULES_NOMMEES.iter().filter_map(dernier).collect()
}

/// One conclusion and one opinion a dossier, spread over two months.
pub async fn rendre(scene: &Scene<'_>) -> Result<(), Panne> {
    let dossiers = scene.figurants().await?;
    let laisses = laisses(&dossiers);
    let debut = instant(LECTURE);
    let pas = (scene.le.as_second() - debut.as_second()) / (dossiers.len() as i64 + 1);
    for (rang, dossier) in dossiers.iter().enumerate() {
        if laisses.contains(&dossier.id) {
            continue;
        }
        let le = debut + SignedDuration::from_secs(pas * (rang as i64 + 1));
        let par = scene.personne(&adresse(dossier.cellule)).await?;
        if statuer(scene, dossier.id, &par, le).await? {
            donner(scene, (rang, dossier.id), &par, le).await?;
        }
    }
    Ok(())
}

/// Confirms what holds and sets aside what does not; whether it goes on.
async fn statuer(
    scene: &Scene<'_>,
    dossier: Uuid,
    par: &Personne,
    le: Timestamp,
) -> Result<bool, Panne> {
    let campagne = &scene.campagne;
    let mut base = scene.app.db.lecture().await?;
    let lu = crate::dossiers::find(&mut base, dossier).await?;
    let constats = instruction::examiner(&mut base, campagne, &lu).await?;
    drop(base);
    let ecarter = constats.iter().any(|constat| !tenue(constat));
    let statuer = Statuer {
        par: par.clone(),
        dossier,
        campagne: Arc::clone(campagne),
        ecarter,
        appreciations: constats.iter().filter_map(apprecier).collect(),
        recu_le: RecuLe(le),
    };
    scene.accomplir(statuer).await?;
    Ok(!ecarter)
}

/// Whether a person who reads the dossier finds the rule met. No Charter that
/// an extra joins is a signed one: the machine cannot tell, a reader can.
fn tenue(constat: &Constat) -> bool {
    match constat.code.as_str() {
        "E2" => constat.etat == Etat::Remplie,
        _ => constat.etat != Etat::NonRemplie,
    }
}

/// What a person says of a rule the machine cannot settle, or found unmet.
fn apprecier(constat: &Constat) -> Option<Appreciation> {
    let tenue = tenue(constat);
    let motif = match tenue {
        true => "Vérifié à la lecture du dossier.".to_owned(),
        false => format!("{} ({}).", defaut(&constat.code), constat.source),
    };
    (constat.etat != Etat::Remplie || constat.a_confirmer).then(|| Appreciation {
        regle: constat.code.clone(),
        tenue,
        motif,
    })
}

/// What is said of an unmet rule to the pole that will read it.
fn defaut(regle: &str) -> &'static str {
    match regle {
        "E1" => {
            "Le pôle n’est pas lauréat de l’AMI d’accompagnement et n’y a pas déposé de dossier \
             avant la clôture"
        }
        "E2" => {
            "La Charte jointe n’est pas signée, et aucune signature au nom du pôle n’est enregistrée"
        }
        "E3" => {
            "La structure porteuse a reçu une subvention de l’État au titre d’un AMI PTCE il y a \
             moins de cinq ans"
        }
        "E4a" => {
            "Une collectivité porte le pôle à titre principal ; elle ne peut qu’en être membre"
        }
        "E4b" => {
            "Le pôle ne compte aucune structure membre hors de l’économie sociale et solidaire"
        }
        _ => "Une condition de l’appel n’est pas remplie",
    }
}

async fn donner(
    scene: &Scene<'_>,
    (rang, dossier): (usize, Uuid),
    par: &Personne,
    le: Timestamp,
) -> Result<(), Panne> {
    let ecrite = instruction::ebauche(&mut scene.app.db.lecture().await?, dossier).await?;
    let version = match &ecrite.enregistree {
        // Ours, from a first try that was cut.
        Some((_, nom)) if *nom == par.nom => ecrite.version,
        // The visitor began this opinion: it is theirs to give.
        Some(_) => return Ok(()),
        None => {
            let ebauche = ebaucher(scene, sens(rang));
            let mut tx = scene.app.db.begin().await?;
            let version =
                instruction::record_ebauche(&mut tx, dossier, &ebauche, par.compte, le).await?;
            tx.commit().await?;
            version.unwrap_or_default()
        }
    };
    let avis = RendreAvis {
        par: par.clone(),
        dossier,
        campagne: Arc::clone(&scene.campagne),
        version,
        recu_le: RecuLe(le),
    };
    scene.accomplir(avis).await
}

/// What the cell thinks of the dossier filed at that rank.
pub(super) fn sens(rang: usize) -> &'static str {
    const SENS: [&str; 5] = [
        "favorable",
        "favorable",
        "favorable_avec_reserve",
        "favorable",
        "defavorable",
    ];
    SENS[rang % SENS.len()]
}

fn ebaucher(scene: &Scene<'_>, sens: &str) -> Ebauche {
    let motifs: BTreeMap<String, String> = scene
        .campagne
        .axes
        .iter()
        .map(|axe| (axe.code.clone(), motif(sens, &axe.titre)))
        .collect();
    Ebauche {
        sens: Some(sens.to_owned()),
        motifs,
        signataire_cress: "Présidence de la CRESS".into(),
        signataire_etat: "Correspondance régionale de l’État".into(),
        ..Ebauche::default()
    }
}

fn motif(sens: &str, axe: &str) -> String {
    let jugement = match sens {
        "favorable" => "les éléments sont précis et les moyens proportionnés",
        "favorable_avec_reserve" => "les éléments sont là, mais le calendrier reste à préciser",
        _ => "les éléments restent généraux et les moyens ne sont pas établis",
    };
    format!("{axe} : {jugement}.")
}
