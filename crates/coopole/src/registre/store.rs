//! The journal as it is read, newest first.

use jiff::Timestamp;
use sqlx_macros::FromRow;
use uuid::Uuid;

use crate::{
    socle::{db::Lecture, erreurs::Panne},
    valeurs,
};

/// One entry, with the names a person reads.
#[derive(Debug, Clone)]
pub struct Inscription {
    pub id: Uuid,
    pub acte: String,
    pub genre: String,
    pub objet: Uuid,
    /// Number of the dossier, when it is one.
    pub dossier: Option<String>,
    /// Number of the agreement, name of the pole or of the person, when it is one.
    pub nom: Option<String>,
    /// Who acted; nobody when the clock did.
    pub par: Option<String>,
    pub le: Timestamp,
    pub motif: Option<String>,
    /// Its place in the sealed log, once it has one.
    pub place: Option<i64>,
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    acte: String,
    genre: String,
    objet: Uuid,
    dossier: Option<String>,
    nom: Option<String>,
    par: Option<String>,
    le: i64,
    motif: Option<String>,
    place: Option<i64>,
}

/// What is looked for, and from where.
#[derive(Debug, Clone, Default)]
pub struct Recherche {
    /// Noun of the act.
    pub acte: Option<String>,
    pub objet: Option<Uuid>,
    /// Only what was written before this entry.
    pub avant: Option<Uuid>,
}

/// The entries that answer, at most `combien`: identifiers follow time.
pub async fn inscriptions(
    base: &mut Lecture,
    recherche: &Recherche,
    combien: i64,
) -> Result<Vec<Inscription>, Panne> {
    let acte = recherche.acte.clone().unwrap_or_default();
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT e.id, e.acte, e.genre, e.objet, d.numero AS dossier,
                    COALESCE(k.numero, p.nom, q.nom) AS nom, c.nom AS par, e.le, e.motif, e.place
             FROM journal_entrees e
             LEFT JOIN comptes c ON c.id = e.par
             LEFT JOIN dossiers d ON d.id = e.objet
             LEFT JOIN conventions k ON k.id = e.objet
             LEFT JOIN poles p ON p.id = e.objet
             LEFT JOIN comptes q ON q.id = e.objet
             WHERE e.id < $1 AND ($2 = '' OR e.acte = $2) AND ($3 OR e.objet = $4)
             ORDER BY e.id DESC LIMIT $5",
            &valeurs![
                recherche.avant.unwrap_or(Uuid::max()),
                acte,
                recherche.objet.is_none(),
                recherche.objet.unwrap_or_default(),
                combien
            ],
        )
        .await?;
    lignes.into_iter().map(Inscription::try_from).collect()
}

impl TryFrom<Ligne> for Inscription {
    type Error = Panne;

    fn try_from(l: Ligne) -> Result<Self, Panne> {
        Ok(Self {
            id: l.id,
            acte: l.acte,
            genre: l.genre,
            objet: l.objet,
            dossier: l.dossier,
            nom: l.nom,
            par: l.par,
            le: Timestamp::from_millisecond(l.le)
                .map_err(|_| Panne::Ligne(format!("instant {}", l.le)))?,
            motif: l.motif,
            place: l.place,
        })
    }
}
