//! The code of verification: what a paper bears so that anyone may check it
//! here, and that nobody can guess.

use super::{alea, journal::Empreinte};

/// « K7QM-3D2F-… »: the fingerprint's head with a random tail, so that a code
/// proves that one holds the paper and cannot be guessed.
pub fn nouveau(empreinte: &Empreinte) -> String {
    let mut octets = [0; 10];
    octets[..4].copy_from_slice(&empreinte[..4]);
    octets[4..].copy_from_slice(&alea::octets::<6>());
    grouper(&data_encoding::BASE32_NOPAD.encode(&octets))
}

/// A code as people copy it: spaces, small letters and missing dashes allowed.
pub fn lire(saisie: &str) -> String {
    let signes: String = saisie
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|signe| signe.to_ascii_uppercase())
        .collect();
    grouper(&signes)
}

fn grouper(signes: &str) -> String {
    let signes: Vec<char> = signes.chars().collect();
    let groupes: Vec<String> = signes.chunks(4).map(|g| g.iter().collect()).collect();
    groupes.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_code_se_recopie_sans_tiret_et_en_minuscules() {
        let code = "K7QM-3D2F-XA4T-PZ6R".to_owned();
        let recopie = code.replace('-', " ").to_lowercase();
        assert_eq!(lire(&recopie), code);
        assert_eq!(lire(&code.replace('-', "")), code);
    }

    #[test]
    fn un_code_neuf_se_lit_tel_quel() {
        let code = nouveau(&[7; 32]);
        assert_eq!((code.len(), lire(&code)), (19, code.clone()));
    }
}
