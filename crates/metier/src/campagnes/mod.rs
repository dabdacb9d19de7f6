//! The calls: what a notice says, as one typed document.
//!
//! Dossiers, instruction and every later room read a call through this one.
//! Nothing here knows a dossier or a decision, and no rule of a call is
//! written in Rust: rules are data, under `appels/`.

mod avis;
mod calendrier;
pub mod cas;
pub mod conditions;
mod document;
pub mod eligibilite;
mod faits;
mod faute;
mod fenetre;
pub mod formulaire;
mod grille;
mod identite;
mod pieces;
pub mod questions;
mod regles;
mod subvention;
mod voisin;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use jiff::Timestamp;

pub use avis::{ExigenceCharte, ForceCharte, RegleAvis};
pub use calendrier::{ActesTenus, Acteur, Calendrier, Echeance, Etape, EtatCampagne, Moment};
pub use document::{lire, verifier};
pub use faits::{AideRecue, MembreConnu};
pub use faute::{Ecart, Faute};
pub use fenetre::Fenetre;
pub use grille::{Axe, Bonus, CasesRequises, Critere, Grille, Volet};
pub use identite::{
    BaseLegale, Conservation, DonneesPersonnelles, Genre, Identite, NonPrecise, Notice, Objectif,
    Service,
};
pub use pieces::{BudgetDemande, PieceDemandee, Preuve};
pub use regles::{Controle, Nature, Regle};
pub use subvention::{Emploi, Emplois, MONTANT_DEMANDE, RegleMontant, Subvention};

use conditions::Vocabulaire;
use formulaire::Formulaire;

/// A call, as its document says it.
///
/// It can only be had from [`lire`]: whoever holds one has no check left to
/// make on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campagne {
    /// Who it is and where it comes from.
    pub identite: Identite,
    /// The legal texts it stands on.
    pub bases_legales: Vec<BaseLegale>,
    /// What it aims at.
    pub objectifs: Vec<Objectif>,
    /// When it opens, closes, and what comes after.
    pub calendrier: Calendrier,
    /// What it gives; none when it opens services only.
    pub subvention: Option<Subvention>,
    /// What the subsidy may pay for.
    pub emplois: Emplois,
    /// What it requires of the Charter.
    pub charte: Option<ExigenceCharte>,
    /// Who gives an opinion.
    pub avis: RegleAvis,
    /// Its rules, in the order of the notice.
    pub regles: Vec<Regle>,
    /// What is looked at together.
    pub axes: Vec<Axe>,
    /// What is judged.
    pub criteres: Vec<Critere>,
    /// What is an optional merit.
    pub bonus: Vec<Bonus>,
    /// The scale of the marks.
    pub grille: Option<Grille>,
    /// The pieces it asks for.
    pub pieces: Vec<PieceDemandee>,
    /// Its form.
    pub formulaire: Formulaire,
    /// How long data are kept.
    pub conservations: Vec<Conservation>,
    /// What its notice does not say.
    pub non_precise: Vec<NonPrecise>,
    vocabulaire: Arc<Vocabulaire>,
}

impl Campagne {
    /// When dossiers are received.
    pub fn fenetre(&self) -> Fenetre {
        self.calendrier.fenetre()
    }

    /// Where it stands at that instant, by its calendar.
    pub fn etat(&self, le: Timestamp) -> EtatCampagne {
        self.calendrier.etat(le)
    }

    /// The words its conditions may use, the fields of its form included.
    pub fn vocabulaire(&self) -> &Arc<Vocabulaire> {
        &self.vocabulaire
    }

    /// The rule of that code.
    pub fn regle(&self, code: &str) -> Option<&Regle> {
        self.regles.iter().find(|regle| regle.code == code)
    }

    /// The criteria of that axis, in order.
    pub fn criteres_de<'c>(&'c self, axe: &'c str) -> impl Iterator<Item = &'c Critere> {
        self.criteres.iter().filter(move |c| c.axe == axe)
    }

    /// The bonuses of that axis, in order.
    pub fn bonus_de<'c>(&'c self, axe: &'c str) -> impl Iterator<Item = &'c Bonus> {
        self.bonus.iter().filter(move |bonus| bonus.axe == axe)
    }

    /// The piece of that code.
    pub fn piece(&self, code: &str) -> Option<&PieceDemandee> {
        self.pieces.iter().find(|piece| piece.code == code)
    }

    /// How long data of that code are kept.
    pub fn conservation(&self, code: &str) -> Option<&Conservation> {
        self.conservations.iter().find(|c| c.code == code)
    }
}
