//! Counts and weights as a French reader writes them. The rest of typography
//! belongs to the caller.

/// Narrow no-break space, between thousands.
const FINE: char = '\u{202f}';
/// No-break space, before a unit.
const INSECABLE: char = '\u{a0}';

/// A count with its thousands apart: 1500 is « 1 500 ».
pub fn nombre(n: u64) -> String {
    let chiffres = n.to_string();
    let mut sortie = String::with_capacity(chiffres.len() + chiffres.len() / 3 * FINE.len_utf8());
    for (rang, chiffre) in chiffres.chars().enumerate() {
        if rang > 0 && (chiffres.len() - rang).is_multiple_of(3) {
            sortie.push(FINE);
        }
        sortie.push(chiffre);
    }
    sortie
}

/// The weight of a file, in decimal units (1 Mo is a million octets): « 34 Mo »,
/// « 1,2 Mo », « 48 ko ». Rounded to the nearest, never to « 0 ko ».
pub fn poids(octets: u64) -> String {
    match octets {
        0..1_000 => format!("{octets}{INSECABLE}octets"),
        1_000..999_500 => format!("{}{INSECABLE}ko", arrondi(octets, 1_000)),
        _ => {
            let dixiemes = arrondi(octets, 100_000);
            let (entier, dixieme) = (dixiemes / 10, dixiemes % 10);
            if dixieme == 0 || entier >= 10 {
                format!("{}{INSECABLE}Mo", nombre(arrondi(octets, 1_000_000)))
            } else {
                format!("{entier},{dixieme}{INSECABLE}Mo")
            }
        }
    }
}

fn arrondi(octets: u64, unite: u64) -> u64 {
    (octets + unite / 2) / unite
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn les_milliers_sont_separes_d_une_espace_fine_insecable() {
        assert_eq!(nombre(0), "0");
        assert_eq!(nombre(412), "412");
        assert_eq!(nombre(1_500), "1\u{202f}500");
        assert_eq!(nombre(1_234_567), "1\u{202f}234\u{202f}567");
    }

    #[test]
    fn un_poids_se_lit_dans_l_unite_qui_convient() {
        assert_eq!(poids(12), "12\u{a0}octets");
        assert_eq!(poids(48_200), "48\u{a0}ko");
        assert_eq!(poids(999_499), "999\u{a0}ko");
        assert_eq!(poids(999_600), "1\u{a0}Mo");
        assert_eq!(poids(1_240_000), "1,2\u{a0}Mo");
        assert_eq!(poids(34_000_000), "34\u{a0}Mo");
    }
}
