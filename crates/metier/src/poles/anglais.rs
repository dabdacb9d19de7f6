//! The words of the register for partners abroad, in the cluster vocabulary: a
//! pole is a « social and ecological innovation cluster » (dispositif, § 9).
//!
//! Never done here: the name of a pole, of a structure or of a French text,
//! which stay in French.

use super::{Maturite, Signe, Theme};
use crate::commun::Region;

/// What a pole is called.
pub const POLE: &str = "social and ecological innovation cluster";

/// A sign, in English.
pub const fn signe(signe: Signe) -> &'static str {
    match signe {
        Signe::Charte => "Signed the Charter",
        Signe::Accompagnement => "Selected for support",
        Signe::Financement => "Selected for funding",
    }
}

/// A level, in English.
pub const fn maturite(maturite: Maturite) -> &'static str {
    match maturite {
        Maturite::EnCreation => "Being created",
        Maturite::Emergent => "Emerging",
        Maturite::Existant => "Established",
        Maturite::EnDeveloppement => "Developing",
        Maturite::Mature => "Mature",
    }
}

/// A region; one without an English name keeps its own.
pub fn region(region: Region) -> &'static str {
    match region {
        Region::Guyane => "French Guiana",
        Region::LaReunion => "Réunion",
        Region::Normandie => "Normandy",
        Region::Bretagne => "Brittany",
        Region::Corse => "Corsica",
        autre => autre.nom(),
    }
}

/// A theme, in English.
pub const fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::Agroecologie => "Agroecology",
        Theme::Alimentation => "Food",
        Theme::Autonomie => "Independent living",
        Theme::Batiment => "Building",
        Theme::Bio => "Organic farming",
        Theme::Bois => "Wood",
        Theme::CircuitsCourts => "Short supply chains",
        Theme::Culture => "Culture",
        Theme::Dechets => "Waste",
        Theme::Ecoconstruction => "Green building",
        Theme::Ecologie => "Ecology",
        Theme::EconomieCirculaire => "Circular economy",
        Theme::Emploi => "Employment",
        Theme::Energie => "Energy",
        Theme::Entrepreneuriat => "Entrepreneurship",
        Theme::EntrepreneuriatSocial => "Social entrepreneurship",
        Theme::FiliereLocale => "Local supply chain",
        Theme::Formation => "Training",
        Theme::Gastronomie => "Gastronomy",
        Theme::Hospitalite => "Hospitality",
        Theme::Insertion => "Work integration",
        Theme::Laine => "Wool",
        Theme::MateriauxBiosources => "Bio-based materials",
        Theme::Mobilite => "Mobility",
        Theme::NatureUrbaine => "Nature in the city",
        Theme::Numerique => "Digital",
        Theme::PetiteEnfance => "Early childhood",
        Theme::Qpv => "Priority urban neighbourhoods",
        Theme::Recherche => "Research",
        Theme::Recyclerie => "Recycling and reuse centre",
        Theme::Reemploi => "Reuse",
        Theme::RenouveauProductif => "Industrial renewal",
        Theme::Renovation => "Renovation",
        Theme::Reparation => "Repair",
        Theme::Restauration => "Catering",
        Theme::ServicesALaPersonne => "Personal services",
        Theme::Sport => "Sport",
        Theme::Textile => "Textiles",
        Theme::TiersLieu => "Third place",
        Theme::TiersLieuxNourriciers => "Food-growing third places",
        Theme::Tourisme => "Tourism",
        Theme::Transition => "Transition",
        Theme::VieAssociative => "Community organisations",
    }
}
