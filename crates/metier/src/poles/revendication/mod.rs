//! Claiming a record: somebody says that a pole is theirs and proves it, by
//! the domain of their address, by a code that came by post, or by the word of
//! the cell. Accepted, they answer for the pole.
//!
//! Once a pole has a team, only the cell accepts somebody more: the team gives
//! its own people their place without a claim.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{Equipe, PHRASE_AU_PLUS, correction::phrase_illisible, domaine};
use crate::{
    commun::{Raison, porte_une_adresse},
    liste_fermee,
};

mod refus;
#[cfg(test)]
mod tests;

pub use refus::RefusRevendication;

liste_fermee! {
    /// How somebody proves that a pole is theirs.
    pub enum Preuve {
        /// Their address is at the domain of the record's site.
        Domaine = "domaine", "Mon adresse est au nom de domaine du site du pôle";
        /// A code sent to the address of the carrying structure.
        Courrier = "courrier", "Une lettre, avec un code, à l’adresse de la structure porteuse";
        /// The cell of the region knows who they are.
        Cellule = "cellule", "La parole de la cellule de la région";
    }
}

/// How long what somebody does for the pole may be, in signs.
pub const FONCTION_AU_PLUS: usize = 120;
/// How many claims of one person may wait at once.
pub const EN_ATTENTE_AU_PLUS: usize = 5;
/// How many times the code of a letter may be tried.
pub const ESSAIS_AU_PLUS: i64 = 5;
/// How many signs a code has.
pub const SIGNES_DU_CODE: usize = 10;
/// The signs of a code: none that reads as another one.
pub const ALPHABET_DU_CODE: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// How long the code of a letter may be used.
pub fn validite_du_code() -> SignedDuration {
    SignedDuration::from_hours(60 * 24)
}

/// What is known of a pole when somebody claims it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation<'a> {
    /// Its own site, as the record says it.
    pub site: Option<&'a str>,
    /// That site stands there because this very person proposed it.
    pub site_du_demandeur: bool,
    /// Somebody is of its team.
    pub a_une_equipe: bool,
    /// This very person is.
    pub est_de_l_equipe: bool,
    /// This very person waits for an answer about it.
    pub deja_demandee: bool,
    /// How many answers this person waits for, of all poles.
    pub en_attente: usize,
}

/// A claim that may be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revendication {
    /// What the person does for the pole.
    pub fonction: String,
    /// How they prove it.
    pub preuve: Preuve,
    /// Proved at once: nobody has to answer.
    pub acquise: bool,
}

/// The code of a letter, when somebody types one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeEnvoye {
    /// When the letter was written.
    pub ecrit_le: Timestamp,
    /// How many wrong codes were typed.
    pub essais: i64,
    /// Whether what was typed is the code.
    pub juste: bool,
}

/// What a typed code leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lecture {
    /// The right one.
    Juste,
    /// A wrong one; how many tries are left.
    Faux {
        /// Tries left.
        restent: i64,
    },
}

impl Lecture {
    /// What to say of a wrong code, beside its field.
    pub fn raison(self) -> Raison {
        let restent = match self {
            Self::Juste | Self::Faux { restent: ..=0 } => "C’était le dernier essai.".to_owned(),
            Self::Faux { restent: 1 } => "Il reste un essai.".to_owned(),
            Self::Faux { restent } => format!("Il reste {restent} essais."),
        };
        Raison::new("code_faux", "Ce n’est pas le code de la lettre.")
            .remede(restent)
            .ancre("code")
    }
}

/// What becomes of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reponse {
    /// The person answers for the pole.
    Acceptee,
    /// They do not, for this reason, which they read.
    Refusee {
        /// The reason.
        motif: String,
    },
}

/// Where a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issue {
    /// Nobody answered yet.
    EnAttente,
    /// Its author answers for the pole by it.
    Acceptee,
    /// Refused, or taken back: it gives nothing.
    Close,
}

/// What its author gives up by taking a claim back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retrait {
    /// An answer they were waiting for.
    Attente,
    /// Their place in the team.
    Place,
}

impl Revendication {
    /// Decides whether this person may claim that pole so.
    pub fn demander(
        (fonction, preuve): (&str, Option<Preuve>),
        courriel: &str,
        situation: Situation<'_>,
    ) -> Result<Self, RefusRevendication> {
        use RefusRevendication as R;
        if situation.est_de_l_equipe {
            return Err(R::DejaDansLEquipe);
        }
        if situation.deja_demandee {
            return Err(R::DejaDemandee);
        }
        if situation.en_attente >= EN_ATTENTE_AU_PLUS {
            return Err(R::TropEnAttente);
        }
        let fonction = fonction.trim();
        let illisible = fonction.is_empty()
            || fonction.chars().count() > FONCTION_AU_PLUS
            || porte_une_adresse(fonction);
        let preuve = match preuve {
            Some(preuve) if !illisible => preuve,
            _ => {
                return Err(R::Incomplete {
                    fonction: illisible,
                    preuve: preuve.is_none(),
                });
            }
        };
        if situation.a_une_equipe && preuve != Preuve::Cellule {
            return Err(R::EquipeDejaLa);
        }
        if preuve == Preuve::Domaine {
            domaine::prouve(courriel, situation.site).map_err(R::DomaineSansPreuve)?;
            if situation.site_du_demandeur {
                return Err(R::SiteDuDemandeur);
            }
        }
        Ok(Self {
            fonction: fonction.to_owned(),
            preuve,
            acquise: preuve == Preuve::Domaine,
        })
    }
}

/// Reads the code a person typed. A wrong one counts; a dead one is not tried.
pub fn lire_le_code(
    tranchee: bool,
    code: Option<CodeEnvoye>,
    a_une_equipe: bool,
    le: Timestamp,
) -> Result<Lecture, RefusRevendication> {
    use RefusRevendication as R;
    if tranchee {
        return Err(R::DejaTranchee);
    }
    let code = code.ok_or(R::SansLettre)?;
    if !code_vivant(code.ecrit_le, code.essais, le) {
        return Err(R::CodeMort);
    }
    match code.juste {
        true if a_une_equipe => Err(R::EquipeDejaLa),
        true => Ok(Lecture::Juste),
        false => Ok(Lecture::Faux {
            restent: ESSAIS_AU_PLUS - code.essais - 1,
        }),
    }
}

/// Whether the code of a letter may still be used.
pub fn code_vivant(ecrit_le: Timestamp, essais: i64, le: Timestamp) -> bool {
    essais < ESSAIS_AU_PLUS && le < ecrit_le + validite_du_code()
}

/// The code as people copy it: small letters, spaces and dashes allowed.
pub fn code_saisi(texte: &str) -> String {
    let signes = texte.chars().filter(char::is_ascii_alphanumeric);
    signes.map(|signe| signe.to_ascii_uppercase()).collect()
}

/// Decides on the letter to write: where it goes, on one to six lines.
pub fn ecrire(tranchee: bool, adresse: &str) -> Result<Vec<String>, RefusRevendication> {
    let lignes: Vec<String> = adresse
        .lines()
        .map(str::trim)
        .filter(|ligne| !ligne.is_empty())
        .map(str::to_owned)
        .collect();
    let signes: usize = lignes.iter().map(|ligne| ligne.chars().count()).sum();
    match tranchee {
        true => Err(RefusRevendication::DejaTranchee),
        false if (1..=6).contains(&lignes.len()) && signes <= PHRASE_AU_PLUS => Ok(lignes),
        false => Err(RefusRevendication::AdresseAttendue),
    }
}

/// Decides whether a letter may be said to be posted.
pub fn poster(tranchee: bool, ecrite: bool) -> Result<(), RefusRevendication> {
    match (tranchee, ecrite) {
        (true, _) => Err(RefusRevendication::DejaTranchee),
        (false, false) => Err(RefusRevendication::SansLettre),
        (false, true) => Ok(()),
    }
}

/// Decides whether its author takes a claim back. Alone, they may leave the
/// pole without a team, as it was; others are not left without anybody.
pub fn retirer(issue: Issue, equipe: &Equipe, auteur: Uuid) -> Result<Retrait, RefusRevendication> {
    match issue {
        Issue::EnAttente => Ok(Retrait::Attente),
        Issue::Close => Err(RefusRevendication::DejaTranchee),
        Issue::Acceptee if equipe.membres.len() > 1 && equipe.seul_responsable(auteur) => {
            Err(RefusRevendication::DernierResponsable)
        }
        Issue::Acceptee => Ok(Retrait::Place),
    }
}

/// Decides on a claim by the cell's word.
pub fn repondre(
    tranchee: bool,
    accepter: bool,
    motif: &str,
) -> Result<Reponse, RefusRevendication> {
    match (tranchee, accepter) {
        (true, _) => Err(RefusRevendication::DejaTranchee),
        (false, true) => Ok(Reponse::Acceptee),
        (false, false) => Ok(Reponse::Refusee {
            motif: lire_le_motif(motif)?,
        }),
    }
}

/// Decides whether what a claim gave is taken back; gives the reason.
pub fn reprendre(debout: bool, motif: &str) -> Result<String, RefusRevendication> {
    match debout {
        true => lire_le_motif(motif),
        false => Err(RefusRevendication::DejaReprise),
    }
}

fn lire_le_motif(motif: &str) -> Result<String, RefusRevendication> {
    let motif = motif.trim();
    match phrase_illisible(motif) {
        true => Err(RefusRevendication::MotifAttendu),
        false => Ok(motif.to_owned()),
    }
}
