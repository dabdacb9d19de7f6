//! What remains to do in a cell, read by its index: a page costs the same with
//! a thousand dossiers or a hundred thousand.

use jiff::Timestamp;
use metier::{
    commun::Region,
    instruction::{SensAvis, Verdict},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{instant, region, verdict_de};
use crate::{
    socle::{
        db::{Enonce, Lecture},
        erreurs::Panne,
    },
    valeurs,
};

/// Nothing is counted further: « plus de 100 ».
pub const COMPTE_AU_PLUS: i64 = 100;

/// A dossier in the list of a cell.
#[derive(Debug, Clone)]
pub struct DossierListe {
    pub id: Uuid,
    pub numero: String,
    pub nom_du_pole: String,
    pub nom_de_la_structure: String,
    pub region: Region,
    pub depose_le: Timestamp,
    pub verdict: Option<Verdict>,
    pub avis: Option<SensAvis>,
    pub hors_delai: bool,
}

/// A place in a list: the row one stands after, or before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repere {
    pub depose_le: Timestamp,
    pub id: Uuid,
}

/// What the cell has to do, or did last: state the eligibility, then give the
/// opinion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Etape {
    Eligibilite,
    Avis,
}

impl Etape {
    /// Those that an address asks for; both when it names none of them.
    pub fn demandees(code: &str) -> &'static [Self] {
        match code {
            "eligibilite" => &[Self::Eligibilite],
            "avis" => &[Self::Avis],
            _ => &[Self::Eligibilite, Self::Avis],
        }
    }

    /// Its place in the index: eligibility confirmed or not.
    pub fn est_confirme(self) -> bool {
        self == Self::Avis
    }
}

/// What a list is asked for, one region, one call and one step at a time.
#[derive(Debug, Clone, Copy)]
pub struct Demande<'a> {
    pub region: Region,
    pub campagne: &'a str,
    /// Done with, or still to do.
    pub fait: bool,
    /// Part of the folded name of the pole; empty for all.
    pub texte: &'a str,
    pub etape: Etape,
    pub combien: usize,
    /// Who reads: the dossiers closed to them are not there.
    pub lecteur: Uuid,
}

#[derive(FromRow)]
pub(super) struct Ligne {
    id: Uuid,
    numero: String,
    nom_du_pole: String,
    nom_de_la_structure: String,
    region: String,
    depose_le: i64,
    verdict: Option<String>,
    sens: Option<String>,
    hors_delai: Option<bool>,
}

impl TryFrom<Ligne> for DossierListe {
    type Error = Panne;

    fn try_from(l: Ligne) -> Result<Self, Panne> {
        Ok(Self {
            id: l.id,
            numero: l.numero,
            nom_du_pole: l.nom_du_pole,
            nom_de_la_structure: l.nom_de_la_structure,
            region: region(&l.region)?,
            depose_le: instant(l.depose_le)?,
            verdict: l.verdict.as_deref().map(verdict_de).transpose()?,
            avis: l.sens.as_deref().and_then(SensAvis::par_code),
            hors_delai: l.hors_delai.unwrap_or_default(),
        })
    }
}

/// Which way a list is read from a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vers {
    /// After it, the earliest filed first.
    Apres,
    /// Before it, the nearest first.
    Avant,
}

impl Demande<'_> {
    /// Only what is asked is in the text: PostgreSQL would otherwise plan this
    /// reading again each time, which takes longer than reading.
    fn enonce(&self, repere: Option<Repere>, vers: Vers) -> Enonce {
        let mut enonce = Enonce::new(
            "SELECT d.id, d.numero, p.nom AS nom_du_pole,
                    s.nom AS nom_de_la_structure, d.region, d.depose_le,
                    CASE WHEN e.issue = 'confirmee' THEN 'eligible' ELSE e.verdict END AS verdict,
                    a.sens, a.hors_delai
             FROM dossiers d
             JOIN poles p ON p.id = d.pole
             JOIN structures s ON s.id = d.structure
             LEFT JOIN eligibilites e ON e.dossier = d.id
             LEFT JOIN avis a ON a.dossier = d.id",
        );
        enonce.suite(
            " WHERE d.region = ? AND d.campagne = ? AND d.instruit = ? AND d.confirme = ?
              AND d.depose_le IS NOT NULL AND d.retire_le IS NULL
              AND NOT EXISTS (SELECT 1 FROM deports k WHERE k.dossier = d.id AND k.compte = ?)",
            valeurs![
                self.region.code(),
                self.campagne,
                i64::from(self.fait),
                i64::from(self.etape.est_confirme()),
                self.lecteur
            ],
        );
        if let Some(ici) = repere {
            let au_dela = match vers {
                Vers::Apres => " AND (d.depose_le, d.id) > (?, ?)",
                Vers::Avant => " AND (d.depose_le, d.id) < (?, ?)",
            };
            enonce.suite(au_dela, valeurs![ici.depose_le, ici.id]);
        }
        if !self.texte.is_empty() {
            let texte = format!("%{}%", self.texte);
            enonce.suite(" AND p.cle_tri LIKE ?", valeurs![texte]);
        }
        let ordre = match vers {
            Vers::Apres => " ORDER BY d.depose_le, d.id",
            Vers::Avant => " ORDER BY d.depose_le DESC, d.id DESC",
        };
        enonce.suite(ordre, []).au_plus(self.combien);
        enonce
    }
}

/// The dossiers that come on one side of that place, the nearest first.
pub async fn lire(
    base: &mut Lecture,
    demande: &Demande<'_>,
    repere: Option<Repere>,
    vers: Vers,
) -> Result<Vec<DossierListe>, Panne> {
    let enonce = demande.enonce(repere, vers);
    let lignes: Vec<Ligne> = base.fetch_all(enonce.texte(), enonce.valeurs()).await?;
    lignes.into_iter().map(DossierListe::try_from).collect()
}

/// How many dossiers are there for this person, never counted past
/// [`COMPTE_AU_PLUS`] and one.
pub async fn compter(
    base: &mut Lecture,
    region: Region,
    campagne: &str,
    fait: bool,
    lecteur: Uuid,
) -> Result<i64, Panne> {
    base.compter(
        "SELECT COUNT(*) FROM (
             SELECT 1 FROM dossiers d
             WHERE d.region = $1 AND d.campagne = $2 AND d.instruit = $3
               AND d.depose_le IS NOT NULL AND d.retire_le IS NULL
               AND NOT EXISTS (SELECT 1 FROM deports k WHERE k.dossier = d.id AND k.compte = $5)
             LIMIT $4) AS bornes",
        &valeurs![
            region.code(),
            campagne,
            i64::from(fait),
            COMPTE_AU_PLUS + 1,
            lecteur
        ],
    )
    .await
}
