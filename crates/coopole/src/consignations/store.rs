//! Consignations and attestations, as the base keeps them.

use jiff::{Timestamp, civil::Date};
use metier::{
    campagnes::Genre,
    commun::temps,
    poles::{
        Moment,
        consignation::{Anterieur, Connu, Deja},
    },
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use crate::{
    poles::{self, Jalon, Retenu},
    socle::{
        alea,
        db::{Enonce, Lecture, Tx, Valeur},
        erreurs::Panne,
        feuilles::{Cote, Vers},
    },
    valeurs,
};

/// How many of them a page shows.
pub const PAR_PAGE: usize = 50;

fn instant(ms: i64) -> Result<Timestamp, Panne> {
    Timestamp::from_millisecond(ms).map_err(|e| Panne::Ligne(e.to_string()))
}

fn jour(ms: i64) -> Result<Date, Panne> {
    instant(ms).map(temps::jour_de)
}

/// A pole that a line may name, under the key by which it was looked for.
#[derive(Debug, Clone, FromRow)]
pub struct Candidat {
    pub id: Uuid,
    pub nom: String,
    pub invente: bool,
    pub cle: String,
}

/// The poles of these identifiers, these SIRET and these names, folded.
pub async fn candidats(
    base: &mut Lecture,
    ids: &[Valeur],
    sirets: &[Valeur],
    cles: &[Valeur],
) -> Result<Vec<Candidat>, Panne> {
    let mut trouves: Vec<Candidat> = base
        .fetch_parmi(
            "SELECT p.id, p.nom, p.invente, p.cle_tri AS cle FROM poles p
             WHERE p.fusionne_dans IS NULL AND p.cle_tri IN ($1)",
            cles,
        )
        .await?;
    trouves.append(
        &mut base
            .fetch_parmi(
                "SELECT p.id, p.nom, p.invente, s.siret AS cle
                 FROM poles p JOIN structures s ON s.id = p.porteuse
                 WHERE p.fusionne_dans IS NULL AND s.siret IN ($1)",
                sirets,
            )
            .await?,
    );
    let par_id: Vec<Candidat> = base
        .fetch_parmi(
            "SELECT p.id, p.nom, p.invente, p.nom AS cle FROM poles p
             WHERE p.fusionne_dans IS NULL AND p.id IN ($1)",
            ids,
        )
        .await?;
    trouves.extend(par_id.into_iter().map(|candidat| Candidat {
        cle: candidat.id.to_string(),
        ..candidat
    }));
    Ok(trouves)
}

/// What the register says of that version, or of that call, for this pole.
pub async fn deja(
    base: &mut Lecture,
    genre: Anterieur,
    pole: Uuid,
    objet: &str,
) -> Result<Deja, Panne> {
    let valeurs = valeurs![pole, objet];
    match genre {
        Anterieur::Signature => {
            let ligne: Option<(i64,)> = base
                .fetch_optional(
                    "SELECT signee_le FROM signatures_charte
                     WHERE pole = $1 AND version = $2 AND retiree_le IS NULL",
                    &valeurs,
                )
                .await?;
            Ok(match ligne {
                Some((ms,)) => Deja::Quand(Moment::Jour(jour(ms)?)),
                None => Deja::Rien,
            })
        }
        Anterieur::Laureat => match laureat(base, pole, objet).await? {
            None => Ok(Deja::Rien),
            Some(laureat) => laureat.deja(),
        },
    }
}

/// A call won, as it stands.
#[derive(Debug, FromRow)]
struct Laureat {
    id: Uuid,
    le: Option<i64>,
    annee_du: Option<i64>,
    annee_au: Option<i64>,
}

impl Laureat {
    fn deja(&self) -> Result<Deja, Panne> {
        Ok(match (self.le, self.annee_du) {
            (Some(le), _) => Deja::Quand(Moment::Jour(jour(le)?)),
            (None, Some(du)) => Deja::Quand(Moment::Annee(jour(du)?.year())),
            (None, None) => Deja::SansDate,
        })
    }
}

async fn laureat(base: &mut Lecture, pole: Uuid, campagne: &str) -> Result<Option<Laureat>, Panne> {
    base.fetch_optional(
        "SELECT id, le, annee_du, annee_au FROM laureats WHERE pole = $1 AND campagne = $2",
        &valeurs![pole, campagne],
    )
    .await
}

/// What is consigned, by whom and from what source.
pub struct AConsigner<'a> {
    /// What is written at once.
    pub liste: Uuid,
    pub connu: &'a Connu,
    pub quand: Moment,
    /// The code of the version, or of the call and its kind.
    pub objet: &'a str,
    pub source: &'a str,
    pub par: Uuid,
    pub le: Timestamp,
}

/// A signature of that day, without a proof.
pub async fn record_signature(tx: &mut Tx, a: &AConsigner<'_>) -> Result<Uuid, Panne> {
    let Moment::Jour(jour) = a.quand else {
        return Err(Panne::Programme("a signature is consigned with its day"));
    };
    let ligne = alea::id();
    tx.execute(
        "INSERT INTO signatures_charte (id, pole, version, signee_le) VALUES ($1, $2, $3, $4)",
        &valeurs![ligne, a.connu.pole, a.objet, temps::debut_de_jour(jour)],
    )
    .await?;
    record(tx, a, (Anterieur::Signature, ligne), None).await
}

/// A call won, or the date of one that had none.
pub async fn record_laureat(tx: &mut Tx, a: &AConsigner<'_>, genre: Genre) -> Result<Uuid, Panne> {
    let avant = laureat(tx, a.connu.pole, a.objet).await?;
    let quand = match a.quand {
        Moment::Jour(jour) => Retenu::Le(temps::debut_de_jour(jour)),
        Moment::Annee(annee) => Retenu::En(annee),
    };
    poles::record_laureat(tx, a.connu.pole, a.objet, genre, quand).await?;
    let ecrit = laureat(tx, a.connu.pole, a.objet)
        .await?
        .ok_or(Panne::Introuvable)?;
    record(tx, a, (Anterieur::Laureat, ecrit.id), avant.as_ref()).await
}

async fn record(
    tx: &mut Tx,
    a: &AConsigner<'_>,
    (genre, ligne): (Anterieur, Uuid),
    avant: Option<&Laureat>,
) -> Result<Uuid, Panne> {
    let id = alea::id();
    tx.execute(
        "INSERT INTO consignations
             (id, liste, genre, pole, ligne, objet, moment, source, existait, avant_du, avant_au, le, par)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        &valeurs![
            id,
            a.liste,
            genre.code(),
            a.connu.pole,
            ligne,
            a.objet,
            a.quand.to_string(),
            a.source,
            avant.is_some(),
            avant.and_then(|avant| avant.annee_du),
            avant.and_then(|avant| avant.annee_au),
            a.le,
            a.par
        ],
    )
    .await?;
    Ok(id)
}

/// What was consigned.
#[derive(Debug, Clone)]
pub struct Consignee {
    pub id: Uuid,
    /// What it was written with.
    pub liste: Uuid,
    /// How many of those lines stand, itself included.
    pub debout: u64,
    pub genre: Anterieur,
    pub pole: Uuid,
    pub nom: String,
    pub objet: String,
    pub quand: Moment,
    pub source: String,
    pub le: Timestamp,
    /// When it was undone, and why.
    pub annulee: Option<(Timestamp, String)>,
    ligne: Uuid,
    existait: bool,
    avant: [Option<i64>; 2],
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    liste: Uuid,
    debout: i64,
    genre: String,
    pole: Uuid,
    nom: String,
    ligne: Uuid,
    objet: String,
    moment: String,
    source: String,
    existait: bool,
    avant_du: Option<i64>,
    avant_au: Option<i64>,
    le: i64,
    annulee_le: Option<i64>,
    motif: Option<String>,
}

impl Consignee {
    pub fn jalon(&self) -> Jalon {
        Jalon::new(self.le, self.id)
    }
}

impl TryFrom<Ligne> for Consignee {
    type Error = Panne;

    fn try_from(l: Ligne) -> Result<Self, Panne> {
        let illisible = || Panne::Ligne(format!("consignation {}", l.id));
        Ok(Self {
            genre: Anterieur::par_code(&l.genre).ok_or_else(illisible)?,
            quand: l.moment.parse().map_err(|()| illisible())?,
            annulee: match (l.annulee_le, l.motif) {
                (Some(le), Some(motif)) => Some((instant(le)?, motif)),
                _ => None,
            },
            id: l.id,
            liste: l.liste,
            debout: l.debout.unsigned_abs(),
            pole: l.pole,
            nom: l.nom,
            objet: l.objet,
            source: l.source,
            le: instant(l.le)?,
            ligne: l.ligne,
            existait: l.existait,
            avant: [l.avant_du, l.avant_au],
        })
    }
}

const CONSIGNEES: &str =
    " SELECT c.id, c.liste, c.genre, c.pole, p.nom, c.ligne, c.objet, c.moment, c.source,
                                   c.existait, c.avant_du, c.avant_au, c.le, c.annulee_le, c.motif,
                                   (SELECT COUNT(*) FROM consignations d
                                    WHERE d.liste = c.liste AND d.annulee_le IS NULL) AS debout
                            FROM consignations c JOIN poles p ON p.id = c.pole WHERE c.genre = ?";

fn enonce(genre: Anterieur, cote: &Cote<Jalon>, au_plus: usize) -> Enonce {
    let Jalon { le, id } = cote.map_or(Jalon::FIN, |(jalon, _)| jalon);
    let mut enonce = Enonce::default();
    enonce
        .suite(CONSIGNEES, valeurs![genre.code()])
        .suite(
            match cote {
                Some((_, Vers::Avant)) => " AND (c.le, c.id) > (?, ?) ORDER BY c.le, c.id",
                _ => " AND (c.le, c.id) < (?, ?) ORDER BY c.le DESC, c.id DESC",
            },
            valeurs![le, id],
        )
        .au_plus(au_plus);
    enonce
}

fn enonce_de(genre: Anterieur, objet: Uuid) -> Enonce {
    let mut enonce = Enonce::default();
    enonce.suite(CONSIGNEES, valeurs![genre.code()]).suite(
        " AND (c.id = ? OR c.liste = ?) ORDER BY c.id",
        valeurs![objet, objet],
    );
    enonce
}

/// The statements of this file that are put together, for a test to prepare.
pub fn enonces() -> Vec<Enonce> {
    let cotes = [None, Some((Jalon::FIN, Vers::Avant))];
    let pages = cotes.map(|cote| enonce(Anterieur::Signature, &cote, 1));
    let une = enonce_de(Anterieur::Signature, Uuid::nil());
    pages.into_iter().chain([une]).collect()
}

/// What was consigned of that kind, those undone included: the latest first,
/// away from that place.
pub async fn lister(
    base: &mut Lecture,
    genre: Anterieur,
    (cote, au_plus): (&Cote<Jalon>, usize),
) -> Result<Vec<Consignee>, Panne> {
    let enonce = enonce(genre, cote, au_plus);
    let lignes: Vec<Ligne> = base.fetch_all(enonce.texte(), enonce.valeurs()).await?;
    lignes.into_iter().map(Consignee::try_from).collect()
}

/// The consignation of that identifier; or all those of that list, always in the
/// same order.
pub async fn consignees(
    base: &mut Lecture,
    genre: Anterieur,
    objet: Uuid,
) -> Result<Vec<Consignee>, Panne> {
    let enonce = enonce_de(genre, objet);
    let lignes: Vec<Ligne> = base.fetch_all(enonce.texte(), enonce.valeurs()).await?;
    lignes.into_iter().map(Consignee::try_from).collect()
}

/// Takes it: it is undone once.
pub async fn prendre(tx: &mut Tx, id: Uuid) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE consignations SET objet = objet WHERE id = $1",
        &valeurs![id],
    )
    .await
}

/// Whether what it wrote stands as it wrote it.
pub async fn intacte(base: &mut Lecture, fait: &Consignee) -> Result<bool, Panne> {
    let combien = match fait.genre {
        // One that another doubles, since a merge, is as it was written.
        Anterieur::Signature => {
            base.compter(
                "SELECT COUNT(*) FROM (
                     SELECT id FROM signatures_charte WHERE id = $1 AND retiree_le IS NULL
                     UNION ALL SELECT id FROM signatures_doublees WHERE id = $1) AS siennes",
                &valeurs![fait.ligne],
            )
            .await?
        }
        // Made precise since, by another that comes after.
        Anterieur::Laureat => {
            1 - base
                .compter(
                    "SELECT COUNT(*) FROM consignations
                     WHERE ligne = $1 AND id > $2 AND annulee_le IS NULL",
                    &valeurs![fait.ligne, fait.id],
                )
                .await?
                .min(1)
        }
    };
    Ok(combien == 1)
}

/// Puts back what was before; what was consigned stays written here.
pub async fn record_annulation(
    tx: &mut Tx,
    fait: &Consignee,
    motif: &str,
    par: Uuid,
    le: Timestamp,
) -> Result<(), Panne> {
    match (fait.genre, fait.existait) {
        (Anterieur::Signature, _) => poles::fusions::delete_signature(tx, fait.ligne).await?,
        (Anterieur::Laureat, false) => {
            tx.execute_one("DELETE FROM laureats WHERE id = $1", &valeurs![fait.ligne])
                .await?;
        }
        (Anterieur::Laureat, true) => {
            let [du, au] = fait.avant;
            tx.execute_one(
                "UPDATE laureats SET le = NULL, annee_du = $2, annee_au = $3 WHERE id = $1",
                &valeurs![fait.ligne, du, au],
            )
            .await?;
        }
    }
    tx.execute_one(
        "UPDATE consignations SET annulee_le = $2, annulee_par = $3, motif = $4 WHERE id = $1",
        &valeurs![fait.id, le, par, motif],
    )
    .await
}

/// That a list was whole on a day.
#[derive(Debug, Clone)]
pub struct Attestation {
    pub id: Uuid,
    pub liste: Anterieur,
    /// The day it speaks of.
    pub jour: Date,
    /// Of the invented world.
    pub inventee: bool,
    pub source: String,
    pub le: Timestamp,
    /// When it was undone, and why.
    pub annulee: Option<(Timestamp, String)>,
}

#[derive(FromRow)]
struct LigneAttestee {
    id: Uuid,
    liste: String,
    des: i64,
    inventee: bool,
    source: String,
    le: i64,
    annulee_le: Option<i64>,
    motif: Option<String>,
}

/// The attestations that stand of that world, the latest day first.
pub async fn valables(base: &mut Lecture, inventees: bool) -> Result<Vec<Attestation>, Panne> {
    let mut toutes = attestations(base).await?;
    toutes.retain(|a| a.annulee.is_none() && a.inventee == inventees);
    Ok(toutes)
}

/// The list of signatories of real poles that was said whole last.
pub async fn liste_des_signataires(base: &mut Lecture) -> Result<Option<Attestation>, Panne> {
    let mut valables = valables(base, false).await?.into_iter();
    Ok(valables.find(|a| a.liste == Anterieur::Signature))
}

/// Every attestation, the latest first, those undone included.
pub async fn attestations(base: &mut Lecture) -> Result<Vec<Attestation>, Panne> {
    let lignes: Vec<LigneAttestee> = base
        .fetch_all(
            "SELECT id, liste, des, inventee, source, le, annulee_le, motif FROM attestations
             ORDER BY des DESC, id DESC",
            &[],
        )
        .await?;
    let lues = lignes.into_iter().map(|l| {
        Ok(Attestation {
            id: l.id,
            liste: Anterieur::par_code(&l.liste)
                .ok_or_else(|| Panne::Ligne(format!("attestation of {}", l.liste)))?,
            jour: jour(l.des)?,
            inventee: l.inventee,
            source: l.source,
            le: instant(l.le)?,
            annulee: match (l.annulee_le, l.motif) {
                (Some(le), Some(motif)) => Some((instant(le)?, motif)),
                _ => None,
            },
        })
    });
    lues.collect()
}

/// That attestation, if it is one of that list.
pub async fn attestation(
    base: &mut Lecture,
    liste: Anterieur,
    id: Uuid,
) -> Result<Attestation, Panne> {
    let mut toutes = attestations(base).await?.into_iter();
    let la_sienne = toutes.find(|attestation| attestation.id == id && attestation.liste == liste);
    la_sienne.ok_or(Panne::Introuvable)
}

pub async fn record_attestation(
    tx: &mut Tx,
    liste: Anterieur,
    (jour, source): (Date, &str),
    inventee: bool,
    (par, le): (Uuid, Timestamp),
) -> Result<Uuid, Panne> {
    let id = alea::id();
    let des = temps::debut_de_jour(jour);
    tx.execute(
        "INSERT INTO attestations (id, liste, des, source, inventee, le, par)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &valeurs![id, liste.code(), des, source, inventee, le, par],
    )
    .await?;
    Ok(id)
}

/// Takes it: it is undone once.
pub async fn prendre_l_attestation(tx: &mut Tx, id: Uuid) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE attestations SET liste = liste WHERE id = $1",
        &valeurs![id],
    )
    .await
}

pub async fn record_annulation_de_l_attestation(
    tx: &mut Tx,
    id: Uuid,
    motif: &str,
    par: Uuid,
    le: Timestamp,
) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE attestations SET annulee_le = $2, annulee_par = $3, motif = $4 WHERE id = $1",
        &valeurs![id, le, par, motif],
    )
    .await
}

/// How many poles of that world are on the list, and of how many it is not known.
pub async fn compter(
    base: &mut Lecture,
    liste: Anterieur,
    inventes: bool,
) -> Result<(u64, u64), Panne> {
    let [sur, inconnus] = match liste {
        Anterieur::Signature => [
            "SELECT COUNT(*) FROM poles p WHERE p.invente = $1 AND p.fusionne_dans IS NULL AND EXISTS
                 (SELECT 1 FROM signatures_charte s WHERE s.pole = p.id AND s.retiree_le IS NULL)",
            "SELECT COUNT(*) FROM poles p WHERE p.invente = $1 AND p.fusionne_dans IS NULL
                 AND NOT EXISTS (SELECT 1 FROM signatures_connues k WHERE k.pole = p.id)",
        ],
        Anterieur::Laureat => [
            "SELECT COUNT(*) FROM poles p WHERE p.invente = $1 AND p.fusionne_dans IS NULL AND EXISTS
                 (SELECT 1 FROM laureats l WHERE l.pole = p.id AND l.genre = 'accompagnement')",
            "SELECT COUNT(*) FROM poles p WHERE p.invente = $1 AND p.fusionne_dans IS NULL
                 AND NOT EXISTS (SELECT 1 FROM accompagnements_connus k WHERE k.pole = p.id)",
        ],
    };
    let sur = base.compter(sur, &valeurs![inventes]).await?;
    let inconnus = base.compter(inconnus, &valeurs![inventes]).await?;
    Ok((sur.unsigned_abs(), inconnus.unsigned_abs()))
}
