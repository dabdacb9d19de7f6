//! The census: how many poles, by which sign, at any past date, region by
//! region. Every number comes from the same statement, whoever shows it or
//! exports it: a page, a list, a file, the growth of a territory.
//!
//! Never done here: a rate typed, a cause given to a growth.

mod store;

use jiff::{Timestamp, civil::Date};
use metier::{
    commun::{Region, Taux, temps},
    poles::{Croisement, Liste, Reserve},
};
use serde::Deserialize;
use store::{Instant, Ou};
pub use store::{PoleRecense, enonces};

use super::{annuaire::REELS, region::par_nom};
use crate::{
    consignations::{self, Attestation},
    instruction,
    poles::{comptes, fiches::Repere},
    socle::{
        db::Lecture,
        erreurs::Panne,
        feuilles::{Feuille, Vers, cote},
    },
    urls,
};

/// The date asked for, and the same day of each of the five years before it.
pub const INSTANTS: usize = 6;

/// The place, among them, that a region is compared with: two years before, as
/// in the networks' note (dispositif, P-01).
pub const DEUX_ANS: usize = 2;

/// Rows of a page of a list.
pub const PAR_PAGE: usize = 50;

/// No register holds so many; an export has no pages.
const TOUS: usize = 1_000_000;

/// In an address, the poles whose region is not known.
pub const SANS_REGION: &str = "inconnue";

/// In an address, the regions that have a cell, and those that have none.
pub const AVEC: &str = "avec";
pub const SANS: &str = "sans";

/// Before the first of the scheme's calls there was nothing to count.
const PREMIER_JOUR: Date = Date::constant(2009, 1, 1);

/// What an address asks of the census. What is not of our words asks for
/// nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Filtre {
    /// The day counted, « 2022-12-31 »; today when blank.
    pub le: String,
    pub monde: String,
    /// A list behind a number, and where.
    pub liste: String,
    pub region: String,
    /// The regions with a cell, or without.
    pub cellule: String,
    pub apres: String,
    pub avant: String,
}

/// Why the day asked for is not the one shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ecart {
    Illisible,
    AVenir,
    TropTot,
}

impl Filtre {
    /// The day to count, and what was wrong with the one asked for: today then
    /// stands for it.
    pub fn jour(&self, aujourd_hui: Date) -> (Date, Option<Ecart>) {
        let demande = self.le.trim();
        if demande.is_empty() {
            return (aujourd_hui, None);
        }
        match demande.parse::<Date>() {
            Err(_) => (aujourd_hui, Some(Ecart::Illisible)),
            Ok(jour) if jour > aujourd_hui => (aujourd_hui, Some(Ecart::AVenir)),
            Ok(jour) if jour < PREMIER_JOUR => (aujourd_hui, Some(Ecart::TropTot)),
            Ok(jour) => (jour, None),
        }
    }

    pub fn reels(&self) -> bool {
        self.monde == REELS
    }

    /// The census itself.
    pub fn adresse(&self) -> String {
        urls::avec(
            urls::RECENSEMENT,
            &[
                ("le", &self.le),
                ("region", &self.region),
                ("monde", &self.monde),
            ],
        )
    }

    /// The same of another region, or of all.
    pub fn en(&self, region: &str) -> Self {
        Self {
            region: region.to_owned(),
            ..self.clone()
        }
    }

    /// The same on another day.
    pub fn au(&self, jour: Date) -> Self {
        Self {
            le: jour.to_string(),
            ..self.clone()
        }
    }

    /// The region asked for, or `None` for the poles without one. What is no
    /// region does not exist.
    pub fn region(&self) -> Result<Option<Option<Region>>, Panne> {
        match self.region.as_str() {
            "" => Ok(None),
            SANS_REGION => Ok(Some(None)),
            code => match Region::lue(code) {
                Some(region) => Ok(Some(Some(region))),
                None => Err(Panne::Introuvable),
            },
        }
    }

    /// Whether the regions asked for have a cell.
    pub fn cellule(&self) -> Option<bool> {
        match self.cellule.as_str() {
            AVEC => Some(true),
            SANS => Some(false),
            _ => None,
        }
    }

    fn ou(&self) -> Result<Ou, Panne> {
        let region = self.region()?;
        Ok(Ou {
            lieu: region.flatten().map(comptes::Lieu::Region),
            sans_region: region == Some(None),
            cellule: self.cellule(),
            reels: self.reels(),
        })
    }

    /// The poles behind a number, in one region or in all.
    pub fn vers(&self, liste: Liste, region: &str) -> String {
        Self {
            liste: liste.code().to_owned(),
            region: region.to_owned(),
            ..self.du_debut()
        }
        .adresse_de_la_liste(urls::RECENSEMENT_POLES)
    }

    fn du_debut(&self) -> Self {
        Self {
            apres: String::new(),
            avant: String::new(),
            ..self.clone()
        }
    }

    /// The page on that side of this pole.
    fn voisine(&self, pole: &PoleRecense, vers: Vers) -> Self {
        let place = format!("{}~{}", pole.cle_tri, pole.id);
        let (apres, avant) = match vers {
            Vers::Apres => (place, String::new()),
            Vers::Avant => (String::new(), place),
        };
        Self {
            apres,
            avant,
            ..self.clone()
        }
    }

    /// This list, as a page or as a file.
    pub fn adresse_de_la_liste(&self, ou: &str) -> String {
        urls::avec(
            ou,
            &[
                ("liste", &self.liste),
                ("le", &self.le),
                ("region", &self.region),
                ("cellule", &self.cellule),
                ("monde", &self.monde),
                ("apres", &self.apres),
                ("avant", &self.avant),
            ],
        )
    }

    fn choix(&self, aujourd_hui: Date, liste: Option<Liste>) -> Result<store::Choix, Panne> {
        let (le, _) = self.jour(aujourd_hui);
        Ok(store::Choix {
            liste,
            instant: instant(le, aujourd_hui),
            ou: self.ou()?,
        })
    }
}

fn instant(le: Date, aujourd_hui: Date) -> Instant {
    Instant {
        borne: temps::fin_de_jour(le),
        present: le == aujourd_hui,
    }
}

/// That day, and the same of each of the years before it.
fn annees_avant(le: Date) -> [Date; INSTANTS] {
    std::array::from_fn(|annees| temps::mois_apres(le, -12 * annees as i32))
}

/// What the census counted on a day: how many, and why it is a floor when it is
/// one.
#[derive(Debug, Clone, Copy)]
pub struct Compte {
    pub jour: Date,
    pub combien: u64,
    pub reserve: Option<Reserve>,
}

/// How many poles of a territory were counted on that day of each year, the
/// latest first.
pub async fn croissance(
    base: &mut Lecture,
    (lieu, reels): (comptes::Lieu, bool),
    maintenant: Timestamp,
) -> Result<[Compte; INSTANTS], Panne> {
    let dates = annees_avant(temps::jour_de(maintenant));
    let ou = Ou {
        lieu: Some(lieu),
        reels,
        ..Ou::default()
    };
    let instants = dates.map(|jour| instant(jour, dates[0]));
    let mut serie = Serie::default();
    for croisements in store::compter(base, &instants, &ou).await?.into_values() {
        serie.reunir(&Serie(croisements));
    }
    Ok(std::array::from_fn(|annees| Compte {
        jour: dates[annees],
        combien: serie.recenses(annees),
        reserve: serie.reserve(annees),
    }))
}

/// What a region, or several together, counted at each instant.
#[derive(Debug, Clone, Default)]
pub struct Serie(pub [Croisement; INSTANTS]);

impl Serie {
    /// At the date asked for.
    pub fn combien(&self, liste: Liste) -> u64 {
        self.0[0].combien(liste)
    }

    /// The laureates who did not sign, at the date asked for.
    pub fn laureats_non_signataires(&self) -> Result<Option<Taux>, u64> {
        self.0[0].laureats_non_signataires()
    }

    /// How many more may be on it at the date asked for, without our knowing.
    pub fn peut_etre(&self, liste: Liste) -> u64 {
        self.0[0].peut_etre(liste)
    }

    /// The poles counted that many years before.
    pub fn recenses(&self, annees: usize) -> u64 {
        self.0[annees].combien(Liste::Recenses)
    }

    /// Why that number is a floor, when it is one.
    pub fn reserve(&self, annees: usize) -> Option<Reserve> {
        self.0[annees].reserve()
    }

    /// The rate from that many years before to the date asked for.
    pub fn taux(&self, annees: usize) -> Result<Option<Taux>, Reserve> {
        self.0[0].evolution(&self.0[annees])
    }

    fn reunir(&mut self, autre: &Self) {
        for (ici, la) in self.0.iter_mut().zip(&autre.0) {
            ici.reunir(la);
        }
    }
}

/// The census of a region.
#[derive(Debug, Clone)]
pub struct RegionRecensee {
    /// None for the poles whose region is not known.
    pub region: Option<Region>,
    /// Whether a regional cell works there today.
    pub cellule: bool,
    pub serie: Serie,
}

/// The census at a date.
#[derive(Debug, Clone)]
pub struct Recensement {
    pub filtre: Filtre,
    /// The date asked for, then the same day of each year before.
    pub dates: [Date; INSTANTS],
    pub ecart: Option<Ecart>,
    /// The region it is of, or `None` for the poles without one.
    pub region: Option<Option<Region>>,
    /// The lists of real poles that were said whole by that date.
    pub attestees: Vec<Attestation>,
    pub ensemble: Serie,
    /// The eighteen by name, then what has none, if there is any; or the one
    /// asked for.
    pub regions: Vec<RegionRecensee>,
}

impl Recensement {
    /// Several regions as one.
    pub fn reunies(&self, cellule: bool) -> Serie {
        let mut somme = Serie::default();
        for region in self.regions.iter().filter(|r| r.region.is_some()) {
            if region.cellule == cellule {
                somme.reunir(&region.serie);
            }
        }
        somme
    }

    pub fn le(&self) -> Date {
        self.dates[0]
    }
}

/// Counts the register; the numbers agree when the reading is of one instant.
pub async fn lire(
    base: &mut Lecture,
    mut filtre: Filtre,
    maintenant: Timestamp,
) -> Result<Recensement, Panne> {
    // Both sorts of regions are shown side by side: neither is left out.
    filtre.cellule.clear();
    let aujourd_hui = temps::jour_de(maintenant);
    let (le, ecart) = filtre.jour(aujourd_hui);
    let region = filtre.region()?;
    let ou = filtre.ou()?;
    let dates = annees_avant(le);
    let instants = dates.map(|jour| instant(jour, aujourd_hui));
    let mut comptes = store::compter(base, &instants, &ou).await?;
    let cellules = instruction::cellules(base).await?;
    let active = |region| cellules.iter().any(|c| c.active && c.region == region);
    let demandee = |ici: &Region| region.is_none_or(|region| region == Some(*ici));
    let mut regions: Vec<RegionRecensee> = par_nom()
        .into_iter()
        .filter(demandee)
        .map(|region| RegionRecensee {
            region: Some(region),
            cellule: active(region),
            serie: Serie(comptes.remove(&Some(region.code())).unwrap_or_default()),
        })
        .collect();
    regions.extend(comptes.remove(&None).map(|croisements| RegionRecensee {
        region: None,
        cellule: false,
        serie: Serie(croisements),
    }));
    let mut ensemble = Serie::default();
    regions.iter().for_each(|r| ensemble.reunir(&r.serie));
    let mut attestees = consignations::valables(base, false).await?;
    attestees.retain(|attestee| attestee.jour <= le);
    Ok(Recensement {
        attestees,
        filtre,
        dates,
        ecart,
        region,
        ensemble,
        regions,
    })
}

/// The poles behind a number, one page at a time.
pub struct ListeRecensee {
    pub liste: Liste,
    pub filtre: Filtre,
    pub le: Date,
    pub ecart: Option<Ecart>,
    /// The region asked for, or `None` for those without one.
    pub region: Option<Option<Region>>,
    pub combien: u64,
    /// How many more may be on it without our knowing.
    pub peut_etre: u64,
    pub poles: Vec<PoleRecense>,
    pub precedente: Option<Filtre>,
    pub suivante: Option<Filtre>,
}

/// Reads the page of a list; its number is the one the census shows.
pub async fn lire_la_liste(
    base: &mut Lecture,
    mut filtre: Filtre,
    maintenant: Timestamp,
) -> Result<ListeRecensee, Panne> {
    let liste = match filtre.liste.as_str() {
        "" => Liste::Recenses,
        code => Liste::par_code(code).ok_or(Panne::Introuvable)?,
    };
    let aujourd_hui = temps::jour_de(maintenant);
    let (le, ecart) = filtre.jour(aujourd_hui);
    filtre.liste = liste.code().to_owned();
    let choix = filtre.choix(aujourd_hui, Some(liste))?;
    let cote = cote(&filtre.apres, &filtre.avant, Repere::lire);
    let lues = store::page(base, &choix, &cote, PAR_PAGE + 1).await?;
    let (combien, peut_etre) = store::compter_la_liste(base, &choix).await?;
    let filtre = filtre.du_debut();
    let voisine = |pole: &PoleRecense, vers| filtre.voisine(pole, vers);
    let feuille = Feuille::couper(lues, (&cote, PAR_PAGE), voisine);
    Ok(ListeRecensee {
        liste,
        region: filtre.region()?,
        le,
        ecart,
        combien,
        peut_etre,
        poles: feuille.lignes,
        precedente: feuille.precedente,
        suivante: feuille.suivante,
        filtre,
    })
}

/// A list, or the whole register, for a file.
pub struct Recenses {
    /// Every pole of the register when there is none.
    pub liste: Option<Liste>,
    pub le: Date,
    pub ecart: Option<Ecart>,
    pub poles: Vec<PoleRecense>,
}

/// Every pole of a list, or of the register: its counters can be counted again
/// from it.
pub async fn exporter(
    base: &mut Lecture,
    filtre: &Filtre,
    maintenant: Timestamp,
) -> Result<Recenses, Panne> {
    let liste = match filtre.liste.as_str() {
        "" => None,
        code => Some(Liste::par_code(code).ok_or(Panne::Introuvable)?),
    };
    let aujourd_hui = temps::jour_de(maintenant);
    let (le, ecart) = filtre.jour(aujourd_hui);
    let choix = filtre.choix(aujourd_hui, liste)?;
    Ok(Recenses {
        liste,
        le,
        ecart,
        poles: store::page(base, &choix, &None, TOUS).await?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const AUJOURD_HUI: Date = Date::constant(2023, 3, 27);

    fn demande(le: &str) -> (Date, Option<Ecart>) {
        let filtre = Filtre {
            le: le.into(),
            ..Filtre::default()
        };
        filtre.jour(AUJOURD_HUI)
    }

    #[test]
    fn sans_date_on_compte_aujourd_hui() {
        assert_eq!(demande(""), (AUJOURD_HUI, None));
        assert_eq!(demande("2022-12-31"), (Date::constant(2022, 12, 31), None));
    }

    #[test]
    fn une_date_a_venir_illisible_ou_trop_ancienne_se_dit_et_montre_aujourd_hui() {
        for (le, ecart) in [
            ("2023-03-28", Ecart::AVenir),
            ("31/12/2022", Ecart::Illisible),
            ("1914-08-02", Ecart::TropTot),
        ] {
            assert_eq!(demande(le), (AUJOURD_HUI, Some(ecart)), "{le}");
        }
    }

    #[test]
    fn la_liste_derriere_un_nombre_garde_la_date_et_la_region() {
        let filtre = Filtre {
            le: "2022-12-31".into(),
            apres: "a~b".into(),
            ..Filtre::default()
        };
        assert_eq!(
            filtre.vers(Liste::CharteSeule, "53"),
            "/recensement/poles?liste=charte-seule&le=2022-12-31&region=53"
        );
        assert_eq!(filtre.adresse(), "/recensement?le=2022-12-31");
    }
}
