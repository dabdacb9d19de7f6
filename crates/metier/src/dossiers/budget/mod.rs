//! The two budgets of a dossier: the structure's and the project's.
//!
//! Source: notice 2024, § 2, 4 and 5; droit-et-normes, B6 and its annex. A
//! budget is read while it is being typed: it is never an error to be
//! unbalanced, and nothing here throws on an incomplete line. Only
//! [`Equilibre`] says that nothing is left to mend.

mod aide;
mod analyse;
mod comptes;
mod remarques;
#[cfg(test)]
mod tests;

pub use aide::ReglesAide;
pub use analyse::{Analyse, Equilibre, RefusBudget};
pub use comptes::{Compte, CompteInattendu, Sens};
pub use remarques::{Gravite, Remarque};

use crate::campagnes::Emploi;
use crate::commun::{Montant, liste_fermee};

liste_fermee! {
    /// Where a co-funding stands (notice 2024, § 3.b).
    pub enum EtatFinancement {
        /// Granted.
        Obtenue = "obtenue", "Obtenue";
        /// Asked for, not yet answered.
        Deposee = "deposee", "Déposée";
    }
}

/// A line as the applicant left it. A blank is kept as a blank: it is not 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LigneBudget {
    /// Where a remark leads: the anchor of the line on the page.
    pub repere: String,
    /// Its account, which also says charge or produit.
    pub compte: Compte,
    /// What it is, in the applicant's words; the account's name when empty.
    pub libelle: String,
    /// Its amount; blank is not 0.
    pub montant: Option<Montant>,
    /// Charges of the project: the part borne by the subsidy.
    pub subvention: Option<Montant>,
    /// Charges of the project: which permitted use that part serves.
    pub emploi: Option<Emploi>,
    /// Charges: the thing lasts and loses value (vehicle, machine, works).
    pub amortissable: bool,
    /// Produits 74 and 75: granted or asked for.
    pub etat: Option<EtatFinancement>,
    /// Produits: this line is the aid asked for in this very dossier.
    pub aide_demandee: bool,
}

impl LigneBudget {
    /// A blank line on this account.
    pub fn nouvelle(repere: impl Into<String>, compte: Compte) -> Self {
        Self {
            repere: repere.into(),
            compte,
            libelle: String::new(),
            montant: None,
            subvention: None,
            emploi: None,
            amortissable: false,
            etat: None,
            aide_demandee: false,
        }
    }

    /// What to call it in a sentence.
    pub fn nom(&self) -> String {
        match self.libelle.trim() {
            "" => self.compte.to_string(),
            libelle => libelle.to_owned(),
        }
    }

    fn est(&self, sens: Sens) -> bool {
        self.compte.sens() == sens
    }
}

/// The budget as it stands on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// Its lines, in the order of the page.
    pub lignes: Vec<LigneBudget>,
    /// What the aid asks of it: only the project's budget carries the subsidy.
    pub aide: Option<ReglesAide>,
}

impl Budget {
    /// The structure's own budget: balanced, without any split of the subsidy.
    ///
    /// The state of its co-fundings is asked for too, and pointed out when it
    /// is missing: the notice weighs it on the project's alone (§ 3.b, M1).
    pub fn de_la_structure(lignes: Vec<LigneBudget>) -> Self {
        Self { lignes, aide: None }
    }

    /// The project's budget, on which the subsidy is split.
    pub fn du_projet(lignes: Vec<LigneBudget>, aide: ReglesAide) -> Self {
        Self {
            lignes,
            aide: Some(aide),
        }
    }

    /// Totals, gap and all remarks at once, whatever state it is in.
    pub fn analyser(&self) -> Analyse {
        Analyse::de(self)
    }

    /// The proof that nothing is left to mend, or everything that is.
    pub fn equilibrer(self) -> Result<Equilibre, RefusBudget> {
        Equilibre::prouver(self)
    }
}
