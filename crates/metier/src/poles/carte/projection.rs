//! From degrees to metres: Lambert-93 for the metropole, a local plane for each
//! territory overseas.

use super::Point;

/// A place on the ellipsoid (WGS84 or RGF93, alike at the scale of a map).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coordonnees {
    /// Degrees east of Greenwich.
    pub longitude: f64,
    /// Degrees north of the equator.
    pub latitude: f64,
}

/// How a territory is laid flat.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Projection {
    /// The legal projection of the metropole (décret 2000-1276): conic,
    /// conformal, true along 44° and 49° north.
    Lambert93,
    /// True along this parallel: enough for a territory a few degrees wide.
    Locale {
        /// The parallel, in degrees.
        latitude: f64,
    },
}

/// Half the long axis of the ellipsoid GRS80, in metres.
const DEMI_GRAND_AXE: f64 = 6_378_137.0;
/// First eccentricity of GRS80.
const EXCENTRICITE: f64 = 0.081_819_191_042_815_79;

// The constants of Lambert-93 (IGN, note NTG_71): exponent, constant of the
// projection, then the pole of the cone, in metres.
const N: f64 = 0.725_607_765_053_267;
const C: f64 = 11_754_255.426_096;
const X_DU_POLE: f64 = 700_000.0;
const Y_DU_POLE: f64 = 12_655_612.049_876;
/// The meridian of origin.
const ORIGINE: f64 = 3.0;

impl Projection {
    /// The place on the plane, in metres: east, then north.
    pub fn projeter(self, lieu: Coordonnees) -> Point {
        match self {
            Self::Lambert93 => lambert_93(lieu),
            Self::Locale { latitude } => {
                let rayon = DEMI_GRAND_AXE.to_radians();
                let est = lieu.longitude * latitude.to_radians().cos();
                (rayon * est, rayon * lieu.latitude)
            }
        }
    }
}

fn lambert_93(lieu: Coordonnees) -> Point {
    let rayon = C * (-N * latitude_isometrique(lieu.latitude.to_radians())).exp();
    let angle = N * (lieu.longitude - ORIGINE).to_radians();
    (
        X_DU_POLE + rayon * angle.sin(),
        Y_DU_POLE - rayon * angle.cos(),
    )
}

fn latitude_isometrique(latitude: f64) -> f64 {
    let e_sin = EXCENTRICITE * latitude.sin();
    let sphere = (std::f64::consts::FRAC_PI_4 + latitude / 2.0).tan();
    (sphere * ((1.0 - e_sin) / (1.0 + e_sin)).powf(EXCENTRICITE / 2.0)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a(longitude: f64, latitude: f64) -> Coordonnees {
        Coordonnees {
            longitude,
            latitude,
        }
    }

    fn ecart((x, y): Point, (u, v): Point) -> f64 {
        (x - u).hypot(y - v)
    }

    /// Metres of one degree of longitude along this parallel, on GRS80.
    fn degre_de_longitude(latitude: f64) -> f64 {
        let sin = latitude.to_radians().sin();
        let grande_normale = DEMI_GRAND_AXE / (1.0 - (EXCENTRICITE * sin).powi(2)).sqrt();
        grande_normale * latitude.to_radians().cos() * 1f64.to_radians()
    }

    #[test]
    fn l_origine_et_paris_tombent_ou_le_veut_le_lambert_93() {
        let origine = Projection::Lambert93.projeter(a(3.0, 46.5));
        assert!(ecart(origine, (700_000.0, 6_600_000.0)) < 0.001);
        let paris = Projection::Lambert93.projeter(a(2.3522, 48.8566));
        assert!(ecart(paris, (652_469.02, 6_862_035.26)) < 0.01, "{paris:?}");
    }

    #[test]
    fn les_longueurs_sont_vraies_sur_les_deux_paralleles() {
        for (latitude, vraie) in [(44.0, true), (46.5, false), (49.0, true)] {
            let pas = 0.001;
            let un = Projection::Lambert93.projeter(a(3.0, latitude));
            let autre = Projection::Lambert93.projeter(a(3.0 + pas, latitude));
            let echelle = ecart(un, autre) / (pas * degre_de_longitude(latitude));
            assert_eq!((echelle - 1.0).abs() < 1e-6, vraie, "{latitude}: {echelle}");
        }
    }

    #[test]
    fn outre_mer_un_degre_fait_cent_onze_kilometres() {
        let locale = Projection::Locale { latitude: -21.1 };
        let nord = ecart(
            locale.projeter(a(55.5, -21.0)),
            locale.projeter(a(55.5, -20.0)),
        );
        let est = ecart(
            locale.projeter(a(55.0, -21.1)),
            locale.projeter(a(56.0, -21.1)),
        );
        assert!((nord - 111_319.0).abs() < 1.0, "{nord}");
        assert!((est / nord - 21.1f64.to_radians().cos()).abs() < 1e-9);
    }
}
