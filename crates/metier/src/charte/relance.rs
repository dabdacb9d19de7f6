//! Reminding poles to sign: whom one writes to, whom one leaves alone, and why.
//!
//! Source: dispositif, P-09 (laureates of the accompaniment who did not sign).
//! Nobody is reminded without somebody asking for it, more often than once in
//! [`DELAI`], or against their will.

use jiff::{SignedDuration, Timestamp};

use super::Charte;
use crate::commun::{Raison, Refus, liste_fermee, parle_par_ses_raisons, temps};

/// How long a pole is left alone after a reminder: thirty days.
pub const DELAI: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long the word added to a reminder may be, in signs.
pub const MOT_AU_PLUS: usize = 600;

liste_fermee! {
    /// Whom a batch of reminders is for.
    pub enum Cible {
        /// Laureates of the accompaniment without a signature that stands.
        Laureats = "laureats", "Lauréats sans signature";
        /// Poles that signed another version than the one to sign now.
        Anciens = "anciens", "Signataires d’une version précédente";
    }
}

/// What is looked at before a pole is written to.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// It had signed, and withdrew.
    pub retiree: bool,
    /// When it was last reminded.
    pub derniere: Option<Timestamp>,
    /// Of each person who answers for it, whether they objected to reminders.
    pub oppositions: &'a [bool],
}

/// Why a pole is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empechement {
    /// It withdrew its signature: that is an answer.
    Retrait,
    /// Nobody answers for it here: there is no address to write to.
    SansResponsable,
    /// Whoever answers for it asked for no reminder.
    Opposition,
    /// It was reminded less than [`DELAI`] ago.
    Recente {
        /// When.
        le: Timestamp,
    },
}

impl Situation<'_> {
    /// Whom to write to, by rank: the first of those who answer for the pole
    /// and did not object. One person a pole, never two.
    pub fn destinataire(&self, le: Timestamp) -> Result<usize, Empechement> {
        if self.retiree {
            return Err(Empechement::Retrait);
        }
        if self.oppositions.is_empty() {
            return Err(Empechement::SansResponsable);
        }
        let rang = self.oppositions.iter().position(|oppose| !oppose);
        let rang = rang.ok_or(Empechement::Opposition)?;
        match self.derniere {
            Some(derniere) if le < derniere + DELAI => Err(Empechement::Recente { le: derniere }),
            _ => Ok(rang),
        }
    }
}

impl Empechement {
    /// Said beside the name of the pole.
    pub fn phrase(self) -> String {
        match self {
            Self::Retrait => "A retiré sa signature : c’est une réponse.".to_owned(),
            Self::SansResponsable => {
                "Personne n’en répond ici : aucune adresse à qui écrire.".to_owned()
            }
            Self::Opposition => {
                "Qui en répond a demandé de ne plus recevoir ces rappels.".to_owned()
            }
            Self::Recente { le } => format!(
                "A reçu un rappel le {}, il y a moins de 30 jours.",
                temps::jour_court(le)
            ),
        }
    }
}

/// What somebody asks when they press « Envoyer ».
#[derive(Debug, Clone, Copy)]
pub struct Envoi<'a> {
    /// The fingerprint of the list they read.
    pub lue: &'a str,
    /// The fingerprint of the list as it is now.
    pub actuelle: &'a str,
    /// How many people it writes to.
    pub destinataires: usize,
    /// The word added to the mail.
    pub mot: &'a str,
    /// The word that stood in the mail they read.
    pub mot_lu: &'a str,
    /// This very batch left already.
    pub partie: bool,
}

/// Why a batch of reminders does not leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusRelance {
    /// Nothing can be signed: there is nothing to ask for.
    TexteAttendu,
    /// The button was pressed twice.
    DejaPartie,
    /// The list is not the one that was read.
    ListeChangee,
    /// Nobody on it may be written to.
    SansDestinataire,
    /// The word is not the one that stood in the mail that was read.
    MotNonRelu,
    /// The word added is too long.
    MotTropLong {
        /// How long it is.
        signes: usize,
    },
}

impl Charte {
    /// Decides whether a batch of reminders leaves.
    pub fn relancer(&self, envoi: Envoi<'_>) -> Result<(), RefusRelance> {
        if self.a_signer().is_none() {
            return Err(RefusRelance::TexteAttendu);
        }
        if envoi.partie {
            return Err(RefusRelance::DejaPartie);
        }
        if envoi.lue != envoi.actuelle {
            return Err(RefusRelance::ListeChangee);
        }
        if envoi.destinataires == 0 {
            return Err(RefusRelance::SansDestinataire);
        }
        let signes = envoi.mot.chars().count();
        if signes > MOT_AU_PLUS {
            return Err(RefusRelance::MotTropLong { signes });
        }
        // A form sends the ends of lines in its own way.
        match envoi
            .mot
            .split_whitespace()
            .eq(envoi.mot_lu.split_whitespace())
        {
            true => Ok(()),
            false => Err(RefusRelance::MotNonRelu),
        }
    }
}

impl Refus for RefusRelance {
    fn raisons(&self) -> Vec<Raison> {
        let raison = match self {
            Self::TexteAttendu => Raison::new(
                "texte_attendu",
                "Aucune version ne se signe aujourd’hui : il n’y a rien à rappeler.",
            ),
            Self::DejaPartie => Raison::new(
                "relance_deja_partie",
                "Ces courriels sont déjà partis, une fois.",
            ),
            Self::ListeChangee => Raison::new(
                "liste_changee",
                "La liste a changé depuis que vous l’avez lue : aucun courriel n’est parti.",
            )
            .remede("Relisez-la ci-dessous, puis envoyez."),
            Self::SansDestinataire => Raison::new(
                "sans_destinataire",
                "Personne, dans cette liste, ne peut recevoir de rappel aujourd’hui.",
            ),
            Self::MotNonRelu => Raison::new(
                "mot_non_relu",
                "Votre mot a changé depuis que vous avez lu le courriel : aucun n’est parti.",
            )
            .remede("Relisez-le ci-dessous, puis envoyez.")
            .ancre("mot"),
            Self::MotTropLong { signes } => Raison::new(
                "mot_trop_long",
                format!("Votre mot compte {signes} signes : {MOT_AU_PLUS} au plus."),
            )
            .ancre("mot"),
        };
        vec![raison]
    }
}

parle_par_ses_raisons!(RefusRelance);

#[cfg(test)]
mod tests {
    use super::*;

    const SEULE: Situation<'_> = Situation {
        retiree: false,
        derniere: None,
        oppositions: &[false],
    };

    fn t(texte: &str) -> Timestamp {
        texte.parse().unwrap()
    }

    #[test]
    fn on_ecrit_a_la_premiere_personne_qui_ne_s_y_oppose_pas() {
        let le = t("2024-03-26T08:00:00Z");
        assert_eq!(SEULE.destinataire(le), Ok(0));
        let deux = Situation {
            oppositions: &[true, false, false],
            ..SEULE
        };
        assert_eq!(deux.destinataire(le), Ok(1));
        let toutes = Situation {
            oppositions: &[true],
            ..SEULE
        };
        assert_eq!(toutes.destinataire(le), Err(Empechement::Opposition));
        let aucune = Situation {
            oppositions: &[],
            ..SEULE
        };
        assert_eq!(aucune.destinataire(le), Err(Empechement::SansResponsable));
    }

    #[test]
    fn un_pole_n_est_pas_relance_deux_fois_en_trente_jours() {
        let derniere = t("2024-03-26T08:00:00Z");
        let relance = Situation {
            derniere: Some(derniere),
            ..SEULE
        };
        let empechement = Empechement::Recente { le: derniere };
        assert_eq!(
            relance.destinataire(t("2024-04-25T07:59:59Z")),
            Err(empechement)
        );
        assert_eq!(relance.destinataire(t("2024-04-25T08:00:00Z")), Ok(0));
        assert_eq!(
            empechement.phrase(),
            "A reçu un rappel le 26/03/2024, il y a moins de 30 jours."
        );
    }

    #[test]
    fn qui_a_retire_sa_signature_a_repondu() {
        let retiree = Situation {
            retiree: true,
            ..SEULE
        };
        let issue = retiree.destinataire(t("2024-03-26T08:00:00Z"));
        assert_eq!(issue, Err(Empechement::Retrait));
    }
}
