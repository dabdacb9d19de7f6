//! The pieces: one row each, what it takes, what was received.

use dsfr::{
    Bouton, ChampFichier, Formulaire, Probleme, SommaireErreurs, Ton, badge, boutons, colonnes,
    poids,
};
use maud::{Markup, html};
use metier::{
    campagnes::{PieceDemandee, Preuve},
    commun::{Raison, temps, typographie},
};

use super::commun::{self, menu, page};
use crate::{
    dossiers::{contenu::Piece, lecture::Lecture, montrer, suivi, vue::Vue},
    socle::mise_en_page::Cadre,
    urls,
};

/// `GET /dossiers/{id}/pieces`; `refus` after a file that was not taken.
pub fn pieces(cadre: &Cadre, vue: &Vue, refus: Option<(&str, &[Raison])>) -> Markup {
    let lecture = Lecture::de(&vue.campagne, &vue.contenu.reponses);
    let demandees: Vec<&PieceDemandee> = vue
        .campagne
        .pieces
        .iter()
        .filter(|piece| suivi::est_demandee(piece, &lecture.faits))
        .collect();
    let (exigees, facultatives): (Vec<_>, Vec<_>) =
        demandees.into_iter().partition(|piece| piece.obligatoire);
    let rangee = |piece: &PieceDemandee| {
        let raisons = refus
            .filter(|(genre, _)| *genre == piece.code)
            .map(|(_, raisons)| raisons);
        rangee(vue, piece, raisons)
    };
    let corps = html! {
        @if let Some((genre, raisons)) = refus {
            (SommaireErreurs::nouveau("le fichier n’est pas gardé.", raisons.iter().map(|raison| {
                Probleme::nouveau(raison.phrase.as_str())
                    .lien(Some(format!("#{genre}")))
                    .remede(raison.remede.as_deref())
            }).collect()))
        }
        (commun::pourquoi_ferme(vue))
        @if let Some(suivie) = vue.completude.rubriques.iter().find(|r| r.code == suivi::PIECES) {
            p.fr-text--lead { (suivie.presents) " sur " (suivie.attendus) " présentes." }
        }
        h2 { "Pièces demandées" }
        @for piece in exigees { (rangee(piece)) }
        @if !facultatives.is_empty() {
            h2 { "Pièces facultatives" }
            @for piece in facultatives { (rangee(piece)) }
        }
    };
    let contenu = colonnes(&menu(vue, suivi::PIECES), &corps);
    let corrections = refus.map_or(0, |(_, raisons)| raisons.len());
    page(cadre, vue, "Pièces", corrections, contenu)
}

fn rangee(vue: &Vue, piece: &PieceDemandee, refus: Option<&[Raison]>) -> Markup {
    let donnee = vue.contenu.piece(&piece.code);
    let titre = format!("piece-{}", piece.code);
    html! {
        section.co-piece aria-labelledby=(titre) {
            h3 id=(titre) { (piece.libelle) }
            (etat(vue, piece, donnee))
            @match piece.preuve {
                Preuve::Fichier => {},
                _ => p { (montrer::preuve(&vue.campagne, &vue.contenu, piece)) "." },
            }
            @if let Some(donnee) = donnee { (recue(vue, donnee)) }
            @if let Preuve::Tableau { budget, .. } = piece.preuve {
                (montrer::imprime(&vue.contenu, budget, &urls::dossier(vue.dossier.id)))
            }
            @if vue.fermeture.is_none() {
                @if let Preuve::Tableau { budget, .. } = piece.preuve {
                    p { (dsfr::lien(&urls::budget(vue.dossier.id, budget), &format!("Remplir\u{202f}: {}", budget.libelle().to_lowercase()))) }
                }
                @if piece.preuve.admet_un_fichier() { (envoi(vue, piece, donnee, refus)) }
            }
        }
    }
}

/// « Reçue », « À fournir », or the fact that proves it.
fn etat(vue: &Vue, piece: &PieceDemandee, donnee: Option<&Piece>) -> Markup {
    let prouvee = match piece.preuve {
        Preuve::Fichier => donnee.is_some(),
        Preuve::Signature { .. } => {
            donnee.is_some() || vue.contenu.charte_signee_le(&vue.campagne).is_some()
        }
        Preuve::Tableau { budget, .. } => {
            montrer::tableau_rempli(&vue.campagne, &vue.contenu, budget)
        }
    };
    match (prouvee, piece.preuve, piece.obligatoire) {
        (true, Preuve::Fichier, _) => badge(Ton::Favorable, "Reçue"),
        (true, _, _) => badge(Ton::Favorable, "Prouvée"),
        (false, Preuve::Tableau { .. }, _) => badge(Ton::Attention, "À compléter"),
        (false, _, true) => badge(Ton::Attention, "À fournir"),
        (false, _, false) => badge(Ton::Neutre, "Facultative"),
    }
}

fn recue(vue: &Vue, piece: &Piece) -> Markup {
    html! {
        p {
            a.fr-link href=(urls::piece(&urls::dossier(vue.dossier.id), piece.id)) { (piece.nom) }
            (typographie(&format!(
                " ({}), reçue le {}", poids(piece.poids), temps::instant_long(piece.recue_le)))) "."
        }
    }
}

fn envoi(
    vue: &Vue,
    piece: &PieceDemandee,
    donnee: Option<&Piece>,
    refus: Option<&[Raison]>,
) -> Markup {
    let formats: Vec<&str> = piece.formats.iter().map(String::as_str).collect();
    let octets_max = u64::from(piece.poids_max_mo) * 1_000_000;
    let phrases = refus.map(|raisons| {
        let phrases: Vec<&str> = raisons.iter().map(|r| r.phrase.as_str()).collect();
        phrases.join(" ")
    });
    let libelle = match donnee {
        Some(_) => format!("Un autre fichier pour : {}", piece.libelle),
        None => format!("Fichier pour : {}", piece.libelle),
    };
    let mut champ = ChampFichier::nouveau(
        piece.code.as_str(),
        typographie(&libelle),
        &formats,
        octets_max,
    )
    .erreur(phrases);
    if let Some(aide) = &piece.aide {
        champ = champ.aide(aide.as_str());
    }
    if let Some(donnees) = &piece.donnees_personnelles {
        let duree = vue
            .campagne
            .conservation(&donnees.conservation)
            .map(|conservation| format!(" Conservation : {}", conservation.duree));
        champ = champ.pourquoi(typographie(&format!(
            "{}{}",
            donnees.finalite,
            duree.unwrap_or_default()
        )));
    }
    let bouton = match donnee {
        Some(_) => "Remplacer",
        None => "Envoyer le fichier",
    };
    html! {
        (Formulaire::acte(urls::piece(&urls::dossier(vue.dossier.id), &piece.code), html! {
            (champ)
            @if donnee.is_some() {
                p.fr-hint-text { "Le fichier remplacé est conservé, il ne sert plus." }
            }
            (boutons(&[Bouton::secondaire(bouton).petit()]))
        }).avec_fichiers())
        @if donnee.is_some() {
            (Formulaire::acte(
                format!("{}/retrait", urls::piece(&urls::dossier(vue.dossier.id), &piece.code)),
                html! { (Bouton::tertiaire("Retirer ce fichier").petit()) }))
        }
    }
}
