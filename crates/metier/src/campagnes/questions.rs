//! The questions of « Suis-je éligible ? », for a visitor without an account.
//!
//! A call asks only what its own rules need. Nothing answered here is kept,
//! and a question left blank is a fact not known.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::conditions::{Faits, Origine, Valeur};
use super::{AideRecue, Campagne, Genre, MembreConnu, Nature};
use crate::poles::{FormeJuridique, QualiteEss, Structure};

/// A question put to a visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its name in the address of the page.
    pub code: &'static str,
    /// The question.
    pub libelle: &'static str,
    /// What may help to answer.
    pub aide: Option<&'static str>,
    /// The answers offered, one of which may be given.
    pub choix: Vec<ChoixPropose>,
    /// The words of the vocabulary it answers.
    termes: &'static [&'static str],
}

impl Question {
    /// Whether its answer gives that word of the vocabulary.
    pub fn renseigne(&self, terme: &str) -> bool {
        self.termes.contains(&terme)
    }
}

/// One answer offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChoixPropose {
    /// Its name in the address of the page.
    pub code: &'static str,
    /// Its words.
    pub libelle: &'static str,
    /// The date to ask for with it, if one is of use.
    pub date: Option<&'static str>,
}

/// The questions that the conditions of eligibility of this call need.
pub fn questions(campagne: &Campagne) -> Vec<Question> {
    let regles = campagne.regles.iter();
    let regles = regles.filter(|regle| regle.nature == Nature::Eligibilite);
    let termes: BTreeSet<&str> = regles
        .filter_map(|regle| regle.expression.as_ref())
        .flat_map(|expression| expression.termes())
        .collect();
    let utile = |question: &Question| question.termes.iter().any(|terme| termes.contains(terme));
    toutes().into_iter().filter(utile).collect()
}

/// The facts that these answers give: code of the question, code of the
/// answer, and the date asked with it. An answer that was not offered is not
/// an answer.
pub fn faits(campagne: &Campagne, reponses: &[(&str, &str, Option<Date>)]) -> Faits {
    let mut faits = campagne.faits();
    let offerte = |question: &str, choix: &str| {
        questions(campagne)
            .iter()
            .any(|q| q.code == question && q.choix.iter().any(|c| c.code == choix))
    };
    let donnees = || {
        reponses
            .iter()
            .filter(|(question, choix, _)| offerte(question, choix))
    };
    for (question, choix, date) in donnees() {
        match *question {
            "accompagnement" => accompagnement(&mut faits, choix),
            "charte" => charte(&mut faits, campagne, choix),
            "aide" => aide(&mut faits, choix, *date),
            "hors_ess" => hors_ess(&mut faits, choix),
            _ => {}
        }
    }
    let choisi = |code: &str| {
        donnees()
            .find(|(q, ..)| *q == code)
            .map(|(_, choix, _)| *choix)
    };
    structure(&mut faits, choisi("forme"), choisi("mention_ess"));
    faits
}

/// The fields of the form that these answers already fill: code of the field,
/// answer. What the register or a piece will prove is not carried over.
pub fn reprises(
    campagne: &Campagne,
    reponses: &[(&str, &str, Option<Date>)],
) -> Vec<(String, String)> {
    let faits = faits(campagne, reponses);
    let champs = campagne.formulaire.rubriques.iter().flat_map(|r| &r.champs);
    champs
        .filter_map(|champ| {
            let (valeur, origine) = faits.fait(champ.fait.as_deref()?)?;
            let Valeur::Choix(code) = valeur else {
                return None;
            };
            let texte = code.to_string();
            let offerte = matches!(champ.lire(&[&texte]), Ok(Some(_)));
            (offerte && origine == Origine::Reponse).then(|| (champ.code.clone(), texte))
        })
        .collect()
}

fn toutes() -> Vec<Question> {
    vec![
        Question {
            code: "forme",
            libelle: "Quelle est la forme de la structure qui porterait le dossier ?",
            aide: None,
            choix: FormeJuridique::TOUS
                .iter()
                .map(|forme| simple(forme.code(), forme.libelle()))
                .collect(),
            termes: &["structure.forme", "structure.qualite_ess"],
        },
        Question {
            code: "mention_ess",
            libelle: "Si c’est une société ou une autre forme : son immatriculation porte-t-elle la qualité d’entreprise de l’ESS ?",
            aide: Some(
                "Elle figure sur l’extrait d’immatriculation. Pour une association, une coopérative, une mutuelle ou une fondation, passez cette question.",
            ),
            choix: vec![simple("oui", "Oui"), simple("non", "Non")],
            termes: &["structure.qualite_ess"],
        },
        Question {
            code: "accompagnement",
            libelle: "Le pôle est-il lauréat de l’AMI d’accompagnement ?",
            aide: Some("On l’appelait « phase 1 » jusqu’en 2023."),
            choix: vec![
                simple("oui", "Oui"),
                simple(
                    "en_meme_temps",
                    "Non, mais un dossier d’accompagnement sera déposé avant la même clôture",
                ),
                simple("non", "Non"),
            ],
            termes: &["laureats", "dossiers_lies"],
        },
        Question {
            code: "charte",
            libelle: "Le pôle a-t-il signé la Charte des PTCE dans sa version demandée par l’appel ?",
            aide: None,
            choix: vec![
                simple("oui", "Oui"),
                simple("non", "Non, ou une version plus ancienne"),
            ],
            termes: &["signatures"],
        },
        Question {
            code: "aide",
            libelle: "Le pôle ou la structure a-t-il déjà reçu une subvention de l’État au titre d’un appel PTCE ?",
            aide: Some("L’accompagnement seul, sans financement, ne compte pas."),
            choix: vec![
                simple("non", "Non, jamais"),
                ChoixPropose {
                    code: "oui",
                    libelle: "Oui",
                    date: Some("Date de la dernière convention"),
                },
            ],
            termes: &["aides"],
        },
        Question {
            code: "hors_ess",
            libelle: "Le pôle compte-t-il au moins une structure membre qui ne relève pas de l’ESS ?",
            aide: Some(
                "Une entreprise, une collectivité, une université… Une personne physique ne compte pas.",
            ),
            choix: vec![simple("oui", "Oui"), simple("non", "Non")],
            termes: &["membres"],
        },
    ]
}

const fn simple(code: &'static str, libelle: &'static str) -> ChoixPropose {
    ChoixPropose {
        code,
        libelle,
        date: None,
    }
}

fn structure(faits: &mut Faits, forme: Option<&str>, mention: Option<&str>) {
    let qualite_declaree = match mention {
        Some("oui") => Some(QualiteEss::SocieteEss),
        Some("non") => Some(QualiteEss::HorsEss),
        _ => None,
    };
    let structure = Structure {
        denomination: String::new(),
        siret: None,
        rna: None,
        forme: forme.and_then(FormeJuridique::par_code),
        qualite_declaree,
        region: None,
    };
    faits.structure(&structure, Origine::Reponse);
}

fn accompagnement(faits: &mut Faits, choix: &str) {
    let laureats: &[_] = match choix {
        "oui" => &[(Genre::Accompagnement, "")],
        _ => &[],
    };
    // A filing that is only promised has no date yet: it stays to be known.
    let lies: &[_] = match choix {
        "en_meme_temps" => &[(Genre::Accompagnement, None)],
        _ => &[],
    };
    faits.laureats(laureats, Origine::Reponse);
    faits.dossiers_lies(lies, Origine::Reponse);
}

fn charte(faits: &mut Faits, campagne: &Campagne, choix: &str) {
    let signature = |version| {
        super::conditions::Enregistrement::new()
            .avec("version", Valeur::Date(version))
            .avec("qualite", Valeur::choix("pole"))
    };
    let signees = match (choix, campagne.charte) {
        ("oui", Some(charte)) => vec![signature(charte.version)],
        _ => Vec::new(),
    };
    // The vocabulary of every call has this word, with these fields.
    let _ = faits.poser("signatures", Valeur::Liste(signees), Origine::Reponse);
}

fn aide(faits: &mut Faits, choix: &str, date: Option<Date>) {
    let aides = match choix {
        "oui" => vec![AideRecue {
            appel: "appel PTCE".to_owned(),
            convention_le: date,
            montant: None,
            par_la_structure: false,
        }],
        _ => Vec::new(),
    };
    faits.aides(&aides, Origine::Reponse);
}

fn hors_ess(faits: &mut Faits, choix: &str) {
    let membres = match choix {
        "oui" => vec![MembreConnu {
            nom: "une structure membre".to_owned(),
            genre: None,
            qualite_ess: Some(QualiteEss::HorsEss),
            personne_morale: Some(true),
        }],
        _ => Vec::new(),
    };
    faits.membres(&membres, Origine::Reponse);
}
