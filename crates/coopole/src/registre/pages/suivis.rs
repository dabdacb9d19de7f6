//! The territories one follows, and the button that follows one.

use dsfr::{Bouton, Formulaire, boutons, lien, vide};
use maud::{Markup, html};
use metier::commun::{temps, typographie};
use uuid::Uuid;

use crate::{
    poles::comptes::Lieu,
    registre::{annuaire::Monde, atom, suivis::Suivi},
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// On the page of a territory: follow it, or follow it no more.
pub(super) fn suivre(cadre: &Cadre, lieu: Lieu, suivi: Option<Uuid>) -> Markup {
    html! {
        section aria-labelledby="suivre" {
            h2 #suivre { "Être prévenu" }
            @match (&cadre.personne, suivi) {
                (None, _) => p {
                    (lien(urls::CONNEXION, "Connectez-vous"))
                    " pour suivre ce territoire\u{202f}: un courriel le lundi, quand un pôle y est nouveau. Ou prenez le "
                    (lien(&atom::adresse(Some(lieu), &Monde::default()), "flux Atom de ses nouveaux pôles")) "."
                }
                (Some(_), None) => {
                    p { (typographie("Un courriel le lundi, quand un pôle est nouveau dans ce territoire.")) }
                    (Formulaire::acte(urls::SUIVIS, html! {
                        (Bouton::secondaire("Suivre ce territoire"))
                    }).cache("genre", lieu.genre()).cache("code", lieu.code()))
                }
                (Some(_), Some(suivi)) => {
                    p { (typographie("Vous suivez ce territoire : un courriel le lundi, quand un pôle y est nouveau.")) }
                    (Formulaire::acte(urls::fin_de_suivi(suivi), html! {
                        (Bouton::secondaire("Ne plus suivre ce territoire"))
                    }))
                }
            }
        }
    }
}

/// `/suivis`
pub fn suivis(cadre: &Cadre, suivis: &[Suivi]) -> Markup {
    Page::new("Territoires suivis")
        .sous(&[(urls::COMPTE, "Votre compte")])
        .montrer(
            cadre,
            html! {
                p.fr-text--lead { (typographie("Chaque lundi matin, un courriel vous dit quels pôles sont nouveaux dans ces territoires. Rien de nouveau : rien n’est envoyé.")) }
                @if suivis.is_empty() {
                    (vide("Vous ne suivez aucun territoire.", &html! {
                        p { "Une région, un département ou une intercommunalité se suit depuis sa page." }
                        (boutons(&[Bouton::principal("Voir les régions").vers(urls::REGIONS)]))
                    }))
                } @else {
                    ul {
                        @for suivi in suivis {
                            li {
                                (lien(&suivi.lieu.adresse(), &suivi.lieu.nom()))
                                ", depuis le " (temps::jour_long(suivi.depuis))
                                (Formulaire::acte(urls::fin_de_suivi(suivi.id), html! {
                                    (Bouton::secondaire("Ne plus suivre").petit())
                                }))
                            }
                        }
                    }
                }
            },
        )
}
