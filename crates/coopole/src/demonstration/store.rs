//! What the extras have in front of them.

use metier::commun::Region;
use sqlx_macros::FromRow;
use uuid::Uuid;

use crate::{
    socle::{
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

/// A dossier the call has received, and the region whose cell judges it.
pub struct DossierDepose {
    pub id: Uuid,
    pub pole: Uuid,
    pub cellule: Region,
    /// An extra's; those of the cast wait for the visitor.
    pub figurant: bool,
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    pole: Uuid,
    cellule: String,
    joueur: Option<Uuid>,
}

/// What the call has received, in the order of filing.
pub async fn deposes(base: &mut Lecture, campagne: &str) -> Result<Vec<DossierDepose>, Panne> {
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT d.id, d.pole, COALESCE(c.suppleante, c.region) AS cellule, t.compte AS joueur
             FROM dossiers d
             JOIN cellules c ON c.region = d.region
             LEFT JOIN distribution t ON t.compte = d.ouvert_par
             WHERE d.campagne = $1 AND d.depose_le IS NOT NULL
             ORDER BY d.depose_le, d.id",
            &valeurs![campagne],
        )
        .await?;
    lignes
        .into_iter()
        .map(|ligne| {
            Ok(DossierDepose {
                id: ligne.id,
                pole: ligne.pole,
                cellule: Region::par_code(&ligne.cellule)
                    .ok_or_else(|| Panne::Ligne(format!("region {}", ligne.cellule)))?,
                figurant: ligne.joueur.is_none(),
            })
        })
        .collect()
}

/// A mail as the mailbox of the world shows it.
#[derive(FromRow)]
pub struct Courriel {
    pub id: Uuid,
    pub a: String,
    pub objet: String,
    pub texte: String,
    pub cree_le: i64,
    /// Who has that address.
    pub nom: Option<String>,
    /// Whether one enters in their place: they are of the cast.
    pub distribution: bool,
}

/// The mails that came before that one, newest first.
pub async fn courriels(
    base: &mut Lecture,
    avant: Option<Uuid>,
    combien: i64,
) -> Result<Vec<Courriel>, Panne> {
    base.fetch_all(
        "SELECT k.id, k.a, k.objet, k.texte, k.cree_le, c.nom, t.compte IS NOT NULL AS distribution
         FROM courriels k
         LEFT JOIN comptes c ON c.courriel = k.a
         LEFT JOIN distribution t ON t.compte = c.id
         WHERE k.id < $1 ORDER BY k.id DESC LIMIT $2",
        &valeurs![avant.unwrap_or(Uuid::max()), combien],
    )
    .await
}

/// Gives up the jobs of a kind that nobody has begun, on what is an extra's: a
/// dossier, or any object that is no dossier of the cast.
pub async fn renoncer(tx: &mut Tx, genre: &str) -> Result<(), Panne> {
    tx.execute(
        "DELETE FROM taches WHERE genre = $1 AND faite_le IS NULL AND bail_fin = 0
         AND objet NOT IN (SELECT d.id FROM dossiers d
                           JOIN distribution t ON t.compte = d.ouvert_par)",
        &valeurs![genre],
    )
    .await
    .map(drop)
}
