//! Who signed: the public list, by quality and date, and the keeper's, where
//! those withdrawn stand too. No person is named.

use dsfr::{
    Bouton, Champ, Colonne, Entree, Formulaire, Onglets, Tableau, Telechargement, Ton, badge,
    boutons, lien, nombre, vide,
};
use jiff::Timestamp;
use maud::{Markup, html};
use metier::{
    charte::QualiteSignature,
    commun::{temps, typographie},
};

use crate::{
    charte::store::{Comptes, SignatureLue},
    socle::{
        feuilles::Feuille,
        mise_en_page::{Cadre, Lentille, Page},
    },
    urls,
};

/// A page of the list.
pub struct Feuillet {
    /// The address of the list.
    pub liste: &'static str,
    pub qualite: QualiteSignature,
    /// The part of a name that is looked for.
    pub nom: String,
    pub signatures: Feuille<SignatureLue>,
    pub comptes: Comptes,
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
                @if !feuillet.signatures.lignes.is_empty() {
                    @let fichier = urls::avec(urls::SIGNATAIRES_CSV, &[("qualite", feuillet.qualite.code()), ("nom", &feuillet.nom)]);
                    p { (Telechargement::nouveau("Télécharger cette liste", fichier, "csv", None)) }
                    p.fr-hint-text { (typographie(&format!("{LICENCE}. Aucune personne n’y est nommée."))) }
                }
            },
        )
}

/// Under what the list may be used again.
const LICENCE: &str = "Licence Ouverte 2.0 (Etalab)";

/// The same list as a file: each line says when it was made, and under what it
/// may be used again.
pub fn tableur(signatures: &[SignatureLue], site: &str, le: Timestamp) -> Vec<Vec<String>> {
    let titres = [
        "qualite",
        "nom",
        "siren",
        "version",
        "signee_le",
        "fiche",
        "preuve",
        "invente",
        "au",
        "licence",
    ];
    let au = temps::jour_de(le).to_string();
    let ligne = |signature: &SignatureLue| {
        let siren = signature
            .preuve
            .as_ref()
            .and_then(|preuve| preuve.faits.siren.clone());
        let fiche = signature
            .pole
            .map(|pole| format!("{site}{}", urls::pole(pole)));
        vec![
            signature.qualite.code().to_owned(),
            signature.nom.clone(),
            siren.unwrap_or_default(),
            signature.version.clone(),
            temps::jour_de(signature.signee_le).to_string(),
            fiche.unwrap_or_default(),
            format!("{site}{}", urls::signature_de_la_charte(signature.id)),
            if signature.invente { "oui" } else { "non" }.to_owned(),
            au.clone(),
            LICENCE.to_owned(),
        ]
    };
    let mut lignes = vec![titres.map(str::to_owned).to_vec()];
    lignes.extend(signatures.iter().map(ligne));
    lignes
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
                    "{} Les signatures retirées, écartées ou à confirmer sont dans cette liste ; elles ne sont pas comptées.",
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
        (Formulaire::recherche(feuillet.liste, html! {
            (Champ::texte("nom", "Chercher un nom").valeur(&feuillet.nom).facultatif())
            (boutons(&[Bouton::secondaire("Chercher")]))
        }).cache("qualite", feuillet.qualite.code()).etiquette("Chercher un signataire"))
        @if feuillet.signatures.lignes.is_empty() && !feuillet.nom.is_empty() {
            (vide(&typographie(&format!("Aucun signataire dont le nom contienne « {} ».", feuillet.nom)), &html! {
                p { (lien(&urls::avec(feuillet.liste, &[("qualite", feuillet.qualite.code())]), "Voir toute la liste")) }
            }))
        } @else if feuillet.signatures.lignes.is_empty() {
            (vide("Aucune signature enregistrée ici en cette qualité.", &html! {
                p { (lien(urls::CHARTE, "Lire la Charte")) }
            }))
        } @else {
            (table(feuillet))
            (feuillet.signatures.pages(["signature affichée", "signatures affichées"]))
        }
    }
}

fn table(feuillet: &Feuillet) -> Tableau<'static> {
    let lignes = feuillet.signatures.lignes.iter().map(|signature| {
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
                    @let mot = if signature.ecartee.is_some() { "Écartée" } else { "Retirée" };
                    " " (badge(Ton::Attention, &format!("{mot} le {}", temps::jour_court(le))))
                } @else if !signature.publiee {
                    " " (badge(Ton::Information, "À confirmer"))
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
