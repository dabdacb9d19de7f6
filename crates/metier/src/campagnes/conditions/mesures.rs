//! What is checked on the text of a condition before it is parsed.
//!
//! The parser is recursive and its messages are in English: length, nesting,
//! foreign signs and common slips are told here, each at its place, so that it
//! only ever sees a short and shallow text.

use crate::campagnes::faute::Ecart;

/// Longest condition, in characters.
pub(super) const LONGUEUR_MAX: usize = 2_000;
/// Deepest nesting; every operator that is not `&&` or `||` counts as a step.
pub(super) const PROFONDEUR_MAX: usize = 32;

/// The faults of the text, empty when it may be parsed.
pub(super) fn mesurer(texte: &str) -> Vec<Ecart> {
    // A character is four bytes at most: a huge text is not even counted.
    if texte.len() > 4 * LONGUEUR_MAX || texte.chars().count() > LONGUEUR_MAX {
        let message = "Cette expression est trop longue : une règle tient en 2 000 signes.";
        return vec![Ecart::new(0, message).attendu("plusieurs règles plus courtes")];
    }
    if texte.trim().is_empty() {
        return vec![Ecart::new(0, "L'expression est vide.").attendu("une condition")];
    }
    let mut mesure = Mesure {
        texte,
        place: 0,
        niveaux: vec![Niveau {
            ouvrante: ' ',
            place: 0,
            pas: 0,
        }],
        trop_profond: false,
        ecarts: Vec::new(),
    };
    mesure.parcourir();
    mesure.ecarts
}

struct Mesure<'t> {
    texte: &'t str,
    place: usize,
    niveaux: Vec<Niveau>,
    trop_profond: bool,
    ecarts: Vec<Ecart>,
}

/// One pair of brackets, and the operators met in it since the last `&&`,
/// `||` or comma.
struct Niveau {
    ouvrante: char,
    place: usize,
    pas: usize,
}

impl Mesure<'_> {
    fn parcourir(&mut self) {
        while let Some(signe) = self.reste().chars().next() {
            let debut = self.place;
            self.place += signe.len_utf8();
            match signe {
                ' ' | '\t' | '\n' | '\r' => {}
                '"' | '\'' => self.chaine(debut, signe),
                '/' if self.reste().starts_with('/') => self.jusqu_a_la_ligne(),
                '(' | '[' => self.ouvrir(debut, signe),
                ')' | ']' => self.fermer(debut, signe),
                ',' => self.reprendre(),
                '&' | '|' => self.logique(debut, signe),
                '=' | '!' | '<' | '>' => self.comparaison(debut, signe),
                '+' | '-' | '.' => self.avancer(debut),
                _ if signe.is_ascii_alphabetic() || signe == '_' => self.mot(debut),
                _ if signe.is_ascii_digit() => {}
                _ => self.etranger(debut, signe),
            }
        }
        for niveau in self.niveaux.drain(1..) {
            let message = format!("« {} » n'est pas refermé.", niveau.ouvrante);
            self.ecarts
                .push(Ecart::new(niveau.place, message).attendu(fermante(niveau.ouvrante)));
        }
    }

    fn reste(&self) -> &str {
        &self.texte[self.place..]
    }

    fn signaler(&mut self, place: usize, message: &str, attendu: &str) {
        self.ecarts
            .push(Ecart::new(place, message).attendu(attendu));
    }

    fn chaine(&mut self, debut: usize, guillemet: char) {
        let reste = self.reste();
        let Some(fin) = reste.find([guillemet, '\n']) else {
            self.place = self.texte.len();
            return self.signaler(debut, "Ce texte n'est pas refermé.", "un guillemet droit");
        };
        let contenu = &reste[..fin];
        let refermee = reste[fin..].starts_with(guillemet);
        let triple = contenu.is_empty() && reste[fin + 1..].starts_with(guillemet);
        let prefixe = self.texte[..debut].ends_with(|c: char| c.is_ascii_alphanumeric());
        let (barre, controle) = (contenu.contains('\\'), contenu.contains(char::is_control));
        self.place += fin + 1;
        if !refermee {
            self.signaler(debut, "Ce texte n'est pas refermé.", "un guillemet droit");
        } else if triple || prefixe || barre || controle {
            let message = "Un texte s'écrit sur une ligne, entre deux guillemets droits, sans barre oblique inversée.";
            self.signaler(debut, message, "\"hors_ess\"");
        }
    }

    fn jusqu_a_la_ligne(&mut self) {
        let reste = self.reste();
        self.place += reste.find('\n').unwrap_or(reste.len());
    }

    fn ouvrir(&mut self, place: usize, ouvrante: char) {
        self.niveaux.push(Niveau {
            ouvrante,
            place,
            pas: 0,
        });
        self.sonder(place);
    }

    fn fermer(&mut self, place: usize, signe: char) {
        let ouvrante = self.niveaux.last().map_or(' ', |niveau| niveau.ouvrante);
        if self.niveaux.len() > 1 && signe.to_string() == fermante(ouvrante) {
            self.niveaux.pop();
        } else {
            let message = format!("« {signe} » ne referme rien.");
            self.ecarts.push(Ecart::new(place, message));
        }
    }

    fn reprendre(&mut self) {
        if let Some(niveau) = self.niveaux.last_mut() {
            niveau.pas = 0;
        }
    }

    fn avancer(&mut self, place: usize) {
        if let Some(niveau) = self.niveaux.last_mut() {
            niveau.pas += 1;
        }
        self.sonder(place);
    }

    fn sonder(&mut self, place: usize) {
        let pas: usize = self.niveaux.iter().map(|niveau| niveau.pas).sum();
        if !self.trop_profond && self.niveaux.len() - 1 + pas > PROFONDEUR_MAX {
            self.trop_profond = true;
            let message = "Cette expression est trop imbriquée.";
            self.signaler(place, message, "32 niveaux au plus");
        }
    }

    fn logique(&mut self, debut: usize, signe: char) {
        if self.reste().starts_with(signe) {
            self.place += 1;
            self.reprendre();
        } else {
            let message = format!("« {signe} » est seul.");
            self.signaler(debut, &message, &format!("« {signe}{signe} »"));
        }
    }

    fn comparaison(&mut self, debut: usize, signe: char) {
        if self.reste().starts_with('=') {
            self.place += 1;
        } else if signe == '=' {
            self.signaler(debut, "L'égalité s'écrit avec deux signes.", "« == »");
        }
        self.avancer(debut);
    }

    fn mot(&mut self, debut: usize) {
        let reste = self.reste();
        let long = reste.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        self.place += long.unwrap_or(reste.len());
        let conseil = match &self.texte[debut..self.place] {
            "in" => return self.avancer(debut),
            "et" | "and" => "« && »",
            "ou" | "or" => "« || »",
            "non" | "not" => "« ! »",
            "vrai" | "oui" => "« true »",
            "faux" => "« false »",
            "null" => "rien : un fait inconnu reste inconnu",
            _ => return,
        };
        let message = format!("« {} » ne s'emploie pas.", &self.texte[debut..self.place]);
        self.signaler(debut, &message, conseil);
    }

    fn etranger(&mut self, place: usize, signe: char) {
        let (message, attendu) = match signe {
            '“' | '”' | '«' | '»' | '‘' | '’' => (
                format!("Le guillemet {signe} n'est pas lu dans une expression."),
                "un guillemet droit",
            ),
            '?' | ':' => (
                "Le choix « ? : » n'est pas admis.".to_owned(),
                "« && » et « || »",
            ),
            '*' | '/' | '%' => (
                format!("L'opération « {signe} » n'est pas admise."),
                "« + » ou « - »",
            ),
            '{' | '}' => (
                "Les accolades ne sont pas admises.".to_owned(),
                "une liste entre crochets",
            ),
            _ if signe.is_control() => (
                format!("Signe invisible U+{:04X}.", u32::from(signe)),
                "un texte sans signe de contrôle",
            ),
            _ => (
                format!("Le signe « {signe} » n'est pas lu dans une expression."),
                "les mots du vocabulaire, écrits sans accent",
            ),
        };
        self.signaler(place, &message, attendu);
    }
}

fn fermante(ouvrante: char) -> &'static str {
    match ouvrante {
        '(' => ")",
        '[' => "]",
        _ => "",
    }
}
