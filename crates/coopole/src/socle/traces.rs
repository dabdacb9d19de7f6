//! Traces: what the machine says of itself, on the standard error, in lines or
//! in JSON. A trace names no person: no electronic address, no secret of a
//! link, nothing typed in an address bar.

use super::erreurs::Panne;

/// Installs the traces as `COOPOLE_TRACES` and `COOPOLE_TRACES_JSON` want them.
pub fn installer() {
    let niveau = std::env::var("COOPOLE_TRACES").unwrap_or_else(|_| "info,sqlx=warn".into());
    let traces = tracing_subscriber::fmt()
        .with_env_filter(niveau)
        .with_writer(std::io::stderr);
    if std::env::var_os("COOPOLE_TRACES_JSON").is_some() {
        traces.json().init();
    } else {
        traces.init();
    }
}

/// A failure and all its causes, on one line, without an electronic address:
/// a mail server answers with the one it refuses.
pub fn causes(panne: &Panne) -> String {
    let mut texte = panne.to_string();
    let mut cause = std::error::Error::source(panne);
    while let Some(suivante) = cause {
        texte.push_str(" : ");
        texte.push_str(&suivante.to_string());
        cause = suivante.source();
    }
    sans_adresse(&texte)
}

/// The same sentence, its electronic addresses hidden.
pub fn sans_adresse(texte: &str) -> String {
    let masque = |mot: &str| match mot.contains('@') {
        true => "…@…".to_owned(),
        false => mot.to_owned(),
    };
    texte.split(' ').map(masque).collect::<Vec<_>>().join(" ")
}

/// The path asked for, without what follows `?` nor the secret of a link.
pub fn chemin(adresse: &str) -> &str {
    let chemin = adresse.split('?').next().unwrap_or_default();
    match chemin.strip_prefix("/connexion/") {
        Some(jeton) if jeton != "distribution" => "/connexion/…",
        _ if chemin.starts_with("/charte/oppositions/") => "/charte/oppositions/…",
        _ => chemin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_trace_ne_nomme_personne() {
        let refus = Panne::Voisin("SMTP: 550 <solene@rives.example> inconnue".into());
        assert_eq!(causes(&refus), "outside service: SMTP: 550 …@… inconnue");
        assert_eq!(chemin("/connexion/qZ3kX?suite=/compte"), "/connexion/…");
        assert_eq!(chemin("/charte/oppositions/qZ3kX"), "/charte/oppositions/…");
        assert_eq!(chemin("/cellule?q=solene@rives.example"), "/cellule");
        assert_eq!(chemin("/connexion/distribution"), "/connexion/distribution");
    }
}
