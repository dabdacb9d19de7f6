//! What people propose to correct in the records, what was decided on it, and
//! each change a record went through. People stay in their tables: nothing
//! here that a public page reads names one.

use jiff::Timestamp;
use metier::{
    commun::Region,
    poles::{Correction, Information, NON, OUI, Sort, themes},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::store::{self, cle_de_tri};
use crate::{
    socle::{
        alea, communes,
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

/// What the record of a pole says now, information by information.
#[derive(Debug, Clone, FromRow)]
pub struct Etat {
    pub pole: Uuid,
    pub nom: String,
    pub presentation: Option<String>,
    pub commune: Option<String>,
    pub code_commune: Option<String>,
    pub region: Option<String>,
    pub themes: String,
    pub maturite: Option<String>,
    pub rural: Option<bool>,
    pub qpv: Option<bool>,
    pub site: Option<String>,
    /// The public page the pole was found in, if it was.
    pub source_du_pole: Option<String>,
    pub invente: bool,
}

impl Etat {
    /// The value as the record keeps it; nothing for « not known ».
    pub fn valeur(&self, information: Information) -> Option<String> {
        let dit = |oui: bool| if oui { OUI } else { NON }.to_owned();
        match information {
            Information::Nom => Some(self.nom.clone()),
            Information::Presentation => self.presentation.clone(),
            Information::Commune => self.code_commune.clone(),
            Information::Themes => Some(self.themes.clone()).filter(|themes| !themes.is_empty()),
            Information::Maturite => self.maturite.clone(),
            Information::Rural => self.rural.map(dit),
            Information::Qpv => self.qpv.map(dit),
            Information::Site => self.site.clone(),
        }
    }

    /// The region whose cell answers for this record, if it is known.
    pub fn region(&self) -> Option<Region> {
        self.region.as_deref().and_then(Region::par_code)
    }
}

/// What the record says, read for a page or under the lock of an act.
pub async fn etat(base: &mut Lecture, pole: Uuid) -> Result<Etat, Panne> {
    base.fetch_optional(
        "SELECT id AS pole, nom, presentation, commune, code_commune, region, themes, maturite,
                rural, qpv, site, source AS source_du_pole, invente
         FROM poles WHERE id = $1",
        &valeurs![pole],
    )
    .await?
    .ok_or(Panne::Introuvable)
}

/// A proposal as it was made.
#[derive(Debug, Clone)]
pub struct Proposee {
    pub id: Uuid,
    pub pole: Uuid,
    pub correction: Correction,
    /// The account that proposed it.
    pub par: Uuid,
    pub le: Timestamp,
    pub tranchee: bool,
}

#[derive(FromRow)]
struct LigneProposee {
    id: Uuid,
    pole: Uuid,
    information: String,
    valeur: Option<String>,
    source: String,
    par: Uuid,
    le: i64,
    sort: Option<String>,
}

impl TryFrom<LigneProposee> for Proposee {
    type Error = Panne;

    fn try_from(l: LigneProposee) -> Result<Self, Panne> {
        Ok(Self {
            id: l.id,
            pole: l.pole,
            correction: Correction {
                information: information(&l.information)?,
                valeur: l.valeur,
                source: l.source,
            },
            par: l.par,
            le: instant(l.le)?,
            tranchee: l.sort.is_some(),
        })
    }
}

fn information(code: &str) -> Result<Information, Panne> {
    Information::par_code(code).ok_or_else(|| Panne::Ligne(format!("no information is {code}")))
}

fn instant(ms: i64) -> Result<Timestamp, Panne> {
    Timestamp::from_millisecond(ms).map_err(|e| Panne::Ligne(e.to_string()))
}

/// A proposal by its identifier.
pub async fn find(base: &mut Lecture, id: Uuid) -> Result<Proposee, Panne> {
    let ligne: Option<LigneProposee> = base
        .fetch_optional(
            "SELECT id, pole, information, valeur, source, par, le, sort
             FROM corrections WHERE id = $1",
            &valeurs![id],
        )
        .await?;
    ligne.ok_or(Panne::Introuvable)?.try_into()
}

#[derive(FromRow)]
struct LigneEnAttente {
    #[sqlx(flatten)]
    proposee: LigneProposee,
    #[sqlx(flatten)]
    etat: Etat,
}

/// The proposals nobody answered yet, the oldest first, of every region, each
/// with what the record says meanwhile.
pub async fn en_attente(base: &mut Lecture, au_plus: i64) -> Result<Vec<(Proposee, Etat)>, Panne> {
    let lignes: Vec<LigneEnAttente> = base
        .fetch_all(
            "SELECT c.id, c.information, c.valeur, c.source, c.par, c.le, c.sort,
                    p.id AS pole, p.nom, p.presentation, p.commune, p.code_commune, p.region, p.themes,
                    p.maturite, p.rural, p.qpv, p.site, p.source AS source_du_pole, p.invente
             FROM corrections c JOIN poles p ON p.id = c.pole
             WHERE c.sort IS NULL ORDER BY c.le, c.id LIMIT $1",
            &valeurs![au_plus],
        )
        .await?;
    lignes
        .into_iter()
        .map(|ligne| Ok((ligne.proposee.try_into()?, ligne.etat)))
        .collect()
}

/// What this person proposed for this record, the latest first, with what
/// became of it.
#[derive(Debug, Clone, FromRow)]
pub struct Mienne {
    pub information: String,
    pub valeur: Option<String>,
    pub le: i64,
    pub sort: Option<String>,
    pub motif: Option<String>,
}

/// What this person proposed for this record.
pub async fn miennes(base: &mut Lecture, pole: Uuid, par: Uuid) -> Result<Vec<Mienne>, Panne> {
    base.fetch_all(
        "SELECT information, valeur, le, sort, motif FROM corrections
         WHERE pole = $1 AND par = $2 ORDER BY le DESC, id DESC LIMIT 20",
        &valeurs![pole, par],
    )
    .await
}

pub async fn record_correction(
    tx: &mut Tx,
    pole: Uuid,
    correction: &Correction,
    par: Uuid,
    le: Timestamp,
) -> Result<Uuid, Panne> {
    let id = alea::id();
    tx.execute(
        "INSERT INTO corrections (id, pole, information, valeur, source, par, le)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &valeurs![
            id,
            pole,
            correction.information.code(),
            correction.valeur.clone(),
            &correction.source,
            par,
            le
        ],
    )
    .await?;
    Ok(id)
}

pub async fn record_sort(
    tx: &mut Tx,
    id: Uuid,
    sort: &Sort,
    par: Uuid,
    le: Timestamp,
) -> Result<(), Panne> {
    let (sort, motif) = match sort {
        Sort::Retenue => ("retenue", None),
        Sort::Refusee { motif } => ("refusee", Some(motif.as_str())),
    };
    tx.execute_one(
        "UPDATE corrections SET sort = $2, motif = $3, tranchee_le = $4, tranchee_par = $5
         WHERE id = $1",
        &valeurs![id, sort, motif, le, par],
    )
    .await
}

/// A change of a record, as anyone reads it.
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
}

#[derive(FromRow)]
struct LigneModification {
    id: Uuid,
    pole: Uuid,
    information: String,
    avant: Option<String>,
    apres: Option<String>,
    source: String,
    le: i64,
    annulee: bool,
}

impl TryFrom<LigneModification> for Modification {
    type Error = Panne;

    fn try_from(l: LigneModification) -> Result<Self, Panne> {
        Ok(Self {
            id: l.id,
            pole: l.pole,
            information: information(&l.information)?,
            avant: l.avant,
            apres: l.apres,
            source: l.source,
            le: instant(l.le)?,
            annulee: l.annulee,
        })
    }
}

/// The changes of a record, the latest first.
pub async fn modifications(base: &mut Lecture, pole: Uuid) -> Result<Vec<Modification>, Panne> {
    let lignes: Vec<LigneModification> = base
        .fetch_all(
            "SELECT id, pole, information, avant, apres, source, le,
                    EXISTS (SELECT 1 FROM modifications a WHERE a.annule = m.id) AS annulee
             FROM modifications m WHERE pole = $1 ORDER BY le DESC, id DESC LIMIT 200",
            &valeurs![pole],
        )
        .await?;
    lignes.into_iter().map(Modification::try_from).collect()
}

/// A change by its identifier.
pub async fn modification(base: &mut Lecture, id: Uuid) -> Result<Modification, Panne> {
    let ligne: Option<LigneModification> = base
        .fetch_optional(
            "SELECT id, pole, information, avant, apres, source, le,
                    EXISTS (SELECT 1 FROM modifications a WHERE a.annule = m.id) AS annulee
             FROM modifications m WHERE id = $1",
            &valeurs![id],
        )
        .await?;
    ligne.ok_or(Panne::Introuvable)?.try_into()
}

/// What a change comes from: a proposal, or an earlier change put back.
#[derive(Debug, Clone, Copy)]
pub enum Origine {
    Correction(Uuid),
    Annulation(Uuid),
}

/// Makes the record say this from now on, and keeps what it said before.
pub async fn record_modification(
    tx: &mut Tx,
    avant: &Etat,
    correction: &Correction,
    origine: Origine,
    le: Timestamp,
) -> Result<Uuid, Panne> {
    let id = alea::id();
    let (de, annule) = match origine {
        Origine::Correction(correction) => (Some(correction), None),
        Origine::Annulation(modification) => (None, Some(modification)),
    };
    tx.execute(
        "INSERT INTO modifications (id, pole, information, avant, apres, source, le, correction, annule)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &valeurs![
            id,
            avant.pole,
            correction.information.code(),
            avant.valeur(correction.information),
            correction.valeur.clone(),
            &correction.source,
            le,
            de,
            annule
        ],
    )
    .await?;
    ecrire(tx, avant.pole, correction).await?;
    store::reindexer(tx, avant.pole).await?;
    Ok(id)
}

async fn ecrire(tx: &mut Tx, pole: Uuid, correction: &Correction) -> Result<(), Panne> {
    let valeur = correction.valeur.clone();
    let vrai = valeur.as_deref().map(|dit| dit == OUI);
    match correction.information {
        Information::Nom => {
            let nom = valeur.unwrap_or_default();
            tx.execute_one(
                "UPDATE poles SET nom = $2, cle_tri = $3 WHERE id = $1",
                &valeurs![pole, &nom, cle_de_tri(&nom)],
            )
            .await
        }
        Information::Presentation => {
            tx.execute_one(
                "UPDATE poles SET presentation = $2 WHERE id = $1",
                &valeurs![pole, valeur],
            )
            .await
        }
        // What is derived from a commune goes with it; not known, the region
        // stays: it is what says which cell answers for the record.
        Information::Commune => match valeur.as_deref().and_then(communes::par_code) {
            Some(commune) => {
                let region = Region::par_commune(commune.code);
                tx.execute_one(
                    "UPDATE poles SET commune = $2, code_commune = $3, departement = $4, region = $5
                     WHERE id = $1",
                    &valeurs![
                        pole,
                        commune.nom,
                        commune.code,
                        commune.departement(),
                        region.map(Region::code)
                    ],
                )
                .await
            }
            None => {
                tx.execute_one(
                    "UPDATE poles SET commune = NULL, code_commune = NULL WHERE id = $1",
                    &valeurs![pole],
                )
                .await
            }
        },
        Information::Themes => {
            tx.execute_one(
                "UPDATE poles SET themes = $2 WHERE id = $1",
                &valeurs![pole, valeur.unwrap_or_default()],
            )
            .await
        }
        Information::Maturite => {
            tx.execute_one(
                "UPDATE poles SET maturite = $2 WHERE id = $1",
                &valeurs![pole, valeur],
            )
            .await
        }
        Information::Rural => {
            tx.execute_one(
                "UPDATE poles SET rural = $2 WHERE id = $1",
                &valeurs![pole, vrai],
            )
            .await
        }
        Information::Qpv => {
            tx.execute_one(
                "UPDATE poles SET qpv = $2 WHERE id = $1",
                &valeurs![pole, vrai],
            )
            .await
        }
        Information::Site => {
            tx.execute_one(
                "UPDATE poles SET site = $2 WHERE id = $1",
                &valeurs![pole, valeur],
            )
            .await
        }
    }
}

/// How a value of the record is read by people; « non connu » when there is
/// none.
pub fn en_mots(information: Information, valeur: Option<&str>) -> String {
    let Some(valeur) = valeur else {
        return "non connu".to_owned();
    };
    match information {
        Information::Commune => communes::lisible(valeur),
        Information::Themes => {
            let libelles: Vec<&str> = themes(valeur).map(metier::poles::Theme::libelle).collect();
            libelles.join(", ")
        }
        Information::Maturite => metier::poles::Maturite::par_code(valeur).map_or_else(
            || valeur.to_owned(),
            |maturite| maturite.libelle().to_owned(),
        ),
        _ => valeur.to_owned(),
    }
}
