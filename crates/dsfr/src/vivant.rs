//! What the script keeps up to date: the save line, the clock of a deadline.
//! Without it, each says what was true when the page was shown.

use maud::{Markup, Render, html};

use crate::Texte;

/// The save line: « Enregistré à 14 h 05. Votre dossier n’est pas encore
/// déposé. » It is a status: screen readers hear it change.
pub fn enregistrement(phrase: &str) -> Markup {
    html! { p.co-etat role="status" data-co-etat { (phrase) } }
}

/// The server's hour near a deadline.
///
/// The clock ticks for the eyes only; screen readers are told at 60, 15, 5 and
/// 1 minute. It forbids nothing: arrival is judged by the server.
#[derive(Debug, Clone)]
pub struct Horloge<'a> {
    /// The server's instant, RFC 3339 (« 2024-05-29T09:58:12Z »).
    pub maintenant: Texte<'a>,
    /// The deadline, RFC 3339.
    pub echeance: Texte<'a>,
    /// The hour now, in words: « 11 h 58 min 12 s ».
    pub heure: Texte<'a>,
    /// What follows the hour: « à Paris ».
    pub lieu: Texte<'a>,
    /// The deadline as a sentence: « Clôture à 12 h 00. »
    pub cloture: Texte<'a>,
    /// This page, to show it again without script.
    pub adresse: Texte<'a>,
}

impl Render for Horloge<'_> {
    fn render(&self) -> Markup {
        html! {
            div.co-horloge data-co-horloge data-co-maintenant=(self.maintenant) data-co-echeance=(self.echeance) {
                p.co-horloge__heure {
                    "Il est " span.co-horloge__chiffres data-co-heure aria-live="off" { (self.heure) }
                    " " (self.lieu)
                    span.co-sans-script { ", à l’affichage de cette page" } "."
                    span.co-sans-script { " " a href=(self.adresse) { "Actualiser" } }
                }
                p.co-horloge__cloture { (self.cloture) }
                p.fr-sr-only role="status" data-co-annonce {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l_horloge_ne_se_fait_pas_lire_a_chaque_seconde() {
        let horloge = Horloge {
            maintenant: "2024-05-29T09:58:12Z".into(),
            echeance: "2024-05-29T10:00:00Z".into(),
            heure: "11 h 58 min 12 s".into(),
            lieu: "à Paris".into(),
            cloture: "Clôture à 12 h 00.".into(),
            adresse: "/dossiers/1/depot".into(),
        };
        let html = horloge.render().into_string();
        assert!(html.contains("data-co-heure aria-live=\"off\">11 h 58 min 12 s"));
        assert!(html.contains("role=\"status\" data-co-annonce"));
    }

    #[test]
    fn la_ligne_d_enregistrement_est_un_etat() {
        let html = enregistrement("Enregistré à 14 h 05.").into_string();
        assert_eq!(
            html,
            "<p class=\"co-etat\" role=\"status\" data-co-etat>Enregistré à 14 h 05.</p>"
        );
    }
}
