//! Interests and the dossiers they close.

use jiff::Timestamp;
use metier::{
    comite::{Acces, Deport, DossierAExaminer, Examinateur, Interet, Lien, Reponse},
    commun::{Siren, Siret},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use crate::{
    socle::{
        db::{Lecture, Tx},
        erreurs::Panne,
    },
    valeurs,
};

/// A dossier on which a person declares, with what they said of it.
#[derive(Debug, Clone)]
pub struct DossierDeclare {
    pub examine: DossierAExaminer,
    pub reponse: Option<Reponse>,
    /// Why it is closed, in words.
    pub origine: Option<String>,
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    pole: Uuid,
    nom_du_pole: String,
    structure: String,
    siret: Option<String>,
    lien: Option<bool>,
    nature: Option<String>,
    origine: Option<String>,
}

fn siren(siret: Option<&str>) -> Option<Siren> {
    let siret: Siret = siret?.parse().ok()?;
    Some(siret.siren())
}

/// Every dossier of the call that a person declares on: filed, not taken back,
/// not set aside; in two queries.
pub async fn dossiers(
    base: &mut Lecture,
    campagne: &str,
    compte: Uuid,
) -> Result<Vec<DossierDeclare>, Panne> {
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT d.id, d.pole, p.nom AS nom_du_pole, s.nom AS structure, s.siret,
                    i.lien, i.nature, k.origine
             FROM dossiers d
             JOIN poles p ON p.id = d.pole
             JOIN structures s ON s.id = d.structure
             LEFT JOIN eligibilites e ON e.dossier = d.id
             LEFT JOIN interets i ON i.dossier = d.id AND i.compte = $2
             LEFT JOIN deports k ON k.dossier = d.id AND k.compte = $2
             WHERE d.campagne = $1 AND d.depose_le IS NOT NULL AND d.retire_le IS NULL
               AND (e.dossier IS NULL OR e.issue = 'confirmee')
             ORDER BY d.numero",
            &valeurs![campagne, compte],
        )
        .await?;
    let membres: Vec<(Uuid, String, Option<String>)> = base
        .fetch_all(
            "SELECT m.dossier, m.nom, m.siret FROM membres m
             JOIN dossiers d ON d.id = m.dossier
             WHERE d.campagne = $1 AND d.depose_le IS NOT NULL AND d.retire_le IS NULL
               AND m.nom <> ''
             ORDER BY m.dossier, m.rang",
            &valeurs![campagne],
        )
        .await?;
    let du_dossier = |id: Uuid| {
        let membres = membres.iter().filter(|(dossier, ..)| *dossier == id);
        membres
            .map(|(_, nom, siret)| (nom.clone(), siren(siret.as_deref())))
            .collect()
    };
    let lues = lignes.into_iter().map(|l| DossierDeclare {
        examine: DossierAExaminer {
            id: l.id,
            pole: l.pole,
            nom: l.nom_du_pole,
            structure: (l.structure, siren(l.siret.as_deref())),
            membres: du_dossier(l.id),
        },
        reponse: l.lien.map(|lien| match lien {
            true => Reponse::Un(l.nature.unwrap_or_default()),
            false => Reponse::Aucun,
        }),
        origine: l.origine,
    });
    Ok(lues.collect())
}

/// The organisations a person works for or belongs to, one an entry.
pub async fn examinateurs(base: &mut Lecture, compte: Uuid) -> Result<Vec<Examinateur>, Panne> {
    let lignes: Vec<(Uuid, Option<String>, Option<String>)> = base
        .fetch_all(
            "SELECT h.pole, s.nom, s.siret FROM habilitations h
             JOIN poles p ON p.id = h.pole
             LEFT JOIN structures s ON s.id = p.porteuse
             WHERE h.compte = $1 ORDER BY h.pole",
            &valeurs![compte],
        )
        .await?;
    let poles: Vec<Uuid> = lignes.iter().map(|(pole, ..)| *pole).collect();
    let mut tous: Vec<Examinateur> = lignes
        .into_iter()
        .map(|(_, nom, siret)| Examinateur {
            personne: compte,
            organisation: nom.unwrap_or_default(),
            siren: siren(siret.as_deref()),
            poles: poles.clone(),
        })
        .collect();
    if tous.is_empty() {
        tous.push(Examinateur {
            personne: compte,
            organisation: String::new(),
            siren: None,
            poles: Vec::new(),
        });
    }
    Ok(tous)
}

/// How many dossiers of the call await an answer of this person.
pub async fn restants(base: &mut Lecture, campagne: &str, compte: Uuid) -> Result<usize, Panne> {
    let restants = base
        .compter(
            "SELECT COUNT(*) FROM dossiers d
             LEFT JOIN eligibilites e ON e.dossier = d.id
             WHERE d.campagne = $1 AND d.depose_le IS NOT NULL AND d.retire_le IS NULL
               AND (e.dossier IS NULL OR e.issue = 'confirmee')
               AND NOT EXISTS (SELECT 1 FROM interets i
                               WHERE i.dossier = d.id AND i.compte = $2)
               AND NOT EXISTS (SELECT 1 FROM deports k
                               WHERE k.dossier = d.id AND k.compte = $2)",
            &valeurs![campagne, compte],
        )
        .await?;
    Ok(usize::try_from(restants).unwrap_or_default())
}

/// What this person may do with that dossier of the call. A dossier that the
/// committee does not examine, or not yet, is closed to all.
pub async fn acces(
    base: &mut Lecture,
    campagne: &str,
    dossier: Uuid,
    compte: Uuid,
    avis_echus: bool,
) -> Result<Acces, Panne> {
    let visible = base
        .compter(
            "SELECT COUNT(*) FROM dossiers d
             LEFT JOIN eligibilites e ON e.dossier = d.id
             LEFT JOIN avis a ON a.dossier = d.id
             WHERE d.id = $1 AND d.campagne = $2
               AND d.depose_le IS NOT NULL AND d.retire_le IS NULL
               AND (e.dossier IS NULL OR e.issue = 'confirmee')
               AND (CAST($3 AS BIGINT) = 1 OR (e.issue = 'confirmee' AND a.dossier IS NOT NULL))
               AND NOT EXISTS (SELECT 1 FROM deports k
                               WHERE k.dossier = d.id AND k.compte = $4)",
            &valeurs![dossier, campagne, i64::from(avis_echus), compte],
        )
        .await?;
    if visible == 0 {
        return Ok(Acces::Ferme);
    }
    Ok(match restants(base, campagne, compte).await? {
        0 => Acces::Ouvert,
        n => Acces::InteretsADeclarer(n),
    })
}

/// Records an answer; a link declared before stays.
pub async fn record_interet(tx: &mut Tx, interet: &Interet) -> Result<(), Panne> {
    let nature = match &interet.reponse {
        Reponse::Aucun => None,
        Reponse::Un(texte) => Some(texte.as_str()),
    };
    tx.execute(
        "INSERT INTO interets (compte, dossier, lien, nature, le) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (compte, dossier) DO UPDATE SET lien = $3, nature = $4, le = $5
         WHERE interets.lien <> $3",
        &valeurs![
            interet.personne,
            interet.dossier,
            nature.is_some(),
            nature,
            interet.declare_le
        ],
    )
    .await
    .map(drop)
}

/// Closes the dossier to the person, for good.
pub async fn record_deport(tx: &mut Tx, deport: &Deport) -> Result<(), Panne> {
    let origines: Vec<String> = deport.liens.iter().map(Lien::origine).collect();
    tx.execute(
        "INSERT INTO deports (compte, dossier, origine, le) VALUES ($1, $2, $3, $4)
         ON CONFLICT (compte, dossier) DO NOTHING",
        &valeurs![
            deport.personne,
            deport.dossier,
            origines.join(" "),
            deport.ferme_le
        ],
    )
    .await
    .map(drop)
}

/// The deports this person already has in the call.
pub async fn deports(
    base: &mut Lecture,
    campagne: &str,
    compte: Uuid,
) -> Result<Vec<Deport>, Panne> {
    let lignes: Vec<(Uuid, String, i64)> = base
        .fetch_all(
            "SELECT k.dossier, k.origine, k.le FROM deports k
             JOIN dossiers d ON d.id = k.dossier
             WHERE d.campagne = $1 AND k.compte = $2 ORDER BY k.dossier",
            &valeurs![campagne, compte],
        )
        .await?;
    let deport = |(dossier, origine, le): (Uuid, String, i64)| -> Result<Deport, Panne> {
        let ferme_le: Timestamp = super::instant(le)?;
        Ok(Deport {
            dossier,
            personne: compte,
            liens: vec![Lien::Declare(origine)],
            ferme_le,
        })
    };
    lignes.into_iter().map(deport).collect()
}
