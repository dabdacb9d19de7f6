//! The payment: prepared by one person, validated by another, in one go.
//!
//! Source: notice 2024, FAQ 2 and P-29 (all of it at validation); loi 2021-875
//! (within 60 days of the notification); droit-et-normes, B3 and B11. What
//! leaves the house is an order to be exported.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use super::convention::Convention;
use super::iban::Iban;
use crate::commun::{Montant, Raison, Refus, parle_par_ses_raisons, plier, temps, typographie};

/// Where the money goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompteBancaire {
    /// The account.
    pub iban: Iban,
    /// Its holder, as written on the bank's document.
    pub titulaire: String,
    /// The person preparing has compared the holder with the beneficiary.
    pub titulaire_verifie: bool,
}

/// Whether two spellings are the name of one holder: banks print capitals, no
/// accent, and a blank for an apostrophe or a hyphen.
pub fn memes_noms(un: &str, autre: &str) -> bool {
    let lettres = |nom: &str| plier(nom).replace(' ', "");
    lettres(un) == lettres(autre)
}

/// An order of payment, prepared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrdreVersement {
    /// The agreement.
    pub convention: Uuid,
    /// How much.
    pub montant: Montant,
    /// Where to.
    pub compte: CompteBancaire,
    /// Who prepared it.
    pub prepare_par: Uuid,
    /// When.
    pub prepare_le: Timestamp,
}

/// A payment: an order that a second person has validated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versement {
    /// The agreement.
    pub convention: Uuid,
    /// How much.
    pub montant: Montant,
    /// Four last signs of the account; the whole number is kept apart.
    pub compte_finissant_par: String,
    /// Who prepared it.
    pub prepare_par: Uuid,
    /// Who validated it.
    pub valide_par: Uuid,
    /// When it was validated.
    pub valide_le: Timestamp,
}

/// Why an order is neither prepared nor validated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusVersement {
    /// The Trésor has not validated the agreement.
    ConventionNonValidee,
    /// All of it is paid.
    DejaVersee,
    /// The order is for another agreement.
    AutreConvention,
    /// Who prepares does not validate.
    MemePersonne,
    /// Things to mend; all of them.
    AReprendre(Vec<Raison>),
}

impl OrdreVersement {
    /// Decides whether this order may be prepared: all of the aid, at once.
    pub fn preparer(
        convention: &Convention,
        montant: Montant,
        compte: CompteBancaire,
        par: Uuid,
        le: Timestamp,
    ) -> Result<Self, RefusVersement> {
        versement_possible(convention)?;
        let mut raisons: Vec<Raison> = montant_exact(convention, montant).into_iter().collect();
        if compte.titulaire.trim().is_empty() {
            raisons.push(
                Raison::new("titulaire_absent", "Indiquez le titulaire du compte.")
                    .ancre("titulaire"),
            );
        } else if !compte.titulaire_verifie {
            raisons.push(
                Raison::new(
                    "titulaire_non_verifie",
                    "Le titulaire du compte n’a pas été comparé au bénéficiaire.",
                )
                .remede("Comparez-les sur le relevé d’identité bancaire, puis cochez la case.")
                .ancre("titulaire_verifie"),
            );
        }
        match raisons.is_empty() {
            true => Ok(Self {
                convention: convention.id,
                montant,
                compte,
                prepare_par: par,
                prepare_le: le,
            }),
            false => Err(RefusVersement::AReprendre(raisons)),
        }
    }

    /// Decides whether a second person validates it, and returns the payment.
    ///
    /// Everything is checked again: the agreement may have been paid since.
    pub fn valider(
        &self,
        convention: &Convention,
        par: Uuid,
        le: Timestamp,
    ) -> Result<Versement, RefusVersement> {
        if convention.id != self.convention {
            return Err(RefusVersement::AutreConvention);
        }
        versement_possible(convention)?;
        if par == self.prepare_par {
            return Err(RefusVersement::MemePersonne);
        }
        if let Some(raison) = montant_exact(convention, self.montant) {
            return Err(RefusVersement::AReprendre(vec![raison]));
        }
        Ok(Versement {
            convention: self.convention,
            montant: self.montant,
            compte_finissant_par: self.compte.iban.derniers().to_owned(),
            prepare_par: self.prepare_par,
            valide_par: par,
            valide_le: le,
        })
    }
}

fn versement_possible(convention: &Convention) -> Result<(), RefusVersement> {
    if convention.validation.is_none() {
        return Err(RefusVersement::ConventionNonValidee);
    }
    if convention.est_versee() {
        return Err(RefusVersement::DejaVersee);
    }
    Ok(())
}

/// One payment of the whole: more would exceed the agreement, less would leave
/// a second one that the notice does not know.
fn montant_exact(convention: &Convention, montant: Montant) -> Option<Raison> {
    let du = convention.montant;
    (montant != du || convention.verse() != Montant::ZERO).then(|| {
        Raison::new(
            "montant_inexact",
            format!("L’ordre porte {montant} ; la convention se verse en une fois, {du}."),
        )
        .ancre("montant")
    })
}

impl Refus for RefusVersement {
    fn raisons(&self) -> Vec<Raison> {
        vec![match self {
            Self::ConventionNonValidee => Raison::new(
                "convention_non_validee",
                "La convention n’est pas encore validée : rien ne se verse.",
            ),
            Self::DejaVersee => Raison::new(
                "deja_versee",
                "Cette convention est déjà versée en totalité.",
            ),
            Self::AutreConvention => Raison::new(
                "autre_convention",
                "Cet ordre porte sur une autre convention.",
            ),
            Self::MemePersonne => Raison::new(
                "meme_personne",
                "Vous avez préparé cet ordre : une autre personne doit le valider.",
            ),
            Self::AReprendre(raisons) => return raisons.clone(),
        }]
    }
}

parle_par_ses_raisons!(RefusVersement);

/// How near, or past, the last day to pay is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlerteVersement {
    /// Last day to pay.
    pub au_plus_tard: Date,
    /// Whether that day is past.
    pub depassee: bool,
}

impl AlerteVersement {
    /// Days the law leaves from the notification.
    const DELAI: i64 = 60;
    /// Day from which it is worth saying.
    const RAPPEL: i64 = 45;

    /// What to show.
    pub fn phrase(&self) -> String {
        let jour = temps::jour_long_de(self.au_plus_tard);
        typographie(&match self.depassee {
            true => format!("L’aide devait être versée jusqu’au {jour}."),
            false => format!("L’aide est à verser jusqu’au {jour}."),
        })
    }
}

/// What to point out of an agreement not paid yet: nothing before the
/// forty-fifth day after the notification, late after the sixtieth.
pub fn alerte_versement(convention: &Convention, le: Timestamp) -> Option<AlerteVersement> {
    if convention.est_versee() {
        return None;
    }
    let notifiee = temps::jour_de(convention.notifiee_le);
    let jours_apres = |jours: i64| notifiee.saturating_add(jours.days());
    let aujourd_hui = temps::jour_de(le);
    let au_plus_tard = jours_apres(AlerteVersement::DELAI);
    (aujourd_hui >= jours_apres(AlerteVersement::RAPPEL)).then_some(AlerteVersement {
        au_plus_tard,
        depassee: aujourd_hui > au_plus_tard,
    })
}
