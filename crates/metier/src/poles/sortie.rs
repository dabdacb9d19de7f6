//! Leaving the register: a pole that sleeps, or is struck off, with its day, a
//! reason and a source. Its record stays and says so; from that day on it is in
//! no count, no map and no census (dispositif, § 5.1).

use jiff::civil::Date;

use super::correction::phrase_illisible;
use crate::{
    commun::{Raison, Refus, SANS_NOM, parle_par_ses_raisons},
    liste_fermee,
};

liste_fermee! {
    /// How a pole left the register.
    pub enum EtatDeSortie {
        /// It does nothing for now.
        EnSommeil = "en_sommeil", "En sommeil";
        /// It is a pole no more.
        Radie = "radie", "Radié";
    }
}

/// A pole leaves the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sortie {
    /// How.
    pub etat: EtatDeSortie,
    /// From which day on, that day included.
    pub depuis: Date,
    /// Why, for anyone to read.
    pub motif: String,
    /// Where that comes from.
    pub source: String,
}

/// Why a pole does not leave the register, or does not come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusSortie {
    /// What cannot be kept: each field, and why.
    Illisible(Vec<(&'static str, &'static str)>),
    /// The text of that field names somebody, and everybody would read it.
    NommeQuelquUn(&'static str),
    /// It left already.
    DejaSorti,
    /// A real pole, in a demonstration.
    PoleReel,
    /// That departure was undone.
    DejaAnnulee,
    /// To undo it says why.
    MotifAttendu,
}

/// What was typed.
#[derive(Debug, Clone, Copy)]
pub struct Saisie<'a> {
    /// The code of an [`EtatDeSortie`].
    pub etat: &'a str,
    /// « 2024-05-03 ».
    pub depuis: &'a str,
    /// Why.
    pub motif: &'a str,
    /// Where that comes from.
    pub source: &'a str,
}

impl Sortie {
    /// Reads what was typed on that day; a day to come has not been.
    pub fn lire(
        saisie: Saisie<'_>,
        deja_sorti: bool,
        aujourd_hui: Date,
    ) -> Result<Self, RefusSortie> {
        if deja_sorti {
            return Err(RefusSortie::DejaSorti);
        }
        let etat = EtatDeSortie::par_code(saisie.etat);
        let depuis = saisie.depuis.trim().parse::<Date>().ok();
        let depuis = depuis.filter(|jour| *jour <= aujourd_hui);
        let (motif, source) = (saisie.motif.trim(), saisie.source.trim());
        let fautes = [
            (etat.is_none(), "etat", "Choisissez : en sommeil, ou radié."),
            (
                depuis.is_none(),
                "depuis",
                "Donnez le jour depuis lequel il l’est : un jour passé, ou aujourd’hui.",
            ),
            (
                phrase_illisible(motif),
                "motif",
                "Donnez le motif, en 400 signes au plus et sans adresse de courriel : il sera lu de tous.",
            ),
            (
                phrase_illisible(source),
                "source",
                "Dites d’où vient l’information, en 400 signes au plus et sans adresse de courriel.",
            ),
        ];
        match (etat, depuis) {
            (Some(etat), Some(depuis)) if fautes.iter().all(|(faute, ..)| !faute) => Ok(Self {
                etat,
                depuis,
                motif: motif.to_owned(),
                source: source.to_owned(),
            }),
            _ => Err(RefusSortie::Illisible(
                fautes
                    .into_iter()
                    .filter(|(faute, ..)| *faute)
                    .map(|(_, ancre, phrase)| (ancre, phrase))
                    .collect(),
            )),
        }
    }
}

/// Puts a pole back: the reason is read by anyone.
pub fn annuler(annulee: bool, motif: &str) -> Result<String, RefusSortie> {
    let motif = motif.trim();
    match (annulee, phrase_illisible(motif)) {
        (true, _) => Err(RefusSortie::DejaAnnulee),
        (false, true) => Err(RefusSortie::MotifAttendu),
        (false, false) => Ok(motif.to_owned()),
    }
}

impl Refus for RefusSortie {
    fn raisons(&self) -> Vec<Raison> {
        match self {
            Self::Illisible(fautes) => fautes
                .iter()
                .map(|&(ancre, phrase)| Raison::new(ancre, phrase).ancre(ancre))
                .collect(),
            Self::NommeQuelquUn(ancre) => vec![Raison::new("nomme", SANS_NOM).ancre(*ancre)],
            Self::DejaSorti => vec![
                Raison::new("deja_sorti", "Ce pôle est déjà sorti du registre.")
                    .remede("Annulez d’abord cette sortie."),
            ],
            Self::PoleReel => vec![
                Raison::new(
                    "pole_reel",
                    "Ce pôle existe : dans cette démonstration, il ne sort pas du registre.",
                )
                .remede("Essayez sur un pôle marqué « Inventé »."),
            ],
            Self::DejaAnnulee => vec![Raison::new(
                "deja_annulee",
                "Cette sortie est déjà annulée.",
            )],
            Self::MotifAttendu => vec![
                Raison::new(
                    "annulation",
                    "Donnez le motif, en 400 signes au plus et sans adresse de courriel : il sera lu de tous.",
                )
                .ancre("annulation"),
            ],
        }
    }
}

parle_par_ses_raisons!(RefusSortie);

#[cfg(test)]
mod tests {
    use super::*;

    const JOUR: Date = Date::constant(2024, 3, 26);

    fn saisie(depuis: &str) -> Saisie<'_> {
        Saisie {
            etat: "en_sommeil",
            depuis,
            motif: "Plus d’activité",
            source: "Courrier du pôle",
        }
    }

    #[test]
    fn un_pole_sort_a_un_jour_passe_avec_un_motif_et_une_source() {
        let sortie = Sortie::lire(saisie("2024-03-01"), false, JOUR).unwrap();
        assert_eq!(sortie.etat, EtatDeSortie::EnSommeil);
        assert_eq!(sortie.depuis, Date::constant(2024, 3, 1));
        let a_venir = Sortie::lire(saisie("2024-03-27"), false, JOUR).unwrap_err();
        assert_eq!(a_venir.raisons()[0].ancre.as_deref(), Some("depuis"));
        let rien = Saisie {
            etat: "",
            depuis: "",
            motif: "lea@rives.example",
            source: "",
        };
        assert_eq!(
            Sortie::lire(rien, false, JOUR).unwrap_err().raisons().len(),
            4
        );
        assert_eq!(
            Sortie::lire(saisie("2024-03-01"), true, JOUR),
            Err(RefusSortie::DejaSorti)
        );
    }

    #[test]
    fn un_retour_se_motive_et_ne_se_fait_qu_une_fois() {
        assert_eq!(annuler(false, " Il reprend "), Ok("Il reprend".to_owned()));
        assert_eq!(annuler(false, ""), Err(RefusSortie::MotifAttendu));
        assert_eq!(annuler(true, "Il reprend"), Err(RefusSortie::DejaAnnulee));
    }
}
