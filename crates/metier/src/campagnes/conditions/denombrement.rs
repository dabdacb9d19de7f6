//! Walking a list: `exists`, `all`, and how the count is told.

use super::arbre::Noeud;
use super::constat::Trouve;
use super::evaluation::{Indice, Jugement, Moteur};
use super::kleene::Kleene;
use super::types::{Fiche, Type};
use super::valeurs::{Enregistrement, Valeur};
use crate::commun::typographie;

/// Records cited by name; the others are only counted.
const CITES_MAX: usize = 3;

/// The records of a list, sorted by what the condition says of them.
#[derive(Default)]
struct Comptes<'m> {
    vrais: Vec<&'m Enregistrement>,
    faux: Vec<&'m Enregistrement>,
    /// With the fields that would decide.
    inconnus: Vec<(&'m Enregistrement, Vec<&'static str>)>,
    /// Facts missing outside the records.
    ailleurs: Vec<Indice>,
}

impl<'m> Moteur<'m> {
    pub(super) fn parcourir(&mut self, tous: bool, liste: &str, corps: &Noeud) -> Jugement<'m> {
        let faits = self.faits;
        let terme = faits.vocabulaire().terme(liste);
        let (Some(terme), Some((Valeur::Liste(fiches), origine))) = (terme, faits.fait(liste))
        else {
            return Jugement {
                valeur: Kleene::Inconnu,
                indices: self.terme(liste).1,
                temoins: Vec::new(),
            };
        };
        let mut comptes = Comptes::default();
        for fiche in fiches {
            self.fiches.push(fiche);
            let jugement = self.juger(corps);
            self.fiches.pop();
            comptes.ranger(fiche, jugement);
        }
        let valeur = comptes.valeur(tous);
        let compte = self.compte.filter(|_| self.fiches.is_empty());
        let mut indices = vec![Indice::Fait(Trouve {
            libelle: majuscule(compte.unwrap_or(&terme.libelle)),
            valeur: match &terme.genre {
                Type::Liste(fiche) => Some(typographie(&comptes.recit(tous, valeur, fiche))),
                _ => None,
            },
            origine: Some(origine),
            ancre: terme.ancre.clone(),
        })];
        if valeur == Kleene::Inconnu {
            indices.extend(comptes.ailleurs);
        }
        Jugement {
            valeur,
            indices,
            temoins: if tous { comptes.faux } else { comptes.vrais },
        }
    }
}

impl<'m> Comptes<'m> {
    fn ranger(&mut self, fiche: &'m Enregistrement, jugement: Jugement<'m>) {
        match jugement.valeur {
            Kleene::Vrai => self.vrais.push(fiche),
            Kleene::Faux => self.faux.push(fiche),
            Kleene::Inconnu => {
                let mut champs = Vec::new();
                for indice in jugement.indices {
                    match indice {
                        Indice::ChampManquant(champ) if champs.contains(&champ) => {}
                        Indice::ChampManquant(champ) => champs.push(champ),
                        Indice::Fait(fait) if fait.valeur.is_some() => {}
                        fait @ Indice::Fait(_) => self.ailleurs.push(fait),
                    }
                }
                self.inconnus.push((fiche, champs));
            }
        }
    }

    fn valeur(&self, tous: bool) -> Kleene {
        let decisifs = if tous { &self.faux } else { &self.vrais };
        if !decisifs.is_empty() {
            Kleene::from(!tous)
        } else if !self.inconnus.is_empty() {
            Kleene::Inconnu
        } else {
            Kleene::from(tous)
        }
    }

    /// « 1 sur 4 : Fabrique des Rives, entreprise, hors ESS ».
    fn recit(&self, tous: bool, valeur: Kleene, fiche: &Fiche) -> String {
        let total = self.vrais.len() + self.faux.len() + self.inconnus.len();
        if total == 0 {
            return "0".to_owned();
        }
        let compte = format!("{} sur {total}", self.vrais.len());
        match valeur {
            Kleene::Vrai if tous => compte,
            Kleene::Vrai if total == 1 => citer(&self.vrais, fiche),
            Kleene::Vrai => format!("{compte} : {}", citer(&self.vrais, fiche)),
            Kleene::Faux if tous => format!("{compte}, sauf : {}", citer(&self.faux, fiche)),
            Kleene::Faux => format!("{compte} ({})", citer(&self.faux, fiche)),
            Kleene::Inconnu => format!("{compte}, à préciser : {}", self.a_preciser(fiche)),
        }
    }

    fn a_preciser(&self, fiche: &Fiche) -> String {
        let phrases = self.inconnus.iter().map(|(inconnu, champs)| {
            let nom = nommer(inconnu, fiche);
            if champs.is_empty() {
                nom
            } else {
                format!("{nom} ({})", champs.join(", "))
            }
        });
        enumerer(phrases.collect())
    }
}

fn citer(fiches: &[&Enregistrement], fiche: &Fiche) -> String {
    enumerer(fiches.iter().map(|f| nommer(f, fiche)).collect())
}

fn nommer(enregistrement: &Enregistrement, fiche: &Fiche) -> String {
    let recit = enregistrement.recit(fiche);
    if recit.is_empty() {
        "sans précision".to_owned()
    } else {
        recit
    }
}

fn enumerer(mut phrases: Vec<String>) -> String {
    let autres = phrases.len().saturating_sub(CITES_MAX);
    phrases.truncate(CITES_MAX);
    let mut texte = phrases.join(" ; ");
    match autres {
        0 => {}
        1 => texte.push_str(" ; et 1 autre"),
        _ => texte.push_str(&format!(" ; et {autres} autres")),
    }
    texte
}

fn majuscule(texte: &str) -> String {
    let mut lettres = texte.chars();
    match lettres.next() {
        Some(premiere) => premiere.to_uppercase().chain(lettres).collect(),
        None => String::new(),
    }
}
