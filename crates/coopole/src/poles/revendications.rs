//! Claims of the records, as the base keeps them. People are named here: only
//! those who answer for the region, and the person themselves, read them.

use jiff::Timestamp;
use metier::{
    commun::Region,
    poles::revendication::{Issue, Preuve, Reponse, Revendication},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{Jalon, Portee};
use crate::{
    socle::{
        alea,
        db::{Enonce, Lecture, Tx},
        erreurs::Panne,
        feuilles::{Cote, Vers},
    },
    valeurs,
};

/// Where a claim stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Etat {
    EnAttente,
    Acceptee,
    Refusee { motif: String },
    Retiree,
    Reprise { motif: String },
}

/// A claim and whose it is.
#[derive(Debug, Clone)]
pub struct Demande {
    pub id: Uuid,
    pub pole: Uuid,
    pub nom_du_pole: String,
    pub region: Option<Region>,
    /// The account that claims, its name and its address.
    pub par: Uuid,
    pub nom: String,
    pub courriel: String,
    pub fonction: String,
    pub preuve: Preuve,
    pub le: Timestamp,
    pub lettre: Option<Lettre>,
    pub etat: Etat,
    /// When it was answered.
    pub tranchee_le: Option<Timestamp>,
    /// Accepted, it made the team of a pole that had none.
    pub premiere: bool,
}

/// The letter that carries a code.
#[derive(Debug, Clone)]
pub struct Lettre {
    pub adresse: String,
    pub ecrite_le: Timestamp,
    pub postee_le: Option<Timestamp>,
    pub essais: i64,
    pub empreinte: Vec<u8>,
}

impl Etat {
    /// As the rules tell them apart.
    pub fn issue(&self) -> Issue {
        match self {
            Self::EnAttente => Issue::EnAttente,
            Self::Acceptee => Issue::Acceptee,
            _ => Issue::Close,
        }
    }
}

impl Demande {
    pub fn tranchee(&self) -> bool {
        self.etat != Etat::EnAttente
    }

    /// Its place among those that wait.
    pub fn jalon(&self) -> Jalon {
        Jalon::new(self.le, self.id)
    }

    /// Its place among those that were accepted.
    pub fn jalon_de_la_reponse(&self) -> Jalon {
        Jalon::new(self.tranchee_le.unwrap_or(self.le), self.id)
    }
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    pole: Uuid,
    nom_du_pole: String,
    region: Option<String>,
    par: Uuid,
    nom: String,
    courriel: String,
    fonction: String,
    preuve: String,
    le: i64,
    adresse: Option<String>,
    empreinte: Option<Vec<u8>>,
    ecrite_le: Option<i64>,
    postee_le: Option<i64>,
    essais: i64,
    issue: Option<String>,
    motif: Option<String>,
    tranchee_le: Option<i64>,
    premiere: Option<bool>,
    reprise_le: Option<i64>,
    reprise_motif: Option<String>,
}

impl TryFrom<Ligne> for Demande {
    type Error = Panne;

    fn try_from(l: Ligne) -> Result<Self, Panne> {
        let lettre = match (l.adresse, l.ecrite_le, l.empreinte) {
            (Some(adresse), Some(ecrite_le), Some(empreinte)) => Some(Lettre {
                adresse,
                ecrite_le: instant(ecrite_le)?,
                postee_le: l.postee_le.map(instant).transpose()?,
                essais: l.essais,
                empreinte,
            }),
            _ => None,
        };
        let motif = l.motif.unwrap_or_default();
        let etat = match (l.issue.as_deref(), l.reprise_le) {
            (None, _) => Etat::EnAttente,
            (Some("acceptee"), None) => Etat::Acceptee,
            (Some("acceptee"), Some(_)) => Etat::Reprise {
                motif: l.reprise_motif.unwrap_or_default(),
            },
            (Some("refusee"), _) => Etat::Refusee { motif },
            (Some("retiree"), _) => Etat::Retiree,
            (Some(autre), _) => return Err(Panne::Ligne(format!("claim: {autre}"))),
        };
        Ok(Self {
            preuve: Preuve::par_code(&l.preuve)
                .ok_or_else(|| Panne::Ligne(format!("claim: {}", l.preuve)))?,
            region: l.region.as_deref().and_then(Region::par_code),
            le: instant(l.le)?,
            tranchee_le: l.tranchee_le.map(instant).transpose()?,
            premiere: l.premiere == Some(true),
            id: l.id,
            pole: l.pole,
            nom_du_pole: l.nom_du_pole,
            par: l.par,
            nom: l.nom,
            courriel: l.courriel,
            fonction: l.fonction,
            lettre,
            etat,
        })
    }
}

fn instant(ms: i64) -> Result<Timestamp, Panne> {
    Timestamp::from_millisecond(ms).map_err(|e| Panne::Ligne(e.to_string()))
}

fn lues(lignes: Vec<Ligne>) -> Result<Vec<Demande>, Panne> {
    lignes.into_iter().map(Demande::try_from).collect()
}

/// A claim by its identifier.
pub async fn find(base: &mut Lecture, id: Uuid) -> Result<Demande, Panne> {
    let ligne: Option<Ligne> = base
        .fetch_optional(
            "SELECT * FROM revendications_lues WHERE id = $1",
            &valeurs![id],
        )
        .await?;
    ligne.ok_or(Panne::Introuvable)?.try_into()
}

/// Whose claims somebody reads: those of the poles they answer for, but their
/// own.
pub struct Lecteur<'a> {
    pub portee: &'a Portee,
    pub compte: Uuid,
}

/// The claims that wait, the oldest first, away from that place.
pub async fn en_attente(
    base: &mut Lecture,
    lecteur: &Lecteur<'_>,
    (cote, au_plus): (&Cote<Jalon>, usize),
) -> Result<Vec<Demande>, Panne> {
    let enonce = enonce_en_attente(lecteur, cote, au_plus);
    lues(base.fetch_all(enonce.texte(), enonce.valeurs()).await?)
}

fn enonce_en_attente(lecteur: &Lecteur<'_>, cote: &Cote<Jalon>, au_plus: usize) -> Enonce {
    let mut enonce = Enonce::new(" SELECT p.* FROM revendications_lues p WHERE p.issue IS NULL");
    enonce.suite(" AND p.par <> ?", valeurs![lecteur.compte]);
    lecteur.portee.restreindre(&mut enonce);
    let Jalon { le, id } = cote.map_or(Jalon::DEBUT, |(jalon, _)| jalon);
    enonce
        .suite(
            match cote {
                Some((_, Vers::Avant)) => {
                    " AND (p.le, p.id) < (?, ?) ORDER BY p.le DESC, p.id DESC"
                }
                _ => " AND (p.le, p.id) > (?, ?) ORDER BY p.le, p.id",
            },
            valeurs![le, id],
        )
        .au_plus(au_plus);
    enonce
}

/// The claims that made somebody answer for a pole, the latest first, away from
/// that place.
pub async fn acceptees(
    base: &mut Lecture,
    lecteur: &Lecteur<'_>,
    (cote, au_plus): (&Cote<Jalon>, usize),
) -> Result<Vec<Demande>, Panne> {
    let enonce = enonce_acceptees(lecteur, cote, au_plus);
    lues(base.fetch_all(enonce.texte(), enonce.valeurs()).await?)
}

fn enonce_acceptees(lecteur: &Lecteur<'_>, cote: &Cote<Jalon>, au_plus: usize) -> Enonce {
    let mut enonce = Enonce::new(
        " SELECT p.* FROM revendications_lues p WHERE p.issue = 'acceptee' AND p.reprise_le IS NULL",
    );
    enonce.suite(" AND p.par <> ?", valeurs![lecteur.compte]);
    lecteur.portee.restreindre(&mut enonce);
    let Jalon { le, id } = cote.map_or(Jalon::FIN, |(jalon, _)| jalon);
    enonce
        .suite(
            match cote {
                Some((_, Vers::Avant)) => {
                    " AND (p.tranchee_le, p.id) > (?, ?) ORDER BY p.tranchee_le, p.id"
                }
                _ => " AND (p.tranchee_le, p.id) < (?, ?) ORDER BY p.tranchee_le DESC, p.id DESC",
            },
            valeurs![le, id],
        )
        .au_plus(au_plus);
    enonce
}

/// The statements of this file that are put together, for a test to prepare.
pub fn enonces() -> Vec<Enonce> {
    let portees = Portee::essais().into_iter();
    let deux = |portee: Portee| {
        let lecteur = Lecteur {
            portee: &portee,
            compte: Uuid::nil(),
        };
        let avant = Some((Jalon::FIN, Vers::Avant));
        [
            enonce_en_attente(&lecteur, &None, 1),
            enonce_en_attente(&lecteur, &avant, 1),
            enonce_acceptees(&lecteur, &None, 1),
            enonce_acceptees(&lecteur, &avant, 1),
        ]
    };
    portees.flat_map(deux).collect()
}

/// What this person claimed, the latest first.
pub async fn miennes(base: &mut Lecture, par: Uuid) -> Result<Vec<Demande>, Panne> {
    lues(
        base.fetch_all(
            "SELECT * FROM revendications_lues WHERE par = $1 ORDER BY le DESC, id DESC LIMIT 50",
            &valeurs![par],
        )
        .await?,
    )
}

/// Who else answers for this pole by a claim of their own.
pub async fn autres_acceptees(
    base: &mut Lecture,
    pole: Uuid,
    sauf: Uuid,
) -> Result<Vec<Uuid>, Panne> {
    let lignes: Vec<(Uuid,)> = base
        .fetch_all(
            "SELECT par FROM revendications
             WHERE pole = $1 AND id <> $2 AND issue = 'acceptee' AND reprise_le IS NULL",
            &valeurs![pole, sauf],
        )
        .await?;
    Ok(lignes.into_iter().map(|(par,)| par).collect())
}

/// Whether the site of the record stands there because this person proposed it.
pub async fn a_indique_le_site(
    base: &mut Lecture,
    pole: Uuid,
    personne: Uuid,
) -> Result<bool, Panne> {
    let derniere: Option<(Option<Uuid>,)> = base
        .fetch_optional(
            "SELECT c.par FROM modifications m LEFT JOIN corrections c ON c.id = m.correction
             WHERE m.pole = $1 AND m.information = 'site' ORDER BY m.le DESC, m.id DESC LIMIT 1",
            &valeurs![pole],
        )
        .await?;
    Ok(derniere.is_some_and(|(par,)| par == Some(personne)))
}

pub async fn record(
    tx: &mut Tx,
    pole: Uuid,
    revendication: &Revendication,
    par: Uuid,
    le: Timestamp,
) -> Result<Uuid, Panne> {
    let id = alea::id();
    tx.execute(
        "INSERT INTO revendications (id, pole, par, fonction, preuve, le, essais)
         VALUES ($1, $2, $3, $4, $5, $6, 0)",
        &valeurs![
            id,
            pole,
            par,
            &revendication.fonction,
            revendication.preuve.code(),
            le
        ],
    )
    .await?;
    Ok(id)
}

/// A letter, new or again: the code before it is worth nothing any more.
pub async fn record_lettre(
    tx: &mut Tx,
    id: Uuid,
    adresse: &str,
    empreinte: [u8; 32],
    le: Timestamp,
) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE revendications SET adresse = $2, empreinte = $3, ecrite_le = $4,
                postee_le = NULL, essais = 0
         WHERE id = $1",
        &valeurs![id, adresse, empreinte, le],
    )
    .await
}

pub async fn record_envoi(tx: &mut Tx, id: Uuid, le: Timestamp) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE revendications SET postee_le = $2 WHERE id = $1",
        &valeurs![id, le],
    )
    .await
}

/// One more wrong code.
pub async fn record_essai(tx: &mut Tx, id: Uuid) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE revendications SET essais = essais + 1 WHERE id = $1",
        &valeurs![id],
    )
    .await
}

pub async fn record_reponse(
    tx: &mut Tx,
    id: Uuid,
    (reponse, premiere): (&Reponse, bool),
    par: Uuid,
    le: Timestamp,
) -> Result<(), Panne> {
    let (issue, motif) = match reponse {
        Reponse::Acceptee => ("acceptee", None),
        Reponse::Refusee { motif } => ("refusee", Some(motif.as_str())),
    };
    tx.execute_one(
        "UPDATE revendications SET issue = $2, motif = $3, premiere = $4, tranchee_le = $5,
                tranchee_par = $6
         WHERE id = $1",
        &valeurs![id, issue, motif, premiere, le, par],
    )
    .await
}

/// The person takes it back before any answer.
pub async fn record_retrait(tx: &mut Tx, id: Uuid, par: Uuid, le: Timestamp) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE revendications SET issue = 'retiree', tranchee_le = $2, tranchee_par = $3
         WHERE id = $1",
        &valeurs![id, le, par],
    )
    .await
}

/// What it gave is taken back.
pub async fn record_reprise(
    tx: &mut Tx,
    id: Uuid,
    motif: &str,
    par: Uuid,
    le: Timestamp,
) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE revendications SET reprise_le = $2, reprise_motif = $3, reprise_par = $4
         WHERE id = $1",
        &valeurs![id, le, motif, par],
    )
    .await
}
