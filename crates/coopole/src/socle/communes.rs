//! The communes of the Code officiel géographique (`donnees/communes.csv`):
//! people type a name, the base keeps a code, pages show both.
//!
//! A name that several communes bear is theirs to choose; nothing is guessed.

use std::sync::OnceLock;

use metier::commun::{self, Region};

use super::actifs;

/// How many communes are offered to choose from.
const OFFERTES: usize = 20;

/// Under this many letters the beginning of a name says too little.
const DEBUT: usize = 4;

/// A commune of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commune {
    /// Five signs: « 29151 », « 2A004 ».
    pub code: &'static str,
    pub nom: &'static str,
}

/// What a text designates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recherche {
    Une(Commune),
    /// In the order of their codes.
    Plusieurs(Vec<Commune>),
    Aucune,
}

impl Commune {
    /// Its department: « 35 », « 2A », « 974 ».
    pub fn departement(self) -> &'static str {
        departement_du_code(self.code)
    }

    /// « Rennes (35238) »
    pub fn lisible(self) -> String {
        format!("{} ({})", self.nom, self.code)
    }
}

/// The code with its name, when it is that of a commune.
pub fn lisible(code: &str) -> String {
    par_code(code).map_or_else(|| code.to_owned(), Commune::lisible)
}

/// The department of a commune's code; overseas it takes three signs.
pub fn departement_du_code(code: &str) -> &str {
    let signes = match code.get(..2) {
        Some("97" | "98") => 3,
        _ => 2,
    };
    &code[..signes]
}

/// The commune an arrondissement is part of: the directories of structures give
/// that code for a seat in Paris, Lyon or Marseille.
fn commune_de_l_arrondissement(code: &str) -> &str {
    match code.parse() {
        Ok(75_101..=75_120) => "75056",
        Ok(69_381..=69_389) => "69123",
        Ok(13_201..=13_216) => "13055",
        _ => code,
    }
}

/// The commune of that code, or of that arrondissement.
pub fn par_code(code: &str) -> Option<Commune> {
    let code = code.trim().to_ascii_uppercase();
    let code = commune_de_l_arrondissement(&code);
    let toutes = toutes();
    let place = toutes.binary_search_by(|commune| commune.code.cmp(code));
    place.ok().map(|place| toutes[place])
}

/// Reads what was typed: a code, a name, « Saint-Denis (93) », or what we show
/// ourselves, « Rennes (35238) ».
pub fn chercher(texte: &str) -> Recherche {
    if let Some(commune) = par_code(texte) {
        return Recherche::Une(commune);
    }
    let (nom, lieu) = separer(texte.trim());
    if let Some(commune) = lieu.and_then(par_code) {
        return Recherche::Une(commune);
    }
    let nom = plier(nom);
    let lieu = lieu.unwrap_or_default().to_ascii_uppercase();
    let du_lieu = |(_, commune): &&Nommee| commune.code.starts_with(&lieu);
    let exactes = nommees(&nom)
        .iter()
        .take_while(|(nommee, _)| *nommee == nom);
    let mut trouvees: Vec<Commune> = exactes.filter(du_lieu).map(|(_, c)| *c).collect();
    if trouvees.is_empty() && nom.len() >= DEBUT {
        let debut = nommees(&nom)
            .iter()
            .take_while(|(nommee, _)| nommee.starts_with(&nom));
        let debut = debut.filter(du_lieu).map(|(_, c)| *c);
        trouvees = debut.take(OFFERTES + 1).collect();
    }
    trouvees.sort_by_key(|commune| commune.code);
    parmi(trouvees)
}

fn parmi(trouvees: Vec<Commune>) -> Recherche {
    match trouvees.as_slice() {
        [] => Recherche::Aucune,
        [seule] => Recherche::Une(*seule),
        _ if trouvees.len() > OFFERTES => Recherche::Aucune,
        _ => Recherche::Plusieurs(trouvees),
    }
}

/// The communes that bear this name, whatever its case, accents and hyphens.
pub fn nommees_ainsi(nom: &str) -> impl Iterator<Item = Commune> {
    let nom = plier(nom);
    nommees(&nom)
        .iter()
        .take_while(move |(nommee, _)| *nommee == nom)
        .map(|(_, commune)| *commune)
}

/// The only commune of that name in that department, else in that region: a
/// name that two bear, or that no source places, designates none.
pub fn la_seule(nom: &str, departement: Option<&str>, region: Option<Region>) -> Option<Commune> {
    let est_la = |commune: &Commune| match (departement, region) {
        (Some(departement), _) => commune.code.starts_with(departement),
        (None, Some(region)) => Region::par_commune(commune.code) == Some(region),
        (None, None) => false,
    };
    let mut trouvees = nommees_ainsi(nom).filter(est_la);
    let seule = trouvees.next()?;
    trouvees.next().is_none().then_some(seule)
}

/// « Saint-Denis (93) » and « Saint-Denis 93 »: a name, then a code or the
/// beginning of one.
fn separer(texte: &str) -> (&str, Option<&str>) {
    let nu = texte.strip_suffix(')').unwrap_or(texte);
    let Some((nom, lieu)) = nu.rsplit_once(['(', ' ']) else {
        return (texte, None);
    };
    let est_un_code = (2..=5).contains(&lieu.len())
        && lieu.starts_with(|signe: char| signe.is_ascii_digit())
        && lieu.bytes().all(|octet| octet.is_ascii_alphanumeric());
    match est_un_code {
        true => (nom.trim_end(), Some(lieu)),
        false => (texte, None),
    }
}

/// Two spellings of one name: no case, no accent, no hyphen, « St » in full.
fn plier(nom: &str) -> String {
    let plie = commun::plier(nom);
    let mots = plie.split_whitespace().map(|mot| match mot {
        "st" => "saint",
        "ste" => "sainte",
        mot => mot,
    });
    mots.collect::<Vec<_>>().join(" ")
}

/// A commune under its folded name.
type Nommee = (String, Commune);

/// From the first name that could begin so, in the order of the folded names.
fn nommees(debut: &str) -> &'static [Nommee] {
    static NOMMEES: OnceLock<Vec<Nommee>> = OnceLock::new();
    let nommees = NOMMEES.get_or_init(|| {
        let plies = toutes()
            .iter()
            .map(|commune| (plier(commune.nom), *commune));
        let mut nommees: Vec<Nommee> = plies.collect();
        nommees.sort_by(|(un, _), (autre, _)| un.cmp(autre));
        nommees
    });
    &nommees[nommees.partition_point(|(nom, _)| nom.as_str() < debut)..]
}

/// In the order of their codes, as the file is.
fn toutes() -> &'static [Commune] {
    static TOUTES: OnceLock<Vec<Commune>> = OnceLock::new();
    TOUTES.get_or_init(|| {
        let lignes = actifs::donnee("communes.csv").lines().skip(1);
        lignes
            .filter_map(|ligne| ligne.split_once(','))
            .map(|(code, nom)| Commune { code, nom })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn une(texte: &str) -> String {
        match chercher(texte) {
            Recherche::Une(commune) => commune.lisible(),
            autre => panic!("{texte} : {autre:?}"),
        }
    }

    #[test]
    fn toutes_les_communes_sont_la_dans_l_ordre() {
        assert_eq!(toutes().len(), 34_969);
        assert!(toutes().is_sorted_by_key(|commune| commune.code));
        assert!(toutes().iter().all(|commune| commune.code.len() == 5));
    }

    #[test]
    fn on_tape_un_nom_comme_on_l_ecrit() {
        for saisie in ["Rennes", "rennes", "35238", "Rennes (35238)", "Rennes 35"] {
            assert_eq!(une(saisie), "Rennes (35238)");
        }
        assert_eq!(une("st brieuc"), "Saint-Brieuc (22278)");
        assert_eq!(une("Corte"), "Corte (2B096)");
        assert_eq!(une("2a004"), "Ajaccio (2A004)");
        assert_eq!(une("Ambérieu-en-B"), "Ambérieu-en-Bugey (01004)");
        assert_eq!(une("Saint-Denis (974)"), "Saint-Denis (97411)");
    }

    #[test]
    fn un_arrondissement_est_de_sa_commune_et_l_outre_mer_prend_trois_signes() {
        assert_eq!(une("75111"), "Paris (75056)");
        assert_eq!(une("69389"), "Lyon (69123)");
        assert_eq!(une("13216"), "Marseille (13055)");
        assert!(par_code("75121").is_none());
        assert_eq!(departement_du_code("98735"), "987");
        assert_eq!(departement_du_code("97411"), "974");
        assert_eq!(departement_du_code("2A004"), "2A");
    }

    #[test]
    fn un_nom_que_plusieurs_portent_reste_a_choisir() {
        let Recherche::Plusieurs(offertes) = chercher("Saint-Denis") else {
            panic!("several communes bear this name");
        };
        assert!(offertes.iter().all(|c| c.nom == "Saint-Denis"));
        assert!(offertes.iter().any(|c| c.code == "93066"));
    }

    #[test]
    fn un_code_postal_ou_un_debut_trop_court_ne_designent_personne() {
        for saisie in ["", "35000", "Sa", "Saint", "Ville imaginaire", "(", "75 )"] {
            assert_eq!(chercher(saisie), Recherche::Aucune, "{saisie}");
        }
    }
}
