//! What the reader of a call can do now: begin, resume, read their dossier.

use dsfr::{Bouton, Choix, Formulaire, MiseEnAvant, Radios, boutons};
use maud::{Markup, html};
use metier::{
    campagnes::EtatCampagne,
    commun::{temps, typographie},
};

use crate::{
    campagnes::{
        Campagne, Reponses, phrases,
        store::{DossierSuivi, PoleSuivi},
    },
    socle::{
        droits::{Droit, Perimetre, Personne},
        mise_en_page::Cadre,
    },
    urls,
};

/// Who reads the page of a call.
pub enum Lecteur<'a> {
    Public,
    /// Somebody signed in, with the poles they work for.
    Connecte(&'a Personne, Vec<PoleSuivi>),
}

/// The box under the title: the limit, then the one thing to do.
pub fn suite(
    cadre: &Cadre,
    campagne: &Campagne,
    (lecteur, reponses): (&Lecteur<'_>, &Reponses),
) -> Markup {
    let etat = campagne.etat(cadre.maintenant);
    html! {
        (limite(cadre, campagne, etat))
        @match lecteur {
            Lecteur::Public => (pour_le_public(campagne, etat, reponses)),
            Lecteur::Connecte(personne, poles) => {
                (pour_une_equipe(cadre, campagne, personne, (poles, reponses)))
            }
        }
    }
}

/// When, in Paris and overseas.
fn limite(cadre: &Cadre, campagne: &Campagne, etat: EtatCampagne) -> Markup {
    let borne = match etat {
        EtatCampagne::Publiee => Some(campagne.fenetre.ouverture),
        EtatCampagne::Ouverte => campagne.fenetre.cloture,
        EtatCampagne::Close => None,
    };
    let ailleurs = borne.map(phrases::heures_outre_mer).unwrap_or_default();
    html! {
        p.fr-text--lead.co-limite { strong { (phrases::limite(campagne, cadre.maintenant)) } }
        @if !ailleurs.is_empty() {
            p.fr-hint-text { "Soit " (ailleurs.join(", ")) "." }
        }
    }
}

fn pour_le_public(campagne: &Campagne, etat: EtatCampagne, reponses: &Reponses) -> Markup {
    let ici = urls::appel_avec(&campagne.code, &reponses.parametres());
    let eligible = || eligibilite(campagne);
    html! {
        @if etat == EtatCampagne::Ouverte {
            (boutons(&[
                Bouton::principal("Commencer un dossier")
                    .vers(urls::connexion(Some(&ici))),
                eligible(),
            ]))
        } @else {
            (boutons(&[eligible()]))
        }
    }
}

fn eligibilite(campagne: &Campagne) -> Bouton<'static> {
    Bouton::secondaire("Suis-je éligible\u{202f}?").vers(urls::eligibilite(&campagne.code))
}

fn pour_une_equipe(
    cadre: &Cadre,
    campagne: &Campagne,
    personne: &Personne,
    (poles, reponses): (&[PoleSuivi], &Reponses),
) -> Markup {
    let ouverte = campagne.etat(cadre.maintenant) == EtatCampagne::Ouverte;
    let avec = poles
        .iter()
        .filter_map(|p| p.dossier.as_ref().map(|d| (p, d)));
    let a_commencer: Vec<_> = poles
        .iter()
        .filter(|p| p.dossier.is_none())
        .filter(|p| personne.peut(Droit::RemplirDossier, Perimetre::Pole(p.pole)))
        .filter(|_| ouverte)
        .collect();
    let rien_a_reprendre = poles.iter().all(|p| p.dossier.is_none());
    html! {
        @for (pole, dossier) in avec { (reprendre(personne, (pole, dossier), ouverte)) }
        @if !a_commencer.is_empty() {
            (commencer(campagne, (&a_commencer, reponses), rien_a_reprendre))
        }
        @if ouverte && poles.is_empty() {
            p { "Votre compte ne tient le dossier d’aucun pôle. Pour en commencer un, demandez à la \
                 personne responsable de votre pôle de vous y associer." }
        }
        (boutons(&[eligibilite(campagne)]))
    }
}

/// The dossier there is: never a second draft.
fn reprendre(
    personne: &Personne,
    (pole, dossier): (&PoleSuivi, &DossierSuivi),
    ouverte: bool,
) -> Markup {
    let ecrit = personne.peut(Droit::RemplirDossier, Perimetre::Pole(pole.pole));
    let (titre, bouton) = match (dossier.depose_le, ouverte) {
        (None, true) if !dossier.retire && ecrit => ("Vous avez un brouillon", "Reprendre"),
        (None, true) if !dossier.retire => ("Votre pôle a un brouillon", "Lire le dossier"),
        (Some(_), _) if !dossier.retire => ("Votre dossier est déposé", "Voir le dossier"),
        _ => ("Votre dossier", "Voir le dossier"),
    };
    let etat = etat(dossier, ouverte);
    let texte = format!("{}, dossier n° {}. {etat}.", pole.nom, dossier.numero);
    html! {
        (MiseEnAvant::nouvelle(titre)
            .texte(typographie(&texte))
            .bouton(Bouton::principal(bouton).vers(urls::dossier(dossier.id))))
    }
}

/// The words a pole's team reads everywhere.
fn etat(dossier: &DossierSuivi, ouverte: bool) -> String {
    match (dossier.retire, dossier.depose_le) {
        (true, _) => "Retiré".to_owned(),
        (false, Some(le)) => format!("Déposé le {}", temps::instant_long(le)),
        (false, None) if ouverte => "Brouillon, non déposé".to_owned(),
        (false, None) => "Jamais déposé (appel clos)".to_owned(),
    }
}

/// One pole: one button. Several: which one first.
fn commencer(
    campagne: &Campagne,
    (poles, reponses): (&[&PoleSuivi], &Reponses),
    principal: bool,
) -> Markup {
    let avec = |formulaire: Formulaire<'static>| {
        let donnees = reponses.parametres().into_iter();
        donnees.fold(formulaire, |f, (question, choix)| f.cache(question, choix))
    };
    let bouton = if principal {
        Bouton::principal("Commencer un dossier")
    } else {
        Bouton::secondaire("Commencer un dossier")
    };
    let action = urls::dossiers_de_l_appel(&campagne.code);
    match poles {
        [seul] => html! {
            p { "Au nom de " strong { (seul.nom) } "." }
            (avec(Formulaire::acte(action, boutons(&[bouton])).cache("pole", seul.pole.to_string())))
        },
        plusieurs => {
            let choix = plusieurs
                .iter()
                .map(|p| Choix::nouveau(p.pole.to_string(), p.nom.as_str()))
                .collect();
            html! {
                (avec(Formulaire::acte(action, html! {
                    (Radios::nouveaux("pole", "Pour quel pôle\u{202f}?", choix)
                        .valeur(Some(plusieurs[0].pole.to_string())))
                    (boutons(&[bouton]))
                })))
            }
        }
    }
}
