//! A rubrique of the form: one column of questions, or its answers to be read;
//! and the page where two texts meet.

use std::collections::BTreeMap;

use dsfr::{
    Alerte, Bouton, Case, Champ, Choix, Citation, Formulaire, Gravite, Largeur, ListeDeroulante,
    Probleme, Radios, SommaireErreurs, Zone, boutons, colonnes, enregistrement,
};
use maud::{Markup, Render, html};
use metier::{
    campagnes::formulaire::{self as formulaire, ChoixOffert, TypeChamp},
    commun::{Region, temps, typographie},
};

use super::commun::{self, menu, page};
use crate::{
    campagnes::Campagne,
    dossiers::{
        lecture::{ChampLu, RubriqueLue},
        montrer,
        saisie::{Divergence, Marques},
        vue::{Vue, ligne_enregistre},
    },
    socle::{
        communes::{self, Commune, Recherche},
        mise_en_page::Cadre,
    },
    urls,
};

/// Beyond so many answers, a list to open reads better than buttons.
const BOUTONS_AU_PLUS: usize = 8;

/// What a save leaves to say on the page.
#[derive(Default)]
pub struct Retour {
    /// What is to be mended, by code of field: the answer was kept all the same.
    pub erreurs: BTreeMap<String, String>,
    /// An answer opened so many questions.
    pub ouvertes: usize,
}

/// `GET /dossiers/{id}/rubriques/{code}`
pub fn rubrique(cadre: &Cadre, vue: &Vue, lue: &RubriqueLue<'_>, retour: &Retour) -> Markup {
    let corps = match &vue.fermeture {
        Some(_) => html! { (commun::pourquoi_ferme(vue)) (montrer::rubrique(lue)) },
        None => html! { (a_remplir(vue, lue, retour)) },
    };
    let contenu = colonnes(
        &menu(vue, &lue.rubrique.code),
        &html! { div.co-lecture { (corps) } },
    );
    page(
        cadre,
        vue,
        &lue.rubrique.titre,
        retour.erreurs.len(),
        contenu,
    )
}

fn a_remplir(vue: &Vue, lue: &RubriqueLue<'_>, retour: &Retour) -> Markup {
    let marques = Marques::de(
        lue.champs
            .iter()
            .map(|lu| (lu.champ.code.as_str(), lu.saisie.as_str())),
    );
    let champs = html! {
        @for lu in &lue.champs {
            (question(&vue.campagne, lu, retour.erreurs.get(&lu.champ.code).map(String::as_str)))
        }
        div.co-barre-actions {
            (enregistrement(&ligne_enregistre(
                vue, "Votre dossier n’est pas encore déposé.")))
            (boutons(&[
                Bouton::principal("Enregistrer et continuer").envoie("suite", "oui"),
                Bouton::secondaire("Enregistrer"),
            ]))
        }
    };
    html! {
        @if !retour.erreurs.is_empty() { (a_corriger(lue, retour)) }
        @if retour.ouvertes > 0 {
            (Alerte::nouvelle(Gravite::ASavoir, match retour.ouvertes {
                1 => "votre réponse ouvre une question de plus sur cette page.".to_owned(),
                n => format!("vos réponses ouvrent {n} questions de plus sur cette page."),
            }).apres_un_acte())
        }
        (commun::ecarts(vue, Some(&lue.rubrique.code)))
        @if let Some(aide) = &lue.rubrique.aide { p.fr-text--lead { (aide) } }
        (Formulaire::acte(urls::rubrique(vue.dossier.id, &lue.rubrique.code), champs)
            .enregistrement_automatique(marques))
    }
}

fn a_corriger(lue: &RubriqueLue<'_>, retour: &Retour) -> Markup {
    let problemes: Vec<Probleme<'_>> = lue
        .champs
        .iter()
        .filter_map(|lu| {
            let phrase = retour.erreurs.get(&lu.champ.code)?;
            let phrase = typographie(&format!("{} : {phrase}", lu.champ.libelle));
            Some(Probleme::nouveau(phrase).lien(Some(format!("#{}", lu.champ.code))))
        })
        .collect();
    let phrase = match problemes.len() {
        1 => "1 réponse. Elle est enregistrée telle quelle, rien n’est perdu.".to_owned(),
        n => format!("{n} réponses. Elles sont enregistrées telles quelles, rien n’est perdu."),
    };
    html! { (SommaireErreurs::nouveau(phrase, problemes)) }
}

/// Why a question is asked, and how long its answer is kept.
fn pourquoi(campagne: &Campagne, champ: &formulaire::Champ) -> Option<String> {
    let mut phrases: Vec<String> = champ.pourquoi.iter().cloned().collect();
    if let Some(donnees) = &champ.donnees_personnelles {
        phrases.push(donnees.finalite.clone());
        if let Some(conservation) = campagne.conservation(&donnees.conservation) {
            phrases.push(format!("Conservation : {}", conservation.duree));
        }
    }
    (!phrases.is_empty()).then(|| typographie(&phrases.join(" ")))
}

/// Adds to a component what every question may have.
macro_rules! habiller {
    ($composant:expr, $champ:expr, $erreur:expr, $pourquoi:expr) => {{
        let mut composant = $composant.erreur($erreur);
        if let Some(aide) = &$champ.aide {
            composant = composant.aide(aide.as_str());
        }
        if let Some(pourquoi) = &$pourquoi {
            composant = composant.pourquoi(pourquoi.as_str());
        }
        if !$champ.obligatoire {
            composant = composant.facultatif();
        }
        composant.render()
    }};
}

fn question(campagne: &Campagne, lu: &ChampLu<'_>, erreur: Option<&str>) -> Markup {
    let champ = lu.champ;
    let pourquoi = pourquoi(campagne, champ);
    let (code, libelle, saisie) = (champ.code.as_str(), champ.libelle.as_str(), &*lu.saisie);
    let ligne = |composant: Champ<'_>| habiller!(composant.valeur(saisie), champ, erreur, pourquoi);
    match &champ.genre {
        TypeChamp::TexteCourt { .. } => ligne(Champ::texte(code, libelle)),
        TypeChamp::Date => ligne(Champ::date(code, libelle)),
        TypeChamp::Nombre { .. } => ligne(Champ::entier(code, libelle)),
        TypeChamp::Montant => ligne(Champ::montant(code, libelle)),
        TypeChamp::Siret => ligne(
            Champ::texte(code, libelle)
                .clavier("numeric")
                .largeur(Largeur::Moyenne),
        ),
        TypeChamp::Rna => ligne(Champ::texte(code, libelle).largeur(Largeur::Moyenne)),
        TypeChamp::Commune => match communes::chercher(saisie) {
            Recherche::Plusieurs(homonymes) => {
                let radios = Radios::nouveaux(code, libelle, a_choisir(&homonymes));
                habiller!(radios, champ, erreur, pourquoi)
            }
            _ => {
                let champ_de_texte = Champ::texte(code, libelle).valeur(communes::lisible(saisie));
                habiller!(champ_de_texte, champ, erreur, pourquoi)
            }
        },
        TypeChamp::Courriel => ligne(Champ::courriel(code, libelle)),
        TypeChamp::Telephone => ligne(
            Champ::texte(code, libelle)
                .clavier("tel")
                .largeur(Largeur::Moyenne),
        ),
        TypeChamp::TexteLong { signes_max } => {
            let zone = Zone::nouvelle(code, libelle)
                .valeur(saisie)
                .limite(Some(*signes_max));
            habiller!(zone, champ, erreur, pourquoi)
        }
        TypeChamp::OuiNon => {
            let choix = vec![Choix::nouveau("oui", "Oui"), Choix::nouveau("non", "Non")];
            let radios = Radios::nouveaux(code, libelle, choix)
                .valeur(rempli(saisie))
                .en_ligne();
            habiller!(radios, champ, erreur, pourquoi)
        }
        TypeChamp::Choix(offerts) if offerts.len() <= BOUTONS_AU_PLUS => {
            let radios = Radios::nouveaux(code, libelle, choix(offerts)).valeur(rempli(saisie));
            habiller!(radios, champ, erreur, pourquoi)
        }
        TypeChamp::Choix(offerts) => {
            let liste =
                ListeDeroulante::nouvelle(code, libelle, choix(offerts)).valeur(rempli(saisie));
            habiller!(liste, champ, erreur, pourquoi)
        }
        TypeChamp::ChoixMultiples(offerts) => {
            let coches: Vec<&str> = saisie.lines().collect();
            let facultatif = if champ.obligatoire {
                ""
            } else {
                " (facultatif)"
            };
            let aide = champ.aide.as_deref().map(|aide| format!(" {aide}"));
            let legende = format!("{libelle}{facultatif}{}", aide.unwrap_or_default());
            Case::ensemble(code, &legende, &choix(offerts), &coches, erreur)
        }
    }
}

/// The communes that bear one name, each with its department.
fn a_choisir(homonymes: &[Commune]) -> Vec<Choix<'static>> {
    let region = |code| Region::par_commune(code).map_or("", Region::nom);
    homonymes
        .iter()
        .map(|commune| Choix::nouveau(commune.code, commune.lisible()).aide(region(commune.code)))
        .chain([Choix::nouveau("", "Une autre commune")])
        .collect()
}

fn rempli(saisie: &str) -> Option<&str> {
    Some(saisie).filter(|saisie| !saisie.is_empty())
}

fn choix(offerts: &[ChoixOffert]) -> Vec<Choix<'_>> {
    offerts
        .iter()
        .map(|offert| Choix::nouveau(offert.code.as_str(), offert.libelle.as_str()))
        .collect()
}

/// A divergence with what a page needs to show it.
pub struct DeuxTextes<'a> {
    pub champ: &'a formulaire::Champ,
    pub divergence: &'a Divergence,
    /// Name of who wrote the other text.
    pub par: String,
}

/// Both texts of each answer that changed on both sides.
pub fn conflit(
    cadre: &Cadre,
    vue: &Vue,
    rubrique: &formulaire::Rubrique,
    textes: &[DeuxTextes<'_>],
) -> Markup {
    let marques = Marques::de(
        textes
            .iter()
            .map(|t| (t.champ.code.as_str(), t.divergence.autre.as_str())),
    );
    let champs = html! {
        @for texte in textes { (deux_textes(vue, texte)) }
        (boutons(&[Bouton::principal("Enregistrer ces choix").envoie("resolution", "oui")]))
    };
    let contenu = html! {
        div.co-lecture {
            (SommaireErreurs::nouveau(
                "une autre personne a modifié la même réponse. Choisissez le texte à garder\u{202f}; aucun n’est perdu.",
                textes.iter().map(|t| Probleme::nouveau(t.champ.libelle.as_str())
                    .lien(Some(format!("#choix.{}", t.champ.code)))).collect()))
            (Formulaire::acte(urls::rubrique(vue.dossier.id, &rubrique.code), champs)
                .cache("version", marques.to_string()))
        }
    };
    page(cadre, vue, &rubrique.titre, textes.len(), contenu)
}

fn deux_textes(vue: &Vue, texte: &DeuxTextes<'_>) -> Markup {
    let code = &texte.champ.code;
    let divergence = texte.divergence;
    let quand = if temps::jour_de(divergence.modifiee_le) == temps::jour_de(vue.maintenant) {
        format!("à {}", temps::heure(divergence.modifiee_le))
    } else {
        format!("le {}", temps::instant_long(divergence.modifiee_le))
    };
    let reunis = format!("{}\n\n{}", divergence.autre, divergence.mien);
    let en_texte = matches!(
        texte.champ.genre,
        TypeChamp::TexteLong { .. } | TypeChamp::TexteCourt { .. }
    );
    let mut offres = vec![
        Choix::nouveau("mien", "Garder le mien"),
        Choix::nouveau("autre", "Garder l’autre"),
    ];
    if en_texte {
        offres
            .push(Choix::nouveau("reunir", "Réunir").aide("Le texte que vous écrivez ci-dessous."));
    }
    html! {
        h2 { (texte.champ.libelle) }
        p { (typographie(&format!(
            "Cette réponse a été modifiée {quand} par {}. Choisissez le texte à garder ; aucun n’est perdu.",
            texte.par))) }
        (Citation::nouvelle(lisible(texte.champ, &divergence.mien), "Votre texte"))
        (Citation::nouvelle(lisible(texte.champ, &divergence.autre), format!("Texte écrit par {}", texte.par)))
        input type="hidden" name={ "mien." (code) } value=(divergence.mien);
        (Radios::nouveaux(format!("choix.{code}"), "Quel texte garder\u{202f}?", offres)
            .valeur(Some("mien")))
        @if en_texte {
            (Zone::nouvelle(format!("reunion.{code}"), "Les deux textes réunis").valeur(reunis))
        }
    }
}

fn lisible(champ: &formulaire::Champ, texte: &str) -> String {
    let libelle = |code: &str| match &champ.genre {
        TypeChamp::Choix(offerts) | TypeChamp::ChoixMultiples(offerts) => offerts
            .iter()
            .find(|offert| offert.code == code)
            .map_or_else(|| code.to_owned(), |offert| offert.libelle.clone()),
        _ => code.to_owned(),
    };
    match (&champ.genre, texte) {
        (_, "") => "non renseigné".to_owned(),
        (TypeChamp::ChoixMultiples(_), _) => {
            texte.lines().map(libelle).collect::<Vec<_>>().join(", ")
        }
        (TypeChamp::Commune, _) => communes::lisible(texte),
        _ => libelle(texte),
    }
}
