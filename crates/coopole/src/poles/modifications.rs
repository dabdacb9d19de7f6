//! Each change a record went through: what it said before, what it says since,
//! from whom and where that comes. Never erased: put back, a change is the
//! object of another. The names of people are read for those who answer for the
//! record, and shown to nobody else.

use jiff::Timestamp;
use metier::{
    commun::Region,
    poles::{Correction, Information},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{
    etat::{Etat, ecrire, emplacement},
    jalon::Jalon,
    mots,
};
use crate::{
    socle::{
        alea,
        db::{Enonce, Lecture, Tx},
        erreurs::Panne,
        feuilles::{Cote, Vers},
    },
    valeurs,
};

/// A change of a record.
#[derive(Debug, Clone)]
pub struct Modification {
    pub id: Uuid,
    pub pole: Uuid,
    pub information: Information,
    pub avant: Option<String>,
    pub apres: Option<String>,
    pub source: String,
    pub le: Timestamp,
    /// Put back since, by another change.
    pub annulee: bool,
    pub auteur: Auteur,
}

impl Modification {
    /// Its place in the history of the record.
    pub fn jalon(&self) -> Jalon {
        Jalon::new(self.le, self.id)
    }

    /// The region that the record left by it, if it is such a change.
    pub fn region_quittee(&self) -> Option<Region> {
        let lieu = |valeur: &Option<String>| valeur.as_deref().map(emplacement)?.lieu.region;
        match self.information {
            Information::Commune if lieu(&self.avant) != lieu(&self.apres) => lieu(&self.avant),
            _ => None,
        }
    }
}

/// Who made a change.
#[derive(Debug, Clone)]
pub struct Auteur {
    /// A list brought it.
    pub importee: bool,
    /// The cell that acted; none when it was the nation.
    pub cellule: Option<Region>,
    /// Somebody else proposed it.
    pub proposee: bool,
    /// Whoever proposed it was of the pole's team.
    pub par_l_equipe: bool,
    /// The person: never on a public page.
    pub nom: Option<String>,
    /// Whoever proposed it: never on a public page.
    pub nom_du_proposant: Option<String>,
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    pole: Uuid,
    information: String,
    avant: Option<String>,
    apres: Option<String>,
    source: String,
    le: i64,
    cellule: Option<String>,
    annulee: bool,
    importee: bool,
    nom: Option<String>,
    nom_du_proposant: Option<String>,
    proposee: bool,
    par_l_equipe: bool,
}

impl TryFrom<Ligne> for Modification {
    type Error = Panne;

    fn try_from(l: Ligne) -> Result<Self, Panne> {
        Ok(Self {
            id: l.id,
            pole: l.pole,
            information: information(&l.information)?,
            avant: l.avant,
            apres: l.apres,
            source: l.source,
            le: instant(l.le)?,
            annulee: l.annulee,
            auteur: Auteur {
                importee: l.importee,
                cellule: l.cellule.as_deref().and_then(Region::par_code),
                proposee: l.proposee,
                par_l_equipe: l.par_l_equipe,
                nom: l.nom,
                nom_du_proposant: l.nom_du_proposant,
            },
        })
    }
}

pub(super) fn information(code: &str) -> Result<Information, Panne> {
    Information::par_code(code).ok_or_else(|| Panne::Ligne(format!("no information is {code}")))
}

pub(super) fn instant(ms: i64) -> Result<Timestamp, Panne> {
    Timestamp::from_millisecond(ms).map_err(|e| Panne::Ligne(e.to_string()))
}

fn lues(lignes: Vec<Ligne>) -> Result<Vec<Modification>, Panne> {
    lignes.into_iter().map(Modification::try_from).collect()
}

/// The changes of a record and of those merged into it, the latest first, away
/// from that place.
pub async fn lister(
    base: &mut Lecture,
    pole: Uuid,
    (cote, au_plus): (&Cote<Jalon>, usize),
) -> Result<Vec<Modification>, Panne> {
    let enonce = enonce(pole, cote, au_plus);
    lues(base.fetch_all(enonce.texte(), enonce.valeurs()).await?)
}

fn enonce(pole: Uuid, cote: &Cote<Jalon>, au_plus: usize) -> Enonce {
    let mut enonce = Enonce::new(" WITH RECURSIVE fondues (id) AS (");
    enonce.suite(
        " SELECT p.id FROM poles p WHERE p.id = ?
          UNION SELECT p.id FROM poles p JOIN fondues f ON p.fusionne_dans = f.id)
          SELECT m.* FROM modifications_lues m JOIN fondues f ON f.id = m.pole",
        valeurs![pole],
    );
    let Jalon { le, id } = cote.map_or(Jalon::FIN, |(jalon, _)| jalon);
    enonce
        .suite(
            match cote {
                Some((_, Vers::Avant)) => " WHERE (m.le, m.id) > (?, ?) ORDER BY m.le, m.id",
                _ => " WHERE (m.le, m.id) < (?, ?) ORDER BY m.le DESC, m.id DESC",
            },
            valeurs![le, id],
        )
        .au_plus(au_plus);
    enonce
}

/// The statements of this file that are put together, for a test to prepare.
pub fn enonces() -> Vec<Enonce> {
    let cotes = [None, Some((Jalon::FIN, Vers::Avant))];
    cotes.map(|cote| enonce(Uuid::nil(), &cote, 1)).into()
}

/// The latest change of each information of this very record.
pub async fn dernieres(base: &mut Lecture, pole: Uuid) -> Result<Vec<Modification>, Panne> {
    lues(
        base.fetch_all(
            "SELECT m.* FROM modifications_lues m WHERE m.pole = $1 AND NOT EXISTS (
                 SELECT 1 FROM modifications n
                 WHERE n.pole = m.pole AND n.information = m.information
                   AND (n.le, n.id) > (m.le, m.id))
             ORDER BY m.information",
            &valeurs![pole],
        )
        .await?,
    )
}

/// A change by its identifier.
pub async fn find(base: &mut Lecture, id: Uuid) -> Result<Modification, Panne> {
    let ligne: Option<Ligne> = base
        .fetch_optional(
            "SELECT * FROM modifications_lues WHERE id = $1",
            &valeurs![id],
        )
        .await?;
    ligne.ok_or(Panne::Introuvable)?.try_into()
}

/// What a change comes from: a proposal, an earlier change put back, the merge
/// of two records, or a merge undone where there is no change to put back.
#[derive(Debug, Clone, Copy)]
pub enum Origine {
    Correction(Uuid),
    Annulation(Uuid),
    Fusion(Uuid),
    Defaite,
}

/// Who makes a change, for whom, and when.
#[derive(Debug, Clone, Copy)]
pub struct Main {
    pub par: Uuid,
    pub cellule: Option<Region>,
    pub le: Timestamp,
}

/// Makes the record say this from now on, and keeps what it said before.
pub async fn record(
    tx: &mut Tx,
    avant: &Etat,
    correction: &Correction,
    origine: Origine,
    main: Main,
) -> Result<Uuid, Panne> {
    let id = alea::id();
    let (de, annule, fusion) = match origine {
        Origine::Correction(correction) => (Some(correction), None, None),
        Origine::Annulation(modification) => (None, Some(modification), None),
        Origine::Fusion(fusion) => (None, None, Some(fusion)),
        Origine::Defaite => (None, None, None),
    };
    tx.execute(
        "INSERT INTO modifications (id, pole, information, avant, apres, source, le, par, cellule,
                                    correction, annule, fusion)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        &valeurs![
            id,
            avant.pole,
            correction.information.code(),
            avant.valeur(correction.information),
            correction.valeur.clone(),
            &correction.source,
            main.le,
            main.par,
            main.cellule.map(Region::code),
            de,
            annule,
            fusion
        ],
    )
    .await?;
    let valeur = correction.valeur.clone();
    ecrire(tx, avant.pole, correction.information, valeur).await?;
    mots::reindexer(tx, &[avant.pole]).await?;
    Ok(id)
}
