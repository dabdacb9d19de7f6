//! Who is expected to sign: the laureates of the accompaniment without a
//! signature that stands (P-09), and the signatories of another version than
//! the one to sign. Only where the signature is known (`signatures_connues`).
//! Of the others no source says it, and nothing is held against them; in a
//! demonstration, nothing at all is held against a real one.

use std::collections::HashMap;

use jiff::Timestamp;
use metier::{
    charte::{Cible, DELAI, Empechement, Situation},
    commun::Region,
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::instant;
use crate::{
    socle::{
        db::{Lecture, Valeur},
        erreurs::Panne,
    },
    valeurs,
};

/// Where one looks, and when.
#[derive(Debug, Clone, Copy)]
pub struct Vue<'a> {
    /// One region, or all.
    pub region: Option<Region>,
    /// In an invented world, real poles are left alone.
    pub demonstration: bool,
    /// Code of the version that the one to sign stands for, or its own.
    pub version: &'a str,
    pub le: Timestamp,
}

/// A pole that is expected to sign.
#[derive(Debug, Clone)]
pub struct Attendu {
    pub pole: Uuid,
    pub nom: String,
    pub region: Option<Region>,
    pub invente: bool,
    /// It had signed, and withdrew.
    pub retiree: bool,
    /// The version it signed before, and when.
    pub signee: Option<(String, Timestamp)>,
    /// The last reminder that left, under this record or one merged into it.
    pub relance_le: Option<Timestamp>,
    /// Who answers for it, in the order in which they came.
    pub responsables: Vec<Responsable>,
}

/// Somebody who answers for a pole, and may sign for it.
#[derive(Debug, Clone)]
pub struct Responsable {
    pub compte: Uuid,
    pub nom: String,
    pub courriel: String,
    /// They asked for no reminder.
    pub oppose: bool,
}

impl Attendu {
    /// Whom to write to, or why one does not.
    pub fn destinataire(&self, le: Timestamp) -> Result<&Responsable, Empechement> {
        let oppositions: Vec<bool> = self.responsables.iter().map(|r| r.oppose).collect();
        let situation = Situation {
            retiree: self.retiree,
            derniere: self.relance_le,
            oppositions: &oppositions,
        };
        let rang = situation.destinataire(le)?;
        self.responsables
            .get(rang)
            .ok_or(Empechement::SansResponsable)
    }
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    nom: String,
    region: Option<String>,
    invente: bool,
    retiree: bool,
    titre: Option<String>,
    signee_le: Option<i64>,
    relance_le: Option<i64>,
}

/// At most so many are read: the list is worked through from its top.
pub const AU_PLUS: i64 = 500;

/// Those of that kind: first those whom a reminder may reach today, so that
/// those who cannot be written to never hide them; then the others; by name.
pub async fn attendus(
    base: &mut Lecture,
    cible: Cible,
    vue: Vue<'_>,
) -> Result<Vec<Attendu>, Panne> {
    let region = vue.region.map(Region::code);
    let lignes: Vec<Ligne> = match cible {
        Cible::Laureats => {
            base.fetch_all(
                "SELECT f.id, f.nom, f.region, f.invente, NULL AS titre, CAST(NULL AS BIGINT) AS signee_le,
                        EXISTS (SELECT 1 FROM signatures_charte s WHERE s.pole = f.id) AS retiree,
                        (SELECT MAX(l.le) FROM relances r JOIN lots_de_relance l ON l.id = r.lot
                         JOIN poles m ON m.id = r.pole
                         WHERE r.retenue IS NULL AND (m.id = f.id OR m.fusionne_dans = f.id)) AS relance_le
                 FROM fiches f
                 WHERE f.accompagnement AND NOT f.charte
                   AND (f.invente OR NOT $2)
                   AND EXISTS (SELECT 1 FROM signatures_connues k WHERE k.pole = f.id)
                   AND (CAST($1 AS TEXT) IS NULL OR f.region = $1)
                 ORDER BY CASE WHEN EXISTS (
                     SELECT 1 FROM habilitations h
                     WHERE h.pole = f.id AND h.role = 'porteur' AND h.qualite = 'responsable'
                       AND h.du <= $4 AND (h.au IS NULL OR h.au > $4)
                       AND NOT EXISTS (SELECT 1 FROM oppositions_aux_relances o
                                       WHERE o.compte = h.compte AND o.levee_le IS NULL))
                     AND NOT EXISTS (
                     SELECT 1 FROM relances r JOIN lots_de_relance l ON l.id = r.lot
                     JOIN poles m ON m.id = r.pole
                     WHERE (m.id = f.id OR m.fusionne_dans = f.id) AND r.retenue IS NULL AND l.le > $5)
                   THEN 0 ELSE 1 END, f.cle_tri, f.id LIMIT $3",
                &valeurs![region, vue.demonstration, AU_PLUS, vue.le, vue.le - DELAI],
            )
            .await?
        }
        Cible::Anciens => {
            base.fetch_all(
                "SELECT f.id, f.nom, f.region, f.invente, NOT f.charte AS retiree,
                        (SELECT COALESCE(v.titre, s.version) FROM signatures_charte s
                         LEFT JOIN versions_charte v ON v.code = s.version
                         WHERE s.pole = f.id AND s.retiree_le IS NULL
                         ORDER BY s.signee_le DESC, s.id DESC LIMIT 1) AS titre,
                        (SELECT MAX(s.signee_le) FROM signatures_charte s
                         WHERE s.pole = f.id AND s.retiree_le IS NULL) AS signee_le,
                        (SELECT MAX(l.le) FROM relances r JOIN lots_de_relance l ON l.id = r.lot
                         JOIN poles m ON m.id = r.pole
                         WHERE r.retenue IS NULL AND (m.id = f.id OR m.fusionne_dans = f.id)) AS relance_le
                 FROM fiches f
                 WHERE f.charte AND (f.invente OR NOT $2)
                   AND (CAST($1 AS TEXT) IS NULL OR f.region = $1)
                   AND NOT EXISTS (
                       SELECT 1 FROM signatures_charte s
                       LEFT JOIN versions_charte v ON v.code = s.version
                       WHERE s.pole = f.id AND s.retiree_le IS NULL
                         AND COALESCE(v.vaut, s.version) = $4)
                 ORDER BY CASE WHEN EXISTS (
                     SELECT 1 FROM habilitations h
                     WHERE h.pole = f.id AND h.role = 'porteur' AND h.qualite = 'responsable'
                       AND h.du <= $5 AND (h.au IS NULL OR h.au > $5)
                       AND NOT EXISTS (SELECT 1 FROM oppositions_aux_relances o
                                       WHERE o.compte = h.compte AND o.levee_le IS NULL))
                     AND NOT EXISTS (
                     SELECT 1 FROM relances r JOIN lots_de_relance l ON l.id = r.lot
                     JOIN poles m ON m.id = r.pole
                     WHERE (m.id = f.id OR m.fusionne_dans = f.id) AND r.retenue IS NULL AND l.le > $6)
                   THEN 0 ELSE 1 END, f.cle_tri, f.id LIMIT $3",
                &valeurs![region, vue.demonstration, AU_PLUS, vue.version, vue.le, vue.le - DELAI],
            )
            .await?
        }
    };
    let poles: Vec<Uuid> = lignes.iter().map(|ligne| ligne.id).collect();
    let mut responsables = responsables(base, &poles, vue.le).await?;
    lignes
        .into_iter()
        .map(|ligne| {
            Ok(Attendu {
                pole: ligne.id,
                nom: ligne.nom,
                region: ligne.region.as_deref().and_then(Region::par_code),
                invente: ligne.invente,
                retiree: ligne.retiree,
                signee: match (ligne.titre, ligne.signee_le) {
                    (Some(titre), Some(le)) => Some((titre, instant(le)?)),
                    _ => None,
                },
                relance_le: ligne.relance_le.map(instant).transpose()?,
                responsables: responsables.remove(&ligne.id).unwrap_or_default(),
            })
        })
        .collect()
}

/// The name of the pole if it signed, and not the version that counts under
/// this name; or if it is a laureate whose signature nobody knows. Says whether
/// it signed.
pub async fn a_signer(
    base: &mut Lecture,
    pole: Uuid,
    version: &str,
) -> Result<Option<(String, bool)>, Panne> {
    base.fetch_optional(
        "SELECT f.nom, f.charte FROM fiches f
         WHERE f.id = $1 AND (
             (f.charte AND NOT EXISTS (
                 SELECT 1 FROM signatures_charte s
                 LEFT JOIN versions_charte v ON v.code = s.version
                 WHERE s.pole = f.id AND s.retiree_le IS NULL
                   AND COALESCE(v.vaut, s.version) = $2))
             OR (f.accompagnement AND NOT EXISTS (
                 SELECT 1 FROM signatures_charte s WHERE s.pole = f.id)))",
        &valeurs![pole, version],
    )
    .await
}

/// Everybody who answers for those poles, in the order in which they came.
async fn responsables(
    base: &mut Lecture,
    poles: &[Uuid],
    le: Timestamp,
) -> Result<HashMap<Uuid, Vec<Responsable>>, Panne> {
    #[derive(FromRow)]
    struct Habilite {
        pole: Uuid,
        id: Uuid,
        nom: String,
        courriel: String,
        du: i64,
        au: Option<i64>,
        oppose: bool,
    }
    let parmi: Vec<Valeur> = poles.iter().map(Valeur::from).collect();
    let habilites: Vec<Habilite> = base
        .fetch_parmi(
            "SELECT h.pole, c.id, c.nom, c.courriel, h.du, h.au,
                    EXISTS (SELECT 1 FROM oppositions_aux_relances o
                            WHERE o.compte = c.id AND o.levee_le IS NULL) AS oppose
             FROM habilitations h
             JOIN comptes c ON c.id = h.compte
             WHERE h.pole IN ($1) AND h.role = 'porteur' AND h.qualite = 'responsable'
             ORDER BY c.cree_le, c.courriel",
            &parmi,
        )
        .await?;
    let le = le.as_millisecond();
    let mut par_pole: HashMap<Uuid, Vec<Responsable>> = HashMap::new();
    for qui in habilites {
        if qui.du <= le && qui.au.is_none_or(|au| le < au) {
            par_pole.entry(qui.pole).or_default().push(Responsable {
                compte: qui.id,
                nom: qui.nom,
                courriel: qui.courriel,
                oppose: qui.oppose,
            });
        }
    }
    Ok(par_pole)
}

/// The laureates of the accompaniment, by what is known of their signature.
#[derive(Debug, Clone, Copy)]
pub struct Laureats {
    pub signataires: i64,
    pub manquants: i64,
    pub inconnus: i64,
}

/// Counts those of the region, or all.
pub async fn compter_les_laureats(
    base: &mut Lecture,
    region: Option<Region>,
) -> Result<Laureats, Panne> {
    let valeurs = valeurs![region.map(Region::code)];
    let signataires = base
        .compter(
            "SELECT COUNT(*) FROM fiches f WHERE f.accompagnement AND f.charte
               AND (CAST($1 AS TEXT) IS NULL OR f.region = $1)",
            &valeurs,
        )
        .await?;
    let inconnus = base
        .compter(
            "SELECT COUNT(*) FROM fiches f
             WHERE f.accompagnement AND (CAST($1 AS TEXT) IS NULL OR f.region = $1)
               AND NOT EXISTS (SELECT 1 FROM signatures_connues k WHERE k.pole = f.id)",
            &valeurs,
        )
        .await?;
    let laureats = base
        .compter(
            "SELECT COUNT(*) FROM fiches f WHERE f.accompagnement
               AND (CAST($1 AS TEXT) IS NULL OR f.region = $1)",
            &valeurs,
        )
        .await?;
    Ok(Laureats {
        signataires,
        manquants: laureats - signataires - inconnus,
        inconnus,
    })
}
