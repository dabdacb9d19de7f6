//! Personal data: why each is asked for and how long it is kept, read from the
//! declarations that stand beside the fields themselves.

use dsfr::{Colonne, Tableau, lecture};
use maud::{Markup, html};
use metier::{
    campagnes::{self as regles, DonneesPersonnelles},
    commun::typographie,
};

use super::accessibilite::contact;
use crate::{
    campagnes::Campagnes,
    socle::mise_en_page::{Cadre, Page},
};

/// What the site itself keeps of people, outside the calls.
const DU_SITE: [[&str; 3]; 17] = [
    [
        "Nom et adresse électronique du compte",
        "Vous reconnaître, vous envoyer vos liens de connexion et ce qui concerne vos dossiers.",
        "Le temps de l’instance : un compte qui a servi se suspend, il ne s’efface pas. Ouvert par un lien et resté \
         sans rôle ni acte, il s’efface de lui-même après 90 jours, avec les liens et les courriels qu’il a reçus.",
    ],
    [
        "Session ouverte",
        "Ne pas vous redemander votre adresse à chaque page. Seule une empreinte est gardée.",
        "Elle ouvre le site douze heures au plus ; son empreinte reste jusqu’à votre déconnexion.",
    ],
    [
        "Adresse tapée pour demander un lien",
        "Envoyer le lien, et freiner qui en demanderait trop.",
        "Le temps de l’instance.",
    ],
    [
        "Courriels envoyés",
        "Pouvoir montrer ce qui vous a été écrit, et quand. Le texte qui porte un lien à vous seul en est ôté dès l’envoi.",
        "Le temps de l’instance.",
    ],
    [
        "Rôles tenus, avec leurs dates",
        "Savoir qui peut remplir, instruire, décider, et pouvoir le montrer plus tard.",
        "Le temps de l’instance.",
    ],
    [
        "Corrections proposées pour la fiche d’un pôle",
        "Y répondre, et vous écrire la réponse. La fiche garde la correction et sa source, jamais qui l’a proposée.",
        "Le temps de l’instance.",
    ],
    [
        "Territoires suivis",
        "Vous écrire, le lundi, quels pôles y sont nouveaux.",
        "Jusqu’à ce que vous ne les suiviez plus.",
    ],
    [
        "Nom, fonction et mandat de qui signe la Charte",
        "Prouver la signature. Seuls le signataire et le gardien de la Charte les lisent, jamais le public.",
        "Le temps de l’instance.",
    ],
    [
        "Rappels de la Charte",
        "Écrire à qui répond d’un pôle attendu, une fois en trente jours au plus, et retenir qui n’en veut plus.",
        "Le temps de l’instance.",
    ],
    [
        "Demande pour répondre d’un pôle : fonction et preuve",
        "Vérifier que vous pouvez agir pour lui, et vous écrire la réponse.",
        "Le temps de l’instance.",
    ],
    [
        "Constats et notes privées de l’instruction, avec leur auteur",
        "Préparer l’avis à plusieurs. La cellule les lit ; le pôle ne lit jamais les notes privées.",
        "Le temps de l’instance.",
    ],
    [
        "Nom de qui rend un avis, et signataires qu’il indique pour la CRESS et l’État",
        "Dire qui parle au nom de la cellule.",
        "Le temps de l’instance.",
    ],
    [
        "Intérêts déclarés au comité",
        "Fermer à une personne les dossiers auxquels un lien l’attache.",
        "Le temps de l’instance.",
    ],
    [
        "Notes rendues au comité, avec leur auteur",
        "Classer les dossiers, et pouvoir montrer comment.",
        "Le temps de l’instance.",
    ],
    [
        "Nom et qualité de qui signe une convention, pour le bénéficiaire et pour l’État",
        "Prouver la signature des deux parties.",
        "Le temps de l’instance.",
    ],
    [
        "IBAN et titulaire du compte à créditer",
        "Verser l’aide. L’IBAN est chiffré dès son arrivée ; il ne se lit entier que dans la liste des ordres à payer.",
        "Le temps de l’instance.",
    ],
    [
        "Journal des actes",
        "Prouver qui a fait quoi et quand. Il ne contient ni nom ni texte libre : des identifiants seulement.",
        "Le temps de l’instance.",
    ],
];

/// `/donnees-personnelles`
pub fn donnees_personnelles(
    cadre: &Cadre,
    campagnes: &Campagnes,
    assistance: Option<&str>,
) -> Markup {
    Page::new("Données personnelles").indexable().sous(&[]).montrer(
        cadre,
        html! {
            (lecture(&html! {
                p.fr-text--lead {
                    "Chaque question qui touche une personne dit pourquoi elle est posée et combien de temps \
                     la réponse est gardée. Cette page lit ces déclarations là où elles sont écrites."
                }
                p { "Ces durées sont celles au terme desquelles l’exploitant efface ou archive. Le logiciel n’efface \
                     de lui-même que les comptes qui n’ont jamais servi." }
                p { "Fondement\u{202f}: l’exécution d’une mission d’intérêt public (règlement (UE) 2016/679, \
                     article 6, 1, e)." }
            }))
            @for campagne in campagnes.toutes() {
                section aria-labelledby=(campagne.code) {
                    h2 id=(campagne.code) { (campagne.identite.titre_court) }
                    (declarations(campagne))
                }
            }
            section aria-labelledby="site" {
                h2 #site { "Le site lui-même" }
                (tableau("Ce que le site garde des personnes", DU_SITE.iter().map(|ligne| {
                    ligne.iter().map(|texte| html! { (typographie(texte)) }).collect()
                })))
            }
            (lecture(&html! {
                h2 { "Ce qui n’est pas gardé" }
                p { (typographie("Vos réponses à « Suis-je éligible ? », sauf si vous les reprenez dans un \
                     dossier. Vos visites. Votre adresse IP : elle n’est comptée qu’en mémoire, un quart \
                     d’heure, pour freiner les demandes de lien.")) }
                h2 { "Vos droits" }
                p { "Vous pouvez demander l’accès à vos données, leur rectification, leur effacement ou la \
                     limitation de leur emploi, et vous opposer à un traitement. L’exploitant répond\u{202f}: \
                     aucune page ne le fait à sa place, sauf le lien que porte chaque rappel de la Charte." }
                (contact(assistance))
                p { "Si la réponse ne vous convient pas, vous pouvez adresser une réclamation à la Commission \
                     nationale de l’informatique et des libertés (CNIL)." }
            }))
        },
    )
}

/// Fields and pieces of a call that may tell about a person.
fn declarations(campagne: &regles::Campagne) -> Markup {
    let champs = campagne.formulaire.champs();
    let champs = champs.filter_map(|c| Some((&c.libelle, c.donnees_personnelles.as_ref()?)));
    let pieces = campagne.pieces.iter();
    let pieces = pieces.filter_map(|p| Some((&p.libelle, p.donnees_personnelles.as_ref()?)));
    let ligne = |(libelle, donnees): (&String, &DonneesPersonnelles)| {
        let conservation = campagne.conservation(&donnees.conservation);
        vec![
            html! { (libelle) },
            html! { (donnees.finalite) },
            html! { @if let Some(conservation) = conservation { (conservation.duree) } },
        ]
    };
    html! {
        (tableau("Ce que le dossier demande sur des personnes", champs.chain(pieces).map(ligne)))
        @for conservation in &campagne.conservations {
            p.co-source { (conservation.duree) " " (conservation.source) "." }
        }
    }
}

fn tableau<'t>(legende: &'t str, lignes: impl Iterator<Item = Vec<Markup>>) -> Tableau<'t> {
    let colonnes = vec![
        Colonne::cle("Donnée"),
        Colonne::texte("Pourquoi"),
        Colonne::texte("Gardée"),
    ];
    Tableau::nouveau(legende, colonnes).lignes(lignes).grand()
}
