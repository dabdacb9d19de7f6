//! Where a pole is, as precisely as its sources say, and no more.

use crate::commun::Region;

/// How precisely a place is known; a map draws each otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// The commune of the seat.
    Commune,
    /// Somewhere in the department.
    Departement,
    /// Somewhere in the region.
    Region,
    /// No source says it.
    Inconnue,
}

impl Precision {
    /// « à la commune », for « lieu connu … ».
    pub const fn en_mots(self) -> &'static str {
        match self {
            Self::Commune => "connu à la commune",
            Self::Departement => "connu au département",
            Self::Region => "connu à la région",
            Self::Inconnue => "non connu",
        }
    }

    /// « au département », for « placé … ».
    pub const fn a_quoi(self) -> &'static str {
        match self {
            Self::Commune => "à la commune",
            Self::Departement => "au département",
            Self::Region => "à la région",
            Self::Inconnue => "nulle part",
        }
    }
}

/// A place; what no source says is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lieu {
    /// Name of the commune.
    pub commune: Option<String>,
    /// Code of the department: « 29 », « 2A », « 974 ».
    pub departement: Option<String>,
    /// The region, given or derived from the department.
    pub region: Option<Region>,
}

impl Lieu {
    /// How precisely it is known.
    pub fn precision(&self) -> Precision {
        match (&self.commune, &self.departement, self.region) {
            (Some(_), _, _) => Precision::Commune,
            (None, Some(_), _) => Precision::Departement,
            (None, None, Some(_)) => Precision::Region,
            (None, None, None) => Precision::Inconnue,
        }
    }

    /// « Morlaix (29), Bretagne », « Bretagne »; blank when nothing is known.
    pub fn en_mots(&self) -> String {
        let local = match (&self.commune, &self.departement) {
            (Some(commune), Some(departement)) => Some(format!("{commune} ({departement})")),
            (Some(commune), None) => Some(commune.clone()),
            (None, Some(departement)) => Some(format!("département {departement}")),
            (None, None) => None,
        };
        let region = self.region.map(|region| region.nom().to_owned());
        let parties: Vec<String> = local.into_iter().chain(region).collect();
        parties.join(", ")
    }
}

/// A place as a record keeps it, and as a change of it is written: a commune,
/// else a department, else a region.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Emplacement {
    /// Code of the commune, when it is one of today's.
    pub code: Option<String>,
    /// What is known of it besides.
    pub lieu: Lieu,
}

impl Emplacement {
    /// « code|commune|department|region », as [`Emplacement::lire`] reads it
    /// back; nothing when no source says it. A commune whose code says all the
    /// rest may be written by its code alone.
    pub fn ecrire(&self) -> Option<String> {
        let Lieu {
            commune,
            departement,
            region,
        } = &self.lieu;
        let region = region.map(|region| region.code().to_owned());
        let champs = [&self.code, commune, departement, &region];
        let connu = champs.iter().any(|champ| champ.is_some());
        let champs = champs.map(|champ| champ.as_deref().unwrap_or_default());
        connu.then(|| champs.join("|"))
    }

    /// Reads a place, or the code of a commune alone.
    pub fn lire(texte: &str) -> Self {
        let mut champs = texte.splitn(4, '|').map(str::trim);
        let mut suivant = || {
            let champ = champs.next().unwrap_or_default();
            (!champ.is_empty()).then(|| champ.to_owned())
        };
        Self {
            code: suivant(),
            lieu: Lieu {
                commune: suivant(),
                departement: suivant(),
                region: suivant().and_then(|code| Region::par_code(&code)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_emplacement_se_relit_comme_il_s_ecrit() {
        for ligne in ["|Montaigu|85|52", "||29|53", "|||53", "29151|Morlaix|29|"] {
            let lu = Emplacement::lire(ligne);
            assert_eq!(lu.ecrire().as_deref(), Some(ligne));
        }
        assert_eq!(Emplacement::default().ecrire(), None);
        let code = Emplacement::lire("29151");
        assert_eq!(
            (code.code.as_deref(), code.lieu),
            (Some("29151"), Lieu::default())
        );
    }

    fn lieu(commune: Option<&str>, departement: Option<&str>, region: Option<&str>) -> Lieu {
        Lieu {
            commune: commune.map(str::to_owned),
            departement: departement.map(str::to_owned),
            region: region.and_then(Region::par_code),
        }
    }

    #[test]
    fn un_lieu_dit_la_precision_de_ses_sources() {
        let cas = [
            (
                lieu(Some("Morlaix"), Some("29"), Some("53")),
                Precision::Commune,
                "Morlaix (29), Bretagne",
            ),
            (
                lieu(Some("Morlaix"), None, None),
                Precision::Commune,
                "Morlaix",
            ),
            (
                lieu(None, Some("2A"), Some("94")),
                Precision::Departement,
                "département 2A, Corse",
            ),
            (lieu(None, None, Some("53")), Precision::Region, "Bretagne"),
            (lieu(None, None, None), Precision::Inconnue, ""),
        ];
        for (lieu, precision, mots) in cas {
            assert_eq!(
                (lieu.precision(), lieu.en_mots().as_str()),
                (precision, mots)
            );
        }
    }
}
