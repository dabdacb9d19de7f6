//! « Suis-je éligible ? »: questions, then where each rule stands.

use dsfr::{Bouton, Champ, Choix, Formulaire, Largeur, Radios, Ton, badge, boutons, lecture, lien};
use maud::{Markup, html};
use metier::{
    campagnes::{
        EtatCampagne, Nature, Regle,
        conditions::{Constat, Etat, Trouve},
        eligibilite::Bilan,
    },
    commun::typographie,
};

use crate::{
    campagnes::{
        Campagne, phrases,
        reponses::{Reponse, Reponses, nom_de_la_date},
    },
    socle::mise_en_page::{Cadre, Page},
    urls,
};

const CONSTATS: &str = "constats";

/// `/appels/{code}/eligibilite`
pub fn eligibilite(cadre: &Cadre, campagne: &Campagne, reponses: &Reponses) -> Markup {
    let appel = urls::appel(&campagne.code);
    let vierge = reponses.vides() && reponses.dates_illisibles() == 0;
    let mut page = Page::new("Suis-je éligible\u{202f}?")
        .objet(&campagne.identite.titre_court)
        .sous(&[
            (urls::APPELS, "Appels"),
            (&appel, &campagne.identite.titre_court),
        ])
        .corrections(reponses.dates_illisibles());
    if vierge {
        page = page.indexable();
    }
    page.montrer(
        cadre,
        lecture(&html! {
            p.fr-text--lead {
                "Répondez à ce que vous savez\u{202f}: chaque règle de l’appel "
                (typographie(&format!("« {} »", campagne.identite.titre_court)))
                " dit aussitôt où vous en êtes."
            }
            p { strong { "Rien n’est conservé." }
                " Aucun compte, aucun témoin\u{202f}: vos réponses restent dans l’adresse de cette page, \
                 que vous pouvez garder ou envoyer." }
            @if !vierge { (resultat(cadre, campagne, reponses)) }
            (formulaire(campagne, reponses, vierge))
            (la_suite(campagne))
        }),
    )
}

fn formulaire(campagne: &Campagne, reponses: &Reponses, vierge: bool) -> Markup {
    let adresse = urls::eligibilite(&campagne.code);
    let champs = html! {
        @for reponse in &reponses.questions { (question(reponse)) }
        (boutons(&[if vierge {
            Bouton::principal("Vérifier")
        } else {
            Bouton::secondaire("Vérifier de nouveau")
        }]))
    };
    html! {
        section aria-labelledby="questions" {
            h2 #questions { (if vierge { "Vos réponses" } else { "Changer vos réponses" }) }
            @if !vierge { p { (lien(&adresse, "Effacer mes réponses")) } }
            (Formulaire::recherche(format!("{adresse}#{CONSTATS}"), champs)
                .etiquette("Vos réponses"))
        }
    }
}

fn question(reponse: &Reponse) -> Markup {
    let question = &reponse.question;
    let choix = question
        .choix
        .iter()
        .map(|choix| Choix::nouveau(choix.code, typographie(choix.libelle)))
        .collect();
    let mut radios =
        Radios::nouveaux(question.code, typographie(question.libelle), choix).valeur(reponse.choix);
    if let Some(aide) = question.aide {
        radios = radios.aide(typographie(aide));
    }
    if question.choix.len() == 2 && question.choix.iter().all(|c| c.libelle.len() < 12) {
        radios = radios.en_ligne();
    }
    let date = question.choix.iter().find_map(|choix| choix.date);
    let illisible = reponse
        .date_illisible()
        .then_some("Une date est attendue, par exemple 15/12/2021.");
    html! {
        (radios)
        @if let Some(libelle) = date {
            (Champ::date(nom_de_la_date(question), libelle)
                .facultatif()
                .largeur(Largeur::Moyenne)
                .valeur(reponse.date_saisie.as_str())
                .erreur(illisible))
        }
    }
}

fn resultat(cadre: &Cadre, campagne: &Campagne, reponses: &Reponses) -> Markup {
    let constats = reponses.constats(campagne);
    let bilan = Bilan::de(&constats);
    html! {
        section #(CONSTATS) tabindex="-1" aria-labelledby="bilan" {
            h2 #bilan { (bilan.phrase()) }
            ul.co-regles {
                @for constat in &constats {
                    @let regle = campagne.regle(&constat.code);
                    @let a_revoir = regle.and_then(|r| question_a_revoir(r, reponses));
                    (self::constat(campagne, constat, &repondre(constat, a_revoir)))
                }
            }
            p {
                "Ces réponses sont les vôtres, et des personnes examineront le dossier\u{202f}: \
                 cette page ne décide de rien."
            }
            @if campagne.etat(cadre.maintenant) == EtatCampagne::Ouverte {
                (boutons(&[
                    Bouton::principal("Commencer avec ces réponses")
                        .vers(urls::appel_avec(&campagne.code, &reponses.parametres())),
                ]))
                @if !reponses.reprises(campagne).is_empty() {
                    p.fr-hint-text {
                        "Ce que vous avez dit de la structure sera repris dans le dossier, où vous pourrez le changer."
                    }
                }
            } @else {
                p { (phrases::limite(campagne, cadre.maintenant)) }
            }
        }
    }
}

/// The way to the question that would tell what the rule lacks.
fn repondre(constat: &Constat, a_revoir: Option<&str>) -> Markup {
    html! {
        @if let Some(ancre) = a_revoir.filter(|_| constat.etat == Etat::NonConnue) {
            " " a href={ "#" (ancre) } { "Répondre" }
        }
    }
}

/// Where a rule stands, on what was found, and the way forward, which `suite`
/// may lead to.
pub fn constat(campagne: &Campagne, constat: &Constat, suite: &Markup) -> Markup {
    let ton = match constat.etat {
        Etat::Remplie => Ton::Favorable,
        Etat::NonRemplie => Ton::Defavorable,
        Etat::NonConnue => Ton::Attention,
        Etat::AApprecier => Ton::Information,
    };
    html! {
        li.co-regle id=(constat.code) {
            (badge(ton, constat.etat.libelle()))
            p.co-regle__enonce { (constat.enonce) }
            (campagne.officiels.citation(&constat.code, &constat.source))
            p.co-regle__detail {
                @if let Some(trouve) = trouve(&constat.trouve) { (trouve) " · " }
                (constat.code) " · " (phrases::reference(&constat.source))
            }
            @if let Some(remede) = &constat.remede {
                p.co-regle__enonce { (remede) (suite) }
            }
            @match constat.etat {
                Etat::AApprecier => p.co-regle__detail { "Une personne l’appréciera en lisant votre dossier." },
                Etat::Remplie if constat.a_confirmer => {
                    p.co-regle__detail { "Une personne le confirmera en lisant votre dossier." }
                },
                _ => {},
            }
        }
    }
}

/// The facts known, in one line; what is not known is asked for just below.
fn trouve(faits: &[Trouve]) -> Option<String> {
    let connus: Vec<String> = faits
        .iter()
        .filter_map(|fait| {
            let valeur = phrases::en_incise(fait.valeur.as_ref()?);
            Some(format!("{valeur} ({})", phrases::en_incise(&fait.libelle)))
        })
        .collect();
    let ligne = format!("Trouvé : {}", connus.join(" ; "));
    (!connus.is_empty()).then(|| typographie(&ligne))
}

/// The question left blank that would tell what this rule lacks; else one of
/// its questions, whose answer was not enough.
fn question_a_revoir<'r>(regle: &Regle, reponses: &'r Reponses) -> Option<&'r str> {
    let termes: Vec<&str> = regle.expression.as_ref()?.termes().collect();
    let concernees = || {
        let questions = reponses.questions.iter();
        questions.filter(|r| termes.iter().any(|terme| r.question.renseigne(terme)))
    };
    let blanche = concernees().find(|r| r.choix.is_none());
    blanche
        .or_else(|| concernees().next())
        .map(|r| r.question.code)
}

/// What will be looked at on the day of the filing.
fn la_suite(campagne: &Campagne) -> Markup {
    let recevabilite = campagne
        .regles
        .iter()
        .filter(|regle| regle.nature == Nature::Recevabilite);
    html! {
        section aria-labelledby="au-depot" {
            h2 #au-depot { "Le jour du dépôt" }
            p { "Deux choses de plus seront vérifiées, et dites toutes à la fois\u{202f}:" }
            ul.co-regles {
                @for regle in recevabilite {
                    li.co-regle {
                        p.co-regle__enonce { (regle.enonce) }
                        p.co-regle__detail { (regle.code) " · " (phrases::reference(&regle.source)) }
                    }
                }
            }
        }
    }
}
