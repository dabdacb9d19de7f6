//! One typing mistake: a letter changed, forgotten or added, or two neighbours
//! the wrong way round.

/// Under this many letters too many words are one mistake away.
const LETTRES_AU_MOINS: usize = 4;

/// Whether a folded word is worth a correction: long enough, and no number.
pub fn se_corrige(mot: &str) -> bool {
    mot.chars().count() >= LETTRES_AU_MOINS && mot.chars().all(char::is_alphabetic)
}

/// Whether one mistake, and no more, makes one word of the other.
pub fn a_une_faute(tape: &str, connu: &str) -> bool {
    let (tape, connu): (Vec<char>, Vec<char>) = (tape.chars().collect(), connu.chars().collect());
    let pareils = tape.iter().zip(&connu).take_while(|(a, b)| a == b).count();
    let (a, b) = (&tape[pareils..], &connu[pareils..]);
    match (a, b) {
        // The same word: no mistake.
        ([], []) => false,
        // One letter more, one letter less: what follows is the same.
        ([_, suite @ ..], _) if suite == b => true,
        (_, [_, suite @ ..]) if suite == a => true,
        // One letter for another.
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        // Two letters the wrong way round.
        ([a1, a2, a @ ..], [b1, b2, b @ ..]) => a1 == b2 && a2 == b1 && a == b,
        _ => false,
    }
}

/// The beginning and the end of a word that one mistake cannot both touch: what
/// it was meant to be has the one or the other. They are where an index begins.
pub fn extremites(mot: &str) -> (&str, &str) {
    let places: Vec<usize> = mot.char_indices().map(|(place, _)| place).collect();
    let lettres = places.len();
    // Two neighbours swapped may stand on both sides of a cut: a letter between
    // the beginning and the end belongs to neither.
    let (debut, fin) = (lettres / 2, lettres - lettres.saturating_sub(1) / 2);
    let place = |rang: usize| places.get(rang).copied().unwrap_or(mot.len());
    (&mot[..place(debut)], &mot[place(fin)..])
}

/// The word from its last letter to its first: ends are looked for as
/// beginnings are.
pub fn renverser(mot: &str) -> String {
    mot.chars().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_lettre_changee_oubliee_ajoutee_ou_deux_interverties() {
        for tape in [
            "rivierre", "rivire", "riviefe", "riveire", "iviere", "xiviere", "irviere", "rivier",
            "rivieree",
        ] {
            assert!(a_une_faute(tape, "riviere"), "{tape}");
            assert!(a_une_faute("riviere", tape), "{tape}");
        }
    }

    #[test]
    fn ni_zero_faute_ni_deux() {
        for tape in ["riviere", "rivire s", "rvire", "reviera", "vrieire", ""] {
            assert!(!a_une_faute(tape, "riviere"), "{tape}");
        }
    }

    #[test]
    fn ni_un_mot_court_ni_un_nombre_ne_se_corrigent() {
        for mot in ["lin", "esa", "2024", "44000", "m2024"] {
            assert!(!se_corrige(mot), "{mot}");
        }
        assert!(se_corrige("bois"));
    }

    /// Every word one mistake away from `mot`, with the letters it has and one
    /// it has not.
    fn voisins(mot: &str) -> Vec<String> {
        let lettres: Vec<char> = mot.chars().collect();
        let mut voisins = Vec::new();
        for rang in 0..=lettres.len() {
            for nouvelle in lettres.iter().copied().chain(['z']) {
                let mut ajoutee = lettres.clone();
                ajoutee.insert(rang, nouvelle);
                voisins.push(ajoutee);
                if rang < lettres.len() {
                    let mut changee = lettres.clone();
                    changee[rang] = nouvelle;
                    voisins.push(changee);
                }
            }
            if rang < lettres.len() {
                let mut oubliee = lettres.clone();
                oubliee.remove(rang);
                voisins.push(oubliee);
            }
            if rang + 1 < lettres.len() {
                let mut intervertie = lettres.clone();
                intervertie.swap(rang, rang + 1);
                voisins.push(intervertie);
            }
        }
        let mut voisins: Vec<String> = voisins.into_iter().map(String::from_iter).collect();
        voisins.retain(|voisin| voisin != mot);
        voisins
    }

    #[test]
    fn le_mot_voulu_a_le_debut_ou_la_fin_du_mot_tape() {
        for mot in ["bois", "laine", "energie", "economie", "éàèçûî"] {
            for tape in voisins(mot) {
                assert!(a_une_faute(&tape, mot), "{tape} {mot}");
                let (debut, fin) = extremites(&tape);
                assert!(
                    mot.starts_with(debut) || mot.ends_with(fin),
                    "{tape} : {debut}…{fin}"
                );
            }
        }
    }

    #[test]
    fn un_mot_se_lit_a_l_envers() {
        assert_eq!(renverser("energie"), "eigrene");
    }
}
