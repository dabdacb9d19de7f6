//! The rows that an import wrote, written again by a bare insert: in the tables
//! of the house, keys and indexes included, in a base that holds nothing else.

use std::time::Duration;

use coopole::{
    socle::{
        db::{Db, Tx, Valeur},
        erreurs::Panne,
    },
    valeurs,
};
use sqlx_macros::FromRow;
use tokio::time::Instant;
use uuid::Uuid;

use crate::{limites, monde::Monde};

/// What one import wrote, each row as it is bound.
#[derive(Default)]
pub struct Rangees {
    structures: Vec<[Valeur; 7]>,
    poles: Vec<[Valeur; 17]>,
    mots: Vec<[Valeur; 2]>,
    themes: Vec<[Valeur; 2]>,
    vocabulaire: Vec<[Valeur; 3]>,
    modifications: Vec<[Valeur; 7]>,
}

impl Rangees {
    pub fn combien(&self) -> usize {
        self.structures.len()
            + self.poles.len()
            + self.mots.len()
            + self.themes.len()
            + self.vocabulaire.len()
            + self.modifications.len()
    }

    async fn inserer(&self, tx: &mut Tx) -> Result<(), Panne> {
        tx.inserer(
            "INSERT INTO structures (id, nom, siret, rna, commune, code_commune, region)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &self.structures,
        )
        .await?;
        tx.inserer(
            "INSERT INTO poles (id, nom, cle_tri, porteuse, commune, code_commune, departement, epci, region,
                                maturite, themes, rural, qpv, presentation, site, invente, source)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
            &self.poles,
        )
        .await?;
        tx.inserer(
            "INSERT INTO mots_des_poles (mot, pole) VALUES ($1, $2)",
            &self.mots,
        )
        .await?;
        tx.inserer(
            "INSERT INTO themes_des_poles (theme, pole) VALUES ($1, $2)",
            &self.themes,
        )
        .await?;
        tx.inserer(
            "INSERT INTO vocabulaire (mot, envers, ecrit) VALUES ($1, $2, $3)",
            &self.vocabulaire,
        )
        .await?;
        tx.inserer(
            "INSERT INTO modifications (id, pole, information, avant, apres, source, le)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &self.modifications,
        )
        .await
    }
}

#[derive(FromRow)]
struct Structure {
    id: Uuid,
    nom: String,
    siret: Option<String>,
    rna: Option<String>,
    commune: Option<String>,
    code_commune: Option<String>,
    region: Option<String>,
}

#[derive(FromRow)]
struct Pole {
    id: Uuid,
    nom: String,
    cle_tri: String,
    porteuse: Option<Uuid>,
    commune: Option<String>,
    code_commune: Option<String>,
    departement: Option<String>,
    epci: Option<String>,
    region: Option<String>,
    maturite: Option<String>,
    themes: String,
    rural: Option<bool>,
    qpv: Option<bool>,
    presentation: Option<String>,
    site: Option<String>,
    invente: bool,
    source: Option<String>,
}

#[derive(FromRow)]
struct Modification {
    id: Uuid,
    pole: Uuid,
    information: String,
    avant: Option<String>,
    apres: Option<String>,
    source: String,
    le: i64,
}

/// What the import wrote, each table in the order of its key: what a base
/// takes most easily. A record that it changed counts as one that it wrote.
pub fn lire(monde: &Monde, import: Uuid) -> Rangees {
    monde.moteur.block_on(lire_en_base(monde, import)).unwrap()
}

async fn lire_en_base(monde: &Monde, import: Uuid) -> Result<Rangees, Panne> {
    let mut base = monde.app.db.lecture().await?;
    let mut rangees = Rangees::default();
    let structures: Vec<Structure> = base
        .fetch_all(
            "SELECT id, nom, siret, rna, commune, code_commune, region FROM structures
             WHERE id IN (SELECT pole FROM lignes_des_imports WHERE import = $1 AND sort = 'creee')
             ORDER BY id",
            &valeurs![import],
        )
        .await?;
    rangees.structures = structures
        .into_iter()
        .map(|s| {
            valeurs![
                s.id,
                s.nom,
                s.siret,
                s.rna,
                s.commune,
                s.code_commune,
                s.region
            ]
        })
        .collect();
    let poles: Vec<Pole> = base
        .fetch_all(
            "SELECT id, nom, cle_tri, porteuse, commune, code_commune, departement, epci, region,
                    maturite, themes, rural, qpv, presentation, site, invente, source FROM poles
             WHERE id IN (SELECT pole FROM lignes_des_imports WHERE import = $1)
             ORDER BY id",
            &valeurs![import],
        )
        .await?;
    // The structures of records that were only changed are not of this import.
    let siennes = !rangees.structures.is_empty();
    rangees.poles = poles
        .into_iter()
        .map(|p| {
            let porteuse = p.porteuse.filter(|_| siennes);
            valeurs![
                p.id,
                p.nom,
                p.cle_tri,
                porteuse,
                p.commune,
                p.code_commune,
                p.departement,
                p.epci,
                p.region,
                p.maturite,
                p.themes,
                p.rural,
                p.qpv,
                p.presentation,
                p.site,
                p.invente,
                p.source
            ]
        })
        .collect();
    let mots: Vec<(String, Uuid)> = base
        .fetch_all(
            "SELECT mot, pole FROM mots_des_poles
             WHERE pole IN (SELECT pole FROM lignes_des_imports WHERE import = $1 AND sort = 'creee')
             ORDER BY mot, pole",
            &valeurs![import],
        )
        .await?;
    rangees.mots = mots
        .into_iter()
        .map(|(mot, pole)| valeurs![mot, pole])
        .collect();
    let themes: Vec<(String, Uuid)> = base
        .fetch_all(
            "SELECT theme, pole FROM themes_des_poles
             WHERE pole IN (SELECT pole FROM lignes_des_imports WHERE import = $1 AND sort = 'creee')
             ORDER BY theme, pole",
            &valeurs![import],
        )
        .await?;
    rangees.themes = themes
        .into_iter()
        .map(|(theme, pole)| valeurs![theme, pole])
        .collect();
    if !rangees.mots.is_empty() {
        let vocabulaire: Vec<(String, String, String)> = base
            .fetch_all(
                "SELECT mot, envers, ecrit FROM vocabulaire ORDER BY mot",
                &[],
            )
            .await?;
        rangees.vocabulaire = vocabulaire
            .into_iter()
            .map(|(mot, envers, ecrit)| valeurs![mot, envers, ecrit])
            .collect();
    }
    let modifications: Vec<Modification> = base
        .fetch_all(
            "SELECT id, pole, information, avant, apres, source, le FROM modifications
             WHERE import = $1 ORDER BY id",
            &valeurs![import],
        )
        .await?;
    rangees.modifications = modifications
        .into_iter()
        .map(|m| {
            valeurs![
                m.id,
                m.pole,
                m.information,
                m.avant,
                m.apres,
                m.source,
                m.le
            ]
        })
        .collect();
    Ok(rangees)
}

/// Writes them in a base of their own, once; how long it takes, commit included.
pub fn inserer(monde: &Monde, rangees: &Rangees) -> Duration {
    monde.moteur.block_on(async {
        let base = match &monde.app.reglages.base {
            None => {
                let fichier = format!("{}.db", coopole::socle::alea::id().simple());
                Db::ouvrir_sqlite(&monde.donnees.join(fichier)).await
            }
            Some(adresse) => {
                let adresse = limites::creer_une_base_postgres(adresse).await;
                Db::ouvrir_postgres(&adresse).await
            }
        };
        let base = base.unwrap();
        let debut = Instant::now();
        let mut tx = base.begin().await.unwrap();
        rangees.inserer(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        debut.elapsed()
    })
}
