//! The words by which a pole is searched: without accents, reduced to their
//! stem, corrected of one typing mistake.
//!
//! A record and a question go through the same functions: what finds what is
//! settled here, and no base has a say in it.

mod faute;

pub use faute::{a_une_faute, extremites, renverser, se_corrige};

use std::collections::BTreeSet;

use frostem::{Algorithm, Stemmer};

use crate::commun::plier;

/// Letters of a word, at most: nobody types more, and an index has its bounds.
const LETTRES_AU_PLUS: usize = 40;

/// Words that say nothing of a pole, folded. « est » is not one of them: it is
/// half the name of a region.
const OUTILS: [&str; 84] = [
    "a", "au", "aux", "avec", "c", "ce", "ces", "cet", "cette", "chez", "d", "dans", "de", "des",
    "dont", "du", "elle", "elles", "en", "entre", "et", "eux", "il", "ils", "j", "je", "l", "la",
    "le", "les", "leur", "leurs", "lui", "m", "ma", "mais", "me", "meme", "mes", "mon", "n", "ne",
    "nos", "notre", "nous", "on", "ou", "par", "pas", "pour", "qu", "quand", "que", "qui", "s",
    "sa", "sans", "se", "ses", "si", "son", "sont", "sous", "sur", "t", "ta", "te", "tes", "ton",
    "tous", "tout", "toute", "toutes", "tu", "un", "une", "vers", "vos", "votre", "vous", "y",
    "afin", "ainsi", "ont",
];

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mot {
    /// As written, in small letters: « rivières ».
    pub ecrit: String,
    /// Without accents: « rivieres ».
    pub plie: String,
}

impl Mot {
    /// What its other forms share with it (Snowball's French algorithm), without
    /// accents. Three stems at most: people leave accents out when they type,
    /// and registers when they write in capitals, so both spellings count; and
    /// the algorithm leaves some plurals as they are (« emplois », « matériaux »).
    pub fn racines(&self) -> BTreeSet<String> {
        let racine = |mot: &str| plier(&Stemmer::new(Algorithm::French).stem(mot));
        let formes = [self.ecrit.as_str(), &self.plie, self.au_singulier()];
        formes.into_iter().map(racine).collect()
    }

    /// Without the mark of the plural, if it looks like one; folded.
    pub fn au_singulier(&self) -> &str {
        match self.plie.strip_suffix(['s', 'x']) {
            Some(singulier) if singulier.len() >= 3 => singulier,
            _ => &self.plie,
        }
    }

    /// A word that every text holds.
    fn est_un_outil(&self) -> bool {
        OUTILS.contains(&self.plie.as_str())
    }
}

/// The words of a text that say something.
pub fn mots(texte: &str) -> impl Iterator<Item = Mot> {
    tous_les_mots(texte).filter(|mot| !mot.est_un_outil())
}

/// Every word of a text, « de » and « la » too.
pub fn tous_les_mots(texte: &str) -> impl Iterator<Item = Mot> {
    // An accent written beside its letter would part the word.
    let texte = texte.to_lowercase();
    let texte: String = texte.chars().filter(|signe| !accent_seul(*signe)).collect();
    let mots: Vec<Mot> = texte
        .split(|signe: char| !signe.is_alphanumeric())
        .filter(|mot| !mot.is_empty())
        .map(|mot| {
            let ecrit: String = mot.chars().take(LETTRES_AU_PLUS).collect();
            Mot {
                plie: plier(&ecrit),
                ecrit,
            }
        })
        .collect();
    mots.into_iter()
}

/// A combining mark, as some systems write « e´ ».
fn accent_seul(signe: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&signe)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether who types the one finds who wrote the other, all words wanted.
    fn trouve(tape: &str, ecrit: &str) -> bool {
        let racines = |texte: &str| -> Vec<BTreeSet<String>> {
            mots(texte).map(|mot| mot.racines()).collect()
        };
        let ecrites: BTreeSet<String> = racines(ecrit).into_iter().flatten().collect();
        let tapees = racines(tape);
        !tapees.is_empty()
            && tapees
                .iter()
                .all(|mot| mot.iter().any(|racine| ecrites.contains(racine)))
    }

    #[test]
    fn le_pluriel_la_conjugaison_et_les_accents_ne_cachent_rien() {
        for (tape, ecrit) in [
            ("coopérations territoriales", "La coopération territoriale"),
            ("cooperation territoriale", "Coopérations territoriales"),
            ("animer un pôle", "L’animation des pôles"),
            ("évaluations", "Évaluer les effets"),
            ("evaluation", "Nous évaluerons"),
            ("créneau juridique", "Des créneaux juridiques"),
            ("œuvre", "Mise en oeuvre"),
            ("oeuvres", "Une œuvre"),
            ("l'emploi", "Pour l’emploi"),
            ("emplois", "L’EMPLOI LOCAL"),
            ("riviere", "Les rivières"),
            ("rivière", "CONTRAT DE RIVIERE"),
            ("tiers lieu", "Tiers-lieux nourriciers"),
            ("materiau biosource", "Matériaux biosourcés"),
            ("matériaux", "Un matériau"),
        ] {
            assert!(trouve(tape, ecrit), "« {tape} » ne trouve pas « {ecrit} »");
        }
    }

    #[test]
    fn des_mots_differents_restent_differents() {
        for (tape, ecrit) in [
            ("rivière", "Les Rives"),
            ("coopération", "Le compostage"),
            ("de la", "La coopération de demain"),
            ("culture", "L’agriculture"),
        ] {
            assert!(!trouve(tape, ecrit), "« {tape} » trouve « {ecrit} »");
        }
    }

    #[test]
    fn un_texte_donne_les_mots_qui_disent_quelque_chose() {
        let lus: Vec<String> = mots("Le Pôle de l’Économie, à Saint-Nazaire (44)")
            .map(|mot| mot.plie)
            .collect();
        assert_eq!(lus, ["pole", "economie", "saint", "nazaire", "44"]);
        // « Grand Est » keeps both its words.
        assert_eq!(mots("Grand Est").count(), 2);
    }

    #[test]
    fn un_accent_ecrit_a_part_ne_coupe_pas_le_mot() {
        let lus: Vec<Mot> = mots("e\u{301}nergie").collect();
        assert_eq!(lus.len(), 1);
        assert_eq!(lus[0].plie, "energie");
    }

    #[test]
    fn un_mot_sans_fin_est_coupe() {
        let lu = mots(&"a".repeat(5_000)).next().expect("a word");
        assert_eq!(lu.plie.len(), LETTRES_AU_PLUS);
    }
}
