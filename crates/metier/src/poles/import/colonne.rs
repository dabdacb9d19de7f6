//! The columns of a list, recognised by their titles.

use crate::commun::{liste_fermee, plier};

liste_fermee! {
    /// A column the register understands; any other is told and left aside.
    pub enum Colonne {
        /// Our own identifier, as the exports give it.
        Identifiant = "identifiant", "Identifiant";
        /// The name of the pole.
        Nom = "nom", "Nom du pôle";
        /// The name of the legal person that carries it.
        Structure = "structure_porteuse", "Structure porteuse";
        /// The number of its seat.
        Siret = "siret", "SIRET";
        /// Its number as an association.
        Rna = "rna", "RNA";
        /// The INSEE code of the commune.
        CodeCommune = "code_commune", "Code INSEE de la commune";
        /// The name of the commune.
        Commune = "commune", "Commune";
        /// The code of the department.
        Departement = "departement", "Département";
        /// The region, by its name or its code, of today or from before 2016.
        Region = "region", "Région";
        /// Themes of the register.
        Themes = "themes", "Thèmes";
        /// How far it has come.
        Maturite = "maturite", "Maturité";
        /// Whether its territory is rural.
        Rural = "rural", "Territoire rural";
        /// Whether it works in a priority district.
        Qpv = "qpv", "Quartier prioritaire (QPV)";
        /// What it does.
        Presentation = "presentation", "Présentation";
        /// Its own site.
        Site = "site", "Site internet";
    }
}

impl Colonne {
    /// Other titles it goes by, folded.
    const fn autres_titres(self) -> &'static [&'static str] {
        match self {
            Self::Identifiant => &["id", "identifiant coopole"],
            Self::Nom => &["nom", "pole", "ptce", "nom du ptce", "denomination"],
            Self::Structure => &[
                "structure",
                "porteur",
                "structure porteuse du pole",
                "nom de la structure porteuse",
            ],
            Self::Siret => &[
                "numero siret",
                "n siret",
                "siret de la structure porteuse",
                "siret structure",
            ],
            Self::Rna => &["numero rna", "n rna"],
            Self::CodeCommune => &["code insee", "insee", "insee commune", "code insee commune"],
            Self::Commune => &["ville", "nom de la commune"],
            Self::Departement => &["departement code", "code departement", "dept", "dpt"],
            Self::Region => &["region code", "code region", "nom de la region"],
            Self::Themes => &["theme", "thematique", "thematiques"],
            Self::Maturite => &["niveau de maturite", "stade"],
            Self::Rural => &["zone rurale"],
            Self::Qpv => &["quartier prioritaire"],
            Self::Presentation => &["description", "resume"],
            Self::Site => &["site web", "url", "adresse du site"],
        }
    }

    /// The column of this title, whatever its case, accents and signs.
    pub fn par_titre(titre: &str) -> Option<Self> {
        let titre = dense(titre);
        Self::TOUS.iter().copied().find(|colonne| {
            dense(colonne.code()) == titre
                || dense(colonne.libelle()) == titre
                || colonne.autres_titres().contains(&titre.as_str())
        })
    }
}

/// The first line of a list, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnTete {
    places: Vec<Option<Colonne>>,
    /// Titles of ours by no name, in their order.
    pub ignorees: Vec<String>,
}

/// Why a list cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefusEnTete {
    /// No line holds anything.
    #[error("Ce fichier est vide : sa première ligne doit porter les titres des colonnes.")]
    Vide,
    /// Nothing says of which pole a line speaks.
    #[error(
        "Aucune colonne ne dit de quel pôle parle une ligne : il en faut une au moins parmi « nom », « identifiant » et « siret »."
    )]
    SansNom,
    /// Two titles for one information: nobody can tell which one is right.
    #[error("{}", en_double(.0))]
    EnDouble(Vec<(Colonne, Vec<String>)>),
}

fn en_double(doubles: &[(Colonne, Vec<String>)]) -> String {
    let dits = doubles.iter().map(|(colonne, titres)| {
        let titres: Vec<String> = titres.iter().map(|titre| format!("« {titre} »")).collect();
        format!("« {colonne} » ({})", titres.join(", "))
    });
    let dits: Vec<String> = dits.collect();
    format!(
        "Des colonnes disent deux fois la même information : {}. Gardez-en une seule.",
        dits.join(", ")
    )
}

impl EnTete {
    /// Recognises the titles.
    pub fn lire(titres: &[String]) -> Result<Self, RefusEnTete> {
        if titres.iter().all(|titre| titre.trim().is_empty()) {
            return Err(RefusEnTete::Vide);
        }
        let places: Vec<_> = titres.iter().map(|t| Colonne::par_titre(t)).collect();
        let doubles = Colonne::TOUS.iter().filter_map(|colonne| {
            let memes = places.iter().zip(titres);
            let memes: Vec<String> = memes
                .filter(|(place, _)| **place == Some(*colonne))
                .map(|(_, titre)| titre.trim().to_owned())
                .collect();
            (memes.len() > 1).then_some((*colonne, memes))
        });
        let doubles: Vec<_> = doubles.collect();
        if !doubles.is_empty() {
            return Err(RefusEnTete::EnDouble(doubles));
        }
        let suffisent = [Colonne::Nom, Colonne::Identifiant, Colonne::Siret];
        if !suffisent.iter().any(|c| places.contains(&Some(*c))) {
            return Err(RefusEnTete::SansNom);
        }
        let ignorees = places.iter().zip(titres);
        let ignorees = ignorees
            .filter(|(place, titre)| place.is_none() && !titre.trim().is_empty())
            .map(|(_, titre)| titre.trim().to_owned())
            .collect();
        Ok(Self { places, ignorees })
    }

    /// The columns recognised, in the order of the list.
    pub fn colonnes(&self) -> impl Iterator<Item = Colonne> {
        self.places.iter().copied().flatten()
    }

    /// How many cells a line has.
    pub fn largeur(&self) -> usize {
        self.places.len()
    }

    /// The cells of a line under their columns; those of the columns left aside
    /// are not there.
    pub fn ranger(&self, cellules: &[String]) -> Vec<(Colonne, String)> {
        let rangees = self.places.iter().zip(cellules);
        rangees
            .filter_map(|(place, cellule)| Some(((*place)?, cellule.clone())))
            .collect()
    }
}

/// Folded, one space between words.
pub(super) fn dense(texte: &str) -> String {
    let plie = plier(texte);
    plie.split_whitespace().collect::<Vec<_>>().join(" ")
}
