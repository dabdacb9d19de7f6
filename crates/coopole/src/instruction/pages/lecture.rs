//! The dossier beside the criteria: an opinion from memory is contested.

use dsfr::{
    Bouton, Champ, Choix, Formulaire, Probleme, Radios, Ton, Zone, badge, enregistrement, faits,
    panneaux,
};
use maud::{Markup, html};
use metier::{
    campagnes::{
        Critere,
        conditions::{Constat as Trouvaille, Etat},
    },
    commun::{Raison, temps, typographie},
    instruction::{Appreciation, Eligibilite, Verdict},
};

use crate::{
    campagnes::Campagne,
    dossiers::ancre_champ,
    instruction::{
        competence::DossierDeCellule,
        echeances,
        store::{
            AvisRendu,
            brouillons::{Constat, NotePrivee, Saisi},
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
    let jour = echeances::dernier_jour(due);
    match due <= maintenant {
        true => badge(
            Ton::Attention,
            &format!("Avis en retard, attendu jusqu’au {jour}"),
        ),
        false => badge(Ton::Information, &format!("Avis attendu jusqu’au {jour}")),
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
    let ferme = vue.avis.is_some();
    html! {
        (eligibilite(vue))
        @for axe in &vue.campagne.axes {
            @let du_axe: Vec<&Critere> = vue.campagne.criteres_de(&axe.code).collect();
            @if !du_axe.is_empty() {
                h3 { (axe.titre) }
                @for critere in du_axe { (constat(vue, critere, ferme)) }
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

fn eligibilite(vue: &VueLecture<'_>) -> Markup {
    html! {
        section id="eligibilite" aria-labelledby="eligibilite-titre" {
            h3 id="eligibilite-titre" { "Éligibilité" }
            @match &vue.eligibilite {
                Some((acte, nom)) => (eligibilite_statuee(acte, nom)),
                None if vue.peut_rendre => (eligibilite_a_statuer(vue)),
                None => {
                    @for trouvaille in &vue.trouvailles { (regle(trouvaille)) }
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

/// What the machine found, said by a badge and the facts it was found on.
fn regle(trouvaille: &Trouvaille) -> Markup {
    let ton = match trouvaille.etat {
        Etat::Remplie => Ton::Favorable,
        Etat::NonRemplie => Ton::Defavorable,
        Etat::NonConnue => Ton::Attention,
        Etat::AApprecier => Ton::Information,
    };
    html! {
        (badge(ton, trouvaille.etat.libelle()))
        p {
            strong { (trouvaille.code) } " " (trouvaille.enonce)
            " (" (trouvaille.source) ")"
        }
        @for trouve in &trouvaille.trouve {
            p.fr-hint-text { (trouve.libelle) (typographie(" : ")) (trouve.lisible()) }
        }
    }
}

fn eligibilite_a_statuer(vue: &VueLecture<'_>) -> Markup {
    let contenu = html! {
        @for trouvaille in &vue.trouvailles {
            @let dite = vue.saisies.iter().find(|a| a.regle == trouvaille.code);
            (regle(trouvaille))
            (Radios::nouveaux(
                trouvaille.code.as_str(),
                format!("Règle {}", trouvaille.code),
                vec![Choix::nouveau("tenue", "Tenue"), Choix::nouveau("non_tenue", "Non tenue")],
            )
                .valeur(dite.map(|a| if a.tenue { "tenue" } else { "non_tenue" }))
                .erreur(reprise::erreur(vue.raisons, &trouvaille.code))
                .en_ligne())
            (Champ::texte(format!("{}.motif", trouvaille.code), "Motif")
                .valeur(dite.map(|a| a.motif.clone()).unwrap_or_default())
                .facultatif())
        }
        p.fr-hint-text {
            "Un motif est demandé pour chaque règle non tenue : il sera lu par le pôle. "
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

/// What is found on one criterion: a draft of the cell, saved by itself.
fn constat(vue: &VueLecture<'_>, critere: &Critere, ferme: bool) -> Markup {
    let constat = vue.constats.iter().find(|c| c.critere == critere.code);
    let titre = html! {
        h4 id=(critere.code) { (critere.code) ". " (critere.titre) }
        p.fr-hint-text { (critere.enonce) " (" (critere.source) ")" }
        (preuves(vue, critere))
    };
    if ferme {
        return html! {
            (titre)
            @match constat.filter(|c| !c.texte.is_empty() || c.solide.is_some()) {
                Some(constat) => {
                    p { (constat.texte) }
                    (qui(constat))
                }
                None => p { "Aucun constat." },
            }
        };
    }
    let contenu = html! {
        (champs(&critere.code, constat.map_or("", |c| c.texte.as_str()), constat.and_then(|c| c.solide)))
        @match constat {
            Some(constat) => (qui(constat)),
            None => (enregistrement("")),
        }
        (Bouton::tertiaire("Enregistrer").petit())
    };
    let adresse = urls::constat(vue.vu.dossier.id, &critere.code);
    let etiquette = format!("Constat {}", critere.code);
    html! {
        (titre)
        (Formulaire::acte(adresse, contenu)
            .enregistrement_automatique(constat.map_or(0, |c| c.version))
            .etiquette(&etiquette))
    }
}

/// « Voir »: the answers that bear on the criterion, in the other pane.
fn preuves(vue: &VueLecture<'_>, critere: &Critere) -> Markup {
    let champs: Vec<_> = vue
        .campagne
        .formulaire
        .rubriques
        .iter()
        .flat_map(|rubrique| &rubrique.champs)
        .filter(|champ| champ.criteres.contains(&critere.code))
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

fn champs(critere: &str, texte: &str, solide: Option<bool>) -> Markup {
    let choix = vec![
        Choix::nouveau("solide", "Solide"),
        Choix::nouveau("a_renforcer", "À renforcer"),
    ];
    let choisi = solide.map(|solide| if solide { "solide" } else { "a_renforcer" });
    html! {
        (Zone::nouvelle(format!("{critere}.texte"), "Constat").lignes(3).valeur(texte.to_owned()))
        (Radios::nouveaux(format!("{critere}.force"), "Appréciation", choix)
            .valeur(choisi)
            .en_ligne())
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

/// Somebody wrote meanwhile: both texts, and three ways on.
pub fn conflit(
    cadre: &Cadre,
    vu: &DossierDeCellule,
    critere: &Critere,
    mien: &Saisi,
    autre: &Constat,
) -> Markup {
    let (retour, lentille) = lentille(vu);
    let lecture = urls::instruction(vu.dossier.id);
    let adresse = urls::constat(vu.dossier.id, &critere.code);
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
            h2 { (critere.code) ". " (critere.titre) }
            h3 { "Votre texte" }
            p { (mien.texte) }
            (garder("Garder le mien", &mien.texte, mien.solide))
            h3 { "Le texte de " (autre.par) }
            p { (autre.texte) }
            (garder("Garder l’autre", &autre.texte, autre.solide))
            h3 { "Les deux, l’un après l’autre" }
            (garder("Réunir", &reunis, mien.solide.or(autre.solide)))
        })
}
