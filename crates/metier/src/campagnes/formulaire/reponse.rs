//! What people answer, taken as a value or refused with what is expected.

use jiff::civil::Date;

use super::{Champ, ChoixOffert, TypeChamp};
use crate::campagnes::conditions::Valeur;
use crate::commun::{Montant, Rna, Siret, typographie};

/// An answer that is not of the kind its field takes. Its `Display` says what
/// is expected, never « invalide ».
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ReponseRefusee(String);

impl ReponseRefusee {
    /// For what only a register can say: whether a commune bears that name.
    pub fn du_registre(phrase: impl AsRef<str>) -> Self {
        Self(typographie(phrase.as_ref()))
    }

    fn new<T>(phrase: impl AsRef<str>) -> Result<T, Self> {
        Err(Self(typographie(phrase.as_ref())))
    }
}

impl Champ {
    /// Takes an answer as it was typed: one text, or one code per box ticked.
    ///
    /// Blank is no answer (`None`), whether or not one is required: that is
    /// for the completeness of the dossier to say. The value returned can be
    /// given as the fact `champs.<code>`, and as [`Champ::fait`].
    pub fn lire(&self, reponses: &[&str]) -> Result<Option<Valeur>, ReponseRefusee> {
        if let TypeChamp::ChoixMultiples(offerts) = &self.genre {
            return plusieurs(reponses, offerts);
        }
        match reponses.first().map(|texte| texte.trim()) {
            None | Some("") => Ok(None),
            Some(texte) => self.genre.lire(texte).map(Some),
        }
    }
}

fn plusieurs(reponses: &[&str], offerts: &[ChoixOffert]) -> Result<Option<Valeur>, ReponseRefusee> {
    let mut codes: Vec<String> = Vec::new();
    for code in reponses.iter().map(|code| code.trim()) {
        if code.is_empty() || codes.iter().any(|connu| connu == code) {
            continue;
        }
        codes.push(offert(code, offerts)?);
    }
    Ok((!codes.is_empty()).then_some(Valeur::Plusieurs(codes)))
}

fn offert(code: &str, offerts: &[ChoixOffert]) -> Result<String, ReponseRefusee> {
    if offerts.iter().any(|offert| offert.code == code) {
        Ok(code.to_owned())
    } else {
        ReponseRefusee::new("Choisissez l'une des réponses proposées.")
    }
}

impl TypeChamp {
    fn lire(&self, texte: &str) -> Result<Valeur, ReponseRefusee> {
        match self {
            Self::TexteCourt { signes_max } if texte.contains(['\n', '\r']) => ReponseRefusee::new(
                format!("Répondez sur une ligne, en {signes_max} signes au plus."),
            ),
            Self::TexteCourt { signes_max } | Self::TexteLong { signes_max } => {
                longueur(texte, *signes_max)
            }
            Self::Choix(offerts) => Ok(Valeur::Choix(offert(texte, offerts)?)),
            Self::ChoixMultiples(offerts) => Ok(Valeur::Plusieurs(vec![offert(texte, offerts)?])),
            Self::OuiNon => match texte {
                "oui" => Ok(Valeur::Booleen(true)),
                "non" => Ok(Valeur::Booleen(false)),
                _ => ReponseRefusee::new("Répondez par oui ou par non."),
            },
            Self::Date => match jour(texte) {
                Some(jour) => Ok(Valeur::Date(jour)),
                None => ReponseRefusee::new("Indiquez un jour qui existe, par exemple 29/05/2024."),
            },
            Self::Nombre { min, max } => nombre(texte, *min, *max),
            Self::Montant => match texte.parse::<Montant>() {
                Ok(montant) => Ok(Valeur::Montant(montant)),
                Err(illisible) => ReponseRefusee::new(illisible.to_string()),
            },
            Self::Siret => match texte.parse::<Siret>() {
                Ok(siret) => Ok(Valeur::Texte(siret.to_string())),
                Err(illisible) => ReponseRefusee::new(illisible.to_string()),
            },
            Self::Rna => match texte.parse::<Rna>() {
                Ok(rna) => Ok(Valeur::Texte(rna.to_string())),
                Err(illisible) => ReponseRefusee::new(illisible.to_string()),
            },
            Self::Commune => commune(texte),
            Self::Courriel => courriel(texte),
            Self::Telephone => telephone(texte),
        }
    }
}

/// Counts as people do: a line break is one sign, however the browser sends it.
fn longueur(texte: &str, signes_max: u32) -> Result<Valeur, ReponseRefusee> {
    let texte = texte.replace("\r\n", "\n");
    let signes = texte.chars().count();
    let max = usize::try_from(signes_max).unwrap_or(usize::MAX);
    if signes > max {
        let trop = signes - max;
        let mot = if trop > 1 { "signes" } else { "signe" };
        let phrase = format!("Ce texte compte {signes} signes sur {max} : retirez {trop} {mot}.");
        return ReponseRefusee::new(phrase);
    }
    Ok(Valeur::Texte(texte))
}

/// « 29/05/2024 », or the form a date input sends, « 2024-05-29 ».
fn jour(texte: &str) -> Option<Date> {
    if let Ok(jour) = texte.parse::<Date>() {
        return (jour.to_string() == texte).then_some(jour);
    }
    let (jour, reste) = texte.split_once('/')?;
    let (mois, annee) = reste.split_once('/')?;
    if annee.len() != 4 {
        return None;
    }
    Date::new(annee.parse().ok()?, mois.parse().ok()?, jour.parse().ok()?).ok()
}

fn nombre(texte: &str, min: i64, max: i64) -> Result<Valeur, ReponseRefusee> {
    let dense: String = texte.chars().filter(|c| !c.is_whitespace()).collect();
    match dense.parse::<i64>() {
        Ok(n) if (min..=max).contains(&n) => Ok(Valeur::Entier(n)),
        _ => ReponseRefusee::new(format!("Indiquez un nombre entier, de {min} à {max}.")),
    }
}

/// Shape only (droit-et-normes, E): whether it exists is for the register of
/// communes to say.
fn commune(texte: &str) -> Result<Valeur, ReponseRefusee> {
    let code = texte.to_ascii_uppercase();
    let (tete, reste) = code.split_at_checked(2).unwrap_or_default();
    let tete_juste = tete == "2A" || tete == "2B" || tete.bytes().all(|b| b.is_ascii_digit());
    if code.len() == 5 && tete_juste && reste.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(Valeur::Texte(code));
    }
    ReponseRefusee::new(
        "Indiquez le code officiel de la commune : 5 signes, par exemple 29151. Ce n'est pas le code postal.",
    )
}

/// A local part, an arobase, a domain with a dot: the rest is for the mail
/// server to say.
fn courriel(texte: &str) -> Result<Valeur, ReponseRefusee> {
    let plausible = texte.len() <= 254
        && !texte.contains(|c: char| c.is_whitespace() || c.is_control())
        && texte.split_once('@').is_some_and(|(nom, domaine)| {
            let dans_le_domaine = |c: char| c.is_alphanumeric() || c == '.' || c == '-';
            !nom.is_empty()
                && domaine.split('.').count() > 1
                && domaine.split('.').all(|partie| !partie.is_empty())
                && domaine.chars().all(dans_le_domaine)
        });
    if plausible {
        Ok(Valeur::Texte(texte.to_owned()))
    } else {
        ReponseRefusee::new("Indiquez une adresse complète, par exemple accueil@pole.example.")
    }
}

fn telephone(texte: &str) -> Result<Valeur, ReponseRefusee> {
    let sans_separateur = |c: &char| !c.is_whitespace() && !matches!(c, '.' | '-' | '(' | ')');
    let dense: String = texte.chars().filter(sans_separateur).collect();
    let chiffres = dense.strip_prefix('+').unwrap_or(&dense);
    let national = dense.len() == 10 && dense.starts_with('0');
    let international = dense.starts_with('+') && (8..=15).contains(&chiffres.len());
    if chiffres.bytes().all(|b| b.is_ascii_digit()) && (national || international) {
        Ok(Valeur::Texte(dense))
    } else {
        ReponseRefusee::new(
            "Indiquez un numéro à 10 chiffres, ou commençant par +, par exemple 02 98 00 00 00.",
        )
    }
}
