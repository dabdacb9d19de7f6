//! Where one stands: the steps of a task, the dates of a procedure.

use maud::{Markup, Render, html};

use crate::Texte;

/// The steps of a task done page after page.
#[derive(Debug, Clone)]
pub struct Etapes<'a> {
    titres: &'a [&'a str],
    courante: usize,
}

impl<'a> Etapes<'a> {
    /// The step `courante` (the first is 1) among `titres`: eight at most, as in
    /// the design system; a number out of bounds is brought back within them.
    pub fn nouvelles(titres: &'a [&'a str], courante: usize) -> Self {
        Self {
            titres,
            courante: courante.clamp(1, titres.len().max(1)),
        }
    }
}

impl Render for Etapes<'_> {
    fn render(&self) -> Markup {
        html! {
            @if let Some(titre) = self.titres.get(self.courante - 1) {
                div.fr-stepper {
                    h2.fr-stepper__title {
                        (titre)
                        span.fr-stepper__state { "Étape " (self.courante) " sur " (self.titres.len()) }
                    }
                    div.fr-stepper__steps data-fr-current-step=(self.courante) data-fr-steps=(self.titres.len()) {}
                    @if let Some(suivante) = self.titres.get(self.courante) {
                        p.fr-stepper__details {
                            span.fr-text--bold { "Étape suivante\u{202f}:" } " " (suivante)
                        }
                    }
                }
            }
        }
    }
}

/// Where a step of a procedure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// It is over.
    Passe,
    /// It is now.
    EnCours,
    /// It is to come.
    AVenir,
}

/// A dated step of a procedure.
#[derive(Debug, Clone)]
pub struct Jalon<'a> {
    libelle: Texte<'a>,
    date: Texte<'a>,
    moment: Moment,
}

impl<'a> Jalon<'a> {
    /// A step, its date in words (« Non précisé par la notice » if unknown).
    pub fn nouveau(
        libelle: impl Into<Texte<'a>>,
        date: impl Into<Texte<'a>>,
        moment: Moment,
    ) -> Self {
        Self {
            libelle: libelle.into(),
            date: date.into(),
            moment,
        }
    }
}

/// The dates of a procedure, in order, the present one standing out.
#[derive(Debug, Clone)]
pub struct Frise<'a> {
    etiquette: Texte<'a>,
    jalons: Vec<Jalon<'a>>,
}

impl<'a> Frise<'a> {
    /// A timeline; `etiquette` names it for screen readers (« Calendrier »).
    pub fn nouvelle(etiquette: impl Into<Texte<'a>>, jalons: Vec<Jalon<'a>>) -> Self {
        Self {
            etiquette: etiquette.into(),
            jalons,
        }
    }
}

impl Render for Frise<'_> {
    fn render(&self) -> Markup {
        html! {
            ol.co-frise aria-label=(self.etiquette) {
                @for jalon in &self.jalons {
                    li.co-jalon.co-jalon--passe[jalon.moment == Moment::Passe]
                        .co-jalon--en-cours[jalon.moment == Moment::EnCours]
                        aria-current=[(jalon.moment == Moment::EnCours).then_some("step")] {
                        span.co-jalon__libelle {
                            (jalon.libelle)
                            @match jalon.moment {
                                Moment::Passe => span.fr-sr-only { " (passé)" },
                                Moment::EnCours => span.co-jalon__moment { "En cours" },
                                Moment::AVenir => {},
                            }
                        }
                        span.co-jalon__date { (jalon.date) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITRES: [&str; 3] = ["Fichier", "Relecture", "Application"];

    #[test]
    fn on_lit_l_etape_en_cours_et_la_suivante() {
        let html = Etapes::nouvelles(&TITRES, 2).render().into_string();
        assert!(html.contains("Relecture<span class=\"fr-stepper__state\">Étape 2 sur 3"));
        assert!(html.contains("Application"));
    }

    #[test]
    fn une_etape_hors_bornes_revient_dans_les_bornes() {
        assert!(Etapes::nouvelles(&TITRES, 9).render().0.contains("Étape 3"));
        assert_eq!(Etapes::nouvelles(&[], 1).render().0, "");
    }

    #[test]
    fn un_seul_jalon_est_en_cours() {
        let jalons = vec![
            Jalon::nouveau("Dépôt", "29/05/2024", Moment::Passe),
            Jalon::nouveau("Avis", "30/07/2024", Moment::EnCours),
            Jalon::nouveau("Comité", "04/09/2024", Moment::AVenir),
        ];
        let html = Frise::nouvelle("Calendrier", jalons).render().into_string();
        assert_eq!(html.matches("aria-current=\"step\"").count(), 1);
    }
}
