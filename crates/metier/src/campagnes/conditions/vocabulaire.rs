//! The words a condition may use, declared once.
//!
//! A word has a path, a type, a French label and the place where a person can
//! answer it. The general words are below; a call adds the fields of its own
//! form (`champs.…`). To add a word: declare it here, then give its value
//! where the facts are gathered.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use super::types::{ChampDeFiche, Enumeration, Fiche, Type};
use crate::campagnes::Genre;
use crate::charte::QualiteSignature;
use crate::poles::{FormeJuridique, QualiteEss};

/// Where a missing fact can be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ancre {
    /// A field of the form.
    Champ {
        /// Code of its rubrique.
        rubrique: String,
        /// Code of the field.
        champ: String,
    },
    /// The members page of the dossier.
    Membres,
    /// The pieces page of the dossier.
    Pieces,
    /// The signature of the Charter.
    Charte,
    /// The record of the pole in the register.
    Pole,
    /// The filing itself.
    Depot,
    /// The document of the call.
    Appel,
}

/// One word of the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terme {
    /// How an expression names it: `structure.categorie`.
    pub chemin: String,
    /// How a screen names it.
    pub libelle: String,
    /// Its type.
    pub genre: Type,
    /// Where it can be answered.
    pub ancre: Ancre,
}

/// All the words that the conditions of one call may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulaire {
    termes: BTreeMap<String, Terme>,
}

impl Vocabulaire {
    /// The words that hold for every call.
    pub fn general() -> &'static Self {
        &GENERAL
    }

    /// Adds a word, or replaces the one of the same path.
    pub fn ajouter(&mut self, terme: Terme) {
        self.termes.insert(terme.chemin.clone(), terme);
    }

    /// Says that a field of the form answers this word.
    pub(crate) fn repondre_par(&mut self, chemin: &str, ancre: Ancre) {
        if let Some(terme) = self.termes.get_mut(chemin) {
            terme.ancre = ancre;
        }
    }

    /// The word of that path.
    pub fn terme(&self, chemin: &str) -> Option<&Terme> {
        self.termes.get(chemin)
    }

    /// Every path, in alphabetical order.
    pub fn chemins(&self) -> impl Iterator<Item = &str> + Clone {
        self.termes.keys().map(String::as_str)
    }

    /// Whether a variable of that name would hide a word.
    pub(super) fn est_une_racine(&self, nom: &str) -> bool {
        let racine = |chemin: &str| chemin.split('.').next() == Some(nom);
        self.chemins().any(racine)
    }
}

static GENERAL: LazyLock<Vocabulaire> = LazyLock::new(|| {
    let termes = de_l_appel()
        .into_iter()
        .chain(de_la_structure())
        .chain(du_pole())
        .chain(du_dossier());
    Vocabulaire {
        termes: termes.map(|t| (t.chemin.clone(), t)).collect(),
    }
});

fn terme(chemin: &str, libelle: &str, genre: Type, ancre: Ancre) -> Terme {
    Terme {
        chemin: chemin.to_owned(),
        libelle: libelle.to_owned(),
        genre,
        ancre,
    }
}

fn de_l_appel() -> Vec<Terme> {
    vec![
        terme(
            "ouverture",
            "Ouverture de l’appel",
            Type::Instant,
            Ancre::Appel,
        ),
        terme("cloture", "Clôture de l’appel", Type::Instant, Ancre::Appel),
        terme(
            "fenetre_de_depot",
            "Fenêtre de dépôt",
            Type::Fenetre,
            Ancre::Appel,
        ),
        terme(
            "version_charte",
            "Version de la Charte exigée",
            Type::Date,
            Ancre::Appel,
        ),
    ]
}

fn de_la_structure() -> Vec<Terme> {
    vec![
        terme(
            "structure.forme",
            "Forme de la structure porteuse",
            Type::Choix(formes()),
            Ancre::Pole,
        ),
        terme(
            "structure.qualite_ess",
            "Qualité ESS de la structure porteuse",
            Type::Choix(qualites_ess()),
            Ancre::Pole,
        ),
    ]
}

fn formes() -> Arc<Enumeration> {
    let formes = FormeJuridique::TOUS;
    Enumeration::new(formes.iter().map(|f| (f.code(), f.libelle())))
}

fn qualites_ess() -> Arc<Enumeration> {
    let qualites = QualiteEss::TOUS;
    Enumeration::new(qualites.iter().map(|q| (q.code(), q.libelle())))
}

fn du_pole() -> Vec<Terme> {
    let genres = Genre::TOUS.iter().map(|g| (g.code(), g.libelle()));
    let genres = Enumeration::new(genres);
    let liste = |chemin, libelle, champs, ancre| {
        terme(
            chemin,
            libelle,
            Type::Liste(Arc::new(Fiche { champs })),
            ancre,
        )
    };
    vec![
        liste(
            "laureats",
            "Appels dont le pôle est lauréat",
            vec![
                champ("genre", "appel", Type::Choix(genres.clone()), Some("{}")),
                champ("millesime", "millésime", Type::Texte, Some("{}")),
            ],
            Ancre::Pole,
        ),
        liste(
            "dossiers_lies",
            "Dossiers du même pôle dans un autre appel",
            vec![
                champ("genre", "appel", Type::Choix(genres), Some("{}")),
                champ(
                    "depose_le",
                    "date de dépôt",
                    Type::Instant,
                    Some("déposé le {}"),
                ),
            ],
            Ancre::Pole,
        ),
        liste(
            "signatures",
            "Signatures de la Charte des PTCE",
            signature(),
            Ancre::Charte,
        ),
        liste(
            "aides",
            "Subventions de l’État déjà reçues au titre d’un appel PTCE",
            aide(),
            Ancre::Pole,
        ),
        liste("membres", "Membres du pôle", membre(), Ancre::Membres),
    ]
}

fn du_dossier() -> Vec<Terme> {
    vec![
        terme(
            "dossier.recu_le",
            "Réception du dépôt",
            Type::Instant,
            Ancre::Depot,
        ),
        terme(
            "dossier.elements_manquants",
            "Éléments obligatoires manquants",
            Type::Entier,
            Ancre::Depot,
        ),
    ]
}

fn champ(
    code: &'static str,
    libelle: &'static str,
    genre: Type,
    recit: Option<&'static str>,
) -> ChampDeFiche {
    ChampDeFiche {
        code,
        libelle,
        genre,
        recit,
    }
}

/// A signature in force: a withdrawn one is no fact (Charte, 30 juin 2021).
fn signature() -> Vec<ChampDeFiche> {
    let qualites = QualiteSignature::TOUS
        .iter()
        .map(|q| (q.code(), q.libelle()));
    let qualites = Enumeration::new(qualites);
    vec![
        champ("version", "version", Type::Date, Some("Charte du {}")),
        champ(
            "signee_le",
            "date de signature",
            Type::Date,
            Some("signée le {}"),
        ),
        champ("qualite", "qualité", Type::Choix(qualites), Some("{}")),
    ]
}

/// A subsidy, found by pole and by SIREN; its event is the agreement (P-12).
fn aide() -> Vec<ChampDeFiche> {
    let beneficiaires = Enumeration::new([("pole", "le pôle"), ("structure", "la structure")]);
    vec![
        champ("appel", "appel", Type::Texte, Some("{}")),
        champ(
            "convention_le",
            "date de convention",
            Type::Date,
            Some("convention du {}"),
        ),
        champ("montant", "montant", Type::Montant, Some("{}")),
        champ(
            "recue_par",
            "bénéficiaire",
            Type::Choix(beneficiaires),
            Some("reçue par {}"),
        ),
    ]
}

fn membre() -> Vec<ChampDeFiche> {
    let genres = Enumeration::new([
        ("association", "association"),
        ("cooperative", "coopérative"),
        ("entreprise", "entreprise"),
        ("collectivite", "collectivité"),
        ("recherche", "recherche"),
        ("formation", "formation"),
        ("citoyen", "citoyens"),
        ("autre", "autre"),
    ]);
    vec![
        champ("nom", "nom", Type::Texte, Some("{}")),
        champ("genre", "genre", Type::Choix(genres), Some("{}")),
        champ(
            "qualite_ess",
            "qualité ESS",
            Type::Choix(qualites_ess()),
            Some("{}"),
        ),
        champ("personne_morale", "personne morale", Type::Booleen, None),
    ]
}
