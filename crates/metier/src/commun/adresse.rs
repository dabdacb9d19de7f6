//! What an e-mail address looks like: asked for where one writes to somebody,
//! kept out of what everybody reads.

use super::plier;

/// How long an address may be (RFC 5321, § 4.5.3.1.3, less its brackets).
const AU_PLUS: usize = 254;

/// Enough to catch a slip; whether the address lives, a mail will tell.
pub fn est_une_adresse(texte: &str) -> bool {
    texte.len() <= AU_PLUS
        && !texte.contains(char::is_whitespace)
        && texte
            .split_once('@')
            .is_some_and(|(boite, domaine)| !boite.is_empty() && domaine.contains('.'))
}

/// What is said to whoever writes one.
pub const SANS_ADRESSE: &str =
    "Ce texte est public : n’y laissez pas d’adresse de courriel, mais plutôt une page de contact.";

/// Whether a text holds something like « x@y.z ».
pub fn porte_une_adresse(texte: &str) -> bool {
    let nomme = |signe: char| signe.is_alphanumeric() || "._%+-".contains(signe);
    texte.match_indices('@').any(|(ici, _)| {
        let avant = texte[..ici].chars().next_back();
        let apres = texte[ici + 1..].split(|signe| !nomme(signe)).next();
        let domaine = apres.unwrap_or_default().trim_end_matches('.');
        avant.is_some_and(nomme)
            && domaine
                .rsplit_once('.')
                .is_some_and(|(nom, fin)| !nom.is_empty() && fin.chars().count() >= 2)
    })
}

/// What is said to whoever names somebody where everybody reads.
pub const SANS_NOM: &str =
    "Ce texte est public : n’y nommez personne, mais plutôt une fonction ou une organisation.";

/// Whether a text holds the name of somebody, word after word, whatever its
/// accents and capitals. A name of one word is too common to tell.
pub fn nomme(texte: &str, nom: &str) -> bool {
    let mots = |texte: &str| -> String {
        let plie = plier(texte);
        let mots = plie.split(|signe: char| !signe.is_alphanumeric());
        mots.filter(|mot| !mot.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let nom = mots(nom);
    nom.contains(' ') && format!(" {} ", mots(texte)).contains(&format!(" {nom} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_nom_se_reconnait_quels_que_soient_ses_accents_et_jamais_au_milieu_d_un_mot() {
        for texte in [
            "Appel de Solène Marée",
            "solene MAREE, le 3 mai",
            "Marée ? Non : Solène-Marée.",
        ] {
            assert!(nomme(texte, "Solène Marée"), "{texte}");
        }
        for texte in ["Solène", "La marée de Solène", "Solène Maréeville", ""] {
            assert!(!nomme(texte, "Solène Marée"), "{texte}");
        }
        assert!(!nomme("Rémi a appelé", "Rémi"));
    }

    #[test]
    fn une_adresse_se_reconnait_ou_qu_elle_soit() {
        for texte in [
            "lea@rives.example",
            "Écrire à <l.ea+pole@rives.example>.",
            "mailto:léa@rives.example, ou passer",
        ] {
            assert!(porte_une_adresse(texte), "{texte}");
        }
        for texte in ["Les Rives @ Morlaix", "@rives", "a@b", "5 @ 3,50 €", ""] {
            assert!(!porte_une_adresse(texte), "{texte}");
        }
    }
}
