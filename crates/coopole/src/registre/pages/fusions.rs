//! Duplicates: the pairs that look like one pole, two records side by side with
//! what each says, and the merges that were done.

use dsfr::{Bouton, Champ, Choix, Formulaire, Radios, Ton, badge, boutons, faits, lien, vide};
use maud::{Markup, html};
use metier::{
    commun::{Raison, temps, typographie},
    poles::Information,
};
use uuid::Uuid;

use super::corrections::{dit, onglets};
use crate::{
    poles::fusions::{Comparee, Fusion},
    registre::fusions::{
        AUTRE, CoteACote, DISTINCTES, Distincte, Doublons, FUSIONS, PAIRES, PaireLue,
    },
    socle::{
        droits::{Droit, Role},
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

/// What whoever merges chose so far.
#[derive(Default)]
pub struct ChoixDeFusion<'a> {
    /// The lines taken from the other record; at first, those it alone knows.
    pub prises: Option<&'a [Information]>,
    pub motif: &'a str,
    /// Why they are two poles.
    pub pourquoi: &'a str,
    pub raisons: &'a [Raison],
}

/// `/doublons`
pub fn doublons(
    cadre: &Cadre,
    vue: &Doublons,
    reprise: Option<Uuid>,
    raisons: &[Raison],
) -> Markup {
    let combien = vue.combien;
    Page::new("Doublons")
        .lentille(vue.region.map_or_else(|| lentille(cadre), Lentille::Cellule))
        .corrections(raisons.len())
        .montrer(
            cadre,
            html! {
                (onglets(cadre, urls::DOUBLONS))
                @if let Some(id) = reprise {
                    (reprise::sommaire_vers("la fusion n’est pas défaite.", raisons, |ancre| format!("#{ancre}-{id}")))
                }
                @if combien == 0 {
                    (vide("Aucune fiche ne ressemble à une autre.", &html! {
                        (lien(urls::POLES, "Voir les pôles du registre"))
                    }))
                } @else {
                    p {
                        (combien) @if combien > 1 { " paires de fiches se ressemblent" } @else { " paire de fiches se ressemble" }
                        (typographie(" : même numéro, même nom ou nom voisin, dans un même lieu. Comparez-les avant de décider."))
                        @if combien > vue.paires.lignes.len() { " Les plus sûres d’abord." }
                    }
                    div #(PAIRES) {
                        @for paire in &vue.paires.lignes { (une_paire(paire)) }
                        (vue.paires.pages(["paire affichée", "paires affichées"]))
                    }
                }
                @if !vue.distinctes.lignes.is_empty() {
                    section aria-labelledby="distinctes" {
                        h2 #(DISTINCTES) { "Ce ne sont pas des doublons" }
                        @for distincte in &vue.distinctes.lignes { (une_distinction(distincte)) }
                        (vue.distinctes.pages(["distinction affichée", "distinctions affichées"]))
                    }
                }
                @if !vue.fusions.lignes.is_empty() {
                    section aria-labelledby="fusions" {
                        h2 #(FUSIONS) { "Fusions" }
                        @for fusion in &vue.fusions.lignes {
                            (une_fusion(fusion, if reprise == Some(fusion.id) { raisons } else { &[] }))
                        }
                        (vue.fusions.pages(["fusion affichée", "fusions affichées"]))
                    }
                }
            },
        )
}

/// The keeper of the Charter and the nation both look at the whole register.
fn lentille(cadre: &Cadre) -> Lentille {
    match &cadre.personne {
        Some(personne) if personne.a_le_role(Role::Charte) => Lentille::Charte,
        _ => Lentille::Pilotage,
    }
}

fn en_tete(un: &Comparee, autre: &Comparee) -> String {
    typographie(&format!("{} – {}", un.nom, autre.nom))
}

fn ou(fiche: &Comparee) -> Markup {
    let commune = fiche.commune.as_deref().unwrap_or("commune non connue");
    html! {
        (lien(&urls::pole(fiche.candidat.id), &typographie(&fiche.nom)))
        ", " (typographie(commune))
        @if let Some(siret) = &fiche.candidat.siret { ", SIRET " (siret.lisible()) }
    }
}

fn une_paire(paire: &PaireLue) -> Markup {
    let titre = format!("paire-{}-{}", paire.un.candidat.id, paire.autre.candidat.id);
    let indices: Vec<&str> = paire
        .indices
        .iter()
        .map(|indice| indice.libelle())
        .collect();
    html! {
        section.co-piece aria-labelledby=(titre) {
            h2.fr-h6 id=(titre) { (en_tete(&paire.un, &paire.autre)) }
            (faits(&[
                ("Une fiche", ou(&paire.un)),
                ("L’autre", ou(&paire.autre)),
                ("Ce qui les rapproche", html! { (typographie(&indices.join(" ; "))) }),
            ]))
            (boutons(&[Bouton::secondaire("Comparer").petit()
                .vers(urls::doublon(paire.un.candidat.id, paire.autre.candidat.id))]))
        }
    }
}

fn une_distinction(distincte: &Distincte) -> Markup {
    let Distincte {
        un, autre, motif, ..
    } = distincte;
    let titre = format!("distinction-{}-{}", un.candidat.id, autre.candidat.id);
    let acte = urls::du_doublon(un.candidat.id, autre.candidat.id, "rapprochement");
    html! {
        section.co-piece aria-labelledby=(titre) {
            h3.fr-h6 id=(titre) { (en_tete(un, autre)) }
            p { (typographie(&format!("Le motif : {motif}"))) }
            (Formulaire::acte(acte, html! {
                (boutons(&[Bouton::secondaire("Revoir cette paire").petit()]))
            }))
        }
    }
}

fn une_fusion(fusion: &Fusion, raisons: &[Raison]) -> Markup {
    let titre = format!("fusion-{}", fusion.id);
    let le = |ms| temps::jour_long(Fusion::instant(ms));
    html! {
        section.co-piece aria-labelledby=(titre) {
            h3.fr-h6 id=(titre) {
                (typographie(&format!("« {} » dans « {} »", fusion.nom_fondu, fusion.nom_garde)))
            }
            (faits(&[
                ("Fiche gardée", lien(&urls::pole(fusion.garde), &typographie(&fusion.nom_garde))),
                ("Fusionnées", html! { "le " (le(fusion.le)) }),
                ("Motif", html! { (typographie(&fusion.motif)) }),
            ]))
            @match (fusion.defaite_le, &fusion.defaite_motif) {
                (Some(defaite), motif) => {
                    p {
                        (badge(Ton::Neutre, "Défaite")) " "
                        (typographie(&format!("le {} : {}", le(defaite), motif.as_deref().unwrap_or_default())))
                    }
                }
                _ => (Formulaire::acte(urls::defaire_la_fusion(fusion.id), html! {
                    (Champ::texte(
                        format!("motif-{}", fusion.id),
                        format!("Motif ({} et {})", fusion.nom_fondu, fusion.nom_garde))
                        .erreur(reprise::erreur(raisons, "motif")))
                    (boutons(&[Bouton::secondaire("Défaire la fusion").petit()]))
                })),
            }
        }
    }
}

/// `/doublons/{garde}/{fondu}`
pub fn doublon(cadre: &Cadre, deux: &CoteACote, choix: &ChoixDeFusion<'_>) -> Markup {
    let (garde, fondu) = (&deux.garde, &deux.fondu);
    let titre = typographie(&format!("{} et {}", garde.nom, fondu.nom));
    let region = cadre.personne.as_ref().and_then(|personne| {
        let regions = personne.regions(Droit::FusionnerPoles);
        regions.first().copied()
    });
    Page::new("Comparer deux fiches")
        .nomme(&titre)
        .sous(&[(urls::DOUBLONS, "Doublons")])
        .lentille(region.map_or_else(|| lentille(cadre), Lentille::Cellule))
        .corrections(choix.raisons.len())
        .montrer(
            cadre,
            html! {
                (reprise::sommaire("rien n’a changé.", choix.raisons))
                (faits(&[
                    ("Fiche gardée", html! { (lien(&urls::pole(garde.pole), &typographie(&garde.nom))) }),
                    ("Fiche fondue en elle", html! {
                        (lien(&urls::pole(fondu.pole), &typographie(&fondu.nom)))
                        " (" (lien(&urls::doublon(fondu.pole, garde.pole), "garder plutôt celle-ci")) ")"
                    }),
                ]))
                p {
                    "L’adresse de la fiche fondue mènera à la fiche gardée. Ses dossiers, ses signatures, son équipe, "
                    "ses propositions et son histoire la suivent. La fusion peut se défaire tant que rien n’y a été ajouté."
                }
                (Formulaire::acte(urls::doublon(garde.pole, fondu.pole), html! {
                    (faits(&pareilles(deux)))
                    @for information in Information::TOUS { (ligne(deux, *information, choix)) }
                    (Champ::texte("motif", "Pourquoi c’est un seul pôle")
                        .aide("Il se lira sur la fiche. Ne nommez personne.")
                        .valeur(choix.motif)
                        .erreur(reprise::erreur(choix.raisons, "motif")))
                    (boutons(&[
                        Bouton::principal("Fusionner ces deux fiches"),
                        Bouton::secondaire("Ne rien changer").vers(urls::DOUBLONS),
                    ]))
                }))
                section aria-labelledby="deux-poles" {
                    h2 #deux-poles { "Ce sont deux pôles" }
                    (Formulaire::acte(urls::du_doublon(garde.pole, fondu.pole, "distinction"), html! {
                        (Champ::texte("pourquoi", "Pourquoi ce ne sont pas des doublons")
                            .aide("La paire ne sera plus proposée.")
                            .valeur(choix.pourquoi)
                            .erreur(reprise::erreur(choix.raisons, "pourquoi")))
                        (boutons(&[Bouton::secondaire("Ce ne sont pas des doublons")]))
                    }))
                }
            },
        )
}

/// The lines on which both say the same.
fn pareilles(deux: &CoteACote) -> Vec<(&'static str, Markup)> {
    let pareille = |information: &&Information| {
        deux.garde.valeur(**information) == deux.fondu.valeur(**information)
    };
    let pareilles = Information::TOUS.iter().filter(pareille);
    pareilles
        .map(|information| {
            (
                information.libelle(),
                html! { (dit(&deux.garde, *information)) },
            )
        })
        .collect()
}

/// A line on which the two records differ: which one is kept.
fn ligne(deux: &CoteACote, information: Information, choix: &ChoixDeFusion<'_>) -> Markup {
    let (ici, la) = (
        deux.garde.valeur(information),
        deux.fondu.valeur(information),
    );
    let prise = match choix.prises {
        Some(prises) => prises.contains(&information),
        None => ici.is_none(),
    };
    let dits = [dit(&deux.garde, information), dit(&deux.fondu, information)];
    html! {
        @if ici != la {
            (laquelle(information.code(), information.libelle(), &dits, prise))
        }
    }
}

fn laquelle(nom: &str, libelle: &str, dits: &[String; 2], autre: bool) -> Markup {
    let [ici, la] = dits;
    html! {
        (Radios::nouveaux(nom, libelle, vec![
            Choix::nouveau("gardee", ici.as_str()).aide("Fiche gardée"),
            Choix::nouveau(AUTRE, la.as_str()).aide("Fiche fondue"),
        ]).valeur(Some(if autre { AUTRE } else { "gardee" })))
    }
}

/// The merges of a record, as anyone reads them in its history.
pub(super) fn fusionnees(fusions: &[Fusion]) -> Markup {
    html! {
        @for fusion in fusions.iter().filter(|fusion| fusion.defaite_le.is_none()) {
            p {
                (typographie(&format!(
                    "Le {} – Fusion avec « {} », dont l’histoire se lit ici. Le motif : {}.",
                    temps::jour_long(Fusion::instant(fusion.le)),
                    fusion.nom_fondu,
                    fusion.motif.trim_end_matches('.'))))
            }
        }
    }
}
