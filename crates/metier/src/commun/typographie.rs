//! French spaces, set in one place (ECRANS § 4).

const FINE: char = '\u{202f}';
const INSECABLE: char = '\u{a0}';

/// Units that follow a figure and never start a line.
const UNITES: [&str; 9] = ["h", "min", "s", "€", "k€", "M€", "ko", "Mo", "Go"];

/// Sets the French spaces and apostrophes of a sentence typed plainly.
///
/// Narrow no-break space (U+202F) before `; : ! ? %` and between thousands;
/// no-break space (U+00A0) before a unit (`€`, `h`, `min`, `Mo`), after `h`
/// in an hour, after « n° » and inside « ». A straight apostrophe between two letters is
/// curled. Only spaces already typed are changed, so that addresses and hours
/// in ISO form come out untouched. Applying it twice changes nothing.
pub fn typographie(texte: &str) -> String {
    let signes: Vec<char> = texte.chars().collect();
    let mut rendu = String::with_capacity(texte.len() + 16);
    for (i, &signe) in signes.iter().enumerate() {
        rendu.push(match signe {
            ' ' | INSECABLE | FINE => espace(&signes, i),
            '\'' if lettre_en(&signes, i.checked_sub(1)) && lettre_en(&signes, Some(i + 1)) => '’',
            autre => autre,
        });
    }
    rendu
}

fn lettre_en(signes: &[char], i: Option<usize>) -> bool {
    i.and_then(|i| signes.get(i))
        .is_some_and(|c| c.is_alphabetic())
}

fn est_espace(signe: char) -> bool {
    matches!(signe, ' ' | INSECABLE | FINE)
}

/// The space that belongs at place `i`, judged from both sides.
fn espace(signes: &[char], i: usize) -> char {
    let avant = i.checked_sub(1).map(|j| signes[j]);
    let suite = &signes[i + 1..];
    match suite.first() {
        Some(';' | ':' | '!' | '?' | '%') => return FINE,
        Some('»') => return INSECABLE,
        _ => {}
    }
    match avant {
        Some('«') => INSECABLE,
        Some('°') if matches!(signes[..i], [.., 'n' | 'N', _]) => INSECABLE,
        Some('h' | 'n') if finit_par_h_ou_min(&signes[..i]) && chiffre_en_tete(suite) => INSECABLE,
        Some(c) if c.is_ascii_digit() && commence_par_une_unite(suite) => INSECABLE,
        Some(c) if c.is_ascii_digit() && est_un_millier(signes, i) => FINE,
        _ => signes[i],
    }
}

/// Whether this ends with a figure and its « h » or « min »: « 12 h ».
fn finit_par_h_ou_min(debut: &[char]) -> bool {
    let sans_unite = debut
        .strip_suffix(&['m', 'i', 'n'])
        .or_else(|| debut.strip_suffix(&['h']));
    match sans_unite {
        Some([.., chiffre, blanc]) => est_espace(*blanc) && chiffre.is_ascii_digit(),
        _ => false,
    }
}

fn chiffre_en_tete(suite: &[char]) -> bool {
    suite.first().is_some_and(char::is_ascii_digit)
}

fn commence_par_une_unite(suite: &[char]) -> bool {
    let mot: String = suite
        .iter()
        .take_while(|c| c.is_alphabetic() || **c == '€')
        .collect();
    UNITES.contains(&mot.as_str())
}

/// Whether the space at `i` parts thousands: one to three figures before it
/// (so that « en 2021 107 lauréats » keeps its space), exactly three after.
fn est_un_millier(signes: &[char], i: usize) -> bool {
    let avant = signes[..i]
        .iter()
        .rev()
        .take_while(|c| c.is_ascii_digit())
        .count();
    let apres = signes[i + 1..]
        .iter()
        .take_while(|c| c.is_ascii_digit())
        .count();
    (1..=3).contains(&avant) && apres == 3
}

#[cfg(test)]
mod tests {
    use super::typographie;

    #[test]
    fn les_signes_doubles_prennent_une_fine_insecable() {
        assert_eq!(
            typographie("Oui ; non : quoi ? Bien ! +262,5 %"),
            "Oui\u{202f}; non\u{202f}: quoi\u{202f}? Bien\u{202f}! +262,5\u{202f}%"
        );
    }

    #[test]
    fn un_deux_points_apres_un_chiffre_ne_passe_pas_a_la_ligne() {
        assert_eq!(
            typographie("E2 : la Charte ; version 1 : 30 juin 2021"),
            "E2\u{202f}: la Charte\u{202f}; version 1\u{202f}: 30 juin 2021"
        );
        assert_eq!(
            typographie("à 12:00, sur a.example:8080"),
            "à 12:00, sur a.example:8080"
        );
    }

    #[test]
    fn les_milliers_et_l_euro_ne_se_coupent_pas() {
        assert_eq!(
            typographie("1 500 000 € pour 1,5 M€"),
            "1\u{202f}500\u{202f}000\u{a0}€ pour 1,5\u{a0}M€"
        );
    }

    #[test]
    fn une_annee_suivie_d_un_nombre_n_est_pas_un_millier() {
        assert_eq!(typographie("en 2021 107 lauréats"), "en 2021 107 lauréats");
        assert_eq!(typographie("le 12 2024"), "le 12 2024");
    }

    #[test]
    fn l_heure_tient_ensemble() {
        assert_eq!(
            typographie("à 11 h 58 min 41 s, à 12 h"),
            "à 11\u{a0}h\u{a0}58\u{a0}min\u{a0}41\u{a0}s, à 12\u{a0}h"
        );
    }

    #[test]
    fn les_guillemets_gardent_leurs_espaces() {
        assert_eq!(typographie("dit « oui »."), "dit «\u{a0}oui\u{a0}».");
    }

    #[test]
    fn un_numero_suit_son_signe() {
        assert_eq!(
            typographie("Le dossier n° 2024-0003, « loi n° 2014-856 »."),
            "Le dossier n°\u{a0}2024-0003, «\u{a0}loi n°\u{a0}2014-856\u{a0}»."
        );
        assert_eq!(typographie("à 12° au nord"), "à 12° au nord");
    }

    #[test]
    fn l_apostrophe_droite_est_courbee_entre_deux_lettres() {
        assert_eq!(typographie("L'appel d'été 5' x"), "L’appel d’été 5' x");
    }

    #[test]
    fn une_adresse_reste_telle_quelle() {
        let adresse = "https://coopole.example/x?y=1:2 le 2024-05-29T10:00:00Z";
        assert_eq!(typographie(adresse), adresse);
    }

    #[test]
    fn deux_passages_valent_un() {
        let une = typographie("« 12 000 € » : à 12 h 05 ? l'oui");
        assert_eq!(typographie(&une), une);
    }
}
