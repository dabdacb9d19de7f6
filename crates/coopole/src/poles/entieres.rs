//! Records read whole, a lot at a time: what a file of the register says beyond
//! a line of a list. Nobody is named.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use metier::poles::{Information, Signe};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{Retenu, etat::Etat, fiches::Laureat};
use crate::socle::{
    db::{Lecture, Valeur},
    erreurs::Panne,
};

fn parmi(poles: &[Uuid]) -> Vec<Valeur> {
    poles.iter().map(Valeur::from).collect()
}

/// What these records say, by their identifiers.
pub async fn etats(base: &mut Lecture, poles: &[Uuid]) -> Result<HashMap<Uuid, Etat>, Panne> {
    let etats: Vec<Etat> = base
        .fetch_parmi(
            "SELECT p.id AS pole, p.nom, p.presentation, p.commune, p.code_commune, p.epci, p.departement, p.region,
                    p.themes, p.maturite, p.rural, p.qpv, p.site, p.territoire, p.membres, p.emplois, p.europe,
                    p.source AS source_du_pole, p.inscrit_le, p.invente,
                    s.nom AS porteuse, s.forme, s.qualite_ess, s.siret, s.rna, s.code_commune AS siege
             FROM poles p LEFT JOIN structures s ON s.id = p.porteuse WHERE p.id IN ($1)",
            &parmi(poles),
        )
        .await?;
    Ok(etats.into_iter().map(|etat| (etat.pole, etat)).collect())
}

/// Those of which it is known whether they signed the Charter.
pub async fn signatures_connues(
    base: &mut Lecture,
    poles: &[Uuid],
) -> Result<HashSet<Uuid>, Panne> {
    let lignes: Vec<(Uuid,)> = base
        .fetch_parmi(
            "SELECT DISTINCT pole FROM signatures_connues WHERE pole IN ($1)",
            &parmi(poles),
        )
        .await?;
    Ok(lignes.into_iter().map(|(pole,)| pole).collect())
}

/// A pole, the call it won, of which kind, when: the day, else the year; and
/// what that was written from.
type LigneDeLaureat = (
    Uuid,
    String,
    String,
    Option<i64>,
    Option<i64>,
    Option<String>,
);

/// The calls that each of them won.
pub async fn laureats(
    base: &mut Lecture,
    poles: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Laureat>>, Panne> {
    let lignes: Vec<LigneDeLaureat> = base
        .fetch_parmi(
            "SELECT l.pole, l.campagne, l.genre, l.le, l.annee_du,
                    (SELECT c.source FROM consignations c
                     WHERE c.ligne = l.id AND c.genre = 'laureat' AND c.annulee_le IS NULL
                     ORDER BY c.le DESC, c.id DESC LIMIT 1) AS source
             FROM laureats l WHERE l.pole IN ($1) ORDER BY l.campagne",
            &parmi(poles),
        )
        .await?;
    let mut laureats: HashMap<Uuid, Vec<Laureat>> = HashMap::new();
    for (pole, campagne, genre, le, annee_du, source) in lignes {
        if let Some(signe) = Signe::par_code(&genre) {
            laureats.entry(pole).or_default().push(Laureat {
                campagne,
                signe,
                le: Retenu::lu(le, annee_du),
                source,
            });
        }
    }
    Ok(laureats)
}

/// A change of a record, as its page tells it.
#[derive(Debug, Clone)]
pub struct Changement {
    pub quoi: Quoi,
    pub le: Timestamp,
    pub source: String,
    /// Put back since, by another change.
    pub annule: bool,
}

/// What changed.
#[derive(Debug, Clone)]
pub enum Quoi {
    Information {
        information: Information,
        avant: Option<String>,
        apres: Option<String>,
    },
    /// A record of that name was merged into this one.
    Fusion { nom: String },
}

#[derive(FromRow)]
struct LigneDeModification {
    fiche: Uuid,
    information: String,
    avant: Option<String>,
    apres: Option<String>,
    source: String,
    le: i64,
    annulee: bool,
}

/// How each of them changed, and those merged into it, the latest first.
pub async fn changements(
    base: &mut Lecture,
    poles: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Changement>>, Panne> {
    let lignes: Vec<LigneDeModification> = base
        .fetch_parmi(
            "WITH RECURSIVE siennes (fiche, pole) AS (
                 SELECT id, id FROM poles WHERE id IN ($1)
                 UNION ALL
                 SELECT s.fiche, p.id FROM siennes s JOIN poles p ON p.fusionne_dans = s.pole)
             SELECT s.fiche, m.information, m.avant, m.apres, m.source, m.le,
                    EXISTS (SELECT 1 FROM modifications a WHERE a.annule = m.id) AS annulee
             FROM siennes s JOIN modifications m ON m.pole = s.pole",
            &parmi(poles),
        )
        .await?;
    let mut changements: HashMap<Uuid, Vec<Changement>> = HashMap::new();
    for l in lignes {
        let information = Information::par_code(&l.information)
            .ok_or_else(|| Panne::Ligne(format!("no information is {}", l.information)))?;
        changements.entry(l.fiche).or_default().push(Changement {
            quoi: Quoi::Information {
                information,
                avant: l.avant,
                apres: l.apres,
            },
            le: instant(l.le)?,
            source: l.source,
            annule: l.annulee,
        });
    }
    for (garde, changement) in fusions(base, poles).await? {
        changements.entry(garde).or_default().push(changement);
    }
    for siens in changements.values_mut() {
        siens.sort_by_key(|changement| std::cmp::Reverse(changement.le));
    }
    Ok(changements)
}

/// The merges that stand.
async fn fusions(base: &mut Lecture, poles: &[Uuid]) -> Result<Vec<(Uuid, Changement)>, Panne> {
    let lignes: Vec<(Uuid, String, String, i64)> = base
        .fetch_parmi(
            "SELECT f.garde, p.nom, f.motif, f.le FROM fusions f JOIN poles p ON p.id = f.fondu
             WHERE f.defaite_le IS NULL AND f.garde IN ($1)",
            &parmi(poles),
        )
        .await?;
    let fusions = lignes.into_iter().map(|(garde, nom, motif, le)| {
        let changement = Changement {
            quoi: Quoi::Fusion { nom },
            le: instant(le)?,
            source: motif,
            annule: false,
        };
        Ok((garde, changement))
    });
    fusions.collect()
}

fn instant(ms: i64) -> Result<Timestamp, Panne> {
    Timestamp::from_millisecond(ms).map_err(|e| Panne::Ligne(e.to_string()))
}
