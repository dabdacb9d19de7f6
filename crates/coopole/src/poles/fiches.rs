//! The records as anyone reads them: the view `fiches`, by name.

use jiff::Timestamp;
use metier::{
    commun::Region,
    poles::{Lieu, Maturite, Signe, Theme, themes},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::store::apres_le_mot;
use crate::{
    socle::{
        db::{Lecture, Valeur},
        erreurs::Panne,
    },
    valeurs,
};

/// How many of the words typed are looked for.
pub const MOTS_AU_PLUS: usize = 3;

/// What the public reads of a pole.
#[derive(Debug, Clone)]
pub struct Fiche {
    pub id: Uuid,
    pub nom: String,
    /// Its place in the order of names.
    pub cle_tri: String,
    pub lieu: Lieu,
    pub porteuse: Option<String>,
    pub siret: Option<String>,
    pub maturite: Option<Maturite>,
    pub themes: Vec<Theme>,
    pub rural: Option<bool>,
    pub qpv: Option<bool>,
    /// What it does, in its own words.
    pub presentation: Option<String>,
    /// Its own site.
    pub site: Option<String>,
    pub signes: Vec<Signe>,
    /// The public page it was found in; none in the invented world.
    pub source: Option<String>,
    pub invente: bool,
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    nom: String,
    cle_tri: String,
    commune: Option<String>,
    departement: Option<String>,
    region: Option<String>,
    porteuse: Option<String>,
    siret: Option<String>,
    maturite: Option<String>,
    themes: String,
    rural: Option<bool>,
    qpv: Option<bool>,
    presentation: Option<String>,
    site: Option<String>,
    charte: bool,
    accompagnement: bool,
    financement: bool,
    source: Option<String>,
    invente: bool,
}

impl From<Ligne> for Fiche {
    fn from(l: Ligne) -> Self {
        let signes = [
            (Signe::Charte, l.charte),
            (Signe::Accompagnement, l.accompagnement),
            (Signe::Financement, l.financement),
        ];
        Self {
            id: l.id,
            nom: l.nom,
            cle_tri: l.cle_tri,
            lieu: Lieu {
                region: l.region.as_deref().and_then(Region::par_code),
                commune: l.commune,
                departement: l.departement,
            },
            porteuse: l.porteuse,
            siret: l.siret,
            maturite: l.maturite.as_deref().and_then(Maturite::par_code),
            themes: themes(&l.themes).collect(),
            rural: l.rural,
            qpv: l.qpv,
            presentation: l.presentation,
            site: l.site,
            signes: signes
                .into_iter()
                .filter_map(|(signe, vu)| vu.then_some(signe))
                .collect(),
            source: l.source,
            invente: l.invente,
        }
    }
}

/// What is asked of the directory; a blank asks for nothing.
#[derive(Debug, Clone, Default)]
pub struct Demande {
    pub region: Option<Region>,
    pub theme: Option<Theme>,
    pub signe: Option<Signe>,
    /// Leaves the invented world out.
    pub reels: bool,
    /// Folded words; a record holds one that begins so for each.
    pub mots: [String; MOTS_AU_PLUS],
}

impl Demande {
    fn valeurs(&self) -> Vec<Valeur> {
        let [un, deux, trois] = &self.mots;
        valeurs![
            self.region.map_or("", Region::code),
            self.theme.map_or("", Theme::code),
            self.signe.map_or("", Signe::code),
            if self.reels { "oui" } else { "" },
            un.clone(),
            apres_le_mot(un),
            deux.clone(),
            apres_le_mot(deux),
            trois.clone(),
            apres_le_mot(trois)
        ]
        .to_vec()
    }
}

/// A place in the order of names: the record one stands after, or before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repere {
    pub cle_tri: String,
    pub id: Uuid,
}

/// The records that follow this place, by name.
pub async fn apres(
    base: &mut Lecture,
    demande: &Demande,
    repere: Option<&Repere>,
    combien: i64,
) -> Result<Vec<Fiche>, Panne> {
    let mut valeurs = demande.valeurs();
    let (cle, id) = repere.map_or(("", Uuid::nil()), |r| (r.cle_tri.as_str(), r.id));
    valeurs.extend_from_slice(&valeurs![cle, id, combien]);
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT id, nom, cle_tri, commune, departement, region, porteuse, siret, maturite, themes,
                    rural, qpv, presentation, site, charte, accompagnement, financement, source, invente
             FROM fiches f
             WHERE (CAST($1 AS TEXT) = '' OR f.region = $1)
               AND (CAST($2 AS TEXT) = '' OR EXISTS (SELECT 1 FROM themes_des_poles t WHERE t.theme = $2 AND t.pole = f.id))
               AND (CAST($3 AS TEXT) = '' OR ($3 = 'charte' AND f.charte)
                    OR ($3 = 'accompagnement' AND f.accompagnement) OR ($3 = 'financement' AND f.financement))
               AND (CAST($4 AS TEXT) = '' OR NOT f.invente)
               AND (CAST($5 AS TEXT) = '' OR EXISTS (SELECT 1 FROM mots_des_poles m WHERE m.pole = f.id AND m.mot >= $5 AND m.mot < $6))
               AND (CAST($7 AS TEXT) = '' OR EXISTS (SELECT 1 FROM mots_des_poles m WHERE m.pole = f.id AND m.mot >= $7 AND m.mot < $8))
               AND (CAST($9 AS TEXT) = '' OR EXISTS (SELECT 1 FROM mots_des_poles m WHERE m.pole = f.id AND m.mot >= $9 AND m.mot < $10))
               AND (f.cle_tri, f.id) > ($11, $12)
             ORDER BY f.cle_tri, f.id LIMIT $13",
            &valeurs,
        )
        .await?;
    Ok(lignes.into_iter().map(Fiche::from).collect())
}

/// The records that come before this place, by name.
pub async fn avant(
    base: &mut Lecture,
    demande: &Demande,
    repere: &Repere,
    combien: i64,
) -> Result<Vec<Fiche>, Panne> {
    let mut valeurs = demande.valeurs();
    valeurs.extend_from_slice(&valeurs![repere.cle_tri.as_str(), repere.id, combien]);
    let lignes: Vec<Ligne> = base
        .fetch_all(
            "SELECT id, nom, cle_tri, commune, departement, region, porteuse, siret, maturite, themes,
                    rural, qpv, presentation, site, charte, accompagnement, financement, source, invente
             FROM fiches f
             WHERE (CAST($1 AS TEXT) = '' OR f.region = $1)
               AND (CAST($2 AS TEXT) = '' OR EXISTS (SELECT 1 FROM themes_des_poles t WHERE t.theme = $2 AND t.pole = f.id))
               AND (CAST($3 AS TEXT) = '' OR ($3 = 'charte' AND f.charte)
                    OR ($3 = 'accompagnement' AND f.accompagnement) OR ($3 = 'financement' AND f.financement))
               AND (CAST($4 AS TEXT) = '' OR NOT f.invente)
               AND (CAST($5 AS TEXT) = '' OR EXISTS (SELECT 1 FROM mots_des_poles m WHERE m.pole = f.id AND m.mot >= $5 AND m.mot < $6))
               AND (CAST($7 AS TEXT) = '' OR EXISTS (SELECT 1 FROM mots_des_poles m WHERE m.pole = f.id AND m.mot >= $7 AND m.mot < $8))
               AND (CAST($9 AS TEXT) = '' OR EXISTS (SELECT 1 FROM mots_des_poles m WHERE m.pole = f.id AND m.mot >= $9 AND m.mot < $10))
               AND (f.cle_tri, f.id) < ($11, $12)
             ORDER BY f.cle_tri DESC, f.id DESC LIMIT $13",
            &valeurs,
        )
        .await?;
    Ok(lignes.into_iter().rev().map(Fiche::from).collect())
}

/// How many records answer.
pub async fn compter(base: &mut Lecture, demande: &Demande) -> Result<i64, Panne> {
    base.compter(
        "SELECT COUNT(*) FROM fiches f
         WHERE (CAST($1 AS TEXT) = '' OR f.region = $1)
           AND (CAST($2 AS TEXT) = '' OR EXISTS (SELECT 1 FROM themes_des_poles t WHERE t.theme = $2 AND t.pole = f.id))
           AND (CAST($3 AS TEXT) = '' OR ($3 = 'charte' AND f.charte)
                OR ($3 = 'accompagnement' AND f.accompagnement) OR ($3 = 'financement' AND f.financement))
           AND (CAST($4 AS TEXT) = '' OR NOT f.invente)
           AND (CAST($5 AS TEXT) = '' OR EXISTS (SELECT 1 FROM mots_des_poles m WHERE m.pole = f.id AND m.mot >= $5 AND m.mot < $6))
           AND (CAST($7 AS TEXT) = '' OR EXISTS (SELECT 1 FROM mots_des_poles m WHERE m.pole = f.id AND m.mot >= $7 AND m.mot < $8))
           AND (CAST($9 AS TEXT) = '' OR EXISTS (SELECT 1 FROM mots_des_poles m WHERE m.pole = f.id AND m.mot >= $9 AND m.mot < $10))",
        &demande.valeurs(),
    )
    .await
}

/// One record.
pub async fn find(base: &mut Lecture, id: Uuid) -> Result<Option<Fiche>, Panne> {
    let ligne: Option<Ligne> = base
        .fetch_optional(
            "SELECT id, nom, cle_tri, commune, departement, region, porteuse, siret, maturite, themes,
                    rural, qpv, presentation, site, charte, accompagnement, financement, source, invente
             FROM fiches WHERE id = $1",
            &valeurs![id],
        )
        .await?;
    Ok(ligne.map(Fiche::from))
}

/// A call won before this house.
#[derive(Debug, Clone)]
pub struct Laureat {
    /// Code of the call.
    pub campagne: String,
    /// The sign it gives.
    pub signe: Signe,
    /// When, if a source says it.
    pub le: Option<Timestamp>,
}

/// The calls that this pole won.
pub async fn laureats(base: &mut Lecture, pole: Uuid) -> Result<Vec<Laureat>, Panne> {
    let lignes: Vec<(String, String, Option<i64>)> = base
        .fetch_all(
            "SELECT campagne, genre, le FROM laureats WHERE pole = $1 ORDER BY campagne",
            &valeurs![pole],
        )
        .await?;
    let laureats = lignes.into_iter().filter_map(|(campagne, genre, le)| {
        Some(Laureat {
            campagne,
            signe: Signe::par_code(&genre)?,
            le: le.and_then(|ms| Timestamp::from_millisecond(ms).ok()),
        })
    });
    Ok(laureats.collect())
}
