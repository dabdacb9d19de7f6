//! « Mes intérêts »: no score here, only links. A line a dossier; open only where
//! there is something to say.

use dsfr::{Alerte, Bouton, Champ, Choix, Formulaire, Gravite, Radios, Ton, badge, boutons, vide};
use maud::{Markup, html};
use metier::{
    comite::{Lien, Reponse},
    commun::{Raison, typographie},
};
use uuid::Uuid;

use crate::{
    comite::store::interets::DossierDeclare,
    socle::{
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

pub struct VueInterets<'a> {
    pub code: &'a str,
    pub titre: &'a str,
    /// Each with the links found without asking.
    pub dossiers: Vec<(DossierDeclare, Vec<Lien>)>,
    pub saisies: &'a [(Uuid, Reponse)],
    pub vient_d_etre_declare: bool,
    pub raisons: &'a [Raison],
}

pub fn interets(cadre: &Cadre, vue: &VueInterets<'_>) -> Markup {
    let tous = vue.dossiers.iter();
    let (ouverts, fermes): (Vec<_>, Vec<_>) = tous.partition(|(d, _)| d.origine.is_none());
    let restants = ouverts.iter().filter(|(d, _)| d.reponse.is_none()).count();
    Page::new("Mes intérêts")
        .objet(vue.titre)
        .sous(&[(urls::COMITE, "À faire")])
        .lentille(Lentille::Comite)
        .corrections(vue.raisons.len())
        .montrer(cadre, html! {
            (reprise::points(vue.raisons))
            @if vue.raisons.is_empty() && vue.vient_d_etre_declare { (fait(restants)) }
            p {
                "Dites si un lien vous attache au pôle, à sa structure ou à un membre\u{202f}: ouvrez sa ligne. "
                "Rien ne s’ouvre avant que chaque dossier ait sa réponse. "
                "Un lien ferme le dossier pour tout l’appel, et ne se reprend pas."
            }
            @if vue.dossiers.is_empty() {
                (vide("Aucun dossier n’est déposé sur cet appel.", &html! {}))
            }
            @if !ouverts.is_empty() {
                (Formulaire::acte(urls::interets(vue.code), formulaire(vue, &ouverts, restants))
                    .etiquette("Mes intérêts"))
            }
            @if !fermes.is_empty() {
                h2 { "Dossiers qui vous sont fermés" }
                ul {
                    @for (dossier, _) in fermes {
                        li {
                            (dossier.examine.nom) (typographie(" : "))
                            (dossier.origine.as_deref().unwrap_or_default())
                        }
                    }
                }
            }
        })
}

fn formulaire(
    vue: &VueInterets<'_>,
    ouverts: &[&(DossierDeclare, Vec<Lien>)],
    restants: usize,
) -> Markup {
    html! {
        @for (dossier, liens) in ouverts { (ligne(vue, dossier, liens)) }
        @if restants > 0 {
            p.fr-hint-text {
                "«\u{a0}Aucun lien avec les autres dossiers\u{a0}» garde vos réponses et déclare, un par un, "
                "les dossiers restés sans réponse. Ceux où un lien est déjà connu attendent la vôtre."
            }
            (boutons(&[
                Bouton::principal("Déclarer"),
                Bouton::secondaire("Aucun lien avec les autres dossiers").envoie("autres", "aucun"),
            ]))
        } @else {
            (boutons(&[Bouton::principal("Déclarer")]))
        }
    }
}

fn fait(restants: usize) -> Markup {
    let phrase = match restants {
        0 => "intérêts déclarés. L’examen est ouvert.".to_owned(),
        1 => "réponses enregistrées. Il reste 1 dossier.".to_owned(),
        n => format!("réponses enregistrées. Il reste {n} dossiers."),
    };
    html! {
        (Alerte::nouvelle(Gravite::CestFait, phrase)
            .suite(dsfr::lien(urls::COMITE, "Voir les dossiers à noter"))
            .apres_un_acte())
    }
}

/// What was just typed, or said before.
fn reponse<'v>(vue: &'v VueInterets<'_>, dossier: &'v DossierDeclare) -> Option<&'v Reponse> {
    let saisie = vue.saisies.iter().find(|(id, _)| *id == dossier.examine.id);
    saisie.map(|(_, dite)| dite).or(dossier.reponse.as_ref())
}

fn ligne(vue: &VueInterets<'_>, dossier: &DossierDeclare, liens: &[Lien]) -> Markup {
    let id = dossier.examine.id.to_string();
    let dite = reponse(vue, dossier);
    let erreur = reprise::erreur(vue.raisons, &id);
    // Nothing sent at all: every dossier is missing, and the list stays a list.
    let a_corriger = erreur.is_some() && !vue.saisies.is_empty();
    let a_lire = !liens.is_empty() && dossier.reponse.is_none();
    let ouverte = a_lire || a_corriger || matches!(dite, Some(Reponse::Un(_)));
    html! {
        details.co-ligne open[ouverte] {
            summary {
                strong { (dossier.examine.nom) } " " (etat(dossier, liens))
                span.fr-hint-text {
                    (dossier.examine.structure.0)
                    span.co-ligne__suite { ". " (membres(dossier)) }
                }
            }
            div.co-ligne__corps { (question(dossier, liens, dite, erreur)) }
        }
    }
}

fn etat(dossier: &DossierDeclare, liens: &[Lien]) -> Markup {
    match (&dossier.reponse, liens.is_empty()) {
        (Some(Reponse::Aucun), _) => badge(Ton::Favorable, "Aucun lien"),
        (Some(Reponse::Un(_)), _) => badge(Ton::Neutre, "Un lien"),
        (None, true) => Markup::default(),
        (None, false) => badge(Ton::Attention, "Lien connu"),
    }
}

/// Who a link may be with besides the pole and its structure.
fn membres(dossier: &DossierDeclare) -> String {
    let noms: Vec<&str> = dossier
        .examine
        .membres
        .iter()
        .map(|(nom, _)| nom.as_str())
        .collect();
    match noms.is_empty() {
        true => "Aucun membre n’est nommé.".to_owned(),
        false => typographie(&format!("Membres : {}.", noms.join(", "))),
    }
}

fn question(
    dossier: &DossierDeclare,
    liens: &[Lien],
    dite: Option<&Reponse>,
    erreur: Option<&str>,
) -> Markup {
    let examine = &dossier.examine;
    let id = examine.id.to_string();
    let (choisi, texte) = match dite {
        Some(Reponse::Aucun) => (Some("aucun"), ""),
        Some(Reponse::Un(texte)) => (Some("un"), texte.as_str()),
        None => (None, ""),
    };
    html! {
        @for lien in liens { p { (lien.origine()) } }
        (Radios::nouveaux(
            id.clone(),
            format!("Votre lien avec {}", examine.nom),
            vec![Choix::nouveau("aucun", "Aucun lien"), Choix::nouveau("un", "Un lien")],
        )
            .aide(membres(dossier))
            .valeur(choisi)
            .erreur(erreur)
            .en_ligne())
        (Champ::texte(format!("{id}.lien"), "Lequel")
            .aide("Emploi, mandat, prestation, parenté… à remplir s’il y a un lien.")
            .valeur(texte.to_owned())
            .facultatif())
    }
}
