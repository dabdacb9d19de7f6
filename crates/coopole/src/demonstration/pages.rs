//! The doors of a demonstration, as they are shown.

mod boite;
mod registre;

use dsfr::{Bouton, Formulaire};
use maud::{Markup, html};
use metier::commun::typographie;

use super::etapes::ETAPES;
use crate::{
    socle::mise_en_page::{Cadre, Page},
    urls,
};

pub use boite::boite;
pub use registre::visite_du_registre;

/// A tour of ten minutes, person by person.
pub fn visite(cadre: &Cadre) -> Markup {
    let pas = [
        Pas {
            titre: "Lire l’appel",
            texte: "L’appel 2024 est un document : sa page, sa notice et ses contrôles en sortent ensemble.",
            adresse: urls::appel(APPEL),
            libelle: "Ouvrir la page de l’appel",
        },
        Pas {
            titre: "Essayer les règles",
            texte: "Sans compte. Chaque règle dit si elle est remplie, d’où elle vient et ce qu’il faut faire.",
            adresse: urls::eligibilite(APPEL),
            libelle: "Suis-je éligible ?",
        },
        Pas {
            titre: "Remplir et déposer",
            texte: "Solène Marée, responsable du Pôle des Rives, a un brouillon en cours.",
            adresse: urls::connexion(Some(urls::ESPACE)),
            libelle: "Entrer comme Solène Marée",
        },
        Pas {
            titre: "Donner l’avis de la cellule",
            texte: "Avancez à la clôture, ou au dernier soir des avis. Gwenn Balise lit les dossiers de Bretagne à côté des critères ; il y en a, même si vous n’avez rien déposé.",
            adresse: urls::connexion(Some("/cellule?region=53")),
            libelle: "Entrer comme Gwenn Balise",
        },
        Pas {
            titre: "Examiner au comité",
            texte: "Avancez aux avis attendus. Jeanne Barème déclare ses intérêts, puis note. Cinq autres examinateurs notent de leur côté.",
            adresse: urls::connexion(Some(urls::COMITE)),
            libelle: "Entrer comme Jeanne Barème",
        },
        Pas {
            titre: "Décider et notifier",
            texte: "Avancez au comité. Claire Minute clôt la séance, qui ouvre le classement, et prépare la liste ; Étienne Sceau l’arrête et programme l’instant : jamais la même personne.",
            adresse: urls::connexion(Some(urls::PILOTAGE)),
            libelle: "Entrer comme Claire Minute",
        },
        Pas {
            titre: "Tout savoir au même instant",
            texte: "Avancez à la notification : décisions, courriels et liste des lauréats paraissent d’un coup. Une seconde plus tôt, rien ne différait.",
            adresse: urls::laureats(APPEL),
            libelle: "Voir les lauréats",
        },
        Pas {
            titre: "Conventionner et verser",
            texte: "Avancez aux conventions : il y en a à chaque état. Agnès Grandlivre valide un ordre que quelqu’un d’autre a préparé.",
            adresse: urls::connexion(Some(&urls::conventions_de_campagne(APPEL))),
            libelle: "Entrer comme Agnès Grandlivre",
        },
        Pas {
            titre: "Vérifier",
            texte: "Chaque acte est inscrit au journal, dont la tête signée est publique.",
            adresse: urls::TETE_DU_JOURNAL.to_owned(),
            libelle: "Voir la tête du journal",
        },
    ];
    Page::new("Visite guidée").montrer(cadre, html! {
        p.fr-text--lead {
            "Dix minutes pour suivre un dossier de l’appel 2024, du brouillon au versement. "
            "Pôles, structures et personnes sont inventés."
        }
        ol.co-visite {
            @for pas in &pas {
                li {
                    h2.fr-h6 { (pas.titre) }
                    p { (typographie(pas.texte)) }
                    (dsfr::lien(&pas.adresse, &typographie(pas.libelle)))
                }
            }
        }
        h2 { "L’horloge" }
        p {
            "La bannière avance le temps de ce monde, jamais en arrière. Les figurants jouent leur part "
            "par les mêmes actes que des personnes\u{202f}; les dossiers des pôles nommés vous attendent. "
            "Ce que vous laissez de côté paraît en retard, sans bloquer la suite\u{202f}; ce que vous "
            "avez fait reste tel quel, tant que la règle le permet."
        }
        ol {
            @for etape in &ETAPES {
                li {
                    strong { (typographie(etape.nom)) }
                    p { (typographie(etape.joue)) }
                    p { "À vous\u{a0}: " (typographie(etape.attend)) }
                }
            }
        }
        (tout_reprendre("le lundi 27 mai 2024"))
    })
}

/// The way back to the first day of this world.
fn tout_reprendre(premier_jour: &str) -> Markup {
    html! {
        h2 { "Tout reprendre" }
        p { "Le monde revient à son premier jour, " (premier_jour) " à 9\u{a0}h. Ce que vous y avez fait disparaît." }
        (Formulaire::acte(urls::RECOMMENCER, html! {
            (Bouton::secondaire("Recommencer la démonstration"))
        }))
    }
}

/// The call the tour follows.
const APPEL: &str = "ami-financement-2024";

/// One step of the tour.
struct Pas {
    titre: &'static str,
    texte: &'static str,
    adresse: String,
    libelle: &'static str,
}
