//! TOML itself: its faults in French, and the reading that goes on after one.

use toml_span::{Error, ErrorKind};

use crate::campagnes::faute::Ecart;

/// Largest document, in bytes: three times the 2024 call.
const POIDS_MAX: usize = 256 * 1024;
/// Most keys: beyond, the TOML reader slows down with their square.
const CLES_MAX: usize = 6_000;
/// Syntax faults told at once.
const REPRISES_MAX: u8 = 10;
/// First letter of the tables set aside: nobody is told about their keys.
pub(super) const MIS_DE_COTE: char = '_';

/// A text that is valid TOML, and the faults it took to make it so.
pub(in crate::campagnes) struct Repare {
    /// The text, the faulty lines blanked; `None` when it is past mending.
    pub texte: Option<String>,
    /// The faults met, in the order of the text.
    pub ecarts: Vec<Ecart>,
}

/// Blanks each line that TOML refuses, so that the rest is still checked.
///
/// Offsets do not move: a blanked line keeps its bytes.
pub(in crate::campagnes) fn reparer(texte: &str) -> Repare {
    let mut ecarts = Vec::new();
    if texte.len() > POIDS_MAX || texte.bytes().filter(|octet| *octet == b'=').count() > CLES_MAX {
        let message = "Ce document est trop long pour être celui d'un appel.";
        let attendu = "256 Ko et 6 000 clés au plus";
        ecarts.push(Ecart::new(0, message).attendu(attendu));
        return Repare {
            texte: None,
            ecarts,
        };
    }
    let mut copie = texte.to_owned();
    let mut derniere_ligne = None;
    for reprise in 0..=REPRISES_MAX {
        let Err(erreur) = toml_span::parse(&copie) else {
            return Repare {
                texte: Some(copie),
                ecarts,
            };
        };
        let (debut, fin) = ligne(&copie, erreur.span.start);
        let suite_de_la_precedente = derniere_ligne == Some(debut);
        let ouvert = matches!(
            erreur.kind,
            ErrorKind::UnterminatedString | ErrorKind::UnexpectedEof
        );
        // What follows a broken line, line after line, is the same fault.
        if !suite_de_la_precedente {
            ecarts.push(traduire(&copie, &erreur));
        }
        if ouvert || copie[debut..fin].trim().is_empty() {
            break;
        }
        let rebut = au_rebut(&copie[debut..fin], reprise);
        copie.replace_range(debut..fin, &rebut);
        derniere_ligne = Some(fin + 1);
    }
    Repare {
        texte: None,
        ecarts,
    }
}

/// What stands for a faulty line, in as many bytes: blanks, or the head of a
/// table set aside, so that the keys under a faulty head join no other table.
fn au_rebut(ligne: &str, reprise: u8) -> String {
    let vide = " ".repeat(ligne.len());
    let entete = ligne.trim_end();
    if !ligne.starts_with('[') || entete.len() < 4 {
        return vide;
    }
    let lettre = char::from(b'a' + reprise);
    let marge = " ".repeat(ligne.len() - 4);
    format!("[{MIS_DE_COTE}{lettre}]{marge}")
}

/// Where the line that holds this byte begins and ends.
fn ligne(texte: &str, place: usize) -> (usize, usize) {
    let octets = texte.as_bytes();
    let place = place.min(octets.len());
    let debut = octets[..place].iter().rposition(|o| *o == b'\n');
    let fin = octets[place..].iter().position(|o| *o == b'\n');
    (
        debut.map_or(0, |saut| saut + 1),
        fin.map_or(octets.len(), |saut| place + saut),
    )
}

fn traduire(texte: &str, erreur: &Error) -> Ecart {
    let place = erreur.span.start;
    let ecart = |message: &str, attendu: &str| Ecart::new(place, message).attendu(attendu);
    match &erreur.kind {
        ErrorKind::UnexpectedEof => ecart("Le document s'arrête trop tôt.", "la fin d'une valeur"),
        ErrorKind::ExceededDepthLimit => {
            ecart("Ces tables sont trop imbriquées.", "128 niveaux au plus")
        }
        ErrorKind::InvalidCharInString('\n' | '\r') => ecart(
            "Ce texte n'est pas refermé sur sa ligne.",
            "un guillemet, ou trois de chaque côté d'un texte de plusieurs lignes",
        ),
        ErrorKind::InvalidCharInString(signe) => invisible(place, *signe),
        ErrorKind::InvalidEscape(_)
        | ErrorKind::InvalidHexEscape(_)
        | ErrorKind::InvalidEscapeValue(_) => ecart(
            "Après une barre oblique inversée, ce signe n'a pas de sens.",
            "un texte entre apostrophes, où elle s'écrit telle quelle",
        ),
        ErrorKind::Unexpected(signe) if signe.is_control() => invisible(place, *signe),
        ErrorKind::Unexpected(signe) => ecart(
            &format!("Le signe « {signe} » ne peut pas se trouver ici."),
            "une clé écrite sans accent, ou un texte entre guillemets",
        ),
        ErrorKind::UnterminatedString => ecart("Ce texte n'est jamais refermé.", "un guillemet"),
        ErrorKind::InvalidNumber | ErrorKind::OutOfRange(_) => nombre(texte, place),
        ErrorKind::UnquotedString => sans_guillemets(texte, place),
        ErrorKind::Wanted { expected, found } => ecart(
            &format!("Il y a {} à cet endroit.", piece(found)),
            piece(expected),
        ),
        ErrorKind::DuplicateTable { name, first } => deja(texte, place, name, first.start),
        ErrorKind::DuplicateKey { key, first } => deja(texte, place, key, first.start),
        ErrorKind::RedefineAsArray | ErrorKind::DottedKeyInvalidType { .. } => ecart(
            "Cette table est déjà écrite sous une autre forme.",
            "une seule forme par table, [a] ou [[a]]",
        ),
        ErrorKind::MultilineStringKey => ecart("Une clé tient sur une ligne.", "un mot"),
        _ => ecart(
            "Ce passage n'est pas du TOML.",
            "une ligne « clé = valeur »",
        ),
    }
}

fn invisible(place: usize, signe: char) -> Ecart {
    let message = format!("Signe invisible U+{:04X}.", u32::from(signe));
    Ecart::new(place, message).attendu("un texte sans signe de contrôle")
}

fn nombre(texte: &str, place: usize) -> Ecart {
    if ressemble_a_une_date(&texte[place..]) {
        let message = "Une date s'écrit entre guillemets.";
        return Ecart::new(place, message).attendu("\"2024-05-29 12:00\"");
    }
    Ecart::new(place, "Ce nombre n'est pas lisible.")
        .attendu("un nombre entier, par exemple 100_000")
}

fn ressemble_a_une_date(texte: &str) -> bool {
    let debut = texte.as_bytes().get(..5);
    debut.is_some_and(|d| d[..4].iter().all(u8::is_ascii_digit) && d[4] == b'-')
}

fn sans_guillemets(texte: &str, place: usize) -> Ecart {
    let fin = texte[place..].find(|c: char| !c.is_alphanumeric());
    let mot = fin.map_or(&texte[place..], |fin| &texte[place..place + fin]);
    match mot.to_lowercase().as_str() {
        "oui" | "vrai" | "yes" => Ecart::new(place, "Oui s'écrit autrement.").attendu("true"),
        "non" | "faux" | "no" => Ecart::new(place, "Non s'écrit autrement.").attendu("false"),
        _ => Ecart::new(place, "Un texte s'écrit entre guillemets.").attendu(format!("\"{mot}…\"")),
    }
}

fn deja(texte: &str, place: usize, nom: &str, premier: usize) -> Ecart {
    let ligne = 1 + texte[..premier.min(texte.len())].matches('\n').count();
    let message = format!("« {nom} » est déjà écrit, ligne {ligne}.");
    Ecart::new(place, message).attendu("une seule fois chaque clé")
}

/// The pieces of TOML, as its reader calls them.
fn piece(anglais: &str) -> &'static str {
    match anglais {
        "newline" | "a newline" => "une fin de ligne",
        "an equals" => "un signe égal",
        "a table key" => "une clé",
        "a period" => "un point",
        "a comma" => "une virgule",
        "a colon" => "un deux-points",
        "a left brace" => "une accolade ouvrante",
        "a right brace" => "une accolade fermante",
        "a left bracket" => "un crochet ouvrant",
        "a right bracket" => "un crochet fermant",
        "a plus" => "un signe plus",
        "eof" => "la fin du document",
        "a string" | "a multiline string" => "un texte",
        "a comment" => "un commentaire",
        "whitespace" => "un espace",
        "an identifier" => "un mot",
        _ => "autre chose",
    }
}
