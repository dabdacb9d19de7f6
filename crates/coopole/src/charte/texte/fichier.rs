//! A text read from a file: what an office machine writes as plain text. The
//! file is read, then forgotten.

/// The text of a file, or why it is not one.
pub fn lire(octets: &[u8]) -> Result<String, &'static str> {
    let texte = match octets {
        [0xff, 0xfe, suite @ ..] => en_utf16(suite, u16::from_le_bytes)?,
        [0xfe, 0xff, suite @ ..] => en_utf16(suite, u16::from_be_bytes)?,
        [b'P', b'K', 3, 4, ..] => return Err(BUREAUTIQUE),
        [b'%', b'P', b'D', b'F', ..] => return Err(BUREAUTIQUE),
        _ => match std::str::from_utf8(octets) {
            Ok(texte) => texte.to_owned(),
            Err(_) => octets.iter().map(|octet| windows(*octet)).collect(),
        },
    };
    let controle = |signe: char| signe.is_control() && !['\n', '\r', '\t'].contains(&signe);
    match texte.contains(controle) {
        true => Err("Ce fichier n’est pas du texte : il contient des signes qui ne se lisent pas."),
        false => Ok(texte),
    }
}

const BUREAUTIQUE: &str = "Ce fichier est un document de bureautique ou un PDF : enregistrez-le en texte \
     (.txt), ou copiez son texte dans la page.";

fn en_utf16(octets: &[u8], lire: fn([u8; 2]) -> u16) -> Result<String, &'static str> {
    let (paires, reste) = octets.as_chunks::<2>();
    let unites: Vec<u16> = paires.iter().map(|paire| lire(*paire)).collect();
    match (String::from_utf16(&unites), reste.is_empty()) {
        (Ok(texte), true) => Ok(texte),
        _ => Err("Ce fichier est abîmé : sa fin manque, ou ses signes ne se lisent pas."),
    }
}

/// The sign of that byte on French Windows machines (windows-1252), which is
/// Latin-1 but for these: quotes, dashes, the euro, œ.
fn windows(octet: u8) -> char {
    const SIGNES: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match octet {
        0x80..=0x9f => SIGNES[usize::from(octet - 0x80)],
        _ => char::from(octet),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_texte_se_lit_d_ou_qu_il_vienne() {
        let attendu = "L’œuvre commune : 3 €.\r\n";
        assert_eq!(lire(attendu.as_bytes()), Ok(attendu.to_owned()));
        let windows = b"L\x92\x9cuvre commune : 3 \x80.\r\n";
        assert_eq!(lire(windows), Ok(attendu.to_owned()));
        assert_eq!(lire(b"\xe9t\xe9"), Ok("été".to_owned()));
        let mut utf16 = vec![0xff, 0xfe];
        utf16.extend(attendu.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(lire(&utf16), Ok(attendu.to_owned()));
        assert!(lire(&utf16[..5]).is_err());
    }

    #[test]
    fn ce_qui_n_est_pas_du_texte_est_refuse_en_mots() {
        for octets in [&b"PK\x03\x04zip"[..], b"%PDF-1.7"] {
            assert!(
                lire(octets)
                    .unwrap_err()
                    .contains("enregistrez-le en texte")
            );
        }
        assert!(lire(b"a\0b").unwrap_err().contains("n’est pas du texte"));
        assert!(
            lire(b"\x81\xff")
                .unwrap_err()
                .contains("n’est pas du texte")
        );
    }
}
