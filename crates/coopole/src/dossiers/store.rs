//! Dossiers as they are kept.

mod contenu;
mod depot;

pub use contenu::{
    contenu, find_piece, lignes, membres, record_lignes, record_membres, record_piece,
    record_reponse, remplacer_piece, reponses,
};
pub use depot::{
    LigneDepot, Trace, find_depot, find_depot_par_code, historique, record_depot, record_retrait,
};

use jiff::Timestamp;
use metier::{
    commun::Region,
    dossiers::{Ouverture, PorteuseConnue},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use crate::{
    campagnes::Campagne,
    socle::{
        alea,
        db::{Lecture, Tx},
        droits::{Droit, Perimetre, Personne},
        erreurs::Panne,
    },
    valeurs,
};

/// A dossier with the names a page shows.
#[derive(Debug, Clone)]
pub struct Dossier {
    pub id: Uuid,
    pub numero: String,
    /// Code of its call.
    pub campagne: String,
    pub pole: Uuid,
    pub nom_du_pole: String,
    pub structure: Uuid,
    pub nom_de_la_structure: String,
    /// Region of the carrying structure: the one whose cell is competent.
    pub region: Region,
    pub ouvert_le: Timestamp,
    pub modifie_le: Timestamp,
    pub depose_le: Option<Timestamp>,
    pub retire_le: Option<Timestamp>,
}

impl Dossier {
    /// Where a right on this dossier is held by a pole team.
    pub fn perimetre(&self) -> Perimetre {
        Perimetre::Pole(self.pole)
    }
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    numero: String,
    campagne: String,
    pole: Uuid,
    nom_du_pole: String,
    structure: Uuid,
    nom_de_la_structure: String,
    region: String,
    ouvert_le: i64,
    modifie_le: i64,
    depose_le: Option<i64>,
    retire_le: Option<i64>,
}

impl TryFrom<Ligne> for Dossier {
    type Error = Panne;

    fn try_from(l: Ligne) -> Result<Self, Panne> {
        Ok(Self {
            id: l.id,
            numero: l.numero,
            campagne: l.campagne,
            pole: l.pole,
            nom_du_pole: l.nom_du_pole,
            structure: l.structure,
            nom_de_la_structure: l.nom_de_la_structure,
            region: Region::par_code(&l.region)
                .ok_or_else(|| Panne::Ligne(format!("region {}", l.region)))?,
            ouvert_le: instant(l.ouvert_le)?,
            modifie_le: instant(l.modifie_le)?,
            depose_le: l.depose_le.map(instant).transpose()?,
            retire_le: l.retire_le.map(instant).transpose()?,
        })
    }
}

/// The dossier, whoever asks: the caller checks its own right on it. A draft
/// follows the record of its pole, structure and region; filing stops them.
pub async fn find(base: &mut Lecture, id: Uuid) -> Result<Dossier, Panne> {
    let ligne: Ligne = base
        .fetch_one(
            "SELECT d.id, d.numero, d.campagne, d.pole, p.nom AS nom_du_pole, s.id AS structure,
                    s.nom AS nom_de_la_structure,
                    CASE WHEN d.depose_le IS NULL AND d.retire_le IS NULL
                         THEN COALESCE(s.region, d.region) ELSE d.region END AS region,
                    d.ouvert_le, d.modifie_le, d.depose_le, d.retire_le
             FROM dossiers d
             JOIN poles p ON p.id = d.pole
             JOIN structures s
               ON s.id = CASE WHEN d.depose_le IS NULL AND d.retire_le IS NULL
                              THEN COALESCE(p.porteuse, d.structure) ELSE d.structure END
             WHERE d.id = $1",
            &valeurs![id],
        )
        .await?;
    ligne.try_into()
}

/// The dossier as somebody of its pole's team sees it; for anyone else it does
/// not exist.
pub async fn find_pour(
    base: &mut Lecture,
    id: Uuid,
    personne: &Personne,
    droit: Droit,
) -> Result<Dossier, Panne> {
    let dossier = find(base, id).await?;
    personne.exiger(droit, dossier.perimetre())?;
    Ok(dossier)
}

/// The dossiers of the poles this person works for, the latest first.
pub async fn de_la_personne(
    base: &mut Lecture,
    personne: &Personne,
) -> Result<Vec<Dossier>, Panne> {
    let mut dossiers = Vec::new();
    for lieu in personne.perimetres(Droit::LireDossier) {
        let Perimetre::Pole(pole) = lieu else {
            continue;
        };
        let lignes: Vec<Ligne> = base
            .fetch_all(
                "SELECT d.id, d.numero, d.campagne, d.pole, p.nom AS nom_du_pole, d.structure,
                        s.nom AS nom_de_la_structure, d.region, d.ouvert_le, d.modifie_le,
                        d.depose_le, d.retire_le
                 FROM dossiers d
                 JOIN poles p ON p.id = d.pole
                 JOIN structures s ON s.id = d.structure
                 WHERE d.pole = $1 ORDER BY d.ouvert_le DESC, d.id",
                &valeurs![pole],
            )
            .await?;
        for ligne in lignes {
            dossiers.push(Dossier::try_from(ligne)?);
        }
    }
    Ok(dossiers)
}

/// The dossier this pole already has on that call, if any.
pub async fn find_du_pole(
    base: &mut Lecture,
    campagne: &str,
    pole: Uuid,
) -> Result<Option<Uuid>, Panne> {
    let ligne: Option<(Uuid,)> = base
        .fetch_optional(
            "SELECT id FROM dossiers WHERE campagne = $1 AND pole = $2 AND retire_le IS NULL",
            &valeurs![campagne, pole],
        )
        .await?;
    Ok(ligne.map(|(id,)| id))
}

/// Takes the dossier for the length of the transaction: every act does so
/// first, so that on both bases two acts on one dossier follow each other.
pub async fn prendre(tx: &mut Tx, id: Uuid) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE dossiers SET prises = prises + 1 WHERE id = $1",
        &valeurs![id],
    )
    .await
}

/// Takes the draft for the length of the transaction, and dates the change.
/// `false`: it is filed or taken back, and is written no more.
pub async fn prendre_brouillon(tx: &mut Tx, id: Uuid, le: Timestamp) -> Result<bool, Panne> {
    let pris = tx
        .execute(
            "UPDATE dossiers SET prises = prises + 1, modifie_le = $2
             WHERE id = $1 AND depose_le IS NULL AND retire_le IS NULL",
            &valeurs![id, le],
        )
        .await?;
    Ok(pris > 0)
}

/// The other dossiers of this pole, not taken back: the kind of their call,
/// and their filing.
pub async fn dossiers_lies(
    base: &mut Lecture,
    dossier: &Dossier,
) -> Result<Vec<(String, Option<Timestamp>)>, Panne> {
    let lignes: Vec<(String, Option<i64>)> = base
        .fetch_all(
            "SELECT genre, depose_le FROM dossiers
             WHERE pole = $1 AND id <> $2 AND retire_le IS NULL ORDER BY ouvert_le, id",
            &valeurs![dossier.pole, dossier.id],
        )
        .await?;
    lignes
        .into_iter()
        .map(|(genre, depose_le)| Ok((genre, depose_le.map(instant).transpose()?)))
        .collect()
}

/// Who answers for this pole at that instant, by name.
pub async fn responsables(
    base: &mut Lecture,
    pole: Uuid,
    le: Timestamp,
) -> Result<Vec<String>, Panne> {
    let noms: Vec<(String,)> = base
        .fetch_all(
            "SELECT c.nom FROM habilitations h JOIN comptes c ON c.id = h.compte
             WHERE h.pole = $1 AND h.qualite = 'responsable'
               AND h.du <= $2 AND (h.au IS NULL OR h.au > $2)
             ORDER BY c.id LIMIT 5",
            &valeurs![pole, le],
        )
        .await?;
    Ok(noms.into_iter().map(|(nom,)| nom).collect())
}

/// The name of an account.
pub async fn nom_du_compte(base: &mut Lecture, compte: Uuid) -> Result<String, Panne> {
    let (nom,): (String,) = base
        .fetch_one("SELECT nom FROM comptes WHERE id = $1", &valeurs![compte])
        .await?;
    Ok(nom)
}

/// Whether the record of the pole says who carries it, and in which region.
pub async fn porteuse_connue(base: &mut Lecture, pole: Uuid) -> Result<PorteuseConnue, Panne> {
    let ligne: Option<(Option<String>,)> = base
        .fetch_optional(
            "SELECT s.region FROM poles p JOIN structures s ON s.id = p.porteuse WHERE p.id = $1",
            &valeurs![pole],
        )
        .await?;
    Ok(match ligne {
        None => PorteuseConnue::Non,
        Some((None,)) => PorteuseConnue::SansRegion,
        Some((Some(_),)) => PorteuseConnue::Oui,
    })
}

/// Records the opening of a draft, bound to a version of its call.
pub async fn record_ouverture(
    tx: &mut Tx,
    ouverture: &Ouverture,
    campagne: &Campagne,
) -> Result<Uuid, Panne> {
    let id = alea::id();
    let numero = numero_suivant(tx, campagne.millesime).await?;
    tx.execute_one(
        "INSERT INTO dossiers (id, numero, campagne, version, genre, pole, structure, region,
                               ouvert_le, ouvert_par, modifie_le, prises)
         SELECT $1, $2, $3, $4, $8, p.id, s.id, s.region, $5, $6, $5, 0
         FROM poles p JOIN structures s ON s.id = p.porteuse
         WHERE p.id = $7",
        &valeurs![
            id,
            numero,
            &ouverture.campagne,
            campagne.version,
            ouverture.le,
            ouverture.par,
            ouverture.pole,
            campagne.identite.genre.code()
        ],
    )
    .await?;
    Ok(id)
}

/// « 2024-0137 »: given at the opening, so that filing takes no shared counter.
async fn numero_suivant(tx: &mut Tx, millesime: i32) -> Result<String, Panne> {
    let (dernier,): (i64,) = tx
        .fetch_one(
            "INSERT INTO numeros (millesime, dernier) VALUES ($1, 1)
             ON CONFLICT (millesime) DO UPDATE SET dernier = numeros.dernier + 1
             RETURNING dernier",
            &valeurs![millesime],
        )
        .await?;
    Ok(format!("{millesime}-{dernier:04}"))
}

/// An instant as the base keeps it.
pub(super) fn instant(ms: i64) -> Result<Timestamp, Panne> {
    Timestamp::from_millisecond(ms).map_err(|_| Panne::Ligne(format!("instant {ms}")))
}
