//! Duplicates: two records that may tell of one pole, each with why one thinks
//! so. A machine proposes; people compare, and merge or say that they differ.
//!
//! Records are brought together by what they share (a number, a name, a word in
//! a department), never each with each: it stays quick at 100 000 records.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use uuid::Uuid;

use crate::{
    commun::{Siren, Siret},
    liste_fermee,
};

liste_fermee! {
    /// Why two records look like one pole.
    pub enum Indice {
        /// Carried by one establishment.
        MemeSiret = "meme_siret", "même SIRET";
        /// Carried by one legal person, in one commune.
        MemeSiren = "meme_siren", "même SIREN, même commune";
        /// One name, accents and common words aside, in one place.
        MemeNom = "meme_nom", "même nom, même département";
        /// Two names that differ by little, in one department.
        NomVoisin = "nom_voisin", "noms voisins, même département";
    }
}

/// A record, as duplicates are looked for.
#[derive(Debug, Clone)]
pub struct Candidat {
    /// Its identifier.
    pub id: Uuid,
    /// Its name, accents and case folded away.
    pub cle: String,
    /// The number of its carrying structure.
    pub siret: Option<Siret>,
    /// Code of its commune.
    pub commune: Option<String>,
    /// Code of its department.
    pub departement: Option<String>,
    /// Part of the invented world: never compared with a real one.
    pub invente: bool,
}

/// Two records, and why they look like one pole; `un` is before `autre`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paire {
    /// The first record.
    pub un: Uuid,
    /// The other one.
    pub autre: Uuid,
    /// At least one reason.
    pub indices: Vec<Indice>,
}

/// Words that say what every pole is, and tell none apart.
const COMMUNS: [&str; 24] = [
    "a",
    "association",
    "au",
    "aux",
    "cooperation",
    "d",
    "de",
    "des",
    "du",
    "economique",
    "en",
    "et",
    "l",
    "la",
    "le",
    "les",
    "pole",
    "poles",
    "pour",
    "ptce",
    "sur",
    "territoire",
    "territorial",
    "un",
];

/// Up to how many records that share something are compared each with each;
/// beyond, the next one only.
const GROUPE: usize = 12;
/// A word shared by more records of a department than this tells none apart.
const MOT_COMMUN: usize = 60;

struct Lu<'c> {
    candidat: &'c Candidat,
    mots: BTreeSet<&'c str>,
    nom: String,
}

impl<'c> Lu<'c> {
    fn new(candidat: &'c Candidat) -> Self {
        let tous = || {
            candidat
                .cle
                .split(|signe: char| !signe.is_alphanumeric())
                .filter(|mot| !mot.is_empty())
        };
        let propres: Vec<&str> = tous().filter(|mot| !COMMUNS.contains(mot)).collect();
        let gardes = match propres.is_empty() {
            true => tous().collect(),
            false => propres,
        };
        Self {
            candidat,
            nom: gardes.concat(),
            mots: gardes.into_iter().collect(),
        }
    }
}

#[derive(Default)]
struct Paires(BTreeMap<(Uuid, Uuid), BTreeSet<Indice>>);

impl Paires {
    fn noter(&mut self, a: &Lu<'_>, b: &Lu<'_>, indice: Indice) {
        let (a, b) = (a.candidat, b.candidat);
        if a.invente == b.invente && a.id != b.id {
            let paire = (a.id.min(b.id), a.id.max(b.id));
            self.0.entry(paire).or_default().insert(indice);
        }
    }
}

/// The pairs that look like one pole, the surest first.
pub fn paires(candidats: &[Candidat]) -> Vec<Paire> {
    let lus: Vec<Lu<'_>> = candidats.iter().map(Lu::new).collect();
    let mut paires = Paires::default();
    par_numero(&lus, &mut paires);
    par_nom(&lus, &mut paires);
    par_mots(&lus, &mut paires);
    let mut paires: Vec<Paire> = paires
        .0
        .into_iter()
        .map(|((un, autre), indices)| Paire {
            un,
            autre,
            indices: indices.into_iter().collect(),
        })
        .collect();
    paires.sort_by(|a, b| a.indices.cmp(&b.indices));
    paires
}

/// Brings records together by what they share.
fn groupes<'l, 'c, C: std::hash::Hash + Eq>(
    lus: &'l [Lu<'c>],
    cles: impl Fn(&'l Lu<'c>) -> Vec<C>,
) -> impl Iterator<Item = Vec<&'l Lu<'c>>> {
    let mut groupes: HashMap<C, Vec<&'l Lu<'c>>> = HashMap::new();
    for lu in lus {
        for cle in cles(lu) {
            groupes.entry(cle).or_default().push(lu);
        }
    }
    groupes.into_values().filter(|groupe| groupe.len() > 1)
}

/// Each with each in a small group, with the next one only in a large one.
fn deux_a_deux<'l, 'c>(groupe: &[&'l Lu<'c>], mut dire: impl FnMut(&'l Lu<'c>, &'l Lu<'c>)) {
    let portee = if groupe.len() <= GROUPE { GROUPE } else { 1 };
    for (rang, un) in groupe.iter().enumerate() {
        for autre in groupe[rang + 1..].iter().take(portee) {
            dire(un, autre);
        }
    }
}

fn par_numero(lus: &[Lu<'_>], paires: &mut Paires) {
    let siret = |lu: &Lu<'_>| lu.candidat.siret.iter().cloned().collect();
    for groupe in groupes::<Siret>(lus, siret) {
        deux_a_deux(&groupe, |a, b| paires.noter(a, b, Indice::MemeSiret));
    }
    let siren = |lu: &Lu<'_>| {
        let Candidat { siret, commune, .. } = lu.candidat;
        let cle = siret.as_ref().zip(commune.clone());
        cle.map(|(siret, commune)| (siret.siren(), commune))
            .into_iter()
            .collect()
    };
    for groupe in groupes::<(Siren, String)>(lus, siren) {
        deux_a_deux(&groupe, |a, b| {
            if a.candidat.siret != b.candidat.siret {
                paires.noter(a, b, Indice::MemeSiren);
            }
        });
    }
}

fn par_nom(lus: &[Lu<'_>], paires: &mut Paires) {
    for mut groupe in groupes(lus, |lu| vec![lu.nom.as_str()]) {
        groupe.sort_by(|a, b| a.candidat.departement.cmp(&b.candidat.departement));
        deux_a_deux(&groupe, |a, b| {
            let (ici, la) = (&a.candidat.departement, &b.candidat.departement);
            if ici == la || ici.is_none() || la.is_none() {
                paires.noter(a, b, Indice::MemeNom);
            }
        });
    }
}

fn par_mots(lus: &[Lu<'_>], paires: &mut Paires) {
    let cles = |lu: &Lu<'_>| -> Vec<(String, String)> {
        let Some(departement) = &lu.candidat.departement else {
            return Vec::new();
        };
        let signes: Vec<char> = lu.nom.chars().collect();
        let debut = signes.iter().take(5).collect();
        let fin = signes.iter().rev().take(5).collect();
        let mots = lu.mots.iter().filter(|mot| mot.len() > 3);
        let mots = mots.map(|mot| (*mot).to_owned());
        mots.chain([debut, fin])
            .map(|cle| (departement.clone(), cle))
            .collect()
    };
    for groupe in groupes(lus, cles) {
        if groupe.len() > MOT_COMMUN {
            continue;
        }
        for (rang, un) in groupe.iter().enumerate() {
            for autre in &groupe[rang + 1..] {
                if sont_voisins(un, autre) {
                    paires.noter(un, autre, Indice::NomVoisin);
                }
            }
        }
    }
}

/// Three words in five in common, or two letters apart; the same name is not a
/// neighbour.
fn sont_voisins(a: &Lu<'_>, b: &Lu<'_>) -> bool {
    if a.nom == b.nom {
        return false;
    }
    let communs = a.mots.intersection(&b.mots).count();
    let tous = a.mots.union(&b.mots).count();
    (communs >= 2 && communs * 5 >= tous * 3) || a_deux_lettres_pres(&a.nom, &b.nom)
}

fn a_deux_lettres_pres(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().min(b.len()) < 8 || a.len().abs_diff(b.len()) > 2 {
        return false;
    }
    let mut avant: Vec<usize> = (0..=b.len()).collect();
    for (i, signe) in a.iter().enumerate() {
        let mut ligne = vec![i + 1];
        for (j, autre) in b.iter().enumerate() {
            let remplace = avant[j] + usize::from(signe != autre);
            ligne.push(remplace.min(avant[j + 1] + 1).min(ligne[j] + 1));
        }
        if ligne.iter().all(|distance| *distance > 2) {
            return false;
        }
        avant = ligne;
    }
    avant.last().is_some_and(|distance| *distance <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidat(rang: u128, cle: &str, siret: Option<&str>, departement: &str) -> Candidat {
        Candidat {
            id: Uuid::from_u128(rang),
            cle: cle.into(),
            siret: siret.map(|siret| siret.parse().unwrap()),
            commune: Some(format!("{departement}151")),
            departement: (!departement.is_empty()).then(|| departement.into()),
            invente: true,
        }
    }

    fn indices(a: Candidat, b: Candidat) -> Vec<Indice> {
        let paires = paires(&[a, b]);
        paires
            .into_iter()
            .next()
            .map(|p| p.indices)
            .unwrap_or_default()
    }

    const RIVES: &str = "90000001900019";

    #[test]
    fn deux_fiches_d_un_meme_numero_sont_rapprochees_ou_qu_elles_soient() {
        let (a, b) = (
            candidat(1, "rives", Some(RIVES), "29"),
            candidat(2, "autre chose", Some(RIVES), "35"),
        );
        assert_eq!(indices(a, b), [Indice::MemeSiret]);
    }

    #[test]
    fn le_meme_nom_s_entend_sans_ses_mots_communs() {
        let a = candidat(1, "pole territorial des rives", None, "29");
        assert_eq!(
            indices(a.clone(), candidat(2, "ptce les rives", None, "29")),
            [Indice::MemeNom]
        );
        assert_eq!(
            indices(a.clone(), candidat(2, "les rives", None, "")),
            [Indice::MemeNom]
        );
        assert_eq!(indices(a, candidat(2, "les rives", None, "35")), []);
    }

    #[test]
    fn des_noms_voisins_se_rapprochent_dans_un_departement() {
        let a = candidat(1, "atelier des metiers de la laine", None, "29");
        for voisin in [
            "ateliers des metiers de la laine",
            "atelier metiers laine locale",
            "atelier des metier de la lainne",
        ] {
            assert_eq!(
                indices(a.clone(), candidat(2, voisin, None, "29")),
                [Indice::NomVoisin],
                "{voisin}"
            );
            assert_eq!(
                indices(a.clone(), candidat(2, voisin, None, "35")),
                [],
                "{voisin}"
            );
        }
        assert_eq!(indices(a, candidat(2, "fabrique du bois", None, "29")), []);
    }

    #[test]
    fn un_pole_invente_ne_ressemble_jamais_a_un_pole_reel() {
        let (a, mut b) = (
            candidat(1, "rives", Some(RIVES), "29"),
            candidat(2, "rives", Some(RIVES), "29"),
        );
        b.invente = false;
        assert_eq!(indices(a, b), []);
    }

    #[test]
    fn cent_mille_fiches_se_comparent_sans_se_comparer_toutes() {
        // Each with each would be five thousand million comparisons.
        let tous: Vec<Candidat> = (0..100_000_u128)
            .map(|i| {
                candidat(
                    i,
                    &format!("fabrique {} {}", i % 9_973, i),
                    None,
                    &format!("{}", 10 + i % 80),
                )
            })
            .collect();
        assert!(paires(&tous).len() < 100_000);
    }
}
