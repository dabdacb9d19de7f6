//! The members of the pole: a table to fill in, by hand and without script.

use std::collections::BTreeMap;

use dsfr::{
    Bouton, Champ, Choix, Colonne, Formulaire, LigneSaisie, ListeDeroulante, NUMERO_A_VENIR,
    Probleme, SommaireErreurs, TableauSaisie, boutons, colonnes, enregistrement,
};
use maud::{Markup, Render, html};
use metier::{
    campagnes::conditions::Etat,
    commun::typographie,
    dossiers::{GenreMembre, QualiteEss},
};

use super::commun::{self, menu, page};
use crate::{
    dossiers::{
        brouillon::marque_membres,
        contenu::{Membre, repere_membre},
        montrer, suivi,
        vue::{Vue, ligne_enregistre},
    },
    socle::mise_en_page::Cadre,
    urls,
};

/// `GET /dossiers/{id}/membres`; `blanches` lines are offered at the end.
pub fn membres(cadre: &Cadre, vue: &Vue, blanches: usize) -> Markup {
    let erreurs = corrections(&vue.contenu.membres);
    let corps = match &vue.fermeture {
        Some(_) => html! { (commun::pourquoi_ferme(vue)) (montrer::membres(&vue.contenu)) },
        None => html! {
            @if !erreurs.is_empty() { (a_corriger(&erreurs)) }
            (a_remplir(vue, blanches, &erreurs))
        },
    };
    let contenu = colonnes(&menu(vue, suivi::MEMBRES), &corps);
    page(cadre, vue, "Membres", erreurs.len(), contenu)
}

/// What is to be mended, by name of field.
pub fn corrections(membres: &[Membre]) -> BTreeMap<String, String> {
    membres
        .iter()
        .enumerate()
        .flat_map(|(rang, membre)| {
            membre
                .corrections()
                .into_iter()
                .map(move |(colonne, phrase)| (repere_membre(rang, colonne), phrase))
        })
        .collect()
}

fn a_corriger(erreurs: &BTreeMap<String, String>) -> Markup {
    let problemes = erreurs
        .iter()
        .map(|(champ, phrase)| Probleme::nouveau(phrase.as_str()).lien(Some(format!("#{champ}"))))
        .collect();
    html! {
        (SommaireErreurs::nouveau(
            "la liste est enregistrée telle quelle, rien n’est perdu.", problemes))
    }
}

fn a_remplir(vue: &Vue, blanches: usize, erreurs: &BTreeMap<String, String>) -> Markup {
    let membres = &vue.contenu.membres;
    let vide = Membre::default();
    let en_plus = blanches.max(usize::from(membres.is_empty()));
    let lignes = membres
        .iter()
        .chain(std::iter::repeat_n(&vide, en_plus))
        .enumerate()
        .map(|(rang, membre)| LigneSaisie {
            numero: rang,
            nom: membre.nom.clone().into(),
            cellules: cellules(&rang.to_string(), membre, erreurs),
        });
    let tableau = TableauSaisie::nouveau(
        suivi::MEMBRES,
        "Membres du pôle",
        vec![
            Colonne::texte("Nom"),
            Colonne::texte("Genre"),
            Colonne::texte("Économie sociale et solidaire"),
            Colonne::texte("SIRET (facultatif)"),
        ],
        cellules(NUMERO_A_VENIR, &vide, &BTreeMap::new()),
        "Ajouter un membre",
    )
    .lignes(lignes);
    html! {
        p.fr-text--lead { "Toutes les structures du pôle, structure porteuse comprise." }
        (composition(vue))
        (Formulaire::acte(urls::du_dossier(vue.dossier.id, suivi::MEMBRES), html! {
            (tableau)
            div.co-barre-actions {
                (enregistrement(&ligne_enregistre(
                vue, "Votre dossier n’est pas encore déposé.")))
                (boutons(&[
                    Bouton::principal("Enregistrer et continuer").envoie("suite", "oui"),
                    Bouton::secondaire("Enregistrer"),
                ]))
            }
        }).enregistrement_automatique(marque_membres(membres)))
    }
}

/// « Hors ESS : 0, il en faut 1 (notice, § 3.a) », as the call asks.
fn composition(vue: &Vue) -> Markup {
    let constats = suivi::regles_des_membres(&vue.campagne, &vue.contenu);
    html! {
        p { (montrer::compte_des_membres(&vue.contenu)) "." }
        @for constat in constats {
            @let etat = match constat.etat {
                Etat::Remplie => "Remplie",
                Etat::NonRemplie => "Non remplie",
                Etat::NonConnue => "À préciser",
                Etat::AApprecier => "À apprécier",
            };
            p id=(suivi::MEMBRES) {
                strong { (etat) } (typographie(" : "))
                (typographie(&format!("{} ({})", constat.enonce.trim_end_matches('.'), constat.source))) "."
                @if let Some(remede) = &constat.remede { " " (remede) }
            }
        }
    }
}

fn cellules(numero: &str, membre: &Membre, erreurs: &BTreeMap<String, String>) -> Vec<Markup> {
    let nom = |colonne: &str| format!("{}.{numero}.{colonne}", suivi::MEMBRES);
    let erreur = |colonne: &str| erreurs.get(&nom(colonne)).cloned();
    let rempli = |code: &str| Some(code.to_owned()).filter(|code| !code.is_empty());
    let genres = GenreMembre::TOUS
        .iter()
        .map(|genre| Choix::nouveau(genre.code(), genre.libelle()))
        .collect();
    let qualites = QualiteEss::TOUS
        .iter()
        .map(|qualite| Choix::nouveau(qualite.code(), qualite.libelle()))
        .collect();
    vec![
        Champ::texte(nom("nom"), "Nom")
            .valeur(membre.nom.clone())
            .erreur(erreur("nom"))
            .libelle_masque()
            .render(),
        ListeDeroulante::nouvelle(nom("genre"), "Genre", genres)
            .valeur(rempli(&membre.genre))
            .erreur(erreur("genre"))
            .libelle_masque()
            .render(),
        ListeDeroulante::nouvelle(
            nom("qualite_ess"),
            "Économie sociale et solidaire",
            qualites,
        )
        .valeur(rempli(&membre.qualite_ess))
        .erreur(erreur("qualite_ess"))
        .invite(Some("Je ne sais pas encore"))
        .libelle_masque()
        .render(),
        Champ::texte(nom("siret"), "SIRET")
            .valeur(membre.siret.clone())
            .clavier("numeric")
            .erreur(erreur("siret"))
            .libelle_masque()
            .render(),
    ]
}

/// Two lists that changed on both sides: which one stays.
pub fn conflit(cadre: &Cadre, vue: &Vue, miens: &[Membre]) -> Markup {
    let tableau = |membres: &[Membre]| {
        let contenu = crate::dossiers::Contenu {
            membres: membres.to_vec(),
            ..crate::dossiers::Contenu::default()
        };
        montrer::tableau_des_membres(&contenu)
    };
    let champs = html! {
        @for (rang, membre) in miens.iter().enumerate() {
            @for (colonne, texte) in [
                ("nom", &membre.nom), ("genre", &membre.genre),
                ("qualite_ess", &membre.qualite_ess), ("siret", &membre.siret),
            ] {
                input type="hidden" name=(repere_membre(rang, colonne)) value=(texte);
            }
        }
    };
    commun::deux_tables(
        cadre,
        vue,
        "Membres",
        (
            &urls::du_dossier(vue.dossier.id, suivi::MEMBRES),
            &marque_membres(&vue.contenu.membres),
            &champs,
        ),
        [tableau(miens), tableau(&vue.contenu.membres)],
    )
}
