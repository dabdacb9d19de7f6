//! The first sheet of an ODS. A cell or a row may say that it is there many
//! times over: an empty one is passed, whatever it says; another is weighed each
//! time.

use quick_xml::events::{BytesStart, Event};

use super::{
    ABIME, ERREUR, SANS_FEUILLE,
    archive::Archive,
    feuille::Feuille,
    nombre, oui_non,
    xml::{Xml, ajouter, attribut, pousser},
};
use crate::imports::fichier::{POIDS_D_UNE_CELLULE, Prendre};

/// The part by which an ODS is recognised.
pub const CONTENU: &str = "content.xml";

pub fn lire(archive: &Archive, prendre: &mut Prendre<'_>) -> Result<String, String> {
    let mut xml = Xml::ouvrir(archive, CONTENU).ok_or(ABIME)?;
    let nom = loop {
        match xml.suivant()? {
            Event::Start(balise) if balise.name().as_ref() == "table:table" => {
                break attribut(&balise, "table:name")?.unwrap_or_default();
            }
            Event::Eof => return Err(SANS_FEUILLE.to_owned()),
            _ => {}
        }
    };
    let mut feuille = Feuille::nouvelle(prendre);
    let mut ligne = 1;
    loop {
        match xml.suivant()? {
            Event::Start(balise) if balise.name().as_ref() == "table:table-row" => {
                let fois = repetee(&balise, "table:number-rows-repeated")?;
                rangee(&mut xml, &mut feuille)?;
                let avancement = xml.avancement();
                feuille.rendre(ligne, fois, avancement)?;
                ligne += i64::from(fois);
            }
            Event::End(balise) if balise.name().as_ref() == "table:table" => break,
            Event::Eof => return Err(ABIME.to_owned()),
            _ => {}
        }
    }
    Ok(format!("ODS, feuille « {nom} »"))
}

fn repetee(balise: &BytesStart<'_>, attribut_dit: &str) -> Result<u32, String> {
    match attribut(balise, attribut_dit)? {
        Some(fois) => fois.parse().map_err(|_| ABIME.to_owned()),
        None => Ok(1),
    }
}

/// The cells of a row, to its end.
fn rangee(xml: &mut Xml<'_>, feuille: &mut Feuille<'_, '_>) -> Result<(), String> {
    let mut colonne = 0;
    loop {
        match xml.suivant()? {
            Event::Start(balise) => {
                // Under a merged cell, the spreadsheet shows nothing.
                let cachee = match balise.name().as_ref() {
                    "table:table-cell" => false,
                    "table:covered-table-cell" => true,
                    _ => continue,
                };
                let fois = repetee(&balise, "table:number-columns-repeated")?;
                let valeur = valeur(&balise)?;
                let texte = contenu(xml)?;
                let texte = valeur
                    .or(texte)
                    .filter(|dit| !cachee && !dit.trim().is_empty());
                if let Some(texte) = texte {
                    for rang in 0..fois as usize {
                        feuille.mettre(colonne + rang, texte.clone())?;
                    }
                }
                colonne += fois as usize;
            }
            Event::End(balise) if balise.name().as_ref() == "table:table-row" => return Ok(()),
            Event::Eof => return Err(ABIME.to_owned()),
            _ => {}
        }
    }
}

/// What a cell says by its attributes; a text is said by its paragraphs.
fn valeur(balise: &BytesStart<'_>) -> Result<Option<String>, String> {
    if attribut(balise, "calcext:value-type")?.as_deref() == Some("error") {
        return Ok(Some(ERREUR.to_owned()));
    }
    let genre = attribut(balise, "office:value-type")?;
    Ok(match genre.as_deref() {
        Some("float" | "percentage" | "currency") => {
            attribut(balise, "office:value")?.map(|valeur| nombre(&valeur))
        }
        Some("boolean") => {
            let valeur = attribut(balise, "office:boolean-value")?;
            valeur.map(|valeur| oui_non(valeur == "true").to_owned())
        }
        Some("date") => attribut(balise, "office:date-value")?,
        Some("time") => attribut(balise, "office:time-value")?,
        _ => None,
    })
}

/// The paragraphs of a cell, to its end; a note, a drawing, a table within say
/// nothing of it.
fn contenu(xml: &mut Xml<'_>) -> Result<Option<String>, String> {
    let mut lu = String::new();
    let (mut profondeur, mut tue, mut paragraphe): (u32, Option<u32>, Option<u32>) =
        (0, None, None);
    loop {
        let signe = xml.suivant()?;
        match &signe {
            Event::Start(balise) => {
                profondeur += 1;
                match balise.name().as_ref() {
                    _ if tue.is_some() => {}
                    "text:p" | "text:h" => {
                        if !lu.is_empty() {
                            pousser("\n", &mut lu);
                        }
                        paragraphe = Some(profondeur);
                    }
                    "text:s" => {
                        let fois = repetee(balise, "text:c")? as usize;
                        let place = POIDS_D_UNE_CELLULE.saturating_sub(lu.len());
                        pousser(&" ".repeat(fois.min(place)), &mut lu);
                    }
                    "text:tab" => pousser("\t", &mut lu),
                    "text:line-break" => pousser("\n", &mut lu),
                    "office:annotation" | "table:table" => tue = Some(profondeur),
                    nom if nom.starts_with("draw:") => tue = Some(profondeur),
                    _ => {}
                }
            }
            Event::End(_) => {
                if profondeur == 0 {
                    return Ok((!lu.is_empty()).then_some(lu));
                }
                tue = tue.filter(|depuis| *depuis != profondeur);
                paragraphe = paragraphe.filter(|depuis| *depuis != profondeur);
                profondeur -= 1;
            }
            Event::Eof => return Err(ABIME.to_owned()),
            _ if tue.is_none() && paragraphe.is_some() => ajouter(&signe, &mut lu)?,
            _ => {}
        }
    }
}
