//! A list a page at a time, both ways: the address carries the place of a row,
//! and each page knows its neighbours. Nothing is numbered, because a list moves
//! while it is read.
//!
//! A list reads one row more than a page holds, away from the place; here it is
//! cut, and put back in its order.

use std::fmt::Display;

use dsfr::Pagination;
use serde::Deserialize;

use crate::urls;

/// On which side of a place a list is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vers {
    Apres,
    Avant,
}

impl Vers {
    /// What an address calls it.
    pub const fn champ(self) -> &'static str {
        match self {
            Self::Apres => "apres",
            Self::Avant => "avant",
        }
    }
}

/// Where a list is read from; from its beginning when there is none.
pub type Cote<P> = Option<(P, Vers)>;

/// The side that an address asks for; what is not one of our places is none.
pub fn cote<P>(apres: &str, avant: &str, lire: impl Fn(&str) -> Option<P>) -> Cote<P> {
    match (lire(avant), lire(apres)) {
        (Some(place), _) => Some((place, Vers::Avant)),
        (None, Some(place)) => Some((place, Vers::Apres)),
        (None, None) => None,
    }
}

/// What an address asks of a page that has several lists: which one, and from
/// where. The others are read from their beginning.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Ici {
    liste: String,
    apres: String,
    avant: String,
}

impl Ici {
    /// Where this list is read from.
    pub fn cote<P>(&self, liste: &str, lire: impl Fn(&str) -> Option<P>) -> Cote<P> {
        match self.liste == liste {
            true => cote(&self.apres, &self.avant, lire),
            false => None,
        }
    }
}

/// The address of the page of a list on that side of a place; `liste` names it
/// among those of the page, and is where it stands there.
pub fn adresse(page: &str, liste: &str, (place, vers): (impl Display, Vers)) -> String {
    let place = place.to_string();
    let adresse = urls::avec(page, &[("liste", liste), (vers.champ(), &place)]);
    match liste {
        "" => adresse,
        liste => format!("{adresse}#{liste}"),
    }
}

/// A page of a list, and where its neighbours are.
#[derive(Debug, Clone)]
pub struct Feuille<T, V = String> {
    pub lignes: Vec<T>,
    pub precedente: Option<V>,
    pub suivante: Option<V>,
}

impl<T, V> Feuille<T, V> {
    /// A page of these rows, in the order they were read in, away from the
    /// place; `voisine` is the page on that side of a row.
    pub fn couper<P>(
        mut lues: Vec<T>,
        (cote, par_page): (&Cote<P>, usize),
        voisine: impl Fn(&T, Vers) -> V,
    ) -> Self {
        let il_en_reste = lues.len() > par_page;
        lues.truncate(par_page);
        let (avant, apres) = match cote {
            None => (false, il_en_reste),
            Some((_, Vers::Apres)) => (true, il_en_reste),
            Some((_, Vers::Avant)) => {
                lues.reverse();
                (il_en_reste, true)
            }
        };
        let (premiere, derniere) = (lues.first(), lues.last());
        Self {
            precedente: premiere.filter(|_| avant).map(|l| voisine(l, Vers::Avant)),
            suivante: derniere.filter(|_| apres).map(|l| voisine(l, Vers::Apres)),
            lignes: lues,
        }
    }

    /// A page of a list that is whole in memory, in the order of its keys.
    pub fn choisir<P: Ord>(
        toutes: Vec<T>,
        (cote, par_page): (&Cote<P>, usize),
        cle: impl Fn(&T) -> P,
        voisine: impl Fn(&T, Vers) -> V,
    ) -> Self {
        let lues = match cote {
            None => toutes.into_iter().take(par_page + 1).collect(),
            Some((place, Vers::Apres)) => {
                let apres = toutes.into_iter().skip_while(|ligne| cle(ligne) <= *place);
                apres.take(par_page + 1).collect()
            }
            Some((place, Vers::Avant)) => {
                let avant = toutes.into_iter().take_while(|ligne| cle(ligne) < *place);
                let mut avant: Vec<T> = avant.collect();
                avant.reverse();
                avant.truncate(par_page + 1);
                avant
            }
        };
        Self::couper(lues, (cote, par_page), voisine)
    }
}

impl<T> Feuille<T> {
    /// What is under the list: how many are shown, and its other pages; « 1
    /// relance affichée », « 2 relances affichées ».
    pub fn pages(&self, [une, plusieurs]: [&str; 2]) -> Pagination<'_> {
        let ou = match self.lignes.len() {
            1 => format!("1 {une}"),
            n => format!("{n} {plusieurs}"),
        };
        Pagination {
            precedente: self.precedente.as_deref().map(Into::into),
            suivante: self.suivante.as_deref().map(Into::into),
            ou: ou.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feuille(cote: &Cote<u32>) -> (Vec<u32>, Option<String>, Option<String>) {
        let voisine = |ligne: &u32, vers: Vers| format!("{} {ligne}", vers.champ());
        let lue = Feuille::choisir((1..=7).collect(), (cote, 3), |ligne| *ligne, voisine);
        (lue.lignes, lue.precedente, lue.suivante)
    }

    #[test]
    fn une_liste_se_feuillette_dans_les_deux_sens() {
        let dit = |mots: &str| Some(mots.to_owned());
        assert_eq!(feuille(&None), (vec![1, 2, 3], None, dit("apres 3")));
        let suivante = feuille(&Some((3, Vers::Apres)));
        assert_eq!(suivante, (vec![4, 5, 6], dit("avant 4"), dit("apres 6")));
        let derniere = feuille(&Some((6, Vers::Apres)));
        assert_eq!(derniere, (vec![7], dit("avant 7"), None));
        let retour = feuille(&Some((4, Vers::Avant)));
        assert_eq!(retour, (vec![1, 2, 3], None, dit("apres 3")));
        assert_eq!(feuille(&Some((7, Vers::Avant))).0, [4, 5, 6]);
    }

    #[test]
    fn la_place_d_une_autre_liste_n_est_pas_celle_ci() {
        let ici = Ici {
            liste: "lots".into(),
            apres: "12".into(),
            avant: String::new(),
        };
        let lire = |place: &str| place.parse::<u32>().ok();
        assert_eq!(ici.cote("lots", lire), Some((12, Vers::Apres)));
        assert_eq!(ici.cote("laureats", lire), None);
        assert_eq!(cote("rien", "", lire), None);
        let suite = adresse("/charte/gestion", "lots", (12, Vers::Avant));
        assert_eq!(suite, "/charte/gestion?liste=lots&avant=12#lots");
    }
}
