//! What is kept of the Charter: its versions, the signatures, their proofs.

mod anomalies;
mod attendus;
mod relances;
mod seances;
mod versions;

pub use anomalies::{SoutienPorteur, VersionInconnue, soutiens_porteurs, versions_inconnues};
pub use attendus::{
    AU_PLUS, Attendu, Laureats, Lit, Responsable, Vue, a_signer, attendus, compter_les_attendus,
    compter_les_laureats,
};
pub use relances::{
    Envoi, Lien, Lot, LotLu, Relancee, Retenue, a_retenir, du_lot, est_partie, lien, lot, lots,
    prendre_le_compte, record_levee, record_lot, record_opposition, record_relance, record_retenue,
    relances_du_pole,
};
pub use seances::{
    SeanceLue, prendre_la_seance, record_cloture, record_seance, seance, seances, seances_a_tenir,
    signatures_de_la_seance,
};
pub use versions::{
    installer, installer_la_demonstration, lire, prendre, prendre_si_presentee,
    record_presentation, record_publication, signatures_du_texte, texte,
};

use jiff::Timestamp;
use metier::{
    charte::{QualiteSignature, Signature},
    commun::Siren,
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::preuve::{Relus, relire, sur_une_ligne};
use crate::{
    poles::{Jalon, cle_de_tri},
    socle::{
        alea,
        db::{Enonce, Lecture, Tx, Valeur},
        erreurs::Panne,
        feuilles::{Cote, Vers},
    },
    valeurs,
};

/// The statements of this room that are put together, for a test to prepare.
pub fn enonces() -> Vec<Enonce> {
    let mut enonces = attendus::enonces();
    enonces.extend(relances::enonces());
    enonces.extend(seances::enonces());
    enonces
}

/// The signature of a pole: version and date, what the rules look at.
pub async fn record_signature_de_pole(tx: &mut Tx, signature: &Signature) -> Result<Uuid, Panne> {
    let id = alea::id();
    tx.execute(
        "INSERT INTO signatures_charte (id, pole, version, signee_le) VALUES ($1, $2, $3, $4)",
        &valeurs![
            id,
            signature.signataire,
            signature.version.as_str(),
            signature.signee_le
        ],
    )
    .await?;
    Ok(id)
}

/// The signature of a supporting organisation, which has no other row here.
pub async fn record_soutien(
    tx: &mut Tx,
    (nom, siren, invente): (&str, &Siren, bool),
    signature: &Signature,
) -> Result<Uuid, Panne> {
    tx.execute(
        "INSERT INTO soutiens_charte (id, nom, cle_tri, siren, inventee, version, signee_le)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &valeurs![
            signature.signataire,
            nom,
            cle_de_tri(nom),
            siren.as_str(),
            invente,
            signature.version.as_str(),
            signature.signee_le
        ],
    )
    .await?;
    Ok(signature.signataire)
}

/// What proves it: its facts, under the code.
pub async fn record_preuve(
    tx: &mut Tx,
    signature: Uuid,
    (code, faits): (&str, &str),
    par: Uuid,
    seance: Option<Uuid>,
) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO preuves_charte (signature, code, faits, par, seance)
         VALUES ($1, $2, $3, $4, $5)",
        &valeurs![signature, code, faits, par, seance],
    )
    .await
    .map(drop)
}

/// Takes the signature: it is withdrawn once.
pub async fn prendre_la_signature(tx: &mut Tx, lue: &SignatureLue) -> Result<(), Panne> {
    let sql = match lue.qualite {
        QualiteSignature::Pole => "UPDATE signatures_charte SET version = version WHERE id = $1",
        QualiteSignature::Soutien => "UPDATE soutiens_charte SET version = version WHERE id = $1",
    };
    tx.execute_one(sql, &valeurs![lue.id]).await
}

/// Withdraws it: the date alone is written.
pub async fn record_retrait(tx: &mut Tx, lue: &SignatureLue, le: Timestamp) -> Result<(), Panne> {
    let sql = match lue.qualite {
        QualiteSignature::Pole => "UPDATE signatures_charte SET retiree_le = $2 WHERE id = $1",
        QualiteSignature::Soutien => "UPDATE soutiens_charte SET retiree_le = $2 WHERE id = $1",
    };
    tx.execute_one(sql, &valeurs![lue.id, le]).await
}

/// Publishes a signature given in support.
pub async fn record_confirmation(tx: &mut Tx, id: Uuid, le: Timestamp) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE soutiens_charte SET confirmee_le = $2 WHERE id = $1",
        &valeurs![id, le],
    )
    .await
}

/// Why it was set aside, and by whom.
pub async fn record_ecartement(
    tx: &mut Tx,
    id: Uuid,
    motif: &str,
    (par, le): (Uuid, Timestamp),
) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO ecartements_charte (signature, motif, par, le) VALUES ($1, $2, $3, $4)",
        &valeurs![id, motif, par, le],
    )
    .await
    .map(drop)
}

/// Since when another signature of the same organisation and version is
/// published and stands.
pub async fn autre_publiee(
    base: &mut Lecture,
    lue: &SignatureLue,
) -> Result<Option<Timestamp>, Panne> {
    let ligne: Option<(i64,)> = base
        .fetch_optional(
            "SELECT a.signee_le FROM soutiens_charte o
             JOIN soutiens_charte a ON a.siren = o.siren AND a.version = o.version AND a.id <> o.id
             WHERE o.id = $1 AND a.confirmee_le IS NOT NULL AND a.retiree_le IS NULL",
            &valeurs![lue.id],
        )
        .await?;
    ligne.map(|(le,)| instant(le)).transpose()
}

/// A signature as it is read.
#[derive(Debug, Clone)]
pub struct SignatureLue {
    pub id: Uuid,
    pub qualite: QualiteSignature,
    /// The pole, when it is one.
    pub pole: Option<Uuid>,
    /// Name of the pole or of the organisation today.
    pub nom: String,
    pub invente: bool,
    /// Code of the version.
    pub version: String,
    /// « Charte du 30 juin 2021 »
    pub titre: String,
    pub signee_le: Timestamp,
    /// Anyone reads it: one given in support waits for the keeper.
    pub publiee: bool,
    pub retiree_le: Option<Timestamp>,
    /// Why the keeper set it aside, if they did.
    pub ecartee: Option<String>,
    /// The signature of the same version that stands for the pole, when a merge
    /// found two.
    pub doublon_de: Option<Uuid>,
    /// None when it was given before this house.
    pub preuve: Option<Preuve>,
    /// What it was consigned from, when it was.
    pub source: Option<String>,
}

/// What proves a signature given here.
#[derive(Debug, Clone)]
pub struct Preuve {
    pub code: String,
    pub par: Uuid,
    /// The facts, as they were recorded.
    pub faits: Relus,
}

impl SignatureLue {
    /// Under what name it was signed: that of the facts, whatever the pole
    /// became since.
    pub fn signataire(&self) -> &str {
        let signe = self.preuve.as_ref().map(|preuve| preuve.faits.nom.as_str());
        signe.unwrap_or(&self.nom)
    }

    /// Its name today, when it is another.
    pub fn nom_aujourd_hui(&self) -> Option<&str> {
        (sur_une_ligne(&self.nom) != sur_une_ligne(self.signataire())).then_some(&self.nom)
    }

    /// Neither withdrawn, nor the double of another.
    pub fn vaut(&self) -> bool {
        self.retiree_le.is_none() && self.doublon_de.is_none()
    }

    /// What the rules read of it.
    pub fn fait(&self) -> Signature {
        Signature {
            version: self.version.clone(),
            signataire: self.pole.unwrap_or(self.id),
            qualite: self.qualite,
            par: self
                .preuve
                .as_ref()
                .map_or(Uuid::nil(), |preuve| preuve.par),
            signee_le: self.signee_le,
            retiree_le: self.retiree_le,
        }
    }
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    qualite: String,
    pole: Option<Uuid>,
    nom: String,
    invente: bool,
    version: String,
    titre: Option<String>,
    signee_le: i64,
    publiee_le: Option<i64>,
    retiree_le: Option<i64>,
    ecartee: Option<String>,
    doublon_de: Option<Uuid>,
    code: Option<String>,
    faits: Option<String>,
    par: Option<Uuid>,
    source: Option<String>,
}

/// The signature, whoever asks.
pub async fn find(base: &mut Lecture, id: Uuid) -> Result<SignatureLue, Panne> {
    let ligne: Option<Ligne> = base
        .fetch_optional("SELECT * FROM signatures_lues WHERE id = $1", &valeurs![id])
        .await?;
    ligne.ok_or(Panne::Introuvable)?.try_into()
}

/// The signatures of a pole, the oldest first, those withdrawn included.
pub async fn du_pole(base: &mut Lecture, pole: Uuid) -> Result<Vec<SignatureLue>, Panne> {
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT * FROM signatures_lues WHERE pole = $1 ORDER BY signee_le, id",
            &valeurs![pole],
        )
        .await?;
    lignes.into_iter().map(SignatureLue::try_from).collect()
}

/// The signatures of these poles, the oldest first, those withdrawn included,
/// the doubles left out.
pub async fn des_poles(base: &mut Lecture, poles: &[Uuid]) -> Result<Vec<SignatureLue>, Panne> {
    let parmi: Vec<Valeur> = poles.iter().map(Valeur::from).collect();
    let lignes: Vec<Ligne> = base
        .fetch_parmi(
            "SELECT * FROM signatures_lues WHERE doublon_de IS NULL AND pole IN ($1)
             ORDER BY signee_le, id",
            &parmi,
        )
        .await?;
    lignes.into_iter().map(SignatureLue::try_from).collect()
}

/// The signatures that stand of the organisation of that number.
pub async fn du_soutien(base: &mut Lecture, siren: &Siren) -> Result<Vec<SignatureLue>, Panne> {
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT * FROM signatures_lues
             WHERE siren = $1 AND retiree_le IS NULL ORDER BY signee_le, id",
            &valeurs![siren.as_str()],
        )
        .await?;
    lignes.into_iter().map(SignatureLue::try_from).collect()
}

/// What is asked of the list.
#[derive(Debug, Clone)]
pub struct Cherche<'a> {
    pub qualite: QualiteSignature,
    /// Part of a name, as it is folded; blank for all.
    pub nom: &'a str,
    /// With those withdrawn, set aside, or not confirmed yet.
    pub toutes: bool,
}

/// The signatures that are asked for, the latest first, away from that place.
pub async fn lister(
    base: &mut Lecture,
    cherche: &Cherche<'_>,
    cote: &Cote<Jalon>,
    combien: i64,
) -> Result<Vec<SignatureLue>, Panne> {
    let Jalon { le, id } = cote.map_or(Jalon::FIN, |(jalon, _)| jalon);
    let valeurs = valeurs![
        cherche.qualite.code(),
        cherche.toutes,
        cherche.nom,
        le,
        id,
        combien
    ];
    let lignes: Vec<Ligne> = match cote {
        Some((_, Vers::Avant)) => {
            base.fetch_all(
                "SELECT * FROM signatures_lues
                 WHERE qualite = $1 AND ($2 OR (retiree_le IS NULL AND publiee_le IS NOT NULL AND doublon_de IS NULL))
                   AND ($3 = '' OR REPLACE(cle_tri, $3, '') <> cle_tri)
                   AND (signee_le, id) > ($4, $5)
                 ORDER BY signee_le, id LIMIT $6",
                &valeurs,
            )
            .await?
        }
        _ => {
            base.fetch_all(
                "SELECT * FROM signatures_lues
                 WHERE qualite = $1 AND ($2 OR (retiree_le IS NULL AND publiee_le IS NOT NULL AND doublon_de IS NULL))
                   AND ($3 = '' OR REPLACE(cle_tri, $3, '') <> cle_tri)
                   AND (signee_le, id) < ($4, $5)
                 ORDER BY signee_le DESC, id DESC LIMIT $6",
                &valeurs,
            )
            .await?
        }
    };
    lignes.into_iter().map(SignatureLue::try_from).collect()
}

/// At most so many are shown to be confirmed.
const A_CONFIRMER: i64 = 100;

/// The signatures in support that wait for the keeper, the oldest first.
pub async fn a_confirmer(base: &mut Lecture) -> Result<Vec<SignatureLue>, Panne> {
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT * FROM signatures_lues WHERE publiee_le IS NULL AND retiree_le IS NULL
             ORDER BY signee_le, id LIMIT $1",
            &valeurs![A_CONFIRMER],
        )
        .await?;
    lignes.into_iter().map(SignatureLue::try_from).collect()
}

/// The entry of the journal that bound the facts of a signature.
pub async fn inscription(base: &mut Lecture, signature: Uuid) -> Result<Uuid, Panne> {
    let (entree,): (Uuid,) = base
        .fetch_one(
            "SELECT id FROM journal_entrees WHERE objet = $1 AND acte = 'signature'",
            &valeurs![signature],
        )
        .await?;
    Ok(entree)
}

/// The signature that bears this code.
pub async fn du_code(base: &mut Lecture, code: &str) -> Result<Option<SignatureLue>, Panne> {
    let ligne: Option<Ligne> = base
        .fetch_optional(
            "SELECT * FROM signatures_lues WHERE code = $1",
            &valeurs![code],
        )
        .await?;
    ligne.map(SignatureLue::try_from).transpose()
}

/// How many signed, in each quality.
#[derive(Debug, Clone, Copy, Default)]
pub struct Comptes {
    /// Poles with a signature that stands.
    pub poles: i64,
    /// Organisations in support, the same.
    pub soutiens: i64,
    /// Poles whose signature no source tells.
    pub inconnus: i64,
}

/// Counts them as they stand now.
pub async fn compter(base: &mut Lecture) -> Result<Comptes, Panne> {
    Ok(Comptes {
        poles: base
            .compter(
                "SELECT COUNT(DISTINCT pole) FROM signatures_charte WHERE retiree_le IS NULL",
                &[],
            )
            .await?,
        soutiens: base
            .compter(
                "SELECT COUNT(DISTINCT siren) FROM soutiens_charte
                 WHERE retiree_le IS NULL AND confirmee_le IS NOT NULL",
                &[],
            )
            .await?,
        inconnus: base
            .compter(
                "SELECT COUNT(*) FROM poles p WHERE p.fusionne_dans IS NULL
                 AND NOT EXISTS (SELECT 1 FROM signatures_connues k WHERE k.pole = p.id)",
                &[],
            )
            .await?,
    })
}

impl TryFrom<Ligne> for SignatureLue {
    type Error = Panne;

    fn try_from(l: Ligne) -> Result<Self, Panne> {
        let preuve = match (l.code, l.faits, l.par) {
            (Some(code), Some(faits), Some(par)) => Some(Preuve {
                code,
                par,
                faits: relire(&faits)?,
            }),
            _ => None,
        };
        Ok(Self {
            id: l.id,
            qualite: QualiteSignature::par_code(&l.qualite)
                .ok_or_else(|| Panne::Ligne(format!("quality {}", l.qualite)))?,
            pole: l.pole,
            nom: l.nom,
            invente: l.invente,
            titre: l.titre.unwrap_or_else(|| l.version.clone()),
            version: l.version,
            signee_le: match &preuve {
                Some(preuve) => preuve.faits.signee_le,
                None => instant(l.signee_le)?,
            },
            publiee: l.publiee_le.is_some(),
            retiree_le: l.retiree_le.map(instant).transpose()?,
            ecartee: l.ecartee,
            doublon_de: l.doublon_de,
            preuve,
            source: l.source,
        })
    }
}

fn instant(ms: i64) -> Result<Timestamp, Panne> {
    Timestamp::from_millisecond(ms).map_err(|_| Panne::Ligne(format!("instant {ms}")))
}
