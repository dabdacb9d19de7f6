//! Reading the answers against the form of the call: which questions are
//! asked, what each answer is worth.
//!
//! A question hidden by a condition does not exist: its answer is kept, and
//! counts for nothing.

use std::collections::BTreeMap;

use metier::campagnes::{
    conditions::{Faits, Valeur},
    formulaire::{Champ, ReponseRefusee, Rubrique, TypeChamp},
};

use super::contenu::Reponse;
use crate::{
    campagnes::Campagne,
    socle::communes::{self, Recherche},
};

/// The form as it is shown for these answers.
pub struct Lecture<'c> {
    pub rubriques: Vec<RubriqueLue<'c>>,
    /// The facts the answers give, under `champs.<code>`.
    pub faits: Faits,
}

/// A rubrique that is shown.
pub struct RubriqueLue<'c> {
    pub rubrique: &'c Rubrique,
    pub champs: Vec<ChampLu<'c>>,
}

/// A question that is asked, with what was answered.
pub struct ChampLu<'c> {
    pub champ: &'c Champ,
    pub saisie: String,
    pub valeur: Result<Option<Valeur>, ReponseRefusee>,
}

impl<'c> Lecture<'c> {
    pub fn de(campagne: &'c Campagne, reponses: &BTreeMap<String, Reponse>) -> Self {
        let saisie = |code: &str| reponses.get(code).map_or("", |r| r.valeur.as_str());
        let faits = campagne.faits_des_reponses(|code| match campagne.formulaire.champ(code) {
            Some(champ) => textes(champ, saisie(code)),
            None => Vec::new(),
        });
        let rubriques = campagne
            .formulaire
            .rubriques
            .iter()
            .filter(|rubrique| rubrique.est_montree(&faits))
            .map(|rubrique| RubriqueLue {
                rubrique,
                champs: rubrique
                    .champs
                    .iter()
                    .filter(|champ| champ.est_montre(&faits))
                    .map(|champ| lire(champ, saisie(&champ.code)))
                    .collect(),
            })
            .collect();
        Self { rubriques, faits }
    }

    pub fn rubrique(&self, code: &str) -> Option<&RubriqueLue<'c>> {
        self.rubriques.iter().find(|lue| lue.rubrique.code == code)
    }
}

impl RubriqueLue<'_> {
    /// The answers to be mended: code of the field, what is expected.
    pub fn corrections(&self) -> Vec<(&str, String)> {
        self.champs
            .iter()
            .filter_map(|lu| {
                let refus = lu.valeur.as_ref().err()?;
                Some((lu.champ.code.as_str(), refus.to_string()))
            })
            .collect()
    }
}

fn lire<'c>(champ: &'c Champ, saisie: &str) -> ChampLu<'c> {
    let valeur = match champ.genre {
        TypeChamp::Commune => commune(champ, saisie),
        _ => champ.lire(&textes(champ, saisie)),
    };
    ChampLu {
        champ,
        saisie: saisie.to_owned(),
        valeur,
    }
}

/// A code that is one, or what to do about a name.
fn commune(champ: &Champ, saisie: &str) -> Result<Option<Valeur>, ReponseRefusee> {
    let refus = |phrase| Err(ReponseRefusee::du_registre(phrase));
    if saisie.trim().is_empty() {
        return Ok(None);
    }
    match communes::chercher(saisie) {
        Recherche::Une(commune) => champ.lire(&[commune.code]),
        Recherche::Plusieurs(_) => refus(
            "Plusieurs communes portent ce nom. Choisissez la vôtre dans la liste que montre la page enregistrée, ou ajoutez le \
             numéro de son département, par exemple « Saint-Denis (93) ».",
        ),
        Recherche::Aucune => refus(
            "Aucune commune de ce nom ni de ce code. Écrivez son nom en entier, par exemple Morlaix, ou son \
             code officiel ; ce n’est pas le code postal.",
        ),
    }
}

/// The texts an answer is made of: boxes ticked stand one a line.
fn textes<'s>(champ: &Champ, saisie: &'s str) -> Vec<&'s str> {
    match champ.genre {
        TypeChamp::ChoixMultiples(_) => saisie.lines().collect(),
        _ => vec![saisie],
    }
}
