//! The dossier beside the criteria: an opinion from memory is contested.

use dsfr::{Bouton, Formulaire, Ton, Volet, Zone, badge, faits, panneaux};
use maud::{Markup, html};
use metier::{
    campagnes::{Moment, conditions::Constat as Trouvaille},
    commun::{Raison, temps},
    instruction::{Appreciation, Eligibilite, Verdict},
};

use super::{constats, eligibilite::eligibilite};
use crate::{
    campagnes::Campagne,
    instruction::{
        competence::DossierDeCellule,
        echeances,
        store::{
            AvisRendu,
            brouillons::{Constat, NotePrivee},
        },
    },
    socle::{
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

/// Everything the reading page shows.
pub struct VueLecture<'a> {
    pub vu: &'a DossierDeCellule,
    pub campagne: &'a Campagne,
    /// The dossier itself, as its own room shows it.
    pub dossier: Markup,
    /// The questions it answers: proofs lead to these alone.
    pub champs: Vec<String>,
    pub trouvailles: Vec<Trouvaille>,
    pub eligibilite: Option<(Eligibilite, String)>,
    pub constats: Vec<Constat>,
    pub notes: Vec<NotePrivee>,
    pub avis: Option<AvisRendu>,
    /// Whether the person may conclude and give the opinion.
    pub peut_rendre: bool,
    /// What was just typed and refused.
    pub saisies: &'a [Appreciation],
    pub raisons: &'a [Raison],
}

pub fn lecture(cadre: &Cadre, vue: &VueLecture<'_>) -> Markup {
    let dossier = &vue.vu.dossier;
    let (retour, region) = lentille(vue.vu);
    let titre = dossier.nom_du_pole.as_str();
    let etat = etat(vue, cadre.maintenant);
    Page::new(titre)
        .objet(&dossier.numero)
        .sous(&[(&retour, "À faire")])
        .lentille(region)
        .etat(etat)
        .corrections(vue.raisons.len())
        .montrer(
            cadre,
            html! {
                (reprise::points(vue.raisons))
                @if let Some(phrase) = vue.vu.competence.explication() {
                    p { (phrase) }
                }
                (panneaux(
                    ("Dossier", &html! { (faits_du_dossier(vue.vu)) (vue.dossier) }),
                    ("Critères", &criteres(vue)),
                    if vue.raisons.is_empty() { Volet::Gauche } else { Volet::Droite },
                ))
            },
        )
}

/// The list one comes from, and for whom one acts.
pub fn lentille(vu: &DossierDeCellule) -> (String, Lentille) {
    match vu.cellule() {
        Some(region) => (urls::cellule(region), Lentille::Cellule(region)),
        None => (urls::PILOTAGE.to_owned(), Lentille::Pilotage),
    }
}

fn etat(vue: &VueLecture<'_>, maintenant: jiff::Timestamp) -> Markup {
    if let Some(rendu) = &vue.avis {
        return badge(
            Ton::Favorable,
            if rendu.avis.hors_delai {
                "Avis rendu hors délai"
            } else {
                "Avis rendu"
            },
        );
    }
    if let Some((eligibilite, _)) = &vue.eligibilite
        && eligibilite.verdict != Verdict::Eligible
    {
        return badge(Ton::Defavorable, eligibilite.verdict.libelle());
    }
    let due = echeances::echeance(vue.campagne);
    let limite = Moment::Avant(due).en_mots();
    match due <= maintenant {
        true => badge(Ton::Attention, &format!("Avis en retard, attendu {limite}")),
        false => badge(Ton::Information, &format!("Avis attendu {limite}")),
    }
}

/// What it is, before what it says.
fn faits_du_dossier(vu: &DossierDeCellule) -> Markup {
    let dossier = &vu.dossier;
    let depose_le = dossier.depose_le.map(temps::instant_a_la_seconde);
    faits(&[
        ("Dossier", html! { "n°\u{a0}" (dossier.numero) }),
        (
            "Structure porteuse",
            html! { (dossier.nom_de_la_structure) },
        ),
        ("Région", html! { (dossier.region.nom()) }),
        ("Déposé le", html! { (depose_le.unwrap_or_default()) }),
    ])
}

fn criteres(vue: &VueLecture<'_>) -> Markup {
    html! {
        (eligibilite(vue))
        @for axe in &vue.campagne.axes {
            @let du_axe = constats::a_juger(vue.campagne, &axe.code);
            @if !du_axe.is_empty() {
                h3 { (axe.titre) }
                @for sujet in &du_axe { (constats::constat(vue, sujet)) }
            }
        }
        (notes(vue))
        @if vue.avis.is_some() {
            (Bouton::secondaire("Relire l’avis").vers(urls::de_l_instruction(vue.vu.dossier.id, "avis")))
        } @else if vue.peut_rendre {
            (Bouton::principal("Préparer l’avis").vers(urls::de_l_instruction(vue.vu.dossier.id, "avis")))
        } @else {
            p { "L’avis est rendu par une personne chargée de l’instruction." }
        }
    }
}

fn notes(vue: &VueLecture<'_>) -> Markup {
    let contenu = html! {
        (Zone::nouvelle("note", "Ajouter une note").lignes(3).erreur(reprise::erreur(vue.raisons, "note")))
        (Bouton::tertiaire("Ajouter la note").petit())
    };
    let adresse = urls::de_l_instruction(vue.vu.dossier.id, "notes");
    let titre = format!("Notes privées ({})", vue.notes.len());
    html! {
        section id="notes" aria-labelledby="notes-titre" {
            h3 id="notes-titre" { (titre) }
            p { "Jamais visible du pôle." }
            @for note in &vue.notes {
                p {
                    (note.texte)
                    br;
                    span.fr-hint-text { (note.par) ", le " (temps::instant_long(note.le)) }
                }
            }
            (Formulaire::acte(adresse, contenu).etiquette("Note privée"))
        }
    }
}
