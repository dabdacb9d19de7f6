//! « Mes intérêts »: no score here, only links.

use dsfr::{Alerte, Bouton, Champ, Choix, Formulaire, Gravite, Radios, vide};
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
    pub dossiers: Vec<DossierDeclare>,
    /// Links found without asking, by dossier.
    pub calcules: Vec<(Uuid, Vec<Lien>)>,
    pub saisies: &'a [(Uuid, Reponse)],
    pub vient_d_etre_declare: bool,
    pub raisons: &'a [Raison],
}

pub fn interets(cadre: &Cadre, vue: &VueInterets<'_>) -> Markup {
    let ouverts: Vec<_> = vue
        .dossiers
        .iter()
        .filter(|d| d.origine.is_none())
        .collect();
    let fermes: Vec<_> = vue
        .dossiers
        .iter()
        .filter_map(|d| Some((d, d.origine.as_deref()?)))
        .collect();
    let restants = ouverts.iter().filter(|d| d.reponse.is_none()).count();
    let contenu = html! {
        @for dossier in &ouverts { (question(vue, dossier)) }
        (Bouton::principal("Déclarer"))
    };
    Page::new("Mes intérêts")
        .objet(vue.titre)
        .sous(&[(urls::COMITE, "À faire")])
        .lentille(Lentille::Comite)
        .corrections(vue.raisons.len())
        .montrer(cadre, html! {
            (reprise::points(vue.raisons))
            @if vue.raisons.is_empty() && vue.vient_d_etre_declare { (fait(restants)) }
            p {
                "Dites, dossier par dossier, si un lien vous attache au pôle, à sa structure ou à un membre. "
                "Rien ne s’ouvre avant. Un lien ferme le dossier pour tout l’appel, et ne se reprend pas."
            }
            @if vue.dossiers.is_empty() {
                (vide("Aucun dossier n’est déposé sur cet appel.", &html! {}))
            }
            @if !ouverts.is_empty() {
                (Formulaire::acte(urls::interets(vue.code), contenu).etiquette("Mes intérêts"))
            }
            @if !fermes.is_empty() {
                h2 { "Dossiers qui vous sont fermés" }
                ul {
                    @for (dossier, origine) in fermes {
                        li { (dossier.nom_du_pole) (typographie(" : ")) (origine) }
                    }
                }
            }
        })
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

fn question(vue: &VueInterets<'_>, dossier: &DossierDeclare) -> Markup {
    let id = dossier.examine.id.to_string();
    let saisie = vue
        .saisies
        .iter()
        .find(|(autre, _)| *autre == dossier.examine.id);
    let reponse = saisie
        .map(|(_, reponse)| reponse)
        .or(dossier.reponse.as_ref());
    let (choisi, texte) = match reponse {
        Some(Reponse::Aucun) => (Some("aucun"), ""),
        Some(Reponse::Un(texte)) => (Some("un"), texte.as_str()),
        None => (None, ""),
    };
    let calcules = vue
        .calcules
        .iter()
        .find(|(autre, _)| *autre == dossier.examine.id);
    let membres: Vec<&str> = dossier
        .examine
        .membres
        .iter()
        .map(|(nom, _)| nom.as_str())
        .collect();
    let aide = match membres.is_empty() {
        true => format!("Structure : {}", dossier.examine.structure.0),
        false => format!(
            "Structure : {}. Membres : {}",
            dossier.examine.structure.0,
            membres.join(", ")
        ),
    };
    html! {
        div.co-section {
            (Radios::nouveaux(
                id.clone(),
                dossier.nom_du_pole.clone(),
                vec![Choix::nouveau("aucun", "Aucun lien"), Choix::nouveau("un", "Un lien")],
            )
                .aide(typographie(&aide))
                .valeur(choisi)
                .erreur(reprise::erreur(vue.raisons, &id))
                .en_ligne())
            @if let Some((_, liens)) = calcules { @for lien in liens { p { (lien.origine()) } } }
            (Champ::texte(format!("{id}.lien"), "Lequel")
                .aide("Emploi, mandat, prestation, parenté… à remplir s’il y a un lien.")
                .valeur(texte.to_owned())
                .facultatif())
        }
    }
}
