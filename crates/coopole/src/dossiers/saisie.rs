//! Saving answers: each field carries, unseen, the mark of the text its page
//! showed. A field nobody else touched is written; one that changed meanwhile
//! is a divergence, and both texts are kept before the person.
//!
//! A tab left open since yesterday never erases what a colleague wrote.

use std::collections::BTreeMap;

use metier::campagnes::formulaire::{Champ, TypeChamp};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::contenu::Reponse;
use crate::socle::{
    communes::{self, Recherche},
    requete::Saisie,
};

/// The marks of the texts a page showed, field by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marques(BTreeMap<String, String>);

/// A field that changed on both sides since the page was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Divergence {
    pub champ: String,
    pub mien: String,
    pub autre: String,
    pub modifiee_le: jiff::Timestamp,
    pub par: Uuid,
}

/// What a save comes to.
#[derive(Debug, Default)]
pub struct Bilan {
    /// Fields to write, with their new text.
    pub ecrire: Vec<(String, String)>,
    pub divergences: Vec<Divergence>,
    /// The marks the page must carry from now on.
    pub marques: Marques,
}

/// A short mark of a text; only ever compared with itself.
pub fn marque(texte: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(texte.as_bytes())[..6])
}

impl Marques {
    /// The marks of these texts.
    pub fn de<'t>(textes: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        let marques = textes
            .into_iter()
            .map(|(champ, texte)| (champ.to_owned(), marque(texte)));
        Self(marques.collect())
    }

    /// As the hidden field sends them back: « structure_nom:0a1b…,… ».
    pub fn lire(texte: &str) -> Self {
        let marques = texte
            .split(',')
            .filter_map(|paire| paire.split_once(':'))
            .map(|(champ, marque)| (champ.to_owned(), marque.to_owned()));
        Self(marques.collect())
    }

    pub fn contient(&self, champ: &str) -> bool {
        self.0.contains_key(champ)
    }
}

impl std::fmt::Display for Marques {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (rang, (champ, marque)) in self.0.iter().enumerate() {
            let virgule = if rang == 0 { "" } else { "," };
            write!(f, "{virgule}{champ}:{marque}")?;
        }
        Ok(())
    }
}

/// What was sent for that field; nothing when the field was not sent at all.
/// Boxes and radio buttons that were shown and left blank are sent by no browser.
pub fn recu(champ: &Champ, saisie: &Saisie) -> Option<String> {
    match champ.genre {
        TypeChamp::ChoixMultiples(_) => {
            let codes: Vec<&str> = saisie.tous(&champ.code).collect();
            Some(codes.join("\n"))
        }
        // A name that one commune bears is kept as its code; another, as typed.
        TypeChamp::Commune => {
            saisie
                .recu(&champ.code)
                .map(|texte| match communes::chercher(texte) {
                    Recherche::Une(commune) => commune.code.to_owned(),
                    _ => texte.trim().to_owned(),
                })
        }
        TypeChamp::Choix(_) | TypeChamp::OuiNon => Some(saisie.texte(&champ.code).to_owned()),
        _ => saisie
            .recu(&champ.code)
            .map(|texte| texte.replace("\r\n", "\n")),
    }
}

/// Compares what came with what stands, field by field.
pub fn comparer(
    montrees: &Marques,
    recues: &[(&str, String)],
    actuelles: &BTreeMap<String, Reponse>,
) -> Bilan {
    let mut bilan = Bilan {
        marques: montrees.clone(),
        ..Bilan::default()
    };
    for (champ, texte) in recues {
        let Some(montree) = montrees.0.get(*champ) else {
            continue;
        };
        if marque(texte) == *montree {
            continue;
        }
        let actuelle = actuelles.get(*champ);
        let stand = actuelle.map_or("", |reponse| reponse.valeur.as_str());
        let inchangee = marque(stand) == *montree;
        match actuelle {
            Some(reponse) if !inchangee && stand != texte => bilan.divergences.push(Divergence {
                champ: (*champ).to_owned(),
                mien: texte.clone(),
                autre: reponse.valeur.clone(),
                modifiee_le: reponse.modifiee_le,
                par: reponse.par,
            }),
            _ => {
                if stand != texte {
                    bilan.ecrire.push(((*champ).to_owned(), texte.clone()));
                }
                bilan.marques.0.insert((*champ).to_owned(), marque(texte));
            }
        }
    }
    bilan
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actuelles(texte: &str) -> BTreeMap<String, Reponse> {
        let reponse = Reponse {
            valeur: texte.to_owned(),
            modifiee_le: jiff::Timestamp::UNIX_EPOCH,
            par: Uuid::nil(),
        };
        BTreeMap::from([("besoins".to_owned(), reponse)])
    }

    fn comparer_un(montre: &str, recu: &str, actuel: &str) -> Bilan {
        let montrees = Marques::de([("besoins", montre)]);
        comparer(
            &montrees,
            &[("besoins", recu.to_owned())],
            &actuelles(actuel),
        )
    }

    #[test]
    fn une_reponse_que_personne_d_autre_n_a_touchee_s_ecrit() {
        let bilan = comparer_un("avant", "après", "avant");
        assert_eq!(bilan.ecrire, [("besoins".to_owned(), "après".to_owned())]);
        assert_eq!(bilan.marques, Marques::de([("besoins", "après")]));
    }

    #[test]
    fn un_champ_que_l_on_n_a_pas_touche_garde_ce_que_l_autre_a_ecrit() {
        let bilan = comparer_un("avant", "avant", "autre");
        assert!(bilan.ecrire.is_empty() && bilan.divergences.is_empty());
    }

    #[test]
    fn deux_textes_differents_sont_gardes_tous_les_deux() {
        let bilan = comparer_un("avant", "mien", "autre");
        assert!(bilan.ecrire.is_empty());
        assert_eq!(bilan.divergences[0].mien, "mien");
        assert_eq!(bilan.divergences[0].autre, "autre");
    }

    #[test]
    fn le_meme_texte_ecrit_a_deux_n_est_pas_une_divergence() {
        let bilan = comparer_un("avant", "pareil", "pareil");
        assert!(bilan.ecrire.is_empty() && bilan.divergences.is_empty());
    }

    #[test]
    fn revenir_a_son_premier_texte_s_ecrit_aussi() {
        let premier = comparer_un("avant", "après", "avant");
        let bilan = comparer(
            &premier.marques,
            &[("besoins", "avant".to_owned())],
            &actuelles("après"),
        );
        assert_eq!(bilan.ecrire, [("besoins".to_owned(), "avant".to_owned())]);
    }

    #[test]
    fn les_marques_se_relisent() {
        let marques = Marques::de([("a", "x"), ("b", "")]);
        assert_eq!(Marques::lire(&marques.to_string()), marques);
    }
}
