//! Of which record a line speaks: by our identifier, else by the SIRET, else by
//! the name and the commune. Where two answers are possible, none is chosen.

use std::collections::HashMap;

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
    /// Its region, if it is known.
    pub region: Option<Region>,
}

struct Place {
    pole: Uuid,
    nom: String,
    commune: Option<String>,
    nom_de_commune: Option<String>,
    region: Option<Region>,
}

/// The records of the register, to be recognised.
#[derive(Default)]
pub struct Registre {
    places: Vec<Place>,
    par_pole: HashMap<Uuid, usize>,
    par_siret: HashMap<String, Vec<usize>>,
    par_nom: HashMap<String, Vec<usize>>,
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
            region: connue.region,
        });
    }

    /// The records this line may speak of; `nom_de_commune` is the name of the
    /// commune whose code the line gives.
    pub fn rapprocher(&self, dite: &Dite, nom_de_commune: Option<&str>) -> Rapprochement {
        if let Some(identifiant) = dite.identifiant {
            return match self.par_pole.contains_key(&identifiant) {
                true => Rapprochement::Une(identifiant),
                false => Rapprochement::IdentifiantInconnu,
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
        let Some(rangs) = nom.and_then(|nom| self.par_nom.get(nom)) else {
            return Rapprochement::Aucune;
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
            let ailleurs = place.region.zip(dite.region).is_some_and(|(a, b)| a != b);
            !contredite && !ailleurs
        };
        let ici: Vec<Uuid> = rangs.iter().filter(la).map(|r| self.pole(*r)).collect();
        match ici.as_slice() {
            [seule] => Rapprochement::Une(*seule),
            [] => Rapprochement::Plusieurs(rangs.iter().map(|rang| self.pole(*rang)).collect()),
            _ => Rapprochement::Plusieurs(ici),
        }
    }

    fn pole(&self, rang: usize) -> Uuid {
        self.places[rang].pole
    }
}

/// Which lines of one file spoke of which record, or created which.
#[derive(Default)]
pub struct Vues {
    fiches: HashMap<Uuid, i64>,
    creations: HashMap<String, i64>,
}

impl Vues {
    /// The earlier line that spoke of this record, if there is one.
    pub fn fiche(&mut self, pole: Uuid, ligne: i64) -> Option<i64> {
        deja(self.fiches.entry(pole), ligne)
    }

    /// The earlier line that creates the same pole, by its name and its place.
    pub fn creation(&mut self, dite: &Dite, ligne: i64) -> Option<i64> {
        let nom = dite.valeur(Information::Nom).map(dense).unwrap_or_default();
        let lieu = dite.valeur(Information::Commune).unwrap_or_default();
        let region = dite.region.map_or("", Region::code);
        let cle = format!("{nom}|{lieu}|{region}");
        deja(self.creations.entry(cle), ligne)
    }
}

fn deja<C>(place: std::collections::hash_map::Entry<'_, C, i64>, ligne: i64) -> Option<i64> {
    let premiere = *place.or_insert(ligne);
    (premiere != ligne).then_some(premiere)
}
