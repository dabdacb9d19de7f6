//! What may stay folded: help, history, detail. Never a needed text.

use maud::{Markup, Render, html};

use crate::{Niveau, Texte};

/// Folded sections, one under the other. Without script, all are open.
#[derive(Debug, Clone)]
pub struct Accordeon<'a> {
    id: &'a str,
    sections: Vec<(Texte<'a>, Markup)>,
    niveau: Niveau,
}

impl<'a> Accordeon<'a> {
    /// An accordion; `id` is unique in the page and heads those of its sections.
    pub fn nouveau(id: &'a str) -> Self {
        Self {
            id,
            sections: Vec::new(),
            niveau: Niveau::H3,
        }
    }

    /// Adds a section.
    #[must_use]
    pub fn section(mut self, titre: impl Into<Texte<'a>>, contenu: Markup) -> Self {
        self.sections.push((titre.into(), contenu));
        self
    }

    /// The depth of the sections' titles; `h3` unless told.
    #[must_use]
    pub fn niveau(mut self, niveau: Niveau) -> Self {
        self.niveau = niveau;
        self
    }
}

impl Render for Accordeon<'_> {
    fn render(&self) -> Markup {
        html! {
            div.fr-accordions-group data-fr-group="false" {
                @for (rang, (titre, contenu)) in self.sections.iter().enumerate() {
                    @let id = format!("{}-{}", self.id, rang + 1);
                    @let bouton = html! {
                        button.fr-accordion__btn type="button" aria-expanded="false" aria-controls=(id) { (titre) }
                    };
                    section.fr-accordion {
                        (self.niveau.titre("fr-accordion__title", &bouton))
                        div.fr-collapse id=(id) { (contenu) }
                    }
                }
            }
        }
    }
}

/// One short fold in the flow of a text, by the browser itself.
pub fn depliant(titre: &str, contenu: &Markup) -> Markup {
    depliant_ouvert(titre, contenu, false)
}

/// The same fold, open from the start when something in it is to be read: an
/// answer already given, an error.
pub fn depliant_ouvert(titre: &str, contenu: &Markup, ouvert: bool) -> Markup {
    html! {
        details.co-depliant open[ouvert] {
            summary { (titre) }
            div.co-depliant__contenu { (contenu) }
        }
    }
}

/// A fold of narrow screens: from 992 px and on paper its content is laid open
/// and `titre` is not shown. For what is long and comes in parts; a link to a
/// place inside opens it.
pub fn pli(titre: &str, contenu: &Markup) -> Markup {
    html! {
        details.co-pli {
            summary { (titre) }
            div.co-pli__contenu { (contenu) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_depliant_s_ouvre_de_lui_meme_quand_il_y_a_quelque_chose_a_lire() {
        let html = |ouvert| depliant_ouvert("Écarter", &html! { p { "A" } }, ouvert).into_string();
        assert!(html(true).contains("<details class=\"co-depliant\" open>"));
        assert!(html(false).contains("<details class=\"co-depliant\">"));
    }

    #[test]
    fn chaque_bouton_commande_sa_propre_section() {
        let html = Accordeon::nouveau("aide")
            .section("Délais", html! { p { "A" } })
            .section("Pièces", html! { p { "B" } })
            .render()
            .into_string();
        for id in ["aide-1", "aide-2"] {
            assert!(html.contains(&format!("aria-controls=\"{id}\"")));
            assert_eq!(html.matches(&format!("id=\"{id}\"")).count(), 1);
        }
    }
}
