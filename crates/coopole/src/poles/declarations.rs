//! The poles that declared themselves, as the base keeps them. People are named
//! here: only those who answer for the region, and the person themselves, read
//! them.

use jiff::Timestamp;
use metier::{
    commun::Region,
    poles::{
        declaration::Declaration,
        doublon::{self, Candidat, Indice},
        revendication::Reponse,
    },
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{Jalon, Portee, cle_de_tri, fusions::Comparee};
use crate::{
    socle::{
        alea, communes,
        db::{Enonce, Lecture, Tx},
        erreurs::Panne,
        feuilles::{Cote, Vers},
    },
    valeurs,
};

/// Where a declaration stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issue {
    EnAttente,
    /// It is that record now.
    Acceptee(Option<Uuid>),
    Refusee {
        motif: String,
    },
    Retiree,
}

/// A declaration, and whose it is.
#[derive(Debug, Clone)]
pub struct Declaree {
    pub id: Uuid,
    pub declaration: Declaration,
    pub region: Option<Region>,
    /// The account that declares, its name and its address.
    pub par: Uuid,
    pub auteur: String,
    pub courriel: String,
    pub le: Timestamp,
    pub issue: Issue,
}

impl Declaree {
    pub fn tranchee(&self) -> bool {
        self.issue != Issue::EnAttente
    }

    /// Its place among those that wait.
    pub fn jalon(&self) -> Jalon {
        Jalon::new(self.le, self.id)
    }
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    par: Uuid,
    auteur: String,
    courriel: String,
    nom: String,
    commune: String,
    region: Option<String>,
    porteuse: Option<String>,
    presentation: Option<String>,
    site: Option<String>,
    fonction: String,
    le: i64,
    issue: Option<String>,
    motif: Option<String>,
    pole: Option<Uuid>,
}

impl TryFrom<Ligne> for Declaree {
    type Error = Panne;

    fn try_from(l: Ligne) -> Result<Self, Panne> {
        let issue = match l.issue.as_deref() {
            None => Issue::EnAttente,
            Some("acceptee") => Issue::Acceptee(l.pole),
            Some("refusee") => Issue::Refusee {
                motif: l.motif.unwrap_or_default(),
            },
            Some("retiree") => Issue::Retiree,
            Some(autre) => return Err(Panne::Ligne(format!("declaration: {autre}"))),
        };
        Ok(Self {
            id: l.id,
            declaration: Declaration {
                nom: l.nom,
                commune: l.commune,
                porteuse: l.porteuse,
                presentation: l.presentation,
                site: l.site,
                fonction: l.fonction,
            },
            region: l.region.as_deref().and_then(Region::par_code),
            par: l.par,
            auteur: l.auteur,
            courriel: l.courriel,
            le: Timestamp::from_millisecond(l.le).map_err(|e| Panne::Ligne(e.to_string()))?,
            issue,
        })
    }
}

fn lues(lignes: Vec<Ligne>) -> Result<Vec<Declaree>, Panne> {
    lignes.into_iter().map(Declaree::try_from).collect()
}

/// Takes a declaration for the length of the transaction.
pub async fn prendre(tx: &mut Tx, id: Uuid) -> Result<Declaree, Panne> {
    tx.execute(
        "UPDATE declarations SET nom = nom WHERE id = $1",
        &valeurs![id],
    )
    .await?;
    find(tx, id).await
}

pub async fn find(base: &mut Lecture, id: Uuid) -> Result<Declaree, Panne> {
    let ligne: Option<Ligne> = base
        .fetch_optional(
            "SELECT * FROM declarations_lues WHERE id = $1",
            &valeurs![id],
        )
        .await?;
    ligne.ok_or(Panne::Introuvable)?.try_into()
}

/// What this person declared, the latest first.
pub async fn miennes(base: &mut Lecture, par: Uuid) -> Result<Vec<Declaree>, Panne> {
    lues(
        base.fetch_all(
            "SELECT * FROM declarations_lues WHERE par = $1 ORDER BY le DESC, id DESC LIMIT 50",
            &valeurs![par],
        )
        .await?,
    )
}

/// The declarations that wait for the answer of whoever reads them, never their
/// own: the oldest first, away from that place.
pub async fn en_attente(
    base: &mut Lecture,
    (portee, compte): (&Portee, Uuid),
    (cote, au_plus): (&Cote<Jalon>, usize),
) -> Result<Vec<Declaree>, Panne> {
    let enonce = enonce_en_attente((portee, compte), cote, au_plus);
    lues(base.fetch_all(enonce.texte(), enonce.valeurs()).await?)
}

fn enonce_en_attente(
    (portee, compte): (&Portee, Uuid),
    cote: &Cote<Jalon>,
    au_plus: usize,
) -> Enonce {
    let mut enonce = Enonce::new(" SELECT p.* FROM declarations_lues p WHERE p.issue IS NULL");
    enonce.suite(" AND p.par <> ?", valeurs![compte]);
    portee.restreindre(&mut enonce);
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

/// The statements of this file that are put together, for a test to prepare.
pub fn enonces() -> Vec<Enonce> {
    let portees = Portee::essais().into_iter();
    portees
        .flat_map(|portee| {
            let cotes = [None, Some((Jalon::FIN, Vers::Avant))];
            cotes.map(|cote| enonce_en_attente((&portee, Uuid::nil()), &cote, 1))
        })
        .collect()
}

pub async fn record(
    tx: &mut Tx,
    declaration: &Declaration,
    par: Uuid,
    le: Timestamp,
) -> Result<Uuid, Panne> {
    let id = alea::id();
    let region = Region::par_commune(&declaration.commune);
    tx.execute(
        "INSERT INTO declarations (id, par, nom, commune, region, porteuse, presentation, site,
                                   fonction, le)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &valeurs![
            id,
            par,
            &declaration.nom,
            &declaration.commune,
            region.map(Region::code),
            declaration.porteuse.clone(),
            declaration.presentation.clone(),
            declaration.site.clone(),
            &declaration.fonction,
            le
        ],
    )
    .await?;
    Ok(id)
}

pub async fn record_reponse(
    tx: &mut Tx,
    id: Uuid,
    (reponse, pole): (&Reponse, Option<Uuid>),
    par: Uuid,
    le: Timestamp,
) -> Result<(), Panne> {
    let (issue, motif) = match reponse {
        Reponse::Acceptee => ("acceptee", None),
        Reponse::Refusee { motif } => ("refusee", Some(motif.as_str())),
    };
    tx.execute_one(
        "UPDATE declarations SET issue = $2, motif = $3, pole = $4, tranchee_le = $5, tranchee_par = $6
         WHERE id = $1",
        &valeurs![id, issue, motif, pole, le, par],
    )
    .await
}

/// The person takes it back before any answer.
pub async fn record_retrait(tx: &mut Tx, id: Uuid, par: Uuid, le: Timestamp) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE declarations SET issue = 'retiree', tranchee_le = $2, tranchee_par = $3
         WHERE id = $1",
        &valeurs![id, le, par],
    )
    .await
}

/// A record that looks like a pole that declares itself, and why.
#[derive(Debug, Clone)]
pub struct Semblable {
    pub fiche: Comparee,
    pub indices: Vec<Indice>,
}

/// The records that look like it, of its world: those of its region, of a region
/// that nobody knows, and of its legal person wherever they are.
pub async fn semblables(
    base: &mut Lecture,
    declaration: &Declaration,
    invente: bool,
) -> Result<Vec<Semblable>, Panne> {
    let porteuse = declaration.porteuse.as_deref();
    let porteuse: Option<metier::poles::Porteuse> = porteuse.and_then(|ligne| ligne.parse().ok());
    let siret = porteuse.and_then(|porteuse| porteuse.siret);
    let siren = siret.as_ref().map(|siret| siret.siren());
    let siren = siren.as_ref().map_or("", |siren| siren.as_str());
    let region = Region::par_commune(&declaration.commune);
    let fiches = super::fusions::proches(base, region, siren).await?;
    let commune = communes::par_code(&declaration.commune);
    let elle = Candidat {
        id: Uuid::nil(),
        cle: cle_de_tri(&declaration.nom),
        siret,
        commune: Some(declaration.commune.clone()),
        departement: commune.map(|commune| commune.departement().to_owned()),
        invente,
    };
    let mut candidats: Vec<Candidat> = fiches.iter().map(|f| f.candidat.clone()).collect();
    candidats.push(elle);
    let paires = doublon::paires(&candidats).into_iter();
    let siennes = paires.filter(|paire| paire.un.is_nil());
    let semblables = siennes.filter_map(|paire| {
        let fiche = fiches.iter().find(|f| f.candidat.id == paire.autre)?;
        Some(Semblable {
            fiche: fiche.clone(),
            indices: paire.indices,
        })
    });
    Ok(semblables.collect())
}
