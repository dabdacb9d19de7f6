//! Settings: read once at start, from the environment. Nothing else reads it.

use std::path::PathBuf;

use super::erreurs::Panne;

/// What the operator decided.
#[derive(Debug, Clone)]
pub struct Reglages {
    /// `PORT`; `serve` listens on the loopback only.
    pub port: u16,
    /// `COOPOLE_URL`: every link we write starts with it, never with `Host`.
    pub url: String,
    /// `COOPOLE_DONNEES`: the embedded base, the files, the keys.
    pub donnees: PathBuf,
    /// `DATABASE_URL`: a PostgreSQL instead of the embedded base.
    pub base: Option<String>,
    /// `COOPOLE_MARQUE`: `neutre`, or `etat` for an operator entitled to it.
    pub marque: Marque,
    /// `COOPOLE_SMTP` and `COOPOLE_EXPEDITEUR`.
    pub smtp: Option<(String, String)>,
    /// `COOPOLE_MANDATAIRES`: addresses of the proxies whose forwarded
    /// addresses are believed.
    pub mandataires: Vec<std::net::IpAddr>,
    /// `COOPOLE_ASSISTANCE`: where people write when a page resists.
    pub assistance: Option<String>,
    pub demonstration: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marque {
    Neutre,
    Etat,
}

impl Reglages {
    /// Reads the environment; a setting that cannot be read is said, by name.
    pub fn lire(demonstration: bool) -> Result<Self, Panne> {
        let port = match variable("PORT") {
            None => 8080,
            Some(texte) => texte
                .parse()
                .map_err(|_| illisible("PORT", "un numéro de port"))?,
        };
        let marque = match variable("COOPOLE_MARQUE").as_deref() {
            None | Some("neutre") => Marque::Neutre,
            Some("etat") => Marque::Etat,
            Some(_) => return Err(illisible("COOPOLE_MARQUE", "« neutre » ou « etat »")),
        };
        let mandataires = variable("COOPOLE_MANDATAIRES")
            .unwrap_or_default()
            .split(',')
            .map(str::trim)
            .filter(|adresse| !adresse.is_empty())
            .map(|adresse| {
                adresse.parse().map_err(|_| {
                    illisible(
                        "COOPOLE_MANDATAIRES",
                        "des adresses IP séparées par des virgules",
                    )
                })
            })
            .collect::<Result<_, _>>()?;
        let smtp = variable("COOPOLE_SMTP").map(|adresse| {
            let expediteur = variable("COOPOLE_EXPEDITEUR")
                .unwrap_or_else(|| "Coopôle <ne-pas-repondre@coopole.invalid>".into());
            (adresse, expediteur)
        });
        Ok(Self {
            port,
            url: variable("COOPOLE_URL")
                .unwrap_or_else(|| format!("http://127.0.0.1:{port}"))
                .trim_end_matches('/')
                .to_owned(),
            donnees: variable("COOPOLE_DONNEES").map_or_else(|| "var".into(), PathBuf::from),
            base: variable("DATABASE_URL"),
            marque,
            smtp,
            mandataires,
            assistance: variable("COOPOLE_ASSISTANCE")
                .or_else(|| demonstration.then(|| "assistance@coopole.example".to_owned())),
            demonstration,
        })
    }
}

fn variable(nom: &str) -> Option<String> {
    std::env::var(nom)
        .ok()
        .filter(|valeur| !valeur.trim().is_empty())
}

fn illisible(nom: &str, attendu: &str) -> Panne {
    Panne::Reglage(format!("{nom} : {attendu} attendu"))
}
