//! The dossiers of a list in the order of the ranking: a table to read, or one
//! fold a dossier to fill in, whose head says what is prepared and what lacks.

use dsfr::{Champ, Choix, Colonne, ListeDeroulante, Tableau, Ton, Zone, badge};
use maud::{Markup, html};
use metier::{commun::typographie, instruction::Verdict};
use uuid::Uuid;

use super::preparation::Vue;
use crate::decisions::{
    liste::{Liste, empreinte},
    preparation::LigneSaisie,
    store::{Candidature, Proposition},
};

/// Where the ranking puts a dossier, if it does, and its mark as it is written.
struct Place {
    rang: Option<usize>,
    note: String,
}

fn place(liste: &Liste<'_>, dossier: Uuid) -> Place {
    let rangs = &liste.dossiers.classement.rangs;
    let rang = rangs.iter().find(|r| r.dossier == dossier);
    Place {
        rang: rang.map(|r| r.rang),
        note: rang.map_or_else(|| "—".to_owned(), |r| r.moyenne.to_string()),
    }
}

/// What a list holds, for whoever reads it only.
pub fn tableau(liste: &Liste<'_>) -> Tableau<'static> {
    let ecarts = ecarts(liste);
    let arretee = liste.dossiers.decision.is_some();
    let colonnes = vec![
        Colonne::cle("Rang et dossier"),
        Colonne::nombre("Note"),
        Colonne::texte(if arretee {
            "Décision"
        } else {
            "Décision préparée"
        }),
        Colonne::texte("Motif, lu par le pôle"),
        Colonne::texte("Raison de l’écart au classement"),
    ];
    let rangees = liste.en_ordre().into_iter().map(|c| {
        let place = place(liste, c.dossier);
        let proposition = liste.proposition(c).cloned().unwrap_or_default();
        let mut rangee = vec![
            html! {
                span id={ "dossier-" (c.dossier) } {
                    @if let Some(rang) = place.rang { (rang) ". " }
                    (c.pole)
                }
                br; span.fr-hint-text { "n°\u{a0}" (c.numero) ", " (c.region.nom()) }
            },
            html! { (place.note) },
        ];
        rangee.extend(match liste.est_ecarte(c) {
            true => [html! { (issue_ecartee(c)) }, motif_ecarte(c), html! { "—" }],
            false => [
                etat(c, &proposition, ecarts.contains(&c.dossier)),
                texte(&proposition.motif),
                texte(&proposition.ecart),
            ],
        });
        rangee
    });
    Tableau::nouveau("Dossiers dans l’ordre du classement", colonnes)
        .legende_masquee()
        .serre()
        .lignes(rangees.collect::<Vec<_>>())
}

fn ecarts(liste: &Liste<'_>) -> Vec<Uuid> {
    liste.preparee(Uuid::nil()).ecarts(&liste.contexte())
}

fn texte(texte: &str) -> Markup {
    match texte.is_empty() {
        true => html! { "—" },
        false => html! { (typographie(texte)) },
    }
}

/// One fold a dossier, to fill in.
pub fn plis(liste: &Liste<'_>, vue: &Vue<'_>) -> Markup {
    let ecarts = ecarts(liste);
    html! {
        @for c in liste.en_ordre() {
            @match liste.est_ecarte(c) {
                true => (pli(liste, c, false, &issue_ecartee(c), &html! { p { (motif_ecarte(c)) } })),
                false => (a_remplir(liste, c, vue, ecarts.contains(&c.dossier))),
            }
        }
    }
}

/// The head and the body of a dossier.
fn pli(liste: &Liste<'_>, c: &Candidature, ouvert: bool, etat: &Markup, corps: &Markup) -> Markup {
    let place = place(liste, c.dossier);
    html! {
        details.co-ligne open[ouvert] id={ "dossier-" (c.dossier) } {
            summary {
                span.co-ligne__tete {
                    span.co-ligne__rang {
                        @match place.rang {
                            Some(rang) => { span.fr-sr-only { "Rang " } (rang) }
                            None => { span.fr-sr-only { "Sans rang" } }
                        }
                    }
                    span.co-ligne__nom {
                        strong { (c.pole) }
                        span.fr-hint-text { "n°\u{a0}" (c.numero) ", " (c.region.nom()) ", note " (place.note) }
                    }
                    span.co-ligne__etat { (etat) }
                }
            }
            div.co-ligne__corps { (corps) }
        }
    }
}

fn a_remplir(liste: &Liste<'_>, c: &Candidature, vue: &Vue<'_>, ecart: bool) -> Markup {
    let id = c.dossier;
    let tenue = liste.proposition(c).cloned().unwrap_or_default();
    let conflit = vue.envoi.and_then(|envoi| envoi.conflits.get(&id));
    let faute = vue.envoi.and_then(|envoi| envoi.fautes.get(&id));
    // What nobody has decided yet is refused as well, and its head says so.
    let ancre = id.to_string();
    let refuse = tenue != Proposition::default()
        && vue
            .raisons
            .iter()
            .any(|r| r.ancre.as_deref() == Some(&ancre));
    let saisie = conflit.or(faute.map(|(saisie, _)| saisie));
    let corps = html! {
        (champs(liste, c, &tenue, (saisie, faute.map(|(_, attendu)| attendu.as_str()))))
        @if conflit.is_some() { (autre(&tenue)) }
    };
    let ouvert = saisie.is_some() || refuse;
    pli(liste, c, ouvert, &etat(c, &tenue, ecart), &corps)
}

/// What is prepared, and what closing the list would still ask.
fn etat(c: &Candidature, proposition: &Proposition, ecart: bool) -> Markup {
    let manque = |texte: &str| texte.trim().is_empty();
    html! {
        @match proposition.retenu {
            Some(true) => (badge(Ton::Favorable, &issue(proposition))),
            Some(false) => (badge(Ton::Neutre, &issue(proposition))),
            None => (badge(Ton::Information, &issue(proposition))),
        }
        @if proposition.retenu == Some(false) && manque(&proposition.motif) {
            " " (badge(Ton::Attention, "Motif à écrire"))
        }
        @if ecart && manque(&proposition.ecart) {
            " " (badge(Ton::Attention, "S’écarte du classement, raison à écrire"))
        } @else if ecart {
            " " (badge(Ton::Neutre, "S’écarte du classement"))
        }
        @if c.eligibilite.is_none() { " " (badge(Ton::Neutre, "Éligibilité non confirmée")) }
    }
}

/// « Retenu, 100 000 € », « Non retenu », « À décider ».
fn issue(proposition: &Proposition) -> String {
    match (proposition.retenu, proposition.montant) {
        (Some(true), Some(montant)) => format!("Retenu, {montant}"),
        (Some(true), None) => "Retenu".to_owned(),
        (Some(false), _) => "Non retenu".to_owned(),
        (None, _) => "À décider".to_owned(),
    }
}

/// Set aside by the cell: the issue follows from it, with its reason.
fn issue_ecartee(c: &Candidature) -> Markup {
    match c.verdict() {
        Some(Verdict::Irrecevable) => badge(Ton::Defavorable, "Irrecevable"),
        _ => badge(Ton::Defavorable, "Inéligible"),
    }
}

fn motif_ecarte(c: &Candidature) -> Markup {
    let motifs = c.eligibilite.iter().flat_map(|e| &e.motifs);
    html! { @for motif in motifs { p { (typographie(&motif.en_mots())) } } }
}

/// `saisie`: as typed, when it could not be kept; then what is expected.
fn champs(
    liste: &Liste<'_>,
    c: &Candidature,
    tenue: &Proposition,
    (saisie, attendu): (Option<&LigneSaisie>, Option<&str>),
) -> Markup {
    let nom = |champ: &str| format!("{champ}.{}", c.dossier);
    let de = |champ: &str| typographie(&format!("{champ} (n° {})", c.numero));
    let (issue, motif, ecart) = match saisie {
        Some(saisie) => (saisie.issue.as_str(), &saisie.motif, &saisie.ecart),
        None => (code(tenue.retenu), &tenue.motif, &tenue.ecart),
    };
    let options = vec![
        Choix::nouveau("retenu", "Retenu"),
        Choix::nouveau("non_retenu", "Non retenu"),
    ];
    html! {
        input type="hidden" name=(nom("lue")) value=(empreinte(liste.proposition(c))) autocomplete="off";
        div.co-ligne__champs {
            div {
                (ListeDeroulante::nouvelle(nom("issue"), de("Décision préparée"), options)
                    .invite(Some("À décider")).valeur(Some(issue.to_owned())).erreur(attendu))
                @match liste.appel.montant_fixe() {
                    Some(fixe) => p.fr-hint-text { "Montant si retenu\u{202f}: " (fixe) },
                    None => {
                        (Champ::montant(nom("montant"), de("Montant"))
                            .valeur(saisie.map_or_else(|| montant(tenue), |s| s.montant.clone())))
                    }
                }
            }
            (Zone::nouvelle(nom("motif"), de("Motif, lu par le pôle")).lignes(2).valeur(motif.as_str()))
            (Zone::nouvelle(nom("ecart"), de("Raison de l’écart au classement")).lignes(2).valeur(ecart.as_str()))
        }
    }
}

/// What the other person saved on the same line.
fn autre(tenue: &Proposition) -> Markup {
    html! {
        p.fr-hint-text {
            "Enregistré par une autre personne\u{202f}: " (issue(tenue))
            @for texte in [&tenue.motif, &tenue.ecart].into_iter().filter(|t| !t.is_empty()) {
                " – «\u{a0}" (texte) "\u{a0}»"
            }
            ". Enregistrez de nouveau pour garder votre texte."
        }
    }
}

fn code(retenu: Option<bool>) -> &'static str {
    match retenu {
        Some(true) => "retenu",
        Some(false) => "non_retenu",
        None => "",
    }
}

fn montant(proposition: &Proposition) -> String {
    proposition
        .montant
        .map(|m| m.sans_unite())
        .unwrap_or_default()
}
