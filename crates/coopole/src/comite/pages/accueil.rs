//! « À faire » : interests to declare first, then dossiers to mark.

use dsfr::{Bouton, Colonne, MiseEnAvant, Pagination, Tableau, Ton, badge, vide};
use maud::{Markup, html};
use metier::commun::{temps, typographie};

use crate::{
    comite::store::DossierANoter,
    socle::mise_en_page::{Cadre, Lentille, Page},
    urls,
};

/// A call, as a member of the committee has it.
pub struct AppelDuComite {
    pub code: String,
    pub titre: String,
    /// When the interests may be declared, until then.
    pub ouvre: Option<String>,
    /// Dossiers that await a declaration.
    pub restants: usize,
    /// Visible dossiers, and those whose marks are given.
    pub avancement: (i64, i64),
    pub dossiers: Vec<DossierANoter>,
    pub suivante: Option<String>,
    pub close: bool,
}

pub fn accueil(cadre: &Cadre, appels: &[AppelDuComite]) -> Markup {
    Page::new("Comité\u{202f}: à faire")
        .lentille(Lentille::Comite)
        .montrer(
            cadre,
            html! {
                @if appels.is_empty() {
                    (vide("Aucun appel n’attend d’examen.", &html! {}))
                }
                @for appel in appels { (un_appel(appel)) }
            },
        )
}

fn un_appel(appel: &AppelDuComite) -> Markup {
    html! {
        section {
            h2 { (appel.titre) }
            @if let Some(quand) = &appel.ouvre {
                p { (quand) }
            } @else if appel.restants > 0 {
                (MiseEnAvant::nouvelle("Déclarez vos intérêts")
                    .texte(a_declarer(appel.restants))
                    .bouton(Bouton::principal("Déclarer mes intérêts").vers(urls::interets(&appel.code))))
            } @else {
                (a_noter(appel))
            }
        }
    }
}

fn a_declarer(restants: usize) -> String {
    typographie(&match restants {
        1 => "Il reste 1 dossier sans déclaration. L'examen s'ouvre ensuite.".to_owned(),
        n => format!("Il reste {n} dossiers sans déclaration. L'examen s'ouvre ensuite."),
    })
}

fn a_noter(appel: &AppelDuComite) -> Markup {
    let (tous, rendus) = appel.avancement;
    html! {
        p {
            (dsfr::lien(&urls::interets(&appel.code), "Mes intérêts")) " · "
            (dsfr::lien(&urls::seance(&appel.code), "Séance"))
        }
        @if tous == 0 {
            (vide("Aucun dossier à noter pour l’instant.", &html! {}))
        } @else {
            p { (typographie(&format!("Notes rendues : {rendus} sur {tous}."))) }
            (tableau(appel))
            (Pagination {
                precedente: None,
                suivante: appel.suivante.clone().map(Into::into),
                ou: format!("{} affichés sur {tous}", appel.dossiers.len()).into(),
            })
        }
    }
}

fn tableau(appel: &AppelDuComite) -> Tableau<'_> {
    let lignes = appel.dossiers.iter().map(|dossier| {
        vec![
            html! { a href=(urls::examen(dossier.id)) { (dossier.nom_du_pole) } },
            html! { (dossier.numero) },
            html! { (dossier.nom_de_la_structure) },
            html! { (dossier.region.nom()) },
            html! { (avis(dossier)) },
            etat(dossier, appel.close),
        ]
    });
    Tableau::nouveau(
        "Dossiers à noter",
        vec![
            Colonne::cle("Dossier"),
            Colonne::texte("Numéro"),
            Colonne::texte("Structure porteuse"),
            Colonne::texte("Région"),
            Colonne::texte("Avis de la cellule"),
            Colonne::texte("Vos notes"),
        ],
    )
    .legende_masquee()
    .serre()
    .lignes(lignes)
}

fn avis(dossier: &DossierANoter) -> String {
    match dossier.avis {
        Some((le, true)) => format!("Rendu hors délai le {}", temps::jour_court(le)),
        Some((le, false)) => format!("Rendu le {}", temps::jour_court(le)),
        None => "En retard".to_owned(),
    }
}

fn etat(dossier: &DossierANoter, close: bool) -> Markup {
    match (dossier.rendu_le, dossier.commence) {
        (Some(le), _) => badge(
            Ton::Favorable,
            &format!("Rendues le {}", temps::jour_court(le)),
        ),
        (None, _) if close => badge(Ton::Neutre, "Non rendues"),
        (None, true) => badge(Ton::Attention, "Commencées"),
        (None, false) => badge(Ton::Information, "À noter"),
    }
}
