//! Letters as they are compared: two spellings of one name.

/// The text without case nor accent, each sign that is neither a letter nor a
/// digit made a blank: « L’Île-d’Yeu » gives « l ile d yeu ».
pub fn plier(texte: &str) -> String {
    let mut plie = String::with_capacity(texte.len());
    for signe in texte.chars().flat_map(char::to_lowercase) {
        match signe {
            'à' | 'á' | 'â' | 'ä' => plie.push('a'),
            'é' | 'è' | 'ê' | 'ë' => plie.push('e'),
            'í' | 'î' | 'ï' => plie.push('i'),
            'ó' | 'ô' | 'ö' => plie.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => plie.push('u'),
            'ç' => plie.push('c'),
            'ñ' => plie.push('n'),
            'ÿ' => plie.push('y'),
            'œ' => plie.push_str("oe"),
            'æ' => plie.push_str("ae"),
            signe if signe.is_alphanumeric() => plie.push(signe),
            _ => plie.push(' '),
        }
    }
    plie
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ni_la_casse_ni_les_accents_ni_les_traits_ne_distinguent() {
        assert_eq!(plier("L’Île-d’Yeu"), "l ile d yeu");
        assert_eq!(plier("Œuvre, 2"), "oeuvre  2");
    }
}
