//! The ground of the map, drawn once and kept: the outlines of the regions, the
//! metropole and five territories overseas, each in its own square, and the
//! centres that stand in for a commune.

use std::{collections::BTreeMap, fmt::Write as _, sync::OnceLock};

use metier::{
    commun::Region,
    poles::carte::{
        Anneau, Coordonnees, Nature, Point, Projection, Sommet, Trait, boucles, simplifier, traits,
    },
};
use serde::Deserialize;

use crate::socle::actifs;

/// Side of the square of a view, in its own units.
pub const COTE: f64 = 1000.0;

/// Left blank around the outlines.
const MARGE: f64 = 15.0;

/// What a stroke may lose, in units: a pixel of a wide screen holds two.
const TOLERANCE: f64 = 1.0;

/// `Sommet` counts ten-thousandths of a degree.
const PAR_DEGRE: f64 = 10_000.0;

/// A territory in its square.
pub struct Vue {
    /// None: the metropole.
    pub region: Option<Region>,
    pub nom: &'static str,
    /// Outlines of the land, as the `d` of a path that is filled.
    pub terre: String,
    /// What parts its regions.
    pub limites: String,
    cadrage: Cadrage,
}

/// From degrees to the units of a view.
#[derive(Clone, Copy)]
struct Cadrage {
    projection: Projection,
    /// Metres, at the upper left corner.
    ouest: f64,
    nord: f64,
    /// Metres in a unit.
    unite: f64,
}

/// All the views, and the centres.
pub struct Fond {
    /// The metropole first.
    pub vues: Vec<Vue>,
    departements: BTreeMap<String, Centre>,
    regions: BTreeMap<Region, Centre>,
}

/// The centre of gravity of a surface; its weight is only compared.
#[derive(Clone, Copy)]
struct Centre {
    a: Coordonnees,
    poids: f64,
}

#[derive(Deserialize)]
struct Collection {
    features: Vec<Departement>,
}

#[derive(Deserialize)]
struct Departement {
    properties: Proprietes,
    geometry: Geometrie,
}

#[derive(Deserialize)]
struct Proprietes {
    code: String,
    region: String,
}

type Ligne = Vec<[f64; 2]>;

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometrie {
    Polygon(Vec<Ligne>),
    MultiPolygon(Vec<Vec<Ligne>>),
}

impl Geometrie {
    fn anneaux(&self) -> impl Iterator<Item = &Ligne> {
        match self {
            Self::Polygon(anneaux) => std::slice::from_ref(anneaux),
            Self::MultiPolygon(polygones) => polygones.as_slice(),
        }
        .iter()
        .flatten()
    }
}

/// The ground, read from `donnees/departements.geojson` the first time.
pub fn fond() -> &'static Fond {
    static FOND: OnceLock<Fond> = OnceLock::new();
    FOND.get_or_init(|| {
        let texte = actifs::donnee("departements.geojson");
        let lue: Collection = serde_json::from_str(texte).expect("our own file, read by a test");
        Fond::new(&lue)
    })
}

impl Fond {
    fn new(collection: &Collection) -> Self {
        let mut anneaux: BTreeMap<Option<Region>, Vec<Anneau>> = BTreeMap::new();
        let mut departements = BTreeMap::new();
        let mut centres: BTreeMap<Region, Vec<Centre>> = BTreeMap::new();
        for departement in &collection.features {
            let code = &departement.properties.code;
            let region = Region::par_code(&departement.properties.region)
                .expect("a region of today, read by a test");
            let vue = region.est_outre_mer().then_some(region);
            let lus = departement.geometry.anneaux();
            anneaux
                .entry(vue)
                .or_default()
                .extend(lus.map(|ligne| Anneau {
                    region,
                    sommets: ligne.iter().map(sommet).collect(),
                }));
            if let Some(centre) = centre_du_plus_grand(&departement.geometry) {
                departements.insert(code.clone(), centre);
                centres.entry(region).or_default().push(centre);
            }
        }
        Self {
            // The metropole, `None`, comes first.
            vues: anneaux
                .into_iter()
                .map(|(r, anneaux)| vue(r, &anneaux))
                .collect(),
            departements,
            regions: centres.into_iter().map(|(r, c)| (r, moyenne(&c))).collect(),
        }
    }

    /// The view that shows this region.
    pub fn vue_de(&self, region: Region) -> usize {
        let sienne = self.vues.iter().position(|vue| vue.region == Some(region));
        sienne.unwrap_or_default()
    }

    pub fn centre_du_departement(&self, code: &str) -> Option<Coordonnees> {
        self.departements.get(code).map(|centre| centre.a)
    }

    pub fn centre_de_la_region(&self, region: Region) -> Option<Coordonnees> {
        self.regions.get(&region).map(|centre| centre.a)
    }
}

impl Vue {
    /// The place in the square, its origin at the upper left.
    pub fn placer(&self, lieu: Coordonnees) -> Point {
        self.cadrage.placer(lieu)
    }
}

impl Cadrage {
    /// The smallest square around these vertices, with its margin.
    fn autour(projection: Projection, sommets: &[Sommet]) -> Self {
        let mut bornes = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        for sommet in sommets {
            let (x, y) = projection.projeter(degres(*sommet));
            let [ouest, sud, est, nord] = bornes;
            bornes = [ouest.min(x), sud.min(y), est.max(x), nord.max(y)];
        }
        let [ouest, sud, est, nord] = bornes;
        let unite = (est - ouest).max(nord - sud) / (COTE - 2.0 * MARGE);
        let cote = COTE * unite;
        Self {
            projection,
            ouest: f64::midpoint(ouest, est) - cote / 2.0,
            nord: f64::midpoint(sud, nord) + cote / 2.0,
            unite,
        }
    }

    fn placer(self, lieu: Coordonnees) -> Point {
        let (x, y) = self.projection.projeter(lieu);
        ((x - self.ouest) / self.unite, (self.nord - y) / self.unite)
    }

    /// The stroke in whole units, without what does not show.
    fn tracer(self, sommets: &[Sommet]) -> Vec<Point> {
        let points: Vec<Point> = sommets.iter().map(|s| self.placer(degres(*s))).collect();
        let gardes = simplifier(&points, TOLERANCE);
        gardes.iter().map(|(x, y)| (x.round(), y.round())).collect()
    }
}

fn vue(region: Option<Region>, anneaux: &[Anneau]) -> Vue {
    let sommets: Vec<Sommet> = anneaux.iter().flat_map(|a| a.sommets.clone()).collect();
    let projection = match region {
        None => Projection::Lambert93,
        Some(_) => Projection::Locale {
            latitude: milieu(&sommets),
        },
    };
    let cadrage = Cadrage::autour(projection, &sommets);
    let (cotes, limites): (Vec<Trait>, Vec<Trait>) = traits(anneaux)
        .into_iter()
        .partition(|t| t.nature == Nature::Cote);
    let mut terre = String::new();
    for boucle in boucles(cotes.into_iter().map(|t| t.sommets).collect()) {
        let points: Vec<Point> = boucle.iter().flat_map(|t| cadrage.tracer(t)).collect();
        ecrire(&mut terre, &points);
        terre.push('z');
    }
    let mut entre = String::new();
    for limite in &limites {
        ecrire(&mut entre, &cadrage.tracer(&limite.sommets));
    }
    Vue {
        region,
        nom: region.map_or("France métropolitaine", Region::nom),
        terre,
        limites: entre,
        cadrage,
    }
}

/// Each point from the one before: whole numbers of few digits.
fn ecrire(chemin: &mut String, points: &[Point]) {
    let Some((mut u, mut v)) = points.first().copied() else {
        return;
    };
    let mut pas: Vec<String> = Vec::new();
    for (x, y) in points {
        if (*x, *y) != (u, v) {
            pas.push(format!("{} {}", x - u, y - v));
            (u, v) = (*x, *y);
        }
    }
    // An islet under a unit: a dot, by the round ends of its stroke.
    if pas.is_empty() {
        pas.push("0 0".to_owned());
    }
    let (x, y) = points[0];
    write!(chemin, "M{x} {y}l{}", pas.join(" ")).expect("a String takes every write");
}

fn sommet([longitude, latitude]: &[f64; 2]) -> Sommet {
    let entier = |degres: f64| (degres * PAR_DEGRE).round() as i32;
    (entier(*longitude), entier(*latitude))
}

fn degres((longitude, latitude): Sommet) -> Coordonnees {
    Coordonnees {
        longitude: f64::from(longitude) / PAR_DEGRE,
        latitude: f64::from(latitude) / PAR_DEGRE,
    }
}

fn milieu(sommets: &[Sommet]) -> f64 {
    let latitudes = sommets.iter().map(|(_, latitude)| *latitude);
    let (sud, nord) = (latitudes.clone().min(), latitudes.max());
    f64::from(sud.unwrap_or_default() + nord.unwrap_or_default()) / 2.0 / PAR_DEGRE
}

fn centre_du_plus_grand(geometrie: &Geometrie) -> Option<Centre> {
    let centres = geometrie.anneaux().map(|anneau| gravite(anneau));
    centres.max_by(|un, autre| un.poids.total_cmp(&autre.poids))
}

/// The centre of gravity of a ring, on the plane of its degrees: a department
/// is small enough.
fn gravite(anneau: &[[f64; 2]]) -> Centre {
    let (mut poids, mut x, mut y) = (0.0, 0.0, 0.0);
    for paire in anneau.windows(2) {
        let ([a, b], [c, d]) = (paire[0], paire[1]);
        let produit = a * d - c * b;
        poids += produit;
        x += (a + c) * produit;
        y += (b + d) * produit;
    }
    Centre {
        a: Coordonnees {
            longitude: x / (3.0 * poids),
            latitude: y / (3.0 * poids),
        },
        poids: poids.abs(),
    }
}

fn moyenne(centres: &[Centre]) -> Centre {
    let poids: f64 = centres.iter().map(|centre| centre.poids).sum();
    let somme = |champ: fn(&Coordonnees) -> f64| -> f64 {
        centres.iter().map(|c| champ(&c.a) * c.poids).sum::<f64>() / poids
    };
    Centre {
        a: Coordonnees {
            longitude: somme(|c| c.longitude),
            latitude: somme(|c| c.latitude),
        },
        poids,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn la_metropole_et_les_cinq_outre_mer_ont_chacun_leur_carre() {
        let vues = &fond().vues;
        let regions: Vec<_> = vues.iter().map(|vue| vue.region).collect();
        assert_eq!(regions[0], None);
        assert_eq!(regions.len(), 6);
        assert!(regions[1..].iter().flatten().all(|r| r.est_outre_mer()));
        for vue in vues {
            assert_eq!(vue.limites.is_empty(), vue.region.is_some(), "{}", vue.nom);
        }
    }

    #[test]
    fn chaque_departement_et_chaque_region_a_son_centre_dans_sa_vue() {
        let fond = fond();
        for region in Region::TOUTES {
            let vue = &fond.vues[fond.vue_de(region)];
            assert_eq!(vue.region, region.est_outre_mer().then_some(region));
            let centres = region
                .departements()
                .iter()
                .map(|code| fond.centre_du_departement(code).unwrap())
                .chain(fond.centre_de_la_region(region));
            for centre in centres {
                let (x, y) = vue.placer(centre);
                assert!((0.0..COTE).contains(&x) && (0.0..COTE).contains(&y));
            }
        }
    }

    #[test]
    fn les_petites_iles_sont_gardees_et_le_dessin_reste_leger() {
        let metropole = &fond().vues[0];
        let anneaux = metropole.terre.matches('z').count();
        assert_eq!(
            anneaux, 11,
            "the mainland, Corsica, and the nine islands of the source"
        );
        let poids: usize = fond()
            .vues
            .iter()
            .map(|v| v.terre.len() + v.limites.len())
            .sum();
        assert!(poids < 16_000, "{poids} bytes before compression");
    }
}
