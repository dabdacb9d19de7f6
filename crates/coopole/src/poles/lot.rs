//! Many records at once: recognised, created, changed, put back. The import is
//! the only caller; it holds the rules, the rights and the transaction.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use metier::{
    commun::Region,
    poles::{
        Information, OUI,
        import::{Connue, Dite, Registre},
    },
};
use serde::{Deserialize, Serialize};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{
    etat::{Etat, ecrire},
    mots::{indexer, oublier, reindexer, se_cherche},
    store::cle_de_tri,
};
use crate::{
    socle::{
        alea, communes,
        db::{Lecture, Tx, Valeur},
        epci,
        erreurs::Panne,
    },
    valeurs,
};

/// What of every record serves to recognise it.
pub async fn registre(base: &mut Lecture) -> Result<Registre, Panne> {
    #[derive(FromRow)]
    struct Ligne {
        id: Uuid,
        nom: String,
        siret: Option<String>,
        code_commune: Option<String>,
        commune: Option<String>,
        region: Option<String>,
    }
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT p.id, p.nom, s.siret, p.code_commune, p.commune, p.region
             FROM poles p LEFT JOIN structures s ON s.id = p.porteuse
             WHERE p.fusionne_dans IS NULL ORDER BY p.id",
            &[],
        )
        .await?;
    let mut registre = Registre::default();
    for ligne in lignes {
        registre.ajouter(Connue {
            pole: ligne.id,
            nom: ligne.nom,
            siret: ligne.siret,
            commune: ligne.code_commune,
            nom_de_commune: ligne.commune,
            region: ligne.region.as_deref().and_then(Region::par_code),
        });
    }
    Ok(registre)
}

/// Where a record says the pole is, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lieu {
    pub commune: Option<String>,
    pub code: Option<String>,
    pub departement: Option<String>,
    pub region: Option<String>,
}

/// A record as it stands, with its place.
pub struct Fiche {
    pub etat: Etat,
    pub lieu: Lieu,
}

#[derive(FromRow)]
struct LigneFiche {
    #[sqlx(flatten)]
    etat: Etat,
    departement: Option<String>,
}

/// These records, as they stand.
pub async fn fiches(
    base: &mut Lecture,
    poles: &BTreeSet<Uuid>,
) -> Result<HashMap<Uuid, Fiche>, Panne> {
    let ids: Vec<Valeur> = poles.iter().map(Valeur::from).collect();
    let lignes: Vec<LigneFiche> = base
        .fetch_parmi(
            "SELECT p.id AS pole, p.nom, p.presentation, p.commune, p.code_commune, p.region, p.themes,
                    p.maturite, p.rural, p.qpv, p.site, p.territoire, p.membres, p.emplois, p.europe,
                    p.source AS source_du_pole, p.invente, p.departement,
                    s.nom AS porteuse, s.forme, s.siret, s.rna, s.code_commune AS siege
             FROM poles p LEFT JOIN structures s ON s.id = p.porteuse WHERE p.id IN ($1)",
            &ids,
        )
        .await?;
    let fiches = lignes.into_iter().map(|ligne| {
        let lieu = Lieu {
            commune: ligne.etat.commune.clone(),
            code: ligne.etat.code_commune.clone(),
            departement: ligne.departement,
            region: ligne.etat.region.clone(),
        };
        let fiche = Fiche {
            lieu,
            etat: ligne.etat,
        };
        (fiche.etat.pole, fiche)
    });
    Ok(fiches.collect())
}

/// Writes these new records, which enter the register then, and the structures that carry them when they are
/// not known yet. A structure bears the identifier of the pole it came with.
pub async fn create_plusieurs(
    tx: &mut Tx,
    fiches: &[(Uuid, Dite)],
    (source, invente): (&str, bool),
    inscrit_le: Timestamp,
) -> Result<(), Panne> {
    let porteuses = porteuses(tx, fiches).await?;
    let rangees: Vec<_> = fiches
        .iter()
        .map(|(pole, dite)| {
            let dit = |information| dite.valeur(information);
            let nom = dit(Information::Nom).unwrap_or_default();
            let commune = dit(Information::Commune).and_then(communes::par_code);
            valeurs![
                *pole,
                nom,
                cle_de_tri(nom),
                porteuses.get(pole).copied(),
                commune.map(|commune| commune.nom),
                commune.map(|commune| commune.code),
                dite.departement.clone(),
                commune.and_then(|commune| Some(epci::de_la_commune(commune.code)?.siren)),
                dite.region.map(Region::code),
                dit(Information::Maturite),
                dit(Information::Themes).unwrap_or_default(),
                dit(Information::Rural).map(|dit| dit == OUI),
                dit(Information::Qpv).map(|dit| dit == OUI),
                dit(Information::Presentation),
                dit(Information::Site),
                invente,
                source,
                inscrit_le
            ]
        })
        .collect();
    tx.inserer(
        "INSERT INTO poles (id, nom, cle_tri, porteuse, commune, code_commune, departement, epci, region,
                            maturite, themes, rural, qpv, presentation, site, invente, source, inscrit_le)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        &rangees,
    )
    .await?;
    let poles: Vec<Uuid> = fiches.iter().map(|(pole, _)| *pole).collect();
    indexer(tx, &poles).await
}

/// The structure of each of these poles that has one: known by its SIRET, else
/// written now.
async fn porteuses(tx: &mut Tx, fiches: &[(Uuid, Dite)]) -> Result<HashMap<Uuid, Uuid>, Panne> {
    let sirets: BTreeSet<&str> = fiches
        .iter()
        .filter_map(|(_, d)| d.siret.as_deref())
        .collect();
    let sirets: Vec<Valeur> = sirets.into_iter().map(Valeur::from).collect();
    let connues: Vec<(String, Uuid)> = tx
        .fetch_parmi(
            "SELECT siret, id FROM structures WHERE siret IN ($1)",
            &sirets,
        )
        .await?;
    let mut connues: HashMap<String, Uuid> = connues.into_iter().collect();
    let (mut porteuses, mut rangees) = (HashMap::new(), Vec::new());
    for (pole, dite) in fiches {
        let Some(nom) = &dite.structure else { continue };
        let connue = dite.siret.as_ref().and_then(|siret| connues.get(siret));
        if let Some(connue) = connue {
            porteuses.insert(*pole, *connue);
            continue;
        }
        if let Some(siret) = &dite.siret {
            connues.insert(siret.clone(), *pole);
        }
        porteuses.insert(*pole, *pole);
        let commune = dite
            .valeur(Information::Commune)
            .and_then(communes::par_code);
        rangees.push(valeurs![
            *pole,
            nom,
            dite.siret.clone(),
            dite.rna.clone(),
            commune.map(|commune| commune.nom),
            commune.map(|commune| commune.code),
            dite.region.map(Region::code)
        ]);
    }
    tx.inserer(
        "INSERT INTO structures (id, nom, siret, rna, commune, code_commune, region)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &rangees,
    )
    .await?;
    Ok(porteuses)
}

/// An information of a record that changes.
pub struct Change {
    pub pole: Uuid,
    pub information: Information,
    pub avant: Option<String>,
    pub apres: Option<String>,
    /// The place to be written as it was, rather than derived from the commune.
    pub lieu: Option<Lieu>,
    /// The change that this one puts back.
    pub annule: Option<Uuid>,
}

/// Makes the records say this from now on, and keeps what they said before.
pub async fn record_changes(
    tx: &mut Tx,
    changes: &[Change],
    (import, source, le): (Uuid, &str, Timestamp),
) -> Result<(), Panne> {
    let ids: Vec<Uuid> = changes.iter().map(|_| alea::id()).collect();
    let rangees: Vec<_> = changes
        .iter()
        .zip(&ids)
        .map(|(c, id)| {
            valeurs![
                *id,
                c.pole,
                c.information.code(),
                c.avant.clone(),
                c.apres.clone(),
                source,
                le,
                c.annule,
                import
            ]
        })
        .collect();
    tx.inserer(
        "INSERT INTO modifications (id, pole, information, avant, apres, source, le, annule, import)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &rangees,
    )
    .await?;
    let mut d_un_coup: BTreeMap<&str, Vec<Valeur>> = BTreeMap::new();
    for (change, id) in changes.iter().zip(&ids) {
        match (&change.lieu, telle_que_dite(change.information)) {
            (Some(lieu), _) => ecrire_le_lieu(tx, change.pole, lieu).await?,
            (None, Some(sql)) => d_un_coup.entry(sql).or_default().push(id.into()),
            (None, None) => {
                ecrire(tx, change.pole, change.information, change.apres.clone()).await?;
            }
        }
    }
    for (sql, ids) in d_un_coup {
        tx.execute_parmi(sql, &ids).await?;
    }
    let cherches = changes.iter().filter(|c| se_cherche(c.information));
    let cherches: BTreeSet<Uuid> = cherches.map(|change| change.pole).collect();
    reindexer(tx, &Vec::from_iter(cherches)).await
}

/// What makes many records say at once what these changes say, for an
/// information that is kept as it is said.
const fn telle_que_dite(information: Information) -> Option<&'static str> {
    Some(match information {
        Information::Presentation => {
            "UPDATE poles SET presentation = m.apres FROM modifications m
             WHERE m.pole = poles.id AND m.id IN ($1)"
        }
        Information::Themes => {
            "UPDATE poles SET themes = COALESCE(m.apres, '') FROM modifications m
             WHERE m.pole = poles.id AND m.id IN ($1)"
        }
        Information::Maturite => {
            "UPDATE poles SET maturite = m.apres FROM modifications m
             WHERE m.pole = poles.id AND m.id IN ($1)"
        }
        Information::Rural => {
            "UPDATE poles SET rural = (m.apres = 'oui') FROM modifications m
             WHERE m.pole = poles.id AND m.id IN ($1)"
        }
        Information::Qpv => {
            "UPDATE poles SET qpv = (m.apres = 'oui') FROM modifications m
             WHERE m.pole = poles.id AND m.id IN ($1)"
        }
        Information::Site => {
            "UPDATE poles SET site = m.apres FROM modifications m
             WHERE m.pole = poles.id AND m.id IN ($1)"
        }
        Information::Nom
        | Information::Commune
        | Information::Porteuse
        | Information::Territoire
        | Information::Membres
        | Information::Emplois
        | Information::Europe => return None,
    })
}

async fn ecrire_le_lieu(tx: &mut Tx, pole: Uuid, lieu: &Lieu) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE poles SET commune = $2, code_commune = $3, departement = $4, region = $5
         WHERE id = $1",
        &valeurs![
            pole,
            lieu.commune.clone(),
            lieu.code.clone(),
            lieu.departement.clone(),
            lieu.region.clone()
        ],
    )
    .await
}

/// A change, its record, its information, the import it comes from, the change
/// it puts back.
type LigneDeModification = (Uuid, Uuid, String, Option<Uuid>, Option<Uuid>);

/// The changes this import made in these records, by record and information.
pub async fn faites(
    base: &mut Lecture,
    import: Uuid,
    poles: &BTreeSet<Uuid>,
) -> Result<HashMap<(Uuid, Information), Uuid>, Panne> {
    let ids: Vec<Valeur> = poles.iter().map(Valeur::from).collect();
    // Chosen here and not there: a base that keeps no statistics would begin
    // with all the changes that put nothing back.
    let lignes: Vec<LigneDeModification> = base
        .fetch_parmi(
            "SELECT id, pole, information, import, annule FROM modifications WHERE pole IN ($1)",
            &ids,
        )
        .await?;
    let faites = lignes
        .into_iter()
        .filter(|(.., de, annule)| *de == Some(import) && annule.is_none())
        .filter_map(|(id, pole, information, ..)| {
            Some(((pole, Information::par_code(&information)?), id))
        });
    Ok(faites.collect())
}

/// The names of records this import created on which something hangs now.
pub async fn retenues(base: &mut Lecture, import: Uuid) -> Result<Vec<String>, Panne> {
    let noms: Vec<(String,)> = base
        .fetch_all(
            "SELECT p.nom, p.cle_tri, p.id FROM lignes_des_imports l JOIN poles p ON p.id = l.pole
             WHERE l.import = $1 AND l.sort = 'creee' AND (
                    EXISTS (SELECT 1 FROM modifications m WHERE m.pole = p.id)
                 OR EXISTS (SELECT 1 FROM corrections c WHERE c.pole = p.id)
                 OR EXISTS (SELECT 1 FROM dossiers d WHERE d.pole = p.id)
                 OR EXISTS (SELECT 1 FROM signatures_charte s WHERE s.pole = p.id)
                 OR EXISTS (SELECT 1 FROM laureats a WHERE a.pole = p.id)
                 OR EXISTS (SELECT 1 FROM aides a WHERE a.pole = p.id)
                 OR EXISTS (SELECT 1 FROM habilitations h WHERE h.pole = p.id))
             ORDER BY p.cle_tri, p.id LIMIT 1000",
            &valeurs![import],
        )
        .await?;
    Ok(noms.into_iter().map(|(nom,)| nom).collect())
}

/// Takes out these records, on which nothing hangs.
pub async fn delete(tx: &mut Tx, poles: &BTreeSet<Uuid>) -> Result<(), Panne> {
    oublier(tx, &Vec::from_iter(poles.iter().copied())).await?;
    let poles: Vec<Valeur> = poles.iter().map(Valeur::from).collect();
    tx.execute_parmi("DELETE FROM poles WHERE id IN ($1)", &poles)
        .await
}

/// Takes out the structures that came with the records of this import, once
/// these are gone, but for those that carry another pole or filed.
pub async fn delete_structures(tx: &mut Tx, import: Uuid) -> Result<(), Panne> {
    tx.execute(
        "DELETE FROM structures WHERE id IN (
             SELECT pole FROM lignes_des_imports WHERE import = $1 AND sort = 'creee')
         AND NOT EXISTS (SELECT 1 FROM poles p WHERE p.porteuse = structures.id)
         AND NOT EXISTS (SELECT 1 FROM dossiers d WHERE d.structure = structures.id)",
        &valeurs![import],
    )
    .await
    .map(drop)
}
