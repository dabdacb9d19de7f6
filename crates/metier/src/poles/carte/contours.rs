//! Outlines: from the rings of the departments to the few strokes that a map
//! of the regions draws, each of them once.
//!
//! A border shared by two regions is one stroke, thinned once: thinned apart,
//! its two sides would no longer meet.

use std::collections::BTreeMap;

use super::Point;
use crate::commun::Region;

/// A vertex in ten-thousandths of a degree, as the source writes it: longitude,
/// latitude. Two neighbours share theirs to the last digit.
pub type Sommet = (i32, i32);

/// A ring of a department, closed: its last vertex is its first.
#[derive(Debug, Clone)]
pub struct Anneau {
    /// The region of the department.
    pub region: Region,
    /// Its vertices.
    pub sommets: Vec<Sommet>,
}

/// What a stroke parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// The country from the sea, or from another country.
    Cote,
    /// Two regions.
    Limite,
}

/// A stroke from one junction to the next, or a loop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trait {
    /// What it parts.
    pub nature: Nature,
    /// Its vertices.
    pub sommets: Vec<Sommet>,
}

type Segment = (Sommet, Sommet);

/// The strokes of a map of the regions; what parts two departments of one
/// region is left out.
pub fn traits(anneaux: &[Anneau]) -> Vec<Trait> {
    let mut reseau = Reseau::new(anneaux);
    let voisins = reseau.voisins.clone();
    let mut traits = Vec::new();
    // The strokes that end somewhere first; what then remains are loops.
    for jonctions in [true, false] {
        for (sommet, suivants) in &voisins {
            if jonctions && suivants.len() == 2 {
                continue;
            }
            traits.extend(suivants.iter().filter_map(|s| reseau.suivre(*sommet, *s)));
        }
    }
    traits
}

/// The segments that are drawn, and which vertices each vertex leads to.
struct Reseau {
    restants: BTreeMap<Segment, Nature>,
    voisins: BTreeMap<Sommet, Vec<Sommet>>,
}

impl Reseau {
    fn new(anneaux: &[Anneau]) -> Self {
        let mut cotes: BTreeMap<Segment, Vec<Region>> = BTreeMap::new();
        for anneau in anneaux {
            for paire in anneau.sommets.windows(2).filter(|p| p[0] != p[1]) {
                let segment = segment(paire[0], paire[1]);
                cotes.entry(segment).or_default().push(anneau.region);
            }
        }
        let mut reseau = Self {
            restants: BTreeMap::new(),
            voisins: BTreeMap::new(),
        };
        for ((un, autre), regions) in cotes {
            let nature = match regions.as_slice() {
                [_] => Nature::Cote,
                [premiere, autres @ ..] if autres.iter().any(|r| r != premiere) => Nature::Limite,
                _ => continue,
            };
            reseau.restants.insert((un, autre), nature);
            reseau.voisins.entry(un).or_default().push(autre);
            reseau.voisins.entry(autre).or_default().push(un);
        }
        reseau
    }

    /// Follows the stroke that begins so, to its junction; each segment once.
    fn suivre(&mut self, depart: Sommet, suivant: Sommet) -> Option<Trait> {
        let nature = self.restants.remove(&segment(depart, suivant))?;
        let mut sommets = vec![depart, suivant];
        let mut ici = suivant;
        while let Some(apres) = self.suite(ici) {
            self.restants.remove(&segment(ici, apres));
            sommets.push(apres);
            ici = apres;
        }
        Some(Trait { nature, sommets })
    }

    fn suite(&self, ici: Sommet) -> Option<Sommet> {
        let voisins = self.voisins.get(&ici).filter(|v| v.len() == 2)?;
        voisins
            .iter()
            .copied()
            .find(|v| self.restants.contains_key(&segment(ici, *v)))
    }
}

fn segment(un: Sommet, autre: Sommet) -> Segment {
    (un.min(autre), un.max(autre))
}

/// The strokes end to end, each loop as the strokes that make it: what is
/// filled.
pub fn boucles(mut traits: Vec<Vec<Sommet>>) -> Vec<Vec<Vec<Sommet>>> {
    let mut boucles = Vec::new();
    while let Some(premier) = traits.pop() {
        let debut = premier.first().copied();
        let mut fin = premier.last().copied();
        let mut boucle = vec![premier];
        while fin != debut {
            let suite = traits
                .iter()
                .position(|t| t.first().copied() == fin || t.last().copied() == fin);
            let Some(place) = suite else { break };
            let mut suite = traits.swap_remove(place);
            if suite.first().copied() != fin {
                suite.reverse();
            }
            fin = suite.last().copied();
            boucle.push(suite);
        }
        boucles.push(boucle);
    }
    boucles
}

/// The same stroke with fewer vertices, none of those left out being further
/// from it than `tolerance` (Douglas and Peucker). A loop never falls under a
/// triangle: an island stays an island, however small.
pub fn simplifier(points: &[Point], tolerance: f64) -> Vec<Point> {
    let mut gardes = garder(points, tolerance);
    let boucle = points.len() > 3 && points.first() == points.last();
    if boucle && gardes.len() < 4 {
        let tiers = points.len() / 3;
        gardes = vec![points[0], points[tiers], points[2 * tiers], points[0]];
    }
    gardes
}

fn garder(points: &[Point], tolerance: f64) -> Vec<Point> {
    let (Some(debut), Some(fin)) = (points.first(), points.last()) else {
        return Vec::new();
    };
    let eloigne = points
        .iter()
        .enumerate()
        .map(|(rang, point)| (rang, eloignement(*point, *debut, *fin)))
        .max_by(|un, autre| un.1.total_cmp(&autre.1));
    match eloigne {
        Some((rang, distance)) if distance > tolerance => {
            let mut gardes = garder(&points[..=rang], tolerance);
            gardes.pop();
            gardes.extend(garder(&points[rang..], tolerance));
            gardes
        }
        _ => vec![*debut, *fin],
    }
}

/// From the point to the segment.
fn eloignement((x, y): Point, (a, b): Point, (c, d): Point) -> f64 {
    let (u, v) = (c - a, d - b);
    let carre = u * u + v * v;
    let part = match carre > 0.0 {
        true => (((x - a) * u + (y - b) * v) / carre).clamp(0.0, 1.0),
        false => 0.0,
    };
    (x - a - part * u).hypot(y - b - part * v)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carre(region: Region, x: i32) -> Anneau {
        let sommets = [(x, 0), (x + 1, 0), (x + 1, 1), (x, 1), (x, 0)];
        Anneau {
            region,
            sommets: sommets.to_vec(),
        }
    }

    #[test]
    fn la_limite_de_deux_regions_est_tracee_une_fois_et_celle_de_deux_departements_jamais() {
        let anneaux = [
            carre(Region::Bretagne, 0),
            carre(Region::Bretagne, 1),
            carre(Region::PaysDeLaLoire, 2),
        ];
        let traits = traits(&anneaux);
        let limites: Vec<&Trait> = traits
            .iter()
            .filter(|t| t.nature == Nature::Limite)
            .collect();
        assert_eq!(limites.len(), 1);
        assert_eq!(limites[0].sommets, [(2, 0), (2, 1)]);

        let cotes = traits.iter().filter(|t| t.nature == Nature::Cote);
        let boucles = boucles(cotes.map(|t| t.sommets.clone()).collect());
        assert_eq!(boucles.len(), 1);
        let longueur: usize = boucles[0].iter().map(|t| t.len() - 1).sum();
        assert_eq!(longueur, 8, "the outline of three squares in a row");
    }

    #[test]
    fn une_ile_est_une_boucle_a_elle_seule() {
        let traits = traits(&[carre(Region::Corse, 0)]);
        assert_eq!(traits.len(), 1);
        assert_eq!(traits[0].sommets.first(), traits[0].sommets.last());
    }

    #[test]
    fn un_trait_perd_ses_sommets_inutiles_et_garde_ses_bouts() {
        let trait_ = [(0.0, 0.0), (1.0, 0.1), (2.0, 5.0), (3.0, 0.1), (4.0, 0.0)];
        assert_eq!(simplifier(&trait_, 1.0), [trait_[0], trait_[2], trait_[4]]);
        assert_eq!(simplifier(&trait_[..2], 1.0), &trait_[..2]);
    }

    #[test]
    fn la_plus_petite_ile_reste_un_triangle() {
        let ile = [(0.0, 0.0), (0.1, 0.0), (0.1, 0.1), (0.0, 0.1), (0.0, 0.0)];
        let gardee = simplifier(&ile, 10.0);
        assert_eq!(gardee.len(), 4);
        assert_eq!(gardee.first(), gardee.last());
    }
}
