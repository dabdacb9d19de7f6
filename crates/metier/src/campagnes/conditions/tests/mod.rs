//! What the conditions must keep true.

mod evaluer;
mod hostile;
mod lire;

use std::sync::Arc;

use super::*;
use crate::campagnes::Fenetre;

pub(super) const E3: &str = r#"!aides.exists(a, a.convention_le > jour(cloture) - annees(5))"#;
pub(super) const E4B: &str =
    r#"membres.exists(m, m.qualite_ess == "hors_ess" && m.personne_morale)"#;

/// The general words, and a question of a form.
pub(super) fn vocabulaire() -> Vocabulaire {
    let mut vocabulaire = Vocabulaire::general().clone();
    vocabulaire.ajouter(Terme {
        chemin: "champs.engagee".to_owned(),
        libelle: "La démarche est engagée".to_owned(),
        genre: Type::Booleen,
        ancre: Ancre::Pole,
    });
    vocabulaire
}

pub(super) fn lue(texte: &str) -> Expression {
    Expression::lire(texte, &vocabulaire()).unwrap()
}

/// The faults of an expression, as « place : message -> attendu ».
pub(super) fn fautes(texte: &str) -> Vec<String> {
    let ecarts = Expression::lire(texte, &vocabulaire()).unwrap_err();
    let dire = |e: &crate::campagnes::Ecart| {
        let attendu = e.attendu.as_deref().unwrap_or("rien");
        format!("{} : {} -> {attendu}", e.place, e.message).replace(['\u{202f}', '\u{a0}'], " ")
    };
    ecarts.iter().map(dire).collect()
}

/// Facts of the 2024 call: window and closing.
pub(super) fn faits() -> Faits {
    let mut faits = Faits::new(Arc::new(vocabulaire()));
    let fenetre = Fenetre {
        ouverture: "2024-03-24T23:00:00Z".parse().unwrap(),
        cloture: Some("2024-05-29T10:00:00Z".parse().unwrap()),
        borne_incluse: true,
    };
    let cloture = Valeur::Instant("2024-05-29T10:00:00Z".parse().unwrap());
    faits.poser("cloture", cloture, Origine::Appel).unwrap();
    faits
        .poser("fenetre_de_depot", Valeur::Fenetre(fenetre), Origine::Appel)
        .unwrap();
    faits
}

pub(super) fn membre(nom: &str, qualite: Option<&str>) -> Enregistrement {
    Enregistrement::new()
        .avec("nom", Valeur::Texte(nom.to_owned()))
        .avec("personne_morale", Valeur::Booleen(true))
        .avec_si("qualite_ess", qualite.map(Valeur::choix))
}

pub(super) fn avec_membres(membres: Vec<Enregistrement>) -> Faits {
    let mut faits = faits();
    faits
        .poser("membres", Valeur::Liste(membres), Origine::Dossier)
        .unwrap();
    faits
}

pub(super) fn valeur(texte: &str, faits: &Faits) -> Kleene {
    lue(texte).evaluer(faits, None).valeur
}
