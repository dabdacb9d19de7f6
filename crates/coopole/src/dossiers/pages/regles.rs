//! The conditions of the call, told to those who write the dossier before they
//! file it: what is not met, on what was found, its source, the way forward.
//! Pointed out, never in the way: nobody is excluded without a person (D10).

use maud::{Markup, html};
use metier::{
    campagnes::{
        conditions::{Ancre, Constat, Etat},
        eligibilite::Bilan,
    },
    commun::typographie,
};

use crate::{
    campagnes,
    dossiers::{suivi, vue::Vue},
    urls,
};

/// On the summary: what stands against the filing or is not known yet.
pub fn signalees(vue: &Vue, constats: &[Constat]) -> Markup {
    let toutes = format!(
        "{}#conditions",
        urls::du_dossier(vue.dossier.id, "verification")
    );
    let suspens = constats
        .iter()
        .filter(|constat| matches!(constat.etat, Etat::NonRemplie | Etat::NonConnue));
    html! {
        @if !constats.is_empty() {
            (tete(constats))
            (liste(vue, suspens))
            p { (dsfr::lien(&toutes, "Toutes les conditions de l’appel")) }
        }
    }
}

/// Before filing: every condition.
pub fn toutes(vue: &Vue, constats: &[Constat]) -> Markup {
    html! {
        @if !constats.is_empty() {
            (tete(constats))
            (liste(vue, constats.iter()))
        }
    }
}

/// « 1 condition de l’appel n’est pas remplie. »; nothing when none is.
pub fn non_remplies(constats: &[Constat]) -> Option<String> {
    match Bilan::de(constats).non_remplies {
        0 => None,
        1 => Some("Une condition de l’appel n’est pas remplie.".to_owned()),
        n => Some(typographie(&format!(
            "{n} conditions de l’appel ne sont pas remplies."
        ))),
    }
}

fn tete(constats: &[Constat]) -> Markup {
    let bilan = Bilan::de(constats);
    html! {
        h2 #conditions { "Les conditions de l’appel" }
        p { (bilan.phrase()) }
        @if !bilan.rien_ne_s_oppose() {
            p { "Votre dossier peut être déposé tel quel\u{202f}: des personnes l’examineront, \
                 et ce qui est calculé ici ne décide de rien." }
        }
    }
}

fn liste<'c>(vue: &Vue, constats: impl Iterator<Item = &'c Constat>) -> Markup {
    html! {
        ul.co-regles {
            @for constat in constats { (campagnes::constat(&vue.campagne, constat, &chemin(vue, constat))) }
        }
    }
}

/// Where this can be answered or mended, when it is in this dossier.
fn chemin(vue: &Vue, constat: &Constat) -> Markup {
    let id = vue.dossier.id;
    let ou = constat.trouve.iter().find_map(|fait| match &fait.ancre {
        Ancre::Champ { rubrique, champ } => Some((
            format!("{}#{champ}", urls::rubrique(id, rubrique)),
            "Aller à la question",
        )),
        Ancre::Membres => Some((urls::du_dossier(id, suivi::MEMBRES), "Aller aux membres")),
        Ancre::Pieces => Some((urls::du_dossier(id, suivi::PIECES), "Aller aux pièces")),
        Ancre::Charte if vue.peut_deposer && constat.etat != Etat::Remplie => {
            let pole = vue.dossier.pole;
            let adresse = match vue.campagne.charte {
                Some(exigence) => urls::signer_la_version(pole, exigence.version),
                None => urls::signer_au_nom(pole),
            };
            Some((adresse, "Signer la Charte"))
        }
        _ => None,
    });
    html! {
        @if let Some((adresse, libelle)) = ou.filter(|_| vue.fermeture.is_none()) {
            " " (dsfr::lien(&adresse, libelle))
        }
    }
}
