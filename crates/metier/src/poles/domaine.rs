//! Whether an address proves that its holder is of the pole: its domain is
//! that of the record's own site, and not one that anybody may hold.
//!
//! Compared sign by sign, in their ASCII form only: a letter that looks like
//! another one proves nothing. Nothing here asks a directory of names.

/// Where anybody opens a mailbox or a page: having one says nothing of the
/// pole. What ends so is refused with it.
const PARTAGES: &[&str] = &[
    // Mail.
    "aol.com",
    "bbox.fr",
    "club-internet.fr",
    "free.fr",
    "gmail.com",
    "gmx.com",
    "gmx.fr",
    "googlemail.com",
    "hotmail.com",
    "hotmail.fr",
    "icloud.com",
    "laposte.net",
    "live.com",
    "live.fr",
    "mac.com",
    "mail.com",
    "mailo.com",
    "me.com",
    "msn.com",
    "neuf.fr",
    "numericable.fr",
    "orange.fr",
    "outlook.com",
    "outlook.fr",
    "pm.me",
    "proton.me",
    "protonmail.com",
    "sfr.fr",
    "tutanota.com",
    "wanadoo.fr",
    "yahoo.com",
    "yahoo.fr",
    "yandex.com",
    "zaclys.net",
    "zoho.com",
    // Pages.
    "blogspot.com",
    "facebook.com",
    "framasite.org",
    "github.io",
    "google.com",
    "helloasso.com",
    "instagram.com",
    "jimdo.com",
    "linkedin.com",
    "linktr.ee",
    "over-blog.com",
    "pagesperso-orange.fr",
    "webnode.fr",
    "wixsite.com",
    "wordpress.com",
    "youtube.com",
];

/// Names under which anybody registers one: alone, they are nobody's.
const SUFFIXES: &[&str] = &[
    "asso.fr",
    "asso.re",
    "co.uk",
    "com.fr",
    "coop.fr",
    "gouv.fr",
    "nom.fr",
    "prd.fr",
    "presse.fr",
    "tm.fr",
];

/// Why an address proves nothing of a pole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SansPreuve {
    /// The record has no site.
    SansSite,
    /// The site, or the address, is at a domain that anybody may hold.
    Partage,
    /// The two domains differ.
    Autre,
}

/// Decides whether the address is at the domain of the site, or under it. The
/// other way round proves nothing: who hosts a site is not the pole.
pub fn prouve(courriel: &str, site: Option<&str>) -> Result<(), SansPreuve> {
    let site = site.ok_or(SansPreuve::SansSite)?;
    let (Some(site), Some(courriel)) = (domaine_du_site(site), domaine_du_courriel(courriel))
    else {
        return Err(SansPreuve::Autre);
    };
    if [&site, &courriel].into_iter().any(|d| est_partage(d)) {
        return Err(SansPreuve::Partage);
    }
    match sous(&courriel, &site) {
        true => Ok(()),
        false => Err(SansPreuve::Autre),
    }
}

/// The domain of a site, without its `www.`; nothing when the address cannot
/// be read without a doubt.
pub fn domaine_du_site(site: &str) -> Option<String> {
    let site = site.trim();
    let reste = ["https://", "http://"]
        .iter()
        .find_map(|debut| site.strip_prefix(debut))?;
    let hote = reste.split(['/', '?', '#']).next()?;
    let hote = hote.split_once(':').map_or(hote, |(hote, _)| hote);
    let domaine = domaine(hote)?;
    match domaine.strip_prefix("www.") {
        Some(nu) => self::domaine(nu),
        None => Some(domaine),
    }
}

fn domaine_du_courriel(courriel: &str) -> Option<String> {
    let (nom, domaine) = courriel.trim().rsplit_once('@')?;
    (!nom.is_empty() && !nom.contains('@'))
        .then(|| self::domaine(domaine))
        .flatten()
}

/// A name of at least two labels, in small ASCII letters; an address of a
/// machine is not one.
fn domaine(texte: &str) -> Option<String> {
    let texte = texte.strip_suffix('.').unwrap_or(texte);
    let lisible = |partie: &str| {
        !partie.is_empty()
            && partie.len() <= 63
            && !partie.starts_with('-')
            && !partie.ends_with('-')
            && partie
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let derniere = texte.rsplit('.').next()?;
    let est_un_nom = texte.contains('.')
        && texte.len() <= 253
        && texte.split('.').all(lisible)
        && derniere.chars().any(|c| c.is_ascii_alphabetic());
    est_un_nom.then(|| texte.to_ascii_lowercase())
}

fn est_partage(domaine: &str) -> bool {
    PARTAGES.iter().any(|partage| sous(domaine, partage)) || SUFFIXES.contains(&domaine)
}

/// The domain, or one under it: `equipe.rives.example` under `rives.example`.
fn sous(domaine: &str, parent: &str) -> bool {
    domaine == parent
        || domaine
            .strip_suffix(parent)
            .is_some_and(|reste| reste.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l_adresse_au_domaine_du_site_prouve() {
        for (courriel, site) in [
            ("solene@rives.example", "https://rives.example"),
            (
                "solene@rives.example",
                "https://www.rives.example/accueil?x=1",
            ),
            ("Solene@Rives.Example", "http://RIVES.example:8080/"),
            ("solene@equipe.rives.example", "https://rives.example"),
            ("solene@rives.example", "https://rives.example."),
            ("a@xn--ple-cqa.example", "https://xn--ple-cqa.example"),
        ] {
            assert_eq!(prouve(courriel, Some(site)), Ok(()), "{courriel} {site}");
        }
    }

    #[test]
    fn un_domaine_qui_ressemble_ne_prouve_rien() {
        for (courriel, site) in [
            ("a@autrerives.example", "https://rives.example"),
            ("a@rives.example.net", "https://rives.example"),
            ("a@rives.example", "https://pole.rives.example"),
            // A Cyrillic « е », the Kelvin sign, an accent, and their ASCII forms.
            ("a@riv\u{435}s.example", "https://rives.example"),
            ("a@\u{212a}iosque.example", "https://kiosque.example"),
            ("a@xn--rivs-7xe.example", "https://rives.example"),
            ("a@pôle.example", "https://pôle.example"),
            ("a@b@rives.example", "https://rives.example"),
            ("rives.example", "https://rives.example"),
            ("@rives.example", "https://rives.example"),
            ("a@rives.example", "https://rives.example@ailleurs.example"),
            ("a@rives.example", "https://ailleurs.example\\rives.example"),
            ("a@rives.example", "rives.example"),
            ("a@127.0.0.1", "https://127.0.0.1"),
            ("a@example", "https://example"),
        ] {
            assert_eq!(
                prouve(courriel, Some(site)),
                Err(SansPreuve::Autre),
                "{courriel} {site}"
            );
        }
    }

    #[test]
    fn une_boite_ou_une_page_que_chacun_peut_ouvrir_ne_prouve_rien() {
        for (courriel, site) in [
            ("a@gmail.com", "https://gmail.com"),
            ("a@orange.fr", "https://rives.example"),
            ("a@rives.wordpress.com", "https://rives.wordpress.com"),
            ("a@pole.asso.fr", "https://asso.fr"),
        ] {
            assert_eq!(
                prouve(courriel, Some(site)),
                Err(SansPreuve::Partage),
                "{courriel} {site}"
            );
        }
        assert_eq!(
            prouve("a@pole.asso.fr", Some("https://pole.asso.fr")),
            Ok(())
        );
    }

    #[test]
    fn sans_site_rien_ne_se_compare() {
        assert_eq!(prouve("a@rives.example", None), Err(SansPreuve::SansSite));
    }
}
