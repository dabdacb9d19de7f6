//! The project in an agreement: what its dossier says, under headings of ours.
//! Only answers to questions that were asked are quoted, none is rewritten.

use documents::{IndicateurConvention, Passage};
use metier::commun::typographie;

use crate::dossiers::{Contenu, Lecture};

/// The answers the forms of our calls share, and their headings here. A call
/// that does not ask one leaves no hole.
const DESCRIPTION: [(&str, &str); 5] = [
    ("pole_territoire", "Territoire"),
    ("pole_enjeux", "Enjeux du territoire"),
    ("besoins", "Besoins observés et réponses"),
    ("cooperations", "Ce que les membres mettent en commun"),
    ("realisation", "Réalisation et moyens"),
];
const OBJECTIFS: [(&str, &str); 4] = [
    ("retombees_economiques", "Retombées économiques attendues"),
    ("retombees_sociales", "Retombées sociales attendues"),
    ("retombees_ecologiques", "Retombées écologiques attendues"),
    (
        "modele_equilibre",
        "Équilibre visé au terme de la convention",
    ),
];
const SUIVI: [(&str, &str); 2] = [
    ("indicateurs_choisis", "Indicateurs suivis"),
    (
        "indicateurs_precis",
        "Valeurs de départ, valeurs visées, façon de mesurer",
    ),
];
const CIBLES: [(&str, &str, &str); 3] = [
    ("emplois_crees", "Économique", "Emplois créés"),
    ("emplois_maintenus", "Économique", "Emplois maintenus"),
    (
        "personnes_accompagnees",
        "Sociale",
        "Personnes accompagnées ou insérées",
    ),
];

/// Its title, then its summary: what the first article says.
pub fn en_bref(contenu: &Contenu) -> Vec<String> {
    ["projet_titre", "projet_objet", "projet_resume"]
        .map(|champ| typographie(contenu.reponse(champ).trim()))
        .into_iter()
        .filter(|texte| !texte.is_empty())
        .collect()
}

pub fn description(lecture: &Lecture<'_>) -> Vec<Passage> {
    passages(lecture, &DESCRIPTION)
}

pub fn objectifs(lecture: &Lecture<'_>) -> Vec<Passage> {
    passages(lecture, &OBJECTIFS)
}

pub fn suivi(lecture: &Lecture<'_>) -> Vec<Passage> {
    passages(lecture, &SUIVI)
}

/// The figures aimed at, over the length of the agreement.
pub fn indicateurs(lecture: &Lecture<'_>) -> Vec<IndicateurConvention> {
    let chiffres = CIBLES
        .iter()
        .filter_map(|(champ, famille, intitule)| Some((famille, intitule, lu(lecture, champ)?)));
    chiffres
        .map(|(famille, intitule, cible)| IndicateurConvention {
            famille: (*famille).to_owned(),
            intitule: (*intitule).to_owned(),
            cible,
            mesure: Some("Au compte rendu".to_owned()),
        })
        .collect()
}

fn passages(lecture: &Lecture<'_>, champs: &[(&str, &str)]) -> Vec<Passage> {
    let lus = champs
        .iter()
        .filter_map(|(champ, titre)| Some((titre, lu(lecture, champ)?)));
    lus.map(|(titre, texte)| Passage {
        titre: (*titre).to_owned(),
        texte,
    })
    .collect()
}

/// The answer to a question that was asked, if there is one.
fn lu(lecture: &Lecture<'_>, champ: &str) -> Option<String> {
    let mut champs = lecture.rubriques.iter().flat_map(|r| &r.champs);
    let saisie = &champs.find(|lu| lu.champ.code == champ)?.saisie;
    let texte = typographie(saisie.trim());
    (!texte.is_empty()).then_some(texte)
}
