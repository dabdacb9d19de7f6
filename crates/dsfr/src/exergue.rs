//! What stands out of the text: the next action, the source of a rule, a quotation.

use maud::{Markup, Render, html};

use crate::{Bouton, Niveau, Texte};

/// The next action: one sentence, its date, one button.
#[derive(Debug, Clone)]
pub struct MiseEnAvant<'a> {
    titre: Texte<'a>,
    texte: Option<Markup>,
    bouton: Option<Bouton<'a>>,
    niveau: Niveau,
}

impl<'a> MiseEnAvant<'a> {
    /// A callout headed by what there is to do.
    pub fn nouvelle(titre: impl Into<Texte<'a>>) -> Self {
        Self {
            titre: titre.into(),
            texte: None,
            bouton: None,
            niveau: Niveau::H2,
        }
    }

    /// A sentence or two: why, until when.
    #[must_use]
    pub fn texte(mut self, texte: impl Into<Texte<'a>>) -> Self {
        let texte = texte.into();
        self.texte = Some(html! { p.fr-callout__text { (texte) } });
        self
    }

    /// The button that does it.
    #[must_use]
    pub fn bouton(mut self, bouton: Bouton<'a>) -> Self {
        self.bouton = Some(bouton);
        self
    }

    /// Deeper in the outline than `h2`.
    #[must_use]
    pub fn niveau(mut self, niveau: Niveau) -> Self {
        self.niveau = niveau;
        self
    }
}

impl Render for MiseEnAvant<'_> {
    fn render(&self) -> Markup {
        let titre = html! { (self.titre) };
        html! {
            div.fr-callout.co-mise-en-avant {
                (self.niveau.titre("fr-callout__title", &titre))
                @if let Some(texte) = &self.texte { (texte) }
                @if let Some(bouton) = &self.bouton { (bouton) }
            }
        }
    }
}

/// A passage set apart: the source of a rule, a line to remember.
pub fn mise_en_exergue(contenu: &Markup) -> Markup {
    html! { div.fr-highlight { (contenu) } }
}

/// Words taken from elsewhere, with where they come from.
#[derive(Debug, Clone)]
pub struct Citation<'a> {
    texte: Texte<'a>,
    auteur: Texte<'a>,
    source: Option<(Texte<'a>, Option<Texte<'a>>)>,
}

impl<'a> Citation<'a> {
    /// A quotation and who wrote it; quotation marks are added here.
    pub fn nouvelle(texte: impl Into<Texte<'a>>, auteur: impl Into<Texte<'a>>) -> Self {
        Self {
            texte: texte.into(),
            auteur: auteur.into(),
            source: None,
        }
    }

    /// The place it was read in, and its address if it has one.
    #[must_use]
    pub fn source(mut self, lieu: impl Into<Texte<'a>>, adresse: Option<&'a str>) -> Self {
        self.source = Some((lieu.into(), adresse.map(Texte::Borrowed)));
        self
    }
}

impl Render for Citation<'_> {
    fn render(&self) -> Markup {
        html! {
            figure.fr-quote.co-citation {
                blockquote { p { "«\u{a0}" (self.texte) "\u{a0}»" } }
                figcaption {
                    p.fr-quote__author { (self.auteur) }
                    @if let Some((lieu, adresse)) = &self.source {
                        ul.fr-quote__source {
                            li {
                                @match adresse {
                                    Some(adresse) => a href=(adresse) { (lieu) },
                                    None => cite { (lieu) },
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn la_prochaine_action_a_un_seul_bouton_plein() {
        let html = MiseEnAvant::nouvelle("À faire : l’avis")
            .texte("Jusqu’au 30 juillet.")
            .bouton(Bouton::principal("Continuer").vers("/avis"))
            .render()
            .into_string();
        assert_eq!(html.matches("fr-btn").count(), 1);
        assert!(html.contains("<h2 class=\"fr-callout__title\">"));
    }

    #[test]
    fn une_citation_dit_d_ou_elle_vient() {
        let html = Citation::nouvelle("Une SCIC…", "Pôle des Rives")
            .source("Gouvernance, question 2", Some("/d#gouvernance"))
            .render()
            .into_string();
        assert!(html.contains("«\u{a0}Une SCIC…\u{a0}»"));
        assert!(html.contains("<a href=\"/d#gouvernance\">Gouvernance, question 2</a>"));
    }
}
