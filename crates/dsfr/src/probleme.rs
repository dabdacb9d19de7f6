//! The problem list: everything to change, at once, on top of the page, each
//! problem leading to its place.

use maud::{Markup, Render, html};

use crate::{Niveau, Texte};

/// One reason why the act was refused.
#[derive(Debug, Clone)]
pub struct Probleme<'a> {
    phrase: Texte<'a>,
    lien: Option<Texte<'a>>,
    source: Option<Texte<'a>>,
    remede: Option<Texte<'a>>,
}

impl<'a> Probleme<'a> {
    /// The reason, as a sentence.
    pub fn nouveau(phrase: impl Into<Texte<'a>>) -> Self {
        Self {
            phrase: phrase.into(),
            lien: None,
            source: None,
            remede: None,
        }
    }

    /// Where to mend it: `#nom` of a field of this page, or another page.
    #[must_use]
    pub fn lien(mut self, lien: Option<impl Into<Texte<'a>>>) -> Self {
        self.lien = lien.map(Into::into);
        self
    }

    /// The text that asks for it: « notice 2024, § 3.a ».
    #[must_use]
    pub fn source(mut self, source: Option<impl Into<Texte<'a>>>) -> Self {
        self.source = source.map(Into::into);
        self
    }

    /// What the person can do.
    #[must_use]
    pub fn remede(mut self, remede: Option<impl Into<Texte<'a>>>) -> Self {
        self.remede = remede.map(Into::into);
        self
    }
}

/// The list of problems. It takes the focus; the title of the page tells their
/// number too (`Page::a_corriger`).
#[derive(Debug, Clone)]
pub struct SommaireErreurs<'a> {
    phrase: Texte<'a>,
    problemes: Vec<Probleme<'a>>,
}

impl<'a> SommaireErreurs<'a> {
    /// `phrase` says what is missing as a whole: « il manque 2 éléments pour
    /// déposer. Chaque lien vous y conduit. »
    pub fn nouveau(phrase: impl Into<Texte<'a>>, problemes: Vec<Probleme<'a>>) -> Self {
        Self {
            phrase: phrase.into(),
            problemes,
        }
    }
}

impl Render for SommaireErreurs<'_> {
    fn render(&self) -> Markup {
        let titre = html! { "À corriger\u{202f}: " (self.phrase) };
        html! {
            div.fr-alert.fr-alert--error.co-problemes id="a-corriger" tabindex="-1" autofocus {
                (Niveau::H2.titre("fr-alert__title", &titre))
                ul {
                    @for probleme in &self.problemes { li { (probleme) } }
                }
            }
        }
    }
}

impl Render for Probleme<'_> {
    fn render(&self) -> Markup {
        html! {
            // The source belongs to the sentence: its final stop comes after.
            @let (phrase, point) = match (&self.source, self.phrase.strip_suffix('.')) {
                (Some(_), Some(phrase)) => (phrase, "."),
                _ => (self.phrase.as_ref(), ""),
            };
            @match &self.lien {
                Some(lien) => a href=(lien) { (phrase) },
                None => (phrase),
            }
            @if let Some(source) = &self.source { " (" (source) ")" (point) }
            @if let Some(remede) = &self.remede { " " span.co-remede { (remede) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chaque_probleme_mene_a_sa_place_avec_sa_source_et_son_remede() {
        let probleme = Probleme::nouveau("Aucun membre hors ESS.")
            .lien(Some("/dossiers/1/membres"))
            .source(Some("notice 2024, § 3.a"))
            .remede(Some("Ajoutez une entreprise hors ESS."));
        assert_eq!(
            probleme.render().into_string(),
            "<a href=\"/dossiers/1/membres\">Aucun membre hors ESS</a> (notice 2024, § 3.a). \
             <span class=\"co-remede\">Ajoutez une entreprise hors ESS.</span>"
        );
    }

    #[test]
    fn le_sommaire_prend_le_focus() {
        let html = SommaireErreurs::nouveau("il manque 1 élément.", vec![]).render();
        assert!(html.into_string().contains("tabindex=\"-1\" autofocus"));
    }
}
