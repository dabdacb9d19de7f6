//! The list of calls: open, to come, closed, and those of the past.

use dsfr::{Bouton, MiseEnAvant, Niveau, faits, lien, vide};
use maud::{Markup, html};
use metier::campagnes::EtatCampagne;

use super::passes::passes;
use crate::{
    campagnes::{Campagne, Campagnes, anciens, phrases},
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// `/appels`
pub fn liste(cadre: &Cadre, campagnes: &Campagnes) -> Markup {
    let dans_l_etat = |etat| -> Vec<_> { campagnes.dans_l_etat(etat, cadre.maintenant).collect() };
    let ouvertes = dans_l_etat(EtatCampagne::Ouverte);
    let a_venir = dans_l_etat(EtatCampagne::Publiee);
    let closes = dans_l_etat(EtatCampagne::Close);
    let anciens: Vec<_> = anciens::au(cadre.maintenant).collect();
    Page::new("Appels").indexable().sous(&[]).montrer(
        cadre,
        html! {
            p.fr-text--lead {
                "L’État soutient les pôles territoriaux de coopération économique par des appels. \
                 Chacun a ses règles, son calendrier et son formulaire\u{202f}: ils se lisent ici, \
                 sans compte."
            }
            section aria-labelledby="ouverts" {
                h2 #ouverts { "Appels ouverts" }
                @for (rang, campagne) in ouvertes.iter().enumerate() {
                    (ouvert(cadre, campagne, rang == 0))
                }
                @if ouvertes.is_empty() {
                    (vide("Aucun appel n’est ouvert aujourd’hui.", &html! {
                        @if let Some(derniere) = closes.first() {
                            p { "Le dernier\u{202f}: "
                                (lien(&urls::appel(&derniere.code), &derniere.identite.titre_court)) "." }
                        }
                    }))
                }
            }
            @if !a_venir.is_empty() {
                section aria-labelledby="a-venir" {
                    h2 #a-venir { "Appels à venir" }
                    @for campagne in &a_venir { (en_bref(cadre, campagne)) }
                }
            }
            @if !closes.is_empty() {
                section aria-labelledby="clos" {
                    h2 #clos { "Appels clos" }
                    @for campagne in &closes { (en_bref(cadre, campagne)) }
                }
            }
            @if !anciens.is_empty() { (passes(&anciens)) }
        },
    )
}

/// An open call, as the next action: what, until when, how much.
pub fn ouvert(cadre: &Cadre, campagne: &Campagne, premier: bool) -> Markup {
    let mut texte = phrases::limite(campagne, cadre.maintenant);
    if let Some(aide) = phrases::aide(campagne) {
        texte.push_str(&format!(" Subvention\u{202f}: {aide}."));
    }
    let bouton = if premier {
        Bouton::principal("Voir l’appel")
    } else {
        Bouton::secondaire("Voir l’appel")
    };
    html! {
        (MiseEnAvant::nouvelle(campagne.identite.titre_court.as_str())
            .niveau(Niveau::H3)
            .texte(texte)
            .bouton(bouton.vers(urls::appel(&campagne.code))))
    }
}

fn en_bref(cadre: &Cadre, campagne: &Campagne) -> Markup {
    let mut lignes = vec![(
        "Dépôt",
        html! { (phrases::limite(campagne, cadre.maintenant)) },
    )];
    if let Some(aide) = phrases::aide(campagne) {
        lignes.push(("Subvention", html! { (aide) }));
    }
    html! {
        h3 { (lien(&urls::appel(&campagne.code), &campagne.identite.titre_court)) }
        p { (campagne.identite.objet) }
        (faits(&lignes))
    }
}
