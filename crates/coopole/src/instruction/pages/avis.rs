//! « Rendre l'avis »: the draft, the recap, then the opinion that stays.

use dsfr::{
    Alerte, Bouton, Champ, Choix, Formulaire, Gravite, Radios, Ton, Volet, Zone, badge,
    enregistrement, faits, panneaux,
};
use maud::{Markup, html};
use metier::{
    campagnes::{Axe, Moment},
    commun::{Raison, temps, typographie},
    instruction::SensAvis,
};

use super::{constats::a_juger, lecture::lentille};
use crate::{
    campagnes::Campagne,
    instruction::{
        competence::DossierDeCellule,
        echeances,
        store::{
            AvisRendu,
            brouillons::{Constat, Ebauche},
        },
    },
    socle::{
        mise_en_page::{Cadre, Page},
        reprise,
    },
    urls,
};

/// Everything the page of the opinion shows.
pub struct VueAvis<'a> {
    pub vu: &'a DossierDeCellule,
    pub campagne: &'a Campagne,
    pub constats: Vec<Constat>,
    pub ebauche: Ebauche,
    /// What somebody else saved meanwhile.
    pub autre: Option<Ebauche>,
    pub rendu: Option<AvisRendu>,
    pub peut_rendre: bool,
    /// Read again before giving it.
    pub relire: bool,
    /// The act has just been done.
    pub vient_d_etre_rendu: bool,
    pub raisons: &'a [Raison],
}

pub fn avis(cadre: &Cadre, vue: &VueAvis<'_>) -> Markup {
    let dossier = &vue.vu.dossier;
    let (retour, lentille) = lentille(vue.vu);
    let lecture = urls::instruction(dossier.id);
    let titre = match (&vue.rendu, vue.relire) {
        (Some(_), _) => "Avis de la cellule",
        (None, true) => "Relire l’avis",
        (None, false) => "Rendre l’avis",
    };
    let due = echeances::echeance(vue.campagne);
    let en_retard = due <= cadre.maintenant;
    let page = Page::new(titre)
        .nomme(&dossier.nom_du_pole)
        .sous(&[(&retour, "À faire"), (&lecture, &dossier.nom_du_pole)])
        .lentille(lentille)
        .corrections(vue.raisons.len());
    page.montrer(
        cadre,
        html! {
            (reprise::points(vue.raisons))
            @match &vue.rendu {
                Some(rendu) => (rendu_le(vue, rendu)),
                None => {
                    (en_tete(vue, due, en_retard))
                    @if !vue.peut_rendre {
                        p { "L’avis est rendu par une personne chargée de l’instruction." }
                    } @else if vue.relire {
                        (relecture(vue, en_retard))
                    } @else {
                        @let gauche = match &vue.autre {
                            Some(autre) => autre_texte(vue, autre),
                            None => constats(vue),
                        };
                        @let titre = if vue.autre.is_some() { "L’autre texte" } else { "Constats" };
                        (panneaux((titre, &gauche), ("Avis", &saisie(vue)), Volet::Droite))
                    }
                }
            }
        },
    )
}

fn en_tete(vue: &VueAvis<'_>, due: jiff::Timestamp, en_retard: bool) -> Markup {
    let jusqu_au = Moment::Avant(due).en_mots();
    html! {
        p { "Dossier n°\u{a0}" (vue.vu.dossier.numero) ", " (vue.vu.dossier.nom_de_la_structure) }
        @if let Some(phrase) = vue.vu.competence.explication() { p { (phrase) } }
        @if en_retard {
            (Alerte::nouvelle(Gravite::Attention, typographie(&format!(
                "cet avis était attendu {jusqu_au}. Il sera reçu, et dit rendu hors délai."
            ))))
        } @else {
            p { "Attendu " (typographie(&jusqu_au)) "." }
        }
    }
}

fn axes<'a>(vue: &'a VueAvis<'_>) -> impl Iterator<Item = &'a Axe> {
    vue.campagne.axes.iter()
}

/// What was found, axis by axis, to write from.
fn constats(vue: &VueAvis<'_>) -> Markup {
    html! {
        @for axe in axes(vue) {
            @let du_axe: Vec<_> = a_juger(vue.campagne, &axe.code).into_iter()
                .filter_map(|sujet| {
                    let constat = vue.constats.iter().find(|c| c.critere == sujet.code())?;
                    (!constat.texte.is_empty()).then_some((sujet, constat))
                })
                .collect();
            @if !du_axe.is_empty() {
                h3 { (axe.titre) }
                @for (sujet, constat) in du_axe {
                    p { strong { (sujet.titre()) } " – " (constat.texte) " (" (constat.par) ")" }
                }
            }
        }
        @if vue.constats.iter().all(|c| c.texte.is_empty()) {
            p { "Aucun constat n’est écrit." }
        }
        (dsfr::lien(&urls::instruction(vue.vu.dossier.id), "Revenir au dossier et aux critères"))
    }
}

/// What somebody else saved while this text was being typed.
fn autre_texte(vue: &VueAvis<'_>, autre: &Ebauche) -> Markup {
    let sens = autre.sens.as_deref().and_then(SensAvis::par_code);
    html! {
        p { (etat_du_brouillon(autre)) }
        (faits(&[
            ("Sens", html! { (sens.map_or("non renseigné", SensAvis::libelle)) }),
            ("Rang régional", html! { (ou_tiret(&autre.rang_regional)) }),
        ]))
        @for axe in axes(vue) {
            h3 { (axe.titre) }
            p { (ou_tiret(autre.motifs.get(&axe.code).map_or("", String::as_str))) }
        }
    }
}

fn sens() -> Vec<Choix<'static>> {
    let tous = SensAvis::TOUS.iter();
    tous.map(|sens| Choix::nouveau(sens.code(), sens.libelle()))
        .collect()
}

/// What the two names are worth: one person types both.
const SIGNATAIRES: &str = "La cellule réunit la CRESS et l’État. Coopôle ne recueille pas leurs deux \
    signatures : il garde les noms que vous écrivez, et le vôtre comme celui de la personne qui rend \
    l’avis.";

/// The draft: saved by itself, read again before it is given.
fn saisie(vue: &VueAvis<'_>) -> Markup {
    let ebauche = &vue.ebauche;
    let contenu = html! {
        (Radios::nouveaux("sens", "Sens de l’avis", sens())
            .valeur(ebauche.sens.clone())
            .erreur(reprise::erreur(vue.raisons, "sens")))
        h3 { "Motifs, axe par axe" }
        @for axe in axes(vue) {
            (Zone::nouvelle(axe.code.as_str(), axe.titre.as_str())
                .lignes(4)
                .valeur(ebauche.motifs.get(&axe.code).cloned().unwrap_or_default())
                .erreur(reprise::erreur(vue.raisons, &axe.code)))
        }
        (Champ::entier("rang_regional", "Rang régional")
            .aide("Si la cellule classe les dossiers de la région. Le premier a le rang 1.")
            .valeur(ebauche.rang_regional.as_str())
            .erreur(reprise::erreur(vue.raisons, "rang_regional"))
            .facultatif())
        h3 { "Signataires" }
        p { (typographie(SIGNATAIRES)) }
        (Champ::texte("signataire_cress", "Signataire pour la CRESS")
            .aide("Prénom, nom et fonction.")
            .valeur(ebauche.signataire_cress.as_str())
            .facultatif())
        (Champ::texte("signataire_etat", "Signataire pour l’État")
            .aide("Prénom, nom et fonction.")
            .valeur(ebauche.signataire_etat.as_str())
            .facultatif())
        (enregistrement(&etat_du_brouillon(ebauche)))
        ul.fr-btns-group.fr-btns-group--inline-md {
            li { (Bouton::principal("Relire avant de rendre").envoie("suite", "relire")) }
            li { (Bouton::secondaire("Enregistrer")) }
        }
    };
    let adresse = urls::de_l_instruction(vue.vu.dossier.id, "projet");
    html! {
        (Formulaire::acte(adresse, contenu)
            .enregistrement_automatique(ebauche.version)
            .etiquette("Avis"))
    }
}

/// « Enregistré à 10 h 12 par Gwenn. Avis non rendu. »
pub fn etat_du_brouillon(ebauche: &Ebauche) -> String {
    match &ebauche.enregistree {
        None => "Avis non rendu.".to_owned(),
        Some((le, par)) => typographie(&format!(
            "Enregistré le {} à {} par {par}. Avis non rendu.",
            temps::jour_court(*le),
            temps::heure(*le)
        )),
    }
}

/// The recap, as it will stand.
fn relecture(vue: &VueAvis<'_>, en_retard: bool) -> Markup {
    let ebauche = &vue.ebauche;
    let sens = ebauche.sens.as_deref().and_then(SensAvis::par_code);
    let id = vue.vu.dossier.id;
    let contenu = html! {
        p { "Rendu, l’avis ne change plus. Le pôle n’en lit rien avant la notification des décisions." }
        ul.fr-btns-group.fr-btns-group--inline-md {
            li { (Bouton::principal("Rendre l’avis")) }
            li { (Bouton::secondaire("Modifier").vers(urls::de_l_instruction(id, "avis"))) }
        }
    };
    html! {
        (faits(&[
            ("Au nom de", html! { (vue.vu.competence.instance().en_mots()) }),
            ("Sens", html! { (sens.map_or("non renseigné", SensAvis::libelle)) }),
            ("Rang régional", html! { (ou_tiret(&ebauche.rang_regional)) }),
            ("Signataire indiqué pour la CRESS", html! { (ou_tiret(&ebauche.signataire_cress)) }),
            ("Signataire indiqué pour l’État", html! { (ou_tiret(&ebauche.signataire_etat)) }),
        ]))
        h2 { "Motifs, axe par axe" }
        @for axe in axes(vue) {
            h3 { (axe.titre) }
            @match ebauche.motifs.get(&axe.code).filter(|texte| !texte.trim().is_empty()) {
                Some(texte) => p { (texte) },
                None => p { "Motifs à écrire." },
            }
        }
        @if en_retard { (badge(Ton::Attention, "Hors délai")) }
        (Formulaire::acte(urls::de_l_instruction(id, "avis"), contenu)
            .cache("version", ebauche.version.to_string())
            .etiquette("Rendre l’avis"))
    }
}

fn ou_tiret(texte: &str) -> &str {
    match texte.trim() {
        "" => "—",
        texte => texte,
    }
}

fn rendu_le(vue: &VueAvis<'_>, rendu: &AvisRendu) -> Markup {
    let avis = &rendu.avis;
    let titre_de = |code: &str| {
        let axe = axes(vue).find(|axe| axe.code == code);
        axe.map_or_else(|| code.to_owned(), |axe| axe.titre.clone())
    };
    html! {
        @if vue.vient_d_etre_rendu {
            (Alerte::nouvelle(Gravite::CestFait, avis.phrase()).apres_un_acte())
        } @else {
            p { (avis.phrase()) }
        }
        @if avis.hors_delai { (badge(Ton::Attention, "Hors délai")) }
        @if let Some(phrase) = vue.vu.competence.explication() { p { (phrase) } }
        (faits(&[
            ("Sens", html! { (avis.sens.libelle()) }),
            ("Rang régional", html! {
                @match avis.rang_regional { Some(rang) => (rang), None => "—" }
            }),
            ("Rendu par", html! { (rendu.nom) ", le " (temps::instant_long(avis.rendu_le)) }),
            ("Signataire indiqué pour la CRESS", html! { (ou_tiret(&rendu.signataire_cress)) }),
            ("Signataire indiqué pour l’État", html! { (ou_tiret(&rendu.signataire_etat)) }),
        ]))
        h2 { "Motifs, axe par axe" }
        @for motif in &avis.motifs {
            h3 { (titre_de(&motif.axe)) }
            p { (motif.texte) }
        }
    }
}
