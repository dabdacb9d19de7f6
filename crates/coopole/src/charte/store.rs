//! What is kept of the Charter: its versions, the signatures, their proofs.

mod anomalies;
mod attendus;
mod relances;
mod seances;
mod versions;

pub use anomalies::{SoutienPorteur, VersionInconnue, soutiens_porteurs, versions_inconnues};
pub use attendus::{
    AU_PLUS, Attendu, Laureats, Responsable, Vue, a_signer_a_nouveau, attendus,
    compter_les_laureats,
};
pub use relances::{
    Envoi, Lien, Lot, LotLu, Relancee, du_lot, est_partie, lien, lot, lots, prendre_le_compte,
    record_levee, record_lot, record_opposition, record_relance, relances_du_pole,
};
pub use seances::{
    SeanceLue, prendre_la_seance, record_cloture, record_seance, seance, seances,
    signatures_de_la_seance,
};
pub use versions::{
    installer, installer_la_demonstration, lire, prendre, record_presentation, record_publication,
    signatures_du_texte, texte,
};

use jiff::Timestamp;
use metier::{
    charte::{Mandat, QualiteSignature, Signature},
    commun::Siren,
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::texte::en_hexadecimal;
use crate::{
    socle::{
        alea,
        db::{Lecture, Tx, Valeur},
        erreurs::Panne,
    },
    valeurs,
};

/// An organisation that supports the poles.
pub struct Soutien {
    pub nom: String,
    pub siren: Siren,
    /// Part of the invented world.
    pub invente: bool,
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
    soutien: &Soutien,
    signature: &Signature,
) -> Result<Uuid, Panne> {
    tx.execute(
        "INSERT INTO soutiens_charte (id, nom, siren, inventee, version, signee_le)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &valeurs![
            signature.signataire,
            soutien.nom.as_str(),
            soutien.siren.as_str(),
            soutien.invente,
            signature.version.as_str(),
            signature.signee_le
        ],
    )
    .await?;
    Ok(signature.signataire)
}

/// What proves it.
pub async fn record_preuve(
    tx: &mut Tx,
    signature: Uuid,
    preuve: &Preuve,
    faits: &str,
) -> Result<(), Panne> {
    let texte = data_encoding::HEXLOWER
        .decode(preuve.texte.as_bytes())
        .map_err(|_| Panne::Programme("the fingerprint of a text is hexadecimal"))?;
    tx.execute(
        "INSERT INTO preuves_charte
             (signature, code, empreinte, faits, par, fonction, mandat, reference, seance)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &valeurs![
            signature,
            preuve.code.as_str(),
            texte,
            faits,
            preuve.par,
            preuve.fonction.as_str(),
            preuve.mandat.code(),
            preuve.reference.as_str(),
            preuve.seance.as_ref().map(|seance| seance.id)
        ],
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

/// A signature as it is read.
#[derive(Debug, Clone)]
pub struct SignatureLue {
    pub id: Uuid,
    pub qualite: QualiteSignature,
    /// The pole, when it is one.
    pub pole: Option<Uuid>,
    /// Name of the pole or of the organisation.
    pub nom: String,
    pub invente: bool,
    /// Code of the version.
    pub version: String,
    /// « Charte du 30 juin 2021 »
    pub titre: String,
    pub signee_le: Timestamp,
    pub retiree_le: Option<Timestamp>,
    /// The signature of the same version that stands for the pole, when a merge
    /// found two.
    pub doublon_de: Option<Uuid>,
    /// None when it was given before this house.
    pub preuve: Option<Preuve>,
}

/// What proves a signature given here.
#[derive(Debug, Clone)]
pub struct Preuve {
    pub code: String,
    /// Fingerprint of the text signed, in hexadecimal.
    pub texte: String,
    pub par: Uuid,
    /// Name of the person: never on a public page.
    pub personne: String,
    pub fonction: String,
    pub mandat: Mandat,
    pub reference: String,
    pub seance: Option<SeanceDite>,
}

/// The sitting where a signature was given: its name and its place.
#[derive(Debug, Clone)]
pub struct SeanceDite {
    pub id: Uuid,
    pub mots: String,
}

impl SignatureLue {
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
    retiree_le: Option<i64>,
    doublon_de: Option<Uuid>,
    code: Option<String>,
    empreinte: Option<Vec<u8>>,
    par: Option<Uuid>,
    personne: Option<String>,
    fonction: Option<String>,
    mandat: Option<String>,
    reference: Option<String>,
    seance: Option<Uuid>,
    seance_nom: Option<String>,
    seance_lieu: Option<String>,
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

/// A place in the list of signatories: what one stands after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repere {
    pub signee_le: i64,
    pub id: Uuid,
}

/// The signatures in that quality, the latest first, from a place on. Those
/// withdrawn are read only when asked for.
pub async fn lister(
    base: &mut Lecture,
    qualite: QualiteSignature,
    repere: Option<Repere>,
    retirees: bool,
    combien: i64,
) -> Result<Vec<SignatureLue>, Panne> {
    let repere = repere.unwrap_or(Repere {
        signee_le: i64::MAX,
        id: Uuid::max(),
    });
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT * FROM signatures_lues
             WHERE qualite = $1 AND ((retiree_le IS NULL AND doublon_de IS NULL) OR $2) AND (signee_le, id) < ($3, $4)
             ORDER BY signee_le DESC, id DESC LIMIT $5",
            &valeurs![
                qualite.code(),
                retirees,
                repere.signee_le,
                repere.id,
                combien
            ],
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
pub async fn du_code(base: &mut Lecture, code: &str) -> Result<Option<Uuid>, Panne> {
    let ligne: Option<(Uuid,)> = base
        .fetch_optional(
            "SELECT signature FROM preuves_charte WHERE code = $1",
            &valeurs![code],
        )
        .await?;
    Ok(ligne.map(|(id,)| id))
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
                "SELECT COUNT(DISTINCT siren) FROM soutiens_charte WHERE retiree_le IS NULL",
                &[],
            )
            .await?,
        inconnus: base
            .compter(
                "SELECT COUNT(*) FROM poles p WHERE NOT p.invente AND p.fusionne_dans IS NULL
                 AND NOT EXISTS (SELECT 1 FROM signatures_charte s WHERE s.pole = p.id)",
                &[],
            )
            .await?,
    })
}

impl TryFrom<Ligne> for SignatureLue {
    type Error = Panne;

    fn try_from(l: Ligne) -> Result<Self, Panne> {
        let preuve = match (l.code, l.empreinte, l.par, l.mandat) {
            (Some(code), Some(texte), Some(par), Some(mandat)) => Some(Preuve {
                code,
                texte: en_hexadecimal(&texte),
                par,
                personne: l.personne.unwrap_or_default(),
                fonction: l.fonction.unwrap_or_default(),
                mandat: Mandat::par_code(&mandat)
                    .ok_or_else(|| Panne::Ligne(format!("mandate {mandat}")))?,
                reference: l.reference.unwrap_or_default(),
                seance: match (l.seance, l.seance_nom, l.seance_lieu) {
                    (Some(id), Some(nom), Some(lieu)) => Some(SeanceDite {
                        id,
                        mots: format!("{nom}, {lieu}"),
                    }),
                    _ => None,
                },
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
            signee_le: instant(l.signee_le)?,
            retiree_le: l.retiree_le.map(instant).transpose()?,
            doublon_de: l.doublon_de,
            preuve,
        })
    }
}

fn instant(ms: i64) -> Result<Timestamp, Panne> {
    Timestamp::from_millisecond(ms).map_err(|_| Panne::Ligne(format!("instant {ms}")))
}
