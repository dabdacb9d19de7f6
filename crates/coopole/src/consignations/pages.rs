//! What is consigned and attested, for whoever answers for it; and the undoing
//! of one of them.

use dsfr::{
    Bouton, Case, Champ, Choix, Colonne, Formulaire, ListeDeroulante, Tableau, Ton, Zone, badge,
    boutons, faits, lien, nombre, vide,
};
use maud::{Markup, html};
use metier::{
    commun::{Raison, temps, typographie},
    poles::consignation::{Anterieur, LIGNES_AU_PLUS},
};
use uuid::Uuid;

use super::store::{Attestation, Consignee};
use crate::{
    socle::{
        feuilles::Feuille,
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

/// What was typed.
#[derive(Debug, Clone, Default)]
pub struct Saisi {
    pub objet: String,
    pub source: String,
    pub lignes: String,
    pub jour: String,
    pub source_liste: String,
    pub confirme: bool,
}

/// The versions or the calls: code and title.
pub struct Objets(pub Vec<(String, String)>);

impl Objets {
    fn titre<'o>(&'o self, code: &'o str) -> &'o str {
        let objet = self.0.iter().find(|(connu, _)| connu == code);
        objet.map_or(code, |(_, titre)| titre)
    }
}

/// What stands on the page.
pub struct Vue {
    pub genre: Anterieur,
    pub objets: Objets,
    /// A page of them.
    pub consignees: Feuille<Consignee>,
    pub attestations: Vec<Attestation>,
    /// Poles on the list, and those of whom it is not known.
    pub comptes: (u64, u64),
}

fn lentille(genre: Anterieur) -> Lentille {
    match genre {
        Anterieur::Signature => Lentille::Charte,
        Anterieur::Laureat => Lentille::Pilotage,
    }
}

fn au_dessus(genre: Anterieur) -> (&'static str, &'static str) {
    match genre {
        Anterieur::Signature => (urls::GESTION_CHARTE, "Charte des PTCE"),
        Anterieur::Laureat => (urls::PILOTAGE, "Pilotage national"),
    }
}

/// `/consignations/{genre}`
pub fn consignations(cadre: &Cadre, vue: &Vue, saisi: &Saisi, raisons: &[Raison]) -> Markup {
    Page::new(vue.genre.libelle())
        .sous(&[au_dessus(vue.genre)])
        .lentille(lentille(vue.genre))
        .corrections(raisons.len())
        .montrer(
            cadre,
            html! {
                (reprise::sommaire("rien n’est inscrit.", raisons))
                p.fr-text--lead { (typographie(match vue.genre {
                    Anterieur::Signature => "Des pôles ont signé la Charte avant ce service. Inscrite ici d’après sa source, \
                        leur signature vaut à sa date, sans code ni empreinte : seul ce qui se signe ici en a.",
                    Anterieur::Laureat => "Des appels ont retenu des pôles avant ce service. Inscrits ici d’après leur source, \
                        ils comptent à leur date ; d’une année seule, à partir du 1er janvier suivant.",
                })) }
                section aria-labelledby="consigner" {
                    h2 #consigner { "Consigner" }
                    (consigner(vue, saisi, raisons))
                }
                section aria-labelledby="attester" {
                    h2 #attester { "Attester la liste" }
                    (attester(vue, saisi, raisons))
                }
                section aria-labelledby="consignees" {
                    h2 #consignees { "Ce qui est consigné" }
                    (consignees(vue))
                }
            },
        )
}

fn consigner(vue: &Vue, saisi: &Saisi, raisons: &[Raison]) -> Markup {
    let objets = vue
        .objets
        .0
        .iter()
        .map(|(code, titre)| Choix::nouveau(code.as_str(), titre.as_str()));
    let (quoi, aide) = match vue.genre {
        Anterieur::Signature => (
            "Version signée",
            "Une ligne par pôle : son nom, son SIRET ou son identifiant, un point-virgule, puis le jour de la signature. \
             Par exemple : Pôle des Rives ; 12/09/2021.",
        ),
        Anterieur::Laureat => (
            "Appel",
            "Une ligne par pôle : son nom, son SIRET ou son identifiant, un point-virgule, puis le jour ou l’année. \
             Par exemple : Pôle des Rives ; 2021.",
        ),
    };
    html! {
        (Formulaire::acte(urls::consignations(vue.genre), html! {
            (ListeDeroulante::nouvelle("objet", quoi, objets.collect())
                .valeur(Some(saisi.objet.as_str()))
                .erreur(reprise::erreur(raisons, "objet")))
            (Champ::texte("source", "Source")
                .aide(typographie("D’où vient cette liste : son auteur, son titre, sa date. Chacun la lira."))
                .valeur(&saisi.source)
                .erreur(reprise::erreur(raisons, "source")))
            (Zone::nouvelle("lignes", "Pôles et dates")
                .aide(typographie(&format!(
                    "{aide} Deux colonnes d’un tableur se collent telles quelles. {LIGNES_AU_PLUS} lignes au plus ; tout \
                     s’inscrit, ou rien.")))
                .valeur(&saisi.lignes)
                .erreur(reprise::erreur(raisons, "lignes")))
            (boutons(&[Bouton::principal("Consigner")]))
        }))
    }
}

/// « 122 pôles y sont », « de 81 autres, on ne sait rien »
fn comptes(vue: &Vue) -> String {
    let (sur, inconnus) = vue.comptes;
    let sur = match sur {
        0 => "Aucun pôle n’est enregistré sur cette liste".to_owned(),
        1 => "1 pôle est enregistré sur cette liste".to_owned(),
        n => format!("{} pôles sont enregistrés sur cette liste", nombre(n)),
    };
    match inconnus {
        0 => format!("{sur} ; des autres, on sait qu’ils n’y sont pas."),
        1 => format!("{sur} ; d’1 autre, on ne sait rien : il serait connu pour n’y être pas."),
        n => format!(
            "{sur} ; de {} autres, on ne sait rien : ils seraient connus pour n’y être pas.",
            nombre(n)
        ),
    }
}

fn attester(vue: &Vue, saisi: &Saisi, raisons: &[Raison]) -> Markup {
    let consequence = match vue.genre {
        Anterieur::Signature => {
            "À compter du jour attesté, les pôles sans signature sont dits « non signataires selon cette liste » : \
             comptés, et relancés si vous le demandez. Attestez seulement une liste complète."
        }
        Anterieur::Laureat => {
            "À compter du jour attesté, les pôles absents de la liste sont dits non lauréats de l’accompagnement. \
             Attestez seulement une liste complète."
        }
    };
    let siennes = vue.attestations.iter().filter(|a| a.liste == vue.genre);
    let lignes: Vec<_> = siennes
        .map(|attestation| {
            vec![
                html! { (temps::jour_court_de(attestation.jour)) },
                html! { (typographie(&attestation.source)) },
                html! { (temps::jour_court(attestation.le)) },
                etat(vue.genre, attestation.id, attestation.annulee.as_ref()),
            ]
        })
        .collect();
    html! {
        p { (typographie(consequence)) }
        p { (typographie(&comptes(vue))) }
        @if !lignes.is_empty() {
            (Tableau::nouveau("Listes attestées complètes", vec![
                Colonne::cle("Complète au"),
                Colonne::texte("Source"),
                Colonne::texte("Attestée le"),
                Colonne::texte("État"),
            ]).serre().lignes(lignes))
        }
        (Formulaire::acte(urls::attestation(vue.genre), html! {
            (Champ::date("jour", "Complète au").valeur(&saisi.jour).erreur(reprise::erreur(raisons, "jour")))
            (Champ::texte("source_liste", "Source de la liste").valeur(&saisi.source_liste)
                .erreur(reprise::erreur(raisons, "source_liste")))
            (Case::nouvelle("confirmation", "La liste enregistrée ici est complète à ce jour")
                .cochee(saisi.confirme)
                .erreur(reprise::erreur(raisons, "confirmation")))
            (boutons(&[Bouton::secondaire("Attester la liste")]))
        }).etiquette("Attester la liste"))
    }
}

/// That it stands and may be undone, or that it was, and why.
fn etat(genre: Anterieur, id: Uuid, annulee: Option<&(jiff::Timestamp, String)>) -> Markup {
    html! {
        @match annulee {
            None => (lien(&urls::annulation_d_un_anterieur(genre, id), "Annuler")),
            Some((le, motif)) => {
                (badge(Ton::Neutre, &format!("Annulée le {}", temps::jour_court(*le)))) " " (typographie(motif))
            },
        }
    }
}

fn consignees(vue: &Vue) -> Markup {
    let lignes = vue.consignees.lignes.iter().map(|consignee| {
        vec![
            html! { (lien(&urls::pole(consignee.pole), &typographie(&consignee.nom))) },
            html! { (typographie(vue.objets.titre(&consignee.objet))) },
            html! { (typographie(&consignee.quand.quand())) },
            html! { (typographie(&consignee.source)) },
            html! { (temps::jour_court(consignee.le)) },
            etat(vue.genre, consignee.id, consignee.annulee.as_ref()),
        ]
    });
    html! {
        @if vue.consignees.lignes.is_empty() {
            (vide("Rien n’est encore consigné.", &html! {}))
        } @else {
            (Tableau::nouveau("Consignations, de la plus récente à la plus ancienne", vec![
                Colonne::cle("Pôle"),
                Colonne::texte("Quoi"),
                Colonne::texte("Quand"),
                Colonne::texte("Source"),
                Colonne::texte("Consignée le"),
                Colonne::texte("État"),
            ]).legende_masquee().serre().lignes(lignes.collect::<Vec<_>>()))
            (vue.consignees.pages(["consignation affichée", "consignations affichées"]))
        }
    }
}

/// What one is about to undo.
pub struct AAnnuler {
    pub genre: Anterieur,
    pub objet: Uuid,
    pub objets: Objets,
    pub quoi: Quoi,
}

pub enum Quoi {
    Une(Consignee),
    /// All that was written at once.
    Liste(Vec<Consignee>),
    Attestation(Attestation),
}

/// `/consignations/{genre}/annulation?objet=…`
pub fn annulation(cadre: &Cadre, vue: &AAnnuler, motif: &str, raisons: &[Raison]) -> Markup {
    let liste = urls::consignations(vue.genre);
    let (titre, corps) = match &vue.quoi {
        Quoi::Une(consignee) => ("Annuler une consignation", une(vue, consignee)),
        Quoi::Liste(lignes) => ("Annuler une liste consignée", toutes(vue, lignes)),
        Quoi::Attestation(attestation) => ("Annuler une attestation", attestee(attestation)),
    };
    Page::new(titre)
        .sous(&[au_dessus(vue.genre), (&liste, vue.genre.libelle())])
        .lentille(lentille(vue.genre))
        .corrections(raisons.len())
        .montrer(
            cadre,
            html! {
                (reprise::sommaire("rien n’est annulé.", raisons))
                (corps)
                (Formulaire::acte(urls::annulation_d_un_anterieur(vue.genre, vue.objet), html! {
                    (Champ::texte("motif", "Motif").valeur(motif).erreur(reprise::erreur(raisons, "motif")))
                    (boutons(&[
                        Bouton::principal("Annuler"),
                        Bouton::secondaire("Ne rien changer").vers(liste.as_str()),
                    ]))
                }))
            },
        )
}

fn une(vue: &AAnnuler, consignee: &Consignee) -> Markup {
    let autres = consignee.debout.saturating_sub(1);
    html! {
        (faits(&[
            ("Pôle", html! { (typographie(&consignee.nom)) }),
            ("Quoi", html! { (typographie(vue.objets.titre(&consignee.objet))) }),
            ("Quand", html! { (typographie(&consignee.quand.quand())) }),
            ("Source", html! { (typographie(&consignee.source)) }),
        ]))
        p { "Elle ne vaudra plus, à aucune date. Elle reste lisible ici, avec votre motif." }
        @if consignee.annulee.is_none() && autres > 0 {
            p {
                "Elle fut inscrite avec " (nombre(autres)) @if autres > 1 { " autres. " } @else { " autre. " }
                (lien(&urls::annulation_d_un_anterieur(vue.genre, consignee.liste), "Annuler toute la liste"))
            }
        }
    }
}

fn toutes(vue: &AAnnuler, consignees: &[Consignee]) -> Markup {
    let debout = consignees.iter().filter(|c| c.annulee.is_none());
    let lignes: Vec<_> = debout
        .map(|consignee| {
            vec![
                html! { (lien(&urls::pole(consignee.pole), &typographie(&consignee.nom))) },
                html! { (typographie(vue.objets.titre(&consignee.objet))) },
                html! { (typographie(&consignee.quand.quand())) },
            ]
        })
        .collect();
    let combien = lignes.len();
    let source = consignees.first().map_or("", |c| c.source.as_str());
    html! {
        (faits(&[
            ("Source", html! { (typographie(source)) }),
            ("Lignes qui valent encore", html! { (combien) }),
        ]))
        p { "Aucune ne vaudra plus, à aucune date. Elles restent lisibles ici, avec votre motif. Ce qui fut déjà annulé \
             ne change pas." }
        (Tableau::nouveau("Ce qui serait annulé", vec![
            Colonne::cle("Pôle"),
            Colonne::texte("Quoi"),
            Colonne::texte("Quand"),
        ]).serre().lignes(lignes))
    }
}

fn attestee(attestation: &Attestation) -> Markup {
    html! {
        (faits(&[
            ("Complète au", html! { (temps::jour_court_de(attestation.jour)) }),
            ("Source", html! { (typographie(&attestation.source)) }),
        ]))
        p { (typographie("Les pôles absents de la liste redeviennent « non connus ». Elle reste lisible ici, avec votre motif.")) }
    }
}
