//! The eighteen regions, by their official code (Code officiel géographique).

/// A French region of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names speak for themselves")]
pub enum Region {
    Guadeloupe,
    Martinique,
    Guyane,
    LaReunion,
    Mayotte,
    IleDeFrance,
    CentreValDeLoire,
    BourgogneFrancheComte,
    Normandie,
    HautsDeFrance,
    GrandEst,
    PaysDeLaLoire,
    Bretagne,
    NouvelleAquitaine,
    Occitanie,
    AuvergneRhoneAlpes,
    ProvenceAlpesCoteDAzur,
    Corse,
}

use Region as R;

/// Region, code, name, name with its article, departments.
type Fiche = (
    Region,
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

/// In the order of [`Region::TOUTES`].
const FICHES: [Fiche; 18] = [
    (R::Guadeloupe, "01", "Guadeloupe", "la Guadeloupe", &["971"]),
    (R::Martinique, "02", "Martinique", "la Martinique", &["972"]),
    (R::Guyane, "03", "Guyane", "la Guyane", &["973"]),
    (R::LaReunion, "04", "La Réunion", "La Réunion", &["974"]),
    (R::Mayotte, "06", "Mayotte", "Mayotte", &["976"]),
    (
        R::IleDeFrance,
        "11",
        "Île-de-France",
        "l’Île-de-France",
        &["75", "77", "78", "91", "92", "93", "94", "95"],
    ),
    (
        R::CentreValDeLoire,
        "24",
        "Centre-Val de Loire",
        "le Centre-Val de Loire",
        &["18", "28", "36", "37", "41", "45"],
    ),
    (
        R::BourgogneFrancheComte,
        "27",
        "Bourgogne-Franche-Comté",
        "la Bourgogne-Franche-Comté",
        &["21", "25", "39", "58", "70", "71", "89", "90"],
    ),
    (
        R::Normandie,
        "28",
        "Normandie",
        "la Normandie",
        &["14", "27", "50", "61", "76"],
    ),
    (
        R::HautsDeFrance,
        "32",
        "Hauts-de-France",
        "les Hauts-de-France",
        &["02", "59", "60", "62", "80"],
    ),
    (
        R::GrandEst,
        "44",
        "Grand Est",
        "le Grand Est",
        &["08", "10", "51", "52", "54", "55", "57", "67", "68", "88"],
    ),
    (
        R::PaysDeLaLoire,
        "52",
        "Pays de la Loire",
        "les Pays de la Loire",
        &["44", "49", "53", "72", "85"],
    ),
    (
        R::Bretagne,
        "53",
        "Bretagne",
        "la Bretagne",
        &["22", "29", "35", "56"],
    ),
    (
        R::NouvelleAquitaine,
        "75",
        "Nouvelle-Aquitaine",
        "la Nouvelle-Aquitaine",
        &[
            "16", "17", "19", "23", "24", "33", "40", "47", "64", "79", "86", "87",
        ],
    ),
    (
        R::Occitanie,
        "76",
        "Occitanie",
        "l’Occitanie",
        &[
            "09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "81", "82",
        ],
    ),
    (
        R::AuvergneRhoneAlpes,
        "84",
        "Auvergne-Rhône-Alpes",
        "l’Auvergne-Rhône-Alpes",
        &[
            "01", "03", "07", "15", "26", "38", "42", "43", "63", "69", "73", "74",
        ],
    ),
    (
        R::ProvenceAlpesCoteDAzur,
        "93",
        "Provence-Alpes-Côte d’Azur",
        "la Provence-Alpes-Côte d’Azur",
        &["04", "05", "06", "13", "83", "84"],
    ),
    (R::Corse, "94", "Corse", "la Corse", &["2A", "2B"]),
];

/// Regions that were merged on 1 January 2016: a structure that still says
/// « Auvergne » belongs to the cell of today (notice 2024, § 6.2). With the
/// code each bore.
const ANCIENNES: [(&str, &str, Region); 16] = [
    ("alsace", "42", R::GrandEst),
    ("champagne ardenne", "21", R::GrandEst),
    ("lorraine", "41", R::GrandEst),
    ("aquitaine", "72", R::NouvelleAquitaine),
    ("limousin", "74", R::NouvelleAquitaine),
    ("poitou charentes", "54", R::NouvelleAquitaine),
    ("auvergne", "83", R::AuvergneRhoneAlpes),
    ("rhone alpes", "82", R::AuvergneRhoneAlpes),
    ("bourgogne", "26", R::BourgogneFrancheComte),
    ("franche comte", "43", R::BourgogneFrancheComte),
    ("languedoc roussillon", "91", R::Occitanie),
    ("midi pyrenees", "73", R::Occitanie),
    ("nord pas de calais", "31", R::HautsDeFrance),
    ("picardie", "22", R::HautsDeFrance),
    ("basse normandie", "25", R::Normandie),
    ("haute normandie", "23", R::Normandie),
];

impl Region {
    /// All of them, by code.
    pub const TOUTES: [Region; 18] = {
        let mut toutes = [R::Corse; 18];
        let mut i = 0;
        while i < 18 {
            toutes[i] = FICHES[i].0;
            i += 1;
        }
        toutes
    };

    fn fiche(self) -> &'static Fiche {
        &FICHES[self as usize]
    }

    /// The region of this official code (« 53 »).
    pub fn par_code(code: &str) -> Option<Self> {
        FICHES.iter().find(|f| f.1 == code).map(|f| f.0)
    }

    /// The region of this name, of today or from before 2016, whatever its
    /// accents, capitals and dashes.
    pub fn par_nom(nom: &str) -> Option<Self> {
        let cherche = plie(nom);
        FICHES
            .iter()
            .find(|f| plie(f.2) == cherche)
            .map(|f| f.0)
            .or_else(|| {
                let ancienne = ANCIENNES.iter().find(|(nom, ..)| *nom == cherche);
                ancienne.map(|(.., region)| *region)
            })
    }

    /// The region of today that holds the one of this code from before 2016
    /// (« 83 », Auvergne). No code of today ever was an old one.
    pub fn par_ancien_code(code: &str) -> Option<Self> {
        let ancienne = ANCIENNES.iter().find(|(_, ancien, _)| *ancien == code);
        ancienne.map(|(.., region)| *region)
    }

    /// The region that this code asks for, of today or from before 2016.
    pub fn lue(code: &str) -> Option<Self> {
        Self::par_code(code).or_else(|| Self::par_ancien_code(code))
    }

    /// The region of this department (« 35 », « 2A », « 974 »).
    pub fn par_departement(departement: &str) -> Option<Self> {
        let code = departement.to_ascii_uppercase();
        FICHES
            .iter()
            .find(|f| f.4.contains(&code.as_str()))
            .map(|f| f.0)
    }

    /// The region of this commune, by its INSEE code (five signs; not the
    /// postcode).
    pub fn par_commune(insee: &str) -> Option<Self> {
        if insee.len() != 5 || !insee.is_ascii() {
            return None;
        }
        Self::par_departement(&insee[..2]).or_else(|| Self::par_departement(&insee[..3]))
    }

    /// Its official code.
    pub fn code(self) -> &'static str {
        self.fiche().1
    }

    /// Its name.
    pub fn nom(self) -> &'static str {
        self.fiche().2
    }

    /// Its name inside a sentence: « la Bretagne », « les Hauts-de-France ».
    pub fn avec_article(self) -> &'static str {
        self.fiche().3
    }

    /// Codes of its departments.
    pub fn departements(self) -> &'static [&'static str] {
        self.fiche().4
    }

    /// Whether it lies overseas: another hour, and one more month to appeal
    /// (code de justice administrative, R421-7).
    pub fn est_outre_mer(self) -> bool {
        self.fuseau() != "Europe/Paris"
    }

    /// IANA name of its time zone.
    pub fn fuseau(self) -> &'static str {
        match self {
            R::Guadeloupe => "America/Guadeloupe",
            R::Martinique => "America/Martinique",
            R::Guyane => "America/Cayenne",
            R::LaReunion => "Indian/Reunion",
            R::Mayotte => "Indian/Mayotte",
            _ => "Europe/Paris",
        }
    }

    /// The place inside a sentence: « à La Réunion », « en Guyane ».
    ///
    /// Only overseas regions have one: it goes with their local hour.
    pub(crate) fn lieu_outre_mer(self) -> Option<&'static str> {
        match self {
            R::Guadeloupe => Some("en Guadeloupe"),
            R::Martinique => Some("en Martinique"),
            R::Guyane => Some("en Guyane"),
            R::LaReunion => Some("à La Réunion"),
            R::Mayotte => Some("à Mayotte"),
            _ => None,
        }
    }
}

/// Small letters without accents, words parted by one space.
fn plie(nom: &str) -> String {
    let minuscules = nom.to_lowercase();
    let lettres = minuscules.chars().map(|c| match c {
        'é' | 'è' | 'ê' => 'e',
        'î' => 'i',
        'ô' => 'o',
        '-' | '\'' | '’' => ' ',
        autre => autre,
    });
    let plie: String = lettres.collect();
    plie.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chaque_region_se_retrouve_par_son_code_son_nom_et_son_rang() {
        for region in Region::TOUTES {
            assert_eq!(region.fiche().0, region);
            assert_eq!(Region::par_code(region.code()), Some(region));
            assert_eq!(Region::par_nom(region.nom()), Some(region));
        }
        assert_eq!(Region::par_code("05"), None);
    }

    #[test]
    fn les_cent_un_departements_ont_chacun_une_region() {
        let mut codes: Vec<&str> = FICHES.iter().flat_map(|f| f.4.iter().copied()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), 101);
        assert_eq!(Region::par_departement("2a"), Some(Region::Corse));
        assert_eq!(Region::par_departement("20"), None);
    }

    #[test]
    fn une_commune_mene_a_sa_region() {
        assert_eq!(Region::par_commune("29151"), Some(Region::Bretagne));
        assert_eq!(Region::par_commune("97411"), Some(Region::LaReunion));
        assert_eq!(Region::par_commune("2B033"), Some(Region::Corse));
        assert_eq!(Region::par_commune("9741"), None);
    }

    #[test]
    fn l_ancienne_auvergne_releve_de_la_region_d_aujourd_hui() {
        assert_eq!(
            Region::par_nom("Auvergne"),
            Some(Region::AuvergneRhoneAlpes)
        );
        assert_eq!(
            Region::par_nom("POITOU-CHARENTES"),
            Some(Region::NouvelleAquitaine)
        );
        assert_eq!(
            Region::par_nom("provence alpes cote d'azur"),
            Some(Region::ProvenceAlpesCoteDAzur)
        );
        assert_eq!(Region::par_nom("Savoie"), None);
    }

    #[test]
    fn un_ancien_code_mene_a_la_region_d_aujourd_hui_et_n_en_est_jamais_un() {
        assert_eq!(
            Region::par_ancien_code("83"),
            Some(Region::AuvergneRhoneAlpes)
        );
        for (_, ancien, _) in ANCIENNES {
            assert_eq!(Region::par_code(ancien), None, "{ancien}");
        }
        assert_eq!(Region::par_ancien_code("53"), None);
    }

    #[test]
    fn cinq_regions_sont_outre_mer() {
        let outre_mer: Vec<_> = Region::TOUTES
            .into_iter()
            .filter(|r| r.est_outre_mer())
            .collect();
        assert_eq!(outre_mer.len(), 5);
        for region in Region::TOUTES {
            assert_eq!(region.lieu_outre_mer().is_some(), region.est_outre_mer());
        }
        assert_eq!(Region::HautsDeFrance.avec_article(), "les Hauts-de-France");
    }
}
