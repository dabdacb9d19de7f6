//! What people propose to correct in the records, and what was decided on it.
//! Nothing here is read by a public page.

use jiff::Timestamp;
use metier::poles::{Correction, Sort};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{
    etat::Etat,
    jalon::Jalon,
    modifications::{information, instant},
    portee::Portee,
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
    /// Whoever proposed it was of the pole's team.
    pub par_l_equipe: bool,
}

impl Proposee {
    /// Its place among those that wait.
    pub fn jalon(&self) -> Jalon {
        Jalon::new(self.le, self.id)
    }
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
    par_l_equipe: bool,
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
            par_l_equipe: l.par_l_equipe,
        })
    }
}

/// A proposal by its identifier.
pub async fn find(base: &mut Lecture, id: Uuid) -> Result<Proposee, Panne> {
    let ligne: Option<LigneProposee> = base
        .fetch_optional(
            "SELECT c.id, c.pole, c.information, c.valeur, c.source, c.par, c.le, c.sort,
                    EXISTS (SELECT 1 FROM habilitations h WHERE h.pole = c.pole AND h.compte = c.par
                            AND h.role = 'porteur' AND h.du <= c.le AND (h.au IS NULL OR h.au > c.le)) AS par_l_equipe
             FROM corrections c WHERE c.id = $1",
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

/// The proposals nobody answered yet, the oldest first, of the records one
/// answers for, away from that place; each with what the record says meanwhile.
pub async fn en_attente(
    base: &mut Lecture,
    portee: &Portee,
    (cote, au_plus): (&Cote<Jalon>, usize),
) -> Result<Vec<(Proposee, Etat)>, Panne> {
    let enonce = enonce_en_attente(portee, cote, au_plus);
    let lignes: Vec<LigneEnAttente> = base.fetch_all(enonce.texte(), enonce.valeurs()).await?;
    lignes
        .into_iter()
        .map(|ligne| Ok((ligne.proposee.try_into()?, ligne.etat)))
        .collect()
}

fn enonce_en_attente(portee: &Portee, cote: &Cote<Jalon>, au_plus: usize) -> Enonce {
    let mut enonce = Enonce::new(
        " SELECT c.id, c.information, c.valeur, c.source, c.par, c.le, c.sort,
                 EXISTS (SELECT 1 FROM habilitations h WHERE h.pole = c.pole AND h.compte = c.par
                         AND h.role = 'porteur' AND h.du <= c.le AND (h.au IS NULL OR h.au > c.le)) AS par_l_equipe,
                 p.id AS pole, p.nom, p.presentation, p.commune, p.code_commune, p.epci, p.departement,
                 p.region, p.themes, p.maturite, p.rural, p.qpv, p.site, p.territoire, p.membres,
                 p.emplois, p.europe, p.source AS source_du_pole, p.inscrit_le, p.invente,
                 s.nom AS porteuse, s.forme, s.qualite_ess, s.siret, s.rna, s.code_commune AS siege
          FROM corrections c JOIN poles p ON p.id = c.pole
          LEFT JOIN structures s ON s.id = p.porteuse
          WHERE c.sort IS NULL",
    );
    portee.restreindre(&mut enonce);
    let Jalon { le, id } = cote.map_or(Jalon::DEBUT, |(jalon, _)| jalon);
    enonce
        .suite(
            match cote {
                Some((_, Vers::Avant)) => {
                    " AND (c.le, c.id) < (?, ?) ORDER BY c.le DESC, c.id DESC"
                }
                _ => " AND (c.le, c.id) > (?, ?) ORDER BY c.le, c.id",
            },
            valeurs![le, id],
        )
        .au_plus(au_plus);
    enonce
}

/// The statements of this file that are put together, for a test to prepare.
pub fn enonces() -> Vec<Enonce> {
    let cotes = [None, Some((Jalon::FIN, Vers::Avant))];
    let portees = Portee::essais().into_iter();
    portees
        .flat_map(|portee| cotes.map(|cote| enonce_en_attente(&portee, &cote, 1)))
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
