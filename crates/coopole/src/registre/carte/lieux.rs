//! Where a pole stands on the map: at its commune if its coordinates are known,
//! else at the centre of its department, else of its region, and no further.

use std::sync::OnceLock;

use metier::{
    commun::Region,
    poles::{Lieu, Precision, carte::Coordonnees},
};

use super::fond;
use crate::socle::{actifs, communes};

/// A point and how much it says: what a source knows to the commune is shown
/// to the department when nobody gives us the coordinates of that commune.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Situation {
    pub coordonnees: Coordonnees,
    pub precision: Precision,
    pub region: Region,
}

/// Where this place is drawn; nowhere when nothing is known of it.
pub fn situer(lieu: &Lieu) -> Option<Situation> {
    a_la_commune(lieu)
        .or_else(|| au_departement(lieu))
        .or_else(|| a_la_region(lieu))
}

fn a_la_commune(lieu: &Lieu) -> Option<Situation> {
    let nom = lieu.commune.as_deref()?;
    let commune = communes::la_seule(nom, lieu.departement.as_deref(), lieu.region)?;
    Some(Situation {
        coordonnees: coordonnees(commune.code)?,
        precision: Precision::Commune,
        region: Region::par_commune(commune.code)?,
    })
}

fn au_departement(lieu: &Lieu) -> Option<Situation> {
    let code = lieu.departement.as_deref()?;
    Some(Situation {
        coordonnees: fond::fond().centre_du_departement(code)?,
        precision: Precision::Departement,
        region: Region::par_departement(code)?,
    })
}

fn a_la_region(lieu: &Lieu) -> Option<Situation> {
    let region = lieu.region?;
    Some(Situation {
        coordonnees: fond::fond().centre_de_la_region(region)?,
        precision: Precision::Region,
        region,
    })
}

/// Of that commune (`donnees/communes-coordonnees.csv`); those of under a
/// thousand inhabitants have none there.
fn coordonnees(code: &str) -> Option<Coordonnees> {
    static COORDONNEES: OnceLock<Vec<(&str, Coordonnees)>> = OnceLock::new();
    let toutes = COORDONNEES.get_or_init(|| {
        let lignes = actifs::donnee("communes-coordonnees.csv").lines().skip(1);
        lignes.filter_map(lire).collect()
    });
    let place = toutes.binary_search_by(|(autre, _)| (*autre).cmp(code));
    place.ok().map(|place| toutes[place].1)
}

fn lire(ligne: &str) -> Option<(&str, Coordonnees)> {
    let mut champs = ligne.split(',');
    let code = champs.next()?;
    let latitude = champs.next()?.parse().ok()?;
    let longitude = champs.next()?.parse().ok()?;
    Some((
        code,
        Coordonnees {
            longitude,
            latitude,
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lieu(commune: &str, departement: &str, region: &str) -> Lieu {
        let connu = |texte: &str| (!texte.is_empty()).then(|| texte.to_owned());
        Lieu {
            commune: connu(commune),
            departement: connu(departement),
            region: Region::par_code(region),
        }
    }

    #[test]
    fn un_pole_est_a_sa_commune_sinon_a_son_departement_sinon_a_sa_region() {
        for (lieu, precision) in [
            (lieu("Morlaix", "29", "53"), Precision::Commune),
            (lieu("morlaix", "", "53"), Precision::Commune),
            (lieu("Saint-Pierre", "", "04"), Precision::Commune),
            // Two in the region: the name alone does not choose.
            (lieu("Saint-Denis", "", "76"), Precision::Region),
            // Not a commune: a hamlet, or the name of before a merger.
            (lieu("Les Tracols", "26", "84"), Precision::Departement),
            (lieu("", "2A", "94"), Precision::Departement),
            (lieu("", "", "06"), Precision::Region),
        ] {
            let situation = situer(&lieu).unwrap();
            assert_eq!(situation.precision, precision, "{lieu:?}");
            assert_eq!(Some(situation.region), lieu.region);
        }
    }

    #[test]
    fn sans_lieu_ou_sous_un_nom_que_rien_ne_situe_il_n_est_nulle_part() {
        assert_eq!(situer(&lieu("", "", "")), None);
        assert_eq!(situer(&lieu("Morlaix", "", "")), None);
    }

    #[test]
    fn chaque_coordonnee_est_celle_d_une_commune_d_aujourd_hui() {
        let fichier = actifs::donnee("communes-coordonnees.csv");
        let lues: Vec<_> = fichier.lines().skip(1).filter_map(lire).collect();
        assert_eq!(lues.len(), fichier.lines().count() - 1);
        assert!(lues.is_sorted_by_key(|(code, _)| *code));
        for (code, _) in lues {
            assert!(communes::par_code(code).is_some(), "{code}");
        }
    }
}
