//! The ranking: computed, deterministic, each tie explained.
//!
//! A proposal only (notice 2024, § 6.4: the State decides). Equal means are
//! parted, in this order, by the mean without bonuses (what the call requires
//! weighs before what it values), by the smaller spread between examiners, by
//! the earlier filing, then by number.

use std::cmp::Ordering;

use jiff::Timestamp;
use uuid::Uuid;

use super::points::Points;
use crate::commun::liste_fermee;
use crate::dossiers::Numero;

/// What one examiner's marks add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Total {
    /// Criteria, weighted.
    pub base: Points,
    /// Bonuses.
    pub bonus: Points,
}

impl Total {
    /// Criteria and bonuses together.
    pub const fn entier(self) -> Points {
        self.base.plus(self.bonus)
    }
}

/// A dossier with the totals of those who examined it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossierNote {
    /// The dossier.
    pub dossier: Uuid,
    /// Its number.
    pub numero: Numero,
    /// When it was filed.
    pub depose_le: Timestamp,
    /// One total an examiner.
    pub totaux: Vec<Total>,
}

/// How far apart examiners are on one dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ecart {
    /// How many of them.
    pub examens: usize,
    /// The lowest total.
    pub min: Points,
    /// The highest.
    pub max: Points,
}

impl Ecart {
    /// The distance between the two.
    pub const fn etendue(self) -> Points {
        self.max.ecart(self.min)
    }
}

impl DossierNote {
    fn entiers(&self) -> Vec<Points> {
        self.totaux.iter().map(|t| t.entier()).collect()
    }

    /// The mean of totals; nothing while nobody has marked it.
    pub fn moyenne(&self) -> Option<Points> {
        Points::moyenne(&self.entiers())
    }

    fn moyenne_hors_bonus(&self) -> Option<Points> {
        let bases: Vec<Points> = self.totaux.iter().map(|t| t.base).collect();
        Points::moyenne(&bases)
    }

    /// The spread between examiners; nothing while nobody has marked it.
    pub fn ecart(&self) -> Option<Ecart> {
        let entiers = self.entiers();
        Some(Ecart {
            examens: entiers.len(),
            min: *entiers.iter().min()?,
            max: *entiers.iter().max()?,
        })
    }
}

liste_fermee! {
    /// What put a dossier behind another one of the same mean.
    pub enum Departage {
        /// A lower mean without bonuses.
        HorsBonus = "hors_bonus", "départagé par la note hors bonus";
        /// Examiners were further apart.
        Ecart = "ecart", "départagé par l’accord entre examinateurs";
        /// Filed later.
        DateDeDepot = "date_de_depot", "départagé par la date de dépôt";
        /// A higher number.
        Numero = "numero", "départagé par le numéro";
    }
}

/// A place in the ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rang {
    /// From 1, without a hole.
    pub rang: usize,
    /// The dossier.
    pub dossier: Uuid,
    /// Its number.
    pub numero: Numero,
    /// Mean of totals.
    pub moyenne: Points,
    /// Spread between examiners.
    pub ecart: Ecart,
    /// When its mean is that of the place before: what parted them.
    pub departage: Option<Departage>,
}

/// The ranking of a call.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Classement {
    /// From the first to the last.
    pub rangs: Vec<Rang>,
    /// Dossiers nobody has marked yet, by number; they have no rank.
    pub non_notes: Vec<Uuid>,
}

/// Ranks these dossiers.
pub fn classement(dossiers: &[DossierNote]) -> Classement {
    classement_sans(dossiers, &[])
}

/// Ranks what a person may see: ranks run over visible dossiers only, as if
/// the closed ones did not exist, so that no hole betrays them.
pub fn classement_sans(dossiers: &[DossierNote], fermes: &[Uuid]) -> Classement {
    let mut visibles: Vec<&DossierNote> = dossiers
        .iter()
        .filter(|d| !fermes.contains(&d.dossier))
        .collect();
    visibles.sort_by(|a, b| comparer(a, b).0);
    let mut classement = Classement::default();
    let mut precedent: Option<&DossierNote> = None;
    for dossier in visibles {
        let (Some(moyenne), Some(ecart)) = (dossier.moyenne(), dossier.ecart()) else {
            classement.non_notes.push(dossier.dossier);
            continue;
        };
        classement.rangs.push(Rang {
            rang: classement.rangs.len() + 1,
            dossier: dossier.dossier,
            numero: dossier.numero,
            moyenne,
            ecart,
            departage: precedent.and_then(|avant| comparer(avant, dossier).1),
        });
        precedent = Some(dossier);
    }
    classement
}

/// Which comes first, and what parted them when their means are equal.
///
/// A dossier nobody has marked comes after all others.
fn comparer(a: &DossierNote, b: &DossierNote) -> (Ordering, Option<Departage>) {
    // A mean is worth what is shown of it: two equal figures are a tie.
    let par_moyenne = b.moyenne().cmp(&a.moyenne());
    if par_moyenne != Ordering::Equal {
        return (par_moyenne, None);
    }
    let etendue = |d: &DossierNote| d.ecart().map(Ecart::etendue);
    let criteres = [
        (
            b.moyenne_hors_bonus().cmp(&a.moyenne_hors_bonus()),
            Departage::HorsBonus,
        ),
        (etendue(a).cmp(&etendue(b)), Departage::Ecart),
        (a.depose_le.cmp(&b.depose_le), Departage::DateDeDepot),
        (a.numero.cmp(&b.numero), Departage::Numero),
    ];
    criteres
        .into_iter()
        .find(|(ordre, _)| *ordre != Ordering::Equal)
        .map_or((a.dossier.cmp(&b.dossier), None), |(ordre, departage)| {
            (ordre, Some(departage))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dossier(rang: u32, totaux: &[(i64, i64)]) -> DossierNote {
        DossierNote {
            dossier: Uuid::from_u128(u128::from(rang)),
            numero: Numero {
                millesime: 2024,
                rang,
            },
            depose_le: Timestamp::from_second(i64::from(rang)).unwrap(),
            totaux: totaux
                .iter()
                .map(|(base, bonus)| Total {
                    base: Points::entiers(*base),
                    bonus: Points::entiers(*bonus),
                })
                .collect(),
        }
    }

    fn ordre(classement: &Classement) -> Vec<u32> {
        classement.rangs.iter().map(|r| r.numero.rang).collect()
    }

    #[test]
    fn la_meilleure_moyenne_passe_devant() {
        let dossiers = [
            dossier(1, &[(70, 0), (72, 0)]),
            dossier(2, &[(80, 6), (87, 0)]),
        ];
        let classement = classement(&dossiers);
        assert_eq!(ordre(&classement), [2, 1]);
        assert_eq!(classement.rangs[0].moyenne.to_string(), "86,5");
        assert_eq!(classement.rangs[1].departage, None);
    }

    #[test]
    fn a_egalite_la_note_hors_bonus_departage_et_le_dit() {
        let dossiers = [dossier(1, &[(70, 5)]), dossier(2, &[(75, 0)])];
        let classement = classement(&dossiers);
        assert_eq!(ordre(&classement), [2, 1]);
        assert_eq!(classement.rangs[1].departage, Some(Departage::HorsBonus));
    }

    #[test]
    fn puis_l_accord_entre_examinateurs_puis_la_date_de_depot() {
        let dossiers = [
            dossier(1, &[(60, 0), (80, 0)]),
            dossier(3, &[(69, 0), (71, 0)]),
            dossier(2, &[(69, 0), (71, 0)]),
        ];
        let classement = classement(&dossiers);
        assert_eq!(ordre(&classement), [2, 3, 1]);
        assert_eq!(classement.rangs[1].departage, Some(Departage::DateDeDepot));
        assert_eq!(classement.rangs[2].departage, Some(Departage::Ecart));
        assert_eq!(classement.rangs[2].ecart.etendue(), Points::entiers(20));
    }

    #[test]
    fn le_classement_ne_depend_pas_de_l_ordre_d_arrivee_des_lignes() {
        let mut dossiers = vec![
            dossier(1, &[(60, 0)]),
            dossier(2, &[(60, 0)]),
            dossier(3, &[(61, 0)]),
        ];
        let attendu = classement(&dossiers);
        dossiers.reverse();
        assert_eq!(classement(&dossiers), attendu);
    }

    #[test]
    fn un_dossier_ferme_ne_laisse_pas_de_trou() {
        let dossiers = [
            dossier(1, &[(90, 0)]),
            dossier(2, &[(80, 0)]),
            dossier(3, &[(70, 0)]),
        ];
        let vu = classement_sans(&dossiers, &[dossiers[1].dossier]);
        let rangs: Vec<_> = vu.rangs.iter().map(|r| (r.rang, r.numero.rang)).collect();
        assert_eq!(rangs, [(1, 1), (2, 3)]);
    }

    #[test]
    fn un_dossier_ferme_ne_se_devine_pas_au_departage() {
        let dossiers = [
            dossier(1, &[(90, 0)]),
            dossier(2, &[(80, 0)]),
            dossier(3, &[(80, 0)]),
        ];
        assert!(classement(&dossiers).rangs[2].departage.is_some());
        let vu = classement_sans(&dossiers, &[dossiers[1].dossier]);
        assert_eq!(vu.rangs[1].departage, None);
    }

    #[test]
    fn un_dossier_que_personne_n_a_note_n_a_pas_de_rang() {
        let dossiers = [dossier(1, &[]), dossier(2, &[(0, 0)])];
        let classement = classement(&dossiers);
        assert_eq!(ordre(&classement), [2]);
        assert_eq!(classement.non_notes, [dossiers[0].dossier]);
    }
}
