//! What an e-mail address looks like.

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
