//! The lines of a list, each with its fate: what the base keeps of them.

use metier::{
    commun::Region,
    poles::{
        Information,
        import::{Changement, Colonne, Dite, Faute, SortLigne},
    },
};
use serde::{Deserialize, Serialize};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{ecrit, insensee, lu};
use crate::{
    socle::{
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

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
    /// The place that comes, when the line names no commune.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    lieu: Option<String>,
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
        let mut changements = Vec::new();
        if let Some(AvantEcrit { informations, lieu }) = avant {
            for (code, avant) in informations {
                let information = information(&code)?;
                let apres = match dite.valeur(information) {
                    Some(apres) => apres,
                    None => lieu.as_deref().unwrap_or_default(),
                };
                changements.push(Changement {
                    information,
                    avant,
                    apres: apres.to_owned(),
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
            fautes: fautes.collect(),
            remarques: lu(l.remarques.as_deref())?.unwrap_or_default(),
            candidates: lu(l.candidates.as_deref())?.unwrap_or_default(),
            choisie: l.choisie,
        })
    }
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
                let dite = |c: &&Changement| self.dite.valeur(c.information).is_none();
                let lieu = self.changements.iter().find(dite);
                let lieu = lieu.map(|c| c.apres.clone());
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
