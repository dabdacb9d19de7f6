//! A list brought in, where it comes from, and where it stands.

use jiff::{Timestamp, civil::Date};
use metier::poles::import::{Colonne, EtatImport, RefusImport, Suivie};
use serde::{Deserialize, Serialize};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{ecrit, insensee, lu};
use crate::{
    socle::{
        db::{Lecture, Tx},
        erreurs::Panne,
        fichiers::Recu,
    },
    valeurs,
};

/// A list, where it comes from, and where it stands.
#[derive(Debug, Clone)]
pub struct Import {
    /// Also the name under which its file is kept.
    pub id: Uuid,
    /// What the file was called.
    pub nom: String,
    pub poids: i64,
    pub empreinte: Vec<u8>,
    /// Where the list comes from, in a sentence.
    pub source: String,
    /// The day it was up to date.
    pub du: Date,
    pub depose_le: Timestamp,
    pub etat: EtatImport,
    /// Why the file cannot be read.
    pub faute: Option<String>,
    /// « CSV, point-virgule, UTF-8 »
    pub format: Option<String>,
    pub colonnes: Vec<Colonne>,
    pub ignorees: Vec<String>,
    /// Lines read so far, and how far in the file, out of a hundred.
    pub lues: i64,
    pub avancement: i64,
    /// Empty lines, skipped.
    pub vides: i64,
    /// Who last asked to apply it, or to put it back, and when.
    pub ordre: Option<(Uuid, Timestamp)>,
    /// Why that was not done.
    pub refus: Option<RefusImport>,
    pub applique_le: Option<Timestamp>,
    pub annule_le: Option<Timestamp>,
}

#[derive(FromRow)]
struct LigneImport {
    id: Uuid,
    nom: String,
    poids: i64,
    empreinte: Vec<u8>,
    source: String,
    du: String,
    depose_le: i64,
    etat: String,
    faute: Option<String>,
    format: Option<String>,
    colonnes: Option<String>,
    ignorees: Option<String>,
    lues: i64,
    avancement: i64,
    vides: i64,
    ordonne_par: Option<Uuid>,
    ordonne_le: Option<i64>,
    refus: Option<String>,
    applique_le: Option<i64>,
    annule_le: Option<i64>,
}

impl TryFrom<LigneImport> for Import {
    type Error = Panne;

    fn try_from(l: LigneImport) -> Result<Self, Panne> {
        let instant = |ms| Timestamp::from_millisecond(ms).map_err(insensee);
        Ok(Self {
            id: l.id,
            nom: l.nom,
            poids: l.poids,
            empreinte: l.empreinte,
            source: l.source,
            du: l.du.parse().map_err(insensee)?,
            depose_le: instant(l.depose_le)?,
            etat: EtatImport::par_code(&l.etat).ok_or_else(|| insensee(&l.etat))?,
            faute: l.faute,
            format: l.format,
            colonnes: l
                .colonnes
                .unwrap_or_default()
                .split(';')
                .filter_map(Colonne::par_code)
                .collect(),
            ignorees: l
                .ignorees
                .as_deref()
                .map_or(Ok(Vec::new()), serde_json::from_str)
                .map_err(insensee)?,
            lues: l.lues,
            avancement: l.avancement,
            vides: l.vides,
            ordre: l.ordonne_par.zip(l.ordonne_le.map(instant).transpose()?),
            refus: lu::<RefusEcrit>(l.refus.as_deref())?.map(RefusImport::from),
            applique_le: l.applique_le.map(instant).transpose()?,
            annule_le: l.annule_le.map(instant).transpose()?,
        })
    }
}

/// Why the job did not do what was asked, as the base keeps it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RefusEcrit {
    RegistreChange(Vec<i64>),
    /// Each record, its name, and what followed.
    Suivies(Vec<(Uuid, String, Vec<String>)>),
    Interrompu,
}

impl From<RefusEcrit> for RefusImport {
    fn from(ecrit: RefusEcrit) -> Self {
        match ecrit {
            RefusEcrit::RegistreChange(lignes) => Self::RegistreChange(lignes),
            RefusEcrit::Suivies(fiches) => {
                let fiches = fiches.into_iter();
                let fiches = fiches.map(|(pole, nom, par)| Suivie { pole, nom, par });
                Self::Suivies(fiches.collect())
            }
            RefusEcrit::Interrompu => Self::Interrompu,
        }
    }
}

/// The latest imports, at most that many.
pub async fn lister(base: &mut Lecture, au_plus: i64) -> Result<Vec<Import>, Panne> {
    let lignes: Vec<LigneImport> = base
        .fetch_all(
            "SELECT id, nom, poids, empreinte, source, du, depose_le, etat, faute, format, colonnes,
                    ignorees, lues, avancement, vides, ordonne_par, ordonne_le,
                    refus, applique_le, annule_le
             FROM imports ORDER BY depose_le DESC, id DESC LIMIT $1",
            &valeurs![au_plus],
        )
        .await?;
    lignes.into_iter().map(Import::try_from).collect()
}

pub async fn find(base: &mut Lecture, id: Uuid) -> Result<Import, Panne> {
    let ligne: LigneImport = base
        .fetch_one(
            "SELECT id, nom, poids, empreinte, source, du, depose_le, etat, faute, format, colonnes,
                    ignorees, lues, avancement, vides, ordonne_par, ordonne_le,
                    refus, applique_le, annule_le
             FROM imports WHERE id = $1",
            &valeurs![id],
        )
        .await?;
    ligne.try_into()
}

/// Takes the import for the length of the transaction.
pub async fn prendre(tx: &mut Tx, id: Uuid) -> Result<Import, Panne> {
    tx.execute_one(
        "UPDATE imports SET prises = prises + 1 WHERE id = $1",
        &valeurs![id],
    )
    .await?;
    find(tx, id).await
}

/// A list as somebody brought it.
pub struct Apportee {
    pub id: Uuid,
    pub nom: String,
    pub recu: Recu,
    pub source: String,
    pub du: Date,
    pub par: Uuid,
    pub le: Timestamp,
}

pub async fn record_import(tx: &mut Tx, liste: &Apportee) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO imports (id, nom, poids, empreinte, source, du, par, depose_le, etat, lues,
                              avancement, vides, prises)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'en_lecture', 0, 0, 0, 0)",
        &valeurs![
            liste.id,
            &liste.nom,
            i64::try_from(liste.recu.poids).unwrap_or(i64::MAX),
            liste.recu.empreinte,
            &liste.source,
            liste.du.to_string(),
            liste.par,
            liste.le
        ],
    )
    .await
    .map(drop)
}

/// What a reading told of the lines is gone.
async fn oublier_les_lignes(tx: &mut Tx, id: Uuid) -> Result<(), Panne> {
    tx.execute(
        "DELETE FROM lignes_des_imports WHERE import = $1",
        &valeurs![id],
    )
    .await
    .map(drop)
}

/// The reading begins, or begins again.
pub async fn recommencer(tx: &mut Tx, id: Uuid) -> Result<(), Panne> {
    oublier_les_lignes(tx, id).await?;
    tx.execute_one(
        "UPDATE imports SET etat = 'en_lecture', faute = NULL, refus = NULL, lues = 0, avancement = 0,
                            vides = 0
         WHERE id = $1",
        &valeurs![id],
    )
    .await
}

/// How far the reading is.
pub async fn avancer(
    tx: &mut Tx,
    id: Uuid,
    (lues, vides, avancement): (i64, i64, i64),
) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE imports SET lues = $2, vides = $3, avancement = $4 WHERE id = $1",
        &valeurs![id, lues, vides, avancement],
    )
    .await
}

/// The file is read: what it is, and the columns it has.
pub async fn record_lecture(
    tx: &mut Tx,
    id: Uuid,
    (format, colonnes, ignorees): (&str, &[Colonne], &[String]),
) -> Result<(), Panne> {
    let colonnes: Vec<&str> = colonnes.iter().map(|colonne| colonne.code()).collect();
    tx.execute_one(
        "UPDATE imports SET etat = 'a_lire', avancement = 100, format = $2, colonnes = $3,
                            ignorees = $4
         WHERE id = $1",
        &valeurs![
            id,
            format,
            colonnes.join(";"),
            serde_json::to_string(ignorees).map_err(insensee)?
        ],
    )
    .await
}

/// The file cannot be read, for this reason.
pub async fn record_faute(tx: &mut Tx, id: Uuid, faute: &str) -> Result<(), Panne> {
    oublier_les_lignes(tx, id).await?;
    tx.execute_one(
        "UPDATE imports SET etat = 'illisible', faute = $2 WHERE id = $1",
        &valeurs![id, faute],
    )
    .await
}

/// The machine failed each time it read the file.
pub async fn interrompre(tx: &mut Tx, id: Uuid) -> Result<(), Panne> {
    oublier_les_lignes(tx, id).await?;
    tx.execute_one(
        "UPDATE imports SET etat = 'interrompu' WHERE id = $1",
        &valeurs![id],
    )
    .await
}

/// Somebody asks for it to be applied, or put back.
pub async fn ordonner(
    tx: &mut Tx,
    id: Uuid,
    voulu: EtatImport,
    (par, le): (Uuid, Timestamp),
) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE imports SET etat = $2, ordonne_par = $3, ordonne_le = $4, refus = NULL WHERE id = $1",
        &valeurs![id, voulu.code(), par, le],
    )
    .await
}

/// What was asked is not done: it stands where it stood, for this reason.
pub async fn rendre(
    tx: &mut Tx,
    id: Uuid,
    (etat, refus): (EtatImport, &RefusImport),
) -> Result<(), Panne> {
    let refus = match refus {
        RefusImport::RegistreChange(lignes) => RefusEcrit::RegistreChange(lignes.clone()),
        RefusImport::Suivies(fiches) => {
            let fiches = fiches.iter();
            let fiches = fiches.map(|f| (f.pole, f.nom.clone(), f.par.clone()));
            RefusEcrit::Suivies(fiches.collect())
        }
        _ => RefusEcrit::Interrompu,
    };
    tx.execute_one(
        "UPDATE imports SET etat = $2, refus = $3 WHERE id = $1",
        &valeurs![id, etat.code(), ecrit(&refus)?],
    )
    .await
}

pub async fn record_application(tx: &mut Tx, id: Uuid, le: Timestamp) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE imports SET etat = 'applique', applique_le = $2 WHERE id = $1",
        &valeurs![id, le],
    )
    .await
}

pub async fn record_annulation(tx: &mut Tx, id: Uuid, le: Timestamp) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE imports SET etat = 'annule', annule_le = $2 WHERE id = $1",
        &valeurs![id, le],
    )
    .await
}
