//! Who gives an opinion on a dossier, and on which Charter the call stands.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::document::Section;
use super::identite::mots;
use crate::commun::{Region, liste_fermee};

/// Who gives the opinion of a call.
///
/// The competent cell is that of the region of the carrying structure's seat
/// (notice 2024, § 6.2). Four regions have none: no dossier is left without a
/// reader (P-20).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegleAvis {
    /// Who reads when the region has no cell, unless said otherwise below.
    pub suppleance: Suppleant,
    /// Regions whose dossiers go to the cell of another region.
    pub suppleances: BTreeMap<Region, Region>,
    /// Whether the pole reads the opinion with the decision.
    pub communique: bool,
    /// Where the notice says it.
    pub source: String,
}

/// Who reads in place of a cell that does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suppleant {
    /// The service of the State that runs the call.
    Pilote,
    /// The cell of another region.
    Cellule(Region),
}

impl RegleAvis {
    /// Who reads the dossiers of that region if it has no cell.
    pub fn suppleant(&self, region: Region) -> Suppleant {
        match self.suppleances.get(&region) {
            Some(autre) => Suppleant::Cellule(*autre),
            None => self.suppleance,
        }
    }
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
    let suppleance = section.parmi("suppleance", &[("pilote", Suppleant::Pilote)]);
    let mut suppleances = BTreeMap::new();
    for mut table in section.sections("suppleances") {
        let (region, par) = (region(&mut table, "region"), region(&mut table, "par"));
        if let (Some(region), Some(par)) = (region, par) {
            suppleances.insert(region, par);
        }
        table.clore();
    }
    let regle = RegleAvis {
        suppleance,
        suppleances,
        communique: section.booleen("communique", false),
        source: section.texte("source"),
    };
    section.clore();
    regle
}

fn region(table: &mut Section<'_, '_>, cle: &'static str) -> Option<Region> {
    let code = table.code(cle);
    let region = Region::par_code(&code.valeur);
    if region.is_none() && !code.valeur.is_empty() {
        let message = format!("« {} » n'est pas le code d'une région.", code.valeur);
        table
            .fautes
            .signaler(code.place, &message, "un code officiel, par exemple \"53\"");
    }
    region
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
