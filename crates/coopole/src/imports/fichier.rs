//! What the bytes of a list are: recognised by their content, never by the name
//! of the file. Rows are handed over one after the other; nothing is judged
//! here.

use axum::body::Bytes;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use metier::poles::import::CELLULE_AU_PLUS;

use super::classeur;

/// The most a list may weigh.
pub const POIDS_AU_PLUS: u64 = 40_000_000;

/// More rows than that is no register.
pub const RANGEES_AU_PLUS: i64 = 200_000;
pub const TROP_DE_RANGEES: &str = "Ce fichier a plus de 200 000 lignes : partagez-le en plusieurs.";

/// More columns than that is no list.
pub const COLONNES_AU_PLUS: usize = 1_000;
pub const TROP_DE_COLONNES: &str =
    "Ce fichier a plus de 1 000 colonnes : gardez celles que le registre comprend.";

/// Beyond this weight, in octets, a cell holds more signs than it may.
pub const POIDS_D_UNE_CELLULE: usize = 4 * (CELLULE_AU_PLUS + 1);

/// A row said twice, or before another it follows: nobody can tell which is
/// right.
pub const EN_DESORDRE: &str = "Dans ce fichier, des lignes ou des cellules ne se suivent pas : ouvrez-le dans un tableur, et enregistrez-le de nouveau.";

/// A row of the list.
pub struct Rangee {
    /// Its number in the file, as an editor or a spreadsheet shows it.
    pub ligne: i64,
    pub cellules: Vec<String>,
    /// How far in the file, out of a hundred.
    pub avancement: i64,
}

/// Whoever takes the rows; a refusal stops the reading.
pub type Prendre<'p> = dyn FnMut(Rangee) -> Result<(), String> + 'p;

/// Says what the bytes are and reads them to their end; gives their format in
/// words, « CSV, point-virgule, UTF-8 », or why not, in a sentence.
pub fn lire(octets: Bytes, prendre: &mut Prendre<'_>) -> Result<String, String> {
    let commence = |debut: &[u8]| octets.starts_with(debut);
    if commence(b"PK\x03\x04") {
        return classeur::lire(octets, prendre);
    }
    if commence(b"\xd0\xcf\x11\xe0") {
        return Err(
            "Ce fichier est un classeur d’avant 2007 : enregistrez-le en .xlsx, .ods ou .csv."
                .to_owned(),
        );
    }
    if commence(b"%PDF") || commence(b"{\\rtf") || infer::is_image(&octets) {
        return Err(
            "Ce fichier n’est pas un tableau : apportez un CSV, un XLSX ou un ODS.".to_owned(),
        );
    }
    csv(&octets, prendre)
}

fn csv(octets: &Bytes, prendre: &mut Prendre<'_>) -> Result<String, String> {
    let (octets, codage) = decoder(octets)?;
    let (separateur, nom) = separateur(&octets);
    let poids = octets.len().max(1) as u64;
    let mut lecteur = csv::ReaderBuilder::new()
        .delimiter(separateur)
        .has_headers(false)
        .flexible(true)
        .from_reader(&*octets);
    let mut lue = csv::StringRecord::new();
    let mut ligne = 0;
    let illisible = |_| "Ce fichier n’est pas un CSV lisible.".to_owned();
    while lecteur.read_record(&mut lue).map_err(illisible)? {
        let place = lue.position().map_or(0, csv::Position::byte);
        ligne += 1 + lignes_vides(&octets, usize::try_from(place).unwrap_or(usize::MAX));
        let mut au_dela = lue.iter().skip(COLONNES_AU_PLUS);
        if au_dela.any(|cellule| !cellule.trim().is_empty()) {
            return Err(TROP_DE_COLONNES.to_owned());
        }
        let cellules = lue.iter().take(COLONNES_AU_PLUS);
        prendre(Rangee {
            ligne,
            avancement: i64::try_from(place * 100 / poids).unwrap_or(0),
            cellules: cellules.map(str::to_owned).collect(),
        })?;
    }
    Ok(format!("CSV, {nom}, {codage}"))
}

/// How many blank rows stand before the record read from there. A cell of
/// several lines is one row, as spreadsheets number them.
fn lignes_vides(octets: &[u8], depuis: usize) -> i64 {
    let mut reste = octets.get(depuis..).unwrap_or_default();
    // The second half of the end of the row before.
    if depuis > 0 && octets.get(depuis - 1) == Some(&b'\r') && reste.first() == Some(&b'\n') {
        reste = &reste[1..];
    }
    let mut vides = 0;
    loop {
        let signes = match reste {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => return vides,
        };
        reste = &reste[signes..];
        vides += 1;
    }
}

/// The text in UTF-8, and the name of the encoding it came in. UTF-8 is told by
/// its mark, or by holding nothing else, and is not copied; the rest is what
/// French spreadsheets write.
fn decoder(octets: &Bytes) -> Result<(Bytes, &'static str), String> {
    let (codage, nu) = match Encoding::for_bom(octets) {
        Some((codage, marque)) => (Some(codage), octets.slice(marque..)),
        None => (None, octets.clone()),
    };
    let (texte, nom) = match codage {
        Some(c) if c == UTF_16LE || c == UTF_16BE => (decode(c, &nu), "UTF-16"),
        _ if std::str::from_utf8(&nu).is_ok() => (nu, "UTF-8"),
        Some(codage) => (decode(codage, &nu), "UTF-8"),
        None => (decode(WINDOWS_1252, &nu), "Windows-1252"),
    };
    // « é » twice encoded: a file made of two others.
    if nom == "Windows-1252" && contient(&texte, "Ã©".as_bytes()) {
        return Err(
            "Ce fichier mêle deux encodages : enregistrez-le en UTF-8 et relisez ses accents."
                .to_owned(),
        );
    }
    match texte.contains(&0) {
        true => {
            Err("Ce fichier n’est pas un tableau : apportez un CSV, un XLSX ou un ODS.".to_owned())
        }
        false => Ok((texte, nom)),
    }
}

fn decode(codage: &'static Encoding, octets: &[u8]) -> Bytes {
    let (texte, _) = codage.decode_without_bom_handling(octets);
    Bytes::from(texte.into_owned())
}

fn contient(texte: &[u8], signe: &[u8]) -> bool {
    texte.windows(signe.len()).any(|la| la == signe)
}

/// The sign most seen in the titles, outside of quotes.
fn separateur(texte: &[u8]) -> (u8, &'static str) {
    const CONNUS: [(u8, &str); 3] = [
        (b';', "point-virgule"),
        (b',', "virgule"),
        (b'\t', "tabulation"),
    ];
    let mut vus = [0usize; 3];
    let mut cite = false;
    let debut = texte.iter().position(|octet| !b"\r\n".contains(octet));
    for octet in texte[debut.unwrap_or(texte.len())..].iter().copied() {
        match octet {
            b'"' => cite = !cite,
            b'\n' | b'\r' if !cite => break,
            octet if !cite => {
                if let Some(place) = CONNUS.iter().position(|(signe, _)| *signe == octet) {
                    vus[place] += 1;
                }
            }
            _ => {}
        }
    }
    // On a tie the first of the list: the semicolon.
    let mut choisi = 0;
    for place in 1..CONNUS.len() {
        if vus[place] > vus[choisi] {
            choisi = place;
        }
    }
    CONNUS[choisi]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lues(octets: &'static [u8]) -> (String, Vec<(i64, Vec<String>)>) {
        let mut rangees = Vec::new();
        let format = lire(Bytes::from_static(octets), &mut |rangee| {
            rangees.push((rangee.ligne, rangee.cellules));
            Ok(())
        });
        (format.expect("a list"), rangees)
    }

    #[test]
    fn un_csv_se_lit_sous_ses_trois_separateurs_et_ses_encodages() {
        let attendues = vec![
            (1, vec!["nom".to_owned(), "ville".to_owned()]),
            (2, vec!["Pôle d’été".to_owned(), "Ars; sur".to_owned()]),
        ];
        let cas: [(&[u8], &str); 5] = [
            ("nom;ville\r\nPôle d’été;\"Ars; sur\"\r\n".as_bytes(), "CSV, point-virgule, UTF-8"),
            ("\u{feff}nom,ville\nPôle d’été,Ars; sur\n".as_bytes(), "CSV, virgule, UTF-8"),
            ("nom\tville\nPôle d’été\tArs; sur".as_bytes(), "CSV, tabulation, UTF-8"),
            (b"nom;ville\r\nP\xf4le d\x92\xe9t\xe9;\"Ars; sur\"\r\n", "CSV, point-virgule, Windows-1252"),
            (b"\xff\xfen\0o\0m\0;\0v\0i\0l\0l\0e\0\n\0P\0\xf4\0l\0e\0 \0d\0\x19\x20\xe9\0t\0\xe9\0;\0\"\0A\0r\0s\0;\0 \0s\0u\0r\0\"\0", "CSV, point-virgule, UTF-16"),
        ];
        for (octets, format) in cas {
            assert_eq!(
                lues(octets),
                (format.to_owned(), attendues.clone()),
                "{format}"
            );
        }
    }

    #[test]
    fn une_ligne_garde_le_numero_qu_un_tableur_lui_donne() {
        let (_, rangees) = lues("nom;texte\na;\"deux\nlignes\"\n\nb;c\n".as_bytes());
        let lignes: Vec<i64> = rangees.iter().map(|(ligne, _)| *ligne).collect();
        assert_eq!(
            lignes,
            [1, 2, 4],
            "une cellule de deux lignes est d’une seule rangée"
        );
        let (_, rangees) = lues(b"\r\nnom\r\n\r\n\r\na\r\nb");
        let lignes: Vec<i64> = rangees.iter().map(|(ligne, _)| *ligne).collect();
        assert_eq!(lignes, [2, 5, 6]);
    }

    #[test]
    fn ce_qui_n_est_pas_une_liste_le_dit() {
        let cas: [(&'static [u8], &str); 5] = [
            (b"%PDF-1.7", "n’est pas un tableau"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "d’avant 2007"),
            (b"nom;ville\n\x00\x01", "n’est pas un tableau"),
            (b"\x89PNG\r\n\x1a\n", "n’est pas un tableau"),
            (b"nom\nCaf\xc3\xa9\nP\xf4le", "deux encodages"),
        ];
        for (octets, attendu) in cas {
            let refus = lire(Bytes::from_static(octets), &mut |_| Ok(()));
            let refus = refus.expect_err("refused");
            assert!(refus.contains(attendu), "{refus}");
        }
    }
}
