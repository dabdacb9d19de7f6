//! The batches of reminders, who was written to, and who asked not to be.

use jiff::Timestamp;
use metier::{charte::Cible, commun::Region};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::instant;
use crate::{
    poles::Jalon,
    socle::{
        alea,
        db::{Enonce, Lecture, Tx},
        erreurs::Panne,
        feuilles::{Cote, Vers},
        session,
    },
    valeurs,
};

/// A batch as it is written down.
pub struct Lot<'a> {
    pub id: Uuid,
    pub cible: Cible,
    /// The version to sign.
    pub version: &'a str,
    pub region: Option<Region>,
    pub mot: &'a str,
    pub par: Uuid,
    pub le: Timestamp,
}

pub async fn record_lot(tx: &mut Tx, lot: &Lot<'_>) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO lots_de_relance (id, cible, version, region, mot, par, le)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &valeurs![
            lot.id,
            lot.cible.code(),
            lot.version,
            lot.region.map(Region::code),
            lot.mot,
            lot.par,
            lot.le
        ],
    )
    .await
    .map(drop)
}

/// The mail that was written for a pole, to whom, with the secret of its link.
pub async fn record_relance(
    tx: &mut Tx,
    lot: Uuid,
    pole: Uuid,
    (compte, courriel): (Uuid, Uuid),
    jeton: &str,
) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO relances (lot, pole, compte, courriel, empreinte) VALUES ($1, $2, $3, $4, $5)",
        &valeurs![lot, pole, compte, courriel, session::empreinte(jeton)],
    )
    .await
    .map(drop)
}

/// Whether this batch left already.
pub async fn est_partie(base: &mut Lecture, lot: Uuid) -> Result<bool, Panne> {
    let lots = base
        .compter(
            "SELECT COUNT(*) FROM lots_de_relance WHERE id = $1",
            &valeurs![lot],
        )
        .await?;
    Ok(lots > 0)
}

/// A batch as it is read.
#[derive(Debug, Clone)]
pub struct LotLu {
    pub id: Uuid,
    pub cible: Cible,
    /// Title of the version that was to be signed.
    pub titre: String,
    pub region: Option<Region>,
    pub mot: String,
    /// Who sent it.
    pub personne: String,
    pub le: Timestamp,
    /// How many poles were written to.
    pub poles: i64,
}

#[derive(FromRow)]
struct LigneLot {
    id: Uuid,
    cible: String,
    titre: String,
    region: Option<String>,
    mot: String,
    personne: String,
    le: i64,
    poles: i64,
}

impl TryFrom<LigneLot> for LotLu {
    type Error = Panne;

    fn try_from(l: LigneLot) -> Result<Self, Panne> {
        Ok(Self {
            id: l.id,
            cible: Cible::par_code(&l.cible)
                .ok_or_else(|| Panne::Ligne(format!("batch for {}", l.cible)))?,
            titre: l.titre,
            region: l.region.as_deref().and_then(Region::par_code),
            mot: l.mot,
            personne: l.personne,
            le: instant(l.le)?,
            poles: l.poles,
        })
    }
}

const LOT: &str = " SELECT l.id, l.cible, COALESCE(v.titre, l.version) AS titre, l.region, l.mot,
                            c.nom AS personne, l.le,
                            (SELECT COUNT(*) FROM relances r WHERE r.lot = l.id) AS poles
                     FROM lots_de_relance l
                     JOIN comptes c ON c.id = l.par
                     LEFT JOIN versions_charte v ON v.code = l.version";

fn enonce_des_lots(region: Option<Region>, cote: &Cote<Jalon>, combien: usize) -> Enonce {
    let mut enonce = Enonce::new(LOT);
    enonce.suite(" WHERE 1 = 1", []);
    if let Some(region) = region {
        enonce.suite(" AND l.region = ?", valeurs![region.code()]);
    }
    let Jalon { le, id } = cote.map_or(Jalon::FIN, |(jalon, _)| jalon);
    enonce
        .suite(
            match cote {
                Some((_, Vers::Avant)) => " AND (l.le, l.id) > (?, ?) ORDER BY l.le, l.id",
                _ => " AND (l.le, l.id) < (?, ?) ORDER BY l.le DESC, l.id DESC",
            },
            valeurs![le, id],
        )
        .au_plus(combien);
    enonce
}

/// The statements of this file that are put together, for a test to prepare.
pub fn enonces() -> Vec<Enonce> {
    let cotes = [None, Some((Jalon::FIN, Vers::Avant))];
    let bretagne = Region::par_code("53");
    cotes.map(|cote| enonce_des_lots(bretagne, &cote, 1)).into()
}

/// The batches of the region, of all when none is named: the latest first, away
/// from that place.
pub async fn lots(
    base: &mut Lecture,
    region: Option<Region>,
    (cote, combien): (&Cote<Jalon>, usize),
) -> Result<Vec<LotLu>, Panne> {
    let enonce = enonce_des_lots(region, cote, combien);
    let lignes: Vec<LigneLot> = base.fetch_all(enonce.texte(), enonce.valeurs()).await?;
    lignes.into_iter().map(LotLu::try_from).collect()
}

/// That batch.
pub async fn lot(base: &mut Lecture, id: Uuid) -> Result<LotLu, Panne> {
    let mut enonce = Enonce::new(LOT);
    enonce.suite(" WHERE l.id = ?", valeurs![id]);
    let ligne: Option<LigneLot> = base
        .fetch_optional(enonce.texte(), enonce.valeurs())
        .await?;
    ligne.ok_or(Panne::Introuvable)?.try_into()
}

/// Why a reminder that waited was not sent after all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retenue {
    /// Its reader asked for no more meanwhile.
    Opposition,
    /// The pole signed meanwhile.
    Signature,
}

impl Retenue {
    fn par_code(code: &str) -> Result<Self, Panne> {
        match code {
            "opposition" => Ok(Self::Opposition),
            "signature" => Ok(Self::Signature),
            _ => Err(Panne::Ligne(format!("a reminder held for {code}"))),
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Opposition => "opposition",
            Self::Signature => "signature",
        }
    }
}

/// Whether that mail is a reminder that should not leave any more, and why. A
/// pole merged since signs under the record that was kept.
pub async fn a_retenir(base: &mut Lecture, courriel: Uuid) -> Result<Option<Retenue>, Panne> {
    let ligne: Option<(bool, bool)> = base
        .fetch_optional(
            "SELECT EXISTS (SELECT 1 FROM oppositions_aux_relances o
                            WHERE o.compte = r.compte AND o.levee_le IS NULL) AS opposee,
                    EXISTS (SELECT 1 FROM signatures_charte s
                            WHERE s.pole = COALESCE(p.fusionne_dans, p.id)
                              AND s.retiree_le IS NULL AND s.signee_le >= l.le) AS signee
             FROM relances r
             JOIN lots_de_relance l ON l.id = r.lot
             JOIN poles p ON p.id = r.pole
             WHERE r.courriel = $1",
            &valeurs![courriel],
        )
        .await?;
    Ok(match ligne {
        Some((true, _)) => Some(Retenue::Opposition),
        Some((false, true)) => Some(Retenue::Signature),
        _ => None,
    })
}

/// It does not leave; its text, whose link speaks for its reader, goes.
pub async fn record_retenue(tx: &mut Tx, courriel: Uuid, retenue: Retenue) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE relances SET retenue = $2 WHERE courriel = $1",
        &valeurs![courriel, retenue.code()],
    )
    .await?;
    tx.execute_one(
        "UPDATE courriels SET texte = '' WHERE id = $1",
        &valeurs![courriel],
    )
    .await
}

/// Where a mail is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Envoi {
    /// It left.
    Parti(Timestamp),
    /// No post office is set: it stays here.
    Garde,
    /// It was not wanted any more when its turn came.
    Retenu(Retenue),
    /// It waits for its turn.
    EnAttente,
    /// It was refused at least once; it is tried again, or given up.
    EnEchec,
}

/// A pole that was written to.
#[derive(Debug, Clone)]
pub struct Relancee {
    pub lot: Uuid,
    /// The region of its batch; none: the whole country.
    pub region: Option<Region>,
    pub pole: Uuid,
    pub nom: String,
    /// To whom, and at which address it was written then.
    pub personne: String,
    pub courriel: String,
    pub le: Timestamp,
    pub envoi: Envoi,
    /// When the pole signed after it, if it did.
    pub signee_le: Option<Timestamp>,
}

#[derive(FromRow)]
struct LigneRelancee {
    lot: Uuid,
    region: Option<String>,
    pole: Uuid,
    nom: String,
    personne: String,
    courriel: String,
    le: i64,
    envoye_le: Option<i64>,
    faite_le: Option<i64>,
    essais: Option<i64>,
    retenue: Option<String>,
    signee_le: Option<i64>,
}

impl TryFrom<LigneRelancee> for Relancee {
    type Error = Panne;

    fn try_from(l: LigneRelancee) -> Result<Self, Panne> {
        let retenue = l.retenue.as_deref().map(Retenue::par_code).transpose()?;
        let envoi = match (retenue, l.envoye_le, l.faite_le, l.essais) {
            (Some(retenue), ..) => Envoi::Retenu(retenue),
            (None, Some(le), ..) => Envoi::Parti(instant(le)?),
            (None, None, Some(_), _) => Envoi::Garde,
            (None, None, None, Some(1..)) => Envoi::EnEchec,
            _ => Envoi::EnAttente,
        };
        Ok(Self {
            lot: l.lot,
            region: l.region.as_deref().and_then(Region::par_code),
            pole: l.pole,
            nom: l.nom,
            personne: l.personne,
            courriel: l.courriel,
            le: instant(l.le)?,
            envoi,
            signee_le: l.signee_le.map(instant).transpose()?,
        })
    }
}

/// The poles of a batch, by name.
pub async fn du_lot(base: &mut Lecture, lot: Uuid) -> Result<Vec<Relancee>, Panne> {
    let lignes: Vec<LigneRelancee> = base
        .fetch_all(
            "SELECT r.lot, l.region, r.pole, p.nom, c.nom AS personne, m.a AS courriel, l.le, m.envoye_le, r.retenue,
                    t.faite_le, t.essais,
                    (SELECT MIN(s.signee_le) FROM signatures_charte s
                     WHERE s.pole = COALESCE(p.fusionne_dans, p.id) AND s.retiree_le IS NULL
                       AND s.signee_le >= l.le) AS signee_le
             FROM relances r
             JOIN lots_de_relance l ON l.id = r.lot
             JOIN poles p ON p.id = r.pole
             JOIN comptes c ON c.id = r.compte
             JOIN courriels m ON m.id = r.courriel
             LEFT JOIN taches t ON t.objet = r.courriel AND t.genre = 'courriel'
             WHERE r.lot = $1 ORDER BY p.cle_tri, p.id",
            &valeurs![lot],
        )
        .await?;
    lignes.into_iter().map(Relancee::try_from).collect()
}

/// The reminders of a pole, the latest first.
pub async fn relances_du_pole(base: &mut Lecture, pole: Uuid) -> Result<Vec<Relancee>, Panne> {
    let lignes: Vec<LigneRelancee> = base
        .fetch_all(
            "SELECT r.lot, l.region, r.pole, p.nom, c.nom AS personne, m.a AS courriel, l.le, m.envoye_le, r.retenue,
                    t.faite_le, t.essais,
                    (SELECT MIN(s.signee_le) FROM signatures_charte s
                     WHERE s.pole = COALESCE(p.fusionne_dans, p.id) AND s.retiree_le IS NULL
                       AND s.signee_le >= l.le) AS signee_le
             FROM relances r
             JOIN lots_de_relance l ON l.id = r.lot
             JOIN poles p ON p.id = r.pole
             JOIN comptes c ON c.id = r.compte
             JOIN courriels m ON m.id = r.courriel
             LEFT JOIN taches t ON t.objet = r.courriel AND t.genre = 'courriel'
             WHERE r.pole = $1 ORDER BY l.le DESC, l.id DESC",
            &valeurs![pole],
        )
        .await?;
    lignes.into_iter().map(Relancee::try_from).collect()
}

/// Whose link it is, and since when they object, if they do.
#[derive(Debug, Clone, Copy)]
pub struct Lien {
    pub compte: Uuid,
    pub oppose_le: Option<Timestamp>,
}

/// The link of that secret.
pub async fn lien(base: &mut Lecture, jeton: &str) -> Result<Lien, Panne> {
    let ligne: Option<(Uuid, Option<i64>)> = base
        .fetch_optional(
            "SELECT r.compte, (SELECT o.le FROM oppositions_aux_relances o
                               WHERE o.compte = r.compte AND o.levee_le IS NULL) AS oppose_le
             FROM relances r WHERE r.empreinte = $1",
            &valeurs![session::empreinte(jeton)],
        )
        .await?;
    let (compte, oppose_le) = ligne.ok_or(Panne::Introuvable)?;
    Ok(Lien {
        compte,
        oppose_le: oppose_le.map(instant).transpose()?,
    })
}

/// Takes the account: it objects once.
pub async fn prendre_le_compte(tx: &mut Tx, compte: Uuid) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE comptes SET nom = nom WHERE id = $1",
        &valeurs![compte],
    )
    .await
}

/// They want no reminder from now on.
pub async fn record_opposition(tx: &mut Tx, compte: Uuid, le: Timestamp) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO oppositions_aux_relances (id, compte, le) VALUES ($1, $2, $3)",
        &valeurs![alea::id(), compte, le],
    )
    .await
    .map(drop)
}

/// They want them again.
pub async fn record_levee(tx: &mut Tx, compte: Uuid, le: Timestamp) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE oppositions_aux_relances SET levee_le = $2
         WHERE compte = $1 AND levee_le IS NULL",
        &valeurs![compte, le],
    )
    .await
}
