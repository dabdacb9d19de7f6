//! Eligibility, in the pane of criteria: what waits for a person is asked; what
//! the dossier and the register settle is read, and may still be set aside.

use dsfr::{Bouton, Case, Champ, Choix, Formulaire, Radios, Ton, badge, depliant_ouvert};
use maud::{Markup, html};
use metier::{
    campagnes::conditions::{Constat as Trouvaille, Etat},
    commun::{temps, typographie},
    instruction::{Appreciation, Eligibilite, Verdict},
};

use super::lecture::VueLecture;
use crate::{socle::reprise, urls};

/// The conclusion, or what a person has to say before it.
pub fn eligibilite(vue: &VueLecture<'_>) -> Markup {
    html! {
        section id="eligibilite" aria-labelledby="eligibilite-titre" {
            h3 id="eligibilite-titre" { "Éligibilité" }
            @match &vue.eligibilite {
                Some((acte, nom)) => (eligibilite_statuee(acte, nom)),
                None if vue.peut_rendre => (eligibilite_a_statuer(vue)),
                None => {
                    @for trouvaille in &vue.trouvailles { div.co-critere { (regle(trouvaille)) } }
                    p { "Une personne chargée de l’instruction confirme ou écarte." }
                }
            }
        }
    }
}

fn eligibilite_statuee(acte: &Eligibilite, nom: &str) -> Markup {
    let ton = match acte.verdict {
        Verdict::Eligible => Ton::Favorable,
        _ => Ton::Defavorable,
    };
    html! {
        (badge(ton, acte.verdict.libelle()))
        p { "Par " (nom) ", le " (temps::jour_long(acte.statuee_le)) "." }
        @let dites: Vec<_> = acte.appreciations.iter().filter(|a| !a.motif.is_empty()).collect();
        @if !dites.is_empty() {
            ul {
                @for dite in dites {
                    li {
                        strong { (dite.regle) }
                        (typographie(if dite.tenue { " tenue : " } else { " non tenue : " }))
                        (dite.motif)
                    }
                }
            }
        }
    }
}

/// Whether a person has to speak before the dossier is said eligible.
fn attend(trouvaille: &Trouvaille) -> bool {
    trouvaille.etat != Etat::Remplie || trouvaille.a_confirmer
}

/// « Remplie, à confirmer » : the dossier says so, and a person has not yet.
fn etat(trouvaille: &Trouvaille) -> Markup {
    let ton = match trouvaille.etat {
        Etat::Remplie if trouvaille.a_confirmer => Ton::Information,
        Etat::Remplie => Ton::Favorable,
        Etat::NonRemplie => Ton::Defavorable,
        Etat::NonConnue => Ton::Attention,
        Etat::AApprecier => Ton::Information,
    };
    match trouvaille.a_confirmer && trouvaille.etat == Etat::Remplie {
        true => badge(ton, "Remplie, à confirmer"),
        false => badge(ton, trouvaille.etat.libelle()),
    }
}

/// What the machine found, said by a badge and the facts it was found on.
fn regle(trouvaille: &Trouvaille) -> Markup {
    html! {
        p {
            strong { (trouvaille.code) } " " (trouvaille.enonce)
            " (" (trouvaille.source) ") " (etat(trouvaille))
        }
        @if !trouvaille.trouve.is_empty() { (trouve(trouvaille)) }
    }
}

fn trouve(trouvaille: &Trouvaille) -> Markup {
    html! {
        p.fr-hint-text {
            @for (rang, trouve) in trouvaille.trouve.iter().enumerate() {
                @if rang > 0 { " · " }
                (trouve.libelle) (typographie(" : ")) (trouve.lisible())
            }
        }
    }
}

fn eligibilite_a_statuer(vue: &VueLecture<'_>) -> Markup {
    let (attendues, lues): (Vec<_>, Vec<_>) = vue.trouvailles.iter().partition(|t| attend(t));
    let contenu = html! {
        // The anchor of « aucune règle n’est dite non tenue ».
        p id="regles" { (typographie(&annonce(&attendues))) }
        @for trouvaille in &attendues { (a_trancher(vue, trouvaille)) }
        @if !lues.is_empty() {
            h4 { "Remplies d’après le dossier et le registre" }
            @for trouvaille in &lues { (deja_remplie(vue, trouvaille)) }
        }
        p.fr-hint-text {
            "Un motif est demandé pour chaque règle non tenue\u{202f}: il sera lu par le pôle. "
            "Une fois dite, la conclusion ne change plus."
        }
        ul.fr-btns-group.fr-btns-group--inline-md {
            li { (Bouton::secondaire("Confirmer l’éligibilité").envoie("conclusion", "confirmer")) }
            li { (Bouton::tertiaire("Écarter le dossier").envoie("conclusion", "ecarter")) }
        }
    };
    let adresse = urls::de_l_instruction(vue.vu.dossier.id, "eligibilite");
    html! { (Formulaire::acte(adresse, contenu).etiquette("Éligibilité")) }
}

/// How many rules wait for a person, and which.
fn annonce(attendues: &[&Trouvaille]) -> String {
    let codes: Vec<&str> = attendues.iter().map(|t| t.code.as_str()).collect();
    match codes.as_slice() {
        [] => "Toutes les règles sont remplies : confirmez, ou écartez.".to_owned(),
        [seule] => format!("1 règle vous attend : {seule}."),
        [debut @ .., derniere] => format!(
            "{} règles vous attendent : {} et {derniere}.",
            codes.len(),
            debut.join(", ")
        ),
    }
}

fn dite<'v>(vue: &'v VueLecture<'_>, trouvaille: &Trouvaille) -> Option<&'v Appreciation> {
    vue.saisies.iter().find(|a| a.regle == trouvaille.code)
}

fn motif(code: &str, dite: Option<&Appreciation>) -> Champ<'static> {
    Champ::texte(format!("{code}.motif"), format!("Motif sur {code}"))
        .valeur(dite.map(|a| a.motif.clone()).unwrap_or_default())
}

fn a_trancher(vue: &VueLecture<'_>, trouvaille: &Trouvaille) -> Markup {
    let dite = dite(vue, trouvaille);
    let code = trouvaille.code.as_str();
    let quand = match trouvaille.etat {
        Etat::NonRemplie => "Demandé dans les deux cas : la règle est dite non remplie.",
        _ => "Demandé si la règle n’est pas tenue.",
    };
    html! {
        div.co-critere {
            (regle(trouvaille))
            @if trouvaille.a_confirmer && trouvaille.etat == Etat::Remplie {
                p.fr-hint-text { "Le dossier le dit\u{202f}: à vous de le confirmer." }
            }
            (Radios::nouveaux(
                code,
                format!("La règle {code} est"),
                vec![Choix::nouveau("tenue", "Tenue"), Choix::nouveau("non_tenue", "Non tenue")],
            )
                .valeur(dite.map(|a| if a.tenue { "tenue" } else { "non_tenue" }))
                .erreur(reprise::erreur(vue.raisons, code))
                .en_ligne())
            (motif(code, dite).aide(typographie(quand)))
        }
    }
}

/// Met without anybody's word: read, and set aside only by opening it.
fn deja_remplie(vue: &VueLecture<'_>, trouvaille: &Trouvaille) -> Markup {
    let dite = dite(vue, trouvaille);
    let code = trouvaille.code.as_str();
    let non_tenue = dite.is_some_and(|a| !a.tenue);
    let cochees: &[&str] = if non_tenue { &["non_tenue"] } else { &[] };
    let erreur = reprise::erreur(vue.raisons, code);
    let ecarter = html! {
        (Case::ensemble(
            code,
            &format!("La règle {code}"),
            &[Choix::nouveau("non_tenue", "N’est pas tenue")],
            cochees,
            erreur,
        ))
        (motif(code, dite))
    };
    html! {
        div.co-critere {
            (regle(trouvaille))
            (depliant_ouvert("Écarter pour cette règle", &ecarter, dite.is_some() || erreur.is_some()))
        }
    }
}
