//! What a person already has on a call.

use jiff::Timestamp;
use sqlx_macros::FromRow;
use uuid::Uuid;

use crate::{
    socle::{
        db::Lecture,
        droits::{Droit, Perimetre, Personne},
        erreurs::Panne,
    },
    valeurs,
};

/// A pole the person works for, with its dossier on the call if there is one.
#[derive(Debug, Clone)]
pub struct PoleSuivi {
    pub pole: Uuid,
    pub nom: String,
    pub dossier: Option<DossierSuivi>,
}

#[derive(Debug, Clone)]
pub struct DossierSuivi {
    pub id: Uuid,
    pub numero: String,
    pub depose_le: Option<Timestamp>,
    pub retire: bool,
}

#[derive(FromRow)]
struct Ligne {
    pole: Uuid,
    nom: String,
    dossier: Option<Uuid>,
    numero: Option<String>,
    depose_le: Option<i64>,
    retire_le: Option<i64>,
}

/// The poles whose dossier this person may read, in the order of their names;
/// one query, and none for who works for no pole.
pub async fn poles_suivis(
    base: &mut Lecture,
    personne: &Personne,
    campagne: &str,
) -> Result<Vec<PoleSuivi>, Panne> {
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT p.id AS pole, p.nom, d.id AS dossier, d.numero, d.depose_le, d.retire_le
             FROM poles p LEFT JOIN dossiers d ON d.pole = p.id AND d.campagne = $1
             WHERE p.id IN (SELECT pole FROM habilitations WHERE compte = $2)
             ORDER BY p.cle_tri, p.id",
            &valeurs![campagne, personne.compte],
        )
        .await?;
    let lus = lignes
        .into_iter()
        .filter(|ligne| personne.peut(Droit::LireDossier, Perimetre::Pole(ligne.pole)));
    lus.map(PoleSuivi::try_from).collect()
}

impl TryFrom<Ligne> for PoleSuivi {
    type Error = Panne;

    fn try_from(ligne: Ligne) -> Result<Self, Panne> {
        let dossier = match (ligne.dossier, ligne.numero) {
            (Some(id), Some(numero)) => Some(DossierSuivi {
                id,
                numero,
                depose_le: ligne.depose_le.map(instant).transpose()?,
                retire: ligne.retire_le.is_some(),
            }),
            _ => None,
        };
        Ok(Self {
            pole: ligne.pole,
            nom: ligne.nom,
            dossier,
        })
    }
}

fn instant(ms: i64) -> Result<Timestamp, Panne> {
    Timestamp::from_millisecond(ms).map_err(|_| Panne::Ligne(format!("instant {ms}")))
}
