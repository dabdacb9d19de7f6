//! Help: the questions people call about, answered before they do.

use dsfr::{lecture, lien, sommaire};
use maud::{Markup, html};

use super::accessibilite::contact;
use crate::{
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// `/aide`
pub fn aide(cadre: &Cadre, assistance: Option<&str>) -> Markup {
    let sections = [
        ("candidater", "Candidater", candidater()),
        ("connexion", "Se connecter", connexion()),
        ("dossier", "Remplir et déposer un dossier", dossier()),
        ("apres", "Après le dépôt", apres()),
        ("ecrire", "Nous écrire", contact(assistance)),
    ];
    let ancres: Vec<(&str, &str)> = sections.iter().map(|(id, t, _)| (*t, *id)).collect();
    Page::new("Aide").indexable().sous(&[]).montrer(
        cadre,
        lecture(&html! {
            (sommaire(&ancres))
            @for (ancre, titre, contenu) in &sections {
                section aria-labelledby=(ancre) {
                    h2 id=(ancre) { (titre) }
                    (contenu)
                }
            }
        }),
    )
}

fn candidater() -> Markup {
    html! {
        h3 { "Mon pôle peut-il candidater\u{202f}?" }
        p { "Chaque " (lien(urls::APPELS, "appel")) " a sa page «\u{a0}Suis-je éligible\u{202f}?\u{a0}»\u{202f}: \
             pas de compte, rien de conservé, et chaque règle donne sa source." }
        h3 { "Qui dépose pour le pôle\u{202f}?" }
        p { "La structure porteuse. La personne responsable du pôle y associe qui elle veut, à la page \
             «\u{a0}Équipe\u{a0}» du dossier\u{202f}: certains remplissent, d’autres lisent\u{202f}; seul un responsable dépose." }
    }
}

fn connexion() -> Markup {
    html! {
        h3 { "Je n’ai pas de mot de passe" }
        p { "Personne n’en a. Donnez votre adresse à la page " (lien(urls::CONNEXION, "Se connecter"))
            "\u{202f}: un lien vous arrive. Il sert une fois, pendant 15\u{a0}minutes." }
        h3 { "Le lien n’arrive pas" }
        p { "Regardez dans les courriers indésirables, puis demandez-en un autre. La réponse du site est la même \
             que l’adresse ait un compte ou non\u{202f}: si rien ne vient, demandez à la personne responsable \
             de votre pôle quelle adresse elle a inscrite." }
        h3 { "Quelqu’un d’autre se sert de mon ordinateur" }
        p { "La page de votre compte ferme votre session, ici ou sur tous vos appareils." }
    }
}

fn dossier() -> Markup {
    html! {
        h3 { "Enregistré, est-ce déposé\u{202f}?" }
        p { "Non. Un brouillon s’enregistre seul\u{202f}; le dépôt est un acte à part, qui donne un accusé de réception \
             avec un numéro et une heure. Sans accusé, rien n’est déposé." }
        h3 { "Quelle heure compte\u{202f}?" }
        p { "Celle où votre demande arrive à notre serveur, à la seconde, à l’heure de Paris. Une demande arrivée \
             avant la clôture est dans les temps, même si le serveur met du temps à répondre." }
        h3 { "Il manque une pièce" }
        p { "Un dossier incomplet ne se dépose pas\u{202f}: la page «\u{a0}Vérifier et déposer\u{a0}» dit tout ce qui manque, \
             et y conduit." }
        h3 { "Peut-on changer un dossier déposé\u{202f}?" }
        p { "Non\u{202f}: il ne change plus. Il peut être retiré." }
    }
}

fn apres() -> Markup {
    html! {
        h3 { "Qui lit mon dossier\u{202f}?" }
        p { "La cellule de votre région, puis les membres de la cellule nationale qui n’ont aucun lien avec lui, \
             puis le service qui décide." }
        h3 { "Quand aurai-je la réponse\u{202f}?" }
        p { "À la date de notification annoncée par l’appel, pour tous à la fois. Rien ne se voit avant." }
        h3 { "Comment vérifier un accusé de réception, ou une signature\u{202f}?" }
        p { "La page " (lien(urls::VERIFICATION, "Vérifier un accusé ou une signature"))
            " dit si le code imprimé sur l’accusé, ou sur le certificat, est bien celui d’un acte reçu. Chaque acte est inscrit dans un \
             journal scellé\u{202f}: sa " (lien(urls::TETE_DU_JOURNAL, "tête publiée"))
            " permet de vérifier qu’il n’a pas changé." }
    }
}
