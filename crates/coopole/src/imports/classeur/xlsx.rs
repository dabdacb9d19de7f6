//! The first sheet of an XLSX. Its texts, which cells designate by their rank,
//! are the one thing that is held whole, and bounded.

use quick_xml::events::{BytesStart, Event};

use super::{
    ABIME, DEMESURE, ERREUR, SANS_FEUILLE,
    archive::Archive,
    feuille::Feuille,
    nombre, oui_non,
    xml::{Xml, ajouter, attribut},
};
use crate::imports::fichier::{EN_DESORDRE, Prendre};

/// The part by which an XLSX is recognised.
pub const CLASSEUR: &str = "xl/workbook.xml";
const RELATIONS: &str = "xl/_rels/workbook.xml.rels";
const TEXTES: &str = "xl/sharedStrings.xml";

/// How many sheets are looked at, to find the first that holds cells.
const FEUILLES_AU_PLUS: usize = 1_000;

/// The most the shared texts may hold, and how many they may be.
const TEXTES_AU_PLUS: usize = 100_000_000;
const NOMBRE_DE_TEXTES: usize = 5_000_000;

pub fn lire(archive: &Archive, prendre: &mut Prendre<'_>) -> Result<String, String> {
    let (nom, chemin) = premiere(archive)?;
    let textes = Textes::lire(archive)?;
    let mut xml = Xml::ouvrir(archive, &chemin).ok_or(ABIME)?;
    let mut feuille = Feuille::nouvelle(prendre);
    let mut ligne = 0;
    loop {
        match xml.suivant()? {
            Event::Start(balise) if balise.local_name().as_ref() == "row" => {
                ligne = match attribut(&balise, "r")? {
                    Some(dite) => dite.parse::<u32>().map_err(|_| ABIME)?.into(),
                    None => ligne + 1,
                };
                rangee(&mut xml, ligne, &textes, &mut feuille)?;
                let avancement = xml.avancement();
                feuille.rendre(ligne, 1, avancement)?;
            }
            Event::End(balise) if balise.local_name().as_ref() == "sheetData" => break,
            Event::Eof => return Err(ABIME.to_owned()),
            _ => {}
        }
    }
    Ok(format!("XLSX, feuille « {nom} »"))
}

/// The cells of a row, to its end.
fn rangee(
    xml: &mut Xml<'_>,
    ligne: i64,
    textes: &Textes,
    feuille: &mut Feuille<'_, '_>,
) -> Result<(), String> {
    let mut suivante = 0;
    loop {
        match xml.suivant()? {
            Event::Start(balise) if balise.local_name().as_ref() == "c" => {
                let colonne = match attribut(&balise, "r")? {
                    Some(place) => colonne(&place, ligne)?,
                    None => suivante,
                };
                if colonne < suivante {
                    return Err(EN_DESORDRE.to_owned());
                }
                suivante = colonne + 1;
                let genre = Genre::de(&balise)?;
                let texte = cellule(xml, genre, textes)?;
                feuille.mettre(colonne, texte)?;
            }
            Event::End(balise) if balise.local_name().as_ref() == "row" => return Ok(()),
            Event::Eof => return Err(ABIME.to_owned()),
            _ => {}
        }
    }
}

/// « BC12 » is a place of the twelfth row, and of no other.
fn colonne(place: &str, ligne: i64) -> Result<usize, String> {
    let chiffres = place.find(|signe: char| signe.is_ascii_digit());
    let (lettres, chiffres) = place.split_at(chiffres.ok_or(ABIME)?);
    if chiffres.parse() != Ok(ligne) {
        return Err(EN_DESORDRE.to_owned());
    }
    if lettres.is_empty() || lettres.len() > 3 {
        return Err(ABIME.to_owned());
    }
    let mut rang = 0;
    for lettre in lettres.bytes().map(|octet| octet.to_ascii_uppercase()) {
        if !lettre.is_ascii_uppercase() {
            return Err(ABIME.to_owned());
        }
        rang = rang * 26 + usize::from(lettre - b'A') + 1;
    }
    Ok(rang - 1)
}

/// What the value of a cell is.
#[derive(Clone, Copy)]
enum Genre {
    Nombre,
    /// The rank of a shared text.
    Partage,
    Texte,
    Logique,
    Erreur,
}

impl Genre {
    fn de(balise: &BytesStart<'_>) -> Result<Self, String> {
        Ok(match attribut(balise, "t")?.as_deref() {
            None | Some("n") => Self::Nombre,
            Some("s") => Self::Partage,
            Some("b") => Self::Logique,
            Some("e") => Self::Erreur,
            Some(_) => Self::Texte,
        })
    }
}

/// What a cell shows, to its end.
fn cellule(xml: &mut Xml<'_>, genre: Genre, textes: &Textes) -> Result<String, String> {
    let mut lu = String::new();
    let mut dans = false;
    loop {
        let signe = xml.suivant()?;
        match &signe {
            Event::Start(balise) => match balise.local_name().as_ref() {
                "v" => dans = true,
                "is" => {
                    texte_riche(xml, "is", &mut lu)?;
                    return a_la_fin(xml, decoder(&lu));
                }
                _ => {}
            },
            Event::End(balise) => match balise.local_name().as_ref() {
                "v" => dans = false,
                "c" => break,
                _ => {}
            },
            Event::Eof => return Err(ABIME.to_owned()),
            _ if dans => ajouter(&signe, &mut lu)?,
            _ => {}
        }
    }
    if lu.is_empty() {
        return Ok(lu);
    }
    Ok(match genre {
        Genre::Nombre => nombre(&lu),
        Genre::Partage => {
            let rang = lu.trim().parse().ok();
            let texte = rang.and_then(|rang| textes.texte(rang));
            texte.ok_or(ABIME)?.to_owned()
        }
        Genre::Texte => decoder(&lu),
        Genre::Logique => oui_non(lu.trim() == "1").to_owned(),
        Genre::Erreur => ERREUR.to_owned(),
    })
}

fn a_la_fin(xml: &mut Xml<'_>, texte: String) -> Result<String, String> {
    loop {
        match xml.suivant()? {
            Event::End(balise) if balise.local_name().as_ref() == "c" => return Ok(texte),
            Event::Eof => return Err(ABIME.to_owned()),
            _ => {}
        }
    }
}

/// A text made of several, each with its shape; how it is pronounced is left
/// aside. Read to the end of what holds it.
fn texte_riche(xml: &mut Xml<'_>, de: &str, lu: &mut String) -> Result<(), String> {
    let (mut dans, mut prononce) = (false, false);
    loop {
        let signe = xml.suivant()?;
        match &signe {
            Event::Start(balise) => match balise.local_name().as_ref() {
                "t" => dans = true,
                "rPh" => prononce = true,
                _ => {}
            },
            Event::End(balise) => match balise.local_name().as_ref() {
                "t" => dans = false,
                "rPh" => prononce = false,
                nom if nom == de => return Ok(()),
                _ => {}
            },
            Event::Eof => return Err(ABIME.to_owned()),
            _ if dans && !prononce => ajouter(&signe, lu)?,
            _ => {}
        }
    }
}

/// « _x000D_ » is how a spreadsheet writes the signs that XML cannot hold.
fn decoder(texte: &str) -> String {
    let mut decode = String::with_capacity(texte.len());
    let mut reste = texte;
    while let Some(place) = reste.find("_x") {
        let (avant, suite) = reste.split_at(place);
        decode.push_str(avant);
        let code = suite.get(2..6).filter(|_| suite.get(6..7) == Some("_"));
        let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        match code.and_then(char::from_u32) {
            Some(signe) => {
                decode.push(signe);
                reste = &suite[7..];
            }
            None => {
                decode.push_str("_x");
                reste = &suite[2..];
            }
        }
    }
    decode.push_str(reste);
    decode
}

/// The name of the first sheet that holds cells, and its part.
fn premiere(archive: &Archive) -> Result<(String, String), String> {
    let mut feuilles: Vec<(String, String)> = Vec::new();
    let mut xml = Xml::ouvrir(archive, CLASSEUR).ok_or(ABIME)?;
    loop {
        match xml.suivant()? {
            Event::Start(balise) if balise.local_name().as_ref() == "sheet" => {
                let nom = attribut(&balise, "name")?.unwrap_or_default();
                feuilles.push((relation(&balise)?.unwrap_or_default(), nom));
            }
            Event::Eof => break,
            _ => {}
        }
        if feuilles.len() > FEUILLES_AU_PLUS {
            return Err(DEMESURE.to_owned());
        }
    }
    let mut trouvee: Option<(usize, String)> = None;
    let mut xml = Xml::ouvrir(archive, RELATIONS).ok_or(ABIME)?;
    loop {
        match xml.suivant()? {
            Event::Start(balise) if balise.local_name().as_ref() == "Relationship" => {
                let genre = attribut(&balise, "Type")?.unwrap_or_default();
                let id = attribut(&balise, "Id")?.unwrap_or_default();
                let rang = feuilles.iter().position(|(relation, _)| *relation == id);
                let rang = rang.filter(|_| genre.ends_with("/worksheet"));
                let avant = |rang: &usize| trouvee.as_ref().is_none_or(|(la, _)| rang < la);
                if let Some(rang) = rang.filter(avant) {
                    let cible = attribut(&balise, "Target")?.unwrap_or_default();
                    trouvee = Some((rang, cible));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let (rang, cible) = trouvee.ok_or(SANS_FEUILLE)?;
    let chemin = match cible.strip_prefix('/') {
        Some(entier) => entier.to_owned(),
        None => format!("xl/{cible}"),
    };
    Ok((feuilles.swap_remove(rang).1, chemin))
}

/// « r:id », whatever the prefix.
fn relation(balise: &BytesStart<'_>) -> Result<Option<String>, String> {
    for attribut in balise.attributes().with_checks(false) {
        let attribut = attribut.map_err(|_| ABIME)?;
        if attribut.key.prefix().is_some() && attribut.key.local_name().as_ref() == "id" {
            return Ok(Some(attribut.value.into_owned()));
        }
    }
    Ok(None)
}

/// The texts that cells designate by their rank, one after the other.
#[derive(Default)]
struct Textes {
    tous: String,
    /// Where each of them ends.
    fins: Vec<u32>,
}

impl Textes {
    fn lire(archive: &Archive) -> Result<Self, String> {
        let mut textes = Self::default();
        // A workbook of numbers has none.
        let Some(mut xml) = Xml::ouvrir(archive, TEXTES) else {
            return Ok(textes);
        };
        let mut lu = String::new();
        loop {
            match xml.suivant()? {
                Event::Start(balise) if balise.local_name().as_ref() == "si" => {}
                Event::Eof => return Ok(textes),
                _ => continue,
            }
            lu.clear();
            texte_riche(&mut xml, "si", &mut lu)?;
            textes.tous.push_str(&decoder(&lu));
            let fin = u32::try_from(textes.tous.len()).map_err(|_| DEMESURE)?;
            textes.fins.push(fin);
            if textes.tous.len() > TEXTES_AU_PLUS || textes.fins.len() > NOMBRE_DE_TEXTES {
                return Err(DEMESURE.to_owned());
            }
        }
    }

    fn texte(&self, rang: usize) -> Option<&str> {
        let fin = *self.fins.get(rang)? as usize;
        let debut = rang.checked_sub(1).map_or(0, |avant| self.fins[avant]);
        self.tous.get(debut as usize..fin)
    }
}
