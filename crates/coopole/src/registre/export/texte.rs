//! The list as text: for programs (CSV, JSON) and for spreadsheets (CSV).

use std::mem;

use metier::commun::temps;
use serde_json::{Map, Value, json as objet};

use super::{
    CHANGEMENTS, Chapitre, DEFINITION, Ecriture, Edition, Entiere, LICENCE, MEMBRES, POLES, SIGNES,
    table::{Cellule, DU_POLE, Table},
};
use crate::socle::{erreurs::Panne, tableur};

/// A table has no place of its own for what the list is: each row bears it.
const TITRES_DE_LA_LISTE: [&str; 3] = ["definition", "licence", "date"];

/// The titles of a file: those of its table, the pole before them in a chapter.
fn titres(table: &Table, de_chapitre: bool) -> Vec<String> {
    let du_pole = DU_POLE.iter().filter(|_| de_chapitre);
    let siens = du_pole.chain(table.colonnes).map(|(titre, _)| *titre);
    siens.chain(TITRES_DE_LA_LISTE).map(str::to_owned).collect()
}

/// The rows of a lot, as words.
fn rangees(
    table: &Table,
    de_chapitre: bool,
    (lot, edition): (&[Entiere], &Edition<'_>),
    mut ecrire: impl FnMut(Vec<String>),
    jour: &str,
) {
    for pole in lot {
        let du_pole = [pole.fiche.id.to_string(), pole.fiche.nom.clone()];
        for rangee in (table.rangees)(pole, edition) {
            let debut = du_pole.iter().filter(|_| de_chapitre).cloned();
            let suite = [DEFINITION, LICENCE, jour].map(str::to_owned);
            ecrire(
                debut
                    .chain(rangee.iter().map(Cellule::en_mots))
                    .chain(suite)
                    .collect(),
            );
        }
    }
}

/// For programs: RFC 4180, UTF-8, the day as ISO 8601 writes it, and texts as
/// they are.
pub struct Csv<'a> {
    edition: Edition<'a>,
    table: &'static Table,
    de_chapitre: bool,
    texte: String,
}

impl<'a> Csv<'a> {
    /// One row a pole.
    pub fn des_poles(edition: Edition<'a>) -> Self {
        Self::de(edition, &POLES, false)
    }

    /// The rows of a chapter.
    pub fn du_chapitre(edition: Edition<'a>, chapitre: &'static Chapitre) -> Self {
        Self::de(edition, &chapitre.table, true)
    }

    fn de(edition: Edition<'a>, table: &'static Table, de_chapitre: bool) -> Self {
        let mut texte = String::new();
        citer(&mut texte, titres(table, de_chapitre));
        Self {
            edition,
            table,
            de_chapitre,
            texte,
        }
    }
}

fn citer(texte: &mut String, cellules: Vec<String>) {
    let cite = |cellule: String| match cellule.contains([',', '"', '\r', '\n']) {
        true => format!("\"{}\"", cellule.replace('"', "\"\"")),
        false => cellule,
    };
    let cellules: Vec<String> = cellules.into_iter().map(cite).collect();
    texte.push_str(&cellules.join(","));
    texte.push_str("\r\n");
}

impl Ecriture for Csv<'_> {
    fn ajouter(&mut self, lot: &[Entiere]) -> Result<(), Panne> {
        let jour = temps::jour_de(self.edition.le).to_string();
        let lu = (lot, &self.edition);
        let texte = &mut self.texte;
        let ecrire = |rangee| citer(texte, rangee);
        rangees(self.table, self.de_chapitre, lu, ecrire, &jour);
        Ok(())
    }

    fn prendre(&mut self) -> Vec<u8> {
        mem::take(&mut self.texte).into_bytes()
    }

    fn finir(self: Box<Self>) -> Result<Vec<u8>, Panne> {
        Ok(self.texte.into_bytes())
    }
}

/// For spreadsheets: the day as a reader writes it; `socle::tableur` does the
/// rest (semicolons, its mark, no formula).
pub struct Tableur<'a> {
    edition: Edition<'a>,
    texte: String,
}

impl<'a> Tableur<'a> {
    pub fn nouveau(edition: Edition<'a>) -> Self {
        let mut texte = String::from(tableur::MARQUE);
        tableur::ajouter(&mut texte, &titres(&POLES, false));
        Self { edition, texte }
    }
}

impl Ecriture for Tableur<'_> {
    fn ajouter(&mut self, lot: &[Entiere]) -> Result<(), Panne> {
        let jour = temps::jour_court(self.edition.le);
        let texte = &mut self.texte;
        let ecrire = |rangee: Vec<String>| tableur::ajouter(texte, &rangee);
        rangees(&POLES, false, (lot, &self.edition), ecrire, &jour);
        Ok(())
    }

    fn prendre(&mut self) -> Vec<u8> {
        mem::take(&mut self.texte).into_bytes()
    }

    fn finir(self: Box<Self>) -> Result<Vec<u8>, Panne> {
        Ok(self.texte.into_bytes())
    }
}

/// The same as objects, each with its members, its signs and its changes.
pub struct Json<'a> {
    edition: Edition<'a>,
    poles: Elements,
}

impl<'a> Json<'a> {
    pub fn nouveau(edition: Edition<'a>) -> Self {
        let entete = objet!({
            "definition": DEFINITION,
            "licence": LICENCE,
            "date": edition.le.to_string(),
        });
        Self {
            edition,
            poles: Elements::nouveaux(&entete, "poles"),
        }
    }

    fn un_pole(&self, pole: &Entiere) -> Value {
        let mut objets = en_objets(&POLES, pole, &self.edition);
        let mut champs = objets.pop().unwrap_or_default();
        for chapitre in [&MEMBRES, &SIGNES, &CHANGEMENTS] {
            let siens = en_objets(&chapitre.table, pole, &self.edition);
            let siens = siens.into_iter().map(Value::Object).collect();
            champs.insert(chapitre.nom.to_owned(), siens);
        }
        Value::Object(champs)
    }
}

/// The rows of a pole as objects.
pub(super) fn en_objets(
    table: &Table,
    pole: &Entiere,
    edition: &Edition<'_>,
) -> Vec<Map<String, Value>> {
    let rangees = (table.rangees)(pole, edition).into_iter();
    let objet = |rangee: Vec<Cellule>| {
        let champs = table.colonnes.iter().zip(&rangee);
        champs
            .map(|((titre, _), cellule)| ((*titre).to_owned(), cellule.en_json()))
            .collect()
    };
    rangees.map(objet).collect()
}

impl Ecriture for Json<'_> {
    fn ajouter(&mut self, lot: &[Entiere]) -> Result<(), Panne> {
        for pole in lot {
            let objet = self.un_pole(pole);
            self.poles.ajouter(&objet);
        }
        Ok(())
    }

    fn prendre(&mut self) -> Vec<u8> {
        self.poles.prendre()
    }

    fn finir(self: Box<Self>) -> Result<Vec<u8>, Panne> {
        Ok(self.poles.finir())
    }
}

/// The object of a list, its elements under a name after all else.
pub(super) struct Elements {
    octets: Vec<u8>,
    /// There is one already.
    entames: bool,
}

impl Elements {
    pub(super) fn nouveaux(entete: &Value, nom: &str) -> Self {
        let mut octets = entete.to_string().into_bytes();
        octets.pop();
        octets.extend_from_slice(format!(",\"{nom}\":[").as_bytes());
        Self {
            octets,
            entames: false,
        }
    }

    pub(super) fn ajouter(&mut self, element: &Value) {
        if self.entames {
            self.octets.push(b',');
        }
        self.entames = true;
        self.octets
            .extend_from_slice(element.to_string().as_bytes());
    }

    pub(super) fn prendre(&mut self) -> Vec<u8> {
        mem::take(&mut self.octets)
    }

    pub(super) fn finir(mut self) -> Vec<u8> {
        self.octets.extend_from_slice(b"]}");
        self.octets
    }
}
