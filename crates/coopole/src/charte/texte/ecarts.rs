//! What changed from a text to the next, line by line.

/// A line of the two texts read together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ecart<'t> {
    /// In both.
    Garde(&'t str),
    /// In the first only.
    Retire(&'t str),
    /// In the second only.
    Ajoute(&'t str),
}

/// Beyond so many pairs of lines, the middle is shown as all changed.
const PAIRES_AU_PLUS: usize = 4_000_000;

/// The lines of both, in their order, those in common as many as can be. Blank
/// lines part paragraphs and are no change.
pub fn ecarts<'t>(avant: &'t str, apres: &'t str) -> Vec<Ecart<'t>> {
    let (avant, apres) = (lignes(avant), lignes(apres));
    let tete = avant.iter().zip(&apres).take_while(|(a, b)| a == b).count();
    let (a, b) = (&avant[tete..], &apres[tete..]);
    let queue = a.iter().rev().zip(b.iter().rev());
    let queue = queue.take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - queue], &b[..b.len() - queue]);

    let mut ecarts: Vec<Ecart<'t>> = avant[..tete].iter().map(|l| Ecart::Garde(l)).collect();
    match a.len() * b.len() {
        trop if trop > PAIRES_AU_PLUS => {
            ecarts.extend(a.iter().map(|l| Ecart::Retire(l)));
            ecarts.extend(b.iter().map(|l| Ecart::Ajoute(l)));
        }
        _ => milieu(a, b, &mut ecarts),
    }
    ecarts.extend(avant[avant.len() - queue..].iter().map(|l| Ecart::Garde(l)));
    ecarts
}

fn lignes(texte: &str) -> Vec<&str> {
    texte.lines().filter(|l| !l.trim().is_empty()).collect()
}

/// By the longest common subsequence, walked from its beginning.
fn milieu<'t>(a: &[&'t str], b: &[&'t str], ecarts: &mut Vec<Ecart<'t>>) {
    let large = b.len() + 1;
    // communes[i * large + j]: how many lines a[i..] and b[j..] may share.
    let mut communes = vec![0u16; (a.len() + 1) * large];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            communes[i * large + j] = match a[i] == b[j] {
                true => communes[(i + 1) * large + j + 1].saturating_add(1),
                false => communes[(i + 1) * large + j].max(communes[i * large + j + 1]),
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            ecarts.push(Ecart::Garde(a[i]));
            (i, j) = (i + 1, j + 1);
        } else if communes[(i + 1) * large + j] >= communes[i * large + j + 1] {
            ecarts.push(Ecart::Retire(a[i]));
            i += 1;
        } else {
            ecarts.push(Ecart::Ajoute(b[j]));
            j += 1;
        }
    }
    ecarts.extend(a[i..].iter().map(|l| Ecart::Retire(l)));
    ecarts.extend(b[j..].iter().map(|l| Ecart::Ajoute(l)));
}

#[cfg(test)]
mod tests {
    use super::{Ecart::*, *};

    #[test]
    fn ce_qui_change_se_lit_a_sa_place_et_le_reste_est_garde() {
        let avant = "# Valeurs\n\nUn.\nDeux.\n\n- a\n- b\n";
        let apres = "# Valeurs\n\nUn.\n\nTrois.\n- b\n- c\n";
        assert_eq!(
            ecarts(avant, apres),
            [
                Garde("# Valeurs"),
                Garde("Un."),
                Retire("Deux."),
                Retire("- a"),
                Ajoute("Trois."),
                Garde("- b"),
                Ajoute("- c"),
            ]
        );
        assert!(ecarts(avant, avant).iter().all(|e| matches!(e, Garde(_))));
        assert_eq!(ecarts("", "Un."), [Ajoute("Un.")]);
        assert_eq!(ecarts("Un.", ""), [Retire("Un.")]);
    }

    #[test]
    fn deux_textes_que_rien_ne_rapproche_se_suivent() {
        let avant: String = (0..3_000).map(|n| format!("avant {n}\n")).collect();
        let apres: String = (0..3_000).map(|n| format!("après {n}\n")).collect();
        let lus = ecarts(&avant, &apres);
        assert_eq!((lus.len(), lus[0]), (6_000, Retire("avant 0")));
        assert_eq!(lus[3_000], Ajoute("après 0"));
    }
}
