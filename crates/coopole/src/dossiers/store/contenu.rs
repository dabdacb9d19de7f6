//! What a dossier holds: reading it, and writing the draft.
//!
//! Writers come after [`super::prendre_brouillon`], which keeps everyone else
//! out and refuses a dossier that is filed or taken back.

use jiff::Timestamp;
use metier::{commun::Region, dossiers::PorteuseDeLaFiche};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::instant;
use crate::{
    dossiers::contenu::{Contenu, LigneBudget, Membre, Piece, Reponse},
    poles,
    socle::{
        alea,
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

#[derive(FromRow)]
struct LigneReponse {
    champ: String,
    valeur: String,
    modifiee_le: i64,
    par: Uuid,
}

#[derive(FromRow)]
struct LigneMembre {
    nom: String,
    genre: String,
    qualite_ess: String,
    siret: String,
}

#[derive(FromRow)]
struct LigneDeBudget {
    genre: String,
    sens: String,
    compte: String,
    libelle: String,
    montant: String,
    subvention: String,
    emploi: String,
    amortissable: bool,
    etat: String,
}

#[derive(FromRow)]
struct LignePiece {
    id: Uuid,
    genre: String,
    nom: String,
    type_media: String,
    poids: i64,
    empreinte: Vec<u8>,
    recue_le: i64,
}

/// Everything the dossier holds, in six short queries.
pub async fn contenu(base: &mut Lecture, dossier: Uuid) -> Result<Contenu, Panne> {
    let (pole, fiche) = fiche(base, dossier).await?;
    let (projet, structure) = lignes(base, dossier).await?;
    Ok(Contenu {
        dossier,
        reponses: reponses(base, dossier).await?,
        membres: membres(base, dossier).await?,
        projet,
        structure,
        pieces: pieces(base, dossier).await?,
        signatures: poles::signatures(base, pole).await?,
        fiche,
    })
}

/// The pole of the dossier; and what its record says of its structure, while
/// the dossier is a draft. A number that a list gave and nobody can read is not
/// known.
async fn fiche(
    base: &mut Lecture,
    dossier: Uuid,
) -> Result<(Uuid, Option<PorteuseDeLaFiche>), Panne> {
    let (pole, brouillon, siret, region): (Uuid, bool, Option<String>, String) = base
        .fetch_one(
            "SELECT d.pole, (d.depose_le IS NULL AND d.retire_le IS NULL) AS brouillon, s.siret,
                    COALESCE(s.region, d.region) AS region
             FROM dossiers d
             JOIN poles p ON p.id = d.pole
             JOIN structures s ON s.id = COALESCE(p.porteuse, d.structure)
             WHERE d.id = $1",
            &valeurs![dossier],
        )
        .await?;
    let region = Region::par_code(&region).filter(|_| brouillon);
    let fiche = region.map(|region| PorteuseDeLaFiche {
        siret: siret.and_then(|siret| siret.parse().ok()),
        region,
    });
    Ok((pole, fiche))
}

/// The answers, by code of field.
pub async fn reponses(
    base: &mut Lecture,
    dossier: Uuid,
) -> Result<std::collections::BTreeMap<String, Reponse>, Panne> {
    let lignes: Vec<LigneReponse> = base
        .fetch_all(
            "SELECT champ, valeur, modifiee_le, par FROM reponses WHERE dossier = $1",
            &valeurs![dossier],
        )
        .await?;
    lignes
        .into_iter()
        .map(|ligne| {
            let reponse = Reponse {
                valeur: ligne.valeur,
                modifiee_le: instant(ligne.modifiee_le)?,
                par: ligne.par,
            };
            Ok((ligne.champ, reponse))
        })
        .collect()
}

/// The members, in the order of the page.
pub async fn membres(base: &mut Lecture, dossier: Uuid) -> Result<Vec<Membre>, Panne> {
    let lignes: Vec<LigneMembre> = base
        .fetch_all(
            "SELECT nom, genre, qualite_ess, siret FROM membres
             WHERE dossier = $1 ORDER BY rang",
            &valeurs![dossier],
        )
        .await?;
    let membre = |ligne: LigneMembre| Membre {
        nom: ligne.nom,
        genre: ligne.genre,
        qualite_ess: ligne.qualite_ess,
        siret: ligne.siret,
    };
    Ok(lignes.into_iter().map(membre).collect())
}

/// The lines of the project, then those of the structure.
pub async fn lignes(
    base: &mut Lecture,
    dossier: Uuid,
) -> Result<(Vec<LigneBudget>, Vec<LigneBudget>), Panne> {
    let lignes: Vec<LigneDeBudget> = base
        .fetch_all(
            "SELECT genre, sens, compte, libelle, montant, subvention, emploi, amortissable, etat
             FROM lignes_budget WHERE dossier = $1 ORDER BY genre, rang",
            &valeurs![dossier],
        )
        .await?;
    let (mut projet, mut structure) = (Vec::new(), Vec::new());
    for ligne in lignes {
        let budget = match ligne.genre.as_str() {
            "projet" => &mut projet,
            _ => &mut structure,
        };
        budget.push(LigneBudget {
            charge: ligne.sens == "charge",
            compte: ligne.compte,
            libelle: ligne.libelle,
            montant: ligne.montant,
            subvention: ligne.subvention,
            emploi: ligne.emploi,
            amortissable: ligne.amortissable,
            etat: ligne.etat,
        });
    }
    Ok((projet, structure))
}

async fn pieces(base: &mut Lecture, dossier: Uuid) -> Result<Vec<Piece>, Panne> {
    let lignes: Vec<LignePiece> = base
        .fetch_all(
            "SELECT id, genre, nom, type_media, poids, empreinte, recue_le FROM pieces
             WHERE dossier = $1 AND remplacee_le IS NULL ORDER BY genre, id",
            &valeurs![dossier],
        )
        .await?;
    lignes.into_iter().map(Piece::try_from).collect()
}

impl TryFrom<LignePiece> for Piece {
    type Error = Panne;

    fn try_from(ligne: LignePiece) -> Result<Self, Panne> {
        Ok(Self {
            id: ligne.id,
            genre: ligne.genre,
            nom: ligne.nom,
            type_media: ligne.type_media,
            poids: u64::try_from(ligne.poids)
                .map_err(|_| Panne::Ligne(format!("poids {}", ligne.poids)))?,
            empreinte: ligne.empreinte,
            recue_le: instant(ligne.recue_le)?,
        })
    }
}

/// Keeps one answer.
pub async fn record_reponse(
    tx: &mut Tx,
    dossier: Uuid,
    (champ, valeur): (&str, &str),
    par: Uuid,
    le: Timestamp,
) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO reponses (dossier, champ, valeur, modifiee_le, par)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (dossier, champ) DO UPDATE SET valeur = $3, modifiee_le = $4, par = $5",
        &valeurs![dossier, champ, valeur, le, par],
    )
    .await
    .map(drop)
}

/// Keeps the list of members, in place of the one there was.
pub async fn record_membres(tx: &mut Tx, dossier: Uuid, membres: &[Membre]) -> Result<(), Panne> {
    tx.execute("DELETE FROM membres WHERE dossier = $1", &valeurs![dossier])
        .await?;
    for (rang, membre) in membres.iter().enumerate() {
        tx.execute(
            "INSERT INTO membres (id, dossier, rang, nom, genre, qualite_ess, siret)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &valeurs![
                alea::id(),
                dossier,
                rang as i64,
                &membre.nom,
                &membre.genre,
                &membre.qualite_ess,
                &membre.siret
            ],
        )
        .await?;
    }
    Ok(())
}

/// Keeps the lines of one budget (« projet », « structure »), in place of
/// those there were.
pub async fn record_lignes(
    tx: &mut Tx,
    dossier: Uuid,
    genre: &str,
    lignes: &[LigneBudget],
) -> Result<(), Panne> {
    tx.execute(
        "DELETE FROM lignes_budget WHERE dossier = $1 AND genre = $2",
        &valeurs![dossier, genre],
    )
    .await?;
    for (rang, ligne) in lignes.iter().enumerate() {
        let sens = if ligne.charge { "charge" } else { "produit" };
        tx.execute(
            "INSERT INTO lignes_budget (id, dossier, genre, rang, sens, compte, libelle, montant,
                                        subvention, emploi, amortissable, etat)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            &valeurs![
                alea::id(),
                dossier,
                genre,
                rang as i64,
                sens,
                &ligne.compte,
                &ligne.libelle,
                &ligne.montant,
                &ligne.subvention,
                &ligne.emploi,
                ligne.amortissable,
                &ligne.etat
            ],
        )
        .await?;
    }
    Ok(())
}

/// Keeps a file for a piece; the one it replaces is kept too.
pub async fn record_piece(
    tx: &mut Tx,
    dossier: Uuid,
    piece: &Piece,
    par: Uuid,
) -> Result<(), Panne> {
    remplacer_piece(tx, dossier, &piece.genre, piece.recue_le).await?;
    tx.execute(
        "INSERT INTO pieces (id, dossier, genre, nom, type_media, poids, empreinte, recue_le, par)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &valeurs![
            piece.id,
            dossier,
            &piece.genre,
            &piece.nom,
            &piece.type_media,
            piece.poids as i64,
            piece.empreinte.clone(),
            piece.recue_le,
            par
        ],
    )
    .await
    .map(drop)
}

/// The file that served for this piece serves no more; it stays kept.
pub async fn remplacer_piece(
    tx: &mut Tx,
    dossier: Uuid,
    genre: &str,
    le: Timestamp,
) -> Result<(), Panne> {
    tx.execute(
        "UPDATE pieces SET remplacee_le = $3
         WHERE dossier = $1 AND genre = $2 AND remplacee_le IS NULL",
        &valeurs![dossier, genre, le],
    )
    .await
    .map(drop)
}

/// A file of this dossier, whether it still serves or not.
pub async fn find_piece(base: &mut Lecture, dossier: Uuid, id: Uuid) -> Result<Piece, Panne> {
    let ligne: LignePiece = base
        .fetch_one(
            "SELECT id, genre, nom, type_media, poids, empreinte, recue_le FROM pieces
             WHERE dossier = $1 AND id = $2",
            &valeurs![dossier, id],
        )
        .await?;
    ligne.try_into()
}
