//! Many records at once: recognised, created, changed, put back. The import is
//! the only caller; it holds the rules, the rights and the transaction.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::Timestamp;
use metier::{
    commun::Region,
    poles::{
        Information, OUI,
        import::{Connue, Dite, Registre, Suivie},
    },
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{
    etat::{Etat, ecrire},
    liens::LIENS,
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

/// What of every record serves to recognise it, those merged into another
/// included: they lead there.
pub async fn registre(base: &mut Lecture) -> Result<Registre, Panne> {
    #[derive(FromRow)]
    struct Ligne {
        id: Uuid,
        nom: String,
        siret: Option<String>,
        code_commune: Option<String>,
        commune: Option<String>,
        departement: Option<String>,
        region: Option<String>,
        fusionne_dans: Option<Uuid>,
    }
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT p.id, p.nom, s.siret, p.code_commune, p.commune, p.departement, p.region,
                    p.fusionne_dans
             FROM poles p LEFT JOIN structures s ON s.id = p.porteuse ORDER BY p.id",
            &[],
        )
        .await?;
    let mut registre = Registre::default();
    for ligne in lignes {
        if let Some(garde) = ligne.fusionne_dans {
            registre.fondre(ligne.id, &ligne.nom, garde);
            continue;
        }
        registre.ajouter(Connue {
            pole: ligne.id,
            nom: ligne.nom,
            siret: ligne.siret,
            commune: ligne.code_commune,
            nom_de_commune: ligne.commune,
            departement: ligne.departement,
            region: ligne.region.as_deref().and_then(Region::par_code),
        });
    }
    Ok(registre)
}

/// A record as it stands.
#[derive(FromRow)]
pub struct Fiche {
    #[sqlx(flatten)]
    pub etat: Etat,
    /// The record that this one was merged into.
    pub fusionne_dans: Option<Uuid>,
}

/// These records, as they stand; those that are no more are not there.
pub async fn fiches(
    base: &mut Lecture,
    poles: &BTreeSet<Uuid>,
) -> Result<HashMap<Uuid, Fiche>, Panne> {
    let ids: Vec<Valeur> = poles.iter().map(Valeur::from).collect();
    let fiches: Vec<Fiche> = base
        .fetch_parmi(
            "SELECT p.id AS pole, p.nom, p.presentation, p.commune, p.code_commune, p.epci, p.departement, p.region,
                    p.themes, p.maturite, p.rural, p.qpv, p.site, p.territoire, p.membres, p.emplois,
                    p.europe, p.source AS source_du_pole, p.inscrit_le, p.invente, p.fusionne_dans,
                    s.nom AS porteuse, s.forme, s.qualite_ess, s.siret, s.rna, s.code_commune AS siege
             FROM poles p LEFT JOIN structures s ON s.id = p.porteuse WHERE p.id IN ($1)",
            &ids,
        )
        .await?;
    let fiches = fiches.into_iter();
    Ok(fiches.map(|fiche| (fiche.etat.pole, fiche)).collect())
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
    let mut d_un_coup: Vec<Valeur> = Vec::new();
    for (change, id) in changes.iter().zip(&ids) {
        if telle_que_dite(change.information) {
            d_un_coup.push(id.into());
        } else {
            ecrire(tx, change.pole, change.information, change.apres.clone()).await?;
        }
    }
    tx.execute_parmi(D_UN_COUP, &d_un_coup).await?;
    let cherches = changes.iter().filter(|c| se_cherche(c.information));
    let cherches: BTreeSet<Uuid> = cherches.map(|change| change.pole).collect();
    reindexer(tx, &Vec::from_iter(cherches)).await
}

/// Whether an information is kept as it is said: [`D_UN_COUP`] knows them all.
const fn telle_que_dite(information: Information) -> bool {
    match information {
        Information::Presentation
        | Information::Themes
        | Information::Maturite
        | Information::Rural
        | Information::Qpv
        | Information::Site => true,
        Information::Nom
        | Information::Commune
        | Information::Porteuse
        | Information::Territoire
        | Information::Membres
        | Information::Emplois
        | Information::Europe => false,
    }
}

/// Makes many records say at once what these changes say, each record being written
/// once whatever it changes.
const D_UN_COUP: &str = "
    WITH dits AS (
        SELECT pole,
               MAX(CASE WHEN information = 'presentation' THEN 1 ELSE 0 END) AS de_presentation,
               MAX(CASE WHEN information = 'presentation' THEN apres END) AS presentation,
               MAX(CASE WHEN information = 'themes' THEN 1 ELSE 0 END) AS de_themes,
               MAX(CASE WHEN information = 'themes' THEN apres END) AS themes,
               MAX(CASE WHEN information = 'maturite' THEN 1 ELSE 0 END) AS de_maturite,
               MAX(CASE WHEN information = 'maturite' THEN apres END) AS maturite,
               MAX(CASE WHEN information = 'rural' THEN 1 ELSE 0 END) AS de_rural,
               MAX(CASE WHEN information = 'rural' THEN apres END) AS rural,
               MAX(CASE WHEN information = 'qpv' THEN 1 ELSE 0 END) AS de_qpv,
               MAX(CASE WHEN information = 'qpv' THEN apres END) AS qpv,
               MAX(CASE WHEN information = 'site' THEN 1 ELSE 0 END) AS de_site,
               MAX(CASE WHEN information = 'site' THEN apres END) AS site
        FROM modifications WHERE id IN ($1) GROUP BY pole)
    UPDATE poles SET
        presentation = CASE WHEN de_presentation = 1 THEN dits.presentation ELSE poles.presentation END,
        themes = CASE WHEN de_themes = 1 THEN COALESCE(dits.themes, '') ELSE poles.themes END,
        maturite = CASE WHEN de_maturite = 1 THEN dits.maturite ELSE poles.maturite END,
        rural = CASE WHEN de_rural = 1 THEN (dits.rural = 'oui') ELSE poles.rural END,
        qpv = CASE WHEN de_qpv = 1 THEN (dits.qpv = 'oui') ELSE poles.qpv END,
        site = CASE WHEN de_site = 1 THEN dits.site ELSE poles.site END
    FROM dits WHERE dits.pole = poles.id";

/// A change, its record, its information, the import it comes from, the change
/// it puts back.
type LigneDeModification = (Uuid, Uuid, String, Option<Uuid>, Option<Uuid>);

/// The changes this import made in these records, by record and information,
/// but for those that somebody put back since.
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
    let annulees: HashSet<Uuid> = lignes.iter().filter_map(|(.., annule)| *annule).collect();
    let faites = lignes
        .into_iter()
        .filter(|(id, .., de, annule)| {
            *de == Some(import) && annule.is_none() && !annulees.contains(id)
        })
        .filter_map(|(id, pole, information, ..)| {
            Some(((pole, Information::par_code(&information)?), id))
        });
    Ok(faites.collect())
}

/// What the merges of these records took of them: each with its information.
pub async fn reprises(
    base: &mut Lecture,
    fondues: &BTreeSet<Uuid>,
) -> Result<HashSet<(Uuid, Information)>, Panne> {
    let ids: Vec<Valeur> = fondues.iter().map(Valeur::from).collect();
    let lignes: Vec<(Uuid, String)> = base
        .fetch_parmi(
            "SELECT f.fondu, m.information FROM fusions f JOIN modifications m ON m.fusion = f.id
             WHERE f.defaite_le IS NULL AND f.fondu IN ($1)",
            &ids,
        )
        .await?;
    let reprises = lignes.into_iter();
    Ok(reprises
        .filter_map(|(pole, information)| Some((pole, Information::par_code(&information)?)))
        .collect())
}

/// The records this import created on which something hangs now, and what.
pub async fn retenues(base: &mut Lecture, import: Uuid) -> Result<Vec<Suivie>, Panne> {
    let mut retenues: BTreeMap<(String, Uuid), Suivie> = BTreeMap::new();
    for retient in LIENS.iter().filter_map(|lien| lien.retient.as_ref()) {
        let fiches: Vec<(Uuid, String, String)> =
            base.fetch_all(retient.trouver, &valeurs![import]).await?;
        for (pole, nom, cle) in fiches {
            let suivie = retenues.entry((cle, pole)).or_insert_with(|| Suivie {
                pole,
                nom,
                par: Vec::new(),
            });
            // Two tables may keep one thing.
            if suivie.par.iter().all(|quoi| quoi != retient.quoi) {
                suivie.par.push(retient.quoi.to_owned());
            }
        }
    }
    Ok(retenues.into_values().collect())
}

/// Takes out what is left around the records this import created, on which
/// nothing hangs: what was refused, put back, ended. The journal keeps its trace.
pub async fn detacher(tx: &mut Tx, import: Uuid) -> Result<(), Panne> {
    for emporter in LIENS.iter().flat_map(|lien| lien.emporte) {
        tx.execute(*emporter, &valeurs![import]).await?;
    }
    Ok(())
}

/// Takes out these records, from which all was taken.
pub async fn delete(tx: &mut Tx, poles: &BTreeSet<Uuid>) -> Result<(), Panne> {
    oublier(tx, &Vec::from_iter(poles.iter().copied())).await?;
    let poles: Vec<Valeur> = poles.iter().map(Valeur::from).collect();
    tx.execute_parmi("DELETE FROM poles WHERE id IN ($1)", &poles)
        .await
}

/// Takes out the structures that came with the records of this import, once
/// these are gone, but for those that carry another pole, did, or filed.
pub async fn delete_structures(tx: &mut Tx, import: Uuid) -> Result<(), Panne> {
    tx.execute(
        "DELETE FROM structures WHERE id IN (
             SELECT pole FROM lignes_des_imports WHERE import = $1 AND sort = 'creee')
         AND NOT EXISTS (SELECT 1 FROM poles p WHERE p.porteuse = structures.id)
         AND NOT EXISTS (SELECT 1 FROM fusions f WHERE f.porteuse_avant = structures.id)
         AND NOT EXISTS (SELECT 1 FROM dossiers d WHERE d.structure = structures.id)",
        &valeurs![import],
    )
    .await
    .map(drop)
}
