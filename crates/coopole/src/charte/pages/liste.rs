//! Who signed: the public list, by quality and date, and the keeper's, where
//! those withdrawn stand too. No person is named.

use dsfr::{Colonne, Entree, Onglets, Pagination, Tableau, Ton, badge, lien, nombre, vide};
use maud::{Markup, html};
use metier::{
    charte::QualiteSignature,
    commun::{temps, typographie},
};

use crate::{
    charte::store::{Comptes, SignatureLue},
    socle::mise_en_page::{Cadre, Lentille, Page},
    urls,
};

/// A page of the list.
pub struct Feuillet {
    /// The address of the list.
    pub liste: &'static str,
    pub qualite: QualiteSignature,
    pub signatures: Vec<SignatureLue>,
    pub comptes: Comptes,
    /// The first page, when one is further.
    pub premiere: Option<String>,
    pub suivante: Option<String>,
}

/// `/charte/signataires`
pub fn signataires(cadre: &Cadre, feuillet: &Feuillet) -> Markup {
    Page::new("Signataires de la Charte")
        .indexable()
        .sous(&[(urls::CHARTE, "Charte")])
        .montrer(
            cadre,
            html! {
                p.fr-text--lead { (typographie(&format!(
                    "{} Définition : une signature au moins, de l’une des versions, enregistrée ici et non retirée au {}.",
                    combien(feuillet), temps::jour_court(cadre.maintenant)))) }
                (liste(feuillet))
            },
        )
}

/// `/charte/gestion/signatures`
pub fn signatures(cadre: &Cadre, feuillet: &Feuillet) -> Markup {
    Page::new("Signatures")
        .sous(&[(urls::GESTION_CHARTE, "Charte des PTCE")])
        .lentille(Lentille::Charte)
        .montrer(
            cadre,
            html! {
                p { (typographie(&format!(
                    "{} Les signatures retirées restent dans cette liste ; elles ne sont pas comptées.",
                    combien(feuillet)))) }
                (liste(feuillet))
            },
        )
}

fn combien(feuillet: &Feuillet) -> String {
    let Comptes {
        poles, soutiens, ..
    } = feuillet.comptes;
    let (compte, un, plusieurs) = match feuillet.qualite {
        QualiteSignature::Pole => (poles, "pôle signataire", "pôles signataires"),
        QualiteSignature::Soutien => (
            soutiens,
            "organisation en soutien",
            "organisations en soutien",
        ),
    };
    let mots = if compte > 1 { plusieurs } else { un };
    format!("{} {mots}.", nombre(compte.unsigned_abs()))
}

fn liste(feuillet: &Feuillet) -> Markup {
    let onglet = |qualite: QualiteSignature, nom: &'static str| {
        let adresse = urls::avec(feuillet.liste, &[("qualite", qualite.code())]);
        Entree::nouvelle(nom, adresse).courante(feuillet.qualite == qualite)
    };
    html! {
        (Onglets::nouveaux("Qualité des signataires", vec![
            onglet(QualiteSignature::Pole, "Pôles"),
            onglet(QualiteSignature::Soutien, "Organisations en soutien"),
        ]))
        @if feuillet.signatures.is_empty() {
            (vide("Aucune signature enregistrée ici en cette qualité.", &html! {
                p { (lien(urls::CHARTE, "Lire la Charte")) }
            }))
        } @else {
            (table(feuillet))
            (Pagination {
                precedente: feuillet.premiere.clone().map(Into::into),
                suivante: feuillet.suivante.clone().map(Into::into),
                ou: affichees(feuillet.signatures.len()).into(),
            })
        }
    }
}

fn affichees(combien: usize) -> String {
    match combien {
        1 => "1 signature affichée".to_owned(),
        n => format!("{n} signatures affichées"),
    }
}

fn table(feuillet: &Feuillet) -> Tableau<'static> {
    let lignes = feuillet.signatures.iter().map(|signature| {
        vec![
            html! {
                @match signature.pole {
                    Some(pole) => (lien(&urls::pole(pole), &signature.nom)),
                    None => (signature.nom),
                }
                @if signature.invente { " " (badge(Ton::Neutre, "Inventé")) }
            },
            html! { (signature.titre) },
            html! {
                (temps::jour_court(signature.signee_le))
                @if let Some(le) = signature.retiree_le {
                    " " (badge(Ton::Attention, &format!("Retirée le {}", temps::jour_court(le))))
                }
                @if signature.doublon_de.is_some() { " " (badge(Ton::Neutre, "Même pôle, doublée")) }
            },
            html! {
                a.fr-link href=(urls::signature_de_la_charte(signature.id)) {
                    "Preuve" span.fr-sr-only { " de la signature de " (signature.nom) }
                }
            },
        ]
    });
    Tableau::nouveau(
        "Signatures, de la plus récente à la plus ancienne",
        vec![
            Colonne::cle("Signataire"),
            Colonne::texte("Version"),
            Colonne::texte("Signée le"),
            Colonne::texte("Preuve"),
        ],
    )
    .serre()
    .lignes(lignes.collect::<Vec<_>>())
}
