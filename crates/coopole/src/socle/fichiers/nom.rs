//! The names that files come with: a person's words, never a path of ours.

/// The name a file came with, as it may be shown and given back: no folder, no
/// control sign, a bounded length, its extension kept.
pub fn nom_propre(recu: &str) -> String {
    const AU_PLUS: usize = 120;
    let nom = recu.rsplit(['/', '\\']).next().unwrap_or_default();
    let propre: String = nom
        .chars()
        .filter(|signe| !signe.is_control() && !est_un_sens_d_ecriture(*signe))
        .map(|signe| match signe {
            '"' | '<' | '>' | ':' | '|' | '?' | '*' => '_',
            autre => autre,
        })
        .collect();
    let propre = propre.trim().trim_start_matches('.');
    let signes: Vec<char> = propre.chars().collect();
    match signes.len() {
        0 => "sans-nom".to_owned(),
        1..=AU_PLUS => propre.to_owned(),
        trop => signes[trop - AU_PLUS..].iter().collect(),
    }
}

/// Marks that make « gpj.exe » read « exe.jpg ».
fn est_un_sens_d_ecriture(signe: char) -> bool {
    matches!(signe, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_chemin_dans_le_nom_ne_mene_nulle_part() {
        assert_eq!(nom_propre("../../etc/passwd"), "passwd");
        assert_eq!(nom_propre("C:\\Documents\\statuts.pdf"), "statuts.pdf");
        assert_eq!(nom_propre("..\\.."), "sans-nom");
        assert_eq!(nom_propre("sta\u{202e}fdp.exe\r\n"), "stafdp.exe");
        assert_eq!(nom_propre("a\"b.pdf"), "a_b.pdf");
    }

    #[test]
    fn un_nom_trop_long_garde_son_extension() {
        let long = format!("{}.pdf", "é".repeat(400));
        let propre = nom_propre(&long);
        assert_eq!(propre.chars().count(), 120);
        assert!(propre.ends_with(".pdf"));
    }
}
