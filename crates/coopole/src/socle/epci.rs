//! The groupings of communes with their own tax (EPCI à fiscalité propre), and
//! which one each commune belongs to (`donnees/epci.csv`). A few islands belong
//! to none.

use std::sync::OnceLock;

use super::{actifs, communes::departement_du_code};

/// A grouping of communes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Epci {
    /// Its number: nine figures, its word in addresses.
    pub siren: &'static str,
    pub nom: &'static str,
    /// The codes of its communes, in their order.
    pub communes: Vec<&'static str>,
}

impl Epci {
    /// Whether one of its communes is in that department.
    pub fn touche(&self, departement: &str) -> bool {
        self.communes
            .iter()
            .any(|code| code.starts_with(departement))
    }

    /// The departments it stands on: one, sometimes several.
    pub fn departements(&self) -> Vec<&'static str> {
        let communes = self.communes.iter().copied();
        let mut tous: Vec<&str> = communes.map(departement_du_code).collect();
        tous.dedup();
        tous
    }
}

/// The grouping of that number.
pub fn par_siren(siren: &str) -> Option<&'static Epci> {
    let tous = tous();
    let place = tous.binary_search_by(|epci| epci.siren.cmp(siren));
    place.ok().map(|place| &tous[place])
}

/// The grouping this commune belongs to, by its code.
pub fn de_la_commune(code: &str) -> Option<&'static Epci> {
    static PAR_COMMUNE: OnceLock<Vec<(&str, &Epci)>> = OnceLock::new();
    let par_commune = PAR_COMMUNE.get_or_init(|| {
        let mut paires: Vec<(&str, &Epci)> = tous()
            .iter()
            .flat_map(|epci| epci.communes.iter().map(move |commune| (*commune, epci)))
            .collect();
        paires.sort_unstable_by_key(|(commune, _)| *commune);
        paires
    });
    let place = par_commune.binary_search_by(|(commune, _)| (*commune).cmp(code));
    place.ok().map(|place| par_commune[place].1)
}

/// Those of a department, by name.
pub fn du_departement(code: &str) -> Vec<&'static Epci> {
    let mut siens: Vec<&Epci> = tous().iter().filter(|epci| epci.touche(code)).collect();
    siens.sort_by_cached_key(|epci| metier::commun::plier(epci.nom));
    siens
}

fn tous() -> &'static [Epci] {
    static TOUS: OnceLock<Vec<Epci>> = OnceLock::new();
    TOUS.get_or_init(|| {
        let lignes = actifs::donnee("epci.csv").lines().skip(1);
        lignes.filter_map(lire).collect()
    })
}

fn lire(ligne: &'static str) -> Option<Epci> {
    let mut champs = ligne.split(';');
    Some(Epci {
        siren: champs.next()?,
        nom: champs.next()?,
        communes: champs.next()?.split(' ').collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::socle::communes;

    #[test]
    fn chaque_epci_se_lit_et_chaque_commune_qu_il_nomme_existe() {
        assert_eq!(tous().len(), 1_255);
        assert!(tous().is_sorted_by_key(|epci| epci.siren));
        for epci in tous() {
            assert!(epci.siren.len() == 9 && !epci.nom.is_empty());
            assert!(epci.communes.is_sorted());
            for code in &epci.communes {
                assert!(communes::par_code(code).is_some(), "{code}");
            }
        }
    }

    #[test]
    fn une_commune_mene_a_son_epci_et_l_epci_a_ses_departements() {
        let morlaix = de_la_commune("29151").unwrap();
        assert_eq!(morlaix.nom, "Communauté d’agglomération Morlaix Communauté");
        assert_eq!(morlaix.departements(), ["29"]);
        assert!(du_departement("29").contains(&morlaix));
        assert_eq!(par_siren(morlaix.siren), Some(morlaix));
        // The island of Sein belongs to none.
        assert_eq!(de_la_commune("29083"), None);
        assert_eq!(de_la_commune("99999"), None);
        assert_eq!(de_la_commune("97416").unwrap().departements(), ["974"]);
    }
}
