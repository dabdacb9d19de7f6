//! What a page says before anything else: an alert in its flow, a banner above it.

use maud::{Markup, Render, html};

use crate::{Niveau, Texte};

/// What an alert opens with; its colour and icon repeat it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gravite {
    /// « À corriger »: the person has something to change.
    ACorriger,
    /// « Attention »: something may be lost or missed.
    Attention,
    /// « À savoir »
    ASavoir,
    /// « C’est fait »
    CestFait,
}

impl Gravite {
    fn mots(self) -> &'static str {
        match self {
            Self::ACorriger => "À corriger",
            Self::Attention => "Attention",
            Self::ASavoir => "À savoir",
            Self::CestFait => "C’est fait",
        }
    }

    fn classe(self) -> &'static str {
        match self {
            Self::ACorriger => "fr-alert fr-alert--error",
            Self::Attention => "fr-alert fr-alert--warning",
            Self::ASavoir => "fr-alert fr-alert--info",
            Self::CestFait => "fr-alert fr-alert--success",
        }
    }
}

/// An alert: at most one a page, under the title.
///
/// After an act it takes the focus, so that the answer is the first thing read.
#[derive(Debug, Clone)]
pub struct Alerte<'a> {
    gravite: Gravite,
    phrase: Texte<'a>,
    suite: Option<Markup>,
    apres_un_acte: bool,
    niveau: Niveau,
}

impl<'a> Alerte<'a> {
    /// An alert that opens with the words of its gravity: « À savoir : … ».
    pub fn nouvelle(gravite: Gravite, phrase: impl Into<Texte<'a>>) -> Self {
        Self {
            gravite,
            phrase: phrase.into(),
            suite: None,
            apres_un_acte: false,
            niveau: Niveau::H2,
        }
    }

    /// What follows: an explanation, a link, a button « Annuler ».
    #[must_use]
    pub fn suite(mut self, suite: Markup) -> Self {
        self.suite = Some(suite);
        self
    }

    /// The page answers an act: the alert takes the focus.
    #[must_use]
    pub fn apres_un_acte(mut self) -> Self {
        self.apres_un_acte = true;
        self
    }

    /// Deeper in the outline than `h2`.
    #[must_use]
    pub fn niveau(mut self, niveau: Niveau) -> Self {
        self.niveau = niveau;
        self
    }
}

impl Render for Alerte<'_> {
    fn render(&self) -> Markup {
        let titre = html! { (self.gravite.mots()) "\u{202f}: " (self.phrase) };
        html! {
            div class=(self.gravite.classe()) tabindex=[self.apres_un_acte.then_some("-1")]
                autofocus[self.apres_un_acte] {
                (self.niveau.titre("fr-alert__title", &titre))
                @if let Some(suite) = &self.suite { (suite) }
            }
        }
    }
}

/// A banner across the page: demonstration, embargo, closing hour.
#[derive(Debug, Clone)]
pub struct Bandeau<'a> {
    titre: Texte<'a>,
    texte: Option<Texte<'a>>,
    suite: Option<Markup>,
    attention: bool,
}

impl<'a> Bandeau<'a> {
    /// A banner whose title says the whole news.
    pub fn nouveau(titre: impl Into<Texte<'a>>) -> Self {
        Self {
            titre: titre.into(),
            texte: None,
            suite: None,
            attention: false,
        }
    }

    /// What the title leaves to say.
    #[must_use]
    pub fn texte(mut self, texte: impl Into<Texte<'a>>) -> Self {
        self.texte = Some(texte.into());
        self
    }

    /// A form or links under the text: the demonstration's clock.
    #[must_use]
    pub fn suite(mut self, suite: Markup) -> Self {
        self.suite = Some(suite);
        self
    }

    /// The colours of a warning rather than of a notice.
    #[must_use]
    pub fn attention(mut self) -> Self {
        self.attention = true;
        self
    }
}

impl Render for Bandeau<'_> {
    fn render(&self) -> Markup {
        html! {
            div.fr-notice.fr-notice--info[!self.attention].fr-notice--warning[self.attention] {
                div.fr-container {
                    div.fr-notice__body {
                        p {
                            span.fr-notice__title { (self.titre) }
                            @if let Some(texte) = &self.texte {
                                " " span.fr-notice__desc { (texte) }
                            }
                        }
                        @if let Some(suite) = &self.suite { div.co-bandeau__suite { (suite) } }
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
    fn une_alerte_s_ouvre_par_ses_mots() {
        let html = Alerte::nouvelle(Gravite::CestFait, "avis enregistré.").render();
        assert_eq!(
            html.into_string(),
            "<div class=\"fr-alert fr-alert--success\"><h2 class=\"fr-alert__title\">\
             C’est fait\u{202f}: avis enregistré.</h2></div>"
        );
    }

    #[test]
    fn apres_un_acte_l_alerte_prend_le_focus() {
        let alerte = Alerte::nouvelle(Gravite::ASavoir, "x").apres_un_acte();
        let html = alerte.render().into_string();
        assert!(html.contains("tabindex=\"-1\" autofocus"));
    }
}
