//! A budget, alone or joined to an agreement.

use jiff::Timestamp;
use serde::Serialize;

use crate::{Appel, PieceDeposee, Structure};

/// A provisional budget on the accounts of the Cerfa form, in two columns.
///
/// Amounts and totals are already computed, checked and written; nothing is
/// added up here.
#[derive(Debug, Clone, Serialize)]
pub struct BudgetPresente {
    /// Whether it is the structure's or the project's.
    pub nature: NatureBudget,
    /// Number of the dossier.
    pub numero: String,
    /// When this paper was made. Dates the file, is printed nowhere.
    pub etabli_le: Timestamp,
    /// State of what is shown: « déposé le 28/05/2024 », « brouillon du … ».
    pub etat: String,
    /// Who carries it.
    pub structure: Structure,
    /// Name of the pole.
    pub pole: String,
    /// The call.
    pub appel: Appel,
    /// The file that came beside the table, if one did.
    pub piece: Option<PieceDeposee>,
    /// The two columns and what follows them.
    pub tableau: TableauBudget,
}

/// Whose budget it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NatureBudget {
    /// Of the whole structure.
    Structure,
    /// Of the project alone.
    Projet,
}

/// The figures of a budget.
#[derive(Debug, Clone, Serialize)]
pub struct TableauBudget {
    /// The period: « 2 ans »; none where the form asks for none.
    pub periode: Option<String>,
    /// Accounts 60 to 69.
    pub charges: Vec<CompteBudget>,
    /// Accounts 70 to 79.
    pub produits: Vec<CompteBudget>,
    /// Total of charges, voluntary contributions apart.
    pub total_charges: String,
    /// Total of produits, voluntary contributions apart.
    pub total_produits: String,
    /// The gap between both, with its side, when they differ.
    pub ecart: Option<String>,
    /// Account 86, when there are voluntary contributions.
    pub contributions: Option<Contributions>,
    /// What the subsidy pays for, by use; empty for a budget of structure.
    pub emplois: Vec<EmploiBudget>,
    /// Total of the subsidy, when one is asked or granted.
    pub subvention: Option<String>,
    /// Share of the total of charges the subsidy pays: « 54,8 % ».
    pub part: Option<String>,
}

/// An account and its lines.
#[derive(Debug, Clone, Serialize)]
pub struct CompteBudget {
    /// Two digits; none for the shared indirect charges.
    pub compte: Option<String>,
    /// Its name.
    pub intitule: String,
    /// Its total.
    pub total: String,
    /// Its lines.
    pub lignes: Vec<LignePresentee>,
}

/// A line of an account.
#[derive(Debug, Clone, Serialize)]
pub struct LignePresentee {
    /// What it is.
    pub libelle: String,
    /// Its amount.
    pub montant: String,
    /// A charge: the share paid by the subsidy and its use. A produit: whether
    /// the money is obtained or asked for.
    pub mention: Option<MentionLigne>,
}

/// What is said under a line.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "genre", rename_all = "snake_case")]
pub enum MentionLigne {
    /// The subsidy pays a part of the line.
    Subvention {
        /// How much.
        montant: String,
        /// For which use; none when the line has none, as a good that lasts.
        emploi: Option<String>,
    },
    /// A co-funding already obtained.
    Obtenue,
    /// A co-funding asked for and not yet answered.
    Deposee,
    /// The subsidy of the call itself.
    Appel,
}

/// Voluntary contributions in kind, valued, apart from the budget.
#[derive(Debug, Clone, Serialize)]
pub struct Contributions {
    /// Account 86: what they are used for.
    pub emplois: Vec<LignePresentee>,
    /// Account 87: what they are.
    pub ressources: Vec<LignePresentee>,
    /// Total of 86.
    pub total_emplois: String,
    /// Total of 87.
    pub total_ressources: String,
}

/// A use of the subsidy.
#[derive(Debug, Clone, Serialize)]
pub struct EmploiBudget {
    /// Its name.
    pub intitule: String,
    /// How much of the subsidy.
    pub montant: String,
    /// The same as a share: « 90 % ».
    pub part: String,
}
