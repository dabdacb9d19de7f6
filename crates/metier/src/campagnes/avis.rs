//! Who gives an opinion on a dossier, and on which Charter the call stands.

use jiff::civil::Date;

use super::document::Section;
use super::identite::mots;
use crate::commun::liste_fermee;

/// Who gives the opinion of a call.
///
/// The competent cell is that of the region of the carrying structure's seat
/// (notice 2024, § 6.2). Who stands in for the regions without one (P-20) is no
/// matter of a call: the State names it, by an act, for all of them
/// (`instruction::suppleer`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegleAvis {
    /// Whether the pole reads the opinion with the decision.
    pub communique: bool,
    /// Where the notice says it.
    pub source: String,
}

liste_fermee! {
    /// What an unsigned Charter leads to (P-09).
    pub enum ForceCharte {
        /// The dossier is not eligible.
        Bloquante = "bloquante", "Signature exigée";
        /// A commitment to sign is enough.
        EngagementASigner = "engagement_a_signer", "Engagement à signer";
        /// It is only pointed out.
        Alerte = "alerte", "Signature attendue";
    }
}

/// What a call requires of the Charter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExigenceCharte {
    /// How hard it is.
    pub force: ForceCharte,
    /// The version that counts, by its date.
    pub version: Date,
}

pub(super) fn lire(racine: &mut Section<'_, '_>) -> RegleAvis {
    let mut section = racine.section("avis");
    section.parmi("par", &[("cellule_de_la_region", ())]);
    let regle = RegleAvis {
        communique: section.booleen("communique", false),
        source: section.texte("source"),
    };
    section.clore();
    regle
}

pub(super) fn lire_charte(racine: &mut Section<'_, '_>) -> Option<ExigenceCharte> {
    let mut section = racine.section_si("charte")?;
    let exigence = ExigenceCharte {
        force: section.parmi("force", &mots(ForceCharte::TOUS, ForceCharte::code)),
        version: section.date("version"),
    };
    section.clore();
    Some(exigence)
}
