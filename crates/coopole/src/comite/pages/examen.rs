//! « Noter »: the dossier and the opinion beside the grid.

use dsfr::{
    Alerte, Bouton, Champ, Choix, Formulaire, Gravite, Radios, Ton, Volet, badge, depliant_ouvert,
    enregistrement, faits, panneaux,
};
use maud::{Markup, html};
use metier::{
    campagnes::{Bonus, Critere},
    comite::Grille,
    commun::{Raison, temps, typographie},
};

use crate::{
    campagnes::Campagne,
    comite::{
        grille::{self, Notes},
        store::examens::ExamenEnCours,
    },
    dossiers::Dossier,
    instruction::AvisRendu,
    socle::{
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

pub struct VueExamen<'a> {
    pub dossier: &'a Dossier,
    pub campagne: &'a Campagne,
    pub grille: &'a Grille,
    /// The dossier itself, as its own room shows it.
    pub contenu: Markup,
    pub avis: Option<AvisRendu>,
    /// Whether the eligibility is confirmed: some merits wait for it.
    pub eligible: bool,
    pub examen: ExamenEnCours,
    pub relire: bool,
    pub vient_d_etre_rendu: bool,
    pub close: bool,
    /// The next dossier to mark.
    pub suivant: Option<uuid::Uuid>,
    pub raisons: &'a [Raison],
}

pub fn examen(cadre: &Cadre, vue: &VueExamen<'_>) -> Markup {
    let titre = if vue.relire {
        "Relire mes notes"
    } else {
        "Noter"
    };
    let gauche = html! { (en_tete(vue)) (avis(vue)) (vue.contenu) };
    let droite = match (vue.examen.rendu_le.is_some() || vue.close, vue.relire) {
        (true, _) => notes_fixes(vue),
        (false, true) => relecture(vue),
        (false, false) => saisie(vue),
    };
    let a_lire = vue.raisons.is_empty() && !vue.relire && !vue.vient_d_etre_rendu;
    let premier = if a_lire { Volet::Gauche } else { Volet::Droite };
    Page::new(titre)
        .nomme(&vue.dossier.nom_du_pole)
        .sous(&[(urls::COMITE, "À faire")])
        .lentille(Lentille::Comite)
        .etat(etat(vue))
        .corrections(vue.raisons.len())
        .montrer(cadre, html! {
            (reprise::points(vue.raisons))
            @if vue.raisons.is_empty() && vue.vient_d_etre_rendu {
                (Alerte::nouvelle(Gravite::CestFait, "vos notes sont rendues. Elles ne changent plus.")
                    .apres_un_acte())
            }
            (panneaux(("Dossier", &gauche), ("Grille", &droite), premier))
            @if let Some(suivant) = vue.suivant {
                p { (dsfr::lien(&urls::examen(suivant), "Suivant à noter")) }
            }
        })
}

fn etat(vue: &VueExamen<'_>) -> Markup {
    match (vue.examen.rendu_le, vue.close) {
        (Some(le), _) => badge(
            Ton::Favorable,
            &format!("Notes rendues le {}", temps::jour_court(le)),
        ),
        (None, true) => badge(Ton::Neutre, "Séance close"),
        (None, false) => badge(Ton::Information, "À noter"),
    }
}

fn en_tete(vue: &VueExamen<'_>) -> Markup {
    let dossier = vue.dossier;
    faits(&[
        ("Dossier", html! { "n°\u{a0}" (dossier.numero) }),
        (
            "Structure porteuse",
            html! { (dossier.nom_de_la_structure) },
        ),
        ("Région", html! { (dossier.region.nom()) }),
    ])
}

/// What the cell thinks of it; its silence is said too.
fn avis(vue: &VueExamen<'_>) -> Markup {
    let titre_de = |code: &str| {
        let axe = vue.campagne.axes.iter().find(|axe| axe.code == code);
        axe.map_or_else(|| code.to_owned(), |axe| axe.titre.clone())
    };
    html! {
        section.co-section {
            h2 { "Avis de la cellule" }
            @match &vue.avis {
                None => {
                    (badge(Ton::Attention, "Avis en retard"))
                    p { "La cellule n’a pas rendu son avis dans le temps prévu." }
                }
                Some(rendu) => {
                    p { strong { (rendu.avis.sens) } "." }
                    @if rendu.avis.hors_delai { (badge(Ton::Attention, "Rendu hors délai")) }
                    p { (rendu.avis.phrase()) }
                    @if let Some(rang) = rendu.avis.rang_regional { p { "Rang régional\u{a0}: " (rang) } }
                    @for motif in &rendu.avis.motifs {
                        h3 { (titre_de(&motif.axe)) }
                        p { (motif.texte) }
                    }
                }
            }
        }
    }
}

fn valeur(notes: &Notes, code: &str) -> Option<i64> {
    notes.get(code).and_then(|(valeur, _)| *valeur)
}

fn commentaire(notes: &Notes, code: &str) -> String {
    notes
        .get(code)
        .map(|(_, texte)| texte.clone())
        .unwrap_or_default()
}

fn total(vue: &VueExamen<'_>) -> String {
    let total = grille::total(vue.campagne, &vue.examen.notes, vue.eligible);
    typographie(&format!(
        "Votre total : {total} sur {}.",
        vue.grille.maximum().to_string().trim_end_matches(",0")
    ))
}

fn saisie(vue: &VueExamen<'_>) -> Markup {
    let etat = match vue.examen.modifie_le {
        Some(le) => format!(
            "Enregistré à {}. Notes non rendues. {}",
            temps::heure(le),
            total(vue)
        ),
        None => format!("Notes non rendues. {}", total(vue)),
    };
    let contenu = html! {
        @for axe in &vue.campagne.axes {
            h3 { (axe.titre) }
            @for critere in vue.campagne.criteres_de(&axe.code) { (critere_a_noter(vue, critere)) }
            @for bonus in vue.campagne.bonus_de(&axe.code) { (bonus_a_dire(vue, bonus)) }
        }
        (enregistrement(&etat))
        ul.fr-btns-group.fr-btns-group--inline-md {
            li { (Bouton::principal("Relire avant de rendre").envoie("suite", "relire")) }
            li { (Bouton::secondaire("Enregistrer")) }
        }
    };
    html! {
        p.fr-hint-text { "Les notes des autres examinateurs ne se voient qu’une fois la séance close." }
        (Formulaire::acte(urls::examen(vue.dossier.id), contenu)
            .enregistrement_automatique(vue.examen.version)
            .etiquette("Grille"))
    }
}

fn critere_a_noter(vue: &VueExamen<'_>, critere: &Critere) -> Markup {
    let notes = &vue.examen.notes;
    let echelle = vue.grille.echelle;
    let choix = (echelle.min..=echelle.max).map(|n| Choix::nouveau(n.to_string(), n.to_string()));
    let texte = commentaire(notes, &critere.code);
    let commenter = html! {
        (Champ::texte(format!("{}.commentaire", critere.code), format!("Commentaire sur {}", critere.code))
            .valeur(texte.as_str())
            .facultatif())
    };
    html! {
        div.co-critere {
        (Radios::nouveaux(
            critere.code.as_str(),
            format!("{}. {}", critere.code, critere.titre),
            choix.collect(),
        )
            .aide(format!("{} ({})", critere.enonce, critere.source))
            .valeur(valeur(notes, &critere.code).map(|n| n.to_string()))
            .erreur(reprise::erreur(vue.raisons, &critere.code))
            .en_ligne())
        (depliant_ouvert(&format!("Commenter {}", critere.code), &commenter, !texte.is_empty()))
        }
    }
}

/// A merit is answered box by box; the call says how many it takes.
fn bonus_a_dire(vue: &VueExamen<'_>, bonus: &Bonus) -> Markup {
    let cases = grille::cases(bonus);
    let plusieurs = cases.len() > 1;
    html! {
        div.co-critere id=[plusieurs.then_some(bonus.code.as_str())] {
            @if plusieurs {
                p {
                    strong { (bonus.titre) } " " (bonus.cases_requises) "."
                    @if bonus.eligibilite_exigee && !vue.eligible {
                        " Compte une fois l’éligibilité confirmée."
                    }
                }
            }
            @for (code, libelle) in cases {
                (Radios::nouveaux(
                    code,
                    if plusieurs { libelle.to_owned() } else { format!("Valorisé{} {libelle}", "\u{202f}:") },
                    vec![Choix::nouveau("1", "Acquis"), Choix::nouveau("0", "Non acquis")],
                )
                    .aide(if plusieurs { String::new() } else { format!("{} ({})", bonus.enonce, bonus.source) })
                    .valeur(valeur(&vue.examen.notes, code).map(|n| n.to_string()))
                    .erreur(reprise::erreur(vue.raisons, &bonus.code))
                    .en_ligne())
            }
        }
    }
}

/// The marks in one look, as they stand or will stand.
fn en_bref(vue: &VueExamen<'_>) -> Markup {
    let notes = &vue.examen.notes;
    let dit = |code: &str| match valeur(notes, code) {
        Some(1) => "Acquis",
        Some(_) => "Non acquis",
        None => "—",
    };
    html! {
        ul {
            @for critere in &vue.campagne.criteres {
                li {
                    (critere.code) ". " (critere.titre) "\u{202f}: "
                    strong {
                        @match valeur(notes, &critere.code) { Some(n) => (n), None => "—" }
                    }
                    @let texte = commentaire(notes, &critere.code);
                    @if !texte.is_empty() { " – " (texte) }
                }
            }
            @for bonus in &vue.campagne.bonus {
                @for (code, libelle) in grille::cases(bonus) {
                    li { (libelle.trim_end_matches('.')) "\u{202f}: " strong { (dit(code)) } }
                }
            }
        }
        p { strong { @if vue.examen.notes.is_empty() { "Aucune note." } @else { (total(vue)) } } }
    }
}

fn notes_fixes(vue: &VueExamen<'_>) -> Markup {
    html! {
        @if vue.examen.rendu_le.is_none() { p { "La séance est close : les notes ne changent plus." } }
        (en_bref(vue))
        @if vue.close { p { (dsfr::lien(&urls::seance(&vue.dossier.campagne), "Voir le classement")) } }
    }
}

fn relecture(vue: &VueExamen<'_>) -> Markup {
    let id = vue.dossier.id;
    let contenu = html! {
        p { "Rendues, vos notes ne changent plus." }
        ul.fr-btns-group.fr-btns-group--inline-md {
            li { (Bouton::principal("Rendre mes notes")) }
            li { (Bouton::secondaire("Modifier").vers(urls::examen(id))) }
        }
    };
    html! {
        (en_bref(vue))
        (Formulaire::acte(urls::rendre_examen(id), contenu)
            .cache("version", vue.examen.version.to_string())
            .etiquette("Rendre mes notes"))
    }
}
