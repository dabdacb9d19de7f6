//! Finding in the list of a cell: by number, or by a word of the pole's name.
//! Each begins with an index and reads what it finds, not the list.

use super::liste::{Demande, DossierListe, Ligne};
use crate::{
    poles,
    socle::{db::Lecture, erreurs::Panne},
    valeurs,
};

/// The dossier of that number, if it is in this part of the list.
pub async fn par_numero(
    base: &mut Lecture,
    demande: &Demande<'_>,
    numero: &str,
) -> Result<Vec<DossierListe>, Panne> {
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT d.id, d.numero, p.nom AS nom_du_pole,
                    s.nom AS nom_de_la_structure, d.region, d.depose_le,
                    CASE WHEN e.issue = 'confirmee' THEN 'eligible' ELSE e.verdict END AS verdict,
                    a.sens, a.hors_delai
             FROM dossiers d
             JOIN poles p ON p.id = d.pole
             JOIN structures s ON s.id = d.structure
             LEFT JOIN eligibilites e ON e.dossier = d.id
             LEFT JOIN avis a ON a.dossier = d.id
             WHERE d.numero = $5 AND d.region = $1 AND d.campagne = $2 AND d.instruit = $3 AND d.confirme = $4
               AND d.depose_le IS NOT NULL AND d.retire_le IS NULL
               AND NOT EXISTS (SELECT 1 FROM deports k WHERE k.dossier = d.id AND k.compte = $6)",
            &valeurs![
                demande.region.code(),
                demande.campagne,
                i64::from(demande.fait),
                i64::from(demande.etape.est_confirme()),
                numero,
                demande.lecteur
            ],
        )
        .await?;
    lignes.into_iter().map(DossierListe::try_from).collect()
}

/// The dossiers of poles whose name has a word that begins so. All of them:
/// the caller asks for words that few names hold.
pub async fn par_mot(
    base: &mut Lecture,
    demande: &Demande<'_>,
    mot: &str,
) -> Result<Vec<DossierListe>, Panne> {
    // CROSS JOIN: SQLite, which keeps no statistics here, must start from the
    // words.
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT d.id, d.numero, p.nom AS nom_du_pole,
                    s.nom AS nom_de_la_structure, d.region, d.depose_le,
                    CASE WHEN e.issue = 'confirmee' THEN 'eligible' ELSE e.verdict END AS verdict,
                    a.sens, a.hors_delai
             FROM (SELECT DISTINCT pole FROM mots_des_poles
                   WHERE mot >= $5 AND mot < $6) AS nommes
             CROSS JOIN dossiers d
             JOIN poles p ON p.id = d.pole
             JOIN structures s ON s.id = d.structure
             LEFT JOIN eligibilites e ON e.dossier = d.id
             LEFT JOIN avis a ON a.dossier = d.id
             WHERE d.pole = nommes.pole AND d.region = $1 AND d.campagne = $2 AND d.instruit = $3 AND d.confirme = $4
               AND d.depose_le IS NOT NULL AND d.retire_le IS NULL
               AND NOT EXISTS (SELECT 1 FROM deports k WHERE k.dossier = d.id AND k.compte = $7)",
            &valeurs![
                demande.region.code(),
                demande.campagne,
                i64::from(demande.fait),
                i64::from(demande.etape.est_confirme()),
                mot,
                poles::mots::apres_le_mot(mot),
                demande.lecteur
            ],
        )
        .await?;
    lignes.into_iter().map(DossierListe::try_from).collect()
}
