//! Agreements and payments as they are kept: one row a fact, and the state is
//! read from the facts.

mod restent;

pub use restent::{Restent, restent};

use jiff::Timestamp;
use metier::{
    commun::Montant,
    conventions::{
        Convention, Cote, EngagementRepublicain, OrdreVersement, SignatureConvention, Versement,
    },
    dossiers::Suite,
    poles::FormeJuridique,
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use crate::{
    socle::{
        alea,
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

/// An agreement with the names and facts its page shows.
#[derive(Debug, Clone)]
pub struct Inscrite {
    pub convention: Convention,
    pub numero: String,
    pub campagne: String,
    pub numero_du_dossier: String,
    pub depose_le: Timestamp,
    pub pole: Uuid,
    pub nom_du_pole: String,
    pub structure: String,
    pub forme: FormeJuridique,
    pub siret: Option<String>,
    pub commune: Option<String>,
    pub proposee_le: Timestamp,
    pub signataires: [Option<String>; 2],
    pub compte: Option<CompteTenu>,
    pub ordre: Option<OrdreTenu>,
}

/// The account to be paid, locked.
#[derive(Debug, Clone)]
pub struct CompteTenu {
    pub titulaire: String,
    pub ferme: Vec<u8>,
    pub fin: String,
}

/// An order of payment, prepared and perhaps validated.
#[derive(Debug, Clone)]
pub struct OrdreTenu {
    pub montant: Montant,
    pub prepare_le: Timestamp,
    pub prepare_par: Uuid,
    pub prepare_par_qui: String,
    pub valide_le: Option<Timestamp>,
    pub valide_par_qui: Option<String>,
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    dossier: Uuid,
    campagne: String,
    numero: String,
    montant: i64,
    duree_mois: i64,
    notifiee_le: i64,
    proposee_le: i64,
    numero_du_dossier: String,
    depose_le: i64,
    pole: Uuid,
    nom_du_pole: String,
    structure: String,
    forme: Option<String>,
    siret: Option<String>,
    commune: Option<String>,
    texte: Option<Vec<u8>>,
    b_nom: Option<String>,
    b_qualite: Option<String>,
    b_empreinte: Option<Vec<u8>>,
    b_le: Option<i64>,
    b_par: Option<Uuid>,
    t_nom: Option<String>,
    t_qualite: Option<String>,
    t_empreinte: Option<Vec<u8>>,
    t_le: Option<i64>,
    t_par: Option<Uuid>,
    e_le: Option<i64>,
    e_par: Option<Uuid>,
    titulaire: Option<String>,
    iban_chiffre: Option<Vec<u8>>,
    fin_iban: Option<String>,
    v_montant: Option<i64>,
    prepare_le: Option<i64>,
    prepare_par: Option<Uuid>,
    prepare_par_qui: Option<String>,
    valide_le: Option<i64>,
    valide_par: Option<Uuid>,
    valide_par_qui: Option<String>,
}

/// The agreement, whoever asks: the caller checks its right.
pub async fn find(base: &mut Lecture, id: Uuid) -> Result<Inscrite, Panne> {
    let mut lues = lire(base, (Some(id), None), None).await?;
    lues.pop().ok_or(Panne::Introuvable)
}

/// The agreement of a dossier, and the word its team reads of it.
pub async fn suite(
    base: &mut Lecture,
    dossier: Uuid,
) -> Result<Option<(Uuid, Option<Suite>)>, Panne> {
    let mut lues = lire(base, (None, Some(dossier)), None).await?;
    let lue = lues.pop();
    Ok(lue.map(|inscrite| (inscrite.convention.id, inscrite.convention.suite())))
}

/// Every agreement of a call, by number.
pub async fn de_la_campagne(base: &mut Lecture, campagne: &str) -> Result<Vec<Inscrite>, Panne> {
    lire(base, (None, None), Some(campagne)).await
}

async fn lire(
    base: &mut Lecture,
    (id, dossier): (Option<Uuid>, Option<Uuid>),
    campagne: Option<&str>,
) -> Result<Vec<Inscrite>, Panne> {
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT k.id, k.dossier, k.campagne, k.numero, k.montant, k.duree_mois, k.notifiee_le,
                    k.proposee_le, d.numero AS numero_du_dossier, d.depose_le, d.pole,
                    p.nom AS nom_du_pole, s.nom AS structure, s.forme, s.siret, s.commune,
                    x.empreinte AS texte,
                    b.nom AS b_nom, b.qualite AS b_qualite, b.empreinte AS b_empreinte,
                    b.le AS b_le, b.par AS b_par,
                    t.nom AS t_nom, t.qualite AS t_qualite, t.empreinte AS t_empreinte,
                    t.le AS t_le, t.par AS t_par,
                    e.le AS e_le, e.par AS e_par,
                    c.titulaire, c.iban_chiffre, c.fin_iban,
                    v.montant AS v_montant, v.prepare_le, v.prepare_par,
                    vp.nom AS prepare_par_qui, v.valide_le, v.valide_par, vv.nom AS valide_par_qui
             FROM conventions k
             JOIN dossiers d ON d.id = k.dossier
             JOIN poles p ON p.id = d.pole
             JOIN structures s ON s.id = d.structure
             LEFT JOIN documents x ON x.objet = k.id AND x.genre = 'convention'
             LEFT JOIN signatures_convention b ON b.convention = k.id AND b.cote = 'beneficiaire'
             LEFT JOIN signatures_convention t ON t.convention = k.id AND t.cote = 'tresor'
             LEFT JOIN engagements_republicains e ON e.convention = k.id
             LEFT JOIN comptes_bancaires c ON c.convention = k.id
             LEFT JOIN versements v ON v.convention = k.id
             LEFT JOIN comptes vp ON vp.id = v.prepare_par
             LEFT JOIN comptes vv ON vv.id = v.valide_par
             WHERE k.id = $1 OR k.dossier = $2 OR k.campagne = $3
             ORDER BY k.numero",
            &valeurs![id, dossier, campagne],
        )
        .await?;
    lignes.into_iter().map(Inscrite::try_from).collect()
}

impl TryFrom<Ligne> for Inscrite {
    type Error = Panne;

    fn try_from(l: Ligne) -> Result<Self, Panne> {
        let beneficiaire = signature(
            Cote::Beneficiaire,
            (l.b_par, l.b_qualite, l.b_le, l.b_empreinte),
        )?;
        let validation = signature(Cote::Tresor, (l.t_par, l.t_qualite, l.t_le, l.t_empreinte))?;
        let engagement = match (l.e_par, l.e_le) {
            (Some(par), Some(le)) => Some(EngagementRepublicain {
                par,
                souscrit_le: instant(le)?,
            }),
            _ => None,
        };
        let compte = match (l.titulaire, l.iban_chiffre, l.fin_iban) {
            (Some(titulaire), Some(ferme), Some(fin)) => Some(CompteTenu {
                titulaire,
                ferme,
                fin,
            }),
            _ => None,
        };
        let ordre = match (l.v_montant, l.prepare_le, l.prepare_par) {
            (Some(montant), Some(prepare_le), Some(prepare_par)) => Some(OrdreTenu {
                montant: Montant::centimes(montant),
                prepare_le: instant(prepare_le)?,
                prepare_par,
                prepare_par_qui: l.prepare_par_qui.unwrap_or_default(),
                valide_le: l.valide_le.map(instant).transpose()?,
                valide_par_qui: l.valide_par_qui,
            }),
            _ => None,
        };
        let versements = match (&ordre, l.valide_par, l.valide_le) {
            (Some(ordre), Some(valide_par), Some(le)) => vec![Versement {
                convention: l.id,
                montant: ordre.montant,
                compte_finissant_par: compte.as_ref().map_or_else(String::new, |c| c.fin.clone()),
                prepare_par: ordre.prepare_par,
                valide_par,
                valide_le: instant(le)?,
            }],
            _ => Vec::new(),
        };
        let convention = Convention {
            id: l.id,
            dossier: l.dossier,
            montant: Montant::centimes(l.montant),
            duree_en_mois: i32::try_from(l.duree_mois)
                .map_err(|_| Panne::Ligne(format!("duree_mois {}", l.duree_mois)))?,
            notifiee_le: instant(l.notifiee_le)?,
            texte: l.texte.map(|empreinte| hexadecimal(&empreinte)),
            engagement,
            beneficiaire,
            validation,
            versements,
            compte_rendu_recu_le: None,
            soldee_le: None,
        };
        Ok(Self {
            convention,
            numero: l.numero,
            campagne: l.campagne,
            numero_du_dossier: l.numero_du_dossier,
            depose_le: instant(l.depose_le)?,
            pole: l.pole,
            nom_du_pole: l.nom_du_pole,
            structure: l.structure,
            forme: l
                .forme
                .as_deref()
                .and_then(FormeJuridique::par_code)
                .unwrap_or(FormeJuridique::Autre),
            siret: l.siret,
            commune: l.commune,
            proposee_le: instant(l.proposee_le)?,
            signataires: [l.b_nom, l.t_nom],
            compte,
            ordre,
        })
    }
}

type FaitsDeSignature = (Option<Uuid>, Option<String>, Option<i64>, Option<Vec<u8>>);

fn signature(cote: Cote, faits: FaitsDeSignature) -> Result<Option<SignatureConvention>, Panne> {
    let (Some(par), Some(qualite), Some(le), Some(empreinte)) = faits else {
        return Ok(None);
    };
    Ok(Some(SignatureConvention {
        cote,
        par,
        qualite,
        signee_le: instant(le)?,
        empreinte: hexadecimal(&empreinte),
    }))
}

/// The agreement of a dossier, if it has one.
pub async fn du_dossier(base: &mut Lecture, dossier: Uuid) -> Result<Option<Uuid>, Panne> {
    let ligne: Option<(Uuid,)> = base
        .fetch_optional(
            "SELECT id FROM conventions WHERE dossier = $1",
            &valeurs![dossier],
        )
        .await?;
    Ok(ligne.map(|(id,)| id))
}

/// Dossiers of a call that have their agreement already.
pub async fn conventionnes(base: &mut Lecture, campagne: &str) -> Result<Vec<Uuid>, Panne> {
    let lignes: Vec<(Uuid,)> = base
        .fetch_all(
            "SELECT dossier FROM conventions WHERE campagne = $1",
            &valeurs![campagne],
        )
        .await?;
    Ok(lignes.into_iter().map(|(dossier,)| dossier).collect())
}

/// Takes the agreement for the length of the transaction.
pub async fn prendre(tx: &mut Tx, id: Uuid) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE conventions SET prises = prises + 1 WHERE id = $1",
        &valeurs![id],
    )
    .await
}

/// Records an agreement as proposed; its number follows its dossier's.
pub async fn record(
    tx: &mut Tx,
    campagne: &str,
    convention: &Convention,
    (par, le): (Uuid, Timestamp),
) -> Result<(), Panne> {
    tx.execute_one(
        "INSERT INTO conventions (id, dossier, campagne, numero, montant, duree_mois,
                                  notifiee_le, proposee_le, par, prises)
         SELECT $1, d.id, d.campagne, 'C-' || d.numero, $3, $4, $5, $6, $7, 0
         FROM dossiers d WHERE d.id = $2 AND d.campagne = $8",
        &valeurs![
            convention.id,
            convention.dossier,
            convention.montant,
            convention.duree_en_mois,
            convention.notifiee_le,
            le,
            par,
            campagne
        ],
    )
    .await
}

pub async fn record_signature(
    tx: &mut Tx,
    convention: Uuid,
    nom: &str,
    signature: &SignatureConvention,
) -> Result<(), Panne> {
    let empreinte = data_encoding::HEXLOWER
        .decode(signature.empreinte.as_bytes())
        .map_err(|_| Panne::Programme("a signature of something that is no text"))?;
    tx.execute(
        "INSERT INTO signatures_convention (convention, cote, nom, qualite, empreinte, le, par)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &valeurs![
            convention,
            signature.cote.code(),
            nom,
            &signature.qualite,
            empreinte,
            signature.signee_le,
            signature.par
        ],
    )
    .await
    .map(drop)
}

pub async fn record_engagement(
    tx: &mut Tx,
    convention: Uuid,
    engagement: &EngagementRepublicain,
) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO engagements_republicains (convention, le, par) VALUES ($1, $2, $3)",
        &valeurs![convention, engagement.souscrit_le, engagement.par],
    )
    .await
    .map(drop)
}

/// Whether some account number is locked in this base.
pub async fn comptes_tenus(base: &mut Lecture) -> Result<bool, Panne> {
    let tenus = base
        .compter(
            "SELECT COUNT(*) FROM comptes_bancaires WHERE iban_chiffre IS NOT NULL",
            &[],
        )
        .await?;
    Ok(tenus > 0)
}

pub async fn record_compte(
    tx: &mut Tx,
    convention: Uuid,
    compte: CompteTenu,
    (par, le): (Uuid, Timestamp),
) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO comptes_bancaires (convention, titulaire, iban_chiffre, fin_iban, le, par)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &valeurs![
            convention,
            compte.titulaire,
            compte.ferme,
            compte.fin,
            le,
            par
        ],
    )
    .await
    .map(drop)
}

/// Records an order as prepared: one an agreement.
pub async fn record_ordre(tx: &mut Tx, ordre: &OrdreVersement) -> Result<Uuid, Panne> {
    let id = alea::id();
    tx.execute(
        "INSERT INTO versements (id, convention, montant, prepare_le, prepare_par)
         VALUES ($1, $2, $3, $4, $5)",
        &valeurs![
            id,
            ordre.convention,
            ordre.montant,
            ordre.prepare_le,
            ordre.prepare_par
        ],
    )
    .await?;
    Ok(id)
}

/// Records the payment: the order that a second person has validated.
pub async fn record_versement(tx: &mut Tx, versement: &Versement) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE versements SET valide_le = $2, valide_par = $3
         WHERE convention = $1 AND valide_le IS NULL",
        &valeurs![
            versement.convention,
            versement.valide_le,
            versement.valide_par
        ],
    )
    .await
}

/// Who answers for a pole today.
pub async fn responsables(
    base: &mut Lecture,
    pole: Uuid,
    le: Timestamp,
) -> Result<Vec<String>, Panne> {
    let lignes: Vec<(String,)> = base
        .fetch_all(
            "SELECT DISTINCT c.courriel FROM habilitations h JOIN comptes c ON c.id = h.compte
             WHERE h.pole = $1 AND h.role = 'porteur' AND h.qualite = 'responsable'
               AND h.du <= $2 AND (h.au IS NULL OR h.au > $2)
             ORDER BY c.courriel",
            &valeurs![pole, le],
        )
        .await?;
    Ok(lignes.into_iter().map(|(courriel,)| courriel).collect())
}

pub fn hexadecimal(octets: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(octets)
}

fn instant(ms: i64) -> Result<Timestamp, Panne> {
    Timestamp::from_millisecond(ms).map_err(|_| Panne::Ligne(format!("instant {ms}")))
}
