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
    poles::fiches::Repere,
    socle::{
        db::{Enonce, Lecture, Valeur},
        erreurs::Panne,
        feuilles::{Cote, Vers},
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
    /// Its place in the list.
    pub repere: Repere,
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
    cle_tri: String,
    region: Option<String>,
    invente: bool,
    retiree: bool,
    titre: Option<String>,
    signee_le: Option<i64>,
    relance_le: Option<i64>,
}

/// Poles of a batch of reminders, at most.
pub const AU_PLUS: usize = 500;

/// How the list is read.
#[derive(Debug, Clone, Copy)]
pub enum Lit<'a> {
    /// By name, away from a place, so many at most.
    Page(&'a Cote<Repere>, usize),
    /// Of which a batch is made: first those whom a reminder may reach today, so
    /// that those who cannot be written to never keep them out of it.
    Lot,
}

/// What is read of each, for each kind.
const fn champs(cible: Cible) -> &'static str {
    match cible {
        Cible::Laureats => {
            " SELECT f.id, f.nom, f.cle_tri, f.region, f.invente,
                     NULL AS titre, CAST(NULL AS BIGINT) AS signee_le,
                     EXISTS (SELECT 1 FROM signatures_charte s WHERE s.pole = f.id) AS retiree,"
        }
        Cible::Anciens => {
            " SELECT f.id, f.nom, f.cle_tri, f.region, f.invente,
                     (SELECT COALESCE(v.titre, s.version) FROM signatures_charte s
                      LEFT JOIN versions_charte v ON v.code = s.version
                      WHERE s.pole = f.id AND s.retiree_le IS NULL
                      ORDER BY s.signee_le DESC, s.id DESC LIMIT 1) AS titre,
                     (SELECT MAX(s.signee_le) FROM signatures_charte s
                      WHERE s.pole = f.id AND s.retiree_le IS NULL) AS signee_le,
                     NOT f.charte AS retiree,"
        }
    }
}

const DERNIERE: &str = " (SELECT MAX(l.le) FROM relances r JOIN lots_de_relance l ON l.id = r.lot
                          JOIN poles m ON m.id = r.pole
                          WHERE r.retenue IS NULL AND (m.id = f.id OR m.fusionne_dans = f.id)) AS relance_le";

/// Which of the records `f` are expected.
fn des_attendus(enonce: &mut Enonce, cible: Cible, vue: Vue<'_>) {
    enonce.suite(
        " FROM fiches f WHERE (f.invente OR NOT ?)",
        valeurs![vue.demonstration],
    );
    if let Some(region) = vue.region {
        enonce.suite(" AND f.region = ?", valeurs![region.code()]);
    }
    match cible {
        Cible::Laureats => enonce.suite(
            " AND f.accompagnement AND NOT f.charte
              AND EXISTS (SELECT 1 FROM signatures_connues k WHERE k.pole = f.id)",
            [],
        ),
        Cible::Anciens => enonce.suite(
            " AND f.charte AND NOT EXISTS (
                  SELECT 1 FROM signatures_charte s
                  LEFT JOIN versions_charte v ON v.code = s.version
                  WHERE s.pole = f.id AND s.retiree_le IS NULL
                    AND COALESCE(v.vaut, s.version) = ?)",
            valeurs![vue.version],
        ),
    };
}

fn enonce(cible: Cible, vue: Vue<'_>, lit: Lit<'_>) -> Enonce {
    let mut enonce = Enonce::new(champs(cible));
    enonce.suite(DERNIERE, []);
    des_attendus(&mut enonce, cible, vue);
    match lit {
        Lit::Page(None, combien) => {
            enonce
                .suite(" ORDER BY f.cle_tri, f.id", [])
                .au_plus(combien);
        }
        Lit::Page(Some((repere, vers)), combien) => {
            enonce
                .suite(
                    match vers {
                        Vers::Apres => " AND (f.cle_tri, f.id) > (?, ?) ORDER BY f.cle_tri, f.id",
                        Vers::Avant => {
                            " AND (f.cle_tri, f.id) < (?, ?) ORDER BY f.cle_tri DESC, f.id DESC"
                        }
                    },
                    valeurs![&repere.cle_tri, repere.id],
                )
                .au_plus(combien);
        }
        Lit::Lot => {
            enonce
                .suite(
                    " ORDER BY CASE WHEN EXISTS (
                          SELECT 1 FROM habilitations h
                          WHERE h.pole = f.id AND h.role = 'porteur' AND h.qualite = 'responsable'
                            AND h.du <= ? AND (h.au IS NULL OR h.au > ?)
                            AND NOT EXISTS (SELECT 1 FROM oppositions_aux_relances o
                                            WHERE o.compte = h.compte AND o.levee_le IS NULL))
                          AND NOT EXISTS (
                          SELECT 1 FROM relances r JOIN lots_de_relance l ON l.id = r.lot
                          JOIN poles m ON m.id = r.pole
                          WHERE (m.id = f.id OR m.fusionne_dans = f.id) AND r.retenue IS NULL AND l.le > ?)
                      THEN 0 ELSE 1 END, f.cle_tri, f.id",
                    valeurs![vue.le, vue.le, vue.le - DELAI],
                )
                .au_plus(AU_PLUS);
        }
    }
    enonce
}

fn compte(cible: Cible, vue: Vue<'_>) -> Enonce {
    let mut enonce = Enonce::new(" SELECT COUNT(*)");
    des_attendus(&mut enonce, cible, vue);
    enonce
}

/// The statements of this file that are put together, for a test to prepare.
pub fn enonces() -> Vec<Enonce> {
    let vue = Vue {
        region: Region::par_code("53"),
        demonstration: true,
        version: "",
        le: Timestamp::UNIX_EPOCH,
    };
    let repere = Repere {
        rang: 0,
        cle_tri: String::new(),
        id: Uuid::nil(),
    };
    let cotes = [
        None,
        Some((repere.clone(), Vers::Apres)),
        Some((repere, Vers::Avant)),
    ];
    let mut enonces = Vec::new();
    for cible in [Cible::Laureats, Cible::Anciens] {
        enonces.extend(
            cotes
                .iter()
                .map(|cote| enonce(cible, vue, Lit::Page(cote, 1))),
        );
        enonces.extend([enonce(cible, vue, Lit::Lot), compte(cible, vue)]);
    }
    enonces
}

/// How many of that kind there are.
pub async fn compter_les_attendus(
    base: &mut Lecture,
    cible: Cible,
    vue: Vue<'_>,
) -> Result<u64, Panne> {
    let enonce = compte(cible, vue);
    let combien = base.compter(enonce.texte(), enonce.valeurs()).await?;
    Ok(combien.unsigned_abs())
}

/// Those of that kind.
pub async fn attendus(
    base: &mut Lecture,
    cible: Cible,
    vue: Vue<'_>,
    lit: Lit<'_>,
) -> Result<Vec<Attendu>, Panne> {
    let enonce = enonce(cible, vue, lit);
    let lignes: Vec<Ligne> = base.fetch_all(enonce.texte(), enonce.valeurs()).await?;
    let poles: Vec<Uuid> = lignes.iter().map(|ligne| ligne.id).collect();
    let mut responsables = responsables(base, &poles, vue.le).await?;
    lignes
        .into_iter()
        .map(|ligne| {
            Ok(Attendu {
                pole: ligne.id,
                repere: Repere {
                    rang: 0,
                    cle_tri: ligne.cle_tri,
                    id: ligne.id,
                },
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
