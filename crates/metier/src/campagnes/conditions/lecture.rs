//! From text to a checked expression, or to all its faults.

use cel::common::ast::{IdedExpr, SourceInfo};

use super::arbre::Expression;
use super::mesures;
use super::types::Type;
use super::verification::Verification;
use super::vocabulaire::Vocabulaire;
use crate::campagnes::faute::Ecart;

impl Expression {
    /// Reads a condition: its value is yes, no, or not known yet.
    ///
    /// Refused, each fault at its place in the text: more than 2 000
    /// characters or 32 levels, a word out of the vocabulary, a comparison
    /// between two types, an unknown code, a construct that is not admitted.
    pub fn lire(texte: &str, vocabulaire: &Vocabulaire) -> Result<Self, Vec<Ecart>> {
        let (arbre, source) = analyser(texte)?;
        Verification::new(texte, &source, vocabulaire).conclure(&arbre, &Type::Booleen)
    }

    /// Reads the date from which an unmet condition would be met.
    ///
    /// The text may name the record walked by the condition:
    /// `a.convention_le + annees(5)`. Refused when the condition walks no
    /// list, or more than one.
    pub fn lire_date(
        texte: &str,
        vocabulaire: &Vocabulaire,
        condition: &Self,
    ) -> Result<Self, Vec<Ecart>> {
        let [variable] = condition.variables.as_slice() else {
            let message =
                "Cette date n'a de sens que si l'expression parcourt une liste, et une seule.";
            return Err(vec![Ecart::new(0, message)]);
        };
        let (arbre, source) = analyser(texte)?;
        Verification::new(texte, &source, vocabulaire)
            .dans(variable.clone())
            .conclure(&arbre, &Type::Date)
    }
}

fn analyser(texte: &str) -> Result<(IdedExpr, SourceInfo), Vec<Ecart>> {
    let ecarts = mesures::mesurer(texte);
    if !ecarts.is_empty() {
        return Err(ecarts);
    }
    // After its first fault the parser guesses: the others would be noise.
    sur_une_grande_pile(texte).map_err(|place| vec![incompris(texte, place)])
}

/// The stack on which the parser runs, in bytes.
///
/// Unoptimised, it needs 64 KB for each level of nesting: 32 levels overflow
/// the two megabytes of a server's thread.
const PILE: usize = 32 * 1024 * 1024;

type Analyse = Result<(IdedExpr, SourceInfo), (isize, isize)>;

fn sur_une_grande_pile(texte: &str) -> Analyse {
    // No macro: `exists` and `all` stay calls, as they were written.
    let analyser = || {
        let lu = cel::Env::default().parser().parse_with_source_info(texte);
        lu.map_err(|fautes| fautes.errors.first().map_or((1, 1), |faute| faute.pos))
    };
    std::thread::scope(|portee| {
        let fil = std::thread::Builder::new().stack_size(PILE);
        match fil.spawn_scoped(portee, analyser) {
            // A panic of the parser is a text it cannot read.
            Ok(fil) => fil.join().unwrap_or(Err((1, 1))),
            Err(_) => Err((1, 1)),
        }
    })
}

/// The fault told at the parser's line and column, both counted from 1.
fn incompris(texte: &str, (ligne, colonne): (isize, isize)) -> Ecart {
    let rang = |n: isize| usize::try_from(n - 1).unwrap_or(0);
    let debut: usize = texte
        .split_inclusive('\n')
        .take(rang(ligne))
        .map(str::len)
        .sum();
    let avant = texte[debut..].chars().take(rang(colonne));
    let place = debut + avant.map(char::len_utf8).sum::<usize>();
    let est_du_mot = |c: char| c.is_alphanumeric() || c == '_';
    let reste = &texte[place..];
    let long = match reste.chars().next() {
        Some(c) if est_du_mot(c) => reste.find(|c| !est_du_mot(c)).unwrap_or(reste.len()),
        Some(c) => c.len_utf8(),
        None => 0,
    };
    if long == 0 {
        Ecart::new(place, "L'expression s'arrête trop tôt.").attendu("une valeur ou un nom")
    } else {
        let message = format!("« {} » ne peut pas se trouver ici.", &reste[..long]);
        Ecart::new(place, message)
            .attendu("un opérateur (&&, ||, ==, <, in…) ou un nom, selon ce qui précède")
    }
}
