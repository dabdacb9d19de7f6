//! The words of the register for partners abroad, in the cluster vocabulary: a
//! pole is a « social and ecological innovation cluster » (dispositif, § 9).
//!
//! Never done here: the name of a pole, of a structure or of a French text,
//! which stay in French.

use super::{Maturite, Membre, Moment, NatureMembre, Signe, Theme};
use crate::commun::{Region, temps};

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

/// What a member is, in English.
pub const fn nature(nature: NatureMembre) -> &'static str {
    match nature {
        NatureMembre::Ess => "Social economy organisation",
        NatureMembre::EntrepriseHorsEss => "Other company",
        NatureMembre::Collectivite => "Local authority",
        NatureMembre::Recherche => "Research body",
        NatureMembre::Formation => "Education or training body",
        NatureMembre::Citoyens => "Group of citizens",
        NatureMembre::Autre => "Other organisation",
    }
}

/// When somebody was a member: « since 2021 », « from 2021 to 3 May 2023 »;
/// blank when no date is known.
pub fn quand(membre: &Membre) -> String {
    let dit = |moment: Moment| match moment {
        Moment::Annee(annee) => annee.to_string(),
        Moment::Jour(jour) => temps::jour_en_anglais_de(jour),
    };
    match (membre.depuis.map(dit), membre.jusqu_a.map(dit)) {
        (None, None) => String::new(),
        (Some(depuis), None) => format!("since {depuis}"),
        (None, Some(fin)) => format!("until {fin}"),
        (Some(depuis), Some(fin)) => format!("from {depuis} to {fin}"),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_membre_l_est_depuis_ou_jusqu_a_une_date() {
        let quand_de = |depuis: &str, fin: &str| {
            quand(&Membre {
                nom: "Atelier".into(),
                nature: NatureMembre::Ess,
                depuis: depuis.parse().ok(),
                jusqu_a: fin.parse().ok(),
                tiers_lieu: false,
            })
        };
        assert_eq!(quand_de("", ""), "");
        assert_eq!(quand_de("2021", ""), "since 2021");
        assert_eq!(quand_de("2021-03-15", "2023"), "from 15 March 2021 to 2023");
        assert_eq!(quand_de("", "2023-05-03"), "until 3 May 2023");
    }
}
