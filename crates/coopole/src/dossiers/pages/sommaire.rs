//! The summary of a dossier, and the home of a pole's team.

use std::sync::Arc;

use dsfr::{Bouton, MiseEnAvant, Taches, Ton, badge, boutons, enregistrement, faits};
use jiff::Timestamp;
use maud::{Markup, html};
use metier::{
    campagnes::conditions::Constat,
    commun::{temps, typographie},
    dossiers::Statut,
};

use super::{
    commun::{self, adresse, avancement, etat, page},
    regles,
};
use crate::{
    campagnes::Campagne,
    charte::ASigner,
    dossiers::{
        montrer,
        store::Dossier,
        suivi,
        vue::{Connue, Fermeture, Vue, ligne_enregistre},
    },
    poles::revendications::{Demande, Etat as Revendication},
    registre::Resume,
    socle::{
        droits::{Droit, Personne},
        mise_en_page::{Cadre, Lentille, Page, lentilles},
        reprise,
    },
    urls,
};

/// A dossier in a person's space, with what there is to do in it.
pub struct DossierSuivi {
    pub dossier: Dossier,
    pub campagne: Arc<Campagne>,
    pub statut: Statut,
    /// The decision, once it may be known, and what followed.
    pub connue: Option<Connue>,
}

/// What awaits a person in their space.
pub struct Espace<'a> {
    pub dossiers: &'a [DossierSuivi],
    pub territoires: &'a [Resume],
    pub revendications: &'a [Demande],
    pub a_signer: &'a [ASigner],
}

/// A territory and what is new there, in a line.
fn territoire(territoire: &Resume) -> Markup {
    let poles = match territoire.poles {
        0 => "aucun pôle inscrit".to_owned(),
        1 => "1 pôle inscrit".to_owned(),
        n => format!("{} pôles inscrits", dsfr::nombre(n)),
    };
    let nouveaux = match territoire.nouveaux {
        0 => "aucun nouveau".to_owned(),
        1 => "1 nouveau".to_owned(),
        n => format!("{n} nouveaux"),
    };
    html! {
        (dsfr::lien(&territoire.adresse, &territoire.nom))
        (typographie(&format!(" : {poles}, {nouveaux} depuis le {}", temps::jour_long(territoire.depuis))))
    }
}

/// Whoever acts for a council alone acts for it here too.
fn seule_lentille(personne: &Personne) -> Lentille {
    match personne.habilitations.as_slice() {
        [seule] if seule.donne(Droit::SuivreTerritoire) => Lentille::Territoire(seule.perimetre),
        _ => Lentille::Public,
    }
}

/// The next action, the dossiers, the roles.
pub fn espace(cadre: &Cadre, personne: &Personne, vue: &Espace<'_>) -> Markup {
    let Espace {
        dossiers,
        territoires,
        revendications,
        a_signer,
    } = *vue;
    let lentilles = lentilles(personne);
    let prochain = dossiers
        .iter()
        .find_map(|suivi| a_faire(suivi, personne, cadre.maintenant));
    let reste_a_faire = prochain.is_some();
    Page::new("Mon espace").lentille(seule_lentille(personne)).montrer(cadre, html! {
        p { "Bonjour " (personne.nom) "." }
        @if let Some(prochain) = prochain { (prochain) }
        @for pole in a_signer.iter().filter(|pole| !pole.a_nouveau) { (jamais_signee(pole)) }
        @if !lentilles.is_empty() {
            h2 { "Vos missions" }
            ul {
                @for (lentille, adresse) in &lentilles {
                    @if let Some(nom) = lentille.agit_pour() { li { (dsfr::lien(adresse, &nom)) } }
                }
            }
        }
        @if !territoires.is_empty() {
            h2 { "Votre territoire" }
            ul { @for suivi in territoires { li { (territoire(suivi)) } } }
        }
        @if !dossiers.is_empty() {
            h2 { "Vos dossiers" }
            ul.co-dossiers {
                @for suivi in dossiers {
                    li {
                        (dsfr::lien(&urls::dossier(suivi.dossier.id), &suivi.dossier.nom_du_pole))
                        " " (suivi.campagne.identite.titre_court)
                        " " (etat(&suivi.statut))
                    }
                }
            }
        }
        @if !revendications.is_empty() {
            h2 { "Pôles que vous avez revendiqués" }
            ul.co-dossiers {
                @for demande in revendications {
                    li {
                        (dsfr::lien(&urls::revendication(demande.pole), &typographie(&demande.nom_du_pole)))
                        " " (reponse(&demande.etat))
                    }
                }
            }
        }
        @if a_signer.iter().any(|pole| pole.a_nouveau) {
            h2 { "Charte" }
            ul {
                @for pole in a_signer.iter().filter(|pole| pole.a_nouveau) {
                    li {
                        (dsfr::lien(&urls::signer_au_nom(pole.pole), &typographie(&format!("{} : « {} »", pole.nom, pole.titre))))
                        " " (badge(Ton::Attention, "À signer à nouveau"))
                    }
                }
            }
        }
        @if dossiers.is_empty() && territoires.is_empty() && lentilles.is_empty() && revendications.is_empty() && a_signer.is_empty() {
            p { "Rien à faire pour l’instant." }
        }
        (boutons(&[match reste_a_faire {
            true => Bouton::secondaire("Voir les appels"),
            false => Bouton::principal("Voir les appels"),
        }.vers(urls::APPELS)]))
    })
}

/// A laureate that has not signed the Charter, and the way to it.
fn jamais_signee(pole: &ASigner) -> Markup {
    let titre = format!("Signer la Charte des PTCE ({})", pole.nom);
    let texte = format!(
        "Ce pôle est lauréat de l’accompagnement, et aucune signature de la Charte n’est connue ici. \
         Version à signer : « {} ».",
        pole.titre
    );
    html! {
        (MiseEnAvant::nouvelle(typographie(&titre))
            .texte(typographie(&texte))
            .bouton(Bouton::secondaire("Lire la Charte et la signer").vers(urls::signer_au_nom(pole.pole))))
    }
}

/// What became of a claim.
fn reponse(etat: &Revendication) -> Markup {
    let (ton, mot) = match etat {
        Revendication::EnAttente => (Ton::Information, "En attente"),
        Revendication::Acceptee => (Ton::Favorable, "Acceptée"),
        Revendication::Refusee { .. } => (Ton::Neutre, "Non acceptée"),
        Revendication::Retiree | Revendication::Reprise { .. } => (Ton::Neutre, "Retirée"),
    };
    badge(ton, mot)
}

/// What this dossier asks of its team now, if anything, and of this person.
fn a_faire(suivi: &DossierSuivi, personne: &Personne, le: Timestamp) -> Option<Markup> {
    let dossier = &suivi.dossier;
    if dossier.retire_le.is_some() {
        return None;
    }
    let peut = |droit| personne.peut(droit, dossier.perimetre());
    if let Some(connue) = suivi.connue {
        return apres_la_decision(dossier, connue, (peut(Droit::SignerConvention), le));
    }
    let a_deposer = dossier.depose_le.is_none() && suivi.campagne.fenetre.est_ouverte(le);
    a_deposer.then(|| a_reprendre(suivi, peut(Droit::RemplirDossier)))
}

/// Once the decision may be known: the agreement that waits for a signature,
/// else the decision itself. Before its instant nothing of this is called.
fn apres_la_decision(
    dossier: &Dossier,
    connue: Connue,
    (signe, le): (bool, Timestamp),
) -> Option<Markup> {
    let pole = &dossier.nom_du_pole;
    if let Some(convention) = connue.a_signer() {
        let (titre, texte, bouton) = match signe {
            true => (
                format!("À faire : signer la convention ({pole})"),
                "Lisez-la d’abord. La personne responsable du pôle la signe.",
                Bouton::principal("Ouvrir la convention"),
            ),
            false => (
                format!("En attente : la convention à signer ({pole})"),
                "La personne responsable du pôle la signe. Vous pouvez la lire.",
                Bouton::secondaire("Lire la convention"),
            ),
        };
        return Some(html! {
            (MiseEnAvant::nouvelle(typographie(&titre))
                .texte(texte)
                .bouton(bouton.vers(urls::convention(convention))))
        });
    }
    let titre = format!("À faire : lire la décision ({pole})");
    let texte = format!(
        "Elle peut être contestée jusqu’au {} inclus.",
        temps::jour_long_de(connue.contestable_jusqu_au)
    );
    connue.a_lire(le).then(|| html! {
        (MiseEnAvant::nouvelle(typographie(&titre))
            .texte(typographie(&texte))
            .bouton(Bouton::principal("Lire la décision").vers(urls::du_dossier(dossier.id, "decision"))))
    })
}

fn a_reprendre(suivi: &DossierSuivi, ecrit: bool) -> Markup {
    let jusqua = suivi.campagne.fenetre.cloture.map(|cloture| {
        format!(
            " Dépôt possible jusqu’au {}, heure de Paris.",
            temps::instant_long(cloture)
        )
    });
    let pole = &suivi.dossier.nom_du_pole;
    let (titre, bouton) = match ecrit {
        true => (
            format!("À faire : compléter le dossier ({pole})"),
            Bouton::principal("Reprendre le dossier"),
        ),
        false => (
            format!("En cours : le dossier de votre pôle ({pole})"),
            Bouton::secondaire("Lire le dossier"),
        ),
    };
    html! {
        (MiseEnAvant::nouvelle(typographie(&titre))
            .texte(typographie(&format!("Dossier non déposé.{}", jusqua.unwrap_or_default())))
            .bouton(bouton.vers(urls::dossier(suivi.dossier.id))))
    }
}

/// `GET /dossiers/{id}`: the draft page by page, or the dated facts of a filing.
pub fn sommaire(cadre: &Cadre, vue: &Vue, conditions: &[Constat]) -> Markup {
    let ouvert = vue.fermeture.is_none();
    let contenu = html! {
        @if vue.dossier.depose_le.is_some() { (depose(vue)) }
        @else {
            (commun::pourquoi_ferme(vue))
            @if vue.dossier.retire_le.is_none() {
                (commun::cloture(cadre, vue))
                @if ouvert { (prochaine_action(vue, conditions)) }
                (enregistrement(&ligne_enregistre(
                vue, "Dossier non déposé.")))
            }
        }
        h2 { "Le dossier, page par page" }
        (rubriques(vue))
        (regles::signalees(vue, conditions))
        @if vue.dossier.depose_le.is_none() && vue.dossier.retire_le.is_none() {
            (boutons(&[verifier(vue, ouvert).vers(urls::du_dossier(vue.dossier.id, "verification"))]))
        }
        (pied(vue))
    };
    sur_place(cadre, vue, contenu)
}

/// The summary is the page of the dossier itself: its title is the pole.
fn sur_place(cadre: &Cadre, vue: &Vue, contenu: Markup) -> Markup {
    use crate::socle::mise_en_page::Lentille;
    Page::new(&vue.dossier.nom_du_pole)
        .sous(&[(urls::ESPACE, "Mon espace")])
        .lentille(Lentille::Pole(vue.dossier.nom_du_pole.clone()))
        .etat(etat(&vue.statut()))
        .montrer(cadre, contenu)
}

/// One filled button a page: it is the next action's while there is one, and
/// never of somebody who only reads.
fn verifier(vue: &Vue, ouvert: bool) -> Bouton<'static> {
    if matches!(vue.fermeture, Some(Fermeture::LectureSeule(_))) {
        return Bouton::secondaire("Voir ce qui manque");
    }
    match ouvert && !vue.completude.est_complete() {
        true => Bouton::secondaire("Vérifier et déposer"),
        false => Bouton::principal("Vérifier et déposer"),
    }
}

fn prochaine_action(vue: &Vue, conditions: &[Constat]) -> Markup {
    html! {
        @match vue.completude.manques().next() {
            Some((rubrique, manque)) => {
                (MiseEnAvant::nouvelle(typographie(&format!("À faire : {}", manque.intitule)))
                    .texte(manque.raison.entiere())
                    .bouton(Bouton::principal("Continuer").vers(
                        adresse(vue.dossier.id, &rubrique.code, manque.raison.ancre.as_deref()))))
            },
            None => {
                (MiseEnAvant::nouvelle("Tout est présent")
                    .texte(match regles::non_remplies(conditions) {
                        Some(phrase) => format!("{phrase} Voyez plus bas ce qui peut se faire avant de déposer."),
                        None => "Relisez vos réponses, puis déposez le dossier. Déposé, il ne change plus.".to_owned(),
                    }))
            },
        }
    }
}

fn rubriques(vue: &Vue) -> Markup {
    let taches = vue
        .completude
        .rubriques
        .iter()
        .fold(Taches::nouvelles(), |taches, rubrique| {
            let (ton, mots) = avancement(vue, rubrique);
            let adresse = adresse(vue.dossier.id, &rubrique.code, None);
            taches.tache(rubrique.titre.clone(), adresse, ton, mots)
        });
    html! { (taches) }
}

/// The dated facts, the receipt first.
fn depose(vue: &Vue) -> Markup {
    let id = vue.dossier.id;
    let Some(depose_le) = vue.dossier.depose_le else {
        return html! {};
    };
    html! {
        @if vue.dossier.retire_le.is_some() { (commun::pourquoi_ferme(vue)) }
        @if let Some(connue) = vue.decision { (suite(vue, connue)) }
        (faits(&[
            ("Accusé de réception", html! {
                (dsfr::lien(&urls::du_dossier(id, "accuse"), "Voir l’accusé de réception"))
            }),
            ("Numéro", html! { (vue.dossier.numero) }),
            ("Déposé le", html! {
                (typographie(&format!("{} (heure de Paris)", temps::instant_a_la_seconde(depose_le))))
            }),
            ("Structure porteuse", html! { (vue.dossier.nom_de_la_structure) }),
            ("Budgets", html! {
                @for genre in suivi::budgets_demandes(&vue.campagne) {
                    (montrer::imprime(&vue.contenu, genre, &urls::dossier(id)))
                }
            }),
            ("Appel", html! { (vue.campagne.identite.titre_court) }),
        ]))
    }
}

/// The next action once the decision is known, then what there is to read.
fn suite(vue: &Vue, connue: Connue) -> Markup {
    html! {
        @if let Some(action) = apres_la_decision(&vue.dossier, connue, (vue.peut_signer, vue.maintenant)) { (action) }
        ul.fr-raw-list.co-liens {
            li { (dsfr::lien(&urls::du_dossier(vue.dossier.id, "decision"), "Décision")) }
            @if let Some(convention) = connue.convention {
                li { (dsfr::lien(&urls::convention(convention), "Convention")) }
            }
        }
    }
}

fn pied(vue: &Vue) -> Markup {
    let id = vue.dossier.id;
    html! {
        p { "Dossier n°\u{a0}" (vue.dossier.numero) ", " (vue.campagne.identite.titre_court) "." }
        ul.fr-raw-list.co-liens {
            li { (dsfr::lien(&urls::du_dossier(id, "equipe"), "Équipe")) }
            li { (dsfr::lien(&urls::du_dossier(id, "historique"), "Historique")) }
            @if vue.peut_deposer && vue.retrait_ferme().is_none() {
                li { (dsfr::lien(&urls::du_dossier(id, "retrait"), "Retirer le dossier")) }
            }
        }
    }
}

/// A dossier that refuses what was asked, and why.
pub fn refus(cadre: &Cadre, vue: &Vue, titre: &str, raisons: &[metier::commun::Raison]) -> Markup {
    page(
        cadre,
        vue,
        titre,
        raisons.len(),
        html! {
            (reprise::sommaire("cela ne peut pas se faire.", raisons))
            (boutons(&[Bouton::principal("Revenir au sommaire").vers(urls::dossier(vue.dossier.id))]))
        },
    )
}
