//! What is found on each criterion and merit: a draft of the cell, saved by
//! itself, with the way to the answers that bear on it.

use dsfr::{Bouton, Choix, Formulaire, Probleme, Radios, Zone, enregistrement, pli};
use maud::{Markup, html};
use metier::{
    campagnes::{Bonus, Critere},
    commun::{temps, typographie},
};

use super::lecture::{VueLecture, lentille};
use crate::{
    campagnes::Campagne,
    dossiers::ancre_champ,
    instruction::{
        competence::DossierDeCellule,
        store::brouillons::{Constat, Saisi},
    },
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// A criterion, or a merit the call values besides.
#[derive(Clone, Copy)]
pub enum Sujet<'a> {
    Critere(&'a Critere),
    Bonus(&'a Bonus),
}

impl<'a> Sujet<'a> {
    pub fn code(self) -> &'a str {
        match self {
            Self::Critere(critere) => &critere.code,
            Self::Bonus(bonus) => &bonus.code,
        }
    }

    /// « A1. Organisation », « A4★. Méthode et calendrier »
    pub fn titre(self) -> String {
        match self {
            Self::Critere(critere) => format!("{}. {}", critere.code, critere.titre),
            Self::Bonus(bonus) => {
                let code = bonus.critere.as_deref().unwrap_or(&bonus.code);
                format!("{code}★. {}", bonus.titre)
            }
        }
    }

    fn enonce(self) -> String {
        match self {
            Self::Critere(critere) => format!("{} ({})", critere.enonce, critere.source),
            Self::Bonus(bonus) => format!("Valorisé : {} ({})", bonus.enonce, bonus.source),
        }
    }

    /// Whether an answer bears on it.
    fn est_eclaire_par(self, codes: &[String]) -> bool {
        codes.iter().any(|code| match self {
            Self::Critere(critere) => *code == critere.code,
            Self::Bonus(bonus) => {
                *code == bonus.code || bonus.cases.iter().any(|case| *code == case.code)
            }
        })
    }

    fn force(self) -> [(&'static str, &'static str); 2] {
        match self {
            Self::Critere(_) => [("solide", "Solide"), ("a_renforcer", "À renforcer")],
            Self::Bonus(_) => [("solide", "Acquis"), ("a_renforcer", "Non acquis")],
        }
    }
}

/// What the axis is judged on: its criteria, each followed by its merit.
pub fn a_juger<'c>(campagne: &'c Campagne, axe: &str) -> Vec<Sujet<'c>> {
    let bonus: Vec<&Bonus> = campagne.bonus.iter().filter(|b| b.axe == axe).collect();
    let mut sujets = Vec::new();
    for critere in campagne.criteres.iter().filter(|c| c.axe == axe) {
        sujets.push(Sujet::Critere(critere));
        let du_critere = bonus
            .iter()
            .filter(|b| b.critere.as_ref() == Some(&critere.code));
        sujets.extend(du_critere.map(|b| Sujet::Bonus(b)));
    }
    let seuls = bonus.iter().filter(|b| b.critere.is_none());
    sujets.extend(seuls.map(|b| Sujet::Bonus(b)));
    sujets
}

/// The criterion or merit of that code.
pub fn sujet<'c>(campagne: &'c Campagne, code: &str) -> Option<Sujet<'c>> {
    let axes = campagne.axes.iter();
    axes.flat_map(|axe| a_juger(campagne, &axe.code))
        .find(|sujet| sujet.code() == code)
}

/// What is found on one of them.
pub fn constat(vue: &VueLecture<'_>, sujet: &Sujet<'_>) -> Markup {
    let code = sujet.code();
    let constat = vue.constats.iter().find(|c| c.critere == code);
    let corps = html! {
        p.fr-hint-text { (typographie(&sujet.enonce())) }
        (preuves(vue, *sujet))
        @if vue.avis.is_some() { (lu(constat)) } @else { (a_ecrire(vue, *sujet, constat)) }
    };
    let resume = match constat.filter(|c| !c.texte.is_empty() || c.solide.is_some()) {
        Some(constat) => format!("Constat écrit par {}", constat.par),
        None if vue.avis.is_some() => "Aucun constat".to_owned(),
        None => "Écrire un constat".to_owned(),
    };
    html! {
        div.co-critere {
            h4 id=(code) { (sujet.titre()) }
            (pli(&resume, &corps))
        }
    }
}

fn lu(constat: Option<&Constat>) -> Markup {
    html! {
        @match constat.filter(|c| !c.texte.is_empty() || c.solide.is_some()) {
            Some(constat) => {
                p { (constat.texte) }
                (qui(constat))
            }
            None => p { "Aucun constat." },
        }
    }
}

fn a_ecrire(vue: &VueLecture<'_>, sujet: Sujet<'_>, constat: Option<&Constat>) -> Markup {
    let code = sujet.code();
    let choix = sujet
        .force()
        .map(|(valeur, mot)| Choix::nouveau(valeur, mot));
    let choisi = constat.and_then(|c| c.solide);
    let contenu = html! {
        (Zone::nouvelle(format!("{code}.texte"), "Constat")
            .lignes(3)
            .valeur(constat.map(|c| c.texte.clone()).unwrap_or_default()))
        (Radios::nouveaux(format!("{code}.force"), "Appréciation", choix.into())
            .valeur(choisi.map(|solide| if solide { "solide" } else { "a_renforcer" }))
            .en_ligne())
        @match constat {
            Some(constat) => (qui(constat)),
            None => (enregistrement("")),
        }
        (Bouton::tertiaire("Enregistrer").petit())
    };
    let etiquette = format!("Constat {}", sujet.titre());
    html! {
        (Formulaire::acte(urls::constat(vue.vu.dossier.id, code), contenu)
            .enregistrement_automatique(constat.map_or(0, |c| c.version))
            .etiquette(&etiquette))
    }
}

/// « Voir »: the answers that bear on it, in the other pane; only those the
/// dossier was asked for.
fn preuves(vue: &VueLecture<'_>, sujet: Sujet<'_>) -> Markup {
    let rubriques = vue.campagne.formulaire.rubriques.iter();
    let champs: Vec<_> = rubriques
        .flat_map(|rubrique| &rubrique.champs)
        .filter(|champ| sujet.est_eclaire_par(&champ.criteres) && vue.champs.contains(&champ.code))
        .collect();
    html! {
        @if !champs.is_empty() {
            p.fr-text--sm {
                (typographie("Voir : "))
                @for (rang, champ) in champs.iter().enumerate() {
                    @if rang > 0 { " · " }
                    a href={ "#" (ancre_champ(&champ.code)) } { (champ.libelle) }
                }
            }
        }
    }
}

/// Two readers are named: who wrote, and when.
fn qui(constat: &Constat) -> Markup {
    enregistrement(&typographie(&format!(
        "Écrit par {} le {} à {}.",
        constat.par,
        temps::jour_court(constat.modifie_le),
        temps::heure(constat.modifie_le)
    )))
}

/// Somebody wrote meanwhile: both texts, and three ways on.
pub fn conflit(
    cadre: &Cadre,
    vu: &DossierDeCellule,
    sujet: Sujet<'_>,
    mien: &Saisi,
    autre: &Constat,
) -> Markup {
    let (retour, lentille) = lentille(vu);
    let lecture = urls::instruction(vu.dossier.id);
    let adresse = urls::constat(vu.dossier.id, sujet.code());
    let phrase = typographie(&format!(
        "Cette réponse a été modifiée à {} par {}. Choisissez le texte à garder ; aucun n'est perdu.",
        temps::heure(autre.modifie_le),
        autre.par
    ));
    let garder = |nom: &str, texte: &str, solide: Option<bool>| {
        let valeur = match solide {
            Some(true) => "solide",
            Some(false) => "a_renforcer",
            None => "",
        };
        html! {
            (Formulaire::acte(adresse.as_str(), html! { (Bouton::secondaire(nom)) })
                .cache("version", autre.version.to_string())
                .cache("texte", texte.to_owned())
                .cache("force", valeur))
        }
    };
    let reunis = format!("{}\n\n{}", autre.texte, mien.texte);
    Page::new("Deux textes pour un constat")
        .objet(&vu.dossier.nom_du_pole)
        .sous(&[(&retour, "À faire"), (&lecture, &vu.dossier.nom_du_pole)])
        .lentille(lentille)
        .corrections(1)
        .montrer(cadre, html! {
            (dsfr::SommaireErreurs::nouveau("choisissez un texte.", vec![Probleme::nouveau(phrase)]))
            h2 { (sujet.titre()) }
            h3 { "Votre texte" }
            p { (mien.texte) }
            (garder("Garder le mien", &mien.texte, mien.solide))
            h3 { "Le texte écrit par " (autre.par) }
            p { (autre.texte) }
            (garder("Garder l’autre", &autre.texte, autre.solide))
            h3 { "Les deux, l’un après l’autre" }
            (garder("Réunir", &reunis, mien.solide.or(autre.solide)))
        })
}
