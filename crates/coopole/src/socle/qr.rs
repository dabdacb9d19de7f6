//! An address as a QR code, which a telephone reads: drawn here, as one path,
//! so that a page and a paper show the very same one.

use qrcode::{Color, EcLevel, QrCode};

use super::erreurs::Panne;

/// The white that a reader needs around the code, in modules.
const MARGE: usize = 4;

/// The code of that address, as a drawing that stands alone.
pub fn dessiner(adresse: &str) -> Result<String, Panne> {
    let code = QrCode::with_error_correction_level(adresse, EcLevel::M)
        .map_err(|_| Panne::Programme("an address of ours is short enough for a code"))?;
    let cote = code.width() + 2 * MARGE;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {cote} {cote}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{cote}v{cote}H0z\"/><path fill=\"#000\" d=\"{}\"/></svg>",
        chemin(&code)
    ))
}

/// The dark modules, each run of them one rectangle.
fn chemin(code: &QrCode) -> String {
    let modules = code.to_colors();
    let mut chemin = String::new();
    for (y, rangee) in modules.chunks(code.width()).enumerate() {
        let mut x = 0;
        while x < rangee.len() {
            let suite = rangee[x..].iter().take_while(|m| **m == Color::Dark);
            let longueur = suite.count();
            if longueur > 0 {
                chemin.push_str(&format!(
                    "M{} {}h{longueur}v1h-{longueur}z",
                    x + MARGE,
                    y + MARGE
                ));
            }
            x += longueur.max(1);
        }
    }
    chemin
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modules of the drawing, without its margin: true is dark.
    fn modules(dessin: &str) -> Vec<Vec<bool>> {
        let (_, boite) = dessin.split_once("viewBox=\"0 0 ").unwrap();
        let cote: usize = boite.split(' ').next().unwrap().parse().unwrap();
        let mut grille = vec![vec![false; cote]; cote];
        let (_, chemin) = dessin.rsplit_once(" d=\"M").unwrap();
        for trait_ in chemin.split('"').next().unwrap().split('M') {
            let nombres: Vec<usize> = trait_
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|n| n.parse().ok())
                .collect();
            let [x, y, large, ..] = nombres[..] else {
                panic!("{trait_}")
            };
            grille[y][x..x + large].fill(true);
        }
        let dedans = MARGE..cote - MARGE;
        grille[dedans.clone()]
            .iter()
            .map(|rangee| rangee[dedans.clone()].to_vec())
            .collect()
    }

    /// Whether the module belongs to the drawing of the code itself: finders,
    /// format, timing, alignment (versions 1 to 6, which have one at most).
    fn de_service(cote: usize, y: usize, x: usize) -> bool {
        let coin = (y < 9 && x < 9) || (y < 9 && x >= cote - 8) || (y >= cote - 8 && x < 9);
        let repere = cote > 21 && [y, x].iter().all(|v| (cote - 9..cote - 4).contains(v));
        coin || repere || y == 6 || x == 6
    }

    /// What a reader does, without mending errors: format, mask, path, blocks,
    /// bytes (ISO/IEC 18004, level M).
    fn lire(grille: &[Vec<bool>]) -> String {
        let cote = grille.len();
        let mut format = 0;
        for i in [0, 1, 2, 3, 4, 5, 7, 8] {
            format = format << 1 | u32::from(grille[8][i]);
        }
        for i in [7, 5, 4, 3, 2, 1, 0] {
            format = format << 1 | u32::from(grille[i][8]);
        }
        format ^= 0b101_0100_0001_0010;
        assert_eq!(format >> 13, 0b00, "level M");
        let masque = |y: usize, x: usize| match (format >> 10) & 7 {
            0 => (y + x) % 2 == 0,
            1 => y % 2 == 0,
            2 => x % 3 == 0,
            3 => (y + x) % 3 == 0,
            4 => (y / 2 + x / 3) % 2 == 0,
            5 => (y * x) % 2 + (y * x) % 3 == 0,
            6 => ((y * x) % 2 + (y * x) % 3) % 2 == 0,
            _ => ((y + x) % 2 + (y * x) % 3) % 2 == 0,
        };
        let mut bits = Vec::new();
        let mut droite = cote as isize - 1;
        let mut montant = true;
        while droite > 0 {
            if droite == 6 {
                droite -= 1;
            }
            for pas in 0..cote {
                let y = if montant { cote - 1 - pas } else { pas };
                for x in [droite as usize, droite as usize - 1] {
                    if !de_service(cote, y, x) {
                        bits.push(grille[y][x] ^ masque(y, x));
                    }
                }
            }
            montant = !montant;
            droite -= 2;
        }
        let octet = |bits: &[bool]| bits.iter().fold(0u8, |o, b| o << 1 | u8::from(*b));
        let mots: Vec<u8> = bits.chunks_exact(8).map(octet).collect();
        let (blocs, donnees) = match (cote - 17) / 4 {
            1 => (1, 16),
            2 => (1, 28),
            3 => (1, 44),
            4 => (2, 32),
            5 => (2, 43),
            6 => (4, 27),
            autre => panic!("version {autre}"),
        };
        let mut lus = Vec::new();
        for bloc in 0..blocs {
            lus.extend((0..donnees).map(|rang| mots[rang * blocs + bloc]));
        }
        let bits = lus
            .iter()
            .flat_map(|o| (0..8).rev().map(move |rang| o >> rang & 1 == 1));
        segments(&mut bits.collect::<Vec<_>>().into_iter())
    }

    /// The segments of a code of version 9 at most: digits, signs, bytes.
    fn segments(bits: &mut impl Iterator<Item = bool>) -> String {
        const SIGNES: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
        let mut prendre = |combien: usize| {
            let pris = bits.take(combien);
            pris.fold(0usize, |nombre, bit| nombre << 1 | usize::from(bit))
        };
        let mut texte = Vec::new();
        loop {
            match prendre(4) {
                0b0001 => {
                    let mut reste = prendre(10);
                    while reste > 0 {
                        let (chiffres, bits) = [(1, 4), (2, 7), (3, 10)][reste.min(3) - 1];
                        texte.extend(format!("{:0chiffres$}", prendre(bits)).bytes());
                        reste -= chiffres;
                    }
                }
                0b0010 => {
                    let longueur = prendre(9);
                    for _ in 0..longueur / 2 {
                        let paire = prendre(11);
                        texte.extend([SIGNES[paire / 45], SIGNES[paire % 45]]);
                    }
                    if longueur % 2 == 1 {
                        texte.push(SIGNES[prendre(6)]);
                    }
                }
                0b0100 => {
                    for _ in 0..prendre(8) {
                        texte.push(prendre(8) as u8);
                    }
                }
                0 => return String::from_utf8(texte).unwrap(),
                autre => panic!("mode {autre:04b}"),
            }
        }
    }

    #[test]
    fn un_telephone_lit_l_adresse_que_l_on_a_dessinee() {
        for adresse in [
            "https://a.fr/v?code=k",
            "https://coopole.example/verification?code=K7QM-3D2F-XA4T-PZ6R",
            "https://coopole.example/charte/seances/018f2b5e-5b5e-7000-8000-0123456789ab",
        ] {
            let dessin = dessiner(adresse).unwrap();
            assert_eq!(lire(&modules(&dessin)), adresse, "{dessin}");
        }
    }

    #[test]
    fn une_adresse_trop_longue_ne_se_dessine_pas() {
        assert!(dessiner(&"a".repeat(3_000)).is_err());
    }
}
