//! The counts of the census, and the poles behind each.
//!
//! What a pole's status is at an instant is written once, [`STATUT`], as the
//! rank it has in `metier::poles::Statut::tous`; which ranks make a list is the
//! rule's to say. From when a signature is known is the view
//! `signatures_connues`, for all who count or remind.

use std::collections::BTreeMap;

use jiff::Timestamp;
use metier::{
    commun::Region,
    poles::{Croisement, Lieu, Liste, Moment, Statut},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::INSTANTS;
use crate::{
    poles::{Retenu, comptes, fiches::Repere},
    socle::{
        db::{Enonce, Lecture},
        erreurs::Panne,
        feuilles::{Cote, Vers},
    },
    valeurs,
};

/// The status of the pole `p` at the instant `b`, whose end is `b.borne`,
/// excluded; `b.present` is 1 for today, when whatever is written here has
/// already been.
const STATUT: &str = " CASE WHEN EXISTS (SELECT 1 FROM signatures_charte c
                         WHERE c.pole = p.id AND c.signee_le < b.borne
                           AND (c.retiree_le IS NULL OR c.retiree_le >= b.borne)) THEN 6
           WHEN EXISTS (SELECT 1 FROM signatures_connues k
                        WHERE k.pole = p.id AND k.des < b.borne) THEN 0
           ELSE 12 END
    + CASE WHEN EXISTS (SELECT 1 FROM laureats l WHERE l.pole = p.id AND l.genre = 'accompagnement'
                          AND COALESCE(l.le, l.annee_au) < b.borne) THEN 1
           WHEN EXISTS (SELECT 1 FROM laureats l WHERE l.pole = p.id AND l.genre = 'accompagnement'
                          AND l.annee_du < b.borne) THEN CASE WHEN b.present = 1 THEN 2 ELSE 3 END
           WHEN EXISTS (SELECT 1 FROM laureats l WHERE l.pole = p.id AND l.genre = 'accompagnement'
                          AND l.le IS NULL AND l.annee_du IS NULL)
               THEN CASE WHEN b.present = 1 THEN 2 ELSE 4 END
           WHEN EXISTS (SELECT 1 FROM accompagnements_connus k
                        WHERE k.pole = p.id AND k.des < b.borne) THEN 0
           ELSE 5 END AS statut";

/// The end of a day that is counted.
#[derive(Debug, Clone, Copy)]
pub struct Instant {
    pub borne: Timestamp,
    /// The day is today.
    pub present: bool,
}

/// Where poles are counted; everywhere by default.
#[derive(Debug, Clone, Default)]
pub struct Ou {
    pub lieu: Option<comptes::Lieu>,
    /// Only those whose region is not known.
    pub sans_region: bool,
    /// Only the regions that have a cell, or that have none.
    pub cellule: Option<bool>,
    /// Leaves the invented world out.
    pub reels: bool,
}

/// The poles `p` that stand there, each at each of these instants `b`.
fn des_poles(enonce: &mut Enonce, instants: &[Instant], ou: &Ou) {
    let debut =
        " FROM poles p CROSS JOIN (SELECT CAST(? AS BIGINT) AS borne, CAST(? AS BIGINT) AS present";
    let suite = " UNION ALL SELECT CAST(? AS BIGINT), CAST(? AS BIGINT)";
    for (rang, instant) in instants.iter().enumerate() {
        let morceau = if rang == 0 { debut } else { suite };
        enonce.suite(morceau, valeurs![instant.borne, i64::from(instant.present)]);
    }
    // Out of the register from that day on, counted until then.
    let debout =
        ") b WHERE p.fusionne_dans IS NULL AND (p.sorti_le IS NULL OR p.sorti_le >= b.borne)";
    enonce.suite(debout, []);
    match ou.lieu {
        Some(comptes::Lieu::Region(region)) => {
            enonce.suite(" AND p.region = ?", valeurs![region.code()]);
        }
        Some(comptes::Lieu::Departement(code)) => {
            enonce.suite(" AND p.departement = ?", valeurs![code]);
        }
        Some(comptes::Lieu::Epci(epci)) => {
            enonce.suite(" AND p.epci = ?", valeurs![epci.siren]);
        }
        None => {}
    }
    if ou.sans_region {
        enonce.suite(" AND p.region IS NULL", []);
    }
    if let Some(cellule) = ou.cellule {
        let la =
            " AND EXISTS (SELECT 1 FROM cellules e WHERE e.region = p.region AND e.active = ?)";
        enonce.suite(la, valeurs![cellule]);
    }
    if ou.reels {
        enonce.suite(" AND NOT p.invente", []);
    }
}

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

fn croisements(instants: &[Instant], ou: &Ou) -> Enonce {
    let mut enonce = Enonce::default();
    enonce
        .suite(
            " SELECT s.borne, s.region, CAST(s.statut AS BIGINT) AS statut, COUNT(*) AS combien
              FROM (SELECT b.borne, p.region,",
            [],
        )
        .suite(STATUT, []);
    des_poles(&mut enonce, instants, ou);
    enonce.suite(") s GROUP BY s.borne, s.region, s.statut", []);
    enonce
}

/// Counts the poles that stand there at each of these instants.
pub async fn compter(
    base: &mut Lecture,
    instants: &[Instant; INSTANTS],
    ou: &Ou,
) -> Result<Comptes, Panne> {
    let enonce = croisements(instants, ou);
    let lignes: Vec<Compte> = base.fetch_all(enonce.texte(), enonce.valeurs()).await?;
    let mut comptes = Comptes::new();
    for ligne in lignes {
        let region = ligne.region.as_deref().and_then(Region::par_code);
        let comptes = comptes.entry(region.map(Region::code)).or_default();
        for (instant, croisement) in instants.iter().zip(comptes) {
            if instant.borne.as_millisecond() == ligne.borne {
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
    /// When the accompaniment call retained it, as precisely as it is known.
    pub retenu: Option<Moment>,
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
    retenu_le: Option<i64>,
    retenu_en: Option<i64>,
}

impl TryFrom<Ligne> for PoleRecense {
    type Error = Panne;

    fn try_from(l: Ligne) -> Result<Self, Panne> {
        let rang = usize::try_from(l.statut).unwrap_or(Statut::COMBIEN);
        Ok(Self {
            retenu: Retenu::lu(l.retenu_le, l.retenu_en),
            statut: Statut::tous()
                .nth(rang)
                .ok_or(Panne::Programme("a status that is none of the eighteen"))?,
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
    pub instant: Instant,
    pub ou: Ou,
}

const TENUS: &str = " WHERE SUBSTR(CAST(? AS TEXT), s.statut + 1, 1) = '1'";

/// How many poles those statuses have.
fn compte(choix: &Choix, masque: String) -> Enonce {
    let mut enonce = Enonce::new(" SELECT COUNT(*) FROM (SELECT");
    enonce.suite(STATUT, []);
    des_poles(&mut enonce, &[choix.instant], &choix.ou);
    enonce.suite(") s", []).suite(TENUS, valeurs![masque]);
    enonce
}

/// Counts that list alone, then those that may be on it without our knowing.
pub async fn compter_la_liste(base: &mut Lecture, choix: &Choix) -> Result<(u64, u64), Panne> {
    let peut_etre = |statut| choix.liste.is_some_and(|l| l.peut_contenir(statut));
    let mut comptes = [0; 2];
    let masques = [masque(choix.liste), un_signe_chacun(peut_etre)];
    for (compte_lu, masque) in comptes.iter_mut().zip(masques) {
        let enonce = compte(choix, masque);
        let combien = base.compter(enonce.texte(), enonce.valeurs()).await?;
        *compte_lu = combien.unsigned_abs();
    }
    Ok(comptes.into())
}

/// The poles of the list on one side of a place, by name, away from it.
fn enonce(choix: &Choix, cote: &Cote<Repere>, combien: usize) -> Enonce {
    let mut enonce = Enonce::default();
    enonce
        .suite(
            " SELECT s.id, s.nom, s.cle_tri, s.commune, s.departement, s.region, s.invente,
                     CAST(s.statut AS BIGINT) AS statut,
                     (SELECT MIN(l.le) FROM laureats l
                      WHERE l.pole = s.id AND l.genre = 'accompagnement') AS retenu_le,
                     (SELECT MIN(l.annee_du) FROM laureats l
                      WHERE l.pole = s.id AND l.genre = 'accompagnement') AS retenu_en
              FROM (SELECT p.id, p.nom, p.cle_tri, p.commune, p.departement, p.region, p.invente,",
            [],
        )
        .suite(STATUT, []);
    des_poles(&mut enonce, &[choix.instant], &choix.ou);
    match cote {
        None => enonce.suite(") s", []),
        Some((repere, vers)) => enonce.suite(
            match vers {
                Vers::Apres => " AND (p.cle_tri, p.id) > (?, ?)) s",
                Vers::Avant => " AND (p.cle_tri, p.id) < (?, ?)) s",
            },
            valeurs![&repere.cle_tri, repere.id],
        ),
    };
    enonce
        .suite(TENUS, valeurs![masque(choix.liste)])
        .suite(
            match cote {
                Some((_, Vers::Avant)) => " ORDER BY s.cle_tri DESC, s.id DESC",
                _ => " ORDER BY s.cle_tri, s.id",
            },
            [],
        )
        .au_plus(combien);
    enonce
}

/// The poles of the list on that side of a place, by name, away from it.
pub async fn page(
    base: &mut Lecture,
    choix: &Choix,
    cote: &Cote<Repere>,
    combien: usize,
) -> Result<Vec<PoleRecense>, Panne> {
    let enonce = enonce(choix, cote, combien);
    let lignes: Vec<Ligne> = base.fetch_all(enonce.texte(), enonce.valeurs()).await?;
    lignes.into_iter().map(PoleRecense::try_from).collect()
}

/// The statements of this file that are put together, for a test to prepare:
/// every piece of them is in one.
pub fn enonces() -> Vec<Enonce> {
    let instant = Instant {
        borne: Timestamp::UNIX_EPOCH,
        present: true,
    };
    let ou = |genre, code| Ou {
        lieu: comptes::Lieu::par_code(genre, code),
        sans_region: true,
        cellule: Some(true),
        reels: true,
    };
    let choix = Choix {
        liste: None,
        instant,
        ou: ou("region", "53"),
    };
    let repere = Repere {
        rang: 0,
        cle_tri: String::new(),
        id: Uuid::nil(),
    };
    let cotes = [Vers::Apres, Vers::Avant].map(|vers| Some((repere.clone(), vers)));
    let mut enonces = vec![compte(&choix, masque(None)), enonce(&choix, &None, 1)];
    enonces.extend(cotes.map(|cote| enonce(&choix, &cote, 1)));
    let lieux = [("departement", "29"), ("epci", "242900835")];
    enonces.extend(lieux.map(|(genre, code)| croisements(&[instant; INSTANTS], &ou(genre, code))));
    enonces
}

/// A sign for each status, in their order: whether the list holds it.
fn masque(liste: Option<Liste>) -> String {
    un_signe_chacun(|statut| liste.is_none_or(|liste| liste.contient(statut)))
}

fn un_signe_chacun(tenu: impl Fn(Statut) -> bool) -> String {
    Statut::tous()
        .map(|statut| if tenu(statut) { '1' } else { '0' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn le_masque_dit_chaque_statut_a_son_rang() {
        assert_eq!(masque(None), "111111111111111111");
        assert_eq!(masque(Some(Liste::CharteSeule)), "000000100000000000");
        assert_eq!(masque(Some(Liste::SignatureInconnue)), "000000000000111111");
    }
}
