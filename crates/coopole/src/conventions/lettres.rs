//! An amount in letters, as an agreement writes it (spelling of 1990: hyphens
//! everywhere).

use metier::commun::Montant;

const UNITES: [&str; 17] = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize",
];
const DIZAINES: [&str; 7] = [
    "",
    "",
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
];

/// « cent-mille euros », « douze euros et cinquante centimes ».
pub fn en_lettres(montant: Montant) -> String {
    let centimes = montant.en_centimes().unsigned_abs();
    let (euros, centimes) = (centimes / 100, centimes % 100);
    let de = if euros >= 1_000_000 && euros.is_multiple_of(1_000_000) {
        "d’"
    } else {
        ""
    };
    let unite = if euros > 1 { "euros" } else { "euro" };
    let mut texte = format!("{} {de}{unite}", nombre(euros));
    if centimes > 0 {
        let unite = if centimes > 1 { "centimes" } else { "centime" };
        texte.push_str(&format!(" et {} {unite}", nombre(centimes)));
    }
    texte
}

fn nombre(n: u64) -> String {
    if n == 0 {
        return UNITES[0].to_owned();
    }
    let (millions, milliers, reste) = (n / 1_000_000, n / 1_000 % 1_000, n % 1_000);
    let mut mots = Vec::new();
    if millions > 0 {
        let mot = if millions > 1 { "millions" } else { "million" };
        mots.push(format!("{}-{mot}", nombre(millions)));
    }
    match milliers {
        0 => {}
        1 => mots.push("mille".into()),
        _ => mots.push(format!("{}-mille", sous_mille(milliers, false))),
    }
    if reste > 0 {
        mots.push(sous_mille(reste, true));
    }
    mots.join("-")
}

/// `fin`: nothing follows, so that « cents » and « vingts » take their s.
fn sous_mille(n: u64, fin: bool) -> String {
    let (centaines, reste) = (n / 100, n % 100);
    let cents = match (centaines, reste, fin) {
        (0, ..) => return sous_cent(reste, fin),
        (1, ..) => "cent".to_owned(),
        (n, 0, true) => format!("{}-cents", sous_cent(n, true)),
        (n, ..) => format!("{}-cent", sous_cent(n, true)),
    };
    match reste {
        0 => cents,
        reste => format!("{cents}-{}", sous_cent(reste, fin)),
    }
}

fn sous_cent(n: u64, fin: bool) -> String {
    let unite = |n: u64| UNITES[n as usize].to_owned();
    match n {
        0..=16 => unite(n),
        17..=19 => format!("dix-{}", unite(n - 10)),
        71 => "soixante-et-onze".into(),
        70..=79 => format!("soixante-{}", sous_cent(n - 60, fin)),
        80 if fin => "quatre-vingts".into(),
        80 => "quatre-vingt".into(),
        81..=99 => format!("quatre-vingt-{}", sous_cent(n - 80, fin)),
        _ => {
            let dizaine = DIZAINES[(n / 10) as usize];
            match n % 10 {
                0 => dizaine.to_owned(),
                1 => format!("{dizaine}-et-un"),
                reste => format!("{dizaine}-{}", unite(reste)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_montant_s_ecrit_en_lettres() {
        let cas = [
            (10_000_000, "cent-mille euros"),
            (8_000_000, "quatre-vingt-mille euros"),
            (3_000_000, "trente-mille euros"),
            (
                7_159_150,
                "soixante-et-onze-mille-cinq-cent-quatre-vingt-onze euros et cinquante centimes",
            ),
            (20_000, "deux-cents euros"),
            (38_000, "trois-cent-quatre-vingts euros"),
            (100, "un euro"),
            (100_000_000, "un-million d’euros"),
            (2_100_100, "vingt-et-un-mille-un euros"),
        ];
        for (centimes, lettres) in cas {
            assert_eq!(en_lettres(Montant::centimes(centimes)), lettres);
        }
    }
}
