//! Duplicates and merges, as the base keeps them: what is looked through, what
//! a merge moves, and how it is put back.

use std::collections::BTreeMap;

use jiff::Timestamp;
use metier::{
    commun::Region,
    poles::{Information, doublon::Candidat, fusion::Depuis},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{Jalon, liens::LIENS, modifications::information, mots};
use crate::{
    socle::{
        alea,
        db::{Enonce, Lecture, Tx},
        erreurs::Panne,
        feuilles::{Cote, Vers},
    },
    valeurs,
};

/// A record to be compared, and what names it on a list.
#[derive(Debug, Clone)]
pub struct Comparee {
    pub candidat: Candidat,
    pub nom: String,
    pub commune: Option<String>,
    pub region: Option<Region>,
}

#[derive(FromRow)]
struct LigneComparee {
    id: Uuid,
    nom: String,
    cle_tri: String,
    siret: Option<String>,
    commune: Option<String>,
    code_commune: Option<String>,
    departement: Option<String>,
    region: Option<String>,
    invente: bool,
}

impl From<LigneComparee> for Comparee {
    fn from(l: LigneComparee) -> Self {
        Self {
            candidat: Candidat {
                id: l.id,
                cle: l.cle_tri,
                siret: l.siret.and_then(|siret| siret.parse().ok()),
                commune: l.code_commune,
                departement: l.departement,
                invente: l.invente,
            },
            nom: l.nom,
            commune: l.commune,
            region: l.region.as_deref().and_then(Region::par_code),
        }
    }
}

/// The records of a region, or all of them, by identifier.
pub async fn comparees(base: &mut Lecture, region: Option<Region>) -> Result<Vec<Comparee>, Panne> {
    let lignes: Vec<LigneComparee> = base
        .fetch_all(
            "SELECT p.id, p.nom, p.cle_tri, s.siret, p.commune, p.code_commune, p.departement,
                    p.region, p.invente
             FROM poles p LEFT JOIN structures s ON s.id = p.porteuse
             WHERE (CAST($1 AS TEXT) = '' OR p.region = $1) AND p.fusionne_dans IS NULL
             ORDER BY p.id",
            &valeurs![region.map_or("", Region::code)],
        )
        .await?;
    Ok(lignes.into_iter().map(Comparee::from).collect())
}

/// The records that one of this region may be: those of the region, of a region
/// that nobody knows, and of that legal person wherever they are.
pub async fn proches(
    base: &mut Lecture,
    region: Option<Region>,
    siren: &str,
) -> Result<Vec<Comparee>, Panne> {
    let lignes: Vec<LigneComparee> = base
        .fetch_all(
            "SELECT p.id, p.nom, p.cle_tri, s.siret, p.commune, p.code_commune, p.departement,
                    p.region, p.invente
             FROM poles p LEFT JOIN structures s ON s.id = p.porteuse
             WHERE (p.region = $1 OR p.region IS NULL
                    OR ($2 <> '' AND substr(COALESCE(s.siret, ''), 1, 9) = $2))
               AND p.fusionne_dans IS NULL
             ORDER BY p.id",
            &valeurs![region.map_or("", Region::code), siren],
        )
        .await?;
    Ok(lignes.into_iter().map(Comparee::from).collect())
}

/// Which record that one was merged into, if it was.
pub async fn gardee(base: &mut Lecture, fondu: Uuid) -> Result<Option<Uuid>, Panne> {
    let ligne: Option<(Option<Uuid>,)> = base
        .fetch_optional(
            "SELECT fusionne_dans FROM poles WHERE id = $1",
            &valeurs![fondu],
        )
        .await?;
    Ok(ligne.and_then(|(gardee,)| gardee))
}

/// The structure that carries a pole.
pub async fn porteuse(base: &mut Lecture, pole: Uuid) -> Result<Option<Uuid>, Panne> {
    let (porteuse,): (Option<Uuid>,) = base
        .fetch_one("SELECT porteuse FROM poles WHERE id = $1", &valeurs![pole])
        .await?;
    Ok(porteuse)
}

/// Two dossiers that stand on one call, one of each pole.
#[derive(Debug, Clone, FromRow)]
pub struct Double {
    pub campagne: String,
    pub un: Uuid,
    pub autre: Uuid,
    /// Both were filed.
    pub deposes: bool,
}

/// The calls on which both have a dossier that stands.
pub async fn dossiers_en_double(
    base: &mut Lecture,
    un: Uuid,
    autre: Uuid,
) -> Result<Vec<Double>, Panne> {
    base.fetch_all(
        "SELECT d.campagne, d.id AS un, e.id AS autre,
                d.depose_le IS NOT NULL AND e.depose_le IS NOT NULL AS deposes
         FROM dossiers d JOIN dossiers e ON e.campagne = d.campagne
         WHERE d.pole = $1 AND e.pole = $2 AND d.retire_le IS NULL AND e.retire_le IS NULL
         ORDER BY d.campagne, d.id, e.id",
        &valeurs![un, autre],
    )
    .await
}

/// Two records that people told apart.
#[derive(Debug, Clone, FromRow)]
pub struct Distinction {
    pub un: Uuid,
    pub autre: Uuid,
    pub motif: String,
    pub le: i64,
}

/// Every pair that people told apart, the latest first.
pub async fn distinctions(base: &mut Lecture) -> Result<Vec<Distinction>, Panne> {
    base.fetch_all(
        "SELECT un, autre, motif, le FROM distinctions ORDER BY le DESC, un, autre",
        &[],
    )
    .await
}

pub async fn record_distinction(
    tx: &mut Tx,
    (un, autre): (Uuid, Uuid),
    motif: &str,
    par: Uuid,
    le: Timestamp,
) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO distinctions (un, autre, motif, le, par) VALUES ($1, $2, $3, $4, $5)",
        &valeurs![un.min(autre), un.max(autre), motif, le, par],
    )
    .await
    .map(drop)
}

/// They may be one pole after all.
pub async fn delete_distinction(tx: &mut Tx, un: Uuid, autre: Uuid) -> Result<bool, Panne> {
    let otees = tx
        .execute(
            "DELETE FROM distinctions WHERE un = $1 AND autre = $2",
            &valeurs![un.min(autre), un.max(autre)],
        )
        .await?;
    Ok(otees > 0)
}

/// A merge as it was done.
#[derive(Debug, Clone, FromRow)]
pub struct Fusion {
    pub id: Uuid,
    pub garde: Uuid,
    pub fondu: Uuid,
    pub nom_garde: String,
    pub nom_fondu: String,
    pub region: Option<String>,
    pub region_fondue: Option<String>,
    pub motif: String,
    pub porteuse_avant: Option<Uuid>,
    pub le: i64,
    pub defaite_le: Option<i64>,
    pub defaite_motif: Option<String>,
}

impl Fusion {
    /// The regions of the record kept and of the one merged.
    pub fn regions(&self) -> [Option<Region>; 2] {
        [&self.region, &self.region_fondue].map(|code| code.as_deref().and_then(Region::par_code))
    }

    /// Its place in a list.
    pub fn jalon(&self) -> Jalon {
        Jalon {
            le: self.le,
            id: self.id,
        }
    }

    pub fn instant(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

const FUSION: &str = " SELECT f.id, f.garde, f.fondu, g.nom AS nom_garde, p.nom AS nom_fondu, g.region,
                               p.region AS region_fondue, f.motif, f.porteuse_avant, f.le, f.defaite_le,
                               f.defaite_motif
                        FROM fusions f JOIN poles g ON g.id = f.garde JOIN poles p ON p.id = f.fondu";

/// A merge by its identifier.
pub async fn find(base: &mut Lecture, id: Uuid) -> Result<Fusion, Panne> {
    let mut enonce = Enonce::new(FUSION);
    enonce.suite(" WHERE f.id = ?", valeurs![id]);
    base.fetch_optional(enonce.texte(), enonce.valeurs())
        .await?
        .ok_or(Panne::Introuvable)
}

/// The latest merges into a record, those undone included.
pub async fn du_pole(
    base: &mut Lecture,
    garde: Uuid,
    au_plus: usize,
) -> Result<Vec<Fusion>, Panne> {
    let enonce = enonce_du_pole(garde, au_plus);
    base.fetch_all(enonce.texte(), enonce.valeurs()).await
}

fn enonce_du_pole(garde: Uuid, au_plus: usize) -> Enonce {
    let mut enonce = Enonce::new(FUSION);
    let suite = " WHERE f.garde = ? ORDER BY f.le DESC, f.id DESC";
    enonce.suite(suite, valeurs![garde]).au_plus(au_plus);
    enonce
}

/// The merges of records that both stand in these regions, or anywhere; those
/// undone included, the latest first, away from that place.
pub async fn lister(
    base: &mut Lecture,
    regions: Option<&[Region]>,
    (cote, au_plus): (&Cote<Jalon>, usize),
) -> Result<Vec<Fusion>, Panne> {
    let enonce = enonce(regions, cote, au_plus);
    base.fetch_all(enonce.texte(), enonce.valeurs()).await
}

fn enonce(regions: Option<&[Region]>, cote: &Cote<Jalon>, au_plus: usize) -> Enonce {
    let mut enonce = Enonce::new(FUSION);
    enonce.suite(" WHERE 1 = 1", []);
    if let Some(regions) = regions {
        for [une, autre] in [
            [" AND (1 = 0", " OR g.region = ?"],
            [") AND (1 = 0", " OR p.region = ?"],
        ] {
            enonce.suite(une, []);
            for region in regions {
                enonce.suite(autre, valeurs![region.code()]);
            }
        }
        enonce.suite(")", []);
    }
    let Jalon { le, id } = cote.map_or(Jalon::FIN, |(jalon, _)| jalon);
    enonce
        .suite(
            match cote {
                Some((_, Vers::Avant)) => " AND (f.le, f.id) > (?, ?) ORDER BY f.le, f.id",
                _ => " AND (f.le, f.id) < (?, ?) ORDER BY f.le DESC, f.id DESC",
            },
            valeurs![le, id],
        )
        .au_plus(au_plus);
    enonce
}

/// The statements of this file that are put together, for a test to prepare.
pub fn enonces() -> Vec<Enonce> {
    let avant = Some((Jalon::FIN, Vers::Avant));
    vec![
        enonce(None, &None, 1),
        enonce(Some(&Region::TOUTES), &avant, 1),
        enonce_du_pole(Uuid::nil(), 1),
    ]
}

/// Writes the merge, then moves every link; what cannot stand twice is resolved.
pub async fn record(
    tx: &mut Tx,
    (garde, fondu): (Uuid, Uuid),
    motif: &str,
    par: Uuid,
    le: Timestamp,
) -> Result<Uuid, Panne> {
    let id = alea::id();
    tx.execute(
        "INSERT INTO fusions (id, garde, fondu, motif, porteuse_avant, inscrit_avant, le, par)
         SELECT $1, p.id, $3, $4, p.porteuse, p.inscrit_le, $5, $6 FROM poles p WHERE p.id = $2",
        &valeurs![id, garde, fondu, motif, le, par],
    )
    .await?;
    departager(tx, id, (garde, fondu), le).await?;
    for [noter, deplacer, _] in LIENS.iter().filter_map(|lien| lien.deplace) {
        tx.execute(noter, &valeurs![id, fondu]).await?;
        tx.execute(deplacer, &valeurs![id, garde]).await?;
    }
    // The pole entered with the first of its records; before any day that is
    // said, if the register began with one of them.
    tx.execute_one(
        "UPDATE poles SET inscrit_le =
             (SELECT CASE WHEN f.inscrit_le < poles.inscrit_le THEN f.inscrit_le
                          WHEN f.inscrit_le IS NOT NULL THEN poles.inscrit_le END
              FROM poles f WHERE f.id = $1)
         WHERE id = $2",
        &valeurs![fondu, garde],
    )
    .await?;
    tx.execute_one(
        "UPDATE poles SET fusionne_dans = $2 WHERE id = $1",
        &valeurs![fondu, garde],
    )
    .await?;
    mots::oublier(tx, &[fondu]).await?;
    Ok(id)
}

/// What both hold and one may hold only once: the second is closed, and noted.
async fn departager(
    tx: &mut Tx,
    fusion: Uuid,
    (garde, fondu): (Uuid, Uuid),
    le: Timestamp,
) -> Result<(), Panne> {
    // A dossier of each on a call that is over: both stand under one pole.
    tx.execute(
        "UPDATE dossiers SET venu_par = $1
         WHERE pole = $3 AND retire_le IS NULL AND venu_par IS NULL AND campagne IN
             (SELECT g.campagne FROM dossiers g WHERE g.pole = $2 AND g.retire_le IS NULL)",
        &valeurs![fusion, garde, fondu],
    )
    .await?;
    doubler_les_signatures(tx, fusion, (garde, fondu)).await?;
    dater_les_laureats(tx, fusion, (garde, fondu)).await?;
    // Somebody of both teams keeps the place that gives more.
    tx.execute(
        "INSERT INTO deplacements (fusion, lien, ligne)
         SELECT $1, 'place_en_double',
                CASE WHEN g.qualite = 'responsable' OR f.qualite = 'lecteur' OR f.qualite = g.qualite
                     THEN f.id ELSE g.id END
         FROM habilitations f JOIN habilitations g ON g.compte = f.compte AND g.role = f.role
         WHERE f.pole = $3 AND g.pole = $2 AND f.au IS NULL AND g.au IS NULL
         ON CONFLICT DO NOTHING",
        &valeurs![fusion, garde, fondu],
    )
    .await?;
    tx.execute(
        "UPDATE habilitations SET au = $2 WHERE id IN
             (SELECT ligne FROM deplacements WHERE fusion = $1 AND lien = 'place_en_double')",
        &valeurs![fusion, le],
    )
    .await?;
    // One person waiting for two answers waits for one.
    tx.execute(
        "INSERT INTO deplacements (fusion, lien, ligne)
         SELECT $1, 'revendication_en_double', f.id
         FROM revendications f JOIN revendications g ON g.par = f.par
         WHERE f.pole = $3 AND g.pole = $2 AND f.issue IS NULL AND g.issue IS NULL
         ON CONFLICT DO NOTHING",
        &valeurs![fusion, garde, fondu],
    )
    .await?;
    tx.execute(
        "UPDATE revendications SET issue = 'retiree', tranchee_le = $2 WHERE id IN
             (SELECT ligne FROM deplacements WHERE fusion = $1 AND lien = 'revendication_en_double')",
        &valeurs![fusion, le],
    )
    .await
    .map(drop)
}

/// One version of the Charter, signed by both: one signature stands, the proven
/// one, else the first. The other was not withdrawn: it is kept apart.
async fn doubler_les_signatures(
    tx: &mut Tx,
    fusion: Uuid,
    (garde, fondu): (Uuid, Uuid),
) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO deplacements (fusion, lien, ligne)
         SELECT $1, 'signature_en_double',
                CASE WHEN d.signature IS NOT NULL AND e.signature IS NULL THEN g.id
                     WHEN d.signature IS NULL AND e.signature IS NOT NULL THEN f.id
                     WHEN f.signee_le < g.signee_le THEN g.id ELSE f.id END
         FROM signatures_charte f JOIN signatures_charte g ON g.version = f.version
         LEFT JOIN preuves_charte d ON d.signature = f.id
         LEFT JOIN preuves_charte e ON e.signature = g.id
         WHERE f.pole = $3 AND g.pole = $2 AND f.retiree_le IS NULL AND g.retiree_le IS NULL",
        &valeurs![fusion, garde, fondu],
    )
    .await?;
    tx.execute(
        "INSERT INTO signatures_doublees (id, pole, version, signee_le, doublon_de)
         SELECT s.id, s.pole, s.version, s.signee_le, t.id
         FROM deplacements d JOIN signatures_charte s ON s.id = d.ligne
         JOIN signatures_charte t ON t.version = s.version AND t.id <> s.id
         WHERE d.fusion = $1 AND d.lien = 'signature_en_double'
           AND t.pole IN ($2, $3) AND t.retiree_le IS NULL",
        &valeurs![fusion, garde, fondu],
    )
    .await?;
    tx.execute(
        "DELETE FROM signatures_charte WHERE id IN
             (SELECT ligne FROM deplacements WHERE fusion = $1 AND lien = 'signature_en_double')",
        &valeurs![fusion],
    )
    .await
    .map(drop)
}

/// A signature that should never have been written. The one it stood for, when
/// a merge found two, stands from then on; undoing the merge will give it back to
/// its record.
pub async fn delete_signature(tx: &mut Tx, id: Uuid) -> Result<(), Panne> {
    let suivante: Option<(Uuid,)> = tx
        .fetch_optional(
            "SELECT id FROM signatures_doublees WHERE doublon_de = $1 ORDER BY signee_le, id LIMIT 1",
            &valeurs![id],
        )
        .await?;
    for oter in [
        "DELETE FROM signatures_charte WHERE id = $1",
        "DELETE FROM signatures_doublees WHERE id = $1",
    ] {
        tx.execute(oter, &valeurs![id]).await?;
    }
    let Some((suivante,)) = suivante else {
        return Ok(());
    };
    for promouvoir in [
        "INSERT INTO signatures_charte (id, pole, version, signee_le)
         SELECT s.id, s.pole, s.version, s.signee_le FROM signatures_doublees s WHERE s.id = $1",
        "DELETE FROM signatures_doublees WHERE id = $1",
        "UPDATE deplacements SET lien = 'signatures_charte'
         WHERE ligne = $1 AND lien = 'signatures_doublees'",
    ] {
        tx.execute(promouvoir, &valeurs![suivante]).await?;
    }
    tx.execute(
        "UPDATE signatures_doublees SET doublon_de = $2 WHERE doublon_de = $1",
        &valeurs![id, suivante],
    )
    .await
    .map(drop)
}

/// A call won by both: the award kept bears the earliest date known; within one
/// year, a day says more than the year.
async fn dater_les_laureats(
    tx: &mut Tx,
    fusion: Uuid,
    (garde, fondu): (Uuid, Uuid),
) -> Result<(), Panne> {
    tx.execute(
        "INSERT INTO deplacements (fusion, lien, ligne, avant, avant_du, avant_au)
         SELECT $1, 'date_de_laureat', g.id, g.le, g.annee_du, g.annee_au
         FROM laureats g JOIN laureats f ON f.campagne = g.campagne
         WHERE g.pole = $2 AND f.pole = $3 AND COALESCE(f.le, f.annee_du) IS NOT NULL
           AND (COALESCE(g.le, g.annee_du) IS NULL
                OR f.le BETWEEN g.annee_du AND g.annee_au
                OR (COALESCE(f.le, f.annee_du) < COALESCE(g.le, g.annee_du)
                    AND NOT COALESCE(g.le BETWEEN f.annee_du AND f.annee_au, FALSE)))",
        &valeurs![fusion, garde, fondu],
    )
    .await?;
    tx.execute(
        "UPDATE laureats SET
             le = (SELECT f.le FROM laureats f WHERE f.pole = $2 AND f.campagne = laureats.campagne),
             annee_du = (SELECT f.annee_du FROM laureats f
                         WHERE f.pole = $2 AND f.campagne = laureats.campagne),
             annee_au = (SELECT f.annee_au FROM laureats f
                         WHERE f.pole = $2 AND f.campagne = laureats.campagne)
         WHERE id IN (SELECT ligne FROM deplacements WHERE fusion = $1 AND lien = 'date_de_laureat')",
        &valeurs![fusion, fondu],
    )
    .await
    .map(drop)
}

/// The record is carried by that structure from now on.
pub async fn record_porteuse(tx: &mut Tx, pole: Uuid, porteuse: Option<Uuid>) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE poles SET porteuse = $2 WHERE id = $1",
        &valeurs![pole, porteuse],
    )
    .await?;
    mots::reindexer(tx, &[pole]).await
}

/// The changes that a merge made in the record kept.
pub async fn modifications(base: &mut Lecture, fusion: Uuid) -> Result<Vec<Uuid>, Panne> {
    let lignes: Vec<(Uuid,)> = base
        .fetch_all(
            "SELECT id FROM modifications WHERE fusion = $1 ORDER BY id",
            &valeurs![fusion],
        )
        .await?;
    Ok(lignes.into_iter().map(|(id,)| id).collect())
}

/// What the record kept says since neither as the merge left it, nor as before.
async fn modifiees_depuis(base: &mut Lecture, fusion: &Fusion) -> Result<Vec<Information>, Panne> {
    let changements: Vec<(String, Option<String>, Option<String>, bool)> = base
        .fetch_all(
            "SELECT information, avant, apres, COALESCE(fusion = $1, FALSE) FROM modifications
             WHERE pole = $2 AND (fusion = $1 OR id > $1) ORDER BY le, id",
            &valeurs![fusion.id, fusion.garde],
        )
        .await?;
    // What is allowed of each, and what it says now.
    let mut dits: BTreeMap<&str, (Vec<&Option<String>>, &Option<String>)> = BTreeMap::new();
    for (information, avant, apres, de_la_fusion) in &changements {
        let (permis, dit) = dits
            .entry(information)
            .or_insert_with(|| (vec![avant], apres));
        if *de_la_fusion {
            permis.push(apres);
        }
        *dit = apres;
    }
    let modifiees = dits
        .into_iter()
        .filter(|(_, (permis, dit))| !permis.contains(dit));
    modifiees.map(|(code, _)| information(code)).collect()
}

/// What happened to the record kept since the merge.
pub async fn depuis(base: &mut Lecture, fusion: &Fusion) -> Result<Depuis, Panne> {
    let mut ajouts = Vec::new();
    for lien in LIENS {
        let dit = match lien.table {
            "dossiers" => "un dossier",
            "signatures_charte" => "une signature de la Charte",
            "laureats" => "un appel gagné",
            "aides" => "une aide",
            "habilitations" => "une personne dans son équipe",
            "revendications" => "une revendication",
            _ => continue,
        };
        if let Some([.., compter]) = lien.deplace
            && base
                .compter(compter, &valeurs![fusion.id, fusion.garde])
                .await?
                > 0
        {
            ajouts.push(dit);
        }
    }
    Ok(Depuis {
        defaite: fusion.defaite_le.is_some(),
        garde_fondue: gardee(base, fusion.garde).await?.is_some(),
        modifiees: modifiees_depuis(base, fusion).await?,
        ajouts,
    })
}

/// Puts every link back, and the record merged with it.
pub async fn record_defaite(
    tx: &mut Tx,
    fusion: &Fusion,
    motif: &str,
    par: Uuid,
    le: Timestamp,
) -> Result<(), Panne> {
    // Back where they were before anything that was closed stands again.
    for [_, deplacer, _] in LIENS.iter().filter_map(|lien| lien.deplace) {
        tx.execute(deplacer, &valeurs![fusion.id, fusion.fondu])
            .await?;
    }
    for rouvrir in [
        "UPDATE dossiers SET venu_par = NULL WHERE venu_par = $1",
        "INSERT INTO signatures_charte (id, pole, version, signee_le)
         SELECT s.id, s.pole, s.version, s.signee_le FROM signatures_doublees s WHERE s.id IN
             (SELECT ligne FROM deplacements WHERE fusion = $1 AND lien = 'signature_en_double')",
        "DELETE FROM signatures_doublees WHERE id IN
             (SELECT ligne FROM deplacements WHERE fusion = $1 AND lien = 'signature_en_double')",
        "UPDATE laureats SET
             le = (SELECT d.avant FROM deplacements d WHERE d.fusion = $1
                   AND d.lien = 'date_de_laureat' AND d.ligne = laureats.id),
             annee_du = (SELECT d.avant_du FROM deplacements d WHERE d.fusion = $1
                         AND d.lien = 'date_de_laureat' AND d.ligne = laureats.id),
             annee_au = (SELECT d.avant_au FROM deplacements d WHERE d.fusion = $1
                         AND d.lien = 'date_de_laureat' AND d.ligne = laureats.id)
         WHERE id IN (SELECT ligne FROM deplacements WHERE fusion = $1 AND lien = 'date_de_laureat')",
        "UPDATE habilitations SET au = NULL WHERE id IN
             (SELECT ligne FROM deplacements WHERE fusion = $1 AND lien = 'place_en_double')",
        "UPDATE revendications SET issue = NULL, tranchee_le = NULL WHERE id IN
             (SELECT ligne FROM deplacements WHERE fusion = $1 AND lien = 'revendication_en_double')",
    ] {
        tx.execute(rouvrir, &valeurs![fusion.id]).await?;
    }
    record_porteuse(tx, fusion.garde, fusion.porteuse_avant).await?;
    tx.execute_one(
        "UPDATE poles SET inscrit_le = (SELECT f.inscrit_avant FROM fusions f WHERE f.id = $1)
         WHERE id = $2",
        &valeurs![fusion.id, fusion.garde],
    )
    .await?;
    tx.execute_one(
        "UPDATE poles SET fusionne_dans = NULL WHERE id = $1",
        &valeurs![fusion.fondu],
    )
    .await?;
    mots::reindexer(tx, &[fusion.fondu]).await?;
    tx.execute_one(
        "UPDATE fusions SET defaite_le = $2, defaite_par = $3, defaite_motif = $4 WHERE id = $1",
        &valeurs![fusion.id, le, par, motif],
    )
    .await
}
