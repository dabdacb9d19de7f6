//! The word somebody probably meant.

/// The closest of these words, if one is close enough to be a slip.
pub(crate) fn plus_proche<'m>(
    mot: &str,
    mots: impl IntoIterator<Item = &'m str>,
) -> Option<&'m str> {
    let tolerance = match mot.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        6..=10 => 2,
        11..=64 => 3,
        _ => return None,
    };
    mots.into_iter()
        .map(|candidat| (distance(mot, candidat), candidat))
        .filter(|(ecart, _)| *ecart <= tolerance)
        .min_by_key(|(ecart, _)| *ecart)
        .map(|(_, candidat)| candidat)
}

/// What was expected, in words: the probable word, else the short list.
pub(crate) fn attendu<'m>(mot: &str, mots: impl IntoIterator<Item = &'m str> + Clone) -> String {
    let tous: Vec<&str> = mots.clone().into_iter().collect();
    let seul = if let [seul] = tous.as_slice() {
        Some(*seul)
    } else {
        None
    };
    match plus_proche(mot, mots).or(seul) {
        Some(mot) => format!("« {mot} »"),
        None => format!("l’un de : {}", tous.join(", ")),
    }
}

/// Levenshtein's distance, one row at a time.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut ligne: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonale = ligne[0];
        ligne[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let remplacement = diagonale + usize::from(x != *y);
            diagonale = ligne[j + 1];
            ligne[j + 1] = remplacement.min(diagonale + 1).min(ligne[j] + 1);
        }
    }
    ligne[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_lettre_oubliee_se_devine() {
        assert_eq!(
            plus_proche("hors_es", ["de_droit", "hors_ess"]),
            Some("hors_ess")
        );
        assert_eq!(
            plus_proche("critere", ["criteres", "axe"]),
            Some("criteres")
        );
    }

    #[test]
    fn un_mot_trop_different_ne_se_devine_pas() {
        assert_eq!(plus_proche("x", ["axe"]), None);
        assert_eq!(attendu("x", ["axe"]), "« axe »", "il n’y en a qu’un");
        assert_eq!(plus_proche("montagne", ["axe", "bonus"]), None);
        assert_eq!(
            attendu("montagne", ["axe", "bonus"]),
            "l’un de : axe, bonus"
        );
    }
}
