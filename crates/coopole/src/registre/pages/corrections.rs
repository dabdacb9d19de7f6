//! Correcting the register: what a record says and where it comes from, the
//! form of each line, what waits for an answer, and a change put back.

use dsfr::{
    Bouton, Case, Champ, Choix, Colonne, Entree, ListeDeroulante, Onglets, Radios, Tableau, Ton,
    Zone, badge, boutons, faits, lien, vide,
};
use maud::{Markup, html};
use metier::{
    commun::{Raison, Region, temps, typographie},
    poles::{ALINEA_AU_PLUS, Information, Maturite, NON, OUI, PRESENTATION_AU_PLUS, Theme},
};
use uuid::Uuid;

use super::champs;
use crate::{
    poles::{
        corrections::{Mienne, Proposee},
        etat::{Etat, en_mots},
        modifications::Modification,
    },
    registre::origine::origine,
    socle::{
        droits::Droit,
        feuilles::Feuille,
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

/// The form that corrects one information of a record.
pub struct Formulaire<'a> {
    pub etat: &'a Etat,
    pub information: Information,
    pub valeur: &'a str,
    pub source: &'a str,
    /// Whoever writes is the one who decides: it is kept at once.
    pub tranche: bool,
    pub raisons: &'a [Raison],
}

/// Said of what a record says, in words.
pub(super) fn dit(etat: &Etat, information: Information) -> String {
    typographie(&en_mots(information, etat.valeur(information).as_deref()))
}

/// `/poles/{id}/corrections`
pub fn correctifs(
    cadre: &Cadre,
    etat: &Etat,
    dernieres: &[Modification],
    miennes: &[Mienne],
) -> Markup {
    let nom = typographie(&etat.nom);
    let colonnes = vec![
        Colonne::cle("Information"),
        Colonne::texte("Ce que dit la fiche"),
        Colonne::texte("D’où cela vient"),
        Colonne::texte("Corriger"),
    ];
    let lignes = Information::TOUS.iter().map(|&information| {
        let origine = origine(etat, information, dernieres);
        vec![
            html! { (information.libelle()) },
            html! { (dit(etat, information)) },
            html! { @if let Some(origine) = origine { (typographie(&origine.en_mots())) } @else { "–" } },
            html! {
                a.fr-link href=(urls::correction(etat.pole, information)) {
                    "Corriger" span.fr-sr-only { "\u{202f}: " (information.libelle()) }
                }
            },
        ]
    });
    Page::new("Corriger la fiche")
        .nomme(&nom)
        .sous(&[(urls::POLES, "Pôles"), (&urls::pole(etat.pole), &nom)])
        .montrer(
            cadre,
            html! {
                p.fr-text--lead {
                    "Choisissez ce qui est faux ou qui manque, et dites d’où vous le tenez. "
                    "La cellule de la région répond\u{202f}; vous recevez sa réponse par courriel."
                }
                (Tableau::nouveau("Ce que dit la fiche", colonnes)
                    .legende_masquee()
                    .lignes(lignes.collect::<Vec<_>>()))
                @if !miennes.is_empty() { (mes_propositions(miennes)) }
                (boutons(&[Bouton::secondaire("Revenir à la fiche").vers(urls::pole(etat.pole))]))
            },
        )
}

fn mes_propositions(miennes: &[Mienne]) -> Markup {
    html! {
        section aria-labelledby="miennes" {
            h2 #miennes { "Vos propositions" }
            ul {
                @for mienne in miennes {
                    @let information = Information::par_code(&mienne.information);
                    li {
                        @if let Some(information) = information {
                            (information.libelle()) "\u{202f}: "
                            (typographie(&en_mots(information, mienne.valeur.as_deref()))) " "
                        }
                        @match mienne.sort.as_deref() {
                            Some("retenue") => (badge(Ton::Favorable, "Retenue")),
                            Some(_) => (badge(Ton::Neutre, "Non retenue")),
                            None => (badge(Ton::Information, "En attente de réponse")),
                        }
                        @if let Some(motif) = &mienne.motif {
                            " " (typographie(&format!("Motif : {motif}")))
                        }
                    }
                }
            }
        }
    }
}

/// `/poles/{id}/corrections/{information}`
pub fn correction(cadre: &Cadre, vue: &Formulaire<'_>) -> Markup {
    let nom = typographie(&vue.etat.nom);
    let titre = format!("Corriger : {}", vue.information.libelle());
    let titre = typographie(&titre);
    let (effet, bouton) = match vue.tranche {
        true => (
            "Vous répondez de cette fiche : elle le dira aussitôt, avec sa source et la date.",
            "Corriger la fiche",
        ),
        false => (
            "La cellule de la région lira votre proposition et vous répondra par courriel.",
            "Proposer la correction",
        ),
    };
    Page::new(&titre)
        .nomme(&nom)
        .sous(&[
            (urls::POLES, "Pôles"),
            (&urls::pole(vue.etat.pole), &nom),
            (&urls::correctifs(vue.etat.pole), "Corriger la fiche"),
        ])
        .corrections(vue.raisons.len())
        .montrer(
            cadre,
            html! {
                (reprise::sommaire("la fiche n’a pas changé.", vue.raisons))
                (faits(&[("La fiche dit", html! { (dit(vue.etat, vue.information)) })]))
                p { (typographie(effet)) }
                (dsfr::Formulaire::acte(urls::correction(vue.etat.pole, vue.information), html! {
                    (valeur(vue))
                    (Champ::texte("source", "D’où vient l’information")
                        .aide("Une page publique, un document, ou ce que vous savez vous-même\u{202f}: cela se lira sur la fiche. Ne nommez personne.")
                        .valeur(vue.source)
                        .erreur(reprise::erreur(vue.raisons, "source")))
                    (boutons(&[
                        Bouton::principal(bouton),
                        Bouton::secondaire("Ne rien changer").vers(urls::correctifs(vue.etat.pole)),
                    ]))
                }))
            },
        )
}

fn valeur(vue: &Formulaire<'_>) -> Markup {
    let erreur = reprise::erreur(vue.raisons, "valeur");
    let libelle = vue.information.libelle();
    let donnee = (!vue.valeur.is_empty()).then_some(vue.valeur);
    html! {
        @match vue.information {
            Information::Nom => (Champ::texte("valeur", libelle).valeur(vue.valeur).erreur(erreur)),
            Information::Porteuse => (champs::structure(vue.valeur, erreur)),
            Information::Membres => (champs::membres(vue.valeur, erreur)),
            Information::Emplois => {
                (Champ::texte("valeur", libelle).clavier("numeric")
                    .aide("Un nombre entier, en équivalents temps plein, chez tous les membres. Dites sa date dans la source.")
                    .valeur(vue.valeur).erreur(erreur))
            }
            Information::Territoire | Information::Europe => {
                (Zone::nouvelle("valeur", libelle)
                    .aide("En quelques mots. Ne nommez personne.")
                    .limite(Some(ALINEA_AU_PLUS as u32))
                    .valeur(vue.valeur).erreur(erreur))
            }
            Information::Site => {
                (Champ::texte("valeur", libelle).clavier("url")
                    .aide("Par exemple https://pole.example. Laissez vide si elle n’est pas connue.")
                    .valeur(vue.valeur).erreur(erreur))
            }
            Information::Commune => (champs::lieu(vue.valeur, erreur)),
            Information::Presentation => {
                (Zone::nouvelle("valeur", libelle)
                    .aide("Ce que fait le pôle, en quelques lignes. Ne nommez personne.")
                    .limite(Some(PRESENTATION_AU_PLUS as u32))
                    .valeur(vue.valeur).erreur(erreur))
            }
            Information::Maturite => {
                (ListeDeroulante::nouvelle("valeur", libelle, Maturite::TOUS.iter()
                    .map(|m| Choix::nouveau(m.code(), m.libelle())).collect())
                    .invite(Some("Non connu")).valeur(donnee).erreur(erreur))
            }
            Information::Rural | Information::Qpv => {
                (Radios::nouveaux("valeur", libelle, vec![
                    Choix::nouveau(OUI, "Oui"),
                    Choix::nouveau(NON, "Non"),
                    Choix::nouveau("", "Non connu"),
                ]).valeur(Some(vue.valeur)).en_ligne().erreur(erreur))
            }
            Information::Themes => {
                @let cochees: Vec<&str> = vue.valeur.split(';').collect();
                @let choix: Vec<Choix<'_>> = Theme::TOUS.iter()
                    .map(|theme| Choix::nouveau(theme.code(), theme.libelle())).collect();
                (Case::ensemble("valeur", libelle, &choix, &cochees, erreur))
            }
        }
    }
}

/// The register, for those who answer for it: one page a task, by right.
pub fn onglets(cadre: &Cadre, ici: &str) -> Markup {
    let entrees = [
        ("Corrections", urls::CORRECTIONS, Droit::ModererRegistre),
        (
            "Revendications",
            urls::REVENDICATIONS,
            Droit::ModererRegistre,
        ),
        ("Déclarations", urls::DECLARATIONS, Droit::ModererRegistre),
        ("Doublons", urls::DOUBLONS, Droit::FusionnerPoles),
        ("Imports", urls::IMPORTS, Droit::ImporterRegistre),
    ];
    let peut = |droit| {
        let personne = cadre.personne.as_ref();
        personne.is_some_and(|personne| personne.perimetres(droit).next().is_some())
    };
    let entrees = entrees
        .into_iter()
        .filter(|(.., droit)| peut(*droit))
        .map(|(nom, adresse, _)| Entree::nouvelle(nom, adresse).courante(adresse == ici));
    html! { (Onglets::nouveaux("Le registre", entrees.collect())) }
}

/// What waits for the answer of those who read it, the oldest first.
pub struct Moderation<'a> {
    pub region: Option<Region>,
    pub a_moderer: &'a Feuille<(Proposee, Etat)>,
    /// The proposal whose answer has to be mended.
    pub refusee: Option<Uuid>,
    pub raisons: &'a [Raison],
}

/// `/corrections`
pub fn moderation(cadre: &Cadre, vue: &Moderation<'_>) -> Markup {
    let Moderation {
        a_moderer,
        refusee,
        raisons,
        ..
    } = *vue;
    Page::new("Corrections proposées")
        .lentille(vue.region.map_or(Lentille::Pilotage, Lentille::Cellule))
        .corrections(raisons.len())
        .montrer(
            cadre,
            html! {
                (onglets(cadre, urls::CORRECTIONS))
                @if let Some(refusee) = refusee {
                    (reprise::sommaire_vers("cette proposition attend encore.", raisons,
                        |ancre| format!("#{ancre}-{refusee}")))
                }
                @if a_moderer.lignes.is_empty() {
                    (vide("Aucune correction n’attend votre réponse.", &html! {
                        (lien(urls::POLES, "Voir les pôles du registre"))
                    }))
                } @else {
                    p { "Retenue, une correction se lit aussitôt sur la fiche, avec sa source. "
                        "Refusée, la personne en lit le motif. Tout peut être annulé ensuite." }
                }
                @for (proposee, etat) in &a_moderer.lignes {
                    (une_proposition(proposee, etat,
                        if refusee == Some(proposee.id) { raisons } else { &[] }))
                }
                @if !a_moderer.lignes.is_empty() {
                    (a_moderer.pages(["proposition affichée", "propositions affichées"]))
                }
            },
        )
}

fn une_proposition(proposee: &Proposee, etat: &Etat, raisons: &[Raison]) -> Markup {
    let information = proposee.correction.information;
    let titre = format!("proposition-{}", proposee.id);
    let proposition = en_mots(information, proposee.correction.valeur.as_deref());
    html! {
        section.co-piece aria-labelledby=(titre) {
            h2.fr-h6 id=(titre) {
                (typographie(&etat.nom)) " – " (information.libelle())
            }
            (faits(&[
                ("La fiche dit", html! { (dit(etat, information)) }),
                ("Proposition", html! { strong { (typographie(&proposition)) } }),
                ("D’où cela vient", html! { (typographie(&proposee.correction.source)) }),
                ("Proposée", html! { "le " (temps::jour_long(proposee.le)) ", " (lien(&urls::pole(etat.pole), "voir la fiche"))
                    @if proposee.par_l_equipe { " " (badge(Ton::Information, "Par l’équipe du pôle")) }
                }),
            ]))
            (dsfr::Formulaire::acte(urls::moderation(proposee.id), html! {
                (boutons(&[Bouton::principal("Retenir").petit().envoie("sort", "retenue")]))
            }))
            (dsfr::Formulaire::acte(urls::moderation(proposee.id), html! {
                (Champ::texte(
                    format!("motif-{}", proposee.id),
                    format!("Motif du refus ({}, {})", etat.nom, information.libelle()))
                    .aide("La personne le lira.")
                    .erreur(reprise::erreur(raisons, "motif")))
                (boutons(&[Bouton::secondaire("Refuser").petit().envoie("sort", "refusee")]))
            }))
        }
    }
}

/// `/modifications/{id}/annulation`
pub fn annulation(
    cadre: &Cadre,
    etat: &Etat,
    modification: &Modification,
    motif: &str,
    raisons: &[Raison],
) -> Markup {
    let nom = typographie(&etat.nom);
    let (information, pole) = (modification.information, urls::pole(etat.pole));
    Page::new("Annuler une modification")
        .nomme(&nom)
        .sous(&[(urls::POLES, "Pôles"), (&pole, &nom)])
        .corrections(raisons.len())
        .montrer(
            cadre,
            html! {
                (reprise::sommaire("rien n’est annulé.", raisons))
                (faits(&[
                    ("Information", html! { (information.libelle()) }),
                    ("La fiche dit", html! { (dit(etat, information)) }),
                    ("Elle dira de nouveau", html! { (typographie(&en_mots(information, modification.avant.as_deref()))) }),
                ]))
                p { "La modification et son annulation restent toutes deux dans l’historique." }
                (dsfr::Formulaire::acte(urls::annulation(modification.id), html! {
                    (Champ::texte("motif", "Motif de l’annulation")
                        .aide("Il se lira sur la fiche. Ne nommez personne.")
                        .valeur(motif)
                        .erreur(reprise::erreur(raisons, "motif")))
                    (boutons(&[
                        Bouton::principal("Annuler cette modification"),
                        Bouton::secondaire("Ne rien changer").vers(pole.as_str()),
                    ]))
                }))
            },
        )
}
