//! The map: the records the filters ask for, each at its place, near ones
//! under one marker, and the list beside it.
//!
//! One query, then arithmetic: who is asked for, where each stands, which
//! markers would overlap. The ground is drawn once (`fond`).

mod fond;
mod lieux;

pub use fond::{Vue, fond};
pub use lieux::{Situation, situer};

use metier::{
    commun::Region,
    poles::{
        Lieu, Precision,
        carte::{Point, grouper},
    },
};
use uuid::Uuid;

use super::annuaire::{self, Annuaire, Filtre, PAR_PAGE, Recherche};
use crate::{
    poles::fiches::{self, Jalon, Repere},
    socle::{db::Lecture, erreurs::Panne, feuilles::Vers},
};

/// At least this far from one marker to the next: a target is 24 pixels wide.
const ECART: f64 = 26.0;

/// How wide a view is drawn, at the least. Two maps are sent, and the style
/// sheet shows the one that fits (`web/styles/60-carte.css`): on a phone more
/// poles share a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Echelle {
    Ecran,
    Telephone,
    /// A territory overseas, as small on both.
    Encart,
}

impl Echelle {
    const TOUTES: [Self; 3] = [Self::Ecran, Self::Telephone, Self::Encart];

    /// Its word in an address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ecran => "ecran",
            Self::Telephone => "telephone",
            Self::Encart => "encart",
        }
    }

    const fn pixels(self) -> f64 {
        match self {
            Self::Ecran => 500.0,
            Self::Telephone => 280.0,
            Self::Encart => 88.0,
        }
    }

    /// In the units of a view.
    fn ecart(self) -> f64 {
        ECART * fond::COTE / self.pixels()
    }
}

/// A marker: one pole, or several that would overlap.
#[derive(Debug, Clone, PartialEq)]
pub struct Marqueur {
    /// In the units of its view.
    pub a: Point,
    /// Their places in [`Carte::jalons`].
    pub poles: Vec<usize>,
    /// Of the least precise of them.
    pub precision: Precision,
}

/// A view with its markers, once for each scale it is shown at.
pub struct Dessin {
    pub vue: &'static Vue,
    pub echelles: Vec<(Echelle, Vec<Marqueur>)>,
}

/// The markers whose poles are listed: those of one, asked by the address.
pub struct Choisie {
    /// Where the marker stands.
    pub lieu: String,
    pub combien: usize,
}

/// The map that an address asks for.
pub struct Carte {
    /// All the poles that answer, in the order of the list.
    pub jalons: Vec<Jalon>,
    /// Where each of them stands.
    pub situations: Vec<Option<Situation>>,
    pub dessins: Vec<Dessin>,
    /// The page of the list.
    pub liste: Annuaire,
    /// Place of the first of the page among those listed, from one.
    pub premier: usize,
    pub choisie: Option<Choisie>,
}

/// Reads the map that the address asks for.
pub async fn lire(base: &mut Lecture, filtre: Filtre) -> Result<Carte, Panne> {
    let Recherche { demande, corriges } = annuaire::chercher(base, &filtre).await?;
    let jalons = fiches::jalons(base, &demande).await?;
    let sans = match jalons.is_empty() {
        true => annuaire::sans(base, &filtre, &demande).await?,
        false => Vec::new(),
    };
    let tus = annuaire::tus(base, &filtre, &demande).await?;
    let liste_attestee = annuaire::attestee(base, &filtre).await?;
    let situations: Vec<Option<Situation>> = jalons.iter().map(|j| situer(&j.lieu)).collect();
    let dessins = dessiner(&situations);
    let choix = choisir(&filtre.autour, &jalons, &dessins);
    let tous: Vec<usize> = match &choix {
        Some(poles) => poles.clone(),
        None => (0..jalons.len()).collect(),
    };
    let (debut, fin) = page(&filtre, &jalons, &tous);
    let listes: Vec<&Jalon> = tous[debut..fin].iter().map(|i| &jalons[*i]).collect();
    let listees = fiches::celles(base, &listes).await?;
    let (premiere, derniere) = (listees.first(), listees.last());
    Ok(Carte {
        liste: Annuaire {
            precedente: premiere
                .filter(|_| debut > 0)
                .map(|f| filtre.voisine(f, Vers::Avant)),
            suivante: derniere
                .filter(|_| fin < tous.len())
                .map(|f| filtre.voisine(f, Vers::Apres)),
            fiches: listees,
            combien: jalons.len() as u64,
            corriges,
            tus,
            sans,
            liste_attestee,
            filtre,
        },
        premier: debut + 1,
        choisie: choix.map(|poles| Choisie {
            lieu: jalons[poles[0]].lieu.en_mots(),
            combien: poles.len(),
        }),
        jalons,
        situations,
        dessins,
    })
}

/// The place of one pole, in the view that shows it.
pub struct Place {
    pub vue: &'static Vue,
    /// In the units of the view.
    pub a: Point,
    pub situation: Situation,
}

/// Where a pole is drawn alone; nowhere when nothing is known of its place.
pub fn placer(lieu: &Lieu) -> Option<Place> {
    let situation = situer(lieu)?;
    let fond = fond();
    let vue = &fond.vues[fond.vue_de(situation.region)];
    Some(Place {
        vue,
        a: vue.placer(situation.coordonnees),
        situation,
    })
}

/// A view, and the regions it shows that have poles: how many, and the centre.
pub type VueDeRegions = (&'static Vue, Vec<(Region, u64, Point)>);

/// How many poles each region has, at its centre: as light for a hundred
/// thousand poles as for ten.
pub fn par_region(comptes: &[(Option<Region>, u64)]) -> Vec<VueDeRegions> {
    let fond = fond();
    let placees = |rang: usize, vue: &'static Vue| {
        let siennes = comptes.iter().filter_map(|(region, combien)| {
            let region = region.filter(|region| fond.vue_de(*region) == rang)?;
            let centre = fond.centre_de_la_region(region)?;
            Some((region, *combien, vue.placer(centre)))
        });
        (vue, siennes.collect())
    };
    let vues = fond.vues.iter().enumerate();
    vues.map(|(rang, vue)| placees(rang, vue)).collect()
}

impl Carte {
    /// How many stand with that precision.
    pub fn places(&self, precision: Precision) -> usize {
        let connues = self.situations.iter();
        connues
            .filter(|s| s.map_or(Precision::Inconnue, |s| s.precision) == precision)
            .count()
    }
}

fn dessiner(situations: &[Option<Situation>]) -> Vec<Dessin> {
    let fond = fond();
    let mut places: Vec<Vec<(usize, Point, Precision)>> = vec![Vec::new(); fond.vues.len()];
    for (rang, situation) in situations.iter().enumerate() {
        if let Some(s) = situation {
            let vue = fond.vue_de(s.region);
            let point = fond.vues[vue].placer(s.coordonnees);
            places[vue].push((rang, point, s.precision));
        }
    }
    let dessin = |(vue, mut places): (&'static Vue, Vec<(usize, Point, Precision)>)| {
        // A marker stands at the best known of its places.
        places.sort_by_key(|(_, _, precision)| *precision);
        let echelles: &[Echelle] = match vue.region {
            None => &[Echelle::Ecran, Echelle::Telephone],
            Some(_) => &[Echelle::Encart],
        };
        let marquer = |echelle: &Echelle| (*echelle, marqueurs(&places, *echelle));
        Dessin {
            vue,
            echelles: echelles.iter().map(marquer).collect(),
        }
    };
    fond.vues.iter().zip(places).map(dessin).collect()
}

fn marqueurs(places: &[(usize, Point, Precision)], echelle: Echelle) -> Vec<Marqueur> {
    let points: Vec<Point> = places.iter().map(|(_, point, _)| *point).collect();
    let groupes = grouper(&points, echelle.ecart()).into_iter();
    groupes
        .map(|groupe| {
            let membres = groupe.membres.iter().map(|rang| &places[*rang]);
            let mut poles: Vec<usize> = membres.clone().map(|(rang, ..)| *rang).collect();
            poles.sort_unstable();
            Marqueur {
                a: groupe.a,
                poles,
                precision: membres.map(|(.., p)| *p).max().unwrap_or(Precision::Region),
            }
        })
        .collect()
}

/// The poles of the marker that the address names by its scale and one of its
/// poles: « ecran~018f… ».
fn choisir(autour: &str, jalons: &[Jalon], dessins: &[Dessin]) -> Option<Vec<usize>> {
    let (code, id) = autour.split_once('~')?;
    let voulue = Echelle::TOUTES.into_iter().find(|e| e.code() == code)?;
    let id: Uuid = id.parse().ok()?;
    let pole = jalons.iter().position(|jalon| jalon.id == id)?;
    let marqueurs = dessins.iter().flat_map(|dessin| &dessin.echelles);
    let marqueur = marqueurs
        .filter(|(echelle, _)| *echelle == voulue)
        .flat_map(|(_, marqueurs)| marqueurs)
        .find(|marqueur| marqueur.poles.contains(&pole) && marqueur.poles.len() > 1)?;
    Some(marqueur.poles.clone())
}

/// From where to where the list is shown, as the directory pages it.
fn page(filtre: &Filtre, jalons: &[Jalon], tous: &[usize]) -> (usize, usize) {
    let rang = |texte: &str, compris: bool| {
        let ici = Repere::lire(texte)?;
        Some(tous.partition_point(|i| {
            let jalon = &jalons[*i].repere;
            *jalon < ici || (compris && *jalon == ici)
        }))
    };
    let debut = match (rang(&filtre.avant, false), rang(&filtre.apres, true)) {
        (Some(fin), _) => fin.saturating_sub(PAR_PAGE),
        (None, Some(debut)) => debut,
        (None, None) => 0,
    };
    (debut, (debut + PAR_PAGE).min(tous.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn situations(lieux: &[(&str, &str)]) -> Vec<Option<Situation>> {
        let lieu = |(commune, departement): &(&str, &str)| Lieu {
            commune: (!commune.is_empty()).then(|| (*commune).to_owned()),
            departement: Some((*departement).to_owned()),
            region: None,
        };
        lieux.iter().map(|l| situer(&lieu(l))).collect()
    }

    fn membres(dessin: &Dessin, echelle: usize) -> Vec<Vec<usize>> {
        dessin.echelles[echelle]
            .1
            .iter()
            .map(|m| m.poles.clone())
            .collect()
    }

    #[test]
    fn deux_voisins_se_separent_sur_un_ecran_et_se_touchent_sur_un_telephone() {
        let dessins = dessiner(&situations(&[
            ("Rennes", "35"),
            ("Nantes", "44"),
            ("Lille", "59"),
        ]));
        assert_eq!(membres(&dessins[0], 0).len(), 3);
        assert_eq!(membres(&dessins[0], 1), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn un_marqueur_se_tient_au_lieu_le_mieux_connu_et_dit_le_moins_bien_connu() {
        let dessins = dessiner(&situations(&[("", "75"), ("Paris", "75")]));
        let marqueur = &dessins[0].echelles[0].1[0];
        assert_eq!(
            (marqueur.poles.as_slice(), marqueur.precision),
            ([0, 1].as_slice(), Precision::Departement)
        );
        let paris = situations(&[("Paris", "75")])[0].unwrap();
        assert_eq!(marqueur.a, fond().vues[0].placer(paris.coordonnees));
    }

    #[test]
    fn chaque_region_a_son_nombre_dans_sa_vue() {
        let comptes = [
            (Some(Region::Bretagne), 12),
            (Some(Region::Mayotte), 1),
            (None, 3),
        ];
        let nombres: Vec<Vec<u64>> = par_region(&comptes)
            .iter()
            .map(|(_, regions)| regions.iter().map(|(_, combien, _)| *combien).collect())
            .collect();
        assert_eq!(nombres, [vec![12], vec![], vec![], vec![], vec![], vec![1]]);
    }

    #[test]
    fn chaque_outre_mer_a_ses_points_dans_son_encart() {
        let dessins = dessiner(&situations(&[
            ("Morlaix", "29"),
            ("Corte", "2B"),
            ("Mamoudzou", "976"),
        ]));
        let combien: Vec<usize> = dessins
            .iter()
            .map(|dessin| membres(dessin, 0).iter().map(Vec::len).sum())
            .collect();
        assert_eq!(combien, [2, 0, 0, 0, 0, 1]);
    }
}
