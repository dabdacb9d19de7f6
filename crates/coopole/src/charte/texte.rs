//! The text of a version: the same bytes for all, and their fingerprint; how it
//! is read from a file, shown, and compared with the one before.

mod ecarts;
mod fichier;

pub use ecarts::{Ecart, ecarts};
pub use fichier::lire as lire_un_fichier;

use sha2::{Digest, Sha256};

use crate::socle::journal::Empreinte;

/// A text as it is kept: lines end in one way, nothing hangs at the ends. Once
/// net it stays so, whatever a form does to a value on its way (spaces at both
/// ends, the end of a line): what was read again is what is poured in.
pub fn mettre_au_net(saisi: &str) -> String {
    let saisi = saisi.replace("\r\n", "\n").replace('\r', "\n");
    let lignes: Vec<&str> = saisi.lines().map(str::trim_end).collect();
    let texte = lignes.join("\n");
    match texte.trim_matches(|signe: char| signe.is_whitespace() || signe == '\u{feff}') {
        "" => String::new(),
        net => format!("{net}\n"),
    }
}

/// What a signature is about: `sha256sum` of the downloaded text finds it.
pub fn empreinte(texte: &str) -> Empreinte {
    Sha256::digest(texte).into()
}

/// In the signs people compare.
pub fn en_hexadecimal(empreinte: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(empreinte)
}

/// A piece of the text as it is shown: three marks, no more.
#[derive(Debug, PartialEq, Eq)]
pub enum Bloc<'t> {
    /// A line that begins with « # ».
    Titre(&'t str),
    /// Lines that each begin with « - ».
    Liste(Vec<&'t str>),
    Paragraphe(Vec<&'t str>),
}

/// The pieces of the text, parted by blank lines.
pub fn blocs(texte: &str) -> Vec<Bloc<'_>> {
    texte
        .split("\n\n")
        .map(|bloc| bloc.trim_matches('\n'))
        .filter(|bloc| !bloc.trim().is_empty())
        .map(|bloc| {
            let lignes: Vec<&str> = bloc.lines().collect();
            let points: Option<Vec<&str>> = lignes.iter().map(|l| l.strip_prefix("- ")).collect();
            match (lignes.as_slice(), points) {
                ([ligne], _) if ligne.starts_with("# ") => Bloc::Titre(&ligne[2..]),
                (_, Some(points)) => Bloc::Liste(points),
                _ => Bloc::Paragraphe(lignes),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn le_meme_texte_a_la_meme_empreinte_d_ou_qu_il_vienne() {
        let colle = mettre_au_net("\u{feff}# Valeurs\r\n\r\nUne phrase.  \r\n\r\n");
        assert_eq!(colle, "# Valeurs\n\nUne phrase.\n");
        assert_eq!(mettre_au_net(&colle), colle);
        assert_eq!(mettre_au_net(" \r\n \n"), "");
        // As a form sends the same text back.
        let vieux_mac = "  \u{feff} # Valeurs\r\rUne phrase.\r\r - un point\r";
        let net = mettre_au_net(vieux_mac);
        assert_eq!(net, "# Valeurs\n\nUne phrase.\n\n - un point\n");
        assert_eq!(mettre_au_net(net.trim()), net);
        assert_eq!(mettre_au_net(&net.replace('\n', "\r\n")), net);
    }

    #[test]
    fn un_texte_se_montre_en_titres_en_listes_et_en_paragraphes() {
        let texte = "# Valeurs\n\nUne phrase\nsur deux lignes.\n\n- un\n- deux\n";
        assert_eq!(
            blocs(texte),
            [
                Bloc::Titre("Valeurs"),
                Bloc::Paragraphe(vec!["Une phrase", "sur deux lignes."]),
                Bloc::Liste(vec!["un", "deux"]),
            ]
        );
    }
}
