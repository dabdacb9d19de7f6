//! Reading the tables of a document, one key after the other.
//!
//! A reader never stops at a fault: it notes it with its place and hands a
//! stand-in, which nobody will see since a faulty document is refused whole.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use jiff::civil::Date;
use toml_span::value::{Key, Table, Value, ValueInner};

use super::instants;
use super::releve::{Brut, Fautes, Lu};
use super::syntaxe::MIS_DE_COTE;
use crate::campagnes::voisin;
use crate::commun::{Montant, typographie};

/// One table of the document.
pub(crate) struct Section<'f, 't> {
    pub(crate) fautes: &'f Fautes,
    pub(crate) place: usize,
    nom: String,
    table: Table<'t>,
    demandees: Vec<&'static str>,
    /// A stand-in: what it lacks was told once, by its own absence.
    muette: bool,
}

impl<'f, 't> Section<'f, 't> {
    pub(crate) fn new(fautes: &'f Fautes, nom: &str, place: usize, table: Table<'t>) -> Self {
        Self {
            fautes,
            place,
            nom: nom.to_owned(),
            table,
            demandees: Vec::new(),
            muette: false,
        }
    }

    /// The stand-in for a table that is absent.
    fn vide(fautes: &'f Fautes, nom: &str, place: usize) -> Self {
        Self {
            muette: true,
            ..Self::new(fautes, nom, place, Table::new())
        }
    }

    fn prendre(&mut self, cle: &'static str) -> Option<(Key<'t>, Value<'t>)> {
        self.demandees.push(cle);
        self.table.remove_entry(cle)
    }

    fn exiger(&mut self, cle: &'static str, attendu: &str) -> Option<(Key<'t>, Value<'t>)> {
        self.attendre(cle, attendu);
        self.prendre(cle)
    }

    /// Says that this is missing, if it is; once for a table that is missing whole.
    pub(crate) fn attendre(&self, cle: &str, attendu: &str) {
        if !self.a(cle) && !self.muette {
            let message = format!("Il manque « {cle} » dans « {} ».", self.nom);
            self.fautes.signaler_absence(self.place, &message, attendu);
        }
    }

    fn refuser<T>(&self, place: usize, message: &str, attendu: &str) -> Option<T> {
        self.fautes.signaler(place, message, attendu);
        None
    }

    fn en_texte(&self, cle: &str, mut valeur: Value<'t>) -> Option<Lu<String>> {
        let place = valeur.span.start;
        match valeur.take() {
            ValueInner::String(texte) if texte.trim().is_empty() => {
                self.refuser(place, &format!("« {cle} » est vide."), "un texte")
            }
            ValueInner::String(texte) => Some(Lu {
                valeur: texte.trim().to_owned(),
                place,
            }),
            autre => {
                let message = format!("« {cle} » est {}.", genre(&autre));
                self.refuser(place, &message, "un texte entre guillemets")
            }
        }
    }

    /// Prose to be shown: French spaces are set here, once.
    pub(crate) fn texte(&mut self, cle: &'static str) -> String {
        self.exiger(cle, "un texte")
            .and_then(|(_, valeur)| self.en_texte(cle, valeur))
            .map_or_else(String::new, |lu| typographie(&lu.valeur))
    }

    pub(crate) fn texte_si(&mut self, cle: &'static str) -> Option<String> {
        let (_, valeur) = self.prendre(cle)?;
        Some(typographie(&self.en_texte(cle, valeur)?.valeur))
    }

    /// A code: letters, figures, hyphens and underscores, without accents.
    pub(crate) fn code(&mut self, cle: &'static str) -> Lu<String> {
        self.exiger(cle, "un code")
            .and_then(|(_, valeur)| self.en_code(cle, valeur))
            .unwrap_or_default()
    }

    pub(crate) fn code_si(&mut self, cle: &'static str) -> Option<Lu<String>> {
        let (_, valeur) = self.prendre(cle)?;
        self.en_code(cle, valeur)
    }

    pub(crate) fn codes(&mut self, cle: &'static str) -> Vec<Lu<String>> {
        let elements = self.liste(cle);
        let codes = elements.into_iter();
        codes
            .filter_map(|valeur| self.en_code(cle, valeur))
            .collect()
    }

    fn en_code(&self, cle: &str, valeur: Value<'t>) -> Option<Lu<String>> {
        let lu = self.en_texte(cle, valeur)?;
        let admis = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_' || c == '.';
        if lu.valeur.len() <= 60 && lu.valeur.chars().all(admis) {
            return Some(lu);
        }
        let message = format!("« {} » n'est pas un code.", lu.valeur.replace('\n', " "));
        self.refuser(
            lu.place,
            &message,
            "60 signes au plus : lettres sans accent, chiffres, tirets",
        )
    }

    /// Texts without a form of their own: formats of files, aliases.
    fn liste(&mut self, cle: &'static str) -> Vec<Value<'t>> {
        let Some((_, mut valeur)) = self.prendre(cle) else {
            return Vec::new();
        };
        let place = valeur.span.start;
        match valeur.take() {
            ValueInner::Array(elements) => elements,
            autre => {
                let message = format!("« {cle} » est {}.", genre(&autre));
                self.fautes
                    .signaler(place, &message, "une liste entre crochets");
                Vec::new()
            }
        }
    }

    pub(crate) fn textes(&mut self, cle: &'static str) -> Vec<String> {
        let elements = self.liste(cle).into_iter();
        elements
            .filter_map(|valeur| self.en_texte(cle, valeur))
            .map(|lu| typographie(&lu.valeur))
            .collect()
    }

    pub(crate) fn booleen(&mut self, cle: &'static str, defaut: bool) -> bool {
        let Some((_, mut valeur)) = self.prendre(cle) else {
            return defaut;
        };
        let place = valeur.span.start;
        match valeur.take() {
            ValueInner::Boolean(vrai) => vrai,
            autre => {
                let message = format!("« {cle} » est {}.", genre(&autre));
                self.fautes.signaler(place, &message, "true ou false");
                defaut
            }
        }
    }

    pub(crate) fn entier(&mut self, cle: &'static str, bornes: RangeInclusive<i64>) -> i64 {
        let debut = *bornes.start();
        self.exiger(cle, "un nombre entier")
            .and_then(|(_, valeur)| self.en_entier(cle, valeur, bornes))
            .unwrap_or(debut)
    }

    pub(crate) fn entier_si(
        &mut self,
        cle: &'static str,
        bornes: RangeInclusive<i64>,
    ) -> Option<i64> {
        let (_, valeur) = self.prendre(cle)?;
        self.en_entier(cle, valeur, bornes)
    }

    fn en_entier(
        &self,
        cle: &str,
        mut valeur: Value<'t>,
        bornes: RangeInclusive<i64>,
    ) -> Option<i64> {
        let place = valeur.span.start;
        let attendu = format!("un nombre entier, de {} à {}", bornes.start(), bornes.end());
        match valeur.take() {
            ValueInner::Integer(n) if bornes.contains(&n) => Some(n),
            ValueInner::Integer(n) => {
                self.refuser(place, &format!("« {cle} » vaut {n}."), &attendu)
            }
            autre => self.refuser(
                place,
                &format!("« {cle} » est {}.", genre(&autre)),
                &attendu,
            ),
        }
    }

    /// An amount, in whole euros.
    pub(crate) fn euros(&mut self, cle: &'static str) -> Lu<Montant> {
        let place = self.place_de(cle);
        Lu {
            valeur: Montant::euros(self.entier(cle, 0..=100_000_000_000)),
            place,
        }
    }

    /// Where a key stands, or the table when it is absent.
    pub(crate) fn place_de(&self, cle: &str) -> usize {
        self.table
            .get(cle)
            .map_or(self.place, |valeur| valeur.span.start)
    }

    pub(crate) fn a(&self, cle: &str) -> bool {
        self.table.contains_key(cle)
    }

    /// One word of a closed list.
    pub(crate) fn parmi<T: Copy>(&mut self, cle: &'static str, choix: &[(&str, T)]) -> T {
        let mots: Vec<&str> = choix.iter().map(|(mot, _)| *mot).collect();
        let attendu = voisin::attendu("", mots);
        self.exiger(cle, &attendu)
            .and_then(|(_, valeur)| self.en_choix(cle, valeur, choix))
            .unwrap_or(choix[0].1)
    }

    fn en_choix<T: Copy>(&self, cle: &str, valeur: Value<'t>, choix: &[(&str, T)]) -> Option<T> {
        let lu = self.en_texte(cle, valeur)?;
        match choix.iter().find(|(mot, _)| *mot == lu.valeur) {
            Some((_, valeur)) => Some(*valeur),
            None => {
                let mots: Vec<&str> = choix.iter().map(|(mot, _)| *mot).collect();
                let message = format!("« {} » n'est pas admis pour « {cle} ».", lu.valeur);
                self.refuser(lu.place, &message, &voisin::attendu(&lu.valeur, mots))
            }
        }
    }

    pub(crate) fn date(&mut self, cle: &'static str) -> Date {
        self.exiger(cle, "une date, par exemple \"2024-09-04\"")
            .and_then(|(_, valeur)| self.en_date(cle, valeur))
            .unwrap_or(Date::MIN)
    }

    fn en_date(&self, cle: &str, valeur: Value<'t>) -> Option<Date> {
        let lu = self.en_texte(cle, valeur)?;
        instants::date(&lu)
            .map_err(|ecart| self.fautes.ajouter(ecart))
            .ok()
    }

    /// A legal limit or an appointment: a local hour of Paris, never a bare date.
    pub(crate) fn instant(&mut self, cle: &'static str) -> Lu<Timestamp> {
        let place = self.place_de(cle);
        let valeur = self
            .exiger(
                cle,
                "un jour et une heure, par exemple \"2024-05-29 12:00\"",
            )
            .and_then(|(_, valeur)| self.en_instant(cle, valeur))
            .unwrap_or(Timestamp::MIN);
        Lu { valeur, place }
    }

    pub(crate) fn instant_si(&mut self, cle: &'static str) -> Option<Lu<Timestamp>> {
        let (_, valeur) = self.prendre(cle)?;
        let place = valeur.span.start;
        let valeur = self.en_instant(cle, valeur)?;
        Some(Lu { valeur, place })
    }

    fn en_instant(&self, cle: &str, valeur: Value<'t>) -> Option<Timestamp> {
        let lu = self.en_texte(cle, valeur)?;
        instants::instant(&lu)
            .map_err(|ecart| self.fautes.ajouter(ecart))
            .ok()
    }

    /// An expression, kept as written until the vocabulary is known.
    pub(crate) fn brut_si(&mut self, cle: &'static str, document: &str) -> Option<Brut> {
        let (_, mut valeur) = self.prendre(cle)?;
        let span = valeur.span;
        match valeur.take() {
            ValueInner::String(texte) => {
                let ecrit = document.get(span.start..span.end).unwrap_or_default();
                Some(Brut::new(texte.into_owned(), span.start, ecrit))
            }
            autre => {
                let message = format!("« {cle} » est {}.", genre(&autre));
                self.refuser(span.start, &message, "une expression entre apostrophes")
            }
        }
    }

    pub(crate) fn section(&mut self, cle: &'static str) -> Section<'f, 't> {
        match self.exiger(cle, &format!("une table [{cle}]")) {
            Some((clef, valeur)) => self.en_section(cle, clef.span.start, valeur),
            None => Section::vide(self.fautes, cle, self.place),
        }
    }

    pub(crate) fn section_si(&mut self, cle: &'static str) -> Option<Section<'f, 't>> {
        let (clef, valeur) = self.prendre(cle)?;
        Some(self.en_section(cle, clef.span.start, valeur))
    }

    fn en_section(&self, cle: &str, place: usize, mut valeur: Value<'t>) -> Section<'f, 't> {
        match valeur.take() {
            ValueInner::Table(table) => Section::new(self.fautes, cle, place, table),
            autre => {
                let message = format!("« {cle} » est {}.", genre(&autre));
                self.fautes
                    .signaler(place, &message, &format!("une table [{cle}]"));
                Section::vide(self.fautes, cle, place)
            }
        }
    }

    /// The tables of `[[cle]]`, none when the key is absent.
    pub(crate) fn sections(&mut self, cle: &'static str) -> Vec<Section<'f, 't>> {
        let mut sections = Vec::new();
        for mut valeur in self.liste(cle) {
            let place = valeur.span.start;
            match valeur.take() {
                ValueInner::Table(table) => {
                    sections.push(Section::new(self.fautes, cle, place, table));
                }
                autre => {
                    let message = format!("Un élément de « {cle} » est {}.", genre(&autre));
                    self.fautes
                        .signaler(place, &message, &format!("une table [[{cle}]]"));
                }
            }
        }
        sections
    }

    /// Every key that was not read, whatever it holds: a free table.
    pub(crate) fn reste(self) -> Vec<(Lu<String>, Value<'t>)> {
        self.table
            .into_iter()
            .map(|(cle, valeur)| {
                let lu = Lu {
                    valeur: cle.name.into_owned(),
                    place: cle.span.start,
                };
                (lu, valeur)
            })
            .collect()
    }

    /// Says which keys nobody asked for.
    pub(crate) fn clore(self) {
        let mis_de_cote =
            |cle: &Key<'_>| self.fautes.tronque() && cle.name.starts_with(MIS_DE_COTE);
        for cle in self.table.keys().filter(|cle| !mis_de_cote(cle)) {
            let message = format!("« {} » n'est pas une clé de « {} ».", cle.name, self.nom);
            let attendu = voisin::attendu(&cle.name, self.demandees.iter().copied());
            self.fautes.signaler(cle.span.start, &message, &attendu);
        }
    }
}

pub(crate) fn genre(valeur: &ValueInner<'_>) -> &'static str {
    match valeur {
        ValueInner::String(_) => "un texte",
        ValueInner::Integer(_) => "un nombre",
        ValueInner::Float(_) => "un nombre à virgule",
        ValueInner::Boolean(_) => "un oui ou non",
        ValueInner::Array(_) => "une liste",
        ValueInner::Table(_) => "une table",
    }
}
