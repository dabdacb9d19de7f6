//! What changed in a record: the latest changes under it, and all of them on
//! their own page. Read by anyone, it names nobody; those who answer for the
//! record read who did it, and may put it back.

use dsfr::{Bouton, Ton, badge, boutons, depliant, faits, lien, vide};
use maud::{Markup, html};
use metier::{
    commun::{temps, typographie},
    poles::{Information, Membre, membres},
};
use uuid::Uuid;

use crate::{
    poles::{
        etat::{Etat, en_mots},
        modifications::Modification,
    },
    registre::{
        historique::{Historique, Ligne, qui},
        origine::origine,
    },
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// `/poles/{id}/historique`
pub fn historique(cadre: &Cadre, vue: &Historique) -> Markup {
    let nom = typographie(&vue.etat.nom);
    let pole = urls::pole(vue.etat.pole);
    Page::new("Ce qui a changé")
        .nomme(&nom)
        .sous(&[(urls::POLES, "Pôles"), (&pole, &nom)])
        .montrer(
            cadre,
            html! {
                @if vue.feuille.lignes.is_empty() {
                    (vide("Rien n’a changé sur cette fiche.", &html! {
                        p { (lien(&pole, "Revenir à la fiche")) }
                    }))
                } @else {
                    p { "De la modification la plus récente à la plus ancienne, avec leurs sources. Une annulation \
                         ne les efface pas." }
                    (changements(vue.etat.pole, &vue.feuille.lignes))
                    (vue.feuille.pages(["modification affichée", "modifications affichées"]))
                    (boutons(&[Bouton::secondaire("Revenir à la fiche").vers(pole.as_str())]))
                }
            },
        )
}

/// The changes, one a line.
pub(super) fn changements(pole: Uuid, lignes: &[Ligne]) -> Markup {
    html! {
        ul { @for ligne in lignes { li { (changement(pole, ligne)) } } }
    }
}

fn changement(pole: Uuid, ligne: &Ligne) -> Markup {
    let m = &ligne.modification;
    html! {
        (typographie(&format!(
            "Le {}, {} – {} : {}. Source : {}.",
            temps::jour_long(m.le), qui(m, ligne.en_repond), m.information.libelle(), difference(m),
            m.source.trim_end_matches('.'))))
        @if m.pole != pole { " " (badge(Ton::Neutre, "Avant la fusion")) }
        @if m.annulee { " " (badge(Ton::Neutre, "Annulée depuis")) }
        @if ligne.annulable(pole) {
            " " (lien(&urls::annulation(m.id), "Annuler cette modification"))
        }
    }
}

/// What a change changes: of members, those that came and those that went.
fn difference(m: &Modification) -> String {
    if m.information != Information::Membres {
        return format!(
            "« {} », auparavant « {} »",
            en_mots(m.information, m.apres.as_deref()),
            en_mots(m.information, m.avant.as_deref())
        );
    }
    let lus = |dits: &Option<String>| -> Vec<String> {
        let lus = membres(dits.as_deref().unwrap_or_default()).unwrap_or_default();
        lus.iter().map(Membre::ecrire).collect()
    };
    let (avant, apres) = (lus(&m.avant), lus(&m.apres));
    let sauf = |uns: &[String], autres: &[String]| {
        let seuls: Vec<&str> = uns
            .iter()
            .filter(|membre| !autres.contains(membre))
            .map(String::as_str)
            .collect();
        (!seuls.is_empty()).then(|| en_mots(Information::Membres, Some(&seuls.join("\n"))))
    };
    let ajoutes = sauf(&apres, &avant).map(|dits| format!("ajouté : {dits}"));
    let retires = sauf(&avant, &apres).map(|dits| format!("retiré : {dits}"));
    let dits: Vec<String> = ajoutes.into_iter().chain(retires).collect();
    dits.join(" – ")
}

/// Each line of the record that says something, with its source and its date.
pub(super) fn sources(etat: &Etat, dernieres: &[Modification]) -> Markup {
    let dites = Information::TOUS.iter().filter_map(|&information| {
        let origine = origine(etat, information, dernieres)?;
        let dite = html! { (typographie(&origine.en_mots())) };
        Some((information.libelle(), dite))
    });
    depliant(
        "La source de chaque information",
        &faits(&dites.collect::<Vec<_>>()),
    )
}
