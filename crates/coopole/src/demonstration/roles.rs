//! The parts the extras play after the closing: their cells give opinions. A
//! job each, due at an hour of the story, through the same acts as people. What
//! the visitor did first is left as it is.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use metier::{
    campagnes::conditions::{Constat, Etat},
    commun::{Refus, Region, phrases},
    instruction::Appreciation,
};
use uuid::Uuid;

use super::{
    distribution::instant,
    store::{self, DossierFigurant},
};
use crate::{
    app::App,
    campagnes::Campagne,
    comptes::store as comptes,
    instruction::{self, Ebauche, RendreAvis, Statuer},
    socle::{
        acte::Acte,
        alea,
        db::Tx,
        droits::{Habilitation, Perimetre, Personne, Qualite, Role},
        erreurs::{Echec, Panne},
        horloge::RecuLe,
        session,
        taches::{self, Tache},
    },
};

/// The job in which the extras' cells conclude and give their opinions.
pub const AVIS: &str = "figurants_avis";

/// When the cells begin to read, and by when they have answered.
const LECTURE: &str = "2024-06-03T09:00:00+02:00";
const REPONSE: &str = "2024-07-29T16:00:00+02:00";

/// Plans the parts, once, at the birth of the world.
pub async fn distribuer(app: &App) -> Result<(), Panne> {
    let mut tx = app.db.begin().await?;
    for region in Region::TOUTES {
        installer(
            &mut tx,
            &adresse_de_la_cellule(region),
            &format!("Instruction {}", region.nom()),
            Habilitation {
                role: Role::Cra,
                qualite: Some(Qualite::Instructeur),
                perimetre: Perimetre::Region(region),
            },
        )
        .await?;
    }
    taches::enqueue(&mut tx, AVIS, alea::id(), instant(REPONSE)).await?;
    tx.commit().await
}

async fn installer(
    tx: &mut Tx,
    courriel: &str,
    nom: &str,
    habilitation: Habilitation,
) -> Result<(), Panne> {
    let compte = comptes::create(tx, courriel, nom, Timestamp::UNIX_EPOCH).await?;
    comptes::habiliter(tx, compte, habilitation, Timestamp::UNIX_EPOCH).await
}

fn adresse_de_la_cellule(region: Region) -> String {
    format!("cellule{}@figurants.example", region.code())
}

/// The job: one conclusion and one opinion a dossier, spread over two months.
pub async fn rendre_les_avis(app: &App, tache: &Tache) -> Result<(), Panne> {
    let campagne = app.campagnes.find(super::monde::APPEL)?;
    let dossiers =
        store::dossiers_des_figurants(&mut app.db.lecture().await?, &campagne.code).await?;
    let pas = (instant(REPONSE) - instant(LECTURE))
        .total(jiff::Unit::Second)
        .unwrap_or_default() as i64
        / (dossiers.len() as i64 + 1);
    for (rang, dossier) in dossiers.iter().enumerate() {
        let le = instant(LECTURE) + SignedDuration::from_secs(pas * (rang as i64 + 1));
        let par = personne(app, &adresse_de_la_cellule(dossier.cellule), le).await?;
        if statuer(app, &campagne, dossier, &par, le).await? {
            rendre_l_avis(app, &campagne, dossier.id, &par, (rang, le)).await?;
        }
    }
    tache.achever_seule(app).await
}

/// Confirms what holds and sets aside what does not; whether it goes on.
async fn statuer(
    app: &App,
    campagne: &Arc<Campagne>,
    dossier: &DossierFigurant,
    par: &Personne,
    le: Timestamp,
) -> Result<bool, Panne> {
    let mut base = app.db.lecture().await?;
    let lu = crate::dossiers::find(&mut base, dossier.id).await?;
    let constats = instruction::examiner(&mut base, campagne, &lu).await?;
    drop(base);
    let ecarter = constats
        .iter()
        .any(|constat| constat.etat == Etat::NonRemplie);
    let statuer = Statuer {
        par: par.clone(),
        dossier: dossier.id,
        campagne: Arc::clone(campagne),
        ecarter,
        appreciations: constats.iter().filter_map(apprecier).collect(),
        recu_le: RecuLe(le),
    };
    jouer(app, statuer, "eligibilite").await?;
    Ok(!ecarter)
}

/// What a person says of a rule the machine cannot settle, or found unmet.
fn apprecier(constat: &Constat) -> Option<Appreciation> {
    let tenue = constat.etat != Etat::NonRemplie;
    let motif = match tenue {
        true => "Vérifié à la lecture du dossier.".to_owned(),
        false => format!("Non remplie à la lecture du dossier : {}", constat.enonce),
    };
    (constat.etat != Etat::Remplie || constat.a_confirmer).then(|| Appreciation {
        regle: constat.code.clone(),
        tenue,
        motif,
    })
}

async fn rendre_l_avis(
    app: &App,
    campagne: &Arc<Campagne>,
    dossier: Uuid,
    par: &Personne,
    (rang, le): (usize, Timestamp),
) -> Result<(), Panne> {
    const SENS: [&str; 5] = [
        "favorable",
        "favorable",
        "favorable_avec_reserve",
        "favorable",
        "defavorable",
    ];
    let sens = SENS[rang % SENS.len()];
    let ebauche = Ebauche {
        sens: Some(sens.to_owned()),
        motifs: campagne
            .axes
            .iter()
            .map(|axe| (axe.code.clone(), motif(sens, &axe.titre)))
            .collect(),
        signataire_cress: "Présidence de la CRESS".into(),
        signataire_etat: "Correspondance régionale de l’État".into(),
        ..Ebauche::default()
    };
    let mut tx = app.db.begin().await?;
    let version = instruction::record_ebauche(&mut tx, dossier, &ebauche, par.compte, le).await?;
    tx.commit().await?;
    // The visitor began this opinion: it is theirs to give.
    let Some(version) = version else {
        return Ok(());
    };
    let avis = RendreAvis {
        par: par.clone(),
        dossier,
        campagne: Arc::clone(campagne),
        version,
        recu_le: RecuLe(le),
    };
    jouer(app, avis, "avis").await
}

fn motif(sens: &str, axe: &str) -> String {
    let jugement = match sens {
        "favorable" => "les éléments sont précis et les moyens proportionnés",
        "favorable_avec_reserve" => "les éléments sont là, mais le calendrier reste à préciser",
        _ => "les éléments restent généraux et les moyens ne sont pas établis",
    };
    format!("{axe} : {jugement}.")
}

/// Plays an act; a rule that says no is part of the story.
async fn jouer<A>(app: &App, acte: A, nom: &'static str) -> Result<(), Panne>
where
    A: Acte,
    A::Refus: Refus,
{
    match app.accomplir(acte).await {
        Ok(_) => Ok(()),
        Err(Echec::Refus(refus)) => {
            tracing::info!(
                act = nom,
                refus = phrases(&refus.raisons()),
                "an extra was refused"
            );
            Ok(())
        }
        Err(Echec::Panne(Panne::Conflit(_))) => Ok(()),
        Err(Echec::Panne(panne)) => Err(panne),
    }
}

async fn personne(app: &App, courriel: &str, le: Timestamp) -> Result<Personne, Panne> {
    let mut base = app.db.lecture().await?;
    let compte = comptes::find_by_courriel(&mut base, courriel)
        .await?
        .ok_or(Panne::Introuvable)?;
    session::personne(&mut base, compte.id, le).await
}
