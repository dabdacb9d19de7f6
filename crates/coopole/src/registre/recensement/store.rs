//! The counts of the census, and the poles behind each.
//!
//! What a pole's status is on a date is written the same in the two texts
//! below, as the rank it has in `metier::poles::Statut::tous`; which ranks make
//! a list is the rule's to say. A pole whose source is a public list has no
//! known signature, unless it signed here.

use std::collections::BTreeMap;

use jiff::Timestamp;
use metier::{
    commun::Region,
    poles::{Croisement, Lieu, Liste, Statut},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::INSTANTS;
use crate::{
    poles::fiches::{Repere, Vers},
    socle::{
        db::{Enonce, Lecture, Valeur},
        erreurs::Panne,
    },
    valeurs,
};

/// The crossing of each region at each instant; poles without a region are
/// under none.
pub type Comptes = BTreeMap<Option<&'static str>, [Croisement; INSTANTS]>;

#[derive(FromRow)]
struct Compte {
    borne: i64,
    region: Option<String>,
    statut: i64,
    combien: i64,
}

/// Counts the register at each of these instants, excluded, in one reading.
pub async fn compter(
    base: &mut Lecture,
    bornes: &[Timestamp; INSTANTS],
    reels: bool,
) -> Result<Comptes, Panne> {
    let mut valeurs: Vec<Valeur> = bornes.iter().map(|borne| Valeur::from(*borne)).collect();
    valeurs.extend_from_slice(&valeurs![if reels { "oui" } else { "" }]);
    let lignes: Vec<Compte> = base
        .fetch_all(
            "SELECT s.borne, s.region, CAST(s.statut AS BIGINT) AS statut, COUNT(*) AS combien FROM (
                 SELECT b.borne, p.region,
                        CASE WHEN EXISTS (SELECT 1 FROM signatures_charte c
                                          WHERE c.pole = p.id AND c.signee_le < b.borne
                                          AND (c.retiree_le IS NULL OR c.retiree_le >= b.borne)) THEN 4
                             WHEN p.source IS NULL OR EXISTS (SELECT 1 FROM signatures_charte c
                                          WHERE c.pole = p.id AND c.signee_le < b.borne) THEN 0 ELSE 8 END
                        + CASE WHEN EXISTS (SELECT 1 FROM laureats l WHERE l.pole = p.id
                                            AND l.genre = 'accompagnement' AND l.le < b.borne) THEN 1
                               WHEN EXISTS (SELECT 1 FROM laureats l WHERE l.pole = p.id
                                            AND l.genre = 'accompagnement' AND l.le IS NULL) THEN 2
                               WHEN p.source IS NOT NULL THEN 3 ELSE 0 END AS statut
                 FROM poles p CROSS JOIN (
                     SELECT CAST($1 AS BIGINT) AS borne UNION SELECT CAST($2 AS BIGINT)
                     UNION SELECT CAST($3 AS BIGINT) UNION SELECT CAST($4 AS BIGINT)
                     UNION SELECT CAST($5 AS BIGINT) UNION SELECT CAST($6 AS BIGINT)) b
                 WHERE (CAST($7 AS TEXT) = '' OR NOT p.invente) AND p.fusionne_dans IS NULL) s
             GROUP BY s.borne, s.region, s.statut",
            &valeurs,
        )
        .await?;
    let mut comptes = Comptes::new();
    for ligne in lignes {
        let region = ligne.region.as_deref().and_then(Region::par_code);
        let comptes = comptes.entry(region.map(Region::code)).or_default();
        for (borne, croisement) in bornes.iter().zip(comptes) {
            if borne.as_millisecond() == ligne.borne {
                let rang = usize::try_from(ligne.statut).unwrap_or(Statut::COMBIEN);
                croisement.ajouter(rang, ligne.combien.unsigned_abs());
            }
        }
    }
    Ok(comptes)
}

/// A pole of a list of the census.
#[derive(Debug, Clone)]
pub struct PoleRecense {
    pub id: Uuid,
    pub nom: String,
    pub cle_tri: String,
    pub lieu: Lieu,
    pub invente: bool,
    pub statut: Statut,
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    nom: String,
    cle_tri: String,
    commune: Option<String>,
    departement: Option<String>,
    region: Option<String>,
    invente: bool,
    statut: i64,
}

impl TryFrom<Ligne> for PoleRecense {
    type Error = Panne;

    fn try_from(l: Ligne) -> Result<Self, Panne> {
        let rang = usize::try_from(l.statut).unwrap_or(Statut::COMBIEN);
        Ok(Self {
            statut: Statut::tous()
                .nth(rang)
                .ok_or(Panne::Programme("a status that is none of the twelve"))?,
            id: l.id,
            nom: l.nom,
            cle_tri: l.cle_tri,
            lieu: Lieu {
                region: l.region.as_deref().and_then(Region::par_code),
                commune: l.commune,
                departement: l.departement,
            },
            invente: l.invente,
        })
    }
}

/// What is asked of a list.
pub struct Choix {
    /// Every pole of the register when there is none.
    pub liste: Option<Liste>,
    pub le: Timestamp,
    /// A code, the word for those without a region, or a blank for all.
    pub region: String,
    pub reels: bool,
}

/// The poles of the list on one side of a place, by name.
fn enonce(choix: &Choix, (repere, vers): (&Repere, Vers), combien: usize) -> Enonce {
    let mut enonce = Enonce::default();
    enonce.suite(
        " SELECT s.id, s.nom, s.cle_tri, s.commune, s.departement, s.region, s.invente,
                 CAST(s.statut AS BIGINT) AS statut FROM (
              SELECT p.id, p.nom, p.cle_tri, p.commune, p.departement, p.region, p.invente,
                     CASE WHEN EXISTS (SELECT 1 FROM signatures_charte c
                                       WHERE c.pole = p.id AND c.signee_le < ?
                                       AND (c.retiree_le IS NULL OR c.retiree_le >= ?)) THEN 4
                          WHEN p.source IS NULL OR EXISTS (SELECT 1 FROM signatures_charte c
                                       WHERE c.pole = p.id AND c.signee_le < ?) THEN 0 ELSE 8 END
                     + CASE WHEN EXISTS (SELECT 1 FROM laureats l WHERE l.pole = p.id
                                         AND l.genre = 'accompagnement' AND l.le < ?) THEN 1
                            WHEN EXISTS (SELECT 1 FROM laureats l WHERE l.pole = p.id
                                         AND l.genre = 'accompagnement' AND l.le IS NULL) THEN 2
                            WHEN p.source IS NOT NULL THEN 3 ELSE 0 END AS statut
              FROM poles p WHERE p.fusionne_dans IS NULL",
        valeurs![choix.le, choix.le, choix.le, choix.le],
    );
    if !choix.region.is_empty() {
        let region = " AND COALESCE(p.region, 'inconnue') = ?";
        enonce.suite(region, valeurs![&choix.region]);
    }
    if choix.reels {
        enonce.suite(" AND NOT p.invente", []);
    }
    let (ici, ordre) = match vers {
        Vers::Apres => (
            " AND (p.cle_tri, p.id) > (?, ?)) s",
            " ORDER BY s.cle_tri, s.id",
        ),
        Vers::Avant => (
            " AND (p.cle_tri, p.id) < (?, ?)) s",
            " ORDER BY s.cle_tri DESC, s.id DESC",
        ),
    };
    enonce.suite(ici, valeurs![&repere.cle_tri, repere.id]);
    let tenus = " WHERE SUBSTR(CAST(? AS TEXT), s.statut + 1, 1) = '1'";
    enonce
        .suite(tenus, valeurs![masque(choix.liste)])
        .suite(ordre, [])
        .au_plus(combien);
    enonce
}

/// The poles of the list that follow this place, or come before it, by name.
pub async fn page(
    base: &mut Lecture,
    choix: &Choix,
    (repere, vers): (&Repere, Vers),
    combien: usize,
) -> Result<Vec<PoleRecense>, Panne> {
    let enonce = enonce(choix, (repere, vers), combien);
    let mut lignes: Vec<Ligne> = base.fetch_all(enonce.texte(), enonce.valeurs()).await?;
    if vers == Vers::Avant {
        lignes.reverse();
    }
    lignes.into_iter().map(PoleRecense::try_from).collect()
}

/// The statements of this file that are put together, for a test to prepare.
pub fn enonces() -> Vec<Enonce> {
    let choix = Choix {
        liste: None,
        le: Timestamp::UNIX_EPOCH,
        region: "53".to_owned(),
        reels: true,
    };
    [Vers::Apres, Vers::Avant]
        .map(|vers| enonce(&choix, (&super::DEBUT, vers), 1))
        .into()
}

/// A sign for each status, in their order: whether the list holds it.
fn masque(liste: Option<Liste>) -> String {
    let tenu = |statut| liste.is_none_or(|liste| liste.contient(statut));
    Statut::tous()
        .map(|statut| if tenu(statut) { '1' } else { '0' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn le_masque_dit_chaque_statut_a_son_rang() {
        assert_eq!(masque(None), "111111111111");
        assert_eq!(masque(Some(Liste::CharteSeule)), "000010000000");
        assert_eq!(masque(Some(Liste::SignatureInconnue)), "000000001111");
    }
}
