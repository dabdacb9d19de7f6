//! Imports and the fate of their lines.

use jiff::{Timestamp, civil::Date};
use metier::{
    commun::Region,
    poles::{
        Information,
        import::{Changement, Colonne, Dite, EtatImport, Faute, RefusImport, SortLigne},
    },
};
use serde::{Deserialize, Serialize};
use sqlx_macros::FromRow;
use uuid::Uuid;

use crate::{
    poles::lot::Lieu,
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

fn insensee(cause: impl ToString) -> Panne {
    Panne::Ligne(format!("import: {}", cause.to_string()))
}

/// Why the job did not do what was asked, as the base keeps it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RefusEcrit {
    RegistreChange(Vec<i64>),
    ChangeesDepuis(Vec<String>),
    Interrompu,
}

impl From<RefusEcrit> for RefusImport {
    fn from(ecrit: RefusEcrit) -> Self {
        match ecrit {
            RefusEcrit::RegistreChange(lignes) => Self::RegistreChange(lignes),
            RefusEcrit::ChangeesDepuis(noms) => Self::ChangeesDepuis(noms),
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

/// The reading begins, or begins again: what an earlier one left is gone.
pub async fn recommencer(tx: &mut Tx, id: Uuid) -> Result<(), Panne> {
    tx.execute(
        "DELETE FROM lignes_des_imports WHERE import = $1",
        &valeurs![id],
    )
    .await?;
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
    tx.execute_one(
        "UPDATE imports SET etat = 'illisible', faute = $2 WHERE id = $1",
        &valeurs![id, faute],
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
        RefusImport::ChangeesDepuis(noms) => RefusEcrit::ChangeesDepuis(noms.clone()),
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

/// A line of a list and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ligne {
    /// Its number in the file; the titles are the first.
    pub ligne: i64,
    pub sort: SortLigne,
    /// The record it speaks of, or the one it will create.
    pub pole: Option<Uuid>,
    pub dite: Dite,
    /// Its cells under their columns; kept when it is refused, to be mended.
    pub cellules: Vec<(Colonne, String)>,
    pub changements: Vec<Changement>,
    /// What the record said of its place, when the line changes it.
    pub lieu: Option<Lieu>,
    pub fautes: Vec<Faute>,
    pub remarques: Vec<String>,
    /// The records among which somebody must choose, or did.
    pub candidates: Vec<Uuid>,
    pub choisie: bool,
}

/// What was read, as the base keeps it.
#[derive(Serialize, Deserialize, Default)]
struct DiteEcrite {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    identifiant: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    structure: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    siret: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    rna: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    departement: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    region: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    informations: Vec<(String, String)>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    cellules: Vec<(String, String)>,
}

/// What the record said of what a line changes.
#[derive(Serialize, Deserialize)]
struct AvantEcrit {
    informations: Vec<(String, Option<String>)>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    lieu: Option<Lieu>,
}

#[derive(FromRow)]
struct LigneLue {
    ligne: i64,
    sort: String,
    pole: Option<Uuid>,
    dite: String,
    avant: Option<String>,
    fautes: Option<String>,
    remarques: Option<String>,
    candidates: Option<String>,
    choisie: bool,
}

impl TryFrom<LigneLue> for Ligne {
    type Error = Panne;

    fn try_from(l: LigneLue) -> Result<Self, Panne> {
        let ecrite: DiteEcrite = serde_json::from_str(&l.dite).map_err(insensee)?;
        let information = |code: &str| Information::par_code(code).ok_or_else(|| insensee(code));
        let informations = ecrite.informations.into_iter();
        let dite = Dite {
            identifiant: ecrite.identifiant,
            structure: ecrite.structure,
            siret: ecrite.siret,
            rna: ecrite.rna,
            departement: ecrite.departement,
            region: ecrite.region.as_deref().and_then(Region::par_code),
            informations: informations
                .map(|(code, valeur)| Ok((information(&code)?, valeur)))
                .collect::<Result<_, Panne>>()?,
        };
        let avant: Option<AvantEcrit> = lu(l.avant.as_deref())?;
        let (mut changements, mut lieu) = (Vec::new(), None);
        if let Some(avant) = avant {
            lieu = avant.lieu;
            for (code, avant) in avant.informations {
                let information = information(&code)?;
                changements.push(Changement {
                    information,
                    avant,
                    apres: dite.valeur(information).unwrap_or_default().to_owned(),
                });
            }
        }
        let fautes: Vec<(String, String)> = lu(l.fautes.as_deref())?.unwrap_or_default();
        let fautes = fautes.into_iter().map(|(colonne, phrase)| Faute {
            colonne: Colonne::par_code(&colonne),
            phrase,
        });
        let cellules = ecrite.cellules.into_iter();
        let cellules =
            cellules.filter_map(|(code, cellule)| Some((Colonne::par_code(&code)?, cellule)));
        Ok(Self {
            ligne: l.ligne,
            sort: SortLigne::par_code(&l.sort).ok_or_else(|| insensee(&l.sort))?,
            pole: l.pole,
            dite,
            cellules: cellules.collect(),
            changements,
            lieu,
            fautes: fautes.collect(),
            remarques: lu(l.remarques.as_deref())?.unwrap_or_default(),
            candidates: lu(l.candidates.as_deref())?.unwrap_or_default(),
            choisie: l.choisie,
        })
    }
}

fn lu<T: serde::de::DeserializeOwned>(json: Option<&str>) -> Result<Option<T>, Panne> {
    json.map(serde_json::from_str).transpose().map_err(insensee)
}

fn ecrit<T: Serialize>(valeur: &T) -> Result<String, Panne> {
    serde_json::to_string(valeur).map_err(insensee)
}

impl Ligne {
    fn dite_ecrite(&self) -> Result<String, Panne> {
        let dite = &self.dite;
        let informations = dite.informations.iter();
        let refusee = self.sort == SortLigne::Refusee;
        let cellules = self.cellules.iter().filter(|_| refusee);
        ecrit(&DiteEcrite {
            identifiant: dite.identifiant,
            structure: dite.structure.clone(),
            siret: dite.siret.clone(),
            rna: dite.rna.clone(),
            departement: dite.departement.clone(),
            region: dite.region.map(|region| region.code().to_owned()),
            informations: informations
                .map(|(information, valeur)| (information.code().to_owned(), valeur.clone()))
                .collect(),
            cellules: cellules
                .map(|(colonne, cellule)| (colonne.code().to_owned(), cellule.clone()))
                .collect(),
        })
    }

    fn avant_ecrit(&self) -> Result<Option<String>, Panne> {
        let informations: Vec<(String, Option<String>)> = self
            .changements
            .iter()
            .map(|c| (c.information.code().to_owned(), c.avant.clone()))
            .collect();
        match informations.is_empty() {
            true => Ok(None),
            false => {
                let lieu = self.lieu.clone();
                ecrit(&AvantEcrit { informations, lieu }).map(Some)
            }
        }
    }

    fn fautes_ecrites(&self) -> Result<Option<String>, Panne> {
        let fautes: Vec<(&str, &str)> = self
            .fautes
            .iter()
            .map(|f| (f.colonne.map_or("", Colonne::code), f.phrase.as_str()))
            .collect();
        ecrits(&fautes)
    }
}

fn ecrits<T: Serialize>(valeurs: &[T]) -> Result<Option<String>, Panne> {
    match valeurs {
        [] => Ok(None),
        valeurs => ecrit(&valeurs).map(Some),
    }
}

pub async fn record_lignes(tx: &mut Tx, import: Uuid, lignes: &[Ligne]) -> Result<(), Panne> {
    let mut rangees = Vec::with_capacity(lignes.len());
    for ligne in lignes {
        rangees.push(valeurs![
            import,
            ligne.ligne,
            ligne.sort.code(),
            ligne.pole,
            ligne.dite_ecrite()?,
            ligne.avant_ecrit()?,
            ligne.fautes_ecrites()?,
            ecrits(&ligne.remarques)?,
            ecrits(&ligne.candidates)?,
            ligne.choisie
        ]);
    }
    tx.inserer(
        "INSERT INTO lignes_des_imports (import, ligne, sort, pole, dite, avant, fautes, remarques,
                                         candidates, choisie)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &rangees,
    )
    .await
}

/// What somebody said of the record a line speaks of.
pub async fn update_choix(tx: &mut Tx, import: Uuid, ligne: &Ligne) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE lignes_des_imports SET sort = $3, pole = $4, avant = $5, fautes = $6, remarques = $7,
                                       choisie = $8
         WHERE import = $1 AND ligne = $2",
        &valeurs![
            import,
            ligne.ligne,
            ligne.sort.code(),
            ligne.pole,
            ligne.avant_ecrit()?,
            ligne.fautes_ecrites()?,
            ecrits(&ligne.remarques)?,
            ligne.choisie
        ],
    )
    .await
}

/// How many lines have each fate, in the order of the fates.
pub async fn compter(base: &mut Lecture, import: Uuid) -> Result<Vec<(SortLigne, i64)>, Panne> {
    let comptes: Vec<(String, i64)> = base
        .fetch_all(
            "SELECT sort, COUNT(*) FROM lignes_des_imports WHERE import = $1 GROUP BY sort",
            &valeurs![import],
        )
        .await?;
    let combien = |sort: SortLigne| {
        let compte = comptes.iter().find(|(code, _)| code == sort.code());
        (sort, compte.map_or(0, |(_, combien)| *combien))
    };
    Ok(SortLigne::TOUS.iter().copied().map(combien).collect())
}

pub async fn find_ligne(base: &mut Lecture, import: Uuid, ligne: i64) -> Result<Ligne, Panne> {
    let ligne: LigneLue = base
        .fetch_one(
            "SELECT ligne, sort, pole, dite, avant, fautes, remarques, candidates, choisie
             FROM lignes_des_imports WHERE import = $1 AND ligne = $2",
            &valeurs![import, ligne],
        )
        .await?;
    ligne.try_into()
}

/// Another line of this import that speaks of this record.
pub async fn autre_ligne(
    base: &mut Lecture,
    import: Uuid,
    pole: Uuid,
    sauf: i64,
) -> Result<Option<i64>, Panne> {
    let ligne: Option<(i64,)> = base
        .fetch_optional(
            "SELECT ligne FROM lignes_des_imports
             WHERE import = $1 AND pole = $2 AND ligne <> $3 AND sort <> 'refusee'
             ORDER BY ligne LIMIT 1",
            &valeurs![import, pole, sauf],
        )
        .await?;
    Ok(ligne.map(|(ligne,)| ligne))
}

/// The lines that follow that one, of one fate or of any (a blank).
pub async fn apres(
    base: &mut Lecture,
    import: Uuid,
    sort: Option<SortLigne>,
    (ligne, au_plus): (i64, i64),
) -> Result<Vec<Ligne>, Panne> {
    let lues: Vec<LigneLue> = match sort {
        Some(sort) => {
            base.fetch_all(
                "SELECT ligne, sort, pole, dite, avant, fautes, remarques, candidates, choisie
                 FROM lignes_des_imports WHERE import = $1 AND sort = $2 AND ligne > $3
                 ORDER BY ligne LIMIT $4",
                &valeurs![import, sort.code(), ligne, au_plus],
            )
            .await?
        }
        None => {
            base.fetch_all(
                "SELECT ligne, sort, pole, dite, avant, fautes, remarques, candidates, choisie
                 FROM lignes_des_imports WHERE import = $1 AND ligne > $2
                 ORDER BY ligne LIMIT $3",
                &valeurs![import, ligne, au_plus],
            )
            .await?
        }
    };
    lues.into_iter().map(Ligne::try_from).collect()
}

/// The lines that come before that one, in their order.
pub async fn avant(
    base: &mut Lecture,
    import: Uuid,
    sort: Option<SortLigne>,
    (ligne, au_plus): (i64, i64),
) -> Result<Vec<Ligne>, Panne> {
    let lues: Vec<LigneLue> = base
        .fetch_all(
            "SELECT ligne, sort, pole, dite, avant, fautes, remarques, candidates, choisie
             FROM lignes_des_imports
             WHERE import = $1 AND (CAST($2 AS TEXT) = '' OR sort = $2) AND ligne < $3
             ORDER BY ligne DESC LIMIT $4",
            &valeurs![import, sort.map_or("", SortLigne::code), ligne, au_plus],
        )
        .await?;
    lues.into_iter().rev().map(Ligne::try_from).collect()
}
