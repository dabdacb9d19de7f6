//! Of which record a line speaks: by our identifier, else by the SIRET, else by
//! the name and the place. Where two answers are possible, none is chosen. A
//! record merged into another leads there by its identifier; by its name, it is
//! asked.

use std::collections::{BTreeSet, HashMap};

use uuid::Uuid;

use super::{Dite, colonne::dense};
use crate::{commun::Region, poles::Information};

/// What of a record serves to recognise it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connue {
    /// The record.
    pub pole: Uuid,
    /// Its name.
    pub nom: String,
    /// The SIRET of its structure, if it is known.
    pub siret: Option<String>,
    /// The code of its commune, if it is known.
    pub commune: Option<String>,
    /// The name of its commune: a source may give it without its code.
    pub nom_de_commune: Option<String>,
    /// Its department, if it is known.
    pub departement: Option<String>,
    /// Its region, if it is known.
    pub region: Option<Region>,
}

struct Place {
    pole: Uuid,
    nom: String,
    commune: Option<String>,
    nom_de_commune: Option<String>,
    departement: Option<String>,
    region: Option<Region>,
}

/// The records of the register, to be recognised.
#[derive(Default)]
pub struct Registre {
    places: Vec<Place>,
    par_pole: HashMap<Uuid, usize>,
    par_siret: HashMap<String, Vec<usize>>,
    par_nom: HashMap<String, Vec<usize>>,
    /// Each record merged, and the one it was merged into.
    fondues: HashMap<Uuid, Uuid>,
    fondues_par_nom: HashMap<String, Vec<Uuid>>,
}

/// Which records a line may speak of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rapprochement {
    /// None that is known.
    Aucune,
    /// That one.
    Une(Uuid),
    /// One of these, or another one still.
    Plusieurs(Vec<Uuid>),
    /// It gives an identifier that no record bears.
    IdentifiantInconnu,
}

impl Registre {
    /// Adds a record.
    pub fn ajouter(&mut self, connue: Connue) {
        let rang = self.places.len();
        let nom = dense(&connue.nom);
        self.par_pole.insert(connue.pole, rang);
        if let Some(siret) = connue.siret {
            self.par_siret.entry(siret).or_default().push(rang);
        }
        self.par_nom.entry(nom.clone()).or_default().push(rang);
        self.places.push(Place {
            pole: connue.pole,
            nom,
            commune: connue.commune,
            nom_de_commune: connue.nom_de_commune.as_deref().map(dense),
            departement: connue.departement,
            region: connue.region,
        });
    }

    /// Adds a record merged into another, by its name.
    pub fn fondre(&mut self, fondue: Uuid, nom: &str, dans: Uuid) {
        self.fondues.insert(fondue, dans);
        let noms = self.fondues_par_nom.entry(dense(nom)).or_default();
        noms.push(fondue);
    }

    /// The record of this identifier; if it was merged, the one it leads to.
    fn gardee(&self, identifiant: Uuid) -> Option<Uuid> {
        let mut pole = identifiant;
        // A chain of merges is no longer than their number.
        for _ in 0..=self.fondues.len() {
            if self.par_pole.contains_key(&pole) {
                return Some(pole);
            }
            pole = *self.fondues.get(&pole)?;
        }
        None
    }

    /// The records this line may speak of; `nom_de_commune` is the name of the
    /// commune whose code the line gives.
    pub fn rapprocher(&self, dite: &Dite, nom_de_commune: Option<&str>) -> Rapprochement {
        if let Some(identifiant) = dite.identifiant {
            return match self.gardee(identifiant) {
                Some(pole) => Rapprochement::Une(pole),
                None => Rapprochement::IdentifiantInconnu,
            };
        }
        let nom = dite.valeur(Information::Nom).map(dense);
        let siret = dite.siret.as_ref().and_then(|s| self.par_siret.get(s));
        match siret {
            Some(rangs) => self.par_siret(rangs, nom.as_deref()),
            None => self.par_nom(dite, nom.as_deref(), nom_de_commune),
        }
    }

    /// One structure may carry several poles: the same number under another
    /// name is a question, never an answer.
    fn par_siret(&self, rangs: &[usize], nom: Option<&str>) -> Rapprochement {
        let du_nom = |rang: &&usize| nom.is_none_or(|nom| self.places[**rang].nom == nom);
        let memes: Vec<Uuid> = rangs.iter().filter(du_nom).map(|r| self.pole(*r)).collect();
        match memes.as_slice() {
            [seule] => Rapprochement::Une(*seule),
            _ => Rapprochement::Plusieurs(rangs.iter().map(|rang| self.pole(*rang)).collect()),
        }
    }

    fn par_nom(
        &self,
        dite: &Dite,
        nom: Option<&str>,
        nom_de_commune: Option<&str>,
    ) -> Rapprochement {
        let Some(nom) = nom else {
            return Rapprochement::Aucune;
        };
        let Some(rangs) = self.par_nom.get(nom) else {
            return self.par_nom_fondu(nom);
        };
        let commune = dite.valeur(Information::Commune);
        let nom_de_commune = nom_de_commune.map(dense);
        let la = |rang: &&usize| {
            let place = &self.places[**rang];
            let contredite = match (&place.commune, &place.nom_de_commune, commune) {
                (_, _, None) | (None, None, _) => false,
                (Some(code), _, Some(dite)) => code != dite,
                (None, Some(nom), Some(_)) => Some(nom) != nom_de_commune.as_ref(),
            };
            let departements = place.departement.as_ref().zip(dite.departement.as_ref());
            let ailleurs = departements.is_some_and(|(ici, la)| ici != la)
                || place.region.zip(dite.region).is_some_and(|(a, b)| a != b);
            !contredite && !ailleurs
        };
        let ici: Vec<Uuid> = rangs.iter().filter(la).map(|r| self.pole(*r)).collect();
        match ici.as_slice() {
            [seule] => Rapprochement::Une(*seule),
            [] => Rapprochement::Plusieurs(rangs.iter().map(|rang| self.pole(*rang)).collect()),
            _ => Rapprochement::Plusieurs(ici),
        }
    }

    /// A record that bore this name was merged: the name it has now is another,
    /// and a line that gives the old one is a question.
    fn par_nom_fondu(&self, nom: &str) -> Rapprochement {
        let fondues = self.fondues_par_nom.get(nom).into_iter().flatten();
        let gardees: BTreeSet<Uuid> = fondues.filter_map(|id| self.gardee(*id)).collect();
        match gardees.is_empty() {
            true => Rapprochement::Aucune,
            false => Rapprochement::Plusieurs(gardees.into_iter().collect()),
        }
    }

    fn pole(&self, rang: usize) -> Uuid {
        self.places[rang].pole
    }
}

/// Which lines of one file spoke of which record, or of which pole that has
/// none.
#[derive(Default)]
pub struct Vues {
    fiches: HashMap<Uuid, i64>,
    /// By a name and a place.
    nommes: HashMap<String, i64>,
    /// By a name, and each of the places that hold that place.
    alentour: HashMap<String, i64>,
}

/// An earlier line of the file that names the same pole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deja {
    /// By the same name, at the same place.
    Nomme(i64),
    /// By the same name, and one of the two lines does not say the place, or
    /// says it less precisely.
    PeutEtre(i64),
}

impl Vues {
    /// The earlier line that spoke of this record, if there is one.
    pub fn fiche(&mut self, pole: Uuid, ligne: i64) -> Option<i64> {
        deja(self.fiches.entry(pole), ligne)
    }

    /// The earlier line that names the same pole, by its name and its place.
    pub fn nomme(&mut self, dite: &Dite, ligne: i64) -> Option<Deja> {
        let [ici, autour @ ..] = lieux(dite);
        let moins_precise = autour.iter().filter(|lieu| **lieu != ici);
        let moins_precise = moins_precise.filter_map(|lieu| self.nommes.get(lieu)).min();
        let peut_etre = moins_precise.or_else(|| self.alentour.get(&ici));
        if let Some(premiere) = self.nommes.get(&ici) {
            return Some(Deja::Nomme(*premiere));
        }
        if let Some(premiere) = peut_etre {
            return Some(Deja::PeutEtre(*premiere));
        }
        for lieu in autour.into_iter().filter(|lieu| *lieu != ici) {
            self.alentour.entry(lieu).or_insert(ligne);
        }
        self.nommes.insert(ici, ligne);
        None
    }
}

/// The name with its place, then with the places that hold it: the department,
/// the region, anywhere.
fn lieux(dite: &Dite) -> [String; 4] {
    let nom = dite.valeur(Information::Nom).map(dense).unwrap_or_default();
    let region = dite.region.map_or("", Region::code);
    let departement = dite.departement.as_deref().unwrap_or_default();
    let commune = dite.valeur(Information::Commune).unwrap_or_default();
    [
        format!("{nom}|{region}|{departement}|{commune}"),
        format!("{nom}|{region}|{departement}|"),
        format!("{nom}|{region}||"),
        format!("{nom}|||"),
    ]
}

fn deja<C>(place: std::collections::hash_map::Entry<'_, C, i64>, ligne: i64) -> Option<i64> {
    let premiere = *place.or_insert(ligne);
    (premiere != ligne).then_some(premiere)
}
